package cli

import (
	"fmt"
	"path/filepath"
	"slices"
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
		ids, err := c.articles(s)
		if err != nil {
			return err
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
		s.row(done, "%s", purgedText(done))
		return nil
	})
}

// articles are those that were named, also those in the trash.
func (c trashPurgeCmd) articles(s *session) (ids []app.ArticleID, err error) {
	err = s.read(func(r app.Reader) error {
		for _, name := range c.Articles {
			id, err := app.ArticleToPurge(r, name)
			if err != nil {
				return err
			}
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
		return nil
	})
	return ids, err
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
	if r.Strays > 0 {
		line("Goes: %d %s that no article has, as of an import that was cancelled.", r.Strays, plural(r.Strays, "original"))
	}
	for _, k := range r.Backups {
		what := "written anew without it"
		switch {
		case k.Kept && backups:
			what = "STAYS: it cannot be reached now"
		case k.Kept && k.Why != "":
			what = "STAYS, and may have all of it, for " + k.Why + " (--backups removes it)"
		case k.Kept:
			what = "STAYS, with all of it (--backups takes it out)"
		case k.Removed:
			what = "removed as a whole, for it cannot be written anew: " + k.Why
		}
		line("Backup %s: %s.", k.Path, what)
		for _, a := range k.Articles {
			line("  %s  %s", a.ID, app.OneLine(a.Title))
		}
	}
	for _, path := range r.Copies {
		line("STAYS: %s: not Rejoinder's own; look at it yourself.", path)
	}
	for _, dir := range r.Emptied {
		line("No backup is left in %s then: make a new one afterwards (rejoinder notebook backup).", dir)
	}
	return strings.TrimRight(b.String(), "\n")
}

// purgedIDs are the articles that went or that backups still have, as arguments.
func purgedIDs(r app.PurgeReport) string {
	var ids []string
	for _, a := range r.Articles {
		ids = append(ids, string(a.ID))
	}
	for _, b := range r.Backups {
		for _, a := range b.Articles {
			if !slices.Contains(ids, string(a.ID)) {
				ids = append(ids, string(a.ID))
			}
		}
	}
	return strings.Join(append([]string{""}, ids...), " ")
}

// purgedText says what was purged and, of what can be known, where words of it stay.
func purgedText(r app.PurgeReport) string {
	kept, unreached := 0, []string{}
	for _, k := range r.Backups {
		switch {
		case k.Kept && strings.HasPrefix(filepath.Base(k.Path), "notebook-"):
			kept++
		case k.Kept:
			unreached = append(unreached, k.Path)
		}
	}
	ids := purgedIDs(r)
	text := "Purged from the notebook."
	if kept > 0 {
		text += fmt.Sprintf(" %d %s STILL may have all of it: rejoinder trash purge%s --backups takes it out.", kept, plural(kept, "backup"), ids)
	}
	for _, dir := range unreached {
		text += fmt.Sprintf(" The backups in %s could not be reached and STILL may have all of it: rejoinder trash purge%s --backups takes it out when they can be.", dir, ids)
	}
	if n := len(r.Copies); n > 0 {
		text += fmt.Sprintf(" %d %s of databases in its folder may have it too: %s.", n, plural(n, "copy"), strings.Join(r.Copies, ", "))
	}
	for _, dir := range r.Emptied {
		text += fmt.Sprintf(" No backup is left in %s: make a new one (rejoinder notebook backup).", dir)
	}
	return text + " What a disk keeps of deleted files no program can know; copies elsewhere are yours to find."
}
