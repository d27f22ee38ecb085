package app_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// node is an actor or a claim of the model: what it is by itself, and what it was
// merged into, as if a merge changed nothing else.
type node struct {
	name    string
	names   []string // other names of its own
	tags    []string
	kind    app.ActorKind
	whole   int // of its own: what it is part of; -1 for nothing
	into    int // -1 for one that stands by itself
	trashed bool
}

// model is what a notebook ought to hold. Places in the lists are identifiers.
type model struct {
	actors, claims []node
	said           [][3]int // actor, claim, reporter or -1: as they were recorded
	set            [][2]int // relations: from, to
}

func (m model) copied() model {
	deep := func(all []node) (out []node) {
		for _, n := range all {
			n.names, n.tags = slices.Clone(n.names), slices.Clone(n.tags)
			out = append(out, n)
		}
		return out
	}
	return model{deep(m.actors), deep(m.claims), slices.Clone(m.said), slices.Clone(m.set)}
}

func root(all []node, i int) int {
	for i >= 0 && all[i].into >= 0 {
		i = all[i].into
	}
	return i
}

// within lists a node and all that was merged into it.
func within(all []node, i int) []int {
	out := []int{i}
	for k := 0; k < len(out); k++ {
		for j, n := range all {
			if n.into == out[k] {
				out = append(out, j)
			}
		}
	}
	return out
}

// chain is a notebook with its model, at some point of a random history.
type chain struct {
	t              *testing.T
	nb             *apptest.Notebook
	r              *rand.Rand
	now            model
	done, undone   []model
	actors, claims []string // identifiers
	said, set      []string
	made           int
}

