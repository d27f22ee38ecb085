package gui

import (
	"regexp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
)

// inline finds what a card shows of Markdown: [[links]], **strong**, *emphasis*.
var inline = regexp.MustCompile(`\[\[([^\[\]\n]+)\]\]|\*\*([^*\n]+)\*\*|\*([^*\n]+)\*`)

// noteSegments sets a note's Markdown in a card.
func noteSegments(body string) []widgets.Segment {
	var out []widgets.Segment
	at := 0
	for _, m := range inline.FindAllStringSubmatchIndex(body, -1) {
		if m[0] > at {
			out = append(out, widgets.Segment{Text: body[at:m[0]], Color: theme.ColorNameForeground})
		}
		part := func(i int) string {
			if m[2*i] < 0 {
				return ""
			}
			return body[m[2*i]:m[2*i+1]]
		}
		switch {
		case part(1) != "":
			out = append(out, widgets.Segment{Text: part(1), Color: widgets.ColorAccent})
		case part(2) != "":
			out = append(out, widgets.Segment{Text: part(2), Bold: true, Color: theme.ColorNameForeground})
		default:
			out = append(out, widgets.Segment{Text: part(3), Italic: true, Color: theme.ColorNameForeground})
		}
		at = m[1]
	}
	return append(out, widgets.Segment{Text: body[at:], Color: theme.ColorNameForeground})
}

func noteProse(notes []app.Note) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, n := range notes {
		out = append(out, widgets.NewProse(lines(lookNote, noteLines), noteSegments(n.Body)...))
	}
	return out
}
