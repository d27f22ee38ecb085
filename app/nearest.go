package app

import (
	"cmp"
	"slices"
	"strings"
)

// nearestShown is how many names are offered for one that is not there.
const nearestShown = 3

// didYouMean adds to the error of a name that is not there those that come
// nearest to it, of actors, of claims or of both.
func didYouMean(r Reader, typed string, notFound error, actors, claims bool) error {
	type candidate struct {
		shown string
		near  float64
	}
	var all []candidate
	if actors {
		as, err := r.Actors()
		if err != nil {
			return err
		}
		for _, a := range as {
			c := candidate{shown: a.Name}
			for _, name := range append([]string{a.Name}, a.Aliases...) {
				c.near = max(c.near, nearness(name, typed))
			}
			all = append(all, c)
		}
	}
	if claims {
		cs, err := r.Claims()
		if err != nil {
			return err
		}
		for _, c := range cs {
			all = append(all, candidate{shorten(c.Text, 80), nearness(c.Text, typed)})
		}
	}
	all = slices.DeleteFunc(all, func(c candidate) bool { return c.near == 0 })
	slices.SortStableFunc(all, func(a, b candidate) int { return cmp.Compare(b.near, a.near) })
	var names []string
	for _, c := range all[:min(len(all), nearestShown)] {
		names = append(names, "“"+c.shown+"”")
	}
	if len(names) == 0 {
		return notFound
	}
	return Problem(ErrNotFound, "%s; did you mean %s?", notFound, strings.Join(names, " or "))
}

// nearness is how near a name comes to what was typed, up to 1: by the letters of
// all of it or of its beginning, most of which are the same, or by its words, more
// than half of which were typed. 0 where neither is so.
func nearness(name, typed string) float64 {
	have, want := []rune(FoldText(name)), []rune(FoldText(OneLine(typed)))
	if len(want) < 2 {
		return 0
	}
	near := 0.0
	most := len(want) * 3 / 10
	for _, part := range [][]rune{have, have[:min(len(have), len(want))]} {
		if d := distanceWithin(part, want, most); d <= most {
			near = max(near, 1-float64(d)/float64(len(want)))
		}
	}
	words := strings.Fields(typed)
	if n := held(name, words); 2*n > len(words) {
		near = max(near, float64(n)/float64(len(words)))
	}
	return near
}
