package apptest_test

import (
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// The builders have to mean what their comments say, or every test above them
// tests something else.
func TestBuilders(t *testing.T) {
	nb := apptest.New(t)
	empty := nb.Rows()
	a := nb.ImportDated("2024-03-01", "The quay is closed", "The ministry closed the quay.", "The union was not asked.")
	if got, want := nb.Text(a), "The quay is closed\n\nThe ministry closed the quay.\n\nThe union was not asked."; got != want {
		t.Fatalf("text %q, want %q", got, want)
	}
	if a.Title != "The quay is closed" || a.Published != "2024-03-01" || a.DateSource != app.DateDeclared {
		t.Errorf("article %+v", a)
	}
	nb.Statement("Ministry", app.Asserts, "The quay is unsafe", apptest.In(a, "closed the quay"))
	full := nb.Rows()
	if !strings.Contains(full, "The quay is unsafe") || full == empty {
		t.Errorf("rows do not show what is stored:\n%s", full)
	}
	nb.Reopen()
	if nb.Rows() != full {
		t.Error("reopening changed the rows")
	}
	if found := nb.Find("unsafe"); len(found) != 2 { // the claim and the statement
		t.Errorf("found %q", found)
	}
}
