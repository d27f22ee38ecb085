package importer

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
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

// decoded is a file as text, and how its bytes became it.
type decoded struct {
	text       string
	name       string // of the encoding
	guessed    bool
	confidence int // of a guess, in percent
	bad        int // sequences that are no character
}

// decode turns bytes into UTF-8: in the encoding asked for, else by a byte order
// mark, else as UTF-8 where nearly the whole file is that, else by what the file
// declares (declares), else by statistics. Invalid sequences become U+FFFD.
func decode(data []byte, declares bool, asked string) (decoded, error) {
	if asked != "" {
		return decodeAs(data, asked)
	}
	switch {
	case hasUTF16BOM(data), looksLikeUTF16(data):
		return decodeUTF16(data)
	case bytes.HasPrefix(data, []byte(bomUTF8)):
		return asUTF8(data)
	case isISO2022JP(data):
		return accept(convert("iso-2022-jp", data), 0.1)
	case nearlyUTF8(data):
		return asUTF8(data)
	}
	if declares {
		if name := declaredCharset(data); name != "" {
			if d, err := accept(convert(name, data), 0.02); err == nil {
				return d, nil
			}
		}
	}
	return guess(data)
}

func hasUTF16BOM(data []byte) bool {
	return bytes.HasPrefix(data, []byte(bomUTF16LE)) || bytes.HasPrefix(data, []byte(bomUTF16BE))
}

// looksLikeUTF16 reports whether most bytes on one side of every pair are zero,
// as in UTF-16 of Latin letters without a byte order mark.
func looksLikeUTF16(data []byte) bool {
	head := data[:min(len(data), 4096)]
	zeros := [2]int{}
	for i, b := range head {
		if b == 0 {
			zeros[i%2]++
		}
	}
	pairs := len(head) / 2
	return pairs > 1 && (4*zeros[0] > 3*pairs) != (4*zeros[1] > 3*pairs)
}

func decodeUTF16(data []byte) (decoded, error) {
	order, name := utf.LittleEndian, "utf-16le"
	if bytes.HasPrefix(data, []byte(bomUTF16BE)) || !hasUTF16BOM(data) && data[0] == 0 {
		order, name = utf.BigEndian, "utf-16be"
	}
	return accept(convertBy(utf.UTF16(order, utf.UseBOM), name, data), 0.1)
}

func asUTF8(data []byte) (decoded, error) {
	data = bytes.TrimPrefix(data, []byte(bomUTF8))
	return accept(decoded{text: strings.ToValidUTF8(string(data), "\uFFFD"), name: "utf-8", bad: badUTF8(data)}, 0.1)
}

// badUTF8 counts the sequences of bytes that are no UTF-8.
func badUTF8(data []byte) int {
	bad, inside := 0, false
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		broken := r == utf8.RuneError && n == 1
		if broken && !inside {
			bad++
		}
		inside = broken
		data = data[n:]
	}
	return bad
}

// decodeAs decodes in an encoding that somebody chose: what it cannot read is
// shown, and never a reason to refuse.
func decodeAs(data []byte, name string) (decoded, error) {
	enc, canonical := charset.Lookup(name)
	if enc == nil || enc == encoding.Replacement {
		return decoded{}, app.Problem(app.ErrInvalid, "cannot be read as “%s”: there is no such encoding", name)
	}
	if canonical == "utf-8" {
		data = bytes.TrimPrefix(data, []byte(bomUTF8))
		return decoded{text: strings.ToValidUTF8(string(data), "\uFFFD"), name: canonical, bad: badUTF8(data)}, nil
	}
	return convertBy(enc, canonical, data), nil
}

// nearlyUTF8 reports whether at least as many sequences are UTF-8 as are broken:
// a cut or patched file is still UTF-8, and in no other encoding do so many
// bytes look like it by chance.
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
	return good >= bad
}

// isISO2022JP looks for the escapes of an encoding that is valid ASCII.
func isISO2022JP(data []byte) bool {
	return bytes.Contains(data, []byte("\x1B$B")) || bytes.Contains(data, []byte("\x1B$@"))
}

var (
	typeCharset = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([\w.:-]+)`)
	xmlEncoding = regexp.MustCompile(`(?i)^\s*<\?xml[^>]{1,200}?encoding\s*=\s*["']([\w.:-]+)`)
)

// declaredCharset is the encoding that a page names in its first 16 KB.
func declaredCharset(data []byte) string {
	head := data[:min(len(data), 16<<10)]
	z := html.NewTokenizer(bytes.NewReader(head))
	for kind := z.Next(); kind != html.ErrorToken; kind = z.Next() {
		if kind != html.StartTagToken && kind != html.SelfClosingTagToken {
			continue
		}
		t := z.Token()
		if t.DataAtom != atom.Meta {
			continue
		}
		if name := tokenAttribute(t, "charset"); name != "" {
			return strings.TrimSpace(name)
		}
		if strings.EqualFold(tokenAttribute(t, "http-equiv"), "content-type") {
			if m := typeCharset.FindStringSubmatch(tokenAttribute(t, "content")); m != nil {
				return m[1]
			}
		}
	}
	if m := xmlEncoding.FindSubmatch(head); m != nil {
		return string(m[1])
	}
	return ""
}

func errEncoding() error {
	return app.Problem(app.ErrInvalid, "its character encoding could not be recognised")
}

// convert decodes by an encoding's name; what no encoding has gives no text.
func convert(name string, data []byte) decoded {
	enc, canonical := charset.Lookup(name)
	if enc == nil || enc == encoding.Nop || enc == encoding.Replacement {
		return decoded{text: strings.Repeat("\uFFFD", 8)}
	}
	return convertBy(enc, canonical, data)
}

func convertBy(enc encoding.Encoding, name string, data []byte) decoded {
	out, err := enc.NewDecoder().Bytes(data)
	if err != nil {
		return decoded{text: strings.Repeat("\uFFFD", 8), name: name}
	}
	text := strings.ToValidUTF8(string(out), "\uFFFD")
	return decoded{text: text, name: name, bad: strings.Count(text, "\uFFFD")}
}

// accept refuses a text in which more than the given share of the characters is
// not text: replacement, control and unassigned private characters.
func accept(d decoded, damage float64) (decoded, error) {
	bad, all := 0, 0
	for _, r := range d.text {
		all++
		if slices.Contains([]rune("\t\n\r\f\uFEFF\x00"), r) {
			continue
		}
		if r == utf8.RuneError || unicode.Is(unicode.Cc, r) || unicode.Is(unicode.Co, r) {
			bad++
		}
	}
	if float64(bad) > damage*float64(all) {
		return decoded{}, errEncoding()
	}
	return d, nil
}
