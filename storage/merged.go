package storage

import (
	"slices"

	"rejoinder/app"
)

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

// hadPremise is the role of a relation that rested on the one that stays, until the
// merge made that one of its two claims.
const hadPremise = "had-premise"

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
	// Nor is one of the survivor's, where its relation is one of its own now.
	if err := t.exec("INSERT INTO merged (other, role, target) SELECT ?2, '"+hadPremise+`', w.relation FROM relation_with w
		JOIN relations x ON x.id = w.relation WHERE w.claim = ?1 AND ?1 IN (x.from_claim, x.to_claim) ON CONFLICT DO NOTHING`,
		string(to), string(from)); err != nil {
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

// at2 is inList of the second parameter.
const at2 = " IN (SELECT value FROM json_each(?2))"

// MergePath implements app.Tx.
func (t *tx) MergePath(other, kept string) ([]string, error) {
	// Each merge remembers what was merged into it by then: those that remember
	// other are on the way, and of two the one that the other remembers is nearer.
	between, err := list(&t.reader, scanText[string],
		`SELECT m.other FROM merged m WHERE m.role = 'merged_into' AND m.target = ?1 AND m.other <> ?2
			ORDER BY (SELECT count(*) FROM merged x WHERE x.role = 'merged_into' AND x.target = m.other
				AND x.other IN (SELECT other FROM merged WHERE role = 'merged_into' AND target = ?1)) DESC`, other, kept)
	return append(between, kept), err
}

// DropMerged implements app.Tx.
func (t *tx) DropMerged(other string, m app.Moved) error {
	return t.exec("DELETE FROM merged WHERE other = ? AND role = ? AND target = ?", other, m.Role, m.Target)
}

// ForgetPart implements app.Tx.
func (t *tx) ForgetPart(id app.ActorID) error {
	return t.exec("DELETE FROM merged WHERE role = 'part_of' AND target = ?", string(id))
}

// PartMoved implements app.Tx.
func (t *tx) PartMoved(id app.ActorID) ([]app.ActorID, error) {
	return list(&t.reader, scanText[app.ActorID], "SELECT other FROM merged WHERE role = 'part_of' AND target = ? ORDER BY other", string(id))
}

// merges reports whether the merge of other remembers this.
func (t *tx) merges(other, role, target string) (bool, error) {
	n, err := t.count("SELECT count(*) FROM merged WHERE other = ? AND role = ? AND target = ?", other, role, target)
	return n > 0, err
}

// PutBack implements app.Tx.
func (t *tx) PutBack(other, kept string) error {
	ref, err := t.Find(other)
	if err != nil {
		return err
	}
	path, err := t.MergePath(other, kept)
	if err != nil {
		return err
	}
	const of = " IN (SELECT target FROM merged WHERE other = ?1 AND role = "
	for _, p := range places[ref.Kind] {
		if err := t.exec("UPDATE "+p.table+" SET "+p.role+" = ?1, modified = ?3 WHERE "+p.role+at2+" AND id <> ?1 AND id"+of+"'"+p.role+"')",
			other, asList(path), millis(t.now)); err != nil {
			return err
		}
		// What came by way of other is no longer those merges' either.
		if err := t.exec("DELETE FROM merged WHERE other"+at2+" AND role = '"+p.role+"' AND (target"+of+"'"+p.role+"') OR role = 'merged_into' AND target = ?1)",
			other, asList(path)); err != nil {
			return err
		}
	}
	for _, l := range links[ref.Kind] {
		if err := t.putBackLinks(l, ref, path); err != nil {
			return err
		}
	}
	if err := t.putBackPremises(other, path); err != nil {
		return err
	}
	if err := t.untrash(ref, kept); err != nil {
		return err
	}
	return t.exec("DELETE FROM merged WHERE other = ?", other)
}

// putBackLinks makes what was linked to ref so again, and takes from those that it
// was merged into what only it brought them.
func (t *tx) putBackLinks(l link, ref app.Ref, path []string) error {
	rest, values := "", ""
	switch l.table {
	case notesLink.table:
		rest, values = ", kind, mention", ", '"+string(ref.Kind)+"', 0"
	case tagsLink.table:
		rest, values = ", kind", ", '"+string(ref.Kind)+"'"
	}
	holders := map[string]string{"relation_with": "relations", "note_links": "notes", "taggings": "tags"}[l.table]
	if err := t.exec("INSERT INTO "+l.table+" ("+l.holder+", "+l.column+rest+") SELECT target, ?1"+values+
		" FROM merged WHERE other = ?1 AND role IN ('"+l.role+"', '"+l.role+hadToo+"') AND target IN (SELECT id FROM "+
		holders+") ON CONFLICT DO NOTHING", ref.ID); err != nil {
		return err
	}
	brought, err := list(&t.reader, scanText[string], "SELECT target FROM merged WHERE other = ? AND role = ?", ref.ID, l.role)
	for _, holder := range brought {
		if err == nil {
			err = t.withdraw(l, holder, ref.ID, path)
		}
	}
	return err
}

// withdraw takes a link from those on the path that have it by way of from alone.
func (t *tx) withdraw(l link, holder, from string, path []string) error {
	other := from
	for i, at := range path {
		siblings, err := t.mergedAt(at, path[len(path)-1], other, from)
		if err != nil {
			return err
		}
		for _, sibling := range siblings {
			for _, role := range []string{l.role, l.role + hadToo} {
				has, err := t.merges(sibling, role, holder)
				if err != nil {
					return err
				}
				if has { // from now on it is this one that brings it
					if err := t.DropMerged(sibling, app.Moved{Role: role, Target: holder}); err != nil {
						return err
					}
					return t.PutMerged(sibling, app.Moved{Role: l.role, Target: holder})
				}
			}
		}
		if i == len(path)-1 {
			return t.exec("DELETE FROM "+l.table+" WHERE "+l.column+" = ? AND "+l.holder+" = ?"+l.where, at, holder)
		}
		gave, err := t.merges(at, l.role, holder)
		if err != nil {
			return err
		}
		for _, role := range []string{l.role, l.role + hadToo} {
			if err := t.DropMerged(at, app.Moved{Role: role, Target: holder}); err != nil {
				return err
			}
		}
		if !gave { // the next one had it by itself
			return nil
		}
		from = at
	}
	return nil
}

// mergedAt lists what was merged straight into at, but for some; all of it is part
// of kept now.
func (t *tx) mergedAt(at, kept string, but ...string) ([]string, error) {
	all, err := list(&t.reader, scanText[string],
		"SELECT id FROM actors WHERE merged_into = ?1 UNION ALL SELECT id FROM claims WHERE merged_into = ?1 ORDER BY id", kept)
	var out []string
	for _, id := range all {
		if err != nil {
			return nil, err
		}
		var path []string
		if path, err = t.MergePath(id, kept); !slices.Contains(but, id) && path[0] == at {
			out = append(out, id)
		}
	}
	return out, err
}

// putBackPremises lets relations rest on the survivor again that the merge of other
// had made its own.
func (t *tx) putBackPremises(other string, path []string) error {
	relations, err := list(&t.reader, scanText[string],
		`SELECT m.target FROM merged m JOIN relations x ON x.id = m.target
			WHERE m.other = ?1 AND m.role = '`+hadPremise+`' AND ?2 NOT IN (x.from_claim, x.to_claim)`, other, path[len(path)-1])
	for _, relation := range relations {
		if err != nil {
			return err
		}
		for _, at := range path[:len(path)-1] {
			if err := t.PutMerged(at, app.Moved{Role: "relation_with", Target: relation}); err != nil {
				return err
			}
		}
		err = t.exec("INSERT INTO relation_with (relation, claim) VALUES (?, ?) ON CONFLICT DO NOTHING", relation, path[len(path)-1])
	}
	return err
}

// untrash takes out of the trash what went there only because the survivor did, and
// is other's again; unless something else that it needs is there.
func (t *tx) untrash(ref app.Ref, kept string) error {
	for kind, columns := range map[app.Kind]string{app.KindStatement: "actor, claim", app.KindRelation: "from_claim, to_claim"} {
		table := string(kind) + "s"
		ids, err := list(&t.reader, scanText[string], "SELECT id FROM "+table+` x WHERE x.trashed_with = ?1
			AND ?2 IN (`+columns+`) AND ?1 NOT IN (`+columns+") ORDER BY id", kept, ref.ID)
		if err != nil {
			return err
		}
		for _, id := range ids {
			if err := t.rest(app.Ref{Kind: kind, ID: id}); err != nil {
				return err
			}
		}
	}
	return nil
}

// rest takes ref out of the trash if nothing that it needs is there; else it stays
// there with that.
func (t *tx) rest(ref app.Ref) error {
	for _, thing := range things {
		if thing.kind != ref.Kind {
			continue
		}
		with := ""
		if err := t.eachOther(thing.needs, ref.ID, func(need app.Ref) error {
			for _, of := range things {
				if of.kind != need.Kind {
					continue
				}
				in, err := list(&t.reader, scanText[string],
					"SELECT coalesce(trashed_with, id) FROM "+of.table+" WHERE id = ? AND trashed IS NOT NULL", need.ID)
				if err != nil {
					return err
				}
				if len(in) > 0 && (with == "" || in[0] < with) {
					with = in[0]
				}
			}
			return nil
		}); err != nil {
			return err
		}
		if with == "" {
			return t.takeOut(ref)
		}
		return t.exec("UPDATE "+thing.table+" SET trashed_with = ?2 WHERE id = ?1 AND trashed IS NOT NULL", ref.ID, with)
	}
	return nil
}

// Rest implements app.Tx.
func (t *tx) Rest(ref app.Ref) error { return t.rest(ref) }

// AllMerged implements app.Reader.
func (r *reader) AllMerged(kind app.Kind) ([]app.MergedAway, error) {
	from := map[app.Kind]string{app.KindActor: "x.name, k.id, k.name FROM actors x JOIN actors k",
		app.KindClaim: "x.text, k.id, k.text FROM claims x JOIN claims k"}[kind]
	if from == "" {
		return nil, nil
	}
	return list(r, func(row scanner) (app.MergedAway, error) {
		m := app.MergedAway{Ref: app.Ref{Kind: kind}, Into: app.Ref{Kind: kind}}
		err := row.Scan(&m.ID, &m.Name, &m.Into.ID, &m.IntoName)
		return m, err
	}, "SELECT x.id, "+from+" ON k.id = x.merged_into ORDER BY k.id, x.id")
}
