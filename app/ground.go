package app

import (
	"slices"
	"sort"
	"sync"
	"unicode"
)

// Ground is a text made ready for many anchors to be looked for in it, by any
// number of goroutines. They are looked for in the text as foldTypography makes
// it: where only the typography changed, nothing did.
type Ground struct {
	raw        []rune   // the text itself
	headings   [][2]int // code points of the text, in order
	foldedText          // what is searched
	plain      string   // of it

	lowering sync.Once
	lowered  *Ground

	once    sync.Once
	letters map[rune]int32 // the text's letters, numbered
	numbers []int32        // the text as these numbers

	aligning   sync.Mutex
	alignments map[*Ground]*alignment // with older texts
}

// alignmentWith is the alignment of an older text with this one.
func (g *Ground) alignmentWith(old *Ground) *alignment {
	g.aligning.Lock()
	defer g.aligning.Unlock()
	al, ok := g.alignments[old]
	if !ok {
		al = align(wordsOf(old.runes), wordsOf(g.runes))
		if g.alignments == nil {
			g.alignments = map[*Ground]*alignment{}
		}
		g.alignments[old] = al
	}
	return al
}

// NewGround makes a text ready.
func NewGround(text string) *Ground { return groundOf(Content{Plain: text}) }

// groundOf makes a text ready of which it is known what its headings are.
func groundOf(c Content) *Ground {
	g := &Ground{raw: []rune(c.Plain)}
	for _, b := range c.Blocks {
		if b.Kind == BlockHeading {
			g.headings = append(g.headings, [2]int{b.Start, b.End})
		}
	}
	g.foldedText = foldTypography(g.raw)
	g.plain = string(g.runes)
	return g
}

// inHeading says that the code points start to end of the text are in a heading.
func (g *Ground) inHeading(start, end int) bool {
	i := sort.Search(len(g.headings), func(i int) bool { return g.headings[i][1] >= end })
	return i < len(g.headings) && g.headings[i][0] <= start
}

// lower is the ground in small letters, for headings.
func (g *Ground) lower() *Ground {
	g.lowering.Do(func() {
		l := &Ground{raw: g.raw, foldedText: g.foldedText}
		l.runes = slices.Clone(g.runes)
		for i, r := range l.runes {
			l.runes[i] = unicode.ToLower(r)
		}
		l.plain = string(l.runes)
		g.lowered = l
	})
	return g.lowered
}

// folded is the anchor in the folded text, and whether it stands in this text; a
// quote from elsewhere is folded by itself.
func (g *Ground) folded(a Anchor) (Anchor, bool) {
	if a.Start >= 0 && a.Start < a.End && a.End <= len(g.raw) && string(g.raw[a.Start:a.End]) == a.Quote {
		from, to := g.span(a.Start, a.End)
		if from == to {
			return Anchor{}, false
		}
		return anchorAt(g.runes, from, to), true
	}
	fold := func(s string) string { return string(foldTypography([]rune(s)).runes) }
	return Anchor{Start: a.Start, End: a.End, Quote: fold(a.Quote), Prefix: fold(a.Prefix), Suffix: fold(a.Suffix)}, false
}

// unfolded is the anchor of the folded code points from to to. What is left out
// at the edges of a quote belongs to it where the quote is there with it.
func (g *Ground) unfolded(quote string, from, to int) Anchor {
	start, end := g.place(from, to)
	whole := []rune(quote)
	for lead := range min(start, len(whole), 8) + 1 {
		at := start - lead
		if at+len(whole) >= end && at+len(whole) <= len(g.raw) && slices.Equal(g.raw[at:at+len(whole)], whole) {
			return anchorAt(g.raw, at, at+len(whole))
		}
	}
	return anchorAt(g.raw, start, end)
}

func (g *Ground) number() {
	g.letters, g.numbers = map[rune]int32{}, make([]int32, len(g.runes))
	for i, r := range g.runes {
		n, ok := g.letters[r]
		if !ok {
			n = int32(len(g.letters)) //nolint:gosec // there are fewer letters in Unicode
			g.letters[r] = n
		}
		g.numbers[i] = n
	}
}

