package storage

import (
	"context"
	"errors"
	"fmt"
	"os"

	"rejoinder/app"
)

// RestoreOriginals implements app.Rescue.
func (Rescue) RestoreOriginals(ctx context.Context, dir string, from app.BackupFile, p app.Progress) (report app.RestoreReport, err error) {
	report.Backup = from.Path
	repo, _, err := openBackup(from)
	if err != nil {
		return report, fmt.Errorf("restore originals from %s: %w", from.Path, err)
	}
	s, err := Open(ctx, dir)
	if err != nil {
		return report, err
	}
	hashes, err := s.originalsOf(ctx, nil)
	if err == nil {
		report.Originals, report.Missing, err = restoreOriginals(ctx, s.dir, repo, hashes, p)
	}
	return report, errors.Join(domainError(fileError(err)), s.Close())
}

// restoreOriginals brings those of the originals back from a repository that are
// missing or damaged in the notebook, and returns how many, and those that are
// still missing. A damaged one is kept beside.
func restoreOriginals(ctx context.Context, dir string, from repository, hashes []string, p app.Progress) (back int, missing []string, err error) {
	to := repository{dir: dir}
	for i, sha := range hashes {
		if err := ctx.Err(); err != nil {
			return back, missing, err
		}
		p.Step(i, len(hashes), "originals")
		path := to.originalPath(sha)
		had := verifyFile(path, sha)
		if had == nil {
			continue
		}
		if errors.Is(had, app.ErrDamaged) {
			if err := os.Rename(path, path+".damaged"); err != nil {
				return back, missing, err
			}
		}
		switch err := from.takeOriginal(sha, path); {
		case err == nil:
			back++
		case errors.Is(err, app.ErrNotFound), errors.Is(err, app.ErrDamaged):
			missing = append(missing, sha)
		default:
			return back, missing, fmt.Errorf("original %s: %w", sha, err)
		}
	}
	return back, missing, nil
}
