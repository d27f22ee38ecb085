package app

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// Check verifies the database, every text, every anchor, every original and the
// index. A part that cannot be read is a finding, and the others are looked at
// all the same; the error is only that of a context that ended. It changes
// nothing that a user made; an index that is wrong is rebuilt, unless the
// database is damaged.
func (n *Notebook) Check(ctx context.Context, p Progress) ([]Finding, error) {
	var out []Finding
	for _, part := range []struct {
		name  string
		check func(context.Context, Progress) ([]Finding, error)
	}{
		{"database", n.store.Check},
		{"texts", n.checkReadings},
		{"anchors", n.checkAnchors},
		{"index", func(ctx context.Context, p Progress) ([]Finding, error) { return n.checkIndex(ctx, p, damaged(out)) }},
	} {
		found, err := part.check(ctx, p)
		out = append(out, found...)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if err != nil {
			out = append(out, Finding{Part: part.name, Text: "it cannot be read: " + err.Error()})
		}
	}
	return out, nil
}

// damaged says whether the database is not as it was written.
func damaged(found []Finding) bool {
	return slices.ContainsFunc(found, func(f Finding) bool {
		return !f.OK && (f.Part == "database" || f.Part == "checksums" || f.Part == "references" || f.Part == "texts")
	})
}

// checkIndex verifies the index, and rebuilds one that is wrong from a database
// that is whole.
func (n *Notebook) checkIndex(ctx context.Context, p Progress, damaged bool) ([]Finding, error) {
	index, err := n.index.Check(ctx)
	if err != nil {
		return nil, err
	}
	switch {
	case index.OK:
	case damaged:
		index.Text += "; it is not rebuilt from a damaged database"
	default:
		if err := n.index.Rebuild(ctx, p); err != nil {
			return []Finding{index}, fmt.Errorf("rebuild the index: %w", err)
		}
		again, err := n.index.Check(ctx)
		if err != nil {
			return []Finding{index}, err
		}
		index.Mended, index.OK = again.OK, again.OK
		index.Text += "; it was rebuilt"
	}
	return []Finding{index}, nil
}

// checkAnchors verifies that every quote stands where its anchor says.
func (n *Notebook) checkAnchors(ctx context.Context, p Progress) ([]Finding, error) {
	var out []Finding
	total, unread := 0, 0
	err := n.store.View(ctx, func(r Reader) error {
		marks, err := r.Annotations(AnnotationQuery{})
		if err != nil {
			return err
		}
		total = len(marks)
		texts := map[TextID]string{} // of one article: its marks follow each other
		var article ArticleID
		for i, m := range marks {
			if err := ctx.Err(); err != nil {
				return err
			}
			p.Step(i, total, "anchors")
			if m.Article != article {
				article = m.Article
				clear(texts)
			}
			plain, ok := texts[m.Text]
			if !ok {
				t, err := r.Text(m.Text)
				if errors.Is(err, ErrDamaged) || errors.Is(err, ErrNotFound) {
					unread++ // a finding of its own says so
					continue
				}
				if err != nil {
					return err
				}
				plain, texts[m.Text] = t.Plain, t.Plain
			}
			if !m.Anchor.Verify(plain) {
				out = append(out, Finding{Part: "anchors", Text: fmt.Sprintf(
					"the quote of annotation %s does not stand at %d–%d of its text", m.ID, m.Anchor.Start, m.Anchor.End)})
			}
		}
		return nil
	})
	if unread > 0 {
		out = append(out, Finding{Part: "anchors", Text: countOf(unread, "quote") + " could not be verified: their texts cannot be read"})
	}
	if len(out) == 0 && err == nil {
		out = append(out, Finding{Part: "anchors", OK: true, Text: countOf(total, "quote") + " verified against their texts"})
	}
	return out, err
}
