package app

import (
	"cmp"
	"context"
	"slices"
)

// Page is everything about one actor, claim or note.
type Page struct {
	Ref       Ref
	Title     string
	Notes     []Note     // about it
	Backlinks []Note     // whose [[links]] lead here
	Tags      []Tag      // by path
	Merged    []Ref      // actors or claims that were merged into it
	Names     []string   // their names, as of Merged
	Articles  []PageWork // where it is spoken of, most statements first

	Actor *ActorPage // or
	Claim *ClaimPage // or
	Note  *NotePage
}

// PageWork is an article with how many statements of the page stand in it.
type PageWork struct {
	Article   ArticleID
	Title     string
	Publisher string
	Published Date
	Count     int
}

// ActorPage is what an actor says and with whom.
type ActorPage struct {
	Actor
	Whole      *Actor  // what it is part of
	Parts      []Actor // what is part of it
	Counts     map[Stance]int
	Statements []int // by date
	Reports    []int // of others, by date
	Turns      []Turn
	Allies     []Company // most claims in common first
	Opponents  []Company
}

// Company is another actor with the claims that make it an ally, as both take
// the same side, or an opponent.
type Company struct {
	Actor  ActorID
	Name   string
	Claims []ClaimID
}

// ClaimPage is what is said about a claim, and what stands for and against it.
type ClaimPage struct {
	BoardClaim           // without its statements
	Statements []int     // by date
	Relations  []int     // that join it with other claims
	For        []ActorID // whose last word takes its side
	Against    []ActorID
	Turns      []Turn
}

// NotePage is a note with what it is about.
type NotePage struct {
	Note
	About    []Linked // set by hand
	Mentions []Linked // what its links lead to
	Broken   []string // what stands inside links that lead to nothing, or to more than one thing
}

// Linked is a thing with its name.
type Linked struct {
	Ref
	Name string
}

// pageArticles is how many articles a page lists.
const pageArticles = 100

// Page reads everything about an actor, a claim or a note, named as Named takes
// it. The discourse is the one that the places of statements and relations count
// in.
func (n *Notebook) Page(ctx context.Context, scope Scope, name string) (*Discourse, Page, error) {
	d, err := n.InScope(ctx, scope)
	if err != nil {
		return nil, Page{}, err
	}
	var p Page
	err = n.store.View(ctx, func(r Reader) error {
		ref, err := Named(r, name)
		if err != nil {
			return err
		}
		p.Ref = ref
		return p.read(r, d)
	})
	if err != nil {
		return d, p, err
	}
	p.Merged, p.Names, err = n.MergedInto(ctx, p.Ref)
	return d, p, err
}

func (p *Page) read(r Reader, d *Discourse) error {
	var said []int
	switch p.Ref.Kind {
	case KindActor:
		a, err := r.Actor(ActorID(p.Ref.ID))
		if err != nil {
			return err
		}
		p.Title, p.Actor = a.Name, d.actorPage(a)
		said = p.Actor.Statements
	case KindClaim:
		c, err := r.Claim(ClaimID(p.Ref.ID))
		if err != nil {
			return err
		}
		p.Title, p.Claim = c.Text, d.claimPage(c)
		said = p.Claim.Statements
	case KindNote:
		note, err := r.Note(NoteID(p.Ref.ID))
		if err != nil {
			return err
		}
		p.Title, p.Note = note.Title(), &NotePage{Note: note}
		if err := p.Note.read(r); err != nil {
			return err
		}
	default:
		return Problem(ErrInvalid, "only actors, claims and notes have a page; that is none of them (%s)", p.Ref.Kind)
	}
	if err := p.works(r, d, said); err != nil {
		return err
	}
	return p.notes(r)
}

// notes reads what is written about the page's thing.
func (p *Page) notes(r Reader) error {
	all, err := r.NotesOn(p.Ref)
	if err != nil {
		return err
	}
	for _, note := range all {
		if slices.Contains(note.On, p.Ref) {
			p.Notes = append(p.Notes, note)
		} else {
			p.Backlinks = append(p.Backlinks, note)
		}
	}
	p.Tags, err = r.TagsOn(p.Ref)
	return err
}

// works counts the articles of statements.
func (p *Page) works(r Reader, d *Discourse, said []int) error {
	counts := map[ArticleID]int{}
	var ids []ArticleID
	for _, i := range said {
		if a := d.Statements[i].Article; a != "" {
			if counts[a] == 0 {
				ids = append(ids, a)
			}
			counts[a]++
		}
	}
	if len(ids) == 0 {
		return nil
	}
	slices.SortStableFunc(ids, func(a, b ArticleID) int { return counts[b] - counts[a] })
	ids = ids[:min(len(ids), pageArticles)]
	rows, err := r.Articles(ArticleQuery{IDs: ids})
	if err != nil {
		return err
	}
	for _, a := range rows {
		p.Articles = append(p.Articles, PageWork{a.ID, a.Title, a.Publisher, a.Published, counts[a.ID]})
	}
	slices.SortStableFunc(p.Articles, func(a, b PageWork) int {
		return cmp.Or(b.Count-a.Count, cmp.Compare(b.Published, a.Published))
	})
	return nil
}

