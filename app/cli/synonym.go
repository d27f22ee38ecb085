package cli

import (
	"strings"

	"rejoinder/app"
)

type synonymCmd struct {
	Add    synonymAddCmd    `cmd:"" help:"Say that words stand for one another."`
	List   synonymListCmd   `cmd:"" help:"List them."`
	Remove synonymRemoveCmd `cmd:"" help:"Take them away again."`
}

type synonymRow struct {
	ID    app.SynonymsID `json:"id"`
	Words []string       `json:"words"`
}

type synonymAddCmd struct {
	Words []string `arg:"" help:"Two or more words or “phrases”."`
}

// Run adds synonyms.
func (c synonymAddCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		made, err := nb.PutSynonyms(s.ctx, app.Synonyms{Words: c.Words})
		if err == nil {
			s.row(synonymRow{made.ID, made.Words}, "%s", made.ID)
		}
		return err
	})
}

type synonymListCmd struct{}

// Run lists synonyms.
func (synonymListCmd) Run(s *session) error {
	return s.read(func(r app.Reader) error {
		all, err := r.Synonyms()
		for _, x := range all {
			s.row(synonymRow{x.ID, x.Words}, "%s  %s", x.ID, strings.Join(x.Words, ", "))
		}
		return err
	})
}

type synonymRemoveCmd struct {
	Word string `arg:"" help:"One of the words, or the identifier."`
}

// Run removes all synonyms with the word.
func (c synonymRemoveCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		var found []app.Synonyms
		err := s.read(func(r app.Reader) error {
			all, err := r.Synonyms()
			for _, x := range all {
				if string(x.ID) == c.Word || x.Has(c.Word) {
					found = append(found, x)
				}
			}
			return err
		})
		if err == nil && len(found) == 0 {
			err = app.Problem(app.ErrNotFound, "%q has no synonyms", c.Word)
		}
		for _, x := range found {
			if err == nil {
				_, err = nb.PutSynonyms(s.ctx, app.Synonyms{ID: x.ID})
			}
		}
		return err
	})
}
