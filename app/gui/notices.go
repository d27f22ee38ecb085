package gui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"rejoinder/app/gui/widgets"
	"rejoinder/app/viewmodel"
)

// noticeBar shows under the top bar what concerns the whole notebook, and what can be
// done.
type noticeBar struct {
	root   *fyne.Container
	window *window
	model  *viewmodel.Notices
}

// noticeLines is how many lines a notice takes at the most.
const noticeLines = 4

func newNoticeBar(w *window, m *viewmodel.Notices) *noticeBar {
	b := &noticeBar{window: w, model: m, root: container.New(layout.NewCustomPaddedVBoxLayout(0))}
	m.OnChange = b.update
	return b
}

func (b *noticeBar) update() {
	width := func() float32 { return b.window.win.Canvas().Size().Width }
	var objects []fyne.CanvasObject
	for _, n := range b.model.List {
		color := fyne.ThemeColorName("qualifies")
		if n.Grave {
			color = "disputes"
		}
		var acts []fyne.CanvasObject
		for i, act := range n.Acts {
			tab := widgets.NewTab(string(act), func() { b.act(n, act) })
			tab.Choose(i == 0 && act != viewmodel.NoticeDismiss || act == viewmodel.NoticeCopied) // an answer is no better than the other
			acts = append(acts, tab)
		}
		s := newStrip(color, noticeLines, width, func() { b.window.content.Refresh() }, acts...)
		s.text.Set(widgets.Segment{Text: n.Head, Bold: true, Color: color}, widgets.Segment{Text: "  " + n.Text})
		objects = append(objects, s.root)
	}
	b.root.Objects = objects
	b.root.Refresh()
	if b.window.content != nil {
		b.window.content.Refresh()
	}
}

func (b *noticeBar) act(n viewmodel.Notice, act viewmodel.NoticeAct) {
	switch act {
	case viewmodel.NoticeReopen:
		b.window.reopen("Opening the notebook", nil)
	case viewmodel.NoticeSaveCopy:
		b.window.saveCopyForm()
	case viewmodel.NoticeOpenNow:
		b.window.reopen("Opening the file that is there now", nil)
	case viewmodel.NoticeMoved:
		b.model.Settle(false)
	case viewmodel.NoticeCopied:
		b.model.Settle(true)
	case viewmodel.NoticeBackups:
		b.window.showBackups()
	case viewmodel.NoticeDismiss:
		b.model.Dismiss(n.Key)
		if n.Lasts {
			b.window.settings.Dismissed = append(b.window.settings.Dismissed, n.Key)
			b.window.keepSettings()
		}
	}
}

// saveCopyForm saves all that the program holds as a notebook of its own, and offers
// to open it.
func (w *window) saveCopyForm() {
	w.folderForm("Save a copy of the notebook", "All that this program holds, with the originals, becomes a notebook of its own in a new or an empty folder.",
		viewmodel.CopyFolder(w.folder), "Save the copy", func(f *asking, dir string) {
			over := f.saving.Begin()
			if over == nil {
				return
			}
			f.tell("Saving the copy…", false)
			w.notices.model.SaveCopy(dir, func(problem string) {
				over(problem == "")
				if problem != "" {
					f.tell(problem, true)
					return
				}
				w.say("The copy is in " + dir)
				w.ask(question{title: "The copy was saved", text: []string{"It is in " + dir + ".", "Open it now, and go on working in it?"},
					yes: "Open the copy", no: "Not now"}, func() { w.open(dir, nil) })
			})
		})
}
