package apptest

import (
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// WriteFile writes a file into a temporary folder and returns its path.
func WriteFile(t testing.TB, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// Import imports files and folders and returns what became of each.
func (nb *Notebook) Import(paths ...string) []app.ImportResult {
	nb.t.Helper()
	var out []app.ImportResult
	err := nb.Notebook.Import(nb.t.Context(), paths, app.ImportOptions{}, app.NoProgress{},
		func(r app.ImportResult) { out = append(out, r) })
	if err != nil {
		nb.t.Fatal(err)
	}
	return out
}

// ImportText imports an article of these paragraphs. Its plain text is the title
// and the paragraphs with blank lines between them. It has to be a new one.
func (nb *Notebook) ImportText(title string, body ...string) app.Article {
	nb.t.Helper()
	return nb.ImportDated("", title, body...)
}

// ImportDated is ImportText with the date of publication, as 2019-10-08.
func (nb *Notebook) ImportDated(date app.Date, title string, body ...string) app.Article {
	nb.t.Helper()
	data := fmt.Sprintf("---\ntitle: %q\n", title)
	if date != "" {
		data += fmt.Sprintf("date: %s\n", date)
	}
	data += "---\n\n# " + title + "\n\n" + strings.Join(body, "\n\n") + "\n"
	done := nb.Import(WriteFile(nb.t, "article.md", data))
	if len(done) != 1 || done[0].Status != app.ImportDone {
		nb.t.Fatalf("import %q: %+v", title, done)
	}
	return Read(nb, func(r app.Reader) (app.Article, error) { return r.Article(done[0].Article) })
}

// Text is the plain text of an article.
func (nb *Notebook) Text(a app.Article) string {
	nb.t.Helper()
	return Read(nb, func(r app.Reader) (app.Text, error) { return r.Text(a.Text) }).Plain
}

// Mark highlights the one place where an article says quote.
func (nb *Notebook) Mark(article app.Article, quote string, tags ...string) app.Annotation {
	nb.t.Helper()
	a, err := nb.Annotate(nb.t.Context(), app.Spot{Article: string(article.ID), Quote: quote}, app.Annotation{}, tags...)
	if err != nil {
		nb.t.Fatal(err)
	}
	return a
}

// Actor makes an actor with its other names.
func (nb *Notebook) Actor(name string, aliases ...string) app.Actor {
	nb.t.Helper()
	a, err := nb.AddActor(nb.t.Context(), app.Actor{Name: name, Aliases: aliases}, "")
	if err != nil {
		nb.t.Fatal(err)
	}
	return a
}

// Claim makes a claim.
func (nb *Notebook) Claim(text string) app.Claim {
	nb.t.Helper()
	c, err := nb.AddClaim(nb.t.Context(), text)
	if err != nil {
		nb.t.Fatal(err)
	}
	return c
}

// Statement records that an actor takes a stance on a claim, both made where
// they do not exist; with an article, the quote in it shows it.
func (nb *Notebook) Statement(actor string, stance app.Stance, claim string, shown ...app.Spot) app.Statement {
	nb.t.Helper()
	d := app.StatementDraft{Actor: actor, Stance: stance, Claim: claim, Create: true}
	if len(shown) > 0 {
		d.Passage = &shown[0]
	}
	s, err := nb.AddStatement(nb.t.Context(), d)
	if err != nil {
		nb.t.Fatal(err)
	}
	return s
}

// In names the passage of an article by its words.
func In(article app.Article, quote string) app.Spot {
	return app.Spot{Article: string(article.ID), Quote: quote}
}

// Relate sets one claim against, or beside, another; both are made where they do
// not exist.
func (nb *Notebook) Relate(from string, kind app.RelationKind, to string) app.Relation {
	nb.t.Helper()
	r, err := nb.Notebook.Relate(nb.t.Context(), app.RelationDraft{From: from, Kind: kind, To: to, Create: true})
	if err != nil {
		nb.t.Fatal(err)
	}
	return r
}

// Note writes a note about things.
func (nb *Notebook) Note(body string, on ...app.Ref) app.Note {
	nb.t.Helper()
	n, err := nb.AddNote(nb.t.Context(), body, on...)
	if err != nil {
		nb.t.Fatal(err)
	}
	return n
}

// Collection makes a collection, at the top when parent is "".
func (nb *Notebook) Collection(name string, parent app.CollectionID) app.Collection {
	nb.t.Helper()
	c, err := nb.AddCollection(nb.t.Context(), app.Collection{Name: name, Parent: parent})
	if err != nil {
		nb.t.Fatal(err)
	}
	return c
}

// Trash moves things to the trash.
func (nb *Notebook) Trash(refs ...app.Ref) {
	nb.t.Helper()
	if _, err := nb.Notebook.Trash(nb.t.Context(), refs...); err != nil {
		nb.t.Fatal(err)
	}
}

// Restore takes things out of the trash.
func (nb *Notebook) Restore(refs ...app.Ref) {
	nb.t.Helper()
	if _, err := nb.Notebook.Restore(nb.t.Context(), refs...); err != nil {
		nb.t.Fatal(err)
	}
}

// derived are the tables that undo does not bring back: what is immutable, and
// its own records.
var derived = map[string]bool{"originals": true, "texts": true, "steps": true, "changes": true, "meta": true, "readings": true}

// Rows writes down every row that undo can bring back, all columns of all
// tables, in a fixed order: equal texts are equal notebooks.
func (nb *Notebook) Rows() string {
	nb.t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.ToSlash(filepath.Join(nb.Folder, "notebook.db"))+"?mode=ro")
	if err != nil {
		nb.t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	var b strings.Builder
	for _, table := range nb.query(db, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name") {
		if !derived[table] {
			rows := nb.query(db, "SELECT * FROM "+table)
			slices.Sort(rows)
			fmt.Fprintf(&b, "%s\n%s\n", table, strings.Join(rows, "\n"))
		}
	}
	return b.String()
}

// query returns every row as one line.
func (nb *Notebook) query(db *sql.DB, query string) []string {
	nb.t.Helper()
	rows, err := db.Query(query)
	if err != nil {
		nb.t.Fatalf("%s: %v", query, err)
	}
	defer func() { _ = rows.Close() }()
	columns, err := rows.Columns()
	if err != nil {
		nb.t.Fatal(err)
	}
	var out []string
	for rows.Next() {
		cells, places := make([]any, len(columns)), make([]any, len(columns))
		for i := range cells {
			places[i] = &cells[i]
		}
		if err := rows.Scan(places...); err != nil {
			nb.t.Fatal(err)
		}
		line := make([]string, len(cells))
		for i, c := range cells {
			line[i] = fmt.Sprint(c)
		}
		out = append(out, strings.Join(line, " | "))
	}
	if err := rows.Err(); err != nil {
		nb.t.Fatal(err)
	}
	return out
}
