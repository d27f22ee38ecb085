package layers_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"rejoinder/app/layers"
)

// boxes are n claims of one size.
func boxes(n int) []layers.Node {
	out := make([]layers.Node, n)
	for i := range out {
		out[i] = layers.Node{Width: 240, Height: 80}
	}
	return out
}

// dispute is n claims of different heights in groups of 3 to 12, each around one
// that is set up for dispute, with links across the groups and two cycles.
func dispute(n, across int, seed uint64) ([]layers.Node, []layers.Edge) {
	rng := rand.New(rand.NewPCG(seed, 0))
	nodes, edges := boxes(n), []layers.Edge(nil)
	centre, left := 0, 0
	for i := range nodes {
		nodes[i].Height = 60 + 20*float64(rng.IntN(4))
		if left == 0 {
			centre, left = i, 3+rng.IntN(10)
		}
		if left--; i == centre {
			continue
		}
		to := centre
		if rng.IntN(10) < 4 {
			to += rng.IntN(i - centre)
		}
		edges = append(edges, layers.Edge{From: i, To: to})
	}
	for range across {
		a, b := rng.IntN(n), rng.IntN(n)
		edges = append(edges, layers.Edge{From: max(a, b), To: min(a, b)})
	}
	return nodes, append(edges, layers.Edge{From: 0, To: 1}, layers.Edge{From: 1, To: 0})
}

const near = 1e-6

// mustBeDrawn fails when the layout is not one that can be read: boxes on one
// another, lines that begin or end away from their boxes or run through one, or
// turn back.
func mustBeDrawn(t *testing.T, nodes []layers.Node, edges []layers.Edge, l layers.Layout) {
	t.Helper()
	inside := func(p layers.Point) bool {
		return p.X >= 0 && p.Y >= 0 && p.X <= l.Width+near && p.Y <= l.Height+near
	}
	for i, p := range l.Nodes {
		if !inside(p) || !inside(layers.Point{X: p.X + nodes[i].Width, Y: p.Y + nodes[i].Height}) {
			t.Fatalf("node %d is outside: %v of %v by %v", i, p, l.Width, l.Height)
		}
		for j, q := range l.Nodes[:i] {
			if p.X < q.X+nodes[j].Width-near && q.X < p.X+nodes[i].Width-near &&
				p.Y < q.Y+nodes[j].Height-near && q.Y < p.Y+nodes[i].Height-near {
				t.Fatalf("nodes %d and %d stand on one another: %v, %v", j, i, q, p)
			}
		}
	}
	for i, line := range l.Edges {
		e := edges[i]
		if len(line) < 2 {
			t.Fatalf("edge %d has no line: %v", i, line)
		}
		for _, p := range line {
			if !inside(p) {
				t.Fatalf("edge %d is outside: %v of %v by %v", i, line, l.Width, l.Height)
			}
		}
		if !onBorder(line[0], l.Nodes[e.From], nodes[e.From]) || !onBorder(line[len(line)-1], l.Nodes[e.To], nodes[e.To]) {
			t.Fatalf("edge %d is not between its nodes: %v", i, line)
		}
		for j := 1; j < len(line); j++ {
			up := line[j].Y <= line[j-1].Y
			if toBelow := l.Nodes[e.To].Y > l.Nodes[e.From].Y; up == toBelow && line[j].Y != line[j-1].Y {
				t.Fatalf("edge %d turns back: %v", i, line)
			}
			for n, at := range l.Nodes {
				if runsThrough(line[j-1], line[j], at, nodes[n]) {
					t.Fatalf("edge %d runs through node %d: %v, %v", i, n, line, at)
				}
			}
		}
	}
}

func onBorder(p, corner layers.Point, n layers.Node) bool {
	x, y := p.X-corner.X, p.Y-corner.Y
	if x < -near || y < -near || x > n.Width+near || y > n.Height+near {
		return false
	}
	return math.Min(math.Min(x, n.Width-x), math.Min(y, n.Height-y)) < near
}

