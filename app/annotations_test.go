package app_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// library is a notebook with marks in three articles, for lists of them.
type library struct {
	*apptest.Notebook
	articles []app.Article
	marks    []app.Annotation
}

func newLibrary(t *testing.T) library {
	t.Helper()
	nb := apptest.New(t)
	l := library{Notebook: nb}
	l.articles = []app.Article{
		nb.ImportDated("2019-10-08", "Beta: the quay is closed", quayPage...),
		nb.ImportDated("2021-03", "alpha: the court has decided", "The court decided for the Café Société.", "The union appeals."),
		nb.ImportText("Gamma 港口", "港口公司否认指控。", "وقالت النقابة إن أحدا لم يسألها."),
	}
	mark := func(article int, quote string, kind app.AnnotationKind, color app.Color, note string, tags ...string) {
		a, err := nb.Annotate(t.Context(), apptest.In(l.articles[article], quote), app.Annotation{Kind: kind, Color: color, Note: note}, tags...)
		if err != nil {
			t.Fatal(err)
		}
		l.marks = append(l.marks, a)
	}
	mark(0, "rejects the findings", app.Highlight, "pink", "", "port/denials")
	mark(0, "closed the north quay", app.Comment, "yellow", "Why on a *Monday*?")
	mark(1, "Café Société", app.Underline, "green", "", "Port")
	mark(2, "否认指控", app.Highlight, "yellow", "denies")
	mark(2, "النقابة", app.Highlight, "violet", "")
	nb.Statement("Port Company", app.Denies, "The quay is unsafe", apptest.In(l.articles[0], "rejects the findings"))
	nb.Statement("Union", app.Asserts, "Nobody asked", apptest.In(l.articles[2], "النقابة"))
	return l
}

// numbers says which of the library's marks these are, by the order in which they
// were made.
func (l library) numbers(ids []app.AnnotationID) string {
	var b strings.Builder
	for _, id := range ids {
		fmt.Fprint(&b, 1+slices.IndexFunc(l.marks, func(a app.Annotation) bool { return a.ID == id }))
	}
	return b.String()
}

func (l library) list(q app.AnnotationQuery) string {
	return l.numbers(apptest.Read(l.Notebook, func(r app.Reader) ([]app.AnnotationID, error) { return r.AnnotationIDs(q) }))
}

