package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"

	"rejoinder/app"
)

// workerName is the name under which the test's binary works until it is killed.
const workerName = "rejoinder-worker"

// worker does research at random on the notebook in a folder, and says on its
// output, a line each, what it is about to undo ("going WORD") and what has come
// back as done ("article WORD", "claim WORD", "statement WORD", "note WORD",
// "gone WORD"). Every WORD is new and searchable.
type worker struct {
	nb    *app.Notebook
	rng   *rand.Rand
	files string // a folder for what it imports
	name  string // the beginning of its words
	alone bool   // nobody else works here, so that the last step is its own
	quick bool   // no long import, which a power cut may take the end of
	made  int
	last  app.ArticleID // an article that it imported
	claim string        // a word of a claim that it made
}

// work is the worker's main: FOLDER CACHE FILES NAME SEED, and alone, quick (alone,
// and every act is safe against a power cut) or together.
func work() {
	seed, err := strconv.ParseUint(os.Args[5], 10, 64)
	if err == nil {
		w := worker{rng: rand.New(rand.NewPCG(seed, 1)), files: os.Args[3], name: os.Args[4], alone: os.Args[6] != "together", quick: os.Args[6] == "quick"}
		ctx := context.Background()
		if w.nb, err = openIn(ctx, os.Args[1], os.Args[2]); err == nil {
			fmt.Println("open")
		}
		for err == nil {
			err = w.act(ctx)
		}
		if w.nb != nil {
			err = errors.Join(err, w.nb.Close())
		}
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

func (w *worker) word() string {
	w.made++
	return fmt.Sprintf("%sx%d", w.name, w.made)
}

func (w *worker) act(ctx context.Context) error {
	switch what := w.rng.IntN(12); {
	case what < 3 || w.last == "":
		return w.importFiles(ctx, 1)
	case what == 3 && !w.quick:
		return w.importFiles(ctx, 40)
	case what < 6:
		word := w.word()
		_, err := w.nb.AddStatement(ctx, app.StatementDraft{Actor: fmt.Sprint("Actor ", w.rng.IntN(9)), Claim: "Stated " + word,
			Stance: app.Denies, Passage: &app.Spot{Article: string(w.last), Quote: "It is so"}, Create: true})
		return say(err, "statement", word)
	case what < 8:
		word := w.word()
		_, err := w.nb.AddClaim(ctx, "Claimed "+word)
		w.claim = word
		return say(err, "claim", word)
	case what == 8:
		word := w.word()
		_, err := w.nb.AddNote(ctx, "Noted "+word, app.RefTo(app.KindArticle, w.last))
		return say(err, "note", word)
	case what == 9 && w.claim != "":
		return w.reword(ctx)
	case what == 10 && w.alone:
		return w.undo(ctx)
	}
	return w.nb.Sync(ctx)
}

// say prints what was done.
func say(err error, what, word string) error {
	if err == nil {
		fmt.Println(what, word)
	}
	return err
}

func (w *worker) importFiles(ctx context.Context, n int) error {
	dir, err := os.MkdirTemp(w.files, "")
	if err != nil {
		return err
	}
	words := map[string]string{}
	for range n {
		word := w.word()
		path := filepath.Join(dir, word+".txt")
		words[path] = word
		if err := os.WriteFile(path, []byte("Printed "+word+"\n\nEverybody wrote: It is so."), 0o600); err != nil {
			return err
		}
	}
	return w.nb.Import(ctx, []string{dir}, app.ImportOptions{}, app.NoProgress{}, func(r app.ImportResult) {
		w.last = r.Article
		fmt.Println("article", words[r.Path])
	})
}

// reword takes a claim's word away and gives it another.
func (w *worker) reword(ctx context.Context) error {
	old, word := w.claim, w.word()
	fmt.Println("going", old)
	id, err := w.nb.ClaimID(ctx, "Claimed "+old)
	if err == nil {
		_, err = w.nb.EditClaim(ctx, id, "Claimed "+word)
	}
	w.claim = word
	if err := say(err, "gone", old); err != nil {
		return err
	}
	return say(nil, "claim", word)
}

// undo makes a claim, takes it back, and now and then makes it again.
func (w *worker) undo(ctx context.Context) error {
	word := w.word()
	if _, err := w.nb.AddClaim(ctx, "Claimed "+word); err != nil {
		return err
	}
	_, err := w.nb.Undo(ctx)
	if w.rng.IntN(2) == 0 {
		return say(err, "gone", word)
	}
	if err == nil {
		_, err = w.nb.Redo(ctx)
	}
	return say(err, "claim", word)
}
