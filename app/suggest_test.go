package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

func TestClaimsAreSuggested(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	for _, text := range []string{"The north quay is unsafe", "The quay was closed without asking the union", "Dredging harms the fishery",
		"The port company's record is clean", "港口公司的记录良好", "لم يسأل أحد النقابة", "The union was asked"} {
		nb.Claim(text)
	}
	nb.Statement("Union", app.Denies, "Dredging harms the fishery")
	if err := nb.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	suggest := func(typed string, limit int) string {
		t.Helper()
		claims, err := nb.SuggestClaims(ctx, typed, limit)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, c := range claims {
			out = append(out, c.Text)
		}
		return strings.Join(out, " | ")
	}
	for _, tt := range []struct {
		typed string
		limit int
		want  string
	}{
		{"", 2, "Dredging harms the fishery | The union was asked"}, // used last, then made last
		{"   ", 1, "Dredging harms the fishery"},
		{"fish", 5, "Dredging harms the fishery"},
		{"union aske", 1, "The union was asked"},
		{"quay unsafe", 1, "The north quay is unsafe"},
		{"-quay \"unsafe", 1, "The north quay is unsafe"}, // no operators here
		{"记录", 5, "港口公司的记录良好"},
		{"النقابة", 5, "لم يسأل أحد النقابة"},
		{"xylophone", 5, ""},
	} {
		if got := suggest(tt.typed, tt.limit); got != tt.want {
			t.Errorf("%q: %q, want %q", tt.typed, got, tt.want)
		}
	}
	// Every word first, then most of them; what shares only "the" is no suggestion.
	got := strings.Split(suggest("the union was asked quay", 4), " | ")
	if len(got) != 3 || slices.Contains(got, "Dredging harms the fishery") || got[0] != "The union was asked" && got[0] != "The quay was closed without asking the union" {
		t.Errorf("most of the words: %q", got)
	}
}

// A claim is suggested the moment after it is made, indexed or not.
func TestANewClaimIsSuggestedAtOnce(t *testing.T) {
	nb := apptest.New(t)
	for i := range 20 {
		made := nb.Claim(fmt.Sprintf("The quay was closed %d times", i))
		if got, err := nb.SuggestClaims(t.Context(), fmt.Sprint("closed ", i, " tim"), 20); err != nil || len(got) == 0 || got[0].ID != made.ID {
			t.Fatalf("claim %d: %+v, %v", i, got, err)
		}
	}
}

// There are thousands of claims, and something is suggested with every key: four
// times as many claims are not four times the work.
func TestSuggestionsAreQuick(t *testing.T) {
	typed := []string{"t", "th", "the quay of", "the quay of the por", "ferry numbe", "number 77", "xylophone of the quay", "nothing like it xyz"}
	few, many := suggesting(t, 250, typed), suggesting(t, 1000, typed)
	for i, words := range typed {
		t.Logf("%-24q %4d kB of 250 claims, %4d kB of 1000", words, few[i]>>10, many[i]>>10)
		if many[i] > 2*few[i] {
			t.Errorf("%q takes %d bytes of 250 claims, %d of 1000", words, few[i], many[i])
		}
	}
}

// suggesting is how much is allocated for the suggestions to each text.
func suggesting(t *testing.T, claims int, typed []string) (bytes []uint64) {
	t.Helper()
	nb := apptest.New(t)
	ctx := t.Context()
	subjects := strings.Fields("quay port union ministry court fishery dredging inspector harbour ferry")
	_, err := nb.Update(ctx, app.Op{Name: "test"}, func(tx app.Tx) error {
		for i := range claims {
			text := fmt.Sprintf("The %s of the %s is number %d of the %s", subjects[i%10], subjects[i/10%10], i, subjects[i/100%10])
			if err := tx.PutClaim(app.Claim{ID: app.NewID[app.ClaimID](), Text: text}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := nb.Sync(ctx); err != nil {
		t.Fatal(err)
	}
	for _, words := range typed {
		suggest := func() {
			if _, err := nb.SuggestClaims(ctx, words, 20); err != nil {
				t.Fatal(err)
			}
		}
		suggest() // what is made once
		bytes = append(bytes, app.Allocated(func() {
			for range 5 {
				suggest()
			}
		}))
	}
	return bytes
}
