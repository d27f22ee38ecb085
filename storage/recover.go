package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"

	"rejoinder/app"
	"rejoinder/storage/salvage"
)

// recovering is in the names of databases that Recover has not finished.
const recovering = ".recovering"

// Recover makes a new database of all that can be read of the damaged one of the
// notebook in dir, and puts it in its place. The damaged one is kept among the
// backups. Texts that are lost are read again from their originals; things that
// are lost while others name them get stand-ins. The history of steps is not
// carried over.
//
// Where the database is gone, the originals are imported again into a new one.
//
// app.ErrBusy when a window has the notebook, app.ErrNothing when it is not
// damaged, app.ErrNewer when its format is one that this version does not know,
// app.ErrNotFound when there is neither a database nor an original, app.ErrDamaged
// when nothing could be got back. Then nothing was changed.
func (rescue Rescue) Recover(ctx context.Context, dir string, p app.Progress) (app.RecoverReport, error) {
	dir, path, err := recoverInto(dir)
	if err != nil {
		return app.RecoverReport{}, err
	}
	if left := remainsOf(dir); !hasDatabase(dir) && left.originals == 0 && !left.log {
		return app.RecoverReport{}, app.Problem(app.ErrNotFound, "there is neither a %s nor an original in %s to recover anything from", databaseName, dir)
	}
	release, err := LockWindow(dir)
	if err != nil {
		return app.RecoverReport{}, err
	}
	defer release()
	r := &recovery{ctx: ctx, dir: dir, path: path, importer: rescue.Importer, progress: p, at: time.Now().UTC()}
	switch {
	case hasDatabase(dir):
		r.from, r.log = path, keptLog(dir, path)
	case remainsOf(dir).log: // it has the pages that were written last
		r.log = path + "-wal"
	}
	report, err := r.run()
	if err != nil {
		return report, fmt.Errorf("recover notebook %s: %w", dir, domainError(fileError(err)))
	}
	return report, nil
}

// recoverInto is the folder and where its database is to be.
func recoverInto(dir string) (folder, path string, err error) {
	if dir, err = filepath.Abs(dir); err != nil {
		return "", "", fmt.Errorf("notebook folder: %w", err)
	}
	if path, err = targetPath(dir); err != nil {
		return "", "", err
	}
	if beside := filepath.Dir(path); beside != dir {
		if _, err := os.Stat(beside); err != nil {
			return "", "", app.Problem(app.ErrNotFound, "%s is a link to %s, whose folder is not there: bring that back, as by connecting its disk, or take the link away",
				filepath.Join(dir, databaseName), path)
		}
	}
	return dir, path, nil
}

// recovery is a recovery under way.
type recovery struct {
	tx       // on the new database
	ctx      context.Context
	dir      string
	path     string // where the database is to be
	from     string // the database that is read; "" for none
	log      string // the log that is read with it, or alone; it need not be there
	source   string // the folder of the backup that is read, with its originals; "" for none
	importer app.Importer
	progress app.Progress
	at       time.Time

	report   app.RecoverReport
	found    salvage.Found
	imported int // texts of originals that nothing named
	wrong    map[app.TextID]wrongText
	doubted  map[string]bool // keys of annotations that stood on damaged pages
	standIn  app.Article     // what lost passages stand in; made when it is needed
	facts    map[string]string
}

func (r *recovery) run() (app.RecoverReport, error) {
	r.removeUnfinished()
	if r.from != "" && r.source == "" {
		damaged := false
		err := guarded(func() (err error) {
			damaged, err = isDamaged(r.ctx, r.path, r.log, r.progress)
			return err
		})
		if err != nil {
			return r.report, err
		}
		if !damaged {
			return r.report, app.Problem(app.ErrNothing, "its database is not damaged: there is nothing to recover")
		}
	}
	next := r.path + "." + uuid.NewString() + recovering
	err := r.build(next)
	if err == nil {
		err = r.gotNothing()
	}
	if err == nil {
		err = guarded(func() error { return verifyBuilt(r.ctx, next) })
	}
	if err == nil {
		err = r.replace(next)
	}
	if err != nil {
		return r.report, errors.Join(err, removeIfThere(next))
	}
	r.report.Backups = goodBackups(r.dir, r.report.Kept, r.from)
	return r.report, nil
}

