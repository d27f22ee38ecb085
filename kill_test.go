//go:build !windows

package main

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"rejoinder/app"
)

// TestKill lets other processes work on a notebook, kills them at a random
// moment, and opens it again: a check finds nothing wrong, all that was said to
// be done is there, and the search finds what is there and nothing else. It does
// so as often as REJOINDER_KILLS says.
func TestKill(t *testing.T) {
	t.Parallel()
	rounds := 20
	if s := os.Getenv("REJOINDER_KILLS"); s != "" {
		var err error
		if rounds, err = strconv.Atoi(s); err != nil {
			t.Fatalf("REJOINDER_KILLS: %v", err)
		}
	}
	k := killer{t: t, rng: rand.New(rand.NewPCG(20, 26)), files: t.TempDir()}
	for round := range rounds {
		if round == 0 || k.rng.IntN(8) == 0 {
			k.moveOn()
		}
		workers := 1 + k.rng.IntN(5)/4
		k.kill(round, workers)
		k.inspect()
		if t.Failed() {
			t.Fatalf("round %d, with %d at work", round, workers)
		}
	}
	t.Logf("LOSS %-44s tried %4d  lost  0  silent  0  hung  0", fmt.Sprintf("kills (%d acts)", k.acts), rounds)
}

// killer knows what the notebook has to hold.
type killer struct {
	t     *testing.T
	rng   *rand.Rand
	files string
	acts  int

	dir   string            // of the notebook and its cache
	there map[string]string // word: what was said to be made with it
	gone  map[string]bool   // words that nothing may have
}

// moveOn begins a new notebook.
func (k *killer) moveOn() {
	k.dir, k.there, k.gone = k.t.TempDir(), map[string]string{}, map[string]bool{}
}

func (k *killer) notebook() string { return filepath.Join(k.dir, "notebook") }
func (k *killer) cache() string    { return filepath.Join(k.dir, "cache") }

// kill runs so many workers, kills them one after the other, and takes down what
// they said.
func (k *killer) kill(round, workers int) {
	k.t.Helper()
	path, err := program()
	if err != nil {
		k.t.Fatal(err)
	}
	company := map[bool]string{true: "alone", false: "together"}[workers == 1]
	said := make(chan []string)
	for i := range workers {
		c := exec.Command(path, k.notebook(), k.cache(), k.files, fmt.Sprintf("r%dw%d", round, i), fmt.Sprint(k.rng.Uint64()), company)
		c.Args = append([]string{workerName}, c.Args[1:]...)
		moment := time.Duration(k.rng.IntN(700)) * time.Millisecond
		early := k.rng.IntN(5) == 0 // in the middle of opening
		go func() { said <- k.runUntil(c, moment, early) }()
	}
	for range workers {
		k.takeDown(<-said)
	}
}

// runUntil kills the worker some time after it said its first word, or early:
// after it was started. It returns the whole lines that it said.
func (k *killer) runUntil(c *exec.Cmd, moment time.Duration, early bool) []string {
	var complaints bytes.Buffer
	c.Stderr = &complaints
	out, err := c.StdoutPipe()
	if err == nil {
		err = c.Start()
	}
	if err != nil {
		k.t.Error(err)
		return nil
	}
	r := bufio.NewReader(out)
	var lines []string
	read := func() bool {
		line, err := r.ReadString('\n')
		if err == nil {
			lines = append(lines, strings.TrimSuffix(line, "\n"))
		} else if err != io.EOF && !strings.Contains(err.Error(), "closed") {
			k.t.Error(err)
		}
		return err == nil
	}
	if !early {
		read()
	}
	timer := time.AfterFunc(moment, func() { _ = c.Process.Kill() })
	defer timer.Stop()
	for read() {
		continue
	}
	if err := c.Wait(); err == nil || !strings.Contains(err.Error(), "killed") {
		k.t.Errorf("the worker ended by itself: %v\n%s", err, &complaints)
	}
	return lines
}

