package app

import (
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
)

// QuoteCheck says whether a quote stands in its original word for word.
type QuoteCheck struct {
	Verified  bool
	Reason    string // a sentence; "" when verified
	Paragraph int    // where the quote starts in its text, from 1; 0 in a heading, or when that is unknown
}

// CheckQuotes compares the quotes of annotations with the texts that they count
// in, and with their originals, whose bytes must have their hash still and which
// are read anew, each once. Every annotation that was asked for has an answer.
func (n *Notebook) CheckQuotes(ctx context.Context, ids []AnnotationID) (map[AnnotationID]QuoteCheck, error) {
	q := quoteChecker{notebook: n, checks: make(map[AnnotationID]QuoteCheck, len(ids)), waiting: map[string]*quotedOriginal{}}
	byText, err := q.passages(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, passages := range byText {
		if err := q.text(ctx, passages); err != nil {
			return nil, err
		}
	}
	for _, sha := range slices.Sorted(maps.Keys(q.waiting)) {
		if err := q.original(ctx, sha); err != nil {
			return nil, err
		}
	}
	return q.checks, nil
}

type quoteChecker struct {
	notebook *Notebook
	checks   map[AnnotationID]QuoteCheck
	waiting  map[string]*quotedOriginal // by SHA-256
}

// quotedOriginal is an original with the passages that stand in their texts and
// are looked for in it.
type quotedOriginal struct {
	name     string // of the file
	passages []Passage
}

// passages groups the passages by their texts, in a fixed order.
func (q *quoteChecker) passages(ctx context.Context, ids []AnnotationID) ([][]Passage, error) {
	var found map[AnnotationID]Passage
	if err := q.notebook.store.View(ctx, func(r Reader) (err error) {
		found, err = r.Passages(ids)
		return err
	}); err != nil {
		return nil, err
	}
	places := map[TextID]int{}
	var out [][]Passage
	for _, id := range ids {
		if _, again := q.checks[id]; again {
			continue
		}
		p, ok := found[id]
		if !ok {
			q.checks[id] = QuoteCheck{Reason: "The passage is no longer in the notebook."}
			continue
		}
		q.checks[id] = QuoteCheck{}
		at, ok := places[p.Text]
		if !ok {
			at, places[p.Text] = len(out), len(out)
			out = append(out, nil)
		}
		out[at] = append(out[at], p)
	}
	return out, nil
}

// text compares passages with the text that is stored, and those that stand in it
// wait for its original.
func (q *quoteChecker) text(ctx context.Context, passages []Passage) error {
	var text Text
	name := ""
	err := q.notebook.store.View(ctx, func(r Reader) (err error) {
		if text, err = r.Text(passages[0].Text); err != nil {
			return err
		}
		versions, err := r.Versions(passages[0].Article)
		for _, v := range versions {
			if v.Text == text.ID {
				name = v.Name
			}
		}
		return err
	})
	if errors.Is(err, ErrNotFound) {
		q.fail(passages, "The text that it was marked in is missing.")
		return nil
	}
	if err != nil {
		return err
	}
	for _, p := range passages {
		q.checks[p.ID] = QuoteCheck{Paragraph: text.paragraph(p.Anchor.Start)}
		if !p.Anchor.Verify(text.Plain) {
			q.fail([]Passage{p}, "The stored text has other words in this place.")
			continue
		}
		if q.waiting[text.Original] == nil {
			q.waiting[text.Original] = &quotedOriginal{name: name}
		}
		w := q.waiting[text.Original]
		w.passages = append(w.passages, p)
	}
	return ctx.Err()
}

// original reads an original anew and looks for the passages in it.
func (q *quoteChecker) original(ctx context.Context, sha string) error {
	w := q.waiting[sha]
	delete(q.waiting, sha)
	content, err := q.notebook.readOriginal(ctx, sha, w.name)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ErrNotFound):
		q.fail(w.passages, "The original is missing.")
		return nil
	case errors.Is(err, ErrDamaged):
		q.fail(w.passages, "The original is damaged: its file was changed since it was imported.")
		return nil
	case err != nil:
		q.fail(w.passages, "The original cannot be read: "+Sentence(err))
		return nil
	}
	for _, p := range w.passages {
		if !p.Anchor.Verify(content.Plain) && !strings.Contains(content.Plain, p.Anchor.Quote) {
			q.fail([]Passage{p}, "The original does not have these words.")
			continue
		}
		check := q.checks[p.ID]
		check.Verified = true
		q.checks[p.ID] = check
	}
	return nil
}

func (q *quoteChecker) fail(passages []Passage, reason string) {
	for _, p := range passages {
		check := q.checks[p.ID]
		check.Reason = reason
		q.checks[p.ID] = check
	}
}

// readOriginal reads an original as an import would.
func (n *Notebook) readOriginal(ctx context.Context, sha, name string) (Content, error) {
	f, err := n.store.OpenOriginal(ctx, sha)
	if err != nil {
		return Content{}, err
	}
	data, err := io.ReadAll(f)
	if err = errors.Join(err, f.Close()); err != nil {
		return Content{}, err
	}
	in, err := n.importer.Read(ctx, name, data)
	return in.Content, err
}

// paragraph is the number of the paragraph, from 1, that a place stands in; 0 for
// a heading.
func (c Content) paragraph(at int) int {
	count := 0
	for _, b := range c.Blocks {
		counts := b.Kind != BlockHeading && b.Kind != BlockRule
		if counts {
			count++
		}
		if at < b.End {
			if !counts {
				return 0
			}
			break
		}
	}
	return count
}
