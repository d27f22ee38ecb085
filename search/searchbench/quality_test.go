//go:build bench

package searchbench

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	blevequery "github.com/blevesearch/bleve/v2/search/query"
)

// TestBenchQuality asks the queries of a judged collection of our engine and of
// its peers, and compares what each puts first with what people judged.
func TestBenchQuality(t *testing.T) {
	s := readSettings(t)
	t.Log(machineFacts())
	var docs []judgedDocument
	must(t, eachJudgedDocument(s.judged, func(d judgedDocument) { docs = append(docs, d) }))
	queries, grades, err := readJudged(s.judged)
	must(t, err)

	oursAll, oursAny := rankOurs(t, docs)
	bleveFlat, bleveTitle := rankBleve(t, docs)
	results := newTable(filepath.Base(s.judged)+": relevance", "system", "nDCG@10", "recall@100", "MAP@100", "no answer")
	for _, system := range []struct {
		name string
		rank ranker
	}{
		{"ours, all words (as the user gets it)", oursAll},
		{"ours, any word", oursAny},
		{"FTS5 porter, bm25(3, 1), any word", rankFTS5(t, docs)},
		{"bleve en, one field", bleveFlat},
		{"bleve en, title^3 + text", bleveTitle},
	} {
		answers, none := map[string][]string{}, 0
		for _, q := range queries {
			ids, err := system.rank(q.Text)
			must(t, err)
			if answers[q.ID] = ids; len(ids) == 0 {
				none++
			}
		}
		got := gradeRun(queries, grades, answers)
		results.add(system.name, four(got.ndcg10), four(got.recall100), four(got.map100), none)
	}
	t.Logf("%d documents, %d queries", len(docs), len(queries))
	results.print(t)
}

// rankFTS5 asks for any of the query's words, each quoted.
func rankFTS5(t testing.TB, docs []judgedDocument) ranker {
	t.Helper()
	f, err := openFTS5(filepath.Join(t.TempDir(), "judged.db"))
	must(t, err)
	t.Cleanup(func() { must(t, f.close()) })
	_, err = f.db.Exec("CREATE VIRTUAL TABLE found USING fts5(title, text, id UNINDEXED, tokenize='porter unicode61')")
	must(t, err)
	tx, err := f.db.Begin()
	must(t, err)
	for _, d := range docs {
		_, err := tx.Exec("INSERT INTO found VALUES (?, ?, ?)", d.Title, d.Text, d.ID)
		must(t, err)
	}
	must(t, tx.Commit())
	return func(text string) (ids []string, err error) {
		rows, err := f.db.Query("SELECT id FROM found WHERE found MATCH ? ORDER BY bm25(found, 3.0, 1.0) LIMIT 100",
			query{kind: or6, words: wordsOf(text)}.match())
		if err != nil {
			return nil, err
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			var id string
			if err := rows.Scan(&id); err != nil {
				return nil, err
			}
			ids = append(ids, id)
		}
		return ids, rows.Err()
	}
}

// rankBleve asks bleve as it comes: everything in one field, and the title three
// times as heavy beside the text.
func rankBleve(t testing.TB, docs []judgedDocument) (flat, titled ranker) {
	t.Helper()
	mapping := bleve.NewIndexMapping()
	mapping.DefaultAnalyzer = en.AnalyzerName
	index, err := bleve.New(filepath.Join(t.TempDir(), "bleve"), mapping)
	must(t, err)
	t.Cleanup(func() { must(t, index.Close()) })
	for from := 0; from < len(docs); from += 1000 {
		batch := index.NewBatch()
		for _, d := range docs[from:min(from+1000, len(docs))] {
			must(t, batch.Index(d.ID, map[string]string{"title": d.Title, "text": d.Text, "all": d.Title + "\n" + d.Text}))
		}
		must(t, index.Batch(batch))
	}
	match := func(text, field string, boost float64) blevequery.Query {
		q := bleve.NewMatchQuery(text)
		q.SetField(field)
		q.SetBoost(boost)
		return q
	}
	rank := func(make func(text string) blevequery.Query) ranker {
		return func(text string) ([]string, error) {
			result, err := index.Search(bleve.NewSearchRequestOptions(make(text), 100, 0, false))
			if err != nil {
				return nil, err
			}
			var ids []string
			for _, h := range result.Hits {
				ids = append(ids, h.ID)
			}
			return ids, nil
		}
	}
	return rank(func(text string) blevequery.Query { return match(text, "all", 1) }),
		rank(func(text string) blevequery.Query {
			return bleve.NewDisjunctionQuery(match(text, "title", 3), match(text, "text", 1))
		})
}

// TestGrading holds the measures to figures worked out by hand.
func TestGrading(t *testing.T) {
	got := gradeAnswer(map[string]int{"a": 2, "b": 1, "c": 0}, strings.Fields("x a c b"))
	// (2/log2 3 + 1/log2 5) / (2 + 1/log2 3); both found; (1/2 + 2/4) / 2
	if four(got.ndcg10) != "0.6433" || got.recall100 != 1 || got.map100 != 0.5 {
		t.Errorf("nDCG %.4f, recall %.4f, MAP %.4f", got.ndcg10, got.recall100, got.map100)
	}
}
