package storage

import "rejoinder/app"

const relationColumns = `x.id, x.from_claim, x.kind, x.to_claim, coalesce(x.passage, ''), x.created, x.modified,
	x.trashed`

func relationFields(x *app.Relation) []any {
	return []any{&x.ID, &x.From, &x.Kind, &x.To, &x.Passage, moment{&x.Created}, moment{&x.Modified}, moment{&x.Trashed}}
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
		query, args = query+" AND (x.from_claim = ? OR x.to_claim = ?)", append(args, string(q.Claim), string(q.Claim))
	}
	if q.Article != "" {
		query = query + " AND x.passage IN (SELECT id FROM annotations WHERE article = ?)"
		args = append(args, string(q.Article))
	}
	return list(r, scanRelation, query+" ORDER BY x.id", args...)
}

// PutRelation implements app.Tx.
func (t *tx) PutRelation(x app.Relation) error {
	return t.put("relations", string(x.ID), x.Created,
		column{"from_claim", string(x.From)}, column{"kind", string(x.Kind)}, column{"to_claim", string(x.To)},
		column{"passage", reference(x.Passage)})
}
