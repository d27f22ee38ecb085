package viewmodel

import (
	"context"
	"slices"
	"strings"

	"rejoinder/app"
)

// MarkFilter chooses which marks the margin shows; empty fields do not limit.
type MarkFilter struct {
	Color app.Color
	Kind  app.AnnotationKind
	Tag   app.TagID
	Actor app.ActorID
}

// fits says whether a mark is shown.
func (f MarkFilter) fits(m Mark) bool {
	return (f.Color == "" || m.Color == f.Color) && (f.Kind == "" || m.Kind == f.Kind) &&
		(f.Tag == "" || slices.ContainsFunc(m.Tags, func(t app.Tag) bool { return t.ID == f.Tag })) &&
		(f.Actor == "" || slices.ContainsFunc(m.Statements, func(s app.BoardStatement) bool { return s.Actor == f.Actor || s.ReportedBy == f.Actor }))
}

// SetFilter narrows the marks that are shown.
func (r *Reader) SetFilter(f MarkFilter) {
	r.Filter = f
	if m := r.CurrentMark(); m != nil && !f.fits(*m) {
		r.Current = "" // nothing acts on what is not seen
	}
	changed(r.OnChange)
}

// unhide takes the filter away when it hides the current mark.
func (r *Reader) unhide() {
	if m := r.CurrentMark(); m == nil || !r.Filter.fits(*m) {
		r.Filter = MarkFilter{}
	}
}

// Shown lists the marks that stand in the text and fit the filter.
func (r *Reader) Shown() []Mark {
	var out []Mark
	for _, m := range r.Marks {
		if m.Text == r.Text.ID && r.Filter.fits(m) {
			out = append(out, m)
		}
	}
	return out
}

// FilterChoice is one thing that the margin can be narrowed to.
type FilterChoice struct {
	Name   string
	Count  int // marks
	Filter MarkFilter
}

// FilterChoices lists the colours, kinds, tags and actors of the marks there are.
func (r *Reader) FilterChoices() (colors, kinds, tags, actors []FilterChoice) {
	count := func(name string, f MarkFilter) []FilterChoice {
		n := 0
		for _, m := range r.Marks {
			if m.Text == r.Text.ID && f.fits(m) {
				n++
			}
		}
		if n == 0 {
			return nil
		}
		return []FilterChoice{{name, n, f}}
	}
	for _, c := range app.Colors {
		colors = append(colors, count(r.ColorName(c), MarkFilter{Color: c})...)
	}
	for _, k := range []app.AnnotationKind{app.Highlight, app.Underline, app.Comment} {
		kinds = append(kinds, count(string(k), MarkFilter{Kind: k})...)
	}
	seen := map[string]bool{}
	for _, m := range r.Marks {
		for _, t := range m.Tags {
			if !seen[string(t.ID)] {
				seen[string(t.ID)] = true
				tags = append(tags, count(t.Path, MarkFilter{Tag: t.ID})...)
			}
		}
		for _, s := range m.Statements {
			if !seen[string(s.Actor)] {
				seen[string(s.Actor)] = true
				actors = append(actors, count(s.ActorName, MarkFilter{Actor: s.Actor})...)
			}
		}
	}
	byName := func(a, b FilterChoice) int { return strings.Compare(app.FoldName(a.Name), app.FoldName(b.Name)) }
	slices.SortFunc(tags, byName)
	slices.SortFunc(actors, byName)
	return colors, kinds, tags, actors
}

// ColorName is what the user calls a colour.
func (r *Reader) ColorName(c app.Color) string { return colorName(r.Colors, c) }

// Doubtful counts the marks whose place has to be looked at since the text
// changed.
func (r *Reader) Doubtful() int {
	n := 0
	for _, m := range r.Marks {
		if m.State != app.AnchorExact {
			n++
		}
	}
	return n
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
	if m := r.CurrentMark(); m != nil && m.Text == r.Text.ID && r.OnShow != nil {
		r.OnShow(m.Anchor.Start)
	}
}

