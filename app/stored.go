package app

import (
	"context"
	"slices"
	"strings"

	"rejoinder/app/query"
)

// A saved search names collections, tags, actors and claims by their
// identifiers, each list of them with the name that it had: in:"ID ID=to read".
// So it follows what is renamed, merged, split and restored, and can name what
// is gone. What a name does not stand for as a whole stays text: part of an
// actor's name, words of a claim, a name that nothing bears.

// storedFields are the fields of the query language whose values name things.
var storedFields = []string{"in", "tag", "actor", "claim"}

// ParseReference reads a value that names things by their identifiers; name is
// what they were called, "" where only identifiers were written.
func ParseReference(value string) (ids []string, name string, ok bool) {
	before, name, _ := strings.Cut(value, "=")
	ids = strings.Fields(before)
	for _, id := range ids {
		if !IsID(id) {
			return nil, "", false
		}
	}
	return ids, name, len(ids) > 0
}

// ReferenceName is the name in a value, whether it has identifiers or not.
func ReferenceName(value string) string {
	if _, name, ok := ParseReference(value); ok {
		return name
	}
	return value
}

func reference(ids []string, name string) string { return strings.Join(ids, " ") + "=" + OneLine(name) }

// Namer finds what a condition of a query names; Reader.Meant is one.
type Namer func(field, value string) ([]Meant, error)

// NothingMeant is the sentence about a condition that names nothing.
func NothingMeant(field, value string) string {
	noun := map[string]string{"tag": "tag", "claim": "claim with the words", "actor": "actor", "in": "collection"}[field]
	return "There is no " + noun + " “" + ReferenceName(value) + "”."
}

// StoreQuery puts identifiers in the place of the names in a query. Names that
// stand in was as it was shown keep the identifiers that they have there: what
// the user did not touch goes on to mean what it meant.
func StoreQuery(meant Namer, text, was string) (string, error) {
	kept := map[[2]string]string{} // field and folded name as shown: value as stored
	err := eachNamed(was, func(c query.Condition) error {
		if _, _, ok := ParseReference(c.Value); !ok {
			return nil
		}
		shown, err := shownNames(meant, c)
		for name, value := range shown {
			kept[[2]string{c.Field, FoldName(name)}] = value
		}
		return err
	})
	if err != nil {
		return text, err
	}
	return rewritten(text, func(c query.Condition) (string, error) {
		if value, ok := kept[[2]string{c.Field, FoldName(c.Value)}]; ok {
			return conditionText(c.Field, value), nil
		}
		if _, name, ok := ParseReference(c.Value); ok && name != "" {
			return "", nil
		}
		found, err := meant(c.Field, c.Value)
		var ids []string
		name := c.Value
		for _, m := range found {
			if m.Whole {
				ids = append(ids, m.ID)
				name = m.Name()
			}
		}
		if err != nil || len(ids) == 0 {
			return "", err
		}
		return conditionText(c.Field, reference(ids, name)), nil
	})
}

// RenameStored gives the references of a stored query the names that their
// things have now, before those go for good.
func RenameStored(meant Namer, stored string) (string, error) {
	return rewritten(stored, func(c query.Condition) (string, error) {
		ids, name, ok := ParseReference(c.Value)
		if !ok {
			return "", nil
		}
		found, err := meant(c.Field, reference(ids, name))
		if err != nil || len(found) == 0 || len(found[0].Names) == 0 {
			return "", err
		}
		return conditionText(c.Field, reference(ids, found[0].Names[0])), nil
	})
}

// ShowQuery is a stored query as a person reads and edits it: with the names
// that things have now. Where a name would mean something else by now, because
// another thing bears it too, the identifier stays beside it.
func ShowQuery(meant Namer, stored string) (string, error) {
	return rewritten(stored, func(c query.Condition) (string, error) {
		if _, _, ok := ParseReference(c.Value); !ok {
			return "", nil
		}
		shown, err := shownNames(meant, c)
		if err != nil {
			return "", err
		}
		var parts []string
		for name := range shown {
			parts = append(parts, conditionText(c.Field, name))
		}
		slices.Sort(parts)
		if len(parts) == 1 {
			return parts[0], nil
		}
		return "(" + strings.Join(parts, " OR ") + ")", nil
	})
}

// shownNames are the values that a reference is shown as, and what each of them
// stands for: one for all its things where they have one name, else one each.
func shownNames(meant Namer, c query.Condition) (map[string]string, error) {
	ids, had, _ := ParseReference(c.Value)
	byName := map[string][]string{}
	called := map[string]string{}
	for _, id := range ids {
		found, err := meant(c.Field, reference([]string{id}, had))
		if err != nil {
			return nil, err
		}
		name := had
		if len(found) > 0 && len(found[0].Names) > 0 {
			name = found[0].Names[0]
		}
		folded := FoldName(name)
		byName[folded], called[folded] = append(byName[folded], id), name
	}
	out := map[string]string{}
	for folded, of := range byName {
		name := called[folded]
		value := reference(of, name)
		same, err := meansSame(meant, c.Field, name, value)
		if err != nil {
			return nil, err
		}
		if same && name != "" {
			out[name] = value
		} else {
			out[value] = value
		}
	}
	return out, nil
}

