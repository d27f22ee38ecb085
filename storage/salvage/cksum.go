package salvage

import (
	"encoding/binary"
	"math/bits"
)

// checksum is that of SQLite's extension cksumvfs (storage/cksumvfs.c) over all
// of a page but its last 8 bytes, which hold it.
func checksum(page []byte) (s1, s2 uint32) {
	for p := page[:len(page)-cksumBytes]; len(p) >= 8; p = p[8:] {
		s1 += binary.LittleEndian.Uint32(p) + s2
		s2 += binary.LittleEndian.Uint32(p[4:]) + s1
	}
	return s1, s2
}

func stored(page []byte) (s1, s2 uint32) {
	end := page[len(page)-cksumBytes:]
	return binary.LittleEndian.Uint32(end), binary.LittleEndian.Uint32(end[4:])
}

func fits(page []byte) bool {
	s1, s2 := checksum(page)
	t1, t2 := stored(page)
	return s1 == t1 && s2 == t2
}

// mend puts back the one bit of a page that is wrong, if it is only one and can be
// told for sure. The checksum is linear: what a bit in some place adds to it is
// known, and other damage hardly ever looks like one bit. Of the high bits of
// words several look alike; then the page stays as it is.
func mend(page []byte) bool {
	s1, s2 := checksum(page)
	t1, t2 := stored(page)
	m := mender{d1: t1 - s1, d2: t2 - s2}
	if bits.OnesCount32(s1^t1)+bits.OnesCount32(s2^t2) == 1 {
		m.found++ // in the checksum itself
		m.at = -1
	}
	// What 1 more in the first and in the second word of a pair adds to the sums.
	a, b := [2]uint32{1, 1}, [2]uint32{0, 1}
	for at := len(page) - cksumBytes - 8; at >= 0; at -= 8 {
		m.try(at, binary.LittleEndian.Uint32(page[at:]), a)
		m.try(at+4, binary.LittleEndian.Uint32(page[at+4:]), b)
		a, b = onward(a), onward(b)
	}
	switch {
	case m.found != 1:
		return false
	case m.at < 0:
		binary.LittleEndian.PutUint32(page[len(page)-cksumBytes:], s1)
		binary.LittleEndian.PutUint32(page[len(page)-4:], s2)
	default:
		binary.LittleEndian.PutUint32(page[m.at:], m.word)
	}
	return true
}

// onward is what is left of an addition to the sums after one more pair of words.
func onward(v [2]uint32) [2]uint32 { return [2]uint32{v[0] + v[1], v[0] + 2*v[1]} }

// mender looks for the bit whose turning round explains a difference of the sums.
type mender struct {
	d1, d2 uint32
	found  int
	at     int
	word   uint32 // as it was
}

func (m *mender) try(at int, word uint32, weight [2]uint32) {
	for bit := uint32(1); bit != 0; bit <<= 1 {
		change := bit // what putting the bit back adds to the word
		if word&bit != 0 {
			change = -bit
		}
		if change*weight[0] == m.d1 && change*weight[1] == m.d2 {
			m.found++
			m.at, m.word = at, word^bit
		}
	}
}
