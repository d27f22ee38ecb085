package app

import (
	"runtime"
	"testing"
)

// Allocated is how many bytes a function allocates. What compares texts has a table
// of what it compares, so that this grows with its work, on any machine.
func Allocated(work func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TwiceTheWork fails when twice the text is three times the work or more: with each
// compared with each it would be four times.
func TwiceTheWork(t *testing.T, what string, once, twice uint64) {
	t.Helper()
	t.Logf("%s: %d kB, for twice the text %d kB", what, once>>10, twice>>10)
	if once == 0 || twice >= 3*once {
		t.Errorf("%s takes %d bytes, and %d for twice the text", what, once, twice)
	}
}

// Rounds is how often a test tries something at random: an eighth with -short, as
// under the race detector, which finds in a few rounds what it finds.
func Rounds(n uint64) uint64 {
	if testing.Short() {
		return max(1, n/8)
	}
	return n
}
