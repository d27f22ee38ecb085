package gui

import (
	"net/url"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app"
	"rejoinder/app/gui/textlayout"
	"rejoinder/app/gui/widgets"
)

// noteSetter sets the Markdown of notes.
type noteSetter struct {
	open   func(name string)      // a [[link]] was clicked; nil while links are only shown
	known  func(name string) bool // whether it leads to something; nil for all
	visit  func(address string)
	tap    func()                 // a click beside the links; may be nil
	second func(at fyne.Position) // secondary click; may be nil
}

// The ways notes are set.
var (
	lookNoteBody  = widgets.Look{Family: textlayout.Sans, Size: 14, LineHeight: 21, Color: theme.ColorNameForeground}
	lookNoteQuote = widgets.Look{Family: textlayout.Serif, Size: 14, LineHeight: 21, Color: theme.ColorNameForeground}
	lookNoteCode  = widgets.Look{Family: textlayout.Mono, Size: 13, LineHeight: 19, Color: theme.ColorNameForeground}
)

// headingSizes are those of headings of each level.
var headingSizes = []float32{17, 15.5, 14}

// set sets the blocks of a note below each other.
func (s noteSetter) set(blocks []noteBlock) *widgets.Flow {
	return widgets.NewFlow(8, fyne.Size{}, s.objects(blocks, lookNoteBody)...)
}

func (s noteSetter) objects(blocks []noteBlock, look widgets.Look) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, b := range blocks {
		switch b.kind {
		case noteHeading:
			size := headingSizes[min(b.level, len(headingSizes))-1]
			out = append(out, s.prose(widgets.Look{Family: look.Family, Bold: true, Size: size, LineHeight: size + 8, Color: look.Color}, b.runs)...)
		case noteItem:
			mark := widgets.NewProse(lines(look, 1), widgets.Segment{Text: b.mark, Color: colorMuted})
			out = append(out, widgets.NewHang(12+7*float32(app.RuneCount(b.mark)), mark, widgets.NewFlow(4, fyne.Size{}, s.objects(b.inside, look)...)))
		case noteQuotation:
			out = append(out, widgets.NewHang(14, nil, widgets.NewFlow(6, fyne.Size{}, s.objects(b.inside, lookNoteQuote)...)))
		case noteCode:
			var all []fyne.CanvasObject
			for _, line := range b.runs {
				all = append(all, widgets.NewProse(lookNoteCode, widgets.Segment{Text: line.text + " "}))
			}
			out = append(out, widgets.NewHang(14, nil, widgets.NewFlow(0, fyne.NewSize(0, 2), all...)))
		case noteRule:
			out = append(out, widgets.NewFlow(0, fyne.NewSize(0, 4), widgets.Rule()))
		default:
			out = append(out, s.prose(look, b.runs)...)
		}
	}
	return out
}

// prose sets runs; after a hard line break another one begins.
func (s noteSetter) prose(look widgets.Look, runs []noteRun) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	var segments []widgets.Segment
	links := map[int]func(){}
	flush := func() {
		if len(segments) == 0 {
			return
		}
		p := widgets.NewLinkProse(look, links, segments...)
		p.OnTap, p.OnSecond = s.tap, s.second
		out = append(out, p)
		segments, links = nil, map[int]func(){}
	}
	for _, run := range runs {
		for i, part := range strings.Split(run.text, "\n") {
			if i > 0 {
				flush()
			}
			if part == "" {
				continue
			}
			if open := s.link(run); open != nil {
				links[len(segments)] = open
			}
			run.text = part
			segments = append(segments, s.segment(run))
		}
	}
	flush()
	return out
}

func (s noteSetter) link(run noteRun) func() {
	switch {
	case run.name != "" && s.open != nil:
		return func() { s.open(run.name) }
	case run.address != "" && s.visit != nil:
		return func() { s.visit(run.address) }
	}
	return nil
}

func (s noteSetter) segment(run noteRun) widgets.Segment {
	out := widgets.Segment{Text: run.text, Bold: run.bold, Italic: run.italic}
	switch {
	case run.name != "" && s.known != nil && !s.known(run.name):
		out.Color, out.Italic = colorMuted, true
	case run.name != "" || run.address != "":
		out.Color = widgets.ColorAccent
	case run.code:
		out.Marked = widgets.ColorBox
	}
	return out
}

// visit opens a link of a note outside, if it is one to the web.
func (w *window) visit(address string) {
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" {
		w.say("Only links to the web are opened")
		return
	}
	if err := w.app.OpenURL(u); err != nil {
		w.fail(err)
	}
}
