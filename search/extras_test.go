package search

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/query"
)

// asked answers a query or ends the test.
func asked(t *testing.T, ix *Index, q app.SearchQuery) app.SearchResult {
	t.Helper()
	r, err := ix.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return r
}

func note(id, title, body string) app.Document {
	return app.Document{Ref: app.Ref{Kind: app.KindNote, ID: id}, Title: title, Body: body}
}

// TestSortedAsTheStoreOrders merges both indexes by date, title and time, of few
// and of many matches.
func TestSortedAsTheStoreOrders(t *testing.T) {
	for _, n := range []int{60, byNumber + 200} {
		c := newChance(uint64(n))
		l := newLedger()
		l.batch = n
		for i := range n {
			kind := app.KindArticle
			if i%40 == 0 {
				kind = app.KindStatement
			}
			l.put(app.Document{Ref: app.Ref{Kind: kind, ID: fmt.Sprintf("d%05d", i)}, Title: fmt.Sprint("Title ", c.IntN(n)),
				Body: []string{"war", "war peace", "peace"}[min(c.IntN(40), 2)], Date: pick(c, []app.Date{"", "2018", "2019-10", "2019-10-08", "2020-01-01"})})
		}
		ix := synced(t, opened(t, t.TempDir(), l))
		for i := range 20 {
			l.drop(app.Ref{Kind: app.KindArticle, ID: fmt.Sprintf("d%05d", 3*i+1)})
			l.put(article(fmt.Sprintf("d%05d", 5*i+2), "Changed", "peace"))
		}
		synced(t, ix)
		for _, sort := range []app.SearchSort{app.ByDate, app.ByTitle, app.ByTouched} {
			for _, word := range []string{"peace", "war", "-war", "kind:statement peace"} {
				var want []string
				for _, o := range l.inOrder(sort) {
					d := l.docs[o.Ref]
					if word == "-war" && !strings.Contains(d.Body, "war") || strings.Contains(d.Body, word) ||
						word == "kind:statement peace" && o.Kind == app.KindStatement && strings.Contains(d.Body, "peace") {
						want = append(want, o.ID)
					}
				}
				for _, limit := range []int{3, 20} {
					r := asked(t, ix, app.SearchQuery{Text: word, Sort: sort, Limit: limit})
					if !slices.Equal(idsOf(r), want[:min(limit, len(want))]) || int(r.Total) != len(want) || r.Whole != len(r.Hits) {
						t.Errorf("%d things, %s by %s: %d of %d, %q, not %q", n, word, sort, r.Total, len(want), idsOf(r), want[:min(limit, len(want))])
					}
				}
			}
		}
	}
}

// TestLike finds the copy of an article first and the article itself never; a
// claim leads to the articles about it.
func TestLike(t *testing.T) {
	z := newZipf(21)
	l := newLedger()
	for i := range 60 {
		l.put(z.article(i))
	}
	l.put(
		article("one", "Sanctions on cotton", "The commission imposed sanctions on cotton exporters because of forced labour in factories. "+z.words(20)),
		article("copy", "Sanctions upon cotton", "The commission has imposed sanctions on exporters of cotton because of forced labour in the factories. "+z.words(20)),
		article("other", "Cotton", "Cotton grows in fields. "+z.words(20)),
		app.Document{Ref: app.Ref{Kind: app.KindClaim, ID: "claim"}, Title: "Cotton exporters used forced labour"},
		app.Document{Ref: app.Ref{Kind: app.KindClaim, ID: "claim2"}, Title: "Exporters of cotton used forced labour"},
	)
	ix := synced(t, opened(t, t.TempDir(), l))
	r := asked(t, ix, app.SearchQuery{Like: app.Ref{Kind: app.KindArticle, ID: "one"}, Kinds: []app.Kind{app.KindArticle}})
	if got := idsOf(r); len(got) < 2 || got[0] != "copy" || slices.Contains(got, "one") {
		t.Errorf("like one: %q", got)
	}
	r = asked(t, ix, app.SearchQuery{Like: app.Ref{Kind: app.KindClaim, ID: "claim"}})
	if got := idsOf(r); len(got) < 3 || !slices.Contains(got[:3], "one") || !slices.Contains(got[:3], "copy") || slices.Contains(got, "claim") {
		t.Errorf("like the claim: %q", got)
	}
	r = asked(t, ix, app.SearchQuery{Like: app.Ref{Kind: app.KindArticle, ID: "one"}, Text: "fields"})
	if got := idsOf(r); !slices.Equal(got, []string{"other"}) {
		t.Errorf("like one with fields: %q", got)
	}
	if r = asked(t, ix, app.SearchQuery{Like: app.Ref{Kind: app.KindArticle, ID: "gone"}}); len(r.Hits) != 0 {
		t.Errorf("like nothing: %v", r.Hits)
	}
}

