package storage

import "rejoinder/app"

const statementColumns = `s.id, s.actor, s.claim, s.stance, s.date, s.indirect, coalesce(s.reported_by, ''),
	coalesce(s.passage, ''), s.created, s.modified, s.trashed`

func statementFields(s *app.Statement) []any {
	return []any{&s.ID, &s.Actor, &s.Claim, &s.Stance, &s.Date, &s.Indirect, &s.ReportedBy, &s.Passage,
		moment{&s.Created}, moment{&s.Modified}, moment{&s.Trashed}}
}

func scanStatement(row scanner) (s app.Statement, err error) {
	err = row.Scan(statementFields(&s)...)
	return s, err
}

// Statement implements app.Reader.
func (r *reader) Statement(id app.StatementID) (app.Statement, error) {
	return one(r, app.KindStatement, scanStatement, "SELECT "+statementColumns+" FROM statements s WHERE s.id = ?", string(id))
}

// Statements implements app.Reader.
func (r *reader) Statements(q app.StatementQuery) ([]app.Statement, error) {
	query, args := "SELECT "+statementColumns+" FROM statements s WHERE s.trashed IS NULL", []any(nil)
	if q.Actor != "" {
		query, args = query+" AND s.actor = ?", append(args, string(q.Actor))
	}
	if q.Claim != "" {
		query, args = query+" AND s.claim = ?", append(args, string(q.Claim))
	}
	if q.Article != "" {
		query = query + " AND s.passage IN (SELECT id FROM annotations WHERE article = ?)"
		args = append(args, string(q.Article))
	}
	return list(r, scanStatement, query+" ORDER BY s.id", args...)
}

// PutStatement implements app.Tx.
func (t *tx) PutStatement(s app.Statement) error {
	return t.put("statements", string(s.ID), s.Created,
		column{"actor", string(s.Actor)}, column{"claim", string(s.Claim)}, column{"stance", string(s.Stance)},
		column{"date", string(s.Date)}, column{"indirect", s.Indirect}, column{"reported_by", reference(s.ReportedBy)},
		column{"passage", reference(s.Passage)})
}
