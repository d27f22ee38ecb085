package app

import "context"

// Evidence is what stands behind cards: the passages that show statements and
// relations, and the notes about actors and claims.
type Evidence struct {
	Passages map[AnnotationID]Passage
	Notes    map[string][]Note // by the id of what they are about
}

// Evidence reads the passages and notes of what is shown, in two queries.
func (n *Notebook) Evidence(ctx context.Context, passages []AnnotationID, things []string) (Evidence, error) {
	var e Evidence
	err := n.store.View(ctx, func(r Reader) (err error) {
		if e.Passages, err = r.Passages(passages); err != nil {
			return err
		}
		e.Notes, err = r.NotesOnEach(things)
		return err
	})
	return e, err
}

// Passage is a passage to show; nil when there is none.
func (e Evidence) Passage(id AnnotationID) *Passage {
	if p, ok := e.Passages[id]; ok {
		return &p
	}
	return nil
}

// Show puts the passages into statements.
func (e Evidence) Show(statements []BoardStatement) {
	for i := range statements {
		statements[i].Passage = e.Passage(statements[i].Statement.Passage)
	}
}

// ShowBoard reads the passages and notes of all cards of a board.
func (n *Notebook) ShowBoard(ctx context.Context, b *Board) error {
	var things []string
	for _, a := range b.Actors {
		things = append(things, string(a.ID))
	}
	for _, c := range b.Claims {
		things = append(things, string(c.ID))
	}
	e, err := n.Evidence(ctx, b.Passages(), things)
	if err != nil {
		return err
	}
	for i := range b.Actors {
		b.Actors[i].Notes = e.Notes[string(b.Actors[i].ID)]
	}
	for i := range b.Claims {
		b.Claims[i].Notes = e.Notes[string(b.Claims[i].ID)]
		e.Show(b.Claims[i].Statements)
	}
	for i := range b.Relations {
		b.Relations[i].Passage = e.Passage(b.Relations[i].Relation.Passage)
	}
	return nil
}
