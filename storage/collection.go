package storage

import "rejoinder/app"

const collectionColumns = "c.id, c.name, coalesce(c.parent, ''), c.query, c.created, c.modified, c.trashed"

func collectionFields(c *app.Collection) []any {
	return []any{&c.ID, &c.Name, &c.Parent, &c.Stored, moment{&c.Created}, moment{&c.Modified}, moment{&c.Trashed}}
}

// Collection implements app.Reader.
func (r *reader) Collection(id app.CollectionID) (app.Collection, error) {
	c, err := r.rawCollection(id)
	if err == nil {
		err = r.show(&c)
	}
	return c, err
}

// show fills in a saved search as it is shown.
func (r *reader) show(c *app.Collection) (err error) {
	if c.Stored != "" {
		c.Query, err = app.ShowQuery(r.Meant, c.Stored)
	}
	return err
}

func (r *reader) rawCollection(id app.CollectionID) (app.Collection, error) {
	return one(r, app.KindCollection, func(row scanner) (c app.Collection, err error) {
		err = row.Scan(collectionFields(&c)...)
		return c, err
	}, "SELECT "+collectionColumns+" FROM collections c WHERE c.id = ?", string(id))
}

// Collections implements app.Reader.
func (r *reader) Collections() ([]app.CollectionRow, error) {
	all, err := r.rawCollections()
	for i := range all {
		if err == nil {
			err = r.show(&all[i].Collection)
		}
	}
	return all, err
}

// SavedSearches implements app.Reader.
func (r *reader) SavedSearches() ([]app.Collection, error) {
	all, err := list(r, func(row scanner) (c app.Collection, err error) {
		err = row.Scan(collectionFields(&c)...)
		return c, err
	}, "SELECT "+collectionColumns+" FROM collections c WHERE c.query <> '' ORDER BY c.id")
	for i := range all {
		if err == nil {
			err = r.show(&all[i])
		}
	}
	return all, err
}

func (r *reader) rawCollections() ([]app.CollectionRow, error) {
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
		column{"name", c.Name}, column{"parent", reference(c.Parent)}, column{"query", c.Stored})
}

// SetCollected implements app.Tx.
func (t *tx) SetCollected(c app.CollectionID, article app.ArticleID, in bool) error {
	if in {
		return t.exec("INSERT INTO collected (collection, article) VALUES (?, ?) ON CONFLICT DO NOTHING",
			string(c), string(article))
	}
	return t.exec("DELETE FROM collected WHERE collection = ? AND article = ?", string(c), string(article))
}
