package viewmodel

import (
	"context"
	"errors"

	"rejoinder/app"
)

// Window is what stands around the screens: undo and redo with the names of
// their steps, the counts and the background work of the status line, history
// and trash.
type Window struct {
	OnChange func()

	UndoLabel string // "" when there is nothing to undo
	RedoLabel string
	Counts    map[app.Kind]int
	History   []app.Step
	Trash     []app.TrashRow
	Colors    map[app.Color]string // what the user calls them
	Task      string               // what is going on in the background; "" for nothing
	Message   string               // the last short message

	session *Session
	content load
}

// NewWindow makes the window's view. Load fills it.
func NewWindow(s *Session) *Window { return &Window{session: s} }

// historyShown is how many steps the history shows.
const historyShown = 200

type windowState struct {
	steps []app.Step
	info  app.Info
	trash []app.TrashRow
	names map[app.Color]string
}

// Load reads history, counts and trash anew.
func (w *Window) Load() {
	nb := w.session.Notebook
	start(w.session.Loop, &w.content, func(ctx context.Context) (s windowState, err error) {
		if s.steps, err = nb.History(ctx, historyShown); err != nil {
			return s, err
		}
		if s.info, err = nb.Info(ctx); err != nil {
			return s, err
		}
		err = nb.View(ctx, func(r app.Reader) (err error) {
			if s.trash, err = r.Trash(); err != nil {
				return err
			}
			s.names, err = r.ColorNames()
			return err
		})
		return s, err
	}, func(s windowState, err error) {
		if err != nil {
			w.session.Fail(err)
			return
		}
		w.History, w.Counts, w.Trash, w.Colors, w.UndoLabel, w.RedoLabel = s.steps, s.info.Counts, s.trash, s.names, "", ""
		for _, step := range s.steps { // newest first: the last undone one is redone first
			if step.Undone {
				w.RedoLabel = step.Label
			} else {
				if !step.Fixed {
					w.UndoLabel = step.Label
				}
				break
			}
		}
		changed(w.OnChange)
	})
}

// Undo takes back the last step.
func (w *Window) Undo() {
	w.replay("Undone: ", func(ctx context.Context) (app.Changes, error) { return w.session.Notebook.Undo(ctx) })
}

// Redo does the step undone last once more.
func (w *Window) Redo() {
	w.replay("Redone: ", func(ctx context.Context) (app.Changes, error) { return w.session.Notebook.Redo(ctx) })
}

func (w *Window) replay(verb string, fn func(context.Context) (app.Changes, error)) {
	do(w.session, func(ctx context.Context) (app.Changes, error) {
		c, err := fn(ctx)
		if errors.Is(err, app.ErrNothing) {
			return app.Changes{}, nil
		}
		return c, err
	}, func(c app.Changes) {
		if c.Label != "" {
			w.session.Say(verb + c.Label)
		}
	})
}

// ColorName is what the user calls a colour.
func (w *Window) ColorName(c app.Color) string { return colorName(w.Colors, c) }

func colorName(names map[app.Color]string, c app.Color) string {
	if name := names[c]; name != "" {
		return name
	}
	return string(c)
}

// NameColors gives mark colours the user's own names; "" takes one back. They are
// undone together.
func (w *Window) NameColors(names map[app.Color]string) {
	do(w.session, func(ctx context.Context) (struct{}, error) {
		ctx = app.InOneStep(ctx, "Name colours")
		for _, c := range app.Colors {
			if name, ok := names[c]; ok {
				if err := w.session.Notebook.NameColor(ctx, c, name); err != nil {
					return struct{}{}, err
				}
			}
		}
		return struct{}{}, nil
	}, nil)
}

// Restore takes a thing out of the trash.
func (w *Window) Restore(ref app.Ref) {
	do(w.session, func(ctx context.Context) (app.Changes, error) {
		return w.session.Notebook.Restore(ctx, ref)
	}, nil)
}

// EmptyTrash removes what is in the trash.
func (w *Window) EmptyTrash() {
	do(w.session, func(ctx context.Context) (int, error) {
		return w.session.Notebook.EmptyTrash(ctx)
	}, func(n int) { w.session.Say(plural(n, "thing") + " removed from the trash") })
}

// Summary is the left side of the status line.
func (w *Window) Summary() string {
	if w.Counts == nil {
		return ""
	}
	return joined(plural(w.Counts[app.KindArticle], "article"), plural(w.Counts[app.KindAnnotation], "mark"),
		plural(w.Counts[app.KindStatement], "statement"))
}

// Background is the right side of the status line: a task, the index while it
// is behind, else the last message.
func (w *Window) Background() string {
	if w.Task != "" {
		return w.Task
	}
	s := w.session.Notebook.IndexStatus()
	switch {
	case s.Err != nil:
		return "Search index: " + app.Sentence(s.Err)
	case s.Building && s.Total > 0:
		return "Building the search index: " + Thousands(s.Done) + " of " + Thousands(s.Total)
	case s.Building:
		return "Building the search index"
	case s.Behind > 0:
		return "Indexing " + plural(s.Behind, "change")
	}
	return w.Message
}

// Check verifies the notebook and calls done with what it found.
func (w *Window) Check(done func([]app.Finding)) {
	do(w.session, func(ctx context.Context) ([]app.Finding, error) {
		return w.session.Notebook.Check(ctx, app.NoProgress{})
	}, done)
}

// Backup makes a backup and says where, and what it lacks.
func (w *Window) Backup() {
	s := w.session
	runLong(s, "Backing up", s.task, func(ctx context.Context, p app.Progress) (app.BackupReport, error) {
		return s.Notebook.Backup(ctx, app.BackupOptions{Why: app.BackupAsked}, p)
	}, func(made app.BackupReport, err error) {
		if err == nil {
			s.Say(BackedUpSentence(made))
			err = BackupShortfall(made)
		}
		if err != nil {
			s.Fail(err)
		}
	})
}
