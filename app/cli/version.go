package cli

import (
	"strings"
	"time"

	"rejoinder/app"
)

type articleUpdateCmd struct {
	Article string `arg:"" help:"The article (id or title)."`
	File    string `arg:"" help:"The file with its newer text."`

	Encoding string `help:"The file's character encoding, as windows-1250, where it is not recognised."`
}

type articleReadAgainCmd struct {
	Article  string `arg:"" help:"The article (id or title)."`
	Encoding string `help:"Read its original in this character encoding, as windows-1250."`
	Whole    bool   `help:"Leave nothing out that the page shows."`
	TakeIn   []int  `help:"Take in what was left out under these numbers (show --left-out)."`
}

// Run reads the original of an article again.
func (c articleReadAgainCmd) Run(s *session) error {
	if c.Encoding == "" && !c.Whole && len(c.TakeIn) == 0 {
		return app.Problem(app.ErrInvalid, "say how to read it: --encoding, --whole or --take-in")
	}
	return s.edit(func(nb *app.Notebook) error {
		id, err := nb.ArticleID(s.ctx, c.Article)
		if err != nil {
			return err
		}
		carried, err := nb.ReadAgain(s.ctx, id, app.ReadAs{Encoding: c.Encoding, Whole: c.Whole, TakeIn: c.TakeIn})
		if err != nil {
			return err
		}
		s.printCarried(carried)
		return nil
	})
}

// carriedRow is what became of an article's marks.
type carriedRow struct {
	Article     app.ArticleID `json:"article"`
	Version     int           `json:"version"`
	Exact       int           `json:"exact"`
	Fuzzy       int           `json:"fuzzy"`
	TextChanged int           `json:"text_changed"` // of the fuzzy ones
	NeedsReview int           `json:"needs_review"`
	Orphan      int           `json:"orphan"`
	Moves       []moveRow     `json:"moves"` // those that are not exact
	Doubts      []string      `json:"doubts"`
}

type moveRow struct {
	ID      app.AnnotationID `json:"id"`
	State   app.AnchorState  `json:"state"`
	Quote   string           `json:"quote"`
	Found   string           `json:"found"` // "" for an orphan
	Start   int              `json:"start"`
	End     int              `json:"end"`
	Trashed bool             `json:"trashed"`
	// TextChanged says that it is fuzzy and its words are others.
	TextChanged bool      `json:"text_changed"`
	Change      changeRow `json:"change"`
}

// Run gives the article a new text.
func (c articleUpdateCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		id, err := nb.ArticleID(s.ctx, c.Article)
		if err != nil {
			return err
		}
		carried, err := nb.UpdateArticleAs(s.ctx, id, c.File, app.ReadAs{Encoding: c.Encoding})
		if err != nil {
			return err
		}
		s.printCarried(carried)
		return nil
	})
}

// printCarried prints a new version and what became of the marks.
func (s *session) printCarried(carried app.Carried) {
	row := carriedRow{Article: carried.Article, Version: carried.Version.Number, Exact: carried.Count(app.AnchorExact),
		Fuzzy: carried.Count(app.AnchorFuzzy), NeedsReview: carried.Count(app.AnchorNeedsReview),
		TextChanged: carried.TextsChanged(), Orphan: carried.Count(app.AnchorOrphan), Moves: []moveRow{},
		Doubts: append([]string{}, carried.Version.Provenance.Doubts...)}
	for _, m := range carried.Moves {
		if m.State != app.AnchorExact {
			row.Moves = append(row.Moves, rowOfMove(m))
		}
	}
	s.row(row, "version %d: %d exact, %d fuzzy, %d needs review, %d orphan", row.Version, row.Exact, row.Fuzzy, row.NeedsReview, row.Orphan)
	for _, m := range row.Moves {
		if m.Found == "" {
			s.line("%s  %s\n        was %s\n        now nothing like it is left", m.ID, m.State, app.Quoted(m.Quote))
			continue
		}
		s.line("%s  %s — %s\n%s", m.ID, stateLine(m.State, m.TextChanged), m.Change.Summary, m.Change.lines())
	}
	for _, doubt := range carried.Version.Provenance.Doubts {
		if !s.json {
			s.line("%s", doubt)
		}
	}
}

