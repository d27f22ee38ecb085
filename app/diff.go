package app

import (
	"context"

	"github.com/pmezard/go-difflib/difflib"
)

// DiffKind says what became of a block or a piece of text.
type DiffKind string

// What can become of it.
const (
	DiffSame    DiffKind = "same"
	DiffChanged DiffKind = "changed" // blocks only
	DiffAdded   DiffKind = "added"
	DiffRemoved DiffKind = "removed"
)

// DiffBlock is a paragraph-like piece of two texts.
type DiffBlock struct {
	Kind  DiffKind
	Old   Block      // zero when there is none
	New   Block      // zero when there is none
	Words []DiffWord // of changed, added and removed blocks
}

// DiffWord is a piece of a block: the same in both texts, added or removed.
type DiffWord struct {
	Kind DiffKind
	Text string
}

// Diff compares two texts paragraph by paragraph, and changed paragraphs word by
// word. The words of a block that are the same or removed make up the old one,
// those that are the same or added the new one.
func Diff(old, text Content) []DiffBlock {
	d := differ{old: old.Blocks, new: text.Blocks, oldTexts: blockTexts(old), newTexts: blockTexts(text)}
	for _, op := range difflib.NewMatcher(d.oldTexts, d.newTexts).GetOpCodes() {
		if op.Tag == 'e' {
			for i := range op.I2 - op.I1 {
				d.out = append(d.out, DiffBlock{Kind: DiffSame, Old: d.old[op.I1+i], New: d.new[op.J1+i]})
			}
			continue
		}
		d.replace(op.I1, op.I2, op.J1, op.J2)
	}
	return d.out
}

// blockTexts are the texts of the blocks.
func blockTexts(c Content) []string {
	runes := []rune(c.Plain)
	out := make([]string, len(c.Blocks))
	for i, b := range c.Blocks {
		out[i] = string(runes[b.Start:b.End])
	}
	return out
}

// differ puts the difference of two texts together.
type differ struct {
	old, new           []Block
	oldTexts, newTexts []string
	out                []DiffBlock
}

// replace says that the old blocks i to i2 became the new ones j to j2: those
// that are alike changed, the others are removed or added.
func (d *differ) replace(i, i2, j, j2 int) {
	pairs := append(alignAlike(d.oldTexts[i:i2], d.newTexts[j:j2]), [2]int{i2 - i, j2 - j})
	first, second := i, j
	for _, p := range pairs {
		for ; i < first+p[0]; i++ {
			d.out = append(d.out, DiffBlock{Kind: DiffRemoved, Old: d.old[i], Words: []DiffWord{{DiffRemoved, d.oldTexts[i]}}})
		}
		for ; j < second+p[1]; j++ {
			d.out = append(d.out, DiffBlock{Kind: DiffAdded, New: d.new[j], Words: []DiffWord{{DiffAdded, d.newTexts[j]}}})
		}
		if i < i2 && j < j2 {
			d.out = append(d.out, DiffBlock{Kind: DiffChanged, Old: d.old[i], New: d.new[j], Words: diffWords(d.oldTexts[i], d.newTexts[j])})
			i, j = i+1, j+1
		}
	}
}

// DiffVersions compares two versions of an article by their numbers. 0 means for
// to the last, for from the one before to.
func (n *Notebook) DiffVersions(ctx context.Context, id ArticleID, from, to int) (old, text Text, blocks []DiffBlock, err error) {
	err = n.store.View(ctx, func(r Reader) error {
		versions, err := r.Versions(id)
		if err != nil {
			return err
		}
		if to == 0 {
			to = len(versions)
		}
		if from == 0 {
			from = to - 1
		}
		if len(versions) == 1 && from == 0 {
			return Problem(ErrInvalid, "the article has only one version")
		}
		for _, x := range []struct {
			number int
			text   *Text
		}{{to, &text}, {from, &old}} {
			if x.number < 1 || x.number > len(versions) {
				return Problem(ErrNotFound, "there is no version %d of the article, which has %s", x.number, countOf(len(versions), "version"))
			}
			if *x.text, err = r.Text(versions[x.number-1].Text); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		blocks = Diff(old.Content, text.Content)
	}
	return old, text, blocks, err
}
