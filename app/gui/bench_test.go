//go:build e2e && bench

package gui

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// run is what the program's first thread does: Fyne wants it.
var run = make(chan func())

func TestMain(m *testing.M) {
	go func() {
		code := m.Run()
		os.Exit(code)
	}()
	for fn := range run {
		fn()
	}
}

// frames tells when each frame begins: Fyne ticks animations right before it
// draws, so from tick to tick a whole frame was drawn.
type frames struct {
	seen  func() bool // asked at each tick; on Fyne's goroutine like all of this
	found chan time.Time
	last  time.Time
	times []time.Duration // since they were asked for
}

func newFrames() *frames {
	f := &frames{}
	a := fyne.NewAnimation(time.Hour, func(float32) {
		now := time.Now()
		f.times, f.last = append(f.times, now.Sub(f.last)), now
		if f.found != nil && f.seen == nil { // the frame that has it is drawn
			f.found <- now
			f.found = nil
		}
		if f.seen != nil && f.seen() {
			f.seen = nil
		}
	})
	a.RepeatCount = fyne.AnimationRepeatForever
	fyne.DoAndWait(a.Start)
	return f
}

// until returns when a frame was drawn that shows what seen asks for.
func (f *frames) until(act func(), seen func() bool) time.Duration {
	found := make(chan time.Time, 1)
	began := time.Now()
	fyne.Do(func() {
		act()
		f.seen, f.found = seen, found
	})
	return (<-found).Sub(began)
}

// during measures how long each frame takes while a program runs.
func (f *frames) during(t *testing.T, c *exec.Cmd) []time.Duration {
	t.Helper()
	fyne.DoAndWait(func() { f.times = nil })
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var times []time.Duration
	fyne.DoAndWait(func() { times = slices.Clone(f.times[1:]) })
	slices.Sort(times)
	return times
}

// inWords tells a distribution of frame times, which are sorted.
func inWords(times []time.Duration) string {
	at := func(share float64) float64 {
		return float64(times[int(share*float64(len(times)-1))].Microseconds()) / 1000
	}
	return fmt.Sprintf("%d frames, median %.1f ms, p95 %.1f ms, longest %.1f ms", len(times), at(.5), at(.95), at(1))
}

// TestBenchScroll opens the first article of the notebook in
// REJOINDER_BENCH_NOTEBOOK in the real window, turns the mouse wheel over it, and
// prints how long the frames take, beside the empty reader's.
func TestBenchScroll(t *testing.T) {
	folder := os.Getenv("REJOINDER_BENCH_NOTEBOOK")
	if folder == "" {
		t.Skip("make bench-reader runs this")
	}
	w := openWindow(t, apptest.Open(t, folder))
	waitFor(t, "the list", func() bool { _, ok := w.library.Row(0); return ok && w.library.Count > 0 })
	f := newFrames()
	t.Logf("turning the wheel over the empty reader, 60 notches a second: %s", inWords(f.during(t, wheel(300, fastest))))
	r := w.pane().reader
	for turn := range 5 {
		took := f.until(func() { w.libraryView.list.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown}) }, func() bool {
			_, bottom := r.view.Seen()
			return r.shown != "" && bottom > 0
		})
		t.Logf("opened, time %d: the first text is drawn %.0f ms after the click", turn+1, float64(took.Microseconds())/1000)
		if turn < 4 {
			fyne.DoAndWait(func() { w.library.Select(""); w.pane().model.Open("", -1) })
			waitFor(t, "the reader to be empty", func() bool { return r.shown == "" })
		}
	}
	fyne.DoAndWait(func() { t.Logf("the article: %d words, %d marks", r.model.Text.Words, len(r.model.Marks)) })
	t.Logf("turning the wheel at once, 25 notches a second: %s", inWords(f.during(t, wheel(200, fast))))
	t.Logf("going on, 25 notches a second:                  %s", inWords(f.during(t, wheel(300, fast))))
	t.Logf("going on, 60 notches a second:                  %s", inWords(f.during(t, wheel(500, fastest))))
	fyne.DoAndWait(func() {
		top, _ := r.view.Seen()
		t.Logf("scrolled to code point %d", top)
	})
}

// openWindow shows the real window on a notebook.
func openWindow(t *testing.T, nb *apptest.Notebook) *window {
	dir := t.TempDir()
	env := Env{Version: "bench", Folder: nb.Folder, Settings: filepath.Join(dir, "settings.json"), FontCache: dir,
		Open: func(context.Context, string) (*app.Notebook, func() error, error) {
			return nb.Notebook, func() error { return nil }, nil
		}}
	opened := make(chan *window)
	run <- func() {
		w, err := prepare(context.Background(), env)
		if err != nil {
			t.Error(err)
			close(opened)
			return
		}
		go func() { time.Sleep(time.Second); opened <- w }()
		w.win.ShowAndRun()
	}
	w := <-opened
	if w == nil {
		t.FailNow()
	}
	return w
}

// How long a hand takes from notch to notch of the wheel when it is in a hurry,
// and what no hand does: a notch of 60 units for every frame.
const (
	fast    = 40 * time.Millisecond
	fastest = 16 * time.Millisecond
)

// wheel turns the mouse wheel over the reader, as xdotool can.
func wheel(notches int, every time.Duration) *exec.Cmd {
	return exec.Command("xdotool", "mousemove", "900", "500", "click", "--delay", fmt.Sprint(every.Milliseconds()), "--repeat", fmt.Sprint(notches), "5")
}

func waitFor(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for range 600 {
		found := false
		fyne.DoAndWait(func() { found = ok() })
		if found {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
	t.Fatal("waited in vain for " + what)
}