// runsThrough says whether a piece of a line is in the inner part of a box: cut
// at the sides of the box, something is left (Liang and Barsky).
func runsThrough(a, b, corner layers.Point, n layers.Node) bool {
	const margin = 0.01
	from, to := 0.0, 1.0
	cut := func(step, room float64) {
		switch {
		case step == 0 && room < 0:
			from = 2
		case step < 0:
			from = max(from, room/step)
		case step > 0:
			to = min(to, room/step)
		}
	}
	cut(a.X-b.X, a.X-corner.X-margin)
	cut(b.X-a.X, corner.X+n.Width-margin-a.X)
	cut(a.Y-b.Y, a.Y-corner.Y-margin)
	cut(b.Y-a.Y, corner.Y+n.Height-margin-a.Y)
	return from < to
}

func TestATreeStandsUnderItsRoot(t *testing.T) {
	// Two reasons for a claim; a rebuttal of the first, two of the second.
	nodes := boxes(6)
	edges := []layers.Edge{{From: 1, To: 0}, {From: 2, To: 0}, {From: 3, To: 1}, {From: 4, To: 2}, {From: 5, To: 2}}
	l := layers.Lay(nodes, edges, layers.Options{NodeGap: 40, LayerGap: 60})
	mustBeDrawn(t, nodes, edges, l)
	rows := []float64{0, 140, 280}
	for i, row := range []int{0, 1, 1, 2, 2, 2} {
		if l.Nodes[i].Y != rows[row] {
			t.Errorf("node %d is at %v, wanted in row %d", i, l.Nodes[i], row)
		}
	}
	middle := func(of ...int) float64 {
		sum := 0.0
		for _, i := range of {
			sum += l.Nodes[i].X
		}
		return sum / float64(len(of))
	}
	for _, tt := range []struct {
		above, below float64
	}{{middle(0), middle(1, 2)}, {middle(1), middle(3)}, {middle(2), middle(4, 5)}} {
		if math.Abs(tt.above-tt.below) > 20 {
			t.Errorf("%v is not over the middle of those below it, %v: %v", tt.above, tt.below, l.Nodes)
		}
	}
	if l.Height != 360 || l.Width > 3*240+2*40+60 {
		t.Errorf("the tree is %v by %v", l.Width, l.Height)
	}
}

func TestWhatOthersAreSetAgainstIsAbove(t *testing.T) {
	nodes, edges := boxes(5), []layers.Edge{{From: 0, To: 3}, {From: 1, To: 3}, {From: 2, To: 1}, {From: 2, To: 4}}
	l := layers.Lay(nodes, edges, layers.Options{})
	mustBeDrawn(t, nodes, edges, l)
	if l.Nodes[3].Y != 0 || l.Nodes[4].Y != 0 {
		t.Errorf("what points nowhere is not in the first row: %v", l.Nodes)
	}
	for i, e := range edges {
		if l.Nodes[e.From].Y <= l.Nodes[e.To].Y {
			t.Errorf("edge %d points down: %v", i, l.Nodes)
		}
	}
}

func TestManyAgainstOneAreBrokenIntoRows(t *testing.T) {
	for _, tt := range []struct {
		claims        int
		width, height float64
	}{{5, 1400, 250}, {60, 2600, 1600}, {200, 6000, 2800}} {
		nodes, edges := boxes(tt.claims+1), []layers.Edge(nil)
		for i := range tt.claims {
			edges = append(edges, layers.Edge{From: i + 1, To: 0})
		}
		l := layers.Lay(nodes, edges, layers.Options{})
		mustBeDrawn(t, nodes, edges, l)
		if l.Width > tt.width || l.Height > tt.height {
			t.Errorf("%d counterclaims are %.0f by %.0f", tt.claims, l.Width, l.Height)
		}
		if l.Nodes[0].Y != 0 {
			t.Errorf("the claim is at %v", l.Nodes[0])
		}
		if n := crossings(l); n > 0 {
			t.Errorf("%d lines of a star of %d cross", n, tt.claims)
		}
	}
}

