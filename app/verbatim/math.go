package verbatim

import "strings"

// mathNode is a part of a formula.
type mathNode struct {
	name  string
	alt   string // what the formula says that it is
	parts []*mathNode
	words string // of a part that is text
	up    *mathNode
	at    *mathNode // of the whole formula: the part that is open
}

func newMath(attrs map[string]string) *mathNode {
	n := &mathNode{name: "math", alt: oneLine(attrs["alttext"])}
	n.at = n
	return n
}

func (m *mathNode) start(name string, closed bool) {
	n := &mathNode{name: name, up: m.at}
	m.at.parts = append(m.at.parts, n)
	if !closed {
		m.at = n
	}
}

// end closes the innermost open part of a name; it reports false where there is none.
func (m *mathNode) end(name string) bool {
	for n := m.at; n != m; n = n.up {
		if n.name == name {
			m.at = n.up
			return true
		}
	}
	return false
}

func (m *mathNode) text(s string) {
	if s = oneLine(s); s != "" {
		m.at.parts = append(m.at.parts, &mathNode{words: s})
	}
}

func (m *mathNode) formula() string {
	if m.alt != "" {
		return m.alt
	}
	return oneLine(m.line())
}

var mathBetween = map[string]string{"mfrac": "/", "msup": "^", "mover": "^", "msub": "_", "munder": "_", "mtr": " ", "mtable": " "}

// line writes a part of a formula in a line.
func (m *mathNode) line() string {
	if m.words != "" {
		return m.words
	}
	between, mark := mathBetween[m.name], ""
	if m.name == "msqrt" {
		mark = "√"
	}
	var out []string
	for _, p := range m.parts {
		if p.name == "annotation" || p.name == "annotation-xml" || p.name == "mphantom" {
			continue
		}
		part := p.line()
		if part == "" {
			continue
		}
		if (mark != "" || strings.TrimSpace(between) != "") && length(part) > 1 && strings.Trim(part, "0123456789.,") != "" {
			part = "(" + part + ")"
		}
		out = append(out, part)
	}
	switch {
	case m.name == "mroot" && len(out) == 2:
		return out[1] + "√(" + out[0] + ")"
	case (m.name == "munderover" || m.name == "msubsup") && len(out) == 3:
		return out[0] + "_(" + out[1] + ")^(" + out[2] + ")"
	}
	return mark + strings.Join(out, between)
}
