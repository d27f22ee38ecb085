package app

import (
	"cmp"
	"context"
	"slices"
)

// Matrix is actor against claim: who takes which stance on what.
type Matrix struct {
	Rows    []MatrixRow    // actors with a statement
	Columns []MatrixColumn // claims with a statement
	Total   int            // statements
	Days    []DayCount     // how many statements each date has, whatever the time shown

	cells map[matrixPlace][]int // of all times, by date
	until Date
	d     *Discourse
}

// matrixPlace is the place of an actor and of a claim in the discourse.
type matrixPlace struct{ actor, claim int32 }

// MatrixRow is an actor and how many statements it makes.
type MatrixRow struct {
	Actor  ActorID
	Name   string
	Group  string // by what the rows are grouped; "" for none
	Counts map[Stance]int
	Total  int
}

// MatrixColumn is a claim and how many statements it has.
type MatrixColumn struct {
	Claim   ClaimID
	Text    string
	Group   string
	Counts  map[Stance]int
	Total   int
	Sources int // independent ones
}

// MatrixCell is what an actor says on a claim.
type MatrixCell struct {
	First, Last Stance // they differ after a turn; declining to comment is none
	Statements  []int  // by date
}

// DayCount is how many statements have a date.
type DayCount struct {
	Date  Date
	Count int
}

// MatrixOrder is how rows or columns are ordered.
type MatrixOrder string

// The orders of rows and columns.
const (
	OrderStatements MatrixOrder = "statements" // most statements first
	OrderDisputed   MatrixOrder = "disputed"   // most of both sides first
	OrderName       MatrixOrder = "name"
	OrderTime       MatrixOrder = "time" // of the first statement
)

// MatrixOrders lists the orders.
var MatrixOrders = []MatrixOrder{OrderDisputed, OrderStatements, OrderName, OrderTime}

// MatrixGroup is by what rows, and by tag columns too, are grouped.
type MatrixGroup string

// The groups.
const (
	GroupNone   MatrixGroup = ""
	GroupKind   MatrixGroup = "kind"
	GroupPartOf MatrixGroup = "part-of"
	GroupTag    MatrixGroup = "tag"
)

// MatrixGroups lists the groups.
var MatrixGroups = []MatrixGroup{GroupNone, GroupKind, GroupPartOf, GroupTag}

// MatrixOptions say how a matrix is made.
type MatrixOptions struct {
	Order MatrixOrder
	Group MatrixGroup
	Until Date // only statements up to this date; "" for all, and those without a date

	tags map[string][]string // of actors and claims, where they are grouped by them
}

// Matrix reads a matrix.
func (n *Notebook) Matrix(ctx context.Context, scope Scope, o MatrixOptions) (*Matrix, error) {
	d, err := n.InScope(ctx, scope)
	if err != nil {
		return nil, err
	}
	if o, err = n.MatrixTags(ctx, o); err != nil {
		return nil, err
	}
	return d.Matrix(o), nil
}

// MatrixTags reads the tags by which a matrix is grouped, where it is.
func (n *Notebook) MatrixTags(ctx context.Context, o MatrixOptions) (MatrixOptions, error) {
	if o.Group != GroupTag {
		return o, nil
	}
	o.tags = map[string][]string{}
	err := n.store.View(ctx, func(r Reader) error {
		for _, kind := range []Kind{KindActor, KindClaim} {
			paths, err := r.TagPaths(kind)
			if err != nil {
				return err
			}
			for id, p := range paths {
				o.tags[id] = p
			}
		}
		return nil
	})
	return o, err
}

// Matrix works a matrix out. Rows and columns are those of all times, so that
// nothing jumps while the time changes.
func (d *Discourse) Matrix(o MatrixOptions) *Matrix {
	m := &Matrix{d: d, cells: make(map[matrixPlace][]int, len(d.Statements))}
	actors, claims := newTallies(len(d.Actors)), newTallies(len(d.Claims))
	days := map[Date]int{}
	for _, i := range d.order {
		s, actor, claim := &d.Statements[i], d.actorOf[i], d.claimOf[i]
		if s.Date != "" {
			days[s.Date]++
		}
		actors[actor].add(s)
		claims[claim].add(s)
		at := matrixPlace{actor, claim}
		m.cells[at] = append(m.cells[at], i)
	}
	for i, a := range d.Actors {
		if actors[i].sum > 0 {
			m.Rows = append(m.Rows, MatrixRow{Actor: a.ID, Name: a.Name, Group: o.groupOfActor(d, a)})
		}
	}
	for i, c := range d.Claims {
		if claims[i].sum > 0 {
			column := MatrixColumn{Claim: c.ID, Text: c.Text}
			if o.Group == GroupTag {
				column.Group = o.groupOfTags(string(c.ID))
			}
			m.Columns = append(m.Columns, column)
		}
	}
	sortByTally(d, m.Rows, func(r MatrixRow) tallied {
		return tallied{r.Group, actors[d.actors[r.Actor]], d.folded.of(r.Name)}
	}, o.Order)
	sortByTally(d, m.Columns, func(c MatrixColumn) tallied {
		return tallied{c.Group, claims[d.claims[c.Claim]], d.folded.of(c.Text)}
	}, o.Order)
	for day, count := range days {
		m.Days = append(m.Days, DayCount{day, count})
	}
	slices.SortFunc(m.Days, func(a, b DayCount) int { return cmp.Compare(a.Date, b.Date) })
	m.count(o.Until)
	return m
}

// At is the matrix at another time, with rows and columns in the same places.
func (m *Matrix) At(until Date) *Matrix {
	out := *m
	out.Rows, out.Columns = slices.Clone(m.Rows), slices.Clone(m.Columns)
	out.count(until)
	return &out
}

