package verbatim

import (
	"regexp"
	"strings"
)

// frontMatterParts are the lines between the fences at the top of a Markdown text:
// as they stand, and without the signs that quotation needs there.
func frontMatterParts(text string) []string {
	inner, _ := cutFrontMatter(text)
	if inner == "" {
		return nil
	}
	bare := strings.NewReplacer("''", "'", `\"`, `"`, `\\`, `\`).Replace(inner)
	return []string{inner, bare}
}

func cutFrontMatter(text string) (inner, body string) {
	lines := strings.Split(normalLines(text), "\n")
	first := 0
	for first < len(lines) && strings.TrimSpace(lines[first]) == "" {
		first++
	}
	if first >= len(lines) || lines[first] != "---" && lines[first] != "+++" {
		return "", text
	}
	for i := first + 1; i < len(lines); i++ {
		if line := strings.TrimRight(lines[i], " \t"); line == lines[first] || lines[first] == "---" && line == "..." {
			return strings.Join(lines[first+1:i], "\n"), strings.Join(lines[i+1:], "\n")
		}
	}
	return "", text
}

func normalLines(text string) string {
	return strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text)
}

var (
	quoteMark   = regexp.MustCompile(`^ {0,3}> ?`)
	bulletMark  = regexp.MustCompile(`^\s*[-*+](?:\s+|$)`)
	numberMark  = regexp.MustCompile(`^\s*(\d{1,9})[.)](?:\s+|$)`)
	headingMark = regexp.MustCompile(`^\s{0,3}#{1,6}(?:\s+|$)`)
	headingEnd  = regexp.MustCompile(`\s+#+\s*$`)
	ruleLine    = regexp.MustCompile(`^\s*(?:(?:-\s*){2,}|=+|(?:\*\s*){3,}|(?:_\s*){3,})\s*$`)
	tableRule   = regexp.MustCompile(`^\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$`)
	fenceLine   = regexp.MustCompile("^\\s{0,3}(?:```+|~~~+)")
	reference   = regexp.MustCompile(`^ {0,3}\[([^\]^][^\]]*)\]:\s*\S+`)
	noteLine    = regexp.MustCompile(`^(\s{0,3})\[\^([^\]]+)\]:\s*`)
	noteCall    = regexp.MustCompile(`\[\^([^\]\n]+)\]`)
	autoLink    = regexp.MustCompile(`<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>]+)>`)
	codeSpan    = regexp.MustCompile("(`+)([^`]|[^`].*?[^`])(`+)")
	escaped     = regexp.MustCompile(`\\([!-/:-@\[-` + "`" + `{-~])`)
	oneTilde    = regexp.MustCompile(`(^|[^~])~([^~\s][^~]*)~([^~]|$)`)
)

// labels are what a text defines for its notes and links.
type labels struct{ notes, references map[string]bool }

func label(s string) string { return strings.ToLower(oneLine(s)) }

// plainMarkdown takes the markup of blocks, links and notes out of a Markdown text
// and leaves the tags of HTML in it. It looks at lines and signs and builds no
// tree. Signs that may stand for themselves as well stay: folding does not see
// them.
func plainMarkdown(text string) string {
	_, body := cutFrontMatter(text)
	body = normalLines(body)
	defined := labels{notes: map[string]bool{}, references: map[string]bool{}}
	for _, line := range strings.Split(body, "\n") {
		if m := noteLine.FindStringSubmatch(line); m != nil {
			defined.notes[m[2]] = true
		} else if m := reference.FindStringSubmatch(line); m != nil {
			defined.references[label(m[1])] = true
		}
	}
	var out strings.Builder
	inCode, inList, inText := "", false, false
	for _, line := range strings.Split(body, "\n") {
		if mark := strings.TrimSpace(fenceLine.FindString(line)); mark != "" && (inCode == "" || strings.HasPrefix(mark, inCode)) {
			inCode = map[bool]string{true: mark[:3], false: ""}[inCode == ""]
			out.WriteString("\n\n")
			continue
		}
		if inCode != "" {
			out.WriteString(protect(entities(line)) + "\n")
			continue
		}
		for quoteMark.MatchString(line) {
			line = quoteMark.ReplaceAllString(line, "")
		}
		line, inList = withoutMarks(line, inList, inText)
		inText = strings.TrimSpace(line) != ""
		if reference.MatchString(line) && !noteLine.MatchString(line) {
			continue
		}
		if m := noteLine.FindStringSubmatch(line); m != nil {
			line = m[1] + "[" + m[2] + "] " + line[len(m[0]):]
		}
		if inText {
			out.WriteString(line + "\n")
		} else {
			out.WriteString("<p>\n")
		}
	}
	return inline(out.String(), defined)
}

