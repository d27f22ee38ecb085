package storage

import (
	"errors"
	"fmt"
	"strings"

	"rejoinder/app"
)

// things are the tables of things that go to the trash, in an order in which
// they can be removed: what refers before what is referred to. title is the SQL
// of what the trash shows.
var things = []struct {
	kind  app.Kind
	table string
	title string
	// takes selects what makes no sense without the thing ?1 and goes with it.
	takes map[app.Kind]string
	// needs selects what the thing ?1 makes no sense without.
	needs map[app.Kind]string
}{
	{kind: app.KindStatement, table: "statements",
		title: "(SELECT name FROM actors WHERE id = x.actor) || ' ' || stance || ': ' || (SELECT text FROM claims WHERE id = x.claim)",
		needs: map[app.Kind]string{
			app.KindActor:      "SELECT actor FROM statements WHERE id = ?1",
			app.KindClaim:      "SELECT claim FROM statements WHERE id = ?1",
			app.KindAnnotation: "SELECT passage FROM statements WHERE id = ?1 AND passage IS NOT NULL",
		}},
	{kind: app.KindRelation, table: "relations",
		title: "(SELECT text FROM claims WHERE id = x.from_claim) || ' — ' || kind || ' — ' || (SELECT text FROM claims WHERE id = x.to_claim)",
		needs: map[app.Kind]string{
			app.KindClaim: `SELECT from_claim FROM relations WHERE id = ?1 UNION SELECT to_claim FROM relations WHERE id = ?1
				UNION SELECT claim FROM relation_with WHERE relation = ?1`,
			app.KindAnnotation: "SELECT passage FROM relations WHERE id = ?1 AND passage IS NOT NULL",
		}},
	{kind: app.KindAnnotation, table: "annotations", title: "quote",
		takes: map[app.Kind]string{
			app.KindStatement: "SELECT id FROM statements WHERE passage = ?1",
			app.KindRelation:  "SELECT id FROM relations WHERE passage = ?1",
		},
		needs: map[app.Kind]string{app.KindArticle: "SELECT article FROM annotations WHERE id = ?1"}},
	{kind: app.KindArticle, table: "articles", title: "title",
		takes: map[app.Kind]string{app.KindAnnotation: "SELECT id FROM annotations WHERE article = ?1"}},
	{kind: app.KindNote, table: "notes", title: "substr(body, 1, 200)"},
	{kind: app.KindTag, table: "tags", title: "path",
		takes: map[app.Kind]string{app.KindTag: `SELECT t.id FROM tags t JOIN tags top ON top.id = ?1
			WHERE substr(t.path, 1, length(top.path) + 1) = top.path || '/'`}},
	{kind: app.KindCollection, table: "collections", title: "name",
		takes: map[app.Kind]string{app.KindCollection: "SELECT id FROM collections WHERE parent = ?1"},
		needs: map[app.Kind]string{app.KindCollection: "SELECT parent FROM collections WHERE id = ?1 AND parent IS NOT NULL"}},
	{kind: app.KindStory, table: "stories", title: "name"},
	{kind: app.KindView, table: "views", title: "name"},
	{kind: app.KindClaim, table: "claims", title: "text",
		takes: map[app.Kind]string{
			app.KindStatement: "SELECT id FROM statements WHERE claim = ?1",
			app.KindRelation: `SELECT id FROM relations WHERE from_claim = ?1 OR to_claim = ?1
				UNION SELECT relation FROM relation_with WHERE claim = ?1`,
		}},
	{kind: app.KindActor, table: "actors", title: "name",
		takes: map[app.Kind]string{app.KindStatement: "SELECT id FROM statements WHERE actor = ?1"}},
}

// Find implements app.Reader.
func (r *reader) Find(id string) (app.Ref, error) {
	for _, thing := range things {
		n, err := r.count("SELECT count(*) FROM "+thing.table+" WHERE id = ?", id)
		if err != nil {
			return app.Ref{}, err
		}
		if n > 0 {
			return app.Ref{Kind: thing.kind, ID: id}, nil
		}
	}
	return app.Ref{}, app.Problem(app.ErrNotFound, "nothing in this notebook has the id %s", id)
}

