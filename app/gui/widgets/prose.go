package widgets

import (
	"image"
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"rejoinder/app/gui/textlayout"
)

// Segment is a piece of text in one style.
type Segment struct {
	Text   string
	Color  fyne.ThemeColorName // "" takes the prose's own
	Bold   bool
	Italic bool
	Marked fyne.ThemeColorName // the colour behind it; "" for none
	Struck bool                // a line through it
}

// Look is how prose is set.
type Look struct {
	Family     textlayout.Family
	Bold       bool
	Size       float32
	LineHeight float32
	Color      fyne.ThemeColorName
	MaxLines   int // 0 for all; more are cut off with an ellipsis
}

// Prose shows text in any script, wrapped to its width.
type Prose struct {
	widget.BaseWidget
	look     Look
	segments []Segment
	text     *textlayout.Text
	length   int
	layout   *textlayout.Layout
	width    float32
}

// NewProse makes prose of segments.
func NewProse(look Look, segments ...Segment) *Prose {
	p := &Prose{look: look}
	p.ExtendBaseWidget(p)
	p.Set(segments...)
	return p
}

// Set changes the text.
func (p *Prose) Set(segments ...Segment) {
	if sameSegments(p.segments, segments) && p.text != nil {
		return
	}
	p.segments = segments
	var runes []rune
	var styles []textlayout.Style
	for _, s := range segments {
		from := len(runes)
		runes = append(runes, []rune(s.Text)...)
		if s.Color != "" || s.Bold || s.Italic { // else the words around are shaped with it
			styles = append(styles, textlayout.Style{Start: from, End: len(runes),
				Typeface: textlayout.Typeface{Family: p.look.Family, Bold: s.Bold || p.look.Bold, Italic: s.Italic}})
		}
	}
	p.length = len(runes)
	p.text = fonts.Shape(runes, []textlayout.Paragraph{{End: len(runes), Size: p.look.Size, LineHeight: p.look.LineHeight,
		Typeface: textlayout.Typeface{Family: p.look.Family, Bold: p.look.Bold}, Styles: styles}})
	p.layout = nil
	p.Refresh()
}

func sameSegments(a, b []Segment) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// lay sets the text for a width, once.
func (p *Prose) lay(width float32) *textlayout.Layout {
	if p.layout == nil || p.width != width {
		p.layout, p.width = p.text.Set(width, p.look.MaxLines), width
	}
	return p.layout
}

// Limit changes how many lines are shown at most.
func (p *Prose) Limit(lines int) {
	if p.look.MaxLines != lines {
		p.look.MaxLines, p.layout = lines, nil
	}
}

// RTL says whether the text begins on the right.
func (p *Prose) RTL(width float32) bool {
	all := p.lay(width).Lines
	return len(all) > 0 && all[0].RTL
}

// Empty says whether there is no text.
func (p *Prose) Empty() bool { return p.length == 0 }

// HeightFor implements Flowing.
func (p *Prose) HeightFor(width float32) float32 { return p.lay(width).Height }

// NaturalWidth is the width of the text on one line.
func (p *Prose) NaturalWidth() float32 {
	widest := float32(0)
	for _, line := range p.text.Set(100_000, 1).Lines {
		widest = max(widest, line.Width)
	}
	return widest + 1
}

// MinSize is that of one line, so that a layout can give any width.
func (p *Prose) MinSize() fyne.Size {
	p.ExtendBaseWidget(p)
	return fyne.NewSize(p.look.Size, p.look.LineHeight)
}

// CreateRenderer implements fyne.Widget.
func (p *Prose) CreateRenderer() fyne.WidgetRenderer {
	r := &proseRenderer{prose: p}
	r.raster = canvas.NewRaster(r.draw)
	r.objects = []fyne.CanvasObject{r.raster}
	return r
}

