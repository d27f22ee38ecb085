package salvage

import (
	"context"
	"hash/maphash"
	"slices"
	"strings"
	"unicode/utf8"
)

// Column is a column of a table that is looked for.
type Column struct {
	Name    string
	Integer bool // else text
	Null    bool // it may be NULL
	// Fits says whether a value that is not NULL looks like one of this column. It
	// is asked of rows whose table is not known for sure, and of those on damaged
	// pages; nil for any.
	Fits func(any) bool
	// Added says that there are rows without it, written before it was added.
	Added bool
	// References is the table whose key this is; "" for none.
	References string
}

// Table is a table that is looked for. Rows that were written before columns
// were added at its end are shorter.
type Table struct {
	Name    string
	Columns []Column
	Key     int // the column that other tables refer to; -1 for none
	// Root is the page on which the table begins in a database that is made anew.
	// It says something only where nothing else tells of which table a page is.
	Root uint32
}

// Row is a row that was found.
type Row struct {
	Table  string
	ID     int64 // its rowid
	Values []any // int64, string or nil; as many as were written
	Loose  bool  // nothing led to it: its table is that which it looks like most
	Doubt  bool  // a page that it stands on is not as it was written
	Pages  []uint32
}

// Found says what became of a database.
type Found struct {
	Rows   map[string]int  // by table
	Lost   map[string]int  // cells by table that could not be read
	Pages  int             // of the database
	Bad    int             // pages of its tables that are damaged or missing
	Mended int             // pages of its tables of which one bit was put back
	Broken map[string]bool // tables of which pages are damaged or missing, or not found at all
	BadOf  map[string]int  // pages that are damaged or missing, by table
	Strays int             // pages with rows of which the table could not be told
}

// Rows finds the rows of these tables and hands each out once or, where an older
// page has it too, more often: those that the tables lead to first. An error of
// emit ends it.
func Rows(ctx context.Context, f *File, tables []Table, emit func(Row) error) (Found, error) {
	r := &run{ctx: ctx, f: f, emit: emit, tables: map[string]*target{}, seen: make([]bool, f.count+1), seed: maphash.MakeSeed()}
	r.found = Found{Rows: map[string]int{}, Lost: map[string]int{}, Broken: map[string]bool{}, BadOf: map[string]int{}, Pages: f.Count()}
	for i := range tables {
		t := &target{Table: tables[i], known: map[uint64]bool{}, named: map[uint64]bool{}}
		r.order = append(r.order, t)
		r.tables[t.Name] = t
	}
	for _, step := range []func() error{r.roots, r.walkAll, r.walkDoubted, r.loose} {
		if err := step(); err != nil {
			return r.found, err
		}
	}
	for _, t := range r.order {
		if t.broken {
			r.found.Broken[t.Name] = true
		}
	}
	return r.found, nil
}

// target is a table with what is known of it.
type target struct {
	Table
	root   uint32
	broken bool            // part of it was not reached
	known  map[uint64]bool // keys that were found
	named  map[uint64]bool // keys that rows of other tables refer to
}

// lead is a page that a page which may be wrong leads to.
type lead struct {
	table *target
	page  uint32
}

type run struct {
	ctx     context.Context
	f       *File
	emit    func(Row) error
	order   []*target
	tables  map[string]*target
	seen    []bool // pages that were read
	doubted []lead
	found   Found
	seed    maphash.Seed
}

// take marks a page as read; false when it was, or cannot be.
func (r *run) take(n uint32) bool {
	if n == 0 || int(n) >= len(r.seen) || r.seen[n] {
		return false
	}
	r.seen[n] = true
	return true
}

// roots reads the list of tables, which begins on page 1.
func (r *run) roots() error {
	master := &target{Table: Table{Columns: []Column{{Name: "type"}, {Name: "name"}, {Name: "tbl_name"}, {Name: "rootpage", Integer: true, Null: true}, {Name: "sql", Null: true}}, Key: -1}}
	err := r.walk(master, 1, func(rec record) error {
		name, _ := rec.values[1].(string)
		root, _ := rec.values[3].(int64)
		if t := r.tables[name]; t != nil && rec.values[0] == "table" && root > 1 && root <= int64(r.f.count) {
			t.root = uint32(root)
		}
		return nil
	})
	r.doubted = nil
	return err
}

// walkAll reads every table from its root.
func (r *run) walkAll() error {
	for _, t := range r.order {
		if t.root == 0 {
			t.broken = true
			continue
		}
		if err := r.walk(t, t.root, func(rec record) error { return r.keep(t, rec, false) }); err != nil {
			return err
		}
	}
	return nil
}

