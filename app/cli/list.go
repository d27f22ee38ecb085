package cli

import (
	"slices"
	"strings"

	"rejoinder/app"
)

type listCmd struct {
	What  string `arg:"" enum:"articles,collections,annotations,actors,claims,statements,relations,notes,tags,stories" help:"articles, collections, annotations, actors, claims, statements, relations, notes, tags or stories."`
	Limit int    `help:"At most this many articles; 0 for all."`
}

// Run lists.
func (c listCmd) Run(s *session) error {
	switch c.What {
	case "statements", "relations":
		return c.joined(s)
	}
	return s.read(func(r app.Reader) error {
		switch c.What {
		case "articles":
			return s.listArticles(r, app.ArticleQuery{Limit: c.Limit})
		case "collections":
			return s.listCollections(r)
		case "annotations":
			return s.listAnnotations(r)
		case "actors":
			return s.listActors(r)
		case "claims":
			return s.listClaims(r)
		case "notes":
			return s.listNotes(r)
		case "tags":
			return s.listTags(r)
		}
		return s.listStories(r)
	})
}

// joined lists what is read together with what it refers to.
func (c listCmd) joined(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	b, err := nb.Board(s.ctx)
	if err != nil {
		return err
	}
	if c.What == "relations" {
		for _, x := range b.Relations {
			s.printRelation(rowOfRelation(x))
		}
		return nil
	}
	for _, claim := range b.Claims {
		for _, x := range claim.Statements {
			s.printStatement(rowOfStatement(x))
		}
	}
	return nil
}

func (s *session) printStatement(row statementRow) {
	s.row(row, "%s  %s %s %s: %s%s", row.ID, row.Stance.Glyph(), row.Actor, row.Stance, row.Claim, evidence(row.Quote, row.Title))
}

func (s *session) printRelation(row relationRow) {
	quoted := evidence(row.Quote, row.Title)
	if row.Inference {
		quoted = "\n        analyst's inference"
	}
	s.row(row, "%s  %s — %s — %s%s%s", row.ID, row.Counterclaim, row.Relation.Words(), row.Claim, row.more(), quoted)
}

// more is what else is known of a relation, behind its claims.
func (r relationRow) more() string {
	var parts []string
	if with := app.Together(r.with); with != "" {
		parts = append(parts, with)
	}
	if r.Strength != app.Plain.Words() {
		parts = append(parts, r.Strength)
	}
	if r.Note != "" {
		parts = append(parts, "note: "+app.OneLine(r.Note))
	}
	if len(parts) == 0 {
		return ""
	}
	return "  (" + strings.Join(parts, "; ") + ")"
}

func evidence(quote, title string) string {
	if quote == "" {
		return ""
	}
	return "\n        " + app.Quoted(quote) + " — " + title
}

func (s *session) listArticles(r app.Reader, q app.ArticleQuery) error {
	articles, err := r.Articles(q)
	for _, a := range articles {
		source := a.Source()
		if source != "" {
			source = "  (" + source + ")"
		}
		s.row(rowOfArticle(a), "%s  %s%s", a.ID, a.Title, source)
	}
	return err
}

func (s *session) listCollections(r app.Reader) error {
	collections, err := r.Collections()
	for _, c := range collections {
		if c.Query != "" {
			found, err := s.notebook.Search(s.ctx, savedSearch(c.Collection, 1))
			if err != nil {
				return err
			}
			c.Count = int(found.Total)
		}
		problems, err := app.StoredProblems(r, c.Collection)
		if err != nil {
			return err
		}
		more := strings.Join(append(nonEmpty([]string{c.Query}), problems...), "\n        ")
		if more != "" {
			more = "  " + more
		}
		s.row(collectionRow{c.ID, c.Name, c.Parent, c.Query, c.Count, problems}, "%s  %s  %d%s", c.ID, c.Name, c.Count, more)
	}
	return err
}

func (s *session) listAnnotations(r app.Reader) error {
	rows, err := r.AnnotationRows(app.AnnotationQuery{Sort: app.SortCreated})
	slices.Reverse(rows) // the oldest first, as with everything listed here
	s.printAnnotations(rows)
	return err
}

func (s *session) listActors(r app.Reader) error {
	actors, err := r.Actors()
	for _, a := range actors {
		also := ""
		if len(a.Aliases) > 0 {
			also = "  (also " + strings.Join(a.Aliases, ", ") + ")"
		}
		s.row(rowOfActor(a), "%s  %s%s", a.ID, a.Name, also)
	}
	return err
}

func (s *session) listClaims(r app.Reader) error {
	claims, err := r.Claims()
	for _, c := range claims {
		s.row(claimRow{c.ID, c.Text}, "%s  %s", c.ID, c.Text)
	}
	return err
}

func (s *session) listNotes(r app.Reader) error {
	notes, err := r.Notes()
	for _, n := range notes {
		s.row(rowOfNote(n), "%s  %s", n.ID, n.Title())
	}
	return err
}

func (s *session) listTags(r app.Reader) error {
	tags, err := r.Tags()
	for _, t := range tags {
		s.row(tagRow{t.ID, t.Path, t.Color, t.Count}, "%s  %s  %d", t.ID, t.Path, t.Count)
	}
	return err
}

func (s *session) listStories(r app.Reader) error {
	stories, err := r.Stories()
	for _, x := range stories {
		s.row(storyRow{x.ID, x.Name}, "%s  %s", x.ID, x.Name)
	}
	return err
}

// savedSearch is the search that fills a collection.
func savedSearch(c app.Collection, limit int) app.SearchQuery {
	return app.SearchQuery{Text: c.Stored, Kinds: []app.Kind{app.KindArticle}, Limit: limit}
}
