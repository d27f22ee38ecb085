package app

import (
	"context"
	"io"
	"time"
)

// Store keeps the notebook. Package storage implements it over SQLite; the
// contracts are here because the notebook relies on them.
type Store interface {
	IndexSource

	// View runs fn on one unchanging state of the notebook.
	View(ctx context.Context, fn func(Reader) error) error

	// Update runs fn in one transaction, which is also one undo step and one
	// change set. If fn fails nothing is kept and its error is returned. A
	// transaction that changed nothing leaves no step and returns no changes.
	// ErrBusy: another process held the notebook too long. ErrDiskFull.
	Update(ctx context.Context, op Op, fn func(Tx) error) (Changes, error)

	// Undo takes back the newest step that is done, and those of its group
	// right before it; Redo does the oldest undone ones again. Both replay the
	// rows that the steps recorded. ErrNothing when there is none.
	Undo(ctx context.Context) (Changes, error)
	Redo(ctx context.Context) (Changes, error)

	// History lists the steps, newest first, those of one group as one.
	History(ctx context.Context, limit int) ([]Step, error)

	// ChangesAfter returns what was changed, by any process, after seq.
	ChangesAfter(ctx context.Context, seq int64) (Changes, error)

	// SetReading notes how far an article was read. It is no step, does not come
	// into the change log, and its last moments may be lost in a power cut.
	// Furthest never shrinks while the text stays the same.
	SetReading(context.Context, Reading) error

	// KeepSearch remembers what was searched for, the newest of them and each once;
	// "" forgets all. It is no step and does not come into the change log.
	KeepSearch(ctx context.Context, text string) error

	// KeepOriginal stores the bytes under their SHA-256, safe against a power
	// cut, before anything refers to them (Tx.PutOriginal does); keeping the same
	// bytes again does nothing.
	KeepOriginal(name string, data []byte) (Original, error)
	// OpenOriginal opens the stored bytes. ErrNotFound, ErrDamaged when their
	// hash no longer fits.
	OpenOriginal(ctx context.Context, sha256 string) (io.ReadCloser, error)

	// ReadOnly says why nothing can be written, as ErrReadOnly; nil when it can.
	ReadOnly() error
	// InPlace is nil while the database is the file that was opened. ErrReplaced when
	// it was replaced, moved or deleted: then nothing is written any more, and
	// SaveCopy still saves all that was.
	InPlace() error
	// SaveCopy makes a notebook of its own, with its originals, in a new or empty
	// folder.
	SaveCopy(ctx context.Context, dir string, p Progress) error
	// SettleCopied answers Info.WasAt: a copy gets an identity of its own.
	SettleCopied(ctx context.Context, copied bool) error

	// Check verifies the database, its pages, references and texts, and the
	// originals, and mends nothing. A part that cannot be read is a finding.
	Check(ctx context.Context, p Progress) ([]Finding, error)
	// Backup makes a whole backup, and another in the second place if one is set.
	// ErrDamaged when the notebook is damaged: then nothing was made.
	Backup(ctx context.Context, o BackupOptions, p Progress) (BackupReport, error)
	// SetSecondPlace says where backups go besides; the zero value for nowhere. It
	// makes the folder and, for a passphrase, its keys.
	SetSecondPlace(ctx context.Context, folder, passphrase string) error
	// RestoreArticles brings back from a backup those of the articles, or all, with
	// their texts, originals, marks and what hangs on these. What is in the notebook
	// stays as it is.
	RestoreArticles(ctx context.Context, from BackupFile, articles []ArticleID, p Progress) (Changes, error)
	// Purge removes articles for good; see Notebook.Purge.
	Purge(ctx context.Context, articles []ArticleID, o PurgeOptions, p Progress) (PurgeReport, error)
	// Info tells where the notebook is and how large.
	Info(ctx context.Context) (Info, error)
	Close() error
}

