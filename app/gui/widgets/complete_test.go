package widgets

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// completing is a field in a form over these names.
type completing struct {
	*Complete
	window    fyne.Window
	submitted []string
	saved     int
	late      []func() // answers held back, unless nil
}

func complete(t *testing.T) *completing {
	t.Helper()
	names := []string{"Ministry of Transport", "Minister", "Mint", "Port Company", "Porters", "Dockers' union"}
	c := &completing{}
	c.Complete = NewComplete(look, "Name", func(typed string, found func([]string, bool)) {
		var out []string
		for _, n := range names {
			if strings.Contains(strings.ToLower(n), strings.ToLower(typed)) {
				out = append(out, n)
			}
		}
		answer := func() { found(out, true) }
		if c.late != nil {
			c.late = append(c.late, answer)
			return
		}
		answer()
	})
	c.OnSubmit = func() { c.submitted = append(c.submitted, c.Text()) }
	c.OnSave = func() { c.saved++ }
	c.window = inWindow(t, NewFlow(0, fyne.Size{}, c.Complete), 300, 400)
	c.Focus(c.window.Canvas())
	return c
}

func (c *completing) typing(text string) { test.Type(c.entry, text) }

// offers are the suggestions that are seen.
func (c *completing) offers() int { return len(c.list.content.Objects) }

func TestSuggestionIsTakenWithKeys(t *testing.T) {
	c := complete(t)
	if c.offers() != 0 {
		t.Error("suggestions before anything was typed")
	}
	low := c.MinSize().Height
	c.typing("min")
	if c.offers() != 3 || c.MinSize().Height <= low {
		t.Fatalf("%d suggestions for min", c.offers())
	}
	press(c.window, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyUp, fyne.KeyReturn)
	if c.Text() != "Minister" || c.offers() != 0 || len(c.submitted) != 1 || c.submitted[0] != "Minister" {
		t.Errorf("took %q, submitted %q, still offers %d", c.Text(), c.submitted, c.offers())
	}
	if c.entry.CursorColumn != 8 || c.MinSize().Height != low {
		t.Errorf("the cursor stands at %d", c.entry.CursorColumn)
	}
	c.typing("s") // no longer the taken name
	if c.Text() != "Ministers" || c.offers() != 0 {
		t.Errorf("typed on to %q", c.Text())
	}
}

func TestTypedTextIsKept(t *testing.T) {
	c := complete(t)
	c.typing("Min")
	press(c.window, fyne.KeyUp, fyne.KeyReturn) // above the first nothing is chosen
	if c.Text() != "Min" {
		t.Errorf("%q instead of what was typed", c.Text())
	}
	c.typing("t")
	press(c.window, fyne.KeyEscape)
	if c.offers() != 0 || c.Text() != "Mint" {
		t.Errorf("Escape leaves %d suggestions and %q", c.offers(), c.Text())
	}
	c.SetText("")
	c.typing("Somebody else")
	press(c.window, fyne.KeyEnter)
	if c.Text() != "Somebody else" || len(c.submitted) != 2 {
		t.Errorf("submitted %q", c.submitted)
	}
}

func TestAllSuggestionsAreShownOnDown(t *testing.T) {
	c := complete(t)
	press(c.window, fyne.KeyDown)
	if c.offers() != shownSuggestions || c.chosen != 0 {
		t.Fatalf("%d suggestions, number %d chosen", c.offers(), c.chosen)
	}
	press(c.window, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	if c.Text() != "Port Company" {
		t.Errorf("took %q", c.Text())
	}
	test.Tap(func() fyne.Tappable {
		c.SetText("")
		press(c.window, fyne.KeyDown)
		return c.list.content.Objects[1].(*Card)
	}())
	if c.Text() != "Minister" || c.offers() != 0 {
		t.Errorf("a click took %q", c.Text())
	}
}

func TestSettingTextSuggestsNothing(t *testing.T) {
	c := complete(t)
	c.SetText("Min")
	if c.offers() != 0 || c.Text() != "Min" {
		t.Errorf("%d suggestions for what was there", c.offers())
	}
	c.SelectAll()
	c.typing("p")
	if c.Text() != "p" {
		t.Errorf("typing over the selection gives %q", c.Text())
	}
	c.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierShortcutDefault})
	c.entry.TypedShortcut(&desktop.CustomShortcut{KeyName: fyne.KeyReturn, Modifier: fyne.KeyModifierAlt})
	c.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
	if c.saved != 1 || len(c.submitted) != 0 {
		t.Errorf("saved %d times, submitted %q", c.saved, c.submitted)
	}
}

// Answers may come later than the keys: Return goes on at once and takes the last
// question's when it is there; those to older questions change nothing.
func TestSuggestionsThatComeLate(t *testing.T) {
	c := complete(t)
	c.late = []func(){}
	c.typing("min")
	press(c.window, fyne.KeyReturn)
	settled := ""
	c.Settled(func() { settled = c.Text() })
	if c.offers() != 0 || len(c.submitted) != 1 || settled != "" {
		t.Fatalf("%d suggestions, submitted %q, settled %q before there was an answer", c.offers(), c.submitted, settled)
	}
	for _, answer := range c.late { // of m, mi, min
		answer()
	}
	if len(c.submitted) != 1 || settled != "Ministry of Transport" {
		t.Errorf("submitted %q, settled %q", c.submitted, settled)
	}
	c.late[0]()
	if c.offers() != 0 {
		t.Errorf("a late answer offers %d", c.offers())
	}
}

// What is only near to what was typed is offered, not taken.
func TestUnsureSuggestionIsNotTaken(t *testing.T) {
	c := complete(t)
	c.Suggest = func(_ string, found func([]string, bool)) { found([]string{"The quay is not safe"}, false) }
	c.typing("The quay is safe")
	press(c.window, fyne.KeyReturn)
	if c.Text() != "The quay is safe" {
		t.Errorf("Return took %q", c.Text())
	}
	c.typing("!")
	press(c.window, fyne.KeyDown, fyne.KeyReturn)
	if c.Text() != "The quay is not safe" {
		t.Errorf("Down and Return took %q", c.Text())
	}
}
