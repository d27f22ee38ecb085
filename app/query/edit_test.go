package query

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestToggleOn(t *testing.T) {
	for _, row := range []struct{ text, field, value, want string }{
		{"", "tag", "x", "tag:x"},
		{"  ", "tag", "x", "tag:x"},
		{"a  b", "tag", "x", "a  b tag:x"},
		{"a ", "tag", "supply chain", `a tag:"supply chain"`},
		{"a", "colour", "yellow", "a color:yellow"},
		{"a", "actor", `Dwayne "The Rock" Johnson`, `a actor:"Dwayne ""The Rock"" Johnson"`},
		{"a OR b", "tag", "x", "(a OR b) tag:x"},
		{"(a OR  b) c", "tag", "x", "(a OR  b) c tag:x"},
		{`a "b c`, "tag", "x", `a "b c" tag:x`},
		{"a (b OR (c", "tag", "x", "a (b OR (c)) tag:x"},
		{"a OR b (c", "tag", "x", "(a OR b (c)) tag:x"},
		{"a OR", "tag", "x", "(a OR) tag:x"},
		{"a NOT", "tag", "x", "(a NOT) tag:x"},
		{"a -", "tag", "x", "a - tag:x"},
		{"a) OR b", "tag", "x", "(a OR b) tag:x"},
		{"a AND b", "tag", "x", "a AND b tag:x"},
		{"-tag:x", "tag", "x", "-tag:x tag:x"},
		{"a tag:X b", "tag", "x", "a tag:X b"},
		{"a", "is", "nonsense", "a"},
		{"a", "nofield", "x", "a"},
		{"a", "tag", " ", "a"},
		{strings.Repeat("a ", 64), "tag", "x", "tag:x " + strings.TrimSpace(strings.Repeat("a ", 64))},
	} {
		if got := Toggle(row.text, row.field, row.value, true); got != row.want {
			t.Errorf("%s with %s:%s is %s, not %s", row.text, row.field, row.value, got, row.want)
		}
	}
}

func TestToggleOff(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"tag:x", ""},
		{"a  tag:x  b", "a  b"},
		{"tag:x a", "a"},
		{"a tag:x ", "a"},
		{`a tag:"x" b TAG:X`, "a b"},
		{"(a OR  b) tag:x", "(a OR  b)"},
		{"a AND tag:x AND b", "a AND b"},
		{"tag:x AND b", "b"},
		{"a AND tag:x", "a"},
		{"a AND (tag:x)", "a"},
		{"a(tag:x)b", "a b"},
		{"(tag:x a) b", "(a) b"},
		{"a tag:(x y)", "a tag:(y)"},
		{"a tag:(x)", "a"},
		{"a “b” tag：x", "a “b”"},
		{"a OR tag:x", "a OR tag:x"},
		{"a -tag:x", "a -tag:x"},
		{"title:(tag:x a)", "title:(tag:x a)"},
		{"a NEAR/5 tag:x AND b", "a AND b"},
		{"🙂 \xff tag:x é", "🙂 \xff é"},
	} {
		if got := Toggle(row.text, "tag", "x", false); got != row.want {
			t.Errorf("%s without tag:x is %q, not %q", row.text, got, row.want)
		}
	}
}

func TestToggleThereAndBack(t *testing.T) {
	for _, text := range []string{"", "a b", "a OR b", "-a", `"a b"`, "title:(a OR b) c", "NEAR(a b, 3)", "a AND b", "tag:y", complex} {
		for _, value := range []string{"x", "a b", `a "b"`, "OR", "-x", "(x)", "title:x", "日本", `"`, "a*"} {
			on := Toggle(text, "tag", value, true)
			off := Toggle(on, "tag", value, false)
			if !Has(on, "tag", value) || Has(off, "tag", value) || Has(text, "tag", value) {
				t.Errorf("%s: Has does not see %s come and go", text, on)
			}
			if before, after := Parse(text, Options{}), Parse(off, Options{}); show(before.Root) != show(after.Root) {
				t.Errorf("%s became %s and then %s", text, on, off)
			}
		}
	}
	if on := Toggle("a", "title", "b c", true); on != `a title:"b c"` || !Has(on, "title", "b c") || Toggle(on, "title", "b c", false) != "a" {
		t.Errorf("a text field: %s", on)
	}
}

