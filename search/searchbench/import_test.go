//go:build bench

package searchbench

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	"rejoinder/app"
)

// importing is an import that goes on in the background.
type importing struct {
	begun chan struct{} // closed when the first article is in
	done  atomic.Int64  // articles
	ended chan error
}

func startImport(ctx context.Context, o *ours, folder string) *importing {
	im := &importing{begun: make(chan struct{}), ended: make(chan error, 1)}
	var once sync.Once
	begun := func() { once.Do(func() { close(im.begun) }) }
	go func() {
		err := o.notebook.Import(ctx, []string{folder}, app.ImportOptions{}, app.NoProgress{}, func(app.ImportResult) {
			im.done.Add(1)
			begun()
		})
		begun()
		im.ended <- err
	}()
	return im
}

// writeFiles writes articles that the notebook has not, to be imported.
func (b *built) writeFiles(folder string, n int) error {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return err
	}
	for i := range n {
		a := b.corpus.article(1<<40 + i)
		data := fmt.Sprintf("---\ntitle: %q\ndate: %s\n---\n\n# %s", a.title, a.published, a.content.Plain)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("%07d.md", i)), []byte(data), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// copyFolder copies the regular files in a folder: the lock and the socket of a
// closed index are nothing to copy.
func copyFolder(from, to string) error {
	return filepath.WalkDir(from, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(from, path)
		if err != nil {
			return err
		}
		if e.IsDir() {
			return os.MkdirAll(filepath.Join(to, name), 0o700)
		}
		if !e.Type().IsRegular() {
			return nil
		}
		return copyFile(path, filepath.Join(to, name))
	})
}

func copyFile(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	out, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	return errors.Join(err, out.Close())
}
