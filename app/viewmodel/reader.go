package viewmodel

import (
	"context"
	"errors"
	"strings"
	"unicode"

	"rejoinder/app"
)

// Reader is the open article with its marks.
type Reader struct {
	OnChange func()          // the article or its marks changed
	OnShow   func(start int) // the passage at this code point should be seen

	Article app.Article
	Text    app.Text
	Marks   []Mark // by position
	Runes   []rune // of the text
	Start   int    // the selection, in code points; empty when Start == End
	End     int
	Current app.AnnotationID // the mark that was chosen; "" for none

	session  *Session
	content  load
	wanted   app.ArticleID // what was asked for last; Article follows when it is loaded
	showAt   int
	showMark app.AnnotationID
}

// Mark is an annotation with what hangs on it.
type Mark struct {
	app.Annotation
	Statements []app.BoardStatement
	Relations  []app.BoardRelation
	Tags       []app.Tag
}

// NewReader makes a reader without an article.
func NewReader(s *Session) *Reader { return &Reader{session: s, showAt: -1} }

type openArticle struct {
	article app.Article
	text    app.Text
	marks   []Mark
}

// Open shows an article from its beginning, or from the code point at when that
// is not negative. "" closes the reader.
func (r *Reader) Open(id app.ArticleID, at int) {
	r.showAt = at
	if id != r.wanted {
		r.Start, r.End, r.Current = 0, 0, ""
		r.load(id)
	} else if id == r.Article.ID {
		r.show()
	}
}

// OpenPassage shows the passage of an annotation and chooses its mark.
func (r *Reader) OpenPassage(p app.Passage) {
	r.showMark = p.ID
	r.Open(p.Article, p.Anchor.Start)
}

func (r *Reader) show() {
	if r.showMark != "" {
		r.Current, r.showMark = r.showMark, ""
		changed(r.OnChange)
	}
	if r.showAt >= 0 && r.OnShow != nil {
		r.OnShow(r.showAt)
	}
	r.showAt = -1
}

func (r *Reader) load(id app.ArticleID) {
	r.wanted = id
	if id == "" {
		r.content.stop()
		r.Start, r.End, r.Current = 0, 0, ""
		r.Article, r.Text, r.Marks, r.Runes = app.Article{}, app.Text{}, nil, nil
		changed(r.OnChange)
		return
	}
	start(r.session.Loop, &r.content, func(ctx context.Context) (o openArticle, err error) {
		board, err := r.session.Notebook.Board(ctx)
		if err != nil {
			return o, err
		}
		err = r.session.Notebook.View(ctx, func(read app.Reader) error {
			o, err = readArticle(read, id, board)
			return err
		})
		return o, err
	}, func(o openArticle, err error) {
		if err != nil {
			r.wanted = r.Article.ID
			r.session.Fail(err)
			return
		}
		r.Article, r.Marks = o.article, o.marks
		if o.text.ID != r.Text.ID {
			r.Text, r.Runes = o.text, []rune(o.text.Plain)
		}
		if r.CurrentMark() == nil {
			r.Current = "" // it went to the trash
		}
		changed(r.OnChange)
		r.show()
	})
}

func readArticle(read app.Reader, id app.ArticleID, board app.Board) (openArticle, error) {
	article, err := read.Article(id)
	if err != nil {
		return openArticle{}, err
	}
	text, err := read.Text(article.Text)
	if err != nil {
		return openArticle{}, err
	}
	annotations, err := read.Annotations(app.AnnotationQuery{Article: id})
	if err != nil {
		return openArticle{}, err
	}
	o := openArticle{article: article, text: text}
	at := map[app.AnnotationID]int{}
	for i, a := range annotations {
		tags, err := read.TagsOn(app.RefTo(app.KindAnnotation, a.ID))
		if err != nil {
			return o, err
		}
		at[a.ID] = i
		o.marks = append(o.marks, Mark{Annotation: a, Tags: tags})
	}
	for _, c := range board.Claims {
		for _, s := range c.Statements {
			if i, ok := at[s.Statement.Passage]; ok && s.Statement.Passage != "" {
				o.marks[i].Statements = append(o.marks[i].Statements, s)
			}
		}
	}
	for _, x := range board.Relations {
		if i, ok := at[x.Relation.Passage]; ok && x.Relation.Passage != "" {
			o.marks[i].Relations = append(o.marks[i].Relations, x)
		}
	}
	return o, nil
}

// Changed loads the article anew when these changes touch it.
func (r *Reader) Changed(c app.Changes) {
	if r.wanted == "" {
		return
	}
	for _, ref := range c.Refs {
		if ref.ID == string(r.wanted) && ref.Kind == app.KindArticle {
			r.reloadOrClose()
			return
		}
	}
	if c.Touches(app.KindAnnotation, app.KindStatement, app.KindRelation, app.KindActor, app.KindClaim, app.KindTag) {
		r.load(r.wanted)
	}
}

// reloadOrClose loads the article, or closes it when it is gone.
func (r *Reader) reloadOrClose() {
	id := r.wanted
	start(r.session.Loop, &r.content, func(ctx context.Context) (gone bool, err error) {
		err = r.session.Notebook.View(ctx, func(read app.Reader) error {
			a, err := read.Article(id)
			gone = errors.Is(err, app.ErrNotFound) || err == nil && !a.Trashed.IsZero()
			return nil
		})
		return gone, err
	}, func(gone bool, err error) {
		if err == nil && gone {
			id = ""
		}
		r.load(id)
	})
}

