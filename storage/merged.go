package storage

import "rejoinder/app"

// place is a column that holds the id of an actor or a claim.
type place struct{ role, table, where string }

// places are all of them. role is the column, where what keeps a row from being
// moved to ?2.
var places = map[app.Kind][]place{
	app.KindActor: {
		{"merged_into", "actors", ""},
		{"actor", "statements", ""},
		{"reported_by", "statements", ""},
		{"part_of", "actors", " AND id <> ?2"},
	},
	app.KindClaim: {
		{"merged_into", "claims", ""},
		{"claim", "statements", ""},
		{"from_claim", "relations", " AND to_claim <> ?2"},
		{"to_claim", "relations", " AND from_claim <> ?2"},
	},
}

// link is a table of pairs that name an actor or a claim.
type link struct {
	role   string // of merged
	table  string
	holder string // the column of what holds it
	column string // the column of the actor or claim
	rest   string // of a row, behind holder and column
	where  string // which rows are remembered; the others are found anew from the words of notes
}

var links = map[app.Kind][]link{
	app.KindActor: {notesLink, tagsLink},
	app.KindClaim: {notesLink, tagsLink, {"relation_with", "relation_with", "relation", "claim", "", ""}},
}

var (
	notesLink = link{"note_links", "note_links", "note", "target", "kind, mention", " AND mention = 0"}
	tagsLink  = link{"taggings", "taggings", "tag", "target", "kind", ""}
)

// hadToo is behind a role in merged when the other one held it as well.
const hadToo = "+"

// ReplaceActor implements app.Tx.
func (t *tx) ReplaceActor(from, to app.ActorID) error {
	if err := t.exec("UPDATE actors SET part_of = NULL, modified = ?3 WHERE part_of = ?1 AND id = ?2",
		string(from), string(to), millis(t.now)); err != nil {
		return err
	}
	return t.replace(app.KindActor, string(from), string(to))
}

// ReplaceClaim implements app.Tx.
func (t *tx) ReplaceClaim(from, to app.ClaimID) error {
	// A premise that becomes one of the two claims of its relation is none.
	if err := t.exec(`INSERT INTO merged (other, role, target) SELECT ?1, 'relation_with', w.relation FROM relation_with w
		JOIN relations x ON x.id = w.relation WHERE w.claim = ?1 AND ?2 IN (x.from_claim, x.to_claim) ON CONFLICT DO NOTHING`,
		string(from), string(to)); err != nil {
		return err
	}
	if err := t.exec(`DELETE FROM relation_with WHERE claim = ?1 AND relation IN
		(SELECT id FROM relations WHERE ?2 IN (from_claim, to_claim))`, string(from), string(to)); err != nil {
		return err
	}
	if err := t.replace(app.KindClaim, string(from), string(to)); err != nil {
		return err
	}
	return t.exec(`DELETE FROM relation_with WHERE claim = ?1 AND relation IN
		(SELECT id FROM relations WHERE ?1 IN (from_claim, to_claim))`, string(to))
}

func (t *tx) replace(kind app.Kind, from, to string) error {
	for _, p := range places[kind] {
		if err := t.exec("INSERT INTO merged (other, role, target) SELECT ?1, '"+p.role+"', id FROM "+p.table+
			" WHERE "+p.role+" = ?1"+p.where+" ON CONFLICT DO NOTHING", from, to); err != nil {
			return err
		}
		if err := t.exec("UPDATE "+p.table+" SET "+p.role+" = ?2, modified = ?3 WHERE "+p.role+" = ?1"+p.where,
			from, to, millis(t.now)); err != nil {
			return err
		}
	}
	for _, l := range links[kind] {
		if err := t.moveLinks(l, from, to); err != nil {
			return err
		}
	}
	return nil
}