func TestCompletion(t *testing.T) {
	for _, row := range []struct{ text, field, typed, replaced string }{
		{"|", "", "", ""},
		{"a |", "", "", ""},
		{"a ti|", "", "ti", "ti"},
		{"a -ti|", "", "ti", "ti"},
		{"(ti|", "", "ti", "ti"},
		{"ti|tle:x", "", "ti", "title"},
		{"a b|cd e", "", "b", "bcd"},
		{"a |bcd e", "", "", ""},
		{"a OR|", "", "OR", "OR"},
		{"tag:|", "tag", "", ""},
		{"a tag:|x b", "tag", "", "x"},
		{"a tag:fo|o b", "tag", "fo", "foo"},
		{"-tag:fo|", "tag", "fo", "fo"},
		{"colour:ye|", "color", "ye", "ye"},
		{"is:un|", "is", "un", "un"},
		{"after:20|", "after", "20", "20"},
		{"tag:(a OR b|", "tag", "b", "b"},
		{"tag:(a OR b|c) d", "tag", "b", "bc"},
		{`actor:"|`, "actor", "", `"`},
		{`actor:"Comm|`, "actor", "Comm", `"Comm`},
		{`actor:"European Comm|`, "actor", "European Comm", `"European Comm`},
		{`actor:"European |`, "actor", "European ", `"European `},
		{`é🙂 actor:“European Comm|ission” b`, "actor", "European Comm", "“European Commission”"},
		{`actor:"Comm|ission tag:x`, "actor", "Comm", `"Commission`},
		{`actor:"Comm| "a phrase"`, "actor", "Comm", `"Comm`},
		{`actor:"The ""Ro|ck"" J" b`, "actor", `The "Ro`, `"The ""Rock"" J"`},
		{`author:"de la|`, "author", "de la", `"de la`},
		{"author:sm|", "author", "sm", "sm"},
		{"author:(sm|", "author", "sm", "sm"},
		{"tag:x |", "", "", ""},
		{`tag:"x"|`, "", "", ""},
		{"title: x|", "", "x", "x"},
		{"12:3|", "", "12:3", "12:3"},
	} {
		before, after, _ := strings.Cut(row.text, "|")
		c := At(before+after, utf8.RuneCountInString(before))
		replaced := string([]rune(before + after)[c.Start:c.End])
		if c.Field != row.field || c.Typed != row.typed || replaced != row.replaced || c.Phrase {
			t.Errorf("%s: %+v, which replaces %q", row.text, c, replaced)
		}
	}
	if c := At(`a "b c`, 6); !c.Phrase || c.Start != 6 || c.End != 6 {
		t.Errorf("in a phrase: %+v", c)
	}
	if c := At("a b", 99); c.Typed != "b" {
		t.Errorf("beyond the end: %+v", c)
	}
}

func TestInsert(t *testing.T) {
	for _, row := range []struct{ text, value, want string }{
		{"a ti|", "title", "a title:|"},
		{"ti|tle:x", "text", "text:|x"},
		{"-t|", "tag", "-tag:|"},
		{"é tag:fo|", "football", "é tag:football |"},
		{"tag:fo|o b", "football", "tag:football |b"},
		{`actor:Eur|`, "European Commission", `actor:"European Commission" |`},
		{`actor:"European Co|mm" b`, "European Commission", `actor:"European Commission" |b`},
		{"tag:(a OR b|)", "b c", `tag:(a OR "b c" |)`},
		{"a wo|", "word", "a word |"},
		{"tag:|", "title", "tag:title |"},
	} {
		before, after, _ := strings.Cut(row.text, "|")
		text, cursor := At(before+after, utf8.RuneCountInString(before)).Insert(before+after, row.value)
		runes := []rune(text)
		if got := string(runes[:cursor]) + "|" + string(runes[cursor:]); got != row.want {
			t.Errorf("%s with %s is %s, not %s", row.text, row.value, got, row.want)
		}
	}
}