// smallGround is how long a text may be that is not sifted first.
const smallGround = 1000

// approximations are what sellers finds in the text. In a long one, the ends of
// all matches are found first, 64 letters of the pattern at a time, and the dear
// search is made only before those.
func (g *Ground) approximations(pattern []rune, k int) []approximate {
	if len(g.runes) < smallGround || len(pattern) == 0 || k >= len(pattern) {
		return sellers(g.runes, pattern, k)
	}
	g.once.Do(g.number)
	var out []approximate
	reach := len(pattern) + k // no match is longer
	from, to := -1, -1
	search := func() {
		if from < 0 {
			return
		}
		for _, m := range sellers(g.runes[from:to], pattern, k) {
			m.start, m.end = m.start+from, m.end+from
			out = append(out, m)
		}
	}
	for _, end := range g.ends(pattern, k) {
		start := max(0, end-reach)
		if start >= to {
			search()
			from = start
		}
		to = end
	}
	search()
	return out
}

// wordBits is how many letters of a pattern a machine word has room for.
const wordBits = 64

// ends are the places behind which a match of the pattern with at most k errors
// ends, by Myers' bit vectors with Ukkonen's cut-off by words: "A fast bit-vector
// algorithm for approximate string matching based on dynamic programming", 1999,
// as in the library that Hypothesis uses, approx-string-match.
func (g *Ground) ends(pattern []rune, k int) []int {
	words := (len(pattern) + wordBits - 1) / wordBits
	equal := make([]uint64, len(g.letters)*words) // where in the pattern a letter stands
	for i, r := range pattern {
		if n, ok := g.letters[r]; ok {
			equal[int(n)*words+i/wordBits] |= 1 << (i % wordBits)
		}
	}
	blocks := make([]bitBlock, words)
	for w := range blocks {
		size := min(wordBits, len(pattern)-w*wordBits)
		blocks[w] = bitBlock{up: ^uint64(0), last: 1 << (size - 1), size: size, errors: w*wordBits + size}
	}
	var out []int
	active := min(words-1, max(0, (k+wordBits-1)/wordBits-1)) // the last block that can still come to k errors
	for at, n := range g.numbers {
		eq := equal[int(n)*words:][:words]
		carry := 0
		for w := range active + 1 {
			carry = blocks[w].step(eq[w], carry)
		}
		if last := &blocks[active]; active < words-1 && last.errors-carry <= k && (eq[active+1]&1 != 0 || carry < 0) {
			active++
			next := &blocks[active]
			next.up, next.down, next.errors = ^uint64(0), 0, last.errors+next.size-carry
			next.step(eq[active], carry)
		} else {
			for active > 0 && blocks[active].errors >= k+wordBits {
				active--
			}
		}
		if active == words-1 && blocks[active].errors <= k {
			out = append(out, at+1)
		}
	}
	return out
}

// bitBlock is a column of the edit distances of up to 64 letters of the pattern.
type bitBlock struct {
	up, down uint64 // where a row has one error more, or less, than the one above
	last     uint64 // the bit of the last letter
	size     int    // letters
	errors   int    // of the last row
}

// step takes one letter of the text, which equals the pattern where eq has bits.
// Carry is by how much the row above the block changed, and the result by how
// much its last row does.
func (b *bitBlock) step(eq uint64, carry int) int {
	xv := eq | b.down
	if carry < 0 {
		eq |= 1
	}
	xh := (((eq & b.up) + b.up) ^ b.up) | eq
	ph, mh := b.down|^(xh|b.up), b.up&xh
	out := 0
	if ph&b.last != 0 {
		out = 1
	} else if mh&b.last != 0 {
		out = -1
	}
	ph, mh = ph<<1, mh<<1
	if carry < 0 {
		mh |= 1
	} else if carry > 0 {
		ph |= 1
	}
	b.up, b.down = mh|^(xv|ph), ph&xv
	b.errors += out
	return out
}