// count counts what was said until then.
func (m *Matrix) count(until Date) {
	m.until, m.Total = until, 0
	actors, claims := make([][7]int, len(m.d.Actors)), make([][7]int, len(m.d.Claims))
	for i := range m.d.Statements {
		s := &m.d.Statements[i]
		if stance := slices.Index(Stances, s.Stance); stance >= 0 && s.until(until) {
			m.Total++
			actors[m.d.actorOf[i]][stance]++
			claims[m.d.claimOf[i]][stance]++
		}
	}
	sources := m.d.sourcesUntil(until)
	for i := range m.Rows {
		row := &m.Rows[i]
		row.Counts, row.Total = counted(actors[m.d.actors[row.Actor]])
	}
	for i := range m.Columns {
		column, place := &m.Columns[i], m.d.claims[m.Columns[i].Claim]
		column.Counts, column.Total = counted(claims[place])
		column.Sources = sources[place]
	}
}

// counted names what was counted in the order of Stances.
func counted(of [7]int) (counts map[Stance]int, total int) {
	counts = make(map[Stance]int, 4)
	for i, n := range of {
		if n > 0 {
			counts[Stances[i]] = n
			total += n
		}
	}
	return counts, total
}

// until says whether a statement was made by then.
func (s StatementRow) until(date Date) bool {
	return date == "" || s.Date.Holds("", date)
}

// sourcesUntil counts the independent sources of every claim until then.
func (d *Discourse) sourcesUntil(until Date) []int {
	if until == "" {
		return d.sources
	}
	return d.countSources(func(s StatementRow) bool { return s.until(until) })
}

// groups orders groups by name, what is in none last.
func (d *Discourse) groups(a, b string) int {
	if a == b {
		return 0
	}
	return cmp.Or(cmp.Compare(min(1, len(b)), min(1, len(a))), d.compareNames(a, b))
}

// tally is what is said by an actor, or on a claim.
type tally struct {
	sum     int
	favours int
	opposes int
	first   Date // "" when nothing has a date
}

func newTallies(n int) []*tally {
	all := make([]tally, n)
	out := make([]*tally, n)
	for i := range all {
		out[i] = &all[i]
	}
	return out
}

func (t *tally) add(s *StatementRow) {
	t.sum++
	switch s.Stance.side() {
	case 1:
		t.favours++
	case -1:
		t.opposes++
	}
	if s.Date != "" && (t.first == "" || s.Date < t.first) {
		t.first = s.Date
	}
}

// tallied is by what a row or a column is sorted.
type tallied struct {
	group string
	tally *tally
	name  string // folded
}

// sortByTally sorts rows or columns by their groups and the order in each.
func sortByTally[T any](d *Discourse, all []T, by func(T) tallied, o MatrixOrder) {
	type keyed struct {
		key  tallied
		item T
	}
	list := make([]keyed, len(all))
	for i, item := range all {
		list[i] = keyed{by(item), item}
	}
	slices.SortStableFunc(list, func(a, b keyed) int {
		if c := d.groups(a.key.group, b.key.group); c != 0 {
			return c
		}
		return o.compare(a.key, b.key)
	})
	for i := range list {
		all[i] = list[i].item
	}
}

func (o MatrixOrder) compare(a, b tallied) int {
	x, y, c := a.tally, b.tally, 0
	switch o {
	case OrderName:
	case OrderTime:
		if (x.first == "") != (y.first == "") {
			return cmp.Compare(len(y.first), len(x.first))
		}
		c = cmp.Compare(x.first, y.first)
	case OrderDisputed:
		c = cmp.Or(min(y.favours, y.opposes)-min(x.favours, x.opposes), y.sum-x.sum)
	default:
		c = y.sum - x.sum
	}
	return cmp.Or(c, cmp.Compare(a.name, b.name))
}

func (o MatrixOptions) groupOfActor(d *Discourse, a Actor) string {
	switch o.Group {
	case GroupKind:
		return string(a.Kind)
	case GroupPartOf:
		if whole := d.Whole(a.ID); whole != a.ID || len(d.parts[a.ID]) > 0 {
			return d.ActorName(whole)
		}
	case GroupTag:
		return o.groupOfTags(string(a.ID))
	}
	return ""
}

func (o MatrixOptions) groupOfTags(id string) string {
	if paths := o.tags[id]; len(paths) > 0 {
		return paths[0]
	}
	return ""
}

// at are the statements of a cell, by date.
func (m *Matrix) at(actor ActorID, claim ClaimID) []int {
	a, ok := m.d.actors[actor]
	c, both := m.d.claims[claim]
	if !ok || !both {
		return nil
	}
	all := m.cells[matrixPlace{int32(a), int32(c)}]
	if m.until == "" || len(all) == 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(i int) bool { return !m.d.Statements[i].until(m.until) })
}

// Cell is what an actor says on a claim; without statements the actor is silent.
func (m *Matrix) Cell(actor ActorID, claim ClaimID) MatrixCell {
	c := MatrixCell{Statements: m.at(actor, claim)}
	for _, i := range c.Statements {
		s := m.d.Statements[i].Stance
		if c.First == "" || c.First == Declines {
			c.First = s
		}
		if c.Last == "" || s != Declines {
			c.Last = s
		}
	}
	if !c.First.Differs(c.Last) {
		c.First = c.Last
	}
	return c
}

// Statements are the cards of a cell, by date, without passages.
func (m *Matrix) Statements(actor ActorID, claim ClaimID) []BoardStatement {
	var out []BoardStatement
	for _, i := range m.at(actor, claim) {
		out = append(out, m.d.StatementCard(i))
	}
	return out
}