// Reader reads one state of the notebook. Lists leave out what is in the trash
// or was merged away; a single item is found there too. A missing item is
// ErrNotFound. Lists without an order of their own are by time of creation.
type Reader interface {
	Article(ArticleID) (Article, error)
	Articles(ArticleQuery) ([]ArticleRow, error)
	CountArticles(ArticleQuery) (int, error)
	// ArticleByOriginal finds the article of which these bytes are any version,
	// in the trash too.
	ArticleByOriginal(sha256 string) (Article, error)
	Text(TextID) (Text, error)
	// TextIDs lists the texts behind one in the order of their identifiers, of all
	// articles and of none; "" begins with the first.
	TextIDs(after TextID, limit int) ([]TextID, error)
	Original(sha256 string) (Original, error)
	// Versions lists an article's texts, oldest first.
	Versions(ArticleID) ([]Version, error)
	// Doubts are the doubts about the texts in use of those of these articles whose
	// text has any.
	Doubts([]ArticleID) (map[ArticleID][]string, error)
	// Reading says how far an article was read; the zero value when it was never
	// opened.
	Reading(ArticleID) (Reading, error)

	Annotation(AnnotationID) (Annotation, error)
	Annotations(AnnotationQuery) ([]Annotation, error)
	CountAnnotations(AnnotationQuery) (int, error)
	AnnotationIDs(AnnotationQuery) ([]AnnotationID, error)
	AnnotationRows(AnnotationQuery) ([]AnnotationRow, error)
	// Passages returns what is needed to show and open each annotation's passage.
	Passages([]AnnotationID) (map[AnnotationID]Passage, error)
	// Hanging returns what hangs on each of these annotations, with names and
	// texts as on the board; those on which nothing hangs are left out.
	Hanging([]AnnotationID) (map[AnnotationID]Hanging, error)
	// Earlier lists the places where an annotation stood for sure before it was
	// carried to another text, the newest last.
	Earlier(AnnotationID) ([]Earlier, error)
	// ColorNames are the names of all mark colours; one without a name of its own
	// is called by the colour's word.
	ColorNames() (map[Color]string, error)

	Actor(ActorID) (Actor, error)
	Actors() ([]Actor, error) // by name
	Claim(ClaimID) (Claim, error)
	Claims() ([]Claim, error)
	// ClaimsUsed lists claims, those made, stated or related last first.
	ClaimsUsed(limit int) ([]Claim, error)
	Statement(StatementID) (Statement, error)
	Statements(StatementQuery) ([]Statement, error)
	StatementRows(StatementQuery) ([]StatementRow, error)
	Relation(RelationID) (Relation, error)
	Relations(RelationQuery) ([]Relation, error)

	Note(NoteID) (Note, error)
	Notes() ([]Note, error)
	// NotesOn lists the notes that are about ref or mention it.
	NotesOn(Ref) ([]Note, error)
	// NotesOnEach lists the notes that are about each of these; those without
	// any are left out.
	NotesOnEach(ids []string) (map[string][]Note, error)
	Tag(TagID) (Tag, error)
	Tags() ([]TagRow, error) // by path
	TagsOn(Ref) ([]Tag, error)
	// TagPaths lists the paths of the tags that each thing of a kind bears.
	TagPaths(Kind) (map[string][]string, error)
	// Tagged lists what bears one of the tags or of their subtags.
	Tagged(...TagID) ([]Ref, error)
	Collection(CollectionID) (Collection, error)
	Collections() ([]CollectionRow, error) // by name
	// SavedSearches lists the collections that fill themselves, in the trash too.
	SavedSearches() ([]Collection, error)
	// Meant is IndexSource.Meaning in the state that is read.
	Meant(field, value string) ([]Meant, error)
	// Collected lists the articles of a collection and of those inside it.
	Collected(CollectionID) ([]ArticleID, error)
	Story(StoryID) (Story, error)
	Stories() ([]Story, error)
	View(ViewID) (View, error)
	Views() ([]View, error) // by name

	// MergedInto lists the actors or claims merged into one.
	MergedInto(Ref) ([]Linked, error)
	// AllMerged lists the actors or claims that were merged into others, also into
	// such as are in the trash.
	AllMerged(Kind) ([]MergedAway, error)

	// ChangesAfter returns what was changed after a place in the change log, up
	// to the state that is read. ErrIndexGap when the log does not go back so far.
	ChangesAfter(seq int64) (Changes, error)

	// Synonyms lists the words that stand for one another in a search.
	Synonyms() ([]Synonyms, error)
	// Searches lists what was searched for, the newest first.
	Searches(limit int) ([]string, error)
	// Publishers and Languages list those of the articles that begin so, whatever
	// the case of ASCII letters, the most frequent first.
	Publishers(prefix string, limit int) ([]string, error)
	Languages(prefix string, limit int) ([]string, error)

	// Find says what kind of thing an identifier belongs to.
	Find(id string) (Ref, error)
	// Trash lists what is in the trash, newest first, without the things that
	// only went there with another.
	Trash() ([]TrashRow, error)
}

