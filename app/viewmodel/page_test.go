package viewmodel_test

import (
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

// pageDesk is the sample notebook with its pages loaded.
func pageDesk(t *testing.T) (*desk, *viewmodel.Page) {
	t.Helper()
	d := sampleDesk(t)
	p := viewmodel.NewPage(d.session)
	d.others = append(d.others, d.session.Side())
	p.Load()
	return d, p
}

// open shows the page of the actor in the list with this name.
func open(t *testing.T, p *viewmodel.Page, name string) {
	t.Helper()
	p.ShowKind(app.KindActor)
	for _, item := range p.Items {
		if item.Name == name {
			p.Open(item.Ref)
			if p.Shown.Title != name {
				t.Fatalf("the page of %q is called %q", name, p.Shown.Title)
			}
			return
		}
	}
	t.Fatalf("no actor %q in the list", name)
}

// names are those of the list.
func names(p *viewmodel.Page) []string {
	var out []string
	for _, item := range p.Items {
		out = append(out, item.Name)
	}
	return out
}

func TestPageGoesBackAndForward(t *testing.T) {
	d, p := pageDesk(t)
	if p.Ref.ID == "" || p.Shown.Actor == nil {
		t.Fatal("no page is shown at first")
	}
	open(t, p, "Port Company")
	port := p.Ref
	claim := p.Discourse.Statements[p.Statements()[0]].Claim
	p.Open(app.RefTo(app.KindClaim, claim))
	if p.Shown.Claim == nil || p.Kind != app.KindClaim || d.session.Side().Claim != claim {
		t.Errorf("the claim is not shown: %v", p.Shown.Ref)
	}
	p.Back()
	if p.Ref != port || p.Shown.Title != "Port Company" || !p.CanForward() {
		t.Errorf("back leads to %q", p.Shown.Title)
	}
	p.Forward()
	if p.Ref.ID != string(claim) || p.CanForward() {
		t.Errorf("forward leads to %q", p.Shown.Title)
	}
	p.ShowKind(app.KindActor)
	p.SetFilter("port comp")
	same(t, "filtered", names(p), []string{"Port Company"})
	if p.Ref.ID != string(claim) {
		t.Error("the list changed the page")
	}
	d.fine()
}

func TestPageFollowsWhatChanges(t *testing.T) {
	d, p := pageDesk(t)
	open(t, p, "Port Company")
	if _, err := d.EditActor(t.Context(), app.ActorID(p.Ref.ID), func(a *app.Actor) { a.Name = "Harbour Company" }); err != nil {
		t.Fatal(err)
	}
	if p.Shown.Title != "Harbour Company" {
		t.Errorf("the page is called %q", p.Shown.Title)
	}
	if _, err := d.Notebook.Notebook.Trash(t.Context(), p.Ref); err != nil {
		t.Fatal(err)
	}
	if p.Shown.Title == "Harbour Company" || p.Ref.ID == "" {
		t.Errorf("what is in the trash is still shown: %q", p.Shown.Title)
	}
	d.fine()
}

func TestPageSplitsWhatWasMerged(t *testing.T) {
	d, p := pageDesk(t)
	open(t, p, "Dockers' union")
	union, before := p.Ref, len(p.Statements())
	if _, err := d.MergeActors(t.Context(), "Port Company", "Dockers' union"); err != nil {
		t.Fatal(err)
	}
	if p.Shown.Title != "Port Company" || !slices.Contains(p.Shown.Names, "Dockers' union") {
		t.Fatalf("the page after the merge: %q with %q", p.Shown.Title, p.Shown.Names)
	}
	p.SplitMerged(p.Shown.Merged[0], p.Shown.Names[0])
	if len(p.Shown.Merged) != 0 {
		t.Errorf("still merged: %q", p.Shown.Names)
	}
	p.Open(union)
	if p.Shown.Title != "Dockers' union" || len(p.Statements()) != before {
		t.Errorf("%q has %d statements, want %d", p.Shown.Title, len(p.Statements()), before)
	}
	d.fine()
}

func TestPageSplitsStatementsOff(t *testing.T) {
	d, p := pageDesk(t)
	open(t, p, "Port Company")
	if p.SplitOff() != nil {
		t.Error("nothing is picked, and it can be split off")
	}
	before := len(p.Statements())
	for _, i := range p.Statements()[:2] {
		p.Pick(p.Discourse.Statements[i].ID)
	}
	f := p.SplitOff()
	said := ""
	f.Preview("Port lawyers", func(s string) { said = s })
	if want := "2 statements of “Port Company” will be of “Port lawyers”, which is new. It can be undone."; said != want {
		t.Errorf("the preview says %q, want %q", said, want)
	}
	f.Preview("dockers' UNION", func(s string) { said = s })
	if !strings.Contains(said, "“Dockers' union”.") {
		t.Errorf("the preview says %q", said)
	}
	f.Save("Port lawyers", func(done bool) {
		if !done {
			t.Error("it was refused")
		}
	})
	if len(p.Statements()) != before-2 || len(p.Picked) != 0 {
		t.Errorf("%d statements and %d picked, want %d and none", len(p.Statements()), len(p.Picked), before-2)
	}
	open(t, p, "Port lawyers")
	if len(p.Statements()) != 2 {
		t.Errorf("the new actor has %d statements", len(p.Statements()))
	}
	d.fine()
}

func TestPageOfANoteMakesWhatItsLinksName(t *testing.T) {
	d, p := pageDesk(t)
	note, err := d.AddNote(t.Context(), "# Where they met\n\n[[Port Company]] met [[Anna Vik]]; see [[The minutes]].")
	if err != nil {
		t.Fatal(err)
	}
	p.Open(app.RefTo(app.KindNote, note.ID))
	if p.Shown.Title != "Where they met" || p.Kind != app.KindNote || p.Items[0].Name != "Where they met" {
		t.Fatalf("%q among %q", p.Shown.Title, names(p))
	}
	same(t, "broken", p.Shown.Note.Broken, []string{"Anna Vik", "The minutes"})
	if ref, ok := p.Linked("port  company"); !ok || ref.Kind != app.KindActor {
		t.Errorf("the link leads to %v", ref)
	}
	p.Create("Anna Vik", app.KindActor)
	p.Create("The minutes", app.KindNote)
	if len(p.Shown.Note.Broken) != 0 || len(p.Shown.Note.Mentions) != 3 {
		t.Errorf("broken %q, mentions %v", p.Shown.Note.Broken, p.Shown.Note.Mentions)
	}
	ref, _ := p.Linked("The minutes")
	p.Open(ref)
	if len(p.Shown.Backlinks) != 1 || p.Shown.Backlinks[0].ID != note.ID {
		t.Errorf("backlinks %v", p.Shown.Backlinks)
	}
	d.fine()
}

func TestPageOfAnEmptyNotebookIsEmpty(t *testing.T) {
	d := newDesk(t)
	p := viewmodel.NewPage(d.session)
	d.others = append(d.others, d.session.Side())
	p.Load()
	if p.Ref.ID != "" || len(p.Items) != 0 || len(p.Statements()) != 0 {
		t.Errorf("it shows %v", p.Ref)
	}
	if _, err := d.AddActor(t.Context(), app.Actor{Name: "First"}, ""); err != nil {
		t.Fatal(err)
	}
	if p.Shown.Title != "First" {
		t.Errorf("it shows %q", p.Shown.Title)
	}
	d.fine()
}
