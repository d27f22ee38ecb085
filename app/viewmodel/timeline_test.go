package viewmodel_test

import (
	"testing"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

func laneNames(tl *viewmodel.Timeline) []string {
	var out []string
	for _, l := range tl.Shown.Lanes {
		out = append(out, l.Name)
	}
	return out
}

// said is the statement of a lane by its place in it.
func said(t *testing.T, tl *viewmodel.Timeline, lane string, n int) int {
	t.Helper()
	for _, l := range tl.Shown.Lanes {
		if l.Name == lane {
			return l.Statements[n]
		}
	}
	t.Fatalf("no lane %q among %q", lane, laneNames(tl))
	return 0
}

func TestTheTimelineHasALaneForEachActorOrClaim(t *testing.T) {
	d := harbourDesk(t)
	tl := viewmodel.NewTimeline(d.session)
	tl.Load()
	same(t, "lanes", laneNames(tl), []string{"Port Company", "Union", "Inspectorate", "Ministry", "Residents"})
	if want := "8 statements in 5 lanes · 1 without a date"; tl.Summary() != want {
		t.Errorf("it says %q, want %q", tl.Summary(), want)
	}
	same(t, "the company's lane", told(tl, tl.Shown.Lanes[0].Statements), []string{
		"2024-05-02 Port Company denies " + unsafe, "2024-05-02 Port Company asserts " + flawed, "2024-09-20 Port Company asserts " + unsafe})

	tl.SetByClaim(true)
	same(t, "lanes of claims", laneNames(tl), []string{unsafe, political, flawed})
	lane, day, ok := tl.Place(said(t, tl, political, 1))
	if !ok || lane != 1 || day != viewmodel.DayOf("2024-06-10") {
		t.Errorf("the inspectors' answer stands in lane %d on day %v", lane, day)
	}
	if first, last, ok := tl.Span(); !ok || last-first != 141 { // 2 May to 20 September
		t.Errorf("it spans %v days", last-first)
	}
	d.fine()
}

func TestStatementsAreReadWithTheirAnswers(t *testing.T) {
	d := harbourDesk(t)
	tl, redrawn := viewmodel.NewTimeline(d.session), 0
	tl.Load()
	tl.OnChange = func() { redrawn++ }
	if tl.Around() != nil {
		t.Error("something is chosen at first")
	}
	tl.Choose(said(t, tl, "Ministry", 0))
	same(t, "the ministry and who answers it", told(tl, tl.Around()), []string{
		"2024-05-02 Ministry asserts " + unsafe,
		"2024-05-02 Port Company denies " + unsafe,
		"2024-05-02 Port Company asserts " + flawed, // which is set against it
		"2024-06-10 Union supports " + flawed,
	})
	if side := d.session.Side(); redrawn != 1 || side.Actor != d.who("Ministry") || side.Claim != d.claim(unsafe) {
		t.Errorf("it is drawn %d times, and the other screens go on with %q", redrawn, side.NameOf(app.RefTo(app.KindActor, side.Actor)))
	}
	tl.Choose(said(t, tl, "Inspectorate", 0))
	same(t, "the inspectors and what they answer", told(tl, tl.Around()), []string{
		"2024-06-10 Inspectorate denies " + political, "2024-06-10 Union asserts " + political})
	tl.Choose(said(t, tl, "Residents", 0))
	same(t, "who answers nothing", told(tl, tl.Around()), []string{"2024-09-20 Residents supports " + unsafe})
	if _, err := d.AddStatement(t.Context(), app.StatementDraft{Actor: "Union", Stance: app.Disputes, Claim: political, Date: "2024-07-01"}); err != nil {
		t.Fatal(err)
	}
	tl.Choose(said(t, tl, "Union", 2))
	same(t, "who only contradicts itself", told(tl, tl.Around()), []string{"2024-07-01 Union disputes " + political})
	tl.Choose(said(t, tl, "Residents", 0))

	// It stays chosen whatever comes and goes before it, and whatever the lanes are.
	d.Trash(d.actorRef("Ministry"))
	tl.SetByClaim(true)
	same(t, "still chosen", told(tl, tl.Around()), []string{"2024-09-20 Residents supports " + unsafe})
	d.Trash(d.actorRef("Residents"))
	if tl.Chosen != -1 || tl.Around() != nil {
		t.Errorf("%v is chosen and in the trash", told(tl, tl.Around()))
	}
	d.Undo()
	tl.Choose(-1)
	d.Undo()
	if tl.Chosen != -1 {
		t.Error("what was let go is chosen again")
	}
	d.fine()
}

func TestDatesStandInTheMiddleOfWhatTheyMean(t *testing.T) {
	for _, tt := range []struct {
		date app.Date
		like app.Date
	}{{"2024-05", "2024-05-16"}, {"2024", "2024-07-01"}} {
		if got, want := viewmodel.DayOf(tt.date), viewmodel.DayOf(tt.like); got != want {
			t.Errorf("%s stands %v days after %s", tt.date, got-want, tt.like)
		}
	}
	d := newDesk(t)
	tl := viewmodel.NewTimeline(d.session)
	tl.Load()
	d.Statement("Union", app.Asserts, unasked)
	if _, _, ok := tl.Span(); ok || tl.Summary() != "0 statements in 0 lanes · 1 without a date" {
		t.Errorf("of what has no date it says %q", tl.Summary())
	}
	if _, err := d.AddStatement(t.Context(), app.StatementDraft{Actor: "Union", Stance: app.Disputes, Claim: unasked, Date: "1969"}); err != nil {
		t.Fatal(err)
	}
	if first, last, ok := tl.Span(); !ok || first != last || first >= 0 {
		t.Errorf("1969 is from %v to %v", first, last)
	}
	d.fine()
}

// The filter leaves less than is drawn, and the new lanes are not worked out yet.
func TestTheTimelineIsDrawnWhileTheFilterChanges(t *testing.T) {
	l := &later{}
	d := harbourOn(t, l.loop())
	tl := viewmodel.NewTimeline(d.session)
	tl.Load()
	l.all()
	residents := said(t, tl, "Residents", 0)
	d.session.Side().Choose(func(s *app.Scope) { s.To = "2024-05" })
	l.run(0)
	if got := tl.Stance(residents); got != app.Supports {
		t.Errorf("the residents' dot is that of %q", got)
	}
	tl.Choose(residents)
	if side := d.session.Side(); side.Actor != d.who("Residents") || side.Claim != d.claim(unsafe) {
		t.Error("another statement is chosen than the one that is drawn")
	}
	l.all()
	if tl.Chosen != -1 || len(tl.Shown.Lanes) != 2 {
		t.Errorf("statement %d of %d lanes is chosen", tl.Chosen, len(tl.Shown.Lanes))
	}
	d.fine()
}