// withoutMarks takes the marks of lists, headings and rules off a line.
func withoutMarks(line string, inList, inText bool) (string, bool) {
	if ruleLine.MatchString(line) || strings.Contains(line, "-") && tableRule.MatchString(line) {
		return "", false
	}
	for {
		if m := bulletMark.FindString(line); m != "" {
			line, inList, inText = line[len(m):], true, false
			continue
		}
		if m := numberMark.FindStringSubmatch(line); m != nil && (!inText || inList || m[1] == "1") {
			line, inList, inText = line[len(m[0]):], true, false
			continue
		}
		break
	}
	if headingMark.MatchString(line) {
		line = headingEnd.ReplaceAllString(headingMark.ReplaceAllString(line, ""), "")
	}
	return line, inList && strings.TrimSpace(line) != ""
}

func entities(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// inline takes the markup within lines out.
func inline(text string, defined labels) string {
	text = codeSpan.ReplaceAllStringFunc(text, func(s string) string {
		m := codeSpan.FindStringSubmatch(s)
		if m[1] != m[3] || strings.Contains(s, "\n\n") {
			return s
		}
		return protect(entities(m[2]))
	})
	text = escaped.ReplaceAllStringFunc(text, func(s string) string { return protect(entities(s[1:])) })
	text = autoLink.ReplaceAllString(text, "$1")
	text = noteCall.ReplaceAllStringFunc(text, func(s string) string {
		if name := s[2 : len(s)-1]; defined.notes[name] {
			return protect("[" + strings.TrimSpace(name) + "]")
		}
		return s
	})
	text = oneTilde.ReplaceAllString(text, "$1~~$2~~$3")
	return unprotect(withoutLinks(text, defined.references))
}

// Signs that are no markup are lifted out of its reach while links are looked for.
const lifted = "[]()!"

func protect(s string) string {
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(lifted, r); i >= 0 {
			return rune(0xF0000 + i)
		}
		return r
	}, s)
}

func unprotect(s string) string {
	return strings.Map(func(r rune) rune {
		if i := int(r - 0xF0000); i >= 0 && i < len(lifted) {
			return rune(lifted[i])
		}
		return r
	}, s)
}

// withoutLinks leaves the words of [words](address) and [words][reference], and
// nothing of a picture. ~~struck~~ becomes the element.
func withoutLinks(text string, references map[string]bool) string {
	text = struckText.ReplaceAllString(text, "<del>$1</del>")
	const mostRounds = 4 // pictures in links
	for range mostRounds {
		next := picture.ReplaceAllStringFunc(text, func(s string) string {
			alt := picture.FindStringSubmatch(s)[1]
			return `<img alt="` + strings.ReplaceAll(alt, `"`, "&quot;") + `">`
		})
		next = link.ReplaceAllString(next, "$1")
		next = referenced.ReplaceAllStringFunc(next, func(s string) string {
			m := referenced.FindStringSubmatch(s)
			name := m[1]
			if label(m[2]) != "" {
				name = m[2]
			}
			switch {
			case !references[label(name)] && !references[label(m[1])]:
				return s
			case !references[label(name)]:
				return m[1] + "[" + m[2] + "]"
			}
			return m[1]
		})
		if next == text {
			break
		}
		text = next
	}
	return text
}

var (
	target     = `\(\s*(?:<[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+(?:"[^"]*"|'[^']*'|\([^()]*\)))?\s*\)`
	picture    = regexp.MustCompile(`!\[([^\[\]]*)\]` + target)
	link       = regexp.MustCompile(`\[([^\[\]]*)\]` + target)
	referenced = regexp.MustCompile(`\[([^\[\]]+)\](?:\[([^\[\]\n]*)\])?`)
	struckText = regexp.MustCompile(`~~([^~\s](?:[^~]*[^~\s])?)~~`)
)
