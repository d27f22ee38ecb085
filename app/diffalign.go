package app

import "slices"

// alike is how much of their words two paragraphs must share to be one that
// changed.
const alike = 0.5

// alignCells bounds how many pairs of paragraphs are compared at once. Longer
// lists are cut in halves first.
const alignCells = 250_000

// alignAlike pairs paragraphs of two lists, in order, so that the pairs have as
// much in common as they can.
func alignAlike(old, text []string) [][2]int {
	n, m := len(old), len(text)
	if n == 0 || m == 0 {
		return nil
	}
	if n*m > alignCells && n > 1 && m > 1 {
		pairs := alignAlike(old[:n/2], text[:m/2])
		for _, p := range alignAlike(old[n/2:], text[m/2:]) {
			pairs = append(pairs, [2]int{p[0] + n/2, p[1] + m/2})
		}
		return pairs
	}
	numbers := map[string]int32{}
	first, second := bagsOf(old, numbers), bagsOf(text, numbers)
	best := make([][]float64, n+1) // of the first i with the first j
	for i := range best {
		best[i] = make([]float64, m+1)
	}
	for i := range n {
		for j := range m {
			s := shared(first[i], second[j])
			best[i+1][j+1] = max(best[i][j+1], best[i+1][j])
			if s >= alike {
				best[i+1][j+1] = max(best[i+1][j+1], best[i][j]+s)
			}
		}
	}
	var pairs [][2]int
	for i, j := n, m; i > 0 && j > 0; {
		switch best[i][j] {
		case best[i-1][j]:
			i--
		case best[i][j-1]:
			j--
		default:
			pairs = append(pairs, [2]int{i - 1, j - 1})
			i, j = i-1, j-1
		}
	}
	slices.Reverse(pairs)
	return pairs
}

// bagsOf are the words of each text as sorted numbers.
func bagsOf(texts []string, numbers map[string]int32) [][]int32 {
	out := make([][]int32, len(texts))
	for i, t := range texts {
		for _, p := range pieces(t) {
			if isBlank(p) {
				continue
			}
			n, ok := numbers[p]
			if !ok {
				n = int32(len(numbers)) //nolint:gosec // words of two texts
				numbers[p] = n
			}
			out[i] = append(out[i], n)
		}
		slices.Sort(out[i])
	}
	return out
}

// shared is how much of their words two bags have in common, 0 to 1.
func shared(a, b []int32) float64 {
	if len(a)+len(b) == 0 || 2*min(len(a), len(b)) < int(alike*float64(len(a)+len(b))) {
		return 0
	}
	common := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			common, i, j = common+1, i+1, j+1
		case a[i] < b[j]:
			i++
		default:
			j++
		}
	}
	return 2 * float64(common) / float64(len(a)+len(b))
}
