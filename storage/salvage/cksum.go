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

// mend puts back the one bit of a page that is wrong, if it is only one. The
// checksum is linear: what a bit in some place adds to it can be told, and of the
// 65,536 ways in which one can be wrong hardly two in 2^47 pages look the same.
func mend(page []byte) bool {
	s1, s2 := checksum(page)
	t1, t2 := stored(page)
	if bits.OnesCount32(s1^t1)+bits.OnesCount32(s2^t2) == 1 {
		binary.LittleEndian.PutUint32(page[len(page)-cksumBytes:], s1)
		binary.LittleEndian.PutUint32(page[len(page)-4:], s2)
		return true
	}
	d1, d2 := t1-s1, t2-s2
	// What 1 more in the first and in the second word of a pair adds to the sums.
	a, b := [2]uint32{1, 1}, [2]uint32{0, 1}
	for at := len(page) - cksumBytes - 8; at >= 0; at -= 8 {
		if mendWord(page[at:], a, d1, d2) || mendWord(page[at+4:], b, d1, d2) {
			return true
		}
		a, b = onward(a), onward(b)
	}
	return false
}

// onward is what is left of an addition to the sums after one more pair of words.
func onward(v [2]uint32) [2]uint32 { return [2]uint32{v[0] + v[1], v[0] + 2*v[1]} }

func mendWord(at []byte, weight [2]uint32, d1, d2 uint32) bool {
	word := binary.LittleEndian.Uint32(at)
	for bit := uint32(1); bit != 0; bit <<= 1 {
		change := bit // what putting the bit back adds to the word
		if word&bit != 0 {
			change = -bit
		}
		if change*weight[0] == d1 && change*weight[1] == d2 {
			binary.LittleEndian.PutUint32(at, word^bit)
			return true
		}
	}
	return false
}