// meansSame says whether a name finds what a reference finds, or nothing at all,
// which is said when it is asked.
func meansSame(meant Namer, field, name, value string) (bool, error) {
	byName, err := meant(field, name)
	if err != nil {
		return false, err
	}
	byID, err := meant(field, value)
	ids, wanted := idsOf(byName), idsOf(byID)
	return len(ids) == 0 || slices.Equal(ids, wanted), err
}

func idsOf(found []Meant) []string {
	var ids []string
	for _, m := range found {
		if m.ID != "" {
			ids = append(ids, m.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func conditionText(field, value string) string { return field + ":" + query.Quote(value) }

// eachNamed calls fn with the conditions of a query whose values name things.
func eachNamed(text string, fn func(query.Condition) error) error {
	var err error
	query.Parse(text, query.Options{}).Walk(func(n query.Node, _ query.Place) {
		if c, ok := n.(query.Condition); ok && err == nil && slices.Contains(storedFields, c.Field) {
			err = fn(c)
		}
	})
	return err
}

// rewritten is a query with the conditions that name things written anew; ""
// leaves one as it is. What would be read otherwise than before, as beyond the
// length that a query may have, stays as it was.
func rewritten(text string, write func(query.Condition) (string, error)) (string, error) {
	runes := []rune(text)
	out, done := strings.Builder{}, 0
	err := eachNamed(text, func(c query.Condition) error {
		made, err := write(c)
		if err != nil || made == "" {
			return err
		}
		old := string(runes[c.At.Start:c.At.End])
		if strings.HasPrefix(old, "(") || strings.HasPrefix(old, "（") { // it keeps apart what stands beside it
			made = "(" + made + ")"
		}
		out.WriteString(string(runes[done:c.At.Start]) + made)
		done = c.At.End
		return nil
	})
	if err != nil {
		return text, err
	}
	out.WriteString(string(runes[done:]))
	before, after := query.Parse(text, query.Options{}), query.Parse(out.String(), query.Options{})
	if len(after.Problems) > len(before.Problems) {
		return text, nil
	}
	return out.String(), nil
}

// StoredProblems are the sentences about a saved search that a person has to
// know: what it can no longer find, also in the saved searches that it names.
func StoredProblems(r Reader, c Collection) ([]string, error) {
	return storedProblems(r, c.Stored, map[string]bool{string(c.ID): true})
}

func storedProblems(r Reader, stored string, inside map[string]bool) (out []string, err error) {
	for _, p := range query.Parse(stored, query.Options{}).Problems {
		out = append(out, p.Text)
	}
	err = eachNamed(stored, func(c query.Condition) error {
		found, err := r.Meant(c.Field, c.Value)
		if err == nil && len(found) == 0 {
			out = append(out, NothingMeant(c.Field, c.Value))
		}
		for _, m := range found {
			switch {
			case m.Problem != "":
				out = append(out, m.Problem)
			case m.Query == "" || err != nil:
			case inside[m.ID]:
				out = append(out, LeadsBack(m.Name()))
			default:
				inside[m.ID] = true
				var deeper []string
				deeper, err = storedProblems(r, m.Query, inside)
				delete(inside, m.ID)
				for _, p := range deeper {
					out = append(out, InStored(m.Name(), p))
				}
			}
		}
		return err
	})
	slices.Sort(out)
	return slices.Compact(out), err
}

// LeadsBack is the sentence about a saved search that names itself, at once or
// through others.
func LeadsBack(name string) string {
	return "The saved search “" + name + "” leads back to itself, which adds nothing."
}

// InStored is a sentence about what stands in a saved search.
func InStored(name, sentence string) string {
	if strings.HasPrefix(sentence, "In the saved search") || strings.HasPrefix(sentence, "The saved search “"+name+"” leads") {
		return sentence
	}
	return "In the saved search “" + name + "”: " + sentence
}

// StoredProblems says what a saved search can no longer find; see the function.
func (n *Notebook) StoredProblems(ctx context.Context, id CollectionID) (out []string, err error) {
	err = n.store.View(ctx, func(r Reader) error {
		c, err := r.Collection(id)
		if err != nil || c.Stored == "" {
			return err
		}
		out, err = StoredProblems(r, c)
		return err
	})
	return out, err
}

// pinStored puts identifiers into the saved searches that still name things by
// their names, before those names change their meaning: searches saved by older
// versions, and those that named something before it was there.
func pinStored(tx Tx) error {
	return eachStored(tx, func(meant Namer, stored string) (string, error) { return StoreQuery(meant, stored, "") })
}

// eachStored writes every saved search anew, those in the trash too.
func eachStored(tx Tx, write func(Namer, string) (string, error)) error {
	all, err := tx.SavedSearches()
	if err != nil {
		return err
	}
	for _, c := range all {
		stored, err := write(tx.Meant, c.Stored)
		if err != nil {
			return err
		}
		if stored != c.Stored {
			c.Stored = stored
			if err := tx.PutCollection(c); err != nil {
				return err
			}
		}
	}
	return nil
}
