package storage

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"rejoinder/app"
)

// head is the end of the change log. The sequence's own counter outlives rows
// that were pruned.
func (r *reader) head() (int64, error) {
	var seq int64
	err := r.q.QueryRowContext(r.ctx,
		"SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'changes'), 0)").Scan(&seq)
	return seq, err
}

// changesAfter returns what the log says was changed after seq.
func (r *reader) changesAfter(seq int64) (app.Changes, error) {
	head, err := r.head()
	if err != nil || head <= seq {
		return app.Changes{After: seq, Seq: head}, err
	}
	refs, err := r.changedRefs(seq, head)
	return app.Changes{After: seq, Seq: head, Refs: refs}, err
}

// changedRefs returns what the rows of the log between two places are about,
// without doubles, in the order of the log.
func (r *reader) changedRefs(after, upTo int64) ([]app.Ref, error) {
	type rowKey struct{ table, key string }
	rows, err := list(r, func(row scanner) (k rowKey, err error) {
		err = row.Scan(&k.table, &k.key)
		return k, err
	}, "SELECT tbl, key FROM changes WHERE seq > ? AND seq <= ? ORDER BY seq", after, upTo)
	if err != nil {
		return nil, err
	}
	seen := map[app.Ref]bool{}
	var out []app.Ref
	for _, k := range rows {
		ref, err := refOf(k.table, k.key)
		if err != nil {
			return nil, err
		}
		if !seen[ref] {
			seen[ref] = true
			out = append(out, ref)
		}
	}
	return out, nil
}

// ChangesAfter implements app.Reader.
func (r *reader) ChangesAfter(seq int64) (app.Changes, error) {
	if err := r.reaches(seq); err != nil {
		return app.Changes{}, err
	}
	return r.changesAfter(seq)
}

// ChangesAfter implements app.Store.
func (s *Store) ChangesAfter(ctx context.Context, seq int64) (app.Changes, error) {
	var c app.Changes
	err := s.view(ctx, func(r *reader) (err error) {
		c, err = r.changesAfter(seq)
		return err
	})
	return c, err
}

// IndexStamp implements app.IndexSource.
func (s *Store) IndexStamp(ctx context.Context) (string, error) {
	var stamp string
	err := s.view(ctx, func(r *reader) error {
		uuid, err := r.meta("uuid")
		if err != nil {
			return err
		}
		generation, err := r.meta("generation")
		stamp = uuid + "/" + generation + "/" + s.file
		return err
	})
	return stamp, err
}

// ChangedDocuments implements app.IndexSource.
func (s *Store) ChangedDocuments(ctx context.Context, seq int64, limit int, kinds ...app.Kind) (refs []app.Ref, upTo int64, err error) {
	upTo = seq
	err = s.view(ctx, func(r *reader) error {
		if err := r.reaches(seq); err != nil {
			return err
		}
		err := r.q.QueryRowContext(ctx, `SELECT coalesce(max(seq), ?1)
			FROM (SELECT seq FROM changes WHERE seq > ?1 ORDER BY seq LIMIT ?2)`, seq, limit).Scan(&upTo)
		if err != nil {
			return err
		}
		changed, err := r.changedRefs(seq, upTo)
		if err != nil {
			return err
		}
		refs, err = r.wordsOf(changed, kindsOr(kinds))
		return err
	})
	return refs, upTo, err
}

// reaches is app.ErrIndexGap when rows after seq were pruned.
func (r *reader) reaches(seq int64) error {
	v, err := r.meta("pruned")
	if err != nil {
		return err
	}
	pruned, err := strconv.ParseInt(v, 10, 64)
	if err != nil {
		return fmt.Errorf("meta pruned %q: %w", v, app.ErrDamaged)
	}
	if seq < pruned {
		return app.ErrIndexGap
	}
	return nil
}

// dependents are, of each kind, the things whose documents say something of it.
var dependents = []struct {
	of, kind app.Kind
	query    string
}{
	{app.KindActor, app.KindStatement, "SELECT id FROM statements WHERE actor = ?1"},
	{app.KindClaim, app.KindStatement, "SELECT id FROM statements WHERE claim = ?1"},
	{app.KindAnnotation, app.KindStatement, "SELECT id FROM statements WHERE passage = ?1"},
	{app.KindArticle, app.KindAnnotation, "SELECT id FROM annotations WHERE article = ?1"}, // its language, publisher, date
	{app.KindArticle, app.KindStatement, "SELECT s.id FROM statements s JOIN annotations n ON n.id = s.passage WHERE n.article = ?1"},
}

// wordsOf adds to the changed things those whose documents say something of
// them, and leaves out what is not of the kinds.
func (r *reader) wordsOf(changed []app.Ref, kinds []app.Kind) ([]app.Ref, error) {
	seen := map[app.Ref]bool{}
	var out []app.Ref
	add := func(ref app.Ref) {
		if slices.Contains(kinds, ref.Kind) && !seen[ref] {
			seen[ref] = true
			out = append(out, ref)
		}
	}
	for _, ref := range changed {
		add(ref)
		for _, d := range dependents {
			if d.of != ref.Kind || !slices.Contains(kinds, d.kind) {
				continue
			}
			ids, err := list(r, scanText[string], d.query, ref.ID)
			if err != nil {
				return nil, err
			}
			for _, id := range ids {
				add(app.Ref{Kind: d.kind, ID: id})
			}
		}
	}
	return out, nil
}
