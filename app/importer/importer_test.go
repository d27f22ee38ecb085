package importer

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"rejoinder/app"
)

// read reads a file that has to be readable.
func read(t *testing.T, name, data string) app.Imported {
	t.Helper()
	doc, err := New().Read(t.Context(), name, []byte(data), app.ReadAs{})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	checkContent(t, doc)
	return doc
}

func fixture(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// outline writes a content as lines of "kind level: text".
func outline(c app.Content) string {
	var lines []string
	for _, b := range c.Blocks {
		line := string(b.Kind)
		if b.Level > 0 {
			line += string(rune('0' + b.Level))
		}
		if b.Number > 0 {
			line += fmt.Sprintf("#%d", b.Number)
		}
		lines = append(lines, line+": "+app.Slice(c.Plain, b.Start, b.End))
	}
	return strings.Join(lines, "\n")
}

func wantOutline(t *testing.T, c app.Content, want ...string) {
	t.Helper()
	if got, want := outline(c), strings.Join(want, "\n"); got != want {
		t.Errorf("got:\n%s\n\nwant:\n%s", got, want)
	}
}

// spans writes the spans of a content as "kind(text)", links with their target.
func spans(c app.Content) string {
	var all []string
	for _, s := range c.Spans {
		text := string(s.Kind) + "(" + app.Slice(c.Plain, s.Start, s.End) + ")"
		if s.URL != "" {
			text += "→" + s.URL
		}
		all = append(all, text)
	}
	return strings.Join(all, " ")
}

// checkContent checks what holds for every reading.
func checkContent(t *testing.T, doc app.Imported) {
	t.Helper()
	c := doc.Content
	if strings.TrimSpace(doc.Title) == "" || doc.Title != app.OneLine(doc.Title) {
		t.Fatalf("title %q", doc.Title)
	}
	if !utf8.ValidString(c.Plain) || c.Plain != app.Clean(c.Plain) {
		t.Fatalf("plain text is not clean: %.200q", c.Plain)
	}
	if strings.ContainsFunc(c.Plain, func(r rune) bool { return r != '\n' && r != '\t' && unicode.IsControl(r) }) {
		t.Fatalf("plain text has control characters: %.200q", c.Plain)
	}
	if len(c.Blocks) == 0 {
		t.Fatal("no blocks")
	}
	runes, at := []rune(c.Plain), 0
	for i, b := range c.Blocks {
		if i > 0 {
			if b.Start != at+2 || string(runes[at:at+2]) != "\n\n" {
				t.Fatalf("block %d starts at %d after %d", i, b.Start, at)
			}
		} else if b.Start != 0 {
			t.Fatalf("first block starts at %d", b.Start)
		}
		if b.End <= b.Start || b.End > len(runes) {
			t.Fatalf("block %d is %d to %d of %d", i, b.Start, b.End, len(runes))
		}
		if !visible(string(runes[b.Start:b.End])) {
			t.Fatalf("block %d shows nothing", i)
		}
		at = b.End
	}
	if at != len(runes) {
		t.Fatalf("blocks end at %d of %d", at, len(runes))
	}
	for _, s := range c.Spans {
		i := sort.Search(len(c.Blocks), func(i int) bool { return c.Blocks[i].End >= s.End })
		if i == len(c.Blocks) || s.Start < c.Blocks[i].Start || s.Start >= s.End {
			t.Fatalf("span %+v is in no block", s)
		}
	}
	if doc.Published.Validate() != nil || (doc.Published == "") != (doc.DateSource == app.DateUnknown) {
		t.Fatalf("date %q, %q", doc.Published, doc.DateSource)
	}
}

func TestFilesThatCannotBeRead(t *testing.T) {
	for _, tt := range []struct{ name, data, want string }{
		{"a.txt", "", "is empty"},
		{"a.html", " \n\t ", "is empty"},
		{"a.txt", "\xEF\xBB\xBF\r\n", "is empty"},
		{"a.pdf", "%PDF-1.7\n...", "is a PDF document, which Rejoinder cannot read yet"},
		{"renamed.txt", "%PDF-1.7\n...", "is a PDF document, which Rejoinder cannot read yet"},
		{"a.zip", "PK\x03\x04....", "is a ZIP archive, which Rejoinder cannot read yet"},
		{"A.DOCX", "PK\x03\x04....", "is a Word document, which Rejoinder cannot read yet"},
		{"a.mhtml", "MIME-Version: 1.0", "is a web archive, which Rejoinder cannot read yet"},
		{"a.png", "\x89PNG\r\n\x1a\n", "is a PNG image, which Rejoinder cannot read yet"},
		{"a.db", "SQLite format 3\x00", "is an SQLite database, which Rejoinder cannot read yet"},
		{"a.bin", strings.Repeat("\x00words\x00and more", 9), "is binary, not text"},
		{"a.md", strings.Repeat("words ", 400_000), "is larger than 2 MB, the most that is read of such a file; split it into several"},
		{"a.html", strings.Repeat("words ", 2_000_000), "is larger than 10 MB, the most that is read of such a file; split it into several"},
		{"a.md", "[a]: https://a.example", "has no text in it"},
		{"a.html", "<html><script>run()</script></html>", "has no text in it"},
		{"a.txt", "\u200b", "is empty"},
	} {
		_, err := New().Read(t.Context(), tt.name, []byte(tt.data), app.ReadAs{})
		if err == nil || err.Error() != tt.want || !errors.Is(err, app.ErrInvalid) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

func TestTheFormatIsToldFromTheNameAndTheContent(t *testing.T) {
	page := "<!-- kept --><?xml version='1.0'?>\n<!DOCTYPE html><html><p>Some words."
	for _, tt := range []struct{ name, data, mediaType, reader string }{
		{"a.txt", "words", "text/plain", "plain/2"},
		{"README", "words", "text/plain", "plain/2"},
		{"a.log", "words", "text/plain", "plain/2"},
		{"a.txt", "<p>words</p> are in tags", "text/plain", "plain/2"},
		{"a.txt", "<!-- never closed", "text/plain", "plain/2"},
		{`C:\folder.x\a.MD`, "# words", "text/markdown", "markdown/3"},
		{"a.markdown", page, "text/markdown", "markdown/3"},
		{"a.htm", "words", "text/html", "html/3"},
		{"download", page, "text/html", "html/3"},
		{"page", "\xFF\xFE<\x00h\x00t\x00m\x00l\x00>\x00a\x00", "text/html", "html/3"},
	} {
		doc := read(t, tt.name, tt.data)
		if doc.MediaType != tt.mediaType || doc.Reader != tt.reader {
			t.Errorf("%s: %s %s", tt.name, doc.MediaType, doc.Reader)
		}
	}
}

func TestAnImportCanBeCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := New().Read(ctx, "a.txt", []byte("words"), app.ReadAs{}); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	for _, read := range []func(*Importer, context.Context, source) (app.Imported, error){
		(*Importer).readHTML, (*Importer).readMarkdown,
	} {
		if _, err := read(New(), ctx, source{text: "words"}); !errors.Is(err, context.Canceled) {
			t.Error(err)
		}
	}
}

func TestAParserThatFailsIsContained(t *testing.T) {
	_, err := guarded(t.Context(), time.Minute, func() (int, error) { panic("index out of range") })
	if err == nil || !strings.Contains(err.Error(), "index out of range") {
		t.Error(err)
	}
	stuck := make(chan bool)
	defer close(stuck)
	_, err = guarded(t.Context(), time.Nanosecond, func() (int, error) { <-stuck; return 0, nil })
	if !errors.Is(err, errPatience) {
		t.Error(err)
	}
}

// A text must not depend on how busy the machine is.
func TestWhenNoParserComesBackNothingIsRead(t *testing.T) {
	im := &Importer{}
	for _, name := range []string{"a.html", "a.md"} {
		if _, err := im.Read(t.Context(), name, []byte(fixture(t, "report.html")), app.ReadAs{}); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
