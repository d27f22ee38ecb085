package importer

import (
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// paragraphs are blocks of plain paragraphs.
func paragraphs(texts ...string) []block {
	var blocks []block
	for _, t := range texts {
		blocks = append(blocks, block{kind: app.BlockParagraph, text: t})
	}
	return blocks
}

func TestWhatAnExtractorTookApartIsPutTogether(t *testing.T) {
	page := paragraphs("Menu", "Two of those hits were by Tarn, three by Okoro.", "Share", "Quill said so.",
		"She did.", "A very long paragraph of which only a few words were kept.", "Share")
	page[1].spans = []app.Span{{Kind: app.SpanLink, Start: 26, End: 30, URL: "https://a.example/tarn"}}
	for _, tt := range []struct{ name, found, want string }{
		{"the same", "Quill said so.", "Quill said so."},
		{"a lost space", "Two of those hits were byTarn, three by Okoro.", page[1].text},
		{"pieces", "Two of those hits were by|Tarn, three by|Okoro.", page[1].text},
		{"run together", "Quill said so.She did.", "Quill said so.|She did."},
		{"in another order", "Two of those hits were by Okoro, three by Tarn.", "Two of those hits were by Okoro, three by Tarn."},
		{"a few words", "only a few words|were kept.", "only a few words|were kept."},
		{"words of its own", "Advertisement", "Advertisement"},
		{"twice the same", "Share|Quill said so.|Share|Share", "Share|Quill said so.|Share|Share"},
		{"cut short", "She did.A very", "She did.A very"},
	} {
		var got []string
		for _, b := range restyle(paragraphs(strings.Split(tt.found, "|")...), page) {
			got = append(got, b.text)
		}
		if want := strings.Split(tt.want, "|"); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", tt.name, got, want)
		}
	}
	styled := restyle([]block{{kind: app.BlockListItem, level: 2, text: "Two of those hits were by Tarn, three by Okoro."}}, page)
	if b := styled[0]; b.kind != app.BlockListItem || b.level != 2 || len(b.spans) != 1 {
		t.Errorf("%+v", b)
	}
}
