// Package gui is the window: one file a screen, under the names of the
// view-models. It draws what they hold and tells them what the user does; it
// holds no rules and touches no storage.
//
// Everything in it runs on Fyne's goroutine. Work goes through
// viewmodel.Loop and comes back with fyne.Do.
package gui

import (
	"context"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/settings"
	"rejoinder/app/viewmodel"
	"rejoinder/assets"
)

// Env is what the window needs of the program around it.
type Env struct {
	Version string
	// Folder is the notebook to open first; Sample is where the sample is kept.
	Folder, Sample string
	Settings       string // the settings' file
	FontCache      string // a folder
	// Open opens the notebook in a folder for a window, which closes it with
	// close. app.ErrBusy when another window has it.
	Open func(ctx context.Context, dir string) (nb *app.Notebook, close func() error, err error)
	// OpenReadOnly opens it for reading only, and writes nothing into its folder.
	OpenReadOnly func(ctx context.Context, dir string) (nb *app.Notebook, close func() error, err error)
	// Rescue works on a folder whose notebook is not open.
	Rescue app.Rescue
	// Recover gets what can be read out of a damaged notebook; nil when that cannot be
	// done.
	Recover func(ctx context.Context, dir string, p app.Progress) (app.RecoverReport, error)
	// Fill puts the sample into an empty notebook.
	Fill func(context.Context, *app.Notebook) error
}

// Run opens the window and returns when it is closed.
func Run(ctx context.Context, env Env) error {
	w, err := prepare(ctx, env)
	if err != nil {
		return err
	}
	go func() {
		<-ctx.Done()
		fyne.Do(w.quit)
	}()
	w.win.ShowAndRun()
	if w.end == nil { // Fyne ended by itself
		return w.letGo()()
	}
	return w.end()
}

// prepare makes the window on its first notebook, or on why that cannot be opened,
// without showing it.
func prepare(ctx context.Context, env Env) (*window, error) {
	chosen, settingsErr := settings.Load(env.Settings)
	fonts, err := loadFonts(env.FontCache)
	if err != nil {
		return nil, err
	}
	widgets.UseFonts(fonts)
	a := fyneapp.NewWithID("org.rejoinder.Rejoinder")
	keepFilesUnwritten()
	icon := fyne.NewStaticResource("rejoinder.svg", assets.Icon)
	a.SetIcon(icon)
	a.Settings().SetTheme(pageTheme{Appearance(chosen.Appearance)})
	w := newWindow(ctx, a, env, chosen)
	w.win.SetIcon(icon)
	w.openFirst(env.Folder)
	if settingsErr != nil {
		w.fail(settingsErr)
	}
	return w, nil
}

// loop runs view-models' work in goroutines and its results on Fyne's.
var loop = viewmodel.Loop{
	Work: func(fn func()) { go fn() },
	UI:   func(fn func()) { fyne.Do(fn) },
}
