package viewmodel_test

import (
	"fmt"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

// screenLoop runs work on goroutines and results on the test's, as the window
// does: whatever happens on the screen happens in wait.
type screenLoop struct {
	work chan int // +1 when work begins, -1 when its result was handed over
	ui   chan func()
}

func newScreenLoop() *screenLoop {
	return &screenLoop{work: make(chan int, 1000), ui: make(chan func(), 1000)}
}

func (l *screenLoop) loop() viewmodel.Loop {
	return viewmodel.Loop{
		Work: func(fn func()) {
			l.work <- 1
			go func() {
				fn()
				l.work <- -1
			}()
		},
		UI: func(fn func()) { l.ui <- fn },
	}
}

// wait runs the screen until no work is left and nothing waits for it.
func (l *screenLoop) wait() {
	busy := 0
	for {
		select {
		case n := <-l.work:
			busy += n
			continue
		default:
		}
		select {
		case fn := <-l.ui:
			fn()
			continue
		default:
		}
		if busy == 0 && len(l.work) == 0 && len(l.ui) == 0 {
			return
		}
		select {
		case n := <-l.work:
			busy += n
		case fn := <-l.ui:
			fn()
		}
	}
}

func TestScreensOverRealGoroutines(t *testing.T) {
	l := newScreenLoop()
	nb := apptest.New(t)
	d := openDesk(t, nb, l.loop())
	var articles []app.Article
	for i := range 6 {
		articles = append(articles, d.ImportText(fmt.Sprintf("Report %d", i), order))
	}
	d.board.Load()
	l.wait()

	// A user who does not wait for anything.
	for i := range 60 {
		article := articles[i%len(articles)]
		d.library.Select(article.ID)
		d.reader.Open(article.ID, -1)
		d.search.Type("report clos"[:2+i%9])
		d.library.SortBy([]app.ArticleSort{app.SortTitle, app.SortAdded}[i%2])
		d.library.Row(i % 6)
		if i%10 == 0 {
			d.Statement("Ministry", app.Asserts, fmt.Sprintf("Claim %d", i), apptest.In(article, "the quay"))
		}
		select {
		case fn := <-l.ui:
			fn()
		default:
		}
	}
	d.search.Type("report 3")
	d.library.SortBy(app.SortTitle)
	l.wait()
	d.library.Row(0)
	l.wait()
	if d.reader.Article.ID != articles[59%6].ID || d.search.Whole != 1 || len(d.board.Columns.Claims) != 6 {
		t.Errorf("shown %q, found %v, %d claims", d.reader.Article.Title, d.found(), len(d.board.Columns.Claims))
	}
	if row, ok := d.library.Row(0); !ok || row.Title != "Report 0" || d.library.Count != 6 {
		t.Errorf("the first of %d rows is %q", d.library.Count, row.Title)
	}

	d.selectWords("on Monday")
	d.reader.Mark(app.Highlight, "pink")
	d.window.Undo()
	l.wait()
	d.window.Redo()
	l.wait()
	if d.window.RedoLabel != "" {
		t.Errorf("after redo, redo says %q", d.window.RedoLabel)
	}
	d.fine()
}
