package cli

import (
	"fmt"
	"strings"

	"rejoinder/app"
)

type showCmd struct {
	ID      string `arg:"" help:"The id, or the name, of anything."`
	LeftOut bool   `help:"Of an article: list what its page shows and its text has not."`
}

// Run shows one thing.
func (c showCmd) Run(s *session) error {
	var ref app.Ref
	err := s.read(func(r app.Reader) (err error) {
		ref, err = app.Named(r, c.ID)
		return err
	})
	if err != nil {
		return err
	}
	if c.LeftOut {
		return s.showLeftOut(ref)
	}
	if ref.Kind == app.KindStatement || ref.Kind == app.KindRelation {
		return s.showJoined(ref)
	}
	return s.read(func(r app.Reader) error { return s.show(r, ref) })
}

// showLeftOut lists what is not in an article's text, with the numbers by which
// "article read-again --take-in" takes it in.
func (s *session) showLeftOut(ref app.Ref) error {
	if ref.Kind != app.KindArticle {
		return app.Problem(app.ErrInvalid, "--left-out is for articles")
	}
	left, err := s.notebook.LeftOut(s.ctx, app.ArticleID(ref.ID))
	if err != nil {
		return err
	}
	for _, l := range left {
		s.row(l, "%4d  %-7s  %s", l.Number, l.Kind, app.OneLine(l.Text))
	}
	if len(left) == 0 && !s.json {
		s.line("Nothing was left out.")
	}
	return nil
}

// showJoined shows what is read together with what it refers to.
func (s *session) showJoined(ref app.Ref) error {
	b, err := s.notebook.Board(s.ctx)
	if err != nil {
		return err
	}
	for _, x := range b.Relations {
		if string(x.ID) == ref.ID {
			s.printRelation(rowOfRelation(x))
			return nil
		}
	}
	for _, claim := range b.Claims {
		for _, x := range claim.Statements {
			if string(x.ID) == ref.ID {
				s.printStatement(rowOfStatement(x))
				return nil
			}
		}
	}
	return app.Problem(app.ErrNotFound, "the %s is in the trash", ref)
}

func (s *session) show(r app.Reader, ref app.Ref) error {
	switch ref.Kind {
	case app.KindArticle:
		return s.showArticle(r, app.ArticleID(ref.ID))
	case app.KindAnnotation:
		return s.showAnnotation(r, app.AnnotationID(ref.ID))
	case app.KindActor:
		a, err := r.Actor(app.ActorID(ref.ID))
		if err != nil {
			return err
		}
		s.row(rowOfActor(a), "%s\n%s\n%s", a.Name, a.Kind, strings.Join(a.Aliases, "\n"))
	case app.KindClaim:
		claim, err := r.Claim(app.ClaimID(ref.ID))
		if err != nil {
			return err
		}
		s.row(claimRow{claim.ID, claim.Text}, "%s", claim.Text)
	case app.KindNote:
		n, err := r.Note(app.NoteID(ref.ID))
		if err != nil {
			return err
		}
		s.row(rowOfNote(n), "%s", n.Body)
	case app.KindTag:
		t, err := r.Tag(app.TagID(ref.ID))
		if err != nil {
			return err
		}
		s.row(tagRow{ID: t.ID, Path: t.Path, Color: t.Color}, "%s", t.Path)
	case app.KindCollection:
		c, err := r.Collection(app.CollectionID(ref.ID))
		if err != nil {
			return err
		}
		s.line("%s", c.Name)
		if c.Query != "" {
			return s.showSaved(c)
		}
		return s.listArticles(r, app.ArticleQuery{Collection: c.ID})
	case app.KindStory:
		x, err := r.Story(app.StoryID(ref.ID))
		if err != nil {
			return err
		}
		s.row(storyRow{x.ID, x.Name}, "%s", x.Name)
	}
	return nil
}

// showSaved prints a saved search and what it finds.
func (s *session) showSaved(c app.Collection) error {
	s.line("%s", c.Query)
	s.catchUp(s.notebook)
	found, err := s.notebook.Search(s.ctx, savedSearch(c, savedShown))
	if err != nil {
		return err
	}
	if err := s.warnOf(c.ID); err != nil {
		return err
	}
	return s.found(found, func(string) error { return nil })
}

// warnOf prints what a saved search can no longer find.
func (s *session) warnOf(id app.CollectionID) error {
	problems, err := s.notebook.StoredProblems(s.ctx, id)
	for _, p := range problems {
		s.warn(p)
	}
	return err
}

func (s *session) showArticle(r app.Reader, id app.ArticleID) error {
	a, err := r.Article(id)
	if err != nil {
		return err
	}
	text, err := r.Text(a.Text)
	if err != nil {
		return err
	}
	marks, err := r.Annotations(app.AnnotationQuery{Article: id})
	if err != nil {
		return err
	}
	statements, err := r.Statements(app.StatementQuery{Article: id})
	if err != nil {
		return err
	}
	reading, err := r.Reading(id)
	if err != nil {
		return err
	}
	row := rowOfArticle(app.ArticleRow{Article: a, Words: text.Words, Marks: len(marks), Statements: len(statements),
		Progress: reading.Progress()})
	row.Text = text.Plain
	about := ""
	if n := text.Provenance.LeftOut; n > 0 {
		about = fmt.Sprintf("%d %s of the page left out (show --left-out)", n, plural(n, "block"))
	}
	head := []string{a.Source(), strings.Join(a.Authors, ", "), a.URL,
		fmt.Sprintf("%d %s, %d %s, %d %s", text.Words, plural(text.Words, "word"), len(marks), plural(len(marks), "mark"),
			len(statements), plural(len(statements), "statement")), about}
	head = append(head, text.Provenance.Doubts...)
	s.row(row, "%s\n\n%s", strings.Join(nonEmpty(head), "\n"), text.Plain)
	return nil
}

func (s *session) showAnnotation(r app.Reader, id app.AnnotationID) error {
	ids := []app.AnnotationID{id}
	passages, err := r.Passages(ids)
	if err != nil {
		return err
	}
	hanging, err := r.Hanging(ids)
	row := rowOfAnnotation(app.AnnotationRow{Passage: passages[id], Hanging: hanging[id]})
	s.row(row, "“%s”\n%s, %d–%d\n%s", row.Quote, row.Title, row.Start, row.End, row.Note)
	return err
}

func nonEmpty(in []string) []string {
	var out []string
	for _, s := range in {
		if s != "" {
			out = append(out, s)
		}
	}
	return out
}

// savedShown is how many articles of a saved search are shown at the most.
const savedShown = 1000
