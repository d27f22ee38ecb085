// Package dateparser stands in the place of github.com/markusmobius/go-dateparser,
// which go-trafilatura links in through go-htmldate. The importer turns that search
// for dates off (HtmlDateMode: Disabled), so nothing ever asks the parser, but its
// tables took a quarter of a second and 78 MB at every start of the program.
//
// It is a module of its own, named in go.mod's replace, with just what go-htmldate
// needs to be compiled.
package dateparser

import (
	"errors"
	"time"
)

// Parser finds nothing.
type Parser struct{ ParserTypes []ParserType }

// ParserType is a way to read dates.
type ParserType uint8

// The ways that go-htmldate names.
const (
	CustomFormat ParserType = iota
	AbsoluteTime
)

// Configuration says how dates would be read.
type Configuration struct {
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// PreferredDateSource says which of several dates would be meant.
type PreferredDateSource uint8

// Past is the one that go-htmldate names.
const Past PreferredDateSource = 1

// Date would be what was found.
type Date struct{ Time time.Time }

// Parse returns an error: no text is a date here.
func (*Parser) Parse(*Configuration, string, ...string) (Date, error) {
	return Date{}, errors.New("dates are not looked for in this way")
}