func (c *chain) ok(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// nodes are the actors or the claims, their identifiers and their kind.
func (c *chain) nodes(claims bool) (*[]node, []string, app.Kind) {
	if claims {
		return &c.now.claims, c.claims, app.KindClaim
	}
	return &c.now.actors, c.actors, app.KindActor
}

// wholes is how many of the first actors are what others can be part of.
const wholes = 3

func isWhole(claims bool, i int) bool { return !claims && i < wholes }

// one is any node that fits, or -1.
func (c *chain) one(all []node, fits func(i int) bool) int {
	for _, i := range c.r.Perm(len(all)) {
		if fits(i) {
			return i
		}
	}
	return -1
}

func (c *chain) alive(all []node) func(int) bool {
	return func(i int) bool { return all[i].into < 0 && !all[i].trashed }
}

func (c *chain) fresh(what string) string {
	c.made++
	return fmt.Sprintf("%s %d", what, c.made)
}

// step does one thing to the notebook and to the model; "" when it was not possible.
func (c *chain) step() string {
	ctx, claims := c.t.Context(), c.r.IntN(2) == 0
	all, ids, kind := c.nodes(claims)
	before := c.now.copied()
	did := ""
	i := c.one(*all, c.alive(*all))
	switch what := c.r.IntN(16); what {
	case 0, 1, 2, 3: // merge
		j := c.one(*all, func(j int) bool { return j != i && c.alive(*all)(j) && isWhole(claims, i) == isWhole(claims, j) })
		if i < 0 || j < 0 {
			return ""
		}
		var err error
		if claims {
			_, err = c.nb.MergeClaims(ctx, ids[i], ids[j])
		} else {
			_, err = c.nb.MergeActors(ctx, ids[i], ids[j])
		}
		c.ok(err)
		(*all)[j].into = i
		did = fmt.Sprintf("merge %s %d into %d", kind, j, i)
	case 4, 5, 6: // split
		j := c.one(*all, func(j int) bool { return (*all)[j].into >= 0 })
		if j < 0 {
			return ""
		}
		c.ok(c.nb.SplitMerged(ctx, app.Ref{Kind: kind, ID: ids[j]}))
		(*all)[j].into = -1
		did = fmt.Sprintf("split %s %d", kind, j)
	case 7: // trash or restore: one thing at a time is there
		in := -1
		for _, list := range [][]node{c.now.actors, c.now.claims} {
			in = max(in, slices.IndexFunc(list, func(n node) bool { return n.trashed }))
		}
		if j := slices.IndexFunc(*all, func(n node) bool { return n.trashed }); j >= 0 {
			c.nb.Restore(app.Ref{Kind: kind, ID: ids[j]})
			(*all)[j].trashed = false
			did = fmt.Sprintf("restore %s %d", kind, j)
		} else if in < 0 && i >= 0 && !isWhole(claims, i) {
			c.nb.Trash(app.Ref{Kind: kind, ID: ids[i]})
			(*all)[i].trashed = true
			did = fmt.Sprintf("trash %s %d", kind, i)
		}
	case 8, 9: // edit
		if i < 0 {
			return ""
		}
		did = c.edit(claims, i)
	case 10: // tag
		if i < 0 {
			return ""
		}
		tag := fmt.Sprintf("tag %d", c.r.IntN(3))
		if slices.ContainsFunc(within(*all, i), func(k int) bool { return slices.Contains((*all)[k].tags, tag) }) {
			return ""
		}
		c.ok(c.nb.Tag(ctx, tag, true, app.Ref{Kind: kind, ID: ids[i]}))
		(*all)[i].tags = append((*all)[i].tags, tag)
		did = fmt.Sprintf("tag %s %d with %s", kind, i, tag)
	case 11, 12:
		did = c.speak()
	case 13:
		did = c.relate()
	case 14, 15:
		return c.replay(what == 14)
	}
	if did != "" {
		c.done, c.undone = append(c.done, before), nil
	}
	return did
}

func (c *chain) edit(claims bool, i int) string {
	ctx := c.t.Context()
	name := c.fresh("name")
	if claims {
		_, err := c.nb.EditClaim(ctx, app.ClaimID(c.claims[i]), name)
		c.ok(err)
		c.now.claims[i].name = name
		return fmt.Sprintf("reword claim %d", i)
	}
	all := c.now.actors
	n, id := &all[i], app.ActorID(c.actors[i])
	edit := func(fn func(*app.Actor)) {
		_, err := c.nb.EditActor(ctx, id, fn)
		c.ok(err)
	}
	switch c.r.IntN(4) {
	case 0:
		edit(func(a *app.Actor) { a.Name = name })
		n.name = name
		return fmt.Sprintf("rename actor %d to %s", i, name)
	case 1:
		edit(func(a *app.Actor) { a.Aliases = append(a.Aliases, name) })
		n.names = append(n.names, name)
		return fmt.Sprintf("actor %d is also %s", i, name)
	case 2:
		kind := app.ActorKinds[c.r.IntN(len(app.ActorKinds))]
		if c.kinds(i)[kind] {
			return ""
		}
		edit(func(a *app.Actor) { a.Kind = kind })
		n.kind = kind
		return fmt.Sprintf("actor %d is a %s", i, kind)
	}
	whole := c.one(all, func(j int) bool { return isWhole(false, j) && all[j].into < 0 && !all[j].trashed })
	if isWhole(false, i) || whole < 0 || c.partOf(i)[whole] {
		return ""
	}
	edit(func(a *app.Actor) { a.PartOf = app.ActorID(c.actors[whole]) })
	n.whole = whole
	return fmt.Sprintf("actor %d is part of %d", i, whole)
}

// kinds are those that an actor may have: its own, else one of those merged in.
func (c *chain) kinds(i int) map[app.ActorKind]bool {
	out := map[app.ActorKind]bool{}
	if k := c.now.actors[i].kind; k != "" {
		return map[app.ActorKind]bool{k: true}
	}
	for j, n := range c.now.actors {
		if n.into == i {
			maps.Copy(out, c.kinds(j))
		}
	}
	if delete(out, ""); len(out) == 0 {
		out[""] = true
	}
	return out
}

// partOf is the same of what an actor is part of.
func (c *chain) partOf(i int) map[int]bool {
	if w := c.now.actors[i].whole; w >= 0 {
		return map[int]bool{root(c.now.actors, w): true}
	}
	out := map[int]bool{}
	for j, n := range c.now.actors {
		if n.into == i {
			maps.Copy(out, c.partOf(j))
		}
	}
	if delete(out, -1); len(out) == 0 {
		out[-1] = true
	}
	return out
}

// speak records a statement, or gives one to others by hand.
func (c *chain) speak() string {
	ctx := c.t.Context()
	a, by := c.one(c.now.actors, c.alive(c.now.actors)), c.one(c.now.actors, c.alive(c.now.actors))
	cl := c.one(c.now.claims, c.alive(c.now.claims))
	if a < 0 || cl < 0 || a == by {
		return ""
	}
	if len(c.now.said) > 3 && c.r.IntN(2) == 0 {
		s := c.r.IntN(len(c.now.said))
		if !c.seen(s) || root(c.now.actors, c.now.said[s][0]) == a && root(c.now.claims, c.now.said[s][1]) == cl {
			return ""
		}
		if root(c.now.actors, c.now.said[s][0]) == a || root(c.now.claims, c.now.said[s][1]) == cl {
			return "" // it would be given to what it has, which says nothing of who it belongs to
		}
		c.ok(c.nb.MoveStatements(ctx, c.actors[a], c.claims[cl], false, app.StatementID(c.said[s])))
		c.now.said[s][0], c.now.said[s][1] = a, cl
		return fmt.Sprintf("give statement %d to %d, %d", s, a, cl)
	}
	s, err := c.nb.AddStatement(ctx, app.StatementDraft{Actor: c.actors[a], Claim: c.claims[cl], Stance: app.Asserts, ReportedBy: c.actors[by]})
	c.ok(err)
	c.said = append(c.said[:len(c.now.said)], string(s.ID))
	c.now.said = append(c.now.said, [3]int{a, cl, by})
	return fmt.Sprintf("statement %d: %d on %d by %d", len(c.said)-1, a, cl, by)
}

func (c *chain) relate() string {
	from, to := c.one(c.now.claims, c.alive(c.now.claims)), c.one(c.now.claims, c.alive(c.now.claims))
	for _, x := range c.now.set {
		if root(c.now.claims, x[0]) == from && root(c.now.claims, x[1]) == to {
			return ""
		}
	}
	if from < 0 || from == to {
		return ""
	}
	x, err := c.nb.Notebook.Relate(c.t.Context(), app.RelationDraft{From: c.claims[from], Kind: app.Rebuts, To: c.claims[to]})
	c.ok(err)
	c.set = append(c.set[:len(c.now.set)], string(x.ID))
	c.now.set = append(c.now.set, [2]int{from, to})
	return fmt.Sprintf("relation %d: %d rebuts %d", len(c.set)-1, from, to)
}

func (c *chain) replay(back bool) string {
	from, to := &c.done, &c.undone
	if !back {
		from, to = to, from
	}
	if len(*from) == 0 {
		return ""
	}
	*to = append(*to, c.now)
	c.now = (*from)[len(*from)-1]
	*from = (*from)[:len(*from)-1]
	if back {
		return "undo " + c.nb.Undo()
	}
	return "redo " + c.nb.Redo()
}

// seen says whether a statement is not in the trash.
func (c *chain) seen(s int) bool {
	return !c.now.actors[root(c.now.actors, c.now.said[s][0])].trashed && !c.now.claims[root(c.now.claims, c.now.said[s][1])].trashed
}

// expect compares the notebook with the model.
func (c *chain) expect() (wrong []string) {
	say := func(format string, args ...any) { wrong = append(wrong, fmt.Sprintf(format, args...)) }
	c.nb.View(func(r app.Reader) error {
		for _, claims := range []bool{false, true} {
			all, ids, kind := c.nodes(claims)
			for i, n := range *all {
				if n.into >= 0 {
					continue
				}
				var names, tags, has []string
				for _, j := range within(*all, i) {
					names = append(append(names, (*all)[j].name), (*all)[j].names...)
					tags = append(tags, (*all)[j].tags...)
				}
				on, err := r.TagsOn(app.Ref{Kind: kind, ID: ids[i]})
				c.ok(err)
				for _, t := range on {
					has = append(has, t.Path)
				}
				if got, want := sorted(has), sorted(tags); got != want {
					say("%s %d has the tags %s, want %s", kind, i, got, want)
				}
				if claims {
					x, err := r.Claim(app.ClaimID(ids[i]))
					c.ok(err)
					if x.Text != n.name || x.MergedInto != "" || x.Trashed.IsZero() == n.trashed {
						say("claim %d is %+v", i, x)
					}
					continue
				}
				x, err := r.Actor(app.ActorID(ids[i]))
				c.ok(err)
				if x.MergedInto != "" || x.Trashed.IsZero() == n.trashed {
					say("actor %d is %+v", i, x)
				}
				if got, want := sorted(append(x.Aliases, x.Name)), sorted(names); x.Name != n.name || got != want {
					say("actor %d is called %s, %s, want %s, %s", i, x.Name, got, n.name, want)
				}
				if !c.kinds(i)[x.Kind] {
					say("actor %d is a %q, want %v", i, x.Kind, c.kinds(i))
				}
				if at := slices.Index(c.actors, string(x.PartOf)); !c.partOf(i)[at] {
					say("actor %d is part of %d, want %v", i, at, c.partOf(i))
				}
			}
		}
		var want, got []string
		for s, x := range c.now.said {
			if c.seen(s) {
				want = append(want, c.said[s]+" "+c.actors[root(c.now.actors, x[0])]+" "+c.claims[root(c.now.claims, x[1])]+" "+c.actors[root(c.now.actors, x[2])])
			}
		}
		said, err := r.Statements(app.StatementQuery{})
		c.ok(err)
		for _, s := range said {
			got = append(got, strings.Join([]string{string(s.ID), string(s.Actor), string(s.Claim), string(s.ReportedBy)}, " "))
		}
		if sorted(got) != sorted(want) {
			say("statements\n%s\nwant\n%s", sorted(got), sorted(want))
		}
		want, got = nil, nil
		for s, x := range c.now.set {
			from, to := root(c.now.claims, x[0]), root(c.now.claims, x[1])
			if from != to && !c.now.claims[from].trashed && !c.now.claims[to].trashed {
				want = append(want, c.set[s]+" "+c.claims[from]+" "+c.claims[to])
			}
		}
		set, err := r.Relations(app.RelationQuery{})
		c.ok(err)
		for _, x := range set {
			got = append(got, strings.Join([]string{string(x.ID), string(x.From), string(x.To)}, " "))
		}
		if sorted(got) != sorted(want) {
			say("relations\n%s\nwant\n%s", sorted(got), sorted(want))
		}
		return nil
	})
	return wrong
}

func sorted(all []string) string {
	all = slices.Clone(all)
	slices.Sort(all)
	return strings.Join(slices.Compact(all), "\n")
}

// Whatever is merged, split, edited, thrown away, brought back, undone and redone,
// in any order: what stands by itself has what it has of its own and what those
// have that are merged into it, and nothing else.
func TestMergesAndSplitsInAnyOrder(t *testing.T) {
	for seed := range app.Rounds(25) {
		c := &chain{t: t, nb: apptest.New(t), r: rand.New(rand.NewPCG(seed, 11))}
		for i := range wholes + 4 {
			c.actors = append(c.actors, string(c.nb.Actor(fmt.Sprintf("Actor %d", i), fmt.Sprintf("Other %d", i), "Common").ID))
			c.now.actors = append(c.now.actors, node{name: fmt.Sprintf("Actor %d", i), names: []string{fmt.Sprintf("Other %d", i), "Common"}, whole: -1, into: -1})
		}
		for i := range 4 {
			c.claims = append(c.claims, string(c.nb.Claim(fmt.Sprintf("Claim %d", i)).ID))
			c.now.claims = append(c.now.claims, node{name: fmt.Sprintf("Claim %d", i), whole: -1, into: -1})
		}
		var history []string
		for range 60 {
			did := c.step()
			if did == "" {
				continue
			}
			history = append(history, did)
			if wrong := c.expect(); len(wrong) > 0 {
				t.Fatalf("seed %d, after\n%s\n\n%s", seed, strings.Join(history, "\n"), strings.Join(wrong, "\n"))
			}
		}
	}
}
