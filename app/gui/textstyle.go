package gui

import (
	"strconv"

	"rejoinder/app"
	"rejoinder/app/gui/textlayout"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/settings"
)

// zooms are the steps of the letters' size.
var zooms = []float32{0.75, 0.85, 1, 1.15, 1.3, 1.5, 1.75, 2, 2.5, 3}

// columnWidth is how wide the text is set: 60 to 75 letters at the medium.
func columnWidth(r settings.Reading) float32 {
	return map[string]float32{"narrow": 500, "medium": 640, "wide": 820}[r.Column] * r.Zoom
}

func lineSpacing(r settings.Reading) float32 {
	return map[string]float32{"tight": 1.4, "normal": 28.0 / 17, "loose": 1.95}[r.Spacing]
}

func family(r settings.Reading) textlayout.Family {
	if r.Face == "sans" {
		return textlayout.Sans
	}
	return textlayout.Serif
}

// paragraphs sets a text's blocks as the user likes to read.
func paragraphs(c app.Content, r settings.Reading) []textlayout.Paragraph {
	z, spacing := r.Zoom, lineSpacing(r)
	plain := textlayout.Typeface{Family: family(r)}
	var out []textlayout.Paragraph
	span := 0
	for _, b := range c.Blocks {
		p := textlayout.Paragraph{Start: b.Start, End: b.End, Typeface: plain, Size: 17 * z, LineHeight: 17 * z * spacing, Before: 16 * z}
		switch b.Kind {
		case app.BlockHeading:
			size := []float32{26, 21, 18.5, 17, 17, 17}[min(max(b.Level, 1), 6)-1] * z
			p.Typeface.Bold, p.Size, p.LineHeight, p.Before = true, size, size*1.32, 26*z
		case app.BlockListItem:
			p.Indent, p.Marker, p.Before = 26*z*float32(max(1, b.Level)), "•", 6*z
			if b.Number > 0 {
				p.Marker = strconv.Itoa(b.Number) + "."
			}
		case app.BlockQuotation:
			p.Indent, p.Typeface.Italic = 28*z, true
		case app.BlockCode:
			p.Typeface.Family, p.Size, p.LineHeight, p.Indent, p.Box = textlayout.Mono, 14*z, 20*z, 16*z, true
		case app.BlockRule:
			p.Rule = true
		}
		for span < len(c.Spans) && c.Spans[span].End <= b.Start {
			span++
		}
		for i := span; i < len(c.Spans) && c.Spans[i].Start < b.End; i++ {
			if s, ok := styleOf(c.Spans[i], p.Typeface); ok {
				p.Styles = append(p.Styles, s)
			}
		}
		out = append(out, p)
	}
	return out
}

func styleOf(s app.Span, t textlayout.Typeface) (textlayout.Style, bool) {
	switch s.Kind {
	case app.SpanEmphasis:
		t.Italic = !t.Italic
	case app.SpanStrong:
		t.Bold = true
	case app.SpanCode:
		t.Family = textlayout.Mono
	default:
		return textlayout.Style{}, false
	}
	return textlayout.Style{Start: s.Start, End: s.End, Typeface: t}, true
}

// links are the places of a text that lead somewhere else.
func links(c app.Content) []widgets.TextLink {
	var out []widgets.TextLink
	for _, s := range c.Spans {
		if s.Kind == app.SpanLink && s.URL != "" && (len(out) == 0 || s.Start >= out[len(out)-1].End) {
			out = append(out, widgets.TextLink{Start: s.Start, End: s.End, URL: s.URL})
		}
	}
	return out
}
