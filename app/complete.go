package app

import (
	"context"
	"slices"
	"strings"

	"rejoinder/app/query"
)

// QueryCompletion is a way in which what is being typed may go on.
type QueryCompletion struct {
	Show   string // "actor:", or a value
	What   string // one line about it; "" when it says it all
	Text   string // of the whole query
	Cursor int    // in code points
}

// CompleteQuery lists how a query may go on at the cursor: names of fields, and
// the values of the field that is being typed.
func (n *Notebook) CompleteQuery(ctx context.Context, text string, cursor, limit int) ([]QueryCompletion, error) {
	c := query.At(text, cursor)
	var out []QueryCompletion
	put := func(value, what string) {
		t, at := c.Insert(text, value)
		if c.Field == "" {
			value += ":"
		}
		out = append(out, QueryCompletion{value, what, t, at})
	}
	if c.Field == "" {
		for _, f := range query.Fields {
			names := append([]string{f.Name}, f.Aliases...)
			begun := func(name string) bool { return c.Typed != "" && strings.HasPrefix(name, strings.ToLower(c.Typed)) }
			if slices.ContainsFunc(names, begun) {
				put(f.Name, f.What)
			}
		}
		return out[:min(limit, len(out))], nil
	}
	values, err := n.fieldValues(ctx, c.Field, c.Typed, limit)
	for _, v := range values[:min(limit, len(values))] {
		put(v.Text, v.What)
	}
	return out, err
}

// fieldValue is a value of a field that begins as it is typed.
type fieldValue struct{ Text, What string }

func (n *Notebook) fieldValues(ctx context.Context, field, typed string, limit int) (out []fieldValue, err error) {
	if field == "claim" {
		claims, err := n.SuggestClaims(ctx, typed, limit)
		for _, c := range claims {
			out = append(out, fieldValue{Text: c.Text})
		}
		return out, err
	}
	for _, v := range fixedValues(field) {
		if strings.HasPrefix(v, strings.ToLower(typed)) {
			out = append(out, fieldValue{Text: v})
		}
	}
	err = n.store.View(ctx, func(r Reader) (err error) {
		var names []string
		switch field {
		case "tag":
			var tags []TagRow
			tags, err = r.Tags()
			for _, t := range tags {
				names = append(names, t.Path)
			}
		case "in":
			var collections []CollectionRow
			collections, err = r.Collections()
			for _, c := range collections {
				names = append(names, c.Name)
			}
		case "publisher":
			names, err = r.Publishers(typed, limit)
		case "lang":
			names, err = r.Languages(typed, limit)
		case "actor":
			out, err = actorValues(r, typed)
			return err
		default:
			return nil
		}
		for _, name := range names {
			if wordBegins(name, typed) {
				out = append(out, fieldValue{Text: name})
			}
		}
		return err
	})
	return out, err
}

// fixedValues are those that the language itself gives a field, and the kinds.
func fixedValues(field string) []string {
	if field == "kind" {
		return []string{"article", "annotation", "note", "actor", "claim", "statement",
			string(KindNewspaper), string(KindWebpage), string(KindDocument)}
	}
	for _, f := range query.Fields {
		if f.Name == field {
			return f.Values
		}
	}
	return nil
}

// actorValues are the actors with a name or alias that begins so.
func actorValues(r Reader, typed string) (out []fieldValue, err error) {
	actors, err := r.Actors()
	for _, a := range actors {
		if wordBegins(a.Name, typed) {
			out = append(out, fieldValue{Text: a.Name})
			continue
		}
		for _, alias := range a.Aliases {
			if wordBegins(alias, typed) {
				out = append(out, fieldValue{Text: a.Name, What: alias})
				break
			}
		}
	}
	return out, err
}

// wordBegins says whether a word of a name begins with what is typed.
func wordBegins(name, typed string) bool {
	name, typed = FoldText(name), FoldText(strings.TrimLeft(typed, " "))
	return strings.HasPrefix(name, typed) || strings.Contains(name, " "+typed) || strings.Contains(name, "/"+typed)
}
