package viewmodel

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"rejoinder/app"
)

// ReadAgain is the form that reads an article's original in another way, with the
// beginning of what would come of it.
type ReadAgain struct {
	OnChange func()

	Title     string           // of the article
	Encodings []EncodingChoice // the one in use first
	Encoding  string           // the chosen one
	Whole     bool             // leave nothing out

	Loading bool   // the preview is on its way
	Preview string // the beginning of the text
	Problem string // why it cannot be read so; "" when it can
	Note    string // what is to know of it
	Same    bool   // it has the words of the text in use: there is nothing to save

	session *Session
	article app.ArticleID
	text    app.TextID
	before  app.Provenance
	content load
}

// EncodingChoice is an encoding by its name in the WHATWG standard.
type EncodingChoice struct {
	Name  string
	Label string // what a person calls it
	Now   string // how the text in use came to it; "" for the others
}

// previewRunes is how much of a text is shown before it is chosen.
const previewRunes = 1500

// encodings are those that files are found in, the likeliest first.
var encodings = []EncodingChoice{
	{Name: "utf-8", Label: "UTF-8"},
	{Name: "windows-1252", Label: "Western European · Windows-1252"}, {Name: "iso-8859-15", Label: "Western European · ISO-8859-15"},
	{Name: "macintosh", Label: "Western European · Macintosh"},
	{Name: "windows-1250", Label: "Central European · Windows-1250"}, {Name: "iso-8859-2", Label: "Central European · ISO-8859-2"},
	{Name: "windows-1251", Label: "Cyrillic · Windows-1251"}, {Name: "koi8-r", Label: "Cyrillic · KOI8-R"}, {Name: "koi8-u", Label: "Cyrillic · KOI8-U"},
	{Name: "iso-8859-5", Label: "Cyrillic · ISO-8859-5"}, {Name: "ibm866", Label: "Cyrillic · IBM866"},
	{Name: "windows-1253", Label: "Greek · Windows-1253"}, {Name: "windows-1254", Label: "Turkish · Windows-1254"},
	{Name: "windows-1255", Label: "Hebrew · Windows-1255"}, {Name: "windows-1256", Label: "Arabic · Windows-1256"},
	{Name: "windows-1257", Label: "Baltic · Windows-1257"}, {Name: "windows-1258", Label: "Vietnamese · Windows-1258"}, {Name: "windows-874", Label: "Thai · Windows-874"},
	{Name: "gb18030", Label: "Chinese, simplified · GB18030"}, {Name: "big5", Label: "Chinese, traditional · Big5"},
	{Name: "shift_jis", Label: "Japanese · Shift_JIS"}, {Name: "euc-jp", Label: "Japanese · EUC-JP"}, {Name: "euc-kr", Label: "Korean · EUC-KR"},
	{Name: "utf-16le", Label: "UTF-16, little-endian"}, {Name: "utf-16be", Label: "UTF-16, big-endian"},
}

// NewReadAgain is the form of an open article; nil without one. Load fills it.
func NewReadAgain(r *Reader) *ReadAgain {
	if r.Article.ID == "" {
		return nil
	}
	p := r.Text.Provenance
	f := &ReadAgain{session: r.session, article: r.Article.ID, text: r.Text.ID, before: p, Title: r.Article.Title,
		Encoding: p.Encoding, Whole: p.As.Whole}
	if p.Encoding == "" { // read before this was noted
		f.Encoding = "utf-8"
		f.Encodings = encodings
		return f
	}
	now := EncodingChoice{Name: p.Encoding, Label: p.Encoding}
	for _, e := range encodings {
		if e.Name == p.Encoding {
			now = e
		} else {
			f.Encodings = append(f.Encodings, e)
		}
	}
	now.Now = encodingInUse(p)
	f.Encodings = slices.Insert(f.Encodings, 0, now)
	return f
}

// encodingInUse says how the encoding of a text was found.
func encodingInUse(p app.Provenance) string {
	switch {
	case p.Guessed:
		return "in use; guessed, " + strconv.Itoa(p.Confidence) + " % sure"
	case p.As.Encoding != "":
		return "in use; chosen"
	}
	return "in use"
}

// Load reads the preview.
func (f *ReadAgain) Load() {
	f.Loading = true
	changed(f.OnChange)
	type tried struct {
		text app.Text
		same bool
	}
	as := f.as()
	start(f.session.Loop, &f.content, func(ctx context.Context) (t tried, err error) {
		t.text, t.same, err = f.session.Notebook.TryReading(ctx, f.article, as)
		return t, err
	}, func(t tried, err error) {
		f.Loading, f.Same, f.Problem = false, t.same, ""
		f.Preview, f.Note = app.Slice(t.text.Plain, 0, previewRunes), readingNote(t.text, t.same)
		if err != nil {
			f.Problem, f.Note = app.Sentence(err), ""
		}
		changed(f.OnChange)
	})
}

// readingNote is what to know of a text before it is chosen.
func readingNote(t app.Text, same bool) string {
	bad, left := "", ""
	if n := t.Provenance.BadBytes; n > 0 {
		bad = plural(n, "sequence") + " of bytes cannot be read so"
	}
	if n := t.Provenance.LeftOut; n > 0 {
		left = plural(n, "block") + " left out"
	}
	if same {
		return joined("The same words as in the version in use", bad, left)
	}
	return joined(bad, left)
}

// as is the reading that is chosen. An encoding that was found and not chosen
// stays so: what was guessed is not sure because something else was changed.
func (f *ReadAgain) as() app.ReadAs {
	as := app.ReadAs{Encoding: f.Encoding, Whole: f.Whole, TakeIn: f.before.As.TakeIn}
	if f.Encoding == f.before.Encoding {
		as.Encoding = f.before.As.Encoding
	}
	return as
}

// Choose chooses an encoding by its name.
func (f *ReadAgain) Choose(name string) {
	if name != f.Encoding {
		f.Encoding = name
		f.Load()
	}
}

// SetWhole leaves nothing out, or does.
func (f *ReadAgain) SetWhole(on bool) {
	if on != f.Whole {
		f.Whole = on
		f.Load()
	}
}

// CanSave reports whether the preview is there and is a new version.
func (f *ReadAgain) CanSave() bool { return !f.Loading && f.Problem == "" && !f.Same }

// Save makes a new version, and calls over with what became of the marks; nil when
// it failed, which is shown.
func (f *ReadAgain) Save(over func(*app.Carried)) {
	if !f.CanSave() {
		over(nil)
		return
	}
	readAgain(f.session, f.article, f.text, f.as(), over)
}

// Close ends what is being read; what comes late is dropped.
func (f *ReadAgain) Close() { f.content.stop() }

// Doubts are the sentences that say why the open text may not be what was published.
func (r *Reader) Doubts() []string { return r.Text.Provenance.Doubts }

// LeftOutLine says how much of the page the open text has not; "" for nothing.
func (r *Reader) LeftOutLine() string {
	switch n := r.Text.Provenance.LeftOut; n {
	case 0:
		return ""
	case 1:
		return "1 block of the page was left out"
	default:
		return Thousands(n) + " blocks of the page were left out"
	}
}

// DoubtsSummary is all doubts about a text as one paragraph.
func DoubtsSummary(doubts []string) string { return strings.Join(doubts, " ") }
