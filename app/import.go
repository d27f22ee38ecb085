package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"rejoinder/app/verbatim"
)

// ImportStatus says what became of one file.
type ImportStatus string

// What can become of a file.
const (
	ImportDone      ImportStatus = "imported"
	ImportDoubtful  ImportStatus = "doubtful"  // imported, but its text may not be what was published
	ImportDuplicate ImportStatus = "duplicate" // the same bytes are in the notebook already
	ImportFailed    ImportStatus = "failed"
	ImportSkipped   ImportStatus = "skipped" // no article: resources of a saved page, or a file of the system
)

// ImportResult is what became of one file. For a duplicate, Article and Title
// are those of the article that is there already.
type ImportResult struct {
	Path    string
	Status  ImportStatus
	Article ArticleID
	Title   string
	Err     error
	Notes   []string // sentences: the doubts about a doubtful text, or why a file was skipped
}

// ImportOptions says where imported articles go.
type ImportOptions struct {
	Collection CollectionID // "" for none
	As         ReadAs
}

// The limits of a batch of imported articles, which is one transaction: so many
// articles or so many bytes, and not much longer than so long.
const (
	importBatchFiles = 200
	importBatchBytes = 8 << 20
	importBatchTime  = 500 * time.Millisecond
	importFileLimit  = 50 << 20 // bytes; importers have lower limits of their own
)

// Import imports files, and all files in folders but hidden ones. What became
// of each is reported in order, from this goroutine, once it is safely stored;
// a failed file does not stop the others. All of it is one step to undo. The
// error is about the import as a whole: the reports before it hold.
func (n *Notebook) Import(ctx context.Context, paths []string, o ImportOptions, p Progress, report func(ImportResult)) error {
	if o.Collection != "" {
		err := n.store.View(ctx, func(r Reader) error {
			_, err := collectable(r, o.Collection)
			return err
		})
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
	}
	files := listFiles(paths)
	batch := importBatch{notebook: n, options: o, op: Op{Name: "import", Group: importGroup(ctx), Bulk: len(files) > 10}, report: report}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	done := 0
	for pending := range n.parseAll(ctx, files, o.As) {
		r := <-pending
		done++
		p.Step(done, len(files), r.result.Path)
		if err := batch.add(ctx, r); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return batch.commit(ctx)
}

// importGroup joins the batches of an import, and all of it with the step that
// it is part of.
func importGroup(ctx context.Context) string {
	if whole, ok := ctx.Value(oneStep{}).(Op); ok {
		return whole.Group
	}
	return NewID[string]()
}

// listedFile is a file to import, or why a named path gives none.
type listedFile struct {
	path    string
	err     error
	skipped string // a sentence
}

func listFiles(paths []string) []listedFile {
	var out []listedFile
	for _, root := range paths {
		if info, err := os.Stat(root); err == nil && info.IsDir() {
			root = strings.TrimRight(root, string(filepath.Separator)) + string(filepath.Separator) // through a link that was named
		}
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			hidden := path != root && strings.HasPrefix(filepath.Base(path), ".")
			switch {
			case err != nil:
				out = append(out, listedFile{path: path, err: err})
			case hidden && d.IsDir():
				return filepath.SkipDir
			case hidden:
			case path != root && d.IsDir():
				if page := pageOfFolder(path); page != "" {
					out = append(out, listedFile{path: path, skipped: "They are the resources of the saved page " + page + "."})
					return filepath.SkipDir
				}
			case path != root && systemFiles[strings.ToLower(d.Name())]:
				out = append(out, listedFile{path: path, skipped: "It is a file of the system."})
			case path != root && d.Type()&fs.ModeSymlink != 0:
				out = append(out, behindLink(root, path))
			case !d.IsDir():
				out = append(out, listedFile{path: path})
			}
			return nil
		})
		if err != nil {
			out = append(out, listedFile{path: root, err: err})
		}
	}
	return out
}

// behindLink is a link in a folder that is imported. Who names a folder means what is
// in it: a link may lead to any file of the user's.
func behindLink(root, path string) listedFile {
	to, err := filepath.EvalSymlinks(path)
	if err != nil {
		return listedFile{path: path, err: err}
	}
	whole, err := filepath.EvalSymlinks(root)
	if err == nil {
		whole, err = filepath.Abs(whole)
	}
	if err == nil {
		to, err = filepath.Abs(to)
	}
	if err != nil {
		return listedFile{path: path, err: err}
	}
	info, err := os.Stat(to)
	switch inside, relErr := filepath.Rel(whole, to); {
	case relErr != nil || inside == ".." || strings.HasPrefix(inside, ".."+string(filepath.Separator)):
		return listedFile{path: path, skipped: "It is a link that leads out of the folder, to " + to + ": name that file to import it."}
	case err == nil && info.IsDir():
		return listedFile{path: path, skipped: "It is a link to another folder, " + to + ", which is in the import anyway."}
	}
	return listedFile{path: path}
}

