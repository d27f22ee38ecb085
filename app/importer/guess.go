package importer

import (
	"bytes"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
)

// usual are the encodings that are tried beside what statistics propose: each is
// the usual one of a part of the world.
var usual = []string{"shift_jis", "gb18030", "big5", "euc-kr", "euc-jp",
	"windows-1252", "windows-1250", "windows-1251", "windows-1253", "windows-1254", "windows-1255",
	"windows-1256", "windows-1257", "windows-1258", "windows-874", "iso-8859-2", "koi8-r", "koi8-u", "ibm866", "macintosh"}

// candidate is a text in one of the encodings that it may be in.
type candidate struct {
	decoded
	odd float64 // how strange its letters beyond ASCII are, from 0
}

// guess tries what chardet holds likely and the usual encodings, and takes the
// one in which the fewest letters stand where no letter does.
func guess(data []byte) (decoded, error) {
	part := sample(data)
	found, _ := chardet.NewTextDetector().DetectAll(part)
	// Its recognizers run concurrently: without a second key, equals would come
	// in another order each time.
	slices.SortFunc(found, func(a, b chardet.Result) int {
		if a.Confidence != b.Confidence {
			return b.Confidence - a.Confidence
		}
		return strings.Compare(a.Charset, b.Charset)
	})
	var tried []candidate
	try := func(name string, confidence int) {
		d, err := accept(convert(name, part), 0.01)
		if err != nil || slices.ContainsFunc(tried, func(c candidate) bool { return c.name == d.name }) {
			return
		}
		d.confidence = confidence
		tried = append(tried, candidate{d, oddity(d.text) + strangers(d.text)/2 + rareCharacters(d.text, d.name)})
	}
	for _, f := range found {
		try(strings.Replace(f.Charset, "GB-18030", "gb18030", 1), f.Confidence)
	}
	for _, name := range usual {
		try(name, 0)
	}
	slices.SortStableFunc(tried, func(a, b candidate) int {
		return int(1000*(a.odd-float64(a.confidence)/1000)) - int(1000*(b.odd-float64(b.confidence)/1000))
	})
	for _, c := range tried {
		if d, err := accept(convert(c.name, data), 0.05); err == nil {
			d.guessed, d.confidence = true, sureness(c, tried, len(part))
			return d, nil
		}
	}
	return decoded{}, errEncoding()
}

// sureness is how sure a guess is, in percent: what statistics say, less where a
// text is short or where another encoding reads as well.
func sureness(best candidate, all []candidate, length int) int {
	sure := max(10, best.confidence)
	for _, c := range all {
		if c.name != best.name && c.text != best.text && c.odd <= best.odd && c.confidence > best.confidence/2 {
			sure = min(sure, 50)
		}
	}
	if length < 200 {
		sure = min(sure, 40)
	}
	return sure
}

// oddity is the share of the letters and signs beyond ASCII that stand where
// hardly any text has them: a sign or a capital within a word, a letter of a
// script among those of another.
func oddity(text string) float64 {
	odd, all := 0, 0
	var before, two rune
	runes := []rune(text)
	for i, r := range runes {
		after := rune(' ')
		if i+1 < len(runes) {
			after = runes[i+1]
		}
		if r >= utf8.RuneSelf {
			all++
			inWord := unicode.IsLetter(before) && unicode.IsLetter(after)
			switch {
			case !unicode.IsLetter(r) && !unicode.IsMark(r) && (inWord || unicode.IsLetter(after) && unicode.IsSymbol(r)) && !strings.ContainsRune("’‘·\u00AD", r),
				unicode.IsUpper(r) && unicode.IsLower(before),
				unicode.IsLetter(r) && unicode.IsLetter(before) && scriptClass(r) != scriptClass(before),
				isHalfWidth(r), unicode.Is(unicode.Co, r), r == 0xA4 || r == 0xA6 || r == 0xAC || r == 0xA8,
				unicode.IsUpper(r) && unicode.IsUpper(before) && unicode.IsLower(two):
				odd++
			}
		}
		two, before = before, r
	}
	if all == 0 {
		return 0
	}
	return float64(odd) / float64(all)
}

// alphabets are the letters beyond ASCII of languages that are written in encodings
// of one byte, in small letters.
var alphabets = []string{
	"ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "ăâîșşțţ", "čćđšž", "äöüß", "àâæçéèêëîïôœùûüÿ",
	"áéíñóúü", "àáâãçéêíóôõúü", "àèéìíîòóù", "áéëïíóöúü", "åäöé", "æøåéòô", "áðéíóúýþæö", "ąčęėįšųūž", "āčēģīķļņšūž",
	"äõöüšž", "çğıöşüâî", "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя", "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
	"абвгдђежзијклљмнњопрстћуфхцчџш", "αβγδεζηθικλμνξοπρστυφχψωάέήίόύώϊϋΐΰς",
}

// strangers is the share of the letters beyond ASCII that are not in the alphabet
// that has most of them.
func strangers(text string) float64 {
	counts := map[rune]int{}
	all := 0
	for _, r := range text {
		if r >= utf8.RuneSelf && unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek) {
			counts[unicode.ToLower(r)]++
			all++
		}
	}
	if all == 0 {
		return 0
	}
	best := 0
	for _, alphabet := range alphabets {
		in := 0
		for _, r := range alphabet {
			in += counts[r]
		}
		best = max(best, in)
	}
	return float64(all-best) / float64(all)
}

// rareCharacters is the share of the ideographs that stand where the encoding has
// its rare ones: other encodings read as this one are full of them.
func rareCharacters(text, name string) float64 {
	enc, _ := charset.Lookup(name)
	if enc == nil {
		return 0
	}
	encoder := enc.NewEncoder()
	rare, all := 0, 0
	for _, r := range text {
		if !unicode.Is(unicode.Han, r) {
			continue
		}
		all++
		b, err := encoder.Bytes([]byte(string(r)))
		common := err == nil && len(b) == 2
		if common {
			switch name {
			case "gb18030", "gbk":
				common = b[0] >= 0xB0 && b[0] <= 0xD7 && b[1] >= 0xA1
			case "big5":
				common = b[0] >= 0xA4 && b[0] <= 0xC6
			case "shift_jis":
				common = b[0] >= 0x88 && b[0] <= 0x98
			case "euc-jp":
				common = b[0] >= 0xB0 && b[0] <= 0xCF
			case "euc-kr":
				common = false // Korean is written in its own letters
			}
		}
		if !common {
			rare++
		}
	}
	if all == 0 {
		return 0
	}
	return float64(rare) / float64(all)
}

func isHalfWidth(r rune) bool { return r >= 0xFF61 && r <= 0xFFDC }

// scriptClass tells apart scripts that do not stand in one word.
func scriptClass(r rune) int {
	for i, table := range []*unicode.RangeTable{unicode.Latin, unicode.Cyrillic, unicode.Greek, unicode.Hebrew, unicode.Arabic, unicode.Thai} {
		if unicode.Is(table, r) {
			return i
		}
	}
	return -1
}

// sample is what tells encodings apart: the lines that are not ASCII.
func sample(data []byte) []byte {
	const enough = 32 << 10
	if len(data) <= enough {
		return data
	}
	var lines []byte
	for line := range bytes.Lines(data) {
		if bytes.IndexFunc(line, func(r rune) bool { return r >= utf8.RuneSelf }) >= 0 {
			lines = append(lines, line[:min(len(line), enough)]...)
		}
		if len(lines) >= enough {
			break
		}
	}
	return lines
}
