package storage

import (
	"context"
	"errors"
	"strings"

	"rejoinder/app"
)

// Meaning implements app.IndexSource.
func (s *Store) Meaning(ctx context.Context, field, value string) (out []app.Meant, err error) {
	err = s.view(ctx, func(r *reader) error {
		out, err = r.Meant(field, value)
		return err
	})
	return out, err
}

// namedBy are the fields whose values name things: the kind, its table, and the
// column of the name.
var namedBy = map[string]struct {
	kind         app.Kind
	table, named string
}{
	"tag":   {app.KindTag, "tags", "path"},
	"actor": {app.KindActor, "actors", "name"},
	"claim": {app.KindClaim, "claims", "text"},
	"in":    {app.KindCollection, "collections", "name"},
}

// Meant implements app.Reader.
func (r *reader) Meant(field, value string) (out []app.Meant, err error) {
	if ids, name, ok := app.ParseReference(value); ok {
		return r.referredTo(field, ids, name)
	}
	folded := app.FoldName(value)
	switch field {
	case "tag":
		out, err = r.tagsMeant(func(_, path string) bool { return path == folded || strings.HasSuffix(path, "/"+folded) })
	case "actor":
		out, err = r.actorsMeant(folded)
	case "claim":
		out, err = r.claimsMeant(value)
	case "in":
		out, err = r.collectionsMeant(func(c app.Collection) bool { return app.FoldName(c.Name) == folded })
	}
	if err == nil && len(out) == 0 {
		out, err = r.inTrash(field, folded)
	}
	return out, err
}

// inTrash says of a name that only something in the trash bears that it is there.
func (r *reader) inTrash(field, folded string) ([]app.Meant, error) {
	of, ok := namedBy[field]
	if !ok {
		return nil, nil
	}
	names, err := list(r, scanText[string], "SELECT "+of.named+" FROM "+of.table+" WHERE trashed IS NOT NULL ORDER BY trashed DESC, id")
	for _, name := range names {
		if app.FoldName(name) == folded {
			return []app.Meant{{Names: []string{name}, Problem: trashedSentence(of.kind, name)}}, err
		}
	}
	return nil, err
}

func trashedSentence(kind app.Kind, name string) string {
	return "The " + string(kind) + " “" + name + "” is in the trash."
}

// referredTo finds things by their identifiers; name is what they were called.
// Their places in the answer are those of the identifiers, then comes what stands
// below them.
func (r *reader) referredTo(field string, ids []string, name string) (out []app.Meant, err error) {
	of, ok := namedBy[field]
	if !ok {
		return nil, nil
	}
	alive := map[string]bool{}
	for _, id := range ids {
		found, problem, err := r.follow(of.kind, of.table, of.named, id, name)
		if err != nil {
			return nil, err
		}
		if problem.Problem != "" {
			out = append(out, problem)
			continue
		}
		alive[found] = true
	}
	if len(alive) == 0 {
		return out, nil
	}
	var more []app.Meant
	switch field {
	case "tag":
		more, err = r.tagsMeant(func(id, _ string) bool { return alive[id] })
	case "in":
		more, err = r.collectionsMeant(func(c app.Collection) bool { return alive[string(c.ID)] })
	case "actor":
		var actors []app.Actor
		actors, err = r.Actors()
		for _, a := range actors {
			if alive[string(a.ID)] {
				more = append(more, app.Meant{ID: string(a.ID), Names: append([]string{a.Name}, a.Aliases...), Whole: true})
			}
		}
	case "claim":
		for id := range alive {
			c, err := r.Claim(app.ClaimID(id))
			if err != nil {
				return nil, err
			}
			more = append(more, app.Meant{ID: id, Names: []string{c.Text}, Whole: true})
		}
	}
	// What is named comes before what stands below it: its name is the first.
	for _, whole := range []bool{true, false} {
		for _, m := range more {
			if m.Whole == whole {
				out = append(out, m)
			}
		}
	}
	return out, err
}

