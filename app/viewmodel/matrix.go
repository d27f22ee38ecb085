package viewmodel

import (
	"context"
	"slices"

	"rejoinder/app"
)

// Matrix is the screen of actors against claims, at a time that can be moved.
type Matrix struct {
	sideView

	Options app.MatrixOptions
	Shown   *app.Matrix
	Row     int // chosen, -1 for none
	Column  int

	counting bool // it is being worked out anew
}

// NewMatrix makes the screen's view. Load fills it.
func NewMatrix(s *Session) *Matrix {
	m := &Matrix{Options: app.MatrixOptions{Order: app.OrderDisputed}, Row: -1, Column: -1}
	m.follow(s, m.count)
	return m
}

// Set changes order or group.
func (m *Matrix) Set(edit func(*app.MatrixOptions)) {
	edit(&m.Options)
	m.catchUp()
}

// setTime changes only what is counted: everything stays in its place.
func (m *Matrix) setTime(until app.Date) {
	m.Options.Until = until
	if m.counting {
		m.catchUp()
		return
	}
	shown := m.Shown
	start(m.session.Loop, &m.content, func(context.Context) (*app.Matrix, error) {
		return shown.At(until), nil
	}, func(shown *app.Matrix, _ error) {
		m.Shown = shown
		changed(m.OnChange)
	})
}

// count works the matrix out; of what is chosen it finds the new place.
func (m *Matrix) count() {
	d, options := m.side.Discourse, m.Options
	m.counting = true
	start(m.session.Loop, &m.content, func(ctx context.Context) (*app.Matrix, error) {
		options, err := m.session.Notebook.MatrixTags(ctx, options)
		return d.Matrix(options), err
	}, func(shown *app.Matrix, err error) {
		if err != nil {
			m.session.Fail(err)
			return
		}
		actor, claim := m.side.Actor, m.side.Claim
		m.Shown, m.of, m.counting = shown, d, false
		m.Row = slices.IndexFunc(shown.Rows, func(r app.MatrixRow) bool { return r.Actor == actor })
		m.Column = slices.IndexFunc(shown.Columns, func(c app.MatrixColumn) bool { return c.Claim == claim })
		changed(m.OnChange)
	})
}

// Choose chooses a cell; -1 chooses a whole row or column.
func (m *Matrix) Choose(row, column int) {
	m.Row, m.Column = row, column
	m.side.Actor, m.side.Claim = m.Chosen()
	changed(m.OnChange)
}

// Chosen is the actor and the claim of the chosen cell.
func (m *Matrix) Chosen() (actor app.ActorID, claim app.ClaimID) {
	if m.Shown == nil {
		return m.side.Actor, m.side.Claim
	}
	if m.Row >= 0 && m.Row < len(m.Shown.Rows) {
		actor = m.Shown.Rows[m.Row].Actor
	}
	if m.Column >= 0 && m.Column < len(m.Shown.Columns) {
		claim = m.Shown.Columns[m.Column].Claim
	}
	return actor, claim
}

// Statements are those of the chosen cell, row or column, by date.
func (m *Matrix) Statements() []int {
	if m.Shown == nil {
		return nil
	}
	actor, claim := m.Chosen()
	switch {
	case actor != "" && claim != "":
		return m.Shown.Cell(actor, claim).Statements
	case actor != "":
		return m.until(m.of.Said(actor))
	case claim != "":
		return m.until(m.of.About(claim))
	}
	return nil
}

func (m *Matrix) until(all []int) []int {
	if m.Options.Until == "" {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(i int) bool {
		return !m.of.Statements[i].Date.Holds("", m.Options.Until)
	})
}

// Title says what is chosen.
func (m *Matrix) Title() (actor, claim string) {
	a, c := m.Chosen()
	return m.side.NameOf(app.RefTo(app.KindActor, a)), m.side.NameOf(app.RefTo(app.KindClaim, c))
}

// Gaps are those of the chosen claim, or else of the chosen actor.
func (m *Matrix) Gaps() []app.Gap {
	actor, claim := m.Chosen()
	return m.of.GapsOf(actor, claim)
}

// Step moves the time to the next or the previous date on which something was
// said; past the last there is no limit.
func (m *Matrix) Step(forward bool) {
	if m.Shown == nil || len(m.Shown.Days) == 0 {
		return
	}
	at := m.Day()
	switch {
	case !forward:
		at--
	case at < len(m.Shown.Days) && m.Shown.Days[at].Date == m.Options.Until: // else it stands before that day
		at++
	}
	m.Until(at)
}

// replaySteps is in how many steps a long time is replayed at most.
const replaySteps = 40

// Replay moves the time on by one step, from the first day where everything is
// shown, and says whether there is more to come.
func (m *Matrix) Replay() bool {
	days := len(m.days())
	if m.Options.Until == "" {
		m.Until(0)
	} else {
		m.Until(m.Day() + max(1, days/replaySteps))
	}
	return m.Options.Until != "" && days > 0
}

// Until shows what was said until a day of those with statements; behind the last
// one everything.
func (m *Matrix) Until(day int) {
	if m.Shown == nil || len(m.Shown.Days) == 0 {
		return
	}
	until := app.Date("")
	if day < len(m.Shown.Days) {
		until = m.Shown.Days[max(0, day)].Date
	}
	if until != m.Options.Until {
		m.setTime(until)
	}
}

// Day is the place of the time among the days with statements; their number when
// there is no limit.
func (m *Matrix) Day() int {
	if m.Shown == nil || m.Options.Until == "" {
		return len(m.days())
	}
	at, _ := slices.BinarySearchFunc(m.days(), m.Options.Until, func(day app.DayCount, to app.Date) int {
		switch {
		case day.Date < to:
			return -1
		case day.Date > to:
			return 1
		}
		return 0
	})
	return at
}

func (m *Matrix) days() []app.DayCount {
	if m.Shown == nil {
		return nil
	}
	return m.Shown.Days
}

// Summary says how large the matrix is.
func (m *Matrix) Summary() string {
	if m.Shown == nil {
		return ""
	}
	return plural(len(m.Shown.Rows), "actor") + " × " + plural(len(m.Shown.Columns), "claim") + " · " + plural(m.Shown.Total, "statement")
}
