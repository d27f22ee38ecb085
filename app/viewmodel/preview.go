package viewmodel

import (
	"context"
	"errors"
	"strings"

	"rejoinder/app"
)

// Preview shows a result: the text that it stands in, or for a thing without a
// text what belongs to it in few lines.
type Preview struct {
	Of      app.Found
	Article app.Article
	Text    app.Text // of the article; without an ID for a thing without a text
	Runes   []rune
	Hits    [][2]int // of the words, start and exclusive end in code points
	At      int      // where it begins, a code point
	Mark    *app.Annotation
	Lines   []PreviewLine
	Gone    bool // it went away since it was found
}

// PreviewLine is a line of what belongs to a thing.
type PreviewLine struct {
	Heading  string           // stands over the lines that follow; the rest is empty then
	Stance   app.Stance       // who says it
	Relation app.RelationKind // how the claim stands to another
	Against  bool             // the other one to it
	Name     string           // of an actor or an article
	Text     app.Snippet      // with the words of the search
	Note     bool             // the text is Markdown
	Quote    bool             // the text is a passage, word for word
}

// previewLines is how many lines of a kind a preview shows.
const previewLines = 8

// look loads the preview of what is chosen; the load before is cancelled.
func (s *Search) look() {
	f, ok := s.Current()
	if !ok {
		s.looking.stop()
		s.Preview = Preview{}
		changed(s.OnPreview)
		return
	}
	start(s.session.Loop, &s.looking, func(ctx context.Context) (p Preview, err error) {
		err = s.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			p, err = readPreview(r, f)
			return err
		})
		if err != nil {
			return p, err
		}
		s.mark(&p)
		return p, ctx.Err()
	}, func(p Preview, err error) {
		switch {
		case errors.Is(err, app.ErrNotFound):
			p = Preview{Of: f, Gone: true}
		case err != nil:
			s.session.Fail(err)
			return
		}
		s.Preview = p
		changed(s.OnPreview)
	})
}

// mark finds the words of the search in a preview, and where it begins.
func (s *Search) mark(p *Preview) {
	if p.Text.ID != "" {
		marks := s.session.Notebook.Marks(p.Text.Plain, p.Of.Language, p.Of.Terms)
		for _, m := range marks {
			p.Hits = append(p.Hits, [2]int{m.Start, m.End})
		}
		if p.Mark == nil {
			p.At = app.Densest(marks, nearby)
		}
	}
	for i := range p.Lines {
		t := &p.Lines[i].Text
		for _, m := range s.session.Notebook.Marks(t.Text, p.Of.Language, p.Of.Terms) {
			t.Marks = append(t.Marks, [2]int{m.Start, m.End})
		}
	}
}

// nearby is how many code points stand on about three lines.
const nearby = 240

func readPreview(r app.Reader, f app.Found) (p Preview, err error) {
	p.Of = f
	switch f.Kind {
	case app.KindArticle:
		err = p.article(r, f.Article)
	case app.KindAnnotation:
		err = p.passage(r, app.AnnotationID(f.ID))
	case app.KindStatement:
		err = p.statement(r, app.StatementID(f.ID))
	case app.KindActor:
		err = p.actor(r, app.ActorID(f.ID))
	case app.KindClaim:
		err = p.claim(r, app.ClaimID(f.ID))
	case app.KindNote:
		err = p.note(r, app.NoteID(f.ID))
	}
	return p, err
}

func (p *Preview) article(r app.Reader, id app.ArticleID) (err error) {
	if p.Article, err = r.Article(id); err != nil {
		return err
	}
	if p.Text, err = r.Text(p.Article.Text); err != nil {
		return err
	}
	p.Runes = []rune(p.Text.Plain)
	return nil
}

// passage shows a mark where it stands, or by itself when its text is no longer
// the one in use.
func (p *Preview) passage(r app.Reader, id app.AnnotationID) error {
	all, err := r.Passages([]app.AnnotationID{id})
	if err != nil {
		return err
	}
	a, ok := all[id]
	if !ok {
		return app.ErrNotFound
	}
	if err := p.article(r, a.Article); err != nil {
		return err
	}
	if !a.Older() {
		p.Mark, p.At = &a.Annotation, a.Anchor.Start
		return nil
	}
	p.Text, p.Runes = app.Text{}, nil
	p.heading("In an older version of “" + p.Article.Title + "”")
	p.line(PreviewLine{Text: app.Snippet{Text: a.Anchor.Quote}, Quote: true})
	if a.Note != "" {
		p.line(PreviewLine{Text: app.Snippet{Text: a.Note}})
	}
	return nil
}

