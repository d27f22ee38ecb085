package search

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

func TestSearch(t *testing.T) {
	l := newLedger(
		article("a1", "Sanctions on companies", "The Union's foreign ministers said no. Who answered? The U.S. did."),
		article("a2", "To be or not to be", "A co-operation of the Uyghurs’ friends, at www.example.com/path:x."),
		article("a3", "Another", "The cooperation was sanctioned by the US; 3.14 and state-owned firms. To be, or to not be."),
		app.Document{Ref: app.Ref{Kind: app.KindNote, ID: "n1"}, Title: "Note", Body: "A sanction is a sanction."},
		app.Document{Ref: app.Ref{Kind: app.KindNote, ID: "n2"}, Title: "Notiz", Body: "sanctions auf Deutsch", Language: "de"},
	)
	ix := synced(t, opened(t, t.TempDir(), l))
	for _, c := range []struct{ text, want string }{
		{"sanction", "a1 a3 n1 n2"},
		{"sanctions", "a1 a3 n1 n2"},
		{`"sanction"`, "n1"},
		{"sanct*", "a1 a3 n1 n2"},
		{"SANCT*", "a1 a3 n1 n2"},
		{"union", "a1"},
		{"Union’s", "a1"},
		{"uyghur", "a2"},
		{"uyghurs", "a2"},
		{"US", "a1 a3"},
		{"U.S.", "a1 a3"},
		{"cooperation", "a2 a3"},
		{"co-operation", "a2 a3"},
		{"co-oper*", "a2 a3"},
		{`"state owned"`, "a3"},
		{"no", "a1"},
		{"who", "a1"},
		{`"to be or not to be"`, "a2"},
		{`"not to be"`, "a2"},
		{`"to not be"`, "a3"},
		{`"ministers no"`, ""},
		{"sanctions -companies", "a3 n1 n2"},
		{`sanction -"a sanction"`, "a1 a3 n2"},
		{"sanction NOT compan*", "a3 n1 n2"},
		{"union OR uyghurs", "a1 a2"},
		{"union AND friends", ""},
		{"example", "a2"},
		{"http://www.example.com", ""},
		{"www.example.com/path:x", "a2"},
		{"3.14", "a3"},
		{"-sanctions", "a2"},
		{"", ""},
		{"?!", ""},
		{`"`, ""},
	} {
		finds(t, ix, c.text, strings.Fields(c.want)...)
	}
}

func TestSearchScripts(t *testing.T) {
	l := newLedger(
		article("han", "联合国人权报告", "报告说，新疆的人权问题很严重。美国在US制裁了公司。"),
		article("han2", "Mixed", "权人 and 人 apart, English 人权 in the middle"),
		article("arabic", "العَرَبِيَّة", "قالَ المُتَحَدِّثُ الرَّسْمِيُّ"),
		article("uyghur", "ئۇيغۇر خەلقى", "شىنجاڭ ئۇيغۇر ئاپتونوم رايونى"),
		article("nfd", "Cafe\u0301 nai\u0308ve", "E\u0301tat"),
		article("nfc", "Café naïve", "État"),
		article("wide", "ＵＳ ｶﾞｷﾞ", "oﬃce ﬁnds"),
		article("thai", "ภาษาไทย", "สิทธิมนุษยชน"),
		article("hindi", "हिन्दी", "मानव अधिकार"),
		article("korean", "한국어", "인권 보고서"),
		article("cyrillic", "Санкции", "Ёлка"),
	)
	ix := synced(t, opened(t, t.TempDir(), l))
	for _, c := range []struct{ text, want string }{
		{"人权", "han han2"},
		{"人权问题", "han"},
		{`"人权问题"`, "han"},
		{"问题 美国", "han"},
		{"题问", ""},
		{"人权严重", ""},
		{"制", "han"},
		{"在US制裁", "han"},
		{"人", "han han2"},
		{"人权 -美国", "han2"},
		{"العربية", "arabic"},
		{"المتحدث", "arabic"},
		{"الرَّسمي", "arabic"},
		{"ئۇيغۇر", "uyghur"},
		{"شىنجاڭ", "uyghur"},
		{"CAFÉ", "nfc nfd"},
		{"naive", "nfc nfd"},
		{"e\u0301tat", "nfc nfd"},
		{"us", "wide han"},
		{"ガギ", "wide"},
		{"office", "wide"},
		{"finds", "wide"},
		{"ｏｆｆｉｃｅ", "wide"},
		{"มนุษย", "thai"},
		{"अधिकार", "hindi"},
		{"인권", "korean"},
		{"санкции елка", "cyrillic"},
	} {
		finds(t, ix, c.text, strings.Fields(c.want)...)
	}
}

