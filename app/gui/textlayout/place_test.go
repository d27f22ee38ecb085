package textlayout

import (
	"slices"
	"strings"
	"testing"
)

// What is drawn somewhere is what is hit there, and the other way round.
func TestEveryGraphemeIsHitWhereItIsDrawn(t *testing.T) {
	f := bundled(t)
	for name, text := range texts {
		for _, width := range widths {
			l, runes := lay(f, text, width, 0)
			bounds := graphemes(runes)
			for i, start := range bounds[:len(bounds)-1] {
				checkGrapheme(t, name, l, start, bounds[i+1])
			}
		}
	}
}

func checkGrapheme(t *testing.T, name string, l *Layout, start, end int) {
	t.Helper()
	rects := l.Rects(start, end)
	line := l.Lines[l.LineOf(start)]
	for _, r := range rects {
		if r.Y != line.Y || r.X < line.X-0.1 || r.X+r.Width > line.X+line.Width+0.1 {
			t.Errorf("%s: %d to %d stands at %+v, outside its line", name, start, end, r)
		}
		if r.Width < 1 {
			continue
		}
		left, right := l.Hit(r.X+0.1, r.Y+3), l.Hit(r.X+r.Width-0.1, r.Y+3)
		if min(left, right) < start || max(left, right) > end {
			t.Errorf("%s: clicks on %d to %d put the caret to %d and %d", name, start, end, left, right)
		}
		if len(rects) == 1 && left == right {
			t.Errorf("%s: both sides of %d to %d put the caret to %d", name, start, end, left)
		}
		for _, share := range []float32{0.1, 0.5, 0.9} {
			if under := l.Under(r.X+share*r.Width, r.Y+3); under != start {
				t.Errorf("%s: under a point of %d to %d stands %d", name, start, end, under)
			}
		}
	}
	if len(rects) == 1 {
		r, c := rects[0], l.Caret(start)
		if !near(c.X, r.X) && !near(c.X, r.X+r.Width) || c.Y != r.Y || c.Height != r.Height {
			t.Errorf("%s: the caret before %d stands at %+v, its letter at %+v", name, start, c, r)
		}
	}
}

func TestRangesGiveRectanglesOfAllTheirLines(t *testing.T) {
	f := bundled(t)
	for name, text := range texts {
		l, runes := lay(f, text, 160, 0)
		width := map[float32]float32{}
		for _, r := range l.Rects(0, len(runes)) {
			width[r.Y] += r.Width
		}
		for i, line := range l.Lines {
			if d := width[line.Y] - line.Width; d < -1 || d > 1 {
				t.Errorf("%s: line %d is %v wide, its rectangles %v", name, i, line.Width, width[line.Y])
			}
		}
		if l.Rects(3, 3) != nil || l.Rects(len(runes), len(runes)+5) != nil {
			t.Errorf("%s: an empty range has rectangles", name)
		}
	}
}

// order lists the words of a text as they stand from left to right.
func order(t *testing.T, f *Fonts, text string, words ...string) []string {
	t.Helper()
	l, _ := lay(f, text, 5000, 0)
	x := map[string]float32{}
	for _, w := range words {
		at := len([]rune(text[:strings.Index(text, w)]))
		rects := l.Rects(at, at+len([]rune(w)))
		if len(rects) != 1 {
			t.Fatalf("%q is drawn in %d pieces", w, len(rects))
		}
		x[w] = rects[0].X
	}
	slices.SortFunc(words, func(a, b string) int { return int(x[a] - x[b]) })
	return words
}

