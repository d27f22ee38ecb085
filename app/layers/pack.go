package layers

import (
	"cmp"
	"math"
	"slices"
)

// pack moves the drawings to where they stand together, and the grid of single
// nodes below them.
func pack(drawings, grid []drawing, o Options) []drawing {
	// Equally high ones leave the least free in a row.
	slices.SortStableFunc(drawings, func(a, b drawing) int { return cmp.Compare(b.height, a.height) })
	width, height := bestShelves(drawings, o)
	out := slices.Clone(drawings)
	shelve(out, width, o.ComponentGap)

	cellWidth, cellHeight := 0.0, 0.0
	for _, d := range grid {
		cellWidth, cellHeight = max(cellWidth, d.width), max(cellHeight, d.height)
	}
	columns := gridColumns(len(grid), cellWidth+o.NodeGap, cellHeight+o.NodeGap, width, height, o)
	top := height
	if len(drawings) > 0 {
		top += o.ComponentGap
	}
	for i, d := range grid {
		d.corner.X = float64(i%columns) * (cellWidth + o.NodeGap)
		d.corner.Y = top + float64(i/columns)*(cellHeight+o.NodeGap)
		out = append(out, d)
	}
	return out
}

// bestShelves is the size of the rows of drawings that come nearest to the
// aspect, of several widths.
func bestShelves(drawings []drawing, o Options) (width, height float64) {
	area, widest, aside := 0.0, 0.0, 0.0
	for _, d := range drawings {
		area += (d.width + o.ComponentGap) * (d.height + o.ComponentGap)
		widest = max(widest, d.width)
		aside += d.width + o.ComponentGap
	}
	best := math.Inf(1)
	for try := 0.6; try < 2; try *= 1.1 {
		limit := min(aside, max(widest, try*math.Sqrt(area*o.Aspect)))
		w, h := shelve(slices.Clone(drawings), limit, o.ComponentGap)
		// The larger of the two sides of the frame that holds it decides.
		if frame := max(w, h*o.Aspect); frame < best {
			best, width, height = frame, w, h
		}
	}
	return width, height
}

// shelve puts the drawings in rows no wider than the limit, unless a single one
// is, and says how large that is.
func shelve(drawings []drawing, limit, gap float64) (width, height float64) {
	const rounding = 1e-9
	x, y := 0.0, 0.0
	for i := range drawings {
		d := &drawings[i]
		if x > 0 && x+d.width > limit*(1+rounding) {
			x, y = 0, height+gap
		}
		d.corner = Point{x, y}
		x += d.width + gap
		width, height = max(width, d.corner.X+d.width), max(height, y+d.height)
	}
	return width, height
}

// gridColumns is how many columns n single nodes have, so that all is near to
// the aspect: with drawings above, about as wide as they are.
func gridColumns(n int, cellWidth, cellHeight, width, height float64, o Options) int {
	if n == 0 {
		return 1
	}
	columns := math.Sqrt(float64(n) * o.Aspect * cellHeight / cellWidth)
	if width > 0 {
		columns = max((width+o.NodeGap)/cellWidth, min(columns, height*o.Aspect/cellWidth))
	}
	return int(min(max(math.Round(columns-0.3), 1), float64(n)))
}