func (p *Preview) statement(r app.Reader, id app.StatementID) error {
	s, err := r.Statement(id)
	if err != nil {
		return err
	}
	if s.Passage != "" {
		return p.passage(r, s.Passage)
	}
	return p.statements(r, []app.Statement{s}, "Without a passage", true, true)
}

func (p *Preview) actor(r app.Reader, id app.ActorID) error {
	a, err := r.Actor(id)
	if err != nil {
		return err
	}
	about := string(a.Kind)
	if a.PartOf != "" {
		whole, err := r.Actor(a.PartOf)
		if err != nil {
			return err
		}
		about = joined(about, "part of "+whole.Name)
	}
	if about != "" {
		p.line(PreviewLine{Text: app.Snippet{Text: about}})
	}
	if len(a.Aliases) > 0 {
		p.line(PreviewLine{Text: app.Snippet{Text: "also “" + strings.Join(a.Aliases, "”, “") + "”"}})
	}
	said, err := r.Statements(app.StatementQuery{Actor: id})
	if err != nil {
		return err
	}
	if err := p.statements(r, said, plural(len(said), "statement"), false, true); err != nil {
		return err
	}
	return p.notes(r, app.RefTo(app.KindActor, id))
}

func (p *Preview) claim(r app.Reader, id app.ClaimID) error {
	said, err := r.Statements(app.StatementQuery{Claim: id})
	if err != nil {
		return err
	}
	if err := p.statements(r, said, plural(len(said), "statement"), true, false); err != nil {
		return err
	}
	relations, err := r.Relations(app.RelationQuery{Claim: id})
	if err != nil {
		return err
	}
	if len(relations) > 0 {
		p.heading("Against and beside it")
	}
	for _, x := range relations[:min(len(relations), previewLines)] {
		other := x.From
		if x.From == id {
			other = x.To
		}
		c, err := r.Claim(other)
		if err != nil {
			return err
		}
		p.line(PreviewLine{Relation: x.Kind, Against: x.To == id, Text: app.Snippet{Text: c.Text}})
	}
	p.rest(len(relations))
	return p.notes(r, app.RefTo(app.KindClaim, id))
}

// statements lists statements, with who says it, and what.
func (p *Preview) statements(r app.Reader, all []app.Statement, heading string, who, what bool) error {
	if len(all) > 0 {
		p.heading(heading)
	}
	var passages []app.AnnotationID
	for _, s := range all[:min(len(all), previewLines)] {
		if s.Passage != "" {
			passages = append(passages, s.Passage)
		}
	}
	shown, err := r.Passages(passages)
	if err != nil {
		return err
	}
	for _, s := range all[:min(len(all), previewLines)] {
		line := PreviewLine{Stance: s.Stance}
		if who {
			a, err := r.Actor(s.Actor)
			if err != nil {
				return err
			}
			line.Name = a.Name
		}
		if what {
			c, err := r.Claim(s.Claim)
			if err != nil {
				return err
			}
			line.Text.Text = c.Text
		}
		p.line(line)
		if passage, ok := shown[s.Passage]; ok {
			p.line(PreviewLine{Text: app.Snippet{Text: passage.Anchor.Quote}, Quote: true, Name: joined(passage.Publisher, passage.Published.String())})
		}
	}
	p.rest(len(all))
	return nil
}

func (p *Preview) note(r app.Reader, id app.NoteID) error {
	n, err := r.Note(id)
	if err != nil {
		return err
	}
	p.line(PreviewLine{Text: app.Snippet{Text: n.Body}, Note: true})
	return nil
}

func (p *Preview) notes(r app.Reader, on app.Ref) error {
	notes, err := r.NotesOn(on)
	if len(notes) > 0 {
		p.heading(plural(len(notes), "note"))
	}
	for _, n := range notes[:min(len(notes), previewLines)] {
		p.line(PreviewLine{Text: app.Snippet{Text: n.Body}, Note: true})
	}
	p.rest(len(notes))
	return err
}

func (p *Preview) heading(text string) { p.line(PreviewLine{Heading: text}) }

func (p *Preview) line(l PreviewLine) { p.Lines = append(p.Lines, l) }

func (p *Preview) rest(n int) {
	if n > previewLines {
		p.line(PreviewLine{Text: app.Snippet{Text: "and " + Thousands(n-previewLines) + " more"}})
	}
}
