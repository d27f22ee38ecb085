package search

import (
	"context"
	"fmt"

	"rejoinder/app"
	"rejoinder/app/query"
)

// explain says why a document ranks where it does.
func (s searcher) explain(ctx context.Context, v *volume, q app.SearchQuery, ref app.Ref) (a answer, err error) {
	err = v.read(func(w *view) error {
		pl, _, err := s.plan(ctx, w, q, query.Parse(q.Text, query.Options{}), q.Any)
		if err != nil {
			return err
		}
		if pl.root == nil {
			a.Explanation = app.Explanation{Text: "the query asks for nothing"}
			return nil
		}
		for _, p := range w.segments {
			set, err := p.segment.DocNumbers([]string{keyOf(ref)})
			if err != nil {
				return err
			}
			if p.deleted != nil {
				set.AndNot(p.deleted)
			}
			if !set.IsEmpty() {
				a.Explanation, err = explained(pl, p, set.Minimum())
				return err
			}
		}
		return app.Problem(app.ErrNotFound, "%s is not in the search index", ref)
	})
	return a, err
}

func explained(pl *plan, p *part, d uint32) (app.Explanation, error) {
	set, err := pl.root.match(p, nil)
	if err != nil {
		return app.Explanation{}, err
	}
	out, most := app.Explanation{}, 0.0
	for _, s := range pl.scorers {
		most += s.best()
		c, err := s.scoring(p)
		if err != nil {
			return out, err
		}
		e := app.Explanation{Text: fmt.Sprintf("“%s” is not in it", s.name())}
		if c != nil {
			score, err := c.score(d)
			if err != nil {
				return out, err
			}
			if score > 0 {
				if e, err = s.explain(c, d, score); err != nil {
					return out, err
				}
			}
		}
		out.Value += e.Value
		out.Parts = append(out.Parts, e)
	}
	sum := out.Value
	if most > 0 {
		out.Value /= most
	}
	out.Text = fmt.Sprintf("share of the best possible: %.3f of %.3f", sum, most)
	if !set.Contains(d) {
		out.Text = "it does not meet the query, whatever its words: " + out.Text
	}
	return out, nil
}

// explain implements scorer.
func (w *word) explain(c cursor, d uint32, score float64) (app.Explanation, error) {
	e := app.Explanation{Text: fmt.Sprintf("“%s”: rarity %.3f, in %d documents", w.text, w.idf, w.frequency()), Value: score}
	occurrences := 0.0
	for _, l := range c.(*wordCursor).lists {
		if l.at == uint64(d) {
			length := lengthOf(l.now)
			n := float64(l.now.Frequency()) * l.norms.of(length)
			occurrences += n
			e.Parts = append(e.Parts, app.Explanation{
				Text: fmt.Sprintf("%s: %d times among %d words (on average %.1f), weight %g",
					l.field, l.now.Frequency(), length, l.norms.average, l.norms.weight),
				Value: n,
			})
		}
	}
	e.Text += fmt.Sprintf("; %.3f weighted occurrences", occurrences)
	return e, nil
}

// explain implements scorer.
func (f *phrase) explain(c cursor, d uint32, score float64) (app.Explanation, error) {
	e := app.Explanation{Text: fmt.Sprintf("“%s”: rarity of its words together %.3f", f.text, f.idf), Value: score}
	for i, field := range f.fields {
		n, length, err := f.matching(c.(*phraseCursor).in).count(i, d)
		if err != nil {
			return e, err
		}
		if n > 0 {
			e.Parts = append(e.Parts, app.Explanation{
				Text:  fmt.Sprintf("%s: %d times among %d words (on average %.1f)", field, n, length, f.norms[field].average),
				Value: float64(n) * f.norms[field].of(length),
			})
		}
	}
	return e, nil
}
