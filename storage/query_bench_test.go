//go:build bench

package storage

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"rejoinder/app"
)

// benchNotebook is a notebook of 1,000 articles and 100,000 annotations in five
// scripts, a fifth of them with a statement and a tag.
func benchNotebook(t *testing.T) *Store {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "notebook")
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	rawly(t, dir, `WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 999)
		INSERT INTO originals SELECT printf('%064d', i), 'a.txt', 'text/plain', 3, i FROM n`,
		`WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 999)
		INSERT INTO texts SELECT printf('t%08d', i), printf('%064d', i), 'plain/1', 3, 'x', '[]', '[]', i FROM n`,
		`WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 999)
		INSERT INTO articles SELECT printf('a%08d', i), 'Title ' || (i * 7919 % 1000), '["An author"]', 'The Ferry Post', '',
			printf('%d-%02d-%02d', 2000 + i % 25, 1 + i % 12, 1 + i % 28), '', 'en', 'document', printf('%064d', i), printf('t%08d', i), NULL, i, i, NULL, NULL FROM n`,
		`INSERT INTO article_texts SELECT id, 1, text FROM articles`,
		`CREATE TEMP TABLE words AS SELECT 0 AS k, 'The ministry closed the north quay on Monday morning, after an inspection that took three weeks and found nothing new.' AS q
			UNION SELECT 1, 'وقالت النقابة إن أحدا لم يسألها عن إغلاق الرصيف الشمالي صباح يوم الاثنين'
			UNION SELECT 2, '港口公司否认指控,并表示其安全记录良好,法院将于明年春天审理此案。'
			UNION SELECT 3, 'Министерство закрыло северный причал в понедельник утром после проверки, которая длилась три недели.'
			UNION SELECT 4, 'La société portuaire rejette les conclusions des inspecteurs et déclare que son bilan est irréprochable.';
		WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
		INSERT INTO annotations SELECT printf('n%08d', i), printf('a%08d', i % 1000), printf('t%08d', i % 1000), 'highlight',
			CASE i % 6 WHEN 0 THEN 'yellow' WHEN 1 THEN 'green' WHEN 2 THEN 'blue' WHEN 3 THEN 'pink' WHEN 4 THEN 'orange' ELSE 'violet' END,
			CASE WHEN i % 10 = 0 THEN 'A note on number ' || i ELSE '' END, i * 31 % 5000, i * 31 % 5000 + 100, q, '', '',
			CASE WHEN i % 100 = 0 THEN 'fuzzy' ELSE 'exact' END, i, i * 17 % 100000, NULL, NULL FROM n JOIN words ON k = i % 5`,
		`WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 99)
		INSERT INTO actors SELECT printf('o%08d', i), 'Actor ' || i, '', '[]', NULL, NULL, i, i, NULL, NULL FROM n`,
		`WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 9999)
		INSERT INTO claims SELECT printf('c%08d', i), 'Claim number ' || i, NULL, i, i, NULL, NULL FROM n`,
		`WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
		INSERT INTO statements SELECT printf('s%08d', i), printf('o%08d', i % 100), printf('c%08d', i % 10000), 'denies', '', 0, NULL,
			printf('n%08d', i * 5), i, i, NULL, NULL FROM n`,
		`WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 49)
		INSERT INTO tags SELECT printf('g%08d', i), 'part/tag' || i, '', i, i, NULL, NULL FROM n`,
		`WITH RECURSIVE n (i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 19999)
		INSERT INTO taggings SELECT printf('g%08d', i % 50), 'annotation', printf('n%08d', i * 5 + 1) FROM n`)
	return openIn(t, dir)
}

// The list of all annotations answers while a person types and scrolls.
func TestBenchAnnotations(t *testing.T) {
	s := benchNotebook(t)
	all := app.AnnotationQuery{Limit: 100}
	with := func(change func(*app.AnnotationQuery)) app.AnnotationQuery {
		q := all
		change(&q)
		return q
	}
	for _, tt := range []struct {
		name  string
		query app.AnnotationQuery
	}{
		{"by position", all},
		{"by position, the last page", with(func(q *app.AnnotationQuery) { q.Offset = 99_900 })},
		{"by creation", with(func(q *app.AnnotationQuery) { q.Sort = app.SortCreated })},
		{"by modification", with(func(q *app.AnnotationQuery) { q.Sort = app.SortModified })},
		{"by publication", with(func(q *app.AnnotationQuery) { q.Sort = app.SortPublished })},
		{"by colour", with(func(q *app.AnnotationQuery) { q.Sort = app.SortColor })},
		{"by colour, the last page", with(func(q *app.AnnotationQuery) { q.Sort, q.Offset = app.SortColor, 99_900 })},
		{"text found often", with(func(q *app.AnnotationQuery) { q.Text = "quay north" })},
		{"text found nowhere", with(func(q *app.AnnotationQuery) { q.Text = "xylophone" })},
		{"text in a tag", with(func(q *app.AnnotationQuery) { q.Text = "quay tag49" })},
		{"Arabic text and a colour", with(func(q *app.AnnotationQuery) { q.Text, q.Colors = "النقابه", []app.Color{"blue"} })},
		{"an actor", with(func(q *app.AnnotationQuery) { q.Actor = "o00000007" })},
		{"a claim", with(func(q *app.AnnotationQuery) { q.Claim = "c00000007" })},
		{"a tag", with(func(q *app.AnnotationQuery) { q.Tag = "g00000007" })},
		{"a state", with(func(q *app.AnnotationQuery) { q.States = []app.AnchorState{app.AnchorFuzzy} })},
		{"a month", with(func(q *app.AnnotationQuery) { q.From, q.To = "2010-10", "2010-12" })},
	} {
		var times, counts []time.Duration
		n, rows := 0, 0
		for range 5 {
			look(t, s, func(r app.Reader) error {
				start := time.Now()
				page, err := r.AnnotationRows(tt.query)
				times, rows = append(times, time.Since(start)), len(page)
				if err != nil {
					return err
				}
				start = time.Now()
				n, err = r.CountAnnotations(tt.query)
				counts = append(counts, time.Since(start))
				return err
			})
		}
		slices.Sort(times)
		slices.Sort(counts)
		t.Logf("%-28s %4d of %6d: page %8v, count %8v", tt.name, rows, n, times[2].Round(10*time.Microsecond), counts[2].Round(10*time.Microsecond))
	}
	var ids []app.AnnotationID
	for i := range 2000 {
		ids = append(ids, app.AnnotationID(fmt.Sprintf("n%08d", i)))
	}
	look(t, s, func(r app.Reader) error {
		start := time.Now()
		hanging, err := r.Hanging(ids)
		t.Logf("what hangs on 2,000 marks: %d in %v", len(hanging), time.Since(start).Round(10*time.Microsecond))
		start = time.Now()
		used, err2 := r.ClaimsUsed(20)
		t.Logf("claims used last: %d in %v", len(used), time.Since(start).Round(10*time.Microsecond))
		if err == nil {
			err = err2
		}
		start = time.Now()
		every, err2 := r.AnnotationIDs(app.AnnotationQuery{})
		t.Logf("select all: %d in %v", len(every), time.Since(start).Round(10*time.Microsecond))
		if err == nil {
			err = err2
		}
		return err
	})
}