func TestSearchTyping(t *testing.T) {
	l := newLedger(
		article("a", "Sanctions", "forced labour in factories"),
		article("b", "Sand", "forced labels"),
		article("c", "人权", ""),
	)
	ix := synced(t, opened(t, t.TempDir(), l))
	for _, c := range []struct{ text, want string }{
		{"san", "a b"}, {"sanc", "a"}, {"san ", ""}, {"forced la", "a b"}, {`"forced lab`, "a b"},
		{`"forced labo`, "a"}, {"人", "c"}, {"sa -lab", ""}, {"zzz", ""},
	} {
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: c.text, Typing: true})
		if err != nil {
			t.Fatal(err)
		}
		got := idsOf(r)
		slices.Sort(got)
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q finds %q, not %q", c.text, got, c.want)
		}
	}
}

func TestSearchOrderKindsLimit(t *testing.T) {
	l := newLedger(
		article("a1", "Other", "peace of a kind, with many more words than the others have here"),
		article("a2", "Peace", "Other words"),
		app.Document{Ref: app.Ref{Kind: app.KindNote, ID: "b1"}, Title: "Same", Body: "equal"},
		app.Document{Ref: app.Ref{Kind: app.KindClaim, ID: "b2"}, Title: "Same", Body: "equal"},
		app.Document{Ref: app.Ref{Kind: app.KindNote, ID: "b3"}, Title: "Same", Body: "equal"},
	)
	ix := synced(t, opened(t, t.TempDir(), l))
	ask := func(q app.SearchQuery) app.SearchResult {
		r, err := ix.Search(t.Context(), q)
		if err != nil {
			t.Fatal(err)
		}
		for i, h := range r.Hits {
			if h.Score < 0 || i > 0 && h.Score > r.Hits[i-1].Score {
				t.Errorf("scores of %q: %v", q.Text, r.Hits)
			}
		}
		return r
	}
	if got := idsOf(ask(app.SearchQuery{Text: "peace"})); !slices.Equal(got, []string{"a2", "a1"}) {
		t.Errorf("a title counts more: %q", got)
	}
	if got := idsOf(ask(app.SearchQuery{Text: "same"})); !slices.Equal(got, []string{"b3", "b2", "b1"}) {
		t.Errorf("the newest of equals comes first: %q", got)
	}
	r := ask(app.SearchQuery{Text: "same", Kinds: []app.Kind{app.KindNote, app.KindActor}})
	if got := idsOf(r); !slices.Equal(got, []string{"b3", "b1"}) || r.Hits[0].Kind != app.KindNote {
		t.Errorf("notes only: %v", r.Hits)
	}
	if r := ask(app.SearchQuery{Text: "same", Limit: 1}); len(r.Hits) != 1 || r.Total != 3 {
		t.Errorf("one of three: %+v", r)
	}
	if r := ask(app.SearchQuery{Text: `Same "equal" -x`}); len(r.Terms) < 2 || r.Terms[0].Words[0] != "same" {
		t.Errorf("terms: %v", r.Terms)
	}
}

