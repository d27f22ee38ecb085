package viewmodel_test

import (
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/sample"
	"rejoinder/app/viewmodel"
)

// desk is a notebook with all the screens of one window on it, which hear of
// every change as they do in the window.
type desk struct {
	*apptest.Notebook
	library *viewmodel.Library
	reader  *viewmodel.Reader
	board   *viewmodel.Board
	search  *viewmodel.Search
	window  *viewmodel.Window
	marks   *viewmodel.Annotations

	session *viewmodel.Session
	others  []interface{ Changed(app.Changes) } // opened later

	t      *testing.T
	failed []error
	said   []string
}

// newDesk opens an empty notebook; everything runs at once.
func newDesk(t *testing.T) *desk {
	t.Helper()
	return openDesk(t, apptest.New(t), viewmodel.Inline)
}

func openDesk(t *testing.T, nb *apptest.Notebook, loop viewmodel.Loop) *desk {
	t.Helper()
	d := &desk{Notebook: nb, t: t}
	s := &viewmodel.Session{Notebook: nb.Notebook, Loop: loop,
		Fail: func(err error) { d.failed = append(d.failed, err) },
		Say:  func(message string) { d.said = append(d.said, message) }}
	d.library, d.reader, d.board = viewmodel.NewLibrary(s), viewmodel.NewReader(s), viewmodel.NewBoard(s)
	d.search, d.window, d.marks, d.session = viewmodel.NewSearch(s), viewmodel.NewWindow(s), viewmodel.NewAnnotations(s), s
	t.Cleanup(nb.Subscribe(func(c app.Changes) { loop.UI(func() { d.changed(c) }) }))
	d.library.Load()
	d.window.Load()
	return d
}

func (d *desk) changed(c app.Changes) {
	d.library.Changed(c)
	d.reader.Changed(c)
	d.session.Side().Changed(c)
	d.marks.Changed(c)
	for _, o := range d.others {
		o.Changed(c)
	}
	d.search.Changed(c)
	d.window.Load()
}

// sampleDesk opens the sample notebook with its board loaded.
func sampleDesk(t *testing.T) *desk {
	t.Helper()
	nb := apptest.New(t)
	if err := sample.Fill(t.Context(), nb.Notebook); err != nil {
		t.Fatal(err)
	}
	d := openDesk(t, nb, viewmodel.Inline)
	d.board.Load()
	return d
}

// fine fails the test when the user was shown an error.
func (d *desk) fine() {
	d.t.Helper()
	for _, err := range d.failed {
		d.t.Errorf("the user was shown: %s", app.Sentence(err))
	}
	d.failed = nil
}

// refused fails the test unless the user was shown one error about this.
func (d *desk) refused(about string) {
	d.t.Helper()
	if len(d.failed) != 1 || !strings.Contains(d.failed[0].Error(), about) {
		d.t.Errorf("the user was shown %v, want one error about %q", d.failed, about)
	}
	d.failed = nil
}

// row is the row of the list with this title.
func (d *desk) row(title string) viewmodel.LibraryRow {
	d.t.Helper()
	for i := range d.library.Count {
		if a, ok := d.library.Row(i); ok && a.Title == title {
			return a
		}
	}
	d.t.Fatalf("no article %q in the list", title)
	return viewmodel.LibraryRow{}
}

// titles are those of the list, in its order.
func (d *desk) titles() []string {
	d.t.Helper()
	var out []string
	for i := range d.library.Count {
		a, ok := d.library.Row(i)
		if !ok {
			d.t.Fatalf("row %d of %d is not there", i, d.library.Count)
		}
		out = append(out, a.Title)
	}
	return out
}

// selectWords selects the words of the open article.
func (d *desk) selectWords(words string) {
	d.t.Helper()
	at := strings.Index(d.reader.Text.Plain, words)
	if at < 0 {
		d.t.Fatalf("the open article does not say %q", words)
	}
	start := app.RuneCount(d.reader.Text.Plain[:at])
	d.reader.Select(start, start+app.RuneCount(words))
}

// statement is the form on what is selected or chosen in the open article.
func (d *desk) statement() *viewmodel.StatementForm {
	d.t.Helper()
	var f *viewmodel.StatementForm
	d.reader.NewStatement(func(ready *viewmodel.StatementForm) { f = ready })
	if f == nil {
		d.t.Fatal("the form is not ready")
	}
	return f
}

func same[T comparable](t *testing.T, what string, got, want []T) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %v, want %v", what, got, want)
	}
}

// later is a loop whose work waits until the test lets it run.
type later struct{ work []func() }

func (l *later) loop() viewmodel.Loop {
	return viewmodel.Loop{Work: func(fn func()) { l.work = append(l.work, fn) }, UI: func(fn func()) { fn() }}
}

// run does the i-th waiting work.
func (l *later) run(i int) {
	fn := l.work[i]
	l.work = slices.Delete(l.work, i, i+1)
	fn()
}

// all does everything that waits, and what that brings.
func (l *later) all() {
	for len(l.work) > 0 {
		l.run(0)
	}
}
