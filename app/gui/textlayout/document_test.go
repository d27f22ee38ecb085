package textlayout

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// story is a text of all scripts, a paragraph for each, and its paragraphs.
func story(times int) ([]rune, []Paragraph) {
	var names []string
	for name := range texts {
		names = append(names, name)
	}
	slices.Sort(names)
	var text []rune
	var paragraphs []Paragraph
	for i := range times {
		for j, name := range names {
			p := plain(len(text), 0)
			text = append(text, []rune(strings.Repeat(texts[name]+" ", 1+(i+j)%3))...)
			p.End, p.Before = len(text), float32(j%3)*8
			if j%4 == 1 {
				p.Indent, p.Marker = 24, fmt.Sprintf("%d.", j)
			}
			paragraphs = append(paragraphs, p)
			text = append(text, '\n', '\n')
		}
	}
	return text, paragraphs
}

func TestDocumentIsSetAsTheWholeText(t *testing.T) {
	f := bundled(t)
	text, paragraphs := story(3)
	for _, width := range widths[2:] {
		whole := f.Shape(text, paragraphs).Set(width, 0)
		d := f.NewDocument(text, paragraphs, width)
		measureAll(d)
		if !near(d.Height(), whole.Height) {
			t.Fatalf("width %v: %v high, want %v", width, d.Height(), whole.Height)
		}
		n := 0
		for i := range d.Len() {
			for _, line := range d.Lines(i).Lines {
				want := whole.Lines[n]
				if line.Start != want.Start || line.End != want.End || !near(line.Y+d.Top(i), want.Y) || line.X != want.X || line.Width != want.Width || line.Paragraph != want.Paragraph {
					t.Fatalf("width %v: line %d is %d to %d at %v, want %d to %d at %v", width, n, line.Start, line.End, line.Y+d.Top(i), want.Start, want.End, want.Y)
				}
				n++
			}
		}
		for y := float32(0); y < whole.Height; y += 23 {
			for _, x := range []float32{-4, 10, width / 2, width} {
				i := whole.LineAt(y)
				if y < whole.Lines[i].Y {
					continue // between paragraphs either may be hit
				}
				if a, b := d.Hit(x, y), whole.Hit(x, y); a != b || d.Under(x, y) != whole.Under(x, y) {
					t.Fatalf("width %v: at %v,%v hits %d, want %d", width, x, y, a, b)
				}
			}
		}
		for at := 0; at < len(text); at += 7 {
			a, b := d.Rects(at, at+20), whole.Rects(at, at+20)
			if !slices.EqualFunc(a, b, func(a, b Rect) bool { return near(a.X, b.X) && near(a.Y, b.Y) && near(a.Width, b.Width) }) {
				t.Fatalf("width %v: %d to %d stands at %v, want %v", width, at, at+20, a, b)
			}
			if !near(d.Caret(at).Y, whole.Caret(at).Y) || !near(d.Caret(at).X, whole.Caret(at).X) || !near(d.About(at), whole.Caret(at).Y) {
				t.Fatalf("width %v: the caret %d stands at %v, want %v", width, at, d.Caret(at), whole.Caret(at))
			}
		}
	}
}

func measureAll(d *Document) {
	if m := d.Measuring(d.Len() / 2); m != nil {
		m.Run(context.Background(), func(learn func()) { learn() })
	}
}

