package viewmodel_test

import (
	"slices"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

// field is a form's field as its user left it; answer is the suggestion that is
// still on its way.
type field struct {
	text    string
	answer  string
	waiting []func()
}

func (f *field) Text() string { return f.text }

func (f *field) Settled(fn func()) {
	if f.answer == "" {
		fn()
		return
	}
	f.waiting = append(f.waiting, fn)
}

// arrive brings the suggestion.
func (f *field) arrive() {
	f.text, f.answer = f.answer, ""
	for _, fn := range f.waiting {
		fn()
	}
}

// saving is a statement's form over a desk whose work waits until it is let run.
type saving struct {
	*desk
	*later
	form    *viewmodel.StatementForm
	saving  *viewmodel.Saving
	claim   field
	offered []string
	closed  bool
}

func newSaving(t *testing.T, claim string) *saving {
	t.Helper()
	s := &saving{later: &later{}, claim: field{text: claim}}
	s.desk = openDesk(t, apptest.New(t), s.loop())
	article := s.ImportText("Lamps", "The lamps pay for themselves, said the council.")
	s.all()
	s.reader.Open(article.ID, -1)
	s.all()
	s.selectWords("The lamps pay")
	s.reader.NewStatement(func(f *viewmodel.StatementForm) { s.form = f })
	s.all()
	s.form.Actor = "Council of Ostby"
	s.saving = s.session.NewSaving()
	s.saving.OnSaved = func() { s.closed = true }
	return s
}

// submit is Return in the last field.
func (s *saving) submit() {
	s.saving.WithClaims([]viewmodel.ClaimField{&s.claim}, func(_ int, doubles []string) {
		s.offered = append(s.offered, doubles...)
	}, func(over func(bool)) {
		s.form.Claim = s.claim.Text()
		s.form.Save(over)
	})
}

func (s *saving) statements() []string {
	s.t.Helper()
	var out []string
	for _, x := range apptest.Read(s.Notebook, func(r app.Reader) ([]app.Statement, error) { return r.Statements(app.StatementQuery{}) }) {
		claim := apptest.Read(s.Notebook, func(r app.Reader) (app.Claim, error) { return r.Claim(x.Claim) })
		out = append(out, claim.Text)
	}
	return out
}

// Somebody presses Return twice, or clicks Save twice: the statement is recorded
// once, with the suggestion that the first Return took.
func TestReturnTwiceSavesOnce(t *testing.T) {
	s := newSaving(t, "The lamps pa")
	s.claim.answer = "The lamps pay for themselves"
	s.submit()
	s.submit()
	if !s.saving.Going {
		t.Fatal("the form does not say that it is saved")
	}
	s.claim.arrive()
	s.submit()
	s.run(0) // it is compared with other claims
	s.submit()
	s.all()
	s.fine()
	same(t, "recorded", s.statements(), []string{"The lamps pay for themselves"})
	if s.saving.Going || !s.closed {
		t.Error("the form is still there")
	}
}

// A claim that reads like another is asked about, and made by the next Return.
func TestADoubleIsOfferedBeforeItIsMade(t *testing.T) {
	s := newSaving(t, "The new lamps pay for themselves")
	s.Claim("The lamps pay for themselves")
	s.submit()
	s.all()
	same(t, "offered", s.offered, []string{"The lamps pay for themselves"})
	if s.saving.Going || s.closed || len(s.statements()) > 0 {
		t.Error("it was not asked about")
	}
	s.submit()
	s.all()
	s.fine()
	same(t, "recorded", s.statements(), []string{"The new lamps pay for themselves"})
}

// The window is closed while a statement is compared with other claims: it closes
// when the statement is recorded, and asks nothing more.
func TestWhatWasSubmittedIsSavedBeforeTheWindowCloses(t *testing.T) {
	s := newSaving(t, "The new lamps pay for themselves")
	s.Claim("The lamps pay for themselves")
	s.submit()
	var found []string
	s.session.Finish(func(saved bool) {
		if !saved {
			t.Error("it was refused")
		}
		found = s.statements()
	})
	if found != nil {
		t.Error("the window closes before the statement is recorded")
	}
	s.all()
	s.fine()
	same(t, "recorded", found, []string{"The new lamps pay for themselves"})
	if len(s.offered) > 0 {
		t.Error("a window that closes asked something")
	}
}

// What cannot be saved keeps its form, and the window that was to be closed.
func TestWhatIsRefusedStays(t *testing.T) {
	s := newSaving(t, "The lamps pay for themselves")
	s.form.Date = "yesterday"
	s.submit()
	closes := true
	s.session.Finish(func(saved bool) { closes = saved })
	s.all()
	s.refused("yesterday")
	if closes || s.closed || s.saving.Going || len(s.statements()) > 0 {
		t.Error("the form or the window is gone")
	}
	s.form.Date = "2019-10-08"
	s.submit()
	s.all()
	s.fine()
	if !s.closed || len(s.statements()) != 1 {
		t.Error("it cannot be put right")
	}
	s.session.Finish(func(saved bool) { closes = saved })
	if !closes {
		t.Error("the window cannot be closed any more")
	}
}

// Forms that know nothing of their saving wait for what they began all the same.
func TestAFormWaitsForWhatItBegan(t *testing.T) {
	s := newSaving(t, "")
	write := s.reader.NewComment()
	s.saving.Await(func() { write("Who says so?") })
	s.saving.Await(func() { write("Who says so?") })
	if s.closed {
		t.Error("the form is gone before the comment is kept")
	}
	s.all()
	s.fine()
	notes := apptest.Read(s.Notebook, func(r app.Reader) ([]app.Annotation, error) { return r.Annotations(app.AnnotationQuery{}) })
	if !s.closed || len(notes) != 1 || notes[0].Note != "Who says so?" {
		t.Errorf("kept %+v", notes)
	}

	refused := s.session.NewSaving()
	refused.OnSaved = func() { t.Error("the form of what was refused is gone") }
	refused.Await(func() { s.reader.Tag("/") })
	s.all()
	if s.failed = nil; refused.Going {
		t.Error("it is still being saved")
	}
}

// A mark that was just made is in the notebook before the notebook is closed.
func TestTheNotebookClosesAfterWhatWasDone(t *testing.T) {
	s := newSaving(t, "")
	s.reader.Mark(app.Highlight, "green")
	closed := make(chan []app.Annotation)
	go func() {
		if err := s.session.Wait(); err != nil {
			t.Error(err)
		}
		closed <- apptest.Read(s.Notebook, func(r app.Reader) ([]app.Annotation, error) { return r.Annotations(app.AnnotationQuery{}) })
	}()
	s.all()
	if marks := <-closed; !slices.ContainsFunc(marks, func(a app.Annotation) bool { return a.Color == "green" }) {
		t.Errorf("closed with %v", marks)
	}
}

// What fails when no screen is there any more is told at the end.
func TestWhatFailsUnseenIsTold(t *testing.T) {
	var ui []func()
	d := openDesk(t, apptest.New(t), viewmodel.Loop{Work: func(fn func()) { fn() }, UI: func(fn func()) { ui = append(ui, fn) }})
	d.library.RenameCollection("nothing", "Name")
	if err := d.session.Wait(); err == nil {
		t.Error("nobody hears of it")
	}
	for _, fn := range ui {
		fn()
	}
	if d.failed = nil; d.session.Wait() != nil {
		t.Error("it is told twice")
	}
}
