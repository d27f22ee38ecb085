package app

import (
	"context"
	"errors"
	"strings"
	"time"
)

// Statement is one actor's stance on one claim.
type Statement struct {
	ID         StatementID
	Actor      ActorID
	Claim      ClaimID
	Stance     Stance
	Date       Date         // when it was said; "" unknown
	Indirect   bool         // reported in the article's words, not the actor's own
	ReportedBy ActorID      // "" when the article itself reports it
	Passage    AnnotationID // the annotation whose passage shows it; "" when there is none yet
	Created    time.Time
	Modified   time.Time
	Trashed    time.Time
}

// Stance is what an actor does with a claim.
type Stance string

// The stances, in the order in which they are shown.
const (
	Asserts   Stance = "asserts"
	Supports  Stance = "supports"
	Qualifies Stance = "qualifies"
	Disputes  Stance = "disputes"
	Denies    Stance = "denies"
	Questions Stance = "questions"
	Declines  Stance = "declines"
)

// Stances lists every stance in the order in which they are shown.
var Stances = []Stance{Asserts, Supports, Qualifies, Disputes, Denies, Questions, Declines}

// infinitives are the stances as people also write them.
var infinitives = map[string]Stance{
	"assert": Asserts, "support": Supports, "qualify": Qualifies, "dispute": Disputes,
	"deny": Denies, "question": Questions, "decline": Declines,
}

// ParseStance reads a stance as a person may write it: "disputes",
// "declines to comment", "Deny".
func ParseStance(s string) (Stance, error) {
	word := strings.TrimSuffix(strings.ToLower(OneLine(s)), " to comment")
	stance, ok := infinitives[word]
	if !ok {
		stance = Stance(word)
	}
	return stance, stance.Validate()
}

// Validate reports a stance that is not one.
func (s Stance) Validate() error {
	for _, st := range Stances {
		if s == st {
			return nil
		}
	}
	return Problem(ErrInvalid, "%q is no stance: asserts, supports, qualifies, disputes, denies, questions or declines", string(s))
}

// Glyph is the sign that stands beside the stance's word everywhere.
func (s Stance) Glyph() string {
	switch s {
	case Asserts:
		return "●"
	case Supports:
		return "+"
	case Qualifies:
		return "≈"
	case Disputes, Denies:
		return "✕"
	case Questions:
		return "?"
	case Declines:
		return "–"
	}
	return ""
}

// Opposes says whether the stance is against the claim.
func (s Stance) Opposes() bool { return s == Disputes || s == Denies }

// Validate reports what keeps the statement from being stored.
func (s Statement) Validate() error {
	switch {
	case s.Actor == "":
		return Problem(ErrInvalid, "a statement needs an actor")
	case s.Claim == "":
		return Problem(ErrInvalid, "a statement needs a claim")
	}
	if err := s.Stance.Validate(); err != nil {
		return err
	}
	return s.Date.Validate()
}

// StatementDraft is a statement as a person enters it: actor and claim by
// identifier or by name.
type StatementDraft struct {
	Actor      string
	Claim      string
	Stance     Stance
	Passage    *Spot // nil when there is no passage yet
	Date       Date  // "" takes the article's date
	Indirect   bool
	ReportedBy string // "" when the article itself reports it
	Create     bool   // make an actor or claim that does not exist yet
}

// AddStatement records who says what. The passage becomes an annotation unless
// the same words are marked already.
func (n *Notebook) AddStatement(ctx context.Context, d StatementDraft) (Statement, error) {
	var s Statement
	_, err := n.Update(ctx, Op{Name: "add-statement"}, func(tx Tx) (err error) {
		actor, claim, err := d.sides(tx)
		if err != nil {
			return err
		}
		s = Statement{ID: NewID[StatementID](), Actor: actor.ID, Claim: claim.ID, Stance: d.Stance, Date: d.Date, Indirect: d.Indirect}
		if d.ReportedBy != "" {
			reporter, err := actorOrNew(tx, d.ReportedBy, d.Create)
			if err != nil {
				return err
			}
			s.ReportedBy = reporter.ID
		}
		if d.Passage != nil {
			if err := s.show(tx, *d.Passage); err != nil {
				return err
			}
		}
		tx.Describe("Record that %s %s “%s”", actor.Name, s.Stance, shorten(claim.Text, 60))
		if err := s.Validate(); err != nil {
			return err
		}
		return tx.PutStatement(s)
	})
	return s, err
}

func (d StatementDraft) sides(tx Tx) (Actor, Claim, error) {
	actor, err := actorOrNew(tx, d.Actor, d.Create)
	if err != nil {
		return actor, Claim{}, err
	}
	claim, err := claimOrNew(tx, d.Claim, d.Create)
	return actor, claim, err
}

// show sets the passage that shows the statement, and the date it implies.
func (s *Statement) show(tx Tx, spot Spot) error {
	mark, err := passageAt(tx, spot)
	if err != nil {
		return err
	}
	s.Passage = mark.ID
	if s.Date == "" {
		article, err := tx.Article(mark.Article)
		if err != nil {
			return err
		}
		s.Date = article.Published
	}
	return nil
}

func actorOrNew(tx Tx, name string, create bool) (Actor, error) {
	if !create || IsID(name) {
		return actorNamed(tx, name)
	}
	a, err := findActor(tx, name)
	if errors.Is(err, ErrNotFound) {
		return addActor(tx, Actor{Name: name})
	}
	return a, err
}

func claimOrNew(tx Tx, text string, create bool) (Claim, error) {
	if !create || IsID(text) {
		return claimNamed(tx, text)
	}
	c, err := findClaim(tx, text)
	if errors.Is(err, ErrNotFound) {
		return addClaim(tx, text)
	}
	return c, err
}

// ShowStatement gives a statement the passage that shows it, and the article's
// date where it has none.
func (n *Notebook) ShowStatement(ctx context.Context, id StatementID, spot Spot) (Statement, error) {
	var s Statement
	_, err := n.Update(ctx, Op{Name: "show-statement", Label: "Show a statement by its passage"}, func(tx Tx) (err error) {
		if s, err = tx.Statement(id); err != nil {
			return err
		}
		if err := s.show(tx, spot); err != nil {
			return err
		}
		return tx.PutStatement(s)
	})
	return s, err
}

// EditStatement changes a statement's stance, date, reporter or directness.
func (n *Notebook) EditStatement(ctx context.Context, id StatementID, edit func(*Statement)) (Statement, error) {
	var s Statement
	_, err := n.Update(ctx, Op{Name: "edit-statement", Label: "Edit statement"}, func(tx Tx) (err error) {
		if s, err = tx.Statement(id); err != nil {
			return err
		}
		edit(&s)
		s.ID = id
		if err := s.Validate(); err != nil {
			return err
		}
		return tx.PutStatement(s)
	})
	return s, err
}