// SetTrashed implements app.Tx.
func (t *tx) SetTrashed(ref app.Ref, trashed bool) error {
	if trashed {
		return t.discard(ref, "")
	}
	return t.recover(ref)
}

// discard puts ref into the trash, because of the thing with when it is not "".
func (t *tx) discard(ref app.Ref, with string) error {
	for _, thing := range things {
		if thing.kind != ref.Kind {
			continue
		}
		res, err := t.q.ExecContext(t.ctx, "UPDATE "+thing.table+
			" SET trashed = ?, trashed_with = ? WHERE id = ? AND trashed IS NULL", millis(t.now), reference(with), ref.ID)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err // it was there already
		}
		if with == "" {
			with = ref.ID
		}
		return t.eachOther(thing.takes, ref.ID, func(other app.Ref) error { return t.discard(other, with) })
	}
	return fmt.Errorf("%s: %w", ref, app.ErrNotFound)
}

// recover takes ref out of the trash with all that went there with it, and what
// they make no sense without.
func (t *tx) recover(ref app.Ref) error {
	var group []app.Ref
	for _, thing := range things {
		ids, err := list(&t.reader, scanText[string],
			"SELECT id FROM "+thing.table+" WHERE trashed IS NOT NULL AND (id = ?1 OR trashed_with = ?1)", ref.ID)
		if err != nil {
			return err
		}
		for _, id := range ids {
			group = append(group, app.Ref{Kind: thing.kind, ID: id})
		}
	}
	// All of them first: what one needs is mostly another, and then not alone.
	for _, r := range group {
		if err := t.takeOut(r); err != nil {
			return err
		}
	}
	for _, r := range group {
		for _, thing := range things {
			if thing.kind != r.Kind {
				continue
			}
			if err := t.eachOther(thing.needs, r.ID, t.recoverAlone); err != nil {
				return err
			}
		}
	}
	return nil
}

// recoverAlone takes ref out of the trash, with what it needs, but not what
// went there with it.
func (t *tx) recoverAlone(ref app.Ref) error {
	for _, thing := range things {
		if thing.kind != ref.Kind {
			continue
		}
		n, err := t.count("SELECT count(*) FROM "+thing.table+" WHERE id = ? AND trashed IS NOT NULL", ref.ID)
		if err != nil || n == 0 {
			return err // nor is what it needs
		}
		// What went with it is now in the trash by itself.
		for _, other := range things {
			if err := t.exec("UPDATE "+other.table+` SET trashed_with = NULL WHERE trashed_with = ?1 AND trashed IS NOT NULL
				AND EXISTS (SELECT 1 FROM `+thing.table+" WHERE id = ?1 AND trashed IS NOT NULL)", ref.ID); err != nil {
				return err
			}
		}
		if err := t.takeOut(ref); err != nil {
			return err
		}
		return t.eachOther(thing.needs, ref.ID, t.recoverAlone)
	}
	return nil
}

// takeOut takes ref, and nothing else, out of the trash. app.ErrExists for a tag
// whose name another has by now.
func (t *tx) takeOut(ref app.Ref) error {
	for _, thing := range things {
		if thing.kind != ref.Kind {
			continue
		}
		err := t.exec("UPDATE "+thing.table+" SET trashed = NULL, trashed_with = NULL WHERE id = ? AND trashed IS NOT NULL", ref.ID)
		if ref.Kind != app.KindTag || !errors.Is(domainError(err), app.ErrExists) {
			return err
		}
		tag, err := t.Tag(app.TagID(ref.ID))
		if err != nil {
			return err
		}
		return app.Problem(app.ErrExists, "there is another tag “%s” by now: rename or remove that one first", tag.Path)
	}
	return nil
}

// eachOther calls fn for what the queries, by kind, find for id.
func (t *tx) eachOther(queries map[app.Kind]string, id string, fn func(app.Ref) error) error {
	for kind, query := range queries {
		ids, err := list(&t.reader, scanText[string], query, id)
		if err != nil {
			return err
		}
		for _, other := range ids {
			if err := fn(app.Ref{Kind: kind, ID: other}); err != nil {
				return err
			}
		}
	}
	return nil
}