// Tx is a Reader that can write. Put inserts or replaces by identifier, sets
// Modified (and Created when it is zero), and does not validate: that is the
// notebook's task.
type Tx interface {
	Reader

	// Describe sets what the history calls this step, replacing Op.Label.
	Describe(format string, args ...any)

	PutOriginal(Original) error // putting the same one again does nothing
	PutText(Text) error         // a text can be put once: ErrExists
	PutArticle(Article) error
	// AddVersion makes text the newest version of the article.
	AddVersion(ArticleID, TextID) error
	PutAnnotation(Annotation) error
	// PutEarlier remembers, behind those before, where an annotation stood.
	PutEarlier(AnnotationID, Earlier) error
	// PutColorName names a mark colour; "" takes its name away.
	PutColorName(Color, string) error
	PutActor(Actor) error
	PutClaim(Claim) error
	PutStatement(Statement) error
	PutRelation(Relation) error
	PutNote(Note) error
	PutTag(Tag) error
	PutCollection(Collection) error // stores Stored, not Query
	PutStory(Story) error
	PutView(View) error
	// PutSynonyms with fewer than two words removes them.
	PutSynonyms(Synonyms) error

	// SetTagged and SetCollected put or take away; doing it twice changes nothing.
	SetTagged(TagID, Ref, bool) error
	SetCollected(CollectionID, ArticleID, bool) error
	// ReplaceActor and ReplaceClaim make all that refers to from, statements,
	// relations, notes and tags, in the trash too, refer to to, and remember it.
	ReplaceActor(from, to ActorID) error
	ReplaceClaim(from, to ClaimID) error
	// PutMerged remembers one more thing that a merge of other changed.
	PutMerged(other string, m Moved) error
	// Merged lists what the merge of an actor or a claim changed.
	Merged(other string) ([]Moved, error)
	// DropMerged forgets one thing of those.
	DropMerged(other string, m Moved) error
	// ForgetPart forgets that merges moved what an actor is part of; PartMoved lists
	// the actors, merged away since, that it was part of.
	ForgetPart(ActorID) error
	PartMoved(ActorID) ([]ActorID, error)
	// MergePath lists what other was merged into on its way to kept, which is the
	// last: with A merged into B and B into C, of A it is B, C.
	MergePath(other, kept string) ([]string, error)
	// PutBack makes what once referred to the actor or claim other, and refers to
	// kept now, refer to other again, and forgets the merge. What is in the trash
	// only because kept is comes out of it.
	PutBack(other, kept string) error
	// Rest takes a statement or a relation out of the trash, unless something that
	// it needs is there: then it stays there with that.
	Rest(Ref) error

	// SetTrashed moves things to the trash, with all that makes no sense
	// without them, or takes them and what went with them out again.
	SetTrashed(ref Ref, trashed bool) error
	// EmptyTrash removes what is in the trash and returns how many things.
	EmptyTrash() (int, error)
}

// Op names an operation.
type Op struct {
	Name  string // one word for programs: "merge-actors"
	Label string // for people: "Merge actors"; Tx.Describe can say more
	// Group joins steps that are undone together, as the parts of a long import.
	Group string
	// Bulk trades the last moments before a power cut for speed; a crash of the
	// program still loses nothing. For imports, never for a user's edits.
	Bulk bool
}

// Step is an operation as the history shows it.
type Step struct {
	ID     int64     `json:"id"`
	Op     string    `json:"op"`
	Label  string    `json:"label"`
	At     time.Time `json:"at"`
	Undone bool      `json:"undone"` // it can be redone
	Fixed  bool      `json:"fixed"`  // it is too old to be undone
}

// Changes is what one transaction did.
type Changes struct {
	Label string // of the step; for undo and redo, of the step replayed
	After int64  // the end of the change log before it
	Seq   int64  // the end of the change log after it
	Refs  []Ref  // what was made, changed or removed, without doubles
}

// Empty says whether nothing was changed.
func (c Changes) Empty() bool { return len(c.Refs) == 0 }

// Touches says whether anything of these kinds was changed.
func (c Changes) Touches(kinds ...Kind) bool {
	for _, r := range c.Refs {
		for _, k := range kinds {
			if r.Kind == k {
				return true
			}
		}
	}
	return false
}