// walk reads the rows below a page. Where a page that may be wrong leads to is
// left for later.
func (r *run) walk(t *target, root uint32, each func(record) error) error {
	todo := []uint32{root}
	for len(todo) > 0 {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		n := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		if int(n) < len(r.seen) && n > 0 && r.seen[n] {
			t.broken = true
			continue
		}
		if !r.take(n) {
			t.broken = true
			r.bad(t)
			continue
		}
		p, ok := r.f.tablePage(n)
		r.count(t, p, ok)
		switch {
		case !ok:
		case p.kind() == leafTable:
			if err := r.leaf(t, p, each); err != nil {
				return err
			}
		case p.state == Damaged:
			for _, child := range p.children() {
				r.doubted = append(r.doubted, lead{t, child})
			}
		default:
			children := p.children()
			for i := len(children) - 1; i >= 0; i-- { // so that they come off in their order
				todo = append(todo, children[i])
			}
		}
	}
	return nil
}

func (r *run) count(t *target, p page, ok bool) {
	switch {
	case !ok || p.state == Damaged:
		r.bad(t)
		t.broken = true
	case p.state == Mended:
		r.found.Mended++
	}
}

func (r *run) bad(t *target) {
	r.found.Bad++
	if t.Name != "" {
		r.found.BadOf[t.Name]++
	}
}

func (r *run) leaf(t *target, p page, each func(record) error) error {
	records, unread := r.f.records(p)
	if r.isOthers(t, records) { // pages of another state of the database: its rows may be wanted where they belong
		r.seen[p.number] = false
		if p.state != Damaged { // else it counts already
			r.bad(t)
		}
		t.broken = true
		return nil
	}
	for _, rec := range records {
		if !t.holds(rec.values, rec.state == Damaged) || rec.state == Damaged && hasZeros(rec.values) {
			unread++
			continue
		}
		if rec.state == Damaged && p.state != Damaged {
			r.bad(t)
		}
		if err := each(rec); err != nil {
			return err
		}
	}
	if unread > 0 {
		r.found.Lost[t.Name] += unread
		t.broken = true
	}
	return nil
}

// isOthers says whether rows that stand where a table's should be are another's:
// none can be one of this table, or none looks like one and all like another's.
func (r *run) isOthers(t *target, records []record) bool {
	looks := false
	for _, rec := range records {
		if t.holds(rec.values, true) {
			return false
		}
		looks = looks || t.holds(rec.values, false)
	}
	if !looks || len(records) == 0 {
		return len(records) > 0
	}
	return slices.ContainsFunc(r.order, func(other *target) bool {
		return other != t && !slices.ContainsFunc(records, func(rec record) bool { return !other.holds(rec.values, true) })
	})
}

// holds says whether values can be a row of the table, which may lack columns that
// were added later; strictly, whether they look like one.
func (t *target) holds(values []any, strictly bool) bool {
	if len(values) == 0 || len(values) > len(t.Columns) || len(values) < len(t.Columns) && !t.Columns[len(values)].Added {
		return false
	}
	for i, v := range values {
		c := t.Columns[i]
		switch v := v.(type) {
		case nil:
			if !c.Null && (!c.Integer || i > 0) { // an integer key stands in the rowid
				return false
			}
			continue
		case int64:
			if !c.Integer {
				return false
			}
		case string:
			if c.Integer || !utf8.ValidString(v) {
				return false
			}
		default:
			return false
		}
		if strictly && c.Fits != nil && !c.Fits(v) {
			return false
		}
	}
	return true
}

// hasZeros says whether a text has a byte that is zero, as where a page is empty
// from some place on.
func hasZeros(values []any) bool {
	for _, v := range values {
		if s, ok := v.(string); ok && strings.IndexByte(s, 0) >= 0 {
			return true
		}
	}
	return false
}

// keep hands a row out and remembers what it is called and what it refers to.
func (r *run) keep(t *target, rec record, loose bool) error {
	for i, v := range rec.values {
		s, ok := v.(string)
		if !ok {
			continue
		}
		if i == t.Key {
			t.known[r.hash(s)] = true
		}
		if to := r.tables[t.Columns[i].References]; to != nil {
			to.named[r.hash(s)] = true
		}
	}
	r.found.Rows[t.Name]++
	return r.emit(Row{Table: t.Name, ID: rec.id, Values: rec.values, Loose: loose, Doubt: rec.state == Damaged, Pages: rec.pages})
}

func (r *run) hash(s string) uint64 { return maphash.String(r.seed, s) }
