package app

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// Scope narrows all screens side by side to a part of what is recorded; empty
// fields do not limit.
type Scope struct {
	Topic      TagID        `json:"topic,omitempty"`      // claims that bear this tag or one of its subtags
	Tag        TagID        `json:"tag,omitempty"`        // statements on or by or in something that bears it
	From       Date         `json:"from,omitempty"`       // statements of this day, month or year and later
	To         Date         `json:"to,omitempty"`         // statements of this day, month or year and earlier
	Collection CollectionID `json:"collection,omitempty"` // statements in its articles
	Actor      ActorID      `json:"actor,omitempty"`      // statements by this actor and its parts
	Wholes     bool         `json:"wholes,omitempty"`     // what a part says counts for the whole
}

// Limits says whether anything is left out.
func (s Scope) Limits() bool {
	s.Wholes = false
	return s != Scope{}
}

// limitsStatements says whether statements are left out for what they are.
func (s Scope) limitsStatements() bool {
	s.Topic = ""
	return s.Limits()
}

// Validate reports dates that are none.
func (s Scope) Validate() error {
	if err := s.From.Validate(); err != nil {
		return err
	}
	return s.To.Validate()
}

// Holds says whether a date is between two, which are both included and may be
// months or years; an unknown date is in no span.
func (d Date) Holds(from, to Date) bool {
	if from == "" && to == "" {
		return true
	}
	if d == "" {
		return false
	}
	return (from == "" || d >= from || len(d) < len(from) && from[:len(d)] == d) && (to == "" || d <= to || len(d) > len(to) && d[:len(to)] == to)
}

// ErrLost says that a scope names something that is in the trash or gone. A screen
// then shows nothing: all would be more than was asked for.
var ErrLost = errors.New("what the filter names cannot be found")

// named are the things that a scope names: a word for the place of each, its kind
// and identifier.
func (s Scope) named() []struct {
	word string
	Ref
} {
	type place = struct {
		word string
		Ref
	}
	all := []place{{"topic", RefTo(KindTag, s.Topic)}, {"tag", RefTo(KindTag, s.Tag)},
		{"in", RefTo(KindCollection, s.Collection)}, {"by", RefTo(KindActor, s.Actor)}}
	return slices.DeleteFunc(all, func(p place) bool { return p.ID == "" })
}

// followed is a scope with what its actor was merged into. ErrLost, with what it
// is that cannot be found.
func (s Scope) followed(r Reader) (Scope, error) {
	for _, of := range s.named() {
		field := map[Kind]string{KindTag: "tag", KindCollection: "in", KindActor: "actor"}[of.Kind]
		found, err := r.Meant(field, of.ID)
		if err != nil {
			return s, err
		}
		if len(found) == 1 && found[0].Problem != "" {
			if _, err := r.Find(of.ID); errors.Is(err, ErrNotFound) {
				return s, Problem(ErrLost, "the %s of this filter is no longer in the notebook", of.Kind)
			}
			return s, Problem(ErrLost, "the filter cannot be used: %s Restore it, or choose another", lowerFirst(found[0].Problem))
		}
		if of.Kind == KindActor && len(found) > 0 {
			s.Actor = ActorID(found[0].ID)
		}
	}
	return s, nil
}

// Followed is a scope that names what its actor was merged into. ErrLost as of
// InScope.
func (n *Notebook) Followed(ctx context.Context, s Scope) (out Scope, err error) {
	err = n.store.View(ctx, func(r Reader) error {
		out, err = s.followed(r)
		return err
	})
	return out, err
}

// Lost says whether the scope names what is in the trash or gone.
func (s Scope) Lost(r Reader) (bool, error) {
	_, err := s.followed(r)
	if errors.Is(err, ErrLost) {
		return true, nil
	}
	return false, err
}

func lowerFirst(s string) string {
	if s == "" {
		return s
	}
	return strings.ToLower(s[:1]) + s[1:]
}

// Nothing is a discourse in which nothing is recorded.
func Nothing() *Discourse {
	d := &Discourse{}
	d.whole = d
	d.index()
	return d
}

// ScopeProblems says what the saved search that fills a scope can no longer find.
func (n *Notebook) ScopeProblems(ctx context.Context, s Scope) ([]string, error) {
	if s.Collection == "" {
		return nil, nil
	}
	out, err := n.StoredProblems(ctx, s.Collection)
	if errors.Is(err, ErrNotFound) { // InScope says so
		err = nil
	}
	return out, err
}

// InScope returns the part of what is recorded that a scope leaves. ErrLost when
// the scope names what cannot be found.
func (n *Notebook) InScope(ctx context.Context, s Scope) (*Discourse, error) {
	d, err := n.Discourse(ctx)
	if err != nil || s == (Scope{}) {
		return d, err
	}
	var in scopeSets
	if err := n.store.View(ctx, func(r Reader) (err error) {
		if s, err = s.followed(r); err != nil {
			return err
		}
		return in.read(r, s)
	}); err != nil {
		return nil, err
	}
	if s.Collection != "" {
		if err := n.inSaved(ctx, s.Collection, &in); err != nil {
			return nil, err
		}
	}
	whole := d
	if s.Wholes {
		whole = d.narrowed(Scope{Wholes: true}, scopeSets{})
	}
	out := d.narrowed(s, in)
	out.whole = whole
	return out, nil
}

