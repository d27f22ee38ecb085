package search

import (
	"context"
	"errors"
	"fmt"

	"rejoinder/app"
)

// sampleSize is how many documents a check looks up.
const sampleSize = 20

// check catches up, compares the number of documents with the source's, reads all
// files, and looks a sample of documents up by one of their words.
func (o *owner) check(ctx context.Context) (app.Finding, error) {
	bad := func(format string, args ...any) (app.Finding, error) {
		return app.Finding{Part: "index", Text: fmt.Sprintf(format, args...)}, nil
	}
	have, want, err := o.counts(ctx)
	if errors.Is(err, errDamaged) {
		return bad("the search index is damaged and has to be rebuilt")
	}
	if err != nil {
		return app.Finding{}, err
	}
	if have != want {
		return bad("the search index holds %d of %d things and has to be rebuilt", have, want)
	}
	err = o.look(ctx, func(v *volume) error { return v.vouch(ctx, true) })
	if errors.Is(err, errDamaged) {
		return bad("the search index is damaged and has to be rebuilt")
	}
	if err != nil {
		return app.Finding{}, fmt.Errorf("read the search index: %w", err)
	}
	docs, err := o.someDocuments(ctx)
	if err != nil {
		return app.Finding{}, fmt.Errorf("sample of documents: %w", err)
	}
	missing, err := o.missing(ctx, docs)
	if errors.Is(err, errDamaged) {
		return bad("the search index is damaged and has to be rebuilt")
	}
	if err != nil {
		return app.Finding{}, err
	}
	if missing > 0 {
		return bad("the search index lacks %d of %d things looked up and has to be rebuilt", missing, len(docs))
	}
	return app.Finding{Part: "index", OK: true, Text: fmt.Sprint(have)}, nil
}

// counts compares both sides at one place of the change log, or as near to it
// as a notebook in use allows.
func (o *owner) counts(ctx context.Context) (have, want int, err error) {
	for range 5 {
		if err := o.sync(ctx); err != nil {
			return 0, 0, err
		}
		count, seq, err := o.source.count(ctx)
		if err != nil {
			return 0, 0, fmt.Errorf("count documents: %w", err)
		}
		var n uint64
		var at int64
		err = o.look(ctx, func(v *volume) (err error) {
			at = v.seq.Load()
			n, err = v.index.DocCount()
			return err
		})
		if err != nil {
			return 0, 0, err
		}
		have, want = int(n), count
		if at == seq || have == want {
			break
		}
	}
	return have, want, nil
}

// compare finds a volume damaged that is up to date and holds another number of
// documents than the source.
func (o *owner) compare(ctx context.Context, v *volume) error {
	want, end, err := o.source.count(ctx)
	if err != nil || v.seq.Load() != end {
		return err
	}
	var have uint64
	err = guarded(func() (err error) {
		have, err = v.index.DocCount()
		return err
	})
	if err == nil && v.seq.Load() == end && int(have) != want {
		err = fmt.Errorf("%w: it holds %d of %d things", errDamaged, have, want)
	}
	return err
}

// look reads a volume; damage takes it out of service.
func (o *owner) look(ctx context.Context, fn func(*volume) error) error {
	v, err := o.reader(ctx)
	if err != nil {
		return err
	}
	err = guarded(func() error { return fn(v) })
	v.uses.Done()
	if errors.Is(err, errDamaged) {
		o.discard(v, err)
	}
	return err
}

var errEnough = errors.New("enough")

// someDocuments takes documents spread over the first batch of the source.
func (o *owner) someDocuments(ctx context.Context) ([]app.Document, error) {
	var docs []app.Document
	_, err := o.source.each(ctx, func(batch []app.Document) error {
		step := max(len(batch)/sampleSize, 1)
		for i := 0; i < len(batch) && len(docs) < sampleSize; i += step {
			docs = append(docs, batch[i])
		}
		if len(docs) >= sampleSize {
			return errEnough
		}
		return nil
	})
	if err != nil && len(docs) < sampleSize {
		return nil, err
	}
	return docs, nil
}

// missing counts the documents that are not in the index, or not under the first
// word of their text. One that was removed meanwhile does not count.
func (o *owner) missing(ctx context.Context, docs []app.Document) (int, error) {
	n := 0
	for _, d := range docs {
		found := false
		err := o.look(ctx, func(v *volume) error {
			return v.read(func(w *view) (err error) {
				found, err = w.holds(d)
				return err
			})
		})
		if err != nil {
			return 0, err
		}
		if found {
			continue
		}
		now, err := o.source.Documents(ctx, []app.Ref{d.Ref})
		if err != nil {
			return 0, fmt.Errorf("document: %w", err)
		}
		if len(now) == 1 && now[0] == d {
			n++
		}
	}
	return n, nil
}

// holds says whether a document is there, under its number and the first words
// of its fields.
func (v *view) holds(d app.Document) (bool, error) {
	for _, p := range v.segments {
		set, err := p.segment.DocNumbers([]string{keyOf(d.Ref)})
		if err != nil {
			return false, err
		}
		if p.deleted != nil {
			set.AndNot(p.deleted)
		}
		if set.IsEmpty() {
			continue
		}
		numbers, err := p.numbers()
		if err != nil || numbers[set.Minimum()] != numberOf(d.Kind, d.Number) {
			return false, err
		}
		for field, text := range map[string]string{fieldTitle: d.Title, fieldText: d.Body} {
			tokens := cutWords(clip(text, firstWords))
			if len(tokens) == 0 {
				continue
			}
			of, err := p.set(field, string(tokens[0].Term))
			if err != nil || !of.Contains(set.Minimum()) {
				return false, err
			}
		}
		return true, nil
	}
	return false, nil
}

// firstWords is how much of a text, in bytes, is cut to find its first word.
const firstWords = 1000
