package textlayout

import (
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func near(a, b float32) bool { return math.Abs(float64(a-b)) < 0.6 }

func TestLinesCoverTheText(t *testing.T) {
	f := bundled(t)
	for name, text := range texts {
		for _, width := range widths {
			t.Run(name, func(t *testing.T) {
				runes := []rune("ab\n" + text) // the paragraph need not be the first
				l := f.Shape(runes, []Paragraph{plain(3, len(runes))}).Set(width, 0)
				checkLines(t, l, 3, len(runes))
				for _, line := range l.Lines {
					words := strings.TrimRight(string(runes[line.Start:line.End]), " \n\t")
					if over := line.Width - max(width, 16); over > 0.1 && len(graphemes([]rune(words))) > 2 {
						if trailing := line.End - line.Start - len([]rune(words)); over > float32(trailing)*8 {
							t.Errorf("width %v: %q is %v wide", width, words, line.Width)
						}
					}
				}
			})
		}
	}
}

func TestParagraphsStandBelowEachOther(t *testing.T) {
	f := bundled(t)
	text := []rune("Title\n\nFirst paragraph of two lines\n\n\n\nفقرة ثالثة")
	paragraphs := []Paragraph{plain(0, 5), plain(7, 35), plain(37, 37), plain(39, len(text))}
	paragraphs[1].Before = 10
	l := f.Shape(text, paragraphs).Set(150, 0)
	if len(l.Lines) != 5 {
		t.Fatalf("%d lines", len(l.Lines))
	}
	for i, want := range []struct {
		start, paragraph int
		y                float32
	}{{0, 0, 0}, {7, 1, 34}, {l.Lines[2].Start, 1, 58}, {37, 2, 82}, {39, 3, 106}} {
		line := l.Lines[i]
		if line.Start != want.start || line.Paragraph != want.paragraph || line.Y != want.y {
			t.Errorf("line %d begins with %d of paragraph %d at %v, want %+v", i, line.Start, line.Paragraph, line.Y, want)
		}
		if got := l.LineOf(line.Start); got != i {
			t.Errorf("code point %d is in line %d, want %d", line.Start, got, i)
		}
		if got := l.LineAt(line.Y + 1); got != i {
			t.Errorf("at %v stands line %d, want %d", line.Y+1, got, i)
		}
	}
	if l.Height != 130 || l.LineAt(-50) != 0 || l.LineAt(900) != 4 || l.LineOf(900) != 4 {
		t.Errorf("height %v; lines outside: %d, %d, %d", l.Height, l.LineAt(-50), l.LineAt(900), l.LineOf(900))
	}
	if l.Hit(20, 90) != 37 || l.Caret(37).Y != 82 {
		t.Errorf("in the empty line the caret is at %d, %+v", l.Hit(20, 90), l.Caret(37))
	}
}

func TestNothingToSet(t *testing.T) {
	f := bundled(t)
	none := f.Shape(nil, nil).Set(100, 0)
	if none.Hit(5, 5) != 0 || none.Under(5, 5) != 0 || none.LineAt(5) != -1 || none.Rects(0, 1) != nil || none.Caret(0) != (Rect{}) {
		t.Error("a layout without lines")
	}
	empty, _ := lay(f, "", 100, 0)
	if len(empty.Lines) != 1 || empty.Height != 24 || empty.Hit(5, 5) != 0 || empty.Rects(0, 5) != nil || empty.Caret(0).Height != 24 {
		t.Errorf("an empty paragraph: %+v", empty.Lines)
	}
	bare := NewFonts(t.TempDir()) // no font was added
	bare.WithoutSystem()
	if l, _ := lay(bare, "text", 100, 0); len(l.Lines) != 1 || l.Lines[0].End != 4 {
		t.Errorf("without fonts: %+v", l.Lines)
	}
	if err := bare.Add(Typeface{}, []byte("no font")); err == nil {
		t.Error("a file that is no font was taken")
	}
}

func TestDirectionIsThatOfTheFirstLetter(t *testing.T) {
	for text, rtl := range map[string]bool{
		"": false, "…12": false, "English عربي": false, "عربي English": true, "«12» ئۇيغۇر": true, "(2019) שלום": true, "👍 中文": false,
	} {
		if RightToLeft(text) != rtl {
			t.Errorf("%q runs from right to left: %v", text, !rtl)
		}
	}
}

func TestTextFromTheRightEndsAtTheRightEdge(t *testing.T) {
	f := bundled(t)
	for name, text := range texts {
		for _, width := range widths[2:] {
			runes := []rune(text)
			p := plain(0, len(runes))
			p.Indent, p.Marker = 20, "•"
			l := f.Shape(runes, []Paragraph{p}).Set(width, 0)
			for i, line := range l.Lines {
				if line.RTL != RightToLeft(text) {
					t.Fatalf("%s, line %d runs from right to left: %v", name, i, line.RTL)
				}
				if line.RTL && !near(line.X+line.Width, width-20) || !line.RTL && line.X != 20 {
					t.Errorf("%s, width %v: line %d stands from %v to %v", name, width, i, line.X, line.X+line.Width)
				}
				if (len(line.marker) > 0) != (i == 0) {
					t.Errorf("%s: line %d has a marker: %v", name, i, i != 0)
				}
			}
			if line := l.Lines[0]; line.RTL && line.markerX < width-20 || !line.RTL && (line.markerX < 0 || line.markerX > 20) {
				t.Errorf("%s: the marker stands at %v of %v", name, line.markerX, width)
			}
		}
	}
}

// The line wrapper once wrote into the glyphs that the next width needs.
func TestSettingOnceDoesNotChangeTheNextTime(t *testing.T) {
	f := bundled(t)
	for name, text := range texts {
		runes := []rune(text)
		fresh := f.Shape(runes, []Paragraph{plain(0, len(runes))}).Set(400, 0)
		used := f.Shape(runes, []Paragraph{plain(0, len(runes))})
		for _, width := range widths {
			used.Set(width, 0)
			used.Set(width, 1)
		}
		if got := used.Set(400, 0); !reflect.DeepEqual(got.Lines, fresh.Lines) {
			t.Errorf("%s is set differently after other widths", name)
		}
	}
}

func TestTooLongTextEndsWithAnEllipsis(t *testing.T) {
	f := bundled(t)
	for name, text := range texts {
		for _, width := range widths {
			whole, runes := lay(f, text, width, 0)
			for _, most := range []int{1, 2, 3} {
				l, _ := lay(f, text, width, most)
				last := &l.Lines[len(l.Lines)-1]
				checkLines(t, l, 0, last.End)
				if len(whole.Lines) <= most {
					if last.End != len(runes) || len(l.Lines) != len(whole.Lines) {
						t.Errorf("%s, width %v: fits in %d lines but is cut at %d", name, width, most, last.End)
					}
					continue
				}
				if len(l.Lines) != most || last.End >= len(runes) {
					t.Errorf("%s, width %v: %d lines to %d, want %d and less", name, width, len(l.Lines), last.End, most)
				}
				ellipsis := 0
				for _, run := range last.runs {
					if run.Runes.Count == 0 {
						ellipsis++
					}
				}
				if ellipsis != 1 || width > 60 && last.Width > width+1 {
					t.Errorf("%s, width %v: %d ellipses in a line of %v", name, width, ellipsis, last.Width)
				}
				for _, r := range l.Rects(0, 1) {
					if r.Y != 0 {
						t.Errorf("%s, width %v: the ellipsis counts as the first letter: %+v", name, width, r)
					}
				}
				for x := float32(0); x < width; x += 7 {
					if at := l.Hit(x, last.Y+1); at < last.Start || at > last.End {
						t.Errorf("%s, width %v: a click at %v of the cut line is %d, not in %d to %d", name, width, x, at, last.Start, last.End)
					}
				}
			}
		}
	}
}

func TestMoreParagraphsThanLinesEndWithAnEllipsis(t *testing.T) {
	f := bundled(t)
	text := []rune("One\n\nTwo\n\nThree")
	shaped := f.Shape(text, []Paragraph{plain(0, 3), plain(5, 8), plain(10, 15)})
	all, two := shaped.Set(300, 3), shaped.Set(300, 2)
	if len(all.Lines) != 3 || len(two.Lines) != 2 {
		t.Fatalf("%d and %d lines", len(all.Lines), len(two.Lines))
	}
	if two.Lines[1].Width < all.Lines[1].Width+4 || two.Lines[1].End != 8 || two.Lines[0].Width != all.Lines[0].Width {
		t.Errorf("the cut line is %v wide, uncut %v", two.Lines[1].Width, all.Lines[1].Width)
	}
}

func TestControlsAreSetAsSpaces(t *testing.T) {
	f := bundled(t)
	l, _ := lay(f, "a b\tc\nd", 500, 0)
	var glyphs []uint32
	for _, line := range l.Lines {
		for _, run := range line.runs {
			for _, g := range run.Glyphs {
				glyphs = append(glyphs, uint32(g.GlyphID))
			}
		}
	}
	if len(l.Lines) != 2 || len(glyphs) != 7 || glyphs[3] != glyphs[1] || glyphs[5] != glyphs[1] || slices.Contains(glyphs, 0) {
		t.Errorf("%d lines of the glyphs %v", len(l.Lines), glyphs)
	}
	l, runes := lay(f, "English\nسطر عربي", 500, 0)
	checkLines(t, l, 0, len(runes))
	if a, b := l.Rects(8, 9), l.Rects(10, 11); len(a) != 1 || len(b) != 1 || a[0].X < b[0].X {
		t.Errorf("Arabic after a line break runs from left to right: %v, %v", a, b)
	}
}

func TestStylesChangeTheFaceAndNothingElse(t *testing.T) {
	f := bundled(t)
	text := []rune("The union (نقابة عمال) wrote a letter.")
	p := plain(0, len(text))
	unstyled := f.Shape(text, []Paragraph{p}).Set(1000, 0)
	p.Styles = []Style{{Start: -3, End: 3, Typeface: Typeface{Bold: true}}, {Start: 2, End: 9, Typeface: Typeface{Italic: true}},
		{Start: 11, End: 16, Typeface: Typeface{Bold: true}}, {Start: 30, End: 99, Typeface: Typeface{Family: Mono}}}
	styled := f.Shape(text, []Paragraph{p}).Set(1000, 0)
	checkLines(t, styled, 0, len(text))
	if styled.Lines[0].Width == unstyled.Lines[0].Width {
		t.Error("the styles change no width")
	}
	for _, c := range []struct {
		at   int
		same bool
	}{{0, false}, {4, false}, {9, true}, {12, false}, {24, true}} {
		a, b := unstyled.Rects(c.at, c.at+1)[0].Width, styled.Rects(c.at, c.at+1)[0].Width
		if (a == b) != c.same {
			t.Errorf("code point %d is %v wide, unstyled %v", c.at, b, a)
		}
	}
}

// go-text rounds sizes up; the letters stood apart at sizes that are not whole.
func TestSizesNeedNotBeWhole(t *testing.T) {
	f := bundled(t)
	text := []rune("The quay wall has moved")
	width := func(size float32) float32 {
		p := plain(0, len(text))
		p.Size = size
		return f.Shape(text, []Paragraph{p}).Set(1000, 0).Lines[0].Width
	}
	if a, b := width(12.25)/12.25, width(24)/24; a < b*0.99 || a > b*1.01 {
		t.Errorf("at 12.25 a unit of size is %v wide, at 24 %v", a, b)
	}
}
