package app

import (
	"context"
	"fmt"
)

// Check verifies the database, every anchor, every original and the index. It
// changes nothing that a user made; an index that is wrong is rebuilt.
func (n *Notebook) Check(ctx context.Context, p Progress) ([]Finding, error) {
	found, err := n.store.Check(ctx, p)
	if err != nil {
		return found, err
	}
	anchors, err := n.checkAnchors(ctx, p)
	if err != nil {
		return found, err
	}
	found = append(found, anchors...)
	index, err := n.index.Check(ctx)
	if err != nil {
		return found, err
	}
	if !index.OK {
		if err := n.index.Rebuild(ctx, p); err != nil {
			return append(found, index), fmt.Errorf("rebuild the index: %w", err)
		}
		again, err := n.index.Check(ctx)
		if err != nil {
			return append(found, index), err
		}
		index.Mended, index.OK = again.OK, again.OK
		index.Text += "; it was rebuilt"
	}
	return append(found, index), nil
}

// checkAnchors verifies that every quote stands where its anchor says.
func (n *Notebook) checkAnchors(ctx context.Context, p Progress) ([]Finding, error) {
	var out []Finding
	total := 0
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
	if len(out) == 0 {
		out = append(out, Finding{Part: "anchors", OK: true, Text: countOf(total, "quote") + " verified against their texts"})
	}
	return out, err
}
