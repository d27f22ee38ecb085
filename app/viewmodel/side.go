package viewmodel

import (
	"context"
	"errors"
	"strings"

	"rejoinder/app"
)

// Side is what the screens side by side share: the scope that they are narrowed
// to, what is recorded in it, and the evidence that was read so far.
type Side struct {
	Scope       app.Scope
	Discourse   *app.Discourse // nil until it is loaded
	Tags        []app.TagRow
	Collections []app.CollectionRow
	Views       []app.View
	Lost        map[app.ViewID]bool // views that name what is in the trash or gone
	Problems    []string            // what the scope names and cannot find: a sentence each
	// What was chosen last on any of the screens, and what the others begin with;
	// "" for nothing.
	Actor app.ActorID
	Claim app.ClaimID

	session   *Session
	of        app.Scope // that Discourse is of: another may be on its way
	asked     bool      // it was loaded, or is being loaded
	content   load
	evidence  load
	passages  map[app.AnnotationID]*app.Passage // what was asked for has a value
	notes     map[string][]app.Note
	knew      map[app.AnnotationID]*app.Passage // before it was forgotten
	knewNotes map[string][]app.Note
	missing   missing
	listeners []func()
	seen      []func()
}

// missing is the evidence that somebody missed since the last Fetch.
type missing struct {
	passages []app.AnnotationID
	things   []string
}

func newSide(s *Session) *Side {
	side := &Side{session: s}
	side.forget()
	return side
}

// forget lets everything be asked for anew; what was known is shown until it comes.
func (s *Side) forget() {
	s.evidence.stop()
	s.knew, s.knewNotes = s.passages, s.notes
	s.passages, s.notes, s.missing = map[app.AnnotationID]*app.Passage{}, map[string][]app.Note{}, missing{}
}

// OnChange calls fn when the scope or what is recorded changed.
func (s *Side) OnChange(fn func()) { s.listeners = append(s.listeners, fn) }

// OnEvidence calls fn when evidence came that was asked for.
func (s *Side) OnEvidence(fn func()) { s.seen = append(s.seen, fn) }

type sideContent struct {
	discourse   *app.Discourse
	tags        []app.TagRow
	collections []app.CollectionRow
	views       []app.View
	scope       app.Scope
	problems    []string
	lost        map[app.ViewID]bool
}

// Load reads what is recorded in the scope, and what it can be narrowed by.
func (s *Side) Load() {
	scope, nb := s.Scope, s.session.Notebook
	s.asked = true
	start(s.session.Loop, &s.content, func(ctx context.Context) (c sideContent, err error) {
		if c.discourse, err = nb.InScope(ctx, scope); errors.Is(err, app.ErrLost) {
			c.discourse, c.problems = app.Nothing(), []string{app.Sentence(err)}
		} else if err == nil {
			if c.scope, err = nb.Followed(ctx, scope); err == nil {
				c.problems, err = nb.ScopeProblems(ctx, scope)
			}
		}
		if err != nil && len(c.problems) == 0 {
			return c, err
		}
		err = nb.View(ctx, func(r app.Reader) (err error) {
			if c.tags, err = r.Tags(); err != nil {
				return err
			}
			if c.collections, err = r.Collections(); err != nil {
				return err
			}
			if c.views, err = r.Views(); err != nil {
				return err
			}
			c.lost = map[app.ViewID]bool{}
			for _, v := range c.views {
				if c.lost[v.ID], err = v.Scope.Lost(r); err != nil {
					return err
				}
			}
			return nil
		})
		return c, err
	}, func(c sideContent, err error) {
		if err != nil {
			s.session.Fail(err)
			return
		}
		if s.Scope == scope && c.scope != (app.Scope{}) {
			scope, s.Scope = c.scope, c.scope
		}
		s.of, s.Lost = scope, c.lost
		if s.Problems = c.problems; len(c.problems) > 0 {
			s.session.Say(strings.Join(c.problems, " "))
		}
		s.Discourse, s.Tags, s.Collections, s.Views = c.discourse, c.tags, c.collections, c.views
		for _, fn := range s.listeners {
			fn()
		}
	})
}

// Changed loads anew when these changes touch it, once somebody asked for it.
func (s *Side) Changed(c app.Changes) {
	if !s.asked || !c.Touches(app.KindActor, app.KindClaim, app.KindStatement, app.KindRelation, app.KindNote,
		app.KindAnnotation, app.KindArticle, app.KindStory, app.KindTag, app.KindCollection, app.KindView) {
		return
	}
	if c.Touches(app.KindAnnotation, app.KindArticle, app.KindStory, app.KindNote, app.KindTag) {
		s.forget()
	}
	s.Load()
}

// Choose changes the scope.
func (s *Side) Choose(edit func(*app.Scope)) {
	before := s.Scope
	if edit(&s.Scope); s.Scope != before {
		s.Load()
	}
}

// sideView is what each screen side by side is made of: while it is in front it
// follows what is recorded and the evidence that comes.
type sideView struct {
	OnChange   func()
	OnEvidence func() // only quotes or notes came

	session *Session
	side    *Side
	content load
	front   bool
	arrange func()         // works out what is shown
	of      *app.Discourse // what is shown was worked out from it: places of statements and relations count in it
}

