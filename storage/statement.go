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
	condition, args := statementWhere(q)
	return list(r, scanStatement, "SELECT "+statementColumns+" FROM statements s"+condition+" ORDER BY s.id", args...)
}

// StatementRows implements app.Reader.
func (r *reader) StatementRows(q app.StatementQuery) ([]app.StatementRow, error) {
	condition, args := statementWhere(q)
	return list(r, func(row scanner) (s app.StatementRow, err error) {
		err = row.Scan(&s.ID, &s.Actor, &s.Claim, &s.Stance, &s.Date, &s.Indirect, &s.ReportedBy, &s.Passage, &s.Article, &s.Story)
		return s, err
	}, `SELECT s.id, s.actor, s.claim, s.stance, s.date, s.indirect, coalesce(s.reported_by, ''), coalesce(s.passage, ''),
		coalesce(n.article, ''), coalesce(y.id, '')
		FROM statements s LEFT JOIN annotations n ON n.id = s.passage LEFT JOIN articles a ON a.id = n.article`+
		" LEFT JOIN stories y ON y.id = a.story AND y.trashed IS NULL"+condition+" ORDER BY s.id", args...)
}

func statementWhere(q app.StatementQuery) (string, []any) {
	f := filter{}
	f.add("s.trashed IS NULL")
	if q.Actor != "" {
		f.add("s.actor = ?", string(q.Actor))
	}
	if q.Claim != "" {
		f.add("s.claim = ?", string(q.Claim))
	}
	if q.Article != "" {
		f.add("s.passage IN (SELECT id FROM annotations WHERE article = ?)", string(q.Article))
	}
	if q.ReportedBy != "" {
		f.add("s.reported_by = ?", string(q.ReportedBy))
	}
	if q.IDs != nil {
		f.add("s.id"+inList, asList(q.IDs))
	}
	if q.Passages != nil {
		f.add("s.passage"+inList, asList(q.Passages))
	}
	if q.Articles != nil {
		f.add("s.passage IN (SELECT id FROM annotations WHERE article"+inList+")", asList(q.Articles))
	}
	return f.where(), f.args
}

// PutStatement implements app.Tx.
func (t *tx) PutStatement(s app.Statement) error {
	// What is given to another by hand goes back to nobody when a merge is split.
	if err := t.exec(`DELETE FROM merged WHERE target = ?1 AND role IN (
		SELECT 'actor' FROM statements WHERE id = ?1 AND actor <> ?2 UNION SELECT 'claim' FROM statements WHERE id = ?1 AND claim <> ?3
		UNION SELECT 'reported_by' FROM statements WHERE id = ?1 AND reported_by IS NOT ?4)`,
		string(s.ID), string(s.Actor), string(s.Claim), reference(s.ReportedBy)); err != nil {
		return err
	}
	return t.put("statements", string(s.ID), s.Created,
		column{"actor", string(s.Actor)}, column{"claim", string(s.Claim)}, column{"stance", string(s.Stance)},
		column{"date", string(s.Date)}, column{"indirect", s.Indirect}, column{"reported_by", reference(s.ReportedBy)},
		column{"passage", reference(s.Passage)})
}
