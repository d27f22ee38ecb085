package textlayout

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"github.com/go-text/render"
	"github.com/go-text/typesetting/font"
	"github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/vector"
)

// Letters repeat: their shapes are kept for the sizes in use, at quarters of a
// pixel.
const (
	subpixels  = 4
	glyphBytes = 6 << 20
)

type glyphKey struct {
	font *font.Font
	id   font.GID
	size float32 // in pixels
	sub  uint8
}

// glyphShape is how a glyph covers the pixels around its origin.
type glyphShape struct {
	mask  *image.Alpha // nil for an empty one; its bounds are relative to the origin
	image bool         // it is an image, which only the renderer draws
}

// glyphCache keeps the shapes of glyphs; it begins anew when it grew too big.
type glyphCache struct {
	shapes map[glyphKey]glyphShape
	bytes  int
	raster vector.Rasterizer
}

// shape returns the shape of a glyph whose origin is a share of a pixel further
// to the right.
func (c *glyphCache) shape(face *font.Face, id font.GID, size float32, sub uint8) glyphShape {
	key := glyphKey{face.Font, id, size, sub}
	s, ok := c.shapes[key]
	if !ok {
		if c.shapes == nil || c.bytes > glyphBytes {
			c.shapes, c.bytes = map[glyphKey]glyphShape{}, 0
		}
		s = c.rasterize(face, id, size/float32(face.Upem()), float32(sub)/subpixels)
		c.shapes[key] = s
		c.bytes += 100
		if s.mask != nil {
			c.bytes += len(s.mask.Pix)
		}
	}
	return s
}

func (c *glyphCache) rasterize(face *font.Face, id font.GID, scale, shift float32) glyphShape {
	outline, ok := face.GlyphData(id).(font.GlyphOutline)
	if !ok {
		return glyphShape{image: face.GlyphData(id) != nil}
	}
	bounds := boundsOf(outline.Segments, scale, shift)
	if bounds.Empty() {
		return glyphShape{}
	}
	c.raster.Reset(bounds.Dx(), bounds.Dy())
	dx, dy := shift-float32(bounds.Min.X), -float32(bounds.Min.Y)
	open := false
	for _, s := range outline.Segments {
		var p [6]float32
		for i, a := range s.Args {
			p[2*i], p[2*i+1] = a.X*scale+dx, dy-a.Y*scale
		}
		switch s.Op {
		case opentype.SegmentOpMoveTo:
			if open {
				c.raster.ClosePath()
			}
			c.raster.MoveTo(p[0], p[1])
			open = true
		case opentype.SegmentOpLineTo:
			c.raster.LineTo(p[0], p[1])
		case opentype.SegmentOpQuadTo:
			c.raster.QuadTo(p[0], p[1], p[2], p[3])
		case opentype.SegmentOpCubeTo:
			c.raster.CubeTo(p[0], p[1], p[2], p[3], p[4], p[5])
		}
	}
	if open {
		c.raster.ClosePath()
	}
	mask := image.NewAlpha(image.Rect(0, 0, bounds.Dx(), bounds.Dy()))
	c.raster.Draw(mask, mask.Rect, image.Opaque, image.Point{})
	mask.Rect = bounds
	return glyphShape{mask: mask}
}

// boundsOf are the pixels that an outline may cover.
func boundsOf(segments []font.Segment, scale, shift float32) image.Rectangle {
	x0, y0, x1, y1 := float32(math.MaxFloat32), float32(math.MaxFloat32), float32(-math.MaxFloat32), float32(-math.MaxFloat32)
	for _, s := range segments {
		n := 1
		switch s.Op {
		case opentype.SegmentOpQuadTo:
			n = 2
		case opentype.SegmentOpCubeTo:
			n = 3
		}
		for _, a := range s.Args[:n] {
			x0, x1 = min(x0, a.X*scale+shift), max(x1, a.X*scale+shift)
			y0, y1 = min(y0, -a.Y*scale), max(y1, -a.Y*scale)
		}
	}
	if x0 > x1 || x1-x0 > 4096 || y1-y0 > 4096 {
		return image.Rectangle{}
	}
	floor := func(v float32) int { return int(math.Floor(float64(v))) }
	return image.Rect(floor(x0), floor(y0), floor(x1)+1, floor(y1)+1)
}

// pen draws glyphs on an image; the lock is held.
type pen struct {
	fonts *Fonts
	img   draw.Image
	ink   *image.Uniform
	scale float32 // pixels for a unit
	size  float32 // of the letters, in units
}

// draw draws a run with its origin at a place in pixels.
func (p *pen) draw(run shaping.Output, x, y float32, ink func(offset int) color.Color) {
	for i, g := range run.Glyphs {
		p.ink.C = ink(g.TextIndex())
		px := x + float32(g.XOffset)/64*p.scale
		py := int(math.Round(float64(y - float32(g.YOffset)/64*p.scale)))
		whole := float32(math.Floor(float64(px)))
		sub := uint8((px - whole) * subpixels)
		s := p.fonts.glyphs.shape(run.Face, g.GlyphID, p.size*p.scale, sub)
		switch {
		case s.image:
			p.picture(run, i, int(px+0.5), py)
		case s.mask != nil:
			r := s.mask.Rect.Add(image.Pt(int(whole), py))
			draw.DrawMask(p.img, r, p.ink, image.Point{}, s.mask, s.mask.Rect.Min, draw.Over)
		}
		x += float32(g.Advance) / 64 * p.scale
	}
}

// picture draws a glyph that is an image, as emoji are.
func (p *pen) picture(run shaping.Output, i, x, y int) {
	r := render.Renderer{FontSize: p.size, PixScale: p.scale, Color: p.ink.C}
	g := run.Glyphs[i]
	g.XOffset, g.YOffset = 0, 0
	if _, ok := run.Face.GlyphData(g.GlyphID).(font.GlyphSVG); ok { // which fills its square
		g.Width, g.Height, g.XBearing, g.YBearing = g.Advance, -g.Advance, 0, g.Advance*4/5
	}
	run.Glyphs = []shaping.Glyph{g}
	r.DrawShapedRunAt(run, p.img, x, y)
}
