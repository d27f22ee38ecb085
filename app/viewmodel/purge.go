package viewmodel

import (
	"context"
	"strings"

	"rejoinder/app"
)

// Purge removes articles for good: it lists what goes and what stays, and does it when
// it was asked twice.
type Purge struct {
	OnChange func()

	Backups bool // out of the backups too
	Plan    app.PurgeReport
	Loaded  bool
	Failed  string // why there is no plan

	session  *Session
	articles []app.ArticleID
	content  load
}

// PurgeWord is what has to be typed before anything is purged.
const PurgeWord = "purge"

// NewPurge makes the view; no articles mean only what undo and the trash still keep of
// those that are gone. Load fills it.
func NewPurge(s *Session, articles []app.ArticleID) *Purge {
	return &Purge{session: s, articles: articles}
}

// TrashedArticles are the articles in the trash.
func (w *Window) TrashedArticles() []app.ArticleID {
	var out []app.ArticleID
	for _, t := range w.Trash {
		if t.Kind == app.KindArticle {
			out = append(out, app.ArticleID(t.ID))
		}
	}
	return out
}

// Load works out what would go.
func (p *Purge) Load() {
	o := app.PurgeOptions{Backups: p.Backups, DryRun: true}
	start(p.session.Loop, &p.content, func(ctx context.Context) (app.PurgeReport, error) {
		return p.session.Notebook.Purge(ctx, p.articles, o, app.NoProgress{})
	}, func(r app.PurgeReport, err error) {
		p.Loaded, p.Plan, p.Failed = err == nil, r, app.Sentence(err)
		changed(p.OnChange)
	})
}

// SetBackups says whether it goes out of the backups too.
func (p *Purge) SetBackups(on bool) {
	p.Backups = on
	p.Load()
}

// Close ends what is being read for it.
func (p *Purge) Close() { p.content.stop() }

// Goes lists what is removed, in sentences.
func (p *Purge) Goes() []string {
	r := p.Plan
	out := []string{joined(plural(r.Counts[app.KindArticle], "article"), plural(r.Counts[app.KindAnnotation], "mark"),
		plural(r.Counts[app.KindStatement], "statement"), plural(r.Counts[app.KindRelation], "relation"), plural(len(r.Originals), "original"))}
	history := "What undo keeps of " + plural(r.Steps, "step")
	switch r.Searches {
	case 0:
	case 1:
		history += ", and 1 remembered search"
	default:
		history += ", and " + Thousands(r.Searches) + " remembered searches"
	}
	out = append(out, history+"; the search index is built anew.")
	if r.Strays > 0 {
		out = append(out, plural(r.Strays, "original")+" that no article has, as of an import that was cancelled.")
	}
	for _, b := range r.Backups {
		switch {
		case b.Kept:
		case b.Removed:
			out = append(out, "The whole backup of "+BackupName(b.Path)+", for it cannot be written anew: "+b.Why+".")
		default:
			out = append(out, "Its words in the backup of "+BackupName(b.Path)+", which is written anew.")
		}
	}
	return out
}

// Stays lists what is not removed; what still has words of the articles is not good.
func (p *Purge) Stays() []Fact {
	r := p.Plan
	out := []Fact{{true, "Actors, claims and notes, which are in your own words."}}
	if n := len(r.Mentions); n == 1 {
		out = append(out, Fact{false, "1 note names one of these articles: look at it."})
	} else if n > 1 {
		out = append(out, Fact{false, plural(n, "note") + " name one of these articles: look at them."})
	}
	kept := 0
	for _, b := range r.Backups {
		switch {
		case b.Kept && p.Backups:
			out = append(out, Fact{false, "The backups in " + b.Path + ", which cannot be reached now."})
		case b.Kept:
			kept++
		}
	}
	if kept > 0 {
		out = append(out, Fact{false, plural(kept, "backup") + " with all of it, unless you tick the box below."})
	}
	for _, path := range r.Copies {
		out = append(out, Fact{false, path + ": not Rejoinder's own; look at it yourself."})
	}
	for _, dir := range r.Emptied {
		out = append(out, Fact{false, "No backup in " + dir + ": make a new one afterwards."})
	}
	return append(out, Fact{false, "What the disk keeps of deleted files, and copies elsewhere: no program can know."})
}

// Sure says that the word was typed.
func (p *Purge) Sure(typed string) bool {
	return strings.ToLower(strings.TrimSpace(typed)) == PurgeWord
}

// Run removes it all, in the background, and says what was removed.
func (p *Purge) Run() {
	o := app.PurgeOptions{Backups: p.Backups}
	runLong(p.session, "Removing for good", p.session.task, func(ctx context.Context, progress app.Progress) (app.PurgeReport, error) {
		return p.session.Notebook.Purge(ctx, p.articles, o, progress)
	}, func(r app.PurgeReport, err error) {
		if err != nil {
			p.session.Fail(err)
			return
		}
		p.session.Say("Removed for good: " + joined(plural(r.Counts[app.KindArticle], "article"), plural(len(r.Originals), "original")))
	})
}
