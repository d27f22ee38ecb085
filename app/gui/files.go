package gui

import (
	"io"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"
)

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

// askNewFile asks for a file to write, which is there and empty when it is chosen.
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
