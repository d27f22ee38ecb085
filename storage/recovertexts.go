package storage

import (
	"errors"

	"rejoinder/app"
)

// mendTexts brings back the texts that are lost, or not what was read, while an
// article, a version or a mark names them: from their originals, else as they
// were found, else as a text that says so and has the marked passages.
func (r *recovery) mendTexts() error {
	// Texts of older formats have no hash.
	if err := r.exec("UPDATE texts SET sha256 = text_sha256(plain, blocks, spans, provenance) WHERE sha256 = ''"); err != nil {
		return err
	}
	if err := r.dropBareVersions(); err != nil {
		return err
	}
	lost, err := list(&r.reader, scanText[app.TextID], `SELECT text FROM articles UNION SELECT text FROM article_texts UNION SELECT text FROM annotations
		UNION SELECT text FROM carried EXCEPT SELECT id FROM texts ORDER BY 1`)
	if err != nil {
		return err
	}
	for i, id := range lost {
		r.progress.Step(i, len(lost), "texts read again")
		if err := r.ctx.Err(); err != nil {
			return err
		}
		if err := r.mendText(id); err != nil {
			return err
		}
	}
	return nil
}

// dropBareVersions drops the versions that only say that some article had some
// text: both are lost, and nothing tells which original they were made of.
func (r *recovery) dropBareVersions() error {
	type version struct {
		rowid int64
		text  app.TextID
	}
	bare, err := list(&r.reader, func(row scanner) (v version, err error) {
		err = row.Scan(&v.rowid, &v.text)
		return v, err
	}, `SELECT v.rowid, v.text FROM article_texts v WHERE v.article NOT IN (SELECT id FROM articles) AND v.text NOT IN (SELECT id FROM texts)
		AND NOT EXISTS (SELECT 1 FROM annotations n WHERE n.article = v.article OR n.text = v.text)`)
	if err != nil {
		return err
	}
	for _, v := range bare {
		if _, found := r.wrong[v.text]; !found {
			if err := r.drop("article_texts", v.rowid); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *recovery) mendText(id app.TextID) error {
	marks, err := r.marksOn(id)
	if err != nil {
		return err
	}
	w, found := r.wrong[id]
	best, err := r.likeliest(id, w, marks)
	switch {
	case err != nil:
		return err
	case best.ID != "":
		best.ID = id
		r.report.Reread = append(r.report.Reread, id)
		return r.PutText(best)
	case found && r.putAsFound(w) == nil:
		r.say("The text %s could not be read again: it stands as it was found on damaged pages and may be wrong.", id)
		return nil
	}
	_, err = r.putStandIn(id, marks)
	return err
}

// marksOn lists the annotations of a text, those in the trash too.
func (r *recovery) marksOn(id app.TextID) ([]app.Annotation, error) {
	ids, err := list(&r.reader, scanText[app.AnnotationID], "SELECT id FROM annotations WHERE text = ? ORDER BY start_at, id", string(id))
	if err != nil {
		return nil, err
	}
	var out []app.Annotation
	for _, id := range ids {
		a, err := r.Annotation(id)
		if err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// likeliest reads the originals that a text can be of, and returns the reading in
// which most of the quotes stand; none has no ID. Those that the notebook names
// come first; others must show a quote.
func (r *recovery) likeliest(id app.TextID, w wrongText, marks []app.Annotation) (best app.Text, err error) {
	named, err := list(&r.reader, scanText[string], `SELECT original FROM articles WHERE text = ?1
		UNION SELECT a.original FROM articles a JOIN article_texts v ON v.article = a.id WHERE v.text = ?1
		UNION SELECT a.original FROM articles a JOIN annotations n ON n.article = a.id WHERE n.text = ?1`, string(id))
	if err != nil {
		return best, err
	}
	if w.text.Original != "" {
		named = append([]string{w.text.Original}, named...)
	}
	most := -1
	try := func(sha string, least int) {
		for _, as := range waysToRead(w) {
			t, ok := r.readAgain(sha, w.text.Reader, as)
			if !ok {
				continue
			}
			if n := standing(marks, t.Plain); n >= least && n > most {
				best, most = t, n
			}
			if most == len(marks) {
				return
			}
		}
	}
	for _, sha := range named {
		if try(sha, 0); most == len(marks) {
			return best, nil
		}
	}
	if most > 0 || len(marks) == 0 {
		return best, r.ctx.Err()
	}
	spare, err := r.spareOriginals()
	if err != nil {
		return best, err
	}
	for _, sha := range spare {
		if err := r.ctx.Err(); err != nil {
			return best, err
		}
		if try(sha, 1); most == len(marks) {
			break
		}
	}
	return best, nil
}

// waysToRead are the choices that a text may have been read with.
func waysToRead(w wrongText) []app.ReadAs {
	out := []app.ReadAs{{}, {Whole: true}}
	if as := w.text.Provenance.As; as.Encoding != "" || as.Whole || len(as.TakeIn) > 0 {
		out = append([]app.ReadAs{as}, out...)
	}
	return out
}

func (r *recovery) readAgain(sha, reader string, as app.ReadAs) (app.Text, bool) {
	data, err := r.originalData(sha)
	if err != nil {
		return app.Text{}, false
	}
	o, err := r.original(sha, reader)
	if err != nil {
		return app.Text{}, false
	}
	_, t, err := app.ReadAnew(r.ctx, r.importer, o, data, as)
	return t, err == nil
}

// standing counts the marks whose quotes stand at their places.
func standing(marks []app.Annotation, plain string) int {
	n := 0
	for _, m := range marks {
		if m.Anchor.Verify(plain) {
			n++
		}
	}
	return n
}

// putAsFound puts a text that is wrong somewhere, with the hash of what it is.
func (r *recovery) putAsFound(w wrongText) error {
	values := append([]any(nil), w.values...)
	for len(values) < 10 {
		values = append(values, []any{"{}", ""}[len(values)-8])
	}
	err := r.exec(`INSERT INTO texts (id, original, reader, words, plain, blocks, spans, created, provenance, sha256)
		VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, text_sha256(?5, ?6, ?7, ?9))`, values[:9]...)
	if err != nil {
		return err
	}
	if _, err = r.Text(w.text.ID); err != nil { // its structure cannot be read
		return errors.Join(err, r.exec("DELETE FROM texts WHERE id = ?", string(w.text.ID)))
	}
	return nil
}

// standInReader marks texts that only hold the place of lost ones.
const standInReader = "stand-in/1"

// lostName is what is put in the place of something that was lost.
func lostName(id string) string { return "Lost in the damage · " + short(id) }

// putStandIn puts a text in the place of one that is lost. It says so, and has the
// passages of its marks, which need to be looked at.
func (r *recovery) putStandIn(id app.TextID, marks []app.Annotation) (app.Text, error) {
	var b app.Builder
	b.Add(app.BlockHeading, 1, lostName(string(id)))
	for _, m := range marks {
		b.Add(app.BlockParagraph, 0, m.Anchor.Prefix+m.Anchor.Quote+m.Anchor.Suffix)
	}
	t, err := r.putWords(id, b.Content())
	if err != nil {
		return t, err
	}
	r.report.StandIns = append(r.report.StandIns, app.Ref{Kind: "text", ID: string(id)})
	at := 1
	for _, m := range marks {
		if at >= len(t.Blocks) {
			break
		}
		start := t.Blocks[at].Start + app.RuneCount(m.Anchor.Prefix)
		at++
		if err := r.moveMark(m, t, start); err != nil {
			return t, err
		}
	}
	return t, nil
}

// putWords puts a text of our own, with an original that holds it.
func (r *recovery) putWords(id app.TextID, c app.Content) (app.Text, error) {
	o, err := r.keepOriginal("lost-in-the-damage.txt", []byte(c.Plain))
	if err != nil {
		return app.Text{}, err
	}
	t := app.Text{ID: id, Original: o.SHA256, Reader: standInReader, Words: app.CountWords(c.Plain), Content: c}
	return t, errors.Join(r.PutOriginal(o), r.PutText(t))
}

func (r *recovery) keepOriginal(name string, data []byte) (app.Original, error) {
	s := Store{dir: r.dir}
	o, err := s.KeepOriginal(name, data)
	o.MediaType = "text/plain"
	return o, err
}

// moveMark puts a mark at the place in a text where its quote begins. Somebody has
// to look at it.
func (r *recovery) moveMark(m app.Annotation, t app.Text, start int) error {
	anchor, err := app.NewAnchor(t.Plain, start, start+app.RuneCount(m.Anchor.Quote))
	if err != nil || anchor.Quote != m.Anchor.Quote {
		r.say("The quote of the mark %s does not stand anywhere any more: “%s”.", m.ID, m.Anchor.Quote)
		if anchor, err = app.NewAnchor(t.Plain, 0, app.RuneCount(t.Plain)); err != nil {
			return err
		}
	}
	r.report.Review = append(r.report.Review, m.ID)
	return r.exec(`UPDATE annotations SET text = ?, start_at = ?, end_at = ?, quote = ?, prefix = ?, suffix = ?, state = ?, text_changed = 0
		WHERE id = ?`, string(t.ID), anchor.Start, anchor.End, anchor.Quote, anchor.Prefix, anchor.Suffix, string(app.AnchorNeedsReview), string(m.ID))
}

// mendAnchors looks for the marks whose quotes do not stand in texts that were
// read again, or that may be wrong themselves. Where the same words are elsewhere
// in the text the mark moves there; else it goes to a text that has its passage.
func (r *recovery) mendAnchors() error {
	look := map[app.TextID]bool{}
	for _, id := range r.report.Reread {
		look[id] = true
	}
	for id := range r.wrong {
		look[id] = true
	}
	for id := range r.doubted {
		if a, err := r.Annotation(app.AnnotationID(id)); err == nil {
			look[a.Text] = true
		}
	}
	for _, id := range sortedKeys(look) {
		marks, err := r.marksOn(id)
		if err != nil {
			return err
		}
		if len(marks) == 0 {
			continue
		}
		t, err := r.Text(id)
		if err != nil {
			return err
		}
		lost := map[app.ArticleID][]app.Annotation{}
		for _, m := range marks {
			if m.Anchor.Verify(t.Plain) {
				continue
			}
			if found := m.Anchor.Reanchor("", t.Plain); found.State == app.AnchorExact && found.Anchor.Quote == m.Anchor.Quote {
				if err := r.moveMark(m, t, found.Anchor.Start); err != nil {
					return err
				}
				continue
			}
			lost[m.Article] = append(lost[m.Article], m)
		}
		for _, article := range sortedKeys(lost) {
			stand, err := r.putStandIn(app.NewID[app.TextID](), lost[article])
			if err != nil {
				return err
			}
			if err := r.addVersion(article, stand.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// addVersion makes a text a version of an article, behind those that are known.
func (r *recovery) addVersion(article app.ArticleID, text app.TextID) error {
	return r.exec(`INSERT INTO article_texts (article, version, text)
		SELECT ?1, 1 + (SELECT coalesce(max(version), 0) FROM article_texts WHERE article = ?1), ?2
		WHERE NOT EXISTS (SELECT 1 FROM article_texts WHERE article = ?1 AND text = ?2)`, string(article), string(text))
}
