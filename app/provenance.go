package app

// Provenance says how a text was made of its original: all that a second reading
// needs to find the text there again, and what a reader of it should know.
type Provenance struct {
	// Encoding is the character encoding by its name in the WHATWG standard. A
	// guessed one comes with how sure that is, in percent.
	Encoding   string     `json:"encoding,omitempty"`
	Guessed    bool       `json:"guessed,omitempty"`
	Confidence int        `json:"confidence,omitempty"`
	As         ReadAs     `json:"as,omitzero"`         // what somebody chose
	BadBytes   int        `json:"bad_bytes,omitempty"` // sequences that are no character, shown as U+FFFD
	Source     TextSource `json:"source,omitempty"`
	XML        bool       `json:"xml,omitempty"`      // a page that was read as XML
	LeftOut    int        `json:"left_out,omitempty"` // blocks of the page that are not in the text
	// Doubts are sentences that say why the text may not be what was published.
	Doubts []string `json:"doubts,omitempty"`
	// Places are where the blocks start in the second reading that the import
	// compared the text with (package verbatim), NoPlace for one that is not there.
	// Nil for a text that was never compared.
	Places []int `json:"places,omitempty"`
}

// NoPlace stands for a block that the second reading of the original has not.
const NoPlace = -1

// TextSource says where in a page its text stands.
type TextSource string

// The sources of a page's text.
const (
	SourcePage       TextSource = ""        // what the page shows
	SourceLinkedData TextSource = "json-ld" // the articleBody of its linked data
)

// LeftOut is a block that a page shows and its text has not.
type LeftOut struct {
	Number int      `json:"number"` // from 1, in the page's order
	Kind   LeftKind `json:"kind"`
	Text   string   `json:"text"`
}

// LeftKind says why a block was left out.
type LeftKind string

// The reasons to leave out a block.
const (
	LeftMenu   LeftKind = "menu"
	LeftLinks  LeftKind = "links"  // mostly links or buttons: related articles, tags, sharing
	LeftForm   LeftKind = "form"   // to be filled in
	LeftRepeat LeftKind = "repeat" // the same words again, as a gallery's caption
	LeftDrawn  LeftKind = "drawn"  // words in a picture or a form, which cannot be taken in
	LeftAround LeftKind = "around" // outside of the article: header, footer, other articles, comments
)

// ReadAs says how to read a file, where the reader's own choice was not right.
type ReadAs struct {
	Encoding string `json:"encoding,omitempty"` // a name in the WHATWG standard; "" to find out
	Whole    bool   `json:"whole,omitempty"`    // leave nothing out that a page shows
	TakeIn   []int  `json:"take_in,omitempty"`  // blocks to take in all the same, by their LeftOut.Number
}
