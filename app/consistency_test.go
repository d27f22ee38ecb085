package app_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// researcher does whatever comes to mind, in any order.
type researcher struct {
	*apptest.Notebook
	t        *testing.T
	r        *rand.Rand
	articles []app.Article
	made     int
}

// A researcher who records, edits, merges, splits, trashes, undoes and redoes in
// any order always sees what a new start of the program would show, on every
// screen, and undoing it all brings back every row.
func TestScreensFollowWhateverIsDone(t *testing.T) {
	for seed := range app.Rounds(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			nb := apptest.New(t)
			m := &researcher{Notebook: nb, t: t, r: rand.New(rand.NewPCG(seed, 7))}
			for i := range 3 {
				m.articles = append(m.articles, nb.ImportDated(app.Date(fmt.Sprintf("2025-0%d-11", i+1)), fmt.Sprintf("Report %d", i),
					"“The quay is unsafe,” said one.", "“It is not,” said another.", "A third declined to comment."))
			}
			begun := nb.Rows()
			var done []string
			for range 120 {
				what := m.act()
				done = append(done, what)
				if diff := m.difference(); diff != "" {
					t.Fatalf("after %s:\n%s", strings.Join(done[max(0, len(done)-6):], "\n"), diff)
				}
			}
			for {
				if _, err := nb.Notebook.Undo(t.Context()); errors.Is(err, app.ErrNothing) {
					break
				} else if err != nil {
					t.Fatal(err)
				}
				if begun == nb.Rows() {
					return
				}
			}
			t.Errorf("undoing everything leaves\n%s\nwant\n%s", nb.Rows(), begun)
		})
	}
}

// pick is one of some; false when there are none.
func pick[T any](m *researcher, all []T) (T, bool) {
	var none T
	if len(all) == 0 {
		return none, false
	}
	return all[m.r.IntN(len(all))], true
}

func (m *researcher) discourse() *app.Discourse {
	d, err := m.Discourse(m.t.Context())
	if err != nil {
		m.t.Fatal(err)
	}
	return d
}

// act does something and says what.
func (m *researcher) act() string {
	d, ctx := m.discourse(), m.t.Context()
	actor, hasActor := pick(m, d.Actors)
	other, _ := pick(m, d.Actors)
	claim, hasClaim := pick(m, d.Claims)
	another, _ := pick(m, d.Claims)
	var err error
	what := ""
	try := func(format string, args ...any) { what = fmt.Sprintf(format, args...) }
	switch n := m.r.IntN(24); {
	case n < 5 || !hasActor || !hasClaim:
		what, err = m.state()
	case n < 7:
		kind := app.RelationKinds[m.r.IntN(len(app.RelationKinds))]
		third, _ := pick(m, d.Claims)
		try("relate %s %s %s with %s", claim.Text, kind, another.Text, third.Text)
		_, err = m.Notebook.Notebook.Relate(ctx, app.RelationDraft{From: string(claim.ID), Kind: kind, To: string(another.ID), With: []string{string(third.ID)},
			Strength: app.Strengths[m.r.IntN(3)]})
	case n == 7:
		try("rename %s", actor.Name)
		_, err = m.EditActor(ctx, actor.ID, func(a *app.Actor) { a.Name = m.name("Actor"); a.PartOf = other.ID })
	case n == 8:
		try("reword %s", claim.Text)
		_, err = m.EditClaim(ctx, claim.ID, m.name("Claim"))
	case n == 9:
		try("merge %s into %s", other.Name, actor.Name)
		_, err = m.MergeActors(ctx, string(actor.ID), string(other.ID))
	case n == 10:
		try("merge %s into %s", another.Text, claim.Text)
		_, err = m.MergeClaims(ctx, string(claim.ID), string(another.ID))
	case n == 11:
		what, err = m.split(app.RefTo(app.KindActor, actor.ID))
	case n == 12:
		what, err = m.split(app.RefTo(app.KindClaim, claim.ID))
	case n == 13:
		what, err = m.trash(d)
	case n == 14:
		what, err = m.untrash()
	case n == 15:
		try("story of %s", m.articles[1].Title)
		_, err = m.JoinStory(ctx, m.articles[0].ID, m.articles[m.r.IntN(2)+1].ID)
	case n == 16:
		if s, ok := pick(m, d.Statements); ok {
			try("restate %s", s.ID)
			_, err = m.EditStatement(ctx, s.ID, func(s *app.Statement) {
				s.Stance = app.Stances[m.r.IntN(len(app.Stances))]
				s.Date = app.Date(fmt.Sprintf("2025-0%d", m.r.IntN(9)+1))
			})
		}
	case n == 17:
		if s, ok := pick(m, d.Statements); ok {
			try("move %s to %s", s.ID, claim.Text)
			err = m.MoveStatements(ctx, string(actor.ID), string(claim.ID), false, s.ID)
		}
	case n == 18:
		if x, ok := pick(m, d.Relations); ok {
			try("edit relation %s", x.ID)
			_, err = m.EditRelation(ctx, x.ID, func(x *app.Relation) { x.Strength, x.With = app.Strong, nil })
		}
	case n < 22:
		try("undo")
		_, err = m.Notebook.Notebook.Undo(ctx)
	default:
		try("redo")
		_, err = m.Notebook.Notebook.Redo(ctx)
	}
	for _, refused := range []error{app.ErrInvalid, app.ErrExists, app.ErrNotFound, app.ErrNothing, app.ErrAmbiguous} {
		if errors.Is(err, refused) {
			return what + ": " + err.Error()
		}
	}
	if err != nil {
		m.t.Fatalf("%s: %v", what, err)
	}
	return what
}

