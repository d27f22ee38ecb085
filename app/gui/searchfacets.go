package gui

import (
	"reflect"
	"slices"

	"fyne.io/fyne/v2"

	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// facetColumn is what the results can be narrowed to: a heading and values for
// each facet. A click narrows, another widens.
type facetColumn struct {
	screen  *searchScreen
	column  *widgets.Column
	shown   []viewmodel.FacetGroup
	counted bool
	rows    []*widgets.Card // in order
	keys    []string        // of the rows
}

func newFacetColumn(s *searchScreen) *facetColumn {
	return &facetColumn{screen: s, column: widgets.NewColumn(0, fyne.NewSize(0, 6))}
}

func (f *facetColumn) update() {
	m := f.screen.model
	if f.counted == m.Counted() && reflect.DeepEqual(f.shown, m.Facets) {
		return
	}
	f.shown, f.counted = m.Facets, m.Counted()
	canvas := f.screen.window.win.Canvas()
	focused := ""
	for i, row := range f.rows {
		if canvas.Focused() == fyne.Focusable(row) {
			focused = f.keys[i]
		}
	}
	f.rows, f.keys = nil, nil
	var objects []fyne.CanvasObject
	for _, g := range f.shown {
		objects = append(objects, paneHeading(g.Name))
		for _, v := range g.Values {
			objects = append(objects, f.row(g, v))
		}
		if g.Others > 0 {
			objects = append(objects, paneHint("and "+viewmodel.Thousands(g.Others)+" more"))
		}
	}
	f.column.Set(objects...)
	if i := slices.Index(f.keys, focused); i >= 0 {
		canvas.Focus(f.rows[i])
	} else if focused != "" {
		f.screen.focusList()
	}
}

func (f *facetColumn) row(g viewmodel.FacetGroup, v viewmodel.FacetChoice) fyne.CanvasObject {
	name, count := v.Label, v.Count
	if v.On {
		name = "✓ " + name
	}
	if !f.counted {
		count = -1
	}
	m := f.screen.model
	card := paneRow(widgets.Line(name), count, 0, v.On, "", func() { m.ToggleFacet(g.Field, v.Value) }, nil).(*widgets.Card)
	at := len(f.rows)
	card.OnKey = func(k *fyne.KeyEvent) { f.key(at, k) }
	f.rows, f.keys = append(f.rows, card), append(f.keys, g.Field+":"+v.Value)
	return card
}

// key runs the keys of a row: the arrows go on to others, to the list and to the
// box.
func (f *facetColumn) key(at int, k *fyne.KeyEvent) {
	canvas := f.screen.window.win.Canvas()
	switch k.Name {
	case fyne.KeyUp, fyne.KeyDown:
		to := at + 1
		if k.Name == fyne.KeyUp {
			to = at - 1
		}
		if to >= 0 && to < len(f.rows) {
			canvas.Focus(f.rows[to])
			f.column.Reveal(f.rows[to])
		}
	case fyne.KeyRight:
		f.screen.focusList()
	case fyne.KeyEscape:
		canvas.Focus(f.screen.window.bar.entry)
	default:
		f.screen.window.functionKey(k)
	}
}

// focus gives the first facet the keys.
func (f *facetColumn) focus() {
	if len(f.rows) > 0 {
		f.screen.window.win.Canvas().Focus(f.rows[0])
	}
}
