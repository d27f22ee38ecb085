package app

import (
	"context"
	"errors"
	"strings"
)

// Found is a search hit as it is shown.
type Found struct {
	Hit
	Article      ArticleID // where it stands; "" for things of no article
	ArticleTitle string
	Title        string
	Snippet      Snippet
	At           int      // in an article or annotation: the code point of the passage; else 0
	Terms        []string // what the snippet marks, for marking it in the text
	Text         TextID   // that At counts in: for a mark perhaps not the text in use
}

// snippetWidth is how many code points of text a hit shows.
const snippetWidth = 180

// Search finds things by their words, best first, and shows them as they are
// now. It returns the hits and how many there are in all.
func (n *Notebook) Search(ctx context.Context, q SearchQuery) ([]Found, uint64, error) {
	result, err := n.index.Search(ctx, q)
	if err != nil {
		return nil, 0, err
	}
	found := make([]Found, 0, len(result.Hits))
	err = n.store.View(ctx, func(r Reader) error {
		for _, hit := range result.Hits {
			if err := ctx.Err(); err != nil {
				return err
			}
			f, err := showHit(r, hit, result.Terms)
			if errors.Is(err, errGone) {
				result.Total--
				continue
			}
			if err != nil {
				return err
			}
			found = append(found, f)
		}
		return nil
	})
	return found, result.Total, err
}

// errGone marks a hit whose thing went to the trash or away since it was indexed.
var errGone = errors.New("gone since it was indexed")

func showHit(r Reader, hit Hit, terms []string) (Found, error) {
	f := Found{Hit: hit}
	var body string
	var err error
	switch hit.Kind {
	case KindArticle:
		body, err = f.article(r)
	case KindAnnotation:
		body, err = f.annotation(r, AnnotationID(hit.ID))
	case KindStatement:
		body, err = f.statement(r)
	case KindActor:
		var a Actor
		if a, err = r.Actor(ActorID(hit.ID)); err == nil && (!a.Trashed.IsZero() || a.MergedInto != "") {
			err = errGone
		}
		f.Title, body = a.Name, strings.Join(append([]string{a.Name}, a.Aliases...), " · ")
	case KindClaim:
		var c Claim
		if c, err = r.Claim(ClaimID(hit.ID)); err == nil && (!c.Trashed.IsZero() || c.MergedInto != "") {
			err = errGone
		}
		f.Title, body = c.Text, c.Text
	case KindNote:
		var note Note
		if note, err = r.Note(NoteID(hit.ID)); err == nil && !note.Trashed.IsZero() {
			err = errGone
		}
		f.Title, body = note.Title(), note.Body
	default:
		return f, errGone
	}
	if errors.Is(err, ErrNotFound) {
		err = errGone
	}
	f.Snippet, f.Terms = CutSnippet(body, terms, snippetWidth), terms
	return f, err
}

// article fills in an article; the passage it opens at is its densest.
func (f *Found) article(r Reader) (string, error) {
	a, err := r.Article(ArticleID(f.ID))
	if err != nil {
		return "", err
	}
	if !a.Trashed.IsZero() {
		return "", errGone
	}
	f.Article, f.ArticleTitle, f.Title = a.ID, a.Title, a.Title
	text, err := r.Text(a.Text)
	f.Text = a.Text
	return text.Plain, err
}

func (f *Found) annotation(r Reader, id AnnotationID) (string, error) {
	passages, err := r.Passages([]AnnotationID{id})
	if err != nil {
		return "", err
	}
	p, ok := passages[id]
	if !ok || !p.Trashed.IsZero() {
		return "", errGone
	}
	f.Article, f.ArticleTitle, f.At, f.Text = p.Article, p.ArticleTitle, p.Anchor.Start, p.Text
	if f.Title == "" {
		f.Title = shorten(p.Anchor.Quote, 80)
	}
	if p.Note == "" {
		return p.Anchor.Quote, nil
	}
	return p.Anchor.Quote + " — " + p.Note, nil
}

func (f *Found) statement(r Reader) (string, error) {
	s, err := r.Statement(StatementID(f.ID))
	if err != nil {
		return "", err
	}
	if !s.Trashed.IsZero() {
		return "", errGone
	}
	actor, err := r.Actor(s.Actor)
	if err != nil {
		return "", err
	}
	claim, err := r.Claim(s.Claim)
	if err != nil {
		return "", err
	}
	f.Title = actor.Name + " " + string(s.Stance) + ": " + claim.Text
	if s.Passage == "" {
		return f.Title, nil
	}
	return f.annotation(r, s.Passage)
}
