package verbatim

import (
	"html"
	"strings"
)

type tokenKind int

const (
	endOfText tokenKind = iota
	textToken
	startTag
	endTag
)

type token struct {
	kind   tokenKind
	name   string // of a tag, in small letters, without a prefix
	attrs  map[string]string
	text   string // decoded, of a text token
	closed bool   // the tag ends with "/>"
}

// tokenizer cuts a page into tags and texts.
type tokenizer struct {
	in    string
	lower string // the whole page in small letters, as far as ASCII goes
	xml   bool
	raw   string // the element whose content is no markup
}

func newTokenizer(text string, xml bool) *tokenizer {
	return &tokenizer{in: text, lower: asciiLower(text), xml: xml}
}

// rawElements have content that is no markup in HTML.
var rawElements = set("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript", "plaintext")

func set(names ...string) map[string]bool {
	out := make(map[string]bool, len(names))
	for _, n := range names {
		out[n] = true
	}
	return out
}

func (t *tokenizer) next() token {
	if t.raw != "" {
		return t.rawText()
	}
	for t.in != "" {
		open := strings.IndexByte(t.in, '<')
		switch {
		case open < 0:
			return t.take(len(t.in))
		case open > 0:
			return t.take(open)
		case strings.HasPrefix(t.in, "<!--"):
			t.skipComment()
		case t.xml && strings.HasPrefix(t.in, "<![CDATA["):
			text, rest, _ := strings.Cut(t.in[len("<![CDATA["):], "]]>")
			t.in = rest
			return token{kind: textToken, text: text}
		case strings.HasPrefix(t.in, "<!"), strings.HasPrefix(t.in, "<?"):
			t.skipTo(">")
		case strings.HasPrefix(t.in, "</"):
			if len(t.in) > 2 && isNameStart(t.in[2]) {
				return t.tag(2, endTag)
			}
			if len(t.in) < 3 {
				return t.take(len(t.in))
			}
			t.skipTo(">")
		case len(t.in) > 1 && isNameStart(t.in[1]):
			return t.tag(1, startTag)
		default: // a sign of less
			next := strings.IndexByte(t.in[1:], '<')
			if next < 0 {
				return t.take(len(t.in))
			}
			return t.take(next + 1)
		}
	}
	return token{}
}

func (t *tokenizer) take(n int) token {
	text := t.in[:n]
	t.in = t.in[n:]
	return token{kind: textToken, text: html.UnescapeString(text)}
}

func (t *tokenizer) skipTo(mark string) {
	i := strings.Index(t.in, mark)
	if i < 0 {
		t.in = ""
		return
	}
	t.in = t.in[i+len(mark):]
}

// skipComment ends a comment where HTML does: at "-->" and "--!>", and at once
// after "<!-->".
func (t *tokenizer) skipComment() {
	rest := t.in[len("<!--"):]
	if !t.xml {
		for _, empty := range []string{">", "->"} {
			if strings.HasPrefix(rest, empty) {
				t.in = rest[len(empty):]
				return
			}
		}
	}
	end, size := strings.Index(rest, "-->"), len("-->")
	within := rest
	if end >= 0 {
		within = rest[:end]
	}
	if bang := strings.Index(within, "--!>"); !t.xml && bang >= 0 {
		end, size = bang, len("--!>")
	}
	if end < 0 {
		t.in = ""
		return
	}
	t.in = rest[end+size:]
}

func isNameStart(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' }

// tag reads a tag whose name begins at the byte at.
func (t *tokenizer) tag(at int, kind tokenKind) token {
	i := at
	for i < len(t.in) && !isSpace(t.in[i]) && t.in[i] != '>' && t.in[i] != '/' {
		i++
	}
	out := token{kind: kind, name: strings.ToLower(strings.ReplaceAll(t.in[at:i], "\x00", "\uFFFD")), attrs: map[string]string{}}
	if _, local, ok := strings.Cut(out.name, ":"); ok && t.xml {
		out.name = local
	}
	for i < len(t.in) {
		for i < len(t.in) && (isSpace(t.in[i]) || t.in[i] == '/') {
			out.closed = t.in[i] == '/'
			i++
		}
		if i >= len(t.in) {
			break
		}
		if t.in[i] == '>' {
			t.in = t.in[i+1:]
			if kind == startTag && !t.xml && rawElements[out.name] {
				t.raw = out.name
			}
			return out
		}
		out.closed = false
		i = t.attribute(i, out.attrs)
	}
	t.in = "" // cut off within the tag: it is not there
	return token{}
}

// attribute reads one attribute and returns where it ends.
func (t *tokenizer) attribute(i int, into map[string]string) int {
	start := i
	i++ // an attribute may begin with "="
	for i < len(t.in) && !isSpace(t.in[i]) && t.in[i] != '>' && t.in[i] != '/' && t.in[i] != '=' {
		i++
	}
	name, value := strings.ToLower(t.in[start:i]), ""
	after := i
	for after < len(t.in) && isSpace(t.in[after]) {
		after++
	}
	if after < len(t.in) && t.in[after] == '=' {
		i = after + 1
		for i < len(t.in) && isSpace(t.in[i]) {
			i++
		}
		if i < len(t.in) && (t.in[i] == '"' || t.in[i] == '\'') {
			quote := t.in[i]
			i++
			end := strings.IndexByte(t.in[i:], quote)
			if end < 0 {
				return len(t.in)
			}
			value, i = t.in[i:i+end], i+end+1
		} else {
			from := i
			for i < len(t.in) && !isSpace(t.in[i]) && t.in[i] != '>' {
				i++
			}
			value = t.in[from:i]
		}
	}
	if _, local, ok := strings.Cut(name, ":"); ok && t.xml {
		name = local
	}
	if _, again := into[name]; !again {
		into[name] = html.UnescapeString(value)
	}
	return i
}

// rawText is the content of an element that has no markup, up to its end tag.
func (t *tokenizer) rawText() token {
	name := t.raw
	end := t.endOfRaw(name)
	text := t.in[:end]
	t.in, t.raw = t.in[end:], ""
	if name == "title" || name == "textarea" {
		text = html.UnescapeString(text)
	}
	return token{kind: textToken, text: text}
}

func (t *tokenizer) endOfRaw(name string) int {
	if name == "plaintext" {
		return len(t.in)
	}
	lower := t.lower[len(t.lower)-len(t.in):]
	for at := 0; ; {
		i := strings.Index(lower[at:], "</"+name)
		if i < 0 {
			return len(t.in)
		}
		at += i
		if after := at + len(name) + 2; after >= len(t.in) || isSpace(t.in[after]) || t.in[after] == '>' || t.in[after] == '/' {
			if name != "script" || !inScriptComment(lower[:at]) {
				return at
			}
		}
		at++
	}
}

// inScriptComment reports whether a script has begun another one within a comment:
// then its next end tag ends only that.
func inScriptComment(script string) bool {
	open := strings.LastIndex(script, "<!--")
	if open < 0 || strings.Contains(script[open:], "-->") {
		return false
	}
	inner := script[open:]
	return strings.Count(inner, "<script") > strings.Count(inner, "</script")
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}
