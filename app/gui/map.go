package gui

import (
	"bytes"
	"image/png"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app"
	"rejoinder/app/exporter"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// mapScreen is claims and what they do to one another, laid out in layers.
type mapScreen struct {
	sideBase
	model  *viewmodel.Map
	view   *widgets.MapView
	drawn  *app.MapBox // the first box of the drawing that the view has
	around *widgets.Tab
	actors *widgets.Tab
	panel  *sidePanel
}

func newMapScreen(w *window) *mapScreen {
	m := viewmodel.NewMap(w.session)
	s := &mapScreen{sideBase: sideBase{window: w}, model: m, view: widgets.NewMapView(), panel: newSidePanel(w, m)}
	v := s.view
	v.OnChoose = m.Choose
	v.OnStep = m.Step
	v.OnOpen = func(int) {
		if ref, ok := m.Ref(); ok {
			w.openPage(ref)
		}
	}
	v.OnKey = s.key
	s.around = widgets.NewTab("Near the chosen claim", func() { m.ShowAround(!m.Around) })
	s.actors = widgets.NewTab("With actors", func() { m.ShowActors(!m.Actors) })
	bar := container.NewHBox(s.around, s.actors, layout.NewSpacer(), widgets.NewTab("−", func() { v.Zoom(0.8) }),
		widgets.NewTab("All", v.Fit), widgets.NewTab("+", func() { v.Zoom(1.25) }))
	legend := widgets.NewFlow(0, fyne.NewSize(16, 6), widgets.NewProse(lines(lookSmall, 2), relationLegend()...))
	main := s.panel.beside(container.NewBorder(container.New(layout.NewCustomPaddedLayout(4, 0, 8, 8), bar), legend, nil, nil, v))
	empty := w.emptyScreen("No claim is set against another yet.", "Press X on a passage that answers a claim: the map shows which claims stand against which.")
	s.stand(m, main, empty)
	m.OnChange, m.OnEvidence = s.update, s.panel.cards.Update
	return s
}

// relationLegend explains the lines.
func relationLegend() []widgets.Segment {
	var out []widgets.Segment
	for _, k := range app.RelationKinds {
		out = append(out, widgets.Segment{Text: "→ " + k.Words(), Color: relationColor(k)}, widgets.Segment{Text: "    "})
	}
	return append(out, widgets.Segment{Text: "dashed: analyst's inference"})
}

func (s *mapScreen) update() {
	m := s.model
	s.around.Choose(m.Around)
	s.actors.Choose(m.Actors)
	if !s.fills(len(m.Drawing.Boxes) > 0) {
		return
	}
	if drawn := &m.Drawing.Boxes[0]; s.drawn != drawn {
		s.drawn = drawn
		s.view.Set(mapParts(m.Drawing))
	}
	s.view.Choose(m.Chosen)
	s.showPanel()
	s.window.sideUpdated()
}

// mapParts are the boxes and lines of a map that is laid out.
func mapParts(d app.Drawing) ([]widgets.MapBox, []widgets.MapLine, fyne.Size) {
	var boxes []widgets.MapBox
	for i, n := range d.Map.Nodes {
		b := d.Boxes[i]
		box := widgets.MapBox{Position: fyne.NewPos(float32(b.X), float32(b.Y)), Size: fyne.NewSize(float32(b.Width), float32(b.Height)),
			Text: n.Text, Lines: len(b.Lines), Round: n.Actor != ""}
		if n.Claim != "" {
			box.Below = stanceCounts(n.Counts)
		}
		boxes = append(boxes, box)
	}
	var all []widgets.MapLine
	for i, e := range d.Map.Edges {
		line := widgets.MapLine{Color: relationColor(e.Kind), Width: strokeOf(e.Strength), Dashed: e.Inferred, Word: e.Kind.Words(), From: e.From, To: e.To}
		if e.Stance != "" {
			line.Color, line.Word = stanceColor(e.Stance), e.Stance.Glyph()+" "+string(e.Stance)
		}
		for _, p := range d.Lines[i].Points {
			line.Points = append(line.Points, fyne.NewPos(float32(p.X), float32(p.Y)))
		}
		all = append(all, line)
	}
	return boxes, all, fyne.NewSize(float32(d.Width), float32(d.Height))
}

func strokeOf(s app.Strength) float32 {
	switch s {
	case app.Weak:
		return 1
	case app.Strong:
		return 3
	}
	return 1.7
}

func (s *mapScreen) showPanel() {
	m := s.model
	ref, ok := m.Ref()
	if !ok {
		s.panel.show(panelHead{over: "Choose a claim to see who says it and what stands against it."}, nil, nil, nil, false)
		return
	}
	name := s.window.session.Side().NameOf(ref)
	s.panel.show(panelHead{title: name}, m.Statements(), m.Relations(), m.Gaps(), ref.Kind == app.KindActor)
}

// focus implements sideScreen.
func (s *mapScreen) focus() { s.window.win.Canvas().Focus(s.view) }

// key implements sideScreen.
func (s *mapScreen) key(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyA:
		s.model.ShowActors(!s.model.Actors)
	case fyne.KeyF:
		s.model.ShowAround(!s.model.Around)
	case fyne.KeyEscape:
		s.model.Choose(-1)
	default:
		s.window.sideKey(e)
	}
}

// chosen implements sideScreen.
func (s *mapScreen) chosen() (app.Ref, bool) { return s.model.Ref() }

// hint implements sideScreen.
func (s *mapScreen) hint() string {
	return s.model.Summary() + " · arrows follow the lines · + − or the wheel zoom, 0 all · F what is near · A actors · Return page"
}

// exports implements sideScreen.
func (s *mapScreen) exports() []*fyne.MenuItem {
	w := s.window
	return []*fyne.MenuItem{
		item("Save as SVG…", func() {
			w.askNewFile("map.svg", func(path string) {
				drawing := s.model.Drawing
				w.writeReport(path, func(b *bytes.Buffer, scope string) error { return exporter.MapSVG(b, drawing, scope) })
			})
		}),
		item("Save as PNG…", func() { w.askNewFile("map.png", s.savePNG) }),
	}
}

// pngMost is the longest side of a picture, in units; a larger map is made
// smaller.
const pngMost = 6000

// savePNG draws the whole map into a picture, at twice the size where it is small
// enough.
func (s *mapScreen) savePNG(path string) {
	d := s.model.Drawing
	view := widgets.NewMapView()
	boxes, lines, size := mapParts(d)
	zoom := min(1, float32(pngMost)/max(size.Width, size.Height))
	c := software.NewCanvas()
	c.SetPadded(false)
	if zoom == 1 && max(size.Width, size.Height) < pngMost/2 {
		c.SetScale(2)
	}
	c.SetContent(widgets.NewSurface(colorDesk, view))
	c.Resize(fyne.NewSize(size.Width*zoom+32, size.Height*zoom+32))
	view.Show()
	view.SetWhole(boxes, lines, size, zoom)
	picture := c.Capture()
	s.window.writeReport(path, func(b *bytes.Buffer, _ string) error { return png.Encode(b, picture) })
}
