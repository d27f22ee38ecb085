package salvage

import (
	"bytes"
	"context"
	"testing"
)

// testTables are like tables of a notebook.
var testTables = []Table{
	{Name: "notes", Key: 0, Columns: []Column{{Name: "id"}, {Name: "body"}, {Name: "created", Integer: true}}},
	{Name: "links", Key: -1, Columns: []Column{{Name: "note", References: "notes"}, {Name: "target"}}},
}

// page makes a page of a type with cells, and its checksum.
func pageOf(kind byte, header int, cells ...[]byte) []byte {
	p := make([]byte, 512)
	p[header] = kind
	p[header+4] = byte(len(cells))
	at := 512 - cksumBytes
	begin := header + 8
	if kind == interiorTable {
		begin += 4
	}
	for i, c := range cells {
		at -= len(c)
		copy(p[at:], c)
		p[begin+2*i], p[begin+2*i+1] = byte(at>>8), byte(at)
	}
	return p
}

func sealed(p []byte) []byte {
	s1, s2 := checksum(p)
	for i := range 4 {
		p[len(p)-8+i], p[len(p)-4+i] = byte(s1>>(8*i)), byte(s2>>(8*i))
	}
	return p
}

// row is a leaf's cell of texts and small numbers.
func row(id byte, values ...any) []byte {
	types, body := []byte{}, []byte{}
	for _, v := range values {
		switch v := v.(type) {
		case string:
			types, body = append(types, byte(13+2*len(v))), append(body, v...)
		case int:
			types, body = append(types, 1), append(body, byte(v))
		}
	}
	payload := append(append([]byte{byte(len(types) + 1)}, types...), body...)
	return append([]byte{byte(len(payload)), id}, payload...)
}

// small is a database of two tables: notes on page 3 and 4 below 2, links on 5.
func small() []byte {
	first := pageOf(leafTable, headerSize,
		row(1, "table", "notes", "notes", 2, "CREATE"), row(2, "table", "links", "links", 5, "CREATE"))
	copy(first, magic)
	first[16], first[20], first[31], first[63] = 2, cksumBytes, 5, 7
	root := pageOf(interiorTable, 0, []byte{0, 0, 0, 3, 2})
	root[11] = 4
	return bytes.Join([][]byte{sealed(first), sealed(root),
		sealed(pageOf(leafTable, 0, row(1, "a", "first", 1), row(2, "b", "second", 2))),
		sealed(pageOf(leafTable, 0, row(3, "c", "third", 3))),
		sealed(pageOf(leafTable, 0, row(1, "a", "b")))}, nil)
}

