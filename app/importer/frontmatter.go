package importer

import (
	"regexp"
	"strings"

	"rejoinder/app"
)

const maxFrontMatter = 64 << 10 // bytes

var frontMatterField = regexp.MustCompile(`^([A-Za-z][\w -]{0,40}):(?:\s+(.*)|)$`)

// frontMatter takes the block between "---" lines off the top of a Markdown
// text. It understands simple lines, "key: value", and lists of them; anything
// else in there is left out, as are keys that an article has no place for.
func frontMatter(text string) (metadata, string) {
	var meta metadata
	rest, ok := strings.CutPrefix(strings.TrimLeft(text, "\n"), "---\n")
	if !ok {
		return meta, text
	}
	var fields []field
	at := 0
	for line := range strings.Lines(rest) {
		at += len(line)
		if at > maxFrontMatter {
			return meta, text
		}
		line = strings.TrimRight(line, " \t\n")
		if line == "---" || line == "..." {
			return frontMatterFields(fields), rest[at:]
		}
		fields, ok = readField(fields, line)
		if !ok {
			// A thematic break with prose behind it.
			return meta, text
		}
	}
	return meta, text
}

type field struct {
	key    string
	values []string
}

// readField adds one line; it reports false where front matter cannot have it.
func readField(fields []field, line string) ([]field, bool) {
	trimmed := strings.TrimSpace(line)
	if m := frontMatterField.FindStringSubmatch(line); m != nil {
		f := field{key: m[1]}
		if v := strings.TrimSpace(m[2]); v != "" && v != "|" && v != ">" {
			f.values = listValues(v)
		}
		return append(fields, f), true
	}
	if trimmed == "" || strings.HasPrefix(trimmed, "#") {
		return fields, true
	}
	if len(fields) == 0 {
		return fields, false
	}
	last := &fields[len(fields)-1]
	if item, ok := strings.CutPrefix(trimmed, "- "); ok {
		last.values = append(last.values, unquote(item))
		return fields, true
	}
	return fields, trimmed == "-" || trimmed != line
}

// listValues is a value, or the values of a list in brackets.
func listValues(v string) []string {
	inner, ok := strings.CutPrefix(v, "[")
	inner, closed := strings.CutSuffix(inner, "]")
	if !ok || !closed {
		return []string{unquote(v)}
	}
	var values []string
	for _, item := range strings.Split(inner, ",") {
		values = append(values, unquote(item))
	}
	return values
}

func unquote(v string) string {
	v = strings.TrimSpace(v)
	if len(v) > 1 && (v[0] == '"' || v[0] == '\'') && v[len(v)-1] == v[0] {
		v = strings.ReplaceAll(v[1:len(v)-1], `\"`, `"`)
	}
	// [[Name]] is how notebooks link to a page about the author.
	return strings.TrimSuffix(strings.TrimPrefix(v, "[["), "]]")
}

func frontMatterFields(fields []field) metadata {
	var meta metadata
	for _, f := range fields {
		for _, v := range f.values {
			meta.set(f.key, v)
		}
	}
	if meta.title = app.OneLine(meta.title); !visible(meta.title) {
		meta.title = ""
	}
	return meta
}
