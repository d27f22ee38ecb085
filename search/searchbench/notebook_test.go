//go:build bench

package searchbench

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"rejoinder/app"
	"rejoinder/storage"
)

// built is a corpus of one size on disk: the notebook, its index and the peers'.
type built struct {
	corpus   *corpus
	articles int
	folder   string
	facts    builtFacts
}

// builtFacts are what is known of a built notebook, kept beside it.
type builtFacts struct {
	Articles  int           `json:"articles"`
	TextBytes int64         `json:"textBytes"` // of all plain texts
	Took      time.Duration `json:"took"`      // to make and to store them
	Stored    time.Duration `json:"stored"`    // of it in the store
	Passages  string        `json:"passages"`  // the fingerprint of what they are made of
}

func (b *built) notebook() string   { return filepath.Join(b.folder, "notebook") }
func (b *built) index() string      { return filepath.Join(b.folder, "index") }
func (b *built) fts5() string       { return filepath.Join(b.folder, "fts5.db") }
func (b *built) stockBleve() string { return filepath.Join(b.folder, "bleve") }
func (b *built) lucene() string     { return filepath.Join(b.folder, "lucene") }

// folderOf is where what was built of this size is kept.
func (s settings) folderOf(articles int) string {
	return filepath.Join(s.cache, fmt.Sprintf("corpus%d-%d", corpusForm, articles))
}

// build makes the notebook of this many articles unless the cache has it whole.
func build(t testing.TB, s settings, c *corpus, articles int) *built {
	t.Helper()
	b := &built{corpus: c, articles: articles, folder: s.folderOf(articles)}
	record := filepath.Join(b.folder, "notebook.json")
	if data, err := os.ReadFile(record); err == nil && json.Unmarshal(data, &b.facts) == nil {
		if b.facts.Passages != c.fingerprint() {
			t.Fatalf("%s was built from other passages: the pages, the abstracts or the importer changed. Remove it, or name another BENCH_CACHE", b.folder)
		}
		t.Logf("notebook of %d articles: as built before", articles)
		return b
	}
	must(t, os.RemoveAll(b.notebook()))
	must(t, os.MkdirAll(b.folder, 0o700))
	store, err := storage.Open(t.Context(), b.notebook())
	must(t, err)
	began := time.Now()
	must(t, b.store(t.Context(), store))
	must(t, store.Close())
	b.facts.Took = time.Since(began)
	b.facts.Articles, b.facts.Passages = articles, c.fingerprint()
	data, err := json.Marshal(b.facts)
	must(t, err)
	must(t, os.WriteFile(record, data, 0o600))
	return b
}

// storeAtOnce is how many articles go into one transaction.
const storeAtOnce = 1000

// store makes all articles and stores them, making the next ones meanwhile.
func (b *built) store(ctx context.Context, store *storage.Store) error {
	if _, err := store.Update(ctx, app.Op{Name: "import", Bulk: true}, putShelves); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	made := make(chan []madeArticle, 2)
	go func() {
		defer close(made)
		for from := 0; from < b.articles; from += storeAtOnce {
			var batch []madeArticle
			for n := from; n < min(from+storeAtOnce, b.articles); n++ {
				batch = append(batch, b.corpus.article(n))
			}
			select {
			case made <- batch:
			case <-ctx.Done():
				return
			}
		}
	}()
	for batch := range made {
		began := time.Now()
		_, err := store.Update(ctx, app.Op{Name: "import", Label: "Import articles", Group: "searchbench", Bulk: true},
			func(tx app.Tx) error {
				for _, a := range batch {
					if err := putArticle(tx, a); err != nil {
						return err
					}
					b.facts.TextBytes += int64(len(a.content.Plain))
				}
				return nil
			})
		if err != nil {
			return err
		}
		b.facts.Stored += time.Since(began)
	}
	return ctx.Err()
}

// putShelves makes all tags and collections.
func putShelves(tx app.Tx) error {
	for n := range corpusTags {
		if err := tx.PutTag(app.Tag{ID: app.TagID(madeID('a', n)), Path: tagPath(n)}); err != nil {
			return err
		}
	}
	for n := range corpusCollections {
		c := app.Collection{ID: app.CollectionID(madeID('b', n)), Name: fmt.Sprintf("Shelf %d", n)}
		if n >= 10 {
			c.Parent = app.CollectionID(madeID('b', n%10))
		}
		if err := tx.PutCollection(c); err != nil {
			return err
		}
	}
	return nil
}

// putArticle stores an article as an import does, but for the file of its
// original: a million small files would measure the file system.
func putArticle(tx app.Tx, made madeArticle) error {
	sum := sha256.Sum256([]byte(fmt.Sprint(made.number, made.title)))
	original := app.Original{SHA256: hex.EncodeToString(sum[:]), Name: fmt.Sprintf("%07d.md", made.number),
		MediaType: "text/markdown", Size: int64(len(made.content.Plain))}
	if err := tx.PutOriginal(original); err != nil {
		return err
	}
	text := app.Text{ID: app.TextID(madeID('d', made.number)), Original: original.SHA256, Reader: "markdown/1",
		Words: app.CountWords(made.content.Plain), Content: made.content}
	if err := tx.PutText(text); err != nil {
		return err
	}
	article := app.Article{ID: articleID(made.number), Title: made.title, Publisher: made.publisher, Published: made.published,
		DateSource: app.DateDeclared, Language: made.language, Kind: app.KindNewspaper, Original: original.SHA256, Text: text.ID,
		Created: corpusBegin.Add(time.Duration(made.number) * time.Minute)}
	if err := tx.PutArticle(article); err != nil {
		return err
	}
	for _, tag := range made.tags {
		if err := tx.SetTagged(app.TagID(madeID('a', tag)), app.RefTo(app.KindArticle, article.ID), true); err != nil {
			return err
		}
	}
	if made.collection < 0 {
		return nil
	}
	return tx.SetCollected(app.CollectionID(madeID('b', made.collection)), article.ID, true)
}

func articleID(number int) app.ArticleID { return app.ArticleID(madeID('c', number)) }

// madeID is an identifier that says its number, in the form of a UUIDv7 that
// grows with it; kind is a hexadecimal digit.
func madeID(kind rune, number int) string {
	at := uint64(corpusBegin.UnixMilli()) + uint64(number)
	return fmt.Sprintf("%08x-%04x-7000-8000-%c%011x", at>>16, at&0xffff, kind, number)
}
