package app_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

func TestHistory(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	nb.Actor("Port Company")
	nb.Statement("Port Company", app.Denies, "The quay is unsafe")
	nb.Relate("The record is clean", app.RejectsSource, "The quay is unsafe")
	c := nb.Claim("Something")
	nb.Trash(app.RefTo(app.KindClaim, c.ID))
	labels := func(limit int) (out []string) {
		steps, err := nb.History(ctx, limit)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range steps {
			label := s.Label
			if s.Undone {
				label += " (undone)"
			}
			out = append(out, label)
		}
		return out
	}
	want := []string{"Move 1 claim to the trash", "Add claim “Something”", "“The record is clean” rejects the source of “The quay is unsafe”",
		"Record that Port Company denies “The quay is unsafe”", "Add actor Port Company"}
	if got := labels(0); !reflect.DeepEqual(got, want) {
		t.Errorf("history %q", got)
	}
	nb.Undo()
	if label := nb.Undo(); label != "Add claim “Something”" {
		t.Errorf("undone %q", label)
	}
	if got := labels(3); !reflect.DeepEqual(got, []string{want[0] + " (undone)", want[1] + " (undone)", want[2]}) {
		t.Errorf("undone: %q", got)
	}
	if label := nb.Redo(); label != want[1] {
		t.Errorf("redone %q", label)
	}
	// Doing something else drops what was undone.
	nb.Actor("Union")
	if got := labels(2); !reflect.DeepEqual(got, []string{"Add actor Union", want[1]}) {
		t.Errorf("after something else: %q", got)
	}
	if _, err := nb.Notebook.Redo(ctx); !errors.Is(err, app.ErrNothing) || app.Sentence(err) != "There is nothing to redo." {
		t.Errorf("redo: %v", err)
	}
	// What changes nothing is no step.
	rows := nb.Rows()
	if _, err := nb.EditClaim(ctx, apptest.Read(nb, func(r app.Reader) ([]app.Claim, error) { return r.Claims() })[0].ID, "The quay is unsafe"); err != nil {
		t.Fatal(err)
	}
	if got := labels(1); got[0] != "Add actor Union" || nb.Rows() != rows {
		t.Errorf("the same words again are a step: %q", got)
	}
}

// All the work undone leaves an empty notebook, and redone the same board and
// the same rows.
func TestUndoToTheEmptyNotebookAndBack(t *testing.T) {
	nb := apptest.New(t)
	empty := nb.Rows()
	fill(t, nb)
	rows, board := nb.Rows(), nb.Board()
	steps := 0
	for ; ; steps++ {
		if _, err := nb.Notebook.Undo(t.Context()); errors.Is(err, app.ErrNothing) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		if steps == 5 {
			nb.Reopen()
		}
	}
	if nb.Rows() != empty || steps < 10 {
		t.Fatalf("after %d steps back the notebook is not empty:\n%s", steps, nb.Rows())
	}
	if b := nb.Board(); len(b.Actors)+len(b.Claims)+len(b.Relations) != 0 {
		t.Errorf("board %+v", b)
	}
	wholesome(t, nb)
	for range steps {
		nb.Redo()
	}
	if nb.Rows() != rows {
		t.Error("other rows")
	}
	if !reflect.DeepEqual(nb.Board(), board) {
		t.Errorf("another board:\n%s\nwant\n%s", outlineOf(nb.Board()), outlineOf(board))
	}
	wholesome(t, nb)
}

