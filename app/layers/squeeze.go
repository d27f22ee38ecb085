package layers

import "math"

// squeeze makes a grid narrower that is wider than it should be. A seam goes from
// the top to the bottom, through a gap of every row or past the row's end, and
// all that is right of it moves to the left: as in Avidan and Shamir, "Seam
// Carving for Content-Aware Image Resizing" (2007), by dynamic programming, where
// it costs what it makes links between two rows more slanted.
func (g *grid) squeeze(width float64) {
	const (
		most  = 3_000_000 // vertices, links and gaps looked at; this bounds the time
		wide  = 1. / 8    // share of what is too much that the first seams have,
		least = 1. / 256  // and the last
	)
	s := seams{grid: g}
	low, high := g.bounds(g.x)
	excess := high - low - width
	for by := excess * wide; by > excess*least && s.work < most; {
		if high-low-by < width || !s.take(by, low, high) {
			by /= 2
			continue
		}
		low, high = g.bounds(g.x)
	}
}

// seams are what the search for a seam works with.
type seams struct {
	*grid
	work int
	gaps [][]int // of each row the places with room for the seam to their left
	came [][]int // of each gap the one of the row above
}

// take takes the cheapest seam of this width, and says whether there was one that
// is worth it.
func (s *seams) take(by, low, high float64) bool {
	worth := by * float64(len(s.rows)) * 2
	s.gaps, s.came = make([][]int, len(s.rows)), make([][]int, len(s.rows))
	s.work += len(s.row)
	cost := []float64{0} // of the cheapest seam to each gap of the row
	for r, row := range s.rows {
		for j := range len(row) + 1 {
			if s.slack(row, j, low, high) >= by {
				s.gaps[r] = append(s.gaps[r], j)
			}
		}
		next := make([]float64, len(s.gaps[r]))
		if s.came[r] = make([]int, len(next)); len(next) == 0 {
			return false
		}
		if r > 0 {
			between := s.between(r, by)
			for j := range next {
				next[j] = math.Inf(1)
				for i, c := range cost {
					if c += between[i][j]; c < next[j] {
						next[j], s.came[r][j] = c, i
					}
				}
			}
		}
		cost = next
	}
	end := 0
	for j := range cost {
		if cost[j] < cost[end] {
			end = j
		}
	}
	if cost[end] > worth {
		return false
	}
	for r := len(s.rows) - 1; r >= 0; r-- {
		for _, v := range s.rows[r][s.gaps[r][end]:] {
			s.x[v] -= by
		}
		end = s.came[r][end]
	}
	return true
}

// slack is how far all from place j of the row on can move to the left, and what
// the rest leaves free of the right side when nothing of it moves.
func (g *grid) slack(row []int, j int, low, high float64) float64 {
	switch {
	case j == 0:
		return g.x[row[0]] - g.width[row[0]]/2 - low
	case j == len(row):
		return high - g.x[row[j-1]] - g.width[row[j-1]]/2
	}
	return g.x[row[j]] - g.x[row[j-1]] - g.apart(row[j-1], row[j])
}

// between is, of each gap of the row above and each of row r, how much longer
// the links between the rows get sideways when a seam goes through both.
func (s *seams) between(r int, by float64) [][]float64 {
	above, below := s.gaps[r-1], s.gaps[r]
	n, m := len(above), len(below)
	// lower[i][j] is the sum over links from left of gap i above to right of gap j
	// below, of which the lower end moves; upper is that over the others that cross
	// the seam.
	lower, upper := matrix(n+1, m+1), matrix(n+1, m+1)
	s.work += 3 * n * m
	i := 0 // gaps that are left of u
	for place, u := range s.rows[r-1] {
		for i < n && above[i] <= place {
			i++
		}
		j := 0
		s.work += len(s.down[u])
		for _, v := range s.down[u] {
			for j < m && below[j] <= s.place[v] {
				j++
			}
			lower[i][j] += s.longer(u, v, -by)
			upper[i][j] += s.longer(u, v, by)
		}
	}
	// A link is left of gap k when at most k gaps are left of it.
	sums := matrix(n, m)
	for j := m - 1; j >= 0; j-- {
		column := 0.0
		for i := range n {
			column += lower[i][j+1]
			sums[i][j] = column
			if j < m-1 {
				sums[i][j] += sums[i][j+1]
			}
		}
	}
	rest := make([]float64, m) // of upper, from the gaps further right
	for i := n - 1; i >= 0; i-- {
		row := 0.0
		for j := range m {
			row += upper[i+1][j]
			rest[j] += row
			sums[i][j] += rest[j]
		}
	}
	return sums
}

// longer is what it costs to move one end of a link to the side. A long slant
// between nodes costs more than two of half the length, so that a node stays over
// the middle of those below it; a long line may rather lead to the side once than
// in many steps.
func (s *seams) longer(upper, lower int, by float64) float64 {
	a := s.x[lower] - s.x[upper]
	cost := math.Abs(a+by) - math.Abs(a)
	if !s.isBend(upper) && !s.isBend(lower) {
		cost += ((a+by)*(a+by) - a*a) / (10 * s.nodeGap)
	}
	return cost
}

func matrix(n, m int) [][]float64 {
	all := make([]float64, n*m)
	out := make([][]float64, n)
	for i := range out {
		out[i] = all[i*m : (i+1)*m]
	}
	return out
}
