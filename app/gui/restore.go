package gui

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/dialog"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// backupCard is a backup in a list.
func backupCard(b app.Backup, frame widgets.Frame, second bool) *widgets.Card {
	where := ""
	if second {
		where = "second place"
	}
	objects := []fyne.CanvasObject{
		widgets.NewProse(lines(lookTitle, 1), widgets.Segment{Text: viewmodel.BackupWhen(b)}),
		widgets.NewProse(lines(lookRow, 2), widgets.Segment{Text: viewmodel.BackupHolds(b)}),
		widgets.NewProse(lines(lookSmall, 2), widgets.Segment{Text: viewmodel.Joined(viewmodel.BackupLine(b), where)}),
	}
	return widgets.NewCard(frame, objects...)
}

// chooseBackup lists backups, of which one is chosen.
func (w *window) chooseBackup(backups []app.Backup, then func(app.Backup)) {
	list := widgets.NewCardList(8, fyne.NewSize(4, 8))
	list.Count = func() int { return len(backups) }
	list.Key = func(i int) string { return backups[i].Path }
	var panel dialog.Dialog
	list.Make = func(i int) widgets.Flowing {
		card := backupCard(backups[i], widgets.Frame{}, false)
		card.OnTap = func() {
			panel.Hide()
			then(backups[i])
		}
		card.OnKey = func(e *fyne.KeyEvent) {
			if e.Name == fyne.KeyEscape {
				panel.Hide()
			} else {
				list.Step(max(0, list.Focused()), e)
			}
		}
		return card
	}
	panel = w.showPanel("Restore a backup", list)
	panel.Resize(fyne.NewSize(w.within(680), min(560, w.win.Canvas().Size().Height-60)))
	list.Update()
	list.FocusIn(w.win.Canvas(), 0)
}

// askRestore asks before a backup is put in the notebook's place, and for its
// passphrase.
func (w *window) askRestore(b app.Backup, then func(passphrase string)) {
	w.ask(question{title: "Restore this backup?", text: viewmodel.RestoreQuestion(b), yes: "Restore it"}, func() {
		w.passphraseForm(b.Encrypted, then)
	})
}

// restore puts a backup in the notebook's place and opens it.
func (w *window) restore(b app.Backup, passphrase string) {
	dir := w.folder
	w.reopen("Restoring the backup of "+viewmodel.BackupWhen(b), func(ctx context.Context, p app.Progress) (string, error) {
		r, err := w.env.Rescue.Restore(ctx, dir, app.BackupFile{Path: b.Path, Passphrase: passphrase}, p)
		return viewmodel.RestoredSentence(b, r), err
	})
}