// guarded turns a panic into an error: whatever bytes a damaged database has, the
// notebook stays as it is, and nothing unfinished is left beside it.
func guarded(fn func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = app.Problem(app.ErrDamaged, "it is damaged in a way that the recovery did not expect (%v): nothing was changed; restore a backup (rejoinder notebook backups), and please report this", p)
		}
	}()
	return fn()
}

// gotNothing is app.ErrDamaged when the new database would be empty.
func (r *recovery) gotNothing() error {
	for _, n := range r.report.GotBack {
		if n > 0 {
			return nil
		}
	}
	if r.report.Texts > 0 {
		return nil
	}
	return app.Problem(app.ErrDamaged, "nothing could be got back, neither from the database nor from originals, so nothing was changed: restore a backup (rejoinder notebook backups), or begin anew in another folder")
}

// removeUnfinished removes what recoveries that were killed have left.
func (r *recovery) removeUnfinished() {
	for _, name := range filesIn(filepath.Dir(r.path), filepath.Base(r.path)+".*"+recovering+"*") {
		_ = os.Remove(name)
	}
}

// isDamaged says whether a database is not as it was written, or not one that a
// notebook could be.
func isDamaged(ctx context.Context, path, wal string, p app.Progress) (bool, error) {
	f, err := salvage.Open(path, wal)
	if err != nil {
		return false, err
	}
	bad, err := f.Verify(func(done, total int) error {
		p.Step(done, total, "pages")
		return ctx.Err()
	})
	gap := f.LogGap()
	if err := errors.Join(err, f.Close()); err != nil {
		return false, err
	}
	if len(bad) > 0 || gap {
		return true, nil
	}
	err = soundDatabase(ctx, path, "mode=ro")
	if err == nil || errors.Is(err, app.ErrDamaged) {
		return err != nil, nil
	}
	return false, err
}

// soundDatabase checks a database as SQLite sees it: app.ErrDamaged.
func soundDatabase(ctx context.Context, path, params string) error {
	db, err := sql.Open(driverName, dsn(path, params))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	r := &reader{ctx, db}
	format, err := r.count("SELECT user_version FROM pragma_user_version")
	if err != nil {
		return domainError(err)
	}
	all, err := migrations()
	if err != nil {
		return err
	}
	if format > all[len(all)-1].version {
		return app.Problem(app.ErrNewer, "it was made by a newer version of Rejoinder")
	}
	checks := []func(*reader) ([]app.Finding, error){checkDatabase, checkReferences}
	for _, check := range checks {
		found, err := check(r)
		if err != nil {
			return domainError(err)
		}
		if wrong := bad(found); len(wrong) > 0 {
			return app.Problem(app.ErrDamaged, "%s", wrong[0].Text)
		}
	}
	if format < checksummed {
		return nil
	}
	n, err := r.count("SELECT count(*) FROM texts WHERE sha256 <> text_sha256(plain, blocks, spans, provenance)")
	if err == nil && n > 0 {
		err = app.Problem(app.ErrDamaged, "%d texts were changed", n)
	}
	return domainError(err)
}