func TestLiteral(t *testing.T) {
	for _, row := range []struct{ text, want string }{
		{"", ""},
		{"forced labour", "forced labour"},
		{`He said: "NOT me" (or -you)!`, `He said: not me or \-you`},
		{"title:x tag: w*ld a~ b* \\c", `\title:x \tag: \w*ld \a~ \b* \\c`},
		{"a NEAR/5 b OR NEAR(c)", `a \NEAR/5 b or near c`},
		{"– https://example.org/a_(b)?c=1 12:30", "https://example.org/a_(b)?c=1 12:30"},
	} {
		got := Literal(row.text)
		if got != row.want {
			t.Errorf("%s is %s, not %s", row.text, got, row.want)
		}
		if q := Parse(got, Options{}); q.Root != nil {
			if _, ok := q.Bare(); !ok || len(q.Problems) > 0 {
				t.Errorf("%s is no mere text: %s %v", got, show(q.Root), q.Problems)
			}
		}
	}
}

func TestQuote(t *testing.T) {
	for value, want := range map[string]string{
		"x": "x", "a b": `"a b"`, "-x": `"-x"`, "(x": `"(x"`, "OR": `"OR"`, `a"b`: `"a""b"`, "a“b": `"a““b"`,
		"a*": "a*", "C++": "C++", " x": `" x"`, "日本": "日本", `"`: `""""`,
	} {
		if got := Quote(value); got != want {
			t.Errorf("%s is %s, not %s", value, got, want)
		}
		c, ok := Parse("tag:"+Quote(value)+" x", Options{}).Root.(And).Nodes[0].(Condition)
		if !ok || c.Value != value {
			t.Errorf("%s is read back as %q", value, c.Value)
		}
	}
}

func TestBareAndWalk(t *testing.T) {
	for _, text := range []string{"a", "the cat (felis) sat", "a OR", "COVID-19 in 12:30?", `\-a b`} {
		if _, ok := Parse(text, Options{}).Bare(); !ok {
			t.Errorf("%s is mere words", text)
		}
	}
	for _, text := range []string{"", "a AND b", "a OR b", "-a", "a*", "w*ld x", "a~", `"a b"`, "title:a", "tag:a b", "NEAR(a b)"} {
		if words, ok := Parse(text, Options{}).Bare(); ok {
			t.Errorf("%s is more than the words %v", text, words)
		}
	}
	var got []string
	Parse("a -(b title:(c -d)) note:(e tag:f)", Options{}).Walk(func(n Node, at Place) {
		if len(children(n)) > 0 {
			return
		}
		leaf := at.Field + " " + show(n)
		if at.Not {
			leaf = "no " + leaf
		}
		got = append(got, leaf)
	})
	if want := []string{" a", "no  b", "no title c", "title d", "note e", "note tag=f"}; !slices.Equal(got, want) {
		t.Errorf("the leaves are %q", got)
	}
}

func TestFieldTable(t *testing.T) {
	for _, f := range Fields {
		q := Parse(f.Example, Options{})
		if f.What == "" || q.Root == nil || len(q.Problems) > 0 || fieldNamed(f.Name).Name != f.Name {
			t.Errorf("%s: %s is read as %s %v", f.Name, f.Example, show(q.Root), q.Problems)
		}
		var field string
		switch n := q.Root.(type) {
		case Within:
			field = n.Field
		case Condition:
			field = n.Field
		}
		if field != f.Name || (f.Text != strings.HasPrefix(show(q.Root), f.Name+"(")) {
			t.Errorf("the example of %s asks for %s", f.Name, show(q.Root))
		}
	}
}
