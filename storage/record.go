package storage

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strings"

	"rejoinder/app"
)

// recorded lists the tables whose rows undo can bring back, with the kind of
// thing that the first column of each one's primary key names.
// Originals and texts are not among them: they are immutable, and only what
// refers to them comes and goes.
var recorded = []struct {
	table string
	kind  app.Kind
}{
	{"stories", app.KindStory},
	{"articles", app.KindArticle},
	{"article_texts", app.KindArticle},
	{"annotations", app.KindAnnotation},
	{"carried", app.KindAnnotation},
	{"color_names", app.KindColor},
	{"synonyms", app.KindSynonyms},
	{"actors", app.KindActor},
	{"claims", app.KindClaim},
	{"statements", app.KindStatement},
	{"relations", app.KindRelation},
	{"relation_with", app.KindRelation},
	{"merged", app.KindMerge},
	{"views", app.KindView},
	{"notes", app.KindNote},
	{"note_links", app.KindNote},
	{"tags", app.KindTag},
	{"taggings", app.KindTag},
	{"collections", app.KindCollection},
	{"collected", app.KindCollection},
}

func kindOf(table string) app.Kind {
	for _, r := range recorded {
		if r.table == table {
			return r.kind
		}
	}
	return ""
}

// record makes the writer's connection log every row it writes. Temporary
// triggers do it, after https://sqlite.org/undoredo.html: whatever statement
// changes a row, the log has the row as it was before, and nothing has to be
// kept in step with the schema by hand. The temporary table recorder holds the
// step that is being recorded, or NULL while undo and redo replay one.
func record(ctx context.Context, conn *sql.Conn) error {
	if _, err := conn.ExecContext(ctx,
		"CREATE TEMP TABLE recorder (step INTEGER); INSERT INTO recorder VALUES (NULL)"); err != nil {
		return err
	}
	for _, r := range recorded {
		s, err := shapeOf(ctx, conn, r.table)
		if err != nil {
			return err
		}
		if _, err := conn.ExecContext(ctx, s.triggers()); err != nil {
			return fmt.Errorf("%s: %w", r.table, err)
		}
	}
	return nil
}

// shape is a table's columns and its primary key.
type shape struct {
	table   string
	columns []string
	key     []string
}

func shapeOf(ctx context.Context, q querier, table string) (shape, error) {
	s := shape{table: table}
	rows, err := q.QueryContext(ctx, "SELECT name, pk FROM pragma_table_info(?) ORDER BY cid", table)
	if err != nil {
		return s, err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		var pk int
		if err := rows.Scan(&name, &pk); err != nil {
			return s, err
		}
		s.columns = append(s.columns, name)
		if pk > 0 {
			s.key = append(s.key, name) // every key here is in the order of its columns
		}
	}
	return s, rows.Err()
}

// keyOf is the SQL of a row's key as JSON; alias is NEW, OLD or the table.
func (s shape) keyOf(alias string) string {
	return "json_array(" + alias + "." + strings.Join(s.key, ", "+alias+".") + ")"
}

// imageOf is the SQL of a whole row as JSON.
func (s shape) imageOf(alias string) string {
	parts := make([]string, len(s.columns))
	for i, c := range s.columns {
		parts[i] = "'" + c + "', " + alias + "." + c
	}
	return "json_object(" + strings.Join(parts, ", ") + ")"
}

func (s shape) triggers() string {
	differs := make([]string, len(s.columns))
	for i, c := range s.columns {
		differs[i] = "OLD." + c + " IS NOT NEW." + c
	}
	const step = "(SELECT step FROM recorder)"
	old := "CASE WHEN " + step + " IS NULL THEN NULL ELSE " + s.imageOf("OLD") + " END"
	return strings.NewReplacer(
		"TABLE", s.table, "STEP", step, "NEWKEY", s.keyOf("NEW"), "OLDKEY", s.keyOf("OLD"),
		"DIFFERS", strings.Join(differs, " OR "), "IMAGE", old,
	).Replace(`
CREATE TEMP TRIGGER record_TABLE_insert AFTER INSERT ON main.TABLE BEGIN
	INSERT INTO changes (step, tbl, key, old) VALUES (STEP, 'TABLE', NEWKEY, NULL);
END;
CREATE TEMP TRIGGER record_TABLE_update AFTER UPDATE ON main.TABLE WHEN DIFFERS BEGIN
	INSERT INTO changes (step, tbl, key, old) VALUES (STEP, 'TABLE', OLDKEY, IMAGE);
END;
CREATE TEMP TRIGGER record_TABLE_delete AFTER DELETE ON main.TABLE BEGIN
	INSERT INTO changes (step, tbl, key, old) VALUES (STEP, 'TABLE', OLDKEY, IMAGE);
END;`)
}

// image returns the row with this key as JSON; "" when there is none.
func (s shape) image(r *reader, key string) (sql.NullString, error) {
	var image sql.NullString
	err := r.q.QueryRowContext(r.ctx, "SELECT "+s.imageOf(s.table)+" FROM "+s.table+" WHERE "+s.where(), key).Scan(&image)
	if err == sql.ErrNoRows {
		return sql.NullString{}, nil
	}
	return image, err
}

// where matches the row whose key is the JSON list in the parameter ?1.
func (s shape) where() string {
	parts := make([]string, len(s.key))
	for i, c := range s.key {
		parts[i] = fmt.Sprintf("%s = json_extract(?1, '$[%d]')", c, i)
	}
	return strings.Join(parts, " AND ")
}

// restore makes the row with this key what image says; NULL removes it.
func (s shape) restore(t *tx, key string, image sql.NullString) error {
	if !image.Valid {
		return t.exec("DELETE FROM "+s.table+" WHERE "+s.where(), key)
	}
	values, sets := make([]string, len(s.columns)), make([]string, len(s.columns))
	for i, c := range s.columns {
		values[i] = "json_extract(?1, '$." + c + "')"
		sets[i] = c + " = excluded." + c
	}
	return t.exec("INSERT INTO "+s.table+" ("+strings.Join(s.columns, ", ")+") VALUES ("+strings.Join(values, ", ")+")"+
		" ON CONFLICT ("+strings.Join(s.key, ", ")+") DO UPDATE SET "+strings.Join(sets, ", "), image.String)
}

// refOf is what a row of the change log is about.
func refOf(table, key string) (app.Ref, error) {
	var parts []json.RawMessage
	if err := json.Unmarshal([]byte(key), &parts); err != nil || len(parts) == 0 {
		return app.Ref{}, fmt.Errorf("key %q of a change in %s: %w", key, table, app.ErrDamaged)
	}
	var id string
	if err := json.Unmarshal(parts[0], &id); err != nil {
		return app.Ref{}, fmt.Errorf("key %q of a change in %s: %w", key, table, app.ErrDamaged)
	}
	return app.Ref{Kind: kindOf(table), ID: id}, nil
}