// parsed is a file that was read, or what went wrong.
type parsed struct {
	result   ImportResult
	original Original
	imported Imported
	size     int
}

// parseAll reads files on every core and hands them on in their order. The
// channel is closed early when ctx ends.
func (n *Notebook) parseAll(ctx context.Context, files []listedFile, as ReadAs) <-chan chan parsed {
	out := make(chan chan parsed, 2*runtime.NumCPU())
	go func() {
		defer close(out)
		slots := make(chan struct{}, runtime.NumCPU())
		for _, f := range files {
			pending := make(chan parsed, 1)
			select {
			case <-ctx.Done():
				return
			case slots <- struct{}{}:
			}
			go func() {
				pending <- n.parse(ctx, f, as)
				<-slots
			}()
			select {
			case <-ctx.Done():
				return
			case out <- pending:
			}
		}
	}()
	return out
}

// parse reads one file and keeps its original.
func (n *Notebook) parse(ctx context.Context, f listedFile, as ReadAs) parsed {
	r := parsed{result: ImportResult{Path: f.path}}
	fail := func(err error) parsed {
		r.result.Status, r.result.Err = ImportFailed, ofFile(f.path, err)
		return r
	}
	if f.err != nil {
		return fail(f.err)
	}
	if f.skipped != "" {
		r.result.Status, r.result.Notes = ImportSkipped, []string{f.skipped}
		return r
	}
	data, err := readCapped(f.path)
	if err != nil {
		return fail(err)
	}
	sum := sha256.Sum256(data)
	if have, err := n.duplicate(ctx, hex.EncodeToString(sum[:])); err != nil {
		return fail(err)
	} else if have.ID != "" {
		// An original that was lost or damaged is mended so.
		if _, err := n.store.KeepOriginal(filepath.Base(f.path), data); err != nil && !errors.Is(err, ErrReadOnly) {
			return fail(err)
		}
		return r.duplicateOf(have)
	}
	if r.imported, err = n.importer.Read(ctx, filepath.Base(f.path), data, as); err != nil {
		return fail(err)
	}
	r.imported.Provenance.As = as
	if r.original, err = n.store.KeepOriginal(filepath.Base(f.path), data); err != nil {
		return fail(err)
	}
	r.original.MediaType, r.size = r.imported.MediaType, len(data)
	r.imported.compare(data)
	return r
}

// ofFile is an error about a file, which it names once.
func ofFile(path string, err error) error {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return fmt.Errorf("%s: %w", path, err)
}

func readCapped(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, Problem(ErrInvalid, "is not a regular file")
	case info.Size() > importFileLimit:
		return nil, Problem(ErrInvalid, "is larger than %d MB", importFileLimit>>20)
	}
	return os.ReadFile(path)
}

func (n *Notebook) duplicate(ctx context.Context, sha string) (Article, error) {
	var a Article
	err := n.store.View(ctx, func(r Reader) (err error) {
		a, err = r.ArticleByOriginal(sha)
		if errors.Is(err, ErrNotFound) {
			err = nil
		}
		return err
	})
	return a, err
}

func (r parsed) duplicateOf(a Article) parsed {
	r.result.Status, r.result.Article, r.result.Title = ImportDuplicate, a.ID, a.Title
	if !a.Trashed.IsZero() {
		r.result.Title += " (in the trash)"
	}
	return r
}

// importBatch gathers parsed files until they are worth a transaction.
type importBatch struct {
	notebook *Notebook
	options  ImportOptions
	op       Op
	report   func(ImportResult)

	waiting []parsed
	bytes   int
	since   time.Time
	total   int // articles imported so far
	last    string
}

func (b *importBatch) add(ctx context.Context, r parsed) error {
	if len(b.waiting) == 0 {
		b.since = time.Now()
	}
	b.waiting, b.bytes = append(b.waiting, r), b.bytes+r.size
	if len(b.waiting) < importBatchFiles && b.bytes < importBatchBytes && time.Since(b.since) < importBatchTime {
		return nil
	}
	return b.commit(ctx)
}

