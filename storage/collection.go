package storage

import "rejoinder/app"

const collectionColumns = "c.id, c.name, coalesce(c.parent, ''), c.query, c.created, c.modified, c.trashed"

func collectionFields(c *app.Collection) []any {
	return []any{&c.ID, &c.Name, &c.Parent, &c.Query, moment{&c.Created}, moment{&c.Modified}, moment{&c.Trashed}}
}

// Collection implements app.Reader.
func (r *reader) Collection(id app.CollectionID) (app.Collection, error) {
	return one(r, app.KindCollection, func(row scanner) (c app.Collection, err error) {
		err = row.Scan(collectionFields(&c)...)
		return c, err
	}, "SELECT "+collectionColumns+" FROM collections c WHERE c.id = ?", string(id))
}

// Collections implements app.Reader.
func (r *reader) Collections() ([]app.CollectionRow, error) {
	return list(r, func(row scanner) (c app.CollectionRow, err error) {
		err = row.Scan(append(collectionFields(&c.Collection), &c.Count)...)
		return c, err
	}, "SELECT "+collectionColumns+`, (SELECT count(*) FROM collected x JOIN articles a ON a.id = x.article
			WHERE x.collection = c.id AND a.trashed IS NULL)
		FROM collections c WHERE c.trashed IS NULL ORDER BY c.name COLLATE NOCASE, c.id`)
}

// Collected implements app.Reader.
func (r *reader) Collected(id app.CollectionID) ([]app.ArticleID, error) {
	condition, args := articleWhere(app.ArticleQuery{Collection: id})
	return list(r, scanText[app.ArticleID], "SELECT a.id FROM articles a"+condition+" ORDER BY a.id", args...)
}

// PutCollection implements app.Tx.
func (t *tx) PutCollection(c app.Collection) error {
	return t.put("collections", string(c.ID), c.Created,
		column{"name", c.Name}, column{"parent", reference(c.Parent)}, column{"query", c.Query})
}

// SetCollected implements app.Tx.
func (t *tx) SetCollected(c app.CollectionID, article app.ArticleID, in bool) error {
	if in {
		return t.exec("INSERT INTO collected (collection, article) VALUES (?, ?) ON CONFLICT DO NOTHING",
			string(c), string(article))
	}
	return t.exec("DELETE FROM collected WHERE collection = ? AND article = ?", string(c), string(article))
}
