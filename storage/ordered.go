package storage

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"rejoinder/app"
)

// orderKeys are what each kind is sorted by: date, title, time of the last
// change. The articles have an index for each.
var orderKeys = map[app.Kind]struct{ from, date, title string }{
	app.KindArticle:    {"articles i", "i.published", "i.title"},
	app.KindAnnotation: {"annotations i JOIN articles a ON a.id = i.article", "a.published", "i.quote"},
	app.KindNote:       {"notes i", "''", "i.body"},
	app.KindActor:      {"actors i", "''", "i.name"},
	app.KindClaim:      {"claims i", "''", "i.text"},
	app.KindStatement: {`statements i JOIN claims c ON c.id = i.claim LEFT JOIN annotations n ON n.id = i.passage
		LEFT JOIN articles a ON a.id = n.article`, "coalesce(nullif(i.date, ''), a.published, '')", "c.text"},
}

// Ordered implements app.IndexSource. Of several kinds, or when only some are
// asked for, all are read before the first is handed over.
func (s *Store) Ordered(ctx context.Context, sort app.SearchSort, kinds []app.Kind,
	only map[app.Kind][]uint32, fn func(app.Ordered) bool) error {
	return s.view(ctx, func(r *reader) error {
		if len(kinds) == 1 && only == nil {
			return r.ordered(sort, kinds[0], nil, fn)
		}
		var all []app.Ordered
		for _, k := range kinds {
			if only != nil && len(only[k]) == 0 {
				continue
			}
			err := r.ordered(sort, k, only[k], func(o app.Ordered) bool {
				all = append(all, o)
				return true
			})
			if err != nil {
				return err
			}
		}
		slices.SortStableFunc(all, func(a, b app.Ordered) int {
			if sort == app.ByTitle {
				return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(a.ID, b.ID))
			}
			return cmp.Or(cmp.Compare(a.Key, b.Key), cmp.Compare(b.ID, a.ID))
		})
		for _, o := range all {
			if !fn(o) {
				break
			}
		}
		return nil
	})
}

func (r *reader) ordered(sort app.SearchSort, kind app.Kind, only []uint32, fn func(app.Ordered) bool) error {
	keys := orderKeys[kind]
	column, order := keys.date, keys.date+" DESC, i.id DESC"
	switch sort {
	case app.ByTitle:
		column, order = keys.title, keys.title+" COLLATE NOCASE, i.id"
	case app.ByTouched:
		column, order = "i.modified", "i.modified DESC, i.id DESC"
	}
	query, args := "SELECT i.id, i.rowid, "+column+" FROM "+keys.from+" WHERE i.trashed IS NULL", []any(nil)
	if only != nil {
		query, args = query+" AND i.rowid"+inList, []any{toJSON(only)}
	}
	rows, err := r.q.QueryContext(r.ctx, query+" ORDER BY "+order, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		o := app.Ordered{Ref: app.Ref{Kind: kind}}
		var key any
		if err := rows.Scan(&o.ID, &o.Number, &key); err != nil {
			return err
		}
		o.Key = orderKey(sort, key)
		if !fn(o) {
			return nil
		}
	}
	return rows.Err()
}

// orderKey makes of a column what sorts as Ordered does: dates and times from the
// newest, what has none last.
func orderKey(sort app.SearchSort, column any) string {
	switch v := column.(type) {
	case int64:
		return fmt.Sprintf("%019d", math.MaxInt64-v)
	case string:
		if sort == app.ByTitle {
			return asciiLower(v)
		}
		if v == "" {
			return "~"
		}
		return strings.Map(func(r rune) rune {
			if '0' <= r && r <= '9' {
				return '9' - r + '0'
			}
			return r
		}, v) + "~" // 2019-10 comes after 2019-10-08
	}
	return ""
}

// asciiLower is what SQLite's NOCASE compares.
func asciiLower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}
