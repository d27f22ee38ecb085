package viewmodel

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"runtime"
	"strings"
	"time"

	"rejoinder/app"
)

// Trouble is what the window shows in the place of a notebook that cannot be opened:
// what happened, what is safe, and the ways out.
type Trouble struct {
	OnChange func()

	Folder string
	Err    error
	Survey app.Survey
	Loaded bool
	Task   string // what is being done; "" for nothing
	Failed string // why the last way out was none; ""

	session *Session // without a notebook
	rescue  app.Rescue
	version string
	recover Recover
	content load
}

// Recover gets what can be read out of the damaged notebook in a folder.
type Recover func(ctx context.Context, dir string, p app.Progress) (app.RecoverReport, error)

// WayOut is something to do about a notebook that cannot be opened.
type WayOut string

// The ways out, by what their buttons say.
const (
	WayRestore  WayOut = "Restore a backup…"
	WaySalvage  WayOut = "Salvage what can be read…"
	WayReadOnly WayOut = "Open read-only"
	WayAgain    WayOut = "Try again"
	WayAnother  WayOut = "Open another notebook…"
	WayFolder   WayOut = "Show the folder"
	WayDetails  WayOut = "Show the details"
)

// NewTrouble makes the view of an error with which the notebook in dir could not be
// opened. Recover may be nil. Load fills it.
func NewTrouble(loop Loop, rescue app.Rescue, r Recover, version, dir string, err error) *Trouble {
	return &Trouble{Folder: dir, Err: err, session: &Session{Loop: loop}, rescue: rescue, recover: r, version: version}
}

// Load looks what there is in the notebook's folder.
func (t *Trouble) Load() {
	start(t.session.Loop, &t.content, func(ctx context.Context) (app.Survey, error) {
		return t.rescue.Survey(ctx, t.Folder)
	}, func(s app.Survey, err error) {
		t.Loaded, t.Survey = true, s
		if err != nil {
			t.Failed = app.Sentence(err)
		}
		changed(t.OnChange)
	})
}

func (t *Trouble) is(kind error) bool { return errors.Is(t.Err, kind) }

func (t *Trouble) forbidden() bool { return t.is(fs.ErrPermission) || t.is(app.ErrReadOnly) }

// Title says in a few words what is wrong.
func (t *Trouble) Title() string {
	switch {
	case t.is(app.ErrBusy):
		return "The notebook is in use"
	case t.is(app.ErrMissing) && t.Survey.Bytes > 0:
		return "Another program's file is in the database's place"
	case t.is(app.ErrMissing):
		return "The notebook's database is missing"
	case t.is(app.ErrNewer):
		return "A newer Rejoinder made this notebook"
	case t.is(app.ErrDamaged):
		return "The notebook is damaged"
	case t.is(app.ErrDiskFull):
		return "The disk is full"
	case t.forbidden():
		return "The notebook may not be opened"
	}
	return "The notebook could not be opened"
}

// What says in two sentences what happened.
func (t *Trouble) What() string {
	database := t.Survey.Database
	if database == "" {
		database = "notebook.db in " + t.Folder
	}
	switch {
	case t.is(app.ErrBusy):
		return app.Sentence(t.Err)
	case t.is(app.ErrMissing) && t.Survey.Bytes > 0:
		return database + " is another program's, while originals or backups of the notebook are beside it. Nothing was begun anew, so what is there is as it was."
	case t.is(app.ErrMissing):
		return database + " is gone or empty, while originals or backups of the notebook are still there. Nothing was begun anew, so what is there is as it was."
	case t.is(app.ErrNewer):
		return "This version can neither read nor write its format. Install the newer version to go on; nothing was changed."
	case t.is(app.ErrDamaged):
		return database + " cannot be read as a notebook's database any more. Nothing was changed by trying."
	case t.is(app.ErrDiskFull):
		return "The disk that holds " + t.Folder + " has no room left for what opening a notebook writes. Free some space and try again; nothing was changed."
	case t.forbidden():
		return "You have no permission to open " + t.Folder + ". Give yourself the right to read it, and to write it if you want to work in it; nothing was changed."
	}
	return app.Sentence(t.Err)
}

// Safe says what of the notebook is there, each in a sentence.
func (t *Trouble) Safe() []Fact {
	if !t.Loaded || t.is(app.ErrBusy) {
		return nil
	}
	s := t.Survey
	if t.forbidden() && s.Bytes == 0 && s.Originals == 0 && len(s.Backups) == 0 {
		return []Fact{{false, "What is in its folder cannot be seen without the right to read it."}}
	}
	var out []Fact
	if s.Bytes > 0 && !t.is(app.ErrMissing) {
		what := "The database"
		if t.is(app.ErrDamaged) {
			what = "The damaged database"
		}
		out = append(out, Fact{!t.is(app.ErrDamaged), fmt.Sprintf("%s is there: %s, written last %s.", what, MegaBytes(s.Bytes), momentWords(s.Changed))})
	}
	backups := t.Backups()
	switch {
	case len(backups) == 0:
		out = append(out, Fact{false, "There is no backup in its folder."})
	case backups[0].Bare:
		out = append(out, Fact{true, fmt.Sprintf("%s. The newest is of %s.", plural(len(backups), "backup"), BackupWhen(backups[0]))})
	default:
		out = append(out, Fact{true, fmt.Sprintf("%s. The newest, of %s, holds %s.", plural(len(backups), "backup"), BackupWhen(backups[0]),
			strings.ReplaceAll(BackupHolds(backups[0]), " · ", ", "))})
	}
	if s.Originals == 0 {
		out = append(out, Fact{false, "There are no originals of imported files."})
	} else {
		out = append(out, Fact{true, fmt.Sprintf("%s of imported files.", plural(s.Originals, "original"))})
	}
	for _, w := range s.Warnings {
		out = append(out, Fact{false, w})
	}
	return out
}

