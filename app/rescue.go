package app

import (
	"context"
	"time"
)

// Rescue works on a notebook's folder, whose database need not be fit to be
// opened, nor be there. Package storage implements it.
type Rescue interface {
	// Survey tells what there is in a notebook's folder, and writes nothing. A
	// folder that is not there is an empty one.
	Survey(ctx context.Context, dir string) (Survey, error)
	// Restore puts a backup in the place of the database of the notebook in dir,
	// which nobody may have open, and brings back the originals that are missing.
	// What is there now becomes a backup of its own first. ErrBusy, ErrDamaged,
	// ErrNewer, ErrInvalid: then nothing was changed.
	Restore(ctx context.Context, dir string, from BackupFile, p Progress) (RestoreReport, error)
	// RestoreOriginals brings back from a backup the originals of the notebook in dir
	// that are missing or damaged, and changes nothing else.
	RestoreOriginals(ctx context.Context, dir string, from BackupFile, p Progress) (RestoreReport, error)
	// VerifyBackup reads a backup, all of it, and compares it with its hashes.
	VerifyBackup(ctx context.Context, from BackupFile, p Progress) ([]Finding, error)
	// BackedUp lists the articles in a backup.
	BackedUp(ctx context.Context, from BackupFile) ([]Article, error)
	// Recover makes a new database of what can be read of the damaged one of the
	// notebook in dir, and keeps that among the backups.
	Recover(ctx context.Context, dir string, p Progress) (RecoverReport, error)
	// RecoverFrom makes a notebook in dir of what can be read of another database
	// file, as a damaged backup. What there is in dir becomes a backup first.
	RecoverFrom(ctx context.Context, dir string, from BackupFile, p Progress) (RecoverReport, error)
	// Inspect looks at the files of a notebook that cannot be opened.
	Inspect(ctx context.Context, dir string, p Progress) ([]Finding, error)
	// RemoveBackup removes a backup of the notebook in dir.
	RemoveBackup(dir, path string) error
}

// Survey is what there is in a notebook's folder.
type Survey struct {
	Folder   string    `json:"folder"`
	Database string    `json:"database"` // its path
	Bytes    int64     `json:"bytes"`    // of it; 0 when it is missing or empty
	Changed  time.Time `json:"changed"`  // when it was written last
	Backups  []Backup  `json:"backups"`  // newest first, those of the second place too
	// Originals counts those that are there.
	Originals int      `json:"originals"`
	Warnings  []string `json:"warnings,omitempty"`
}

// RestoreReport is what was restored.
type RestoreReport struct {
	Backup    string   `json:"backup"`
	Kept      string   `json:"kept"`      // the backup of what was there before; "" when there was nothing
	Originals int      `json:"originals"` // brought back
	Missing   []string `json:"missing"`   // SHA-256 of originals that are neither there nor in the backup
}

// RecoverReport says what was got out of a damaged notebook.
type RecoverReport struct {
	Folder string `json:"folder"`
	// Damaged is where the damaged database is kept, with its log beside it if it
	// had one.
	Damaged string `json:"damaged"`
	Kept    string `json:"kept"` // the backup of what was in the folder before; "" for none
	// Backups are good ones that may hold what is missing.
	Backups []Backup `json:"backups"`
	Pages   int      `json:"pages"`
	// BadPages could not be read, or are not as they were written; of MendedPages one
	// bit was wrong and was put back.
	BadPages    int `json:"bad_pages"`
	MendedPages int `json:"mended_pages"`

	GotBack map[Kind]int `json:"got_back"` // things, those in the trash too
	Texts   int          `json:"texts"`    // read from the database as they were
	Reread  []TextID     `json:"reread"`   // read again from their originals
	// NewArticles were made of originals that nothing named any more; their titles
	// and dates are those that the importer finds.
	NewArticles []ArticleID          `json:"new_articles"`
	Titles      map[ArticleID]string `json:"titles"` // of NewArticles
	// Review are marks whose quote does not stand in the text read again. They wait
	// in the repair queue.
	Review []AnnotationID `json:"review"`
	// Doubtful stood on damaged pages: what they say may be wrong.
	Doubtful []Ref `json:"doubtful"`
	// StandIns are things that were lost while others name them: each has a name or
	// a text that says so.
	StandIns []Ref `json:"stand_ins"`
	// Dropped are rows, by their table, that said something only about what is lost.
	Dropped map[string]int `json:"dropped"`
	// LostPages are pages, by their table, whose rows are lost or doubtful.
	LostPages map[string]int `json:"lost_pages"`
	Notes     []string       `json:"notes"` // sentences
}

// ReadAnew makes of an original what an import would make of it: an article and
// its text, with new identifiers, and with the doubts of a second reading.
func ReadAnew(ctx context.Context, im Importer, o Original, data []byte, as ReadAs) (Article, Text, error) {
	in, err := im.Read(ctx, o.Name, data, as)
	if err != nil {
		return Article{}, Text{}, ofFile(o.Name, err)
	}
	in.Provenance.As = as
	in.compare(data)
	o.MediaType = in.MediaType
	a, t := (&parsed{original: o, imported: in}).article()
	if a.Title == "" {
		a.Title = o.Name
	}
	return a, t, nil
}
