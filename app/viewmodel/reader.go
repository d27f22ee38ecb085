package viewmodel

import (
	"context"
	"errors"
	"strings"
	"time"
	"unicode"

	"rejoinder/app"
)

// Reader is the open article with its marks.
type Reader struct {
	OnChange func()                                   // the article or its marks changed
	OnShow   func(start int)                          // the passage at this code point should be seen
	OnFind   func()                                   // what is found in the article changed
	OnKept   func(id app.ArticleID, progress float64) // the reading position was kept

	Article  app.Article
	Text     app.Text
	Versions []app.Version // of the text, oldest first
	Marks    []Mark        // by position, those of older versions too
	Colors   map[app.Color]string
	Runes    []rune // of the text
	At       int    // where to show it from: the reading position, or a passage
	Start    int    // the selection, in code points; empty when Start == End
	End      int
	Current  app.AnnotationID // the mark that was chosen; "" for none
	Filter   MarkFilter

	Found FindState // in the article

	session   *Session
	content   load
	finding   load
	wanted    app.ArticleID // what was asked for last; Article follows when it is loaded
	to        passage
	lastWords string        // that were looked for in an article
	closed    app.ArticleID // what was open when it went to the trash
	reading   app.Reading
	saved     time.Time // when the reading position was kept last
}

// Mark is an annotation with what hangs on it.
type Mark struct {
	app.Annotation
	app.Hanging
}

// NewReader makes a reader without an article.
func NewReader(s *Session) *Reader { return &Reader{session: s, to: passage{at: -1}} }

type openArticle struct {
	article  app.Article
	text     app.Text
	versions []app.Version
	marks    []Mark
	colors   map[app.Color]string
	reading  app.Reading
}

// Open shows an article where it was left, or from the code point at when that
// is not negative. "" closes the reader.
func (r *Reader) Open(id app.ArticleID, at int) { r.open(id, passage{at: at}) }

// OpenFound shows what a search found, with the words of the search marked.
func (r *Reader) OpenFound(f app.Found) {
	to := passage{at: f.At, text: f.Text, terms: f.Terms}
	switch f.Kind {
	case app.KindArticle:
		to.at, to.text = -1, ""
	case app.KindAnnotation:
		to.mark = app.AnnotationID(f.ID)
	}
	r.open(f.Article, to)
}

// passage is where to go in an article.
type passage struct {
	at    int              // code point; -1 for where it was left
	text  app.TextID       // that at counts in; "" for the text in use
	mark  app.AnnotationID // to choose; "" for none
	terms []app.Term       // of a search, to be marked
}

func (r *Reader) open(id app.ArticleID, to passage) {
	r.to = to
	if id != r.wanted {
		r.KeepPlace()
		r.closed = ""
		r.Start, r.End, r.Current, r.Filter = 0, 0, "", MarkFilter{}
		r.load(id)
	} else if id == r.Article.ID {
		r.show()
	}
}

// OpenPassage shows the passage of an annotation and chooses its mark.
func (r *Reader) OpenPassage(p app.Passage) {
	r.open(p.Article, passage{at: p.Anchor.Start, text: p.Text, mark: p.ID})
}

// show goes where Open was told to.
func (r *Reader) show() {
	to := r.to
	r.to = passage{at: -1}
	if to.mark != "" {
		r.Current = to.mark
		r.unhide()
		changed(r.OnChange)
	}
	if to.text != "" && to.text != r.Text.ID {
		to.at = -1
		r.session.Say("This passage stands in an older version of the article: File, Compare versions… shows both")
	}
	if to.terms != nil {
		r.findTerms(to.terms, to.at < 0)
	}
	if to.at >= 0 && r.OnShow != nil {
		r.OnShow(to.at)
	}
}

func (r *Reader) load(id app.ArticleID) {
	r.wanted = id
	if id == "" {
		r.content.stop()
		r.ClearFind()
		r.Start, r.End, r.Current = 0, 0, ""
		r.Article, r.Text, r.Marks, r.Runes, r.Versions = app.Article{}, app.Text{}, nil, nil, nil
		changed(r.OnChange)
		return
	}
	start(r.session.Loop, &r.content, func(ctx context.Context) (o openArticle, err error) {
		err = r.session.Notebook.View(ctx, func(read app.Reader) error {
			o, err = readArticle(read, id)
			return err
		})
		return o, err
	}, func(o openArticle, err error) {
		if err != nil {
			r.wanted = r.Article.ID
			r.session.Fail(err)
			return
		}
		r.use(o)
		changed(r.OnChange)
		r.show()
	})
}

