package viewmodel_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

// The claims of the harbour's dispute.
const (
	unsafe    = "The quay is unsafe"
	flawed    = "The inspection was flawed"
	repeated  = "Three inspections agree"
	political = "The closure is political"
	money     = "The dispute is about money"
	unasked   = "Nobody asked the union"
)

// tellHarbour tells a dispute of one summer: the ministry closes a quay, the port
// company denies that it is unsafe and gives in in September, the union sees
// politics in it, and the inspectorate denies that.
func tellHarbour(nb *apptest.Notebook) {
	may := nb.ImportDated("2024-05-02", "The quay is closed", "“The quay is unsafe,” the ministry said.",
		"“It is as safe as ever,” the company said. “They looked at it once.”")
	june := nb.ImportDated("2024-06-10", "The union answers", "“This is politics,” the union said, and that the one look was hasty.",
		"“We measure, we do not vote,” the inspectors said.")
	september := nb.ImportDated("2024-09-20", "The company gives in", "“It is unsafe after all,” the company said.",
		"The residents had always known.")

	nb.Statement("Ministry", app.Asserts, unsafe, apptest.In(may, "The quay is unsafe,"))
	nb.Statement("Port Company", app.Denies, unsafe, apptest.In(may, "It is as safe as ever"))
	nb.Statement("Port Company", app.Asserts, flawed, apptest.In(may, "They looked at it once"))
	nb.Statement("Union", app.Asserts, political, apptest.In(june, "This is politics"))
	nb.Statement("Union", app.Supports, flawed, apptest.In(june, "the one look was hasty"))
	nb.Statement("Inspectorate", app.Denies, political, apptest.In(june, "We measure, we do not vote"))
	nb.Statement("Port Company", app.Asserts, unsafe, apptest.In(september, "It is unsafe after all"))
	nb.Statement("Residents", app.Supports, unsafe, apptest.In(september, "The residents had always known."))
	nb.Statement("Union", app.Asserts, unasked)

	nb.Relate(flawed, app.Undercuts, unsafe)
	nb.Relate(repeated, app.Rebuts, flawed)
	nb.Relate(money, app.Reframes, political)
	nb.Actor("Press")
}

// harbourDesk is a desk with the harbour's dispute, and nothing in front yet.
func harbourDesk(t *testing.T) *desk {
	t.Helper()
	return harbourOn(t, viewmodel.Inline)
}

func harbourOn(t *testing.T, loop viewmodel.Loop) *desk {
	t.Helper()
	return openDesk(t, harbour(t), loop)
}

// harbourFiles are those of a notebook with the harbour's dispute; telling it
// takes longer than most tests of it.
var harbourFiles = fstest.MapFS{}

// harbour is a notebook of its own with the harbour's dispute.
func harbour(t *testing.T) *apptest.Notebook {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(harbourFiles) == 0 {
		nb := apptest.New(t)
		tellHarbour(nb)
		made, err := nb.Backup(t.Context(), app.BackupOptions{}, app.NoProgress{})
		must(err)
		data, err := os.ReadFile(made.Path)
		must(err)
		harbourFiles["notebook.db"] = &fstest.MapFile{Data: data, Mode: 0o600}
		originals := os.DirFS(nb.Folder)
		must(fs.WalkDir(originals, "originals", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(originals, path)
			harbourFiles[path] = &fstest.MapFile{Data: data, Mode: 0o600}
			return err
		}))
	}
	folder := filepath.Join(t.TempDir(), "notebook")
	must(os.CopyFS(folder, harbourFiles))
	return apptest.Open(t, folder)
}

// who is the actor of this name, whatever the filter leaves.
func (d *desk) who(name string) app.ActorID {
	d.t.Helper()
	id, err := d.ActorID(d.t.Context(), name)
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

// edit changes an actor.
func (d *desk) edit(name string, edit func(*app.Actor)) {
	d.t.Helper()
	if _, err := d.EditActor(d.t.Context(), d.who(name), edit); err != nil {
		d.t.Fatal(err)
	}
}

// tag tags things and says which tag it was.
func (d *desk) tag(path string, on ...app.Ref) app.TagID {
	d.t.Helper()
	if err := d.Tag(d.t.Context(), path, true, on...); err != nil {
		d.t.Fatal(err)
	}
	id, err := d.TagID(d.t.Context(), path)
	if err != nil {
		d.t.Fatal(err)
	}
	return id
}

func (d *desk) claimRef(text string) app.Ref { return app.RefTo(app.KindClaim, d.claim(text)) }
func (d *desk) actorRef(name string) app.Ref { return app.RefTo(app.KindActor, d.who(name)) }

// cards is a screen whose statements can be read.
type cards interface {
	Statement(i int) app.BoardStatement
}

// told writes down statements of a screen: "2024-05-02 Ministry asserts The quay
// is unsafe".
func told(of cards, statements []int) []string {
	var out []string
	for _, i := range statements {
		s := of.Statement(i)
		out = append(out, strings.TrimSpace(string(s.Date)+" "+s.ActorName+" "+string(s.Stance)+" "+s.ClaimText))
	}
	return out
}
