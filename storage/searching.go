package storage

import (
	"context"
	"strings"
	"time"

	"rejoinder/app"
)

// Synonyms implements app.Reader.
func (r *reader) Synonyms() ([]app.Synonyms, error) {
	return list(r, func(row scanner) (s app.Synonyms, err error) {
		err = row.Scan(&s.ID, asJSON{&s.Words})
		return s, err
	}, "SELECT id, words FROM synonyms ORDER BY id")
}

// PutSynonyms implements app.Tx.
func (t *tx) PutSynonyms(s app.Synonyms) error {
	if len(s.Words) < 2 {
		return t.exec("DELETE FROM synonyms WHERE id = ?", string(s.ID))
	}
	return t.put("synonyms", string(s.ID), time.Time{}, column{"words", toJSON(s.Words)})
}

// keptSearches is how many searches are remembered.
const keptSearches = 200

// KeepSearch implements app.Store. Like SetReading it writes beside the steps.
func (s *Store) KeepSearch(ctx context.Context, text string) error {
	if s.readOnly != nil {
		return nil // this much can be done without
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.setBulk(ctx, true); err != nil {
		return domainError(err)
	}
	return domainError(s.transact(ctx, func() error {
		if text == "" {
			_, err := s.writer.ExecContext(ctx, "DELETE FROM searches")
			return err
		}
		_, err := s.writer.ExecContext(ctx, `INSERT INTO searches (text, at) VALUES (?, ?)
			ON CONFLICT (text) DO UPDATE SET at = excluded.at`, text, time.Now().UnixMicro())
		if err != nil {
			return err
		}
		_, err = s.writer.ExecContext(ctx,
			"DELETE FROM searches WHERE text NOT IN (SELECT text FROM searches ORDER BY at DESC LIMIT ?)", keptSearches)
		return err
	}))
}

// Searches implements app.Reader.
func (r *reader) Searches(limit int) ([]string, error) {
	return list(r, scanText[string], "SELECT text FROM searches ORDER BY at DESC LIMIT ?", limit)
}

// Publishers implements app.Reader.
func (r *reader) Publishers(prefix string, limit int) ([]string, error) {
	return r.begunWith("publisher", prefix, limit)
}

// Languages implements app.Reader.
func (r *reader) Languages(prefix string, limit int) ([]string, error) {
	return r.begunWith("language", prefix, limit)
}

func (r *reader) begunWith(column, prefix string, limit int) ([]string, error) {
	escaped := strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(prefix)
	return list(r, scanText[string], "SELECT "+column+" FROM articles WHERE trashed IS NULL AND "+column+" <> '' AND "+
		column+` LIKE ? ESCAPE '\' GROUP BY `+column+" ORDER BY count(*) DESC, "+column+" LIMIT ?", escaped+"%", limit)
}
