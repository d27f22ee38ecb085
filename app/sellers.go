package app

// approximate is a place where a pattern occurs with some errors.
type approximate struct {
	start, end int
	errors     int
}

// sellers finds where pattern occurs in text with at most k insertions,
// deletions and replacements, by Sellers' dynamic programme with Ukkonen's
// cut-off: O(k · len(text)) on average. Of overlapping places it returns the
// one with the fewest errors. Sellers, "The theory and computation of
// evolutionary distances", 1980; Ukkonen, "Finding approximate patterns in
// strings", 1985.
func sellers(text, pattern []rune, k int) []approximate {
	m := len(pattern)
	if m == 0 || k >= m {
		return nil
	}
	cost := make([]int, m+1) // cost[i]: errors of pattern[:i] ending here
	from := make([]int, m+1) // from[i]: where that alignment starts
	for i := range cost {
		cost[i] = i
	}
	last := k // the last row that can still come to k or less
	var out []approximate
	for j, r := range text {
		last = min(last+1, m)
		diagonal, diagonalFrom := cost[0], from[0]
		cost[0], from[0] = 0, j+1
		for i := 1; i <= last; i++ {
			above, aboveFrom := cost[i], from[i] // a letter of text too many
			best, bestFrom := diagonal, diagonalFrom
			if pattern[i-1] != r {
				best++
			}
			if above+1 < best {
				best, bestFrom = above+1, aboveFrom
			}
			if cost[i-1]+1 < best { // a letter of the pattern missing
				best, bestFrom = cost[i-1]+1, from[i-1]
			}
			diagonal, diagonalFrom = above, aboveFrom
			cost[i], from[i] = best, bestFrom
		}
		for last < m && cost[last] <= k { // the row below follows by a missing letter
			cost[last+1], from[last+1] = cost[last]+1, from[last]
			last++
		}
		for last > 0 && cost[last] > k {
			cost[last] = k + 1
			last--
		}
		if last < m {
			cost[last+1] = k + 1
		}
		if last == m && cost[m] <= k && from[m] <= j {
			out = keepBetter(out, approximate{start: from[m], end: j + 1, errors: cost[m]})
		}
	}
	return out
}

// keepBetter adds m, or lets it replace the last match where the two overlap
// and m has fewer errors.
func keepBetter(out []approximate, m approximate) []approximate {
	if n := len(out); n > 0 && m.start < out[n-1].end {
		if m.errors < out[n-1].errors {
			out[n-1] = m
		}
		return out
	}
	return append(out, m)
}
