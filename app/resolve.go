package app

import (
	"context"
	"errors"
	"strings"
	"sync"

	"rejoinder/app/notelink"
)

// inTrash is the error for a thing that has to be restored before it can be used.
func inTrash(name string) error {
	return Problem(ErrInvalid, "%s is in the trash: restore it first", name)
}

// actorNamed finds the actor that a person means: by identifier, or by a name
// or alias that only one actor bears. A merged actor's identifier leads to what
// it was merged into. ErrNotFound, with the names nearest to it; ErrAmbiguous;
// ErrInvalid in the trash.
func actorNamed(r Reader, name string) (Actor, error) {
	a, err := findActor(r, name)
	if errors.Is(err, ErrNotFound) && !IsID(name) {
		err = didYouMean(r, name, err, true, false)
	}
	return a, err
}

// findActor is actorNamed without looking for what else may be meant.
func findActor(r Reader, name string) (Actor, error) {
	if IsID(name) {
		a, err := r.Actor(ActorID(name))
		if err == nil && a.MergedInto != "" {
			a, err = r.Actor(a.MergedInto)
		}
		if err == nil && !a.Trashed.IsZero() {
			err = inTrash(a.Name)
		}
		return a, err
	}
	all, err := r.Actors()
	if err != nil {
		return Actor{}, err
	}
	var found []Actor
	for _, a := range all {
		if FoldName(a.Name) == FoldName(name) {
			found = append(found, a)
		}
	}
	if len(found) == 0 { // a name goes before an alias
		for _, a := range all {
			if a.Named(name) {
				found = append(found, a)
			}
		}
	}
	return single(found, "actor", name, func(a Actor) string { return a.Name + " (" + string(a.ID) + ")" })
}

// claimNamed finds a claim by identifier, or by its words, or by the beginning
// of its words where only one claim begins so. Errors as of actorNamed.
func claimNamed(r Reader, text string) (Claim, error) {
	c, err := findClaim(r, text)
	if errors.Is(err, ErrNotFound) && !IsID(text) {
		err = didYouMean(r, text, err, false, true)
	}
	return c, err
}

// findClaim is claimNamed without looking for what else may be meant.
func findClaim(r Reader, text string) (Claim, error) {
	if IsID(text) {
		c, err := r.Claim(ClaimID(text))
		if err == nil && c.MergedInto != "" {
			c, err = r.Claim(c.MergedInto)
		}
		if err == nil && !c.Trashed.IsZero() {
			err = inTrash("“" + shorten(c.Text, 60) + "”")
		}
		return c, err
	}
	c, err := claimWorded(r, text, func(have, want string) bool { return have == want })
	if !errors.Is(err, ErrNotFound) {
		return c, err
	}
	return claimWorded(r, text, strings.HasPrefix)
}

// claimWorded finds the one claim whose words, folded, fit.
func claimWorded(r Reader, text string, fit func(have, want string) bool) (Claim, error) {
	all, err := r.Claims()
	if err != nil {
		return Claim{}, err
	}
	want := strings.TrimRight(FoldName(text), ".")
	var found []Claim
	for _, c := range all {
		if want != "" && fit(strings.TrimRight(FoldName(c.Text), "."), want) {
			found = append(found, c)
		}
	}
	return single(found, "claim", text, func(c Claim) string { return c.Text + " (" + string(c.ID) + ")" })
}

// articleNamed finds an article by identifier or by a title that only one has.
// Errors as of actorNamed.
func articleNamed(r Reader, title string) (Article, error) {
	if IsID(title) {
		a, err := r.Article(ArticleID(title))
		if err == nil && !a.Trashed.IsZero() {
			err = inTrash("“" + shorten(a.Title, 60) + "”")
		}
		return a, err
	}
	found, err := r.Articles(ArticleQuery{Title: OneLine(title), Limit: 3})
	if err != nil {
		return Article{}, err
	}
	row, err := single(found, "article", title, func(a ArticleRow) string { return a.Title + " (" + string(a.ID) + ")" })
	return row.Article, err
}

func single[T any](found []T, kind, name string, show func(T) string) (T, error) {
	var none T
	switch len(found) {
	case 0:
		return none, Problem(ErrNotFound, "there is no %s %q in this notebook", kind, name)
	case 1:
		return found[0], nil
	}
	names := make([]string, len(found))
	for i, f := range found {
		names[i] = show(f)
	}
	return none, Problem(ErrAmbiguous, "more than one %s is called %q: %s; use the id", kind, name, strings.Join(names, "; "))
}

