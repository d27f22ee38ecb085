package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"path/filepath"
	"time"
)

// Version is one text of an article, numbered from 1.
type Version struct {
	Number   int
	Text     TextID
	Original string // SHA-256
	Name     string // the file's
	Reader   string // the importer and its version
	Words    int
	Created  time.Time

	MediaType  string
	Provenance Provenance
}

// Earlier is a place where an annotation stood for sure before it was carried
// to another text.
type Earlier struct {
	Text   TextID
	Anchor Anchor
}

// Carried is what became of an article's marks with a new text.
type Carried struct {
	Article ArticleID
	Version Version
	Moves   []Move // by their places in the old text
}

// Move is what became of one mark. New is the place that was found: the mark's
// when State is exact or fuzzy, the likeliest when it needs a review, and the old
// one for an orphan.
type Move struct {
	ID      AnnotationID
	State   AnchorState
	Old     Anchor
	New     Anchor
	OldText TextID // the text that Old counts in
	Trashed bool   // the mark is in the trash

	TextChanged bool       // it is fuzzy, and its words are not those that it marked for sure
	Change      WordChange // from the words that it marked for sure to those of New; zero for an orphan
}

// Count is how many marks came into this state.
func (c Carried) Count(state AnchorState) int {
	n := 0
	for _, m := range c.Moves {
		if m.State == state {
			n++
		}
	}
	return n
}

// TextsChanged is how many marks were carried to words that are not theirs.
func (c Carried) TextsChanged() int {
	n := 0
	for _, m := range c.Moves {
		if m.TextChanged {
			n++
		}
	}
	return n
}

// UpdateArticle gives an article a new text, read from a file as an import
// reads it, and carries its marks there. The article's metadata stays as it is.
// ErrExists when the file has the text in use.
func (n *Notebook) UpdateArticle(ctx context.Context, id ArticleID, path string) (Carried, error) {
	return n.UpdateArticleAs(ctx, id, path, ReadAs{})
}

// UpdateArticleAs is UpdateArticle with a file that is read as somebody chose.
func (n *Notebook) UpdateArticleAs(ctx context.Context, id ArticleID, path string, as ReadAs) (Carried, error) {
	u := update{article: id, carrier: newCarrier()}
	data, err := readCapped(path)
	if err == nil {
		err = n.readUpdate(ctx, &u, filepath.Base(path), data, as)
	}
	if err != nil {
		return Carried{}, ofFile(path, err)
	}
	return n.putUpdate(ctx, u)
}

// putUpdate carries the marks and stores the new text.
func (n *Notebook) putUpdate(ctx context.Context, u update) (Carried, error) {
	// The marks are carried once outside of the transaction, which others wait
	// for, and there it is only looked up what was found.
	if err := n.store.View(ctx, func(r Reader) error { return u.rehearse(ctx, r) }); err != nil {
		return Carried{}, err
	}
	var c Carried
	_, err := n.Update(ctx, Op{Name: "update-article"}, func(tx Tx) (err error) {
		c, err = u.store(ctx, tx)
		return err
	})
	return c, err
}

// update is a new text on its way into an article.
type update struct {
	article  ArticleID
	again    bool // from the original of the text in use
	original Original
	text     Text
	carrier  *carrier
}

// readUpdate reads the file, unless the article has its text already, and keeps
// the original.
func (n *Notebook) readUpdate(ctx context.Context, u *update, name string, data []byte, as ReadAs) error {
	sum := sha256.Sum256(data)
	o := Original{SHA256: hex.EncodeToString(sum[:])}
	u.again = u.again || as.Encoding != "" || as.Whole || len(as.TakeIn) > 0
	if err := n.store.View(ctx, func(r Reader) error { return u.isNew(r, o.SHA256, "") }); err != nil {
		return err
	}
	in, err := n.importer.Read(ctx, name, data, as)
	if err != nil {
		return err
	}
	if err := n.store.View(ctx, func(r Reader) error { return u.isNew(r, "", in.Content.Plain) }); err != nil {
		return err
	}
	if u.original, err = n.store.KeepOriginal(name, data); err != nil {
		return err
	}
	u.original.MediaType = in.MediaType
	in.Provenance.As = as
	in.compare(data)
	u.text = in.text(u.original)
	return nil
}

// isNew is ErrExists when the article's text in use was read from an original
// with this hash or has these words; "" is not compared.
func (u *update) isNew(r Reader, hash, plain string) error {
	a, err := r.Article(u.article)
	if err != nil {
		return err
	}
	if !a.Trashed.IsZero() {
		return inTrash("“" + shorten(a.Title, 60) + "”")
	}
	text, err := r.Text(a.Text)
	switch {
	case err != nil:
		return err
	case text.Original == hash && !u.again:
		return Problem(ErrExists, "this file is the version of “%s” in use already; nothing was changed", shorten(a.Title, 60))
	case text.Plain == plain && (!u.again || !text.Provenance.Guessed): // a right guess can be confirmed
		return Problem(ErrExists, "this file has the same words as the version of “%s” in use; nothing was changed", shorten(a.Title, 60))
	}
	return nil
}

func (u *update) rehearse(ctx context.Context, r Reader) error {
	a, err := r.Article(u.article)
	if err != nil {
		return err
	}
	_, err = u.moves(ctx, r, a)
	return err
}

func (u *update) store(ctx context.Context, tx Tx) (Carried, error) {
	if err := u.isNew(tx, u.text.Original, u.text.Plain); err != nil { // another process was faster
		return Carried{}, err
	}
	a, err := tx.Article(u.article)
	if err != nil {
		return Carried{}, err
	}
	moves, err := u.moves(ctx, tx, a)
	if err != nil {
		return Carried{}, err
	}
	a.Text, a.Original = u.text.ID, u.text.Original
	for _, err := range []error{tx.PutOriginal(u.original), tx.PutText(u.text), tx.PutArticle(a)} {
		if err != nil {
			return Carried{}, err
		}
	}
	for _, m := range moves {
		if err := m.store(tx, u.text.ID); err != nil {
			return Carried{}, err
		}
	}
	versions, err := tx.Versions(a.ID)
	if err != nil {
		return Carried{}, err
	}
	c := Carried{Article: a.ID, Version: versions[len(versions)-1]}
	for _, m := range moves {
		c.Moves = append(c.Moves, m.Move)
	}
	tx.Describe("Update “%s” to version %d", shorten(a.Title, 60), c.Version.Number)
	return c, nil
}
