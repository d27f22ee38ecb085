package search

import (
	"fmt"
	"testing"

	"rejoinder/app"
)

func TestScratch(t *testing.T) {
	l := newLedger(
		article("tobe", "Hamlet", "to be or not to be that is"),
		article("coop1", "x", "the co-operation agreement"),
		article("coop2", "x", "the cooperation agreement nonproliferation"),
		article("coopt", "Interoperability", "nothing"),
		article("co", "x", "co founder"),
		article("fll", "x", "forced labour labour"),
		article("nnn", "x", "no no no"),
		article("cjk1", "x", "人权 很"),
		article("cjk2", "x", "人权问题"),
		article("both", "x", "cooperation nonproliferation"),
	)
	d := article("br", "x", "brazil")
	d.Language = "pt-BR"
	d.Date = "2019"
	l.put(d)
	l.meant = map[string][]app.Meant{"in:loop": {{ID: "c1", Names: []string{"loop"}, Query: "in:loop"}}}
	ix := synced(t, opened(t, t.TempDir(), l))
	for _, q := range []string{
		`"to be or not to be"~1`, `"no no no"~2`, `NEAR("forced labour" labour, 0)`, `NEAR(no no, 3)`,
		`"the cooperation agreement"`, `"the co-operation agreement"`, `co-ope*`, `co-operatoin~`, `人权问题~`, `co-op?ration`, `inter operability`,
		`"co-operation non-proliferation"`, `lang:pt-BR`, `lang:pt`, `after:2019-01-01`, `before:2019-01-01`, `in:loop`, `cooperatoin~`, `brazli~1`,
	} {
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: q})
		fmt.Println(q, "->", idsOf(r)[:r.Whole], err, r.Problems)
	}
	for _, c := range [][2]string{{"a co-operation now, cooperation now", `"cooperation now"`}, {"ﬁne soft\u00adhyphen U.S. and US", "finE softhyphen U.S."}} {
		r, _ := ix.Search(t.Context(), app.SearchQuery{Text: c[1]})
		for _, m := range ix.Marks(c[0], "en", r.Terms) {
			fmt.Printf("%q in %q: %q\n", c[1], c[0], string([]rune(c[0])[m.Start:m.End]))
		}
	}
}
