//go:build bench

package searchbench

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// TestBenchIndexing measures what the index costs: its making and its size, and
// how soon a fresh process and a note just saved can be found.
func TestBenchIndexing(t *testing.T) {
	s := readSettings(t)
	t.Log(machineFacts())
	c := newCorpus(corpusPassages(t, s))
	costs := newTable("indexing, each in a process of its own", "articles", "system", "MB of text", "s", "MB/s", "index MB", "index/text", "peak MB")
	starts := newTable("a fresh process: ms, medians of five (warm) and three (cold)", "articles", "system", "opened, warm", "first answer, warm", "opened, cold", "first answer, cold")
	saves := newTable("from saving a note to finding it, during an import: ms", "articles", "saves", "p50", "p95", "longest", "saving alone, p50", "imported meanwhile")
	for _, n := range s.sizes {
		b := build(t, s, c, n)
		b.report(t)
		must(t, b.storeFTS5())
		systems := []system{{"ours", indexOurs, reopenOurs}, {"FTS5", indexFTS5, reopenFTS5}}
		if s.bleve && n <= stockBleveLimit {
			systems = append(systems, system{"stock bleve", indexBleve, ""})
		}
		for _, sys := range systems {
			cost := inChild[indexed](t, b, sys.index)
			mb := megabytes(b.facts.TextBytes)
			costs.add(n, sys.name, mb, cost.Took.Seconds(), mb/cost.Took.Seconds(), megabytes(cost.Bytes),
				float64(cost.Bytes)/float64(b.facts.TextBytes), cost.PeakKB/1024)
		}
		for _, sys := range systems {
			if sys.reopen != "" {
				warmOpened, warmFirst := b.reopenAgain(t, sys.reopen, 5, false)
				coldOpened, coldFirst := b.reopenAgain(t, sys.reopen, 3, true)
				starts.add(n, sys.name, warmOpened, warmFirst, coldOpened, coldFirst)
			}
		}
		if s.saves > 0 {
			b.benchSaves(t, s.saves, saves)
		}
	}
	costs.print(t)
	starts.print(t)
	saves.print(t)
}

// system is one whose index is made and opened.
type system struct {
	name          string
	index, reopen childTask
}

// report prints how the notebook was built.
func (b *built) report(t testing.TB) {
	t.Helper()
	n := float64(b.articles)
	t.Logf("notebook of %d articles: %.1f MB of text (mean %.0f bytes); stored at %.0f rows/s, made and stored in %.0f s",
		b.articles, megabytes(b.facts.TextBytes), float64(b.facts.TextBytes)/n, n/b.facts.Stored.Seconds(), b.facts.Took.Seconds())
}

// reopenAgain returns medians in milliseconds, "-" where the machine does not
// let its page cache be emptied.
func (b *built) reopenAgain(t testing.TB, task childTask, times int, cold bool) (opened, first string) {
	t.Helper()
	var open, answer []time.Duration
	for range times {
		if cold && !emptyPageCache() {
			return "-", "-"
		}
		r := inChild[reopened](t, b, task)
		open, answer = append(open, r.Opened), append(answer, r.First)
	}
	return ms(percentile(open, 50)), ms(percentile(answer, 50))
}

// emptyPageCache has the system forget what it holds of files.
func emptyPageCache() bool {
	return os.WriteFile("/proc/sys/vm/drop_caches", []byte("3"), 0) == nil
}

// benchSaves saves notes in a copy of the notebook while articles are imported
// into it, and asks for each until it is found.
func (b *built) benchSaves(t testing.TB, saves int, results *table) {
	t.Helper()
	folder, err := os.MkdirTemp(b.folder, "copy-")
	must(t, err)
	defer func() { _ = os.RemoveAll(folder) }()
	must(t, copyFolder(b.notebook(), filepath.Join(folder, "notebook")))
	must(t, copyFolder(b.index(), filepath.Join(folder, "index")))
	files := filepath.Join(folder, "files")
	must(t, b.writeFiles(files, 200*saves))

	o, err := openOurs(t.Context(), filepath.Join(folder, "notebook"), filepath.Join(folder, "index"))
	must(t, err)
	defer func() { must(t, o.close()) }()
	must(t, o.notebook.Sync(t.Context()))
	ctx, cancel := context.WithCancel(t.Context())
	importing := startImport(ctx, o, files)
	<-importing.begun
	var found, saved []time.Duration
	for i := range saves {
		word := fmt.Sprintf("zyzzyva%dx", i)
		took, all := b.saveAndFind(t, o, word)
		saved, found = append(saved, took), append(found, all)
	}
	imported := fmt.Sprint(importing.done.Load())
	select {
	case err := <-importing.ended:
		must(t, err)
		imported += ", ended too early"
	default:
		cancel()
		if err := <-importing.ended; !errors.Is(err, context.Canceled) {
			must(t, err)
		}
	}
	cancel()
	results.add(b.articles, saves, ms(percentile(found, 50)), ms(percentile(found, 95)), ms(percentile(found, 100)),
		ms(percentile(saved, 50)), imported)
}

// saveAndFind returns how long the saving took, and how long until the note is
// found.
func (b *built) saveAndFind(t testing.TB, o *ours, word string) (saved, found time.Duration) {
	t.Helper()
	began := time.Now()
	_, err := o.notebook.AddNote(t.Context(), "A note about "+word+" and the report on it")
	must(t, err)
	saved = time.Since(began)
	asks := time.NewTicker(time.Millisecond)
	defer asks.Stop()
	for {
		hits, err := o.search(t.Context(), query{kind: term, words: []string{word}}, true)
		must(t, err)
		if hits > 0 {
			return saved, time.Since(began)
		}
		if time.Since(began) > time.Minute {
			t.Fatalf("the note about %s is not found after a minute", word)
		}
		<-asks.C
	}
}
