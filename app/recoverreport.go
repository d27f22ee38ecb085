package app

// RecoverReport says what was got out of a damaged notebook.
type RecoverReport struct {
	Folder string `json:"folder"`
	// Damaged is where the damaged database is kept, with its log beside it if it
	// had one.
	Damaged string `json:"damaged"`
	Pages   int    `json:"pages"`
	// BadPages could not be read, or are not as they were written; of MendedPages one
	// bit was wrong and was put back.
	BadPages    int `json:"bad_pages"`
	MendedPages int `json:"mended_pages"`

	GotBack map[Kind]int `json:"got_back"` // things, those in the trash too
	Texts   int          `json:"texts"`    // read from the database as they were
	Reread  []TextID     `json:"reread"`   // read again from their originals
	// NewArticles were made of originals that nothing named any more; their titles
	// and dates are those that the importer finds.
	NewArticles []ArticleID `json:"new_articles"`
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