func TestADisputeOf200Claims(t *testing.T) {
	for seed := range uint64(4) {
		nodes, edges := dispute(200, 40, seed)
		l := layers.Lay(nodes, edges, layers.Options{})
		mustBeDrawn(t, nodes, edges, l)
		if aspect := l.Width / l.Height; aspect < 1 || aspect > 2.5 {
			t.Errorf("dispute %d is %.0f by %.0f", seed, l.Width, l.Height)
		}
		if n := crossings(l); n > len(edges)/2 {
			t.Errorf("dispute %d: %d crossings", seed, n)
		}
		down := 0
		for _, e := range edges {
			if l.Nodes[e.From].Y <= l.Nodes[e.To].Y && e.From != e.To {
				down++
			}
		}
		if down > 2 {
			t.Errorf("dispute %d: %d edges point down", seed, down)
		}
	}
}

// crossings is how many pieces of different lines cross.
func crossings(l layers.Layout) int {
	type piece struct {
		edge int
		a, b layers.Point
	}
	side := func(p piece, q layers.Point) float64 {
		return (p.b.X-p.a.X)*(q.Y-p.a.Y) - (p.b.Y-p.a.Y)*(q.X-p.a.X)
	}
	var pieces []piece
	n := 0
	for i, line := range l.Edges {
		for j := 1; j < len(line); j++ {
			p := piece{i, line[j-1], line[j]}
			for _, q := range pieces {
				if q.edge != i && side(p, q.a)*side(p, q.b) < -near && side(q, p.a)*side(q, p.b) < -near {
					n++
				}
			}
			pieces = append(pieces, p)
		}
	}
	return n
}

func TestTheSameGraphComesOutTheSame(t *testing.T) {
	nodes, edges := dispute(120, 60, 7)
	first := layers.Lay(nodes, edges, layers.Options{})
	for range 3 {
		if again := layers.Lay(nodes, edges, layers.Options{}); !reflect.DeepEqual(first, again) {
			t.Fatal("the second layout is another")
		}
	}
}

func TestUnusualGraphs(t *testing.T) {
	for name, edges := range map[string][]layers.Edge{
		"none":               nil,
		"two for each other": {{From: 0, To: 1}, {From: 1, To: 0}},
		"parallel":           {{From: 0, To: 1}, {From: 0, To: 1}, {From: 0, To: 1}, {From: 1, To: 2}, {From: 0, To: 2}, {From: 0, To: 2}},
		"against itself":     {{From: 0, To: 0}, {From: 0, To: 0}, {From: 1, To: 1}, {From: 1, To: 2}},
		"a ring":             {{From: 0, To: 1}, {From: 1, To: 2}, {From: 2, To: 3}, {From: 3, To: 4}, {From: 4, To: 0}},
		"all with all":       {{From: 0, To: 1}, {From: 0, To: 2}, {From: 0, To: 3}, {From: 1, To: 2}, {From: 1, To: 3}, {From: 2, To: 3}, {From: 3, To: 0}},
		"two parts":          {{From: 0, To: 1}, {From: 2, To: 3}},
	} {
		t.Run(name, func(t *testing.T) {
			nodes := boxes(5)
			l := layers.Lay(nodes, edges, layers.Options{})
			mustBeDrawn(t, nodes, edges, l)
			for i, line := range l.Edges {
				for j, other := range l.Edges[:i] {
					if line[0] == other[0] || line[len(line)-1] == other[len(other)-1] {
						t.Errorf("edges %d and %d begin or end in one place: %v, %v", j, i, other, line)
					}
				}
			}
		})
	}
	l := layers.Lay(boxes(2), []layers.Edge{{From: 0, To: 2}, {From: -1, To: 1}}, layers.Options{})
	if l.Edges[0] != nil || l.Edges[1] != nil {
		t.Errorf("edges to nowhere have lines: %v", l.Edges)
	}
	if l := layers.Lay(nil, nil, layers.Options{}); l.Width != 0 || l.Height != 0 {
		t.Errorf("nothing is %v by %v", l.Width, l.Height)
	}
}

