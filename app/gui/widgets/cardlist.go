package widgets

import (
	"image/color"
	"reflect"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// CardList is any number of cards of any height below each other, of which only
// those that are seen exist. It keeps its place, and the focus, when they are
// made anew.
type CardList struct {
	widget.BaseWidget
	Count func() int
	// Key names a card, so that it is known again after Refresh.
	Key func(i int) string
	// Make makes the card of a place.
	Make func(i int) Flowing
	// Shows is all that the card of a place shows: a card stays when that did not
	// change. Without it Update makes all cards anew.
	Shows func(i int) any
	// OnMade is called after cards were made, to fetch what they lack.
	OnMade func()
	// MaxWidth keeps lines short where there is more room than that; 0 takes all.
	MaxWidth float32

	gap     float32
	pad     fyne.Size
	scroll  *container.Scroll
	content *fyne.Container
	frame   *canvas.Rectangle // shows nothing: refreshing it has the next frame drawn
	keys    []string
	tops    []float32          // of each card, and the end of the last
	heights map[string]float32 // of those that were seen at this width
	made    map[int]madeCard
	width   float32
	placing bool
}

// madeCard is a card with what it shows.
type madeCard struct {
	Flowing
	shows any
}

// guessedHeight is that of a card that was not seen yet.
const guessedHeight = 110

// beyond is how far cards are made above and below what is seen.
const beyond = 120

// NewCardList makes a list; set its functions before it is shown.
func NewCardList(gap float32, pad fyne.Size) *CardList {
	l := &CardList{gap: gap, pad: pad, frame: canvas.NewRectangle(color.Transparent), heights: map[string]float32{}, made: map[int]madeCard{}}
	l.content = container.New(&cardListLayout{l})
	l.scroll = container.NewVScroll(l.content)
	l.scroll.OnScrolled = func(fyne.Position) { l.place() }
	l.ExtendBaseWidget(l)
	return l
}

// cardListLayout asks for room for all cards; place moves them.
type cardListLayout struct{ list *CardList }

func (l *cardListLayout) Layout([]fyne.CanvasObject, fyne.Size) {}

func (l *cardListLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(60, l.list.total())
}

func (l *CardList) total() float32 {
	if len(l.tops) == 0 {
		return 0
	}
	return l.tops[len(l.tops)-1] + l.pad.Height - l.gap
}

// MinSize implements fyne.CanvasObject.
func (l *CardList) MinSize() fyne.Size {
	l.ExtendBaseWidget(l)
	return fyne.NewSize(120, 60)
}

// CreateRenderer implements fyne.Widget.
func (l *CardList) CreateRenderer() fyne.WidgetRenderer {
	return &cardListRenderer{l}
}

type cardListRenderer struct{ list *CardList }

func (r *cardListRenderer) Destroy()           {}
func (r *cardListRenderer) MinSize() fyne.Size { return fyne.NewSize(120, 60) }
func (r *cardListRenderer) Refresh()           { r.list.scroll.Refresh() }
func (r *cardListRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.list.frame, r.list.scroll}
}

func (r *cardListRenderer) Layout(size fyne.Size) {
	l := r.list
	if size.Width != l.width {
		top, inside := l.anchor()
		l.width, l.heights = size.Width, map[string]float32{}
		l.measure()
		l.hold(top, inside)
	}
	l.scroll.Resize(size)
	l.place()
}

// Update makes the cards anew that changed.
func (l *CardList) Update() {
	top, inside := l.anchor()
	focusKey, ordinal := l.focused()
	before := l.keys
	l.keys = make([]string, l.Count())
	for i := range l.keys {
		l.keys[i] = l.Key(i)
	}
	for i, card := range l.made {
		if l.Shows == nil || i >= len(l.keys) || l.keys[i] != before[i] || !reflect.DeepEqual(card.shows, l.Shows(i)) {
			delete(l.made, i)
		}
	}
	l.measure()
	l.hold(top, inside)
	l.place()
	l.fit()
	if focusKey != "" {
		l.refocus(focusKey, ordinal)
	}
	if l.OnMade != nil { // what a card that stays shows may have been forgotten
		l.OnMade()
	}
}

// anchor is the card at the top and how much of it is above.
func (l *CardList) anchor() (key string, inside float32) {
	if i := l.at(l.scroll.Offset.Y); i < len(l.keys) && l.scroll.Offset.Y > 0 {
		return l.keys[i], l.scroll.Offset.Y - l.tops[i]
	}
	return "", 0
}

