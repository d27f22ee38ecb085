//go:build bench

package searchbench

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/importer"
)

// passages are real English paragraphs cut into words at their spaces, one
// after another.
type passages struct {
	words  []string
	starts []int            // where each paragraph begins in words
	titles []string         // of the pages and abstracts
	turns  map[string][]int // where each of turnWords stands
	joints []bool           // of the words: it is one of turnWords
}

// turnWords are where one sentence can go on as another does. They are so
// frequent that what stands around them has nothing to do with them.
var turnWords = map[string]bool{
	"the": true, "of": true, "and": true, "in": true, "to": true, "a": true, "for": true, "that": true, "with": true,
	"on": true, "by": true, "as": true, "is": true, "was": true, "from": true, "at": true, "are": true, "be": true,
}

// readPassages reads the paragraphs of the saved pages through the project's own
// importer, and the abstracts of the judged collection.
func readPassages(pages, judged string) (*passages, error) {
	p := &passages{turns: map[string][]int{}}
	if err := p.readPages(pages); err != nil {
		return nil, err
	}
	if err := p.readAbstracts(judged); err != nil {
		return nil, err
	}
	if len(p.titles) < 50 || len(p.starts) < 1000 {
		return nil, fmt.Errorf("only %d paragraphs under %s and %s: the corpus needs thousands", len(p.starts), pages, judged)
	}
	p.joints = make([]bool, len(p.words))
	for i, w := range p.words {
		if turnWords[w] {
			p.joints[i] = true
			p.turns[w] = append(p.turns[w], i)
		}
	}
	return p, nil
}

// fingerprint tells passages from others, and so the corpora made of them:
// queries are drawn from articles made again, not from those in the notebook.
func (p *passages) fingerprint() string {
	h := fnv.New64a()
	for _, list := range [][]string{p.words, p.titles} {
		for _, s := range list {
			_, _ = h.Write([]byte(s + "\n"))
		}
	}
	return fmt.Sprintf("%016x", h.Sum64())
}

func (p *passages) readPages(folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.html.gz"))
	if err != nil {
		return err
	}
	im := importer.New()
	for _, file := range files {
		data, err := readAll(file)
		if err != nil {
			return err
		}
		page, err := im.Read(context.Background(), "page.html", data, app.ReadAs{})
		if err != nil || page.Language != "en" {
			continue // a page without an article, or of another language
		}
		p.titles = append(p.titles, page.Title)
		runes := []rune(page.Content.Plain)
		for _, b := range page.Content.Blocks {
			if b.Kind == app.BlockParagraph {
				p.add(string(runes[b.Start:b.End]))
			}
		}
	}
	return nil
}

func (p *passages) readAbstracts(folder string) error {
	return eachJudgedDocument(folder, func(d judgedDocument) {
		if words := strings.Fields(d.Title); len(words) > 14 {
			p.titles = append(p.titles, strings.Join(words[:14], " "))
		} else if d.Title != "" {
			p.titles = append(p.titles, d.Title)
		}
		p.add(d.Text)
	})
}

func (p *passages) add(paragraph string) {
	if words := strings.Fields(paragraph); len(words) > 5 {
		p.starts = append(p.starts, len(p.words))
		p.words = append(p.words, words...)
	}
}

// readAll reads a file, unpacked when it is a gzip by its name.
func readAll(path string) ([]byte, error) {
	r, err := openPlain(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = r.Close() }()
	return io.ReadAll(r)
}

// unpacked is a gzip and the file that it is in.
type unpacked struct {
	*gzip.Reader
	file *os.File
}

func (u unpacked) Close() error { return u.file.Close() }

func openPlain(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, err
	}
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		_ = f.Close()
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return unpacked{z, f}, nil
}

// eachLine hands over the lines of a file as JSON of type T.
func eachLine[T any](path string, fn func(T)) error {
	r, err := openPlain(path)
	if err != nil {
		return err
	}
	defer func() { _ = r.Close() }()
	lines := json.NewDecoder(bufio.NewReaderSize(r, 1<<20))
	for {
		var v T
		switch err := lines.Decode(&v); {
		case err == io.EOF:
			return nil
		case err != nil:
			return fmt.Errorf("%s: %w", path, err)
		}
		fn(v)
	}
}

// corpusPassages reads the passages that s names.
func corpusPassages(t testing.TB, s settings) *passages {
	t.Helper()
	p, err := readPassages(s.pages, s.judged)
	must(t, err)
	return p
}
