package query

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// hostile are texts that would take long, again and again, if a place of theirs were
// looked at from every other.
var hostile = []string{"(", ")", "a(", "x://(", "x://()", "x://(a)", "NOT ", "-(", `"`, "a OR ", "NEAR(", "NEAR/3 ", ",1", "*", "~", "title:", "tag:(", " ", `\`}

// TestTwiceTheTextIsTwiceTheWork counts the statements that are executed for texts of
// two sizes: a test binary of this package with coverage counters reads them.
func TestTwiceTheTextIsTwiceTheWork(t *testing.T) {
	if testing.Short() {
		t.Skip("the work is counted in full or not at all")
	}
	binary := filepath.Join(t.TempDir(), "query.test")
	if out, err := exec.Command("go", "test", "-c", "-covermode", "count", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	for _, part := range hostile {
		for _, size := range []int{3500, 100_000} { // below and above what is read at most
			once, twice := statements(t, binary, part, size), statements(t, binary, part, 2*size)
			if once < 1000 || twice > 3*once {
				t.Errorf("%q again and again: %d statements for %d bytes, %d for twice as many", part, once, size, twice)
			}
		}
	}
}

// statements is how many statements a text of so many bytes takes.
func statements(t *testing.T, binary, part string, bytes int) int {
	t.Helper()
	profile := filepath.Join(t.TempDir(), "profile")
	c := exec.Command(binary, "-test.run", "^TestReadHostile$", "-test.coverprofile", profile)
	c.Env = append(os.Environ(), "QUERY_HOSTILE="+part, "QUERY_BYTES="+strconv.Itoa(bytes))
	if out, err := c.CombinedOutput(); err != nil {
		t.Fatalf("%q: %v\n%s", part, err, out)
	}
	f, err := os.Open(profile)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	sum := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		var in, times int
		if _, place, ok := strings.Cut(lines.Text(), " "); ok {
			if n, _ := fmt.Sscan(place, &in, &times); n == 2 {
				sum += in * times
			}
		}
	}
	return sum
}

// TestReadHostile is what TestTwiceTheTextIsTwiceTheWork runs in another process.
func TestReadHostile(t *testing.T) {
	part := os.Getenv("QUERY_HOSTILE")
	if part == "" {
		t.Skip("TestTwiceTheTextIsTwiceTheWork runs this")
	}
	size, _ := strconv.Atoi(os.Getenv("QUERY_BYTES"))
	text := strings.Repeat(part, size/len(part))
	Parse(text, Options{})
	Literal(text)
	Toggle(text, "tag", "x", true)
	At(text, 8000)
}
