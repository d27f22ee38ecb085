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
	Publisher    string    // of the article
	Date         Date      // of the article, or when a statement was made
	Language     string    // of the article
	Snippets     []Snippet // the densest passages: at most two of an article, else one
	At           int       // in an article or annotation: the code point of the passage; else 0
	Terms        []Term    // what the snippets mark, for marking it in the text
	Text         TextID    // that At counts in: for a mark perhaps not the text in use
}

// Results is what a search found.
type Results struct {
	Found []Found // best first
	// Total is how many there are in all; with More there are more than that.
	Total uint64
	More  bool
	// Whole is how many of Found have all of the words; those behind them, which
	// Total does not count, have only some.
	Whole    int
	Problems []SearchProblem
}

// snippetWidth is how many code points of text a snippet shows, and
// articleSnippets how many snippets an article has.
const (
	snippetWidth    = 180
	articleSnippets = 2
)

// Search finds things by their words, best first, and shows them as they are
// now.
func (n *Notebook) Search(ctx context.Context, q SearchQuery) (Results, error) {
	result, err := n.index.Search(ctx, q)
	if err != nil {
		return Results{}, err
	}
	out := Results{Total: result.Total, More: result.More, Whole: result.Whole, Problems: result.Problems,
		Found: make([]Found, 0, len(result.Hits))}
	err = n.store.View(ctx, func(r Reader) error {
		for i, hit := range result.Hits {
			if err := ctx.Err(); err != nil {
				return err
			}
			f, err := n.showHit(r, hit, result.Terms)
			if errors.Is(err, errGone) {
				if i < result.Whole {
					out.Total--
					out.Whole--
				}
				continue
			}
			if err != nil {
				return err
			}
			out.Found = append(out.Found, f)
		}
		return nil
	})
	return out, err
}

// Facets counts what a search finds by kind, publisher and so on.
func (n *Notebook) Facets(ctx context.Context, q SearchQuery) ([]Facet, error) {
	return n.index.Facets(ctx, q)
}

// Explain says why a thing ranks where it does for a query. ErrNotFound when the
// index does not hold it.
func (n *Notebook) Explain(ctx context.Context, q SearchQuery, ref Ref) (Explanation, error) {
	return n.index.Explain(ctx, q, ref)
}

// Marks finds what a search's terms mark in a text; see Index.Marks.
func (n *Notebook) Marks(text, language string, terms []Term) []Mark {
	return n.index.Marks(text, language, terms)
}

// errGone marks a hit whose thing went to the trash or away since it was indexed.
var errGone = errors.New("gone since it was indexed")

func (n *Notebook) showHit(r Reader, hit Hit, terms []Term) (Found, error) {
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
	if err != nil {
		return f, err
	}
	most := 1
	if hit.Kind == KindArticle {
		most = articleSnippets
	}
	f.Snippets, f.Terms = CutSnippets(body, n.index.Marks(body, f.Language, terms), snippetWidth, most), terms
	return f, nil
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
	f.Publisher, f.Date, f.Language = a.Publisher, a.Published, a.Language
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
	f.Title, f.Date = actor.Name+" "+string(s.Stance)+": "+claim.Text, s.Date
	if s.Passage == "" {
		return f.Title, nil
	}
	return f.annotation(r, s.Passage)
}
