package query

import (
	"fmt"
	"strings"
	"testing"
)

// show writes a tree with everything that is in it but the places.
func show(n Node) string {
	flags := func(s string, typed bool) string {
		if typed {
			s += "…"
		}
		return s
	}
	switch n := n.(type) {
	case nil:
		return ""
	case And:
		if n.Strict {
			return "and!" + showAll(n.Nodes)
		}
		return "and" + showAll(n.Nodes)
	case Or:
		return "or" + showAll(n.Nodes)
	case Not:
		return "not(" + show(n.Node) + ")"
	case Near:
		return fmt.Sprintf("near%d%s", n.Distance, showAll(n.Nodes))
	case Within:
		return n.Field + "(" + show(n.Node) + ")"
	case Prose:
		return "prose"
	case Word:
		switch {
		case n.Prefix:
			return flags("prefix:"+n.Text, n.Typed)
		case n.Wild:
			return flags("wild:"+n.Text, n.Typed)
		case n.Fuzzy != 0:
			return flags(fmt.Sprintf("fuzzy%d:%s", n.Fuzzy, n.Text), n.Typed)
		}
		return flags(n.Text, n.Typed)
	case Phrase:
		s := "“" + n.Text + "”"
		if n.Slop > 0 {
			s += fmt.Sprint(n.Slop)
		}
		return flags(s, n.Typed)
	case Condition:
		value := n.Value
		if n.Quoted {
			value = "“" + value + "”"
		}
		return flags(n.Field+"="+value, n.Typed)
	}
	return fmt.Sprintf("?%T", n)
}

func showAll(nodes []Node) string {
	var parts []string
	for _, n := range nodes {
		parts = append(parts, show(n))
	}
	return "(" + strings.Join(parts, ", ") + ")"
}

type reading struct{ text, tree string }

// check wants each text read as the tree, and without a problem.
func check(t *testing.T, o Options, rows []reading) {
	t.Helper()
	for _, row := range rows {
		q := Parse(row.text, o)
		if got := show(q.Root); got != row.tree {
			t.Errorf("%s\n is read as %s\n not as    %s", row.text, got, row.tree)
		}
		for _, p := range q.Problems {
			t.Errorf("%s has a problem: %+v", row.text, p)
		}
	}
}

func TestWordsAndPhrases(t *testing.T) {
	check(t, Options{}, []reading{
		{"", ""},
		{"  \t\n", ""},
		{"sanctions", "sanctions"},
		{"forced labour", "and(forced, labour)"},
		{`"forced  labour "`, "“forced labour”"},
		{`“forced labour”`, "“forced labour”"},
		{`„forced labour“`, "“forced labour”"},
		{`«forced labour»`, "“forced labour”"},
		{`＂forced labour＂`, "“forced labour”"},
		{`a"b c"d`, "and(a, “b c”, d)"},
		{`"a b"~10 c`, "and(“a b”10, c)"},
		{`"a b"~1c`, "and(“a b”, ~1c)"},
		{`"a b"~ c`, "and(“a b”, c)"},
		{`""`, ""},
		{`"…" a`, "a"},
		{"labo*", "prefix:labo"},
		{"labo*, work", "and(prefix:labo, work)"},
		{"C++*", "prefix:C++"},
		{"w*ld", "wild:w*ld"},
		{"*ology", "wild:*ology"},
		{"wi?dcard", "wild:wi?dcard"},
		{"wi?dcard?", "wild:wi?dcard"},
		{"l*b*", "wild:l*b*"},
		{"why?", "why?"},
		{"¿qué?", "¿qué?"},
		{"?huh", "?huh"},
		{"labour~", "fuzzy-1:labour"},
		{"labour~1", "fuzzy1:labour"},
		{"labour~2, x", "and(fuzzy2:labour, x)"},
		{"labour~0", "labour"},
		{"a~b ~a", "and(a~b, ~a)"},
		{`\-word \OR \title:x \w*ld \a~`, "and(-word, OR, title:x, w*ld, a~)"},
	})
}

