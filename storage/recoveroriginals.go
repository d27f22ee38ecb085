package storage

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rejoinder/app"
)

// mendOriginals gives every original that is named, or whose text has to be read
// again, a row.
func (r *recovery) mendOriginals() error {
	type named struct{ sha, reader string }
	wanted, err := list(&r.reader, func(row scanner) (n named, err error) {
		err = row.Scan(&n.sha, &n.reader)
		return n, err
	}, `SELECT original, max(reader) FROM (SELECT original, reader FROM texts UNION ALL SELECT original, '' FROM articles)
		WHERE original NOT IN (SELECT sha256 FROM originals) GROUP BY original ORDER BY original`)
	if err != nil {
		return err
	}
	for _, w := range r.wrong {
		if isHash(w.text.Original) && !slices.ContainsFunc(wanted, func(n named) bool { return n.sha == w.text.Original }) {
			wanted = append(wanted, named{w.text.Original, w.text.Reader})
		}
	}
	for _, n := range wanted {
		if err := r.PutOriginal(r.unnamedOriginal(n.sha, n.reader)); err != nil {
			return err
		}
	}
	return nil
}

// unnamedOriginal is an original of which only the file is left, or not even that.
func (r *recovery) unnamedOriginal(sha, reader string) app.Original {
	o := app.Original{SHA256: sha, Name: "recovered-" + short(sha)}
	data, err := r.originalData(sha)
	if err != nil {
		r.say("The original %s is lost too, or was changed.", sha)
		return o
	}
	o.Size = int64(len(data))
	begin := strings.TrimSpace(string(data[:min(len(data), 200)]))
	switch kind, _, _ := strings.Cut(reader, "/"); {
	case kind == "html" || kind == "" && strings.HasPrefix(begin, "<"):
		o.Name, o.MediaType = o.Name+".html", "text/html"
	case kind == "markdown" || kind == "" && (strings.HasPrefix(begin, "---\n") || strings.HasPrefix(begin, "#")):
		o.Name, o.MediaType = o.Name+".md", "text/markdown"
	default:
		o.Name, o.MediaType = o.Name+".txt", "text/plain"
	}
	return o
}

// originalData reads an original, which has to be as it was imported.
func (r *recovery) originalData(sha string) ([]byte, error) {
	if !isHash(sha) {
		return nil, app.Problem(app.ErrNotFound, "%q is no original", sha)
	}
	var errs []error
	for _, dir := range r.folders() {
		data, err := os.ReadFile(repository{dir: dir}.originalPath(sha))
		if err != nil {
			errs = append(errs, err)
			continue
		}
		if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) == sha {
			return data, nil
		}
		errs = append(errs, app.Problem(app.ErrDamaged, "the original %s was changed", sha))
	}
	return nil, errors.Join(errs...)
}

// folders are those that hold originals: the notebook's, and that of the backup
// that is read.
func (r *recovery) folders() []string {
	if r.source == "" {
		return []string{r.dir}
	}
	return []string{r.dir, r.source}
}

// spareOriginals lists the originals in the folder that no text comes from.
func (r *recovery) spareOriginals() ([]string, error) {
	used, err := list(&r.reader, scanText[string], "SELECT original FROM texts")
	if err != nil {
		return nil, err
	}
	taken := map[string]bool{}
	for _, sha := range used {
		taken[sha] = true
	}
	var out []string
	for _, dir := range r.folders() {
		for _, f := range originalsIn(dir) {
			if sha := filepath.Base(f); !taken[sha] {
				taken[sha] = true
				out = append(out, sha)
			}
		}
	}
	return out, nil
}

// original is what is known of an original; what is not is made up.
func (r *recovery) original(sha, reader string) (app.Original, error) {
	o, err := r.Original(sha)
	if err == nil {
		return o, nil
	}
	o = r.unnamedOriginal(sha, reader)
	return o, r.PutOriginal(o)
}

func short(id string) string { return id[max(0, len(id)-8):] }
