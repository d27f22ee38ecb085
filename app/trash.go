package app

import "context"

// Trash moves things to the trash, with all that makes no sense without them.
func (n *Notebook) Trash(ctx context.Context, refs ...Ref) (Changes, error) {
	return n.setTrashed(ctx, "trash", "Move %s to the trash", true, refs)
}

// Restore takes things out of the trash, with what went there with them and
// what they make no sense without.
func (n *Notebook) Restore(ctx context.Context, refs ...Ref) (Changes, error) {
	return n.setTrashed(ctx, "restore", "Restore %s from the trash", false, refs)
}

func (n *Notebook) setTrashed(ctx context.Context, op, label string, trashed bool, refs []Ref) (Changes, error) {
	return n.Update(ctx, Op{Name: op}, func(tx Tx) error {
		if err := pinStored(tx); err != nil {
			return err
		}
		for _, ref := range refs {
			if _, err := tx.Find(ref.ID); err != nil {
				return err
			}
			if err := tx.SetTrashed(ref, trashed); err != nil {
				return err
			}
		}
		what := countOf(len(refs), "thing")
		if len(refs) == 1 {
			what = "1 " + string(refs[0].Kind)
		}
		tx.Describe(label, what)
		return nil
	})
}

// EmptyTrash removes what is in the trash and returns how many things went. It
// can be undone like any step, until it is too old.
func (n *Notebook) EmptyTrash(ctx context.Context) (int, error) {
	count := 0
	_, err := n.Update(ctx, Op{Name: "empty-trash"}, func(tx Tx) (err error) {
		if err := eachStored(tx, RenameStored); err != nil {
			return err
		}
		count, err = tx.EmptyTrash()
		tx.Describe("Empty the trash of %s", countOf(count, "thing"))
		return err
	})
	return count, err
}
