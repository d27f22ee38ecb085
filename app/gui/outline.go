package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// outline is the article's headings beside the text.
type outline struct {
	root     *fyne.Container
	reader   *readerScreen
	column   *widgets.Column
	headings []int // code points
	cards    []*widgets.Card
	chosen   int
}

const outlineWidth = 210

func newOutline(r *readerScreen) *outline {
	o := &outline{reader: r, column: widgets.NewColumn(0, fyne.NewSize(0, 12)), chosen: -1}
	o.root = container.New(fixedWidth(outlineWidth), o.column)
	o.root.Hide()
	return o
}

// fixedWidth gives its objects all the height and one width.
type fixedWidth float32

// Layout implements fyne.Layout.
func (w fixedWidth) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(fyne.NewSize(float32(w), size.Height))
	}
}

// MinSize implements fyne.Layout.
func (w fixedWidth) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(float32(w), 40) }

// set shows the headings of another text.
func (o *outline) set(headings []viewmodel.Heading) {
	o.headings, o.cards, o.chosen = nil, nil, -1
	objects := []fyne.CanvasObject{paneHeading("Outline")}
	for _, h := range headings {
		look := lines(lookNote, 2)
		if h.Level <= 2 {
			look.Color = "foreground"
		}
		indent := float32(max(0, h.Level-2)) * 12
		card := widgets.NewCard(widgets.Frame{Flat: true}, widgets.NewFlow(0, fyne.NewSize(indent, 0), widgets.NewProse(look, widgets.Segment{Text: h.Title})))
		card.OnTap = func() { o.reader.view.ScrollTo(h.At) }
		o.headings, o.cards = append(o.headings, h.At), append(o.cards, card)
		objects = append(objects, card)
	}
	if len(headings) == 0 {
		objects = append(objects, paneHint("This article has no headings."))
	}
	o.column.Set(objects...)
	o.show()
}

// show shows or hides it, as the user chose.
func (o *outline) show() {
	if visible := o.reader.window.settings.Reading.Outline; visible != o.root.Visible() {
		if visible {
			o.root.Show()
		} else {
			o.root.Hide()
		}
		o.reader.body.Refresh()
	}
}

// choose shows which heading stands over a code point.
func (o *outline) choose(at int) {
	chosen := -1
	for i, h := range o.headings {
		if h <= at+1 {
			chosen = i
		}
	}
	if chosen == o.chosen || !o.root.Visible() {
		return
	}
	o.chosen = chosen
	for i, c := range o.cards {
		c.Choose(i == chosen)
	}
	if chosen >= 0 {
		o.column.Reveal(o.cards[chosen])
	}
}
