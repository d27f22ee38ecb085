package cli

import "rejoinder/app"

// spotFlags name a passage of an article.
type spotFlags struct {
	Article string `help:"The article (id or title) that shows it."`
	Quote   string `help:"The passage, exactly as it stands in the text."`
	Nth     int    `help:"Which occurrence of the quote, from 1, where there is more than one."`
}

// spot is the passage, or nil when none was named.
func (f spotFlags) spot() (*app.Spot, error) {
	if f.Article == "" && f.Quote == "" {
		return nil, nil
	}
	if f.Article == "" || f.Quote == "" {
		return nil, app.Problem(app.ErrInvalid, "a passage needs both --article and --quote")
	}
	return &app.Spot{Article: f.Article, Quote: f.Quote, Nth: f.Nth}, nil
}

// passage is the passage, which must be named.
func (f spotFlags) passage() (app.Spot, error) {
	spot, err := f.spot()
	if err == nil && spot == nil {
		err = app.Problem(app.ErrInvalid, "say which passage: --article and --quote")
	}
	if err != nil {
		return app.Spot{}, err
	}
	return *spot, nil
}

type annotateCmd struct {
	Article string   `arg:"" help:"The article (id or title)."`
	Quote   string   `required:"" help:"The passage, exactly as it stands in the text."`
	Nth     int      `help:"Which occurrence of the quote, from 1, where there is more than one."`
	Kind    string   `default:"highlight" enum:"highlight,underline,comment" help:"highlight, underline or comment."`
	Color   string   `default:"yellow" enum:"yellow,green,blue,pink,orange,violet" help:"yellow, green, blue, pink, orange or violet."`
	Note    string   `help:"The margin note, in Markdown."`
	Tag     []string `short:"t" sep:"none" help:"A tag's path; may be given again."`
}

// Run marks a passage.
func (c annotateCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		a, err := nb.Annotate(s.ctx, app.Spot{Article: c.Article, Quote: c.Quote, Nth: c.Nth},
			app.Annotation{Kind: app.AnnotationKind(c.Kind), Color: app.Color(c.Color), Note: c.Note}, c.Tag...)
		if err == nil {
			s.row(made{string(a.ID)}, "%s", a.ID)
		}
		return err
	})
}
