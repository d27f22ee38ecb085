package viewmodel

import (
	"context"
	"errors"
	"slices"

	"rejoinder/app"
)

// LeftOut lists what the page of an article shows and its text has not, to be
// taken in.
type LeftOut struct {
	OnChange func()

	Title   string         // of the article
	Blocks  []LeftOutBlock // by kind, and in the page's order within one
	Loaded  bool
	Problem string // why there is no list
	Taking  bool   // a new version is being made

	session *Session
	article app.ArticleID
	text    app.TextID // that the list is of
	ticked  map[int]bool
	content load
}

// LeftOutBlock is a block with how long it is.
type LeftOutBlock struct {
	app.LeftOut
	Words int
}

// leftKinds is the order of the list: what most likely belongs to the article first.
var leftKinds = []app.LeftKind{app.LeftAround, app.LeftRepeat, app.LeftForm, app.LeftLinks, app.LeftMenu, app.LeftDrawn}

// NewLeftOut is the list of an open article; nil without one. Load fills it.
func NewLeftOut(r *Reader) *LeftOut {
	if r.Article.ID == "" {
		return nil
	}
	return &LeftOut{session: r.session, article: r.Article.ID, text: r.Text.ID, Title: r.Article.Title, ticked: map[int]bool{}}
}

// Load reads the list.
func (l *LeftOut) Load() {
	start(l.session.Loop, &l.content, func(ctx context.Context) (blocks []LeftOutBlock, err error) {
		left, err := l.session.Notebook.LeftOut(ctx, l.article)
		for _, b := range left {
			blocks = append(blocks, LeftOutBlock{b, app.CountWords(b.Text)})
		}
		slices.SortStableFunc(blocks, func(a, b LeftOutBlock) int {
			return slices.Index(leftKinds, a.Kind) - slices.Index(leftKinds, b.Kind)
		})
		return blocks, err
	}, func(blocks []LeftOutBlock, err error) {
		l.Loaded, l.Problem, l.Blocks = true, "", blocks
		if err != nil {
			l.Problem = app.Sentence(err)
		}
		changed(l.OnChange)
	})
}

// Close ends what is being read.
func (l *LeftOut) Close() { l.content.stop() }

// LeftKindWords says why blocks of a kind were left out.
func LeftKindWords(k app.LeftKind) string {
	return map[app.LeftKind]string{
		app.LeftAround: "Around the article", app.LeftRepeat: "The same words again", app.LeftForm: "To be filled in",
		app.LeftLinks: "Mostly links", app.LeftMenu: "Menus",
		app.LeftDrawn: "In pictures and forms (cannot be taken in)"}[k]
}

// CountOf is how many blocks are of a kind.
func (l *LeftOut) CountOf(k app.LeftKind) int {
	n := 0
	for _, b := range l.Blocks {
		if b.Kind == k {
			n++
		}
	}
	return n
}

// Ticked reports whether a block is chosen, by its number.
func (l *LeftOut) Ticked(number int) bool { return l.ticked[number] }

// Tick chooses a block, or no longer; what is drawn cannot be taken in.
func (l *LeftOut) Tick(number int, on bool) {
	if on && slices.ContainsFunc(l.Blocks, func(b LeftOutBlock) bool { return b.Number == number && b.Kind != app.LeftDrawn }) {
		l.ticked[number] = true
	} else {
		delete(l.ticked, number)
	}
	changed(l.OnChange)
}

// TickedCount is how many blocks are chosen.
func (l *LeftOut) TickedCount() int { return len(l.ticked) }

// TakeIn makes a new version with the chosen blocks, and calls over with what
// became of the marks; nil when it failed, which is shown.
func (l *LeftOut) TakeIn(over func(*app.Carried)) {
	var numbers []int
	for _, b := range l.Blocks {
		if l.ticked[b.Number] {
			numbers = append(numbers, b.Number)
		}
	}
	if len(numbers) > 0 {
		l.take(numbers, over)
	}
}

// TakeInAll makes a new version with all blocks that can be taken in.
func (l *LeftOut) TakeInAll(over func(*app.Carried)) {
	var numbers []int
	for _, b := range l.Blocks {
		if b.Kind != app.LeftDrawn {
			numbers = append(numbers, b.Number)
		}
	}
	if len(numbers) > 0 {
		l.take(numbers, over)
	}
}

func (l *LeftOut) take(numbers []int, over func(*app.Carried)) {
	if l.Taking {
		return
	}
	slices.Sort(numbers)
	l.Taking = true
	changed(l.OnChange)
	readAgain(l.session, l.article, l.text, app.ReadAs{TakeIn: numbers}, func(c *app.Carried) {
		l.Taking = false
		changed(l.OnChange)
		over(c)
	})
}

// readAgain makes a new version of an article from the original of its text, which
// is still the one in use: numbers of blocks are those of one page. over gets nil
// when it failed, which is shown.
func readAgain(s *Session, id app.ArticleID, text app.TextID, as app.ReadAs, over func(*app.Carried)) {
	run(s, func() (c app.Carried, err error) {
		ctx := context.Background()
		err = s.Notebook.View(ctx, func(r app.Reader) error {
			a, err := r.Article(id)
			if err == nil && a.Text != text {
				err = app.Problem(app.ErrInvalid, "“%s” has another text in use meanwhile: open this once more", a.Title)
			}
			return err
		})
		if err != nil {
			return c, err
		}
		return s.Notebook.ReadAgain(ctx, id, as)
	}, func(c app.Carried, err error) {
		if err == nil {
			over(&c)
			return
		}
		over(nil)
		if !errors.Is(err, context.Canceled) {
			s.Fail(err)
		}
	})
}