func rowOfMove(m app.Move) moveRow {
	row := moveRow{ID: m.ID, State: m.State, Quote: m.Old.Quote, Trashed: m.Trashed, TextChanged: m.TextChanged, Change: rowOfChange(m.Change)}
	if m.State != app.AnchorOrphan {
		row.Found, row.Start, row.End = m.New.Quote, m.New.Start, m.New.End
	}
	return row
}

type articleVersionsCmd struct {
	Article string `arg:"" help:"The article (id or title)."`
}

type versionRow struct {
	Version  int       `json:"version"`
	Name     string    `json:"name"`
	Original string    `json:"original"`
	Reader   string    `json:"reader"`
	Words    int       `json:"words"`
	Created  time.Time `json:"created"`
	InUse    bool      `json:"in_use"`
	Encoding string    `json:"encoding"`
	LeftOut  int       `json:"left_out"`
	Doubts   []string  `json:"doubts"`
}

// Run lists the versions.
func (c articleVersionsCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	id, err := nb.ArticleID(s.ctx, c.Article)
	if err != nil {
		return err
	}
	return s.read(func(r app.Reader) error {
		a, err := r.Article(id)
		if err != nil {
			return err
		}
		versions, err := r.Versions(a.ID)
		for _, v := range versions {
			row := versionRow{v.Number, v.Name, v.Original, v.Reader, v.Words, v.Created, v.Text == a.Text,
				v.Provenance.Encoding, v.Provenance.LeftOut, append([]string{}, v.Provenance.Doubts...)}
			use := ""
			if row.InUse {
				use = "  in use"
			}
			s.row(row, "%d  %s  %s, %d %s%s", v.Number, v.Created.Local().Format(time.DateTime), v.Name, v.Words, plural(v.Words, "word"), use)
		}
		return err
	})
}

type articleDiffCmd struct {
	Article string `arg:"" help:"The article (id or title)."`
	From    int    `help:"The number of the older version; 0 for the one before."`
	To      int    `help:"The number of the newer version; 0 for the last."`
	All     bool   `help:"Print what is the same too."`
}

type diffRow struct {
	Kind  app.DiffKind `json:"kind"`
	Old   string       `json:"old"`
	New   string       `json:"new"`
	Words []wordRow    `json:"words"`
}

type wordRow struct {
	Kind app.DiffKind `json:"kind"`
	Text string       `json:"text"`
}

// Run compares two versions.
func (c articleDiffCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	id, err := nb.ArticleID(s.ctx, c.Article)
	if err != nil {
		return err
	}
	old, text, blocks, err := nb.DiffVersions(s.ctx, id, c.From, c.To)
	if err != nil {
		return err
	}
	before, after := []rune(old.Plain), []rune(text.Plain)
	for _, b := range blocks {
		if b.Kind == app.DiffSame && !c.All {
			continue
		}
		row := diffRow{Kind: b.Kind, Old: string(before[b.Old.Start:b.Old.End]), New: string(after[b.New.Start:b.New.End]), Words: []wordRow{}}
		for _, w := range b.Words {
			row.Words = append(row.Words, wordRow(w))
		}
		s.row(row, "%s", diffLine(b, row))
	}
	return nil
}

// diffLine writes a block as wdiff does: [-removed-] {+added+}.
func diffLine(b app.DiffBlock, row diffRow) string {
	if b.Kind == app.DiffSame {
		return "  " + row.New
	}
	var line strings.Builder
	line.WriteString(map[app.DiffKind]string{app.DiffChanged: "~ ", app.DiffAdded: "+ ", app.DiffRemoved: "- "}[b.Kind])
	for _, w := range b.Words {
		switch {
		case b.Kind != app.DiffChanged || w.Kind == app.DiffSame:
			line.WriteString(w.Text)
		case w.Kind == app.DiffRemoved:
			line.WriteString("[-" + w.Text + "-]")
		default:
			line.WriteString("{+" + w.Text + "+}")
		}
	}
	return line.String()
}
