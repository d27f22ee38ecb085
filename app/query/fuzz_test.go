package query

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
)

// TestStringIsReadAgain prints random trees and reads them again.
func TestStringIsReadAgain(t *testing.T) {
	rounds := uint64(20000)
	if testing.Short() {
		rounds = 2000
	}
	for seed := range rounds {
		g := grower{rand.New(rand.NewPCG(seed, 7))}
		root := g.node(3)
		text := Query{Root: root}.String()
		q := Parse(text, Options{})
		if got, want := show(q.Root), show(root); got != want || len(q.Problems) > 0 {
			t.Fatalf("seed %d: %s\n is read as %s\n not as    %s\n %v", seed, text, got, want, q.Problems)
		}
		if again := q.String(); again != text {
			t.Fatalf("seed %d: %s\n is then    %s", seed, text, again)
		}
	}
}

// grower makes trees as Parse makes them.
type grower struct{ *rand.Rand }

func (g grower) pick(from ...string) string { return from[g.IntN(len(from))] }

func (g grower) node(depth int) Node {
	if depth == 0 {
		return g.leaf()
	}
	switch g.IntN(7) {
	case 0, 1:
		and := And{Strict: g.IntN(2) == 0}
		for len(and.Nodes) < 2+g.IntN(2) {
			if n := g.node(depth - 1); !is[And](n) {
				and.Nodes = append(and.Nodes, n)
			}
		}
		return and
	case 2:
		var or Or
		for len(or.Nodes) < 2+g.IntN(2) {
			if n := g.node(depth - 1); !is[Or](n) {
				or.Nodes = append(or.Nodes, n)
			}
		}
		return or
	case 3:
		if n := g.node(depth - 1); !is[Not](n) {
			return Not{Node: n}
		}
	case 4:
		return Within{Field: g.pick("title", "text", "note", "author", "publisher"), Node: g.node(depth - 1)}
	case 5:
		near := Near{Distance: g.IntN(20)}
		for len(near.Nodes) < 2+g.IntN(2) {
			if n := g.leaf(); nearable([]Node{n}) {
				near.Nodes = append(near.Nodes, n)
			}
		}
		return near
	}
	return g.leaf()
}

func is[T Node](n Node) bool {
	_, ok := n.(T)
	return ok
}

func (g grower) leaf() Node {
	word := g.pick("a", "labour", "C++", "日本語", "قانون", "co-operation", "12:30", "🙂", "U.S", "NOTE")
	switch g.IntN(7) {
	case 0:
		return Word{Text: word, Prefix: true}
	case 1:
		return Word{Text: g.pick("w*ld", "wi?d", "*ology", "l*b*"), Wild: true}
	case 2:
		return Word{Text: word, Fuzzy: []int{-1, 1, 2}[g.IntN(3)]}
	case 3:
		return Phrase{Text: word + g.pick("", " b", ` צה"ל`, " OR (c)", " title:x"), Slop: g.IntN(3)}
	case 4:
		field := g.pick("lang", "tag", "kind", "actor", "claim", "in")
		return Condition{Field: field, Value: g.pick("x", "a b", `a "b"`, "(", "-x ", `”`), Quoted: true}
	case 5:
		return []Node{
			Condition{Field: "tag", Value: word}, Condition{Field: "is", Value: "unread"},
			Condition{Field: "after", Value: "2019-10"}, Condition{Field: "stance", Value: "denies", Quoted: true},
		}[g.IntN(4)]
	}
	return Word{Text: g.pick(word, "-x", "--x", "OR", "AND", "NOT", "NEAR", "NEAR/5", "title:x", "title:", "tag:y", "w*ld", "x*",
		"a~", "a~1", "a,5", ",5", `\x`, `\\x`, "https://x.org/a_(b)?c=1", `צה"ל`, "why?", "is:foo")}
}

var seeds = []string{
	"", "a b", complex, `"a b"~10`, "NEAR(a b, 10)", "a NEAR/5 b", "title:(a OR b) -tag:(c d)", "((((a)", "a) OR b", "a AND OR NOT b",
	"NOT", `tag:"a""b" x`, `actor:"Comm`, "is:unraed", "after:20", "https://x.org/a_(b)?c=1", `צה"ל "א"ב`, "（title：x　OR　−y）",
	"\xff\xfe \x00", `\-a \\ \"`, "NEAR(a 1,000", "NEAR((a), 5 b", "f~ f~9 w?*~", "*a* ?b? c*d*e", "title: x title:", "a\u200f-b ：x",
	"NEAR(NEAR(a b, 3) c, 4)", "tag:(title:x NEAR(a b))", "-NOT -(-a) NOT NOT -b", "x NEAR/3 NEAR/4 y NEAR/3(z w) NEAR/3 v",
	"stance:(denies OR x)", "www.a(b", "ı İ K ſ is:ſ",
	"*\xff0!0*", "NEAR(a (b, 0", "NEAR((b,0", "*\xffw?*", "x://x.or(?*?)?", "after:2*", ".after:* .title:x~",
}

