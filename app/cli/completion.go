package cli

import (
	"strings"

	"github.com/alecthomas/kong"
)

type completionCmd struct {
	Shell string `arg:"" enum:"bash,zsh,fish" help:"bash, zsh or fish."`
}

// completeVerb is the hidden verb that the scripts call with the words typed so
// far; it prints what the last of them can become.
const completeVerb = "__complete"

var completionScripts = map[string]string{
	"bash": `_rejoinder() {
	local IFS=$'\n'
	COMPREPLY=($(rejoinder ` + completeVerb + ` "${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
	compopt -o default 2>/dev/null
}
complete -o default -F _rejoinder rejoinder
`,
	"zsh": `#compdef rejoinder
_rejoinder() {
	local -a words_
	words_=("${(@f)$(rejoinder ` + completeVerb + ` "${(@)words[2,CURRENT]}" 2>/dev/null)}")
	if [[ -n "$words_" ]]; then compadd -a words_; else _files; fi
}
compdef _rejoinder rejoinder
`,
	"fish": `function __rejoinder_complete
	set -l words (commandline -opc) (commandline -ct)
	rejoinder ` + completeVerb + ` $words[2..-1] 2>/dev/null
end
complete -c rejoinder -a '(__rejoinder_complete)'
`,
}

// Run prints the script.
func (c completionCmd) Run(s *session) error {
	s.row(struct {
		Script string `json:"script"`
	}{completionScripts[c.Shell]}, "%s", strings.TrimRight(completionScripts[c.Shell], "\n"))
	return nil
}

// completions returns what the last word can become after the words before it:
// verbs, flags, and the values that an argument or a flag allows.
func completions(model *kong.Application, words []string) []string {
	if len(words) == 0 {
		words = []string{""}
	}
	typed, node, argument := words[len(words)-1], model.Node, 0
	var flag *kong.Flag // waits for its value
	for _, w := range words[:len(words)-1] {
		switch {
		case flag != nil:
			flag = nil
		case strings.HasPrefix(w, "-"):
			if flag = flagNamed(node, w); flag != nil && flag.IsBool() || strings.Contains(w, "=") {
				flag = nil
			}
		case childNamed(node, w) != nil:
			node = childNamed(node, w)
		default:
			argument++
		}
	}
	var all []string
	switch {
	case flag != nil:
		all = flag.EnumSlice()
	case strings.HasPrefix(typed, "-"):
		for _, group := range node.AllFlags(true) {
			for _, f := range group {
				all = append(all, "--"+f.Name)
			}
		}
	default:
		for _, child := range node.Children {
			all = append(all, child.Name)
		}
		if argument < len(node.Positional) {
			all = append(all, node.Positional[argument].EnumSlice()...)
		}
	}
	var out []string
	for _, w := range all {
		if w != "" && strings.HasPrefix(w, typed) {
			out = append(out, w)
		}
	}
	return out
}

func childNamed(node *kong.Node, name string) *kong.Node {
	for _, c := range node.Children {
		if c.Name == name {
			return c
		}
	}
	return nil
}

func flagNamed(node *kong.Node, word string) *kong.Flag {
	name, _, _ := strings.Cut(strings.TrimLeft(word, "-"), "=")
	for _, group := range node.AllFlags(false) {
		for _, f := range group {
			if f.Name == name || (f.Short != 0 && string(f.Short) == name) {
				return f
			}
		}
	}
	return nil
}
