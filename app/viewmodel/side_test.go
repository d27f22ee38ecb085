package viewmodel_test

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

// counter counts how often work begins, and does it at once.
func counter(n *int) viewmodel.Loop {
	return viewmodel.Loop{Work: func(fn func()) { *n++; fn() }, UI: func(fn func()) { fn() }}
}

// allScreens are the screens side by side of one window, all of them in front.
type allScreens struct {
	board    *viewmodel.Board
	dispute  *viewmodel.Dispute
	matrix   *viewmodel.Matrix
	timeline *viewmodel.Timeline
	claims   *viewmodel.Map
	page     *viewmodel.Page
	gaps     *viewmodel.Gaps
}

func (d *desk) screens() allScreens {
	s := d.session
	all := allScreens{d.board, viewmodel.NewDispute(s), viewmodel.NewMatrix(s), viewmodel.NewTimeline(s), viewmodel.NewMap(s),
		viewmodel.NewPage(s), viewmodel.NewGaps(s)}
	for _, screen := range []interface{ Load() }{all.board, all.dispute, all.matrix, all.timeline, all.claims, all.page, all.gaps} {
		screen.Load()
	}
	return all
}

// sizes are how much each screen shows.
type sizes struct{ actors, claims, disputed, cells, lanes, nodes, listed int }

func (a allScreens) sizes() sizes {
	return sizes{len(a.board.Columns.Actors), len(a.board.Columns.Claims), len(a.dispute.Claims),
		len(a.matrix.Shown.Rows) * len(a.matrix.Shown.Columns), len(a.timeline.Shown.Lanes), len(a.claims.Drawing.Map.Nodes), len(a.page.Items)}
}

func TestOneFilterNarrowsAllScreens(t *testing.T) {
	d := harbourDesk(t)
	safety := d.tag("safety", d.claimRef(unsafe), d.claimRef(flawed))
	official := d.tag("official", d.actorRef("Ministry"))
	summer := d.Collection("Summer", "")
	if err := d.Collect(t.Context(), summer.ID, true, d.row("The union answers").ID); err != nil {
		t.Fatal(err)
	}
	d.edit("Inspectorate", func(a *app.Actor) { a.PartOf = d.who("Ministry") })
	all, side := d.screens(), d.session.Side()
	whole := all.sizes()
	if want := (sizes{6, 6, 6, 5 * 4, 5, 5, 6}); whole != want {
		t.Errorf("of everything the screens show %+v, want %+v", whole, want)
	}
	for _, tt := range []struct {
		what  string
		scope app.Scope
		names []string // of topic, tag, collection, actor
		want  sizes
		said  []string // by the timeline's lanes
	}{
		{"a topic", app.Scope{Topic: safety}, []string{"safety", "", "", ""}, sizes{4, 2, 2, 4 * 2, 4, 2, 4},
			[]string{"Port Company", "Ministry", "Residents", "Union"}},
		{"a tag", app.Scope{Tag: official}, []string{"", "official", "", ""}, sizes{1, 2, 2, 1, 1, 2, 1}, []string{"Ministry"}},
		{"a collection", app.Scope{Collection: summer.ID}, []string{"", "", "Summer", ""}, sizes{3, 5, 5, 2 * 2, 2, 5, 3},
			[]string{"Union", "Inspectorate"}},
		{"an actor with its parts", app.Scope{Actor: d.who("Ministry")}, []string{"", "", "", "Ministry"}, sizes{2, 4, 4, 2 * 2, 2, 4, 2},
			[]string{"Inspectorate", "Ministry"}},
		{"a time", app.Scope{From: "2024-06", To: "2024-06"}, []string{"", "", "", ""}, sizes{3, 5, 5, 2 * 2, 2, 5, 3},
			[]string{"Union", "Inspectorate"}},
		{"parts as their wholes", app.Scope{Wholes: true}, []string{"", "", "", ""}, sizes{6, 6, 6, 4 * 4, 4, 5, 6},
			[]string{"Port Company", "Ministry", "Residents", "Union"}},
	} {
		side.Choose(func(s *app.Scope) { *s = tt.scope })
		d.fine()
		if got := all.sizes(); got != tt.want {
			t.Errorf("of %s the screens show %+v, want %+v", tt.what, got, tt.want)
		}
		same(t, tt.what, []string{side.TopicName(), side.TagName(), side.CollectionName(), side.ActorName()}, tt.names)
		lanes := laneNames(all.timeline)
		slices.Sort(lanes)
		slices.Sort(tt.said)
		same(t, "who speaks in "+tt.what, lanes, tt.said)
		missing := 0
		for _, g := range all.gaps.Shown {
			if g.Claim != "" && !slices.Contains(all.dispute.Claims, g.Claim) {
				missing++
			}
		}
		if missing > 0 {
			t.Errorf("of %s the gaps are of %d claims that are left out", tt.what, missing)
		}
	}
	side.Choose(func(s *app.Scope) { *s = app.Scope{} })
	if got := all.sizes(); got != whole {
		t.Errorf("without a filter the screens show %+v, want %+v", got, whole)
	}
	redrawn := 0
	side.OnChange(func() { redrawn++ })
	side.Choose(func(*app.Scope) {})
	if redrawn != 0 {
		t.Error("a filter that stays is read again")
	}
}

