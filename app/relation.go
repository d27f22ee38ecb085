package app

import (
	"context"
	"slices"
	"strings"
	"time"
)

// Relation sets one claim against, or beside, another: From does Kind to To.
// "From rebuts To" makes From a counterclaim of To.
type Relation struct {
	ID       RelationID
	From     ClaimID
	Kind     RelationKind
	To       ClaimID
	With     []ClaimID // claims that From does it together with, as premises of one argument
	Strength Strength
	Note     string       // Markdown
	Passage  AnnotationID // the passage that shows it; "" makes it the analyst's inference
	Created  time.Time
	Modified time.Time
	Trashed  time.Time
}

// Strength says how strong a relation is, in the analyst's judgement.
type Strength string

// The strengths of relations.
const (
	Plain  Strength = ""
	Weak   Strength = "weak"
	Strong Strength = "strong"
)

// Together names the claims that a relation rests on beside the one that it comes
// from; "" without any.
func Together(texts []string) string {
	if len(texts) == 0 {
		return ""
	}
	return "together with “" + strings.Join(texts, "” and “") + "”"
}

// Strengths lists every strength, the weakest first.
var Strengths = []Strength{Weak, Plain, Strong}

// Words is the strength as it is read: "plain" when nothing was said of it.
func (s Strength) Words() string {
	if s == Plain {
		return "plain"
	}
	return string(s)
}

// ParseStrength reads a strength as a person writes it.
func ParseStrength(s string) (Strength, error) {
	switch word := strings.ToLower(OneLine(s)); word {
	case "", "plain":
		return Plain, nil
	case string(Weak), string(Strong):
		return Strength(word), nil
	}
	return Plain, Problem(ErrInvalid, "%q is no strength: weak, plain or strong", s)
}

// RelationKind says what one claim does to another.
type RelationKind string

// The kinds of relations; the first four make From a counterclaim.
const (
	Rebuts            RelationKind = "rebuts"
	Undercuts         RelationKind = "undercuts"
	RejectsSource     RelationKind = "rejects-source"
	Reframes          RelationKind = "reframes"
	RelationSupports  RelationKind = "supports"
	Restates          RelationKind = "restates"
	RelationQualifies RelationKind = "qualifies"
)

// RelationKinds lists every kind, counterclaims first.
var RelationKinds = []RelationKind{Rebuts, Undercuts, RejectsSource, Reframes, RelationSupports, Restates, RelationQualifies}

// Counters says whether the relation makes From a counterclaim of To.
func (k RelationKind) Counters() bool {
	return k == Rebuts || k == Undercuts || k == RejectsSource || k == Reframes
}

// Words is the kind as it is read in a sentence.
func (k RelationKind) Words() string {
	if k == RejectsSource {
		return "rejects the source of"
	}
	return string(k)
}

// Validate reports a kind of relation that is not one.
func (k RelationKind) Validate() error {
	for _, have := range RelationKinds {
		if k == have {
			return nil
		}
	}
	return Problem(ErrInvalid, "%q is no relation: rebuts, undercuts, rejects-source, reframes, supports, restates or qualifies", string(k))
}

// Inference says whether the relation is the analyst's own, with no passage.
func (r Relation) Inference() bool { return r.Passage == "" }

// Validate reports what keeps the relation from being stored.
func (r Relation) Validate() error {
	switch {
	case r.From == "" || r.To == "":
		return Problem(ErrInvalid, "a relation needs two claims")
	case r.From == r.To:
		return Problem(ErrInvalid, "a claim cannot be set against itself")
	case slices.Contains(r.With, r.From) || slices.Contains(r.With, r.To):
		return Problem(ErrInvalid, "a relation rests on other claims than the two that it joins")
	}
	if _, err := ParseStrength(string(r.Strength)); err != nil {
		return err
	}
	return r.Kind.Validate()
}

// RelationDraft is a relation as a person enters it: claims by identifier or
// by their words.
type RelationDraft struct {
	From     string // what does something to To: the counterclaim
	Kind     RelationKind
	To       string
	With     []string // claims that From does it together with
	Strength Strength
	Note     string // Markdown
	Passage  *Spot  // nil makes it the analyst's inference
	Create   bool   // make a claim that does not exist yet
}

// Relate sets one claim against, or beside, another. ErrExists when the same
// relation is there already.
func (n *Notebook) Relate(ctx context.Context, d RelationDraft) (Relation, error) {
	var r Relation
	_, err := n.Update(ctx, Op{Name: "relate"}, func(tx Tx) (err error) {
		from, err := claimOrNew(tx, d.From, d.Create)
		if err != nil {
			return err
		}
		to, err := claimOrNew(tx, d.To, d.Create)
		if err != nil {
			return err
		}
		r = Relation{ID: NewID[RelationID](), From: from.ID, Kind: d.Kind, To: to.ID, Strength: d.Strength, Note: strings.TrimSpace(Clean(d.Note))}
		for _, text := range d.With {
			premise, err := claimOrNew(tx, text, d.Create)
			if err != nil {
				return err
			}
			r.With = append(r.With, premise.ID)
		}
		if err := r.Validate(); err != nil {
			return err
		}
		if err := r.isNew(tx); err != nil {
			return err
		}
		if d.Passage != nil {
			mark, err := passageAt(tx, *d.Passage)
			if err != nil {
				return err
			}
			r.Passage = mark.ID
		}
		tx.Describe("“%s” %s “%s”", shorten(from.Text, 40), r.Kind.Words(), shorten(to.Text, 40))
		return tx.PutRelation(r)
	})
	return r, err
}

func (r Relation) isNew(tx Tx) error {
	have, err := tx.Relations(RelationQuery{Claim: r.From})
	if err != nil {
		return err
	}
	for _, h := range have {
		if h.ID != r.ID && h.From == r.From && h.To == r.To && h.Kind == r.Kind {
			return Problem(ErrExists, "that relation is recorded already (%s)", h.ID)
		}
	}
	return nil
}

// EditRelation changes a relation's kind, strength, note or premises.
// ErrInvalid, and ErrExists when the same relation is there already.
func (n *Notebook) EditRelation(ctx context.Context, id RelationID, edit func(*Relation)) (Relation, error) {
	var r Relation
	_, err := n.Update(ctx, Op{Name: "edit-relation", Label: "Edit relation"}, func(tx Tx) (err error) {
		if r, err = tx.Relation(id); err != nil {
			return err
		}
		edit(&r)
		r.ID, r.Note = id, strings.TrimSpace(Clean(r.Note))
		if err := r.Validate(); err != nil {
			return err
		}
		if err := r.isNew(tx); err != nil {
			return err
		}
		return tx.PutRelation(r)
	})
	return r, err
}

// ShowRelation gives a relation the passage that shows it.
func (n *Notebook) ShowRelation(ctx context.Context, id RelationID, spot Spot) (Relation, error) {
	var r Relation
	_, err := n.Update(ctx, Op{Name: "show-relation", Label: "Show a relation by its passage"}, func(tx Tx) (err error) {
		if r, err = tx.Relation(id); err != nil {
			return err
		}
		mark, err := passageAt(tx, spot)
		if err != nil {
			return err
		}
		r.Passage = mark.ID
		return tx.PutRelation(r)
	})
	return r, err
}
