//go:build e2e

package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// A researcher finds a passage with the keyboard alone: types, looks at results
// with the arrows, opens one at the words, narrows and widens, saves the search,
// and brings back what was searched for before; and does the same with the mouse.
func TestWindowSearch(t *testing.T) {
	d := newDesk(t, lightSettings)
	notebook := filepath.Join(d.dir, "notebook")
	d.rejoinder(notebook, "notebook", "sample")
	d.start(notebook)
	saved := func(name string) string {
		for _, c := range d.rejoinder(notebook, "list", "collections") {
			if c["name"] == name {
				return fmt.Sprint(c["query"])
			}
		}
		return ""
	}
	save := func(name string) string {
		d.settled()
		d.key("ctrl+s")
		d.settled()
		d.typeText(name)
		d.key("Return")
		d.recorded("the saved search "+name, func() bool { return saved(name) != "" })
		d.settled()
		return saved(name)
	}
	history := func() string { return fmt.Sprint(d.rejoinder(notebook, "search", "--history")) }

	d.key("ctrl+shift+f")
	d.typeText("single inspection")
	d.settled()
	first := d.region(830, 130, 600, 690) // the preview
	d.key("Down", "Down")
	d.settled()
	if second := d.region(830, 130, 600, 690); differing(first, second) < 1000 {
		t.Error("the arrows do not preview")
	}
	d.key("Up", "Return") // the first result opens, and its text has the keys
	d.settled()
	d.key("t")
	d.settled()
	d.typeText("opened")
	d.key("Return")
	opened := func() []map[string]any { return d.rejoinder(notebook, "search", "tag:opened kind:article") }
	d.recorded("the article that was opened to be tagged", func() bool { return len(opened()) == 1 })
	if title := opened()[0]["title"]; title != "Port company rejects safety findings, union demands the full report" {
		t.Errorf("Return opened %v", title)
	}
	if !strings.Contains(history(), "single inspection") {
		t.Errorf("the history is %s", history())
	}

	d.key("ctrl+shift+f")
	d.settled()
	d.typeText("quay")
	d.settled()
	for _, key := range []string{"Return", "Left", "space"} { // the list, the first facet, narrowed to it
		d.key(key)
		d.settled()
	}
	if query := save("narrowed"); query == "quay" || !strings.Contains(query, "kind:") || !strings.HasSuffix(query, " quay") {
		t.Errorf("narrowed by keys to %s", query)
	}
	for _, key := range []string{"ctrl+shift+f", "End", "Down", "Left", "space"} {
		d.key(key)
		d.settled()
	}
	if query := save("widened"); query != "quay" {
		t.Errorf("widened by keys to %s", query)
	}
	d.click(60, 345, 1) // the first publisher
	if query := save("by mouse"); !strings.Contains(query, "publisher:") {
		t.Errorf("narrowed by mouse to %s", query)
	}

	d.key("ctrl+shift+f", "Escape") // back to the library, the box is empty
	d.settled()
	d.key("ctrl+shift+f", "Down")
	d.settled()
	d.key("Down", "Down", "Return") // behind it is that of the command line
	if query := save("again"); !strings.HasPrefix(query, "single inspection") {
		t.Errorf("the history brought back %s", query)
	}
	d.stop()
}
