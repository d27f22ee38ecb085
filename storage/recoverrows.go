package storage

import (
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"rejoinder/app"
	"rejoinder/storage/salvage"
)

// wrongText is a text whose hash is wrong, or that stood on damaged pages without
// one: what it says is used only where its original cannot be read.
type wrongText struct {
	values []any
	text   app.Text // its ID, Original, Reader and Provenance, as far as they can be read
}

// copyRows puts every row that can be read into the new database.
func (r *recovery) copyRows(f *salvage.File) error {
	if f == nil {
		return nil
	}
	tables, err := salvageTables(r.ctx, r.q)
	if err != nil {
		return err
	}
	c := rowCopier{recovery: r, tables: map[string]*copiedTable{}, pages: f.Count(), format: f.Format()}
	for _, t := range tables {
		c.tables[t.Name] = &copiedTable{Table: t, loose: map[string]int64{}}
	}
	r.found, err = salvage.Rows(r.ctx, f, tables, c.put)
	// Pages that are as they were written can be in the wrong place all the same.
	r.report.BadPages = max(r.report.BadPages, min(r.found.Bad, r.report.Pages))
	for table, n := range r.found.BadOf {
		if !slices.Contains(notCarried, table) && !strings.HasPrefix(table, "sqlite_") {
			r.report.LostPages[table] = n
		}
	}
	for _, t := range c.tables {
		for _, statement := range t.inserts {
			_ = statement.Close()
		}
	}
	if f.LogGap() {
		r.say("The log of the database was damaged in its middle; what was written after that was read.")
	}
	return err
}

type copiedTable struct {
	salvage.Table
	inserts map[int]*sql.Stmt // by how many columns a row has
	loose   map[string]int64  // when rows that nothing led to were modified
}

type rowCopier struct {
	*recovery
	tables map[string]*copiedTable
	pages  int
	format int
	n      int
}

func (c *rowCopier) put(row salvage.Row) error {
	c.n++
	if c.n%500 == 0 {
		c.progress.Step(c.n, 0, "rows")
	}
	t := c.tables[row.Table]
	if row.Table == "meta" {
		name, _ := row.Values[0].(string)
		if value, ok := row.Values[1].(string); ok && c.facts[name] == "" {
			c.facts[name] = value
		}
	}
	if slices.Contains(notCarried, row.Table) || strings.HasPrefix(row.Table, "sqlite_") {
		return nil
	}
	if row.Table == "texts" && c.isWrong(row) {
		return nil
	}
	if row.Table == "annotations" && len(row.Values) == 16 { // of a format before text_changed
		changed := int64(0)
		if row.Values[11] == string(app.AnchorFuzzy) {
			changed = 1
		}
		row.Values = append(row.Values, changed)
	}
	verb := "INSERT OR IGNORE"
	key, modified := t.version(row)
	before, loose := t.loose[key]
	if loose && modified > before {
		verb = "INSERT OR REPLACE"
	}
	done, err := c.insert(t, verb, row.Values)
	if err != nil || !done {
		return err
	}
	if row.Loose && key != "" {
		t.loose[key] = modified
	}
	if row.Doubt {
		c.doubt(row)
	}
	return nil
}

// version is the key of a row and when it was modified; "" for rows that are not
// modified.
func (t *copiedTable) version(row salvage.Row) (key string, modified int64) {
	at := slices.IndexFunc(t.Columns, func(col salvage.Column) bool { return col.Name == "modified" })
	if at < 0 || at >= len(row.Values) || t.Key < 0 {
		return "", 0
	}
	key, _ = row.Values[t.Key].(string)
	modified, _ = row.Values[at].(int64)
	return key, modified
}

func (c *rowCopier) insert(t *copiedTable, verb string, values []any) (bool, error) {
	key := len(values)
	if strings.HasSuffix(verb, "REPLACE") {
		key += mostColumns
	}
	statement := t.inserts[key]
	if statement == nil {
		names := make([]string, len(values))
		for i := range values {
			names[i] = t.Columns[i].Name
		}
		query := verb + " INTO " + t.Name + " (" + strings.Join(names, ", ") + ") VALUES (?" + strings.Repeat(", ?", len(values)-1) + ")"
		conn, ok := c.q.(*sql.Conn)
		if !ok {
			return false, fmt.Errorf("rows are copied on a connection, not on %T", c.q)
		}
		var err error
		if statement, err = conn.PrepareContext(c.ctx, query); err != nil {
			return false, err
		}
		if t.inserts == nil {
			t.inserts = map[int]*sql.Stmt{}
		}
		t.inserts[key] = statement
	}
	result, err := statement.ExecContext(c.ctx, values...)
	if isConstraint(err) { // a row that no notebook can have
		c.report.Dropped[t.Name]++
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("a row of %s: %w", t.Name, err)
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

const mostColumns = 1000

// isWrong keeps a text apart that is not what was read from its original.
func (c *rowCopier) isWrong(row salvage.Row) bool {
	text := func(i int) string {
		if i >= len(row.Values) {
			return ""
		}
		s, _ := row.Values[i].(string)
		return s
	}
	// The columns are those of the table: id, original, reader, words, plain, blocks,
	// spans, created, provenance, sha256.
	provenance := text(8)
	if len(row.Values) < 9 {
		provenance = "{}"
	}
	hash := textHash(text(4), text(5), text(6), provenance)
	if stored := text(9); stored == hash || stored == "" && !row.Doubt {
		return false
	}
	w := wrongText{values: row.Values, text: app.Text{ID: app.TextID(text(0)), Original: text(1), Reader: text(2)}}
	_ = (asJSON{&w.text.Provenance}).Scan(provenance) // what cannot be read was not chosen
	if _, known := c.wrong[w.text.ID]; !known {
		c.wrong[w.text.ID] = w
	}
	return true
}

// doubt notes that a row stood on a damaged page.
func (c *rowCopier) doubt(row salvage.Row) {
	id, _ := row.Values[0].(string)
	kind := kindOf(row.Table)
	if row.Table == "annotations" {
		c.doubted[id] = true
	}
	if ref := (app.Ref{Kind: kind, ID: id}); kind != "" && !slices.Contains(c.report.Doubtful, ref) {
		c.report.Doubtful = append(c.report.Doubtful, ref)
	}
}
