package gui

import (
	"strings"
	"testing"

	"rejoinder/app"
)

// Where there is one line for a passage, it begins shortly before the first word
// found, in scripts without spaces too, and its marks stay on their words.
func TestALineBeginsNearTheFirstWordFound(t *testing.T) {
	for _, row := range []struct{ text, word string }{
		{"the quay is closed", "quay"},
		{strings.Repeat("long ago ", 9) + "the quay is closed", "quay"},
		{strings.Repeat("码头", 20) + "港口公司", "港口"},
		{"nothing", ""},
	} {
		s := app.Snippet{Text: row.text}
		if row.word != "" {
			at := app.Occurrences(row.text, row.word)[0]
			s.Marks = [][2]int{{at, at + app.RuneCount(row.word)}}
		}
		got := lead(s)
		if !strings.HasSuffix(row.text, strings.TrimPrefix(got.Text, "…")) || len(got.Marks) > 0 && got.Marks[0][0] > leadWords+1 {
			t.Errorf("%s became %s", row.text, got.Text)
		}
		marked := ""
		for _, segment := range snippetSegments(got) {
			if segment.Marked != "" {
				marked += segment.Text
			}
		}
		if marked != row.word {
			t.Errorf("%s: marked is %q", got.Text, marked)
		}
	}
}
