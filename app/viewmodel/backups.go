package viewmodel

import (
	"context"
	"os"
	"path/filepath"
	"strings"

	"rejoinder/app"
)

// Backups lists the backups of the open notebook, those of the second place too if
// it can be reached, and what can be done with one.
type Backups struct {
	OnChange func()

	Rows       []app.Backup // newest first
	At         int          // the one that is looked at
	Second     *app.SecondPlace
	SecondAway bool // it is set, and cannot be reached now
	Loaded     bool
	Task       string // what is being done; "" for nothing
	// Of the last thing done: what was said, what was found, or why it failed.
	Said   string
	Found  []app.Finding
	Failed string

	session *Session
	rescue  app.Rescue
	folder  string
	content load
}

// NewBackups makes the view of the backups of the notebook in a folder. Load fills
// it.
func NewBackups(s *Session, rescue app.Rescue, folder string) *Backups {
	return &Backups{session: s, rescue: rescue, folder: folder}
}

type backupsState struct {
	survey app.Survey
	second *app.SecondPlace
	away   bool
}

// Load reads the list anew.
func (b *Backups) Load() {
	start(b.session.Loop, &b.content, func(ctx context.Context) (s backupsState, err error) {
		if s.survey, err = b.rescue.Survey(ctx, b.folder); err != nil {
			return s, err
		}
		info, err := b.session.Notebook.Info(ctx)
		s.second = info.Second
		if s.second != nil {
			_, gone := os.Stat(s.second.Folder)
			s.away = gone != nil
		}
		return s, err
	}, func(s backupsState, err error) {
		if err != nil {
			b.Failed = app.Sentence(err)
		}
		path := ""
		if now, ok := b.Chosen(); ok {
			path = now.Path
		}
		b.Loaded, b.Rows, b.Second, b.SecondAway, b.At = true, s.survey.Backups, s.second, s.away, 0
		for i, row := range b.Rows {
			if row.Path == path {
				b.At = i
			}
		}
		changed(b.OnChange)
	})
}

// Chosen is the backup that is looked at; false when there is none.
func (b *Backups) Chosen() (app.Backup, bool) {
	if b.At < len(b.Rows) {
		return b.Rows[b.At], true
	}
	return app.Backup{}, false
}

// Look looks at a backup.
func (b *Backups) Look(i int) {
	if i != b.At {
		b.At = i
		b.clear()
	}
	changed(b.OnChange)
}

func (b *Backups) clear() { b.Said, b.Found, b.Failed = "", nil, "" }

// InSecond says that a backup is in the second place.
func (b *Backups) InSecond(k app.Backup) bool {
	inside, err := filepath.Rel(b.folder, k.Path)
	return err != nil || strings.HasPrefix(inside, "..")
}

// SecondWords say where backups go besides.
func (b *Backups) SecondWords() string {
	switch {
	case b.Second == nil:
		return "No second place is set: if this disk is lost, its backups are too."
	case b.SecondAway:
		return "Second place: " + b.Second.Folder + ", which cannot be reached now"
	case b.Second.Encrypted:
		return "Second place: " + b.Second.Folder + ", encrypted"
	}
	return "Second place: " + b.Second.Folder
}

// BackUp makes a backup now.
func (b *Backups) BackUp() {
	act(b, "Backing up", func(ctx context.Context, p app.Progress) (app.BackupReport, error) {
		return b.session.Notebook.Backup(ctx, app.BackupOptions{Why: app.BackupAsked}, p)
	}, func(r app.BackupReport) {
		b.Said = BackedUpSentence(r)
		if err := BackupShortfall(r); err != nil {
			b.Failed = app.Sentence(err)
		}
		b.At = 0
		b.Rows = nil // the new one is looked at
		b.Load()
	})
}

// Verify reads the backup that is looked at, all of it.
func (b *Backups) Verify(passphrase string) {
	k, ok := b.Chosen()
	if !ok {
		return
	}
	act(b, "Verifying", func(ctx context.Context, p app.Progress) ([]app.Finding, error) {
		return b.rescue.VerifyBackup(ctx, app.BackupFile{Path: k.Path, Passphrase: passphrase}, p)
	}, func(found []app.Finding) {
		b.Found, b.Said = found, "The backup is whole."
		for _, f := range found {
			if !f.OK {
				b.Said = "The backup is not whole."
			}
		}
	})
}

