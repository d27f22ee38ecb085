package storage

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"rejoinder/app"
)

// Reading implements app.Reader.
func (r *reader) Reading(article app.ArticleID) (app.Reading, error) {
	g := app.Reading{Article: article}
	err := r.q.QueryRowContext(r.ctx, "SELECT text, at, furthest, length, seen FROM readings WHERE article = ?", string(article)).
		Scan(&g.Text, &g.At, &g.Furthest, &g.Length, moment{&g.Seen})
	if errors.Is(err, sql.ErrNoRows) {
		return app.Reading{}, nil
	}
	return g, err
}

// SetReading implements app.Store. The row is no part of what undo brings back,
// so it is written beside the steps, and fast: it is written often.
func (s *Store) SetReading(ctx context.Context, g app.Reading) error {
	if s.readOnly != nil {
		return nil // this much can be done without
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.setBulk(ctx, true); err != nil {
		return domainError(err)
	}
	return domainError(s.transact(ctx, func() error {
		_, err := s.writer.ExecContext(ctx, `INSERT INTO readings (article, text, at, furthest, length, seen)
			VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (article) DO UPDATE SET
			furthest = CASE WHEN text = excluded.text THEN max(furthest, excluded.furthest) ELSE excluded.furthest END,
			text = excluded.text, at = excluded.at, length = excluded.length, seen = excluded.seen`,
			string(g.Article), string(g.Text), g.At, g.Furthest, g.Length, millis(time.Now()))
		return err
	}))
}
