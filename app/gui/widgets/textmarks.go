package widgets

import (
	"cmp"
	"slices"
	"sort"

	"fyne.io/fyne/v2"

	"rejoinder/app/gui/textlayout"
)

// TextMark is a range of a text view that is drawn in a colour.
type TextMark struct {
	ID         string
	Start, End int // code points
	Color      fyne.ThemeColorName
	Underline  bool // a line below instead of a background
	Current    bool // the one that was chosen: its ends can be moved
	Uncertain  bool // a dashed line below
}

// laneMark is a mark with its lane among those it shares words with.
type laneMark struct {
	TextMark
	lane, lanes int
	index       int // among the marks as they were given
}

// marking is the marks in the order of the text.
type marking struct {
	list    []laneMark
	reach   []int // the furthest end of the marks up to each
	current int   // in list; -1 for none
	some    bool
}

// newMarking gives every mark a lane that no other mark on the same words has:
// marks that hang together share the height of the line.
func newMarking(marks []TextMark) marking {
	m := marking{list: make([]laneMark, len(marks)), reach: make([]int, len(marks)), current: -1, some: len(marks) > 0}
	for i, mark := range marks {
		m.list[i] = laneMark{TextMark: mark, index: i}
	}
	slices.SortStableFunc(m.list, func(a, b laneMark) int {
		return cmp.Or(a.Start-b.Start, b.End-a.End)
	})
	furthest := 0
	for i := range m.list {
		furthest = max(furthest, m.list[i].End)
		m.reach[i] = furthest
		if m.list[i].Current {
			m.current = i
		}
	}
	m.lay(false)
	m.lay(true)
	return m
}

// lay gives lanes to the highlights, or to the underlines.
func (m *marking) lay(underlines bool) {
	var taken, free laneHeap
	var together []*laneMark
	lanes, end := 0, 0
	finish := func() {
		for _, t := range together {
			t.lanes = lanes
		}
		together, taken, free, lanes = together[:0], taken[:0], free[:0], 0
	}
	for i := range m.list {
		mark := &m.list[i]
		if mark.Underline != underlines {
			continue
		}
		if mark.Start >= end {
			finish()
		}
		for len(taken) > 0 && taken[0].key <= mark.Start {
			lane := taken.pop().lane
			free.push(laneEnd{lane, lane})
		}
		if len(free) > 0 {
			mark.lane = free.pop().lane
		} else {
			mark.lane = lanes
			lanes++
		}
		taken.push(laneEnd{mark.End, mark.lane})
		end = max(end, mark.End)
		together = append(together, mark)
	}
	finish()
}

// within calls show for the marks that touch the code points start to end.
func (m *marking) within(start, end int, show func(*laneMark)) {
	i := sort.Search(len(m.list), func(i int) bool { return m.reach[i] > start })
	for ; i < len(m.list) && m.list[i].Start < end; i++ {
		if m.list[i].End > start {
			show(&m.list[i])
		}
	}
}

// chosen is the current mark; nil for none.
func (m *marking) chosen() *laneMark {
	if !m.some || m.current < 0 {
		return nil
	}
	return &m.list[m.current]
}

// resized gives the current mark other ends and the lanes that follow.
func (m *marking) resized(start, end int) marking {
	marks := make([]TextMark, len(m.list))
	for _, mark := range m.list {
		marks[mark.index] = mark.TextMark
		if mark.Current {
			marks[mark.index].Start, marks[mark.index].End = start, end
		}
	}
	return newMarking(marks)
}

// laneEnd is a lane with what its heap is ordered by.
type laneEnd struct{ key, lane int }

// laneHeap has its lowest key in front.
type laneHeap []laneEnd

func (h *laneHeap) push(e laneEnd) {
	*h = append(*h, e)
	for i := len(*h) - 1; i > 0 && (*h)[i].key < (*h)[(i-1)/2].key; i = (i - 1) / 2 {
		(*h)[i], (*h)[(i-1)/2] = (*h)[(i-1)/2], (*h)[i]
	}
}

func (h *laneHeap) pop() laneEnd {
	s := *h
	out, last := s[0], len(s)-1
	s[0] = s[last]
	s = s[:last]
	for i := 0; ; {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < last && s[child].key < s[least].key {
				least = child
			}
		}
		if least == i {
			break
		}
		s[i], s[least] = s[least], s[i]
		i = least
	}
	*h = s
	return out
}

// The least height of a mark's band and of the step between two; more lanes than
// fit begin anew from the top.
const (
	bandStep  = 3
	underline = 3
)

// band is the part of a line that a mark takes: all of it, a line below for an
// underline, and for one that lies over others a lower band, so that each of
// them is seen.
func (m *laneMark) band(r textlayout.Rect) textlayout.Rect {
	inset := r.Height * 0.12
	r.Y, r.Height = r.Y+inset, r.Height-2*inset
	if m.Underline {
		up := float32(m.lane%4) * (underline + 1)
		r.Y, r.Height = r.Y+r.Height-underline-up, underline
		return r
	}
	lanes := min(max(1, m.lanes), max(1, int(r.Height/bandStep)))
	cut := r.Height * float32(m.lane%lanes) / float32(lanes)
	r.Y, r.Height = r.Y+cut, r.Height-cut
	return r
}
