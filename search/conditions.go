package search

import (
	"context"
	"slices"
	"strings"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"

	"rejoinder/app"
	"rejoinder/app/query"
)

// bearers remembers which things bear which values of an attribute, as the store
// tells it, until that may have changed.
type bearers struct {
	source app.IndexSource

	mu     sync.Mutex
	fields map[string]*attribute
}

// attribute is a field whose values change without the words of what bears them.
type attribute struct {
	version int64
	values  map[string]*roaring.Bitmap // numbers
	whole   bool                       // every value is there
}

// of returns the numbers of what bears each of the values; all of them for none.
// The sets are not to be changed.
func (b *bearers) of(ctx context.Context, field string, values []string) (map[string]*roaring.Bitmap, error) {
	version, err := b.source.BearersVersion(ctx, field)
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	a := b.fields[field]
	if a == nil || a.version != version {
		a = &attribute{version: version, values: map[string]*roaring.Bitmap{}}
		if b.fields == nil {
			b.fields = map[string]*attribute{}
		}
		b.fields[field] = a
	}
	out, missing := map[string]*roaring.Bitmap{}, []string(nil)
	for _, v := range values {
		if set := a.values[v]; set != nil || a.whole {
			out[v] = set
		} else {
			missing = append(missing, v)
		}
	}
	if len(values) == 0 && a.whole {
		out = a.values
	}
	b.mu.Unlock()
	if len(values) > 0 && len(missing) == 0 || len(values) == 0 && a.whole {
		return out, nil
	}
	read := map[string]*roaring.Bitmap{}
	for _, v := range missing {
		read[v] = roaring.New()
	}
	err = b.source.Bearers(ctx, field, missing, func(value string, kind app.Kind, number uint32) {
		set := read[value]
		if set == nil {
			set = roaring.New()
			read[value] = set
		}
		set.Add(numberOf(kind, number))
	})
	if err != nil {
		return nil, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(values) == 0 {
		a.values, a.whole = read, true
		return read, nil
	}
	if !a.whole {
		for v, set := range read {
			a.values[v] = set
		}
	}
	for v, set := range read {
		out[v] = set
	}
	return out, nil
}

// numbered returns the documents that have one of the numbers.
func (v *view) numbered(numbers *roaring.Bitmap) (fixed, error) {
	out := make(fixed, len(v.segments))
	var wanted []uint64
	if !numbers.IsEmpty() {
		wanted = make([]uint64, numbers.Maximum()/64+1)
		numbers.Iterate(func(n uint32) bool {
			wanted[n/64] |= 1 << (n % 64)
			return true
		})
	}
	return out, v.inEach(func(i int, p *part) error {
		out[i] = roaring.New()
		if wanted == nil {
			return nil
		}
		of, err := p.numbers()
		if err != nil {
			return err
		}
		bits := make([]uint64, (p.size+63)/64)
		for d, n := range of {
			if int(n/64) < len(wanted) && wanted[n/64]>>(n%64)&1 == 1 {
				bits[d/64] |= 1 << (d % 64)
			}
		}
		out[i] = p.dense(bits)
		return nil
	})
}

// inEach does something for each segment, on all processors.
func (v *view) inEach(fn func(i int, p *part) error) error {
	return eachAtOnce(len(v.segments), func() func(int) error {
		return func(i int) error {
			if i == len(v.segments) {
				return nil
			}
			return fn(i, v.segments[i])
		}
	})
}

// dense makes a set of bits, without what was deleted.
func (p *part) dense(bits []uint64) *roaring.Bitmap {
	set := roaring.FromDense(bits, false)
	if p.deleted != nil {
		set.AndNot(p.deleted)
	}
	return set
}

// condition translates a field with a value.
func (b *planner) condition(c query.Condition) (node, error) {
	switch c.Field {
	case "kind":
		return b.values(fieldKind, kindValues(c.Value))
	case "lang":
		return b.language(strings.ToLower(c.Value))
	case "after":
		return b.days(func(day string) bool { return firstDay(day) >= firstDay(c.Value) })
	case "before":
		return b.days(func(day string) bool { return firstDay(day) < firstDay(c.Value) })
	case "is":
		return b.read(c.Value)
	case "tag", "claim":
		return b.named(c)
	case "actor":
		return b.actor(c)
	case "in":
		return b.collected(c)
	}
	return b.bearing(c.Field, []string{c.Value})
}

// kindValues are the spellings of a kind: people write it in the plural too.
func kindValues(v string) []string {
	v = strings.ToLower(v)
	return []string{v, strings.TrimSuffix(v, "s")}
}

// values finds documents by the values of a field.
func (b *planner) values(field string, values []string) (node, error) {
	out := make(fixed, len(b.view.segments))
	for i, p := range b.view.segments {
		var sets []*roaring.Bitmap
		for _, v := range values {
			set, err := p.set(field, v)
			if err != nil {
				return nil, err
			}
			sets = append(sets, set)
		}
		out[i] = union(sets)
	}
	return out, nil
}

func (b *planner) language(tag string) (node, error) {
	out := make(fixed, len(b.view.segments))
	for i, p := range b.view.segments {
		set, err := p.set(fieldLanguage, tag)
		if err != nil {
			return nil, err
		}
		regional, err := p.allBegun(fieldLanguage, tag+"-")
		if err != nil {
			return nil, err
		}
		out[i] = union([]*roaring.Bitmap{set, regional})
	}
	return out, nil
}

// firstDay is the day on which a partial date begins.
func firstDay(date string) string { return date + "0000-01-01"[min(len(date), len("0000-01-01")):] }

// days finds documents by their date.
func (b *planner) days(fits func(day string) bool) (node, error) {
	out := make(fixed, len(b.view.segments))
	return out, b.view.inEach(func(i int, p *part) error {
		c, err := p.column(fieldDay)
		if err != nil {
			return err
		}
		chosen := make([]bool, len(c.values)+1)
		for v, day := range c.values {
			chosen[v+1] = fits(day)
		}
		bits := make([]uint64, (p.size+63)/64)
		for d, v := range c.of {
			if chosen[v] {
				bits[d/64] |= 1 << (d % 64)
			}
		}
		out[i] = p.dense(bits)
		return nil
	})
}

// bearing finds what bears one of the values.
func (b *planner) bearing(field string, values []string) (node, error) {
	numbers := roaring.New()
	if len(values) > 0 {
		found, err := b.sets.of(b.ctx, field, values)
		if err != nil {
			return nil, err
		}
		for _, set := range found {
			if set != nil {
				numbers.Or(set)
			}
		}
	}
	return b.view.numbered(numbers)
}

// read finds the articles that were opened, or those that were not.
func (b *planner) read(value string) (node, error) {
	read, err := b.bearing("is", []string{"read"})
	if err != nil || value == "read" {
		return read, err
	}
	articles, err := b.values(fieldKind, []string{string(app.KindArticle)})
	return both{articles, except{read}}, err
}

// named finds what bears one of the things that a condition means.
func (b *planner) named(c query.Condition) (node, error) {
	found, err := b.names(c)
	if err != nil {
		return nil, err
	}
	return b.bearing(c.Field, idsOfMeant(found))
}

func (b *planner) names(c query.Condition) ([]app.Meant, error) {
	found, err := b.source.Meaning(b.ctx, c.Field, c.Value)
	if err == nil && len(found) == 0 && !c.Typed {
		b.problem(c, app.NothingMeant(c.Field, c.Value))
	}
	for _, f := range found {
		if f.Problem != "" && !c.Typed {
			b.problem(c, f.Problem)
		}
	}
	return slices.DeleteFunc(found, func(f app.Meant) bool { return f.ID == "" }), err
}

// problem notes what is odd about a condition. In a saved search it is said at
// the condition of the query that leads there.
func (b *planner) problem(c query.Condition, text string) {
	at := c.Span()
	if b.deep > 0 {
		at, text = b.outermost.Span(), app.InStored(b.saved[len(b.saved)-1], text)
	}
	p := app.SearchProblem{Start: at.Start, End: at.End, Text: text}
	if !slices.Contains(b.problems, p) {
		b.problems = append(b.problems, p)
	}
}

func idsOfMeant(found []app.Meant) []string {
	var ids []string
	for _, f := range found {
		ids = append(ids, f.ID)
	}
	return ids
}

// actor finds what an actor says, and the articles in which any of its names
// stands.
func (b *planner) actor(c query.Condition) (node, error) {
	found, err := b.names(c)
	if err != nil {
		return nil, err
	}
	said, err := b.bearing(c.Field, idsOfMeant(found))
	if err != nil || !slices.Contains(b.source.kinds, app.KindArticle) {
		return said, err
	}
	names := []string{c.Value}
	if _, name, ok := app.ParseReference(c.Value); ok {
		names = nil
		if name != "" && len(found) == 0 {
			names = []string{name}
		}
	}
	for _, f := range found {
		names = append(names, f.Names...)
	}
	slices.Sort(names)
	out := either{said}
	for _, name := range slices.Compact(names) {
		made, err := b.phrase(query.Phrase{Text: name, Typed: c.Typed && name == c.Value}, everywhere)
		if err != nil {
			return nil, err
		}
		if made != nil {
			out = append(out, made)
		}
	}
	return out, nil
}

// maxDeep is how far collections that fill themselves may be made of others.
const maxDeep = 4

// collected finds what is in collections, those that fill themselves too.
func (b *planner) collected(c query.Condition) (node, error) {
	found, err := b.names(c)
	if err != nil {
		return nil, err
	}
	if b.deep == 0 {
		b.outermost = c
	}
	var held []string
	var out either
	for _, f := range found {
		if f.Query == "" {
			held = append(held, f.ID)
			continue
		}
		if b.inside[f.ID] { // it is a part of itself, which adds nothing
			b.problem(c, app.LeadsBack(f.Name()))
			continue
		}
		if b.deep == maxDeep {
			b.problem(c, "Collections that fill themselves stand too deep in each other here; not all is found.")
			continue
		}
		b.inside[f.ID] = true
		b.deep++
		b.not++ // what another query looks for neither ranks here nor is marked
		b.saved = append(b.saved, f.Name())
		asked := query.Parse(f.Query, query.Options{})
		for _, p := range asked.Problems {
			b.problem(c, p.Text)
		}
		made, err := b.node(asked.Root, everywhere)
		b.saved = b.saved[:len(b.saved)-1]
		b.not--
		b.deep--
		delete(b.inside, f.ID)
		if err != nil {
			return nil, err
		}
		if made != nil {
			out = append(out, made)
		}
	}
	in, err := b.bearing(c.Field, held)
	if err != nil {
		return nil, err
	}
	return append(out, in), nil
}
