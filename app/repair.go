package app

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// Repair is a mark whose place in the article's text in use has to be looked at:
// fuzzy, needs-review or orphan.
type Repair struct {
	Passage
	Hanging
	Old     Anchor // where it stood for sure
	OldText TextID
	Best    *Candidate // the likeliest place in the text in use; nil where nothing is like it
	Rivals  bool       // another place is about as likely: a person has to choose
}

// RepairFilter narrows the repair queue to marks that cost little to decide.
type RepairFilter string

// The filters.
const (
	RepairAny       RepairFilter = ""
	RepairSameWords RepairFilter = "same-words" // its likeliest place has the same words
	RepairOneWord   RepairFilter = "one-word"   // at most one word differs there
	RepairNoFact    RepairFilter = "no-fact"    // no number, negation, name or sign differs there
)

// RepairFilters lists them all.
var RepairFilters = []RepairFilter{RepairAny, RepairSameWords, RepairOneWord, RepairNoFact}

// Passes says whether the filter shows the mark.
func (r Repair) Passes(f RepairFilter) bool {
	switch {
	case f == RepairAny:
		return true
	case r.Best == nil:
		return false
	case f == RepairSameWords:
		return r.Best.Change.Kind != WordsChanged
	case f == RepairOneWord:
		return r.Best.Change.Words <= 1
	}
	return !r.Best.Change.hasFact()
}

// Clear says that the mark has one likeliest place, which can be accepted together
// with those of others.
func (r Repair) Clear() bool { return r.Best != nil && !r.Rivals }

// Place is the mark's likeliest place, of which there must be one.
func (r Repair) Place() Place {
	return Place{ID: r.ID, Text: r.InUse, Start: r.Best.Anchor.Start, End: r.Best.Anchor.End}
}

// Candidate is a place in an article's text in use that may be a mark's.
type Candidate struct {
	Anchor   Anchor
	Errors   int        // edits between the mark's words and these
	Likeness float64    // 0 to 1
	Change   WordChange // from the mark's words to these
}

// doubtful are the states that a person has to look at.
var doubtful = []AnchorState{AnchorFuzzy, AnchorNeedsReview, AnchorOrphan}

// Repairs lists the marks of an article, or of all when it is "", whose places
// have to be looked at, by article, then position, each with its likeliest place.
func (n *Notebook) Repairs(ctx context.Context, article ArticleID) ([]Repair, error) {
	var out []Repair
	c := newCarrier()
	err := n.store.View(ctx, func(r Reader) error {
		ids, err := r.AnnotationIDs(AnnotationQuery{Article: article, States: doubtful})
		if err != nil {
			return err
		}
		passages, err := r.Passages(ids)
		if err != nil {
			return err
		}
		hanging, err := r.Hanging(ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			p := passages[id]
			sure, err := lastSure(r, p.Annotation)
			if err != nil {
				return err
			}
			for _, text := range []TextID{sure.Text, p.InUse} {
				if _, err := c.ground(r, text); err != nil {
					return err
				}
			}
			out = append(out, Repair{Passage: p, Hanging: hanging[id], Old: sure.Anchor, OldText: sure.Text})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	c.offerBest(ctx, out)
	return out, ctx.Err()
}

// offerBest finds the likeliest places of marks, on every core.
func (c *carrier) offerBest(ctx context.Context, repairs []Repair) {
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(len(repairs), runtime.NumCPU()) {
		all.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(repairs) && ctx.Err() == nil; i = next.Add(1) - 1 {
				m := &repairs[i]
				best, rivals, ok := m.Old.likeliest(c.grounds[m.OldText], c.grounds[m.InUse], standing(m.Annotation, m.InUse))
				if m.Rivals = rivals; ok {
					m.Best = &best
				}
			}
		})
	}
	all.Wait()
}

// markOf reads a mark that is not in the trash, and its article.
func markOf(r Reader, id AnnotationID) (Annotation, Article, error) {
	m, err := r.Annotation(id)
	if err != nil {
		return m, Article{}, err
	}
	if !m.Trashed.IsZero() {
		return m, Article{}, inTrash("“" + shorten(m.Anchor.Quote, 60) + "”")
	}
	a, err := r.Article(m.Article)
	return m, a, err
}

// Place is where a mark is to stand: code points of its article's text in use.
// Text is what they count in, "" for the text in use, whichever it is.
type Place struct {
	ID         AnnotationID
	Text       TextID
	Start, End int
}

// PlaceAnnotation anchors a mark at code points of its article's text in use;
// it is exact from then on. For resizing a mark and for repair. text is what the
// offsets count in, "" for the text in use, whichever it is; ErrInvalid when the
// article has another one since.
func (n *Notebook) PlaceAnnotation(ctx context.Context, id AnnotationID, text TextID, start, end int) (Annotation, error) {
	var m Annotation
	_, err := n.Update(ctx, Op{Name: "place-annotation"}, func(tx Tx) (err error) {
		m, err = placeAnnotation(tx, Place{id, text, start, end})
		tx.Describe("Place mark “%s”", shorten(m.Anchor.Quote, 60))
		return err
	})
	return m, err
}

// PlaceAnnotations is PlaceAnnotation of several marks in one step; when one of
// them cannot be placed, none is.
func (n *Notebook) PlaceAnnotations(ctx context.Context, places []Place) error {
	_, err := n.Update(ctx, Op{Name: "place-annotations"}, func(tx Tx) error {
		for _, p := range places {
			m, err := placeAnnotation(tx, p)
			if err != nil {
				return err
			}
			tx.Describe("Place mark “%s”", shorten(m.Anchor.Quote, 60))
		}
		if len(places) > 1 {
			tx.Describe("Place %s", countOf(len(places), "mark"))
		}
		return nil
	})
	return err
}

func placeAnnotation(tx Tx, p Place) (Annotation, error) {
	m, article, err := markOf(tx, p.ID)
	if err != nil {
		return m, err
	}
	if err := stillInUse(article, p.Text); err != nil {
		return m, err
	}
	words, err := tx.Text(article.Text)
	if err != nil {
		return m, err
	}
	anchor, err := NewAnchor(words.Plain, p.Start, p.End)
	if err != nil {
		return m, err
	}
	if m.Text != words.ID {
		if err := tx.PutEarlier(m.ID, Earlier{m.Text, m.Anchor}); err != nil {
			return m, err
		}
	}
	m.Text, m.Anchor, m.State, m.TextChanged = words.ID, anchor, AnchorExact, false
	return m, tx.PutAnnotation(m)
}

// LeaveAnnotation leaves a mark with the older version that it stands in, or for
// a fuzzy one stood in for sure: it is exact there, and no longer looked at.
// ErrInvalid when it never stood elsewhere than in the text in use.
func (n *Notebook) LeaveAnnotation(ctx context.Context, id AnnotationID) (Annotation, error) {
	var m Annotation
	_, err := n.Update(ctx, Op{Name: "leave-annotation"}, func(tx Tx) (err error) {
		var article Article
		if m, article, err = markOf(tx, id); err != nil {
			return err
		}
		sure, err := lastSure(tx, m)
		if err != nil {
			return err
		}
		if sure.Text == article.Text {
			return Problem(ErrInvalid, "“%s” stands in the text in use: there is no older version to leave it with", shorten(m.Anchor.Quote, 60))
		}
		m.Text, m.Anchor, m.State, m.TextChanged = sure.Text, sure.Anchor, AnchorExact, false
		tx.Describe("Leave mark “%s” with an older version", shorten(m.Anchor.Quote, 60))
		return tx.PutAnnotation(m)
	})
	return m, err
}
