package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// LinkProse is prose in which some segments can be clicked. It is not reached
// by the keyboard: what holds it offers its links in another way.
type LinkProse struct {
	Prose
	OnTap    func()                 // a click beside the links
	OnSecond func(at fyne.Position) // secondary click, at an absolute position

	links map[int]func() // by the segment
	over  bool           // the pointer is on a link
}

var (
	_ fyne.Tappable      = (*LinkProse)(nil)
	_ desktop.Hoverable  = (*LinkProse)(nil)
	_ desktop.Cursorable = (*LinkProse)(nil)
)

// NewLinkProse makes prose of segments; links are what the segments do that can
// be clicked.
func NewLinkProse(look Look, links map[int]func(), segments ...Segment) *LinkProse {
	p := &LinkProse{links: links}
	p.look = look
	p.ExtendBaseWidget(p)
	p.Set(segments...)
	return p
}

// link is what a click there does; nil beside the links.
func (p *LinkProse) link(at fyne.Position) func() {
	if p.Size().Width <= 0 || p.length == 0 {
		return nil
	}
	layout, from := p.lay(p.Size().Width), 0
	for i, s := range p.segments {
		n := len([]rune(s.Text))
		if open := p.links[i]; open != nil {
			for _, r := range layout.Rects(from, from+n) {
				if at.X >= r.X && at.X < r.X+r.Width && at.Y >= r.Y && at.Y < r.Y+r.Height {
					return open
				}
			}
		}
		from += n
	}
	return nil
}

// Tapped implements fyne.Tappable.
func (p *LinkProse) Tapped(e *fyne.PointEvent) {
	if open := p.link(e.Position); open != nil {
		open()
	} else if p.OnTap != nil {
		p.OnTap()
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (p *LinkProse) TappedSecondary(e *fyne.PointEvent) {
	if p.OnSecond != nil {
		p.OnSecond(e.AbsolutePosition)
	}
}

// MouseIn implements desktop.Hoverable.
func (p *LinkProse) MouseIn(e *desktop.MouseEvent) { p.over = p.link(e.Position) != nil }

// MouseMoved implements desktop.Hoverable.
func (p *LinkProse) MouseMoved(e *desktop.MouseEvent) { p.over = p.link(e.Position) != nil }

// MouseOut implements desktop.Hoverable.
func (p *LinkProse) MouseOut() { p.over = false }

// Cursor implements desktop.Cursorable.
func (p *LinkProse) Cursor() desktop.Cursor {
	if p.over || p.OnTap != nil {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
