//go:build e2e

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

const lightSettings = `{"appearance": "light", "width": 1440, "height": 860}`

// lampArticle has one passage a line, so that a hand finds each.
var lampArticle = []string{
	"Council of Ostby: new lamps save",
	"“The lamps pay for themselves,” said the council.",
	"“They do not,” said the Night Sky Society.",
	"The mayor, Eda Lund, said “nobody will miss the old ones”.",
	"“Half of them flicker,” said the Shopkeepers' Guild.",
	"The maker, Brightworks, denied that any lamp flickers.",
	"“We sleep worse,” said residents of Mill Lane.",
	"The county court said “the tender was in order”.",
	"“The tender had one bidder,” said the Ostby Post.",
	"The council declined to say who else was asked.",
	"“Moths are dying,” said the biologist Arno Vik.",
	"Brightworks questioned whether the lamps cause that.",
	"The guild supports a return to the old lamps.",
	"The mayor called the flicker “a matter of taste”.",
	"The society said the savings ignore the repairs.",
}

const (
	paysBack = "The lamps pay for themselves"
	missed   = "Nobody will miss the old lamps"
	flicker  = "The new lamps flicker"
	sleep    = "The new lamps disturb sleep"
	fair     = "The tender was in order"
	moths    = "The lamps kill moths"
	oneBid   = "There was only one bidder"
	taste    = "Flicker is a matter of taste"
	repairs  = "The savings leave out repairs"
)

// Stances are chosen by their letters: d is disputes, then denies, declines.
var lampStatements = []struct {
	line                  int
	actor, stances, claim string
	stance                string
}{
	{1, "Council of Ostby", "a", paysBack, "asserts"},
	{2, "Night Sky Society", "d", paysBack, "disputes"},
	{3, "Eda Lund", "a", missed, "asserts"},
	{4, "Shopkeepers' Guild", "a", flicker, "asserts"},
	{5, "Brightworks", "dd", flicker, "denies"},
	{6, "Residents of Mill Lane", "a", sleep, "asserts"},
	{7, "County court", "a", fair, "asserts"},
	{9, "Council of Ostby", "ddd", fair, "declines"},
	{10, "Arno Vik", "a", moths, "asserts"},
	{11, "Brightworks", "qq", moths, "questions"},
}

var lampCounterclaims = []struct {
	line     int
	from, to string
}{
	{8, oneBid, fair}, {13, taste, flicker}, {14, repairs, paysBack}, {12, flicker, missed},
}

// Where things are in a window of 1440 × 860.
const (
	textX     = 640
	firstLine = 239 // of the first passage below the title
	lineStep  = 44
)

func lineY(i int) int { return firstLine + (i-1)*lineStep }

// A researcher imports an article, records the whole dispute on it with mouse
// and keyboard, looks at it on the board, finds it again, closes the window and
// opens it again, and takes everything back and forward.
func TestWindowStory(t *testing.T) {
	d := newDesk(t, lightSettings)
	notebook := filepath.Join(d.dir, "notebook")
	d.write("home/lamps.txt", strings.Join(lampArticle, "\n\n"))
	d.start(notebook)
	count := func(what string) int { return len(d.rejoinder(notebook, "list", what)) }

	d.key("ctrl+o")
	d.settled()
	d.click(565, 280, 1)
	d.settled()
	d.click(1134, 704, 1)
	d.recorded("the article to be imported", func() bool { return count("articles") == 1 })
	d.settled()

	for i, s := range lampStatements {
		d.click(textX, lineY(s.line), 3)
		d.see("s")
		d.typeText(s.actor)
		d.key("Return")
		d.typeText(s.stances)
		d.key("Return")
		d.typeText(s.claim)
		d.key("Return")
		d.settled()
		d.recorded("the statement of "+s.actor, func() bool { return count("statements") == i+1 })
	}
	for i, c := range lampCounterclaims {
		d.click(textX, lineY(c.line), 3)
		d.see("x")
		d.typeText(c.from)
		d.key("Return", "Return")
		d.typeText(c.to)
		d.key("Return")
		d.settled()
		d.recorded("the counterclaim "+c.from, func() bool { return count("relations") == i+1 })
	}
	checkLampDispute(t, d.rejoinder(notebook, "list", "statements"), d.rejoinder(notebook, "list", "relations"))
	if n := count("actors"); n < 8 {
		t.Errorf("%d actors, want at least 8", n)
	}
	if n := count("claims"); n < 6 {
		t.Errorf("%d claims, want at least 6", n)
	}
	board := d.rejoinder(notebook, "board")

	d.markAndUndo(notebook)
	d.lookAtBoard(notebook)

	d.key("ctrl+shift+f")
	d.typeText("moths")
	d.settled()
	d.key("Down")
	d.settled()
	d.stop()

	d.start(notebook)
	if again := d.rejoinder(notebook, "board"); !reflect.DeepEqual(board, again) {
		t.Errorf("after a restart the board is\n%v\nwant\n%v", again, board)
	}
	d.recorded("undo to lead back to the empty notebook", func() bool {
		if count("articles") == 0 {
			return true
		}
		d.key("ctrl+z")
		d.settled()
		return false
	})
	if n := count("actors") + count("claims") + count("statements"); n != 0 {
		t.Errorf("the empty notebook still holds %d things", n)
	}
	d.recorded("redo to bring everything back", func() bool {
		d.key("ctrl+shift+z")
		d.settled()
		return reflect.DeepEqual(board, d.rejoinder(notebook, "board"))
	})
	d.stop()
}

