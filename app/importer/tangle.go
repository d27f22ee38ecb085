package importer

import (
	"strings"

	"rejoinder/app"
)

const (
	maxNesting = 100
	// maxTangle bounds the sum over paragraphs of bytes × characters that can
	// open something inline. A CommonMark parser looks for each one's partner to
	// the end of the paragraph: at this bound goldmark takes seconds.
	maxTangle = 2 << 30
	// maxCells bounds the cells of tables: goldmark fills short rows up to the
	// width of the first.
	maxCells = 1 << 20
)

func errTangled() error {
	return app.Problem(app.ErrInvalid, "is nested too deeply, or too tangled, to be read as Markdown")
}

// checkMarkdown refuses what goldmark would take minutes for. It has to be
// right about that before the parser starts, which cannot be stopped.
func checkMarkdown(text string) error {
	var bytes, openers, tangle, columns, cells int
	settle := func() {
		tangle += bytes * openers
		bytes, openers = 0, 0
	}
	for line := range strings.Lines(text) {
		depth, body := nesting(line)
		if depth > maxNesting {
			return errTangled()
		}
		if startsParagraph(line) {
			settle()
			columns = 0
		}
		if strings.Trim(body, "|:->+* \t\n") == "" {
			columns = max(columns, strings.Count(line, "|"))
		}
		cells += columns
		bytes += len(line)
		for i := range len(body) {
			if strings.IndexByte("[]`*_<!", body[i]) >= 0 {
				openers++
			}
		}
	}
	settle()
	if tangle > maxTangle || cells > maxCells {
		return errTangled()
	}
	return nil
}

// startsParagraph reports whether no paragraph goes on into the line, whatever
// stands before it: only blank lines and bullets are sure to end one.
func startsParagraph(line string) bool {
	body := strings.TrimLeft(line, " ")
	if strings.TrimSpace(body) == "" {
		return true
	}
	rest, ok := container(body)
	return ok && len(line)-len(body) < 4 && strings.IndexByte("-*+", body[0]) >= 0 &&
		strings.TrimSpace(rest) != ""
}

// nesting is how deep the containers go that a line opens or continues, and
// what stands behind their markers.
func nesting(line string) (depth int, body string) {
	body = strings.TrimLeft(line, " \t")
	if strings.Trim(body, "-*_ \t\n") == "" {
		return 0, body // a thematic break
	}
	indent := len(line) - len(body)
	for {
		rest, ok := container(body)
		if !ok {
			break
		}
		depth++
		body = strings.TrimLeft(rest, " \t")
	}
	if depth > 0 {
		depth += indent / 2
	}
	return depth, body
}

// container takes the marker of a quotation or a list item off a line.
func container(line string) (rest string, ok bool) {
	if strings.HasPrefix(line, ">") {
		return line[1:], true
	}
	rest = strings.TrimLeft(line, "0123456789")
	digits := len(line) - len(rest)
	marks := "-*+"
	if digits > 0 {
		marks = ".)"
	}
	if digits > 9 || rest == "" || !strings.ContainsRune(marks, rune(rest[0])) {
		return line, false
	}
	rest = rest[1:]
	return rest, rest == "" || strings.IndexByte(" \t\n", rest[0]) >= 0
}
