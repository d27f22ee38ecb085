package importer

import (
	"slices"
	"strings"

	"rejoinder/app"
)

// restyle sets the blocks that an extractor found as the page itself sets them.
// An extractor drops links, loses spaces, takes paragraphs apart at a style and
// runs others together; where its words stand in the page in their order, the
// page's own blocks take their place. Other blocks stay as they are.
func restyle(blocks, page []block) []block {
	o := newOriginal(page)
	var out []block
	for i := 0; i < len(blocks); {
		key := unspaced(blocks[i].text)
		from, to, taken := o.whole(key)
		if taken == 0 {
			from, to, taken = o.search(key, blocks[i:])
		}
		for j := from; j < to; j++ {
			if o.ruled[j] && j > 0 && o.used[j-1] && len(out) > 0 {
				out = append(out, block{kind: app.BlockRule, text: app.RuleText})
			}
			out = append(out, o.set(j, blocks[i]))
		}
		if taken == 0 {
			out = append(out, blocks[i])
		}
		i += max(1, taken)
	}
	return out
}

// original is the text of a page, to find pieces of it in.
type original struct {
	page   []block
	ruled  []bool   // there is a rule above the block
	keys   []string // the blocks without white space
	exact  map[string][]int
	used   []bool
	next   int // behind the last block that was found
	effort int // bytes that may still be searched
}

func newOriginal(page []block) *original {
	o := &original{exact: map[string][]int{}, used: make([]bool, len(page)), effort: 200_000_000}
	ruled := false
	for _, b := range page {
		if b.kind == app.BlockRule {
			ruled = true
			continue
		}
		key := unspaced(b.text)
		o.exact[key] = append(o.exact[key], len(o.page))
		o.page, o.keys, o.ruled = append(o.page, b), append(o.keys, key), append(o.ruled, ruled)
		ruled = false
	}
	return o
}

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// set is the page's block j in the place of what an extractor made of it.
func (o *original) set(j int, instead block) block {
	o.used[j], o.next = true, j+1
	b := o.page[j]
	if b.kind != app.BlockCode {
		if instead.kind != app.BlockListItem {
			b.number = 0
		} else if b.kind != app.BlockListItem {
			b.number = instead.number
		}
		b.kind, b.level = instead.kind, instead.level
	}
	return b
}

// whole finds the block of the page that has the same words, the first that is
// not behind the reader.
func (o *original) whole(key string) (from, to, taken int) {
	found := o.exact[key]
	if len(found) == 0 {
		return 0, 0, 0
	}
	at, _ := slices.BinarySearch(found, o.next)
	j := found[at%len(found)]
	return j, j + 1, 1
}

// search finds the block of the page that the first blocks are pieces of, or
// the blocks that the first one is made of.
func (o *original) search(key string, blocks []block) (from, to, taken int) {
	for n := range o.page {
		j := (o.next + n) % len(o.page)
		if o.effort -= len(o.keys[j]); o.effort < 0 {
			break
		}
		if o.used[j] {
			continue
		}
		if n := o.pieces(j, blocks); n > 0 {
			return j, j + 1, n
		}
		if to := o.joined(j, key); to > 0 {
			return j, to, 1
		}
	}
	return 0, 0, 0
}

// pieces is how many of the blocks are pieces of the page's block j, which they
// have to make up by half: else the extractor meant to leave most of it out.
func (o *original) pieces(j int, blocks []block) int {
	rest, covered := o.keys[j], 0
	for n := 0; ; n++ {
		if n < len(blocks) {
			piece := unspaced(blocks[n].text)
			if _, behind, ok := strings.Cut(rest, piece); ok {
				rest, covered = behind, covered+len(piece)
				continue
			}
		}
		if 2*covered < len(o.keys[j]) {
			return 0
		}
		return n
	}
}

// joined is the end of the page's blocks from j that key is made of; 0 when it
// is not.
func (o *original) joined(j int, key string) int {
	for ; j < len(o.keys) && key != ""; j++ {
		rest, ok := strings.CutPrefix(key, o.keys[j])
		if !ok || o.used[j] {
			return 0
		}
		key = rest
	}
	if key != "" {
		return 0
	}
	return j
}
