//go:build e2e

package main

import (
	"path/filepath"
	"strings"
	"testing"
)

// sides follows one researcher through the screens side by side. What is on the
// screen is known by what the keys do there: a note is about what is chosen.
type sides struct {
	*desk
	notebook string
	names    map[string]string // of actors and claims, by identifier
}

// note writes a note on what is chosen, and returns what that is.
func (s *sides) note(body string) string {
	s.t.Helper()
	s.see("n")
	s.typeText(body)
	s.key("ctrl+Return")
	s.closed()
	on := ""
	s.eventually("the note "+body, func() bool {
		for _, n := range s.rejoinder(s.notebook, "list", "notes") {
			if n["body"] != body {
				continue
			}
			for _, ref := range n["on"].([]any) {
				on = s.names[ref.(map[string]any)["id"].(string)]
			}
			return true
		}
		return false
	})
	return on
}

// closed waits until no form dims what lies behind it.
func (s *sides) closed() {
	s.t.Helper()
	s.eventually("the form to close", func() bool {
		bar := s.region(700, 12, 1, 1)
		return min(bar[0], bar[1], bar[2]) > 0xF0
	})
	s.settled()
}

func (s *sides) expect(what, got, want string) {
	s.t.Helper()
	if got != want {
		s.t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// The sample's dispute, looked at from every side: with the keys and with the
// mouse, from the board to the dispute, the matrix, the timeline, the map, what is
// missing and the pages; every screen goes on with what was chosen on the last.
func TestWindowSideBySide(t *testing.T) {
	d := newDesk(t, lightSettings)
	s := &sides{d, filepath.Join(d.dir, "notebook"), map[string]string{}}
	d.rejoinder(s.notebook, "notebook", "sample")
	for _, what := range []string{"actors", "claims"} {
		for _, row := range d.rejoinder(s.notebook, "list", what) {
			name, _ := row["name"].(string)
			if what == "claims" {
				name, _ = row["text"].(string)
			}
			s.names[row["id"].(string)] = name
		}
	}
	const union, unsafe, onlyChoice = "Dockers' union", "The north quay is unsafe to load", "Closing the quay was the only safe choice"
	d.start(s.notebook)

	// The board, by keys: an actor, its claims, what is set against one of them.
	d.see("ctrl+2")
	d.see("Down", "space")
	s.expect("chosen with Space", s.note("on an actor"), union)
	d.see("Right", "Down", "space")
	s.expect("the second claim of the union", s.note("on a claim"), onlyChoice)
	// By mouse: another claim.
	d.see("Escape")
	d.click(640, 200, 1)
	s.expect("the claim that was clicked", s.note("clicked"), unsafe)

	// Its dispute; the arrows go through the claims.
	d.see("ctrl+5")
	s.expect("the dispute goes on with it", s.note("in dispute"), unsafe)
	d.see("Down")
	s.expect("the next claim", s.note("next in dispute"), onlyChoice)

	// What the screen shows is taken out as Markdown, with what vouches for it.
	d.click(1384, 100, 1)
	d.settled()
	d.click(1355, 134, 1)
	d.settled()
	d.see("n")
	d.see("ctrl+v")
	d.key("ctrl+Return")
	s.closed()
	d.recorded("the dispute, pasted into a note", func() bool {
		for _, n := range d.rejoinder(s.notebook, "list", "notes") {
			if body := n["body"].(string); strings.Contains(body, "an experiment with nine hundred families[^1]") && strings.Contains(body, "[^1]: ") {
				return true
			}
		}
		return false
	})
	d.settled()

	// The matrix: a cell by keys, its statement recorded, the time moved back and on.
	d.see("ctrl+6")
	d.see("comma", "comma", "period")
	d.see("Down")
	d.see("s")
	d.key("Return")
	d.typeText("d")
	d.key("Return", "Return")
	s.closed()
	said := func(actor, claim, stance string) bool {
		for _, row := range d.rejoinder(s.notebook, "list", "statements") {
			if row["actor"] == actor && row["claim"] == claim && row["stance"] == stance && row["quote"] == "" {
				return true
			}
		}
		return false
	}
	d.recorded("a statement in the chosen cell", func() bool { return said("Ministry of Transport", onlyChoice, "disputes") })
	d.settled()

	// By mouse: a double click opens the passage.
	recolored := func(quote, from string) func() bool {
		return func() bool {
			for _, a := range d.rejoinder(s.notebook, "list", "annotations") {
				if strings.Contains(a["quote"].(string), quote) {
					return a["color"] != from
				}
			}
			return false
		}
	}
	d.click(554, 330, 2)
	d.settled()
	d.key("4")
	d.recorded("the passage under the mouse to take the colour", recolored("shared the union's concern", "green"))

	// The timeline: a statement opens its passage in the reader.
	d.see("ctrl+7")
	d.see("Home", "Right")
	d.see("Return")
	d.key("5")
	d.recorded("the passage that was opened to take the colour", recolored("an experiment with nine hundred families", "pink"))

	// The map, by keys and by mouse.
	d.see("ctrl+8")
	d.see("Down")
	s.expect("what is set against it", s.note("down the map"), "The closure is a political decision")
	d.click(135, 345, 1)
	s.expect("the box that was clicked", s.note("clicked on the map"), "The quay has a clean record")

	// What is missing opens where it can be mended.
	d.see("ctrl+9")
	d.see("Right", "Return")
	const unanswered = "Most of the work would move to the south quay"
	s.expect("the first that nobody answered", s.note("nobody answered"), unanswered)

	// The page of what is chosen, and a view of it all.
	d.see("p")
	s.expect("its page", s.note("on the page"), unanswered)
	d.stop()
}
