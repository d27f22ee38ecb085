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