// checkLampDispute compares what was recorded with what was typed.
func checkLampDispute(t *testing.T, statements, relations []map[string]any) {
	t.Helper()
	have := map[string]bool{}
	for _, s := range statements {
		have[fmt.Sprint(s["actor"], "|", s["stance"], "|", s["claim"], "|", s["quote"])] = true
	}
	for _, s := range lampStatements {
		if want := s.actor + "|" + s.stance + "|" + s.claim + "|" + lampArticle[s.line]; !have[want] {
			t.Errorf("not recorded: %s", want)
		}
	}
	for _, r := range relations {
		have[fmt.Sprint(r["counterclaim"], "|", r["relation"], "|", r["claim"], "|", r["quote"])] = true
	}
	for _, c := range lampCounterclaims {
		if want := c.from + "|rebuts|" + c.to + "|" + lampArticle[c.line]; !have[want] {
			t.Errorf("not set: %s", want)
		}
	}
}

// markAndUndo marks a word with a drag of the mouse in another colour, and takes
// it back.
func (d *desk) markAndUndo(notebook string) {
	d.t.Helper()
	before := len(d.rejoinder(notebook, "list", "annotations"))
	d.drag(textX, lineY(1), textX+150, lineY(1))
	d.key("3")
	var rows []map[string]any
	d.recorded("the mark", func() bool {
		rows = d.rejoinder(notebook, "list", "annotations")
		return len(rows) == before+1
	})
	mark := rows[len(rows)-1]
	if quote := fmt.Sprint(mark["quote"]); mark["color"] != "blue" || !strings.Contains(lampArticle[1], quote) || len(quote) < 5 {
		d.t.Errorf("dragging over the first passage and pressing 3 made %v", mark)
	}
	d.key("ctrl+z")
	d.recorded("the mark to be taken back", func() bool { return len(d.rejoinder(notebook, "list", "annotations")) == before })
}

// lookAtBoard opens the passage of a quote on the board: its mark is chosen
// then, so Del moves it to the trash with what hangs on it, and undo brings it
// back.
func (d *desk) lookAtBoard(notebook string) {
	d.t.Helper()
	before := len(d.rejoinder(notebook, "list", "annotations"))
	d.key("ctrl+2")
	d.settled()
	d.click(560, 223, 1) // the first quote of the first claim
	d.settled()
	d.key("Delete")
	d.recorded("the passage's mark to go to the trash", func() bool {
		return len(d.rejoinder(notebook, "list", "annotations")) == before-1
	})
	d.key("ctrl+z")
	d.recorded("the mark to come back", func() bool { return len(d.rejoinder(notebook, "list", "annotations")) == before })
}

// TestScreenshots makes the README's pictures, where REJOINDER_SCREENSHOTS says.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("REJOINDER_SCREENSHOTS")
	if dir == "" {
		t.Skip("only for make screenshots")
	}
	for _, look := range []string{"light", "dark"} {
		d := newDesk(t, fmt.Sprintf(`{"appearance": %q, "width": 1440, "height": 860}`, look))
		notebook := filepath.Join(d.dir, "sample")
		d.rejoinder(notebook, "notebook", "sample")
		d.start(notebook)
		d.click(380, 620, 1)
		d.settled()
		d.picture(filepath.Join(dir, "library-"+look+".png"))
		d.key("ctrl+2")
		d.settled()
		d.click(200, 750, 1) // the Port Company
		d.settled()
		d.click(600, 430, 1) // its claim that the inspection was flawed
		d.settled()
		d.picture(filepath.Join(dir, "board-"+look+".png"))
		for _, side := range []struct{ name, key, then string }{{"dispute", "ctrl+5", ""}, {"matrix", "ctrl+6", ""},
			{"timeline", "ctrl+7", "Right"}, {"map", "ctrl+8", ""}, {"gaps", "ctrl+9", "Right"}, {"page", "ctrl+j", ""}} {
			d.key(side.key)
			d.settled()
			if side.then != "" {
				d.key(side.then)
				d.settled()
			}
			d.picture(filepath.Join(dir, side.name+"-"+look+".png"))
		}
		d.key("ctrl+3")
		d.settled()
		d.picture(filepath.Join(dir, "annotations-"+look+".png"))
		d.key("ctrl+shift+f")
		d.typeText("quay inspection")
		d.settled()
		d.key("Down", "Down")
		d.settled()
		d.picture(filepath.Join(dir, "search-"+look+".png"))
		d.stop()
	}
}
