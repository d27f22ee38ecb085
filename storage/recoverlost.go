package storage

import (
	"cmp"
	"maps"
	"slices"

	"rejoinder/app"
)

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// mendArticles brings back the articles that are lost while something names them:
// as an import of their original would make them.
func (r *recovery) mendArticles() error {
	lost, err := list(&r.reader, scanText[app.ArticleID], `SELECT article FROM article_texts UNION SELECT article FROM annotations
		UNION SELECT article FROM collected UNION SELECT target FROM note_links WHERE kind = 'article'
		UNION SELECT target FROM taggings WHERE kind = 'article' EXCEPT SELECT id FROM articles ORDER BY 1`)
	if err != nil {
		return err
	}
	for _, id := range lost {
		texts, err := list(&r.reader, scanText[app.TextID], `SELECT text FROM (SELECT text, version FROM article_texts WHERE article = ?1
			UNION ALL SELECT text, 0 FROM annotations WHERE article = ?1) ORDER BY version DESC LIMIT 1`, string(id))
		if err != nil {
			return err
		}
		if len(texts) == 0 {
			if err := r.putLostArticle(id, ""); err != nil {
				return err
			}
			continue
		}
		if err := r.putArticleOf(id, texts[0]); err != nil {
			return err
		}
	}
	// An article's text in use is one of its versions.
	return r.exec(`INSERT INTO article_texts (article, version, text)
		SELECT a.id, 1 + (SELECT coalesce(max(version), 0) FROM article_texts v WHERE v.article = a.id), a.text FROM articles a
		WHERE NOT EXISTS (SELECT 1 FROM article_texts v WHERE v.article = a.id AND v.text = a.text)`)
}

// putArticleOf makes an article of a text that there is.
func (r *recovery) putArticleOf(id app.ArticleID, text app.TextID) error {
	t, err := r.Text(text)
	if err != nil {
		return err
	}
	data, err := r.originalData(t.Original)
	if err != nil || t.Reader == standInReader {
		return r.putLostArticle(id, text)
	}
	o, err := r.original(t.Original, t.Reader)
	if err != nil {
		return err
	}
	a, _, err := app.ReadAnew(r.ctx, r.importer, o, data, t.Provenance.As)
	if err != nil {
		return r.putLostArticle(id, text)
	}
	a.ID, a.Text = id, text
	r.report.NewArticles = append(r.report.NewArticles, id)
	return r.PutArticle(a)
}

// putLostArticle makes an article that only says that it was lost, of a text or,
// with "", of one that says the same.
func (r *recovery) putLostArticle(id app.ArticleID, text app.TextID) error {
	var t app.Text
	var err error
	if text == "" {
		t, err = r.putStandIn(app.NewID[app.TextID](), nil)
	} else {
		t, err = r.Text(text)
	}
	if err != nil {
		return err
	}
	r.report.StandIns = append(r.report.StandIns, app.RefTo(app.KindArticle, id))
	return r.PutArticle(app.Article{ID: id, Title: lostName(string(id)), Kind: app.KindDocument, Original: t.Original, Text: t.ID})
}

// adopt makes articles of texts and of originals that nothing names any more. It
// does so only where what named them may be lost: else they are what an import
// that was undone has left.
func (r *recovery) adopt() error {
	broken := func(table string) bool { return r.found.Broken[table] }
	if r.from != "" && !slices.ContainsFunc([]string{"articles", "article_texts", "texts", "originals"}, broken) {
		return nil
	}
	if r.found.Broken["articles"] || r.found.Broken["article_texts"] {
		texts, err := list(&r.reader, scanText[app.TextID], `SELECT id FROM texts EXCEPT SELECT text FROM article_texts
			EXCEPT SELECT text FROM articles ORDER BY 1`)
		if err != nil {
			return err
		}
		for _, id := range texts {
			if err := r.putArticleOf(app.NewID[app.ArticleID](), id); err != nil {
				return err
			}
		}
	}
	spare, err := r.spareOriginals()
	if err != nil {
		return err
	}
	for _, sha := range spare {
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := r.adoptOriginal(sha); err != nil {
			return err
		}
	}
	return nil
}

func (r *recovery) adoptOriginal(sha string) error {
	data, err := r.originalData(sha)
	if err != nil {
		return nil //nolint:nilerr // it is no original any more, and check says so where one is named
	}
	o, err := r.original(sha, "")
	if err != nil {
		return err
	}
	a, t, err := app.ReadAnew(r.ctx, r.importer, o, data, app.ReadAs{})
	if err != nil {
		r.say("The original %s (%s) could not be read: %s", sha, o.Name, app.Sentence(err))
		return nil
	}
	r.report.NewArticles = append(r.report.NewArticles, a.ID)
	r.imported++
	if err := r.PutText(t); err != nil {
		return err
	}
	return r.PutArticle(a)
}

// mendReferences gives every row that refers to something lost a stand-in for it,
// and drops those that say something only about what is lost.
func (r *recovery) mendReferences() error {
	type broken struct {
		table, parent string
		rowid         int64
		column        int
	}
	const rounds = 8 // a stand-in refers at most to another
	for range rounds {
		rows, err := list(&r.reader, func(row scanner) (b broken, err error) {
			err = row.Scan(&b.table, &b.rowid, &b.parent, &b.column)
			return b, err
		}, "PRAGMA foreign_key_check")
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, b := range rows {
			names, err := list(&r.reader, scanText[string], `SELECT "from" FROM pragma_foreign_key_list(?) WHERE id = ?`, b.table, b.column)
			if err != nil {
				return err
			}
			ids, err := list(&r.reader, scanText[string], "SELECT "+names[0]+" FROM "+b.table+" WHERE rowid = ?", b.rowid)
			if err != nil {
				return err
			}
			if len(ids) == 0 {
				continue
			}
			made, err := r.putLost(kindOf(b.parent), ids[0])
			if err != nil {
				return err
			}
			if !made {
				if err := r.drop(b.table, b.rowid); err != nil {
					return err
				}
			}
		}
	}
	return app.Problem(app.ErrDamaged, "rows that refer to nothing could not be mended")
}