func TestAScreenAtRestCatchesUp(t *testing.T) {
	d := harbourDesk(t)
	all := d.screens()
	before := all.sizes()
	all.matrix.Rest()
	all.timeline.Rest()
	d.Statement("Press", app.Questions, unsafe)
	if got := all.sizes(); got.cells != before.cells || got.claims != before.claims || all.dispute.Shown.Rows[2].Name != "Press" {
		t.Errorf("the screens show %+v, and the dispute %+v", got, all.dispute.Shown.Rows)
	}
	all.matrix.Load()
	if got := all.sizes(); got.cells != before.cells+4 {
		t.Errorf("in front again the matrix has %d cells, want %d", got.cells, before.cells+4)
	}
	d.fine()
}

func TestViewsAreSavedOpenedAndDeleted(t *testing.T) {
	d := harbourDesk(t)
	all, side := d.screens(), d.session.Side()
	views := func() []string {
		var out []string
		for _, v := range side.Views {
			out = append(out, v.Name+" of the "+v.Screen)
		}
		return out
	}
	side.Choose(func(s *app.Scope) { s.Actor, s.From = d.who("Port Company"), "2024-06" })
	narrow := all.sizes()
	side.SaveView("The company gives in", "matrix")
	side.Choose(func(s *app.Scope) { *s = app.Scope{To: "2024-05"} })
	side.SaveView("May", "timeline")
	same(t, "saved", views(), []string{"May of the timeline", "The company gives in of the matrix"})
	same(t, "said", d.said, []string{"View “The company gives in” saved", "View “May” saved"})

	open := func(name string) {
		for _, v := range side.Views {
			if v.Name == name {
				side.Choose(func(s *app.Scope) { *s = v.Scope })
			}
		}
	}
	open("The company gives in")
	if got := all.sizes(); got != narrow || side.ActorName() != "Port Company" || side.Scope.From != "2024-06" {
		t.Errorf("opened, the screens show %+v of %q, want %+v", got, side.ActorName(), narrow)
	}

	// Saving under the same name is what changes a view.
	side.Choose(func(s *app.Scope) { s.From = "" })
	side.SaveView("the company GIVES in", "dispute")
	same(t, "saved again", views(), []string{"May of the timeline", "the company GIVES in of the dispute"})
	side.Choose(func(s *app.Scope) { *s = app.Scope{} })
	open("the company GIVES in")
	if side.Scope != (app.Scope{Actor: d.who("Port Company")}) {
		t.Errorf("the view saved again is of %+v", side.Scope)
	}

	side.TrashView(side.Views[0].ID)
	same(t, "without May", views(), []string{"the company GIVES in of the dispute"})
	d.window.Undo()
	same(t, "undone", views(), []string{"May of the timeline", "the company GIVES in of the dispute"})
	d.fine()
	side.SaveView(" ", "matrix")
	d.refused("needs a name")
	side.SaveView("Library", "library")
	d.refused("no screen")

	d.Reopen() // the next start has them too
	d = openDesk(t, d.Notebook, viewmodel.Inline)
	d.session.Side().Load()
	if len(d.session.Side().Views) != 2 {
		t.Errorf("after a new start there are %d views", len(d.session.Side().Views))
	}
}

