package layers

import (
	"cmp"
	"math"
	"slices"
)

// pack moves the drawings to where they stand together, and the grid of single
// nodes below them.
func pack(drawings, grid []drawing, o Options) []drawing {
	// The highest first: what is lower fills what they leave.
	slices.SortStableFunc(drawings, func(a, b drawing) int { return cmp.Compare(b.height, a.height) })
	width, height := bestWidth(drawings, o)

	cellWidth, cellHeight := 0.0, 0.0
	for _, d := range grid {
		cellWidth, cellHeight = max(cellWidth, d.width), max(cellHeight, d.height)
	}
	columns := gridColumns(len(grid), cellWidth+o.NodeGap, cellHeight+o.NodeGap, width, height, o)
	top := height
	if len(drawings) > 0 {
		top += o.ComponentGap
	}
	for i := range grid {
		grid[i].corner.X = float64(i%columns) * (cellWidth + o.NodeGap)
		grid[i].corner.Y = top + float64(i/columns)*(cellHeight+o.NodeGap)
	}
	return append(drawings, grid...)
}

// bestWidth puts the drawings side by side in that of several widths with which
// they come nearest to the aspect, and says how large that is.
func bestWidth(drawings []drawing, o Options) (width, height float64) {
	area, widest, aside := 0.0, 0.0, 0.0
	for _, d := range drawings {
		area += (d.width + o.ComponentGap) * (d.height + o.ComponentGap)
		widest = max(widest, d.width)
		aside += d.width + o.ComponentGap
	}
	best, smallest := 0.0, math.Inf(1)
	for try := 0.7; try < 2; try *= 1.06 {
		limit := min(aside, max(widest, try*math.Sqrt(area*o.Aspect)))
		w, h := putAside(drawings, limit, o.ComponentGap)
		// The frame of the aspect that holds it all.
		if frame := max(w, h*o.Aspect); frame < smallest {
			best, smallest = limit, frame
		}
	}
	return putAside(drawings, best, o.ComponentGap)
}

// ledge is a piece of the lower outline of what is placed: from this x to the
// next ledge's, all below y is free.
type ledge struct{ x, y float64 }

// putAside puts each drawing as high as it can stand within the width, and there
// as far left. Only the first may be wider.
func putAside(drawings []drawing, limit, gap float64) (width, height float64) {
	const rounding = 1 + 1e-9
	outline := []ledge{{}}
	for i := range drawings {
		d := &drawings[i]
		at := ledge{0, math.Inf(1)}
		for j, l := range outline {
			if j > 0 && l.x+d.width > limit*rounding {
				break
			}
			y := l.y
			for _, m := range outline[j+1:] {
				if m.x >= l.x+d.width+gap {
					break
				}
				y = max(y, m.y)
			}
			if y < at.y {
				at = ledge{l.x, y}
			}
		}
		d.corner = Point{at.x, at.y}
		outline = lower(outline, at.x, at.x+d.width+gap, at.y+d.height+gap)
		width, height = max(width, at.x+d.width), max(height, at.y+d.height)
	}
	return width, height
}

// lower is the outline with all from one x to another at y.
func lower(outline []ledge, from, to, y float64) []ledge {
	var out []ledge
	under := 0.0 // the outline's y at the end of the new ledge
	for _, l := range outline {
		if l.x < from {
			out = append(out, l)
		}
		if l.x <= to {
			under = l.y
		}
	}
	out = append(out, ledge{from, y}, ledge{to, under})
	for _, l := range outline {
		if l.x > to {
			out = append(out, l)
		}
	}
	return out
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
