package search

import (
	"cmp"
	"context"
	"errors"
	"runtime"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
)

// readToCount is how many documents are read for phrases only to count them: of
// more matches it is enough to know that there are more.
const readToCount = 6000

// checkEvery is after how many documents a search looks whether it was given up.
const checkEvery = 1024

// best is one of the documents that rank first.
type best struct {
	score    float64
	part     *part
	document uint32
	number   uint32
}

// before says that a ranks before b: by score, and of equals the newer.
func (a best) before(b best) int {
	return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.number, a.number))
}

// ranking finds the best documents of a plan (MaxScore, Turtle and Flood 1995):
// the leaves are sorted by the most that they can give, and a document is given
// up as soon as what is left cannot bring it among the best.
type ranking struct {
	ctx   context.Context
	limit int
	// exhaustive scores everything to its end, for the test of the short cuts.
	exhaustive bool

	heap    []best // the worst first
	total   uint64
	more    bool
	counted int // documents that were read to be counted
}

// rank goes through the segments, the largest first.
func (r *ranking) rank(pl *plan) error {
	parts := slices.Clone(pl.view.segments)
	slices.SortStableFunc(parts, func(a, b *part) int { return cmp.Compare(b.size, a.size) })
	slices.SortStableFunc(pl.scorers, func(a, b scorer) int { return cmp.Compare(b.best(), a.best()) })
	if err := r.parts(pl, parts); err != nil {
		return err
	}
	slices.SortFunc(r.heap, best.before)
	return nil
}

// parts goes through segments, large ones on all processors: each then has best
// documents of its own.
func (r *ranking) parts(pl *plan, parts []*part) error {
	if pl.view.documents < inParallelFrom {
		for _, p := range parts {
			if err := r.part(pl, p); err != nil {
				return err
			}
		}
		return nil
	}
	var mu sync.Mutex
	return eachAtOnce(len(parts), func() func(int) error {
		own := &ranking{ctx: r.ctx, limit: r.limit, exhaustive: r.exhaustive}
		return func(i int) error {
			if i < len(parts) {
				return own.part(pl, parts[i])
			}
			mu.Lock()
			defer mu.Unlock()
			for _, b := range own.heap {
				if len(r.heap) < r.limit || b.before(r.heap[0]) < 0 {
					r.push(b)
				}
			}
			r.total, r.more = r.total+own.total, r.more || own.more
			return nil
		}
	})
}

// inParallelFrom is from how many documents on more than one processor is worth
// it.
const inParallelFrom = 50_000

