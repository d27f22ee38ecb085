package widgets

import (
	"cmp"
	"slices"
	"sort"

	"fyne.io/fyne/v2"

	"rejoinder/app/gui/textlayout"
)

// SideItem stands in the margin beside a code point of the text. It is made
// when it comes near the screen, and kept while ID and Version stay the same.
type SideItem struct {
	ID       string
	At       int
	Current  bool // stands exactly beside its passage
	Version  string
	Estimate float32 // its height before it is made
	Make     func() Flowing
}

// How many things of the margin are kept that are not seen, and how many are
// made at a time that are only near.
const (
	sidePool  = 40
	sideAhead = 2
)

// margin is what stands beside the text.
type margin struct {
	items   []SideItem
	y       []float32
	heights []float32
	built   map[string]*sideObject
	known   map[string]sideHeight // of what was made once
	shown   []fyne.CanvasObject
	solved  sideSolution // what y and heights are for; the zero value for nothing
}

// sideSolution says what the places of the items follow from.
type sideSolution struct {
	text    *textlayout.Document
	moves   int // of the text
	top     float32
	current bool // the heights of the items are those that y was found for
}

type sideObject struct {
	object  Flowing
	version string
	index   int
}

type sideHeight struct {
	version string
	height  float32
}

// set replaces the items and keeps what stays the same.
func (m *margin) set(items []SideItem) {
	built, known := map[string]*sideObject{}, map[string]sideHeight{}
	for i, item := range items {
		if b := m.built[item.ID]; b != nil && b.version == item.Version {
			b.index = i
			built[item.ID] = b
		}
		if k, ok := m.known[item.ID]; ok && k.version == item.Version {
			known[item.ID] = k
		}
	}
	m.items, m.built, m.known = items, built, known
	m.y, m.heights, m.shown, m.solved = nil, nil, nil, sideSolution{}
}

// height is what an item takes, as far as that is known.
func (m *margin) height(item *SideItem) float32 {
	if k, ok := m.known[item.ID]; ok && k.version == item.Version {
		return k.height
	}
	return max(20, item.Estimate)
}

// placeSide puts what stands in the margin beside its passages, and makes what
// comes near the screen.
func (p *textPage) placeSide() {
	m := &p.view.side
	m.shown = m.shown[:0]
	if !p.withSide || len(m.items) == 0 {
		m.y = nil
		return
	}
	top, height := p.view.scroll.Offset.Y, p.view.scroll.Size().Height
	ahead := sideAhead
	for range 4 { // what is made has another height than was thought
		p.solveSide()
		made := 0
		for i := m.from(top - height/2); i < len(m.items) && m.y[i] <= top+height*1.5; i++ {
			y, h := m.y[i], m.heights[i]
			if m.built[m.items[i].ID] != nil {
				continue
			}
			if y > top+height || y+h < top {
				if ahead == 0 {
					continue
				}
				ahead--
			}
			m.make(i)
			made++
		}
		if made == 0 {
			break
		}
	}
	for i := m.from(top); i < len(m.items) && m.y[i] < top+height; i++ {
		y, h := m.y[i], m.heights[i]
		if b := m.built[m.items[i].ID]; b != nil && y+h > top {
			if pos := fyne.NewPos(p.sideX, y); b.object.Position() != pos {
				b.object.Move(pos)
			}
			if size := fyne.NewSize(sideWidth, h); b.object.Size() != size {
				b.object.Resize(size)
			}
			m.shown = append(m.shown, b.object)
		}
	}
	m.forgetFar(top + height/2)
}

// from is the first item that reaches below y.
func (m *margin) from(y float32) int {
	return sort.Search(len(m.items), func(i int) bool { return m.y[i]+m.heights[i] >= y })
}

// solveSide finds where every item stands, unless nothing moved since it did.
func (p *textPage) solveSide() {
	m := &p.view.side
	now := sideSolution{text: p.view.text, moves: p.view.text.Moves(), top: p.top, current: true}
	if m.y != nil && m.solved == now {
		return
	}
	m.solved = now
	n := len(m.items)
	wanted, heights, current := make([]float32, n), make([]float32, n), -1
	for i := range m.items {
		item := &m.items[i]
		wanted[i], heights[i] = p.top+p.view.text.About(item.At)-6, m.height(item)
		if item.Current {
			current = i
		}
	}
	m.heights, m.y = heights, beside(wanted, heights, sideBetween, p.top, current)
}

// make builds an item.
func (m *margin) make(i int) {
	item := &m.items[i]
	o := item.Make()
	if m.built == nil {
		m.built, m.known = map[string]*sideObject{}, map[string]sideHeight{}
	}
	m.built[item.ID] = &sideObject{object: o, version: item.Version, index: i}
	height := o.HeightFor(sideWidth)
	if m.heights[i] != height {
		m.solved.current = false
	}
	m.known[item.ID] = sideHeight{item.Version, height}
}

// forgetFar drops what is furthest from a place, as far as there is too much.
func (m *margin) forgetFar(y float32) {
	if len(m.built) <= sidePool+len(m.shown) {
		return
	}
	var all []*sideObject
	for _, b := range m.built {
		all = append(all, b)
	}
	far := func(b *sideObject) float32 { d := m.y[b.index] - y; return max(d, -d) }
	slices.SortFunc(all, func(a, b *sideObject) int { return cmp.Compare(far(a), far(b)) })
	for _, b := range all[sidePool+len(m.shown):] {
		delete(m.built, m.items[b.index].ID)
	}
}

// bottom is where the margin ends.
func (m *margin) bottom() float32 {
	n := len(m.y)
	if n == 0 {
		return 0
	}
	return m.y[n-1] + m.heights[n-1]
}

// HasMargin says whether there is room for what stands beside the text.
func (v *TextView) HasMargin() bool { return v.page.withSide }
