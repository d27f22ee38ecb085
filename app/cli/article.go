package cli

import "rejoinder/app"

type articleCmd struct {
	Edit  articleEditCmd  `cmd:"" help:"Change an article's metadata."`
	Story articleStoryCmd `cmd:"" help:"Say that articles are copies of one report."`

	Update    articleUpdateCmd    `cmd:"" help:"Read a newer file of an article and carry its marks there."`
	ReadAgain articleReadAgainCmd `cmd:"" help:"Read an article's original another way: another encoding, or with what was left out."`
	Versions  articleVersionsCmd  `cmd:"" help:"List the versions of an article's text."`
	Diff      articleDiffCmd      `cmd:"" help:"Compare two versions of an article's text."`
}

type articleEditCmd struct {
	Article   string   `arg:"" help:"The article (id or title)."`
	Title     string   `help:"Its title."`
	Author    []string `sep:"none" help:"An author; may be given again; replaces all."`
	Publisher string   `help:"Its publisher."`
	URL       string   `help:"Its address."`
	Published string   `help:"Its date: 2019-10-08, 2019-10 or 2019."`
	Language  string   `help:"Its language, as en."`
}

// Run changes an article's metadata.
func (c articleEditCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		ids, err := s.articles([]string{c.Article})
		if err != nil {
			return err
		}
		a, err := nb.EditArticle(s.ctx, ids[0], c.apply)
		if err == nil {
			s.row(made{string(a.ID)}, "%s", a.ID)
		}
		return err
	})
}

func (c articleEditCmd) apply(a *app.Article) {
	for _, f := range []struct {
		to  *string
		new string
	}{{&a.Title, c.Title}, {&a.Publisher, c.Publisher}, {&a.URL, c.URL}, {&a.Language, c.Language}} {
		if f.new != "" {
			*f.to = f.new
		}
	}
	if len(c.Author) > 0 {
		a.Authors = c.Author
	}
	if c.Published != "" {
		a.Published = app.Date(c.Published)
	}
}

type articleStoryCmd struct {
	Articles []string `arg:"" help:"Two or more articles (ids or titles)."`
}

// Run joins articles as one story.
func (c articleStoryCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		ids, err := s.articles(c.Articles)
		if err != nil {
			return err
		}
		story, err := nb.JoinStory(s.ctx, ids...)
		if err == nil {
			s.row(made{string(story.ID)}, "%s", story.ID)
		}
		return err
	})
}
