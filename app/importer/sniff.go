package importer

import (
	"bytes"
	"context"
	"path"
	"strings"

	"rejoinder/app"
)

// format is one kind of file that can be read.
type format struct {
	mediaType string
	reader    string
	limit     int64 // bytes
	declares  bool  // the text may name its own encoding, as HTML does
	read      func(im *Importer, ctx context.Context, src source) (app.Imported, error)
}

const megabyte = 1 << 20

// The limits keep an import below a gigabyte of memory: a page is held several
// times over while its article is chosen, and of a text each word has its place in
// the search index.
var (
	plainFormat    = format{"text/plain", "plain/2", 25 * megabyte, false, (*Importer).readPlain}
	markdownFormat = format{"text/markdown", "markdown/3", 2 * megabyte, false, (*Importer).readMarkdown}
	htmlFormat     = format{"text/html", "html/3", 10 * megabyte, true, (*Importer).readHTML}
)

// signatures are the first bytes of what is no text, and its name in a sentence.
var signatures = []struct{ magic, is string }{
	{"%PDF", "a PDF document"},
	{"PK\x03\x04", "a ZIP archive"},
	{"PK\x05\x06", "a ZIP archive"},
	{"\x89PNG", "a PNG image"},
	{"\xFF\xD8\xFF", "a JPEG image"},
	{"GIF87a", "a GIF image"},
	{"GIF89a", "a GIF image"},
	{"\x7FELF", "a program"},
	{"SQLite format 3\x00", "an SQLite database"},
	{"\x1F\x8B", "a gzip archive"},
	{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "an old Office document"},
	{"7z\xBC\xAF\x27\x1C", "a 7-Zip archive"},
	{"Rar!\x1A\x07", "a RAR archive"},
	{`{\rtf`, "an RTF document"},
}

// zipped names the documents that are ZIP archives inside.
var zipped = map[string]string{
	".docx": "a Word document", ".xlsx": "an Excel workbook", ".pptx": "a PowerPoint presentation",
	".odt": "an OpenDocument text", ".ods": "an OpenDocument spreadsheet", ".epub": "an e-book",
}

// sniff tells the format from the name's extension and the first bytes, or why
// the file cannot be read.
func sniff(name string, data []byte) (format, error) {
	ext := strings.ToLower(path.Ext(strings.ReplaceAll(name, `\`, "/")))
	if len(bytes.TrimSpace(data)) == 0 {
		return format{}, errEmpty()
	}
	if is := foreign(ext, data); is != "" {
		return format{}, app.Problem(app.ErrInvalid, "is %s, which Rejoinder cannot read yet", is)
	}
	if !hasUTF16BOM(data) && !looksLikeUTF16(data) && isBinary(data) {
		return format{}, app.Problem(app.ErrInvalid, "is binary, not text")
	}
	switch ext {
	case ".html", ".htm", ".xhtml", ".xht":
		return htmlFormat, nil
	case ".md", ".markdown":
		return markdownFormat, nil
	}
	if looksLikeHTML(data) {
		return htmlFormat, nil
	}
	return plainFormat, nil
}

// isHTMLName reports whether browsers read a file of the name as HTML, whatever it
// begins with.
func isHTMLName(name string) bool {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		return true
	}
	return false
}

func foreign(ext string, data []byte) string {
	if ext == ".mht" || ext == ".mhtml" {
		return "a web archive"
	}
	for _, s := range signatures {
		if !bytes.HasPrefix(data, []byte(s.magic)) {
			continue
		}
		if is := zipped[ext]; is != "" && strings.HasPrefix(s.magic, "PK") {
			return is
		}
		return s.is
	}
	return ""
}

// looksLikeHTML reports whether a file begins as web pages do, after comments.
// Only a doctype or the root element counts: a text may well begin with a tag.
func looksLikeHTML(data []byte) bool {
	head := data[:min(len(data), 4096)]
	if hasUTF16BOM(data) || looksLikeUTF16(data) {
		head = bytes.ReplaceAll(bytes.TrimLeft(head, bomUTF16LE), []byte{0}, nil)
	}
	head = bytes.ToLower(bytes.TrimPrefix(head, []byte(bomUTF8)))
	for {
		head = bytes.TrimSpace(head)
		var rest []byte
		var ok bool
		switch {
		case bytes.HasPrefix(head, []byte("<!--")):
			_, rest, ok = bytes.Cut(head, []byte("-->"))
		case bytes.HasPrefix(head, []byte("<?xml")):
			_, rest, ok = bytes.Cut(head, []byte("?>"))
		default:
			return bytes.HasPrefix(head, []byte("<!doctype html")) ||
				bytes.HasPrefix(head, []byte("<html"))
		}
		if !ok {
			return false
		}
		head = rest
	}
}

// isBinary reports whether data has more zero bytes than a text that lost some
// of its bytes: one or two in a thousand are no reason to refuse a page.
func isBinary(data []byte) bool {
	const strays = 3
	zeros := bytes.Count(data, []byte{0})
	return zeros > strays && 500*zeros > len(data)
}
