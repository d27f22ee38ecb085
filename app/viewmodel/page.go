package viewmodel

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"

	"rejoinder/app"
)

// Page is the screen of everything about one actor, claim or note. Beside it
// stand all of one kind, and it goes back and forward between what was shown.
type Page struct {
	sideView

	Kind   app.Kind   // what stands beside: actors, claims or notes
	Filter string     // words that its names hold; "" for all
	Items  []PageItem // in the order of their names, notes from the newest

	Ref       app.Ref  // shown; none without an ID
	Shown     app.Page // as of Ref, once it is read
	Discourse *app.Discourse
	Related   map[string]app.Ref // what the links in the page's notes lead to, by their folded names
	Picked    map[app.StatementID]bool

	notes   []app.Note
	back    []app.Ref
	forward []app.Ref
}

// PageItem is a row of the list beside a page.
type PageItem struct {
	Ref   app.Ref
	Name  string
	About string // how much there is of it
}

// PageKinds are the kinds of things that have a page.
var PageKinds = []app.Kind{app.KindActor, app.KindClaim, app.KindNote}

// NewPage makes the screen's view. Load fills it.
func NewPage(s *Session) *Page {
	p := &Page{Kind: app.KindActor, Picked: map[app.StatementID]bool{}, Discourse: &app.Discourse{}}
	p.follow(s, p.read)
	return p
}

// Load shows the page shown last; the first time that of the actor or claim
// chosen last on any screen.
func (p *Page) Load() {
	if p.Ref.ID == "" {
		switch {
		case p.side.Claim != "":
			p.Ref = app.RefTo(app.KindClaim, p.side.Claim)
		case p.side.Actor != "":
			p.Ref = app.RefTo(app.KindActor, p.side.Actor)
		}
		if p.Ref.ID != "" {
			p.Kind = p.Ref.Kind
		}
	}
	p.sideView.Load()
}

// Open shows the page of something, from where Back leads here again. What has
// no page of its own is not shown.
func (p *Page) Open(ref app.Ref) {
	if !slices.Contains(PageKinds, ref.Kind) {
		return
	}
	if ref != p.Ref {
		if p.Ref.ID != "" {
			p.back = append(p.back, p.Ref)
			p.back = p.back[max(0, len(p.back)-placesKept):]
		}
		p.forward = nil
	}
	p.turnTo(ref)
}

func (p *Page) turnTo(ref app.Ref) {
	p.Ref, p.Kind = ref, ref.Kind
	clear(p.Picked)
	switch ref.Kind { // the other screens go on with it
	case app.KindActor:
		p.side.Actor, p.side.Claim = app.ActorID(ref.ID), ""
	case app.KindClaim:
		p.side.Actor, p.side.Claim = "", app.ClaimID(ref.ID)
	}
	p.sideView.Load()
}

// CanBack and CanForward say whether there is a page to go to.
func (p *Page) CanBack() bool { return len(p.back) > 0 }

// CanForward says whether a page was left by going back.
func (p *Page) CanForward() bool { return len(p.forward) > 0 }

// Back shows the page shown before.
func (p *Page) Back() { p.travel(&p.back, &p.forward) }

// Forward shows the page left by Back.
func (p *Page) Forward() { p.travel(&p.forward, &p.back) }

