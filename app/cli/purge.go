package cli

import (
	"fmt"
	"strings"

	"rejoinder/app"
)

type trashPurgeCmd struct {
	Articles []string `arg:"" optional:"" help:"Ids or titles of articles; none removes only what undo and an emptied trash still keep."`
	Backups  bool     `help:"Out of the backups too; those that cannot be written anew are removed."`
	List     bool     `help:"Only list what would go."`
	Yes      int      `type:"counter" help:"Answer the two questions: give it twice."`
}

// Run removes articles for good: first it lists what goes, then it asks twice.
func (c trashPurgeCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		refs, err := s.refs(c.Articles)
		if err != nil {
			return err
		}
		var ids []app.ArticleID
		for _, r := range refs {
			if r.Kind != app.KindArticle {
				return app.Problem(app.ErrInvalid, "%s is no article: only articles can be purged", r.ID)
			}
			ids = append(ids, app.ArticleID(r.ID))
		}
		plan, err := nb.Purge(s.ctx, ids, app.PurgeOptions{Backups: c.Backups, DryRun: true}, app.NoProgress{})
		if err != nil {
			return err
		}
		if c.List {
			s.row(plan, "%s", purgeText(plan, c.Backups))
			return nil
		}
		s.line("%s", purgeText(plan, c.Backups))
		if err := c.sure(s); err != nil {
			return err
		}
		done, err := nb.Purge(s.ctx, ids, app.PurgeOptions{Backups: c.Backups}, app.NoProgress{})
		if err != nil {
			return err
		}
		s.row(done, "Purged. What a disk keeps of deleted files no program can know; copies elsewhere are yours to find.")
		return nil
	})
}

// sure asks twice, unless it was answered on the command line.
func (c trashPurgeCmd) sure(s *session) error {
	for i, question := range []string{
		"Remove all this for good? Nothing done so far can be undone afterwards. (yes/no) ",
		"To go on, type purge: ",
	} {
		if c.Yes > i {
			continue
		}
		answer, err := s.ask(question)
		if err != nil {
			return err
		}
		if want := []string{"yes", "purge"}[i]; strings.TrimSpace(strings.ToLower(answer)) != want {
			return app.Problem(app.ErrInvalid, "not purged; nothing was changed")
		}
	}
	return nil
}

// purgeText lists what a purge removes, for people; backups says whether it was asked
// to go out of these too.
func purgeText(r app.PurgeReport, backups bool) string {
	var b strings.Builder
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	for _, a := range r.Articles {
		line("%s  %s", a.ID, a.Title)
	}
	count := func(k app.Kind) string { return fmt.Sprintf("%d %s", r.Counts[k], plural(r.Counts[k], string(k))) }
	line("Goes: %s, %s, %s, %s, %d %s.", count(app.KindArticle), count(app.KindAnnotation), count(app.KindStatement),
		count(app.KindRelation), len(r.Originals), plural(len(r.Originals), "original"))
	line("Goes: what undo keeps of %d %s, all %d remembered searches, the search index (built anew).", r.Steps, plural(r.Steps, "step"), r.Searches)
	line("Stays: actors, claims and notes in your own words; %d %s one of these articles.", len(r.Mentions), map[bool]string{true: "note names", false: "notes name"}[len(r.Mentions) == 1])
	for _, k := range r.Backups {
		what := "written anew without it"
		switch {
		case k.Kept && backups:
			what = "STAYS: it cannot be reached now"
		case k.Kept:
			what = "STAYS, with all of it (--backups takes it out)"
		case k.Removed:
			what = "removed, for it cannot be written anew"
		}
		line("Backup %s: %s.", k.Path, what)
	}
	return strings.TrimRight(b.String(), "\n")
}
