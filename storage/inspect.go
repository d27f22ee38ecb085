package storage

import (
	"context"
	"fmt"
	"path/filepath"

	"rejoinder/app"
)

// Inspect looks at the files of the notebook in dir, of which the database cannot
// be opened: every page, as far as there are checksums, and every original. It
// changes nothing.
func Inspect(ctx context.Context, dir string, p app.Progress) ([]app.Finding, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("notebook folder: %w", err)
	}
	out, err := checkPagesOf(ctx, filepath.Join(dir, databaseName), p)
	if ctx.Err() != nil {
		return out, ctx.Err()
	}
	if err != nil {
		out = append(out, app.Finding{Part: "checksums", Text: "it cannot be read: " + err.Error()})
	}
	files, err := filepath.Glob(filepath.Join(dir, "originals", "??", "*"))
	if err != nil {
		return out, err
	}
	var wrong []app.Finding
	n := 0
	for i, f := range files {
		sha := filepath.Base(f)
		if !isHash(sha) {
			continue
		}
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
