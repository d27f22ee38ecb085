package storage

import "rejoinder/app"

const actorColumns = "id, name, kind, aliases, coalesce(part_of, ''), coalesce(merged_into, ''), created, modified, trashed"

func scanActor(row scanner) (a app.Actor, err error) {
	err = row.Scan(&a.ID, &a.Name, &a.Kind, asJSON{&a.Aliases}, &a.PartOf, &a.MergedInto,
		moment{&a.Created}, moment{&a.Modified}, moment{&a.Trashed})
	return a, err
}

// Actor implements app.Reader.
func (r *reader) Actor(id app.ActorID) (app.Actor, error) {
	return one(r, app.KindActor, scanActor, "SELECT "+actorColumns+" FROM actors WHERE id = ?", string(id))
}

// Actors implements app.Reader.
func (r *reader) Actors() ([]app.Actor, error) {
	return list(r, scanActor, "SELECT "+actorColumns+
		" FROM actors WHERE trashed IS NULL AND merged_into IS NULL ORDER BY name COLLATE NOCASE, id")
}

// PutActor implements app.Tx.
func (t *tx) PutActor(a app.Actor) error {
	return t.put("actors", string(a.ID), a.Created,
		column{"name", a.Name}, column{"kind", string(a.Kind)}, column{"aliases", toJSON(a.Aliases)},
		column{"part_of", reference(a.PartOf)}, column{"merged_into", reference(a.MergedInto)})
}

// ReplaceActor implements app.Tx.
func (t *tx) ReplaceActor(from, to app.ActorID) error {
	for _, q := range []string{
		"UPDATE actors SET merged_into = ?2, modified = ?3 WHERE merged_into = ?1",
		"UPDATE statements SET actor = ?2, modified = ?3 WHERE actor = ?1",
		"UPDATE statements SET reported_by = ?2, modified = ?3 WHERE reported_by = ?1",
		"UPDATE actors SET part_of = ?2, modified = ?3 WHERE part_of = ?1 AND id <> ?2",
		"UPDATE actors SET part_of = NULL, modified = ?3 WHERE part_of = ?1 AND id = ?2",
	} {
		if err := t.exec(q, string(from), string(to), millis(t.now)); err != nil {
			return err
		}
	}
	return t.moveLinks(app.RefTo(app.KindActor, from), app.RefTo(app.KindActor, to))
}
