package app

import (
	"context"
	"errors"
	"strings"
)

// ScopeTitle says in words what a scope leaves; "" when it leaves all.
func (n *Notebook) ScopeTitle(ctx context.Context, s Scope) (string, error) {
	var parts []string
	err := n.store.View(ctx, func(r Reader) error {
		for _, of := range []struct{ word, kind, id string }{
			{"topic", string(KindTag), string(s.Topic)},
			{"tag", string(KindTag), string(s.Tag)},
			{"in", string(KindCollection), string(s.Collection)},
			{"by", string(KindActor), string(s.Actor)},
		} {
			if of.id == "" {
				continue
			}
			name, err := NameOf(r, Ref{Kind(of.kind), of.id})
			if errors.Is(err, ErrNotFound) {
				name = "what is no longer there"
			} else if err != nil {
				return err
			}
			parts = append(parts, of.word+" "+name)
		}
		return nil
	})
	if s.From != "" {
		parts = append(parts, "from "+s.From.String())
	}
	if s.To != "" {
		parts = append(parts, "up to "+s.To.String())
	}
	if s.Wholes {
		parts = append(parts, "parts count for their wholes")
	}
	return strings.Join(parts, " · "), err
}