// Meta is the line over the text: publisher, date and how sure it is, words.
func (r *Reader) Meta() string {
	date := r.Article.Published.String()
	if date != "" && r.Article.DateSource != "" {
		date += " (" + string(r.Article.DateSource) + ")"
	}
	return joined(r.Article.Publisher, strings.Join(r.Article.Authors, ", "), date, plural(r.Text.Words, "word"))
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
	return joined(strings.Join(r.Article.Authors, ", "), "“"+r.Article.Title+"”", r.Article.Publisher, r.Article.Published.String(), r.Article.URL)
}

// CurrentMark is the chosen mark, or nil.
func (r *Reader) CurrentMark() *Mark {
	for i := range r.Marks {
		if r.Marks[i].ID == r.Current {
			return &r.Marks[i]
		}
	}
	return nil
}

// Choose chooses a mark and shows its passage; "" chooses none.
func (r *Reader) Choose(id app.AnnotationID) {
	r.Current = id
	changed(r.OnChange)
	if m := r.CurrentMark(); m != nil && r.OnShow != nil {
		r.OnShow(m.Anchor.Start)
	}
}

// ChooseAt chooses the mark at a code point; where several overlap, the next
// one each time.
func (r *Reader) ChooseAt(offset int) {
	var here []app.AnnotationID
	for _, m := range r.Marks {
		if offset >= m.Anchor.Start && offset < m.Anchor.End {
			here = append(here, m.ID)
		}
	}
	next := app.AnnotationID("")
	for i, id := range here {
		if next == "" {
			next = id
		}
		if id == r.Current {
			next = here[(i+1)%len(here)]
			break
		}
	}
	if next != r.Current {
		r.Current = next
		changed(r.OnChange)
	}
}

// spot is the selected passage, or that of the current mark; nil for neither.
func (r *Reader) spot() *app.Spot {
	if r.Selected() {
		return &app.Spot{Article: string(r.Article.ID), Start: r.Start, End: r.End}
	}
	if m := r.CurrentMark(); m != nil && m.Text == r.Text.ID {
		return &app.Spot{Article: string(r.Article.ID), Start: m.Anchor.Start, End: m.Anchor.End}
	}
	return nil
}

// Mark marks the selection, or gives the current mark another colour or kind.
func (r *Reader) Mark(kind app.AnnotationKind, color app.Color) {
	if !r.Selected() {
		if m := r.CurrentMark(); m != nil {
			r.EditMark(m.ID, func(a *app.Annotation) { a.Kind, a.Color = kind, color })
		}
		return
	}
	spot := *r.spot()
	do(r.session, func(ctx context.Context) (app.Annotation, error) {
		return r.session.Notebook.Annotate(ctx, spot, app.Annotation{Kind: kind, Color: color})
	}, r.marked)
}

// Comment marks the selection with a note, or sets the current mark's.
func (r *Reader) Comment(note string) {
	if !r.Selected() {
		if m := r.CurrentMark(); m != nil {
			r.EditMark(m.ID, func(a *app.Annotation) { a.Note = note })
		}
		return
	}
	spot := *r.spot()
	do(r.session, func(ctx context.Context) (app.Annotation, error) {
		return r.session.Notebook.Annotate(ctx, spot, app.Annotation{Kind: app.Comment, Note: note})
	}, r.marked)
}

func (r *Reader) marked(a app.Annotation) {
	r.Start, r.End, r.Current = 0, 0, a.ID
	changed(r.OnChange)
}

// EditMark changes a mark.
func (r *Reader) EditMark(id app.AnnotationID, edit func(*app.Annotation)) {
	do(r.session, func(ctx context.Context) (app.Annotation, error) {
		return r.session.Notebook.EditAnnotation(ctx, id, edit)
	}, nil)
}

// Tag tags the current mark, made first of the selection if there is one, or
// else the article.
func (r *Reader) Tag(path string) {
	if r.Selected() {
		spot := *r.spot()
		do(r.session, func(ctx context.Context) (app.Annotation, error) {
			return r.session.Notebook.Annotate(ctx, spot, app.Annotation{}, path)
		}, r.marked)
		return
	}
	ref := app.RefTo(app.KindArticle, r.Article.ID)
	if m := r.CurrentMark(); m != nil {
		ref = app.RefTo(app.KindAnnotation, m.ID)
	}
	if ref.ID == "" {
		return
	}
	do(r.session, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, r.session.Notebook.Tag(ctx, path, true, ref)
	}, nil)
}

// TrashCurrent moves the current mark to the trash with what hangs on it, or,
// without one, the article.
func (r *Reader) TrashCurrent() {
	ref := app.RefTo(app.KindArticle, r.Article.ID)
	if r.Current != "" {
		ref = app.RefTo(app.KindAnnotation, r.Current)
	}
	if ref.ID == "" {
		return
	}
	r.session.trash(ref)
}

// EditArticle changes the open article's metadata and calls then when it is done.
func (r *Reader) EditArticle(edit func(*app.Article), then func()) {
	id := r.Article.ID
	do(r.session, func(ctx context.Context) (app.Article, error) {
		return r.session.Notebook.EditArticle(ctx, id, edit)
	}, func(app.Article) { then() })
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