func TestOperators(t *testing.T) {
	check(t, Options{}, []reading{
		{"a AND b", "and!(a, b)"},
		{"a OR b", "or(a, b)"},
		{"a b OR c d", "or(and(a, b), and(c, d))"},
		{"a AND b OR c AND d", "or(and!(a, b), and!(c, d))"},
		{"a (b OR c) d", "and(a, or(b, c), d)"},
		{"a AND(b OR c)", "and!(a, or(b, c))"},
		{"(a b) (c d)", "and(a, b, c, d)"},
		{"(a OR b) OR (c OR (d))", "or(a, b, c, d)"},
		{`"a"OR"b"`, "or(“a”, “b”)"},
		{"-a", "not(a)"},
		{"−a", "not(a)"},
		{"NOT a", "not(a)"},
		{"a -b", "and(a, not(b))"},
		{"a NOT b", "and(a, not(b))"},
		{"a AND NOT b", "and!(a, not(b))"},
		{"a OR NOT b", "or(a, not(b))"},
		{"-(a b)", "not(and(a, b))"},
		{`-"a b"`, "not(“a b”)"},
		{"-title:x", "not(title(x))"},
		{"-tag:x", "not(tag=x)"},
		{"NOT (a OR b)", "not(or(a, b))"},
		{"NOT(a)", "not(a)"},
		{"(a)-b", "and(a, not(b))"},
		{"-(-a)", "a"},
		{"NOT NOT a", "a"},
		{"NOT -a", "a"},
		{"-(-(-a))", "not(a)"},
		{"a and b or not c", "and(a, and, b, or, not, c)"},
		{"Or Not AND2", "and(Or, Not, AND2)"},
		{"()", ""},
		{"a () (()) b", "and(a, b)"},
		{"() OR b", "b"},
		{"a OR -", "a"},
		{"-()", ""},
	})
}

func TestNear(t *testing.T) {
	check(t, Options{}, []reading{
		{"NEAR(a b)", "near10(a, b)"},
		{"NEAR(a b, 3)", "near3(a, b)"},
		{"NEAR(a b,3)", "near3(a, b)"},
		{"NEAR(a b , 3 )", "near3(a, b)"},
		{"NEAR/5(a b)", "near5(a, b)"},
		{`NEAR(a* "b c" d, 7)`, "near7(prefix:a, “b c”, d)"},
		{"NEAR((a b) c)", "near10(a, b, c)"},
		{"NEAR((a b), 4)", "near4(a, b)"},
		{"NEAR(a AND b)", "near10(a, b)"},
		{"NEAR(a, b, 12)", "near12(a,, b)"},
		{"NEAR(a 1,000)", "near10(a, 1,000)"},
		{"NEAR(a 10)", "near10(a, 10)"},
		{"x NEAR(a b) y", "and(x, near10(a, b), y)"},
		{"-NEAR(a b)", "not(near10(a, b))"},
		{"title:NEAR(a b, 2)", "title(near2(a, b))"},
		{"title:(NEAR(a b) c)", "title(and(near10(a, b), c))"},
		{"a NEAR/5 b", "near5(a, b)"},
		{`a NEAR/5 "b c" d`, "and(near5(a, “b c”), d)"},
		{"a NEAR/5 b NEAR/5 c", "near5(a, b, c)"},
		{"a NEAR/5 b OR c", "or(near5(a, b), c)"},
		{"far NEAR near", "and(far, NEAR, near)"},
	})
}

