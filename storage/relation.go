package storage

import "rejoinder/app"

const relationColumns = "id, from_claim, kind, to_claim, coalesce(passage, ''), created, modified, trashed"

func scanRelation(row scanner) (x app.Relation, err error) {
	err = row.Scan(&x.ID, &x.From, &x.Kind, &x.To, &x.Passage, moment{&x.Created}, moment{&x.Modified}, moment{&x.Trashed})
	return x, err
}

// Relation implements app.Reader.
func (r *reader) Relation(id app.RelationID) (app.Relation, error) {
	return one(r, app.KindRelation, scanRelation, "SELECT "+relationColumns+" FROM relations WHERE id = ?", string(id))
}

// Relations implements app.Reader.
func (r *reader) Relations(q app.RelationQuery) ([]app.Relation, error) {
	query, args := "SELECT "+relationColumns+" FROM relations WHERE trashed IS NULL", []any(nil)
	if q.Claim != "" {
		query, args = query+" AND (from_claim = ? OR to_claim = ?)", append(args, string(q.Claim), string(q.Claim))
	}
	if q.Article != "" {
		query = query + " AND passage IN (SELECT id FROM annotations WHERE article = ?)"
		args = append(args, string(q.Article))
	}
	return list(r, scanRelation, query+" ORDER BY id", args...)
}

// PutRelation implements app.Tx.
func (t *tx) PutRelation(x app.Relation) error {
	return t.put("relations", string(x.ID), x.Created,
		column{"from_claim", string(x.From)}, column{"kind", string(x.Kind)}, column{"to_claim", string(x.To)},
		column{"passage", reference(x.Passage)})
}
