package search

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2/analysis"
)

// TestLongTextIsCutAsAWhole compares the pieces of long texts with all of it.
func TestLongTextIsCutAsAWhole(t *testing.T) {
	c := newChance(5)
	for range 3 {
		var b strings.Builder
		for b.Len() < 3*textPiece {
			b.WriteString(c.text(40))
			b.WriteString(pick(c, []string{"\n", "\n\n", " ", "-\n", "10²\n", "人\n权", "co-\noperation"}))
		}
		text := []byte(b.String())
		whole := wordTokenizer{}.Tokenize(text)
		var pieces analysis.TokenStream
		cuts := 0
		eachPiece(text, func(_ []byte, tokens analysis.TokenStream, offset, position int) {
			cuts++
			for _, tok := range tokens {
				tok.Start, tok.End, tok.Position = tok.Start+offset, tok.End+offset, tok.Position+position
				pieces = append(pieces, tok)
			}
		})
		if cuts < 3 {
			t.Errorf("only %d pieces", cuts)
		}
		// A compound is told of after the word behind it, or at the end of its piece.
		for _, tokens := range []analysis.TokenStream{pieces, whole} {
			slices.SortStableFunc(tokens, func(a, b *analysis.Token) int {
				return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.Type, b.Type))
			})
		}
		same := slices.EqualFunc(pieces, whole, func(a, b *analysis.Token) bool {
			return string(a.Term) == string(b.Term) && a.Start == b.Start && a.End == b.End && a.Position == b.Position && a.Type == b.Type
		})
		if !same {
			t.Errorf("%d tokens of pieces differ from the %d of the whole", len(pieces), len(whole))
		}
	}
}