type proseRenderer struct {
	prose   *Prose
	raster  *canvas.Raster // over the letters only: every pixel costs time in every frame
	left    float32        // where it begins
	objects []fyne.CanvasObject
}

// proseOverhang is how far letters may reach out of their line.
const proseOverhang = 3

// fit puts the raster over the letters.
func (r *proseRenderer) fit() {
	p := r.prose
	width := p.Size().Width
	if width <= 0 || p.length == 0 {
		r.raster.Resize(fyne.Size{})
		return
	}
	layout := p.lay(width)
	left, right := width, float32(0)
	for i := range layout.Lines {
		left, right = min(left, layout.Lines[i].X), max(right, layout.Lines[i].X+layout.Lines[i].Width)
	}
	box := whole(textlayout.Rect{X: left - proseOverhang, Width: right - left + 2*proseOverhang, Height: layout.Height})
	r.left = box.X
	r.raster.Move(fyne.NewPos(box.X, 0))
	r.raster.Resize(fyne.NewSize(box.Width, box.Height))
}

func (r *proseRenderer) draw(w, h int) image.Image {
	p := r.prose
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	if p.Size().Width <= 0 || p.length == 0 {
		return img
	}
	scale := float32(w) / r.raster.Size().Width
	layout := p.lay(p.Size().Width)
	ink := theme.Color(p.look.Color)
	var inks []textlayout.Ink
	at := 0
	for _, s := range p.segments {
		n := len([]rune(s.Text))
		if s.Color != "" {
			inks = append(inks, textlayout.Ink{Start: at, End: at + n, Color: theme.Color(s.Color)})
		}
		if s.Marked != "" {
			for _, rect := range layout.Rects(at, at+n) {
				rect.X -= r.left
				fill(img, rect, scale, theme.Color(s.Marked))
			}
		}
		at += n
	}
	for i := range layout.Lines {
		layout.DrawLine(img, i, -r.left, layout.Lines[i].Y, scale, ink, inks...)
	}
	p.strike(img, layout, -r.left, scale)
	return img
}

// strike draws lines through what is struck.
func (p *Prose) strike(img *image.RGBA, layout *textlayout.Layout, dx, scale float32) {
	at := 0
	for _, s := range p.segments {
		n := len([]rune(s.Text))
		if s.Struck {
			for _, r := range layout.Rects(at, at+n) {
				middle := textlayout.Rect{X: r.X + dx, Y: r.Y + r.Height*0.55, Width: r.Width, Height: 1.2}
				fill(img, middle, scale, theme.Color(p.look.Color))
			}
		}
		at += n
	}
}

// fill paints a rectangle, a little inside its line so that lines stay apart.
func fill(img *image.RGBA, r textlayout.Rect, scale float32, c color.Color) {
	inset := r.Height * 0.1
	box := image.Rect(int(r.X*scale), int((r.Y+inset)*scale), int((r.X+r.Width)*scale+0.5), int((r.Y+r.Height-inset)*scale)).Intersect(img.Bounds())
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			img.Set(x, y, c)
		}
	}
}

func (r *proseRenderer) Layout(fyne.Size)             { r.fit() }
func (r *proseRenderer) MinSize() fyne.Size           { return r.prose.MinSize() }
func (r *proseRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *proseRenderer) Destroy()                     {}
func (r *proseRenderer) Refresh()                     { r.fit(); r.raster.Refresh() }

// leftToRight keeps a line of labels and dates in the order of the interface,
// whatever the direction of the names in it: marks around its separators stop
// numbers from following a name that runs from right to left.
const leftToRight = "\u200E"

// Apart is a name on a line of the interface: what stands after it keeps its place
// whatever the direction of the name.
func Apart(name string) string { return leftToRight + name + leftToRight }

// Line is text of the interface that may have names of any script in it.
func Line(s string) string {
	return leftToRight + strings.NewReplacer(" · ", leftToRight+" · ", ", ", leftToRight+", ").Replace(s)
}
