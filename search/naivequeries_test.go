package search

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/query"
)

// chance makes small collections and queries about them.
type chance struct{ *rand.Rand }

func newChance(seed uint64) chance { return chance{rand.New(rand.NewPCG(seed, 7))} }

func pick[T any](c chance, from []T) T { return from[c.IntN(len(from))] }

var chanceWords = []string{
	"the", "of", "to", "no", "who", "not", "sanction", "sanctions", "sanctioned", "sanktion", "company", "companies",
	"labour", "labor", "co-operation", "cooperation", "co", "operation", "U.S.", "US", "Union’s", "union", "Xi’an",
	"state-owned", "state", "owned", "war", "wars", "warn", "Regierung", "Regierungen", "der", "naïve", "naive", "cliché", "cliche", "COVID-19",
	"人权问题", "人权", "问题", "的", "حقوق", "الإنسان", "ئۇيغۇر", "l’homme",
}

func (c chance) text(most int) string {
	var b strings.Builder
	for range c.IntN(most + 1) {
		b.WriteString(pick(c, chanceWords))
		b.WriteString(pick(c, []string{" ", " ", " ", " ", " ", " ", " ", ". ", "\n", ", ", ""}))
	}
	return b.String()
}

var smallAndArticle = append([]app.Kind{app.KindArticle, app.KindArticle, app.KindArticle}, smallKinds...)

func (c chance) document(id string, kind app.Kind) app.Document {
	d := app.Document{Ref: app.Ref{Kind: kind, ID: id}, Title: c.text(4), Body: c.text(18),
		Language: pick(c, []string{"en", "en", "en", "de", "", "zh", "ug"}),
		Date:     pick(c, []app.Date{"", "2018", "2019-10", "2019-10-08", "2019-11-30", "2020-01-01"}),
	}
	if kind == app.KindArticle {
		d.Author, d.Publisher = pick(c, []string{"", "Mary O’Brien", "John Union", "李明"}), pick(c, []string{"", "Reuters", "The Daily US", "新华社"})
		d.Sort, d.Note = pick(c, []string{"", "article-newspaper"}), c.text(5)
	}
	return d
}

// collection is a ledger in which things bear this and that.
func (c chance) collection(n int) *ledger {
	l := newLedger()
	for i := range n {
		l.put(c.document(fmt.Sprintf("d%03d", i), pick(c, smallAndArticle)))
	}
	l.meant = map[string][]app.Meant{
		"tag:one": {{ID: "t1"}}, "tag:two words": {{ID: "t2"}, {ID: "t3"}},
		"actor:Union": {{ID: "x1", Names: []string{"The Union", "人权"}}}, "actor:nobody known": nil,
		"in:held": {{ID: "c1"}}, "in:filled": {{ID: "c2", Query: "sanctions OR tag:one"}},
		"in:nested": {{ID: "c3", Query: "in:filled -in:held"}, {ID: "c4"}},
	}
	c.bear(l)
	return l
}

// bear has some things bear values, and others no longer.
func (c chance) bear(l *ledger) {
	l.with(func() { l.borneBy = nil })
	for _, b := range []bearer{{field: "tag", value: "t1"}, {field: "tag", value: "t2"}, {field: "tag", value: "t3"}, {field: "actor", value: "x1"},
		{field: "in", value: "c1"}, {field: "in", value: "c4"}, {field: "is", value: "read"}, {field: "color", value: "blue"},
		{field: "stance", value: "denies"}, {field: "has", value: "note"}} {
		var refs []app.Ref
		for _, r := range l.refs() {
			if c.IntN(3) == 0 && (b.field != "is" || r.Kind == app.KindArticle) {
				refs = append(refs, r)
			}
		}
		l.borne(b.field, b.value, refs...)
	}
}

// refs are those of all documents, in order.
func (l *ledger) refs() (refs []app.Ref) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for r := range l.docs {
		refs = append(refs, r)
	}
	slices.SortFunc(refs, func(a, b app.Ref) int { return strings.Compare(keyOf(a), keyOf(b)) })
	return refs
}

// edit changes, drops and adds documents.
func (c chance) edit(l *ledger, round int) {
	for i, r := range l.refs() {
		switch c.IntN(6) {
		case 0:
			l.drop(r)
		case 1, 2:
			l.put(c.document(r.ID, r.Kind))
		case 3:
			if i%4 == 0 {
				l.put(c.document(fmt.Sprintf("r%d-%03d", round, i), pick(c, smallAndArticle)))
			}
		}
	}
	if c.IntN(2) == 0 {
		c.bear(l)
	}
}

func (c chance) tree(deep int) query.Node {
	if deep == 0 || c.IntN(3) == 0 {
		return c.leaf()
	}
	var nodes []query.Node
	for range 2 + c.IntN(2) {
		nodes = append(nodes, c.tree(deep-1))
	}
	switch c.IntN(7) {
	case 0, 1, 2:
		return query.And{Nodes: nodes, Strict: c.IntN(2) == 0}
	case 3, 4:
		return query.Or{Nodes: nodes}
	case 5:
		return query.Not{Node: nodes[0]}
	}
	return query.Within{Field: pick(c, []string{"title", "text", "note", "author", "publisher"}), Node: nodes[0]}
}