// hold scrolls to where a card was.
func (l *CardList) hold(key string, inside float32) {
	if key == "" {
		l.scroll.Offset.Y = 0
		return
	}
	for i, k := range l.keys {
		if k == key {
			l.scroll.Offset.Y = max(0, min(l.tops[i]+inside, l.total()-l.scroll.Size().Height))
			return
		}
	}
	l.scroll.Offset.Y = max(0, min(l.scroll.Offset.Y, l.total()-l.scroll.Size().Height))
}

// measure works out where each card begins.
func (l *CardList) measure() {
	l.tops = append(l.tops[:0], l.pad.Height)
	y := l.pad.Height
	for _, key := range l.keys {
		h, ok := l.heights[key]
		if !ok {
			h = guessedHeight
		}
		y += h + l.gap
		l.tops = append(l.tops, y)
	}
}

// at is the card at a height.
func (l *CardList) at(y float32) int {
	return max(0, sort.Search(len(l.keys), func(i int) bool { return l.tops[i+1]-l.gap > y }))
}

// inner is the width of the cards.
func (l *CardList) inner() float32 {
	inner := l.width - 2*l.pad.Width
	if l.MaxWidth > 0 {
		inner = min(inner, l.MaxWidth)
	}
	return inner
}

// place makes the cards that are seen and puts them in their places.
func (l *CardList) place() {
	if l.placing || l.width <= 0 || len(l.tops) == 0 {
		return
	}
	l.placing = true
	defer func() { l.placing = false }()
	inner, height := l.inner(), l.scroll.Size().Height
	fresh, resized := false, false
	first := l.at(l.scroll.Offset.Y - beyond)
	last := first
	for i := first; i < len(l.keys) && l.tops[i] < l.scroll.Offset.Y+height+beyond; i++ {
		last = i + 1
		card, ok := l.made[i]
		if !ok {
			card, fresh = l.make(i), true
		}
		h := card.HeightFor(inner)
		if before := l.tops[i+1] - l.gap - l.tops[i]; h != before {
			if l.tops[i+1] < l.scroll.Offset.Y { // what is seen stays where it is
				l.scroll.Offset.Y = max(0, l.scroll.Offset.Y+h-before)
			}
			for k := i + 1; k < len(l.tops); k++ {
				l.tops[k] += h - before
			}
			resized = true
		}
		l.heights[l.keys[i]] = h
	}
	l.keep(first, last, inner)
	if resized || fresh {
		l.fit()
	}
	if fresh && l.OnMade != nil {
		l.OnMade()
	}
}

func (l *CardList) make(i int) madeCard {
	card := madeCard{Flowing: l.Make(i)}
	if l.Shows != nil {
		card.shows = l.Shows(i)
	}
	l.made[i] = card
	return card
}

// keep shows the cards from first to last, and forgets others but for the one
// that has the focus.
func (l *CardList) keep(first, last int, inner float32) {
	objects := l.content.Objects[:0]
	focus := l.canvasFocus()
	for i, card := range l.made {
		if (i < first || i >= last) && !holds(card.Flowing, focus) {
			delete(l.made, i)
			continue
		}
		card.Move(fyne.NewPos((l.width-inner)/2, l.tops[i]))
		card.Resize(fyne.NewSize(inner, l.heights[l.keys[i]]))
		objects = append(objects, card.Flowing)
	}
	sort.Slice(objects, func(a, b int) bool { return objects[a].Position().Y < objects[b].Position().Y })
	l.content.Objects = objects
}

// fit lets the bar follow the cards, and shows them. The scroll's own Refresh would
// draw every card anew.
func (l *CardList) fit() {
	l.scroll.Base.Refresh()
	canvas.Refresh(l.frame)
}

// Reveal scrolls until a card is seen, and as much of it as there is room for.
func (l *CardList) Reveal(i int) {
	if i < 0 || i >= len(l.keys) {
		return
	}
	for range 3 { // heights become known on the way
		top, bottom, height := l.tops[i]-l.pad.Height, l.tops[i+1]-l.gap+l.pad.Height, l.scroll.Size().Height
		offset := l.scroll.Offset.Y
		switch {
		case top < offset || bottom-top > height:
			offset = top
		case bottom > offset+height:
			offset = bottom - height
		}
		l.scroll.Offset.Y = max(0, min(offset, l.total()-height))
		l.place()
	}
	l.fit()
}