func (r *recovery) drop(table string, rowid int64) error {
	r.report.Dropped[table]++
	return r.exec("DELETE FROM "+table+" WHERE rowid = ?", rowid)
}

// putLost puts a stand-in for a thing of a kind that can have one.
func (r *recovery) putLost(kind app.Kind, id string) (made bool, err error) {
	if slices.Contains(r.report.StandIns, app.Ref{Kind: kind, ID: id}) { // several name it
		return true, nil
	}
	name := lostName(id)
	switch kind {
	case app.KindActor:
		err = r.PutActor(app.Actor{ID: app.ActorID(id), Name: name})
	case app.KindClaim:
		err = r.PutClaim(app.Claim{ID: app.ClaimID(id), Text: name})
	case app.KindStory:
		err = r.PutStory(app.Story{ID: app.StoryID(id), Name: name})
	case app.KindCollection:
		err = r.PutCollection(app.Collection{ID: app.CollectionID(id), Name: name})
	case app.KindNote:
		err = r.put("notes", id, r.at, column{"body", name}) // PutNote would take its links away
	case app.KindTag:
		err = r.PutTag(app.Tag{ID: app.TagID(id), Path: name})
	case app.KindArticle:
		return true, r.putLostArticle(app.ArticleID(id), "")
	case app.KindAnnotation:
		err = r.putLostMark(app.AnnotationID(id))
	default:
		return false, nil
	}
	r.report.StandIns = append(r.report.StandIns, app.Ref{Kind: kind, ID: id})
	return true, err
}

// putLostMark marks, for a passage that is lost, words that say so.
func (r *recovery) putLostMark(id app.AnnotationID) error {
	var b app.Builder
	b.Add(app.BlockHeading, 1, "Passages that were lost in the damage")
	b.Add(app.BlockParagraph, 0, lostName(string(id)))
	t, err := r.putWords(app.NewID[app.TextID](), b.Content())
	if err != nil {
		return err
	}
	if r.standIn.ID == "" {
		r.standIn = app.Article{ID: app.NewID[app.ArticleID](), Title: "Passages that were lost in the damage", Kind: app.KindDocument, Original: t.Original, Text: t.ID}
		r.report.StandIns = append(r.report.StandIns, app.RefTo(app.KindArticle, r.standIn.ID))
		err = r.PutArticle(r.standIn)
	} else {
		err = r.addVersion(r.standIn.ID, t.ID)
	}
	if err != nil {
		return err
	}
	anchor, err := app.NewAnchor(t.Plain, t.Blocks[1].Start, t.Blocks[1].End)
	if err != nil {
		return err
	}
	return r.PutAnnotation(app.Annotation{ID: id, Article: r.standIn.ID, Text: t.ID, Kind: app.Highlight, Color: app.Colors[0], Anchor: anchor, State: app.AnchorExact})
}

// mendLinks gives what notes and tags are on a stand-in where it is lost. SQLite
// does not know these references.
func (r *recovery) mendLinks() error {
	for _, table := range []string{"note_links", "taggings"} {
		type link struct {
			rowid    int64
			kind, id string
		}
		links, err := list(&r.reader, func(row scanner) (l link, err error) {
			err = row.Scan(&l.rowid, &l.kind, &l.id)
			return l, err
		}, "SELECT rowid, kind, target FROM "+table+" WHERE target NOT IN ("+allIDs()+")")
		if err != nil {
			return err
		}
		for _, l := range links {
			if _, err := r.Find(l.id); err == nil { // named twice, and made by now
				continue
			}
			made, err := r.putLost(app.Kind(l.kind), l.id)
			if err != nil {
				return err
			}
			if !made {
				if err := r.drop(table, l.rowid); err != nil {
					return err
				}
			}
		}
	}
	// What is in the trash only because something lost is would never be seen again.
	for _, thing := range things {
		if err := r.exec("UPDATE " + thing.table + " SET trashed_with = NULL WHERE trashed_with NOT IN (" + allIDs() + ")"); err != nil {
			return err
		}
	}
	return r.mendReferences()
}

// tally counts what was got back, without stand-ins.
func (r *recovery) tally() (err error) {
	for _, thing := range things {
		if r.report.GotBack[thing.kind], err = r.count("SELECT count(*) FROM " + thing.table); err != nil {
			return err
		}
	}
	for _, ref := range r.report.StandIns {
		if ref.Kind != "text" {
			r.report.GotBack[ref.Kind]--
		}
	}
	r.report.Texts, err = r.count("SELECT count(*) FROM texts WHERE reader <> ?", standInReader)
	r.report.Texts -= len(r.report.Reread) + r.imported
	if err != nil {
		return err
	}
	return r.nameNew()
}

// nameNew tells the titles of the articles that were made again, and that stand in.
func (r *recovery) nameNew() error {
	r.report.Titles = map[app.ArticleID]string{}
	for _, id := range r.report.NewArticles {
		a, err := r.Article(id)
		if err != nil {
			return err
		}
		r.report.Titles[id] = a.Title
	}
	return nil
}