// build makes the new database at a path where nothing is.
func (r *recovery) build(path string) error {
	r.report = app.RecoverReport{Folder: r.dir, GotBack: map[app.Kind]int{}, Dropped: map[string]int{}, LostPages: map[string]int{}}
	r.wrong, r.doubted, r.facts = map[app.TextID]wrongText{}, map[string]bool{}, map[string]string{}
	var f *salvage.File // nil without a database: then there are only the originals
	if r.from != "" || r.log != "" {
		err := guarded(func() (err error) {
			f, err = r.openDamaged()
			return err
		})
		if f != nil {
			defer func() { _ = f.Close() }()
		}
		if err != nil {
			return err
		}
	}
	db, conn, err := makeEmpty(r.ctx, path)
	if err != nil {
		return err
	}
	r.tx = tx{reader: reader{r.ctx, conn}, now: r.at}
	err = r.exec("BEGIN")
	for _, step := range []func() error{
		func() error { return r.copyRows(f) }, r.identify, r.mendOriginals, r.mendTexts, r.mendArticles,
		r.mendAnchors, r.adopt, r.mendReferences, r.mendLinks, r.tally,
	} {
		if err == nil {
			err = r.ctx.Err()
		}
		if err == nil {
			err = guarded(step)
		}
	}
	if err == nil {
		err = r.exec("COMMIT")
	}
	if err = errors.Join(err, conn.Close(), db.Close()); err != nil {
		return err
	}
	return errors.Join(os.Chmod(path, 0o600), syncFile(path))
}

// openDamaged opens the database that is read, and counts its pages.
func (r *recovery) openDamaged() (*salvage.File, error) {
	f, err := salvage.Open(r.from, r.log)
	if err != nil {
		return nil, err
	}
	all, err := migrations()
	if err != nil {
		return f, err
	}
	if f.Format() > all[len(all)-1].version {
		return f, app.Problem(app.ErrNewer, "it was made by a newer version of Rejoinder, which has to recover it")
	}
	r.report.Pages = f.Count()
	bad, err := f.Verify(func(int, int) error { return r.ctx.Err() })
	for _, b := range bad {
		if b.State == salvage.Mended {
			r.report.MendedPages++
		} else {
			r.report.BadPages++
		}
	}
	return f, err
}

// identify gives the new database the identity of the old one and a history of
// its own.
func (r *recovery) identify() error {
	id := r.facts["uuid"]
	if !app.IsID(id) {
		id = uuid.Must(uuid.NewV7()).String()
		r.say("The notebook has a new identity: its old one was lost.")
	}
	for name, value := range map[string]string{
		"uuid": id, "generation": uuid.NewString(), "pruned": "0", "created": r.facts["created"],
	} {
		if err := r.exec("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, value); err != nil {
			return err
		}
	}
	r.say("The history was not carried over: what was done before cannot be undone any more.")
	return nil
}

func (r *recovery) say(format string, args ...any) {
	r.report.Notes = append(r.report.Notes, fmt.Sprintf(format, args...))
}

// verifyBuilt checks the new database before it takes the old one's place.
func verifyBuilt(ctx context.Context, path string) error {
	if err := soundDatabase(ctx, path, "mode=ro"); err != nil {
		return fmt.Errorf("what was recovered: %w", err)
	}
	wrong, f, err := badPagesOf(ctx, path, app.NoProgress{})
	if err != nil {
		return err
	}
	if len(wrong) > 0 || !f.Checksums() {
		err = app.Problem(app.ErrDamaged, "what was recovered could not be written: %v", wrong)
	}
	return errors.Join(err, f.Close())
}

// replace keeps the damaged database among the backups and puts the new one in
// its place. A process that is killed in between leaves one or the other, and of
// the damaged one's log at least the copy.
func (r *recovery) replace(next string) error {
	if r.source != "" {
		return r.replaceFrom(next)
	}
	if hasDatabase(r.dir) {
		kept, err := keepDamaged(r.dir, r.path, r.log, r.at)
		if err != nil {
			return err
		}
		r.report.Damaged = kept
	} else if remainsOf(r.dir).log { // of no use without its database, but not ours to throw away
		kept, err := keepRaw(r.dir, r.path, app.BackupDamaged)
		if err != nil {
			return err
		}
		r.say("The log of the database that is gone was read, and is kept: %s-wal.", kept)
	}
	return putInPlace(r.dir, r.path, next)
}