// Naming is r for looking up many names in a row: the lists of what bears names
// are read once.
func Naming(r Reader) Reader {
	return naming{r, sync.OnceValues(r.Actors), sync.OnceValues(r.Claims), sync.OnceValues(r.Notes), sync.OnceValues(r.Collections)}
}

type naming struct {
	Reader
	actors      func() ([]Actor, error)
	claims      func() ([]Claim, error)
	notes       func() ([]Note, error)
	collections func() ([]CollectionRow, error)
}

func (n naming) Actors() ([]Actor, error)              { return n.actors() }
func (n naming) Claims() ([]Claim, error)              { return n.claims() }
func (n naming) Notes() ([]Note, error)                { return n.notes() }
func (n naming) Collections() ([]CollectionRow, error) { return n.collections() }

// Named finds what a person means by a name, as a [[link]] does; ErrNotFound has the
// names nearest to it.
func Named(r Reader, name string) (Ref, error) {
	ref, err := targetNamed(r, name)
	if errors.Is(err, ErrNotFound) && !IsID(name) {
		err = didYouMean(r, name, err, true, true)
	}
	return ref, err
}

// LinkTarget finds what a [[link]] means, by what stands inside it: the thing of
// that name, see targetNamed; a bar in it is a letter where something is called so,
// else what is shown of the link stands behind it.
func LinkTarget(r Reader, link string) (Ref, error) {
	ref, err := targetNamed(r, notelink.Whole(link))
	if errors.Is(err, ErrNotFound) && notelink.Barred(link) {
		return targetNamed(r, notelink.Name(link))
	}
	return ref, err
}

// targetNamed finds what a name means: an identifier of anything, in the trash too,
// an actor, a claim, an article, a note or a collection, in this order, and at last
// the beginning of a claim. ErrAmbiguous when two of the first sort that fits bear
// the name.
func targetNamed(r Reader, name string) (Ref, error) {
	if IsID(name) {
		return identified(r, name)
	}
	if a, err := findActor(r, name); !errors.Is(err, ErrNotFound) {
		return RefTo(KindActor, a.ID), err
	}
	if c, err := claimWorded(r, name, func(have, want string) bool { return have == want }); !errors.Is(err, ErrNotFound) {
		return RefTo(KindClaim, c.ID), err
	}
	if a, err := articleNamed(r, name); !errors.Is(err, ErrNotFound) {
		return RefTo(KindArticle, a.ID), err
	}
	notes, err := r.Notes()
	if err != nil {
		return Ref{}, err
	}
	for _, n := range notes {
		if FoldName(n.Title()) == FoldName(name) {
			return RefTo(KindNote, n.ID), nil
		}
	}
	collections, err := r.Collections()
	if err != nil {
		return Ref{}, err
	}
	for _, c := range collections {
		if FoldName(c.Name) == FoldName(name) {
			return RefTo(KindCollection, c.ID), nil
		}
	}
	if c, err := findClaim(r, name); !errors.Is(err, ErrNotFound) {
		return RefTo(KindClaim, c.ID), err
	}
	return Ref{}, Problem(ErrNotFound, "nothing in this notebook is called %q", name)
}

// identified finds what has an identifier; what was merged away is what it was
// merged into.
func identified(r Reader, id string) (Ref, error) {
	ref, err := r.Find(id)
	if err != nil {
		return ref, err
	}
	switch ref.Kind {
	case KindActor:
		if a, err := r.Actor(ActorID(id)); err == nil && a.MergedInto != "" {
			return RefTo(KindActor, a.MergedInto), nil
		}
	case KindClaim:
		if c, err := r.Claim(ClaimID(id)); err == nil && c.MergedInto != "" {
			return RefTo(KindClaim, c.MergedInto), nil
		}
	}
	return ref, nil
}

// ArticleID finds the article that a person means by a title or an identifier.
func (n *Notebook) ArticleID(ctx context.Context, title string) (ArticleID, error) {
	var a Article
	err := n.store.View(ctx, func(r Reader) (err error) {
		a, err = articleNamed(r, title)
		return err
	})
	return a.ID, err
}

// ActorID finds the actor that a person means by a name or an identifier.
func (n *Notebook) ActorID(ctx context.Context, name string) (ActorID, error) {
	var a Actor
	err := n.store.View(ctx, func(r Reader) (err error) {
		a, err = actorNamed(r, name)
		return err
	})
	return a.ID, err
}

// ClaimID finds the claim that a person means by its words or an identifier.
func (n *Notebook) ClaimID(ctx context.Context, text string) (ClaimID, error) {
	var c Claim
	err := n.store.View(ctx, func(r Reader) (err error) {
		c, err = claimNamed(r, text)
		return err
	})
	return c.ID, err
}
