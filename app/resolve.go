package app

import (
	"context"
	"strings"
)

// actorNamed finds the actor that a person means: by identifier, or by a name
// or alias that only one actor bears. A merged actor's identifier leads to what
// it was merged into. ErrNotFound, ErrAmbiguous.
func actorNamed(r Reader, name string) (Actor, error) {
	if IsID(name) {
		a, err := r.Actor(ActorID(name))
		if err == nil && a.MergedInto != "" {
			return r.Actor(a.MergedInto)
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
// of its words where only one claim begins so.
func claimNamed(r Reader, text string) (Claim, error) {
	if IsID(text) {
		c, err := r.Claim(ClaimID(text))
		if err == nil && c.MergedInto != "" {
			return r.Claim(c.MergedInto)
		}
		return c, err
	}
	all, err := r.Claims()
	if err != nil {
		return Claim{}, err
	}
	want := strings.TrimRight(FoldName(text), ".")
	var same, begin []Claim
	for _, c := range all {
		have := strings.TrimRight(FoldName(c.Text), ".")
		if have == want {
			same = append(same, c)
		} else if want != "" && strings.HasPrefix(have, want) {
			begin = append(begin, c)
		}
	}
	if len(same) == 0 {
		same = begin
	}
	return single(same, "claim", text, func(c Claim) string { return c.Text + " (" + string(c.ID) + ")" })
}

// articleNamed finds an article by identifier or by a title that only one has.
func articleNamed(r Reader, title string) (Article, error) {
	if IsID(title) {
		return r.Article(ArticleID(title))
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

// Named finds what a [[link]] or a person means by a name: an identifier of
// anything, an actor, a claim, an article or a note, in this order.
func Named(r Reader, name string) (Ref, error) {
	if IsID(name) {
		return r.Find(name)
	}
	if a, err := actorNamed(r, name); err == nil {
		return RefTo(KindActor, a.ID), nil
	}
	if c, err := claimNamed(r, name); err == nil {
		return RefTo(KindClaim, c.ID), nil
	}
	if a, err := articleNamed(r, name); err == nil {
		return RefTo(KindArticle, a.ID), nil
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
	return Ref{}, Problem(ErrNotFound, "nothing in this notebook is called %q", name)
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
