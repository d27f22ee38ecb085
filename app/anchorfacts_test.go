package app_test

import (
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"rejoinder/app"
)

// factChange changes one fact among the words of a passage; "" where it has none
// of this kind.
type factChange struct {
	name   string
	change func(rng *rand.Rand, quote string) string
}

var factChanges = []factChange{
	{"a digit", changeDigit},
	{"a negation in", func(rng *rand.Rand, q string) string {
		return changeWord(rng, q, func(w string, _ int) string {
			if slices.Contains(strings.Fields("is was are were has have had will would can could should may must does did est sont ist sind war hat wird es son fue"), w) {
				return w + map[bool]string{true: " not", false: " never"}[rng.IntN(2) == 0]
			}
			return ""
		})
	}},
	{"a negation out", func(rng *rand.Rand, q string) string {
		return changeWord(rng, q, func(w string, _ int) string {
			if bare, ok := strings.CutSuffix(strings.ReplaceAll(w, "’", "'"), "n't"); ok && len(bare) > 1 {
				return bare
			}
			if slices.Contains(strings.Fields("not never no without nicht kein keine nie pas jamais sans sin nunca non"), strings.ToLower(w)) {
				return "\x00"
			}
			return ""
		})
	}},
	{"a name", func(rng *rand.Rand, q string) string {
		names := strings.Fields("Tirnova Lindqvist Oyelaran Brandt Halvorsen Murakami")
		return changeWord(rng, q, func(w string, i int) string {
			if r := []rune(w); i > 0 && len(r) > 2 && unicode.IsUpper(r[0]) {
				return names[rng.IntN(len(names))]
			}
			return ""
		})
	}},
	{"a unit", func(rng *rand.Rand, q string) string {
		units := map[string]string{"%": "‰", "$": "€", "€": "£", "£": "$", "percent": "points", "million": "billion", "billion": "million", "km": "m",
			"years": "months", "months": "weeks", "days": "hours", "minutes": "seconds", "hours": "days", "miles": "yards", "Prozent": "Promille",
			"Euro": "Dollar", "dollars": "euros", "Millionen": "Milliarden", "Uhr": "Tage", "people": "households", "weeks": "days", "°": "%"}
		var found []string
		for u := range units {
			if at := strings.Index(q, u); at > 0 && strings.ContainsAny(q[max(0, at-3):at], "0123456789") || at >= 0 && strings.ContainsAny(u, "$€£") {
				found = append(found, u)
			}
		}
		if len(found) == 0 {
			return ""
		}
		slices.Sort(found)
		u := found[rng.IntN(len(found))]
		return strings.Replace(q, u, units[u], 1)
	}},
	{"its opposite", func(rng *rand.Rand, q string) string {
		pairs := strings.Fields(`more less most least before after up down high low higher lower first last good bad better worse best worst old new
			large small big little long short early late open closed increase decrease increased decreased rise fall rose fell win lose won lost true false
			right wrong left right over under always never many few always rarely inside outside with without all none public private strong weak easy hard
			mehr weniger vor nach gut schlecht groß klein neu alt immer selten plus moins avant après bon mauvais grand petit possible impossible able unable`)
		return changeWord(rng, q, func(w string, _ int) string {
			if i := slices.Index(pairs, w); i >= 0 {
				return pairs[i^1]
			}
			return ""
		})
	}},
}