// eachAtOnce does n things, in their order, on all processors. Each worker gets
// a function of its own, which is called once more, with n, at its end.
func eachAtOnce(n int, worker func() func(i int) error) error {
	var next atomic.Int64
	var all sync.WaitGroup
	errs := make([]error, min(runtime.GOMAXPROCS(0), max(n, 1)))
	for w := range errs {
		do := worker()
		all.Go(func() {
			errs[w] = guarded(func() error {
				for i := int(next.Add(1)) - 1; i < n; i = int(next.Add(1)) - 1 {
					if err := do(i); err != nil {
						return err
					}
				}
				return do(n)
			})
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

// part goes through one segment.
func (r *ranking) part(pl *plan, p *part) error {
	if r.ctx.Err() != nil {
		return context.Cause(r.ctx)
	}
	matches, checks, err := r.matches(pl, p)
	if err != nil || matches.IsEmpty() {
		return err
	}
	if len(checks) == 0 {
		r.total += matches.GetCardinality()
	}
	s, err := r.scoring(pl, p, checks)
	if err != nil {
		return err
	}
	numbers, err := p.numbers()
	if err != nil {
		return err
	}
	if s.essential(r.threshold()) == 0 && !r.exhaustive && (len(checks) == 0 || r.counted >= readToCount) {
		r.more = r.more || len(checks) > 0
		return nil
	}
	return r.all(p, matches, checks, s, numbers)
}

// matches returns what matches in a segment. The phrases at the top of a query
// are returned to be checked document by document: most documents that have the
// words need not be looked at, as they cannot come among the best.
func (r *ranking) matches(pl *plan, p *part) (*roaring.Bitmap, []*phraseCursor, error) {
	var phrases []*phrase
	var rest both
	switch root := pl.root.(type) {
	case *phrase:
		phrases = []*phrase{root}
	case both:
		for _, child := range root {
			if f, ok := child.(*phrase); ok {
				phrases = append(phrases, f)
			} else {
				rest = append(rest, child)
			}
		}
	default:
		rest = both{root}
	}
	var set *roaring.Bitmap
	for _, f := range phrases {
		if set == nil {
			set = f.terms[p.place].any
		} else {
			set = roaring.And(set, f.terms[p.place].any)
		}
	}
	if len(rest) > 0 {
		found, err := rest.match(p, set)
		if err != nil {
			return nil, nil, err
		}
		if set == nil {
			set = found
		} else {
			set = roaring.And(set, found)
		}
	}
	var checks []*phraseCursor
	for _, f := range phrases {
		checks = append(checks, f.matching(p))
	}
	return set, checks, nil
}

// scoring is the leaves of a plan in one segment.
type scoring struct {
	cursors []cursor
	sets    []*roaring.Bitmap // what each can give anything to
	left    []float64         // the most that those from here on can give together
}

// scoring opens the leaves in a segment. A phrase that is checked ranks by what
// was read for that.
func (r *ranking) scoring(pl *plan, p *part, checks []*phraseCursor) (*scoring, error) {
	s, bounds := &scoring{}, []float64(nil)
	for _, leaf := range pl.scorers {
		c, err := leaf.scoring(p)
		if err != nil {
			return nil, err
		}
		if c == nil {
			continue
		}
		for _, check := range checks {
			if scorer(check.phrase) == leaf {
				c = check
			}
		}
		s.cursors = append(s.cursors, c)
		bounds = append(bounds, leaf.best())
		switch leaf := leaf.(type) {
		case *word:
			s.sets = append(s.sets, leaf.sets[p.place])
		case shared:
			s.sets = append(s.sets, leaf.sets[p.place])
		case *phrase:
			s.sets = append(s.sets, leaf.terms[p.place].any)
		}
	}
	s.left = make([]float64, len(s.cursors)+1)
	for i := len(bounds) - 1; i >= 0; i-- {
		s.left[i] = s.left[i+1] + bounds[i]
	}
	return s, nil
}

// essential is how many of the first leaves a document must have one of to score
// as much as threshold; without a threshold one more than there are.
func (s *scoring) essential(threshold float64) int {
	for n, left := range s.left {
		if left < threshold {
			return n
		}
	}
	return len(s.left)
}

// threshold is what a document has to score at least.
func (r *ranking) threshold() float64 {
	if len(r.heap) < r.limit {
		return 0
	}
	return r.heap[0].score
}

// all goes through the documents of a segment, as long as one can come among the
// best.
func (r *ranking) all(p *part, matches *roaring.Bitmap, checks []*phraseCursor, s *scoring, numbers []uint32) error {
	candidates, n := matches, s.essential(r.threshold())
	if !r.exhaustive && (len(checks) == 0 || r.counted >= readToCount) {
		candidates = s.among(matches, n)
		r.more = r.more || len(checks) > 0 && n < len(s.left)
	}
	it := candidates.Iterator()
	for seen := 1; it.HasNext(); seen++ {
		d := it.Next()
		if seen%checkEvery == 0 && r.ctx.Err() != nil {
			return context.Cause(r.ctx)
		}
		counting := len(checks) > 0 && r.counted < readToCount
		worth, err := r.one(d, p, checks, s, numbers, counting)
		if err != nil {
			return err
		}
		if worth && !r.exhaustive && !counting {
			if now := s.essential(r.threshold()); now < n {
				r.more = r.more || len(checks) > 0
				if n = now; n == 0 {
					return nil
				}
				it = s.among(matches, n).Iterator()
				it.AdvanceIfNeeded(d + 1)
			}
		}
	}
	return nil
}

// among leaves of a set what has one of the first n leaves.
func (s *scoring) among(set *roaring.Bitmap, n int) *roaring.Bitmap {
	if n >= len(s.left) {
		return set
	}
	return roaring.And(set, union(s.sets[:n]))
}

// one scores a document; worth says that the threshold rose.
func (r *ranking) one(d uint32, p *part, checks []*phraseCursor, s *scoring, numbers []uint32, counting bool) (worth bool, err error) {
	if counting {
		r.counted++
		fits, err := fits(checks, d)
		if err != nil || !fits {
			return false, err
		}
		r.total++
		checks = nil
	}
	score, threshold := 0.0, r.threshold()
	for i, c := range s.cursors {
		left := s.left[i]
		if phrase, ok := c.(*phraseCursor); ok && checks != nil && !r.exhaustive && threshold > 0 {
			most, err := phrase.most(d)
			if err != nil {
				return false, err
			}
			left = min(left, most+s.left[i+1])
		}
		if !r.exhaustive && score+left < threshold {
			if checks != nil {
				r.more = true // perhaps
			}
			return false, nil
		}
		more, err := c.score(d)
		if err != nil {
			return false, err
		}
		score += more
	}
	found := best{score, p, d, numbers[d]}
	if len(r.heap) == r.limit && found.before(r.heap[0]) > 0 {
		r.more = r.more || checks != nil
		return false, nil
	}
	if checks != nil {
		fits, err := fits(checks, d)
		if err != nil || !fits {
			return false, err
		}
		r.total++
	}
	r.push(found)
	return len(r.heap) == r.limit, nil
}

func fits(checks []*phraseCursor, d uint32) (bool, error) {
	for _, c := range checks {
		score, err := c.score(d)
		if err != nil || score == 0 {
			return false, err
		}
	}
	return true, nil
}

// push puts a document among the best and the worst of them out.
func (r *ranking) push(b best) {
	if r.limit == 0 {
		return
	}
	h := r.heap
	if len(h) < r.limit {
		h = append(h, b)
		for i := len(h) - 1; i > 0 && h[(i-1)/2].before(h[i]) < 0; i = (i - 1) / 2 {
			h[i], h[(i-1)/2] = h[(i-1)/2], h[i]
		}
		r.heap = h
		return
	}
	h[0] = b
	for i := 0; ; {
		worst := i
		for _, child := range []int{2*i + 1, 2*i + 2} {
			if child < len(h) && h[worst].before(h[child]) < 0 {
				worst = child
			}
		}
		if worst == i {
			return
		}
		h[i], h[worst] = h[worst], h[i]
		i = worst
	}
}
