package app_test

import (
	"slices"
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
		name, text  string
		words       []string // each is a term
		width, most int
		want        string
	}{
		{"a short text", "The quay is closed.", []string{"quay"}, 180, 2, "The [quay] is closed."},
		{"no hit", "The quay is closed.", []string{"bridge"}, 180, 2, "The quay is closed."},
		{"no hit in a long text", long, nil, 40, 2, "Ships came and went all year. Ships came…"},
		{"where most terms are", long, []string{"denied", "quay"}, 40, 1, "…ministry [denied] that the [quay] was unsafe. Nobody…"},
		{"two passages", long, []string{"denied", "quay"}, 40, 2,
			"…ministry [denied] that the [quay] was unsafe. Nobody… / …Nobody said more about it. The [quay] stayed."},
		{"no spaces", strings.Repeat("港口公司", 30) + "否认指控", []string{"否认"}, 12, 1, "…港口公司港口公司[否认]指控"},
		{"a family is not torn", strings.Repeat("👨‍👩‍👧‍👦", 30), []string{"none"}, 12, 1, "👨‍👩‍👧‍👦👨‍👩‍👧‍👦…"},
		{"one line", "First\n\n  second  third", []string{"second"}, 180, 2, "First [second] third"},
		{"nothing", "", []string{"quay"}, 180, 2, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, s := range app.CutSnippets(tt.text, marksOf(tt.text, tt.words), tt.width, tt.most) {
				got = append(got, marked(s))
			}
			if strings.Join(got, " / ") != tt.want {
				t.Errorf("got  %s\nwant %s", strings.Join(got, " / "), tt.want)
			}
		})
	}
}

// marksOf finds words as they are written.
func marksOf(text string, words []string) []app.Mark {
	var marks []app.Mark
	for i, w := range words {
		for at := 0; w != "" && strings.Contains(text[at:], w); {
			start := at + strings.Index(text[at:], w)
			at = start + len(w)
			n := utf8.RuneCountInString(text[:start])
			marks = append(marks, app.Mark{Start: n, End: n + utf8.RuneCountInString(w), Term: i})
		}
	}
	slices.SortFunc(marks, func(a, b app.Mark) int { return a.Start - b.Start })
	return marks
}

func FuzzSnippet(f *testing.F) {
	f.Add("The ministry denied it.\n\n Denial again", "denial", 20)
	f.Add("港口公司否认指控 ạ\u0301b", "公司", 3)
	f.Fuzz(func(t *testing.T, text, word string, width int) {
		if !utf8.ValidString(text) || width < 0 || width > 1000 {
			t.Skip()
		}
		for _, s := range app.CutSnippets(text, marksOf(text, []string{word}), width, 2) {
			runes, at := []rune(s.Text), 0
			if len(runes) > width+110 { // words and graphemes stay whole
				t.Errorf("%d code points for a width of %d", len(runes), width)
			}
			for _, m := range s.Marks {
				if m[0] < at || m[1] <= m[0] || m[1] > len(runes) {
					t.Fatalf("marks %v in %q", s.Marks, s.Text)
				}
				if at = m[1]; app.OneLine(string(runes[m[0]:m[1]])) != app.OneLine(word) {
					t.Errorf("%q is marked for %q", string(runes[m[0]:m[1]]), word)
				}
			}
		}
	})
}