func (p *Page) travel(from, to *[]app.Ref) {
	if len(*from) == 0 {
		return
	}
	if p.Ref.ID != "" {
		*to = append(*to, p.Ref)
	}
	ref := (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	p.turnTo(ref)
}

// ShowKind lists another kind of things beside the page, which stays.
func (p *Page) ShowKind(kind app.Kind) {
	p.Kind = kind
	p.list()
	changed(p.OnChange)
}

// SetFilter leaves in the list what holds every word.
func (p *Page) SetFilter(words string) {
	p.Filter = words
	p.list()
	changed(p.OnChange)
}

// pageContent is what one reading of the notebook brings.
type pageContent struct {
	discourse *app.Discourse
	page      app.Page
	notes     []app.Note
	related   map[string]app.Ref
	gone      bool
}

// read reads the page, and the notes of the list. What is gone or in the trash
// has no page: the first of the list is shown in its place.
func (p *Page) read() {
	ref, scope, nb := p.Ref, p.side.Scope, p.session.Notebook
	start(p.session.Loop, &p.content, func(ctx context.Context) (c pageContent, err error) {
		if ref.ID != "" {
			c.discourse, c.page, err = nb.Page(ctx, scope, ref.ID)
			if c.gone = errors.Is(err, app.ErrNotFound) || trashed(c.page); c.gone {
				err = nil
			}
		}
		if err != nil {
			return c, err
		}
		return c, nb.View(ctx, func(r app.Reader) error {
			if c.notes, err = r.Notes(); err != nil {
				return err
			}
			c.related, err = related(r, c.page)
			return err
		})
	}, p.show)
}

func (p *Page) show(c pageContent, err error) {
	if err != nil {
		p.session.Fail(err)
		return
	}
	p.notes = c.notes
	p.list()
	if c.gone || p.Ref.ID == "" {
		if len(p.Items) > 0 && p.Items[0].Ref != p.Ref {
			p.turnTo(p.Items[0].Ref)
			return
		}
		p.Ref, c.page, c.discourse = app.Ref{}, app.Page{}, nil
	} else {
		p.Ref = c.page.Ref // what it was merged into
	}
	if p.Discourse = c.discourse; p.Discourse == nil {
		p.Discourse = &app.Discourse{}
	}
	p.of = p.Discourse
	p.Shown, p.Related = c.page, c.related
	changed(p.OnChange)
}

func trashed(p app.Page) bool {
	switch {
	case p.Actor != nil:
		return !p.Actor.Trashed.IsZero()
	case p.Claim != nil:
		return !p.Claim.Trashed.IsZero()
	case p.Note != nil:
		return !p.Note.Trashed.IsZero()
	}
	return false
}

// list makes the list of the kind that is chosen, as far as the filter lets it.
func (p *Page) list() {
	p.Items = nil
	words := strings.Fields(app.FoldText(p.Filter))
	add := func(ref app.Ref, name, about, more string) {
		have := app.FoldText(name + " " + more)
		if !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(have, w) }) {
			p.Items = append(p.Items, PageItem{ref, name, about})
		}
	}
	d := p.side.Discourse
	switch {
	case p.Kind == app.KindNote:
		for _, n := range p.notes {
			if n.Trashed.IsZero() {
				add(app.RefTo(app.KindNote, n.ID), n.Title(), n.Modified.Local().Format("2 January 2006"), n.Body)
			}
		}
		slices.Reverse(p.Items)
	case d == nil:
	case p.Kind == app.KindActor:
		for _, a := range d.Actors {
			add(app.RefTo(app.KindActor, a.ID), a.Name, "", strings.Join(a.Aliases, " "))
		}
	default:
		for _, c := range d.Claims {
			add(app.RefTo(app.KindClaim, c.ID), c.Text, "", "")
		}
		slices.SortStableFunc(p.Items, func(a, b PageItem) int {
			return cmp.Compare(len(d.About(app.ClaimID(b.Ref.ID))), len(d.About(app.ClaimID(a.Ref.ID))))
		})
	}
}

// Counts is how often an actor of the list takes each stance, or each is taken
// on a claim.
func (p *Page) Counts(ref app.Ref) map[app.Stance]int {
	counts := map[app.Stance]int{}
	d := p.side.Discourse
	if d == nil {
		return counts
	}
	said := d.Said(app.ActorID(ref.ID))
	if ref.Kind == app.KindClaim {
		said = d.About(app.ClaimID(ref.ID))
	}
	for _, i := range said {
		counts[d.Statements[i].Stance]++
	}
	return counts
}

// Total is how many things there are of the kind listed, before the filter.
func (p *Page) Total() int {
	switch {
	case p.Kind == app.KindNote:
		return len(p.notes)
	case p.side.Discourse == nil:
		return 0
	case p.Kind == app.KindActor:
		return len(p.side.Discourse.Actors)
	}
	return len(p.side.Discourse.Claims)
}
