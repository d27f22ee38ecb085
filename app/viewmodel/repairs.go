package viewmodel

import (
	"context"
	"errors"
	"slices"

	"rejoinder/app"
)

// Repairs is the queue of marks whose place has to be looked at since their
// article's text changed, one of them at a time.
type Repairs struct {
	OnChange func()

	Article    app.ArticleID // "" for the whole notebook
	Filter     app.RepairFilter
	All        int          // how many there are without the filter
	Queue      []app.Repair // those that the filter shows
	At         int          // which of them is looked at
	Candidates []app.Candidate
	Before     app.Snippet   // the old passage among the words around it
	Around     []app.Snippet // the same of each candidate
	Loaded     bool

	session *Session
	all     []app.Repair
	ticked  map[app.AnnotationID]bool
	text    app.TextID // that the candidates stand in
	content load
	details load
}

// NewRepairs makes the queue of one article, or of the notebook. Load fills it.
func NewRepairs(s *Session, article app.ArticleID) *Repairs {
	return &Repairs{session: s, Article: article, ticked: map[app.AnnotationID]bool{}}
}

// Load reads the queue anew.
func (q *Repairs) Load() {
	start(q.session.Loop, &q.content, func(ctx context.Context) ([]app.Repair, error) {
		return q.session.Notebook.Repairs(ctx, q.Article)
	}, func(queue []app.Repair, err error) {
		if err != nil {
			q.session.Fail(err)
			return
		}
		q.all, q.Loaded = queue, true
		q.narrow()
	})
}

// narrow shows of the queue what the filter lets through. Ticks stay on what is
// shown and can still be accepted.
func (q *Repairs) narrow() {
	looked := app.AnnotationID("")
	if q.At < len(q.Queue) {
		looked = q.Queue[q.At].ID
	}
	q.All, q.Queue = len(q.all), nil
	ticked := map[app.AnnotationID]bool{}
	for _, r := range q.all {
		if r.Passes(q.Filter) {
			q.Queue = append(q.Queue, r)
			ticked[r.ID] = q.ticked[r.ID] && r.Clear()
		}
	}
	q.ticked = ticked
	if at := slices.IndexFunc(q.Queue, func(r app.Repair) bool { return r.ID == looked }); at >= 0 {
		q.At = at
	}
	q.Look(min(q.At, max(0, len(q.Queue)-1)))
}

// Narrow shows only what a filter lets through.
func (q *Repairs) Narrow(f app.RepairFilter) {
	q.Filter = f
	q.narrow()
}

// Ticked says whether a mark is to be accepted with others, and TickedCount how
// many are.
func (q *Repairs) Ticked(id app.AnnotationID) bool { return q.ticked[id] }

// TickedCount is how many marks are ticked.
func (q *Repairs) TickedCount() int {
	n := 0
	for _, is := range q.ticked {
		if is {
			n++
		}
	}
	return n
}

// Tick ticks a mark that has one likeliest place, or takes its tick away.
func (q *Repairs) Tick(id app.AnnotationID, on bool) {
	for _, r := range q.Queue {
		if r.ID == id && r.Clear() && q.ticked[id] != on {
			q.ticked[id] = on
			changed(q.OnChange)
		}
	}
}

// TickAll ticks all that are shown and have one likeliest place.
func (q *Repairs) TickAll() {
	for _, r := range q.Queue {
		q.ticked[r.ID] = r.Clear()
	}
	changed(q.OnChange)
}

// AcceptTicked makes the ticked marks stand at their likeliest places, in one step.
func (q *Repairs) AcceptTicked() {
	var places []app.Place
	for _, r := range q.Queue {
		if q.ticked[r.ID] {
			places = append(places, r.Place())
		}
	}
	if len(places) == 0 {
		return
	}
	do(q.session, func(ctx context.Context) (int, error) {
		return len(places), q.session.Notebook.PlaceAnnotations(ctx, places)
	}, nil)
}

// Changed loads the queue anew when these changes touch it.
func (q *Repairs) Changed(c app.Changes) {
	if c.Touches(app.KindAnnotation, app.KindArticle) {
		q.Load()
	}
}

// around is how many code points of text are shown with a passage.
const around = 160

type repairDetails struct {
	text       app.TextID
	candidates []app.Candidate
	before     app.Snippet
	after      []app.Snippet
}

// Look looks at one of the queue.
func (q *Repairs) Look(at int) {
	q.At = at
	q.Candidates, q.Before, q.Around = nil, app.Snippet{}, nil
	if at >= len(q.Queue) {
		q.details.stop()
		changed(q.OnChange)
		return
	}
	repair := q.Queue[at]
	start(q.session.Loop, &q.details, func(ctx context.Context) (d repairDetails, err error) {
		if d.candidates, err = q.session.Notebook.Candidates(ctx, repair.ID); err != nil {
			return d, err
		}
		err = q.session.Notebook.View(ctx, func(r app.Reader) error {
			old, err := r.Text(repair.OldText)
			if err != nil {
				return err
			}
			d.before = app.CutAround(old.Plain, repair.Old.Start, repair.Old.End, around)
			article, err := r.Article(repair.Article)
			if err != nil {
				return err
			}
			d.text = article.Text
			text, err := r.Text(article.Text)
			for _, c := range d.candidates {
				d.after = append(d.after, app.CutAround(text.Plain, c.Anchor.Start, c.Anchor.End, around))
			}
			return err
		})
		return d, err
	}, func(d repairDetails, err error) {
		if err != nil {
			q.session.Fail(err)
			return
		}
		q.Candidates, q.Before, q.Around, q.text = d.candidates, d.before, d.after, d.text
		changed(q.OnChange)
	})
	changed(q.OnChange)
}

