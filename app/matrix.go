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

	cells map[matrixPlace][]int
	d     *Discourse
}

type matrixPlace struct {
	actor ActorID
	claim ClaimID
}

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
	m := &Matrix{d: d, cells: map[matrixPlace][]int{}}
	rows, columns := map[ActorID]*MatrixRow{}, map[ClaimID]*MatrixColumn{}
	all := sortedBy{d: d, sides: map[string][2]int{}, first: map[string]Date{}, sum: map[string]int{}}
	days := map[Date]int{}
	for i, s := range d.Statements {
		if rows[s.Actor] == nil {
			rows[s.Actor] = &MatrixRow{Actor: s.Actor, Name: d.ActorName(s.Actor), Counts: map[Stance]int{}}
		}
		if columns[s.Claim] == nil {
			columns[s.Claim] = &MatrixColumn{Claim: s.Claim, Text: d.ClaimText(s.Claim), Counts: map[Stance]int{}}
		}
		all.add(string(s.Actor), s)
		all.add(string(s.Claim), s)
		if s.Date != "" {
			days[s.Date]++
		}
		if !s.until(o.Until) {
			continue
		}
		row, column := rows[s.Actor], columns[s.Claim]
		row.Counts[s.Stance]++
		row.Total++
		column.Counts[s.Stance]++
		column.Total++
		m.Total++
		at := matrixPlace{s.Actor, s.Claim}
		m.cells[at] = append(m.cells[at], i)
	}
	for _, a := range d.Actors {
		if row := rows[a.ID]; row != nil {
			row.Group = o.groupOfActor(d, a)
			m.Rows = append(m.Rows, *row)
		}
	}
	for _, c := range d.Claims {
		if column := columns[c.ID]; column != nil {
			column.Sources = d.sourcesUntil(c.ID, o.Until)
			if o.Group == GroupTag {
				column.Group = o.groupOfTags(string(c.ID))
			}
			m.Columns = append(m.Columns, *column)
		}
	}
	for _, list := range m.cells {
		if len(list) > 1 {
			slices.SortStableFunc(list, d.byDate)
		}
	}
	slices.SortStableFunc(m.Rows, func(a, b MatrixRow) int {
		return cmp.Or(d.groups(a.Group, b.Group), all.compare(o.Order, string(a.Actor), string(b.Actor), a.Name, b.Name))
	})
	slices.SortStableFunc(m.Columns, func(a, b MatrixColumn) int {
		return cmp.Or(d.groups(a.Group, b.Group), all.compare(o.Order, string(a.Claim), string(b.Claim), a.Text, b.Text))
	})
	for day, count := range days {
		m.Days = append(m.Days, DayCount{day, count})
	}
	slices.SortFunc(m.Days, func(a, b DayCount) int { return cmp.Compare(a.Date, b.Date) })
	return m
}

// until says whether a statement was made by then.
func (s StatementRow) until(date Date) bool {
	return date == "" || s.Date.Holds("", date)
}

func (d *Discourse) sourcesUntil(id ClaimID, until Date) int {
	if until == "" {
		return d.Sources(id)
	}
	seen := map[string]bool{}
	for _, i := range d.About(id) {
		if s := d.Statements[i]; s.until(until) && s.Source() != "" {
			seen[s.Source()] = true
		}
	}
	return len(seen)
}

// groups orders groups by name, what is in none last.
func (d *Discourse) groups(a, b string) int {
	return cmp.Or(cmp.Compare(min(1, len(b)), min(1, len(a))), d.compareNames(a, b))
}

// sortedBy is by what rows and columns are ordered, by their ids.
type sortedBy struct {
	d     *Discourse
	sides map[string][2]int // for and against
	first map[string]Date
	sum   map[string]int
}

func (b *sortedBy) add(id string, s StatementRow) {
	b.sum[id]++
	sides := b.sides[id]
	switch s.Stance.side() {
	case 1:
		sides[0]++
	case -1:
		sides[1]++
	}
	b.sides[id] = sides
	if at, ok := b.first[id]; s.Date != "" && (!ok || s.Date < at) {
		b.first[id] = s.Date
	}
}

func (b *sortedBy) compare(o MatrixOrder, x, y, xName, yName string) int {
	byName := func() int { return b.d.compareNames(xName, yName) }
	switch o {
	case OrderName:
		return byName()
	case OrderTime:
		fx, fy := b.first[x], b.first[y]
		if (fx == "") != (fy == "") {
			return cmp.Compare(len(fy), len(fx))
		}
		if c := cmp.Compare(fx, fy); c != 0 {
			return c
		}
		return byName()
	case OrderDisputed:
		dx, dy := min(b.sides[x][0], b.sides[x][1]), min(b.sides[y][0], b.sides[y][1])
		if c := cmp.Compare(dy, dx); c != 0 {
			return c
		}
	}
	if c := cmp.Compare(b.sum[y], b.sum[x]); c != 0 {
		return c
	}
	return byName()
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

// Cell is what an actor says on a claim; without statements the actor is silent.
func (m *Matrix) Cell(actor ActorID, claim ClaimID) MatrixCell {
	c := MatrixCell{Statements: m.cells[matrixPlace{actor, claim}]}
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
	for _, i := range m.cells[matrixPlace{actor, claim}] {
		out = append(out, m.d.StatementCard(i))
	}
	return out
}
