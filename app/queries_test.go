package app_test

import (
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/mattn/go-sqlite3"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

// queries counts the queries that SQLite is given, by what they read, from when
// it was made to the end of the test. A query that runs again counts again: the
// store prepares none of them to be kept.
type queries struct {
	mu    sync.Mutex
	count int            // each SELECT, those inside another too
	reads map[string]int // columns by their tables: which of them grow
}

// countQueries watches the connections of every notebook that is opened from now
// on. SQLite asks the authorizer what a statement may do when it reads it.
func countQueries(t *testing.T) *queries {
	t.Helper()
	db, err := sql.Open("sqlite3_notebook", "")
	if err != nil {
		t.Fatal(err)
	}
	driver := db.Driver().(*sqlite3.SQLiteDriver)
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	q := &queries{reads: map[string]int{}}
	connect := driver.ConnectHook
	driver.ConnectHook = func(c *sqlite3.SQLiteConn) error {
		c.RegisterAuthorizer(q.see)
		return connect(c)
	}
	t.Cleanup(func() { driver.ConnectHook = connect })
	return q
}

func (q *queries) see(action int, table, _, _ string) int {
	q.mu.Lock()
	defer q.mu.Unlock()
	switch action {
	case sqlite3.SQLITE_SELECT:
		q.count++
	case sqlite3.SQLITE_READ:
		q.reads[table]++
	}
	return sqlite3.SQLITE_OK
}

// of counts the queries of what is done. The indexer may look for changes at the
// same moment: it is done three times, and the least counts.
func (q *queries) of(do func()) (least int, reads map[string]int) {
	for range 3 {
		if n, columns := q.once(do); reads == nil || n < least {
			least, reads = n, columns
		}
	}
	return least, reads
}

func (q *queries) once(do func()) (int, map[string]int) {
	q.mu.Lock()
	q.count = 0
	clear(q.reads)
	q.mu.Unlock()
	do()
	q.mu.Lock()
	defer q.mu.Unlock()
	return q.count, maps.Clone(q.reads)
}

// crowd is a notebook with a dispute in which n actors speak on n claims, to one
// of which all speak; everything that hangs on things comes n times, too: notes
// with links, tags, names that were merged.
type crowd struct {
	*apptest.Notebook
	claim app.Claim
	actor app.Actor
	note  app.Note
}

func makeCrowd(t *testing.T, n int) crowd {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	nb := apptest.New(t)
	nb.Debate(apptest.Debate{Actors: 4 * n, Claims: 4 * n, Statements: 20 * n, Relations: 8 * n, Articles: 2 * n})
	d, err := nb.Discourse(t.Context())
	must(err)
	c := crowd{Notebook: nb}
	busiest, loudest := d.MostDisputed()[0], app.ActorID("")
	for _, a := range d.Actors {
		if len(d.Said(a.ID)) > len(d.Said(loudest)) {
			loudest = a.ID
		}
	}
	c.claim, _ = d.Claim(busiest)
	c.actor, _ = d.Actor(loudest)
	// Each other name in a link is looked up by itself: those stay the same.
	links := "[[" + d.Actors[0].Name + "]] [[" + d.Actors[1].Name + "]] [[nobody]]"
	for i := range n {
		_, err := nb.AddNote(t.Context(), fmt.Sprintf("# Remark %d\n\n%s", i, links), app.RefTo(app.KindClaim, busiest), app.RefTo(app.KindActor, loudest))
		must(err)
		must(nb.Tag(t.Context(), fmt.Sprintf("topic/%d", i), true, app.RefTo(app.KindClaim, busiest), app.RefTo(app.KindActor, loudest)))
		must(nb.Tag(t.Context(), fmt.Sprintf("topic/%d", i), true, app.RefTo(app.KindClaim, d.Claims[len(d.Claims)-1-i].ID)))
		other := nb.Actor(fmt.Sprintf("Former name %d", i))
		_, err = nb.MergeActors(t.Context(), string(loudest), string(other.ID))
		must(err)
	}
	c.note, err = nb.AddNote(t.Context(), "# All of them\n\n"+links)
	must(err)
	must(nb.Sync(t.Context()))
	return c
}

// screens opens every screen side by side, each in a window of its own, and draws
// its cards until all evidence is there.
func (c crowd) screens(t *testing.T) map[string]func() {
	session := func() *viewmodel.Session {
		return &viewmodel.Session{Notebook: c.Notebook.Notebook, Loop: viewmodel.Inline, Fail: func(err error) { t.Error(err) }, Say: func(string) {}}
	}
	statements := func(s *viewmodel.Session, card func(int) app.BoardStatement, all []int) {
		if len(all) == 0 {
			t.Error("nothing is said")
		}
		for _, i := range all {
			card(i)
		}
		s.Side().Fetch()
	}
	page := func(ref app.Ref) func() {
		return func() {
			s := session()
			v := viewmodel.NewPage(s)
			v.Open(ref)
			if v.Shown.Title == "" {
				t.Errorf("no page of %v", ref)
			}
			if ref.Kind != app.KindNote {
				statements(s, v.Statement, v.Statements())
			}
		}
	}
	return map[string]func(){
		"board": func() {
			v := viewmodel.NewBoard(session())
			v.Load()
			for _, id := range v.Columns.Actors {
				v.ActorCard(id)
			}
			for _, id := range v.Columns.Claims {
				v.ClaimCard(id)
			}
			for _, i := range v.Columns.Counterclaims {
				v.Counterclaim(i)
			}
			v.Fetch()
		},
		"dispute": func() {
			v := viewmodel.NewDispute(session())
			v.Load()
			if v.Claim != c.claim.ID || len(v.Speakers()) == 0 {
				t.Errorf("the dispute is of %q", v.Shown.Claim.Text)
			}
		},
		"matrix": func() {
			s := session()
			v := viewmodel.NewMatrix(s)
			v.Load()
			v.Set(func(o *app.MatrixOptions) { o.Group = app.GroupTag })
			v.Choose(0, -1)
			statements(s, v.Statement, v.Statements())
		},
		"timeline": func() {
			s := session()
			v := viewmodel.NewTimeline(s)
			v.Load()
			v.Choose(v.Shown.Lanes[0].Statements[0])
			statements(s, v.Statement, v.Around())
		},
		"map": func() {
			s := session()
			v := viewmodel.NewMap(s)
			v.Load()
			v.ShowActors(true)
			v.Choose(0)
			statements(s, v.Statement, v.Statements())
		},
		"gaps": func() {
			v := viewmodel.NewGaps(session())
			v.Load()
			if v.Total() == 0 {
				t.Error("nothing is missing")
			}
		},
		"page of an actor": page(app.RefTo(app.KindActor, c.actor.ID)),
		"page of a claim":  page(app.RefTo(app.KindClaim, c.claim.ID)),
		"page of a note":   page(app.RefTo(app.KindNote, c.note.ID)),
	}
}

// How many queries a screen side by side asks does not grow with what it shows.
func TestScreensAskTheSameQueriesHoweverMuchThereIs(t *testing.T) {
	q := countQueries(t)
	small, large := makeCrowd(t, 2), makeCrowd(t, 20)
	screens := small.screens(t)
	for _, name := range slices.Sorted(maps.Keys(screens)) {
		few, read := q.of(screens[name])
		many, readToo := q.of(large.screens(t)[name])
		t.Logf("%-17s %d queries", name, many)
		if few == 0 || few != many {
			t.Errorf("%s: %d queries in the small notebook, %d in one ten times as large", name, few, many)
			for table, n := range readToo {
				if n != read[table] {
					t.Errorf("  columns read of %s: %d, and %d", table, read[table], n)
				}
			}
		}
	}
}