// RevealTop scrolls until a card is the first that is seen.
func (l *CardList) RevealTop(i int) {
	if i < 0 || i >= len(l.keys) {
		return
	}
	for range 3 { // heights become known on the way
		l.scroll.Offset.Y = max(0, min(l.tops[i]-l.pad.Height, l.total()-l.scroll.Size().Height))
		l.place()
	}
	l.fit()
}

// Focus gives a card the keys.
func (l *CardList) Focus(i int) {
	l.Reveal(i)
	if f, ok := l.made[i].Flowing.(fyne.Focusable); ok {
		if c := l.canvas(); c != nil {
			c.Focus(f)
		}
	}
}

// FocusIn is Focus for a list that was not drawn yet, as in a dialog that opens.
func (l *CardList) FocusIn(c fyne.Canvas, i int) {
	l.Reveal(i)
	if f, ok := l.made[i].Flowing.(fyne.Focusable); ok {
		c.Focus(f)
	}
}

// Step goes with the arrow keys, Home, End and the page keys from a card to
// another; false for other keys.
func (l *CardList) Step(from int, e *fyne.KeyEvent) bool {
	n, to := len(l.keys), from
	switch e.Name {
	case fyne.KeyUp:
		to--
	case fyne.KeyDown:
		to++
	case fyne.KeyHome:
		to = 0
	case fyne.KeyEnd:
		to = n - 1
	case fyne.KeyPageDown:
		to = max(from+1, l.at(l.tops[from]+l.scroll.Size().Height*0.9))
	case fyne.KeyPageUp:
		to = min(from-1, l.at(l.tops[from]-l.scroll.Size().Height*0.9))
	default:
		return false
	}
	to = max(0, min(to, n-1))
	for step := 1; to != from && to >= 0 && to < n; to += step { // headings cannot be chosen
		if to < from {
			step = -1
		}
		l.Reveal(to)
		if _, ok := l.made[to].Flowing.(fyne.Focusable); ok {
			l.Focus(to)
			break
		}
	}
	return true
}

// Focused is the place of the card that has the keys; -1 for none.
func (l *CardList) Focused() int {
	key, _ := l.focused()
	if key == "" {
		return -1
	}
	return l.IndexOf(key)
}

// IndexOf is the place of the card with a key; -1 when there is none.
func (l *CardList) IndexOf(key string) int {
	for i, k := range l.keys {
		if k == key {
			return i
		}
	}
	return -1
}

func (l *CardList) canvas() fyne.Canvas {
	return fyne.CurrentApp().Driver().CanvasForObject(l)
}

func (l *CardList) canvasFocus() fyne.Focusable {
	if c := l.canvas(); c != nil {
		return c.Focused()
	}
	return nil
}

// focused is the card that has the focus, and which of the things in it.
func (l *CardList) focused() (key string, ordinal int) {
	focus := l.canvasFocus()
	if focus == nil {
		return "", 0
	}
	for i, card := range l.made {
		for n, f := range focusables(card.Flowing) {
			if f == focus && i < len(l.keys) {
				return l.keys[i], n
			}
		}
	}
	return "", 0
}

// refocus gives the focus back to the card that had it.
func (l *CardList) refocus(key string, ordinal int) {
	i := l.IndexOf(key)
	if i < 0 {
		if c := l.canvas(); c != nil {
			c.Unfocus()
		}
		return
	}
	card, ok := l.made[i]
	if !ok {
		card = l.make(i)
		l.heights[key] = card.HeightFor(l.inner())
	}
	all := focusables(card.Flowing)
	if c := l.canvas(); c != nil && len(all) > 0 {
		c.Focus(all[min(ordinal, len(all)-1)])
	}
	l.place()
}

func holds(card Flowing, focus fyne.Focusable) bool {
	if focus == nil {
		return false
	}
	for _, f := range focusables(card) {
		if f == focus {
			return true
		}
	}
	return false
}

// Within is what a card made of other objects tells of them.
type Within interface{ Inside() []fyne.CanvasObject }

// focusables lists a card and what is in it that can have the focus.
func focusables(o fyne.CanvasObject) []fyne.Focusable {
	var out []fyne.Focusable
	if f, ok := o.(fyne.Focusable); ok {
		out = append(out, f)
	}
	if w, ok := o.(Within); ok {
		for _, inner := range w.Inside() {
			out = append(out, focusables(inner)...)
		}
	}
	return out
}

// Inside implements Within.
func (c *Card) Inside() []fyne.CanvasObject { return c.body.content.Objects }

// Inside implements Within.
func (f *Flow) Inside() []fyne.CanvasObject { return f.content.Objects }
