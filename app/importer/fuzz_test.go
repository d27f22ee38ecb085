package importer

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"rejoinder/app"
)

// fuzz checks that whatever the bytes, a reading is whole or an ErrInvalid.
//
// Run it with -fuzzminimizetime=1x: the parsers' goroutines make coverage vary
// from run to run, and Go would spend all of its time on minimizing inputs.
func fuzz(f *testing.F, name string, seeds ...string) {
	files, err := filepath.Glob("testdata/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, s := range append(seeds, russian, chinese, "\xFF\xFEa\x00\n\x00b", "a\r\n\u2028b\x01\u0085\uFEFFc") {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		doc, err := New().Read(t.Context(), name, data, app.ReadAs{})
		if err != nil {
			if !errors.Is(err, app.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		checkContent(t, doc)
	})
}

func FuzzReadPlain(f *testing.F) {
	fuzz(f, "a.txt", "Title: A\nBy: B\n\nC", "\f a-\nb\n\u3000\u3000c")
}

func FuzzReadMarkdown(f *testing.F) {
	fuzz(f, "a.md", "---\na:\n- b\n---\n", "*a**b***c*\n", "|a|\n|-|\n|b|", "<div>\n&#0;\n</div>", "[a](<b> 'c') ![d](e)\\\nf")
}

func FuzzReadHTML(f *testing.F) {
	fuzz(f, "a.html", "<p>a<br><br><b>c<p>d</b>e<table><td>f<pre>\n g", "<html lang=xx><title>&#13;</title><h1>\u200b",
		`<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"x"}</script>a`)
}