// follow finds a thing, or what it was merged into; a Problem when that is in the
// trash or gone.
func (r *reader) follow(kind app.Kind, table, named, id, name string) (string, app.Meant, error) {
	merged := "''"
	if kind == app.KindActor || kind == app.KindClaim {
		merged = "coalesce(merged_into, '')"
	}
	type row struct {
		into, name string
		trashed    bool
	}
	for {
		x, err := one(r, kind, func(s scanner) (x row, err error) {
			err = s.Scan(&x.into, &x.name, &x.trashed)
			return x, err
		}, "SELECT "+merged+", "+named+", trashed IS NOT NULL FROM "+table+" WHERE id = ?", id)
		switch {
		case errors.Is(err, app.ErrNotFound):
			if name == "" {
				name = id
			}
			return "", app.Meant{Names: []string{name}, Problem: "The " + string(kind) + " “" + name + "” is no longer in the notebook."}, nil
		case err != nil:
			return "", app.Meant{}, err
		case x.into != "":
			id, name = x.into, x.name
		case x.trashed:
			return "", app.Meant{Names: []string{x.name}, Problem: trashedSentence(kind, x.name)}, nil
		default:
			return id, app.Meant{}, nil
		}
	}
}

// claimsMeant are the claims that hold the words. A claim is meant as a whole when
// the words are all of it and no other claim has them.
func (r *reader) claimsMeant(value string) ([]app.Meant, error) {
	out, err := list(r, func(row scanner) (m app.Meant, err error) {
		m.Names = []string{""}
		err = row.Scan(&m.ID, &m.Names[0])
		return m, err
	}, "SELECT id, text FROM claims WHERE trashed IS NULL AND merged_into IS NULL AND holds_words(?, text, '', '')", app.FoldText(app.OneLine(value)))
	if len(out) == 1 {
		bare := func(s string) string { return strings.TrimRight(app.FoldName(s), ".") }
		out[0].Whole = bare(out[0].Names[0]) == bare(value)
	}
	return out, err
}

// tagsMeant are the tags that fit, by identifier and folded path, and those below.
func (r *reader) tagsMeant(fits func(id, path string) bool) (out []app.Meant, err error) {
	tags, err := list(r, scanTag, "SELECT "+tagColumns+" FROM tags t WHERE t.trashed IS NULL")
	if err != nil {
		return nil, err
	}
	var tops []string
	paths := make([]string, len(tags))
	for i, t := range tags {
		paths[i] = app.FoldName(t.Path)
		if fits(string(t.ID), paths[i]) {
			tops = append(tops, paths[i])
		}
	}
	for i, t := range tags {
		p := paths[i]
		for _, top := range tops {
			if p == top || strings.HasPrefix(p, top+"/") {
				out = append(out, app.Meant{ID: string(t.ID), Names: []string{t.Path}, Whole: fits(string(t.ID), p)})
				break
			}
		}
	}
	return out, nil
}

// actorsMeant are the actors of that name or alias; where there is none, those
// in whose names it stands.
func (r *reader) actorsMeant(value string) ([]app.Meant, error) {
	actors, err := r.Actors()
	if err != nil {
		return nil, err
	}
	var exact, partly []app.Meant
	for _, a := range actors {
		names := append([]string{a.Name}, a.Aliases...)
		is, holds := false, false
		for _, n := range names {
			n = app.FoldName(n)
			is = is || n == value
			holds = holds || strings.Contains(" "+n+" ", " "+value+" ")
		}
		switch m := (app.Meant{ID: string(a.ID), Names: names, Whole: is}); {
		case is:
			exact = append(exact, m)
		case holds:
			partly = append(partly, m)
		}
	}
	if len(exact) > 0 {
		return exact, nil
	}
	return partly, nil
}

// collectionsMeant are the collections that fit and those inside them.
func (r *reader) collectionsMeant(fits func(app.Collection) bool) (out []app.Meant, err error) {
	all, err := r.rawCollections()
	if err != nil {
		return nil, err
	}
	meant := map[app.CollectionID]bool{}
	for _, c := range all {
		meant[c.ID] = fits(c.Collection)
	}
	for again := true; again; {
		again = false
		for _, c := range all {
			if !meant[c.ID] && meant[c.Parent] {
				meant[c.ID], again = true, true
			}
		}
	}
	for _, c := range all {
		if meant[c.ID] {
			out = append(out, app.Meant{ID: string(c.ID), Names: []string{c.Name}, Query: c.Stored, Whole: fits(c.Collection)})
		}
	}
	return out, nil
}
