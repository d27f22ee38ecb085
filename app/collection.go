package app

import (
	"context"
	"slices"
	"time"
)

// Collection is a named, nested group of articles. One with a query fills
// itself from a search and holds no articles of its own.
type Collection struct {
	ID       CollectionID
	Name     string
	Parent   CollectionID // "" at the top
	Query    string       // as it is shown and edited; "" unless it is a saved search
	Stored   string       // Query with identifiers for names (StoreQuery); the notebook keeps it in step
	Created  time.Time
	Modified time.Time
	Trashed  time.Time
}

// Validate reports what keeps the collection from being stored.
func (c Collection) Validate() error {
	if !shows(c.Name) {
		return Problem(ErrInvalid, "a collection needs a name")
	}
	if c.Parent == c.ID && c.ID != "" {
		return Problem(ErrInvalid, "a collection cannot stand inside itself")
	}
	return nil
}

// Story joins articles that are copies of one report; on the board it counts
// as one independent source.
type Story struct {
	ID       StoryID
	Name     string
	Created  time.Time
	Modified time.Time
	Trashed  time.Time
}

// AddCollection makes a collection inside parent, or at the top.
func (n *Notebook) AddCollection(ctx context.Context, c Collection) (Collection, error) {
	c.ID, c.Name = NewID[CollectionID](), CleanName(c.Name)
	_, err := n.Update(ctx, Op{Name: "add-collection", Label: "Add collection " + c.Name}, func(tx Tx) (err error) {
		if err := c.Validate(); err != nil {
			return err
		}
		if c.Parent != "" {
			if _, err := collectionInUse(tx, c.Parent); err != nil {
				return err
			}
		}
		if err := pinStored(tx); err != nil { // its name may be another's too
			return err
		}
		if c.Stored, err = StoreQuery(tx.Meant, c.Query, ""); err != nil {
			return err
		}
		return tx.PutCollection(c)
	})
	return c, err
}

// collectionInUse returns a collection that is not in the trash.
func collectionInUse(r Reader, id CollectionID) (Collection, error) {
	c, err := r.Collection(id)
	if err == nil && !c.Trashed.IsZero() {
		err = inTrash(c.Name)
	}
	return c, err
}

// collectable returns a collection that articles can be put into.
func collectable(r Reader, id CollectionID) (Collection, error) {
	c, err := collectionInUse(r, id)
	if err == nil && c.Query != "" {
		err = Problem(ErrInvalid, "%s fills itself from a search: articles cannot be put into it", c.Name)
	}
	return c, err
}

// EditCollection renames a collection, moves it into another or changes its
// query.
func (n *Notebook) EditCollection(ctx context.Context, id CollectionID, edit func(*Collection)) (Collection, error) {
	var c Collection
	_, err := n.Update(ctx, Op{Name: "edit-collection"}, func(tx Tx) (err error) {
		if err := pinStored(tx); err != nil {
			return err
		}
		if c, err = tx.Collection(id); err != nil {
			return err
		}
		was := c
		edit(&c)
		c.ID, c.Name = id, CleanName(c.Name)
		if err := c.Validate(); err != nil {
			return err
		}
		for at := c.Parent; at != ""; {
			above, err := collectionInUse(tx, at)
			if err != nil {
				return err
			}
			if above.Parent == id {
				return Problem(ErrInvalid, "%s cannot stand inside a collection that stands in it", c.Name)
			}
			at = above.Parent
		}
		if c.Stored = was.Stored; c.Query != was.Query {
			if c.Stored, err = StoreQuery(tx.Meant, c.Query, was.Stored); err != nil {
				return err
			}
		}
		tx.Describe("Edit collection %s", c.Name)
		return tx.PutCollection(c)
	})
	return c, err
}

// Collect puts articles into a collection or takes them out of it.
func (n *Notebook) Collect(ctx context.Context, id CollectionID, in bool, articles ...ArticleID) error {
	_, err := n.Update(ctx, Op{Name: "collect"}, func(tx Tx) error {
		c, err := collectable(tx, id)
		if err != nil {
			return err
		}
		for _, a := range articles {
			if _, err := tx.Article(a); err != nil {
				return err
			}
			if err := tx.SetCollected(id, a, in); err != nil {
				return err
			}
		}
		verb := map[bool]string{true: "Put %s into %s", false: "Take %s out of %s"}[in]
		tx.Describe(verb, countOf(len(articles), "article"), c.Name)
		return nil
	})
	return err
}

// JoinStory says that articles are copies of one report: they become the story
// of the first one that has any, or a new one named after the first article.
func (n *Notebook) JoinStory(ctx context.Context, articles ...ArticleID) (Story, error) {
	var story Story
	_, err := n.Update(ctx, Op{Name: "join-story"}, func(tx Tx) error {
		var all []Article
		for i, id := range articles {
			if slices.Contains(articles[:i], id) {
				continue
			}
			a, err := tx.Article(id)
			if err != nil {
				return err
			}
			if a.Story != "" && story.ID == "" {
				if story, err = tx.Story(a.Story); err != nil {
					return err
				}
				if !story.Trashed.IsZero() {
					story = Story{}
				}
			}
			all = append(all, a)
		}
		if len(all) < 2 {
			return Problem(ErrInvalid, "a story joins at least two articles")
		}
		if story.ID == "" {
			story = Story{ID: NewID[StoryID](), Name: all[0].Title}
			if err := tx.PutStory(story); err != nil {
				return err
			}
		}
		for _, a := range all {
			a.Story = story.ID
			if err := tx.PutArticle(a); err != nil {
				return err
			}
		}
		tx.Describe("Join %s as one story", countOf(len(all), "article"))
		return nil
	})
	return story, err
}