// ArticleQuery chooses articles.
type ArticleQuery struct {
	Collection CollectionID // with the collections inside it; "" for all
	Tag        TagID        // with its subtags; "" for all
	Kind       ArticleKind
	Title      string      // exactly this title but for ASCII case; "" for any
	Unread     bool        // only those without any mark
	IDs        []ArticleID // only these; nil for all
	Sort       ArticleSort
	Limit      int // 0 for all
	Offset     int
}

// ArticleSort orders a list of articles.
type ArticleSort string

// The orders; dates and times run from the newest.
const (
	SortAdded ArticleSort = "added"
	SortTitle ArticleSort = "title"
)

// The orders of articles that are orders of annotations too.
const (
	SortPublished = "published"
	SortModified  = "modified"
)

// ArticleRow is an article with what was done with it.
type ArticleRow struct {
	Article
	Words      int
	Marks      int
	Statements int
	Progress   float64 // how much of it was read, 0 to 1
}

// StatementQuery chooses statements; empty fields do not limit.
type StatementQuery struct {
	Actor      ActorID
	Claim      ClaimID
	Article    ArticleID
	IDs        []StatementID // only these; nil for all
	ReportedBy ActorID
	Passages   []AnnotationID // only those that these show; nil for all
	Articles   []ArticleID    // only those that these articles show; nil for all
}

// StatementRow is a statement, without its times, with where it stands.
type StatementRow struct {
	Statement
	Article ArticleID // of its passage; "" without one
	Story   StoryID   // of the article; "" when it is no copy
	By      ActorID   // who said it, where it counts for the whole that they are part of; else ""
}

// Source tells apart independent sources: copies of one story are one. "" when
// no passage shows the statement.
func (s StatementRow) Source() string {
	if s.Story != "" {
		return string(s.Story)
	}
	return string(s.Article)
}

// RelationQuery chooses relations; empty fields do not limit.
type RelationQuery struct {
	Claim   ClaimID // on either side, or as a premise
	Article ArticleID
	IDs     []RelationID // only these; nil for all
}

// TagRow is a tag with how many things bear it.
type TagRow struct {
	Tag
	Count int
}

// CollectionRow is a collection with how many articles are in it directly.
type CollectionRow struct {
	Collection
	Count int
}

// TrashRow is a thing in the trash.
type TrashRow struct {
	Ref
	Title string
	At    time.Time
	With  int // how many other things went with it
}

// Info describes a notebook.
type Info struct {
	Folder  string       `json:"folder"`
	UUID    string       `json:"uuid"`
	Schema  int          `json:"schema"`
	Bytes   int64        `json:"bytes"` // of the database and its log
	Counts  map[Kind]int `json:"counts"`
	Backups []string     `json:"backups"` // paths, newest first
	// WasAt is the folder where this notebook was before, when it is not known
	// whether it was moved here or is a copy; "" when there is no question.
	WasAt    string       `json:"was_at,omitempty"`
	Warnings []string     `json:"warnings,omitempty"` // sentences about where it is
	Second   *SecondPlace `json:"second_place,omitempty"`
}

// Finding is one thing that a check noticed.
type Finding struct {
	// Part is database, checksums, protection, references, texts, originals,
	// anchors or index.
	Part   string `json:"part"`
	OK     bool   `json:"ok"`
	Mended bool   `json:"mended"` // it was wrong and is right now
	Text   string `json:"text"`
}

// Progress is told how far a long task is; every method may be called from any
// goroutine. Total is 0 while it is unknown.
type Progress interface {
	Step(done, total int, what string)
}

// NoProgress ignores what it is told.
type NoProgress struct{}

// Step does nothing.
func (NoProgress) Step(int, int, string) {}

// Importer makes a reading of a file's bytes; package app/importer implements
// it. It does no input or output.
type Importer interface {
	// Read sniffs the format from the file's name and its bytes. A file that is
	// empty, binary, too large or undecodable is ErrInvalid with the reason, and so
	// is an encoding that does not exist.
	Read(ctx context.Context, name string, data []byte, as ReadAs) (Imported, error)
}

// Imported is what an importer makes of one file.
type Imported struct {
	Title      string
	Authors    []string
	Publisher  string
	URL        string
	Published  Date
	DateSource DateSource
	Language   string
	Kind       ArticleKind
	MediaType  string
	Reader     string // "html/1"
	Content    Content
	Provenance Provenance // without Places: the importer does not check itself
	LeftOut    []LeftOut  // of a page
}
