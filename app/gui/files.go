package gui

import (
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/storage/repository"

	"rejoinder/app/exporter"
)

// fileScheme is that of the addresses of files.
const fileScheme = "file"

// files are what Fyne does with the files of the system.
type files interface {
	repository.WritableRepository
	repository.AppendableRepository
	repository.DeleteAllRepository
	repository.HierarchicalRepository
	repository.ListableRepository
	repository.CopyableRepository
	repository.MovableRepository
}

// unwrittenFiles are files of which a writer that writes nothing makes and empties
// none: Fyne's dialog opens one for whatever is chosen, which could be the database.
type unwrittenFiles struct{ files }

// Writer implements repository.WritableRepository.
func (u unwrittenFiles) Writer(at fyne.URI) (fyne.URIWriteCloser, error) {
	return &unwritten{at: at, files: u.files}, nil
}

// unwritten opens its file when something is written.
type unwritten struct {
	at    fyne.URI
	files files
	open  fyne.URIWriteCloser
}

func (u *unwritten) URI() fyne.URI { return u.at }

func (u *unwritten) Write(p []byte) (n int, err error) {
	if u.open == nil {
		if u.open, err = u.files.Writer(u.at); err != nil {
			return 0, err
		}
	}
	return u.open.Write(p)
}

func (u *unwritten) Close() error {
	if u.open == nil {
		return nil
	}
	return u.open.Close()
}

// keepFilesUnwritten has the dialogs of the program make no files.
func keepFilesUnwritten() {
	at, err := repository.ForScheme(fileScheme)
	if err != nil {
		return
	}
	if own, ok := at.(files); ok {
		repository.Register(fileScheme, unwrittenFiles{own})
	}
}

// writeFile writes a file that the dialog asked for.
func (w *window) writeFile(path string, data []byte) error {
	info, err := w.session.Notebook.Info(w.ctx)
	if err != nil {
		return err
	}
	return exporter.WriteFile(path, exporter.FileOptions{Replace: true, Notebook: info.Folder}, func(out io.Writer) error {
		_, err := out.Write(data)
		return err
	})
}

// askFile asks for a file to read.
func (w *window) askFile(then func(path string)) {
	w.showFileDialog(dialog.NewFileOpen(func(f fyne.URIReadCloser, err error) {
		if f == nil {
			w.chosen(nil, nil, err, then)
			return
		}
		w.chosen(f, f.URI(), err, then)
	}, w.win))
}

// askNewFile asks for a file to write. When there is one already the dialog has
// asked whether to replace it; it makes none itself (see unwrittenFiles).
func (w *window) askNewFile(name string, then func(path string)) {
	d := dialog.NewFileSave(func(f fyne.URIWriteCloser, err error) {
		if f == nil {
			w.chosen(nil, nil, err, then)
			return
		}
		w.chosen(f, f.URI(), err, then)
	}, w.win)
	d.SetFileName(name)
	w.showFileDialog(d)
}

// chosen goes on with the path of what was chosen; nothing was when f is nil.
func (w *window) chosen(f io.Closer, at fyne.URI, err error, then func(path string)) {
	if err == nil && f != nil {
		err = f.Close()
	}
	switch {
	case err != nil:
		w.fail(err)
	case f != nil:
		then(at.Path())
	}
}

// askFolder asks for a folder.
func (w *window) askFolder(then func(dir string)) {
	w.showFileDialog(dialog.NewFolderOpen(func(dir fyne.ListableURI, err error) {
		switch {
		case err != nil:
			w.fail(err)
		case dir != nil:
			then(dir.Path())
		}
	}, w.win))
}

func (w *window) showFileDialog(d *dialog.FileDialog) {
	d.SetOnClosed(w.onEscape(d.Hide))
	d.Show() // it has no size before
	d.Resize(fyne.NewSize(900, 620))
}
