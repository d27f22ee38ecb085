package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// show writes a tree: groups with spaces, clauses of a group with |, ~ for
// what is matched exactly, * for a beginning and ? for one that is typed.
func show(q request) string {
	clauses := func(group []clause) string {
		var parts []string
		for _, c := range group {
			s := strings.Join(c.slots, "_")
			if len(c.others) > 0 {
				s += "/" + strings.Join(c.others, "/")
			}
			if c.quoted {
				s = "~" + s
			}
			if c.capped {
				s += "?"
			} else if c.prefix {
				s += "*"
			}
			parts = append(parts, s)
		}
		return strings.Join(parts, "|")
	}
	var out []string
	for _, g := range q.all {
		out = append(out, clauses(g))
	}
	for _, c := range q.none {
		out = append(out, "-"+clauses([]clause{c}))
	}
	return strings.Join(out, " ")
}

func TestParse(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"war terror", "war terror"},
		{`"to be or not to be"`, "~to_be_or_not_to_be"},
		{`war -terror -"no peace"`, "war -terror -~no_peace"},
		{"war OR peace AND NOT terror", "war|peace -terror"},
		{"a OR b OR c d", "a|b|c d"},
		{"OR war OR", "war"},
		{"NOT", ""},
		{"or and not", "or and not"},
		{"sanct* -terr*", "sanct* -terr*"},
		{"WA*", "wa*"},
		{"*", ""},
		{"co-operation", "co_operation/cooperation"},
		{"l'homme", "lhomme/homme"},
		{"co-oper*", "co_oper/cooper*"},
		{"http://www.example.com/a:b", "http_www_example_com_a_b"},
		{"a:b:c", "a_b_c"},
		{`"an open quote`, "~an_open_quote"},
		{`“forced labour” „x“`, "~forced_labour ~x"},
		{`say"hello"-there`, "say ~hello there"},
		{"U.S. union's", "us union"},
		{"war - peace −terror", "war peace -terror"},
		{"(war OR peace)", "war|peace"},
		{"人权", "人权"},
		{"人权问题 制 在US制裁了*", "人权_权问_问题 制 在_us_制裁_裁了"},
		{"- \" \"\" -\"\" ()", ""},
		{"-only", "-only"},
	} {
		if got := show(parse(c.text, false)); got != c.want {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
	}
}

func TestParseTyping(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"war sanct", "war sanct?"},
		{"war sanct ", "war sanct"},
		{"war sanct*", "war sanct*"},
		{`"forced lab`, "~forced_lab?"},
		{`"forced lab `, "~forced_lab"},
		{`"forced lab"`, "~forced_lab"},
		{"war -pea", "war -pea"},
		{"voilà", "voila?"},
		{"人", "人"},
	} {
		if got := show(parse(c.text, true)); got != c.want {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
	}
}

func TestTerms(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{`Sanctions "Forced Labour" -peace comp*`, "sanctions,sanction,forced labour,comp"},
		{"U.S. US Union’s co-operation", "u.s,us,union,co-operation,cooperation"},
		{"人权问题 ＵＳ (ﬁne)", "人权问题,us,fine"},
		{"-x", ""},
	} {
		if got := strings.Join(parse(c.text, false).terms(), ","); got != c.want {
			t.Errorf("%q: %q, not %q", c.text, got, c.want)
		}
	}
}

func TestLongQueriesEnd(t *testing.T) {
	q := parse(strings.Repeat("人权 word ", 5000), true)
	if len(q.all) > maxClauses {
		t.Errorf("%d clauses", len(q.all))
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{`a "b c" -d OR e* `, "\"", "-", "NOT OR AND", "人权*", "\xff\"", "-\"a", "l'h-o.m_e", "“", "a\u00a0", "*"} {
		f.Add(s, true)
	}
	expand := func(prefix string, limit int) ([]string, error) { return []string{prefix, prefix + "x"}, nil }
	f.Fuzz(func(t *testing.T, text string, typing bool) {
		q := parse(text, typing)
		for _, c := range append(slices.Concat(q.all...), q.none...) {
			if len(c.slots) == 0 || slices.Contains(c.slots, "") {
				t.Fatalf("%q: empty clause %+v", text, c)
			}
		}
		for _, s := range q.terms() {
			if app.FoldText(s) != s {
				t.Fatalf("%q: %q is not folded", text, s)
			}
		}
		m, err := q.compile([]app.Kind{app.KindNote}, expand)
		if err != nil || (m == nil) != (len(q.all) == 0) {
			t.Fatalf("%q: %v %v", text, m, err)
		}
	})
}

func TestRefs(t *testing.T) {
	r := app.Ref{Kind: app.KindClaim, ID: "a/b"}
	if got := refOf(keyOf(r)); got != r {
		t.Error(got)
	}
	if got := fmt.Sprint(refOf("x")); got != fmt.Sprint(app.Ref{ID: "x"}) {
		t.Error(got)
	}
}
