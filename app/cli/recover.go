package cli

import (
	"strings"

	"rejoinder/app"
)

type notebookRecoverCmd struct {
	From string `type:"existingfile" placeholder:"FILE" help:"Read this database file, as a damaged backup or a log that was put aside, in the place of the notebook's own. What the notebook holds now becomes a backup first."`
}

// Run recovers a damaged notebook.
func (c notebookRecoverCmd) Run(s *session) error {
	s.otherFile = true // its errors say what to do
	var r app.RecoverReport
	var err error
	if c.From == "" {
		r, err = s.env.Rescue.Recover(s.ctx, s.dir, app.NoProgress{})
	} else {
		r, err = s.env.Rescue.RecoverFrom(s.ctx, s.dir, app.BackupFile{Path: c.From}, app.NoProgress{})
	}
	if err != nil {
		return err
	}
	if s.json {
		s.row(listedReport(r), "")
		return nil
	}
	s.line("Recovered %s. %s", r.Folder, strings.Join(r.Losses(), "\n"))
	s.line("Got back:")
	for _, k := range app.Kinds {
		if n := r.GotBack[k]; n > 0 {
			s.line("%6d  %s", n, plural(n, string(k)))
		}
	}
	s.line("%6d  %s as they were; %d read again from their originals", r.Texts, plural(r.Texts, "text"), len(r.Reread))
	if n := len(r.NewArticles); n > 0 {
		s.line("%d %s made again of originals; look at the titles and dates:", n, plural(n, "article"))
		printEach(s, r.NewArticles, func(id app.ArticleID) string { return string(id) + "  " + r.Titles[id] })
	}
	if n := len(r.StandIns); n > 0 {
		s.line("Missing, with a stand-in that says so, for others name them: %d", n)
		printEach(s, r.StandIns, app.Ref.String)
	}
	if n := len(r.Review); n > 0 {
		s.line("To be looked at, for their words do not stand where they stood: %d %s (rejoinder annotation list --state needs-review)", n, plural(n, "mark"))
	}
	if n := len(r.Doubtful); n > 0 {
		s.line("On damaged pages, so that they may be wrong: %d", n)
		printEach(s, r.Doubtful, app.Ref.String)
	}
	for _, note := range r.Notes {
		s.line("%s", note)
	}
	if r.Damaged != "" {
		s.line("The damaged database is kept: %s", r.Damaged)
	}
	if r.Kept != "" {
		s.line("What the notebook held before is kept: %s", r.Kept)
	}
	s.tellBackups(r)
	return nil
}

// tellBackups names the backups that may hold what is missing, and the ways back.
func (s *session) tellBackups(r app.RecoverReport) {
	if len(r.Backups) == 0 {
		return
	}
	s.line("What is missing may be in a backup:")
	for _, b := range r.Backups {
		s.line("  %s\n    %s", b.Path, describeBackup(b))
	}
	s.line("List its articles: rejoinder notebook backups --articles FILE")
	s.line("Bring some back into what was recovered: rejoinder notebook restore FILE --article TITLE")
	s.line("Put all of it in the place of what was recovered, which is kept: rejoinder notebook restore FILE")
}

// mostPrinted is how many things of a long list are printed; --json has them all.
const mostPrinted = 20

func printEach[T any](s *session, things []T, words func(T) string) {
	for i, t := range things {
		if i == mostPrinted {
			s.line("  … and %d more (--json lists all)", len(things)-i)
			return
		}
		s.line("  %s", words(t))
	}
}

// listedReport is a report whose lists are never null in JSON.
func listedReport(r app.RecoverReport) app.RecoverReport {
	r.Reread, r.NewArticles, r.Review = listed(r.Reread), listed(r.NewArticles), listed(r.Review)
	r.Doubtful, r.StandIns, r.Notes, r.Backups = listed(r.Doubtful), listed(r.StandIns), listed(r.Notes), listed(r.Backups)
	return r
}
