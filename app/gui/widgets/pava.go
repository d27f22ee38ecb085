package widgets

// beside puts things of some heights beside the places they belong to: in
// order, a gap apart, none above top, with the least squared distance to their
// places (pool adjacent violators). current, when it is not negative, is the one
// that stands exactly at its place.
func beside(wanted, heights []float32, gap, top float32, current int) []float32 {
	type block struct {
		place, weight float64 // where the block's first thing would stand, less what is above it
		count         int
	}
	const exact = 1e9
	var blocks []block
	above := 0.0 // the heights and gaps before a thing
	for i := range wanted {
		b := block{place: float64(wanted[i]) - above, weight: 1, count: 1}
		if i == current {
			b.weight = exact
		}
		above += float64(heights[i] + gap)
		for len(blocks) > 0 && blocks[len(blocks)-1].place > b.place {
			last := blocks[len(blocks)-1]
			blocks = blocks[:len(blocks)-1]
			weight := last.weight + b.weight
			b = block{place: (last.place*last.weight + b.place*b.weight) / weight, weight: weight, count: last.count + b.count}
		}
		blocks = append(blocks, b)
	}
	out := make([]float32, 0, len(wanted))
	above = 0
	for _, b := range blocks {
		for range b.count {
			out = append(out, float32(max(b.place, float64(top))+above))
			above += float64(heights[len(out)-1] + gap)
		}
	}
	return out
}
