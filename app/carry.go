package app

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// carrier carries anchors between texts, and remembers what it found.
type carrier struct {
	grounds map[TextID]*Ground
	found   map[passageOf]Reanchored
}

// passageOf is a passage of one text on its way to another.
type passageOf struct {
	from, to TextID
	anchor   Anchor
}

func newCarrier() *carrier {
	return &carrier{grounds: map[TextID]*Ground{}, found: map[passageOf]Reanchored{}}
}

// ground is a text of the notebook, ready to be searched.
func (c *carrier) ground(r Reader, id TextID) (*Ground, error) {
	if g, ok := c.grounds[id]; ok {
		return g, nil
	}
	text, err := r.Text(id)
	if err != nil {
		return nil, err
	}
	c.grounds[id] = groundOf(text.Content)
	return c.grounds[id], nil
}

// carry carries passages on every core, those that were not carried yet.
func (c *carrier) carry(ctx context.Context, r Reader, passages ...passageOf) error {
	var left []passageOf
	for _, p := range passages {
		if _, ok := c.found[p]; ok {
			continue
		}
		for _, id := range []TextID{p.from, p.to} {
			if _, err := c.ground(r, id); err != nil {
				return err
			}
		}
		left = append(left, p)
		c.found[p] = Reanchored{} // so that it is carried once
	}
	found := make([]Reanchored, len(left))
	var next atomic.Int64
	var all sync.WaitGroup
	for range min(len(left), runtime.NumCPU()) {
		all.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(left) && ctx.Err() == nil; i = next.Add(1) - 1 {
				p := left[i]
				found[i] = p.anchor.Carry(c.grounds[p.from], c.grounds[p.to])
			}
		})
	}
	all.Wait()
	for i, p := range left {
		c.found[p] = found[i]
	}
	return ctx.Err()
}

// move is what becomes of one mark.
type move struct {
	Move
	mark  Annotation // as it is
	sure  Earlier    // where it stands, or last stood, for sure
	bears bool       // something was said of its words
}

// moves carries, without storing anything, the marks of an article that stand in
// its text in use, in the trash too, and those that were left behind with a
// doubt. What a person left with an older text stays there.
func (u *update) moves(ctx context.Context, r Reader, a Article) ([]move, error) {
	if u.carrier.grounds[u.text.ID] == nil {
		u.carrier.grounds[u.text.ID] = groundOf(u.text.Content)
	}
	marks, err := r.Annotations(AnnotationQuery{Article: a.ID, Trashed: true})
	if err != nil {
		return nil, err
	}
	var out []move
	var passages []passageOf
	for _, m := range marks {
		if m.Text != a.Text && m.State == AnchorExact {
			continue
		}
		sure, err := lastSure(r, m)
		if err != nil {
			return nil, err
		}
		out = append(out, move{mark: m, sure: sure})
		passages = append(passages, u.passage(sure), u.passage(Earlier{m.Text, m.Anchor}))
	}
	if err := u.carrier.carry(ctx, r, passages...); err != nil {
		return nil, err
	}
	if err := bearing(r, out); err != nil {
		return nil, err
	}
	for i := range out {
		u.settle(&out[i])
	}
	return out, nil
}

// bearing notes which marks carry something that was said of their words: a
// statement, a relation, a note of their own or one that is about them, or a tag,
// which is how many record what a passage says. What hung on a mark in the trash
// comes back with it, so that one is taken to bear something.
func bearing(r Reader, moves []move) error {
	ids, names := make([]AnnotationID, len(moves)), make([]string, len(moves))
	for i, m := range moves {
		ids[i], names[i] = m.mark.ID, string(m.mark.ID)
	}
	hanging, err := r.Hanging(ids)
	if err != nil {
		return err
	}
	notes, err := r.NotesOnEach(names)
	if err != nil {
		return err
	}
	for i := range moves {
		m := &moves[i]
		h := hanging[m.mark.ID]
		m.bears = m.mark.Note != "" || !m.mark.Trashed.IsZero() || len(h.Statements)+len(h.Relations)+len(h.Tags)+len(notes[string(m.mark.ID)]) > 0
	}
	return nil
}

func (u *update) passage(from Earlier) passageOf { return passageOf{from.Text, u.text.ID, from.Anchor} }

// settle says what becomes of one mark. A fuzzy one is looked for from where it
// stood for sure too, and is exact only if it is found from there: its own place
// was never confirmed. Its words are compared with those that stood for sure, so
// that small changes do not add up.
func (u *update) settle(m *move) {
	mark := m.mark
	found := u.carrier.found[u.passage(Earlier{mark.Text, mark.Anchor})]
	if mark.State == AnchorFuzzy {
		if again := u.carrier.found[u.passage(m.sure)]; again.State == AnchorExact {
			found = again
		} else if found.State == AnchorExact {
			found.State = AnchorFuzzy
		}
	}
	old, text := u.carrier.grounds[m.sure.Text], u.carrier.grounds[u.text.ID]
	v := judgeCarried(found, m.sure.Anchor, old, text, m.bears)
	m.Move = Move{ID: mark.ID, State: v.State, Old: mark.Anchor, New: v.Anchor, OldText: mark.Text, Trashed: !mark.Trashed.IsZero(),
		TextChanged: v.textChanged, Change: v.change}
}

// lastSure is the newest place where a mark stood for sure; a mark that is not
// fuzzy stands there.
func lastSure(r Reader, m Annotation) (Earlier, error) {
	if m.State == AnchorFuzzy {
		earlier, err := r.Earlier(m.ID)
		if err != nil {
			return Earlier{}, err
		}
		if n := len(earlier); n > 0 {
			return earlier[n-1], nil
		}
	}
	return Earlier{m.Text, m.Anchor}, nil
}

// store moves the mark to its new text when its place is sure enough there; else
// only its state says that it was not found.
func (m move) store(tx Tx, text TextID) error {
	a := m.mark
	a.State, a.TextChanged = m.State, m.TextChanged
	if m.State == AnchorExact || m.State == AnchorFuzzy {
		if m.mark.State != AnchorFuzzy { // its own place is no better than the one remembered
			if err := tx.PutEarlier(a.ID, m.sure); err != nil {
				return err
			}
		}
		a.Text, a.Anchor = text, m.New
	} else if m.mark.State == AnchorFuzzy { // its own place was never sure: back to the one that was
		a.Text, a.Anchor = m.sure.Text, m.sure.Anchor
	}
	return tx.PutAnnotation(a)
}