func changeDigit(rng *rand.Rand, quote string) string {
	runes := []rune(quote)
	var at []int
	for i, r := range runes {
		if r >= '0' && r <= '9' {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return ""
	}
	i := at[rng.IntN(len(at))]
	runes[i] = '0' + (runes[i]-'0'+1+rune(rng.IntN(9)))%10
	return string(runes)
}

// changeWord puts another word for one of those for which there is one; "\x00"
// takes it out.
func changeWord(rng *rand.Rand, quote string, other func(word string, i int) string) string {
	inWord := func(r rune) bool { return unicode.IsLetter(r) || unicode.IsMark(r) || r == '\'' || r == '’' }
	runes := []rune(quote)
	var made []string
	for i, n := 0, 0; i < len(runes); i++ {
		if !inWord(runes[i]) {
			continue
		}
		end := i
		for end < len(runes) && inWord(runes[end]) {
			end++
		}
		if w := other(string(runes[i:end]), n); w == "\x00" {
			from := i
			if from > 0 && runes[from-1] == ' ' {
				from--
			}
			made = append(made, string(runes[:from])+string(runes[end:]))
		} else if w != "" {
			made = append(made, string(runes[:i])+w+string(runes[end:]))
		}
		i, n = end, n+1
	}
	if len(made) == 0 {
		return ""
	}
	return made[rng.IntN(len(made))]
}

// typographies print a text otherwise. Each keeps the blocks in their order.
var typographies = []struct {
	name  string
	print func(rng *rand.Rand, block string, kind app.BlockKind) string
}{
	{"quotes", func(_ *rand.Rand, s string, _ app.BlockKind) string { return turnQuotes(s) }},
	{"dashes", func(_ *rand.Rand, s string, _ app.BlockKind) string {
		return swapText(s, " – ", " — ", " — ", " – ", " - ", " – ", "–", "-", "−", "-", "-", "‑")
	}},
	{"spaces", func(rng *rand.Rand, s string, _ app.BlockKind) string {
		return strings.Map(func(r rune) rune {
			if r == ' ' && rng.IntN(3) == 0 {
				return []rune{'\u00A0', '\u202F', '\u2009'}[rng.IntN(3)]
			}
			if r == '\u00A0' || r == '\u202F' {
				return ' '
			}
			return r
		}, s)
	}},
	{"soft hyphens", func(rng *rand.Rand, s string, _ app.BlockKind) string {
		var b strings.Builder
		last := rune(0)
		for _, r := range s {
			if unicode.IsLower(r) && unicode.IsLower(last) && rng.IntN(6) == 0 {
				b.WriteRune('\u00AD')
			}
			b.WriteRune(r)
			last = r
		}
		return b.String()
	}},
	{"ligatures", func(_ *rand.Rand, s string, _ app.BlockKind) string {
		return swapText(s, "ffi", "ﬃ", "ffl", "ﬄ", "ff", "ﬀ", "fi", "ﬁ", "fl", "ﬂ", "...", "…", "…", "...")
	}},
	{"CRLF", func(_ *rand.Rand, s string, _ app.BlockKind) string {
		return strings.ReplaceAll(strings.ReplaceAll(s, "\n", "\r\n"), "\r\n", "\n") // as an import reads it
	}},
	{"decomposed", func(_ *rand.Rand, s string, _ app.BlockKind) string { return norm.NFD.String(s) }},
	{"composed", func(_ *rand.Rand, s string, _ app.BlockKind) string { return norm.NFC.String(s) }},
	{"a paragraph before all", func(_ *rand.Rand, s string, _ app.BlockKind) string { return s }}, // to compare with
	{"headings in capitals", func(_ *rand.Rand, s string, kind app.BlockKind) string {
		if kind == app.BlockHeading {
			return strings.ToUpper(s)
		}
		return s
	}},
}

func swapText(s string, pairs ...string) string { return strings.NewReplacer(pairs...).Replace(s) }

// turnQuotes makes straight quotation marks of curly ones, and the other way.
func turnQuotes(s string) string {
	var b strings.Builder
	last := ' '
	for _, r := range s {
		opens := unicode.IsSpace(last) || strings.ContainsRune("([—–-\"“", last)
		last = r
		switch {
		case strings.ContainsRune("“”„«»", r):
			r = '"'
		case strings.ContainsRune("‘’", r):
			r = '\''
		case r == '"' && opens:
			r = '“'
		case r == '"':
			r = '”'
		case r == '\'' && opens:
			r = '‘'
		case r == '\'':
			r = '’'
		}
		b.WriteRune(r)
	}
	return b.String()
}

// printedAs prints a text block by block, perhaps with a new paragraph before
// all; what stands between blocks stays.
func printedAs(rng *rand.Rand, c app.Content, print func(*rand.Rand, string, app.BlockKind) string, lead string) app.Content {
	runes := []rune(c.Plain)
	var b strings.Builder
	var out app.Content
	n := 0
	write := func(s string) { b.WriteString(s); n += app.RuneCount(s) }
	if lead != "" {
		write(lead)
		out.Blocks = append(out.Blocks, app.Block{Kind: app.BlockParagraph, Start: 0, End: n})
		write("\n\n")
	}
	at := 0
	for _, block := range c.Blocks {
		if block.Start < at {
			continue
		}
		write(string(runes[at:block.Start]))
		from := n
		write(print(rng, string(runes[block.Start:block.End]), block.Kind))
		block.Start, block.End, at = from, n, block.End
		out.Blocks = append(out.Blocks, block)
	}
	write(string(runes[at:]))
	out.Plain = b.String()
	return out
}
