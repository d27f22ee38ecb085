package search

import (
	"bytes"

	"github.com/blevesearch/bleve/v2/analysis"
	index "github.com/blevesearch/bleve_index_api"
)

// textPiece is about how much of a text is cut into words at once, in bytes. A
// token takes ten times the room of its word; of a book only the places where its
// words stand are kept.
const textPiece = 64 << 10

// locationsAtOnce is for how many places room is made at once.
const locationsAtOnce = 1024

// textField is a field of words whose occurrences were counted while the text was
// cut. It implements index.Field, as bleve's own text field does.
type textField struct {
	name    string
	options index.FieldIndexingOptions
	value   []byte
	analyze func() (length int, words index.TokenFrequencies)

	length int
	words  index.TokenFrequencies
}

var _ index.Field = (*textField)(nil)

func (f *textField) Name() string                                     { return f.name }
func (f *textField) Value() []byte                                    { return f.value }
func (f *textField) ArrayPositions() []uint64                         { return nil }
func (f *textField) EncodedFieldType() byte                           { return 't' }
func (f *textField) Options() index.FieldIndexingOptions              { return f.options }
func (f *textField) AnalyzedLength() int                              { return f.length }
func (f *textField) AnalyzedTokenFrequencies() index.TokenFrequencies { return f.words }
func (f *textField) NumPlainTextBytes() uint64                        { return uint64(len(f.value)) }
func (f *textField) Analyze()                                         { f.length, f.words = f.analyze() }

// Size implements document.Field.
func (f *textField) Size() int { return len(f.name) + len(f.value) }

// words cuts one text once for its two fields.
type words struct {
	language                string
	text                    []byte
	exactLength, stemLength int
	stemWords               index.TokenFrequencies
}

// exact counts the words as they are written, with their places, and their stems.
func (w *words) exact() (int, index.TokenFrequencies) {
	written := counting{words: index.TokenFrequencies{}, places: true}
	stems := counting{words: index.TokenFrequencies{}}
	eachPiece(w.text, func(piece []byte, tokens analysis.TokenStream, offset, position int) {
		for _, t := range tokens {
			written.add(t.Term, offset+t.Start, offset+t.End, position+t.Position)
			switch t.Type {
			case analysis.Single, echo:
				continue
			}
			if stem := stemOf(w.language, piece, t); stem != "" {
				stems.add([]byte(stemTerm(w.language, stem)), 0, 0, 0)
			}
		}
	})
	w.exactLength, w.stemLength, w.stemWords = written.length, stems.length, stems.words
	return written.length, written.words
}

// stems are counted when exact was.
func (w *words) stems() (int, index.TokenFrequencies) { return w.stemLength, w.stemWords }

// eachPiece cuts a text into words, line by line or many lines at once: no word,
// pair of characters or compound goes on in another line. The offset and the
// position of a piece are to be added to those of its tokens.
func eachPiece(text []byte, fn func(piece []byte, tokens analysis.TokenStream, offset, position int)) {
	position := 0
	for offset := 0; offset < len(text); {
		piece := text[offset:]
		if len(piece) > textPiece {
			if end := bytes.IndexByte(piece[textPiece:], '\n'); end >= 0 {
				piece = piece[:textPiece+end+1]
			}
		}
		tokens := wordTokenizer{}.Tokenize(piece)
		last := 0
		for _, t := range tokens {
			last = max(last, t.Position)
		}
		fn(piece, tokens, offset, position)
		position += last
		offset += len(piece)
	}
}

// counting counts words.
type counting struct {
	words  index.TokenFrequencies
	places bool
	length int
	room   []index.TokenLocation
}

func (c *counting) add(term []byte, start, end, position int) {
	c.length++
	word := c.words[string(term)]
	if word == nil {
		word = &index.TokenFreq{Term: bytes.Clone(term)} // the piece is let go
		c.words[string(word.Term)] = word
	}
	word.SetFrequency(word.Frequency() + 1)
	if !c.places {
		return
	}
	if len(c.room) == 0 {
		c.room = make([]index.TokenLocation, min(max(c.length, 16), locationsAtOnce))
	}
	at := &c.room[0]
	c.room = c.room[1:]
	at.Start, at.End, at.Position = start, end, position
	word.Locations = append(word.Locations, at)
}
