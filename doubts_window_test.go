//go:build e2e

package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
)

// A researcher reads a doubtful text again in the right encoding, and takes in what
// was left out of a page, with the keyboard.
func TestWindowDoubts(t *testing.T) {
	d := newDesk(t, lightSettings)
	notebook := filepath.Join(d.dir, "notebook")
	text, err := charmap.Windows1250.NewEncoder().String("Zpráva\n\nMinisterstvo uzavřelo severní nábřeží.\n\nOdbory řekly, že se nikdo neptal.")
	if err != nil {
		t.Fatal(err)
	}
	d.write("home/zprava.txt", text)
	rows := d.rejoinder(notebook, "import", filepath.Join(d.dir, "home/zprava.txt"))
	article := fmt.Sprint(rows[0]["article"])
	if rows[0]["status"] != "doubtful" {
		t.Fatalf("%v", rows)
	}
	body := strings.Repeat("<p>The ministry closed the northern quay on Monday because of cracks in the wall, and the union said that nobody had been asked.</p>\n", 8)
	d.write("home/page.html", "<!doctype html><title>The quay</title><nav><p>Sections of the paper</p></nav><article><h1>The quay</h1>"+body+
		"</article><footer><p>Imprint and contact</p></footer>")
	page := fmt.Sprint(d.rejoinder(notebook, "import", filepath.Join(d.dir, "home/page.html"))[0]["article"])
	d.start(notebook)
	d.click(430, 250, 1)
	d.settled()
	d.key("ctrl+u")
	d.settled()
	d.key("Down", "Down") // Windows-1252
	d.settled()
	d.key("ctrl+Return")
	var versions []map[string]any
	has := func(n int) func() bool {
		return func() bool {
			versions = d.rejoinder(notebook, "article", "versions", article)
			return len(versions) == n
		}
	}
	d.recorded("the new version", has(2))
	if versions[1]["encoding"] != "windows-1252" || len(versions[1]["doubts"].([]any)) != 0 {
		t.Errorf("%v", versions[1])
	}
	d.settled()
	d.key("ctrl+u")
	d.settled()
	d.key("Down")
	d.key("Escape") // leaves all as it is
	d.settled()

	d.click(430, 165, 1) // the page, which came last
	d.settled()
	d.key("ctrl+shift+d")
	d.settled()
	d.key("space")
	d.settled()
	d.key("ctrl+Return")
	d.recorded("the version with a block more", func() bool {
		versions = d.rejoinder(notebook, "article", "versions", page)
		return len(versions) == 2
	})
	if before, after := versions[0]["left_out"], versions[1]["left_out"]; before != 2.0 || after != 1.0 {
		t.Errorf("left out %v, then %v", before, after)
	}
	if n := len(d.rejoinder(notebook, "article", "versions", article)); n != 2 {
		t.Errorf("the form that was left made a version: %d", n)
	}
	d.stop()
}