// moveLinks makes what is linked to from be linked to to.
func (t *tx) moveLinks(l link, from, to string) error {
	rest, values := "", ""
	if l.rest != "" {
		rest, values = ", "+l.rest, ", x."+l.rest
		if l.table == notesLink.table {
			values = ", x.kind, x.mention"
		}
	}
	for _, q := range []string{
		"INSERT INTO merged (other, role, target) SELECT ?1, '" + l.role + "' || CASE WHEN EXISTS (SELECT 1 FROM " + l.table +
			" y WHERE y." + l.column + " = ?2 AND y." + l.holder + " = x." + l.holder + l.where + ") THEN '" + hadToo + "' ELSE '' END, x." + l.holder +
			" FROM " + l.table + " x WHERE x." + l.column + " = ?1" + l.where + " ON CONFLICT DO NOTHING",
		"INSERT INTO " + l.table + " (" + l.holder + ", " + l.column + rest + ") SELECT x." + l.holder + ", ?2" + values +
			" FROM " + l.table + " x WHERE x." + l.column + " = ?1 ON CONFLICT DO NOTHING",
		"DELETE FROM " + l.table + " WHERE " + l.column + " = ?1",
	} {
		if err := t.exec(q, from, to); err != nil {
			return err
		}
	}
	return nil
}

// MergedInto implements app.Reader.
func (r *reader) MergedInto(ref app.Ref) ([]app.Linked, error) {
	from := map[app.Kind]string{app.KindActor: "name FROM actors", app.KindClaim: "text FROM claims"}[ref.Kind]
	if from == "" {
		return nil, nil
	}
	return list(r, func(row scanner) (app.Linked, error) {
		l := app.Linked{Ref: app.Ref{Kind: ref.Kind}}
		err := row.Scan(&l.ID, &l.Name)
		return l, err
	}, "SELECT id, "+from+" WHERE merged_into = ? ORDER BY id", ref.ID)
}

// PutMerged implements app.Tx.
func (t *tx) PutMerged(other string, m app.Moved) error {
	return t.exec("INSERT INTO merged (other, role, target) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", other, m.Role, m.Target)
}

// Merged implements app.Tx.
func (t *tx) Merged(other string) ([]app.Moved, error) {
	return list(&t.reader, func(row scanner) (m app.Moved, err error) {
		err = row.Scan(&m.Role, &m.Target)
		return m, err
	}, "SELECT role, target FROM merged WHERE other = ? ORDER BY role, target", other)
}

// PutBack implements app.Tx.
func (t *tx) PutBack(other, kept string) error {
	ref, err := t.Find(other)
	if err != nil {
		return err
	}
	const of = " IN (SELECT target FROM merged WHERE other = ?1 AND role = "
	for _, p := range places[ref.Kind] {
		if err := t.exec("UPDATE "+p.table+" SET "+p.role+" = ?1, modified = ?3 WHERE "+p.role+" = ?2 AND id <> ?1 AND id"+of+"'"+p.role+"')",
			other, kept, millis(t.now)); err != nil {
			return err
		}
	}
	for _, l := range links[ref.Kind] {
		rest, values := "", ""
		switch l.table {
		case notesLink.table:
			rest, values = ", kind, mention", ", '"+string(ref.Kind)+"', 0"
		case tagsLink.table:
			rest, values = ", kind", ", '"+string(ref.Kind)+"'"
		}
		holders := map[string]string{"relation_with": "relations", "note_links": "notes", "taggings": "tags"}[l.table]
		for _, q := range []string{
			"INSERT INTO " + l.table + " (" + l.holder + ", " + l.column + rest + ") SELECT target, ?1" + values +
				" FROM merged WHERE other = ?1 AND role IN ('" + l.role + "', '" + l.role + hadToo + "') AND target IN (SELECT id FROM " +
				holders + ") ON CONFLICT DO NOTHING",
			"DELETE FROM " + l.table + " WHERE " + l.column + " = ?2" + l.where + " AND " + l.holder + of + "'" + l.role + "')",
		} {
			if err := t.exec(q, other, kept); err != nil {
				return err
			}
		}
	}
	return t.exec("DELETE FROM merged WHERE other = ?", other)
}
