package app_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

func contentOf(paragraphs ...string) app.Content {
	var b app.Builder
	for _, p := range paragraphs {
		b.Add(app.BlockParagraph, 0, p)
	}
	return b.Content()
}

// outlineDiff writes a difference in one line: [-removed-] {+added+}.
func outlineDiff(blocks []app.DiffBlock) string {
	var b strings.Builder
	for _, block := range blocks {
		fmt.Fprintf(&b, "%s:", block.Kind)
		for _, w := range block.Words {
			b.WriteString(map[app.DiffKind]string{app.DiffSame: w.Text, app.DiffRemoved: "[-" + w.Text + "-]", app.DiffAdded: "{+" + w.Text + "+}"}[w.Kind])
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestDiff(t *testing.T) {
	for _, tt := range []struct {
		name     string
		old, new app.Content
		want     string
	}{
		{"nothing", contentOf("A b c."), contentOf("A b c."), "same:\n"},
		{"a word", contentOf("The union was not asked.", "So it is."), contentOf("The union was never asked.", "So it is."),
			"changed:The union was [-not-]{+never+} asked.\nsame:\n"},
		{"paragraphs", contentOf("One is here.", "Two is there."), contentOf("One is here.", "Entirely new words!", "Two is there."),
			"same:\nadded:{+Entirely new words!+}\nsame:\n"},
		{"one gone, one changed", contentOf("The first goes away.", "The second of them stays here now."), contentOf("The second of us stays here now."),
			"removed:[-The first goes away.-]\nchanged:The second of [-them-]{+us+} stays here now.\n"},
		{"Chinese", contentOf("港口公司否认指控。"), contentOf("港口公司承认指控。"), "changed:港口公司[-否-]{+承+}认指控。\n"},
		{"Arabic", contentOf("وقالت النقابة إن أحدا لم يسألها."), contentOf("وقالت النقابة إن الوزارة لم تسألها."),
			"changed:وقالت النقابة إن [-أحدا-]{+الوزارة+} لم [-يسألها-]{+تسألها+}.\n"},
		{"all of it", contentOf("Words."), app.Content{}, "removed:[-Words.-]\n"},
	} {
		if got := outlineDiff(app.Diff(tt.old, tt.new)); got != tt.want {
			t.Errorf("%s:\n%swant\n%s", tt.name, got, tt.want)
		}
	}
}

// Whatever is edited: what is the same and removed is the old text, what is the
// same and added the new one, and every block is there once.
func TestDiffLosesNothing(t *testing.T) {
	for seed := range app.Rounds(400) {
		rng := rand.New(rand.NewPCG(seed, 3))
		p := composePage(rng)
		old := contentOf(strings.Split(p.String(), "\n\n")...)
		for range rng.IntN(12) {
			p = p.edit(rng)
		}
		checkDiff(t, old, contentOf(strings.Split(p.String(), "\n\n")...))
	}
}

func checkDiff(t *testing.T, old, text app.Content) {
	t.Helper()
	var was, is []string
	oldRunes, newRunes := []rune(old.Plain), []rune(text.Plain)
	for _, b := range app.Diff(old, text) {
		before, after := "", ""
		for _, w := range b.Words {
			if w.Kind != app.DiffAdded {
				before += w.Text
			}
			if w.Kind != app.DiffRemoved {
				after += w.Text
			}
		}
		oldText, newText := string(oldRunes[b.Old.Start:b.Old.End]), string(newRunes[b.New.Start:b.New.End])
		if b.Kind == app.DiffSame {
			before, after = oldText, newText
			if before != after || b.Words != nil {
				t.Fatalf("%q is not %q", before, after)
			}
		}
		if before != oldText || after != newText {
			t.Fatalf("%+v is not %q → %q", b, oldText, newText)
		}
		if b.Old != (app.Block{}) {
			was = append(was, before)
		}
		if b.New != (app.Block{}) {
			is = append(is, after)
		}
	}
	if got := strings.Join(was, "\n\n"); got != old.Plain {
		t.Fatalf("old\n%s\nwant\n%s", got, old.Plain)
	}
	if got := strings.Join(is, "\n\n"); got != text.Plain {
		t.Fatalf("new\n%s\nwant\n%s", got, text.Plain)
	}
}

// A book twice as long is compared with twice the work, even when every paragraph
// changed, or when it has no paragraphs at all.
func TestDiffOfABook(t *testing.T) {
	words := strings.Fields(strings.Repeat("the quay ministry union port of and to a in court asked closed findings ", 3))
	books := func(n int) map[string][2]app.Content {
		rng := rand.New(rand.NewPCG(1, 1))
		write := func(n int) string {
			out := make([]string, n)
			for i := range out {
				out[i] = words[rng.IntN(len(words))]
				if rng.IntN(4) == 0 {
					out[i] += fmt.Sprint(rng.IntN(5000))
				}
				if rng.IntN(15) == 0 {
					out[i] += "."
				}
			}
			return strings.Join(out, " ")
		}
		change := func(s string, every int) string {
			w := strings.Fields(s)
			for i := range w {
				if rng.IntN(every) == 0 {
					w[i] = "changed"
				}
			}
			return strings.Join(w, " ")
		}
		var paragraphs, edited []string
		for range n {
			p := write(50)
			paragraphs, edited = append(paragraphs, p), append(edited, change(p, 10))
		}
		return map[string][2]app.Content{
			"every paragraph changed":      {contentOf(paragraphs...), contentOf(edited...)},
			"one long paragraph":           {contentOf(strings.Join(paragraphs, " ")), contentOf(strings.Join(edited, " "))},
			"another book":                 {contentOf(paragraphs...), contentOf(write(50 * n))},
			"one paragraph of other words": {contentOf(write(50 * n)), contentOf(write(50 * n))},
		}
	}
	once, twice := books(500), books(1000)
	for name := range once {
		work := func(of [2]app.Content) uint64 { return app.Allocated(func() { app.Diff(of[0], of[1]) }) }
		app.TwiceTheWork(t, name, work(once[name]), work(twice[name]))
		checkDiff(t, once[name][0], once[name][1])
	}
}

func TestVersionsAreCompared(t *testing.T) {
	nb := apptest.New(t)
	a := nb.ImportText("The quay is closed", quayPage...)
	if _, _, _, err := nb.DiffVersions(t.Context(), a.ID, 0, 0); app.Sentence(err) != "The article has only one version." {
		t.Errorf("one version: %v", err)
	}
	second := append([]string{strings.Replace(quayPage[0], "closed", "shut", 1)}, quayPage[1:]...)
	update(t, nb, a, second...)
	update(t, nb, a, second[:4]...)
	old, text, blocks, err := nb.DiffVersions(t.Context(), a.ID, 0, 0)
	if err != nil || len(blocks) != 6 || blocks[5].Kind != app.DiffRemoved || text.ID != article(nb, a.ID).Text {
		t.Errorf("%s%v", outlineDiff(blocks), err)
	}
	second1 := old.ID
	old, text, blocks, err = nb.DiffVersions(t.Context(), a.ID, 1, 2)
	if err != nil || old.ID != a.Text || text.ID != second1 || blocks[1].Kind != app.DiffChanged {
		t.Errorf("%s%v", outlineDiff(blocks), err)
	}
	if _, _, _, err = nb.DiffVersions(t.Context(), a.ID, 1, 4); app.Sentence(err) != "There is no version 4 of the article, which has 3 versions." {
		t.Errorf("no such version: %v", err)
	}
}
