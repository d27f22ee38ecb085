package search

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"rejoinder/app"
)

// vouchedFor makes an index whose segments were found whole when it was opened
// again, which sound.json then says.
func vouchedFor(t *testing.T, l *ledger) (dir, volume string) {
	t.Helper()
	dir = made(t, l)
	ix, err := Open(t.Context(), dir, l)
	if err != nil {
		t.Fatal(err)
	}
	closed(t, synced(t, ix))
	volume = filepath.Join(dir, volumesIn(t, dir)[0])
	if sound := readSound(volume); len(sound) == 0 {
		t.Fatal("nothing is known to be whole")
	}
	return dir, volume
}

// spoilt changes a byte of a segment, not its size: no search stumbles over it, so
// that only reading the file again finds it.
func spoilt(t *testing.T, volume string) (name string, before os.FileInfo) {
	t.Helper()
	name = segmentOf(t, volume)
	before, err := os.Stat(name)
	if err != nil {
		t.Fatal(err)
	}
	overwrite(t, name, func(b []byte) []byte { b[20] ^= 1; return b })
	return name, before
}

func TestAChangedSegmentIsReadAgain(t *testing.T) {
	for what, say := range map[string]func(name string) string{
		"what was whole":        nil,
		"no JSON":               func(string) string { return "{" },
		"what is not all JSON":  func(name string) string { return stateNow(t, name, "") + "x" },
		"of another form":       func(name string) string { return stateNow(t, name, `, "a.zap": 5`) },
		"nothing":               func(string) string { return "null" },
		"another segment whole": func(name string) string { return `{"x` + stateNow(t, name, "")[2:] },
	} {
		l := newLedger(numbered(50)...)
		dir, volume := vouchedFor(t, l)
		name, before := spoilt(t, volume)
		if err := os.Chtimes(name, before.ModTime().Add(1), before.ModTime().Add(1)); err != nil {
			t.Fatal(err)
		}
		if say != nil {
			if err := os.WriteFile(soundFile(volume), []byte(say(name)), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		total(t, synced(t, opened(t, dir, l)), "everybody", 50)
		if l.built() != 2 {
			t.Errorf("sound.json says %s: built %d times", what, l.built())
		}
	}
}

// TestASegmentOfAnotherSizeIsReadAgain has one that has the time it had, as a copy
// that was cut off or written on may have.
func TestASegmentOfAnotherSizeIsReadAgain(t *testing.T) {
	for what, change := range map[string]func([]byte) []byte{
		"longer": func(b []byte) []byte { return append(b, 0) }, "shorter": func(b []byte) []byte { return b[:len(b)-1] },
	} {
		_, volume := vouchedFor(t, newLedger(numbered(50)...))
		name := segmentOf(t, volume)
		before, err := os.Stat(name)
		if err != nil {
			t.Fatal(err)
		}
		overwrite(t, name, change)
		if err := os.Chtimes(name, before.ModTime(), before.ModTime()); err != nil {
			t.Fatal(err)
		}
		if err := verify(volume); !errors.Is(err, errDamaged) {
			t.Errorf("a segment that is %s: %v", what, err)
		}
	}
}

// TestAPieceOfSoundIsNothing has what a killed process may leave of a sound.json
// that has a spoilt segment whole: any beginning of it.
func TestAPieceOfSoundIsNothing(t *testing.T) {
	_, volume := vouchedFor(t, newLedger(numbered(50)...))
	name, _ := spoilt(t, volume)
	whole := stateNow(t, name, "")
	for n := range whole {
		if err := os.WriteFile(soundFile(volume), []byte(whole[:n]), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := verify(volume); !errors.Is(err, errDamaged) {
			t.Errorf("%q is trusted: %v", whole[:n], err)
		}
	}
}

// stateNow is a sound.json that has a file whole as it is now.
func stateNow(t *testing.T, name, more string) string {
	t.Helper()
	is, err := seen(name)
	if err != nil {
		t.Fatal(err)
	}
	state, err := json.Marshal(is)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("{%q: %s%s}", filepath.Base(name), state, more)
}

// TestCheckTrustsNoFile has a segment that changed but for its size and time.
func TestCheckTrustsNoFile(t *testing.T) {
	l := newLedger(numbered(50)...)
	dir, volume := vouchedFor(t, l)
	name, before := spoilt(t, volume)
	if err := os.Chtimes(name, before.ModTime(), before.ModTime()); err != nil {
		t.Fatal(err)
	}
	ix := opened(t, dir, l)
	finding, err := ix.Check(t.Context())
	if err != nil || finding.OK {
		t.Errorf("a check finds %+v, %v", finding, err)
	}
	total(t, synced(t, ix), "everybody", 50)
	if l.built() != 2 {
		t.Errorf("built %d times", l.built())
	}
}

// TestAnIndexAheadOfItsNotebook has as many things in it as the notebook, but what
// they were before the notebook went back in time.
func TestAnIndexAheadOfItsNotebook(t *testing.T) {
	back := func(l *ledger) {
		l.with(func() {
			l.log = l.log[:4]
			ref := app.Ref{Kind: app.KindArticle, ID: "a00003"}
			d := l.docs[ref]
			d.Body = "Everybody went back"
			l.docs[ref] = d
		})
	}
	right := func(t *testing.T, ix *Index) {
		t.Helper()
		finds(t, ix, "back", "a00003")
		finds(t, ix, "number3")
	}
	t.Run("closed", func(t *testing.T) {
		l := newLedger(numbered(10)...)
		dir := made(t, l)
		back(l)
		ix := opened(t, dir, l)
		o := ix.articles.owner // nobody calls Sync: it must see for itself
		if err := o.wait(t.Context(), func() (bool, error) { return o.finished > 0, nil }); err != nil {
			t.Fatal(err)
		}
		right(t, ix)
		if l.built() != 2 {
			t.Errorf("built %d times", l.built())
		}
	})
	t.Run("open", func(t *testing.T) {
		l := newLedger(numbered(10)...)
		ix := synced(t, opened(t, t.TempDir(), l))
		back(l)
		right(t, synced(t, ix))
	})
	t.Run("caught up again", func(t *testing.T) { // the log has grown beyond where it was
		l := newLedger(numbered(10)...)
		dir := made(t, l)
		back(l)
		ix := synced(t, opened(t, dir, l))
		l.put(numbered(20)[10:]...)
		right(t, synced(t, ix))
		total(t, ix, "everybody", 20)
	})
}
