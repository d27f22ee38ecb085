package app

import (
	"context"
	"strings"
	"time"
)

// Article is something collected. Its metadata maps to CSL-JSON.
type Article struct {
	ID         ArticleID
	Title      string
	Authors    []string
	Publisher  string
	URL        string
	Published  Date
	DateSource DateSource
	Language   string // ISO 639-1, or 639-3 where there is none; "" when unknown
	Kind       ArticleKind
	Original   string  // SHA-256 of the original, lower-case hexadecimal
	Text       TextID  // the version that is read and marked
	Story      StoryID // "" when it is no copy of anything
	Created    time.Time
	Modified   time.Time
	Trashed    time.Time // zero: not in the trash
}

// ArticleKind is a CSL type.
type ArticleKind string

// The kinds of articles that importers tell apart.
const (
	KindNewspaper ArticleKind = "article-newspaper"
	KindWebpage   ArticleKind = "webpage"
	KindDocument  ArticleKind = "document"
)

// DateSource says how far a publication date can be trusted.
type DateSource string

// Where a publication date comes from.
const (
	DateUnknown  DateSource = ""
	DateDeclared DateSource = "declared" // the document or the user says so
	DateGuessed  DateSource = "guessed"  // inferred from the page; often wrong
)

// Validate reports what keeps the article from being stored.
func (a Article) Validate() error {
	switch {
	case strings.TrimSpace(a.Title) == "":
		return Problem(ErrInvalid, "an article needs a title")
	case a.Original == "" || a.Text == "":
		return Problem(ErrInvalid, "the article %q has no text", a.Title)
	}
	return a.Published.Validate()
}

// Source is the short "publisher, date" that stands under a quote.
func (a Article) Source() string {
	var parts []string
	for _, p := range []string{a.Publisher, a.Published.String()} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// Original describes a file as it was imported; its bytes are in the notebook's
// originals folder under its SHA-256 and never change.
type Original struct {
	SHA256    string // lower-case hexadecimal
	Name      string // the file's name when it was first imported
	MediaType string
	Size      int64 // bytes
	Created   time.Time
}

// Text is one immutable reading of an original.
type Text struct {
	ID       TextID
	Original string // SHA-256
	Reader   string // the importer and its version, as "html/1"
	Words    int
	Created  time.Time
	Content
	Provenance Provenance
}

// Content is the plain text of a reading and the structure over it. Blocks are
// in order, do not overlap, and are separated by a blank line in Plain; a title
// is the first block, a heading of level 1. Spans lie inside blocks.
type Content struct {
	Plain  string
	Blocks []Block
	Spans  []Span
}

// Block is a paragraph-like piece of a text, in code points.
type Block struct {
	Kind  BlockKind `json:"kind"`
	Level int       `json:"level,omitempty"` // headings 1 to 6; list items by depth from 1; else 0
	// Number is that of an item of an ordered list; 0 for every other block.
	Number int `json:"number,omitempty"`
	Start  int `json:"start"`
	End    int `json:"end"`
}

// BlockKind says how a block is set.
type BlockKind string

// The kinds of blocks.
const (
	BlockHeading   BlockKind = "heading"
	BlockParagraph BlockKind = "paragraph"
	BlockListItem  BlockKind = "list-item"
	BlockQuotation BlockKind = "quotation"
	BlockCode      BlockKind = "code"
	BlockRule      BlockKind = "rule" // a line between two parts; its text is RuleText
)

// RuleText is what stands in a text where its original has a rule.
const RuleText = "* * *"

// Span is an inline style, in code points.
type Span struct {
	Kind  SpanKind `json:"kind"`
	Start int      `json:"start"`
	End   int      `json:"end"`
	URL   string   `json:"url,omitempty"` // links only
}

// SpanKind says what an inline style means.
type SpanKind string

// The kinds of inline styles.
const (
	SpanEmphasis SpanKind = "emphasis"
	SpanStrong   SpanKind = "strong"
	SpanCode     SpanKind = "code"
	SpanLink     SpanKind = "link"
)

// Builder puts a Content together block by block, counting code points and
// putting the blank lines between blocks.
type Builder struct {
	content Content
	plain   strings.Builder
	at      int // code points written
}

// AddItem appends an item of an ordered list with its number; else it is Add.
func (b *Builder) AddItem(level, number int, text string, spans ...Span) {
	n := len(b.content.Blocks)
	b.Add(BlockListItem, level, text, spans...)
	if len(b.content.Blocks) > n {
		b.content.Blocks[n].Number = number
	}
}

// Add appends a block. Spans are relative to the block's own text. White space
// around the text is the caller's to trim; an empty text adds nothing.
func (b *Builder) Add(kind BlockKind, level int, text string, spans ...Span) {
	text = Clean(text)
	if text == "" {
		return
	}
	if b.at > 0 {
		b.plain.WriteString("\n\n")
		b.at += 2
	}
	n := RuneCount(text)
	b.plain.WriteString(text)
	b.content.Blocks = append(b.content.Blocks, Block{Kind: kind, Level: level, Start: b.at, End: b.at + n})
	for _, s := range spans {
		s.Start, s.End = max(0, s.Start)+b.at, min(n, s.End)+b.at
		if s.Start < s.End {
			b.content.Spans = append(b.content.Spans, s)
		}
	}
	b.at += n
}

// Content returns what was added so far.
func (b *Builder) Content() Content {
	c := b.content
	c.Plain = b.plain.String()
	return c
}

// EditArticle changes an article's metadata; its text and original stay. A date
// that is set here counts as declared.
func (n *Notebook) EditArticle(ctx context.Context, id ArticleID, edit func(*Article)) (Article, error) {
	var a Article
	_, err := n.Update(ctx, Op{Name: "edit-article"}, func(tx Tx) (err error) {
		if a, err = tx.Article(id); err != nil {
			return err
		}
		fixed := a
		edit(&a)
		a.ID, a.Original, a.Text, a.Title = fixed.ID, fixed.Original, fixed.Text, OneLine(a.Title)
		if a.Published != fixed.Published {
			a.DateSource = DateDeclared
		}
		if err := a.Validate(); err != nil {
			return err
		}
		tx.Describe("Edit article “%s”", shorten(a.Title, 60))
		if err := tx.PutArticle(a); err != nil {
			return err
		}
		return renameLinks(tx, RefTo(KindArticle, id), fixed.Title, a.Title)
	})
	return a, err
}
