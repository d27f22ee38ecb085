package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// flowLayout sets objects below each other over the whole width, each as high
// as its width asks for.
type flowLayout struct {
	gap   float32
	pad   fyne.Size
	width float32 // the width that the minimal height is for
}

// Layout implements fyne.Layout.
func (l *flowLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	y, inner := l.pad.Height, size.Width-2*l.pad.Width
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := heightOf(o, inner)
		o.Move(fyne.NewPos(l.pad.Width, y))
		o.Resize(fyne.NewSize(inner, h))
		y += h + l.gap
	}
}

// MinSize implements fyne.Layout.
func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(2*l.pad.Width+20, l.height(objects, l.width))
}

func (l *flowLayout) height(objects []fyne.CanvasObject, width float32) float32 {
	h, any := 2*l.pad.Height, false
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		if any {
			h += l.gap
		}
		any = true
		h += heightOf(o, width-2*l.pad.Width)
	}
	return h
}

// Flow is objects below each other, as high as their width asks for.
type Flow struct {
	widget.BaseWidget
	layout  *flowLayout
	content *fyne.Container
}

// NewFlow makes a flow with gap between its objects and pad around them.
func NewFlow(gap float32, pad fyne.Size, objects ...fyne.CanvasObject) *Flow {
	l := &flowLayout{gap: gap, pad: pad}
	f := &Flow{layout: l, content: container.New(l, objects...)}
	f.ExtendBaseWidget(f)
	return f
}

// HeightFor implements Flowing.
func (f *Flow) HeightFor(width float32) float32 { return f.layout.height(f.content.Objects, width) }

// CreateRenderer implements fyne.Widget.
func (f *Flow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(f.content) }

// Column is a flow that scrolls by itself and keeps its place when its objects
// are replaced.
type Column struct {
	widget.BaseWidget
	layout  *flowLayout
	content *fyne.Container
	scroll  *container.Scroll
}

// NewColumn makes an empty column.
func NewColumn(gap float32, pad fyne.Size) *Column {
	l := &flowLayout{gap: gap, pad: pad}
	c := &Column{layout: l, content: container.New(l)}
	c.scroll = container.NewVScroll(c.content)
	c.ExtendBaseWidget(c)
	return c
}

// Set replaces the objects.
func (c *Column) Set(objects ...fyne.CanvasObject) {
	c.content.Objects = objects
	c.content.Refresh()
	c.scroll.Refresh()
}

// Reveal scrolls until an object of the column is seen.
func (c *Column) Reveal(o fyne.CanvasObject) {
	top, bottom := o.Position().Y, o.Position().Y+o.Size().Height
	switch {
	case top < c.scroll.Offset.Y:
		c.scroll.ScrollToOffset(fyne.NewPos(0, top-c.layout.pad.Height))
	case bottom > c.scroll.Offset.Y+c.scroll.Size().Height:
		c.scroll.ScrollToOffset(fyne.NewPos(0, bottom-c.scroll.Size().Height+c.layout.pad.Height))
	}
}

// Resize implements fyne.CanvasObject; the objects' heights follow the width
// before the scroll asks for them.
func (c *Column) Resize(size fyne.Size) {
	c.layout.width = size.Width
	c.BaseWidget.Resize(size)
}

// MinSize implements fyne.CanvasObject.
func (c *Column) MinSize() fyne.Size {
	c.ExtendBaseWidget(c)
	return fyne.NewSize(120, 60)
}

// CreateRenderer implements fyne.Widget.
func (c *Column) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.scroll) }