func TestHeightsAreGuessedUntilTheyAreMeasured(t *testing.T) {
	f := bundled(t)
	text, paragraphs := story(20)
	d := f.NewDocument(text, paragraphs, 320)
	guess := d.Height()
	if d.Measured(3) {
		t.Error("nothing was measured yet")
	}
	// What was begun for another width is dropped.
	old := d.Measuring(0)
	d.SetWidth(500)
	at500 := d.Height()
	old.Run(context.Background(), func(learn func()) { learn() })
	if d.Height() != at500 {
		t.Error("measures of another width were taken over")
	}
	d.SetWidth(320)
	d.Lines(7)
	if !d.Measured(7) || d.Measured(8) {
		t.Error("setting a piece measures it, and only it")
	}
	measureAll(d)
	for i := range d.Len() {
		if y := d.Top(i); d.PieceAt(y+1) != i || i > 0 && y < d.Top(i-1) {
			t.Fatalf("piece %d stands at %v, where %d is found", i, y, d.PieceAt(y+1))
		}
	}
	if exact := d.Height(); guess < exact*0.7 || guess > exact*1.4 {
		t.Errorf("guessed %v, measured %v", guess, exact)
	}
	if d.Measuring(0) != nil {
		t.Error("there is something left to measure")
	}
	before := d.Lines(2).Lines[0].Height
	for i := range paragraphs {
		paragraphs[i].LineHeight *= 2
	}
	d.SetParagraphs(paragraphs)
	if d.Lines(2).Lines[0].Height != 2*before {
		t.Error("other sizes change nothing")
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	d.Measuring(0).Run(canceled, func(func()) { t.Error("measuring goes on after it was ended") })
}

func TestOnlyLittleIsKeptAsGlyphs(t *testing.T) {
	f := bundled(t)
	text, paragraphs := story(60)
	d := f.NewDocument(text, paragraphs, 320)
	for i := range d.Len() {
		d.Lines(i)
	}
	if d.cost > keptCost || d.kept.Len() != len(d.sets) || d.kept.Len() == d.Len() {
		t.Errorf("%d of %d pieces are kept at a cost of %d", d.kept.Len(), d.Len(), d.cost)
	}
	last := d.Lines(d.Len() - 1)
	if d.Lines(d.Len()-1) != last {
		t.Error("what was just set is set again")
	}
}

func TestEnormousParagraphIsSetInPieces(t *testing.T) {
	f := bundled(t)
	for name, part := range texts {
		text := []rune(strings.Repeat(part+" ", 9000/len([]rune(part))))
		d := f.NewDocument(text, []Paragraph{plain(0, len(text))}, 320)
		if d.Len() < 3 || d.Len() > 12 {
			t.Errorf("%s: %d pieces", name, d.Len())
		}
		at := 0
		bounds := graphemes(text)
		for i := range d.Len() {
			p, paragraph, first, last := d.Piece(i)
			if p.Start != at || p.End-p.Start > longestPiece || paragraph != 0 || first != (i == 0) || last != (i == d.Len()-1) {
				t.Fatalf("%s: piece %d holds %d to %d after %d", name, i, p.Start, p.End, at)
			}
			if at = p.End; !slices.Contains(bounds, at) {
				t.Errorf("%s: a grapheme is cut at %d", name, at)
			}
			l := d.Lines(i)
			checkLines(t, l, p.Start, p.End)
			if l.Lines[0].RTL != RightToLeft(part) {
				t.Errorf("%s: piece %d runs in another direction", name, i)
			}
		}
		if at != len(text) {
			t.Errorf("%s: the pieces end at %d of %d", name, at, len(text))
		}
		if start, end := d.Paragraph(5000); start != 0 || end != len(text) {
			t.Errorf("%s: the paragraph is %d to %d", name, start, end)
		}
		for at := 0; at < len(text); { // every line can be reached
			next, ok := d.LineBelow(at, 10)
			if !ok {
				break
			}
			if back, ok := d.LineAbove(next, 10); next <= at && !RightToLeft(part) || !ok || d.LineStart(back) != d.LineStart(at) {
				t.Fatalf("%s: below %d is %d, above it %d", name, at, next, back)
			}
			at = next
		}
	}
}

func TestEnormousParagraphsAreCutWhereTheyPause(t *testing.T) {
	for name, part := range map[string]string{
		"sentences":         "The quay wall has moved, they said. ",
		"words":             "the quay wall and ",
		"Chinese sentences": "交通部长表示：“关闭码头”。",
		"lines":             "a line of code;\nanother\n",
	} {
		text := []rune(strings.Repeat(part, 9000/len([]rune(part))))
		for _, p := range cutText(text, []Paragraph{plain(0, len(text))}) {
			end := string(text[max(0, p.End-len([]rune(part))):p.End])
			if name != "words" && name != "lines" && end != part || !strings.ContainsRune(" \n。", text[p.End-1]) {
				t.Errorf("%s: a piece ends with %q", name, end)
			}
		}
	}
	styled := plain(0, 9000)
	for i := range 90 {
		styled.Styles = append(styled.Styles, Style{Start: i * 100, End: i*100 + 30, Typeface: Typeface{Bold: true}})
	}
	styles := 0
	for _, p := range cutText([]rune(strings.Repeat("word ", 1800)), []Paragraph{styled}) {
		if styles += len(p.Styles); len(p.Styles) > 32 {
			t.Errorf("a piece has %d styles", len(p.Styles))
		}
	}
	if styles < 90 {
		t.Errorf("%d of 90 styles are left", styles)
	}
}

func TestLinesOfADocumentAreWalked(t *testing.T) {
	f := bundled(t)
	text := []rune("The quay wall has moved by four centimetres.\n\nقالت النقابة إن الرصيف آمن\n\nend")
	d := f.NewDocument(text, []Paragraph{plain(0, 44), plain(46, 72), plain(74, len(text))}, 120)
	start, end := d.LineStart(0), d.LineEnd(0)
	if line := string(text[start:end]); line != "The quay wall" {
		t.Errorf("the first line is %q", line)
	}
	if !d.RTL(50) || d.RTL(5) || d.RTL(len(text)) {
		t.Error("directions of the paragraphs")
	}
	if d.NextParagraph(3) != 46 || d.NextParagraph(46) != 74 || d.NextParagraph(75) != len(text) || d.PreviousParagraph(80) != 74 ||
		d.PreviousParagraph(74) != 46 || d.PreviousParagraph(3) != 0 || d.PreviousParagraph(0) != 0 {
		t.Error("walking by paragraphs")
	}
	if _, ok := d.LineAbove(2, 0); ok {
		t.Error("there is a line above the first")
	}
	if _, ok := d.LineBelow(len(text), 0); ok {
		t.Error("there is a line below the last")
	}
	if at, ok := d.Over(3, 5); !ok || at != 0 {
		t.Error("the first letter is not under its place")
	}
	if _, ok := d.Over(119, 5); ok {
		t.Error("there is a letter behind the line's end")
	}
	empty := f.NewDocument(nil, nil, 100)
	if empty.Height() != 0 || empty.Hit(3, 3) != 0 || empty.Rects(0, 4) != nil || empty.Caret(2) != (Rect{}) || empty.PieceAt(3) != -1 ||
		empty.LineStart(2) != 0 || empty.LineEnd(2) != 0 || empty.RTL(0) || empty.About(3) != 0 || empty.Measuring(0) != nil {
		t.Error("an empty document")
	}
}

func TestRulesAndCode(t *testing.T) {
	f := bundled(t)
	text := []rune("---\n\n\tif x\n\ny")
	rule, code := plain(0, 3), plain(5, 10)
	rule.Rule, code.Box = true, true
	d := f.NewDocument(text, []Paragraph{rule, code, plain(12, 13)}, 300)
	if l := d.Lines(0); len(l.Lines) != 1 || l.Lines[0].Width != 0 || d.Rects(0, 3) != nil {
		t.Errorf("a rule shows its text: %+v", l.Lines)
	}
	tab, space := d.Rects(5, 6)[0].Width, d.Rects(8, 9)[0].Width
	if !near(tab, 4*space) {
		t.Errorf("a tab of code is %v wide, a space %v", tab, space)
	}
}

func FuzzDocument(f *testing.F) {
	for _, text := range texts {
		f.Add(text, uint16(75), uint16(1))
		f.Add(text+"\n\n"+text, uint16(160), uint16(40))
	}
	fonts := bundled(f)
	f.Fuzz(func(t *testing.T, part string, width, times uint16) {
		text := []rune(strings.Repeat(part, 1+int(times%64)))
		if len([]rune(part)) > 200 {
			return
		}
		var paragraphs []Paragraph
		at := 0
		for p := range strings.SplitSeq(string(text), "\n\n") {
			n := len([]rune(p))
			paragraphs = append(paragraphs, plain(at, at+n))
			at += n + 2
		}
		d := fonts.NewDocument(text, paragraphs, float32(width))
		measureAll(d)
		height := d.Height()
		for i := range d.Len() {
			p, _, _, _ := d.Piece(i)
			checkLines(t, d.Lines(i), p.Start, p.End)
		}
		if d.Height() != height {
			t.Fatalf("measured %v, set %v", height, d.Height())
		}
		for at := 0; at <= len(text); at += 1 + len(text)/10 {
			c := d.Caret(at)
			if hit := d.Hit(c.X, c.Y+1); d.LineStart(hit) > hit || d.LineEnd(at) < d.LineStart(at) {
				t.Fatalf("the caret %d is hit as %d", at, hit)
			}
			start, end := Sentence(text, at)
			if start > at && start < len(text) || end < start || end > len(text) {
				t.Fatalf("the sentence around %d is %d to %d", at, start, end)
			}
			if next := NextSentence(text, at); next <= at && at < len(text) {
				t.Fatalf("after %d the next sentence begins at %d", at, next)
			}
			if previous := PreviousSentence(text, at); previous >= at && at > 0 {
				t.Fatalf("before %d a sentence begins at %d", at, previous)
			}
			if NextWord(text, at) <= at && at < len(text) || PreviousWord(text, at) >= at && at > 0 {
				t.Fatalf("words around %d", at)
			}
		}
	})
}
