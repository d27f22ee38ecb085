package app

import (
	"context"
	"slices"
)

// ReadAgain gives an article a new text that is read from the original of its text
// in use, as somebody chose: in another encoding, or with what was left out. Blocks
// that are only taken in come to those that were taken in before, and the encoding
// chosen before stays. ErrExists when that is the text in use.
func (n *Notebook) ReadAgain(ctx context.Context, id ArticleID, as ReadAs) (Carried, error) {
	o, err := n.originalInUse(ctx, id)
	if err != nil {
		return Carried{}, err
	}
	if as.Encoding == "" && !as.Whole && len(as.TakeIn) > 0 {
		as.Encoding = o.provenance.As.Encoding
		as.TakeIn = append(slices.Clone(o.provenance.As.TakeIn), as.TakeIn...)
	}
	u := update{article: id, again: true, carrier: newCarrier()}
	if err := n.readUpdate(ctx, &u, o.name, o.data, as); err != nil {
		return Carried{}, ofFile(o.name, err)
	}
	return n.putUpdate(ctx, u)
}

// TryReading is the text that ReadAgain would give an article. It is not kept, and
// has no ID. same says that its words are those of the text in use.
func (n *Notebook) TryReading(ctx context.Context, id ArticleID, as ReadAs) (text Text, same bool, err error) {
	o, err := n.originalInUse(ctx, id)
	if err != nil {
		return Text{}, false, err
	}
	in, err := n.importer.Read(ctx, o.name, o.data, as)
	if err != nil {
		return Text{}, false, ofFile(o.name, err)
	}
	return Text{Content: in.Content, Provenance: in.Provenance}, in.Content.Plain == o.plain, ctx.Err()
}

// LeftOut lists what the page of an article shows and its text in use has not, as
// the importer reads its original today.
func (n *Notebook) LeftOut(ctx context.Context, id ArticleID) ([]LeftOut, error) {
	o, err := n.originalInUse(ctx, id)
	if err != nil {
		return nil, err
	}
	as := o.provenance.As
	as.Encoding = o.provenance.Encoding
	in, err := n.importer.Read(ctx, o.name, o.data, as)
	if err != nil {
		return nil, ofFile(o.name, err)
	}
	return in.LeftOut, nil
}

// usedOriginal is the file that an article's text in use was read from, and the
// words and the provenance of that text.
type usedOriginal struct {
	name       string
	data       []byte
	plain      string
	provenance Provenance
}

func (n *Notebook) originalInUse(ctx context.Context, id ArticleID) (o usedOriginal, err error) {
	sha := ""
	err = n.store.View(ctx, func(r Reader) error {
		a, err := r.Article(id)
		if err != nil {
			return err
		}
		sha = a.Original
		text, err := r.Text(a.Text)
		if err != nil {
			return err
		}
		o.plain, o.provenance = text.Plain, text.Provenance
		versions, err := r.Versions(id)
		for _, v := range versions {
			if v.Text == a.Text {
				o.name = v.Name
			}
		}
		return err
	})
	if err != nil {
		return o, err
	}
	o.data, err = n.originalBytes(ctx, sha)
	return o, err
}