func TestFields(t *testing.T) {
	check(t, Options{}, []reading{
		{"title:x", "title(x)"},
		{"TITLE:x", "title(x)"},
		{"title：x", "title(x)"},
		{`title:"a b"~3`, "title(“a b”3)"},
		{"title:lab*", "title(prefix:lab)"},
		{"title:lab~ x", "and(title(fuzzy-1:lab), x)"},
		{"title:(a OR b)", "title(or(a, b))"},
		{"title:(a -b)", "title(and(a, not(b)))"},
		{"title:(a note:b)", "title(and(a, note(b)))"},
		{"title:()", ""},
		{"text:x note:y author:z publisher:w", "and(text(x), note(y), author(z), publisher(w))"},
		{"tag:x", "tag=x"},
		{`tag:"a b"c`, "and(tag=“a b”, c)"},
		{`actor:"Dwayne ""The Rock"" Johnson"`, `actor=“Dwayne "The Rock" Johnson”`},
		{"tag:(a OR b)", "or(tag=a, tag=b)"},
		{`tag:(a "b c" -d)`, "and(tag=a, tag=“b c”, not(tag=d))"},
		{"tag:((a OR b) c)", "and(or(tag=a, tag=b), tag=c)"},
		{"tag:(a lang:en)", "and(tag=a, lang=en)"},
		{"tag:foo*", "tag=foo*"},
		{"tag:topic:x", "tag=topic:x"},
		{"colour:Yellow", "color=yellow"},
		{"language:ar collection:c", "and(lang=ar, in=c)"},
		{"is:unread has:(note OR tag)", "and(is=unread, or(has=note, has=tag))"},
		{`stance:"denies"`, "stance=“denies”"},
		{"kind:anything", "kind=anything"},
		{"after:2019 before:2019-10", "and(after=2019, before=2019-10)"},
		{"after:2020-02-29", "after=2020-02-29"},
		{"（title：x　OR　y）", "or(title(x), y)"},
	})
}

func TestReadAsText(t *testing.T) {
	for _, text := range []string{
		"https://example.org/a?b=1", "https://example.org/*/a*b", "https://en.wikipedia.org/wiki/Foo_(bar)",
		"https://example.org/~user", "https://example.org/~", "www.example.org/a?b",
		"10.1000/xyz123", "doi:10.1000/xyz", "10.1016/S0140-6736(05)67394-1", "12:30", "a:b:c",
		"C++", "U.S.", "COVID-19", "co-operation", "me@example.org", "AT&T", "--verbose", "C:\\temp", "$5",
		"and/or", "what?!", `צה"ל`, "日本語", "🙂", "Re:x", "http:x", "C:x", "OR,", "1,000", "–word",
	} {
		check(t, Options{}, []reading{{text, text}, {"x " + text + " y", "and(x, " + text + ", y)"}})
	}
	for _, text := range []string{"-", "–", "*", "~", "?", "-*", "--", "…", "+", "|", "\\", "\xff", `"*"`, "***"} {
		check(t, Options{}, []reading{{text, ""}, {"x " + text + " y", "and(x, y)"}})
	}
	check(t, Options{}, []reading{{`"דובר צה"ל" x`, `and(“דובר צה"ל”, x)`}, {"10.1000/*", "prefix:10.1000/"}})
}