// ChooseAt chooses the mark at a code point; where several overlap, the next
// one each time.
func (r *Reader) ChooseAt(offset int) {
	var here []app.AnnotationID
	for _, m := range r.Shown() {
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

// Step chooses the next mark of the text, or the one before.
func (r *Reader) Step(forward bool) {
	marks := r.Shown()
	if len(marks) == 0 {
		return
	}
	at := slices.IndexFunc(marks, func(m Mark) bool { return m.ID == r.Current })
	switch {
	case at < 0: // the nearest to what is on the screen
		at = slices.IndexFunc(marks, func(m Mark) bool { return m.Anchor.Start >= r.At })
		if at < 0 {
			at = len(marks) - 1
		}
	case forward:
		at = min(at+1, len(marks)-1)
	default:
		at = max(at-1, 0)
	}
	r.Choose(marks[at].ID)
}

// spot is the selected passage, or that of the current mark; nil for neither.
func (r *Reader) spot() *app.Spot {
	if r.Selected() {
		return &app.Spot{Article: string(r.Article.ID), Start: r.Start, End: r.End, Text: r.Text.ID}
	}
	if m := r.CurrentMark(); m != nil && m.Text == r.Text.ID {
		return &app.Spot{Article: string(r.Article.ID), Start: m.Anchor.Start, End: m.Anchor.End, Text: r.Text.ID}
	}
	return nil
}

// Show makes the selection, or the chosen mark, the passage of a statement or a
// relation that has none.
func (r *Reader) Show(ref app.Ref) {
	spot := r.spot()
	if spot == nil {
		r.session.Say("Select the passage in an article first")
		return
	}
	do(r.session, func(ctx context.Context) (struct{}, error) {
		var err error
		if ref.Kind == app.KindStatement {
			_, err = r.session.Notebook.ShowStatement(ctx, app.StatementID(ref.ID), *spot)
		} else {
			_, err = r.session.Notebook.ShowRelation(ctx, app.RelationID(ref.ID), *spot)
		}
		return struct{}{}, err
	}, func(struct{}) { r.session.Say("It has its passage now — undo with Ctrl+Z") })
}

// spotQuote is what stands at the spot; a mark of an older version has none.
func (r *Reader) spotQuote() string {
	if r.spot() == nil {
		return ""
	}
	return r.Quote()
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

// Recolor gives the current mark another colour, or highlights the selection.
func (r *Reader) Recolor(color app.Color) {
	kind := app.Highlight
	if m := r.CurrentMark(); m != nil && !r.Selected() {
		kind = m.Kind
	}
	r.Mark(kind, color)
}

// Comment marks the selection with a note, or sets the current mark's.
func (r *Reader) Comment(note string) {
	if write := r.NewComment(); write != nil {
		write(note)
	}
}

// NewComment returns what writes a note on what is selected or chosen now,
// whatever is when the note is written; nil for nothing.
func (r *Reader) NewComment() (write func(note string)) {
	if r.Selected() {
		spot := *r.spot()
		return func(note string) {
			do(r.session, func(ctx context.Context) (app.Annotation, error) {
				return r.session.Notebook.Annotate(ctx, spot, app.Annotation{Kind: app.Comment, Note: note})
			}, r.marked)
		}
	}
	if m := r.CurrentMark(); m != nil {
		id := m.ID
		return func(note string) { r.EditMark(id, func(a *app.Annotation) { a.Note = note }) }
	}
	return nil
}

// marked chooses a mark that was just made, unless another article was opened
// meanwhile.
func (r *Reader) marked(a app.Annotation) {
	if a.Article != r.wanted {
		return
	}
	r.Start, r.End, r.Current, r.Filter = 0, 0, a.ID, MarkFilter{}
	changed(r.OnChange)
}

// EditMark changes a mark.
func (r *Reader) EditMark(id app.AnnotationID, edit func(*app.Annotation)) {
	do(r.session, func(ctx context.Context) (app.Annotation, error) {
		return r.session.Notebook.EditAnnotation(ctx, id, edit)
	}, nil)
}

// Place makes a mark stand at other code points of the text.
func (r *Reader) Place(id app.AnnotationID, text app.TextID, start, end int) {
	do(r.session, func(ctx context.Context) (app.Annotation, error) {
		return r.session.Notebook.PlaceAnnotation(ctx, id, text, start, end)
	}, nil)
}

// Tag tags the current mark, made first of the selection if there is one, or
// else the article.
func (r *Reader) Tag(path string) {
	if tag := r.NewTag(); tag != nil {
		tag(path)
	}
}

// NewTag returns what tags that which is selected, chosen or open now, whatever
// is when the tag is given; nil for nothing.
func (r *Reader) NewTag() (tag func(path string)) {
	if r.Selected() {
		spot := *r.spot()
		return func(path string) {
			do(r.session, func(ctx context.Context) (app.Annotation, error) {
				return r.session.Notebook.Annotate(ctx, spot, app.Annotation{}, tagPaths(path)...)
			}, r.marked)
		}
	}
	ref := r.currentRef()
	if ref.ID == "" {
		return nil
	}
	return func(path string) {
		do(r.session, func(ctx context.Context) (struct{}, error) {
			ctx = app.InOneStep(ctx, "Tag with “"+path+"”")
			for _, p := range tagPaths(path) {
				if err := r.session.Notebook.Tag(ctx, p, true, ref); err != nil {
					return struct{}{}, err
				}
			}
			return struct{}{}, nil
		}, nil)
	}
}

// tagPaths are the tags that are typed on one line, with commas between them.
func tagPaths(line string) (paths []string) {
	for p := range strings.SplitSeq(line, ",") {
		if p = strings.TrimSpace(p); p != "" {
			paths = append(paths, p)
		}
	}
	return paths
}

// currentRef is the current mark, or else the article.
func (r *Reader) currentRef() app.Ref {
	if m := r.CurrentMark(); m != nil {
		return app.RefTo(app.KindAnnotation, m.ID)
	}
	return app.RefTo(app.KindArticle, r.Article.ID)
}

// Untag takes a tag off a mark.
func (r *Reader) Untag(id app.AnnotationID, path string) {
	do(r.session, func(ctx context.Context) (struct{}, error) {
		return struct{}{}, r.session.Notebook.Tag(ctx, path, false, app.RefTo(app.KindAnnotation, id))
	}, nil)
}

// TrashCurrent moves the current mark to the trash with what hangs on it, or,
// without one, the article.
func (r *Reader) TrashCurrent() {
	if ref := r.currentRef(); ref.ID != "" {
		r.session.trash(ref)
	}
}

// KeepNote writes a mark's note and returns when it is kept: for the end of a
// window.
func (r *Reader) KeepNote(id app.AnnotationID, note string) {
	if _, err := r.session.Notebook.EditAnnotation(context.Background(), id, func(a *app.Annotation) { a.Note = note }); err != nil {
		r.session.Fail(err)
	}
}

// KeepEnds moves a mark's ends and returns when that is kept.
func (r *Reader) KeepEnds(id app.AnnotationID, text app.TextID, start, end int) {
	if _, err := r.session.Notebook.PlaceAnnotation(context.Background(), id, text, start, end); err != nil {
		r.session.Fail(err)
	}
}
