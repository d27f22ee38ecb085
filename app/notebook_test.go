package app_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

func TestEverythingIsThereAfterARestart(t *testing.T) {
	nb := dispute(t)
	rows, board := nb.Rows(), nb.Board()
	before, err := nb.Info(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	nb.Reopen()
	if nb.Rows() != rows || !reflect.DeepEqual(nb.Board(), board) {
		t.Error("another notebook")
	}
	after, err := nb.Info(t.Context())
	if err != nil || after.UUID != before.UUID || !reflect.DeepEqual(after.Counts, before.Counts) || after.Folder != nb.Folder {
		t.Errorf("info %+v, before %+v, %v", after, before, err)
	}
	if found := nb.Find("flawed inspection"); len(found) != 4 { // article, mark, claim, statement
		t.Errorf("found %q", found)
	}
	if label := nb.Undo(); label != "“Nobody asked the union” restates “The workers were ignored”" {
		t.Errorf("undone %q", label)
	}
}

// heard gathers what a subscriber is told, for other goroutines to read.
type heard struct {
	mu  sync.Mutex
	all []app.Changes
	new chan struct{}
}

func listen(nb *apptest.Notebook) (*heard, func()) {
	h := &heard{new: make(chan struct{}, 1)}
	return h, nb.Subscribe(func(c app.Changes) {
		h.mu.Lock()
		h.all = append(h.all, c)
		h.mu.Unlock()
		select {
		case h.new <- struct{}{}:
		default:
		}
	})
}

func (h *heard) take() []app.Changes {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := h.all
	h.all = nil
	return all
}

func TestSubscribersHearWhatChanged(t *testing.T) {
	nb := apptest.New(t)
	h, cancel := listen(nb)
	a := nb.Actor("Company")
	told := h.take()
	if len(told) != 1 || !slices.Equal(told[0].Refs, []app.Ref{app.RefTo(app.KindActor, a.ID)}) || told[0].Label != "Add actor Company" {
		t.Fatalf("told %+v", told)
	}
	if !told[0].Touches(app.KindClaim, app.KindActor) || told[0].Touches(app.KindClaim) {
		t.Errorf("touches: %+v", told[0])
	}
	nb.Undo()
	if told := h.take(); len(told) != 1 || told[0].Refs[0].ID != string(a.ID) || told[0].Label != "Add actor Company" {
		t.Errorf("of the undo: %+v", told)
	}
	nb.Redo()
	if told := h.take(); len(told) != 1 {
		t.Errorf("of the redo: %+v", told)
	}
	_, err := nb.AddActor(t.Context(), app.Actor{Name: "company"}, "")
	if told := h.take(); err == nil || len(told) != 0 {
		t.Errorf("of what was refused: %+v", told)
	}
	cancel()
	if nb.Actor("Union"); len(h.take()) != 0 {
		t.Error("told after it was cancelled")
	}
}

// Two processes work on one notebook: each is told what the other changes, and
// finds it.
func TestWatchTellsOfAnotherProcess(t *testing.T) {
	mine := apptest.New(t)
	theirs := mine.Again()
	ctx, stop := context.WithCancel(t.Context())
	var watching sync.WaitGroup
	watching.Go(func() { mine.Watch(ctx, time.Millisecond, func(err error) { t.Error(err) }) })
	defer watching.Wait()
	defer stop()
	h, cancel := listen(mine)
	defer cancel()

	own := mine.Actor("Company")
	other := theirs.Actor("Union")
	want := map[string]bool{string(own.ID): true, string(other.ID): true}
	for len(want) > 0 {
		select {
		case <-h.new:
			for _, c := range h.take() {
				for _, ref := range c.Refs {
					delete(want, ref.ID)
				}
			}
		case <-time.After(5 * time.Minute):
			t.Fatalf("not told of %v", want)
		}
	}
	for _, nb := range []*apptest.Notebook{mine, theirs} {
		if found := nb.Find("union"); !slices.Equal(found, []string{"actor: Union"}) {
			t.Errorf("found %q", found)
		}
	}
}

func TestBackups(t *testing.T) {
	nb := apptest.New(t)
	nb.Actor("Company")
	made, err := nb.Backup(t.Context(), app.BackupOptions{}, app.NoProgress{})
	if err != nil {
		t.Fatal(err)
	}
	path := made.Path
	info, err := nb.Info(t.Context())
	if err != nil || !slices.Equal(info.Backups, []string{path}) || filepath.Dir(path) != filepath.Join(nb.Folder, "backups") {
		t.Errorf("backups %q, made %q, %v", info.Backups, path, err)
	}
	// A backup is a whole notebook: put into a folder it opens with everything.
	copied := filepath.Join(t.TempDir(), "notebook.db")
	data, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(copied, data, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	restored := apptest.Open(t, filepath.Dir(copied))
	if restored.Rows() != nb.Rows() {
		t.Error("the backup has other rows")
	}
}

func TestKeepBackups(t *testing.T) {
	nb := apptest.New(t)
	nb.Actor("Company")
	ctx, stop := context.WithCancel(t.Context())
	var keeping sync.WaitGroup
	keeping.Go(func() { nb.KeepBackups(ctx, time.Hour, func(err error) { t.Error(err) }) })
	for i := range 10 { // meanwhile the user works
		nb.Actor("Actor " + string(rune('a'+i)))
	}
	for made := 0; made == 0; {
		info, err := nb.Info(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		made = len(info.Backups)
	}
	stop()
	keeping.Wait()
}

func TestCheckFindsAChangedOriginal(t *testing.T) {
	nb := dispute(t)
	wholesome(t, nb)
	var original string
	err := filepath.WalkDir(filepath.Join(nb.Folder, "originals"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			original = path
		}
		return err
	})
	if err != nil || original == "" {
		t.Fatal(err)
	}
	data, err := os.ReadFile(original)
	if err != nil {
		t.Fatal(err)
	}
	for name, harm := range map[string]func() error{
		"changed since it was imported": func() error { return os.WriteFile(original, append(data, '!'), 0o600) },
		"is missing":                    func() error { return os.Remove(original) },
	} {
		if err := harm(); err != nil {
			t.Fatal(err)
		}
		found, err := nb.Check(t.Context(), app.NoProgress{})
		if err != nil {
			t.Fatal(err)
		}
		bad := slices.DeleteFunc(found, func(f app.Finding) bool { return f.OK })
		if len(bad) != 1 || bad[0].Part != "originals" || !strings.Contains(bad[0].Text, filepath.Base(original)) ||
			(!strings.Contains(bad[0].Text, name) && !strings.Contains(bad[0].Text, "the file "+name)) {
			t.Errorf("%s: found %+v", name, bad)
		}
		if err := os.WriteFile(original, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	wholesome(t, nb)
}

func TestSearchShowsWhereThingsStand(t *testing.T) {
	nb := dispute(t)
	ctx := t.Context()
	nb.Note("# Inspections\n\nWho inspects the inspectors?")
	if err := nb.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	if s := nb.IndexStatus(); s.Building || s.Behind != 0 || s.Err != nil {
		t.Errorf("status %+v", s)
	}
	kinds := map[app.Kind]app.Found{}
	found, err := nb.Search(ctx, app.SearchQuery{Text: "inspection"})
	if err != nil || int(found.Total) != len(found.Found) {
		t.Fatalf("%d found of %d, %v", len(found.Found), found.Total, err)
	}
	for _, f := range found.Found {
		kinds[f.Kind] = f
	}
	text := apptest.Read(nb, func(r app.Reader) (app.Text, error) {
		all, err := r.Articles(app.ArticleQuery{})
		if err != nil {
			return app.Text{}, err
		}
		return r.Text(all[0].Text)
	}).Plain
	at := app.Occurrences(text, "One flawed inspection")[0]
	for kind, want := range map[app.Kind]app.Found{
		app.KindAnnotation: {Title: "One flawed inspection is all there is", ArticleTitle: "The quay", At: at},
		app.KindStatement:  {Title: "Company asserts: The closure rests on one flawed inspection", ArticleTitle: "The quay", At: at},
		app.KindClaim:      {Title: "The closure rests on one flawed inspection"},
		app.KindNote:       {Title: "Inspections"},
		app.KindArticle:    {Title: "The quay", ArticleTitle: "The quay"},
	} {
		got := kinds[kind]
		if got.Title != want.Title || got.ArticleTitle != want.ArticleTitle || got.At != want.At || len(got.Snippets) == 0 || len(got.Snippets[0].Marks) == 0 {
			t.Errorf("%s: %+v, want %+v", kind, got, want)
		}
	}
	only, err := nb.Search(ctx, app.SearchQuery{Text: "company", Kinds: []app.Kind{app.KindActor}})
	if err != nil || len(only.Found) != 1 || only.Found[0].Title != "Company" {
		t.Errorf("actors only: %+v, %v", only, err)
	}
	if typed, err := nb.Search(ctx, app.SearchQuery{Text: "compa", Typing: true, Limit: 2}); err != nil || len(typed.Found) != 2 {
		t.Errorf("while typing: %+v, %v", typed, err)
	}
	if err := nb.RebuildIndex(ctx, app.NoProgress{}); err != nil {
		t.Fatal(err)
	}
	if again, err := nb.Search(ctx, app.SearchQuery{Text: "inspection"}); err != nil || len(again.Found) != len(found.Found) {
		t.Errorf("after a rebuild: %d of %d, %v", len(again.Found), len(found.Found), err)
	}
}

func TestAClosedNotebookSaysSo(t *testing.T) {
	nb := apptest.New(t)
	closed := nb.Notebook
	nb.Reopen()
	if _, err := closed.AddClaim(t.Context(), "Too late"); err == nil {
		t.Error("written after the end")
	}
	if err := closed.View(t.Context(), func(app.Reader) error { return nil }); err == nil {
		t.Error("read after the end")
	}
}

func TestCancelledWorkIsNotKept(t *testing.T) {
	nb := apptest.New(t)
	rows := nb.Rows()
	ctx, cancel := context.WithCancel(t.Context())
	_, err := nb.Update(ctx, app.Op{Name: "x"}, func(tx app.Tx) error {
		if err := tx.PutClaim(app.Claim{ID: app.NewID[app.ClaimID](), Text: "Half done"}); err != nil {
			return err
		}
		cancel()
		return tx.PutClaim(app.Claim{ID: app.NewID[app.ClaimID](), Text: "Not done"})
	})
	if !errors.Is(err, context.Canceled) || nb.Rows() != rows {
		t.Errorf("cancelled: %v\n%s", err, nb.Rows())
	}
	nb.Claim("Done after all")
}
