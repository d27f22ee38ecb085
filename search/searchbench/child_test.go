//go:build bench

package searchbench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// A child is this test binary run again for one task: its memory and its first
// answer are then those of nothing else.

// childTask names what a child does.
type childTask string

const (
	indexOurs  childTask = "index-ours"
	indexFTS5  childTask = "index-fts5"
	indexBleve childTask = "index-bleve"
	reopenOurs childTask = "reopen-ours"
	reopenFTS5 childTask = "reopen-fts5"
)

const (
	childTaskName     = "SEARCHBENCH_CHILD"
	childArticlesName = "SEARCHBENCH_CHILD_ARTICLES"
	childResultName   = "SEARCHBENCH_CHILD_RESULT"
)

// indexed is what it cost to index.
type indexed struct {
	Took   time.Duration `json:"took"`
	Bytes  int64         `json:"bytes"` // of the index
	PeakKB int           `json:"peakKB"`
}

// reopened is how long it took from the start of the work in a fresh process.
type reopened struct {
	Opened time.Duration `json:"opened"`
	First  time.Duration `json:"first"` // the first answer
	Hits   int           `json:"hits"`
}

// inChild does a task in a child.
func inChild[T any](t testing.TB, b *built, task childTask) (result T) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "result.json")
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run", "^TestBenchChild$", "-test.timeout", "0")
	c.Env = append(os.Environ(), childTaskName+"="+string(task), childArticlesName+"="+strconv.Itoa(b.articles),
		childResultName+"="+file)
	var out bytes.Buffer
	c.Stdout, c.Stderr = &out, &out
	if err := c.Run(); err != nil {
		t.Fatalf("%s: %v\n%s", task, err, out.String())
	}
	data, err := os.ReadFile(file)
	must(t, err)
	must(t, json.Unmarshal(data, &result))
	return result
}

// TestBenchChild is what a child runs; by itself it does nothing.
func TestBenchChild(t *testing.T) {
	task := childTask(os.Getenv(childTaskName))
	if task == "" {
		t.Skip("it is run by the other tests")
	}
	s := readSettings(t)
	articles := number(t, os.Getenv(childArticlesName))
	b := &built{articles: articles, folder: s.folderOf(articles)}
	var result any
	var err error
	switch task {
	case indexOurs:
		result, err = b.buildOurs(t.Context())
	case indexFTS5:
		result, err = b.indexFTS5()
	case indexBleve:
		result, err = b.buildBleve(t.Context())
	case reopenOurs:
		result, err = b.reopenOurs(t.Context())
	case reopenFTS5:
		result, err = b.reopenFTS5(t.Context())
	default:
		t.Fatalf("no task is called %s", task)
	}
	must(t, err)
	if cost, ok := result.(indexed); ok {
		cost.PeakKB = peakKB()
		result = cost
	}
	data, err := json.Marshal(result)
	must(t, err)
	must(t, os.WriteFile(os.Getenv(childResultName), data, 0o600))
}

// buildOurs makes the index of the notebook anew.
func (b *built) buildOurs(ctx context.Context) (made indexed, err error) {
	if err := os.RemoveAll(b.index()); err != nil {
		return made, err
	}
	began := time.Now()
	o, err := openOurs(ctx, b.notebook(), b.index())
	if err != nil {
		return made, err
	}
	if err := o.notebook.Sync(ctx); err != nil {
		return made, err
	}
	made.Took = time.Since(began)
	if err := o.close(); err != nil {
		return made, err
	}
	made.Bytes, err = folderBytes(b.index())
	return made, err
}

// firstQuery is what is asked in a fresh process: nothing special.
var firstQuery = query{kind: and2, words: []string{"health", "report"}}

func (b *built) reopenOurs(ctx context.Context) (r reopened, err error) {
	began := time.Now()
	o, err := openOurs(ctx, b.notebook(), b.index())
	if err != nil {
		return r, err
	}
	r.Opened = time.Since(began)
	r.Hits, err = o.search(ctx, firstQuery, true)
	r.First = time.Since(began)
	if err != nil {
		return r, err
	}
	return r, o.close()
}

func (b *built) reopenFTS5(ctx context.Context) (r reopened, err error) {
	began := time.Now()
	f, err := openFTS5(b.fts5())
	if err != nil {
		return r, err
	}
	if err := f.mapped(); err != nil {
		return r, err
	}
	r.Opened = time.Since(began)
	r.Hits, err = f.search(ctx, firstQuery, true)
	r.First = time.Since(began)
	if err != nil {
		return r, err
	}
	return r, f.close()
}

// peakKB is the largest memory that this process ever had, as Linux tells it.
func peakKB() int {
	kb, _ := strconv.Atoi(strings.TrimSuffix(fromProc("/proc/self/status", "VmHWM"), " kB"))
	return kb
}

func folderBytes(folder string) (size int64, err error) {
	err = filepath.WalkDir(folder, func(_ string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		info, err := e.Info()
		if err == nil && info.Mode().IsRegular() {
			size += info.Size()
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("measure %s: %w", folder, err)
	}
	return size, nil
}