// TestBroaden offers words of the best hits that were not asked for.
func TestBroaden(t *testing.T) {
	z := newZipf(22)
	l := newLedger()
	for i := range 80 {
		l.put(z.article(i))
	}
	for i := range 6 {
		l.put(article(fmt.Sprintf("c%d", i), "Cotton", "Sanctions on cotton from Xinjiang co-operation "+z.words(10)))
	}
	ix := synced(t, opened(t, t.TempDir(), l))
	for text, own := range map[string]string{"cotton": "cotton", "cotton sanction": "cotton sanctions", `"sanctions on cotton"`: "cotton sanctions",
		"cott* sanct*": "cotton sanctions", "coton~": "cotton", "co-operation": "cooperation co operation"} {
		words, err := ix.Broaden(t.Context(), app.SearchQuery{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for i, w := range words {
			got = append(got, w.Word)
			if i > 0 && w.Weight > words[i-1].Weight || w.Weight <= 0 {
				t.Errorf("%s: weights %v", text, words)
			}
		}
		if !slices.Contains(got, "xinjiang") {
			t.Errorf("%s: %q lack xinjiang", text, got)
		}
		for _, w := range strings.Fields(own) {
			if slices.Contains(got, w) {
				t.Errorf("%s: %q is its own", text, w)
			}
		}
	}
}

// TestExplanationsAddUp compares explanations with the scores of searches.
func TestExplanationsAddUp(t *testing.T) {
	z := newZipf(23)
	_, ix := z.filled(t, 300)
	queries := []app.SearchQuery{{Like: app.Ref{Kind: app.KindArticle, ID: "d00010"}}, {Text: "wa1 wb1", Any: true}}
	for range 80 {
		queries = append(queries, app.SearchQuery{Text: z.query()})
	}
	for _, q := range queries {
		r := asked(t, ix, q)
		for _, h := range r.Hits[:min(r.Whole, 5)] {
			e, err := ix.Explain(t.Context(), q, h.Ref)
			if err != nil {
				t.Fatal(err)
			}
			sum, shown, most := 0.0, 0.0, 0.0
			for _, p := range e.Parts {
				sum += p.Value
			}
			if _, err := fmt.Sscanf(e.Text, "share of the best possible: %g of %g", &shown, &most); err != nil {
				t.Fatal(e.Text, err)
			}
			if math.Abs(e.Value-h.Score) > 1e-9 || math.Abs(sum-shown) > 1e-3 || math.Abs(shown-h.Score*most) > 1e-3 {
				t.Errorf("%s: %s scores %v, explained as %+v", q.Text, h.ID, h.Score, e)
			}
		}
	}
	e, err := ix.Explain(t.Context(), app.SearchQuery{Text: "wa0 nowhere"}, asked(t, ix, app.SearchQuery{Text: "wa0"}).Hits[0].Ref)
	if err != nil || !strings.Contains(e.Text, "does not meet") || len(e.Parts) != 2 || e.Value <= 0 {
		t.Errorf("%+v %v", e, err)
	}
}

// TestCollectionsFillThemselves has them nested, in a circle and too deep.
func TestCollectionsFillThemselves(t *testing.T) {
	l := newLedger(article("a", "x", "war"), article("b", "x", "peace"), article("c", "x", "war peace"), note("n", "x", "war"), article("d", "x", "else"))
	l.meant = map[string][]app.Meant{
		"in:wars": {{ID: "1", Query: "war"}}, "in:only wars": {{ID: "2", Query: "in:wars -peace"}},
		"in:held": {{ID: "3"}}, "in:one": {{ID: "4", Query: "in:two OR war"}}, "in:two": {{ID: "5", Query: "in:one OR peace"}},
		"in:folder": {{ID: "3"}, {ID: "2", Query: "in:wars -peace"}},
	}
	for i := range 9 {
		l.meant[fmt.Sprintf("in:deep%d", i)] = []app.Meant{{ID: fmt.Sprint("d", i), Query: fmt.Sprintf("in:deep%d", i+1)}}
	}
	l.borne("in", "3", app.Ref{Kind: app.KindArticle, ID: "d"})
	ix := synced(t, opened(t, t.TempDir(), l))
	for _, c := range []struct{ text, want string }{
		{"in:wars", "a c n"}, {`in:"only wars"`, "a n"}, {"-in:wars", "b d"}, {"in:held", "d"}, {"in:one", "a b c n"}, {"in:two", "a b c n"},
		{"in:folder", "a d n"}, {"in:wars peace", "c"}, {"in:(wars OR held)", "a c d n"},
	} {
		finds(t, ix, c.text, strings.Fields(c.want)...)
	}
	if r := asked(t, ix, app.SearchQuery{Text: "in:deep0"}); len(r.Hits) != 0 || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text, "too deep") {
		t.Errorf("too deep: %+v", r)
	}
}

// TestActorsByEveryName finds articles that name an actor in another script.
func TestActorsByEveryName(t *testing.T) {
	l := newLedger(article("en", "x", "The Human Rights Office said"), article("zh", "人权办公室", "报告"), article("ug", "x", "كىشىلىك ھوقۇق ئىشخانىسى دېدى"),
		article("none", "x", "Rights of the human office"), app.Document{Ref: app.Ref{Kind: app.KindStatement, ID: "s"}, Title: "y"})
	l.meant = map[string][]app.Meant{"actor:Human Rights Office": {{ID: "1", Names: []string{"Human Rights Office", "人权办公室", "كىشىلىك ھوقۇق ئىشخانىسى"}}}}
	l.borne("actor", "1", app.Ref{Kind: app.KindStatement, ID: "s"})
	ix := synced(t, opened(t, t.TempDir(), l))
	finds(t, ix, `actor:"Human Rights Office"`, "en", "zh", "ug", "s")
	finds(t, ix, `actor:"Human Rights Office" kind:statement`, "s")
	finds(t, ix, `-actor:"Human Rights Office"`, "none")
}

func TestProblemsAreToldWhenTypingIsOver(t *testing.T) {
	l := newLedger(article("a", "x", "war"))
	ix := synced(t, opened(t, t.TempDir(), l))
	for text, what := range map[string]string{"war tag:nowhere": "no tag “nowhere”", `in:"no where"`: "no collection “no where”", "actor:nobody": "no actor “nobody”", "claim:x": "no claim"} {
		r := asked(t, ix, app.SearchQuery{Text: text})
		if len(r.Hits) != 0 || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text, what) || r.Problems[0].End != len([]rune(text)) {
			t.Errorf("%s: %+v", text, r)
		}
		if r = asked(t, ix, app.SearchQuery{Text: strings.TrimSuffix(text, `"`), Typing: true}); len(r.Problems) != 0 {
			t.Errorf("%s while typing: %+v", text, r)
		}
	}
}