func TestAnnotationsOfTheWholeCollection(t *testing.T) {
	l := newLibrary(t)
	tags := apptest.Read(l.Notebook, func(r app.Reader) ([]app.TagRow, error) { return r.Tags() })
	at := slices.IndexFunc(tags, func(r app.TagRow) bool { return r.Path == "port" })
	actor, err := l.ActorID(t.Context(), "port company")
	if err != nil {
		t.Fatal(err)
	}
	claim, err := l.ClaimID(t.Context(), "Nobody asked")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := l.EditAnnotation(t.Context(), l.marks[3].ID, func(a *app.Annotation) { a.Note = "denies it" }); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name  string
		query app.AnnotationQuery
		want  string
	}{
		{"by title and position", app.AnnotationQuery{}, "32145"},
		{"of an article", app.AnnotationQuery{Article: l.articles[0].ID}, "21"},
		{"newest first", app.AnnotationQuery{Sort: app.SortCreated}, "54321"},
		{"changed last", app.AnnotationQuery{Sort: app.SortModified, Limit: 1}, "4"},
		{"by publication", app.AnnotationQuery{Sort: app.SortPublished}, "32145"},
		{"by colour", app.AnnotationQuery{Sort: app.SortColor}, "42315"},
		{"a page", app.AnnotationQuery{Limit: 2, Offset: 1}, "21"},
		{"colours", app.AnnotationQuery{Colors: []app.Color{"yellow", "violet"}}, "245"},
		{"kinds", app.AnnotationQuery{Kinds: []app.AnnotationKind{app.Underline, app.Comment}}, "32"},
		{"a tag with those under it", app.AnnotationQuery{Tag: tags[at].ID}, "31"},
		{"an actor", app.AnnotationQuery{Actor: actor}, "1"},
		{"a claim", app.AnnotationQuery{Claim: claim}, "5"},
		{"a state", app.AnnotationQuery{States: []app.AnchorState{app.AnchorFuzzy}}, ""},
		{"from a month", app.AnnotationQuery{From: "2019-11"}, "3"},
		{"from a day in a month that is all that is known", app.AnnotationQuery{From: "2021-03-20"}, "3"},
		{"to a year", app.AnnotationQuery{To: "2019"}, "21"},
		{"in a month", app.AnnotationQuery{From: "2019-10", To: "2019-10"}, "21"},
		{"words in the quote", app.AnnotationQuery{Text: "cafe  SOCIETE"}, "3"},
		{"a word in the note, one in the quote", app.AnnotationQuery{Text: "monday quay"}, "2"},
		{"a word in the tags, one in the quote", app.AnnotationQuery{Text: "denials find"}, "1"},
		{"Chinese", app.AnnotationQuery{Text: "指控"}, "4"},
		{"Arabic without its article", app.AnnotationQuery{Text: "نقابة"}, "5"},
		{"nowhere", app.AnnotationQuery{Text: "quay xylophone"}, ""},
		{"together", app.AnnotationQuery{Text: "denies", Colors: []app.Color{"yellow"}, Sort: app.SortCreated, From: ""}, "4"},
	} {
		if got := l.list(tt.query); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
		all := tt.query
		all.Limit, all.Offset = 0, 0
		n := apptest.Read(l.Notebook, func(r app.Reader) (int, error) { return r.CountAnnotations(all) })
		if want := len(l.list(all)); n != want {
			t.Errorf("%s: %d are counted of %d", tt.name, n, want)
		}
		rows := apptest.Read(l.Notebook, func(r app.Reader) ([]app.AnnotationRow, error) { return r.AnnotationRows(tt.query) })
		var ids []app.AnnotationID
		for _, row := range rows {
			ids = append(ids, row.ID)
		}
		if got := l.numbers(ids); got != tt.want {
			t.Errorf("%s: rows %s, want %s", tt.name, got, tt.want)
		}
	}
	l.Trash(app.RefTo(app.KindAnnotation, l.marks[0].ID))
	for _, sort := range []app.AnnotationSort{"", app.SortCreated, app.SortModified, app.SortPublished, app.SortColor} {
		if got := l.list(app.AnnotationQuery{Sort: sort}); len(got) != 4 || strings.Contains(got, "1") {
			t.Errorf("by %q without what is in the trash: %s", sort, got)
		}
		if got := l.list(app.AnnotationQuery{Sort: sort, Trashed: true}); len(got) != 5 {
			t.Errorf("by %q with what is in the trash: %s", sort, got)
		}
	}
	l.Trash(app.RefTo(app.KindArticle, l.articles[2].ID))
	if got := l.list(app.AnnotationQuery{}); got != "32" {
		t.Errorf("without the article in the trash: %s", got)
	}
}