func (c chance) leaf() query.Node {
	switch c.IntN(12) {
	case 0:
		return query.Word{Text: pick(c, []string{"s", "sanc", "co", "u", "人", "الإ", "xi", "cov", "co-op", "state-o"}), Prefix: true}
	case 1:
		return query.Word{Text: pick(c, []string{"s*n", "wa?", "lab*r", "?nion", "c*n*", "人?", "n*ïve", "co-op?ration*", "s*-ow?ed"}), Wild: true}
	case 2:
		return query.Word{Text: pick(c, []string{"sanctoin", "labur", "cooperatino", "wars", "unoin", "who", "the", "ئۇيغۇر", "人权问题", "co-operatoin"}), Fuzzy: pick(c, []int{-1, 1, 2})}
	case 3:
		return query.Phrase{Text: c.phrase(2)}
	case 4:
		return query.Phrase{Text: c.phrase(3), Slop: 1 + c.IntN(6)}
	case 5:
		near := query.Near{Distance: c.IntN(6)}
		for range 2 + c.IntN(2) {
			switch c.IntN(3) {
			case 0:
				near.Nodes = append(near.Nodes, query.Phrase{Text: c.phrase(2)})
			case 1:
				near.Nodes = append(near.Nodes, query.Word{Text: pick(c, []string{"s", "wa", "un"}), Prefix: true})
			default:
				near.Nodes = append(near.Nodes, query.Word{Text: pick(c, chanceWords)})
			}
		}
		return near
	case 6, 7:
		one := strings.SplitN(pick(c, []string{"lang:de", "lang:zh", "kind:article", "kind:notes", "kind:article-newspaper", "tag:one",
			"tag:two words", "actor:Union", "actor:nobody known", "in:held", "in:filled", "in:nested", "after:2019-10-08", "before:2020",
			"after:2018-06", "color:blue", "stance:denies", "is:read", "is:unread", "has:note"}), ":", 2)
		return query.Condition{Field: one[0], Value: one[1], Quoted: strings.Contains(one[1], " ")}
	}
	return query.Word{Text: pick(c, chanceWords)}
}

// phrase has at most one word with a hyphen: the other ways of writing it.
func (c chance) phrase(most int) string {
	var words []string
	hyphen := false
	for range 1 + c.IntN(most) {
		w := pick(c, chanceWords)
		if joined := strings.ContainsAny(w, "-"); !joined || !hyphen {
			words, hyphen = append(words, w), hyphen || joined
		}
	}
	return strings.Join(words, " ")
}

// TestAnswersAreThoseOfReadingEverything changes small collections at random and
// asks them at random.
func TestAnswersAreThoseOfReadingEverything(t *testing.T) {
	asked, found := 0, 0
	rounds := uint64(6)
	if testing.Short() { // as under the race detector
		rounds = 1
	}
	for seed := range rounds {
		c := newChance(seed)
		l := c.collection(20 + c.IntN(40))
		ix := opened(t, t.TempDir(), l)
		for round := range 4 {
			if round > 0 {
				c.edit(l, round)
			}
			synced(t, ix)
			all := []*naive{newNaive(l, app.KindArticle), newNaive(l, smallKinds...)}
			for range 100 {
				text := query.Query{Root: c.tree(2)}.String()
				root := query.Parse(text, query.Options{}).Root
				want := append(all[0].find(root), all[1].find(root)...)
				asked, found = asked+1, found+min(len(want), 1)
				r, err := ix.Search(t.Context(), app.SearchQuery{Text: text, Limit: maxLimit})
				if err != nil {
					t.Fatalf("%s: %v", text, err)
				}
				got := idsOf(r)[:r.Whole]
				slices.Sort(got)
				slices.Sort(want)
				if !slices.Equal(got, want) || int(r.Total) != len(want) || r.More {
					t.Errorf("seed %d round %d: %s finds %q (%d, more %v), not %q", seed, round, text, got, r.Total, r.More, want)
				}
				if t.Failed() {
					return
				}
				checkFacets(t, ix, l, text, want)
			}
		}
	}
	if found < asked/3 {
		t.Errorf("of %d queries only %d found something", asked, found)
	}
}

// checkFacets counts the values of what was found.
func checkFacets(t *testing.T, ix *Index, l *ledger, text string, found []string) {
	t.Helper()
	counts := map[string]map[string]int{"kind": {}, "publisher": {}, "lang": {}, "year": {}, "tag": {}, "actor": {}, "in": {}}
	for r, d := range l.docs {
		if !slices.Contains(found, r.ID) {
			continue
		}
		counts["kind"][cmp.Or(d.Sort, string(d.Kind))]++
		counts["publisher"][d.Publisher]++
		counts["lang"][d.Language]++
		counts["year"][string(d.Date)[:min(len(d.Date), 4)]]++
		for _, b := range l.borneBy {
			if b.ref == r && counts[b.field] != nil {
				counts[b.field][b.value]++
			}
		}
	}
	facets, err := ix.Facets(t.Context(), app.SearchQuery{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range facets {
		for _, v := range f.Values {
			if counts[f.Field][v.Value] != v.Count {
				t.Errorf("%s: %s:%s counts %d, not %d", text, f.Field, v.Value, v.Count, counts[f.Field][v.Value])
			}
			delete(counts[f.Field], v.Value)
		}
	}
	for field, left := range counts {
		delete(left, "")
		if len(left) > 0 {
			t.Errorf("%s: %s lacks %v", text, field, left)
		}
	}
}
