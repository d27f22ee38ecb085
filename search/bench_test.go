package search

import (
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
)

// zipfArticles makes n articles of about 2.2 kB with words as frequent as those
// of a language.
func zipfArticles(n int) []app.Document {
	r := rand.New(rand.NewPCG(1, 2))
	z := rand.NewZipf(r, 1.07, 2.7, 60_000)
	syllables := []string{"ka", "lo", "mi", "ter", "son", "ing", "ra", "pe", "du", "ves", "ti", "on", "ab", "er", "is"}
	words := make([]string, 60_001)
	for i := range words {
		for k := i + 7; ; k /= len(syllables) {
			words[i] += syllables[k%len(syllables)]
			if k < len(syllables) {
				break
			}
		}
	}
	text := func(bytes int) string {
		var b strings.Builder
		for b.Len() < bytes {
			b.WriteString(words[z.Uint64()])
			if r.IntN(12) == 0 {
				b.WriteString("’s, ")
			}
			b.WriteByte(' ')
		}
		return b.String()
	}
	docs := make([]app.Document, n)
	for i := range docs {
		docs[i] = article(fmt.Sprintf("%08d", i), text(60), text(2140))
	}
	return docs
}

// BenchmarkBuild builds an index of 10,000 articles.
func BenchmarkBuild(b *testing.B) {
	docs := zipfArticles(10_000)
	l := newLedger(docs...)
	size := 0
	for _, d := range docs {
		size += len(d.Title) + len(d.Body)
	}
	b.SetBytes(int64(size))
	for b.Loop() {
		dir := b.TempDir()
		ix, err := Open(b.Context(), dir, l)
		if err == nil {
			err = ix.Sync(b.Context())
		}
		if err != nil {
			b.Fatal(err)
		}
		ix.Close()
		b.ReportMetric(float64(folderSize(dir))/float64(size), "index/text")
	}
	if status, err := os.ReadFile("/proc/self/status"); err == nil {
		for line := range strings.Lines(string(status)) {
			var kb float64
			if n, _ := fmt.Sscanf(line, "VmHWM: %f kB", &kb); n == 1 {
				b.ReportMetric(kb/1024, "peak-MiB")
			}
		}
	}
}

func folderSize(dir string) (size int64) {
	_ = filepath.WalkDir(dir, func(_ string, e fs.DirEntry, err error) error {
		if err == nil {
			if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
				size += info.Size()
			}
		}
		return nil
	})
	return size
}

// BenchmarkSearch asks an index of 10,000 articles for things of each kind.
func BenchmarkSearch(b *testing.B) {
	docs := zipfArticles(10_000)
	ix, err := Open(b.Context(), b.TempDir(), newLedger(docs...))
	if err == nil {
		err = ix.Sync(b.Context())
	}
	if err != nil {
		b.Fatal(err)
	}
	defer ix.Close()
	r := rand.New(rand.NewPCG(3, 4))
	pick := func(n int) []string {
		words := strings.FieldsFunc(docs[r.IntN(len(docs))].Body, func(r rune) bool { return r == ' ' || r == ',' })
		at := r.IntN(len(words) - n)
		return words[at : at+n]
	}
	for _, kind := range []struct {
		name string
		text func() string
		q    app.SearchQuery
	}{
		{"word", func() string { return pick(1)[0] }, app.SearchQuery{}},
		{"and2", func() string { return strings.Join(pick(2), " ") }, app.SearchQuery{}},
		{"or6", func() string { return strings.Join(pick(6), " OR ") }, app.SearchQuery{}},
		{"phrase3", func() string { return `"` + strings.Join(pick(3), " ") + `"` }, app.SearchQuery{}},
		{"typing1", func() string { return pick(1)[0][:1] }, app.SearchQuery{Typing: true}},
		{"typing3", func() string { return pick(1)[0][:2] + "r" }, app.SearchQuery{Typing: true}},
		{"prefix2", func() string { return pick(1)[0][:2] + "*" }, app.SearchQuery{}},
		{"kind", func() string { return strings.Join(pick(2), " ") }, app.SearchQuery{Kinds: []app.Kind{app.KindArticle}}},
		{"not", func() string { return strings.Join(pick(2), " -") }, app.SearchQuery{}},
	} {
		b.Run(kind.name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				q := kind.q
				q.Text = kind.text()
				start := time.Now()
				if _, err := ix.Search(b.Context(), q); err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms")
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}
