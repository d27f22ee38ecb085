package textlayout

import (
	"slices"
	"strings"
	"testing"
)

func TestWordsAndParagraphs(t *testing.T) {
	text := []rune("The dockers' union. نقابة العمال\n\n港口 e\u0301te\u0301")
	for _, c := range []struct {
		at   int
		want string
	}{{0, "The"}, {2, "The"}, {3, " "}, {5, "dockers"}, {18, "."}, {22, "نقابة"}, {30, "العمال"}, {32, "\n"}, {34, "港"},
		{38, "e\u0301te\u0301"}, {len(text), ""}} {
		start, end := Word(text, c.at)
		if string(text[start:end]) != c.want {
			t.Errorf("around %d stands the word %q, want %q", c.at, string(text[start:end]), c.want)
		}
	}
	for at, want := range map[int]string{0: string(text[:32]), 31: string(text[:32]), 32: string(text[:32]), 33: "", 36: string(text[34:]), 99: string(text[34:])} {
		start, end := around(text, at, len(text))
		if string(text[start:end]) != want {
			t.Errorf("around %d stands the paragraph %q", at, string(text[start:end]))
		}
	}
	if start, end := Word(nil, 0); start != 0 || end != 0 {
		t.Errorf("the word of nothing is %d to %d", start, end)
	}
}

func TestGraphemesAreWalkedBothWays(t *testing.T) {
	for name, text := range texts {
		runes := []rune(text)
		bounds := graphemes(runes)
		at := 0
		var forward []int
		for {
			forward = append(forward, at)
			next := NextGrapheme(runes, at)
			if next == at {
				break
			}
			if back := PreviousGrapheme(runes, next); back != at {
				t.Errorf("%s: from %d to %d, and back to %d", name, at, next, back)
			}
			at = next
		}
		if !slices.Equal(forward, bounds) {
			t.Errorf("%s: carets at %v, want %v", name, forward, bounds)
		}
		for i, b := range bounds[:len(bounds)-1] { // out of the middle of a grapheme
			for inside := b + 1; inside < bounds[i+1]; inside++ {
				if NextGrapheme(runes, inside) != bounds[i+1] || PreviousGrapheme(runes, inside) != b {
					t.Errorf("%s: from inside %d, %d to %d and %d", name, inside, b, NextGrapheme(runes, inside), PreviousGrapheme(runes, inside))
				}
			}
		}
		if NextGrapheme(runes, len(runes)+3) != len(runes) || PreviousGrapheme(runes, -2) != 0 {
			t.Errorf("%s: carets outside the text", name)
		}
	}
}

// walked are the places that a step leads to, from one end to the other.
func walked(text []rune, from int, step func([]rune, int) int) []int {
	var out []int
	for at := from; ; {
		next := step(text, at)
		if next == at {
			return out
		}
		out, at = append(out, next), next
	}
}

func TestWordsAreWalked(t *testing.T) {
	text := []rune("The dockers' union, e.g. «نقابة العمال»: 12.5 %\n\nend")
	var ends, starts []string
	for _, at := range walked(text, 0, NextWord) {
		start, end := Word(text, at-1)
		if end != at {
			t.Errorf("a step ends inside of a word, at %d", at)
		}
		ends = append(ends, string(text[start:end]))
	}
	want := []string{"The", "dockers", "union", "e.g", "نقابة", "العمال", "12.5", "end"}
	if !slices.Equal(ends, want) {
		t.Errorf("forward through %q", ends)
	}
	for _, at := range walked(text, len(text), PreviousWord) {
		start, end := Word(text, at)
		starts = append(starts, string(text[start:end]))
	}
	slices.Reverse(starts)
	if !slices.Equal(starts, want) {
		t.Errorf("back through %q", starts)
	}
}

// There is no dictionary: a Thai word is what a line would not break inside of.
func TestThaiIsSelectedByMoreThanLetters(t *testing.T) {
	text := []rune("ปิดท่า เรือเหนือ, ok")
	for at, want := range map[int]string{0: "ปิดท่า", 5: "ปิดท่า", 6: " ", 7: "เรือ", 12: "เหนือ", 16: ","} {
		start, end := Word(text, at)
		if got := string(text[start:end]); got != want {
			t.Errorf("around %d stands %q, want %q", at, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	for _, c := range [][]string{
		{"The quay wall has moved.", "Has it?", "“Yes!”", "Four centimetres, said Dr. J. Smith.", "It cost 3.5 million, e.g. for pumps"},
		{"Министерство закрыло причал.", "Почему?", "Никто не ответил."},
		{"هل الرصيف آمن؟", "قالت النقابة إنه آمن.", "ولم يجب أحد"},
		{"关闭码头是“唯一安全的选择”。", "港口公司不同意！", "为什么？"},
		{"दीवार खिसकी है।", "किसी ने उत्तर नहीं दिया।"},
	} {
		separator := " "
		if c[0][0] == 0xE5 {
			separator = ""
		}
		text := []rune("Before.\n\n" + strings.Join(c, separator) + "\n\nAfter")
		var got []string
		for at := 9; at < len(text)-7; at++ {
			start, end := Sentence(text, at)
			if s := string(text[start:end]); len(got) == 0 || got[len(got)-1] != s {
				got = append(got, s)
			}
		}
		if !slices.Equal(got, c) {
			t.Errorf("sentences: %q, want %q", got, c)
		}
	}
	text := []rune("One. Two.\n\nThree. Four")
	if got, want := walked(text, 0, NextSentence), []int{5, 11, 18, 22}; !slices.Equal(got, want) {
		t.Errorf("forward: %v", got)
	}
	if got, want := walked(text, len(text), PreviousSentence), []int{18, 11, 5, 0}; !slices.Equal(got, want) {
		t.Errorf("back: %v", got)
	}
	if got := PreviousSentence(text, 7); got != 5 {
		t.Errorf("inside of a sentence its beginning is before: %d", got)
	}
}

// Long texts without line breaks are looked at near the place only.
func TestWalkingThroughAnEnormousParagraph(t *testing.T) {
	text := []rune(strings.Repeat("The quay wall has moved by four centimetres. ", 20_000))
	for at := 400_000; at < 400_090; at++ {
		start, end := Sentence(text, at)
		if string(text[start:end]) != "The quay wall has moved by four centimetres." && at < end {
			t.Fatalf("around %d stands %q", at, string(text[start:end]))
		}
		start, end = Word(text, at)
		if wordy(text[start]) == (end-start == 1) {
			t.Fatalf("around %d stands the word %q", at, string(text[start:end]))
		}
		if NextGrapheme(text, at) != at+1 || PreviousGrapheme(text, at) != at-1 || Snap(text, at) != at {
			t.Fatalf("graphemes around %d", at)
		}
	}
}
