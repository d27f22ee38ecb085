package app

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// Annotation is a marked passage of a text.
type Annotation struct {
	ID      AnnotationID
	Article ArticleID
	Text    TextID // the version that Anchor's offsets count in
	Kind    AnnotationKind
	Color   Color
	Note    string // the margin note, Markdown
	Anchor  Anchor
	State   AnchorState
	// TextChanged says that a fuzzy mark was carried to words that are not those
	// that it marked for sure; without it only their typography differs.
	TextChanged bool
	Created     time.Time
	Modified    time.Time
	Trashed     time.Time
}

// AnnotationKind says how a passage is marked.
type AnnotationKind string

// The kinds of marks.
const (
	Highlight AnnotationKind = "highlight"
	Underline AnnotationKind = "underline"
	Comment   AnnotationKind = "comment"
)

// Color names a mark's colour; the screen decides what it looks like.
type Color string

// Colors lists the mark colours in the order of the digit keys 1 to 6.
var Colors = []Color{"yellow", "green", "blue", "pink", "orange", "violet"}

// Validate reports what keeps the annotation from being stored.
func (a Annotation) Validate() error {
	switch {
	case a.Article == "" || a.Text == "":
		return Problem(ErrInvalid, "an annotation needs an article")
	case a.Anchor.Start < 0 || a.Anchor.End <= a.Anchor.Start:
		return Problem(ErrInvalid, "an annotation needs a passage of at least one character")
	case a.Kind != Highlight && a.Kind != Underline && a.Kind != Comment:
		return Problem(ErrInvalid, "%q is no kind of mark: highlight, underline or comment", string(a.Kind))
	}
	if err := notTooLong(a.Note); err != nil {
		return err
	}
	for _, c := range Colors {
		if a.Color == c {
			return nil
		}
	}
	return Problem(ErrInvalid, "%q is no mark colour: yellow, green, blue, pink, orange or violet", string(a.Color))
}

// Spot names a passage of an article: by its words, or by its place.
type Spot struct {
	Article string // identifier or title
	Quote   string // as it stands in the text, but for the kind of white space; "" when Start and End say where
	Nth     int    // which occurrence, from 1; 0 when there must be only one
	Start   int    // code points
	End     int    // code points, exclusive
	Text    TextID // that Start and End count in; "" for the one in use
}

// locate finds the spot in the article's text in use. ErrNotFound when the
// quote is not there, ErrAmbiguous when it is there more than once.
func (s Spot) locate(r Reader) (Article, Anchor, error) {
	article, err := articleNamed(r, s.Article)
	if err != nil {
		return article, Anchor{}, err
	}
	text, err := r.Text(article.Text)
	if err != nil {
		return article, Anchor{}, err
	}
	if strings.TrimSpace(s.Quote) == "" && s.End == 0 {
		return article, Anchor{}, Problem(ErrInvalid, "a quote needs words")
	}
	if s.Quote == "" {
		if err := stillInUse(article, s.Text); err != nil {
			return article, Anchor{}, err
		}
		a, err := NewAnchor(text.Plain, s.Start, s.End)
		return article, a, err
	}
	at, err := occurrence(text.Plain, s.Quote, s.Nth)
	if err != nil {
		return article, Anchor{}, fmt.Errorf("%s: %w", shorten(article.Title, 60), err)
	}
	a, err := NewAnchor(text.Plain, at[0], at[1])
	return article, a, err
}

// Locate finds a spot in its article's text in use. Errors as of Annotate.
func (n *Notebook) Locate(ctx context.Context, spot Spot) (Anchor, error) {
	var a Anchor
	err := n.store.View(ctx, func(r Reader) (err error) {
		_, a, err = spot.locate(r)
		return err
	})
	return a, err
}

// stillInUse is ErrInvalid when offsets count in a text that is no longer the
// article's: there they are other words.
func stillInUse(a Article, text TextID) error {
	if text != "" && text != a.Text {
		return Problem(ErrInvalid, "“%s” has a new version since: select the passage again", shorten(a.Title, 60))
	}
	return nil
}

// longestHint is how long a quote may be for which the nearest passage is looked
// for.
const longestHint = 2000

// occurrence is where a quote begins and ends in a text: just so, or else but for
// its typography.
func occurrence(text, quote string, nth int) ([2]int, error) {
	var none [2]int
	var found [][2]int
	for _, at := range Occurrences(text, quote) {
		found = append(found, [2]int{at, at + RuneCount(quote)})
	}
	if len(found) == 0 {
		found = looseOccurrences(text, quote)
	}
	switch {
	case len(found) == 0:
		if RuneCount(quote) > longestHint {
			return none, Problem(ErrNotFound, "the quote “%s” is not in the text", shorten(quote, 80))
		}
		near := Anchor{Quote: quote}.Reanchor("", text)
		if near.State != AnchorOrphan {
			return none, Problem(ErrNotFound, "the quote is not in the text; the nearest passage is “%s”", near.Anchor.Quote)
		}
		return none, Problem(ErrNotFound, "the quote “%s” is not in the text", shorten(quote, 80))
	case nth == 0 && len(found) > 1:
		return none, Problem(ErrAmbiguous, "the quote “%s” is in the text %d times: say which one, from 1 to %d", shorten(quote, 80), len(found), len(found))
	case nth < 0 || nth > len(found):
		return none, Problem(ErrNotFound, "the quote “%s” is in the text %s, not %d", shorten(quote, 80), countOf(len(found), "time"), nth)
	}
	return found[max(nth, 1)-1], nil
}

