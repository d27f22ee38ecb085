//go:build bench

// Package searchbench measures the search: how good its answers are, how soon
// they come and what the index costs, beside its peers in the same run. `make
// bench-search` runs it. It is tests alone and nothing of the program imports it.
//
// Everything asked of our own engine is in ours_test.go.
package searchbench

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"
)

// settings are where things are and how much is measured. `go test` takes no
// options of ours, so they come from the environment.
type settings struct {
	judged  string // folder of a judged collection; SEARCHBENCH_JUDGED
	pages   string // folder of saved web pages; SEARCHBENCH_PAGES
	cache   string // folder in which built notebooks stay; SEARCHBENCH_CACHE
	sizes   []int  // articles; SEARCHBENCH_SIZES, with spaces between
	queries int    // different ones of a kind; SEARCHBENCH_QUERIES
	saves   int    // notes saved during an import; SEARCHBENCH_SAVES
	bleve   bool   // stock bleve as well, at 100,000 at most; SEARCHBENCH_BLEVE=1
	lucene  bool   // Debian's Lucene as well; SEARCHBENCH_LUCENE=1
}

func readSettings(t testing.TB) settings {
	t.Helper()
	s := settings{
		judged: fromEnvironment("SEARCHBENCH_JUDGED", "../../../shared/data/scifact"),
		pages:  fromEnvironment("SEARCHBENCH_PAGES", "../../../shared/data/article-extraction/html"),
		cache:  fromEnvironment("SEARCHBENCH_CACHE", "../../build/bench"),
		bleve:  os.Getenv("SEARCHBENCH_BLEVE") == "1",
		lucene: os.Getenv("SEARCHBENCH_LUCENE") == "1",
	}
	for _, field := range strings.Fields(fromEnvironment("SEARCHBENCH_SIZES", "100000")) {
		s.sizes = append(s.sizes, number(t, field))
	}
	s.queries = number(t, fromEnvironment("SEARCHBENCH_QUERIES", "100"))
	s.saves = number(t, fromEnvironment("SEARCHBENCH_SAVES", "50"))
	cache, err := filepath.Abs(s.cache)
	must(t, err)
	s.cache = cache
	return s
}

func fromEnvironment(name, otherwise string) string {
	if v := strings.TrimSpace(os.Getenv(name)); v != "" {
		return v
	}
	return otherwise
}

func number(t testing.TB, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("%q is no number", s)
	}
	return n
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// measured returns how long fn took, which has to succeed.
func measured(t testing.TB, fn func() error) time.Duration {
	t.Helper()
	began := time.Now()
	must(t, fn())
	return time.Since(began)
}

// machineFacts say on what the figures were measured.
func machineFacts() string {
	return fmt.Sprintf("%s; commit %s\n%d CPUs (%s), %s; %s %s/%s; bleve %s, zapx/v17 %s, SQLite %s (mattn %s)",
		time.Now().UTC().Format("2006-01-02 15:04 MST"), fromEnvironment("SEARCHBENCH_COMMIT", "unknown"),
		runtime.NumCPU(), fromProc("/proc/cpuinfo", "model name"), fromProc("/proc/meminfo", "MemTotal"),
		runtime.Version(), runtime.GOOS, runtime.GOARCH,
		moduleVersion("github.com/blevesearch/bleve/v2"), moduleVersion("github.com/blevesearch/zapx/v17"),
		sqliteVersion(), moduleVersion("github.com/mattn/go-sqlite3"))
}

// moduleVersion is what go.mod says: a test binary does not know what it is
// built of.
func moduleVersion(path string) string {
	data, err := os.ReadFile("../../go.mod")
	if err != nil {
		return "?"
	}
	for line := range strings.Lines(string(data)) {
		if fields := strings.Fields(line); len(fields) >= 2 && fields[0] == path {
			return fields[1]
		}
	}
	return "?"
}

// fromProc is the value of a name in one of Linux's files of facts.
func fromProc(file, name string) string {
	data, err := os.ReadFile(file)
	if err != nil {
		return "?"
	}
	for line := range strings.Lines(string(data)) {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.TrimSpace(key) == name {
			return strings.TrimSpace(value)
		}
	}
	return "?"
}
