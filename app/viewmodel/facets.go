package viewmodel

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"

	"rejoinder/app"
	"rejoinder/app/query"
)

// FacetGroup is one way of narrowing what was found.
type FacetGroup struct {
	Field  string // of the query language, or year
	Name   string
	Values []FacetChoice
	Others int // how many further values there are
}

// FacetChoice is a value that what was found can be narrowed to.
type FacetChoice struct {
	Value string // as the query language has it
	Label string
	Count int
	On    bool // the query asks for it
}

var facetNames = map[string]string{"kind": "Kind", "publisher": "Publisher", "lang": "Language", "year": "Year",
	"tag": "Tag", "actor": "Actor", "in": "Collection"}

var facetOrder = []string{"kind", "publisher", "lang", "year", "tag", "actor", "in"}

// Counted says whether the facets' counts are of the results that are shown;
// until they are, only the values are.
func (s *Search) Counted() bool { return s.facetsOf == s.of }

// count counts what was found by kind, publisher and so on.
func (s *Search) count() {
	a := s.of
	if s.Err != nil {
		return
	}
	start(s.session.Loop, &s.counting, func(ctx context.Context) ([]app.Facet, error) {
		return s.session.Notebook.Facets(ctx, a.query(0))
	}, func(facets []app.Facet, err error) {
		if err != nil { // the results are there all the same
			facets = nil
		}
		s.Facets, s.facetsOf = facetGroups(facets, a), a
		changed(s.OnChange)
	})
}

// facetGroups are the facets with what the query asks for, which may find
// nothing and yet has to be there to be taken away.
func facetGroups(facets []app.Facet, a asked) []FacetGroup {
	var out []FacetGroup
	text, narrowed := a.text, narrowedBy(a)
	for _, field := range facetOrder {
		g := FacetGroup{Field: field, Name: facetNames[field]}
		for _, f := range facets {
			if f.Field != field {
				continue
			}
			g.Others = f.Others
			for _, v := range f.Values {
				g.Values = append(g.Values, FacetChoice{v.Value, facetLabel(field, v.Value), v.Count, hasFacet(text, field, v.Value)})
			}
		}
		for _, value := range narrowed[field] {
			if !slices.ContainsFunc(g.Values, func(c FacetChoice) bool { return strings.EqualFold(c.Value, value) }) {
				g.Values = append([]FacetChoice{{value, facetLabel(field, value), 0, true}}, g.Values...)
			}
		}
		if len(g.Values) > 0 {
			out = append(out, g)
		}
	}
	return out
}

// facetLabel is what a value is called.
func facetLabel(field, value string) string {
	switch field {
	case "kind":
		if kind, ok := strings.CutPrefix(value, "article-"); ok {
			return kind
		}
	case "lang":
		if tag, err := language.Parse(value); err == nil {
			if name := display.English.Languages().Name(tag); name != "" {
				return name
			}
		}
	case "tag":
		return strings.ReplaceAll(value, "/", " / ")
	}
	return value
}

// narrowedBy lists the values of facets that a query asks for, by field, but for
// one that is still being typed.
func narrowedBy(a asked) map[string][]string {
	out := map[string][]string{}
	put := func(field, value string) {
		if hasFacet(a.text, field, value) {
			out[field] = append(out[field], value)
		}
	}
	query.Parse(a.text, query.Options{Typing: a.typing}).Walk(func(n query.Node, at query.Place) {
		switch n := n.(type) {
		case query.Condition:
			if n.Typed {
				return
			}
			if n.Field == "after" {
				put("year", n.Value)
			} else if facetNames[n.Field] != "" {
				put(n.Field, n.Value)
			}
		case query.Word:
			if at.Field == "publisher" && !n.Typed {
				put("publisher", n.Text)
			}
		case query.Phrase:
			if at.Field == "publisher" && !n.Typed {
				put("publisher", n.Text)
			}
		}
	})
	return out
}

// facetConditions are what the query language calls a value of a facet.
func facetConditions(field, value string) [][2]string {
	if field != "year" {
		return [][2]string{{field, value}}
	}
	year, err := strconv.Atoi(value)
	if err != nil {
		return nil
	}
	return [][2]string{{"after", value}, {"before", strconv.Itoa(year + 1)}}
}

func hasFacet(text, field, value string) bool {
	conditions := facetConditions(field, value)
	for _, c := range conditions {
		if !query.Has(text, c[0], c[1]) {
			return false
		}
	}
	return len(conditions) > 0
}

// ToggleFacet narrows the search to a value of a facet, or widens it again.
func (s *Search) ToggleFacet(field, value string) {
	text := s.Text
	on := !hasFacet(text, field, value)
	conditions := facetConditions(field, value)
	for i := range conditions {
		if c := conditions[len(conditions)-1-i]; on { // they are put in front: the last comes first
			text = narrowed(text, c[0], c[1])
		} else {
			text = query.Toggle(text, c[0], c[1], false)
		}
	}
	s.rewrite(text)
}

// narrowed writes a query with a further condition. It stands in front, so that
// the word that is being typed stays the last.
func narrowed(text, field, value string) string {
	front := strings.TrimSpace(query.Toggle("", field, value, true) + " " + text)
	same := func(a, b string) bool {
		return query.Parse(a, query.Options{}).String() == query.Parse(b, query.Options{}).String()
	}
	if query.Has(front, field, value) && same(query.Toggle(front, field, value, false), text) {
		return front
	}
	return query.Toggle(text, field, value, true)
}
