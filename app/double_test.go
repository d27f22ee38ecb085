package app_test

import (
	"testing"

	"rejoinder/app/apptest"
)

// Before a claim is made that reads like one that is there, that one is offered.
func TestWhatReadsLikeAClaimIsFound(t *testing.T) {
	nb := apptest.New(t)
	for _, text := range []string{"The north quay is unsafe to load", "The closure costs 900 jobs", "码头存在严重的安全问题", "The minister knew of the report in March"} {
		nb.Claim(text)
	}
	for typed, want := range map[string]string{
		"The north quay is not safe to load":   "The north quay is unsafe to load",
		"the NORTH quay is unsafe for loading": "The north quay is unsafe to load",
		"The closure would cost 900 jobs":      "The closure costs 900 jobs",
		"码头存在安全问题":                             "码头存在严重的安全问题",
		"The north quay is unsafe to load":     "", // that is the claim itself
		"the closure costs 900 jobs":           "",
		"The north quay is crowded":            "",
		"The minister resigned":                "",
		"The quay was built in 1931":           "",
		"":                                     "",
	} {
		doubles, err := nb.Doubles(t.Context(), typed)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if len(doubles) > 0 {
			got = doubles[0].Text
		}
		if got != want {
			t.Errorf("%q reads like %q, want %q", typed, got, want)
		}
	}
}
