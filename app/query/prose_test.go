package query

import (
	"strings"
	"testing"
)

const paragraph = `The minister said: “We have inspected the quay (twice), and it is safe.” Brandt – who had asked for the
report – disagreed; see http://example.org/report(2). "Nobody has looked at the ramp since 12:30," he said, -adding- that (so far) only 10%* of the piles were tested.`

func TestLongTextIsNoQuery(t *testing.T) {
	for text, want := range map[string]string{
		paragraph: "prose",
		strings.ReplaceAll(paragraph, "\n", "\r\n\t"): "prose",
		strings.Repeat("plain words ", 33):            "prose",
		strings.Repeat("word ", 64) + "AND more":      "prose",
		"FIRE AND WATER ON BOARD " + paragraph:        "prose",
		strings.Repeat(paragraph+" ", 40):             "prose", // longer than a query may be
		"港口公司说，码头是安全的。检查员不同意：“坡道已经损坏”，他在星期二的报告中写道，并要求关闭码头，直到桩基得到修复。": "prose",
		paragraph + ` lang:en -tag:"supply chain" after:2019`: "and(prose, lang=en, not(tag=“supply chain”), after=2019)",
		paragraph + " publisher:reuters":                      "and(prose, publisher(reuters))",
	} {
		q := Parse(text, Options{})
		if got := show(q.Root); got != want {
			t.Errorf("%.60s… is read as %s, not %s", text, got, want)
			continue
		}
		if len(q.Problems) != 1 || !q.Problems[0].Note || q.Problems[0].Text != proseNote {
			t.Errorf("%.60s…: %v", text, q.Problems)
		}
		if again := Parse(q.String(), Options{}); show(again.Root) != want {
			t.Errorf("%.60s… is read again as %s", text, show(again.Root))
		}
	}
}

func TestAQueryIsNoLongText(t *testing.T) {
	for _, text := range []string{
		strings.TrimSpace(strings.Repeat("plain words. ", 10)), // all of them, as ever
		`"` + strings.Repeat("one long quote, ", 30) + `"`,
		strings.Repeat(`"forced labour" OR `, 30) + "cotton",
		strings.Repeat(`"forced labour, of" `, 30),
		`title:quay ` + paragraph,
		"one, two three four five six seven eight nine ten (eleven OR twelve) thirteen fourteen",
		"one, two three four five six seven eight nine ten (eleven twelve) thirteen four*",
		"one, two three four five six seven eight nine ten (eleven twelve) thirteen four~",
		"one, two three four five six seven eight nine ten (eleven twelve) -thirteen four",
		"he said: “yes, (no)”",
	} {
		Parse(text, Options{}).Walk(func(n Node, _ Place) {
			if _, ok := n.(Prose); ok {
				t.Errorf("%.60s… is no query", text)
			}
		})
	}
}

func TestAFacetNarrowsALongText(t *testing.T) {
	with := Toggle(paragraph, "lang", "de", true)
	if with != paragraph+" lang:de" || !Has(with, "lang", "de") {
		t.Errorf("narrowed: %s", with)
	}
	if without := Toggle(with, "lang", "de", false); without != paragraph {
		t.Errorf("widened again: %s", without)
	}
}

func TestUnknownFieldIsNamed(t *testing.T) {
	for text, says := range map[string]string{
		"foo:bar": "There is no field foo; this is read as words.", "authr:smith x": "no field authr, but author;",
		"x FOO:bar": "no field FOO;", `foo:"a b"`: "no field foo;", "foo:(a b)": "no field foo;", "-foo:bar": "no field foo;",
		"year:2019": "no field year;", "title:(a foo:b)": "no field foo;", "foo：bar": "no field foo;", "auteür:x": "no field auteür",
	} {
		q := Parse(text, Options{})
		if len(q.Problems) != 1 || !strings.Contains(q.Problems[0].Text, says) {
			t.Errorf("%s: %v", text, q.Problems)
		}
	}
	for _, text := range []string{
		"http://x", "http://example.org/a:b", "12:30", "Re: harbour", "re:harbour", `C:\x`, "C:x", "a:b:c", "std::string", "mailto:a@b.c", "doi:10.1/x",
		"urn:isbn:123", `\foo:bar`, `"foo:bar"`, "tag:foo:bar", "foo:", "he said: no", "路透社：北京", "x (foo: bar)", "localhost:8080", "foo:-",
		"RE:harbour", "Fwd:harbour", "AW:Hafen", "ISBN:978", "DOI:x", "arXiv:hep", "--foo:bar", "x --foo:bar",
	} {
		if q := Parse(text, Options{}); len(q.Problems) > 0 {
			t.Errorf("%s: %v", text, q.Problems)
		}
	}
}