// Remove removes the backup that is looked at.
func (b *Backups) Remove() {
	k, ok := b.Chosen()
	if !ok {
		return
	}
	act(b, "Removing", func(context.Context, app.Progress) (struct{}, error) {
		return struct{}{}, b.rescue.RemoveBackup(b.folder, k.Path)
	}, func(struct{}) {
		b.Said = "The backup of " + BackupWhen(k) + " was removed."
		b.Load()
	})
}

// Articles calls done with the articles in the backup that is looked at.
func (b *Backups) Articles(passphrase string, done func(app.BackupFile, []app.Article)) {
	k, ok := b.Chosen()
	if !ok {
		return
	}
	from := app.BackupFile{Path: k.Path, Passphrase: passphrase}
	act(b, "Reading the backup", func(ctx context.Context, _ app.Progress) ([]app.Article, error) {
		return b.rescue.BackedUp(ctx, from)
	}, func(articles []app.Article) { done(from, articles) })
}

// RestoreArticle brings an article back from a backup, with its marks and what hangs
// on them. It is a step, which can be undone.
func (b *Backups) RestoreArticle(from app.BackupFile, a app.Article) {
	act(b, "Restoring the article", func(ctx context.Context, p app.Progress) (app.Changes, error) {
		return b.session.Notebook.RestoreArticles(ctx, from, []app.ArticleID{a.ID}, p)
	}, func(c app.Changes) {
		b.Said = "“" + app.OneLine(a.Title) + "” is in the notebook as it is in the backup; nothing was changed."
		if !c.Empty() {
			b.Said = "“" + app.OneLine(a.Title) + "” was brought back from the backup. Ctrl+Z undoes it."
		}
	})
}

// SecondForm is where backups are to go besides.
type SecondForm struct {
	Folder            string
	Encrypt           bool
	Passphrase, Again string
}

// Problem is what is wrong with it; "" for nothing.
func (f SecondForm) Problem() string {
	switch {
	case strings.TrimSpace(f.Folder) == "":
		return "Choose a folder, best on another disk."
	case !f.Encrypt:
		return ""
	case f.Passphrase == "":
		return "The passphrase is empty."
	case f.Passphrase != f.Again:
		return "The two passphrases are not the same."
	}
	return ""
}

// SetSecond sets the second place; a form without a folder makes no more backups
// there, and those that are there stay. over is called in any case.
func (b *Backups) SetSecond(f SecondForm, over func(problem string)) {
	none := f == SecondForm{}
	if p := f.Problem(); p != "" && !none {
		over(p)
		return
	}
	passphrase := ""
	if f.Encrypt {
		passphrase = f.Passphrase
	}
	run(b.session, func() (struct{}, error) {
		return struct{}{}, b.session.Notebook.SetSecondPlace(context.Background(), strings.TrimSpace(f.Folder), passphrase)
	}, func(_ struct{}, err error) {
		over(app.Sentence(err))
		if err == nil {
			b.clear()
			b.Said = "From the next backup on, one goes there too."
			if none {
				b.Said = "No more backups are made in a second place; those that are there stay."
			}
			b.Load()
		}
	})
}

// act does something with a backup, one thing at a time, and shows what became of it.
func act[T any](b *Backups, what string, work func(context.Context, app.Progress) (T, error), then func(T)) {
	if b.Task != "" {
		return
	}
	b.clear()
	runLong(b.session, what, func(task string) {
		b.Task = task
		changed(b.OnChange)
	}, work, func(v T, err error) {
		if err != nil {
			b.Failed = app.Sentence(err)
		} else {
			then(v)
		}
		changed(b.OnChange)
	})
}

// ArticlesLike are those whose title or publisher has all the words that were typed.
func ArticlesLike(all []app.Article, typed string) []app.Article {
	words := strings.Fields(app.FoldText(typed))
	var out []app.Article
	for _, a := range all {
		text := app.FoldText(a.Title + " " + a.Publisher)
		fits := true
		for _, word := range words {
			fits = fits && strings.Contains(text, word)
		}
		if fits {
			out = append(out, a)
		}
	}
	return out
}
