package viewmodel

import "rejoinder/app"

// Pane is one part of the reading area: an article or the board, with the
// history of what was shown there.
type Pane struct {
	OnChange func() // it shows something else

	Reader *Reader
	Board  *Board
	Place  Place

	back, forward []Place
}

// Place is something that a pane can show.
type Place struct {
	Board   bool
	Article app.ArticleID // "" for nothing yet
	At      int           // code point at the top
}

// placesKept is how far back a pane goes.
const placesKept = 100

// NewPane makes a pane that shows nothing yet.
func NewPane(s *Session) *Pane { return &Pane{Reader: NewReader(s), Board: NewBoard(s)} }

// Open shows an article where it was left, or from a code point.
func (p *Pane) Open(id app.ArticleID, at int) {
	p.visit(Place{Article: id})
	p.Reader.Open(id, at)
}

// OpenFound shows what a search found.
func (p *Pane) OpenFound(f app.Found) {
	p.visit(Place{Article: f.Article})
	p.Reader.OpenFound(f)
}

// OpenPassage shows the passage of an annotation.
func (p *Pane) OpenPassage(a app.Passage) {
	p.visit(Place{Article: a.Article})
	p.Reader.OpenPassage(a)
}

// ShowBoard shows the board.
func (p *Pane) ShowBoard() {
	p.visit(Place{Board: true})
	p.Board.Load()
}

// visit remembers what is shown and shows another place.
func (p *Pane) visit(to Place) {
	here := p.here()
	if here.Board == to.Board && here.Article == to.Article {
		if p.Place != to { // the first article after an empty pane
			p.Place = to
			changed(p.OnChange)
		}
		return
	}
	if here.Board || here.Article != "" {
		p.back = append(p.back, here)
		p.back = p.back[max(0, len(p.back)-placesKept):]
	}
	p.forward, p.Place = nil, to
	p.Board.Rest() // until it is loaded
	changed(p.OnChange)
}

// here is what is shown now, with how far it was read.
func (p *Pane) here() Place {
	at := p.Place
	if !at.Board {
		at.Article = p.Reader.wanted // what was refused is not here
	}
	if !at.Board && at.Article == p.Reader.Article.ID {
		at.At = p.Reader.At
	}
	return at
}

// CanBack and CanForward say whether there is something to go to.
func (p *Pane) CanBack() bool { return len(p.back) > 0 }

// CanForward says whether something was left by going back.
func (p *Pane) CanForward() bool { return len(p.forward) > 0 }

// Back shows what was shown before.
func (p *Pane) Back() { p.travel(&p.back, &p.forward) }

// Forward shows what was left by Back.
func (p *Pane) Forward() { p.travel(&p.forward, &p.back) }

func (p *Pane) travel(from, to *[]Place) {
	if len(*from) == 0 {
		return
	}
	*to = append(*to, p.here())
	p.Place = (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	p.Board.Rest()
	changed(p.OnChange)
	if p.Place.Board {
		p.Board.Load()
		return
	}
	p.Reader.Open(p.Place.Article, p.Place.At)
}

// Changed loads anew what these changes touch.
func (p *Pane) Changed(c app.Changes) {
	p.Reader.Changed(c)
}
