package viewmodel

import (
	"context"
	"errors"
	"slices"
	"strings"

	"rejoinder/app"
)

// NoteForm is a note being written. What was typed and not saved is kept for the
// next time that the same note is written.
type NoteForm struct {
	OnCheck func() // Links and Broken changed

	Body   string
	About  string // the names of what it is about, in words
	New    bool
	Kept   bool     // Body is what was typed the last time and not saved
	Links  []string // that lead to something
	Broken []string // that lead to nothing, or to more than one thing

	session *Session
	key     app.Ref // the note, or what a new one is about
	saved   string  // as the notebook has it
	on      []app.Ref
	names   linkNames
	check   load
}

// NewNote starts a note about something; no ID for one about nothing.
func (s *Session) NewNote(on app.Ref, ready func(*NoteForm)) {
	f := &NoteForm{New: true, session: s, key: on}
	if on.ID != "" {
		f.on = []app.Ref{on}
	}
	f.start(ready)
}

// EditNote starts to edit a note.
func (s *Session) EditNote(id app.NoteID, ready func(*NoteForm)) {
	f := &NoteForm{session: s, key: app.RefTo(app.KindNote, id)}
	f.start(ready)
}

func (f *NoteForm) start(ready func(*NoteForm)) {
	do(f.session, func(ctx context.Context) (about []string, err error) {
		err = f.session.Notebook.View(ctx, func(r app.Reader) error {
			if !f.New {
				note, err := r.Note(app.NoteID(f.key.ID))
				if err != nil {
					return err
				}
				f.saved, f.on = note.Body, note.On
			}
			for _, ref := range f.on {
				name, err := app.NameOf(r, ref)
				if err != nil {
					return err
				}
				about = append(about, "“"+shortened(name)+"”")
			}
			return f.names.read(r)
		})
		return about, err
	}, func(about []string) {
		f.About, f.Body = strings.Join(about, ", "), f.saved
		if draft, ok := f.session.drafts[f.draftKey()]; ok && draft != f.saved {
			f.Body, f.Kept = draft, true
		}
		ready(f)
		f.checkLinks()
	})
}

// draftKey tells a new note about a note from that note.
func (f *NoteForm) draftKey() draftKey { return draftKey{f.key, f.New} }

// draftKey names a note that is being written.
type draftKey struct {
	ref app.Ref
	new bool
}

// Type takes what stands in the editor now, and finds which of its links lead
// to something.
func (f *NoteForm) Type(body string) {
	f.Body = body
	if f.session.drafts == nil {
		f.session.drafts = map[draftKey]string{}
	}
	if body == f.saved || strings.TrimSpace(body) == "" {
		delete(f.session.drafts, f.draftKey())
	} else {
		f.session.drafts[f.draftKey()] = body
	}
	f.checkLinks()
}

// Unsaved says whether something was typed that is not saved.
func (f *NoteForm) Unsaved() bool {
	_, kept := f.session.drafts[f.draftKey()]
	return kept
}

// Discard takes what the notebook has in the place of what was typed.
func (f *NoteForm) Discard() {
	delete(f.session.drafts, f.draftKey())
	f.Body, f.Kept = f.saved, false
	f.checkLinks()
}

// checked is which links of a text lead to something.
type checked struct{ links, broken []string }

func (f *NoteForm) checkLinks() {
	links := app.Note{Body: f.Body}.WikiLinks()
	if len(links) == 0 {
		f.check.stop()
		f.found(checked{})
		return
	}
	start(f.session.Loop, &f.check, func(ctx context.Context) (c checked, err error) {
		err = f.session.Notebook.View(ctx, func(r app.Reader) error {
			names := app.Naming(r)
			for _, link := range links {
				switch _, err := app.LinkTarget(names, link); {
				case err == nil:
					c.links = append(c.links, link)
				case errors.Is(err, app.ErrNotFound), errors.Is(err, app.ErrAmbiguous), errors.Is(err, app.ErrInvalid):
					c.broken = append(c.broken, link)
				default:
					return err
				}
			}
			return nil
		})
		return c, err
	}, func(c checked, err error) {
		if err != nil {
			f.session.Fail(err)
			return
		}
		f.found(c)
	})
}

func (f *NoteForm) found(c checked) {
	if !slices.Equal(f.Links, c.links) || !slices.Equal(f.Broken, c.broken) {
		f.Links, f.Broken = c.links, c.broken
		changed(f.OnCheck)
	}
}

// Complete calls found with names that the link at the caret may become, if it
// stands in one.
func (f *NoteForm) Complete(caret int, found func([]LinkName)) {
	typed, _, ok := LinkAt(f.Body, caret)
	if !ok {
		f.names.stop()
		found(nil)
		return
	}
	f.names.suggest(f.session, typed, found)
}

// Create makes what a link names that leads to nothing.
func (f *NoteForm) Create(link string, kind app.Kind) {
	f.session.create(link, kind, func(name string) {
		f.names.add(kind, name)
		f.checkLinks()
	})
}

// add makes a name known that was made meanwhile.
func (l *linkNames) add(kind app.Kind, name string) {
	switch kind {
	case app.KindActor:
		l.actors = append(l.actors, LinkName{Kind: kind, Name: name})
	case app.KindNote:
		l.notes = append(l.notes, name)
	}
}

// create makes an actor, a claim or a note with a name.
func (s *Session) create(link string, kind app.Kind, then func(name string)) {
	name := app.LinkName(link)
	do(s, func(ctx context.Context) (struct{}, error) {
		var err error
		switch kind {
		case app.KindActor:
			_, err = s.Notebook.AddActor(ctx, app.Actor{Name: name}, "")
		case app.KindClaim:
			_, err = s.Notebook.AddClaim(ctx, name)
		case app.KindNote:
			_, err = s.Notebook.AddNote(ctx, name)
		default:
			err = app.Problem(app.ErrInvalid, "a link can make an actor, a claim or a note, not a %s", kind)
		}
		return struct{}{}, err
	}, func(struct{}) {
		s.Say("“" + shortened(name) + "” is " + article(kind) + " now — undo with Ctrl+Z")
		then(name)
	})
}

func article(kind app.Kind) string {
	if kind == app.KindActor {
		return "an actor"
	}
	return "a " + string(kind)
}

// Create makes what a broken link on the page names.
func (p *Page) Create(link string, kind app.Kind) { p.session.create(link, kind, func(string) {}) }

// Save stores the note and calls then when it is over; what was typed stays
// until it is stored.
func (f *NoteForm) Save(then func(saved bool)) {
	body := f.Body
	attempt(f.session, func(ctx context.Context) error {
		var err error
		if f.New {
			_, err = f.session.Notebook.AddNote(ctx, body, f.on...)
		} else {
			_, err = f.session.Notebook.EditNote(ctx, app.NoteID(f.key.ID), func(n *app.Note) { n.Body = body })
		}
		return err
	}, func(saved bool) {
		if saved {
			delete(f.session.drafts, f.draftKey())
			f.session.Say("Note saved")
		}
		then(saved)
	})
}