func (d *Discourse) actorPage(a Actor) *ActorPage {
	p := &ActorPage{Actor: a, Counts: map[Stance]int{}, Statements: d.Said(a.ID), Reports: d.Reported(a.ID), Turns: d.Turns(a.ID)}
	if whole, ok := d.Actor(a.PartOf); ok {
		p.Whole = &whole
	}
	for _, id := range d.parts[a.ID] {
		part, _ := d.Actor(id)
		p.Parts = append(p.Parts, part)
	}
	for _, i := range p.Statements {
		p.Counts[d.Statements[i].Stance]++
	}
	p.Allies, p.Opponents = d.company(a.ID)
	return p
}

// sides are the last word of each actor that takes sides on a claim: 1 for it,
// -1 against it. Who only qualifies, questions or declines is not among them.
func (d *Discourse) sides(claim ClaimID) map[ActorID]int {
	out := map[ActorID]int{}
	for _, i := range d.About(claim) {
		if s := d.Statements[i]; s.Stance.side() != 0 {
			out[s.Actor] = s.Stance.side()
		}
	}
	return out
}

// company finds allies and opponents: who takes the same side on a claim, and who
// the other; who speaks for a claim that counters one is against it.
func (d *Discourse) company(actor ActorID) (allies, opponents []Company) {
	with, against := map[ActorID][]ClaimID{}, map[ActorID][]ClaimID{}
	add := func(to map[ActorID][]ClaimID, other ActorID, claim ClaimID) {
		if other != actor && !slices.Contains(to[other], claim) {
			to[other] = append(to[other], claim)
		}
	}
	seen := map[ClaimID]bool{}
	for _, i := range d.Said(actor) {
		claim := d.Statements[i].Claim
		if seen[claim] {
			continue
		}
		seen[claim] = true
		sides := d.sides(claim)
		own := sides[actor]
		if own == 0 {
			continue
		}
		for other, side := range sides {
			if side == own {
				add(with, other, claim)
			} else {
				add(against, other, claim)
			}
		}
		if own < 0 {
			continue
		}
		for _, k := range d.Joined(claim) {
			x := d.Relations[k]
			if !x.Kind.Counters() {
				continue
			}
			counter := x.From
			if x.From == claim {
				counter = x.To
			}
			for other, side := range d.sides(counter) {
				if side > 0 {
					add(against, other, claim)
				}
			}
		}
	}
	return d.companies(with), d.companies(against)
}

func (d *Discourse) companies(of map[ActorID][]ClaimID) []Company {
	var out []Company
	for id, claims := range of {
		if _, ok := d.Actor(id); !ok {
			continue
		}
		slices.Sort(claims)
		out = append(out, Company{id, d.ActorName(id), claims})
	}
	slices.SortFunc(out, func(a, b Company) int { // actors stand in the order of their names
		return cmp.Or(len(b.Claims)-len(a.Claims), d.actors[a.Actor]-d.actors[b.Actor])
	})
	return out
}

func (d *Discourse) claimPage(c Claim) *ClaimPage {
	p := &ClaimPage{BoardClaim: d.ClaimCard(c.ID, ""), Statements: d.About(c.ID), Relations: d.Joined(c.ID)}
	p.Claim, p.BoardClaim.Statements = c, nil
	sides := d.sides(c.ID)
	for _, a := range d.Actors {
		switch sides[a.ID] {
		case 1:
			p.For = append(p.For, a.ID)
		case -1:
			p.Against = append(p.Against, a.ID)
		}
		if sides[a.ID] != 0 {
			for _, turn := range d.Turns(a.ID) {
				if turn.Claim == c.ID {
					p.Turns = append(p.Turns, turn)
				}
			}
		}
	}
	return p
}

func (p *NotePage) read(r Reader) error {
	for _, refs := range []struct {
		from []Ref
		to   *[]Linked
	}{{p.On, &p.About}, {p.Note.Mentions, &p.Mentions}} {
		for _, ref := range refs.from {
			name, err := NameOf(r, ref)
			if err != nil {
				return err
			}
			*refs.to = append(*refs.to, Linked{ref, name})
		}
	}
	names := Naming(r)
	for _, link := range p.WikiLinks() {
		if _, err := LinkTarget(names, link); err != nil {
			p.Broken = append(p.Broken, link)
		}
	}
	return nil
}

// NameOf is what a thing is called.
func NameOf(r Reader, ref Ref) (string, error) {
	switch ref.Kind {
	case KindActor:
		a, err := r.Actor(ActorID(ref.ID))
		return a.Name, err
	case KindClaim:
		c, err := r.Claim(ClaimID(ref.ID))
		return c.Text, err
	case KindArticle:
		a, err := r.Article(ArticleID(ref.ID))
		return a.Title, err
	case KindNote:
		note, err := r.Note(NoteID(ref.ID))
		return note.Title(), err
	case KindAnnotation:
		a, err := r.Annotation(AnnotationID(ref.ID))
		return Quoted(a.Anchor.Quote), err
	case KindCollection:
		c, err := r.Collection(CollectionID(ref.ID))
		return c.Name, err
	case KindTag:
		t, err := r.Tag(TagID(ref.ID))
		return t.Path, err
	}
	return ref.String(), nil
}