func TestEvidenceIsReadOnce(t *testing.T) {
	reads := 0
	d := harbourOn(t, counter(&reads))
	d.Note("# Seen in person", d.claimRef(unsafe))
	d.board.Load()
	side, came := d.session.Side(), 0
	side.OnEvidence(func() { came++ })
	draw := func() (quotes, notes int) {
		for _, id := range d.board.Columns.Claims {
			card := d.board.ClaimCard(id)
			notes += len(card.Notes)
			for _, s := range card.Statements {
				if s.Passage != nil {
					quotes++
				}
			}
		}
		reads = 0
		side.Fetch()
		return quotes, notes
	}
	if quotes, notes := draw(); quotes != 0 || notes != 0 || reads != 1 || came != 1 {
		t.Errorf("at first there are %d quotes and %d notes; read %d times, came %d times", quotes, notes, reads, came)
	}
	for range 3 {
		if quotes, notes := draw(); quotes != 8 || notes != 1 || reads != 0 || came != 1 {
			t.Errorf("then there are %d quotes and %d notes; read %d times more, came %d times", quotes, notes, reads, came)
		}
	}

	for _, want := range []int{1, 0} { // what is not there is asked for once, too
		side.Passage("nowhere")
		reads = 0
		if side.Fetch(); reads != want {
			t.Errorf("what is not there is read %d times, want %d", reads, want)
		}
	}

	// What is written anew is read anew, and only then.
	d.tag("seen", d.claimRef(political))
	draw()
	if quotes, _ := draw(); quotes != 8 || reads != 0 {
		t.Errorf("after a tag there are %d quotes", quotes)
	}
	d.Statement("Press", app.Questions, unsafe)
	if quotes, _ := draw(); quotes != 8 || reads != 0 {
		t.Errorf("a statement without a passage makes %d quotes, read %d times", quotes, reads)
	}
	d.Note("# Seen again", d.claimRef(unsafe))
	draw()
	if _, notes := draw(); notes != 2 {
		t.Errorf("with a second note there are %d", notes)
	}
	// A merge brings the notes of the one along.
	if _, err := d.MergeClaims(t.Context(), political, unsafe); err != nil {
		t.Fatal(err)
	}
	draw()
	if card := d.board.ClaimCard(d.claim(political)); len(card.Notes) != 2 {
		t.Errorf("the merged claim has %d notes, want 2", len(card.Notes))
	}
	d.fine()
}

func TestEvidenceAskedForWhileItIsReadComesToo(t *testing.T) {
	l := &later{}
	d := harbourOn(t, l.loop())
	l.all()
	d.board.Load()
	l.all()
	side := d.session.Side()
	var passages []app.AnnotationID
	for _, s := range side.Discourse.Statements[:4] {
		passages = append(passages, s.Passage)
	}
	side.Passage(passages[0])
	side.Fetch()
	side.Passage(passages[1])
	side.Fetch() // the first one is still being read
	l.run(1)
	l.run(0) // it comes too late
	side.Passage(passages[2])
	side.Fetch()
	side.Passage(passages[3])
	l.run(0)
	side.Fetch()
	l.run(0)
	for _, id := range passages {
		if p := side.Passage(id); p == nil || p.ID != id {
			t.Errorf("the passage %s is %v", id, p)
		}
	}
	side.Fetch()
	if len(l.work) != 0 {
		t.Error("what is there is read again")
	}
	d.fine()
}