// FuzzParse asks of any text that it is read without losing a word, that places
// are where they may be, and that the query's one form, Toggle and completion
// agree with it.
func FuzzParse(f *testing.F) {
	for i, s := range seeds {
		f.Add(s, i)
	}
	f.Fuzz(func(t *testing.T, text string, cursor int) {
		size := len([]rune(text))
		for _, typing := range []bool{false, true} {
			q := Parse(text, Options{Typing: typing})
			checkPlaces(t, q, size)
			if len(text) > 2000 {
				continue
			}
			again := Parse(q.String(), Options{Typing: typing && isTyped(q)})
			if got, want := show(again.Root), show(q.Root); got != want {
				t.Fatalf("%q is read as %s\n and its form %q as %s", text, want, q, got)
			}
		}
		if len(text) <= 2000 {
			checkNothingLost(t, text)
			checkToggle(t, text)
		}
		c := At(text, cursor)
		if c.Start < 0 || c.Start > c.End || c.End > size {
			t.Fatalf("%q at %d: %+v", text, cursor, c)
		}
		if _, at := c.Insert(text, "a b"); at < 0 {
			t.Fatal(at)
		}
		if bare := Literal(text); len(bare) < maxBytes && len(strings.Fields(bare)) < maxLeaves && bare != "" {
			if q := Parse(bare, Options{}); len(q.Problems) > 0 || !isBare(q) {
				t.Fatalf("%q is literally %q, which is %s %v", text, bare, show(q.Root), q.Problems)
			}
		}
	})
}

func isBare(q Query) bool {
	_, ok := q.Bare()
	return ok
}

func isTyped(q Query) bool {
	typed := false
	q.Walk(func(n Node, _ Place) {
		switch n := n.(type) {
		case Word:
			typed = typed || n.Typed
		case Phrase:
			typed = typed || n.Typed
		case Condition:
			typed = typed || n.Typed
		}
	})
	return typed
}

func checkPlaces(t *testing.T, q Query, size int) {
	t.Helper()
	last := 0
	for _, p := range q.Problems {
		if p.Start < last || p.End <= p.Start || p.End > size || p.Text == "" {
			t.Fatalf("the problems %+v of %d code points", q.Problems, size)
		}
		last = p.Start
	}
	leaves := 0
	q.Walk(func(n Node, _ Place) {
		at := n.Span()
		if at.Start < 0 || at.End <= at.Start || at.End > size {
			t.Fatalf("%s stands at %v of %d", show(n), at, size)
		}
		from := at.Start
		for _, child := range children(n) {
			if in := child.Span(); in.Start < from || in.End > at.End {
				t.Fatalf("%s stands at %v, not in %d–%d of %s", show(child), in, from, at.End, show(n))
			}
			from = child.Span().End
		}
		if len(children(n)) == 0 {
			leaves++
		}
	})
	if leaves > maxLeaves {
		t.Fatalf("%d leaves", leaves)
	}
}

// checkNothingLost looks for every run of letters and digits in the leaves.
func checkNothingLost(t *testing.T, text string) {
	t.Helper()
	q := Parse(text, Options{})
	for _, p := range q.Problems {
		if strings.Contains(p.Text, "left out") {
			return
		}
	}
	var leaves []string
	q.Walk(func(n Node, _ Place) {
		switch n := n.(type) {
		case Word:
			leaves = append(leaves, n.Text)
		case Phrase:
			leaves = append(leaves, n.Text)
		case Condition:
			leaves = append(leaves, n.Value)
		}
	})
	found := lowerASCII(strings.Join(leaves, "\n"))
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		start := i
		for i < len(runes) && (unicode.IsLetter(runes[i]) || unicode.IsDigit(runes[i])) {
			i++
		}
		word := string(runes[start:i])
		if word == "" || strings.Contains(found, lowerASCII(word)) || isOperator(word) || word == "NEAR" {
			continue
		}
		if i < len(runes) && isColon(runes[i]) && fieldNamed(word) != nil {
			continue
		}
		before := strings.TrimRightFunc(string(runes[:start]), unicode.IsSpace)
		if strings.Trim(word, "0123456789") == "" && before != "" && strings.ContainsRune("~/,，", []rune(before)[len([]rune(before))-1]) {
			continue
		}
		t.Fatalf("%q is in no leaf of %q: %s", word, text, show(q.Root))
	}
}

func checkToggle(t *testing.T, text string) {
	t.Helper()
	const field, value = "tag", "a b"
	had := Parse(text, Options{})
	on := Toggle(text, field, value, true)
	if !Has(on, field, value) {
		t.Fatalf("%q has not the condition %q", text, on)
	}
	off := Toggle(on, field, value, false)
	if Has(off, field, value) {
		t.Fatalf("%q keeps the condition: %q", on, off)
	}
	if Has(text, field, value) || strings.Contains(fmt.Sprint(had.Problems), "left out") || len(Parse(on, Options{}).Problems) > len(had.Problems) {
		return
	}
	if got, want := Parse(off, Options{}).Root, had.Root; !loose(got, want) {
		t.Fatalf("%q became %q and then %q:\n %s\n not %s", text, on, off, show(got), show(want))
	}
}