func TestProblems(t *testing.T) {
	deep := strings.Repeat("(", 40) + "a" + strings.Repeat(")", 40)
	for _, row := range []struct{ text, tree, marked, says string }{
		{`a "b c`, "and(a, “b c”)", `"`, "not closed"},
		{"a (b OR c", "and(a, or(b, c))", "(", "not closed"},
		{"a) b", "and(a, b)", ")", "closes nothing"},
		{"a OR", "and(a, OR)", "OR", "between two things"},
		{"OR a", "and(OR, a)", "OR", "between two things"},
		{"AND a", "and(AND, a)", "AND", "between two things"},
		{"a AND", "and(a, AND)", "AND", "between two things"},
		{"a NOT", "and(a, NOT)", "NOT", "before what it excludes"},
		{"(a OR) b", "and(a, OR, b)", "OR", "between two things"},
		{"a AND OR b", "and!(a, OR, b)", "OR", "between two things"},
		{"a OR OR b", "or(a, and(OR, b))", "OR", "between two things"},
		{"a NOT AND b", "and!(a, NOT, b)", "NOT", "before what it excludes"},
		{"a NEAR/5", "and(a, NEAR/5)", "NEAR/5", "between two things"},
		{"NEAR/5 a", "and(NEAR/5, a)", "NEAR/5", "between two things"},
		{"a NEAR/5 b*c", "and!(a, wild:b*c)", "NEAR/5", "need not be near"},
		{"a NEAR/5 b NEAR/7 c", "and!(near5(a, b), c)", "NEAR/7", "need not be near"},
		{"NEAR(a OR b, 5) c", "and(or(a, b), c)", "NEAR", "need not be near"},
		{"NEAR(a b~ c, 5)", "and(a, fuzzy-1:b, c)", "NEAR", "need not be near"},
		{"NEAR(a)", "a", "NEAR", "two words"},
		{"NEAR (a b)", "and(NEAR, a, b)", "NEAR", "belong together"},
		{"NEAR(a b, 5", "near5(a, b)", "(", "not closed"},
		{"NEAR/99999(a b)", "near1000(a, b)", "99999", "too far"},
		{`"a b"~99999`, "“a b”1000", "99999", "too far"},
		{`"a b"* c`, "and(“a b”, c)", "*", "no beginning"},
		{`"a bc* d"`, "“a bc* d”", "*", "only a star"},
		{"title: x", "and(title:, x)", "title:", "No space"},
		{"x title:", "and(x, title:)", "title:", "Nothing stands"},
		{"title:- x", "x", "-", "no word"},
		{"title:-x", "title(-x)", "-", "minus belongs"},
		{"tag:-x", "tag=-x", "-", "minus belongs"},
		{`a tag:""`, "and(a, “tag:”)", `tag:""`[4:], "nothing between"},
		{"a~3", "fuzzy2:a", "a~3", "At most 2"},
		{"a*b~", "wild:a*b", "a*b~", "cannot be fuzzy"},
		{"is:raed x", "and(is:raed, x)", "raed", "is: called “raed”; there is “read”."},
		{`stance:"strongly for"`, "“stance:strongly for”", `"strongly for"`, "there is asserts, supports,"},
		{"-color:red", "not(color:red)", "red", "there is yellow, green,"},
		{"has:(note OR notes)", "or(has=note, has:notes)", "notes", "there is “note”"},
		{"stance:assert", "stance:assert", "assert", "there is “asserts”"},
		{"after:soon", "after:soon", "soon", "2019-10-08"},
		{"before:2019-13", "before:2019-13", "2019-13", "2019-10-08"},
		{"before:2019-02-29", "before:2019-02-29", "2019-02-29", "2019-10-08"},
		{deep, "", strings.Repeat("(", 8) + "a" + strings.Repeat(")", 40), "too many parentheses"},
	} {
		for _, before := range []string{"", "🙂🙂 ", "日本語 ", "عربي ", "é \xff "} {
			if before != "" && isOperator(strings.Fields(row.text)[0]) {
				continue // it would have a left side
			}
			q := Parse(before+row.text, Options{})
			if got := show(q.Root); before == "" && got != row.tree {
				t.Errorf("%s\n is read as %s\n not as    %s", row.text, got, row.tree)
			}
			if len(q.Problems) != 1 {
				t.Errorf("%s has the problems %v", before+row.text, q.Problems)
				continue
			}
			p := q.Problems[0]
			if got := string([]rune(before + row.text)[p.Start:p.End]); before == "" && got != row.marked {
				t.Errorf("%s is marked at %q, not at %q", row.text, got, row.marked)
			}
			first := Parse(row.text, Options{}).Problems[0]
			if shift := len([]rune(before)); p.Start != first.Start+shift || p.End != first.End+shift {
				t.Errorf("%s is marked at %d–%d, not %d further than %d–%d", before+row.text, p.Start, p.End, shift, first.Start, first.End)
			}
			if !strings.Contains(p.Text, row.says) || !strings.HasSuffix(p.Text, ".") {
				t.Errorf("%s: %q does not say %q", row.text, p.Text, row.says)
			}
		}
	}
}

