package viewmodel_test

import (
	"fmt"
	"slices"
	"testing"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

// rowHeads and columnHeads write down the matrix's edges: "Union 3", in a group
// "state: Ministry 1".
func rowHeads(m *viewmodel.Matrix) []string {
	var out []string
	for _, r := range m.Shown.Rows {
		out = append(out, head(r.Group, r.Name, r.Total))
	}
	return out
}

func columnHeads(m *viewmodel.Matrix) []string {
	var out []string
	for _, c := range m.Shown.Columns {
		out = append(out, head(c.Group, c.Text, c.Total))
	}
	return out
}

func head(group, name string, total int) string {
	if group != "" {
		name = group + ": " + name
	}
	return fmt.Sprintf("%s %d", name, total)
}

// choose chooses a cell by its actor and claim; "" for a whole row or column.
func (d *desk) choose(m *viewmodel.Matrix, actor, claim string) {
	m.Choose(slices.IndexFunc(m.Shown.Rows, func(r app.MatrixRow) bool { return r.Name == actor }),
		slices.IndexFunc(m.Shown.Columns, func(c app.MatrixColumn) bool { return c.Text == claim }))
}

// companyOnSafety is the company's first stance on whether the quay is unsafe, and
// its last: "denies → asserts".
func (d *desk) companyOnSafety(m *viewmodel.Matrix) string {
	c := m.Shown.Cell(d.who("Port Company"), d.claim(unsafe))
	if c.First == c.Last {
		return string(c.Last)
	}
	return string(c.First + " → " + c.Last)
}

func (d *desk) matrix() *viewmodel.Matrix {
	m := viewmodel.NewMatrix(d.session)
	m.Load()
	return m
}

func TestTheMatrixIsSorted(t *testing.T) {
	d := harbourDesk(t)
	m := d.matrix()
	if want := "5 actors × 4 claims · 9 statements"; m.Summary() != want {
		t.Errorf("it says %q, want %q", m.Summary(), want)
	}
	for _, tt := range []struct {
		order         app.MatrixOrder
		rows, columns []string
	}{
		{app.OrderDisputed, []string{"Port Company 3", "Union 3", "Inspectorate 1", "Ministry 1", "Residents 1"},
			[]string{unsafe + " 4", political + " 2", flawed + " 2", unasked + " 1"}},
		{app.OrderStatements, []string{"Port Company 3", "Union 3", "Inspectorate 1", "Ministry 1", "Residents 1"},
			[]string{unsafe + " 4", political + " 2", flawed + " 2", unasked + " 1"}},
		{app.OrderName, []string{"Inspectorate 1", "Ministry 1", "Port Company 3", "Residents 1", "Union 3"},
			[]string{unasked + " 1", political + " 2", flawed + " 2", unsafe + " 4"}},
		{app.OrderTime, []string{"Ministry 1", "Port Company 3", "Inspectorate 1", "Union 3", "Residents 1"},
			[]string{flawed + " 2", unsafe + " 4", political + " 2", unasked + " 1"}},
	} {
		m.Set(func(o *app.MatrixOptions) { o.Order = tt.order })
		same(t, "rows by "+string(tt.order), rowHeads(m), tt.rows)
		same(t, "columns by "+string(tt.order), columnHeads(m), tt.columns)
	}
	d.fine()
}

func TestTheMatrixIsGrouped(t *testing.T) {
	d := harbourDesk(t)
	for name, kind := range map[string]app.ActorKind{"Ministry": app.ActorState, "Inspectorate": app.ActorState, "Union": app.ActorGroup} {
		d.edit(name, func(a *app.Actor) { a.Kind = kind })
	}
	d.edit("Inspectorate", func(a *app.Actor) { a.PartOf = d.who("Ministry") })
	d.tag("harbour", d.actorRef("Port Company"), d.actorRef("Union"), d.claimRef(flawed))
	m := d.matrix()
	plain := columnHeads(m)
	for _, tt := range []struct {
		group app.MatrixGroup
		rows  []string
	}{
		{app.GroupKind, []string{"group: Union 3", "state: Inspectorate 1", "state: Ministry 1", "Port Company 3", "Residents 1"}},
		{app.GroupPartOf, []string{"Ministry: Inspectorate 1", "Ministry: Ministry 1", "Port Company 3", "Union 3", "Residents 1"}},
		{app.GroupTag, []string{"harbour: Port Company 3", "harbour: Union 3", "Inspectorate 1", "Ministry 1", "Residents 1"}},
		{app.GroupNone, []string{"Port Company 3", "Union 3", "Inspectorate 1", "Ministry 1", "Residents 1"}},
	} {
		m.Set(func(o *app.MatrixOptions) { o.Group = tt.group })
		same(t, "rows by "+string(tt.group), rowHeads(m), tt.rows)
		columns := plain
		if tt.group == app.GroupTag {
			columns = []string{"harbour: " + flawed + " 2", unsafe + " 4", political + " 2", unasked + " 1"}
		}
		same(t, "columns by "+string(tt.group), columnHeads(m), columns)
	}
	// A tag that comes while the matrix is grouped by tags moves its row.
	m.Set(func(o *app.MatrixOptions) { o.Group = app.GroupTag })
	d.tag("guests", d.actorRef("Residents"))
	same(t, "rows with another tag", rowHeads(m)[:1], []string{"guests: Residents 1"})
	d.fine()
}

func TestACellSaysWhatWasSaid(t *testing.T) {
	d := harbourDesk(t)
	m, side, redrawn := d.matrix(), d.session.Side(), 0
	if actor, claim := m.Title(); actor != "" || claim != "" || m.Statements() != nil || m.Gaps() != nil {
		t.Errorf("%q on %q is chosen at first", actor, claim)
	}
	m.OnChange = func() { redrawn++ }
	d.choose(m, "Port Company", unsafe)
	if actor, claim := m.Title(); actor != "Port Company" || claim != unsafe || redrawn != 1 {
		t.Errorf("chosen is %q on %q, drawn %d times", actor, claim, redrawn)
	}
	same(t, "the cell", told(m, m.Statements()), []string{"2024-05-02 Port Company denies " + unsafe, "2024-09-20 Port Company asserts " + unsafe})
	if side.Actor != d.who("Port Company") || side.Claim != d.claim(unsafe) {
		t.Error("the other screens do not go on with it")
	}

	// It stays chosen where it comes to stand.
	m.Set(func(o *app.MatrixOptions) { o.Order = app.OrderName })
	if actor, claim := m.Title(); actor != "Port Company" || claim != unsafe || m.Row != 2 || m.Column != 3 {
		t.Errorf("sorted by name, %q on %q is chosen at %d, %d", actor, claim, m.Row, m.Column)
	}
	d.choose(m, "Union", unsafe)
	if len(m.Statements()) != 0 {
		t.Errorf("who is silent says %v", told(m, m.Statements()))
	}
	d.choose(m, "Union", "")
	same(t, "the union's row", told(m, m.Statements()), []string{"Union asserts " + unasked, "2024-06-10 Union asserts " + political, "2024-06-10 Union supports " + flawed})
	if side.Actor != d.who("Union") || side.Claim != "" {
		t.Errorf("the other screens go on with %q on %q", side.NameOf(app.RefTo(app.KindActor, side.Actor)), side.NameOf(app.RefTo(app.KindClaim, side.Claim)))
	}
	d.choose(m, "", political)
	same(t, "the claim's column", told(m, m.Statements()), []string{"2024-06-10 Union asserts " + political, "2024-06-10 Inspectorate denies " + political})
	same(t, "its gaps", gapKinds(m.Gaps()), []app.GapKind{app.GapOneSource})

	m.Choose(-1, -1)
	if actor, claim := m.Title(); actor+claim != "" || m.Statements() != nil {
		t.Errorf("%q on %q is still chosen", actor, claim)
	}
	d.choose(m, "Residents", unsafe)
	d.Trash(d.actorRef("Residents"))
	if m.Row != -1 || m.Column != 3 || len(m.Statements()) != 3 {
		t.Errorf("without its row the cell is at %d, %d with %v", m.Row, m.Column, told(m, m.Statements()))
	}
	d.fine()
}

// The company denied in May what it asserts in September: the slider replays it.
func TestMovingTheTimeReplaysAChangeOfStance(t *testing.T) {
	d := harbourDesk(t)
	m := d.matrix()
	d.choose(m, "Port Company", unsafe)
	rows, columns := len(m.Shown.Rows), len(m.Shown.Columns)
	if m.Day() != 3 || d.companyOnSafety(m) != "denies → asserts" {
		t.Errorf("at first it is day %d: %s", m.Day(), d.companyOnSafety(m))
	}
	type moment struct {
		day     int
		until   app.Date
		company string
		total   int
		sources int
	}
	at := func() moment {
		if len(m.Shown.Rows) != rows || len(m.Shown.Columns) != columns {
			t.Errorf("on day %d there are %d rows and %d columns", m.Day(), len(m.Shown.Rows), len(m.Shown.Columns))
		}
		return moment{m.Day(), m.Options.Until, d.companyOnSafety(m), m.Shown.Total, m.Shown.Columns[0].Sources}
	}
	back := []moment{
		{2, "2024-09-20", "denies → asserts", 8, 2},
		{1, "2024-06-10", "denies", 6, 1},
		{0, "2024-05-02", "denies", 3, 1},
		{0, "2024-05-02", "denies", 3, 1}, // there is nothing before
	}
	for _, want := range back {
		if m.Step(false); at() != want {
			t.Errorf("back: %+v, want %+v", at(), want)
		}
	}
	same(t, "in May the cell says", told(m, m.Statements()), []string{"2024-05-02 Port Company denies " + unsafe})
	same(t, "in May the rows say", rowHeads(m), []string{"Port Company 2", "Union 0", "Inspectorate 0", "Ministry 1", "Residents 0"})
	d.choose(m, "", flawed)
	same(t, "in May the column says", told(m, m.Statements()), []string{"2024-05-02 Port Company asserts " + flawed})
	d.choose(m, "Port Company", "")
	if got := told(m, m.Statements()); len(got) != 2 {
		t.Errorf("in May the row says %v", got)
	}
	for _, want := range []moment{back[1], back[0], {3, "", "denies → asserts", 9, 2}, {3, "", "denies → asserts", 9, 2}} {
		if m.Step(true); at() != want {
			t.Errorf("forward: %+v, want %+v", at(), want)
		}
	}
	m.Until(1) // as a click on the bar
	if at() != back[1] {
		t.Errorf("on the bar: %+v, want %+v", at(), back[1])
	}
	// What is recorded meanwhile counts where it belongs.
	if _, err := d.AddStatement(t.Context(), app.StatementDraft{Actor: "Port Company", Claim: unsafe, Stance: app.Qualifies, Date: "2024-06-01"}); err != nil {
		t.Fatal(err)
	}
	if got, want := at(), (moment{2, "2024-06-10", "denies → qualifies", 7, 1}); got != want {
		t.Errorf("after a statement of June: %+v, want %+v", got, want)
	}
	d.fine()
}

// By itself the time goes from the first day to the last, and stops where
// everything is shown.
func TestTheTimeReplaysByItself(t *testing.T) {
	d := harbourDesk(t)
	m := d.matrix()
	var shown []string
	for more := true; more && len(shown) < 10; {
		more = m.Replay()
		shown = append(shown, string(m.Options.Until)+" "+d.companyOnSafety(m))
	}
	same(t, "replayed", shown, []string{"2024-05-02 denies", "2024-06-10 denies", "2024-09-20 denies → asserts", " denies → asserts"})
	d.fine()
}

// A filter may leave no statement on the day that is shown.
func TestTheTimeStandsBetweenTheDaysThatAreLeft(t *testing.T) {
	d := harbourDesk(t)
	m := d.matrix()
	m.Until(1)
	d.session.Side().Choose(func(s *app.Scope) { s.Actor = d.who("Port Company") })
	if m.Options.Until != "2024-06-10" || m.Shown.Total != 2 {
		t.Errorf("until %s the company says %d things, want 2", m.Options.Until, m.Shown.Total)
	}
	if m.Step(true); m.Options.Until != "2024-09-20" || m.Shown.Total != 3 {
		t.Errorf("the next day is %q with %d things, want 2024-09-20 with 3", m.Options.Until, m.Shown.Total)
	}
	m.Step(false)
	if m.Options.Until != "2024-05-02" {
		t.Errorf("the day before is %q", m.Options.Until)
	}
	d.fine()
}

func TestTheTimeIsMovedWhileTheMatrixIsSorted(t *testing.T) {
	l := &later{}
	d := harbourOn(t, l.loop())
	m := d.matrix()
	l.all()
	m.Set(func(o *app.MatrixOptions) { o.Order = app.OrderName })
	m.Step(false)
	l.all()
	same(t, "rows", rowHeads(m), []string{"Inspectorate 1", "Ministry 1", "Port Company 3", "Residents 1", "Union 2"})
	m.Step(false)
	d.session.Side().Choose(func(s *app.Scope) { s.Actor = d.who("Union") })
	m.Step(false)
	l.all()
	same(t, "rows of the union", rowHeads(m), []string{"Union 0"})
	d.fine()
}

func TestAnEmptyMatrixHasNoTime(t *testing.T) {
	d := newDesk(t)
	m := viewmodel.NewMatrix(d.session)
	m.Step(true)
	m.Until(0)
	if m.Summary() != "" || m.Day() != 0 || m.Statements() != nil {
		t.Errorf("before it is loaded it says %q", m.Summary())
	}
	m.Load()
	m.Step(false)
	if m.Summary() != "0 actors × 0 claims · 0 statements" || m.Day() != 0 || m.Options.Until != "" {
		t.Errorf("it says %q on day %d", m.Summary(), m.Day())
	}
	d.fine()
}
