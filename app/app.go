// Package app is the notebook: its types, its rules and its use cases.
//
// It knows no database, no search engine and no screen. Everything else points
// to it and it points nowhere: besides the standard library it may import only
// google/uuid (identifiers), golang.org/x/text (Unicode normal forms),
// rivo/uniseg (graphemes), go-difflib, and package app/query.
//
// Offsets into texts are always Unicode code points, counted from 0, with an
// exclusive end. Times are UTC. Words mean what docs/glossary.md says.
package app
