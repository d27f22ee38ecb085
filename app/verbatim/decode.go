package verbatim

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

var metaEncoding = regexp.MustCompile(`(?i)(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]+)`)

// decode turns bytes into text by the encoding's name; without one, by a byte
// order mark, as UTF-8 where that is valid, or by the name in the first kilobytes.
func decode(data []byte, name string) string {
	switch {
	case bytes.HasPrefix(data, []byte{0xFF, 0xFE}):
		name = "utf-16le"
	case bytes.HasPrefix(data, []byte{0xFE, 0xFF}):
		name = "utf-16be"
	case name == "" && (utf8.Valid(data) || bytes.HasPrefix(data, []byte{0xEF, 0xBB, 0xBF})):
		name = "utf-8"
	case name == "":
		name = "windows-1252"
		if m := metaEncoding.FindSubmatch(data[:min(len(data), 16<<10)]); m != nil {
			name = string(m[1])
		}
	}
	text := string(data)
	if enc, canonical := charset.Lookup(name); enc != nil && canonical != "utf-8" {
		if out, err := enc.NewDecoder().Bytes(data); err == nil {
			text = string(out)
		}
	}
	return strings.TrimPrefix(strings.ToValidUTF8(text, "\uFFFD"), "\uFEFF")
}
