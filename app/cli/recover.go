package cli

import (
	"fmt"
	"maps"
	"slices"

	"rejoinder/app"
)

type notebookRecoverCmd struct{}

// Run recovers a damaged notebook.
func (notebookRecoverCmd) Run(s *session) error {
	r, err := s.env.Rescue.Recover(s.ctx, s.dir, app.NoProgress{})
	if err != nil {
		return err
	}
	if s.json {
		s.row(listedReport(r), "")
		return nil
	}
	s.line("Recovered %s. %d of its %d pages were damaged; of %d more one bit was wrong and was put back.", r.Folder, r.BadPages, r.Pages, r.MendedPages)
	s.line("Got back:")
	for _, k := range app.Kinds {
		if n := r.GotBack[k]; n > 0 {
			s.line("%6d  %s", n, plural(n, string(k)))
		}
	}
	s.line("%6d  %s as they were; %d read again from their originals", r.Texts, plural(r.Texts, "text"), len(r.Reread))
	if n := len(r.NewArticles); n > 0 {
		s.line("%d %s were made again of their originals: look at their titles and dates.", n, plural(n, "article"))
		printEach(s, r.NewArticles)
	}
	if n := len(r.StandIns); n > 0 {
		s.line("Missing, with a stand-in that says so, for others name them: %d", n)
		printEach(s, r.StandIns)
	}
	if len(r.LostPages) > 0 {
		s.line("Pages of which rows may be missing:")
		for _, table := range slices.Sorted(maps.Keys(r.LostPages)) {
			s.line("%6d  of %s", r.LostPages[table], table)
		}
	}
	if len(r.Dropped) > 0 {
		s.line("Left out, for what they were about is lost:")
		for _, table := range slices.Sorted(maps.Keys(r.Dropped)) {
			s.line("%6d  of %s", r.Dropped[table], table)
		}
	}
	if n := len(r.Review); n > 0 {
		s.line("To be looked at, for their words do not stand where they stood: %d %s (rejoinder annotation list --state needs-review)", n, plural(n, "mark"))
	}
	if n := len(r.Doubtful); n > 0 {
		s.line("On damaged pages, so that they may be wrong: %d", n)
		printEach(s, r.Doubtful)
	}
	for _, note := range r.Notes {
		s.line("%s", note)
	}
	s.line("The damaged database is kept: %s", r.Damaged)
	return nil
}

// mostPrinted is how many things of a long list are printed; --json has them all.
const mostPrinted = 20

func printEach[T any](s *session, things []T) {
	for i, t := range things {
		if i == mostPrinted {
			s.line("  … and %d more (--json lists all)", len(things)-i)
			return
		}
		s.line("  %s", fmt.Sprint(t))
	}
}

// listedReport is a report whose lists are never null in JSON.
func listedReport(r app.RecoverReport) app.RecoverReport {
	r.Reread, r.NewArticles, r.Review = listed(r.Reread), listed(r.NewArticles), listed(r.Review)
	r.Doubtful, r.StandIns, r.Notes = listed(r.Doubtful), listed(r.StandIns), listed(r.Notes)
	return r
}
