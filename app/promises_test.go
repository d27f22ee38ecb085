package app_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// What another process changes between two changes of one's own is told once Watch
// looks: one's own second change does not pass over it.
func TestChangesOfOthersBetweenOnesOwnAreTold(t *testing.T) {
	nb := apptest.New(t)
	other := nb.Again()
	nb.Actor("Mine")
	theirs := app.RefTo(app.KindActor, other.Actor("Theirs").ID)
	nb.Actor("Mine too")
	told := make(chan app.Changes, 100)
	defer nb.Subscribe(func(c app.Changes) { told <- c })()
	last := app.RefTo(app.KindActor, other.Actor("The last").ID)
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	go nb.Watch(ctx, time.Millisecond, func(err error) { t.Error(err) })
	seen := false
	for c := range told {
		seen = seen || slices.Contains(c.Refs, theirs)
		if slices.Contains(c.Refs, last) {
			break
		}
	}
	if !seen {
		t.Error("the other's change was not told")
	}
}

// What a commit of an import that failed at its last moment did is not counted.
func TestAFailedCommitOfAnImportCountsNothing(t *testing.T) {
	nb := apptest.New(t)
	first, second := app.CommitImportTwice(t.Context(), nb.Notebook,
		apptest.WriteFile(t, "a.md", "# One\n\nText one."), apptest.WriteFile(t, "b.md", "# Two\n\nText two."))
	if !errors.Is(first, app.ErrDiskFull) || second != nil {
		t.Fatalf("first %v, then %v", first, second)
	}
	if label := nb.Undo(); label != "Import “Two”" {
		t.Errorf("the history says %q", label)
	}
}
