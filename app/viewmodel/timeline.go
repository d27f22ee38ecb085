package viewmodel

import (
	"context"
	"slices"
	"time"

	"rejoinder/app"
)

// Timeline is the screen of statements by date, in lanes.
type Timeline struct {
	sideView

	ByClaim bool // a lane for each claim, not for each actor
	Shown   app.Timeline
	Chosen  int // a statement; -1 for none
	Days    []float64

	lanes map[int]int // of a statement
	id    app.StatementID
}

// NewTimeline makes the screen's view. Load fills it.
func NewTimeline(s *Session) *Timeline {
	t := &Timeline{Chosen: -1}
	t.follow(s, t.read)
	return t
}

// SetByClaim chooses what the lanes are.
func (t *Timeline) SetByClaim(by bool) {
	t.ByClaim = by
	t.catchUp()
}

func (t *Timeline) read() {
	d, byClaim := t.side.Discourse, t.ByClaim
	start(t.session.Loop, &t.content, func(context.Context) (app.Timeline, error) {
		return d.Timeline(byClaim), nil
	}, func(shown app.Timeline, err error) {
		if err != nil {
			t.session.Fail(err)
			return
		}
		t.Shown, t.of = shown, d
		t.lanes, t.Days = map[int]int{}, make([]float64, len(d.Statements))
		for lane, l := range shown.Lanes {
			for _, i := range l.Statements {
				t.lanes[i] = lane
				t.Days[i] = DayOf(d.Statements[i].Date)
			}
		}
		t.Chosen = slices.IndexFunc(d.Statements, func(s app.StatementRow) bool {
			return t.id != "" && s.ID == t.id && s.Actor == t.side.Actor && s.Claim == t.side.Claim
		})
		changed(t.OnChange)
	})
}

// DayOf is a date in days since 1970; a month or a year is its middle.
func DayOf(d app.Date) float64 {
	for layout, half := range map[string]float64{time.DateOnly: 0, "2006-01": 15, "2006": 182} {
		if len(layout) != len(d) {
			continue
		}
		if at, err := time.Parse(layout, string(d)); err == nil {
			return float64(at.Unix())/86400 + half
		}
	}
	return 0
}

// Span is between which days the statements are; false when none has a date.
func (t *Timeline) Span() (first, last float64, ok bool) {
	for i := range t.lanes {
		day := t.Days[i]
		if !ok {
			first, last, ok = day, day, true
		}
		first, last = min(first, day), max(last, day)
	}
	return first, last, ok
}

// Choose chooses a statement; -1 for none.
func (t *Timeline) Choose(i int) {
	t.Chosen, t.id, t.side.Actor, t.side.Claim = i, "", "", ""
	if i >= 0 {
		s := t.of.Statements[i]
		t.id, t.side.Actor, t.side.Claim = s.ID, s.Actor, s.Claim
	}
	changed(t.OnChange)
}

// Place is the lane and the day of a statement.
func (t *Timeline) Place(i int) (lane int, day float64, ok bool) {
	lane, ok = t.lanes[i]
	if ok {
		day = t.Days[i]
	}
	return lane, day, ok
}

// Around are the chosen statement, the one that it answers, and those that answer
// it.
func (t *Timeline) Around() []int {
	if t.Chosen < 0 {
		return nil
	}
	out := []int{t.Chosen}
	if to, ok := t.Shown.Replies[t.Chosen]; ok {
		out = append(out, to)
	}
	var answers []int
	for from, to := range t.Shown.Replies {
		if to == t.Chosen && !slices.Contains(out, from) {
			answers = append(answers, from)
		}
	}
	slices.Sort(answers)
	return append(out, answers...)
}

// Stance is the stance of a statement.
func (t *Timeline) Stance(i int) app.Stance { return t.of.Statements[i].Stance }

// Summary says what is shown.
func (t *Timeline) Summary() string {
	n := 0
	for _, l := range t.Shown.Lanes {
		n += len(l.Statements)
	}
	return joined(plural(n, "statement")+" in "+plural(len(t.Shown.Lanes), "lane"), undated(t.Shown.Undated))
}

func undated(n int) string {
	if n == 0 {
		return ""
	}
	return Thousands(n) + " without a date"
}