// Trash implements app.Reader.
func (r *reader) Trash() ([]app.TrashRow, error) {
	query := ""
	for _, thing := range things {
		if query != "" {
			query += " UNION ALL "
		}
		query += "SELECT '" + string(thing.kind) + "', id, " + thing.title + " AS title, trashed FROM " + thing.table +
			" x WHERE trashed IS NOT NULL AND trashed_with IS NULL"
	}
	rows, err := list(r, func(row scanner) (t app.TrashRow, err error) {
		err = row.Scan(&t.Kind, &t.ID, &t.Title, moment{&t.At})
		return t, err
	}, query+" ORDER BY trashed DESC, id")
	if err != nil {
		return nil, err
	}
	for i := range rows {
		for _, thing := range things {
			n, err := r.count("SELECT count(*) FROM "+thing.table+" WHERE trashed_with = ?", rows[i].ID)
			if err != nil {
				return nil, err
			}
			rows[i].With += n
		}
	}
	return rows, nil
}

// mergedInto deletes the rows that were merged, over any number of steps, into
// one that is in the trash.
func mergedInto(table string) string {
	return strings.ReplaceAll(`DELETE FROM TABLE WHERE trashed IS NULL AND id IN (
		WITH RECURSIVE gone (id) AS (SELECT id FROM TABLE WHERE trashed IS NOT NULL
			UNION SELECT x.id FROM TABLE x JOIN gone ON x.merged_into = gone.id) SELECT id FROM gone)`, "TABLE", table)
}

// EmptyTrash implements app.Tx.
func (t *tx) EmptyTrash() (int, error) {
	if err := t.exec("PRAGMA defer_foreign_keys = ON"); err != nil {
		return 0, err
	}
	for _, q := range []string{
		"DELETE FROM relation_with WHERE relation IN (SELECT id FROM relations WHERE trashed IS NOT NULL)",
		"DELETE FROM carried WHERE annotation IN (SELECT id FROM annotations WHERE trashed IS NOT NULL)",
		"DELETE FROM article_texts WHERE article IN (SELECT id FROM articles WHERE trashed IS NOT NULL)",
		"DELETE FROM collected WHERE article IN (SELECT id FROM articles WHERE trashed IS NOT NULL)",
		"DELETE FROM collected WHERE collection IN (SELECT id FROM collections WHERE trashed IS NOT NULL)",
		"DELETE FROM note_links WHERE note IN (SELECT id FROM notes WHERE trashed IS NOT NULL)",
		"DELETE FROM taggings WHERE tag IN (SELECT id FROM tags WHERE trashed IS NOT NULL)",
		"UPDATE articles SET story = NULL WHERE story IN (SELECT id FROM stories WHERE trashed IS NOT NULL)",
		"UPDATE statements SET reported_by = NULL WHERE reported_by IN (SELECT id FROM actors WHERE trashed IS NOT NULL)",
		"UPDATE actors SET part_of = NULL WHERE part_of IN (SELECT id FROM actors WHERE trashed IS NOT NULL)",
		// Actors and claims merged into what goes live on only as its names.
		mergedInto("actors"), mergedInto("claims"),
	} {
		if err := t.exec(q); err != nil {
			return 0, err
		}
	}
	total := 0
	for _, thing := range things {
		res, err := t.q.ExecContext(t.ctx, "DELETE FROM "+thing.table+" WHERE trashed IS NOT NULL")
		if err != nil {
			return 0, err
		}
		n, err := res.RowsAffected()
		if err != nil {
			return 0, err
		}
		total += int(n)
	}
	for _, links := range []string{"note_links", "taggings"} {
		if err := t.exec("DELETE FROM " + links + " WHERE target NOT IN (" + allIDs() + ")"); err != nil {
			return 0, err
		}
	}
	// A merge of what is gone cannot be split any more.
	return total, t.exec(`DELETE FROM merged WHERE other NOT IN (SELECT id FROM actors UNION ALL SELECT id FROM claims)`)
}
