package storage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"rejoinder/app"
)

// Inspect implements app.Rescue. It looks at a notebook that cannot be opened as a whole: as Check
// does where SQLite opens its database, else at its files, every page as far as
// there are checksums and every original. It mends nothing.
func (Rescue) Inspect(ctx context.Context, dir string, p app.Progress) ([]app.Finding, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("notebook folder: %w", err)
	}
	var out []app.Finding
	s, err := Open(ctx, dir)
	if err == nil {
		out, err = s.Check(ctx, p)
		err = errors.Join(err, s.Close())
	} else {
		out, err = inspectFiles(ctx, dir, p)
	}
	for _, part := range []string{"anchors", "index"} {
		out = append(out, app.Finding{Part: part, Text: "not looked at: the notebook cannot be opened as a whole"})
	}
	return out, err
}

func inspectFiles(ctx context.Context, dir string, p app.Progress) ([]app.Finding, error) {
	out, err := checkPagesOf(ctx, filepath.Join(dir, databaseName), p)
	if ctx.Err() != nil {
		return out, ctx.Err()
	}
	if err != nil {
		out = append(out, app.Finding{Part: "checksums", Text: "it cannot be read: " + err.Error()})
	}
	for _, part := range []string{"database", "references", "texts"} {
		out = append(out, app.Finding{Part: part, Text: "it cannot be read: SQLite does not open the database"})
	}
	files := originalsIn(dir)
	var wrong []app.Finding
	n := 0
	for i, f := range files {
		sha := filepath.Base(f)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		p.Step(i, len(files), "originals")
		n++
		if err := verifyFile(f, sha); err != nil {
			wrong = append(wrong, app.Finding{Part: "originals", Text: fmt.Sprintf("original %s: %v", sha, err)})
		}
	}
	if len(wrong) == 0 {
		wrong = append(wrong, app.Finding{Part: "originals", OK: true, Text: fmt.Sprintf("%d originals in the folder are unchanged", n)})
	}
	return append(out, wrong...), nil
}
