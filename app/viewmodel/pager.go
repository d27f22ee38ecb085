package viewmodel

import (
	"context"
	"slices"

	"rejoinder/app"
)

// pager is a long list of which only the pages that are shown are loaded.
type pager[T any] struct {
	Count int // rows in the list

	session  *Session
	onChange func() // a page or the count arrived
	total    func(app.Reader) (int, error)
	read     func(r app.Reader, limit, offset int) ([]T, error)

	counting load
	pages    map[int]*page[T]
	recent   []int // page numbers, the one used last at the end
}

// A page of the list, loaded when one of its rows is shown.
type page[T any] struct {
	load
	rows  []T
	stale bool // something changed since it was loaded
}

const (
	pageRows  = 100
	pagesKept = 20
)

// reload counts the list anew and forgets its pages.
func (p *pager[T]) reload() {
	for _, page := range p.pages {
		page.stop()
	}
	p.pages, p.recent = map[int]*page[T]{}, nil
	p.refresh()
}

// refresh counts the list anew. Its pages are loaded again when they are shown
// next, and show their old rows until then.
func (p *pager[T]) refresh() {
	for _, page := range p.pages {
		page.stop()
		page.stale = true
	}
	total := p.total
	start(p.session.Loop, &p.counting, func(ctx context.Context) (n int, err error) {
		err = p.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			n, err = total(r)
			return err
		})
		return n, err
	}, func(n int, err error) {
		if err != nil {
			p.session.Fail(err)
			return
		}
		p.Count = n
		p.onChange()
	})
}

// Row returns a row of the list; false while it is being loaded, after which
// the view's OnChange is called.
func (p *pager[T]) Row(i int) (row T, ok bool) {
	n := i / pageRows
	page := p.pages[n]
	if page == nil || page.stale {
		page = p.loadPage(n)
	} else if p.recent[len(p.recent)-1] != n {
		p.recent = append(slices.DeleteFunc(p.recent, func(m int) bool { return m == n }), n)
	}
	if i%pageRows < len(page.rows) {
		return page.rows[i%pageRows], true
	}
	return row, false
}

func (p *pager[T]) loadPage(n int) *page[T] {
	loading := p.pages[n]
	if loading == nil {
		loading = &page[T]{}
		if p.pages == nil {
			p.pages = map[int]*page[T]{}
		}
		p.pages[n] = loading
		p.recent = append(p.recent, n)
	}
	loading.stale = false
	if len(p.recent) > pagesKept {
		p.pages[p.recent[0]].stop()
		delete(p.pages, p.recent[0])
		p.recent = p.recent[1:]
	}
	read := p.read
	start(p.session.Loop, &loading.load, func(ctx context.Context) (rows []T, err error) {
		err = p.session.Notebook.View(ctx, func(r app.Reader) (err error) {
			rows, err = read(r, pageRows, n*pageRows)
			return err
		})
		return rows, err
	}, func(rows []T, err error) {
		if err != nil {
			p.session.Fail(err)
			return
		}
		loading.rows = rows
		p.onChange()
	})
	return loading
}

// loaded calls fn for each row that is there, page by page as they were shown.
func (p *pager[T]) loaded(fn func(*T)) {
	for _, n := range p.recent {
		rows := p.pages[n].rows
		for i := range rows {
			fn(&rows[i])
		}
	}
}

// rowWhere is the row of those that are there for which is says so; -1 for none.
func (p *pager[T]) rowWhere(is func(T) bool) int {
	for n, page := range p.pages {
		if i := slices.IndexFunc(page.rows, is); i >= 0 {
			return n*pageRows + i
		}
	}
	return -1
}
