package gui

import (
	"context"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app/gui/widgets"
)

// statusLine tells what the notebook holds, what the keys do here, and what is
// going on in the background.
type statusLine struct {
	root   fyne.CanvasObject
	window *window
	left   *widgets.Prose
	middle *widgets.Prose
	right  *widgets.Prose
	cancel *widgets.Tab
	abort  func()
}

func newStatusLine(w *window) *statusLine {
	small := lines(lookSmall, 1)
	s := &statusLine{window: w, left: widgets.NewProse(small), middle: widgets.NewProse(small), right: widgets.NewProse(small)}
	s.cancel = widgets.NewTab("Cancel", func() {
		if s.abort != nil {
			s.abort()
		}
	})
	s.cancel.Hide()
	row := container.New(statusLayout{}, s.left, s.middle, s.right, s.cancel)
	s.root = widgets.NewFlow(0, fyne.Size{}, widgets.Rule(),
		widgets.NewSurface(widgets.ColorSurface, container.New(layout.NewCustomPaddedLayout(4, 4, 12, 12), row)))
	return s
}

// statusLayout gives each part of the line a share of the width.
type statusLayout struct{}

// Layout implements fyne.Layout.
func (statusLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	end := size.Width
	if cancel := objects[3]; cancel.Visible() {
		width := cancel.MinSize().Width
		end -= width
		cancel.Move(fyne.NewPos(end, 0))
		cancel.Resize(fyne.NewSize(width, size.Height))
	}
	right := objects[2].(*widgets.Prose)
	width := min(right.NaturalWidth(), size.Width/2)
	right.Move(fyne.NewPos(end-width-8, 1))
	right.Resize(fyne.NewSize(width+8, size.Height))
	left := objects[0].(*widgets.Prose)
	leftWidth := min(left.NaturalWidth(), size.Width/3)
	left.Move(fyne.NewPos(0, 1))
	left.Resize(fyne.NewSize(leftWidth+2, size.Height))
	objects[1].Move(fyne.NewPos(leftWidth+28, 1))
	objects[1].Resize(fyne.NewSize(max(10, end-width-leftWidth-56), size.Height))
}

// MinSize implements fyne.Layout.
func (statusLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, 20) }

// task shows what is going on; "" when it is over.
func (s *statusLine) task(what string) {
	if s.window.state != nil {
		s.window.state.Task = what
	}
	if what == "" {
		s.abort = nil
		s.cancel.Hide()
	}
	s.update()
}

// taskWith shows what is going on with a way to stop it.
func (s *statusLine) taskWith(what string, abort func()) {
	s.abort = abort
	s.cancel.Show()
	s.task(what)
}

func (s *statusLine) update() {
	if s.window.state == nil || s.window.screens == nil || s.window.reader == nil {
		return
	}
	s.left.Set(widgets.Segment{Text: s.window.state.Summary()})
	s.middle.Set(widgets.Segment{Text: s.keys()})
	s.right.Set(widgets.Segment{Text: s.window.state.Background()})
	s.root.Refresh()
}

// keys says what the keys do on the screen in front.
func (s *statusLine) keys() string {
	switch {
	case s.window.placing != nil:
		return "Select the passage where it stands now · Return places the mark · Esc stops"
	case s.window.shown() == screenAnnotations:
		return "Space ticks · Shift+click ticks through · Return opens the passage"
	case s.window.shown() == screenSearch:
		return "↓ ↑ preview · Return opens · ← narrows · Esc back to the box"
	case s.window.sideShown() != nil:
		return s.window.sideShown().hint()
	case s.window.onBoard():
		return s.window.boardView.hint()
	case s.window.reader.Selected():
		return "H highlight · 1–6 colour · A comment · T tag · S statement · X counterclaim"
	case s.window.reader.Current != "":
		return "A note · T tag · S statement · X counterclaim · Shift+← → its end, Alt+Shift+← → its beginning · Del trash"
	}
	return ""
}

// watch keeps the index's progress up to date while it is behind.
func (s *statusLine) watch(ctx context.Context) {
	tick := time.NewTicker(300 * time.Millisecond)
	defer tick.Stop()
	last := ""
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			fyne.Do(func() {
				s.window.searchView.tick()
				if now := s.window.state.Background(); now != last {
					last = now
					s.update()
				}
			})
		}
	}
}