// use takes over what was read.
func (r *Reader) use(o openArticle) {
	another := o.article.ID != r.Article.ID
	r.Article, r.Marks, r.Colors, r.Versions = o.article, o.marks, o.colors, o.versions
	if o.text.ID != r.Text.ID {
		r.Text, r.Runes, r.At = o.text, []rune(o.text.Plain), 0
		r.reading = app.Reading{Article: o.article.ID, Text: o.text.ID, Length: len(r.Runes)}
		if o.reading.Text == o.text.ID {
			r.reading, r.At = o.reading, min(o.reading.At, len(r.Runes))
		}
		r.Start, r.End = 0, 0
		r.ClearFind()
	}
	if another && r.to.at >= 0 && (r.to.text == "" || r.to.text == r.Text.ID) {
		r.At = min(r.to.at, len(r.Runes))
	}
	if r.CurrentMark() == nil {
		r.Current = "" // it went to the trash
	}
}

func readArticle(read app.Reader, id app.ArticleID) (o openArticle, err error) {
	if o.article, err = read.Article(id); err != nil {
		return o, err
	}
	if !o.article.Trashed.IsZero() {
		return o, app.Problem(app.ErrInvalid, "“%s” is in the trash: restore it first", o.article.Title)
	}
	if o.text, err = read.Text(o.article.Text); err != nil {
		return o, err
	}
	if o.versions, err = read.Versions(id); err != nil {
		return o, err
	}
	if o.reading, err = readingOf(read, o.article, o.text); err != nil {
		return o, err
	}
	if o.colors, err = read.ColorNames(); err != nil {
		return o, err
	}
	annotations, err := read.Annotations(app.AnnotationQuery{Article: id})
	if err != nil {
		return o, err
	}
	ids := make([]app.AnnotationID, len(annotations))
	for i, a := range annotations {
		ids[i] = a.ID
	}
	hanging, err := read.Hanging(ids)
	for _, a := range annotations {
		o.marks = append(o.marks, Mark{a, hanging[a.ID]})
	}
	return o, err
}

// placeQuote is how many code points find a reading position in another text.
const placeQuote = 80

// readingOf is where an article was left; where that was in an older text, the
// words there are looked for in the one in use.
func readingOf(read app.Reader, a app.Article, text app.Text) (app.Reading, error) {
	reading, err := read.Reading(a.ID)
	if err != nil || reading.Text == "" || reading.Text == text.ID {
		return reading, err
	}
	old, err := read.Text(reading.Text)
	if err != nil {
		return reading, err
	}
	at := 0
	if anchor, err := app.NewAnchor(old.Plain, reading.At, min(reading.At+placeQuote, app.RuneCount(old.Plain))); err == nil && reading.At > 0 {
		if found := anchor.Reanchor(old.Plain, text.Plain); found.State != app.AnchorOrphan {
			at = found.Anchor.Start
		}
	}
	return app.Reading{Article: a.ID, Text: text.ID, At: at, Length: app.RuneCount(text.Plain)}, nil
}

// Changed loads the article anew when these changes touch it.
func (r *Reader) Changed(c app.Changes) {
	id := r.wanted
	if id == "" {
		if id = r.closed; id == "" {
			return
		}
	}
	for _, ref := range c.Refs {
		if ref.ID == string(id) && ref.Kind == app.KindArticle {
			r.reloadOrClose(id)
			return
		}
	}
	if r.wanted == "" {
		return
	}
	if c.Touches(app.KindAnnotation, app.KindStatement, app.KindRelation, app.KindActor, app.KindClaim, app.KindTag, app.KindColor) {
		r.load(r.wanted)
	}
}

// reloadOrClose loads the article, or closes it when it is gone.
func (r *Reader) reloadOrClose(id app.ArticleID) {
	start(r.session.Loop, &r.content, func(ctx context.Context) (gone bool, err error) {
		err = r.session.Notebook.View(ctx, func(read app.Reader) error {
			a, err := read.Article(id)
			gone = errors.Is(err, app.ErrNotFound) || err == nil && !a.Trashed.IsZero()
			return nil
		})
		return gone, err
	}, func(gone bool, err error) {
		r.closed = ""
		if err == nil && gone {
			r.closed, id = id, "" // undo opens it again
		}
		r.load(id)
	})
}

// placeEvery is how often the reading position is kept while one reads.
const placeEvery = 2 * time.Second

