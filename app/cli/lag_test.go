package cli

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/importer"
	"rejoinder/search"
	"rejoinder/storage"
)

// TestActWhoseIndexLags records something while the index cannot follow.
func TestActWhoseIndexLags(t *testing.T) {
	folder := t.TempDir()
	var out, failed bytes.Buffer
	code := Run(t.Context(), []string{"--notebook", folder, "claim", "add", "The quay is unsafe"}, Env{Stdout: &out, Stderr: &failed,
		Open: func(ctx context.Context, dir string) (*app.Notebook, error) {
			store, err := storage.Open(ctx, dir)
			if err != nil {
				return nil, err
			}
			index, err := search.Open(ctx, t.TempDir(), store)
			if err != nil {
				return nil, err
			}
			if err := index.Close(); err != nil {
				return nil, err
			}
			return app.New(ctx, store, index, importer.New())
		}})
	if code != 0 || !strings.Contains(failed.String(), "Saved; the search index could not follow yet: ") {
		t.Errorf("exit %d, %s", code, failed.String())
	}
	if got := run(t, folder, []string{"history"}); !strings.Contains(got, "The quay is unsafe") {
		t.Errorf("recorded: %q", got)
	}
}
