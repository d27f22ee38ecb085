//go:build e2e

package main

import (
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

// A reader marks passages that overlap, comments on one, records statements
// without the mouse, takes things back and forward, finds words, makes a mark
// longer, looks at an article and the board side by side, and finds everything
// again after a restart.
func TestWindowReader(t *testing.T) {
	d := newDesk(t, lightSettings)
	notebook := filepath.Join(d.dir, "notebook")
	d.write("home/lamps.txt", strings.Join(lampArticle, "\n\n"))
	d.rejoinder(notebook, "import", filepath.Join(d.dir, "home/lamps.txt"))
	d.start(notebook)
	d.click(380, 150, 1)
	d.settled()

	d.drag(textX+10, lineY(1), textX+200, lineY(1))
	d.key("h")
	d.marked(notebook, 1)
	d.drag(textX+100, lineY(1), textX+330, lineY(1))
	d.key("3")
	marks := d.marked(notebook, 2)
	over := overlap(t, marks)
	if marks[0]["color"] != "yellow" || marks[1]["color"] != "blue" {
		t.Errorf("the marks are %v", marks)
	}

	d.key("a") // the new mark is chosen
	d.settled()
	d.typeText("Who *says* so?")
	d.key("ctrl+Return")
	d.recorded("the note", func() bool { return d.marked(notebook, 2)[1]["note"] == "Who *says* so?" })
	d.settled()
	d.key("shift+Right", "ctrl+shift+Right")
	d.recorded("the mark to become longer", func() bool {
		return len(fmt.Sprint(d.marked(notebook, 2)[1]["quote"])) > len(fmt.Sprint(marks[1]["quote"]))
	})
	d.settled()

	d.statementByKeys(notebook)
	d.markChosenByClicks(notebook, over)

	all := func() [][]map[string]any {
		return [][]map[string]any{d.rejoinder(notebook, "list", "annotations"), d.rejoinder(notebook, "list", "statements")}
	}
	before := all()
	d.key("ctrl+z", "ctrl+z")
	d.recorded("undo to take two statements back", func() bool { return len(all()[1]) == 0 })
	d.key("ctrl+shift+z", "ctrl+shift+z")
	d.recorded("redo to bring them back", func() bool { return reflect.DeepEqual(before, all()) })

	d.settled()
	d.click(textX, lineY(9), 1)
	d.key("ctrl+f")
	d.typeText("flicker")
	d.settled()
	d.key("Escape")
	d.key("ctrl+plus", "ctrl+shift+backslash") // larger letters, and the board beside
	d.settled()
	d.key("ctrl+3")
	d.settled()
	d.stop()

	d.start(notebook)
	d.settled()
	if again := all(); !reflect.DeepEqual(before, again) {
		t.Errorf("after a restart there is\n%v\nwant\n%v", again, before)
	}
	d.stop()
}

// marked waits until there are n marks and returns them in the order of making.
func (d *desk) marked(notebook string, n int) (rows []map[string]any) {
	d.t.Helper()
	d.recorded(fmt.Sprintf("%d marks", n), func() bool {
		rows = d.rejoinder(notebook, "annotation", "list", "--sort", "created")
		return len(rows) == n
	})
	for i := 0; i < len(rows)/2; i++ { // the newest comes first
		rows[i], rows[len(rows)-1-i] = rows[len(rows)-1-i], rows[i]
	}
	return rows
}

// overlap returns the words that two marks of one line share.
func overlap(t *testing.T, marks []map[string]any) string {
	t.Helper()
	a, b := fmt.Sprint(marks[0]["quote"]), fmt.Sprint(marks[1]["quote"])
	at := strings.Index(lampArticle[1], b)
	end := strings.Index(lampArticle[1], a) + len(a)
	if at < 0 || end <= at || !strings.Contains(lampArticle[1], a) {
		t.Fatalf("“%s” and “%s” do not overlap in “%s”", a, b, lampArticle[1])
	}
	return lampArticle[1][at:end]
}

// statementByKeys records two statements without touching the mouse: the second,
// on an actor and a claim that are there, takes eight keys after the selection.
func (d *desk) statementByKeys(notebook string) {
	d.t.Helper()
	count := func(what string) int { return len(d.rejoinder(notebook, "list", what)) }
	d.key("Escape", "ctrl+Home", "Down", "Down", "Home", "shift+End")
	d.see("s")
	d.typeText("Night Sky Society")
	d.key("Return", "d", "Return")
	d.typeText(paysBack)
	d.key("Return")
	d.recorded("the first statement", func() bool { return count("statements") == 1 })
	d.settled()
	d.key("Escape", "ctrl+Down", "ctrl+Down", "Home", "shift+End")
	d.settled()
	d.see("s")
	d.key("Return", "q", "Return", "p", "a", "y", "Return") // seven, and the s
	d.recorded("the second statement", func() bool { return count("statements") == 2 })
	rows := d.rejoinder(notebook, "list", "statements")
	if count("claims") != 1 || count("actors") != 1 || rows[0]["claim"] != paysBack || rows[1]["claim"] != paysBack || rows[0]["quote"] == rows[1]["quote"] {
		d.t.Errorf("recorded by keys: %v", rows)
	}
	d.settled()
}

// markChosenByClicks clicks where the marks overlap: each click chooses the next
// one, and Del moves that one to the trash.
func (d *desk) markChosenByClicks(notebook, over string) {
	d.t.Helper()
	before := len(d.rejoinder(notebook, "list", "annotations"))
	gone := map[string]bool{}
	for clicks := 1; clicks <= 2; clicks++ {
		d.click(textX, lineY(12), 1) // beside the marks
		d.settled()
		for range clicks {
			d.click(textX+150, lineY(1), 1)
			d.settled()
		}
		d.key("Delete")
		d.recorded("a mark to go to the trash", func() bool { return len(d.rejoinder(notebook, "list", "annotations")) == before-1 })
		left := fmt.Sprint(d.rejoinder(notebook, "list", "annotations"))
		gone[left] = true
		d.key("ctrl+z")
		d.recorded("the mark to come back", func() bool { return len(d.rejoinder(notebook, "list", "annotations")) == before })
		d.settled()
	}
	if len(gone) != 2 {
		d.t.Errorf("one and two clicks on “%s” choose the same mark", over)
	}
}
