//go:build e2e

package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// lamps opens the window on a notebook with the article of the lamps, and opens that.
func lamps(t *testing.T) (d *desk, notebook string) {
	t.Helper()
	d = newDesk(t, lightSettings)
	notebook = filepath.Join(d.dir, "notebook")
	d.write("home/lamps.txt", strings.Join(lampArticle, "\n\n"))
	d.rejoinder(notebook, "import", filepath.Join(d.dir, "home/lamps.txt"))
	d.start(notebook)
	d.click(380, 150, 1)
	d.settled()
	return d, notebook
}

// atOnce presses keys faster than anybody is.
func (d *desk) atOnce(keys ...string) {
	d.t.Helper()
	d.xdotool(append([]string{"key", "--delay", "1"}, keys...)...)
}

// A researcher in a hurry presses Return twice and Escape, and closes the window
// with the next statement hardly submitted: both are recorded, once.
func TestWindowKeepsWhatIsSubmitted(t *testing.T) {
	d, notebook := lamps(t)
	fill := func(line int, actor, claim string) {
		d.click(textX, lineY(line), 3)
		d.see("s")
		d.typeText(actor)
		d.key("Return", "Return")
		d.typeText(claim)
	}
	statements := func() []map[string]any { return d.rejoinder(notebook, "list", "statements") }
	fill(1, "Council of Ostby", paysBack)
	d.atOnce("Return", "Return", "Escape")
	d.settled()
	d.recorded("the statement", func() bool { return len(statements()) == 1 })
	fill(3, "Eda Lund", missed)
	d.atOnce("Return", "ctrl+q")
	d.stop()
	rows := statements()
	if len(rows) != 2 || rows[0]["claim"] != paysBack || rows[1]["claim"] != missed {
		t.Errorf("recorded: %v", rows)
	}
}

// A statement that is made after words were found stands on those words; and the
// list goes on from the article that is open, whatever was imported meanwhile.
func TestWindowKeepsToTheEvidence(t *testing.T) {
	d, notebook := lamps(t)
	d.key("ctrl+f")
	d.typeText("declined to say")
	d.atOnce("Return", "Escape", "s")
	d.settled()
	d.typeText("Council of Ostby")
	d.key("Return", "Return")
	d.typeText(fair)
	d.key("Return")
	d.settled()
	d.recorded("the statement", func() bool { return len(d.rejoinder(notebook, "list", "statements")) == 1 })
	if quote := d.rejoinder(notebook, "list", "statements")[0]["quote"]; quote != "declined to say" {
		t.Errorf("the statement stands on %q", quote)
	}

	list := func() []byte { return d.region(250, 120, 300, 400) }
	add := func(name string) {
		d.write("home/"+name+".txt", name+"\n\nWords about "+name+".")
		before := list()
		d.rejoinder(notebook, "import", filepath.Join(d.dir, "home/"+name+".txt"))
		d.eventually("the list to show "+name, func() bool { return differing(before, list()) > blink })
		d.settled()
	}
	add("Moths")
	d.click(380, 150, 1) // it stands above the lamps
	d.settled()
	add("Repairs") // and this above it
	d.key("Down")
	d.settled()
	d.key("Return")
	d.settled()
	d.key("t")
	d.settled()
	d.typeText("below")
	d.key("Return")
	d.settled()
	var tagged []string
	d.recorded("the article to be tagged", func() bool {
		tagged = nil
		for _, row := range d.rejoinder(notebook, "search", "tag:below kind:article") {
			tagged = append(tagged, fmt.Sprint(row["title"]))
		}
		return len(tagged) > 0
	})
	if len(tagged) != 1 || tagged[0] != lampArticle[0] {
		t.Errorf("below Moths the list opened %q", tagged)
	}
	d.stop()
}
