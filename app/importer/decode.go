package importer

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/gogs/chardet"
	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	utf "golang.org/x/text/encoding/unicode"

	"rejoinder/app"
)

const (
	bomUTF8    = "\xEF\xBB\xBF"
	bomUTF16LE = "\xFF\xFE"
	bomUTF16BE = "\xFE\xFF"
)

func hasUTF16BOM(data []byte) bool {
	return bytes.HasPrefix(data, []byte(bomUTF16LE)) || bytes.HasPrefix(data, []byte(bomUTF16BE))
}

// decode turns bytes into UTF-8: by a byte order mark, else as UTF-8 where the
// whole file is that, else by what the file declares (declares), else by
// statistics. Invalid sequences become U+FFFD.
func decode(data []byte, declares bool) (string, error) {
	switch {
	case hasUTF16BOM(data):
		order := utf.LittleEndian
		if data[0] == bomUTF16BE[0] {
			order = utf.BigEndian
		}
		return accept(convert(utf.UTF16(order, utf.ExpectBOM), data), 0.1)
	case bytes.HasPrefix(data, []byte(bomUTF8)):
		return accept(strings.ToValidUTF8(string(data[len(bomUTF8):]), "\uFFFD"), 0.1)
	}
	declared := ""
	if declares {
		declared = declaredCharset(data)
	}
	switch {
	case isISO2022JP(data):
		declared = "iso-2022-jp"
	case nearlyUTF8(data):
		return accept(strings.ToValidUTF8(string(data), "\uFFFD"), 0.1)
	}
	if enc, _ := charset.Lookup(declared); enc != nil && enc != encoding.Nop {
		if text, err := accept(convert(enc, data), 0.02); err == nil {
			return text, nil
		}
	}
	return guess(data)
}

// nearlyUTF8 reports whether data is UTF-8, allowing for one broken sequence
// in ten others: a cut or patched file is still UTF-8, and no other encoding
// looks like it by chance.
func nearlyUTF8(data []byte) bool {
	if utf8.Valid(data) {
		return true
	}
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 1:
			good++
		}
		data = data[n:]
	}
	return good >= 10*bad
}

// isISO2022JP looks for the escapes of an encoding that is valid ASCII.
func isISO2022JP(data []byte) bool {
	return bytes.Contains(data, []byte("\x1B$B")) || bytes.Contains(data, []byte("\x1B$@"))
}

var (
	metaCharset = regexp.MustCompile(`(?i)<meta[^>]{1,500}?charset\s*=\s*["']?\s*([\w.:-]+)`)
	xmlEncoding = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]+)`)
)

// declaredCharset is the encoding that a page names in its first 16 KB.
func declaredCharset(data []byte) string {
	head := data[:min(len(data), 16<<10)]
	for _, form := range []*regexp.Regexp{metaCharset, xmlEncoding} {
		if m := form.FindSubmatch(head); m != nil {
			return string(m[1])
		}
	}
	return ""
}

// guess tries what chardet holds likely, the likeliest first.
func guess(data []byte) (string, error) {
	found, _ := chardet.NewTextDetector().DetectAll(sample(data))
	// Its recognizers run concurrently: without a second key, equals would come
	// in another order each time.
	slices.SortFunc(found, func(a, b chardet.Result) int {
		if a.Confidence != b.Confidence {
			return b.Confidence - a.Confidence
		}
		return strings.Compare(a.Charset, b.Charset)
	})
	const unsure = 30
	for _, f := range found {
		enc, _ := charset.Lookup(strings.Replace(f.Charset, "GB-18030", "gb18030", 1))
		if enc == nil || enc == encoding.Nop || enc == encoding.Replacement {
			continue
		}
		damage := 0.05
		if f.Confidence < unsure {
			damage = 0.01
		}
		if text, err := accept(convert(enc, data), damage); err == nil {
			return text, nil
		}
	}
	return "", errEncoding()
}

func errEncoding() error {
	return app.Problem(app.ErrInvalid, "its character encoding could not be recognised")
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

func convert(enc encoding.Encoding, data []byte) string {
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return strings.Repeat("\uFFFD", 8)
	}
	return strings.ToValidUTF8(string(out), "\uFFFD")
}

// accept refuses a text in which more than the given share of the characters is
// not text: replacement, control and unassigned private characters.
func accept(text string, damage float64) (string, error) {
	bad, all := 0, 0
	for _, r := range text {
		all++
		switch {
		case r == '\t', r == '\n', r == '\r', r == '\f', r == '\uFEFF':
		case r == utf8.RuneError, unicode.Is(unicode.Cc, r), unicode.Is(unicode.Co, r):
			bad++
		}
	}
	if float64(bad) > damage*float64(all) {
		return "", errEncoding()
	}
	return text, nil
}