func (k *killer) takeDown(lines []string) {
	for _, line := range lines {
		what, word, _ := strings.Cut(line, " ")
		switch what {
		case "open":
		case "going": // it may be there or not, until it is gone
			delete(k.there, word)
		case "gone":
			k.gone[word] = true
			k.acts++
		default:
			k.there[word] = what
			k.acts++
		}
	}
}

// inspect opens the notebook as the next start does.
func (k *killer) inspect() {
	t := k.t
	t.Helper()
	nb, err := openIn(t.Context(), k.notebook(), k.cache())
	if err != nil {
		t.Errorf("open after the kill: %v", err)
		return
	}
	defer func() {
		if err := nb.Close(); err != nil {
			t.Error(err)
		}
	}()
	found, err := nb.Check(t.Context(), app.NoProgress{})
	if err != nil {
		t.Errorf("check: %v", err)
	}
	for _, f := range found {
		if !f.OK || f.Mended {
			t.Errorf("check: %s: %s", f.Part, f.Text)
		}
	}
	stored, err := k.stored(nb)
	if err != nil {
		t.Error(err)
	}
	for word, what := range k.there {
		if stored[word] != what {
			t.Errorf("the %s %s is lost (it is %q)", what, word, stored[word])
		}
	}
	for word := range k.gone {
		if stored[word] != "" {
			t.Errorf("%s is back, as a %s", word, stored[word])
		}
	}
	k.search(nb, stored)
	if _, err := nb.AddClaim(t.Context(), fmt.Sprint("Inspected ", time.Now().UnixNano())); err != nil {
		t.Errorf("the notebook does not work on: %v", err)
	}
}

// stored reads what the notebook holds, by the word that it is about.
func (k *killer) stored(nb *app.Notebook) (map[string]string, error) {
	stored := map[string]string{}
	last := func(text string) string { return text[strings.LastIndexByte(text, ' ')+1:] }
	b, err := nb.Board(k.t.Context())
	if err != nil {
		return nil, err
	}
	for _, c := range b.Claims {
		stored[last(c.Text)] = "claim"
		for _, s := range c.Statements {
			if s.Passage != nil && s.Passage.Anchor.Quote == "It is so" {
				stored[last(c.Text)] = "statement"
			}
		}
	}
	return stored, nb.View(k.t.Context(), func(r app.Reader) error {
		articles, err := r.Articles(app.ArticleQuery{})
		if err != nil {
			return err
		}
		for _, a := range articles {
			stored[last(a.Title)] = "article"
		}
		notes, err := r.Notes()
		for _, n := range notes {
			stored[last(n.Body)] = "note"
		}
		return err
	})
}

// search compares what is found with what is stored: all articles by the word
// that they share, and some of the things by theirs.
func (k *killer) search(nb *app.Notebook, stored map[string]string) {
	t := k.t
	t.Helper()
	if err := nb.Sync(t.Context()); err != nil {
		t.Error(err)
		return
	}
	count := func(q app.SearchQuery) int {
		r, err := nb.Search(t.Context(), q)
		found, total := r.Found, r.Total
		if err != nil || (q.Limit > 1 && int(total) != len(found)) {
			t.Errorf("search %q: %d of %d, %v", q.Text, len(found), total, err)
		}
		return len(found)
	}
	articles := 0
	for _, what := range stored {
		if what == "article" {
			articles++
		}
	}
	if n := count(app.SearchQuery{Text: "everybody", Kinds: []app.Kind{app.KindArticle}, Limit: 100000}); n != articles {
		t.Errorf("the search finds %d articles of %d", n, articles)
	}
	some := 0
	for word := range k.there {
		if n := count(app.SearchQuery{Text: word}); n == 0 {
			t.Errorf("the search does not find the %s %s", k.there[word], word)
		}
		if some++; some == 15 {
			break
		}
	}
	for word := range k.gone {
		if n := count(app.SearchQuery{Text: word}); n != 0 {
			t.Errorf("the search finds %s, which is gone, %d times", word, n)
		}
		if some++; some == 25 {
			break
		}
	}
}