// What hangs on a mark is what the board shows of it.
func TestWhatHangsOnAMark(t *testing.T) {
	l := newLibrary(t)
	ctx := t.Context()
	if _, err := l.AddStatement(ctx, app.StatementDraft{Actor: "Ministry", Stance: app.Disputes, Claim: "The quay is unsafe",
		Passage: &app.Spot{Article: string(l.articles[0].ID), Quote: "rejects the findings"}, ReportedBy: "Union", Create: true}); err != nil {
		t.Fatal(err)
	}
	if _, err := l.Notebook.Notebook.Relate(ctx, app.RelationDraft{From: "The record is clean", Kind: app.Rebuts, To: "The quay is unsafe",
		Passage: &app.Spot{Article: string(l.articles[0].ID), Quote: "rejects the findings"}, Create: true}); err != nil {
		t.Fatal(err)
	}
	ids := []app.AnnotationID{l.marks[0].ID, l.marks[1].ID, l.marks[2].ID}
	hanging := apptest.Read(l.Notebook, func(r app.Reader) (map[app.AnnotationID]app.Hanging, error) { return r.Hanging(ids) })
	h := hanging[l.marks[0].ID]
	if len(hanging) != 2 || len(h.Statements) != 2 || len(h.Relations) != 1 || len(h.Tags) != 1 || h.Tags[0].Path != "port/denials" {
		t.Fatalf("hanging %+v", hanging)
	}
	board := l.Board()
	for _, c := range board.Claims {
		for _, s := range c.Statements {
			for _, got := range h.Statements {
				got.Created, got.Modified = s.Created, s.Modified // the board reads no times
				if got.ID == s.ID && (got.ActorName != s.ActorName || got.ReporterName != s.ReporterName || got.ClaimText != s.ClaimText ||
					got.Statement != s.Statement || got.Passage.ID != s.Passage.ID || got.Passage.ArticleTitle != s.Passage.ArticleTitle) {
					t.Errorf("%+v, on the board %+v", got, s)
				}
			}
		}
	}
	if x := h.Relations[0]; x.FromText != "The record is clean" || x.ToText != "The quay is unsafe" || x.Passage.ID != l.marks[0].ID {
		t.Errorf("relation %+v", x)
	}
}