func TestClaimsAloneStandInAGrid(t *testing.T) {
	l := layers.Lay(boxes(40), nil, layers.Options{})
	if aspect := l.Width / l.Height; aspect < 1.1 || aspect > 2.2 {
		t.Errorf("40 alone are %.0f by %.0f", l.Width, l.Height)
	}
	mustBeDrawn(t, boxes(40), nil, l)
}

func TestOnlyOneEdgeOfARingPointsDown(t *testing.T) {
	for n := 2; n < 30; n++ {
		edges := make([]layers.Edge, n)
		for i := range edges {
			edges[i] = layers.Edge{From: i, To: (i + 1) % n}
		}
		nodes := boxes(n)
		l := layers.Lay(nodes, edges, layers.Options{})
		mustBeDrawn(t, nodes, edges, l)
		down := 0
		for _, e := range edges {
			if l.Nodes[e.From].Y < l.Nodes[e.To].Y {
				down++
			}
		}
		if down != 1 {
			t.Errorf("of a ring of %d, %d edges point down", n, down)
		}
	}
}

// FuzzLay reads a graph from bytes: a node's size from two, an edge from two.
func FuzzLay(f *testing.F) {
	f.Add(uint8(3), []byte{10, 10, 200, 90, 0, 0, 0, 1, 1, 2, 2, 0}, 0.0, 0.0)
	f.Add(uint8(1), []byte{10, 10, 0, 0}, 5.0, -1.0)
	f.Add(uint8(40), []byte{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16}, 1.0, 300.0)
	f.Fuzz(func(t *testing.T, n uint8, bytes []byte, nodeGap, layerGap float64) {
		if len(bytes) > 400 {
			return
		}
		nodes := boxes(int(n))
		for i := range nodes {
			if 2*i+1 < len(bytes) {
				nodes[i] = layers.Node{Width: float64(bytes[2*i]), Height: float64(bytes[2*i+1])}
			}
		}
		var edges []layers.Edge
		for i := 1; i < len(bytes) && n > 0; i += 2 {
			edges = append(edges, layers.Edge{From: int(bytes[i-1]) % int(n), To: int(bytes[i]) % int(n)})
		}
		l := layers.Lay(nodes, edges, layers.Options{NodeGap: nodeGap, LayerGap: layerGap})
		if nodeGap > 1e4 || nodeGap < 0.1 && nodeGap > 0 || layerGap > 1e4 || layerGap < 0.1 && layerGap > 0 {
			return // only that it ends: the test's margins are for sizes of a screen
		}
		mustBeDrawn(t, nodes, edges, l)
	})
}

func TestSizesThatAreNone(t *testing.T) {
	nodes := []layers.Node{{Width: math.NaN(), Height: -1}, {Width: math.Inf(1), Height: 1e300}, {}, {Width: 5, Height: 5}}
	edges := []layers.Edge{{From: 0, To: 1}, {From: 2, To: 1}, {From: 3, To: 3}, {From: 3, To: 0}, {From: 3, To: 1}}
	odd := math.Inf(-1)
	l := layers.Lay(nodes, edges, layers.Options{NodeGap: math.NaN(), LayerGap: odd, ComponentGap: math.Inf(1), Aspect: math.MaxFloat64})
	all := append([]layers.Point{{X: l.Width, Y: l.Height}}, l.Nodes...)
	for _, line := range l.Edges {
		all = append(all, line...)
	}
	for _, p := range all {
		if !(p.X >= 0 && p.Y >= 0 && p.X < 1e9 && p.Y < 1e9) {
			t.Errorf("a coordinate is %v", p)
		}
	}
}

func benchmark(b *testing.B, claims, edges int) {
	nodes, all := dispute(claims, edges-claims, 1)
	for len(all) < edges {
		all = append(all, layers.Edge{From: len(all) % claims, To: len(all) * 7 % claims})
	}
	for b.Loop() {
		layers.Lay(nodes, all, layers.Options{})
	}
}

func BenchmarkLay200Claims400Edges(b *testing.B)   { benchmark(b, 200, 400) }
func BenchmarkLay1000Claims2000Edges(b *testing.B) { benchmark(b, 1000, 2000) }
