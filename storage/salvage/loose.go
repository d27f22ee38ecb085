package salvage

// walkDoubted goes where damaged pages lead, once all that sound ones lead to is
// taken, and only to pages that look like the table's.
func (r *run) walkDoubted() error {
	for len(r.doubted) > 0 {
		next := r.doubted[0]
		r.doubted = r.doubted[1:]
		if next.page == 0 || int(next.page) >= len(r.seen) || r.seen[next.page] {
			continue
		}
		p, ok := r.f.tablePage(next.page)
		if !ok || p.kind() == leafTable && !r.fitsAll(next.table, p) {
			continue
		}
		err := r.walk(next.table, next.page, func(rec record) error { return r.keep(next.table, rec, true) })
		if err != nil {
			return err
		}
	}
	return nil
}

// fitsAll says whether all rows of a leaf look like the table's.
func (r *run) fitsAll(t *target, p page) bool {
	records, _ := r.f.records(p)
	for _, rec := range records {
		if !t.holds(rec.values, true) {
			return false
		}
	}
	return len(records) > 0
}

// loose reads the leaves that nothing leads to. They can belong only to tables
// of which a part was not reached: else they are what SQLite has freed.
func (r *run) loose() error {
	free := r.f.freed()
	var unsure []page
	for n := uint32(2); n <= r.f.count; n++ {
		if n%256 == 0 && r.ctx.Err() != nil {
			return r.ctx.Err()
		}
		if r.seen[n] || free[n] {
			continue
		}
		p, ok := r.f.tablePage(n)
		if !ok || p.kind() != leafTable {
			continue
		}
		switch fit := r.candidates(p); len(fit) {
		case 0:
		case 1:
			if err := r.keepLoose(fit[0], p); err != nil {
				return err
			}
		default:
			p.data = nil // read again, when all that is sure is known
			unsure = append(unsure, p)
		}
	}
	for _, u := range unsure {
		p, _ := r.f.tablePage(u.number)
		if err := r.keepLoose(r.likeliest(r.candidates(p), p), p); err != nil {
			return err
		}
	}
	return nil
}

// candidates are the tables, of those that lack something, that all readable
// rows of a leaf look like.
func (r *run) candidates(p page) []*target {
	var out []*target
	records, _ := r.f.records(p)
	for _, t := range r.order {
		fits := 0
		for _, rec := range records {
			if t.holds(rec.values, true) {
				fits++
			}
		}
		// A damaged page may have rows that are none any more.
		if fits > 0 && (fits == len(records) || p.state == Damaged && 2*fits > len(records)) && t.broken {
			out = append(out, t)
		}
	}
	if len(out) == 0 && len(records) > 0 {
		r.found.Strays++
	}
	return out
}

// likeliest is the table whose rows refer to things that there are, and are
// referred to; of those that are equally likely the one that usually begins
// there, else the first.
func (r *run) likeliest(fit []*target, p page) *target {
	records, _ := r.f.records(p)
	best, most := fit[0], -1
	for _, t := range fit {
		score := 0
		if t.Root == p.number {
			score++
		}
		for _, rec := range records {
			score += 2 * r.relations(t, rec)
		}
		if score > most {
			best, most = t, score
		}
	}
	return best
}

func (r *run) relations(t *target, rec record) int {
	n := 0
	for i, v := range rec.values {
		s, ok := v.(string)
		if !ok {
			continue
		}
		if to := r.tables[t.Columns[i].References]; to != nil && to.known[r.hash(s)] {
			n++
		}
		if i == t.Key && t.named[r.hash(s)] {
			n++
		}
	}
	return n
}

func (r *run) keepLoose(t *target, p page) error {
	r.take(p.number)
	if p.state == Mended {
		r.found.Mended++
	}
	records, unread := r.f.records(p)
	for _, rec := range records {
		if !t.holds(rec.values, true) || rec.state == Damaged && hasZeros(rec.values) {
			unread++
			continue
		}
		if err := r.keep(t, rec, true); err != nil {
			return err
		}
	}
	r.found.Lost[t.Name] += unread
	return nil
}
