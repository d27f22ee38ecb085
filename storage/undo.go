package storage

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"rejoinder/app"
)

// How many steps can be undone. When there are pruneSlack more, the oldest are
// fixed for good; pruning seldom keeps it cheap.
const (
	undoSteps  = 1000
	pruneSlack = 100
)

// beginStep opens a step: from here on the triggers record rows under it. What
// was undone before can no longer be redone.
func (t *tx) beginStep(op app.Op) (int64, error) {
	res, err := t.q.ExecContext(t.ctx, "INSERT INTO steps (op, label, grp, at, state) VALUES (?, ?, ?, ?, 'done')",
		op.Name, op.Label, op.Group, millis(t.now))
	if err != nil {
		return 0, err
	}
	id, err := res.LastInsertId()
	if err != nil {
		return 0, err
	}
	return id, t.exec("UPDATE recorder SET step = ?", id)
}

// endStep names the step and closes it.
func (t *tx) endStep(id int64) error {
	if err := t.exec("UPDATE steps SET label = ? WHERE id = ?", t.label, id); err != nil {
		return err
	}
	if err := t.exec(`UPDATE changes SET old = NULL, new = NULL
		WHERE step IN (SELECT id FROM steps WHERE state = 'undone')`); err != nil {
		return err
	}
	if err := t.exec("UPDATE steps SET state = 'dropped' WHERE state = 'undone'"); err != nil {
		return err
	}
	return t.prune(undoSteps, pruneSlack)
}

// prune fixes the steps beyond the newest keep, once there are slack more, and
// forgets the rows that they recorded.
func (t *tx) prune(keep, slack int) error {
	// Steps of one group count as one: a long import has thousands of them.
	const units = "SELECT max(id) AS id FROM steps WHERE state = 'done' GROUP BY CASE grp WHEN '' THEN id ELSE grp END"
	n, err := t.count("SELECT count(*) FROM (" + units + ")")
	if err != nil || n <= keep+slack {
		return err
	}
	last, err := t.count("SELECT id FROM ("+units+") ORDER BY id DESC LIMIT 1 OFFSET ?", keep)
	if err != nil {
		return err
	}
	seq, err := t.count("SELECT coalesce(max(seq), 0) FROM changes WHERE step <= ?", last)
	if err != nil {
		return err
	}
	for _, q := range []string{
		"DELETE FROM changes WHERE seq <= ?1",
		"UPDATE meta SET value = ?1 WHERE name = 'pruned'",
	} {
		if err := t.exec(q, seq); err != nil {
			return err
		}
	}
	return t.exec("UPDATE steps SET state = 'fixed' WHERE state = 'done' AND id <= ?", last)
}

// Undo implements app.Store.
func (s *Store) Undo(ctx context.Context) (app.Changes, error) {
	return s.replay(ctx, "done", "undone", "DESC")
}

// Redo implements app.Store.
func (s *Store) Redo(ctx context.Context) (app.Changes, error) {
	return s.replay(ctx, "undone", "done", "ASC")
}

// replay takes the next unit of steps in one state and order back or forward.
func (s *Store) replay(ctx context.Context, from, to, order string) (app.Changes, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.setBulk(ctx, false); err != nil {
		return app.Changes{}, domainError(err)
	}
	var changes app.Changes
	err := s.transact(ctx, func() error {
		t := &tx{reader: reader{ctx: ctx, q: s.writer}, now: time.Now().UTC()}
		before, err := t.head()
		if err != nil {
			return err
		}
		steps, err := t.unit(from, order)
		if err != nil {
			return err
		}
		if len(steps) == 0 {
			return app.Problem(app.ErrNothing, "there is nothing to %s", map[string]string{"done": "undo", "undone": "redo"}[from])
		}
		// Rows come back one by one: references are checked at the commit.
		if err := t.exec("PRAGMA defer_foreign_keys = ON"); err != nil {
			return err
		}
		if err := t.exec("UPDATE recorder SET step = NULL"); err != nil {
			return err
		}
		for _, step := range steps {
			if err := t.replayStep(step.ID, to == "undone"); err != nil {
				return fmt.Errorf("%s: %w", step.Label, err)
			}
			if err := t.exec("UPDATE steps SET state = ? WHERE id = ?", to, step.ID); err != nil {
				return err
			}
		}
		changes, err = t.changesAfter(before)
		changes.Label = steps[0].Label
		if from == "undone" {
			changes.Label = steps[len(steps)-1].Label
		}
		return err
	})
	return changes, domainError(err)
}