// Accept makes the mark stand at one of the candidates.
func (q *Repairs) Accept(candidate int) {
	if q.At >= len(q.Queue) || candidate >= len(q.Candidates) {
		return
	}
	q.Place(q.Queue[q.At].ID, q.text, q.Candidates[candidate].Anchor.Start, q.Candidates[candidate].Anchor.End)
}

// Place makes a mark stand at these code points of a text, which has to be the
// one in use.
func (q *Repairs) Place(id app.AnnotationID, text app.TextID, start, end int) {
	do(q.session, func(ctx context.Context) (app.Annotation, error) {
		return q.session.Notebook.PlaceAnnotation(ctx, id, text, start, end)
	}, nil)
}

// Leave leaves the mark with the version of the text that it stands in.
func (q *Repairs) Leave() {
	if q.At >= len(q.Queue) {
		return
	}
	id := q.Queue[q.At].ID
	do(q.session, func(ctx context.Context) (app.Annotation, error) {
		return q.session.Notebook.LeaveAnnotation(ctx, id)
	}, nil)
}

// Trash moves the mark to the trash.
func (q *Repairs) Trash() {
	if q.At < len(q.Queue) {
		q.session.trash(app.RefTo(app.KindAnnotation, q.Queue[q.At].ID))
	}
}

// UpdateArticle gives an article the text of another file and calls done with
// what became of its marks; nil when it failed, which is shown, or was cancelled.
func (l *Library) UpdateArticle(ctx context.Context, id app.ArticleID, path string, done func(*app.Carried)) {
	run(l.session, func() (app.Carried, error) {
		return l.session.Notebook.UpdateArticle(ctx, id, path)
	}, func(c app.Carried, err error) {
		if err == nil {
			done(&c)
			return
		}
		done(nil)
		if !errors.Is(err, context.Canceled) {
			l.session.Fail(err)
		}
	})
}

// CarriedSummary is the sentence that ends an update.
func CarriedSummary(c app.Carried) string {
	if len(c.Version.Provenance.Doubts) > 0 {
		return carriedWords(c) + " — but its text is doubtful"
	}
	return carriedWords(c)
}

func carriedWords(c app.Carried) string {
	if len(c.Moves) == 0 {
		return "Version " + Thousands(c.Version.Number) + " imported; there were no marks to carry over"
	}
	s := "Version " + Thousands(c.Version.Number) + " imported: " + plural(c.Count(app.AnchorExact), "mark") + " in place"
	if n := c.Count(app.AnchorFuzzy) - c.TextsChanged(); n > 0 {
		s += ", " + Thousands(n) + " in other typography"
	}
	if n := c.TextsChanged(); n > 0 {
		s += ", " + Thousands(n) + " with their text changed"
	}
	if n := c.Count(app.AnchorNeedsReview); n > 0 {
		s += ", " + Thousands(n) + " to review"
	}
	if n := c.Count(app.AnchorOrphan); n > 0 {
		s += ", " + Thousands(n) + " no longer found"
	}
	return s
}

// Comparison is two versions of an article's text side by side.
type Comparison struct {
	OnChange func()

	Versions []app.Version
	From, To int // numbers
	Old, New app.Text
	Blocks   []app.DiffBlock

	session *Session
	article app.ArticleID
	content load
}

// NewComparison compares the text in use with the version before it. Load fills
// it.
func NewComparison(r *Reader) *Comparison {
	c := &Comparison{session: r.session, article: r.Article.ID, Versions: r.Versions}
	if n := len(r.Versions); n > 1 {
		c.From, c.To = r.Versions[n-2].Number, r.Versions[n-1].Number
	}
	return c
}

// Compare compares two versions by their numbers.
func (c *Comparison) Compare(from, to int) {
	c.From, c.To = from, to
	type result struct {
		old, text app.Text
		blocks    []app.DiffBlock
	}
	start(c.session.Loop, &c.content, func(ctx context.Context) (d result, err error) {
		d.old, d.text, d.blocks, err = c.session.Notebook.DiffVersions(ctx, c.article, from, to)
		return d, err
	}, func(d result, err error) {
		if err != nil {
			c.session.Fail(err)
			return
		}
		c.Old, c.New, c.Blocks = d.old, d.text, d.blocks
		changed(c.OnChange)
	})
}

// Summary says how much changed.
func (c *Comparison) Summary() string {
	counts := map[app.DiffKind]int{}
	for _, b := range c.Blocks {
		counts[b.Kind]++
	}
	if counts["changed"]+counts["added"]+counts["removed"] == 0 {
		return "The two versions say the same."
	}
	return joined(plural(counts["changed"], "paragraph")+" changed", Thousands(counts["added"])+" added", Thousands(counts["removed"])+" removed")
}
