package viewmodel_test

import (
	"testing"

	"rejoinder/app"
	"rejoinder/app/viewmodel"
)

// The margin is narrowed to a colour, a kind, a tag or an actor, and the marks
// that are left out can be neither clicked nor stepped to.
func TestMarginIsFiltered(t *testing.T) {
	d := newDesk(t)
	article := d.ImportText("Order", order)
	d.reader.Open(article.ID, -1)
	for _, m := range []struct {
		words string
		kind  app.AnnotationKind
		color app.Color
	}{{"The ministry", app.Highlight, "green"}, {"closed the quay", app.Underline, "pink"}, {"Monday", app.Highlight, "green"}} {
		d.selectWords(m.words)
		d.reader.Mark(m.kind, m.color)
	}
	d.reader.Tag("when")
	d.selectWords("closed")
	s := d.statement()
	s.Actor, s.Claim = "Ministry", "The quay is closed"
	s.Save(func(bool) {})

	colors, kinds, tags, actors := d.reader.FilterChoices()
	names := func(choices []viewmodel.FilterChoice) (out []string) {
		for _, c := range choices {
			out = append(out, c.Name)
		}
		return out
	}
	same(t, "colours", names(colors), []string{"yellow", "green", "pink"})
	same(t, "kinds", names(kinds), []string{"highlight", "underline"})
	same(t, "tags", names(tags), []string{"when"})
	same(t, "actors", names(actors), []string{"Ministry"})
	quotes := func() (out []string) {
		for _, m := range d.reader.Shown() {
			out = append(out, m.Anchor.Quote)
		}
		return out
	}
	for _, c := range []struct {
		filter viewmodel.MarkFilter
		want   []string
	}{
		{viewmodel.MarkFilter{}, []string{"The ministry", "closed", "closed the quay", "Monday"}},
		{colors[1].Filter, []string{"The ministry", "Monday"}},
		{kinds[1].Filter, []string{"closed the quay"}},
		{tags[0].Filter, []string{"Monday"}},
		{actors[0].Filter, []string{"closed"}},
	} {
		d.reader.SetFilter(c.filter)
		same(t, "marks", quotes(), c.want)
	}
	d.reader.SetFilter(tags[0].Filter)
	d.reader.Choose("")
	if d.reader.ChooseAt(d.reader.Marks[0].Anchor.Start); d.reader.Current != "" {
		t.Error("a mark that is not shown was chosen")
	}
	d.reader.Step(true)
	if m := d.reader.CurrentMark(); m == nil || m.Anchor.Quote != "Monday" {
		t.Errorf("stepped to %+v", m)
	}
	d.reader.SetFilter(viewmodel.MarkFilter{})
	d.reader.Step(false)
	if m := d.reader.CurrentMark(); m.Anchor.Quote != "closed the quay" {
		t.Errorf("the mark before is %q", m.Anchor.Quote)
	}
	d.fine()
}

// The user's names of colours are shown wherever colours are.
func TestColoursHaveTheUsersNames(t *testing.T) {
	d := newDesk(t)
	d.reader.Open(d.ImportText("Order", order).ID, -1)
	if d.reader.ColorName("green") != "green" {
		t.Errorf("green is called %q", d.reader.ColorName("green"))
	}
	d.window.NameColors(map[app.Color]string{"green": "Evidence", "pink": "Doubt"})
	d.window.NameColors(map[app.Color]string{"pink": ""})
	if d.reader.ColorName("green") != "Evidence" || d.window.ColorName("green") != "Evidence" || d.reader.ColorName("pink") != "pink" {
		t.Errorf("green is called %q", d.reader.ColorName("green"))
	}
	d.Undo()
	if d.reader.ColorName("pink") != "Doubt" {
		t.Error("undo does not bring the name back that was taken away")
	}
	d.Undo()
	if d.fine(); d.reader.ColorName("green") != "green" || d.reader.ColorName("pink") != "pink" {
		t.Error("undo leaves the name")
	}
}

// A mark is made longer and shorter, recoloured without losing its kind, and
// loses a tag.
func TestMarkIsResizedAndRecoloured(t *testing.T) {
	d := newDesk(t)
	d.reader.Open(d.ImportText("Order", order).ID, -1)
	d.selectWords("the quay")
	d.reader.Mark(app.Underline, "pink")
	m := *d.reader.CurrentMark()
	d.reader.Place(m.ID, d.reader.Text.ID, m.Anchor.Start-len("closed "), m.Anchor.End)
	d.reader.Recolor("blue")
	d.reader.Tag("port")
	d.reader.Untag(m.ID, "port")
	m = *d.reader.CurrentMark()
	if m.Anchor.Quote != "closed the quay" || m.Kind != app.Underline || m.Color != "blue" || len(m.Tags) != 0 {
		t.Errorf("the mark became %+v", m)
	}
	d.fine()
	d.reader.Place(m.ID, d.reader.Text.ID, 5, 5)
	d.refused("passage")
	if d.reader.CurrentMark().Anchor != m.Anchor {
		t.Error("a refused place moved the mark")
	}
	d.selectWords("Monday")
	d.reader.Recolor("green")
	if m := d.reader.CurrentMark(); m.Kind != app.Highlight || m.Color != "green" || m.Anchor.Quote != "Monday" {
		t.Errorf("a colour on a selection made %+v", m)
	}
}