// Fact is something that is there, or is not.
type Fact struct {
	Good bool
	Text string
}

// Backups are those that may be restored, newest first.
func (t *Trouble) Backups() []app.Backup {
	var out []app.Backup
	for _, b := range t.Survey.Backups {
		if Restorable(b) {
			out = append(out, b)
		}
	}
	return out
}

// WaysOut are the ways out that make sense, the best first.
func (t *Trouble) WaysOut() []WayOut {
	if t.is(app.ErrBusy) {
		return []WayOut{WayAgain, WayAnother}
	}
	var out []WayOut
	lost := !t.is(app.ErrNewer) && !t.is(app.ErrDiskFull) && !t.forbidden()
	if lost && len(t.Backups()) > 0 {
		out = append(out, WayRestore)
	}
	if lost && t.recover != nil && (t.Survey.Bytes > 0 || t.Survey.Originals > 0) {
		out = append(out, WaySalvage)
	}
	readable := t.Survey.Bytes > 0 && !t.is(app.ErrMissing) && !t.is(app.ErrNewer)
	if len(out) > 0 && readable {
		out = append(out, WayReadOnly)
	}
	out = append(out, WayAgain)
	if len(out) == 1 && readable {
		out = append(out, WayReadOnly)
	}
	return append(out, WayAnother, WayFolder, WayDetails)
}

// Details is all that is known, for whoever is asked for help.
func (t *Trouble) Details() string {
	var b strings.Builder
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(&b, format+"\n", args...) }
	line("Rejoinder %s on %s/%s", t.version, runtime.GOOS, runtime.GOARCH)
	line("Notebook: %s", t.Folder)
	line("Error: %v", t.Err)
	if t.Failed != "" {
		line("Then: %s", t.Failed)
	}
	if t.Loaded {
		line("Database: %s, %d bytes, written %s", t.Survey.Database, t.Survey.Bytes, momentWords(t.Survey.Changed))
		line("Originals: %d", t.Survey.Originals)
		line("Backups: %d", len(t.Survey.Backups))
		for _, k := range t.Survey.Backups {
			line("  %s: %s, %s", k.Path, BackupHolds(k), BackupLine(k))
		}
	}
	return strings.TrimRight(b.String(), "\n")
}

// Restore puts a backup in the notebook's place, and calls done with what was done
// when it went well.
func (t *Trouble) Restore(b app.Backup, passphrase string, done func(said string)) {
	runLong(t.session, "Restoring the backup of "+BackupWhen(b), t.Tell, func(ctx context.Context, p app.Progress) (app.RestoreReport, error) {
		return t.rescue.Restore(ctx, t.Folder, app.BackupFile{Path: b.Path, Passphrase: passphrase}, p)
	}, func(r app.RestoreReport, err error) {
		if t.ended(err) {
			done(RestoredSentence(b, r))
		}
	})
}

// Salvage gets what can be read out of the damaged database, and calls done with
// what that is.
func (t *Trouble) Salvage(done func(sentences []string)) {
	runLong(t.session, "Reading what can be read", t.Tell, func(ctx context.Context, p app.Progress) (app.RecoverReport, error) {
		return t.recover(ctx, t.Folder, p)
	}, func(r app.RecoverReport, err error) {
		if t.ended(err) {
			done(RecoveredSentences(r))
		}
	})
}

// StillNot tells that opening it again failed too.
func (t *Trouble) StillNot(err error) {
	t.Err, t.Failed = err, "Tried again at "+time.Now().Format("15:04:05")+", and it still cannot be opened."
	t.Load()
	changed(t.OnChange)
}

// NotReadable tells that it cannot be opened for reading only either.
func (t *Trouble) NotReadable(err error) {
	t.Failed = "It cannot be read either. " + app.Sentence(err)
	changed(t.OnChange)
}

// Tell shows what is being done; "" when it is over.
func (t *Trouble) Tell(what string) {
	t.Task = what
	changed(t.OnChange)
}

// ended says whether it went well, and shows why not.
func (t *Trouble) ended(err error) bool {
	t.Failed = ""
	if err != nil {
		t.Failed = app.Sentence(err)
		t.Load() // it may have left something there
	}
	changed(t.OnChange)
	return err == nil
}
