package search

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"rejoinder/app"
)

// Korean, Hebrew, Arabic and Uyghur write particles, articles and conjunctions in
// one with the word that they belong to: 정부는 is 정부 with the mark of a topic,
// והממשלה is "and the" before ממשלה. A word of a query stands for the words of the
// index that are it with such a thing, and with nothing else: 정부미 is rice.

// maxGlued is how many such words one word stands for at most; the longest lists
// of a language are shorter.
const maxGlued = 200

// glued lists the words of the index that are a word with particles on it. loose
// takes a particle off the word too, where it can hardly be part of it, and puts
// plurals and articles on: a phrase is not so free.
func (b *planner) glued(word string, fields []string, loose bool) ([]string, error) {
	first, _ := utf8.DecodeRuneInString(word)
	last, _ := utf8.DecodeLastRuneInString(word)
	var found []string
	var err error
	switch {
	case unicode.In(first, unicode.Hangul) || unicode.In(last, unicode.Hangul) || unicode.IsDigit(last) || unicode.Is(unicode.Latin, last):
		if found, err = b.withParticles(word, fields); err != nil || !loose {
			return found, err
		}
		if base := withoutParticle(word); base != "" {
			more, err := b.withParticles(base, fields)
			return append(append(found, base), more...), err
		}
	case unicode.Is(unicode.Hebrew, first):
		return b.known(hebrewForms(word, loose), fields)
	case unicode.Is(unicode.Arabic, first):
		if found, err = b.known(arabicForms(word, loose), fields); err != nil || utf8.RuneCountInString(word) < 3 {
			return found, err
		}
		more, err := b.suffixed(word, word, string(prefixEnd([]byte(word))), fields, func(rest string) bool {
			return uyghurCases[rest] || loose && persianPlurals[rest]
		})
		return append(found, more...), err
	}
	return found, err
}

// suffixed lists the words of the index between two that begin with a word and go
// on in an accepted way.
func (b *planner) suffixed(word, from, to string, fields []string, accept func(rest string) bool) (found []string, err error) {
	for _, p := range b.view.segments {
		for _, f := range fields {
			d, err := p.segment.Dictionary(f)
			if err != nil {
				return nil, err
			}
			terms := termsOnly(d, nil, []byte(from), []byte(to))
			for {
				entry, err := terms.Next()
				if err != nil {
					return nil, err
				}
				if entry == nil || len(found) == maxGlued {
					break
				}
				if rest := entry.Term[len(word):]; rest != "" && accept(rest) && !slices.Contains(found, entry.Term) {
					found = append(found, strings.Clone(entry.Term))
				}
			}
		}
	}
	return found, nil
}

// known leaves of some words those that the index has.
func (b *planner) known(words, fields []string) (found []string, err error) {
	for _, w := range words {
		is, err := b.view.knows(fields, w)
		if err != nil {
			return nil, err
		}
		if is && !slices.Contains(found, w) {
			found = append(found, w)
		}
	}
	return found, nil
}

func (b *planner) withParticles(word string, fields []string) ([]string, error) {
	return b.suffixed(word, word+"가", word+"\uD7A4", fields, func(rest string) bool { return isParticle(word, rest) })
}

func setOf(lists ...string) map[string]bool {
	set := map[string]bool{}
	for _, list := range lists {
		for w := range strings.FieldsSeq(list) {
			set[app.FoldText(w)] = true
		}
	}
	return set
}

// Particles of Korean by what the word before them ends in. Those that may stand
// behind one syllable are few, as many words of two syllables end like one.
var (
	anyParticles = setOf(`의 에 에서 에게 에게서 께 께서 한테 한테서 도 만 까지 부터 처럼 보다 마다 조차 마저 밖에 하고 에는 에도 에만 에의
		에서는 에서도 에서의 에서만 에서부터 에서까지 에게는 에게도 에게만 께서는 한테는 까지는 까지도 까지의 부터는 부터의 만의 만은 만이 만을 만으로
		보다는 보다도 처럼은 마다의 이다 입니다 이라고 이라는 이라며 이라면 이었다 이었던 뿐 뿐만 대로 들`)
	closedParticles = setOf(`은 이 을 과 으로 이나 이란 이라 이며 이고 이라도 이야 이든 이든지 이랑 으로는 으로도 으로서 으로써 으로부터 으로의 으로만 과의 과는 과도 이여`)
	openParticles   = setOf(`는 가 를 와 나 란 라 라고 라는 라며 라면 며 다 였다 였던 라도 야 든 든지 랑 와의 와는 와도 여`)
	toParticles     = setOf(`로 로는 로도 로서 로써 로부터 로의 로만`)
	shortParticles  = setOf(`은 는 이 가 을 를 에 에서 에는 에서는 에게 으로 까지 부터 보다 처럼`)

	// verbEndings make verbs and adjectives of nouns.
	verbEndings = setOf(`하다 한다 했다 하고 하는 하여 해서 하며 하면 하지 하게 하기 할 한 했던 하던 하려고 했으며 했고 했지만 하지만 하다고 한다고
		했다고 한다는 했다는 하다는 합니다 했습니다 하였다 하였고 해야 하도록 하자 해 하기로 하기를
		되다 된다 됐다 되었다 되고 되는 되어 돼 되며 되면 되지 되기 된 될 됐던 됐으며 됐고 됐지만 된다고 됐다고 된다는 됐다는 됩니다 됐습니다 되도록
		시키다 시킨 시켜 시키고 시켰다 시키는 시킨다 시킬`)

	// endOfNouns are particles that nouns end in as well; they are not taken off what
	// was asked for.
	endOfNouns = setOf(`은 이 가 도 만 의 로 과 와 나 에 다 라 란 야 든 며 여 한 할 해 된 될 돼 들 뿐 대로 인 랑 하고 마다`)
)

