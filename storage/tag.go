package storage

import "rejoinder/app"

const tagColumns = "t.id, t.path, t.color, t.created, t.modified, t.trashed"

func tagFields(t *app.Tag) []any {
	return []any{&t.ID, &t.Path, &t.Color, moment{&t.Created}, moment{&t.Modified}, moment{&t.Trashed}}
}

func scanTag(row scanner) (t app.Tag, err error) {
	err = row.Scan(tagFields(&t)...)
	return t, err
}

// Tag implements app.Reader.
func (r *reader) Tag(id app.TagID) (app.Tag, error) {
	return one(r, app.KindTag, scanTag, "SELECT "+tagColumns+" FROM tags t WHERE t.id = ?", string(id))
}

// Tags implements app.Reader.
func (r *reader) Tags() ([]app.TagRow, error) {
	return list(r, func(row scanner) (t app.TagRow, err error) {
		err = row.Scan(append(tagFields(&t.Tag), &t.Count)...)
		return t, err
	}, "SELECT "+tagColumns+`, (SELECT count(*) FROM taggings WHERE tag = t.id)
		FROM tags t WHERE t.trashed IS NULL ORDER BY t.path COLLATE NOCASE`)
}

// TagsOn implements app.Reader.
func (r *reader) TagsOn(ref app.Ref) ([]app.Tag, error) {
	return list(r, scanTag, "SELECT "+tagColumns+` FROM tags t JOIN taggings g ON g.tag = t.id
		WHERE t.trashed IS NULL AND g.target = ? ORDER BY t.path COLLATE NOCASE`, ref.ID)
}

// TagPaths implements app.Reader.
func (r *reader) TagPaths(kind app.Kind) (map[string][]string, error) {
	out := map[string][]string{}
	_, err := list(r, func(row scanner) (struct{}, error) {
		var target, path string
		err := row.Scan(&target, &path)
		out[target] = append(out[target], path)
		return struct{}{}, err
	}, `SELECT g.target, t.path FROM taggings g JOIN tags t ON t.id = g.tag
		WHERE g.kind = ? AND t.trashed IS NULL ORDER BY t.path COLLATE NOCASE`, string(kind))
	return out, err
}

// Tagged implements app.Reader.
func (r *reader) Tagged(ids ...app.TagID) ([]app.Ref, error) {
	return list(r, func(row scanner) (ref app.Ref, err error) {
		err = row.Scan(&ref.Kind, &ref.ID)
		return ref, err
	}, `SELECT DISTINCT g.kind, g.target FROM tags top
		JOIN tags t ON t.id = top.id OR substr(t.path, 1, length(top.path) + 1) = top.path || '/'
		JOIN taggings g ON g.tag = t.id WHERE top.id`+inList+` AND t.trashed IS NULL ORDER BY g.target`, asList(ids))
}

// PutTag implements app.Tx.
func (t *tx) PutTag(x app.Tag) error {
	return t.put("tags", string(x.ID), x.Created, column{"path", x.Path}, column{"color", string(x.Color)})
}

// SetTagged implements app.Tx.
func (t *tx) SetTagged(tag app.TagID, on app.Ref, tagged bool) error {
	if tagged {
		return t.exec("INSERT INTO taggings (tag, kind, target) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
			string(tag), string(on.Kind), on.ID)
	}
	return t.exec("DELETE FROM taggings WHERE tag = ? AND target = ?", string(tag), on.ID)
}
