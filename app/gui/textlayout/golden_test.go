package textlayout

import (
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"
)

var update = flag.Bool("update", false, "write the golden images anew")

// The golden images were looked at: the right order, no boxes, nothing clipped.
func TestTextsAreDrawnAsInTheirImages(t *testing.T) {
	f := bundled(t)
	for _, name := range []string{"English", "Russian", "Greek", "Uyghur", "Arabic", "pointed", "Chinese", "Hindi", "Thai", "mixed"} {
		for _, scale := range []float32{1, 2} {
			t.Run(fmt.Sprintf("%s-%v", name, scale), func(t *testing.T) {
				compare(t, filepath.Join("testdata", "golden", fmt.Sprintf("%s@%v.png", name, scale)), picture(f, texts[name], scale))
			})
		}
	}
	for _, text := range texts {
		for _, family := range []Family{Serif, Sans, Mono} {
			checkNoBoxes(t, f, family, text)
		}
	}
}

// picture draws a text as a list item in a narrow column, with its third word
// marked.
func picture(f *Fonts, text string, scale float32) *image.RGBA {
	runes := []rune(text)
	p := plain(0, len(runes))
	p.Indent, p.Marker = 28, "10."
	l := f.Shape(runes, []Paragraph{p}).Set(240, 0)
	img := image.NewRGBA(image.Rect(0, 0, int(252*scale), int((l.Height+8)*scale)))
	draw.Draw(img, img.Rect, image.White, image.Point{}, draw.Src)
	at := NextWord(runes, NextWord(runes, 0))
	end := NextWord(runes, at)
	for _, r := range l.Rects(at, end) {
		box := image.Rect(int((r.X+6)*scale), int((r.Y+4)*scale), int((r.X+r.Width+6)*scale), int((r.Y+r.Height+4)*scale))
		draw.Draw(img, box, image.NewUniform(color.RGBA{0xFF, 0xE8, 0x9A, 0xFF}), image.Point{}, draw.Src)
	}
	for i := range l.Lines {
		l.DrawLine(img, i, 6, 4+l.Lines[i].Y, scale, black)
	}
	return img
}

// compare allows the rounding of another processor.
func compare(t *testing.T, path string, got *image.RGBA) {
	t.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		file, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := png.Encode(file, got); err != nil {
			t.Fatal(err)
		}
		if err := file.Close(); err != nil {
			t.Fatal(err)
		}
	}
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	want, err := png.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	if want.Bounds() != got.Rect {
		t.Fatalf("%v large, want %v", got.Rect, want.Bounds())
	}
	wrong := 0
	for y := range got.Rect.Dy() {
		for x := range got.Rect.Dx() {
			a, b := color.GrayModel.Convert(got.At(x, y)).(color.Gray), color.GrayModel.Convert(want.At(x, y)).(color.Gray)
			if d := int(a.Y) - int(b.Y); d > 40 || d < -40 {
				wrong++
			}
		}
	}
	if wrong > got.Rect.Dx()*got.Rect.Dy()/2000 {
		t.Errorf("%d pixels are not as in %s", wrong, path)
	}
}

// checkNoBoxes fails for letters without a glyph; emoji are another font's.
func checkNoBoxes(t *testing.T, f *Fonts, family Family, text string) {
	t.Helper()
	runes := []rune(text)
	p := plain(0, len(runes))
	p.Typeface.Family = family
	for _, line := range f.Shape(runes, []Paragraph{p}).Set(5000, 0).Lines {
		for _, run := range line.runs {
			for _, g := range run.Glyphs {
				if r := runes[g.TextIndex()]; g.GlyphID == 0 && r < 0x1F000 {
					t.Errorf("%q of %q has no glyph in family %d", r, text, family)
				}
			}
		}
	}
}