func found(t *testing.T, data []byte) (map[string]Row, Found) {
	t.Helper()
	out := map[string]Row{}
	f, err := Rows(context.Background(), OpenBytes(data, nil), testTables, func(r Row) error {
		out[r.Table+" "+r.Values[0].(string)] = r
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out, f
}

func TestRows(t *testing.T) {
	rows, f := found(t, small())
	if len(rows) != 4 || rows["notes c"].Values[1] != "third" || rows["notes c"].Loose || f.Bad != 0 || len(f.Broken) != 0 {
		t.Errorf("%v, %+v", rows, f)
	}
}

// What only a damaged page led to is found by what it looks like.
func TestRowsBelowDamage(t *testing.T) {
	for _, page := range []int{1, 2} {
		data := small()
		copy(data[(page-1)*512:page*512], bytes.Repeat([]byte{0xee}, 512))
		rows, f := found(t, data)
		if len(rows) != 4 || !rows["notes a"].Loose || rows["notes a"].Doubt || page == 2 && rows["links a"].Loose || !f.Broken["notes"] {
			t.Errorf("page %d: %v, %+v", page, rows, f)
		}
	}
	data := small()
	clear(data[2*512 : 3*512])
	if rows, f := found(t, data); len(rows) != 2 || f.BadOf["notes"] != 1 {
		t.Errorf("%v, %+v", rows, f)
	}
}

// A wrong bit is put back; where that cannot be told for sure the rows of its page
// are doubtful.
func TestRowsOfFlippedPages(t *testing.T) {
	whole, _ := found(t, small())
	mended := 0
	for bit := range 512 * 8 {
		data := small()
		data[2*512+bit/8] ^= 1 << (bit % 8)
		rows, f := found(t, data)
		if f.Mended == 1 {
			mended++
		} else if f.Bad == 0 {
			t.Errorf("bit %d: %+v", bit, f)
		}
		for name, r := range rows {
			if !r.Doubt && (len(whole[name].Values) < 2 || r.Values[1] != whole[name].Values[1]) {
				t.Errorf("bit %d: %s is %v", bit, name, r)
			}
		}
	}
	if mended < 2048 {
		t.Errorf("only %d of 4096 bits were put back", mended)
	}
	t.Logf("%d of 4096 bits were put back", mended)
}

// A header that is gone does not hide the rest.
func TestPageSizeIsGuessed(t *testing.T) {
	data := small()
	clear(data[:512])
	if f := OpenBytes(data, nil); f.PageSize() != 512 || !f.Checksums() || f.Count() != 5 {
		t.Errorf("page size %d, checksums %v, %d pages", f.PageSize(), f.Checksums(), f.Count())
	}
}

func TestVarint(t *testing.T) {
	for _, tt := range []struct {
		bytes []byte
		want  uint64
		n     int
	}{
		{nil, 0, 0}, {[]byte{0x80}, 0, 0}, {[]byte{7}, 7, 1}, {[]byte{0x81, 0}, 128, 2},
		{bytes.Repeat([]byte{0xff}, 9), 1<<64 - 1, 9}, {bytes.Repeat([]byte{0xff}, 8), 0, 0},
	} {
		if v, n := varint(tt.bytes); v != tt.want || n != tt.n {
			t.Errorf("%x: %d, %d", tt.bytes, v, n)
		}
	}
}

// grown is small's database after so many tables that their list has pages of its
// own: 1 leads to 2 and 5, where small has the notes' root and the links.
func grown() []byte {
	first := pageOf(interiorTable, headerSize, []byte{0, 0, 0, 2, 1})
	first[headerSize+11] = 5
	copy(first, magic)
	first[16], first[20], first[31], first[63] = 2, cksumBytes, 5, 7
	return bytes.Join([][]byte{sealed(first),
		sealed(pageOf(leafTable, 0, row(1, "table", "notes", "notes", 3, "CREATE"))),
		sealed(pageOf(leafTable, 0, row(1, "a", "newer", 1), row(4, "d", "fourth", 4))),
		sealed(pageOf(leafTable, 0, row(1, "b", "a"))),
		sealed(pageOf(leafTable, 0, row(2, "table", "links", "links", 4, "CREATE")))}, nil)
}

// mixed has the pages of one database or of the other, as the bits of choice say.
func mixed(choice int, one, other []byte) []byte {
	out := bytes.Clone(one)
	for i := range len(out) / 512 {
		if choice>>i&1 == 1 {
			copy(out[i*512:(i+1)*512], other[i*512:])
		}
	}
	return out
}

// A database over which an older copy of it was put while it was open has pages of
// both, all as they were written. Whatever the mixture, it is read to an end, and
// only rows of some table come out.
func TestRowsOfMixedPages(t *testing.T) {
	for choice := range 1 << 5 {
		rows, f := found(t, mixed(choice, small(), grown()))
		for name, r := range rows {
			if want := map[string]int{"notes": 3, "links": 2}[r.Table]; len(r.Values) != want {
				t.Errorf("mixture %05b: %s is %v", choice, name, r)
			}
		}
		if choice == 1 && (len(rows) == 0 || !f.Broken["links"]) { // the new list of tables over the old pages
			t.Errorf("mixture %05b: %v, %+v", choice, rows, f)
		}
	}
}

// FuzzSalvage reads whatever it is given to an end, without a panic, and hands out
// only rows that can be of their table.
func FuzzSalvage(f *testing.F) {
	f.Add(small(), []byte(nil))
	f.Add([]byte(magic), []byte{0x37, 0x7f, 0x06, 0x82})
	f.Add(grown(), []byte(nil))
	for choice := range 1 << 5 {
		f.Add(mixed(choice, small(), grown()), []byte(nil))
	}
	half := small()
	f.Add(half[:len(half)/2+100], []byte("log"))
	f.Fuzz(func(t *testing.T, db, wal []byte) {
		file := OpenBytes(db, wal)
		if _, err := file.Verify(func(int, int) error { return nil }); err != nil {
			t.Fatal(err)
		}
		n := 0
		_, err := Rows(context.Background(), file, testTables, func(r Row) error {
			n++
			if len(r.Values) > 3 || n > len(db)+len(wal) {
				t.Fatalf("row %d: %v", n, r)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
