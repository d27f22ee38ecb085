package salvage

import "encoding/binary"

// The kinds of pages of a table.
const (
	interiorTable = 0x05
	leafTable     = 0x0d
)

// mostPayload bounds a row: nothing of ours is larger.
const mostPayload = 1 << 30

// page is a page of a table that was read.
type page struct {
	number uint32
	data   []byte
	state  State
	header int // where its own header is
}

// tablePage reads a page that should be of a table. ok is false for others.
func (f *File) tablePage(n uint32) (p page, ok bool) {
	p.number = n
	if n == 1 {
		p.header = headerSize
	}
	p.data, p.state = f.Page(n)
	if p.state == Missing {
		return p, false
	}
	kind := p.kind()
	return p, kind == leafTable || kind == interiorTable
}

func (p page) kind() byte { return p.data[p.header] }

// cells returns where the page's cells are, as far as they are in it.
func (p page) cells() []int {
	begin := p.header + 8
	if p.kind() == interiorTable {
		begin += 4
	}
	n := int(binary.BigEndian.Uint16(p.data[p.header+3:]))
	var out []int
	for i := 0; i < n && begin+2*i+2 <= len(p.data); i++ {
		if at := int(binary.BigEndian.Uint16(p.data[begin+2*i:])); at >= begin && at < len(p.data) {
			out = append(out, at)
		}
	}
	return out
}

// children are the pages that an interior page leads to, in their order.
func (p page) children() []uint32 {
	var out []uint32
	for _, at := range p.cells() {
		if at+4 <= len(p.data) {
			out = append(out, binary.BigEndian.Uint32(p.data[at:]))
		}
	}
	return append(out, binary.BigEndian.Uint32(p.data[p.header+8:]))
}

// record is a row as it stands in a leaf.
type record struct {
	id     int64
	values []any
	state  State    // the worst of its pages
	pages  []uint32 // all of them
}

// records reads a leaf's rows; unread is how many of its cells are no whole row.
func (f *File) records(p page) (out []record, unread int) {
	if told := int(binary.BigEndian.Uint16(p.data[p.header+3:])); told <= len(p.data)/4 {
		unread = told
	}
	for _, at := range p.cells() {
		r, ok := f.record(p, at)
		if !ok {
			continue
		}
		out = append(out, r)
		unread--
	}
	return out, max(unread, 0)
}

func (f *File) record(p page, at int) (r record, ok bool) {
	r.state, r.pages = p.state, []uint32{p.number}
	size, n := varint(p.data[at:])
	if n == 0 || size > mostPayload || size > uint64(f.count)*uint64(f.pageSize) {
		return r, false
	}
	id, m := varint(p.data[at+n:])
	if m == 0 {
		return r, false
	}
	r.id = int64(id)
	payload, ok := f.payload(&r, p.data, at+n+m, int(size))
	if !ok {
		return r, false
	}
	r.values, ok = decode(payload)
	return r, ok
}

// payload reads a row's bytes, from its page and those that it flows over to.
func (f *File) payload(r *record, data []byte, at, size int) ([]byte, bool) {
	usable := f.usable()
	local := size
	if most := usable - 35; size > most { // the formulas are those of the format
		least := (usable-12)*32/255 - 23
		local = least + (size-least)%(usable-4)
		if local > most {
			local = least
		}
	}
	if local < 0 || at+local > len(data) {
		return nil, false
	}
	if local == size {
		return data[at : at+size], true
	}
	if at+local+4 > len(data) {
		return nil, false
	}
	out := append(make([]byte, 0, min(size, 1<<20)), data[at:at+local]...)
	next := binary.BigEndian.Uint32(data[at+local:])
	for len(out) < size {
		if next < 2 || next > f.count || len(r.pages) > int(f.count) {
			return nil, false
		}
		over, state := f.Page(next)
		if state == Missing || state == Sound && isEmpty(over) {
			return nil, false
		}
		r.state, r.pages = max(r.state, state), append(r.pages, next)
		out = append(out, over[4:min(usable, 4+size-len(out))]...)
		next = binary.BigEndian.Uint32(over)
	}
	return out, true
}