func TestFollowsChanges(t *testing.T) {
	l := newLedger(numbered(5)...)
	ix := synced(t, opened(t, t.TempDir(), l))
	total(t, ix, "everybody", 5)
	l.put(article("a00001", "Changed", "otherwise"), article("x", "New", "everybody"))
	l.drop(app.Ref{Kind: app.KindArticle, ID: "a00002"})
	ix.Wake()
	synced(t, ix)
	finds(t, ix, "everybody", "a00000", "a00003", "a00004", "x")
	finds(t, ix, "number1")
	finds(t, ix, "number2")
	finds(t, ix, "changed", "a00001")
	if s := ix.Status(); s.Building || s.Behind != 0 || s.Err != nil {
		t.Errorf("status %+v", s)
	}
	if l.built() != 1 {
		t.Errorf("built %d times", l.built())
	}
}

func TestWakeIsEnough(t *testing.T) {
	l := newLedger()
	ix := synced(t, opened(t, t.TempDir(), l))
	l.put(numbered(3)...)
	ix.Wake()
	o := ix.articles.owner
	err := o.wait(t.Context(), func() (bool, error) { return o.serving.seq.Load() == 3, nil })
	if err != nil {
		t.Fatal(err)
	}
	total(t, ix, "everybody", 3)
}

func TestLongLogsAndLargeDocuments(t *testing.T) {
	l := newLedger()
	ix := synced(t, opened(t, t.TempDir(), l))
	l.put(numbered(2500)...)
	large := "large " + strings.Repeat(strings.Repeat("x", 5000)+" ", 600)
	for _, id := range []string{"l1", "l2", "l3", "l4"} {
		l.put(article(id, "Large", large))
	}
	synced(t, ix)
	total(t, ix, "everybody", 2500)
	finds(t, ix, "large", "l1", "l2", "l3", "l4")
}

func TestTransientErrors(t *testing.T) {
	l := newLedger(numbered(3)...)
	l.with(func() { l.fail = errLedger })
	ix := opened(t, t.TempDir(), l)
	if err := ix.Sync(t.Context()); !errors.Is(err, errLedger) {
		t.Errorf("sync: %v", err)
	}
	o := ix.articles.owner
	_ = o.wait(t.Context(), func() (bool, error) { return o.finished > 0, nil })
	if err := ix.Status().Err; !errors.Is(err, errLedger) {
		t.Errorf("status: %v", err)
	}
	if _, err := ix.Search(t.Context(), app.SearchQuery{Text: "x"}); !errors.Is(err, errLedger) {
		t.Errorf("search: %v", err)
	}
	if _, err := ix.Check(t.Context()); !errors.Is(err, errLedger) {
		t.Errorf("check: %v", err)
	}
	if err := ix.Rebuild(t.Context(), nil); err == nil {
		t.Error("rebuild without a source")
	}
	l.with(func() { l.fail = nil })
	// Nobody asks: the retry has to come by itself.
	for _, o := range []*owner{o, ix.small.owner} {
		if err := o.wait(t.Context(), func() (bool, error) { return o.serving != nil && o.status.Err == nil, nil }); err != nil {
			t.Fatal(err)
		}
	}
	total(t, ix, "everybody", 3)
}

func TestCalls(t *testing.T) {
	l := newLedger(numbered(3)...)
	ix := synced(t, opened(t, t.TempDir(), l))
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := ix.Search(ctx, app.SearchQuery{Text: "everybody"}); !errors.Is(err, context.Canceled) {
		t.Errorf("search: %v", err)
	}
	if _, err := Open(ctx, t.TempDir(), l); !errors.Is(err, context.Canceled) {
		t.Errorf("open: %v", err)
	}
	if _, err := ix.articles.call(t.Context(), call{Op: "dance"}, nil); !errors.Is(err, app.ErrInvalid) {
		t.Errorf("dance: %v", err)
	}
	closed(t, ix)
	closed(t, ix)
	if _, err := ix.Search(t.Context(), app.SearchQuery{Text: "everybody"}); !errors.Is(err, errClosed) {
		t.Errorf("search when closed: %v", err)
	}
	if err := ix.Status().Err; !errors.Is(err, errClosed) {
		t.Errorf("status when closed: %v", err)
	}
	ix.Wake()
}
