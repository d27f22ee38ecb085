package importer

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rejoinder/app"
)

var (
	isoDate     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:\D|$)`)
	compactDate = regexp.MustCompile(`^(\d{4})(\d{2})(\d{2})(?:T\d+Z?)?$`)
	cjkDate     = regexp.MustCompile(`^(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?`)
	bareYear    = regexp.MustCompile(`^\d{4}$`)
	numericDate = regexp.MustCompile(`^(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:\D|$)`)
	ordinal     = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|er|ère|º|ª|\.)?$`)
	weekdayLead = regexp.MustCompile(`^[\p{L}\p{M}'-]+\.?,\s+`)
)

// parseDate reads a date as documents write it: the day as it stands there,
// whatever the time zone, and no more than stands there. Orders that differ
// between countries (01/02/2019) are not guessed, nor are years of calendars
// other than the Gregorian: they give "".
func parseDate(s string) app.Date {
	s = app.OneLine(norm.NFKC.String(foldDigits(s)))
	for _, form := range []*regexp.Regexp{isoDate, compactDate, cjkDate} {
		if m := form.FindStringSubmatch(s); m != nil {
			return calendar(m[1], m[2], m[3])
		}
	}
	if bareYear.MatchString(s) {
		return calendar(s, "", "")
	}
	if m := numericDate.FindStringSubmatch(s); m != nil {
		return numeric(m[1], m[2], m[3], strings.Contains(m[0], "."))
	}
	for _, head := range []string{s, weekdayLead.ReplaceAllString(s, ""), withoutFirst(s)} {
		if d := dateInWords(head); d != "" {
			return d
		}
	}
	return ""
}

// numeric reads 13.5.2019, whose order is the day's, and with other signs only
// where the numbers leave no other order.
func numeric(a, b, year string, dotted bool) app.Date {
	if dotted || len(a) == 2 && a > "12" {
		return calendar(year, b, a)
	}
	if len(b) == 2 && b > "12" || a == b {
		return calendar(year, a, b)
	}
	return ""
}

// withoutFirst is s without its first word, which may be a weekday.
func withoutFirst(s string) string {
	first, rest, _ := strings.Cut(s, " ")
	if strings.ContainsAny(first, "0123456789") || monthNumber(first) != 0 {
		return ""
	}
	return rest
}

// dateInWords reads a date that begins the text and names its month: 13 May
// 2024, May 13, 2024, 13 de mayo de 2024, 13-May-2024, May 2024.
func dateInWords(s string) app.Date {
	fields := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == ',' || r == '-' || r == '/' })
	var day, month, year string
	for i, f := range fields {
		if i > 6 {
			break
		}
		word := strings.ToLower(f)
		switch number := monthNumber(word); {
		case isLinking[word] && i > 0:
			continue
		case number != 0 && month == "":
			month = strconv.Itoa(number)
		case ordinal.MatchString(word) && day == "" && year == "":
			day = ordinal.FindStringSubmatch(word)[1]
		case month != "" && bareYear.MatchString(strings.TrimRight(word, ".г")):
			year = strings.TrimRight(word, ".г")
		default:
			return ""
		}
		if year != "" {
			return calendar(year, month, day)
		}
	}
	return ""
}

// isLinking are words between the parts of a date.
var isLinking = words("de", "del", "of", "den", "d.", "di", "tháng")

// months are the names of the months and their short forms in languages that
// agree about them: Croatian listopad is another month than Polish listopad.
var months = [12][]string{
	strings.Fields("january jan janvier janv januar jänner januari enero ene gennaio gen janeiro styczeń stycznia sty январь января янв січень січня leden ledna ocak tammikuu tammikuuta január ianuarie ιανουαρίου ιανουάριος يناير"),
	strings.Fields("february feb février févr fév februar febr februari febrero febbraio fevereiro fev luty lutego февраль февраля фев лютий лютого únor února şubat helmikuu helmikuuta február februarie φεβρουαρίου فبراير"),
	strings.Fields("march mar mars märz mrz maart marzo março marzec marca март марта мар березень березня březen března mart maaliskuu maaliskuuta március március martie μαρτίου مارس"),
	strings.Fields("april apr avril avr abril abr aprile kwiecień kwietnia апрель апреля апр квітень квітня duben dubna nisan huhtikuu huhtikuuta április aprilie απριλίου أبريل ابريل"),
	strings.Fields("may mai mayo maggio mag maio maj maja mei май мая травень травня květen května mayıs toukokuu toukokuuta május μαΐου مايو"),
	strings.Fields("june jun juin juni junio giugno giu junho czerwiec czerwca июнь июня июн червень червня červen června haziran kesäkuu kesäkuuta június iunie ιουνίου يونيو"),
	strings.Fields("july jul juillet juil juli julio luglio lug julho lipiec lipca июль июля июл липень липня červenec července temmuz heinäkuu heinäkuuta július iulie ιουλίου يوليو"),
	strings.Fields("august aug août aout augustus agosto ago sierpień sierpnia август августа авг серпень серпня srpen srpna ağustos elokuu elokuuta augusztus augusti αυγούστου أغسطس"),
	strings.Fields("september sep sept septembre septiembre setiembre settembre set setembro wrzesień września сентябрь сентября сен вересень вересня září eylül syyskuu syyskuuta szeptember septembrie σεπτεμβρίου سبتمبر"),
	strings.Fields("october oct octobre oktober okt octubre ottobre ott outubro out październik października октябрь октября окт жовтень жовтня říjen října ekim lokakuu lokakuuta október octombrie oktober οκτωβρίου أكتوبر"),
	strings.Fields("november nov novembre noviembre novembro listopada ноябрь ноября ноя kasım marraskuu marraskuuta noiembrie νοεμβρίου نوفمبر"),
	strings.Fields("december dec décembre déc dezember dez diciembre dic dicembre dezembro grudzień grudnia декабрь декабря дек грудень грудня prosinec prosince aralık joulukuu joulukuuta decembrie δεκεμβρίου ديسمبر"),
}

// monthNumber is the month of a name, from 1; 0 for a word that is none.
func monthNumber(word string) int {
	word = strings.TrimRight(norm.NFC.String(strings.ToLower(word)), ".")
	for i, names := range months {
		for _, name := range names {
			if name == word {
				return i + 1
			}
		}
	}
	return 0
}

// foldDigits writes the decimal digits of every script as 0 to 9.
func foldDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if n, ok := app.DigitOf(r); ok {
			return '0' + n
		}
		return r
	}, s)
}

// plausible reports whether a year may be one of the Gregorian calendar in which
// something was published. 1403 is a year of the Persian and 1445 one of the
// Islamic calendar, 2567 of the Buddhist, and what lies ahead was not published.
func plausible(year int) bool { return year >= 1550 && year <= time.Now().Year()+1 }

// calendar is a date of parts that may be missing, "" where there is no such day.
func calendar(year, month, day string) app.Date {
	d := year
	for _, part := range []string{month, day} {
		if part == "" {
			break
		}
		if len(part) == 1 {
			part = "0" + part
		}
		d += "-" + part
	}
	date := app.Date(d)
	if t, err := time.Parse("2006", year); err != nil || !plausible(t.Year()) || date.Validate() != nil {
		return ""
	}
	return date
}