// The filter leaves less than is shown, and nothing is worked out anew yet: what
// is drawn meanwhile is what was there.
func TestScreensCanBeReadWhileTheFilterChanges(t *testing.T) {
	l := &later{}
	d := harbourOn(t, l.loop())
	all := d.screens()
	l.all()
	d.choose(all.matrix, "Residents", unsafe)
	all.claims.Choose(node(t, all.claims, unsafe))
	all.gaps.Choose(app.GapTurn)
	turn := all.gaps.Shown[0]
	d.session.Side().Choose(func(s *app.Scope) { s.To = "2024-05" })
	l.run(0)

	residents := []string{"2024-09-20 Residents supports " + unsafe}
	same(t, "in the matrix", told(all.matrix, all.matrix.Statements()), residents)
	same(t, "on the map", told(all.claims, all.claims.Statements())[3:], residents)
	if s, ok := all.gaps.Statement(turn); !ok || s.Stance != app.Asserts {
		t.Errorf("the turn is %+v", s)
	}
	l.all()
	same(t, "in the matrix of May", told(all.matrix, all.matrix.Statements()), []string{
		"2024-05-02 Ministry asserts " + unsafe, "2024-05-02 Port Company denies " + unsafe}) // the column is left
	if all.gaps.Count[app.GapTurn] != 0 || len(all.claims.Statements()) != 2 {
		t.Errorf("in May there are %v", all.gaps.Count)
	}
	d.fine()
}

// Another program, as the command line, writes into the same notebook.
func TestWhatAnotherProgramWritesArrives(t *testing.T) {
	l := newScreenLoop()
	d := harbourOn(t, l.loop())
	all := d.screens()
	l.wait()
	var watching sync.WaitGroup
	ctx, stop := context.WithCancel(t.Context())
	watching.Go(func() { d.Watch(ctx, time.Millisecond, func(err error) { t.Error(err) }) })
	defer watching.Wait()
	defer stop()

	other := d.Again()
	other.Statement("Harbour pilots", app.Supports, unsafe)
	other.Relate("Pilots know the water", app.RelationSupports, unsafe)
	arrived := func() bool {
		return len(all.dispute.Shown.Others) == 1 && slices.ContainsFunc(all.matrix.Shown.Rows, func(r app.MatrixRow) bool { return r.Name == "Harbour pilots" })
	}
	for !arrived() {
		select {
		case fn := <-l.ui:
			fn()
		case <-time.After(5 * time.Minute):
			t.Fatal("it never arrived")
		}
	}
	stop()
	watching.Wait()
	l.wait()
	if got, want := all.sizes(), (sizes{7, 7, 7, 6 * 4, 5, 6, 7}); got != want {
		t.Errorf("the screens show %+v, want %+v", got, want)
	}
	d.fine()
}

// What is recorded while the screens open for the first time is not lost.
func TestAChangeDuringTheFirstReadingIsSeen(t *testing.T) {
	nb := harbour(t)
	var ui []func() // the work is done, and its result waits for the screen
	loop := viewmodel.Loop{Work: func(fn func()) { fn() }, UI: func(fn func()) { ui = append(ui, fn) }}
	side := (&viewmodel.Session{Notebook: nb.Notebook, Loop: loop, Fail: func(err error) { t.Error(err) }}).Side()
	side.Load()
	nb.Statement("Press", app.Questions, unsafe)
	side.Changed(app.Changes{Refs: []app.Ref{{Kind: app.KindStatement}}}) // before the first result
	for len(ui) > 0 {
		fn := ui[0]
		ui = ui[1:]
		fn()
	}
	if got := len(side.Discourse.Statements); got != 10 {
		t.Errorf("%d statements, want 10", got)
	}
}