// TestSomeOfTheWordsStandBehindAll of them, in both indexes.
func TestSomeOfTheWordsStandBehindAll(t *testing.T) {
	l := newLedger(article("all", "long", "forced labour "+strings.Repeat("filler ", 300)), article("one", "Forced", "forced"), article("two", "Labour", "x"),
		note("nall", "x", "labour, forced"), note("none", "Forced forced", "x"), article("not", "x", "else"))
	ix := synced(t, opened(t, t.TempDir(), l))
	r := asked(t, ix, app.SearchQuery{Text: "forced labour"})
	got := idsOf(r)
	slices.Sort(got[:2])
	slices.Sort(got[2:])
	if strings.Join(got, " ") != "all nall none one two" || r.Whole != 2 || r.Total != 2 {
		t.Errorf("%q, whole %d of %d", got, r.Whole, r.Total)
	}
	for _, text := range []string{"forced AND labour", `"forced labour"`, "forced +labour -else title:x"} {
		if r := asked(t, ix, app.SearchQuery{Text: text}); r.Whole != len(r.Hits) {
			t.Errorf("%s: %+v", text, r)
		}
	}
	if r := asked(t, ix, app.SearchQuery{Text: "forced labour", Any: true}); r.Total != 5 || r.Whole != 5 {
		t.Errorf("any: %+v", r)
	}
}

// TestAnotherProcessGetsTheSameAnswers compares everything that can be asked.
func TestAnotherProcessGetsTheSameAnswers(t *testing.T) {
	c := newChance(31)
	l := c.collection(50)
	dir := t.TempDir()
	ix := synced(t, opened(t, dir, l))
	other := opened(t, dir, l)
	queries := []app.SearchQuery{{Text: "war", Sort: app.ByTitle}, {Text: "war tag:gone"}, {Text: `open "quote`}, {Text: "union wa", Typing: true, Any: true},
		{Like: l.refs()[3], Limit: 7}, {Text: "sanctions no who", Kinds: []app.Kind{app.KindArticle, app.KindClaim}}, {Text: ""}, {Text: "lang:zh"}}
	for range 40 {
		queries = append(queries, app.SearchQuery{Text: query.Query{Root: c.tree(2)}.String()})
	}
	for _, q := range queries {
		var told [2]string
		for i, from := range []*Index{ix, other} {
			r, err1 := from.Search(t.Context(), q)
			f, err2 := from.Facets(t.Context(), q)
			w, err3 := from.Broaden(t.Context(), q)
			e, err4 := from.Explain(t.Context(), q, l.refs()[0])
			_, err5 := from.Explain(t.Context(), q, app.Ref{Kind: app.KindArticle, ID: "gone"})
			all, err := json.Marshal([]any{r, f, w, e, fmt.Sprint(err1, err2, err3, err4, err5)})
			if err != nil {
				t.Fatal(err)
			}
			told[i] = strings.ReplaceAll(string(all), "[]", "null")
		}
		if told[0] != told[1] {
			t.Errorf("%+v:\n%s\n%s", q, told[0], told[1])
		}
	}
	if other.articles.owner != nil {
		t.Error("two owners")
	}
}