// Many marks are changed, tagged and thrown away at once, each in one step.
func TestManyMarksAtOnce(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	a := nb.ImportText("The quay is closed", strings.Repeat("The ministry closed the north quay. ", 400))
	n := 1000
	if testing.Short() {
		n = 200
	}
	var ids []app.AnnotationID
	var refs []app.Ref
	_, err := nb.Update(ctx, app.Op{Name: "test", Label: "Mark"}, func(tx app.Tx) error {
		text, err := tx.Text(a.Text)
		if err != nil {
			return err
		}
		for i := range n {
			anchor, err := app.NewAnchor(text.Plain, i, i+20)
			if err != nil {
				return err
			}
			m := app.Annotation{ID: app.NewID[app.AnnotationID](), Article: a.ID, Text: a.Text, Kind: app.Highlight, Color: "yellow", Anchor: anchor, State: app.AnchorExact}
			ids, refs = append(ids, m.ID), append(refs, app.RefTo(app.KindAnnotation, m.ID))
			if err := tx.PutAnnotation(m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	count := func(q app.AnnotationQuery) int {
		return apptest.Read(nb, func(r app.Reader) (int, error) { return r.CountAnnotations(q) })
	}
	rows := nb.Rows()
	timed := func(what string, fn func() error) {
		t.Helper()
		start := time.Now()
		if err := fn(); err != nil {
			t.Fatal(err)
		}
		t.Logf("%s %d marks: %v", what, n, time.Since(start).Round(time.Millisecond))
	}
	timed("edit", func() error {
		return nb.EditAnnotations(ctx, ids, func(m *app.Annotation) { m.Color, m.Anchor.Start = "blue", 7 })
	})
	timed("tag", func() error { return nb.Tag(ctx, "checked", true, refs...) })
	timed("trash", func() error { _, err := nb.Notebook.Trash(ctx, refs[1:]...); return err })
	if count(app.AnnotationQuery{Colors: []app.Color{"blue"}}) != 1 || count(app.AnnotationQuery{Text: "CHECKED", Trashed: true}) != n {
		t.Error("not all were changed")
	}
	if m := annotation(nb, ids[0]); m.Anchor.Start != 0 {
		t.Error("an edit moved a mark")
	}
	timed("restore", func() error { _, err := nb.Notebook.Restore(ctx, refs[1:]...); return err })
	var labels []string
	timed("undo of all", func() error {
		for range 4 {
			labels = append(labels, nb.Undo())
		}
		return nil
	})
	want := []string{fmt.Sprintf("Restore %d things from the trash", n-1), fmt.Sprintf("Move %d things to the trash", n-1),
		fmt.Sprintf("Tag %d things “checked”", n), fmt.Sprintf("Edit %d marks", n)}
	if !slices.Equal(labels, want) || nb.Rows() != rows {
		t.Errorf("undone %q", labels)
	}
	if err := nb.EditAnnotations(ctx, ids[:2], func(m *app.Annotation) { m.Color = "mauve" }); !errors.Is(err, app.ErrInvalid) || nb.Rows() != rows {
		t.Errorf("no colour: %v", err)
	}
}

func TestColoursHaveNames(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	names := func() map[app.Color]string {
		return apptest.Read(nb, func(r app.Reader) (map[app.Color]string, error) { return r.ColorNames() })
	}
	var told []app.Ref
	defer nb.Subscribe(func(c app.Changes) { told = append(told, c.Refs...) })()
	if err := nb.NameColor(ctx, "pink", " what is\ndenied "); err != nil {
		t.Fatal(err)
	}
	if n := names(); n["pink"] != "what is denied" || n["green"] != "green" || len(n) != len(app.Colors) {
		t.Errorf("names %v", n)
	}
	if !slices.Equal(told, []app.Ref{{Kind: app.KindColor, ID: "pink"}}) {
		t.Errorf("told of %v", told)
	}
	if err := nb.NameColor(ctx, "mauve", "x"); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("no such colour: %v", err)
	}
	if err := nb.NameColor(ctx, "pink", ""); err != nil || names()["pink"] != "pink" {
		t.Errorf("taken away: %v, %v", names(), err)
	}
	if nb.Undo(); names()["pink"] != "what is denied" {
		t.Errorf("undone: %v", names())
	}
	if label := nb.Undo(); label != "Call pink “what is denied”" || names()["pink"] != "pink" {
		t.Errorf("undone %q: %v", label, names())
	}
}

// Where one reads is kept, without a trace in the history.
func TestReadingPosition(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	a := nb.ImportText("The quay is closed", quayPage...)
	length := app.RuneCount(nb.Text(a))
	reading := func() app.Reading {
		return apptest.Read(nb, func(r app.Reader) (app.Reading, error) { return r.Reading(a.ID) })
	}
	progress := func() float64 {
		return apptest.Read(nb, func(r app.Reader) ([]app.ArticleRow, error) { return r.Articles(app.ArticleQuery{}) })[0].Progress
	}
	if reading() != (app.Reading{}) || progress() != 0 {
		t.Errorf("before it is opened %+v, %v", reading(), progress())
	}
	told := false
	defer nb.Subscribe(func(app.Changes) { told = true })()
	set := func(text app.TextID, at, furthest int) {
		t.Helper()
		if err := nb.SetReading(ctx, app.Reading{Article: a.ID, Text: text, At: at, Furthest: furthest, Length: length}); err != nil {
			t.Fatal(err)
		}
	}
	set(a.Text, 100, length/2)
	set(a.Text, 0, 50)
	r := reading()
	if r.At != 0 || r.Furthest != length/2 || r.Text != a.Text || r.Seen.IsZero() || r.Progress() < 0.45 || r.Progress() > 0.5 || progress() != r.Progress() {
		t.Errorf("reading %+v", r)
	}
	c := update(t, nb, a, quayPage[1:]...)
	told = false
	set(c.Version.Text, 5, 80)
	if r = reading(); r.Furthest != 80 || r.Text != c.Version.Text {
		t.Errorf("of the new version %+v", r)
	}
	set(c.Version.Text, 5, 2*length)
	if r = reading(); r.Progress() != 1 {
		t.Errorf("to the end %+v", r)
	}
	if told {
		t.Error("somebody was told")
	}
	nb.Undo()
	if label := nb.Undo(); label != "Import “The quay is closed”" {
		t.Errorf("undone %q", label)
	}
	nb.Redo()
	if reading() != r {
		t.Error("the place did not come back with the article")
	}
	for _, bad := range []app.Reading{{}, {Article: a.ID}, {Article: a.ID, Text: a.Text, At: 5, Length: 4}, {Article: a.ID, Text: a.Text, At: -1}} {
		if err := nb.SetReading(ctx, bad); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("%+v: %v", bad, err)
		}
	}
	wholesome(t, nb)
}