// follow begins; arrange is called while the screen is in front and what is
// recorded is there.
func (v *sideView) follow(s *Session, arrange func()) {
	v.session, v.side, v.arrange, v.of = s, s.Side(), arrange, &app.Discourse{}
	v.side.OnChange(v.catchUp)
	v.side.OnEvidence(func() {
		if v.front {
			changed(v.OnEvidence)
		}
	})
}

// Load brings the screen to the front, as it is now.
func (v *sideView) Load() {
	v.front = true
	if v.side.Discourse == nil {
		v.side.Load()
		return
	}
	v.arrange()
}

// Rest says that another screen is in front: this one stays as it is until Load.
func (v *sideView) Rest() {
	v.front = false
	v.content.stop()
}

func (v *sideView) catchUp() {
	if v.front && v.side.Discourse != nil {
		v.arrange()
	}
}

// Statement is a statement's card with its passage, as far as it is known.
func (v *sideView) Statement(i int) app.BoardStatement { return v.side.shown(v.of.StatementCard(i)) }

// Relation is a relation's card with its passage, as far as it is known.
func (v *sideView) Relation(i int) app.BoardRelation {
	card := v.of.RelationCard(i)
	card.Passage = v.side.Passage(card.Relation.Passage)
	return card
}

// OpenStatement calls open with the passage of a statement, which is read first.
func (v *sideView) OpenStatement(i int, open func(app.Passage)) {
	openPassage(v.session, v.of.Statements[i].Passage, open)
}

func openPassage(s *Session, id app.AnnotationID, open func(app.Passage)) {
	if id == "" {
		s.Say("Nothing shows this yet: record it once more on a passage")
		return
	}
	do(s, func(ctx context.Context) (app.Evidence, error) {
		return s.Notebook.Evidence(ctx, []app.AnnotationID{id}, nil)
	}, func(e app.Evidence) {
		if p := e.Passage(id); p != nil {
			open(*p)
		}
	})
}

// Passage is the passage with this identifier; nil when there is none, or until
// Fetch has brought it.
func (s *Side) Passage(id app.AnnotationID) *app.Passage {
	if id == "" {
		return nil
	}
	p, known := s.passages[id]
	if !known {
		p = s.knew[id]
		s.passages[id] = p
		s.missing.passages = append(s.missing.passages, id)
	}
	return p
}

// NotesOn are the notes about an actor or a claim, once Fetch has brought them.
func (s *Side) NotesOn(id string) []app.Note {
	notes, known := s.notes[id]
	if !known {
		notes = s.knewNotes[id]
		s.notes[id] = notes
		s.missing.things = append(s.missing.things, id)
	}
	return notes
}

// Fetch reads what was asked for and was not there. What was asked for before and
// did not come is read with it.
func (s *Side) Fetch() {
	want := s.missing
	if len(want.passages) == 0 && len(want.things) == 0 {
		return
	}
	start(s.session.Loop, &s.evidence, func(ctx context.Context) (app.Evidence, error) {
		return s.session.Notebook.Evidence(ctx, want.passages, want.things)
	}, func(e app.Evidence, err error) {
		if err != nil {
			s.session.Fail(err)
			return
		}
		s.missing.passages, s.missing.things = s.missing.passages[len(want.passages):], s.missing.things[len(want.things):]
		for _, id := range want.passages {
			s.passages[id] = e.Passage(id)
		}
		for _, id := range want.things {
			s.notes[id] = e.Notes[id]
		}
		for _, fn := range s.seen {
			fn()
		}
	})
}

func (s *Side) shown(card app.BoardStatement) app.BoardStatement {
	card.Passage = s.Passage(card.Statement.Passage)
	return card
}

// TopicName and the others say what the scope is narrowed to; "" for nothing.
func (s *Side) TopicName() string { return s.tagPath(s.Scope.Topic) }

// TagName is the path of the tag of the scope.
func (s *Side) TagName() string { return s.tagPath(s.Scope.Tag) }

func (s *Side) tagPath(id app.TagID) string {
	for _, t := range s.Tags {
		if t.ID == id {
			return t.Path
		}
	}
	if id != "" {
		return lostName
	}
	return ""
}

// CollectionName is the name of the scope's collection.
func (s *Side) CollectionName() string {
	for _, c := range s.Collections {
		if c.ID == s.Scope.Collection {
			return c.Name
		}
	}
	if s.Scope.Collection != "" {
		return lostName
	}
	return ""
}

// lostName stands for what the scope names and is no longer there; Problems say
// what it is.
const lostName = "what is not there"

// ActorName is the name of the scope's actor.
func (s *Side) ActorName() string {
	if s.Discourse == nil || s.Scope.Actor == "" {
		return ""
	}
	return s.Discourse.ActorName(s.Scope.Actor)
}

// SaveView keeps the scope and the screen under a name.
func (s *Side) SaveView(name, screen string) {
	scope := s.Scope
	do(s.session, func(ctx context.Context) (app.View, error) {
		return s.session.Notebook.SaveView(ctx, app.View{Name: name, Screen: screen, Scope: scope})
	}, func(v app.View) { s.session.Say("View “" + v.Name + "” saved") })
}

// TrashView moves a saved view to the trash.
func (s *Side) TrashView(id app.ViewID) { s.session.trash(app.RefTo(app.KindView, id)) }
