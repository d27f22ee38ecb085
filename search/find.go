package search

import (
	"cmp"
	"context"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"rejoinder/app"
	"rejoinder/app/query"
)

const (
	defaultLimit = 50
	maxLimit     = 10_000
)

func limitOf(q app.SearchQuery) int {
	if q.Limit <= 0 {
		return defaultLimit
	}
	return min(q.Limit, maxLimit)
}

// searcher answers queries from one volume.
type searcher struct {
	source source
	sets   *bearers
	// piece says that the volume holds a part of the documents only: what depends
	// on all of them, as things that have only some of the words, is left out, and
	// facets are told in full, to be added up.
	piece bool
}

// search answers a query; errDamaged says that the volume is damaged.
func (s searcher) search(ctx context.Context, v *volume, q app.SearchQuery) (a answer, err error) {
	err = v.read(func(w *view) error {
		asked := query.Parse(q.Text, query.Options{Typing: q.Typing})
		pl, problems, err := s.plan(ctx, w, q, asked, q.Any)
		if err != nil || pl.root == nil {
			a.Result.Problems = problems
			return err
		}
		a.Result.Problems, a.Result.Terms = problems, pl.terms
		if q.Sort != app.ByRelevance {
			return s.sorted(ctx, pl, q, &a)
		}
		r := ranking{ctx: ctx, limit: limitOf(q)}
		if err := r.rank(pl); err != nil {
			return err
		}
		a.Result.Total, a.Result.More = r.total, r.more || pl.short
		if a.Result.Hits, err = hitsOf(r.heap, pl); err != nil {
			return err
		}
		a.Result.Whole = len(a.Result.Hits)
		if s.piece {
			return nil
		}
		return s.some(ctx, w, q, asked, &a.Result)
	})
	return a, err
}

// read gives fn a view of the volume.
func (v *volume) read(fn func(*view) error) error {
	return guarded(func() error {
		w, err := v.look()
		if err != nil {
			return err
		}
		defer w.close()
		return fn(w)
	})
}

// plan makes a query ready.
func (s searcher) plan(ctx context.Context, w *view, q app.SearchQuery, asked query.Query, any bool) (*plan, []app.SearchProblem, error) {
	b := &planner{ctx: ctx, view: w, source: s.source, sets: s.sets, out: &plan{view: w}, inside: map[string]bool{}}
	for _, p := range asked.Problems {
		b.problems = append(b.problems, app.SearchProblem{Start: p.Start, End: p.End, Text: p.Text, Note: p.Note})
	}
	root := asked.Root
	if words, ok := asked.Bare(); ok && any && len(words) > 1 {
		or := query.Or{At: root.Span()}
		for _, word := range words {
			or.Nodes = append(or.Nodes, word)
		}
		root = or
	}
	var made node
	var err error
	if root != nil {
		if made, err = b.node(root, everywhere); err != nil {
			return nil, nil, err
		}
	}
	if any {
		made = withoutStopWords(made)
	}
	if q.Like.ID != "" {
		if made, err = b.like(q.Like, made); err != nil {
			return nil, nil, err
		}
	}
	if made != nil && len(q.Kinds) > 0 {
		var kinds []string
		for _, k := range q.Kinds {
			kinds = append(kinds, string(k))
		}
		of, err := b.values(fieldKind, kinds)
		if err != nil {
			return nil, nil, err
		}
		made = narrowed(made, of)
	}
	b.out.root = made
	b.out.settle()
	return b.out, b.problems, nil
}

// withoutStopWords leaves stop words out of what any will do of, where there is
// another word: everything has those.
func withoutStopWords(n node) node {
	all, ok := n.(either)
	if !ok {
		return n
	}
	strong := slices.DeleteFunc(slices.Clone(all), func(child node) bool { return isWeak(child) })
	if len(strong) == 0 {
		return n
	}
	return strong
}

// isWeak says whether a node or a scorer is a stop word.
func isWeak(leaf any) bool {
	w, ok := leaf.(*word)
	return ok && w.weak
}

// narrowed puts a condition beside what is looked for.
func narrowed(n, to node) node {
	if all, ok := n.(both); ok {
		return append(slices.Clone(all), to)
	}
	return both{n, to}
}

// settle leaves stop words to match only, where there is anything else to rank
// by.
func (pl *plan) settle() {
	strong := slices.DeleteFunc(slices.Clone(pl.scorers), func(s scorer) bool { return isWeak(s) })
	if len(strong) > 0 {
		pl.scorers = strong
	}
}

// some adds, where few things have all of the words, those that have some; where
// nothing has the passages of a text that may have been pasted, what is most like
// it: a quotation that is damaged is nowhere.
func (s searcher) some(ctx context.Context, w *view, q app.SearchQuery, asked query.Query, result *app.SearchResult) error {
	words, bare := asked.Bare()
	limit := limitOf(q)
	if !bare && len(result.Hits) == 0 {
		pasted, ok := query.Pasted(q.Text)
		if !ok {
			return nil
		}
		asked = pasted
	} else if !bare || q.Any || len(words) < 2 || len(result.Hits) >= limit {
		return nil
	}
	pl, problems, err := s.plan(ctx, w, q, asked, true)
	if err != nil || pl.root == nil {
		return err
	}
	r := ranking{ctx: ctx, limit: limit}
	if err := r.rank(pl); err != nil {
		return err
	}
	hits, err := hitsOf(r.heap, pl)
	if err != nil {
		return err
	}
	whole := map[app.Ref]bool{}
	for _, h := range result.Hits {
		whole[h.Ref] = true
	}
	if !bare && len(hits) > 0 {
		result.Terms = pl.terms
		for _, p := range problems {
			if p.Note { // the others were told before
				result.Problems = append(result.Problems, p)
			}
		}
	}
	for _, h := range hits {
		if !whole[h.Ref] && len(result.Hits) < limit && h.Score > 0 {
			result.Hits = append(result.Hits, h)
		}
	}
	return nil
}