// scopeSets are the things that a scope names by what they bear or are in.
type scopeSets struct {
	topic    map[string]bool // claims
	tagged   map[string]bool // anything
	articles map[ArticleID]bool
}

func (in *scopeSets) read(r Reader, s Scope) error {
	for _, t := range []struct {
		tag TagID
		set *map[string]bool
	}{{s.Topic, &in.topic}, {s.Tag, &in.tagged}} {
		if t.tag == "" {
			continue
		}
		refs, err := r.Tagged(t.tag)
		if err != nil {
			return err
		}
		*t.set = map[string]bool{}
		for _, ref := range refs {
			(*t.set)[ref.ID] = true
		}
	}
	if s.Collection == "" {
		return nil
	}
	ids, err := r.Collected(s.Collection)
	if err != nil {
		return err
	}
	in.articles = map[ArticleID]bool{}
	for _, id := range ids {
		in.articles[id] = true
	}
	return nil
}

// savedArticles is up to how many articles a saved search fills a scope with.
const savedArticles = 100_000

// inSaved adds the articles that a saved search finds.
func (n *Notebook) inSaved(ctx context.Context, id CollectionID, in *scopeSets) error {
	var c Collection
	if err := n.store.View(ctx, func(r Reader) (err error) {
		c, err = r.Collection(id)
		return err
	}); err != nil || c.Stored == "" {
		return err
	}
	found, err := n.index.Search(ctx, SearchQuery{Text: c.Stored, Kinds: []Kind{KindArticle}, Limit: savedArticles})
	if err != nil {
		return err
	}
	for _, hit := range found.Hits[:found.Whole] {
		in.articles[ArticleID(hit.ID)] = true
	}
	return nil
}

// narrowed leaves what is in scope. Where statements are left out, actors and
// claims without any of those left are too; a claim stays that is set against,
// or beside, one with statements.
func (d *Discourse) narrowed(s Scope, in scopeSets) *Discourse {
	out := &Discourse{Seq: d.Seq, Actors: d.Actors, folded: d.folded}
	for _, c := range d.Claims {
		if s.Topic == "" || in.topic[string(c.ID)] {
			out.Claims = append(out.Claims, c)
		}
	}
	topic := map[ClaimID]bool{}
	for _, c := range out.Claims {
		topic[c.ID] = true
	}
	by := map[ActorID]bool{}
	if s.Actor != "" {
		for _, id := range d.WithParts(s.Actor) {
			by[id] = true
		}
	}
	tagged := func(r StatementRow) bool {
		for _, id := range []string{string(r.ID), string(r.Actor), string(r.Claim), string(r.Passage), string(r.Article)} {
			if in.tagged[id] {
				return true
			}
		}
		return false
	}
	for _, r := range d.Statements {
		if !topic[r.Claim] || !r.Date.Holds(s.From, s.To) || s.Actor != "" && !by[r.Actor] || s.Tag != "" && !tagged(r) ||
			s.Collection != "" && !in.articles[r.Article] {
			continue
		}
		if whole := d.Whole(r.Actor); s.Wholes && whole != r.Actor {
			r.By, r.Actor = r.Actor, whole
		}
		out.all = append(out.all, r)
	}
	out.relations = d.Relations
	if s.limitsStatements() {
		out.leaveSpoken()
	}
	if s.Limits() {
		out.leaveSpeakers()
	}
	out.index()
	return out
}

// leaveSpoken leaves the claims that somebody speaks to, and those that are set
// against, or beside, one of them.
func (d *Discourse) leaveSpoken() {
	spoken := map[ClaimID]bool{}
	for _, r := range d.all {
		spoken[r.Claim] = true
	}
	beside := map[ClaimID]bool{}
	for _, x := range d.relations {
		beside[x.From] = beside[x.From] || spoken[x.To]
		beside[x.To] = beside[x.To] || spoken[x.From]
	}
	d.Claims = slices.DeleteFunc(slices.Clone(d.Claims), func(c Claim) bool { return !spoken[c.ID] && !beside[c.ID] })
}

// leaveSpeakers leaves the actors who say or report something, and what they are
// part of.
func (d *Discourse) leaveSpeakers() {
	partOf := map[ActorID]ActorID{}
	for _, a := range d.Actors {
		partOf[a.ID] = a.PartOf
	}
	speaks := map[ActorID]bool{}
	for _, r := range d.all {
		for at := r.Actor; at != "" && !speaks[at]; at = partOf[at] {
			speaks[at] = true
		}
		speaks[r.ReportedBy] = true
	}
	d.Actors = slices.DeleteFunc(slices.Clone(d.Actors), func(a Actor) bool { return !speaks[a.ID] })
}
