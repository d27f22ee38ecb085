package widgets

import (
	"image/color"
	"math"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

type lanesRenderer struct {
	shapes
	body *lanesBody
}

func (r *lanesRenderer) Destroy()                     {}
func (r *lanesRenderer) MinSize() fyne.Size           { return fyne.NewSize(60, 60) }
func (r *lanesRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *lanesRenderer) Layout(fyne.Size) {
	l := r.body.lanes
	if l.scale*(l.last-l.first) < l.room()/2 { // it was fitted to another width
		l.Fit()
	}
	l.hold()
	r.draw()
}

func (r *lanesRenderer) Refresh() {
	r.draw()
	r.end()
}

func (r *lanesRenderer) draw() {
	l, size := r.body.lanes, r.body.Size()
	r.begin(size)
	if size.Width <= laneHead || l.Count == nil {
		return
	}
	first := int(l.top / laneHeight)
	last := min(l.Count(), int((l.top+size.Height-laneAxis)/laneHeight)+1)
	y := func(lane int) float32 { return laneAxis + float32(lane)*laneHeight - l.top }
	bottom := min(size.Height, y(l.Count()))
	r.box(laneHead, laneAxis, size.Width-laneHead, bottom-laneAxis, theme.Color(ColorSurface))
	r.axis(size, bottom)
	for lane := first; lane < last; lane++ {
		r.box(0, y(lane)+laneHeight-1, size.Width, 1, theme.Color(ColorLine))
	}
	r.replies(first, last, y)
	for lane := first; lane < last; lane++ {
		r.dots(lane, y(lane))
	}
	r.names(first, last, y, bottom)
	r.axisWords(size)
}

// tickSteps are between the lines of the scale, from the finest.
var tickSteps = []struct {
	years, months, days int
	layout              string
}{{days: 1, layout: "2 Jan"}, {days: 7, layout: "2 Jan"}, {months: 1, layout: "Jan 2006"}, {months: 3, layout: "Jan 2006"},
	{years: 1, layout: "2006"}, {years: 5, layout: "2006"}, {years: 10, layout: "2006"}, {years: 50, layout: "2006"}}

// tickRoom is what a word of the scale needs.
const tickRoom = 84

// ticks calls fn for every line of the scale that is seen.
func (l *Lanes) ticks(width float32, fn func(x float32, label string)) {
	step := tickSteps[len(tickSteps)-1]
	for _, s := range tickSteps {
		days := float64(s.days) + 30*float64(s.months) + 365*float64(s.years)
		if days*l.scale >= tickRoom {
			step = s
			break
		}
	}
	at := time.Unix(int64(l.day(laneHead))*86400, 0).UTC()
	switch {
	case step.years > 0:
		at = time.Date(at.Year()-at.Year()%step.years, 1, 1, 0, 0, 0, 0, time.UTC)
	case step.months > 0:
		at = time.Date(at.Year(), at.Month()-time.Month((int(at.Month())-1)%step.months), 1, 0, 0, 0, 0, time.UTC)
	case step.days == 7:
		at = at.AddDate(0, 0, -int(at.Weekday()+6)%7)
	}
	for range 1000 {
		x := l.x(float64(at.Unix()) / 86400)
		if x > width {
			return
		}
		if x >= laneHead {
			fn(x, at.Format(step.layout))
		}
		at = at.AddDate(step.years, step.months, step.days)
	}
}

func (r *lanesRenderer) axis(size fyne.Size, bottom float32) {
	r.body.lanes.ticks(size.Width, func(x float32, _ string) {
		r.box(x, laneAxis-6, 1, bottom-laneAxis+6, theme.Color(ColorLine))
	})
}

func (r *lanesRenderer) axisWords(size fyne.Size) {
	r.box(0, 0, size.Width, laneAxis-6, theme.Color(theme.ColorNameBackground))
	r.body.lanes.ticks(size.Width, func(x float32, label string) {
		r.word(label, x+4, 8, 12, theme.ColorNamePlaceHolder, false)
	})
	r.box(0, laneAxis-1, size.Width, 1, theme.Color(ColorLine))
}

// dotRoom is how far apart signs have to be to be drawn each; nearer ones are
// drawn as one with their number.
const dotRoom = 13

func (r *lanesRenderer) dots(lane int, y float32) {
	l := r.body.lanes
	dots := l.Dots(lane)
	width := r.body.Size().Width
	for i := 0; i < len(dots); {
		x := l.x(dots[i].At)
		n := 1
		chosen := dots[i].ID == l.chosen
		for i+n < len(dots) && l.x(dots[i+n].At)-x < dotRoom {
			chosen = chosen || dots[i+n].ID == l.chosen
			n++
		}
		if x > laneHead-dotRoom && x < width+dotRoom {
			shown := dots[i]
			for k := range n { // the chosen one stands for those beside it
				if dots[i+k].ID == l.chosen {
					shown = dots[i+k]
				}
			}
			if chosen {
				back := r.box(x-13, y+9, 26, 28, theme.Color(ColorAccentBack))
				back.CornerRadius, back.StrokeColor, back.StrokeWidth = 6, theme.Color(ColorAccent), 1
				if l.focused {
					back.StrokeWidth = 2
				}
			}
			signs, size := []LaneDot{shown}, float32(17)
			if !chosen {
				if signs = kinds(dots[i : i+n]); len(signs) > 1 {
					size = 12
				}
			}
			for k, s := range signs {
				sign := r.word(s.Text, x, 0, size, s.Color, true)
				min := sign.MinSize()
				middle := laneHeight/2 + (float32(k)-float32(len(signs)-1)/2)*signStep
				sign.Move(fyne.NewPos(x-min.Width/2, y+middle-min.Height/2))
			}
			if n > 1 {
				r.word(strconv.Itoa(n), x+9, y+3, 10, theme.ColorNamePlaceHolder, false)
			}
		}
		i += n
	}
}

// signStep is how far the signs of one place stand below each other.
const signStep = 13

// kinds are the different signs among moments that stand in one place, at most as
// many as a lane has room for.
func kinds(dots []LaneDot) []LaneDot {
	var out []LaneDot
	for _, d := range dots {
		if !slices.ContainsFunc(out, func(k LaneDot) bool { return k.Text == d.Text }) {
			out = append(out, d)
		}
	}
	return out[:min(len(out), 3)]
}

// repliesDrawn is up to how many answers are drawn at once; of more only those of
// the chosen moment.
const repliesDrawn = 300

func (r *lanesRenderer) replies(first, last int, y func(int) float32) {
	l := r.body.lanes
	if l.Answers == nil {
		return
	}
	width := r.body.Size().Width
	type reply struct {
		x1, y1, x2, y2 float32
		chosen         bool
	}
	var all []reply
	for lane := first; lane < last; lane++ {
		for _, d := range l.Dots(lane) {
			to, ok := l.Answers(d.ID)
			if !ok {
				continue
			}
			other, at, ok := l.place(to)
			x1, x2 := l.x(d.At), l.x(at)
			if !ok || max(x1, x2) < laneHead || min(x1, x2) > width {
				continue
			}
			all = append(all, reply{x1, y(lane) + laneHeight/2, x2, y(other) + laneHeight/2, d.ID == l.chosen || to == l.chosen})
		}
	}
	for _, a := range all {
		if len(all) > repliesDrawn && !a.chosen {
			continue
		}
		ink, stroke := theme.Color(theme.ColorNameDisabled), float32(1)
		if a.chosen {
			ink, stroke = theme.Color(ColorAccent), 2
		}
		r.arrow(a.x1, a.y1, a.x2, a.y2, stroke, ink)
	}
}

// arrow is a line with a head at its end, a little away from the signs.
func (r *lanesRenderer) arrow(x1, y1, x2, y2, width float32, ink color.Color) {
	dx, dy := float64(x2-x1), float64(y2-y1)
	length := math.Hypot(dx, dy)
	if length < 24 {
		return
	}
	ux, uy := float32(dx/length), float32(dy/length)
	x1, y1, x2, y2 = x1+10*ux, y1+10*uy, x2-11*ux, y2-11*uy
	r.line(x1, y1, x2, y2, width, ink)
	for _, side := range []float32{1, -1} {
		r.line(x2, y2, x2-7*ux-side*4*uy, y2-7*uy+side*4*ux, width, ink)
	}
}

func (r *lanesRenderer) names(first, last int, y func(int) float32, bottom float32) {
	l := r.body.lanes
	r.box(0, laneAxis-6, laneHead, bottom-laneAxis+6, theme.Color(theme.ColorNameBackground))
	if len(l.heads) > headsKept {
		clear(l.heads)
	}
	for lane := first; lane < last; lane++ {
		name, right := l.Name(lane)
		p := l.heads[lane]
		if p == nil {
			p = NewProse(gridRowLook)
			l.heads[lane] = p
		}
		p.Set(Segment{Text: name})
		width := laneHead - 20 - gridCountWidth
		h := p.HeightFor(width)
		p.Move(fyne.NewPos(10, y(lane)+(laneHeight-h)/2))
		p.Resize(fyne.NewSize(width, h))
		r.put(p)
		count := r.word(right, 0, y(lane)+14, 12, theme.ColorNamePlaceHolder, false)
		count.Move(fyne.NewPos(laneHead-10-count.MinSize().Width, y(lane)+14))
		r.box(0, y(lane)+laneHeight-1, laneHead, 1, theme.Color(ColorLine))
	}
	r.box(laneHead, 0, 1, bottom, theme.Color(ColorLine))
}
