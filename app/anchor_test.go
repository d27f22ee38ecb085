package app_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"rejoinder/app"
)

const report = "The ministry closed the north quay on Monday. The union was not asked.\n\n" +
	"The port company rejects the findings. The union was not asked.\n\n" +
	"وقالت النقابة إن أحدا لم يسألها. 港口公司否认指控。"

// anchorOn anchors the nth occurrence, from 0, of quote.
func anchorOn(t *testing.T, text, quote string, nth int) app.Anchor {
	t.Helper()
	at := app.Occurrences(text, quote)
	if nth >= len(at) {
		t.Fatalf("%q is in the text %d times", quote, len(at))
	}
	a, err := app.NewAnchor(text, at[nth], at[nth]+app.RuneCount(quote))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func TestAnchorCountsCodePoints(t *testing.T) {
	a := anchorOn(t, report, "港口公司", 0)
	if got := app.Slice(report, a.Start, a.End); got != "港口公司" || a.End-a.Start != 4 {
		t.Errorf("%d–%d is %q", a.Start, a.End, got)
	}
	if a.Suffix != "否认指控。" || app.RuneCount(a.Prefix) != app.ContextLen || !strings.HasSuffix(a.Prefix, "يسألها. ") {
		t.Errorf("context %q … %q", a.Prefix, a.Suffix)
	}
	if !a.Verify(report) {
		t.Error("an anchor does not stand in its own text")
	}
	for _, moved := range []app.Anchor{
		{Start: a.Start + 1, End: a.End + 1, Quote: a.Quote}, {Start: a.Start, End: a.End + 1, Quote: a.Quote},
		{Start: -1, End: 3, Quote: a.Quote}, {Start: 5, End: 5}, {Start: a.Start, End: a.End, Quote: "港口公"},
	} {
		if moved.Verify(report) {
			t.Errorf("%+v verifies", moved)
		}
	}
	for _, p := range [][2]int{{-1, 3}, {3, 3}, {4, 3}, {0, 100000}} {
		if _, err := app.NewAnchor(report, p[0], p[1]); err == nil {
			t.Errorf("%v is taken for a passage", p)
		}
	}
}

func TestOccurrencesOverlap(t *testing.T) {
	if got := app.Occurrences("лалала", "лала"); !slices.Equal(got, []int{0, 2}) {
		t.Errorf("got %v", got)
	}
	if got := app.Occurrences(report, ""); got != nil {
		t.Errorf("nothing occurs at %v", got)
	}
}

func TestReanchor(t *testing.T) {
	longer := "Updated at noon.\n\n" + report
	for _, tt := range []struct {
		name, quote string
		nth         int
		text        string
		state       app.AnchorState
		want        string
	}{
		{"the same text", "closed the north quay", 0, report, app.AnchorExact, "closed the north quay"},
		{"text before it", "rejects the findings", 0, longer, app.AnchorExact, "rejects the findings"},
		{"a letter more", "rejects the findings", 0, strings.ReplaceAll(report, "findings", "finding's"), app.AnchorFuzzy, "rejects the finding"},
		{"a word instead", "The ministry closed the north quay", 0, strings.ReplaceAll(report, "north", "south"), app.AnchorFuzzy, "The ministry closed the south quay"},
		{"said twice, this one gone", "The union was not asked.", 1, strings.Replace(report, "findings. The union was not asked.", "findings.", 1), app.AnchorNeedsReview, "The union was not asked."},
		{"gone", "rejects the findings", 0, "Ships sail.", app.AnchorOrphan, ""},
		{"another place", "north quay", 0, "They met at the north quay of another town and sang all night.", app.AnchorNeedsReview, "north quay"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := anchorOn(t, report, tt.quote, tt.nth)
			got := a.Reanchor(report, tt.text)
			if got.State != tt.state {
				t.Fatalf("%s, want %s: %+v", got.State, tt.state, got.Anchor)
			}
			if got.State == app.AnchorOrphan {
				if got.Anchor != a {
					t.Errorf("an orphan was changed: %+v", got.Anchor)
				}
				return
			}
			if got.Anchor.Quote != tt.want || !got.Anchor.Verify(tt.text) {
				t.Errorf("stands at %q, want %q", got.Anchor.Quote, tt.want)
			}
		})
	}
}

// Many random edits never move an anchor to a wrong passage without saying that
// it needs a review.
func TestReanchorNeverErrsInSilence(t *testing.T) {
	count := map[app.AnchorState]int{}
	for seed := range uint64(8000) {
		if testing.Short() && seed > 2000 {
			break
		}
		rng := rand.New(rand.NewPCG(seed, 7))
		old := composePage(rng)
		start := rng.IntN(len(old))
		end := start + 1 + rng.IntN(min(len(old)-start, 1+rng.IntN(160)))
		a, err := app.NewAnchor(old.String(), start, end)
		if err != nil {
			t.Fatal(err)
		}
		edited := old
		for range rng.IntN(7) {
			edited = edited.edit(rng)
		}
		got := a.Reanchor(old.String(), edited.String())
		count[got.State]++
		if got.State == app.AnchorExact || got.State == app.AnchorFuzzy {
			if wrong := edited.wrong(old, a, got); wrong != "" {
				t.Errorf("seed %d: %s: %s\nold %d–%d %q\nnew %d–%d %q", seed, got.State, wrong,
					a.Start, a.End, a.Quote, got.Anchor.Start, got.Anchor.End, got.Anchor.Quote)
			}
		}
		if got.State != app.AnchorOrphan && !got.Anchor.Verify(edited.String()) {
			t.Errorf("seed %d: %s: the new anchor does not verify", seed, got.State)
		}
	}
	t.Logf("%v", count)
	if count[app.AnchorExact] < 2500 && !testing.Short() {
		t.Errorf("of 8000 passages only %d were found exactly: %v", count[app.AnchorExact], count)
	}
}

// Whatever the texts, a result is consistent with the text it is about.
func FuzzReanchor(f *testing.F) {
	f.Add(report, 4, 30, strings.ToUpper(report))
	f.Add("аааа", 1, 2, "ааааа")
	f.Add("a\u0301b", 0, 2, "áb")
	f.Fuzz(func(t *testing.T, old string, start, end int, text string) {
		if !utf8.ValidString(old) || !utf8.ValidString(text) || len(old) > 2000 || len(text) > 2000 {
			t.Skip()
		}
		a, err := app.NewAnchor(old, start, end)
		if err != nil {
			return
		}
		if !a.Verify(old) {
			t.Fatalf("%+v does not stand in its own text", a)
		}
		got := a.Reanchor(old, text)
		switch {
		case got.State == app.AnchorOrphan:
			if got.Anchor != a || strings.Contains(norm.NFC.String(text), a.Quote) && strings.Contains(text, a.Quote) {
				t.Errorf("an orphan: %+v", got)
			}
		case !got.Anchor.Verify(text):
			t.Errorf("%+v does not verify", got)
		case got.State == app.AnchorExact && (got.Anchor.Quote != a.Quote || got.Errors != 0):
			t.Errorf("exact, but %+v", got)
		case got.State == app.AnchorFuzzy && (got.Anchor.Quote == a.Quote || got.Errors > len(a.Quote)/4):
			t.Errorf("fuzzy, but %+v", got)
		}
	})
}