// fill does one of everything.
func fill(t *testing.T, nb *apptest.Notebook) {
	t.Helper()
	ctx := t.Context()
	a := nb.ImportText("The quay", "“It is unsafe,” the ministry said. The company denied it.")
	b := nb.ImportText("The quay again", "“It is unsafe,” the ministry said.")
	mark := nb.Mark(a, "denied it", "denials/flat")
	nb.Statement("Ministry", app.Asserts, "The quay is unsafe", apptest.In(a, "It is unsafe"))
	nb.Statement("Min. of Transport", app.Asserts, "The quay is dangerous", apptest.In(b, "It is unsafe"))
	nb.Statement("Company", app.Denies, "The quay is unsafe", apptest.In(a, "denied it"))
	nb.Relate("The record is clean", app.Rebuts, "The quay is dangerous")
	c := nb.Collection("Harbour", "")
	inner := nb.Collection("Court", c.ID)
	nb.Note("[[Ministry]] again", app.RefTo(app.KindArticle, a.ID))
	_, story := nb.JoinStory(ctx, a.ID, b.ID)
	_, mergedActors := nb.MergeActors(ctx, "Ministry", "Min. of Transport")
	_, mergedClaims := nb.MergeClaims(ctx, "The quay is unsafe", "The quay is dangerous")
	_, edited := nb.EditArticle(ctx, a.ID, func(a *app.Article) { a.Published = "2024" })
	_, annotated := nb.EditAnnotation(ctx, mark.ID, func(a *app.Annotation) { a.Note = "flatly" })
	carried := update(t, nb, a, "Words before it.", "“It is unsafe,” the ministry said. The company denies it.")
	_, placed := nb.PlaceAnnotation(ctx, mark.ID, "", 0, 4)
	named := nb.NameColor(ctx, "pink", "denials")
	if carried.Version.Number != 2 || placed != nil || named != nil {
		t.Fatal(carried, placed, named)
	}
	if err := errors.Join(nb.Collect(ctx, inner.ID, true, a.ID, b.ID), story, mergedActors, mergedClaims, edited, annotated); err != nil {
		t.Fatal(err)
	}
	nb.Trash(app.RefTo(app.KindArticle, b.ID))
	if _, err := nb.EmptyTrash(ctx); err != nil {
		t.Fatal(err)
	}
	nb.Trash(app.RefTo(app.KindCollection, c.ID))
	nb.Restore(app.RefTo(app.KindCollection, inner.ID))
}

// Whatever is done in whatever order, an undo brings back every row as it was,
// a redo every row as it became, what was refused changes none; and whoever
// follows the change log holds what can be searched.
func TestRandomWorkUndone(t *testing.T) {
	for seed := range app.Rounds(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			nb := apptest.New(t)
			w := worker{Notebook: nb, t: t, rng: rand.New(rand.NewPCG(seed, 3))}
			index := newMirror(t, nb)
			states, at := []string{nb.Rows()}, 0
			for range 120 {
				var err error
				switch w.rng.IntN(10) {
				case 0, 1:
					_, err = nb.Notebook.Undo(t.Context())
					if (at == 0) != errors.Is(err, app.ErrNothing) || (at > 0 && err != nil) {
						t.Fatalf("undo at step %d: %v", at, err)
					}
					at = max(0, at-1)
				case 2:
					_, err = nb.Notebook.Redo(t.Context())
					if (at == len(states)-1) != errors.Is(err, app.ErrNothing) {
						t.Fatalf("redo at step %d of %d: %v", at, len(states)-1, err)
					}
					at = min(len(states)-1, at+1)
				default:
					what := w.act()
					if what.err != nil && (what.name == "empty" || strings.Contains(what.err.Error(), "constraint")) {
						t.Fatalf("%s: %v", what.name, what.err)
					}
					if now := nb.Rows(); now != states[at] {
						if what.err != nil {
							t.Fatalf("%s was refused (%v) and changed something", what.name, what.err)
						}
						at++
						states = append(states[:at], now)
					}
				}
				if now := nb.Rows(); now != states[at] {
					t.Fatalf("step %d has other rows than it had:\n%s\nwant:\n%s", at, now, states[at])
				}
				index.follow()
			}
			board := nb.Board()
			wholesome(t, nb)
			back := at
			for ; at > 0; at-- {
				nb.Undo()
			}
			if nb.Rows() != states[0] {
				t.Error("not empty")
			}
			for range back {
				nb.Redo()
			}
			if nb.Rows() != states[back] || !reflect.DeepEqual(nb.Board(), board) {
				t.Error("another notebook")
			}
			wholesome(t, nb)
		})
	}
}
