//go:build loss && linux

package main

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"
)

// hangLimit is how long anything here may take before it counts as hung.
const hangLimit = 2 * time.Minute

// tally counts what became of the rounds of a test; make test-loss prints it.
type tally struct {
	what                      string
	tried, lost, silent, hung int
}

// print logs a line of the table and fails the test when anything was lost,
// silent or hung.
func (c *tally) print(t *testing.T) {
	t.Helper()
	t.Logf("LOSS %-44s tried %4d  lost %2d  silent %2d  hung %2d", c.what, c.tried, c.lost, c.silent, c.hung)
	if c.lost+c.silent+c.hung > 0 || c.tried == 0 {
		t.Errorf("%+v", *c)
	}
}

// roundsOf is how many rounds an environment variable asks for.
func roundsOf(t *testing.T, name string, otherwise int) int {
	t.Helper()
	s := os.Getenv(name)
	if s == "" {
		return otherwise
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// patiently runs a program and kills it when it is hung.
func patiently(c *exec.Cmd) (out []byte, hung bool, err error) {
	timer := time.AfterFunc(hangLimit, func() {
		hung = true
		_ = c.Process.Kill()
	})
	defer timer.Stop()
	out, err = c.CombinedOutput()
	if hung {
		err = fmt.Errorf("it did not end: %w", err)
	}
	return out, hung, err
}
