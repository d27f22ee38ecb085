package cli

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	_ "github.com/mattn/go-sqlite3"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/importer"
	"rejoinder/search"
	"rejoinder/storage"
)

// dryRun is a verb that can say what it would do: how a notebook is made ready for
// it, its arguments, and what is counted before and after it really ran. The
// counts are of the notebook's tables, not of what the program says elsewhere.
type dryRun struct {
	prepare func(*apptest.Notebook)
	args    []string
	counts  map[string]string // key of the row of JSON: SQL of a number, whose growth it is
}

var dryRuns = map[string][]dryRun{
	"claim merge": {{func(nb *apptest.Notebook) {
		for _, text := range []string{"Keep", "First", "Second"} {
			nb.Claim(text)
		}
		nb.Relate("First", app.Rebuts, "Second")
	}, []string{"claim", "merge", "Keep", "First", "Second"}, claimCounts}, {func(nb *apptest.Notebook) {
		for _, text := range []string{"Keep", "First", "Second", "Third"} {
			nb.Claim(text)
			nb.Statement("Somebody", app.Asserts, text)
		}
		nb.Relate("First", app.Rebuts, "Third")
		nb.Relate("Second", app.Rebuts, "Keep")
		nb.Note("On [[First]].")
	}, []string{"claim", "merge", "Keep", "First", "Second"}, claimCounts}},
	"actor merge": {{func(nb *apptest.Notebook) {
		nb.Actor("Keep", "K")
		first := nb.Actor("First", "K", "F")
		if _, err := nb.AddActor(context.Background(), app.Actor{Name: "Part", Kind: app.ActorPerson}, "First"); err != nil {
			panic(err)
		}
		if _, err := nb.AddActor(context.Background(), app.Actor{Name: "Second", Kind: app.ActorState}, "Part"); err != nil {
			panic(err)
		}
		nb.Statement("First", app.Asserts, "X")
		nb.Statement("Second", app.Asserts, "X")
		nb.Note("On one.", app.RefTo(app.KindActor, first.ID))
	}, []string{"actor", "merge", "Keep", "First", "Second"}, actorCounts}},
}

const keepClaim, keepActor = "(SELECT id FROM claims WHERE text = 'Keep')", "(SELECT id FROM actors WHERE name = 'Keep')"

var claimCounts = map[string]string{
	"statements": "SELECT count(*) FROM statements WHERE claim = " + keepClaim,
	"relations":  "SELECT count(*) FROM relations WHERE to_claim = " + keepClaim + " OR trashed IS NULL AND from_claim = " + keepClaim,
	"trashed":    "SELECT count(*) FROM relations WHERE trashed IS NOT NULL",
	"notes":      "SELECT count(DISTINCT note) FROM note_links WHERE target = " + keepClaim,
}

var actorCounts = map[string]string{
	"statements": "SELECT count(*) FROM statements WHERE actor = " + keepActor,
	"parts":      "SELECT count(*) FROM actors WHERE merged_into IS NULL AND part_of = " + keepActor,
	"notes":      "SELECT count(DISTINCT note) FROM note_links WHERE target = " + keepActor,
	"aliases":    "SELECT json_array_length(aliases) FROM actors WHERE name = 'Keep'",
}

// What a dry run says is what the verb then does, and the dry run leaves every row
// of the notebook as it was, the history and the change log too. Every verb that
// has the flag is here.
func TestADryRunIsTheVerb(t *testing.T) {
	parser, err := kong.New(&commands{}, kong.Name("dry"), kong.Vars{"version": "", "notebook": ""})
	if err != nil {
		t.Fatal(err)
	}
	for _, verb := range parser.Model.Leaves(false) {
		if !slices.ContainsFunc(verb.Flags, func(f *kong.Flag) bool { return f.Name == "dry-run" }) {
			continue
		}
		cases := dryRuns[verb.FullPath()[len("dry "):]]
		if len(cases) == 0 {
			t.Errorf("%s has --dry-run and no test here", verb.FullPath())
		}
		for i, c := range cases {
			t.Run(fmt.Sprintf("%s %d", verb.FullPath(), i), c.test)
		}
	}
}

func (c dryRun) test(t *testing.T) {
	nb := apptest.New(t)
	c.prepare(nb)
	folder := nb.Folder
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(filepath.Join(folder, "notebook.db"))+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	before := everyRow(t, db)
	told := map[string]any{}
	if err := json.Unmarshal([]byte(run(t, folder, append([]string{"--json"}, append(c.args, "--dry-run")...))), &told); err != nil {
		t.Fatal(err)
	}
	if after := everyRow(t, db); after != before {
		t.Errorf("the dry run left\n%s", after)
	}
	was := c.counted(t, db)
	run(t, folder, c.args)
	for key, now := range c.counted(t, db) {
		said, _ := told[key].(float64)
		if list, ok := told[key].([]any); ok {
			said = float64(len(list))
		}
		if grown := now - was[key]; grown != int(said) {
			t.Errorf("%s: the dry run said %v, the verb did %d; it said %v", key, said, grown, told["sentences"])
		}
	}
	if label := nb.Undo(); label != told["label"] {
		t.Errorf("the dry run called it %v, the history %q", told["label"], label)
	}
}

// counted are the numbers.
func (c dryRun) counted(t *testing.T, db *sql.DB) map[string]int {
	t.Helper()
	out := map[string]int{}
	for key, query := range c.counts {
		var n int
		if err := db.QueryRow(query).Scan(&n); err != nil {
			t.Fatalf("%s: %v", query, err)
		}
		out[key] = n
	}
	return out
}

// run runs the command line on a notebook and returns what it printed.
func run(t *testing.T, folder string, args []string) string {
	t.Helper()
	var out, failed bytes.Buffer
	code := Run(t.Context(), append([]string{"--notebook", folder}, args...), Env{Stdout: &out, Stderr: &failed,
		Rescue: storage.Rescue{},
		Open: func(ctx context.Context, dir string) (*app.Notebook, error) {
			store, err := storage.Open(ctx, dir)
			if err != nil {
				return nil, err
			}
			index, err := search.Open(ctx, t.TempDir(), store)
			if err != nil {
				return nil, err
			}
			return app.New(ctx, store, index, importer.New())
		}})
	if code != 0 {
		t.Fatalf("%q: exit %d, %s", args, code, failed.String())
	}
	return out.String()
}

// everyRow writes down all rows of all tables.
func everyRow(t *testing.T, db *sql.DB) string {
	t.Helper()
	var b strings.Builder
	for _, table := range texts(t, db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_stat%' ORDER BY name") {
		fmt.Fprintln(&b, table, texts(t, db, "SELECT * FROM "+table))
	}
	return b.String()
}

// texts are the rows of a query, each written down in one line.
func texts(t *testing.T, db *sql.DB, query string) []string {
	t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for rows.Next() {
		cells, at := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			at[i] = &cells[i]
		}
		if err := rows.Scan(at...); err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprintln(cells...)
		out = append(out, strings.TrimSuffix(line, "\n"))
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return out
}
