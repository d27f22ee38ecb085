package app

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"rejoinder/app/notelink"
)

// Note is Markdown, linked to any number of things and to other notes.
type Note struct {
	ID       NoteID
	Body     string // Markdown; its first line serves as the title
	On       []Ref  // what it is about, set by hand
	Mentions []Ref  // what its body's [[links]] name; the notebook keeps it in step
	Created  time.Time
	Modified time.Time
	Trashed  time.Time
}

// Validate reports what keeps the note from being stored.
func (n Note) Validate() error {
	if !shows(n.Body) {
		return Problem(ErrInvalid, "a note needs words")
	}
	return notTooLong(n.Body)
}

// MaxNote is how long the text of a note may be, in bytes: as long as a Markdown
// file that is imported.
const MaxNote = 2 << 20

// notTooLong refuses a note that the program would need gigabytes to show.
func notTooLong(body string) error {
	if len(body) > MaxNote {
		return Problem(ErrInvalid, "a note may have %d MB of text, and this one has %d: import it as a file, or make several notes of it",
			MaxNote>>20, (len(body)+1<<20-1)>>20)
	}
	return nil
}

// Title is the note's first line without Markdown's heading marks.
func (n Note) Title() string {
	line, _, _ := strings.Cut(strings.TrimSpace(n.Body), "\n")
	return strings.TrimSpace(strings.TrimLeft(line, "# "))
}

// WikiLinks returns what stands inside the body's [[…]], as LinkTarget takes it, in
// order, without doubles. One in code is no link.
func (n Note) WikiLinks() []string {
	var out []string
	seen := map[string]bool{}
	for _, link := range notelink.In(n.Body) {
		if name := FoldName(link.Inner); name != "" && !seen[name] {
			seen[name] = true
			out = append(out, OneLine(link.Inner))
		}
	}
	return out
}

// LinkName is the name in what stands inside a [[link]]; LinkText is what it is
// shown as.
func LinkName(link string) string { return OneLine(notelink.Name(link)) }

// LinkText is what a [[link]] is shown as.
func LinkText(link string) string { return OneLine(notelink.Text(link)) }

// NewLink is what stands inside a [[link]] to something of that name.
func NewLink(name string) string { return notelink.Escape(OneLine(name)) }

// AddNote writes a note about things.
func (n *Notebook) AddNote(ctx context.Context, body string, on ...Ref) (Note, error) {
	note := Note{ID: NewID[NoteID](), Body: body, On: on}
	_, err := n.Update(ctx, Op{Name: "add-note"}, func(tx Tx) (err error) {
		if note, err = putNote(tx, note); err != nil {
			return err
		}
		tx.Describe("Add note “%s”", shorten(note.Title(), 60))
		return relink(tx, note.Title())
	})
	return note, err
}

// EditNote changes a note's words or what it is about.
func (n *Notebook) EditNote(ctx context.Context, id NoteID, edit func(*Note)) (Note, error) {
	var note Note
	_, err := n.Update(ctx, Op{Name: "edit-note"}, func(tx Tx) (err error) {
		if note, err = tx.Note(id); err != nil {
			return err
		}
		before := note.Title()
		edit(&note)
		note.ID = id
		if note, err = putNote(tx, note); err != nil {
			return err
		}
		tx.Describe("Edit note “%s”", shorten(note.Title(), 60))
		if err := renameLinks(tx, RefTo(KindNote, id), before, note.Title()); err != nil || note.Title() == before {
			return err
		}
		return relink(tx, note.Title())
	})
	return note, err
}

// putNote stores a note with what its links mention. A link to nothing, or to
// more than one thing, stays words until one thing bears that name.
func putNote(tx Tx, note Note) (Note, error) {
	note.Body = strings.TrimSpace(Clean(note.Body))
	if err := note.Validate(); err != nil {
		return note, err
	}
	for _, ref := range note.On {
		have, err := tx.Find(ref.ID)
		if err != nil {
			return note, err
		}
		if have != ref {
			return note, Problem(ErrInvalid, "%s is a %s, not a %s", ref.ID, have.Kind, ref.Kind)
		}
	}
	note.Mentions = nil
	names := Naming(tx)
	note.Body = barsEscaped(names, note.Body)
	for _, name := range note.WikiLinks() {
		ref, err := LinkTarget(names, name)
		switch {
		case errors.Is(err, ErrNotFound) || errors.Is(err, ErrAmbiguous) || ref.ID == string(note.ID):
		case err != nil:
			return note, err
		case !slices.Contains(note.Mentions, ref):
			note.Mentions = append(note.Mentions, ref)
		}
	}
	return note, tx.PutNote(note)
}

// barsEscaped gives links of before that have a bar in their name the form that says
// so: what stands behind a bar is what a link is shown as.
func barsEscaped(r Reader, body string) string {
	if !strings.Contains(body, "|") {
		return body
	}
	return notelink.Replace(body, func(inner string) string {
		if notelink.Barred(inner) {
			if _, err := targetNamed(r, notelink.Whole(inner)); err == nil {
				return NewLink(notelink.Whole(inner))
			}
		}
		return inner
	})
}

// relink finds anew what those notes mention that have a link of this name.
func relink(tx Tx, name string) error {
	notes, err := tx.Notes()
	if err != nil {
		return err
	}
	want := FoldName(name)
	for _, note := range notes {
		if slices.ContainsFunc(notelink.Raw(note.Body), func(link string) bool { return leadsBy(link, want) }) {
			if _, err := putNote(tx, note); err != nil {
				return err
			}
		}
	}
	return nil
}

// leadsBy says whether a link leads by a name, folded.
func leadsBy(link, name string) bool {
	return FoldName(notelink.Name(link)) == name || FoldName(notelink.Whole(link)) == name
}

// renameLinks gives the [[links]] that lead to a thing its new name. Links by
// another of its names stay as they are, and so does what they are shown as.
func renameLinks(tx Tx, ref Ref, before, after string) error {
	if before == after {
		return nil
	}
	notes, err := tx.NotesOn(ref)
	if err != nil {
		return err
	}
	was := FoldName(before)
	for _, note := range notes {
		if !slices.Contains(note.Mentions, ref) {
			continue
		}
		note.Body = notelink.Replace(note.Body, func(inner string) string {
			switch was {
			case FoldName(notelink.Whole(inner)):
				return NewLink(after)
			case FoldName(notelink.Name(inner)):
				return notelink.Renamed(inner, OneLine(after))
			}
			return inner
		})
		if _, err := putNote(tx, note); err != nil {
			return err
		}
	}
	return nil
}

// LinksTo counts the notes whose [[links]] lead to a thing.
func (n *Notebook) LinksTo(ctx context.Context, ref Ref) (int, error) {
	count := 0
	err := n.store.View(ctx, func(r Reader) error {
		notes, err := r.NotesOn(ref)
		for _, note := range notes {
			if slices.Contains(note.Mentions, ref) {
				count++
			}
		}
		return err
	})
	return count, err
}
