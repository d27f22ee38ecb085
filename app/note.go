package app

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"
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
	return nil
}

// Title is the note's first line without Markdown's heading marks.
func (n Note) Title() string {
	line, _, _ := strings.Cut(strings.TrimSpace(n.Body), "\n")
	return strings.TrimSpace(strings.TrimLeft(line, "# "))
}

var wikiLink = regexp.MustCompile(`\[\[([^\[\]\n]{1,300})\]\]`)

// WikiLinks returns the names inside the body's [[…]], in order, without doubles.
func (n Note) WikiLinks() []string {
	var out []string
	seen := map[string]bool{}
	for _, m := range wikiLink.FindAllStringSubmatch(n.Body, -1) {
		name := OneLine(m[1])
		if name != "" && !seen[FoldName(name)] {
			seen[FoldName(name)] = true
			out = append(out, name)
		}
	}
	return out
}

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
	for _, name := range note.WikiLinks() {
		ref, err := LinkTarget(names, name)
		switch {
		case errors.Is(err, ErrNotFound) || errors.Is(err, ErrAmbiguous) || ref.ID == string(note.ID):
		case err != nil:
			return note, err
		default:
			note.Mentions = append(note.Mentions, ref)
		}
	}
	return note, tx.PutNote(note)
}

// relink finds anew what those notes mention that have a link of this name.
func relink(tx Tx, name string) error {
	notes, err := tx.Notes()
	if err != nil {
		return err
	}
	for _, note := range notes {
		if slices.ContainsFunc(note.WikiLinks(), func(link string) bool { return FoldName(link) == FoldName(name) }) {
			if _, err := putNote(tx, note); err != nil {
				return err
			}
		}
	}
	return nil
}

// renameLinks gives the [[links]] that lead to a thing its new name. Links by
// another of its names stay as they are.
func renameLinks(tx Tx, ref Ref, before, after string) error {
	if FoldName(before) == FoldName(after) && before == after {
		return nil
	}
	notes, err := tx.NotesOn(ref)
	if err != nil {
		return err
	}
	for _, note := range notes {
		if !slices.Contains(note.Mentions, ref) {
			continue
		}
		note.Body = wikiLink.ReplaceAllStringFunc(note.Body, func(link string) string {
			if FoldName(link[2:len(link)-2]) == FoldName(before) {
				return "[[" + linkable(after) + "]]"
			}
			return link
		})
		if _, err := putNote(tx, note); err != nil {
			return err
		}
	}
	return nil
}

// linkable is a name as it can stand in a link.
func linkable(name string) string {
	return strings.NewReplacer("[", "(", "]", ")").Replace(OneLine(name))
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
