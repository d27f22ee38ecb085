package storage

import "rejoinder/app"

// AddVersion implements app.Tx.
func (t *tx) AddVersion(article app.ArticleID, text app.TextID) error {
	return t.exec(`INSERT INTO article_texts (article, version, text)
		SELECT ?1, 1 + (SELECT count(*) FROM article_texts WHERE article = ?1), ?2
		WHERE NOT EXISTS (SELECT 1 FROM article_texts WHERE article = ?1 AND text = ?2)`, string(article), string(text))
}

// Versions implements app.Reader.
func (r *reader) Versions(article app.ArticleID) ([]app.Version, error) {
	return list(r, func(row scanner) (v app.Version, err error) {
		err = row.Scan(&v.Number, &v.Text, &v.Original, &v.Name, &v.Reader, &v.Words, &v.MediaType, asJSON{&v.Provenance}, moment{&v.Created})
		return v, err
	}, `SELECT v.version, t.id, t.original, o.name, t.reader, t.words, o.media_type, t.provenance, t.created
		FROM article_texts v JOIN texts t ON t.id = v.text JOIN originals o ON o.sha256 = t.original
		WHERE v.article = ? ORDER BY v.version`, string(article))
}

// Doubts implements app.Reader.
func (r *reader) Doubts(ids []app.ArticleID) (map[app.ArticleID][]string, error) {
	type doubted struct {
		id     app.ArticleID
		doubts []string
	}
	all, err := list(r, func(row scanner) (d doubted, err error) {
		err = row.Scan(&d.id, asJSON{&d.doubts})
		return d, err
	}, `SELECT a.id, json_extract(t.provenance, '$.doubts') FROM articles a JOIN texts t ON t.id = a.text
		WHERE a.id`+inList+` AND json_extract(t.provenance, '$.doubts') IS NOT NULL`, asList(ids))
	out := map[app.ArticleID][]string{}
	for _, d := range all {
		out[d.id] = d.doubts
	}
	return out, err
}

// TextIDs implements app.Reader.
func (r *reader) TextIDs(after app.TextID, limit int) ([]app.TextID, error) {
	return list(r, scanText[app.TextID], "SELECT id FROM texts WHERE id > ? ORDER BY id LIMIT ?", string(after), limit)
}

// Original implements app.Reader.
func (r *reader) Original(sha256 string) (app.Original, error) {
	return one(r, "original", func(row scanner) (o app.Original, err error) {
		err = row.Scan(&o.SHA256, &o.Name, &o.MediaType, &o.Size)
		return o, err
	}, "SELECT sha256, name, media_type, size FROM originals WHERE sha256 = ?", sha256)
}

// Earlier implements app.Reader. SQLite counts code points as we do.
func (r *reader) Earlier(id app.AnnotationID) ([]app.Earlier, error) {
	return list(r, func(row scanner) (e app.Earlier, err error) {
		err = row.Scan(&e.Text, &e.Anchor.Start, &e.Anchor.End, &e.Anchor.Quote, &e.Anchor.Prefix, &e.Anchor.Suffix)
		return e, err
	}, `SELECT c.text, c.start_at, c.end_at, substr(t.plain, c.start_at + 1, c.end_at - c.start_at),
			substr(t.plain, max(c.start_at - ?2, 0) + 1, min(c.start_at, ?2)), substr(t.plain, c.end_at + 1, ?2)
		FROM carried c JOIN texts t ON t.id = c.text WHERE c.annotation = ?1 ORDER BY c.number`, string(id), app.ContextLen)
}

// PutEarlier implements app.Tx.
func (t *tx) PutEarlier(id app.AnnotationID, e app.Earlier) error {
	return t.exec(`INSERT INTO carried (annotation, number, text, start_at, end_at)
		SELECT ?1, 1 + (SELECT count(*) FROM carried WHERE annotation = ?1), ?2, ?3, ?4`,
		string(id), string(e.Text), e.Anchor.Start, e.Anchor.End)
}