func (b *importBatch) commit(ctx context.Context) error {
	total, last := b.total, b.last
	_, err := b.notebook.Update(ctx, b.op, func(tx Tx) error {
		for i := range b.waiting {
			if err := b.store(tx, &b.waiting[i]); err != nil {
				return fmt.Errorf("%s: %w", b.waiting[i].result.Path, err)
			}
		}
		tx.Describe("Import %s", countOf(b.total, "article"))
		if b.total == 1 {
			tx.Describe("Import “%s”", shorten(b.last, 60))
		}
		return nil
	})
	if err != nil {
		b.total, b.last = total, last
		if total > 0 {
			return fmt.Errorf("import: %w; %s imported before that stay in the notebook", err, countOf(total, "article"))
		}
		return fmt.Errorf("import: %w", err)
	}
	for _, r := range b.waiting {
		b.report(r.result)
	}
	b.waiting, b.bytes = nil, 0
	return nil
}

// store writes one parsed file, unless it failed or is there already.
func (b *importBatch) store(tx Tx, r *parsed) error {
	if r.result.Status != "" {
		return nil
	}
	have, err := tx.ArticleByOriginal(r.original.SHA256) // twice in this import, or by another process
	if err == nil {
		*r = r.duplicateOf(have)
		return nil
	}
	if !errors.Is(err, ErrNotFound) {
		return err
	}
	a, text := r.article()
	if err := a.Validate(); err != nil {
		r.result.Status, r.result.Err = ImportFailed, fmt.Errorf("%s: %w", r.result.Path, err)
		return nil
	}
	if err := tx.PutOriginal(r.original); err != nil {
		return err
	}
	if err := tx.PutText(text); err != nil {
		return err
	}
	if err := tx.PutArticle(a); err != nil {
		return err
	}
	if b.options.Collection != "" {
		if err := tx.SetCollected(b.options.Collection, a.ID, true); err != nil {
			return err
		}
	}
	r.result.Status, r.result.Article, r.result.Title = ImportDone, a.ID, a.Title
	if doubts := text.Provenance.Doubts; len(doubts) > 0 {
		r.result.Status, r.result.Notes = ImportDoubtful, doubts
	}
	b.total, b.last = b.total+1, a.Title
	return nil
}

// article is the article and the text that a parsed file becomes.
func (r *parsed) article() (Article, Text) {
	in := r.imported
	text := in.text(r.original)
	return Article{
		ID: NewID[ArticleID](), Title: in.Title, Authors: in.Authors, Publisher: in.Publisher, URL: in.URL,
		Published: in.Published, DateSource: in.DateSource, Language: in.Language, Kind: in.Kind,
		Original: r.original.SHA256, Text: text.ID,
	}, text
}

// text is a new text as it was read from an original.
func (in Imported) text(o Original) Text {
	return Text{ID: NewID[TextID](), Original: o.SHA256, Reader: in.Reader,
		Words: CountWords(in.Content.Plain), Content: in.Content, Provenance: in.Provenance}
}

// compare reads the bytes a second time, notes where the blocks stand in that
// reading, and doubts those that do not.
func (in *Imported) compare(data []byte) {
	p := &in.Provenance
	again := verbatim.Read(data, verbatim.Format{MediaType: in.MediaType, Encoding: p.Encoding, XML: p.XML})
	p.Places = in.Content.places(again)
	missing, first := 0, ""
	for i, b := range in.Content.Blocks {
		if p.Places[i] == NoPlace && b.Kind != BlockRule {
			missing++
			if first == "" {
				first = Slice(in.Content.Plain, b.Start, b.End)
			}
		}
	}
	if missing > 0 {
		p.Doubts = append(p.Doubts, fmt.Sprintf("A second reading of the file does not have %s of %d: “%s”.",
			countOf(missing, "block"), len(in.Content.Blocks), shorten(first, 60)))
	}
	if p.Source == SourceLinkedData {
		p.Doubts = append(p.Doubts, "The text stands in the data of the page; the page itself shows little or nothing of it.")
	}
	if strings.ContainsAny(in.Content.Plain, "\u202D\u202E") {
		p.Doubts = append(p.Doubts, "The text has characters that make letters show in another order than they stand in.")
	}
	if p.BadBytes > 0 {
		p.Doubts = append(p.Doubts, fmt.Sprintf("%s could not be read as %s and stand as “\uFFFD”.", countOf(p.BadBytes, "byte sequence"), p.Encoding))
	}
	if p.Guessed {
		p.Doubts = append(p.Doubts, fmt.Sprintf("The character encoding was guessed: %s, %d %% sure.", p.Encoding, p.Confidence))
	}
}