func TestLimits(t *testing.T) {
	many := Parse(strings.Repeat("a OR ", 64)+"b c -(d", Options{})
	if or := many.Root.(Or); len(or.Nodes) != 64 || len(many.Problems) != 1 || many.Problems[0].Start != 320 || many.Problems[0].End != 327 {
		t.Errorf("the 65th word: %d words, %+v", len(or.Nodes), many.Problems)
	}
	if q := Parse(strings.Repeat("a OR ", 64)+"a", Options{}); len(q.Problems) != 1 {
		t.Errorf("a 65th word at the end: %+v", q.Problems)
	}
	long := Parse(`title:("`+strings.Repeat("日本 ", 2000), Options{Typing: true})
	if in := long.Root.(Within).Node.(Phrase); len(long.Problems) != 1 || long.Problems[0].End != 6008 || !strings.HasSuffix(in.Text, "日本") || in.Typed {
		t.Errorf("a long text: %+v", long.Problems)
	}
	if q := Parse(strings.Repeat("é", 5000), Options{}); len(q.Root.(Word).Text) != 8192 || q.Problems[0].Start != 4096 {
		t.Errorf("a long word: %+v", q.Problems)
	}
}

func TestTyping(t *testing.T) {
	check(t, Options{Typing: true}, []reading{
		{"a lab", "and(a, lab…)"},
		{"a lab ", "and(a, lab)"},
		{"(a lab)", "and(a, lab)"},
		{"(a lab", "and(a, lab…)"},
		{`a"`, "a"},
		{`"a lab`, "“a lab”…"},
		{`"a lab `, "“a lab”"},
		{`"a lab"`, "“a lab”"},
		{"lab*", "prefix:lab"},
		{"lab~", "fuzzy-1:lab"},
		{"wi?d", "wild:wi?d…"},
		{"title:la", "title(la…)"},
		{"-la", "not(la…)"},
		{"tag:la", "tag=la…"},
		{"tag:la ", "tag=la"},
		{`tag:"la b `, "tag=“la b ”…"},
		{"NEAR(a", "a…"},
		{"NEAR/5(a b", "near5(a, b…)"},
		{"a OR", "a"},
		{"a OR ", "a"},
		{"a AND ", "a"},
		{"a NOT", "a"},
		{"a AND NOT", "a"},
		{"a NEAR/5", "a"},
		{"OR", "OR…"},
		{"a title:", "a"},
		{"a title: ", "a"},
		{"a is:un", "a"},
		{"a is:", "a"},
		{`a stance:"de`, "a"},
		{"a after:20", "a"},
		{"a after:2019-1", "a"},
		{"a after:2019-10", "and(a, after=2019-10…)"},
		{"a -", "a"},
		{"a -(", "a"},
	})
	for _, text := range []string{"is:x", "is:un ", "after:x", "after:2019-13", "a title: x", "a) b", "OR b", "(a OR ) b"} {
		if q := Parse(text, Options{Typing: true}); len(q.Problems) != 1 {
			t.Errorf("%s is wrong, finished or not, but has the problems %v", text, q.Problems)
		}
	}
}

const complex = `(sanctions OR "forced labour"~5) AND NOT title:(draft OR "working paper") -tag:"to do" ` +
	`NEAR(supply chain* "raw cotton", 12) firm NEAR/5 report stance:(denies OR disputes) is:unread has:"note" ` +
	`after:2019-10-08 before:2021-02 color:violet wi?d l*r fuzz~2 https://example.org/a_(b)?c=1 (a OR (b -c)) ` +
	`actor:"Dwayne ""The Rock"" Johnson" NOT (kind:annotation lang:ar) title:NEAR/3(x y) −z `

func TestNothingIsWrongWhileTyping(t *testing.T) {
	check(t, Options{}, []reading{{complex, show(Parse(complex, Options{}).Root)}})
	runes := []rune(complex)
	for i := range runes {
		if q := Parse(string(runes[:i]), Options{Typing: true}); len(q.Problems) > 0 {
			t.Errorf("%s|\n has the problems %v", string(runes[:i]), q.Problems)
		}
	}
}
