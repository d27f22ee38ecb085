package app

import "context"

// Repair is a mark whose place in the article's text in use has to be looked at:
// fuzzy, needs-review or orphan.
type Repair struct {
	Passage
	Old     Anchor // where it stood for sure
	OldText TextID
}

// Candidate is a place in an article's text in use that may be a mark's.
type Candidate struct {
	Anchor   Anchor
	Errors   int     // edits between the mark's words and these
	Likeness float64 // 0 to 1
}

// doubtful are the states that a person has to look at.
var doubtful = []AnchorState{AnchorFuzzy, AnchorNeedsReview, AnchorOrphan}

// Repairs lists the marks of an article, or of all when it is "", whose places
// have to be looked at, by article, then position.
func (n *Notebook) Repairs(ctx context.Context, article ArticleID) ([]Repair, error) {
	var out []Repair
	err := n.store.View(ctx, func(r Reader) error {
		ids, err := r.AnnotationIDs(AnnotationQuery{Article: article, States: doubtful})
		if err != nil {
			return err
		}
		passages, err := r.Passages(ids)
		if err != nil {
			return err
		}
		for _, id := range ids {
			p := passages[id]
			sure, err := lastSure(r, p.Annotation)
			if err != nil {
				return err
			}
			out = append(out, Repair{Passage: p, Old: sure.Anchor, OldText: sure.Text})
		}
		return nil
	})
	return out, err
}

// mostCandidates is how many places are offered for a mark.
const mostCandidates = 5

// Candidates are the places in the text in use that may be the mark's, the
// likeliest first, at most 5. They are looked for with twice the errors with
// which a mark is carried: a person chooses.
func (n *Notebook) Candidates(ctx context.Context, id AnnotationID) ([]Candidate, error) {
	var out []Candidate
	err := n.store.View(ctx, func(r Reader) error {
		m, article, err := markOf(r, id)
		if err != nil {
			return err
		}
		text, err := r.Text(article.Text)
		if err != nil {
			return err
		}
		sure, err := lastSure(r, m)
		if err != nil {
			return err
		}
		out = sure.Anchor.offers(NewGround(text.Plain))
		return nil
	})
	return out, err
}

// offers are the places in text that may be the anchor's passage.
func (a Anchor) offers(text *Ground) []Candidate {
	length := RuneCount(a.Quote)
	found := a.candidates(text, 0)
	for _, errors := range []int{length / 4, length / 2} {
		if errors = min(errors, mostErrors); len(found) == 0 && errors > 0 {
			found = a.candidates(text, errors)
		}
	}
	var out []Candidate
	for _, c := range found[:min(len(found), mostCandidates)] {
		out = append(out, Candidate{Anchor: anchorAt(text.runes, c.start, c.end), Errors: c.errors, Likeness: (1 + c.total) / 2})
	}
	return out
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

// PlaceAnnotation anchors a mark at code points of its article's text in use;
// it is exact from then on. For resizing a mark and for repair. text is what the
// offsets count in, "" for the text in use, whichever it is; ErrInvalid when the
// article has another one since.
func (n *Notebook) PlaceAnnotation(ctx context.Context, id AnnotationID, text TextID, start, end int) (Annotation, error) {
	var m Annotation
	_, err := n.Update(ctx, Op{Name: "place-annotation"}, func(tx Tx) (err error) {
		var article Article
		if m, article, err = markOf(tx, id); err != nil {
			return err
		}
		if err := stillInUse(article, text); err != nil {
			return err
		}
		words, err := tx.Text(article.Text)
		if err != nil {
			return err
		}
		anchor, err := NewAnchor(words.Plain, start, end)
		if err != nil {
			return err
		}
		if m.Text != words.ID {
			if err := tx.PutEarlier(id, Earlier{m.Text, m.Anchor}); err != nil {
				return err
			}
		}
		m.Text, m.Anchor, m.State = words.ID, anchor, AnchorExact
		tx.Describe("Place mark “%s”", shorten(anchor.Quote, 60))
		return tx.PutAnnotation(m)
	})
	return m, err
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
		m.Text, m.Anchor, m.State = sure.Text, sure.Anchor, AnchorExact
		tx.Describe("Leave mark “%s” with an older version", shorten(m.Anchor.Quote, 60))
		return tx.PutAnnotation(m)
	})
	return m, err
}
