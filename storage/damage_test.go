package storage_test

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/importer"
	"rejoinder/app/sample"
	"rejoinder/search"
	"rejoinder/storage"
	"rejoinder/storage/salvage"
)

// TestLossDamage damages copies of a notebook, each kind of page in each way, as
// often as REJOINDER_DAMAGES says. A check has to tell of every damage, and a
// recovery has to bring back every row that stood on pages that were not touched,
// and every text. It tells how many rows of touched pages were lost.
func TestLossDamage(t *testing.T) {
	t.Parallel()
	rounds := 12
	if s := os.Getenv("REJOINDER_DAMAGES"); s != "" {
		var err error
		if rounds, err = strconv.Atoi(s); err != nil {
			t.Fatalf("REJOINDER_DAMAGES: %v", err)
		}
	}
	d := damager{t: t, rng: rand.New(rand.NewPCG(12, 8)), tables: storage.SalvageTables(t), sums: map[string]*damageSum{}}
	d.make()
	kinds := slices.Sorted(maps.Keys(d.pages))
	for round := range rounds {
		d.round(round, kinds[round%len(kinds)], damages[(round/len(kinds)+round)%len(damages)], 1+round%5/4*2)
		if t.Failed() {
			t.Fatalf("round %d", round)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(d.sums)) {
		s := d.sums[name]
		t.Logf("LOSS %-44s tried %4d  lost %2d  silent %2d  hung %2d  of %d rows on damaged pages got back %d",
			"databases damaged: "+name, s.tried, s.lost, s.silent, s.hung, s.touched, s.back)
	}
}

var damages = []string{"flip", "zero", "cut", "garbage"}

type damageSum struct{ tried, silent, lost, hung, touched, back int }

// damager knows what the notebook held before it was damaged.
type damager struct {
	t      *testing.T
	rng    *rand.Rand
	tables []salvage.Table
	whole  string              // the folder of the notebook that is not damaged
	data   []byte              // its database
	pages  map[string][]uint32 // by kind
	rows   map[string]map[string]truth
	sums   map[string]*damageSum
}

// truth is a row and the pages that it stands on.
type truth struct {
	values []any
	pages  []uint32
}

// make makes a notebook with rows in every table and pages of every kind.
func (d *damager) make() {
	nb := apptest.New(d.t)
	ctx := d.t.Context()
	if err := sample.Fill(ctx, nb.Notebook); err != nil {
		d.t.Fatal(err)
	}
	var articles []app.Article
	for i := range 40 {
		var body []string
		for j := range 4 + i%30 {
			body = append(body, fmt.Sprintf("Paragraph %d of report %d says that gauge %d rose by %d centimetres and that nobody was told of it before the evening.", j, i, 7*i+j, i+j*j))
		}
		articles = append(articles, nb.ImportText(fmt.Sprintf("Report %d from the harbour", i), body...))
	}
	for i, a := range articles {
		said := fmt.Sprintf("gauge %d rose", 7*i)
		s := nb.Statement(fmt.Sprintf("Office %d", i%9), app.Stances[i%len(app.Stances)], fmt.Sprintf("The quay is unsafe in %d ways", i%13), apptest.In(a, said))
		nb.Note(strings.Repeat(fmt.Sprintf("Note %d on what was said.\n\n", i), 1+40*(i%9)), app.RefTo(app.KindStatement, s.ID), app.RefTo(app.KindArticle, a.ID))
		nb.Mark(a, fmt.Sprintf("report %d says that gauge %d", i, 7*i+1), fmt.Sprintf("place/quay %d", i%5), "checked")
	}
	d.fill(nb, articles)
	d.more(nb, articles)
	if err := nb.Close(); err != nil {
		d.t.Fatal(err)
	}
	nb.Reopen() // so that the test's own end can close it
	if err := nb.Close(); err != nil {
		d.t.Fatal(err)
	}
	d.whole = nb.Folder
	d.free()
	nb.Reopen()
	if wrong := d.wrong(nb.Notebook); len(wrong) > 0 {
		d.t.Fatalf("before any damage: %v", wrong)
	}
	if err := nb.Close(); err != nil {
		d.t.Fatal(err)
	}
	var err error
	if d.data, err = os.ReadFile(filepath.Join(d.whole, "notebook.db")); err != nil {
		d.t.Fatal(err)
	}
	d.rows = d.read(d.data)
	d.classify()
	nb.Reopen()
}

// fill makes so many marks and statements that their tables have more than a page
// of pages.
func (d *damager) fill(nb *apptest.Notebook, articles []app.Article) {
	_, err := nb.Update(d.t.Context(), app.Op{Name: "fill", Label: "Fill"}, func(tx app.Tx) error {
		actors, err := tx.Actors()
		if err != nil {
			return err
		}
		claims, err := tx.Claims()
		if err != nil {
			return err
		}
		for i := range 900 {
			a := articles[i%len(articles)]
			text, err := tx.Text(a.Text)
			if err != nil {
				return err
			}
			start := d.rng.IntN(app.RuneCount(text.Plain) - 60)
			anchor, err := app.NewAnchor(text.Plain, start, start+20+d.rng.IntN(30))
			if err != nil {
				return err
			}
			m := app.Annotation{ID: app.NewID[app.AnnotationID](), Article: a.ID, Text: a.Text, Kind: app.Highlight, Color: app.Colors[i%len(app.Colors)], Anchor: anchor, State: app.AnchorExact}
			s := app.Statement{ID: app.NewID[app.StatementID](), Actor: actors[i%len(actors)].ID, Claim: claims[i%len(claims)].ID, Stance: app.Stances[i%len(app.Stances)], Passage: m.ID}
			if err := errors.Join(tx.PutAnnotation(m), tx.PutStatement(s)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// more puts something into the smaller tables.
func (d *damager) more(nb *apptest.Notebook, articles []app.Article) {
	ctx := d.t.Context()
	var c app.Collection
	for i := range 12 {
		c = nb.Collection(fmt.Sprintf("To read %d", i), c.ID)
	}
	_, err := nb.Update(ctx, app.Op{Name: "more", Label: "More"}, func(tx app.Tx) error {
		for _, a := range articles[:30] {
			if err := tx.SetCollected(c.ID, a.ID, true); err != nil {
				return err
			}
		}
		return errors.Join(tx.PutColorName(app.Colors[1], "evidence"),
			tx.PutSynonyms(app.Synonyms{ID: app.NewID[app.SynonymsID](), Words: []string{"quay", "wharf"}}),
			tx.PutStory(app.Story{ID: app.NewID[app.StoryID](), Name: "The evening of the flood"}),
			tx.PutView(app.View{ID: app.NewID[app.ViewID](), Name: "All", Screen: "board"}))
	})
	if err != nil {
		d.t.Fatal(err)
	}
	claims := apptest.Read(nb, func(r app.Reader) ([]app.Claim, error) { return r.Claims() })
	for i := range len(claims) - 1 {
		nb.Relate(claims[i].Text, app.Rebuts, claims[i+1].Text)
	}
	nb.Trash(app.RefTo(app.KindArticle, articles[39].ID))
	nb.Undo()
	nb.Trash(app.RefTo(app.KindArticle, articles[38].ID))
}

// free leaves pages in the file that nothing uses.
func (d *damager) free() {
	db, err := sql.Open("sqlite3_notebook", "file:"+filepath.ToSlash(filepath.Join(d.whole, "notebook.db")))
	if err != nil {
		d.t.Fatal(err)
	}
	for _, q := range []string{
		"CREATE TABLE junk (x TEXT)", "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 900) INSERT INTO junk SELECT hex(randomblob(1500)) FROM n",
		"DROP TABLE junk", "PRAGMA wal_checkpoint(TRUNCATE)",
	} {
		if _, err := db.Exec(q); err != nil {
			d.t.Fatal(err)
		}
	}
	if err := db.Close(); err != nil {
		d.t.Fatal(err)
	}
}

// read reads all rows of a database by table and key.
func (d *damager) read(data []byte) map[string]map[string]truth {
	out := map[string]map[string]truth{}
	keys := map[string]int{}
	for _, t := range d.tables {
		out[t.Name], keys[t.Name] = map[string]truth{}, t.Key
	}
	_, err := salvage.Rows(d.t.Context(), salvage.OpenBytes(data, nil), d.tables, func(r salvage.Row) error {
		key := fmt.Sprint(r.Values...)
		if k := keys[r.Table]; k >= 0 && r.Values[k] != nil {
			key = fmt.Sprint(r.Values[k])
		} else if k >= 0 {
			key = fmt.Sprint(r.ID)
		}
		out[r.Table][key] = truth{r.Values, r.Pages}
		return nil
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

// classify finds pages of each kind.
func (d *damager) classify() {
	d.pages = map[string][]uint32{"1 header": {1}}
	taken := map[uint32]bool{1: true}
	put := func(kind string, n uint32) {
		if n > 0 && !taken[n] {
			taken[n] = true
			d.pages[kind] = append(d.pages[kind], n)
		}
	}
	page := func(n uint32) []byte { return d.data[int(n-1)*4096 : int(n)*4096] }
	for trunk := binary.BigEndian.Uint32(d.data[32:]); trunk > 0; trunk = binary.BigEndian.Uint32(page(trunk)) {
		put("9 free trunk", trunk)
		for i := range binary.BigEndian.Uint32(page(trunk)[4:]) {
			put("9 free leaf", binary.BigEndian.Uint32(page(trunk)[8+4*i:]))
		}
	}
	if d.data[100] != 5 {
		d.t.Fatal("the list of tables has only one page")
	}
	for i := range int(binary.BigEndian.Uint16(d.data[103:])) {
		put("2 schema", binary.BigEndian.Uint32(d.data[binary.BigEndian.Uint16(d.data[112+2*i:]):]))
	}
	put("2 schema", binary.BigEndian.Uint32(d.data[108:]))
	for table, kind := range map[string]string{"changes": "8 undo log", "texts": "7 texts", "notes": "7 notes"} {
		for _, t := range d.rows[table] {
			put(kind, t.pages[0])
		}
	}
	for _, rows := range d.rows {
		for _, t := range rows {
			for _, n := range t.pages[1:] {
				put("6 overflow", n)
			}
		}
	}
	for n := uint32(2); int(n)*4096 <= len(d.data); n++ {
		switch page(n)[0] {
		case 5:
			put("3 interior table", n)
		case 13:
			put("4 leaf table", n)
		case 2:
			put("5 interior index", n)
		case 10:
			put("5 leaf index", n)
		}
	}
	for _, kind := range []string{"1 header", "2 schema", "3 interior table", "4 leaf table", "5 interior index", "5 leaf index", "6 overflow", "7 texts", "7 notes", "8 undo log", "9 free trunk", "9 free leaf"} {
		if len(d.pages[kind]) == 0 {
			d.t.Fatalf("no pages of kind %s", kind)
		}
		slices.Sort(d.pages[kind])
	}
}

// harm damages some pages and returns those that are not what they were.
func (d *damager) harm(data []byte, damage, kind string, n int) ([]byte, map[uint32]bool) {
	touched := map[uint32]bool{}
	for range n {
		pages := d.pages[kind]
		number := pages[d.rng.IntN(len(pages))]
		at := int(number-1) * 4096
		if at+4096 > len(data) {
			continue
		}
		page := data[at : at+4096]
		touched[number] = true
		switch damage {
		case "flip":
			page[d.rng.IntN(4096)] ^= 1 << d.rng.IntN(8)
		case "zero":
			clear(page)
		case "garbage":
			for i := range page {
				page[i] = byte(d.rng.Uint32())
			}
		case "cut":
			for p := number; int(p-1)*4096 < len(data); p++ {
				touched[p] = true
			}
			data = data[:at+d.rng.IntN(4096)]
		}
	}
	return data, touched
}

func (d *damager) round(round int, kind, damage string, pages int) {
	t := d.t
	if kind == "9 free leaf" && damage == "zero" {
		damage = "garbage" // SQLite leaves free pages empty itself, when it never wrote them
	}
	sum := d.sums[damage]
	if sum == nil {
		sum = &damageSum{}
		d.sums[damage] = sum
	}
	sum.tried++
	name := fmt.Sprintf("round %d, %s of %s", round, damage, kind)
	dir := filepath.Join(t.TempDir(), "notebook")
	if err := os.CopyFS(filepath.Join(dir, "originals"), os.DirFS(filepath.Join(d.whole, "originals"))); err != nil {
		t.Fatal(err)
	}
	data, touched := d.harm(slices.Clone(d.data), damage, kind, pages)
	path := filepath.Join(dir, "notebook.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	if !d.told(ctx, dir) {
		sum.silent++
		t.Errorf("%s: pages %v: a check says nothing", name, slices.Sorted(maps.Keys(touched)))
	}
	if err := os.WriteFile(path, data, 0o600); err != nil { // the check must not have mended it, and SQLite may have tried
		t.Fatal(err)
	}
	report, err := storage.Rescue{Importer: importer.New()}.Recover(ctx, dir, app.NoProgress{})
	if ctx.Err() != nil {
		sum.hung++
	}
	if err != nil {
		t.Errorf("%s: recover: %v", name, err)
		return
	}
	if kept, err := os.ReadFile(report.Damaged); err != nil || string(kept) != string(data) {
		t.Errorf("%s: the damaged database is not kept: %v", name, err)
	}
	d.compare(name, dir, report, touched, sum)
}

// told says whether opening or checking the notebook says that it is damaged.
func (d *damager) told(ctx context.Context, dir string) bool {
	s, err := storage.Open(ctx, dir)
	if err != nil {
		if !errors.Is(err, app.ErrDamaged) {
			d.t.Errorf("opening says: %v", err)
		}
		return errors.Is(err, app.ErrDamaged)
	}
	defer func() { _ = s.Close() }()
	found, err := s.Check(ctx, app.NoProgress{})
	if err != nil {
		d.t.Errorf("check ends with: %v", err)
	}
	parts := map[string]bool{}
	told := false
	for _, f := range found {
		parts[f.Part] = true
		told = told || !f.OK
	}
	if len(parts) != 5 {
		d.t.Errorf("check lists only %v", found)
	}
	return told
}

// wrong lists what a check finds.
func (d *damager) wrong(nb *app.Notebook) []app.Finding {
	d.t.Helper()
	found, err := nb.Check(d.t.Context(), app.NoProgress{})
	if err != nil {
		d.t.Error(err)
	}
	return slices.DeleteFunc(found, func(f app.Finding) bool { return f.OK })
}

// compare holds what was recovered beside what there was.
func (d *damager) compare(name, dir string, report app.RecoverReport, touched map[uint32]bool, sum *damageSum) {
	t := d.t
	data, err := os.ReadFile(filepath.Join(dir, "notebook.db"))
	if err != nil {
		t.Fatal(err)
	}
	got := d.read(data)
	made := map[string]bool{}
	for _, ref := range report.StandIns {
		made[ref.ID] = true
	}
	for _, id := range report.NewArticles {
		made[string(id)] = true
	}
	for _, table := range slices.Sorted(maps.Keys(d.rows)) {
		if slices.Contains([]string{"changes", "steps", "meta", "sqlite_schema", "sqlite_sequence", "sqlite_stat1"}, table) {
			continue
		}
		for key, want := range d.rows[table] {
			have, ok := got[table][key]
			same := ok && slices.Equal(have.values, want.values)
			if table == "texts" && !same && ok { // read again: all but its time and its places
				same = have.values[4] == want.values[4] && have.values[5] == want.values[5]
			}
			hurt := slices.ContainsFunc(want.pages, func(p uint32) bool { return touched[p] })
			switch {
			case hurt:
				sum.touched++
				if same {
					sum.back++
				}
				if table == "texts" && !same && !d.isOrphan(key, touched) {
					t.Errorf("%s: the text %s was not read again: %.60s", name, key, fmt.Sprint(have.values))
				}
			case !same && report.Dropped[table] > 0 && d.isAboutLost(table, want, touched):
			case !same:
				sum.lost++
				t.Errorf("%s: %s %s on pages %v, which were not touched: %.200s, want %.200s", name, table, key, want.pages, fmt.Sprint(have.values), fmt.Sprint(want.values))
			}
		}
	}
	for _, kind := range []string{"actors", "claims", "statements", "relations", "notes", "tags", "collections", "stories", "views", "annotations"} {
		for key := range got[kind] {
			if _, there := d.rows[kind][key]; !there && !made[key] {
				t.Errorf("%s: %s %s came out of nowhere", name, kind, key)
			}
		}
	}
	store, err := storage.Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	index, err := search.Open(t.Context(), filepath.Join(filepath.Dir(dir), "index"), store)
	if err != nil {
		t.Fatal(err)
	}
	nb, err := app.New(t.Context(), store, index, importer.New())
	if err != nil {
		t.Fatal(err)
	}
	if err := nb.Sync(t.Context()); err != nil {
		t.Error(err)
	}
	if wrong := d.wrong(nb); len(wrong) > 0 {
		t.Errorf("%s: after the recovery: %v", name, wrong)
	}
	if err := nb.Close(); err != nil {
		t.Error(err)
	}
}

// isAboutLost says whether a row says something only about what is lost.
func (d *damager) isAboutLost(table string, row truth, touched map[uint32]bool) bool {
	lost := func(table string, value any) bool {
		was, known := d.rows[table][fmt.Sprint(value)]
		return known && slices.ContainsFunc(was.pages, func(p uint32) bool { return touched[p] })
	}
	switch table {
	case "article_texts":
		return d.isOrphan(fmt.Sprint(row.values[2]), touched)
	case "note_links", "taggings":
		return lost(fmt.Sprint(row.values[1])+"s", row.values[2])
	case "relation_with":
		return lost("relations", row.values[0])
	case "carried":
		return lost("annotations", row.values[0])
	}
	return false
}

// isOrphan says whether all that tells which original a text is of was damaged
// too: then it is read as a new article's.
func (d *damager) isOrphan(text string, touched map[uint32]bool) bool {
	for table, column := range map[string]int{"articles": 10, "annotations": 2} {
		for _, row := range d.rows[table] {
			if row.values[column] == text && !slices.ContainsFunc(row.pages, func(p uint32) bool { return touched[p] }) {
				return false
			}
		}
	}
	return true
}