// hitsOf looks the keys of documents up. Their scores become shares of the most
// that the plan can give, for those of the two indexes to be compared.
func hitsOf(found []best, pl *plan) ([]app.Hit, error) {
	most := 0.0
	for _, s := range pl.scorers {
		most += s.best()
	}
	hits := make([]app.Hit, len(found))
	for i, f := range found {
		key, err := f.part.segment.DocID(uint64(f.document))
		if err != nil {
			return nil, err
		}
		score := 0.0 // of conditions alone, which do not rank
		if most > 0 {
			score = f.score / most
		}
		hits[i] = app.Hit{Ref: refOf(string(key)), Score: score}
	}
	return hits, nil
}

// byNumber is up to how many things are looked up by their numbers to be sorted;
// of more, the store's order is walked until enough are found.
const byNumber = 5000

// sorted answers in another order than by relevance.
func (s searcher) sorted(ctx context.Context, pl *plan, q app.SearchQuery, a *answer) error {
	numbers, total, err := pl.numbers(ctx)
	if err != nil {
		return err
	}
	a.Result.Total, a.Result.More = total, pl.short
	var only map[app.Kind][]uint32
	if total <= byNumber {
		only = map[app.Kind][]uint32{}
		numbers.Iterate(func(n uint32) bool {
			k := kindCodes[n&7]
			only[k] = append(only[k], n>>3)
			return true
		})
	}
	limit := limitOf(q)
	err = s.source.Ordered(ctx, q.Sort, s.source.kinds, only, func(o app.Ordered) bool {
		if numbers.Contains(numberOf(o.Kind, o.Number)) {
			a.Result.Hits = append(a.Result.Hits, app.Hit{Ref: o.Ref})
			a.Keys = append(a.Keys, o.Key)
		}
		return len(a.Result.Hits) < limit
	})
	a.Result.Whole = len(a.Result.Hits)
	return err
}

// numbers returns the numbers of all that a plan matches.
func (pl *plan) numbers(ctx context.Context) (*roaring.Bitmap, uint64, error) {
	out, total := roaring.New(), uint64(0)
	for _, p := range pl.view.segments {
		if ctx.Err() != nil {
			return nil, 0, context.Cause(ctx)
		}
		set, err := pl.root.match(p, nil)
		if err != nil {
			return nil, 0, err
		}
		of, err := p.numbers()
		if err != nil {
			return nil, 0, err
		}
		total += set.GetCardinality()
		many := make([]uint32, 0, set.GetCardinality())
		set.Iterate(func(d uint32) bool {
			many = append(many, of[d])
			return true
		})
		out.AddMany(many)
	}
	return out, total, nil
}

// merge puts the answers of the two indexes together.
func merge(q app.SearchQuery, answers []answer) app.SearchResult { return joined(q, answers).Result }

// joined is merge with the keys by which hits are sorted.
func joined(q app.SearchQuery, answers []answer) answer {
	type keyed struct {
		app.Hit
		key  string
		part bool // it has only some of the words
	}
	var all []keyed
	var out app.SearchResult
	var keys []string
	for _, a := range answers {
		for i, h := range a.Result.Hits {
			k := keyed{Hit: h, part: i >= a.Result.Whole}
			if q.Sort != app.ByRelevance {
				k.key = a.Keys[i]
			}
			all = append(all, k)
		}
		out.Total += a.Result.Total
		out.More = out.More || a.Result.More
		out.Terms = mergeTerms(out.Terms, a.Result.Terms)
		for _, p := range a.Result.Problems {
			if !slices.Contains(out.Problems, p) {
				out.Problems = append(out.Problems, p)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b keyed) int {
		if a.part != b.part {
			if a.part {
				return 1
			}
			return -1
		}
		if q.Sort == app.ByTitle {
			return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.ID, b.ID))
		}
		return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(b.Score, a.Score), cmp.Compare(b.ID, a.ID))
	})
	for _, k := range all[:min(len(all), limitOf(q))] {
		out.Hits = append(out.Hits, k.Hit)
		if q.Sort != app.ByRelevance {
			keys = append(keys, k.key)
		}
		if !k.part {
			out.Whole++
		}
	}
	return answer{Result: out, Keys: keys}
}

func mergeTerms(all, more []app.Term) []app.Term {
	for _, t := range more {
		if !slices.ContainsFunc(all, func(o app.Term) bool { return sameTerm(o, t) }) {
			all = append(all, t)
		}
	}
	return all
}

func sameTerm(a, b app.Term) bool {
	return a.Language == b.Language && a.Prefix == b.Prefix && slices.Equal(a.Words, b.Words)
}