func isParticle(word, rest string) bool {
	syllables := utf8.RuneCountInString(word)
	if behind, plural := strings.CutPrefix(rest, "들"); plural && behind != "" && syllables > 1 {
		return isParticle(word+"들", behind)
	}
	if syllables < 2 {
		if !shortParticles[rest] {
			return false
		}
	} else if verbEndings[rest] {
		return true
	}
	last, _ := utf8.DecodeLastRuneInString(word)
	final, hangul := (last-0xAC00)%28, 0xAC00 <= last && last <= 0xD7A3
	const rieul = 8
	switch {
	case anyParticles[rest]:
		return true
	case closedParticles[rest]:
		return !hangul || final != 0
	case openParticles[rest]:
		return !hangul || final == 0
	case toParticles[rest]:
		return !hangul || final == 0 || final == rieul
	}
	return false
}

// withoutParticle takes the longest particle off a word of Korean that hardly ends
// a noun; "" when there is none.
func withoutParticle(word string) string {
	n := 0
	for at, r := range word {
		if n >= 2 && unicode.Is(unicode.Hangul, r) {
			if rest := word[at:]; isParticle(word[:at], rest) && !endOfNouns[rest] {
				return word[:at]
			}
		}
		n++
	}
	return ""
}

// hebrewPrefixes are "the", "and", "in", "to", "from", "that", "as" and what comes of
// several.
var hebrewPrefixes = strings.Fields("ה ו ב ל מ ש כ וה וב ול ומ וש וכ שה שב של שמ כש מה לכ בה וכש ושה כשה שבה ומה")

func hebrewForms(word string, loose bool) (out []string) {
	if utf8.RuneCountInString(word) < 3 {
		return nil
	}
	for _, p := range hebrewPrefixes {
		out = append(out, p+word)
	}
	if bare, ok := strings.CutPrefix(word, "ה"); ok && loose && utf8.RuneCountInString(bare) > 3 {
		out = append(out, bare)
		for _, p := range hebrewPrefixes {
			out = append(out, p+bare)
		}
	}
	return out
}

// What Arabic puts before a word with its article and before one without; the
// latter are single letters, with which many short words begin anyway.
var (
	beforeArticle = strings.Fields("و ف ب ك وب فب وك")
	beforeBare    = strings.Fields("و ف ب ل ك وب ول")

	persianPlurals = setOf("ها های هایی هایش هایشان")
	uyghurCases    = withCases("لار لەر", "نىڭ نى غا گە قا كە دا دە تا تە دىن تىن دىكى تىكى غىچە گىچە مۇ")
)

// withCases are the plurals, the cases, and the cases of the plurals.
func withCases(plurals, cases string) map[string]bool {
	set := setOf(plurals, cases)
	for p := range setOf(plurals) {
		for c := range setOf(cases) {
			set[p+c] = true
		}
	}
	return set
}

func arabicForms(word string, loose bool) (out []string) {
	letters := utf8.RuneCountInString(word)
	bare, definite := strings.CutPrefix(word, "ال")
	if definite = definite && letters > 4; !definite {
		bare = word
	}
	if definite || loose && letters > 2 {
		for _, p := range beforeArticle {
			out = append(out, p+"ال"+bare)
		}
		out = append(out, "لل"+bare, "ولل"+bare)
	}
	if loose && letters > 2 {
		out = append(out, "ال"+bare)
	}
	if definite && !loose {
		return out
	}
	if utf8.RuneCountInString(bare) > 3 {
		for _, p := range beforeBare {
			out = append(out, p+bare)
		}
	}
	if definite {
		out = append(out, bare)
	}
	return slices.DeleteFunc(out, func(w string) bool { return w == word })
}
