//go:build e2e

package main

import (
	"bytes"
	"encoding/binary"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// region is a part of the window's picture: three bytes a pixel. It is read from
// the memory of the screen, which costs a hundredth of asking the server for it.
func (d *desk) region(x, y, width, height int) []byte {
	d.t.Helper()
	dump, err := os.ReadFile(filepath.Join(d.dir, "screen", "Xvfb_screen0"))
	if err != nil {
		d.t.Fatal(err)
	}
	field := func(n int) int { return int(binary.BigEndian.Uint32(dump[4*n:])) } // of XWDFileHeader
	header, perLine, colors := field(0), field(12), field(19)
	pixels := dump[header+12*colors:]
	out := make([]byte, 0, 3*width*height)
	for row := d.y + y; row < min(d.y+y+height, field(5)); row++ {
		for column := d.x + x; column < min(d.x+x+width, field(4)); column++ {
			at := row*perLine + 4*column
			out = append(out, pixels[at:at+3]...)
		}
	}
	return out
}

// pixels are all of the window's picture.
func (d *desk) pixels() []byte { return d.region(0, 0, 1440, 860) }

// colors counts the colours of a picture: few before a window is drawn.
func colors(picture []byte) int {
	seen := map[[3]byte]bool{}
	for i := 0; i+3 <= len(picture); i += 3 {
		seen[[3]byte(picture[i:i+3])] = true
	}
	return len(seen)
}

// blink is how many bytes of a picture a blinking caret changes at the most.
const blink = 600

// differing counts the bytes that two pictures do not share.
func differing(a, b []byte) int {
	if len(a) != len(b) {
		return max(len(a), len(b))
	}
	n := 0
	for i := range a {
		if a[i] != b[i] {
			n++
		}
	}
	return n
}

// see presses keys and waits until the picture is another, and stands still.
func (d *desk) see(keys ...string) {
	d.t.Helper()
	before := d.pixels()
	d.key(keys...)
	d.eventually("the picture to change", func() bool { return differing(before, d.pixels()) > blink })
	d.settled()
}

// Stillness is counted in turns of the program, not in time: a turn is a look in
// which it sleeps, or in which it has worked for so long since the last one. A form
// with a caret draws all the time, some frames in each turn.
const (
	turns    = 8
	turnWork = 8 // hundredths of a second on a processor
)

// settled waits until the program has done everything: for some turns of its own the
// picture stands still, but for a caret. A machine that is busy with something else
// only makes it last.
func (d *desk) settled() {
	d.t.Helper()
	var last []byte
	still, worked := 0, 0
	d.eventually("the window to have nothing more to do", func() bool {
		if now := d.pixels(); differing(last, now) > blink {
			last, still = now, 0
		}
		if d.program == nil {
			still++
		} else if work, runs := workOf(d.program.Process.Pid); !runs || work-worked >= turnWork {
			still, worked = still+1, work
		}
		return still > turns
	})
}

// workOf is how long a process has worked, in hundredths of a second, and whether a
// thread of it runs or waits for a processor or a disk.
func workOf(pid int) (work int, runs bool) {
	folder := filepath.Join("/proc", strconv.Itoa(pid))
	tasks, _ := filepath.Glob(filepath.Join(folder, "task/*/stat"))
	for _, path := range append(tasks, filepath.Join(folder, "stat")) {
		stat, err := os.ReadFile(path)
		if err != nil {
			continue // it ended
		}
		fields := bytes.Fields(stat[bytes.LastIndexByte(stat, ')')+1:])
		runs = runs || fields[0][0] == 'R' || fields[0][0] == 'D'
		user, _ := strconv.Atoi(string(fields[11]))
		system, _ := strconv.Atoi(string(fields[12]))
		work = user + system // of the process, which comes last
	}
	return work, runs
}

// lookAgain is how long it takes to look once more at what somebody waits for.
const lookAgain = 50 * time.Millisecond
