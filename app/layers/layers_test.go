package layers_test

import (
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"rejoinder/app/layers"
)

// debate is a graph as disputes make it: claims with a few others set against
// them, some links across, and some circles.
func debate(r *rand.Rand, n int) ([]layers.Node, []layers.Edge) {
	nodes := make([]layers.Node, n)
	for i := range nodes {
		nodes[i] = layers.Node{Width: 220, Height: float64(60 + 20*r.IntN(4))}
	}
	var edges []layers.Edge
	for i := 0; i < n; {
		size := 3 + r.IntN(10)
		for k := 1; k < size && i+k < n; k++ {
			edges = append(edges, layers.Edge{From: i + k, To: i + r.IntN(k)})
		}
		if i > 0 && r.IntN(3) > 0 {
			edges = append(edges, layers.Edge{From: i, To: r.IntN(i)})
		}
		i += size
	}
	for range n / 20 {
		edges = append(edges, layers.Edge{From: r.IntN(n), To: r.IntN(n)})
	}
	return nodes, edges
}

// sound reports what a layout must never have: boxes over each other, lines that
// do not begin and end at their boxes, places that are none.
func sound(t *testing.T, nodes []layers.Node, edges []layers.Edge, l layers.Layout) {
	t.Helper()
	if len(l.Nodes) != len(nodes) || len(l.Edges) != len(edges) {
		t.Fatalf("%d of %d nodes, %d of %d edges", len(l.Nodes), len(nodes), len(l.Edges), len(edges))
	}
	fine := func(p layers.Point) bool {
		return !math.IsNaN(p.X+p.Y) && !math.IsInf(p.X+p.Y, 0) && p.X >= -1e-6 && p.Y >= -1e-6 && p.X <= l.Width+1e-6 && p.Y <= l.Height+1e-6
	}
	for i, p := range l.Nodes {
		if !fine(p) || !fine(layers.Point{X: p.X + nodes[i].Width, Y: p.Y + nodes[i].Height}) {
			t.Fatalf("node %d is at %v of %v × %v", i, p, l.Width, l.Height)
		}
		for j := range i {
			q := l.Nodes[j]
			if p.X < q.X+nodes[j].Width-1e-6 && q.X < p.X+nodes[i].Width-1e-6 && p.Y < q.Y+nodes[j].Height-1e-6 && q.Y < p.Y+nodes[i].Height-1e-6 {
				t.Fatalf("node %d at %v lies over node %d at %v", i, p, j, q)
			}
		}
	}
	for i, line := range l.Edges {
		e := edges[i]
		if len(line) < 2 {
			t.Fatalf("edge %d from %d to %d has %d points", i, e.From, e.To, len(line))
		}
		for _, p := range line {
			if !fine(p) {
				t.Fatalf("edge %d goes through %v", i, p)
			}
		}
		if !onBorder(line[0], l.Nodes[e.From], nodes[e.From]) || !onBorder(line[len(line)-1], l.Nodes[e.To], nodes[e.To]) {
			t.Fatalf("edge %d from %d to %d goes from %v to %v; the nodes are at %v and %v", i, e.From, e.To, line[0], line[len(line)-1], l.Nodes[e.From], l.Nodes[e.To])
		}
	}
}

func onBorder(p, corner layers.Point, n layers.Node) bool {
	const near = 1e-6
	x, y := p.X-corner.X, p.Y-corner.Y
	inside := x >= -near && y >= -near && x <= n.Width+near && y <= n.Height+near
	edge := math.Abs(x) < near || math.Abs(y) < near || math.Abs(x-n.Width) < near || math.Abs(y-n.Height) < near
	return inside && edge
}

func TestDebatesAreLaidOutSoundly(t *testing.T) {
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 3))
		nodes, edges := debate(r, 1+r.IntN(200))
		l := layers.Lay(nodes, edges, layers.Options{})
		sound(t, nodes, edges, l)
		if again := layers.Lay(nodes, edges, layers.Options{}); !reflect.DeepEqual(l, again) {
			t.Fatal("laid out again it looks otherwise")
		}
	}
}

// What is set against a claim stands below it, in as many rows as its number
// asks for.
func TestCounterclaimsStandBelow(t *testing.T) {
	nodes, edges := []layers.Node{{Width: 200, Height: 80}}, []layers.Edge(nil)
	for range 60 {
		nodes = append(nodes, layers.Node{Width: 200, Height: 80})
		edges = append(edges, layers.Edge{From: len(nodes) - 1, To: 0})
	}
	l := layers.Lay(nodes, edges, layers.Options{})
	sound(t, nodes, edges, l)
	for i := 1; i < len(nodes); i++ {
		if l.Nodes[i].Y < l.Nodes[0].Y+80 {
			t.Errorf("counterclaim %d stands at %v, the claim at %v", i, l.Nodes[i], l.Nodes[0])
		}
	}
	if l.Width > 6000 {
		t.Errorf("60 counterclaims take a width of %v", l.Width)
	}
}

func TestOddGraphs(t *testing.T) {
	box := layers.Node{Width: 100, Height: 40}
	for name, g := range map[string]struct {
		nodes []layers.Node
		edges []layers.Edge
	}{
		"nothing":        {},
		"one":            {[]layers.Node{box}, nil},
		"alone":          {[]layers.Node{box, box, box, box, box}, nil},
		"a loop":         {[]layers.Node{box}, []layers.Edge{{0, 0}}},
		"a circle":       {[]layers.Node{box, box, box}, []layers.Edge{{0, 1}, {1, 2}, {2, 0}}},
		"two against":    {[]layers.Node{box, box}, []layers.Edge{{0, 1}, {1, 0}, {0, 1}}},
		"one very large": {[]layers.Node{box, {Width: 900, Height: 700}, box}, []layers.Edge{{0, 1}, {2, 1}, {0, 2}}},
	} {
		t.Run(name, func(t *testing.T) { sound(t, g.nodes, g.edges, layers.Lay(g.nodes, g.edges, layers.Options{})) })
	}
}

func FuzzLay(f *testing.F) {
	f.Add([]byte{3, 0, 1, 1, 2, 2, 0})
	f.Add([]byte{40, 0, 1, 0, 2, 0, 3, 7, 0, 9, 9})
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) == 0 || len(data) > 200 {
			return
		}
		n := int(data[0])%60 + 1
		nodes := make([]layers.Node, n)
		for i := range nodes {
			nodes[i] = layers.Node{Width: float64(20 + i%7*30), Height: float64(10 + i%5*25)}
		}
		var edges []layers.Edge
		for i := 1; i+1 < len(data); i += 2 {
			edges = append(edges, layers.Edge{From: int(data[i]) % n, To: int(data[i+1]) % n})
		}
		sound(t, nodes, edges, layers.Lay(nodes, edges, layers.Options{}))
	})
}

func BenchmarkLay200(b *testing.B) {
	nodes, edges := debate(rand.New(rand.NewPCG(1, 1)), 200)
	for len(edges) < 400 {
		edges = append(edges, layers.Edge{From: len(edges) * 7 % 200, To: len(edges) * 13 % 200})
	}
	for b.Loop() {
		layers.Lay(nodes, edges, layers.Options{})
	}
}
