package storage

import "rejoinder/app"

const relationColumns = `x.id, x.from_claim, x.kind, x.to_claim,
	coalesce((SELECT json_group_array(claim) FROM relation_with WHERE relation = x.id HAVING count(*) > 0), 'null'),
	x.strength, x.note, coalesce(x.passage, ''), x.created, x.modified, x.trashed`

func relationFields(x *app.Relation) []any {
	return []any{&x.ID, &x.From, &x.Kind, &x.To, asJSON{&x.With}, &x.Strength, &x.Note, &x.Passage, moment{&x.Created}, moment{&x.Modified}, moment{&x.Trashed}}
}

func scanRelation(row scanner) (x app.Relation, err error) {
	err = row.Scan(relationFields(&x)...)
	return x, err
}

// Relation implements app.Reader.
func (r *reader) Relation(id app.RelationID) (app.Relation, error) {
	return one(r, app.KindRelation, scanRelation, "SELECT "+relationColumns+" FROM relations x WHERE x.id = ?", string(id))
}

// Relations implements app.Reader.
func (r *reader) Relations(q app.RelationQuery) ([]app.Relation, error) {
	query, args := "SELECT "+relationColumns+" FROM relations x WHERE x.trashed IS NULL", []any(nil)
	if q.Claim != "" {
		query, args = query+" AND (x.from_claim = ? OR x.to_claim = ? OR x.id IN (SELECT relation FROM relation_with WHERE claim = ?))",
			append(args, string(q.Claim), string(q.Claim), string(q.Claim))
	}
	if q.Article != "" {
		query = query + " AND x.passage IN (SELECT id FROM annotations WHERE article = ?)"
		args = append(args, string(q.Article))
	}
	if q.IDs != nil {
		query, args = query+" AND x.id"+inList, append(args, asList(q.IDs))
	}
	return list(r, scanRelation, query+" ORDER BY x.id", args...)
}

// PutRelation implements app.Tx.
func (t *tx) PutRelation(x app.Relation) error {
	if err := t.put("relations", string(x.ID), x.Created,
		column{"from_claim", string(x.From)}, column{"kind", string(x.Kind)}, column{"to_claim", string(x.To)},
		column{"strength", string(x.Strength)}, column{"note", x.Note}, column{"passage", reference(x.Passage)}); err != nil {
		return err
	}
	if err := t.exec("DELETE FROM relation_with WHERE relation = ?1 AND claim NOT IN (SELECT value FROM json_each(?2))",
		string(x.ID), toJSON(x.With)); err != nil {
		return err
	}
	return t.exec("INSERT INTO relation_with (relation, claim) SELECT ?1, value FROM json_each(?2) WHERE true ON CONFLICT DO NOTHING",
		string(x.ID), toJSON(x.With))
}
