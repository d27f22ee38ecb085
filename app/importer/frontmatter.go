package importer

import (
	"strings"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"

	"rejoinder/app"
)

const maxFrontMatter = 64 << 10 // bytes

// frontMatter takes the YAML between "---" lines, or the TOML between "+++"
// lines, off the top of a Markdown text. What cannot be read as such is text:
// there are thematic breaks with prose behind them. Keys that an article has no
// place for are left out.
func frontMatter(text string) (metadata, string) {
	text = strings.TrimPrefix(text, "\uFEFF")
	trimmed := strings.TrimLeft(text, "\n")
	for _, form := range []struct {
		fence string
		read  func(string) ([]field, bool)
	}{{"---", yamlFields}, {"+++", tomlFields}} {
		rest, ok := strings.CutPrefix(trimmed, form.fence+"\n")
		if !ok {
			continue
		}
		inner, body, ok := cutFence(rest, form.fence)
		if !ok {
			break
		}
		fields, ok := form.read(inner)
		if !ok {
			break
		}
		return frontMatterFields(fields), body
	}
	return metadata{}, text
}

// cutFence divides text at the line that ends front matter.
func cutFence(text, fence string) (inner, body string, ok bool) {
	at := 0
	for line := range strings.Lines(text) {
		if at > maxFrontMatter {
			return "", "", false
		}
		bare := strings.TrimRight(line, " \t\n")
		if bare == fence || fence == "---" && bare == "..." {
			return text[:at], text[at+len(line):], true
		}
		at += len(line)
	}
	return "", "", false
}

// field is a key of front matter with its values; a list has several.
type field struct {
	key    string
	values []string
	list   bool
}

// yamlFields reads a mapping, whose values are texts, or lists of texts or of
// mappings with a name.
func yamlFields(inner string) ([]field, bool) {
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(inner), &doc); err != nil {
		return nil, false
	}
	if len(doc.Content) == 0 {
		return nil, true // comments, or nothing
	}
	root := doc.Content[0]
	if root.Kind != yaml.MappingNode {
		return nil, false
	}
	var fields []field
	for i := 0; i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		f := field{key: key.Value, list: value.Kind == yaml.SequenceNode}
		if f.list {
			for _, item := range value.Content {
				f.values = append(f.values, yamlText(item))
			}
		} else {
			f.values = []string{yamlText(value)}
		}
		fields = append(fields, f)
	}
	return fields, true
}

// yamlText is a scalar as it is spelled, or the name that a mapping has.
func yamlText(n *yaml.Node) string {
	switch n.Kind {
	case yaml.ScalarNode:
		if n.Tag == "!!null" {
			return ""
		}
		return n.Value
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == "name" && n.Content[i+1].Kind == yaml.ScalarNode {
				return n.Content[i+1].Value
			}
		}
	case yaml.SequenceNode: // [[Name]] is how notebooks link to a page about the author
		if len(n.Content) == 1 {
			return yamlText(n.Content[0])
		}
	}
	return ""
}

func tomlFields(inner string) ([]field, bool) {
	var table map[string]toml.Primitive
	meta, err := toml.Decode(inner, &table)
	if err != nil {
		return nil, false
	}
	var fields []field
	for _, key := range meta.Keys() {
		if len(key) != 1 {
			continue
		}
		f := field{key: key[0]}
		var text string
		var list []string
		var date localDate
		switch value := table[key[0]]; {
		case meta.PrimitiveDecode(value, &text) == nil:
			f.values = []string{text}
		case meta.PrimitiveDecode(value, &list) == nil:
			f.values, f.list = list, true
		case meta.PrimitiveDecode(value, &date) == nil:
			f.values = []string{string(date)}
		}
		fields = append(fields, f)
	}
	return fields, true
}

// localDate is a date of TOML as it is spelled.
type localDate string

// UnmarshalText takes the spelling.
func (d *localDate) UnmarshalText(text []byte) error {
	*d = localDate(text)
	return nil
}

// unlink takes the brackets off [[Name]], which links to a page about a name.
func unlink(v string) string {
	v = strings.TrimSpace(v)
	if inner, ok := strings.CutPrefix(v, "[["); ok && strings.HasSuffix(inner, "]]") {
		v = strings.TrimSuffix(inner, "]]")
		v, _, _ = strings.Cut(v, "|")
	}
	return v
}

func frontMatterFields(fields []field) metadata {
	var meta metadata
	for _, f := range fields {
		for _, v := range f.values {
			if f.list && isAuthorKey(f.key) {
				meta.addAuthors(unlink(v)) // a name of a list is whole, whatever its commas
			} else {
				meta.set(f.key, unlink(v))
			}
		}
	}
	if meta.title = app.OneLine(meta.title); !visible(meta.title) {
		meta.title = ""
	}
	return meta
}
