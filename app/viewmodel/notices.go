package viewmodel

import (
	"context"
	"errors"
	"os"
	"strconv"
	"strings"

	"rejoinder/app"
)

// Notices are what the window says about the whole notebook above its screens: that
// it can only be read, that its file was replaced, where it is kept.
type Notices struct {
	OnChange func()

	List []Notice // the gravest first

	session   *Session
	content   load
	info      app.Info
	readOnly  error
	replaced  error
	backup    error // why there was no backup
	dismissed map[string]bool
	asking    bool // the answer whether it was moved is being noted
}

// Notice is one of them.
type Notice struct {
	Key   string
	Head  string
	Text  string
	Grave bool // work is not saved
	Lasts bool // it would be said at every start
	Acts  []NoticeAct
}

// NoticeAct is something to do about a notice.
type NoticeAct string

// The acts, by what their buttons say.
const (
	NoticeReopen   NoticeAct = "Try again"
	NoticeSaveCopy NoticeAct = "Save a copy…"
	NoticeOpenNow  NoticeAct = "Open the file that is there now"
	NoticeMoved    NoticeAct = "It was moved here"
	NoticeCopied   NoticeAct = "It is a copy"
	NoticeBackups  NoticeAct = "Backups…"
	NoticeDismiss  NoticeAct = "Dismiss"
)

// NewNotices makes the notices of a notebook, without those that were dismissed
// before. Load fills them.
func NewNotices(s *Session, dismissed ...string) *Notices {
	n := &Notices{session: s, dismissed: map[string]bool{}}
	for _, key := range dismissed {
		n.dismissed[key] = true
	}
	return n
}

// Load asks the notebook anew.
func (n *Notices) Load() {
	n.readOnly = n.session.Notebook.ReadOnly()
	n.update()
	start(n.session.Loop, &n.content, n.session.Notebook.Info, func(info app.Info, err error) {
		if err != nil {
			return // whatever is done next shows it
		}
		n.info = info
		n.update()
	})
}

// Replaced tells that the notebook's file is no longer the one that was opened, or,
// with nil, that it is there again.
func (n *Notices) Replaced(err error) {
	n.replaced = err
	n.update()
}

// Failed looks at an error of an act for what concerns the whole notebook.
func (n *Notices) Failed(err error) {
	if errors.Is(err, app.ErrReplaced) {
		n.Replaced(err)
	}
}

// BackupFailed tells that a backup that is made by itself was not, or, with nil, that
// one was.
func (n *Notices) BackupFailed(err error) {
	if n.Failed(err); err != nil && n.replaced != nil {
		return // that is told
	}
	n.backup = err
	n.update()
}

// Dismiss takes a notice away until it says something else.
func (n *Notices) Dismiss(key string) {
	n.dismissed[key] = true
	n.update()
}

func (n *Notices) update() {
	n.List = n.List[:0]
	add := func(notice Notice) {
		if !n.dismissed[notice.Key] {
			n.List = append(n.List, notice)
		}
	}
	if n.replaced != nil {
		acts := []NoticeAct{NoticeSaveCopy}
		if _, err := os.Stat(n.info.Folder); n.info.Folder != "" && err == nil {
			acts = append(acts, NoticeOpenNow)
		}
		add(Notice{Key: "replaced", Head: "Nothing more is saved.", Text: app.Sentence(n.replaced), Grave: true, Acts: acts})
	}
	if n.readOnly != nil {
		add(Notice{Key: "read-only", Head: "Open for reading only.", Text: app.WhyReadOnly(n.readOnly) + " What you change is not saved.",
			Grave: true, Acts: []NoticeAct{NoticeReopen, NoticeSaveCopy}})
	}
	if n.info.WasAt != "" && n.readOnly == nil {
		add(Notice{Key: "was-at", Head: "Moved or copied?", Text: "This notebook was opened before in " + n.info.WasAt +
			". Was it moved here, or is it a copy? A copy goes its own way: it shares no backups and no search index with the other.",
			Acts: []NoticeAct{NoticeMoved, NoticeCopied}})
	}
	if n.backup != nil {
		text := app.Sentence(n.backup)
		add(Notice{Key: "backup " + text, Head: "Not backed up.", Text: text, Acts: []NoticeAct{NoticeBackups, NoticeDismiss}})
	}
	for _, w := range n.info.Warnings {
		add(Notice{Key: n.info.Folder + "\n" + w, Lasts: true, Head: "Where this notebook is kept.", Text: w, Acts: []NoticeAct{NoticeDismiss}})
	}
	changed(n.OnChange)
}

// Settle answers whether the notebook is a copy or was moved.
func (n *Notices) Settle(copied bool) {
	if n.asking {
		return
	}
	n.asking = true
	attempt(n.session, func(ctx context.Context) error {
		return n.session.Notebook.SettleCopied(ctx, copied)
	}, func(done bool) {
		n.asking = false
		if !done {
			return
		}
		n.info.WasAt = ""
		n.update()
		if copied {
			n.session.Say("The notebook has an identity of its own now")
		} else {
			n.session.Say("The notebook is the one that was moved")
		}
	})
}

// CopyFolder is a folder that is not there, in which a copy of the notebook can be
// saved.
func CopyFolder(notebook string) string {
	notebook = strings.TrimRight(notebook, `/\`)
	for i := 1; ; i++ {
		dir := notebook + "-copy"
		if i > 1 {
			dir += "-" + strconv.Itoa(i)
		}
		if _, err := os.Lstat(dir); err != nil {
			return dir
		}
	}
}

// SaveCopy saves all that this program holds as a notebook of its own, and calls over
// with why it could not.
func (n *Notices) SaveCopy(dir string, over func(problem string)) {
	runLong(n.session, "Saving a copy", n.session.task, func(ctx context.Context, p app.Progress) (struct{}, error) {
		return struct{}{}, n.session.Notebook.SaveCopy(ctx, dir, p)
	}, func(_ struct{}, err error) { over(app.Sentence(err)) })
}