// Annotate marks a passage. Zero values of kind and color mean a yellow
// highlight; tags are paths.
func (n *Notebook) Annotate(ctx context.Context, spot Spot, a Annotation, tags ...string) (Annotation, error) {
	_, err := n.Update(ctx, Op{Name: "annotate"}, func(tx Tx) (err error) {
		if a, err = addAnnotation(tx, spot, a); err != nil {
			return err
		}
		if len(tags) > 0 {
			known, err := tagsIn(tx)
			if err != nil {
				return err
			}
			for _, path := range tags {
				if err := known.set(path, true, RefTo(KindAnnotation, a.ID)); err != nil {
					return err
				}
			}
		}
		tx.Describe("Mark “%s”", shorten(a.Anchor.Quote, 60))
		return nil
	})
	return a, err
}

func addAnnotation(tx Tx, spot Spot, a Annotation) (Annotation, error) {
	article, anchor, err := spot.locate(tx)
	if err != nil {
		return a, err
	}
	a.ID, a.Article, a.Text, a.Anchor, a.State = NewID[AnnotationID](), article.ID, article.Text, anchor, AnchorExact
	a.Note = strings.TrimSpace(Clean(a.Note))
	if a.Kind == "" {
		a.Kind = Highlight
	}
	if a.Color == "" {
		a.Color = Colors[0]
	}
	if err := a.Validate(); err != nil {
		return a, err
	}
	return a, tx.PutAnnotation(a)
}

// passageAt returns the annotation that marks exactly this spot, made if there
// is none yet.
func passageAt(tx Tx, spot Spot) (Annotation, error) {
	article, anchor, err := spot.locate(tx)
	if err != nil {
		return Annotation{}, err
	}
	marks, err := tx.Annotations(AnnotationQuery{Article: article.ID})
	if err != nil {
		return Annotation{}, err
	}
	for _, m := range marks {
		if m.Text == article.Text && m.Anchor.Start == anchor.Start && m.Anchor.End == anchor.End {
			return confirmBare(tx, m)
		}
	}
	spot = Spot{Article: string(article.ID), Start: anchor.Start, End: anchor.End}
	return addAnnotation(tx, spot, Annotation{})
}

// confirmBare makes a mark exact that was carried to other words, when the first
// thing is said of these: who says it has chosen them.
func confirmBare(tx Tx, m Annotation) (Annotation, error) {
	if !m.TextChanged {
		return m, nil
	}
	marks := []move{{mark: m}}
	if err := bearing(tx, marks); err != nil || marks[0].bears {
		return m, err
	}
	m.State, m.TextChanged = AnchorExact, false
	return m, tx.PutAnnotation(m)
}

// EditAnnotation changes a mark's kind, colour or note.
func (n *Notebook) EditAnnotation(ctx context.Context, id AnnotationID, edit func(*Annotation)) (Annotation, error) {
	var a Annotation
	_, err := n.Update(ctx, Op{Name: "edit-annotation"}, func(tx Tx) (err error) {
		a, err = editAnnotation(tx, id, edit)
		tx.Describe("Edit mark “%s”", shorten(a.Anchor.Quote, 60))
		return err
	})
	return a, err
}

func editAnnotation(tx Tx, id AnnotationID, edit func(*Annotation)) (Annotation, error) {
	a, err := tx.Annotation(id)
	if err != nil {
		return a, err
	}
	fixed := a
	edit(&a)
	a.ID, a.Article, a.Text, a.Anchor, a.State = fixed.ID, fixed.Article, fixed.Text, fixed.Anchor, fixed.State
	a.TextChanged = fixed.TextChanged
	a.Note = strings.TrimSpace(Clean(a.Note))
	if err := a.Validate(); err != nil {
		return a, err
	}
	return a, tx.PutAnnotation(a)
}

// EditAnnotations changes the kind, colour or note of several marks in one step.
func (n *Notebook) EditAnnotations(ctx context.Context, ids []AnnotationID, edit func(*Annotation)) error {
	_, err := n.Update(ctx, Op{Name: "edit-annotations"}, func(tx Tx) error {
		for _, id := range ids {
			a, err := editAnnotation(tx, id, edit)
			if err != nil {
				return err
			}
			tx.Describe("Edit mark “%s”", shorten(a.Anchor.Quote, 60))
		}
		if len(ids) > 1 {
			tx.Describe("Edit %s", countOf(len(ids), "mark"))
		}
		return nil
	})
	return err
}
