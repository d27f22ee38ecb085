package importer

import (
	"strings"
	"unicode"

	"github.com/RadhiFadlillah/whatlanggo"
	"golang.org/x/text/language"

	"rejoinder/app"
)

const (
	languageSample = 10_000 // code points that are looked at
	fewLetters     = 25     // below this many, statistics say nothing
	manyLetters    = 100
	fewSigns       = 4 // the same for scripts that settle the language
)

// detectLanguage returns the language of a text as ISO 639-1, or 639-3 where
// there is none; "" where it cannot be told.
func detectLanguage(text string) string {
	text = app.Slice(text, 0, languageSample)
	if lang := languageByLetters(text); lang != "" {
		return lang
	}
	info := whatlanggo.Detect(text)
	enough := fewLetters
	if info.Script == unicode.Han || info.Script == unicode.Hangul || info.Script == unicode.Thai {
		enough = fewSigns
	}
	letters, sure := countLetters(text), whatlanggo.ReliableConfidenceThreshold
	if letters >= manyLetters {
		// Between close relatives its confidence stays low, and it is right.
		sure = 0.3
	}
	if info.Lang < 0 || info.Confidence < sure || letters < enough {
		return ""
	}
	switch info.Lang {
	case whatlanggo.Bho: // whatlanggo says "bh", which means three languages
		return "bho"
	case whatlanggo.Ydd:
		return "yi"
	}
	if code := info.Lang.Iso6391(); code != "" {
		return code
	}
	return info.Lang.Iso6393()
}

func countLetters(text string) int {
	n := 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// languageByLetters settles what statistics get wrong: Uyghur, whose vowel
// letters no other Arabic-script language writes together, and Japanese, which
// whatlanggo takes for Chinese where there are more kanji than kana.
func languageByLetters(text string) string {
	var letters, arabic, vowels, own, other, kana, han int
	for _, r := range text {
		switch {
		case strings.ContainsRune("ېۇۈ", r):
			own++
			vowels++
		case strings.ContainsRune("ۆۋە", r):
			vowels++
		case strings.ContainsRune("ێڵڕښړډځڅۍں", r): // Sorani, Pashto, Urdu
			other++
		case unicode.In(r, unicode.Hiragana, unicode.Katakana):
			kana++
		case unicode.Is(unicode.Han, r):
			han++
		}
		if unicode.IsLetter(r) {
			letters++
		}
		if unicode.Is(unicode.Arabic, r) && unicode.IsLetter(r) {
			arabic++
		}
	}
	switch {
	case 2*arabic > letters && arabic >= fewSigns && own > other && 100*vowels > 15*arabic:
		return "ug"
	case 2*(kana+han) > letters && kana+han >= fewSigns && 10*kana >= kana+han:
		return "ja"
	}
	return ""
}

// declaredLanguage is what a document says its language is, unless its script
// shows that to be the template's default; else the detected language.
func declaredLanguage(declared, text string) string {
	detected := detectLanguage(text)
	code := languageCode(declared)
	if code == "" || detected != "" && !sameScript(code, detected) {
		return detected
	}
	return code
}

// languageCode is the language of a tag as "en-US", "zh_CN" or "English";
// "" when there is none.
func languageCode(tag string) string {
	tag = strings.ToLower(strings.TrimSpace(tag))
	if code := languageNames[tag]; code != "" {
		return code
	}
	first, _, _ := strings.Cut(strings.ReplaceAll(tag, "_", "-"), "-")
	if len(first) != 2 && len(first) != 3 {
		return ""
	}
	base, err := language.ParseBase(first)
	if err != nil || base.String() == "und" || base.String() == "mul" || base.String() == "zxx" {
		return ""
	}
	return base.String()
}

var languageNames = map[string]string{
	"english": "en", "chinese": "zh", "中文": "zh", "german": "de", "deutsch": "de",
	"french": "fr", "français": "fr", "spanish": "es", "español": "es", "russian": "ru",
	"русский": "ru", "arabic": "ar", "العربية": "ar", "turkish": "tr", "türkçe": "tr",
	"uyghur": "ug", "uighur": "ug", "ئۇيغۇرچە": "ug", "japanese": "ja", "日本語": "ja",
}

// severalScripts are the languages whose script says nothing.
var severalScripts = map[string]bool{
	"sr": true, "sh": true, "bs": true, "uz": true, "az": true, "kk": true, "ky": true, "tk": true,
	"tt": true, "ku": true, "pa": true, "mn": true, "ms": true, "ha": true, "tg": true, "ug": true,
}

func sameScript(a, b string) bool {
	return severalScripts[a] || severalScripts[b] || scriptOf(a) == scriptOf(b)
}

func scriptOf(code string) string {
	script, _ := language.Make(code).Script()
	switch s := script.String(); s {
	case "Hans", "Hant", "Jpan":
		return "Hani"
	default:
		return s
	}
}
