//go:build bench

package app_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"rejoinder/app"
)

// TestBenchChangedFacts changes one fact in passages of real articles: none may be
// carried without a question under a statement, and under a bare highlight only
// the opposite of a common word, which then says "text changed".
func TestBenchChangedFacts(t *testing.T) {
	contents := realContents(t, 250)
	type row struct{ marks, statement, bare, noted int }
	rows := make([]row, len(factChanges))
	total := 0
	for seed := uint64(0); total < 1200 && seed < 40_000; seed++ {
		rng := rand.New(rand.NewPCG(seed, 31))
		c := contents[rng.IntN(len(contents))]
		kind := int(seed) % len(factChanges)
		if rows[kind].marks >= 200 {
			continue
		}
		start, end := newPage(c.Plain).somePassage(rng)
		a, err := app.NewAnchor(c.Plain, start, end)
		if err != nil {
			t.Fatal(err)
		}
		changed := factChanges[kind].change(rng, a.Quote)
		if changed == "" || changed == a.Quote {
			continue
		}
		runes := []rune(c.Plain)
		after := app.Content{Plain: string(runes[:start]) + changed + string(runes[end:])}
		if rng.IntN(2) == 0 {
			after.Plain = "Updated at noon by our correspondent.\n\n" + after.Plain
		}
		r := &rows[kind]
		r.marks++
		total++
		if m := app.CarryMark(a, c, after, true); isSilent(m) {
			r.statement++
			t.Errorf("%s, under a statement: %q became %q", factChanges[kind].name, a.Quote, m.New.Quote)
		}
		if m := app.CarryMark(a, c, after, false); isSilent(m) {
			r.bare++
			if m.TextChanged {
				r.noted++
			}
			if factChanges[kind].name != "its opposite" || !m.TextChanged {
				t.Errorf("%s, a bare highlight: %q became %q", factChanges[kind].name, a.Quote, m.New.Quote)
			}
		}
	}
	t.Logf("changed facts, %d passages: carried without a question", total)
	t.Logf("  %-16s %8s %10s %10s %14s", "", "passages", "statement", "highlight", "\"text changed\"")
	for i, r := range rows {
		t.Logf("  %-16s %8d %10d %10d %14d", factChanges[i].name, r.marks, r.statement, r.bare, r.noted)
	}
	if total < 1000 {
		t.Errorf("only %d passages", total)
	}
}

func isSilent(m app.Move) bool { return m.State == app.AnchorExact || m.State == app.AnchorFuzzy }

// TestBenchChangedTypography prints real articles otherwise: of all passages at
// most one in a hundred may be asked about.
func TestBenchChangedTypography(t *testing.T) {
	contents := realContents(t, 250)
	total, asked := 0, 0
	t.Log("changed typography: asked without need")
	for k, as := range typographies {
		marks, ask := 0, 0
		for i, c := range contents {
			for n := range 3 {
				rng := rand.New(rand.NewPCG(uint64(i), uint64(100*k+n)))
				start, end := newPage(c.Plain).somePassage(rng)
				if as.name == "headings in capitals" {
					b := c.Blocks[0]
					for _, x := range c.Blocks {
						if x.Kind == app.BlockHeading && rng.IntN(2) == 0 {
							b = x
						}
					}
					start, end = b.Start, b.End
				}
				a, err := app.NewAnchor(c.Plain, start, end)
				if err != nil {
					continue
				}
				lead := ""
				if n > 0 {
					lead = "Updated at noon by our correspondent."
				}
				after := printedAs(rng, c, as.print, lead)
				if after.Plain == c.Plain {
					continue // an update with the same text is refused
				}
				m := app.CarryMark(a, c, after, true)
				if as.name == "headings in capitals" && len(app.Occurrences(strings.ToLower(c.Plain), strings.ToLower(a.Quote))) > 1 {
					continue // the title comes again: no other printing is to blame
				}
				marks++
				if !isSilent(m) || m.TextChanged {
					ask++
					if ask <= 4 {
						t.Logf("  %s: %s %q became %q: %s", as.name, m.State, a.Quote, m.New.Quote, m.Change.Summary())
					}
				}
			}
		}
		t.Logf("  %-22s %5d of %d", as.name, ask, marks)
		total, asked = total+marks, asked+ask
	}
	t.Logf("  %-22s %5d of %d", "all", asked, total)
	if 100*asked > total {
		t.Errorf("%d of %d are asked about", asked, total)
	}
}