// Seen tells which code points are on the screen: the first, and the end of the
// last. The place is kept now and then, and by KeepPlace.
func (r *Reader) Seen(top, bottom int) {
	if r.reading.Article == "" || r.reading.Article != r.Article.ID || top == r.reading.At && bottom <= r.reading.Furthest {
		return
	}
	r.At = top
	r.reading.At, r.reading.Furthest = top, max(r.reading.Furthest, min(bottom, len(r.Runes)))
	if time.Since(r.saved) > placeEvery {
		r.KeepPlace()
	}
}

// KeepPlace keeps the reading position of the open article.
func (r *Reader) KeepPlace() {
	reading := r.reading
	if reading.Article == "" || reading.Furthest == 0 {
		return
	}
	r.saved = time.Now()
	reading.Seen = r.saved
	r.session.Loop.Work(func() {
		err := r.session.Notebook.SetReading(context.Background(), reading)
		r.session.Loop.UI(func() { // one that could not be kept is no news: the next one is near
			if err == nil && r.OnKept != nil {
				r.OnKept(reading.Article, reading.Progress())
			}
		})
	})
}

// Close keeps the reading position, and returns when it is kept: for the end of
// a window.
func (r *Reader) Close() {
	r.content.stop()
	r.finding.stop()
	if reading := r.reading; reading.Article != "" && reading.Furthest > 0 {
		reading.Seen = time.Now()
		if err := r.session.Notebook.SetReading(context.Background(), reading); err != nil {
			r.session.Fail(err)
		}
		r.reading = app.Reading{}
	}
}

// Progress is how much of the article was read, 0 to 1.
func (r *Reader) Progress() float64 { return r.reading.Progress() }

// Meta is the line over the text: publisher, date and how sure it is, words.
func (r *Reader) Meta() string {
	date := r.Article.Published.String()
	if date != "" && r.Article.DateSource != "" {
		date += " (" + string(r.Article.DateSource) + ")"
	}
	version := ""
	if n := len(r.Versions); n > 1 {
		version = "version " + Thousands(r.Versions[n-1].Number)
	}
	return joined(r.Article.Publisher, strings.Join(r.Article.Authors, ", "), date, plural(r.Text.Words, "word"), version)
}

// Select sets the selection, in code points in either order. White space at its
// ends is left out.
func (r *Reader) Select(start, end int) {
	if start > end {
		start, end = end, start
	}
	start, end = max(0, start), min(len(r.Runes), end)
	for start < end && unicode.IsSpace(r.Runes[start]) {
		start++
	}
	for end > start && unicode.IsSpace(r.Runes[end-1]) {
		end--
	}
	r.Start, r.End = start, max(start, end)
	if r.Selected() && r.Current != "" {
		r.Current = "" // what is done next is done to the selection
		changed(r.OnChange)
	}
}

// Selected says whether there is a selection.
func (r *Reader) Selected() bool { return r.End > r.Start }

// Quote is the selected text, or that of the current mark.
func (r *Reader) Quote() string {
	if r.Selected() {
		return string(r.Runes[r.Start:r.End])
	}
	if m := r.CurrentMark(); m != nil {
		return m.Anchor.Quote
	}
	return ""
}

// Citation is where the quote comes from.
func (r *Reader) Citation() string {
	a := r.Article
	return app.Passage{ArticleTitle: a.Title, Authors: a.Authors, Publisher: a.Publisher, Published: a.Published, URL: a.URL}.Citation()
}

// Heading is a line of the outline.
type Heading struct {
	Level int // from 1
	Title string
	At    int // code point
}

// Outline lists the headings of the text after its title.
func (r *Reader) Outline() []Heading {
	var out []Heading
	for i, b := range r.Text.Blocks {
		if b.Kind == app.BlockHeading && i > 0 {
			out = append(out, Heading{max(1, b.Level), app.OneLine(string(r.Runes[b.Start:b.End])), b.Start})
		}
	}
	return out
}

// EditArticle changes the open article's metadata and calls then when it is over.
func (r *Reader) EditArticle(edit func(*app.Article), then func(done bool)) {
	id := r.Article.ID
	attempt(r.session, func(ctx context.Context) error {
		_, err := r.session.Notebook.EditArticle(ctx, id, edit)
		return err
	}, then)
}

// JoinStory says that the open article and the one with this title are copies
// of one report.
func (r *Reader) JoinStory(title string) {
	id := r.Article.ID
	do(r.session, func(ctx context.Context) (app.Story, error) {
		other, err := r.session.Notebook.ArticleID(ctx, title)
		if err != nil {
			return app.Story{}, err
		}
		return r.session.Notebook.JoinStory(ctx, id, other)
	}, func(s app.Story) { r.session.Say("They count as one source now: “" + s.Name + "”") })
}
