package app

import (
	"context"
	"strings"
	"time"
)

// Tag is a label in a hierarchy, on anything. Its path is written with slashes:
// "environment/dredging" is the tag dredging under environment.
type Tag struct {
	ID       TagID
	Path     string
	Color    Color // "" for none
	Created  time.Time
	Modified time.Time
	Trashed  time.Time
}

// Name is the last part of the path.
func (t Tag) Name() string { return t.Path[strings.LastIndex(t.Path, "/")+1:] }

// Depth is how many tags stand above it.
func (t Tag) Depth() int { return strings.Count(t.Path, "/") }

// TagPath cleans a tag's path: no empty parts, no leading "#".
func TagPath(s string) (string, error) {
	var parts []string
	for p := range strings.SplitSeq(strings.TrimLeft(CleanName(s), "#"), "/") {
		if p = strings.TrimSpace(p); shows(p) {
			parts = append(parts, p)
		}
	}
	if len(parts) == 0 {
		return "", Problem(ErrInvalid, "a tag needs a name")
	}
	return strings.Join(parts, "/"), nil
}

// Tag puts the tag with this path, made if there is none, on things, or takes
// it off them.
func (n *Notebook) Tag(ctx context.Context, path string, tagged bool, on ...Ref) error {
	_, err := n.Update(ctx, Op{Name: "tag"}, func(tx Tx) error {
		verb := map[bool]string{true: "Tag", false: "Untag"}[tagged]
		tx.Describe("%s %s “%s”", verb, countOf(len(on), "thing"), path)
		return setTag(tx, path, tagged, on...)
	})
	return err
}

func setTag(tx Tx, path string, tagged bool, on ...Ref) error {
	tags, err := tagsIn(tx)
	if err != nil {
		return err
	}
	return tags.set(path, tagged, on...)
}

// tagsByName are the tags of a notebook, read once for any number of paths.
type tagsByName struct {
	tx     Tx
	byName map[string]Tag // by FoldName of the path
}

func tagsIn(tx Tx) (*tagsByName, error) {
	all, err := tx.Tags()
	if err != nil {
		return nil, err
	}
	tags := &tagsByName{tx, make(map[string]Tag, len(all))}
	for _, t := range all {
		if name := FoldName(t.Path); tags.byName[name].ID == "" { // the first of that name
			tags.byName[name] = t.Tag
		}
	}
	return tags, nil
}

// set puts the tag with this path on things, or takes it off them.
func (t *tagsByName) set(path string, tagged bool, on ...Ref) error {
	tag, err := t.at(path, tagged)
	if err != nil {
		return err
	}
	tx := t.tx
	for _, ref := range on {
		if _, err := tx.Find(ref.ID); err != nil {
			return err
		}
		if err := tx.SetTagged(tag.ID, ref, tagged); err != nil {
			return err
		}
	}
	return nil
}

// at finds the tag with this path; create makes it and those above it.
func (t *tagsByName) at(path string, create bool) (Tag, error) {
	path, err := TagPath(path)
	if err != nil {
		return Tag{}, err
	}
	have, ok := t.byName[FoldName(path)]
	if ok {
		return have, nil
	}
	if !create {
		return Tag{}, noTag(path)
	}
	if at := strings.LastIndexByte(path, '/'); at > 0 {
		above, err := t.at(path[:at], true)
		if err != nil {
			return Tag{}, err
		}
		path = above.Path + path[at:] // in the letters that are there already
	}
	made := Tag{ID: NewID[TagID](), Path: path}
	t.byName[FoldName(path)] = made
	return made, t.tx.PutTag(made)
}

func noTag(path string) error {
	return Problem(ErrNotFound, "there is no tag %q in this notebook", path)
}

// tagNamed finds the tag with this path.
func tagNamed(r Reader, path string) (Tag, error) {
	all, err := r.Tags()
	if err != nil {
		return Tag{}, err
	}
	for _, t := range all {
		if FoldName(t.Path) == FoldName(path) {
			return t.Tag, nil
		}
	}
	return Tag{}, noTag(path)
}

// TagID finds the tag that a person means by its path.
func (n *Notebook) TagID(ctx context.Context, path string) (TagID, error) {
	path, err := TagPath(path)
	if err != nil {
		return "", err
	}
	var t Tag
	err = n.store.View(ctx, func(r Reader) error {
		t, err = tagNamed(r, path)
		return err
	})
	return t.ID, err
}

// PaintTags gives tags, by their paths, colours.
func (n *Notebook) PaintTags(ctx context.Context, colors map[string]Color) error {
	_, err := n.Update(ctx, Op{Name: "paint-tags", Label: "Colour tags"}, func(tx Tx) error {
		tags, err := tagsIn(tx)
		if err != nil {
			return err
		}
		for path, color := range colors {
			t, err := tags.at(path, false)
			if err != nil {
				return err
			}
			t.Color = color
			if err := tx.PutTag(t); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}