type groupedStep struct {
	app.Step
	group string
}

func scanStep(row scanner) (groupedStep, error) {
	var s groupedStep
	var state string
	err := row.Scan(&s.ID, &s.Op, &s.Label, &s.group, moment{&s.At}, &state)
	s.Undone, s.Fixed = state == "undone", state == "fixed"
	return s, err
}

// unit returns the steps that undo or redo takes at once: the first one in this
// state and order, and its neighbours of the same group.
func (r *reader) unit(state, order string) ([]groupedStep, error) {
	rows, err := r.q.QueryContext(r.ctx,
		"SELECT id, op, label, grp, at, state FROM steps WHERE state = ? ORDER BY id "+order, state)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var out []groupedStep
	for rows.Next() {
		s, err := scanStep(rows)
		if err != nil {
			return nil, err
		}
		if len(out) > 0 && (s.group == "" || s.group != out[0].group) {
			break
		}
		out = append(out, s)
	}
	return out, rows.Err()
}

// loggedRow is a row of the change log.
type loggedRow struct {
	seq      int64
	table    string
	key      string
	old, new sql.NullString
}

func scanLoggedRow(row scanner) (loggedRow, error) {
	var c loggedRow
	err := row.Scan(&c.seq, &c.table, &c.key, &c.old, &c.new)
	return c, err
}

// replayStep restores the rows that a step recorded: backwards to what they
// were, noting what they are now, or forwards to what was noted then.
func (t *tx) replayStep(step int64, back bool) error {
	order := "ASC"
	if back {
		order = "DESC"
	}
	rows, err := list(&t.reader, scanLoggedRow,
		"SELECT seq, tbl, key, old, new FROM changes WHERE step = ? ORDER BY seq "+order, step)
	if err != nil {
		return err
	}
	shapes := map[string]shape{}
	for _, c := range rows {
		s, ok := shapes[c.table]
		if !ok {
			if s, err = shapeOf(t.ctx, t.q, c.table); err != nil {
				return err
			}
			shapes[c.table] = s
		}
		target := c.new
		if back {
			target = c.old
			now, err := s.image(&t.reader, c.key)
			if err != nil {
				return err
			}
			if err := t.exec("UPDATE changes SET new = ? WHERE seq = ?", now, c.seq); err != nil {
				return err
			}
		}
		if err := s.restore(t, c.key, target); err != nil {
			return err
		}
	}
	return nil
}

// History implements app.Store.
func (s *Store) History(ctx context.Context, limit int) ([]app.Step, error) {
	var out []app.Step
	err := s.view(ctx, func(r *reader) error {
		rows, err := r.q.QueryContext(ctx,
			"SELECT id, op, label, grp, at, state FROM steps WHERE state <> 'dropped' ORDER BY id DESC")
		if err != nil {
			return err
		}
		defer func() { _ = rows.Close() }()
		group := ""
		for rows.Next() {
			step, err := scanStep(rows)
			if err != nil {
				return err
			}
			if step.group != "" && step.group == group && out[len(out)-1].Undone == step.Undone {
				continue // its newest step, listed already, tells of them all
			}
			if limit > 0 && len(out) == limit {
				return nil
			}
			group = step.group
			out = append(out, step.Step)
		}
		return rows.Err()
	})
	return out, err
}
