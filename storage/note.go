package storage

import "rejoinder/app"

const noteColumns = `n.id, n.body,
	(SELECT coalesce(json_group_array(json_object('kind', kind, 'id', target)), '[]')
		FROM (SELECT kind, target FROM note_links WHERE note = n.id AND mention = 0 ORDER BY target)),
	(SELECT coalesce(json_group_array(json_object('kind', kind, 'id', target)), '[]')
		FROM (SELECT kind, target FROM note_links WHERE note = n.id AND mention = 1 ORDER BY target)),
	n.created, n.modified, n.trashed`

func scanNote(row scanner) (n app.Note, err error) {
	err = row.Scan(&n.ID, &n.Body, asJSON{&n.On}, asJSON{&n.Mentions}, moment{&n.Created}, moment{&n.Modified}, moment{&n.Trashed})
	return n, err
}

// Note implements app.Reader.
func (r *reader) Note(id app.NoteID) (app.Note, error) {
	return one(r, app.KindNote, scanNote, "SELECT "+noteColumns+" FROM notes n WHERE n.id = ?", string(id))
}

// Notes implements app.Reader.
func (r *reader) Notes() ([]app.Note, error) {
	return list(r, scanNote, "SELECT "+noteColumns+" FROM notes n WHERE n.trashed IS NULL ORDER BY n.id")
}

// NotesOn implements app.Reader.
func (r *reader) NotesOn(ref app.Ref) ([]app.Note, error) {
	return list(r, scanNote, "SELECT "+noteColumns+` FROM notes n WHERE n.trashed IS NULL
		AND n.id IN (SELECT note FROM note_links WHERE target = ?) ORDER BY n.id`, ref.ID)
}

// NotesOnEach implements app.Reader.
func (r *reader) NotesOnEach(ids []string) (map[string][]app.Note, error) {
	type onOne struct {
		app.Note
		on string
	}
	found, err := list(r, func(row scanner) (n onOne, err error) {
		err = row.Scan(&n.ID, &n.Body, asJSON{&n.On}, asJSON{&n.Mentions}, moment{&n.Created}, moment{&n.Modified}, moment{&n.Trashed}, &n.on)
		return n, err
	}, "SELECT "+noteColumns+`, l.target FROM note_links l JOIN notes n ON n.id = l.note
		WHERE n.trashed IS NULL AND l.mention = 0 AND l.target`+inList+" ORDER BY n.id", asList(ids))
	out := map[string][]app.Note{}
	for _, n := range found {
		out[n.on] = append(out[n.on], n.Note)
	}
	return out, err
}

// PutNote implements app.Tx.
func (t *tx) PutNote(n app.Note) error {
	if err := t.put("notes", string(n.ID), n.Created, column{"body", n.Body}); err != nil {
		return err
	}
	for mention, refs := range [][]app.Ref{n.On, n.Mentions} {
		if err := t.setLinks(n.ID, mention, refs); err != nil {
			return err
		}
	}
	return nil
}

// setLinks makes refs the links of one sort that a note has.
func (t *tx) setLinks(note app.NoteID, mention int, refs []app.Ref) error {
	ids := make([]string, len(refs))
	for i, ref := range refs {
		ids[i] = ref.ID
	}
	marks, args := marksFor(ids)
	if err := t.exec("DELETE FROM note_links WHERE note = ? AND mention = ? AND target NOT IN ("+marks+")",
		append([]any{string(note), mention}, args...)...); err != nil {
		return err
	}
	for _, ref := range refs {
		if err := t.exec("INSERT INTO note_links (note, kind, target, mention) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
			string(note), string(ref.Kind), ref.ID, mention); err != nil {
			return err
		}
	}
	return nil
}