func TestBidirectionalOrder(t *testing.T) {
	f := bundled(t)
	for _, c := range []struct {
		text string
		want []string // from left to right
	}{
		{"one two three", []string{"one", "two", "three"}},
		{"واحد اثنان ثلاثة", []string{"ثلاثة", "اثنان", "واحد"}},
		{"واحد (one two) اثنان", []string{"اثنان", "one", "two", "واحد"}},
		{"سنة 2019 كانت", []string{"كانت", "2019", "سنة"}},
		{"one واحد اثنان two", []string{"one", "اثنان", "واحد", "two"}},
		{"In سنة 2019 the", []string{"In", "2019", "سنة", "the"}},
		{"In سنة 2019 كانت the", []string{"In", "كانت", "2019", "سنة", "the"}},
		{"In سنة 12.5 و 7 the", []string{"In", "7", "و", "12.5", "سنة", "the"}},
		{"In نحو 50% the", []string{"In", "50%", "نحو", "the"}},
		{"In نحو -7, 3/4. the", []string{"In", "3/4", "7", "نحو", "the"}},
		{"In ١٢ سنة the", []string{"In", "سنة", "١٢", "the"}},
		{"In 2019 سنة the", []string{"In", "2019", "سنة", "the"}},
		{"رايون (Uyghur Region) 23 ئاپرېل", []string{"ئاپرېل", "23", "Uyghur", "Region", "رايون"}},
		{"واحد (one) two اثنان", []string{"اثنان", "two", "one", "واحد"}},
		{"one (واحد) اثنان two", []string{"one", "واحد", "اثنان", "two"}},
		{"واحد [one two] (3) اثنان", []string{"اثنان", "3", "one", "two", "واحد"}},
		{"سنة (see 2019 page) كانت", []string{"كانت", "see", "2019", "page", "سنة"}},
	} {
		words := slices.Clone(c.want)
		slices.Sort(words)
		if got := order(t, f, c.text, words...); !slices.Equal(got, c.want) {
			t.Errorf("%q is drawn as %q, want %q", c.text, got, c.want)
		}
	}
	l, _ := lay(f, "رايون (abc) 23", 5000, 0)
	if open, letter, shut := l.Rects(6, 7)[0].X, l.Rects(7, 8)[0].X, l.Rects(10, 11)[0].X; open < letter || letter < shut {
		t.Errorf("the brackets stand at %v and %v, what is in them at %v", open, shut, letter)
	}
	l, _ = lay(f, "واحد (one) اثنان", 5000, 0)
	if open, shut := l.Rects(5, 6)[0].X, l.Rects(9, 10)[0].X; open < shut {
		t.Errorf("the bracket that opens stands at %v, left of the one that closes at %v", open, shut)
	}
}

func FuzzLayout(f *testing.F) {
	for _, text := range texts {
		f.Add(text, uint16(75), uint8(0), uint8(4))
		f.Add(text, uint16(160), uint8(2), uint8(0))
	}
	fonts := bundled(f)
	f.Fuzz(func(t *testing.T, text string, width uint16, maxLines, styled uint8) {
		runes := []rune(text)
		if len(runes) > 300 {
			return
		}
		p := plain(0, len(runes))
		p.Indent, p.Marker = float32(width%3)*10, "•"
		p.Styles = []Style{{Start: int(styled) / 2, End: int(styled), Typeface: Typeface{Bold: true}}}
		l := fonts.Shape(runes, []Paragraph{p}).Set(float32(width), int(maxLines%5))
		last := l.Lines[len(l.Lines)-1]
		if maxLines%5 == 0 && last.End != len(runes) || maxLines%5 > 0 && len(l.Lines) > int(maxLines%5) {
			t.Fatalf("%d lines to %d of %d", len(l.Lines), last.End, len(runes))
		}
		checkLines(t, l, 0, last.End)
		for _, r := range l.Rects(0, len(runes)) {
			for _, x := range []float32{r.X, r.X + r.Width/2, r.X + r.Width} {
				line := l.Lines[l.LineAt(r.Y+1)]
				at, under := l.Hit(x, r.Y+1), l.Under(x, r.Y+1)
				if at < line.Start || at > line.End || under < line.Start || under > at {
					t.Fatalf("a point of the line %d to %d is hit at %d, over %d", line.Start, line.End, at, under)
				}
				l.Caret(at)
			}
		}
	})
}
