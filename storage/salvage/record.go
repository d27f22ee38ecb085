package salvage

import (
	"encoding/binary"
	"math"
)

// varint reads a number of SQLite's; n is how many bytes it takes, 0 where they
// do not hold one.
func varint(b []byte) (v uint64, n int) {
	for i := 0; i < len(b) && i < 8; i++ {
		v = v<<7 | uint64(b[i]&0x7f)
		if b[i] < 0x80 {
			return v, i + 1
		}
	}
	if len(b) < 9 {
		return 0, 0
	}
	return v<<8 | uint64(b[8]), 9
}

// most is how many columns a table can have.
const mostColumns = 100

// decode reads a record: nil, int64, float64, string and []byte. ok is false when
// the bytes are none, or more than one.
func decode(payload []byte) (values []any, ok bool) {
	size, n := varint(payload)
	if n == 0 || size < uint64(n) || size > uint64(len(payload)) {
		return nil, false
	}
	types, body := payload[n:size], payload[size:]
	for len(types) > 0 {
		t, n := varint(types)
		if n == 0 || len(values) == mostColumns {
			return nil, false
		}
		types = types[n:]
		v, length, ok := value(t, body)
		if !ok {
			return nil, false
		}
		values, body = append(values, v), body[length:]
	}
	return values, len(body) == 0 && len(values) > 0
}

// widths are those of the serial types below 10.
var widths = [...]int{0, 1, 2, 3, 4, 6, 8, 8, 0, 0}

func value(t uint64, body []byte) (v any, length int, ok bool) {
	switch {
	case t >= 12:
		if (t-12)/2 > uint64(len(body)) {
			return nil, 0, false
		}
		length = int((t - 12) / 2)
		if t%2 == 0 {
			return append([]byte(nil), body[:length]...), length, true
		}
		return string(body[:length]), length, true
	case t >= 10 || widths[t] > len(body):
		return nil, 0, false
	case t == 0:
		return nil, 0, true
	case t == 7:
		return math.Float64frombits(binary.BigEndian.Uint64(body)), 8, true
	case t >= 8:
		return int64(t - 8), 0, true
	}
	length = widths[t]
	n := int64(int8(body[0]))
	for _, b := range body[1:length] {
		n = n<<8 | int64(b)
	}
	return n, length, true
}
