package app_test

import (
	"slices"
	"testing"

	"rejoinder/app"
)

// A reader types what they remember of a passage, and finds it however it is
// spelled.
func TestFindInAText(t *testing.T) {
	text := []rune("The Café closed.\n\nThe  CAFE\nclosed again: cafés, 港口关闭, ئۇيغۇر ۋە ﻻ، Straße.")
	f := app.NewFinder(text)
	for _, c := range []struct {
		words string
		want  []string
	}{
		{"cafe", []string{"Café", "CAFE", "café"}},
		{"cafe closed", []string{"Café closed", "CAFE\nclosed"}},
		{"the cafe", []string{"The Café", "The  CAFE"}},
		{"关闭", []string{"关闭"}},
		{"ئۇيغۇر", []string{"ئۇيغۇر"}},
		{"strasse", []string{"Straße"}},
		{"لا", []string{"ﻻ"}},
		{"closed.", []string{"closed."}},
		{"nowhere", nil}, {"", nil}, {"  ", nil},
	} {
		var got []string
		for _, hit := range f.Find(c.words) {
			got = append(got, string(text[hit[0]:hit[1]]))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%q is found as %q, want %q", c.words, got, c.want)
		}
	}
}

// A raised number is told from one on the line, as in the search.
func TestFindARaisedNumber(t *testing.T) {
	text := []rune("10⁶ tonnes, 10^6 too; of 106, 10⁻¹² and H₂O; x², m2")
	f := app.NewFinder(text)
	for words, want := range map[string][]string{
		"10⁶": {"10⁶", "10^6"}, "10^6": {"10⁶", "10^6"}, "106": {"106"}, "10^-12": {"10⁻¹²"}, "10⁻¹²": {"10⁻¹²"}, "^-1": {"⁻¹"}, "h2o": {"H₂O"}, "x2": nil, "x^2": {"x²"}, "m²": nil,
	} {
		var got []string
		for _, hit := range f.Find(words) {
			got = append(got, string(text[hit[0]:hit[1]]))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q is found as %q, want %q", words, got, want)
		}
	}
}

func FuzzFind(f *testing.F) {
	f.Add("The Café closed.", "cafe")
	f.Add("a\u0301\u200D b  c", "a b")
	f.Fuzz(func(t *testing.T, text, words string) {
		runes := []rune(text)
		last := 0
		for _, hit := range app.NewFinder(runes).Find(words) {
			if hit[0] < last || hit[1] <= hit[0] || hit[1] > len(runes) {
				t.Fatalf("%q in %q: %v", words, text, hit)
			}
			last = hit[1]
		}
	})
}
