package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/google/uuid"

	"rejoinder/app"
)

// Survey implements app.Rescue.
func (Rescue) Survey(_ context.Context, dir string) (app.Survey, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return app.Survey{}, err
	}
	s := app.Survey{Folder: dir, Database: filepath.Join(dir, databaseName), Originals: remainsOf(dir).originals, Warnings: folderWarnings(dir)}
	if info, err := os.Stat(s.Database); err == nil {
		s.Bytes, s.Changed = info.Size(), info.ModTime()
	}
	for _, repo := range repositories(dir) {
		for _, m := range repo.list() {
			s.Backups = append(s.Backups, m.Backup)
		}
	}
	slices.SortStableFunc(s.Backups, func(a, b app.Backup) int { return b.Made.Compare(a.Made) })
	return s, nil
}

// repositories are the folders of backups of the notebook in dir, as far as is known
// without its database; that of the second place need not be there now.
func repositories(dir string) []repository {
	out := []repository{{dir: filepath.Join(dir, backupsName)}}
	if second := readLastOpen(dir).Second; second != "" {
		out = append(out, repository{dir: second})
	}
	return out
}

// VerifyBackup implements app.Rescue.
func (Rescue) VerifyBackup(ctx context.Context, from app.BackupFile, p app.Progress) ([]app.Finding, error) {
	var out []app.Finding
	found := func(part string, err error, good string) {
		f := app.Finding{Part: part, OK: err == nil, Text: good}
		if err != nil {
			f.Text = app.Sentence(err)
		}
		out = append(out, f)
	}
	m := readManifest(from.Path)
	if m.Bare {
		found("manifest", nil, "it has no manifest, so only the database itself can be looked at")
	} else {
		sha, _, err := hashFile(from.Path)
		if err == nil && sha != m.SHA256 {
			err = app.Problem(app.ErrDamaged, "%s was changed since it was made", from.Path)
		}
		found("manifest", err, "the file is what its manifest says")
	}
	err := eachStaged(from, func(path string, repo repository) error {
		_, hashes, err := describe(ctx, path)
		found("database", err, "the database is whole")
		if err != nil {
			return nil
		}
		more, err := verifyRows(ctx, path)
		if err != nil {
			return err
		}
		out = append(out, more...)
		bad := 0
		for i, sha := range hashes {
			if err := ctx.Err(); err != nil {
				return err
			}
			p.Step(i, len(hashes), "originals")
			if err := repo.verifyOriginal(sha, filepath.Dir(path)); err != nil {
				bad++
				found("originals", fmt.Errorf("original %s: %w", sha, err), "")
			}
		}
		if bad == 0 {
			found("originals", nil, fmt.Sprintf("all %s are there and unchanged", counted(len(hashes), "original")))
		}
		return nil
	})
	if errors.Is(domainError(err), app.ErrDamaged) {
		found("database", domainError(err), "")
		return out, nil
	}
	return out, err
}

// verifyRows looks at what SQLite's own check does not: that references lead
// somewhere, and that texts are as they were read.
func verifyRows(ctx context.Context, path string) ([]app.Finding, error) {
	db, err := sql.Open(driverName, dsn(path, "mode=ro"))
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	r := &reader{ctx: ctx, q: db}
	format, err := r.count("SELECT user_version FROM pragma_user_version")
	if err != nil {
		return nil, err
	}
	out, err := checkReferences(r)
	if err != nil || format < checksummed {
		return out, err
	}
	n, err := r.count("SELECT count(*) FROM texts WHERE sha256 <> text_sha256(plain, blocks, spans, provenance)")
	if err != nil {
		return nil, err
	}
	if n > 0 {
		return append(out, app.Finding{Part: "texts", Text: counted(n, "text") + " changed since they were read from their originals"}), nil
	}
	return append(out, app.Finding{Part: "texts", OK: true, Text: "every text is as it was read"}), nil
}

// verifyOriginal compares an original with its hash; a decrypted copy of it stands
// in the folder scratch for a moment.
func (r repository) verifyOriginal(sha, scratch string) error {
	if r.keys == nil {
		return verifyFile(r.originalPath(sha), sha)
	}
	path := filepath.Join(scratch, sha)
	return errors.Join(r.takeOriginal(sha, path), removeIfThere(path))
}

// eachStaged runs fn on a backup's database; one that is encrypted stands in a
// temporary folder for a moment.
func eachStaged(from app.BackupFile, fn func(path string, repo repository) error) error {
	repo, m, err := openBackup(from)
	if err != nil {
		return err
	}
	if !m.Encrypted {
		return fn(m.Path, repo)
	}
	dir := filepath.Join(os.TempDir(), "rejoinder-"+uuid.NewString())
	if err := os.Mkdir(dir, 0o700); err != nil {
		return fileError(err)
	}
	defer func() { _ = os.RemoveAll(dir) }()
	path := filepath.Join(dir, databaseName)
	if err := repo.copyOut(m.Path, path); err != nil {
		return err
	}
	return fn(path, repo)
}

// BackedUp implements app.Rescue.
func (Rescue) BackedUp(ctx context.Context, from app.BackupFile) (out []app.Article, err error) {
	err = eachStaged(from, func(path string, _ repository) error {
		db, err := sql.Open(driverName, dsn(path, "mode=ro"))
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }()
		if err := refuseFormat(ctx, db); err != nil {
			return err
		}
		out, err = list(&reader{ctx: ctx, q: db}, scanArticle, "SELECT "+articleColumns+" FROM articles a ORDER BY a.title COLLATE NOCASE, a.id")
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", from.Path, domainError(err))
	}
	return out, nil
}
