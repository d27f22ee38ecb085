//go:build bench

package searchbench

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// luceneJars are those of Debian's liblucene8-java as a class path; "" when they
// are not there.
func luceneJars() string {
	var path []string
	for _, name := range []string{"lucene-core-8.*.jar", "lucene-analyzers-common-8.*.jar"} {
		jars, _ := filepath.Glob("/usr/share/java/" + name)
		if len(jars) == 0 {
			return ""
		}
		path = append(path, jars[0])
	}
	return strings.Join(path, ":")
}

// luceneForms are the kinds that lucene/Bench.java knows, by its names for them.
var luceneForms = map[queryKind]string{
	term: "all", and2: "all", or6: "any", phrase: "phrase",
	prefix2: "prefix", prefix3: "prefix", typing2: "prefix", typing3: "prefix", fuzzy: "fuzzy",
}

// luceneName is its column. Lucene gives all that a prefix finds the same score,
// where the others rank it.
const luceneName = "Lucene 8 (prefix unranked)"

// addLucene asks Lucene, in a process of its own after the others, the same
// queries; false when it is not installed.
func (b *built) addLucene(t testing.TB, drawn map[queryKind][]query, took timings) bool {
	t.Helper()
	if luceneJars() == "" {
		t.Log("Lucene is not installed: apt-get install liblucene8-java, and a JDK")
		return false
	}
	b.indexLucene(t)
	var asked []queryKind
	var lines strings.Builder
	for _, kind := range queryKinds {
		for _, q := range drawn[kind] {
			if form := luceneForms[kind]; form != "" {
				asked = append(asked, kind)
				fmt.Fprintf(&lines, "%s\t%s\n", form, strings.Join(q.words, " "))
			}
		}
	}
	file := filepath.Join(t.TempDir(), "queries.tsv")
	must(t, os.WriteFile(file, []byte(lines.String()), 0o600))
	out, err := luceneCommand(t, "search", b.lucene(), fmt.Sprint(b.runs()), file).Output()
	must(t, err)
	best := strings.Fields(string(out))
	if len(best) != len(asked) {
		t.Fatalf("Lucene answered %d of %d queries", len(best), len(asked))
	}
	for i, kind := range asked {
		took[kind][luceneName] = append(took[kind][luceneName], time.Duration(number(t, best[i])))
	}
	return true
}

func luceneCommand(t testing.TB, args ...string) *exec.Cmd {
	c := exec.CommandContext(t.Context(), "java", append([]string{"-Xmx2g", "-cp", luceneJars(), "lucene/Bench.java"}, args...)...)
	c.Stderr = os.Stderr
	return c
}

// indexLucene indexes the corpus unless that was done.
func (b *built) indexLucene(t testing.TB) {
	t.Helper()
	whole := b.lucene() + ".whole"
	if _, err := os.Stat(whole); err == nil {
		return
	}
	must(t, os.RemoveAll(b.lucene()))
	c := luceneCommand(t, "index", b.lucene())
	in, err := c.StdinPipe()
	must(t, err)
	began := time.Now()
	must(t, c.Start())
	must(t, b.writeLines(in))
	must(t, c.Wait())
	took := time.Since(began)
	size, err := folderBytes(b.lucene())
	must(t, err)
	t.Logf("Lucene indexed in %.1f s, the making of the articles included: %.0f MB", took.Seconds(), megabytes(size))
	must(t, os.WriteFile(whole, nil, 0o600))
}

// writeLines writes each article as a line of its title, a tab and its text.
func (b *built) writeLines(to io.WriteCloser) error {
	w := bufio.NewWriterSize(to, 1<<20)
	for a := range b.all {
		for _, part := range []string{a.title, "\t", a.content.Plain, "\n"} {
			if len(part) > 1 {
				part = strings.Map(spaceForBreak, part)
			}
			if _, err := w.WriteString(part); err != nil {
				return err
			}
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return to.Close()
}

func spaceForBreak(r rune) rune {
	if r == '\t' || r == '\n' || r == '\r' {
		return ' '
	}
	return r
}
