package app

import "strings"

// AnnotationQuery chooses annotations; empty fields do not limit. Those of one
// article are by position.
type AnnotationQuery struct {
	Article ArticleID
	Colors  []Color
	Kinds   []AnnotationKind
	Tag     TagID   // with its subtags
	Actor   ActorID // who speaks in a statement on it, or reports it
	Claim   ClaimID // of a statement or a relation on it
	States  []AnchorState
	From    Date   // of the article's publication, inclusive; a month or a year will do
	To      Date   // as From
	Text    string // every word of it is in the quote, the note or the tags, folded as by FoldText
	Sort    AnnotationSort
	Limit   int // 0 for all
	Offset  int
	Trashed bool // those in the trash too
}

// AnnotationSort orders a list of annotations. SortModified and SortPublished
// are orders too, the newest first.
type AnnotationSort string

// The orders of annotations.
const (
	SortPosition AnnotationSort = "position" // by the article's title, then where they stand
	SortCreated  AnnotationSort = "created"  // the newest first
	SortColor    AnnotationSort = "color"    // as Colors lists them, then the newest first
)

// Words are the words of the query's text as they are looked for.
func (q AnnotationQuery) Words() []string { return strings.Fields(FoldText(q.Text)) }

// Validate reports a query that means nothing.
func (q AnnotationQuery) Validate() error {
	for _, d := range []Date{q.From, q.To} {
		if err := d.Validate(); err != nil {
			return err
		}
	}
	return nil
}

// Passage is an annotation with the article that it stands in.
type Passage struct {
	Annotation
	ArticleTitle string
	Authors      []string
	Publisher    string
	URL          string
	Published    Date
	Story        StoryID // "" also while it is in the trash
	InUse        TextID  // the article's text in use
}

// Older says that the passage stands in a text of its article that is no longer
// the one in use.
func (p Passage) Older() bool { return p.Text != p.InUse }

// Source names what counts as one independent source: a story, or the article
// when it belongs to none.
func (p Passage) Source() string {
	if p.Story != "" {
		return string(p.Story)
	}
	return string(p.Article)
}

// Hanging is what hangs on an annotation.
type Hanging struct {
	Statements []BoardStatement
	Relations  []BoardRelation
	Tags       []Tag // by path
}

// AnnotationRow is an annotation with its article and what hangs on it.
type AnnotationRow struct {
	Passage
	Hanging
}

// HoldsWords says whether every word, folded by FoldText, is in one of the texts.
func HoldsWords(words []string, texts ...string) bool {
	var found [64]bool // nobody types more words than these
	words = words[:min(len(words), len(found))]
	left := len(words)
	for _, t := range texts {
		if left == 0 || t == "" {
			continue
		}
		t = FoldText(t)
		for i, w := range words {
			if !found[i] && strings.Contains(t, w) {
				found[i] = true
				left--
			}
		}
	}
	return left == 0
}
