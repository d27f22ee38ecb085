package app_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"rejoinder/app"
)

// marked writes a snippet with its marks in brackets.
func marked(s app.Snippet) string {
	runes, at := []rune(s.Text), 0
	var b strings.Builder
	for _, m := range s.Marks {
		b.WriteString(string(runes[at:m[0]]) + "[" + string(runes[m[0]:m[1]]) + "]")
		at = m[1]
	}
	return b.String() + string(runes[at:])
}

func TestSnippets(t *testing.T) {
	long := strings.Repeat("Ships came and went all year. ", 20) +
		"The ministry denied that the quay was unsafe. " + strings.Repeat("Nobody said more about it. ", 20) + "The quay stayed."
	for _, tt := range []struct {
		name, text string
		terms      []string
		width      int
		want       string
	}{
		{"a short text", "The quay is closed.", []string{"quay"}, 180, "The [quay] is closed."},
		{"no hit", "The quay is closed.", []string{"bridge"}, 180, "The quay is closed."},
		{"where most terms are", long, []string{"denied", "quay"}, 40, "…ministry [denied] that the [quay] was unsafe. Nobody…"},
		{"whole words", "The denials came late.", []string{"denial"}, 180, "The [denials] came late."},
		{"not inside a word", "undenied", []string{"denied"}, 180, "undenied"},
		{"a phrase", "The clean record, they said.", []string{"clean record"}, 180, "The [clean record], they said."},
		{"folded letters", "Müller sagt: Straße!", []string{"muller", "strasse"}, 180, "[Müller] sagt: [Straße]!"},
		{"Arabic vowels", "قال مُحَمَّد كلمة", []string{"محمد"}, 180, "قال [مُحَمَّد] كلمة"},
		{"no spaces", "港口公司否认指控", []string{"公司"}, 180, "港口[公司]否认指控"},
		{"one line", "First\n\n  second  third", []string{"second"}, 180, "First [second] third"},
		{"nothing", "", []string{"quay"}, 180, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := marked(app.CutSnippet(tt.text, tt.terms, tt.width)); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func FuzzSnippet(f *testing.F) {
	f.Add("The ministry denied it.\n\n Denial again", "denial", "ministry", 20)
	f.Add("港口公司否认指控 ạ\u0301b", "公司", "a", 3)
	f.Fuzz(func(t *testing.T, text, a, b string, width int) {
		if !utf8.ValidString(text) || width < 0 || width > 1000 {
			t.Skip()
		}
		terms := []string{app.OneLine(app.FoldText(a)), app.OneLine(app.FoldText(b))} // as package search makes them
		s := app.CutSnippet(text, terms, width)
		runes, at := []rune(s.Text), 0
		if len(runes) > width+45 {
			t.Errorf("%d code points for a width of %d", len(runes), width)
		}
		for _, m := range s.Marks {
			if m[0] < at || m[1] <= m[0] || m[1] > len(runes) {
				t.Fatalf("marks %v in %q", s.Marks, s.Text)
			}
			at = m[1]
			word := app.FoldText(string(runes[m[0]:m[1]]))
			if !strings.Contains(word, terms[0]) && !strings.Contains(word, terms[1]) { // ½ holds the word 2
				t.Errorf("%q is marked for %q", word, terms)
			}
		}
	})
}