func (m *researcher) name(kind string) string {
	m.made++
	return fmt.Sprintf("%s %d", kind, m.made)
}

// state records a statement, mostly of somebody known on something known.
func (m *researcher) state() (string, error) {
	d := m.discourse()
	draft := app.StatementDraft{Actor: m.name("Actor"), Claim: m.name("Claim"), Stance: app.Stances[m.r.IntN(len(app.Stances))], Create: true}
	if a, ok := pick(m, d.Actors); ok && m.r.IntN(3) > 0 {
		draft.Actor = string(a.ID)
	}
	if c, ok := pick(m, d.Claims); ok && m.r.IntN(3) > 0 {
		draft.Claim = string(c.ID)
	}
	if a, ok := pick(m, d.Actors); ok && m.r.IntN(4) == 0 {
		draft.ReportedBy = string(a.ID)
	}
	if m.r.IntN(3) > 0 {
		quotes := []string{"The quay is unsafe", "It is not", "declined to comment"}
		spot := apptest.In(m.articles[m.r.IntN(3)], quotes[m.r.IntN(3)])
		draft.Passage = &spot
	}
	_, err := m.AddStatement(m.t.Context(), draft)
	return fmt.Sprintf("%s %s %s", draft.Actor, draft.Stance, draft.Claim), err
}

func (m *researcher) split(kept app.Ref) (string, error) {
	refs, names, err := m.MergedInto(m.t.Context(), kept)
	if err != nil {
		return "", err
	}
	if len(refs) == 0 {
		return "nothing to split", nil
	}
	i := m.r.IntN(len(refs))
	return "split off " + names[i], m.SplitMerged(m.t.Context(), refs[i])
}

func (m *researcher) trash(d *app.Discourse) (string, error) {
	var refs []app.Ref
	for _, a := range d.Actors {
		refs = append(refs, app.RefTo(app.KindActor, a.ID))
	}
	for _, c := range d.Claims {
		refs = append(refs, app.RefTo(app.KindClaim, c.ID))
	}
	for _, s := range d.Statements {
		refs = append(refs, app.RefTo(app.KindStatement, s.ID))
		if s.Passage != "" {
			refs = append(refs, app.RefTo(app.KindAnnotation, s.Passage))
		}
	}
	ref, _ := pick(m, refs)
	_, err := m.Notebook.Notebook.Trash(m.t.Context(), ref)
	return "trash " + ref.String(), err
}

func (m *researcher) untrash() (string, error) {
	rows := apptest.Read(m.Notebook, func(r app.Reader) ([]app.TrashRow, error) { return r.Trash() })
	row, ok := pick(m, rows)
	if !ok {
		return "an empty trash", nil
	}
	_, err := m.Notebook.Notebook.Restore(m.t.Context(), row.Ref)
	return "restore " + row.String(), err
}

// difference is the first screen that shows other things than a new start would;
// "" when there is none.
func (m *researcher) difference() string {
	kept := m.discourse()
	fresh, err := m.FreshDiscourse(m.t.Context())
	if err != nil {
		m.t.Fatal(err)
	}
	got, want := screensOf(kept), screensOf(fresh)
	for i := range want {
		if got[i] != want[i] {
			return fmt.Sprintf("shown\n%s\nfrom scratch\n%s", got[i], want[i])
		}
	}
	return ""
}

// screensOf writes down what every screen shows.
func screensOf(d *app.Discourse) []string {
	var out []string
	add := func(name string, v any) { out = append(out, fmt.Sprintf("%s: %+v", name, v)) }
	add("board", d.Columns("", ""))
	add("gaps", d.Gaps())
	add("by actor", d.Timeline(false))
	add("by claim", d.Timeline(true))
	add("map", d.ClaimMap(app.MapOptions{Actors: true}))
	for _, o := range app.MatrixOrders {
		matrix := d.Matrix(app.MatrixOptions{Order: o, Group: app.GroupPartOf})
		add("matrix", []any{matrix.Rows, matrix.Columns, matrix.Total, matrix.Days})
		for _, row := range matrix.Rows {
			for _, column := range matrix.Columns {
				add("cell", matrix.Cell(row.Actor, column.Claim))
			}
		}
	}
	for _, a := range d.Actors {
		add("actor card", d.ActorCard(a.ID))
		add("board of "+a.Name, d.Columns(a.ID, ""))
		page := d.ActorPageOf(a)
		if page.Whole != nil {
			add("whole", *page.Whole)
			page.Whole = nil
		}
		add("page", *page)
	}
	for _, c := range d.Claims {
		add("claim card", d.ClaimCard(c.ID, ""))
		add("board of "+c.Text, d.Columns("", c.ID))
		add("dispute", d.DisputeOf(c.ID, map[app.ClaimID]bool{c.ID: true}))
		add("page", *d.ClaimPageOf(c))
	}
	return out
}
