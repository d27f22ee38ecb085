// Package exporter writes what stands side by side, the board, a dispute or a
// matrix, for others to read: as Markdown with footnotes, or as one HTML file
// that needs nothing else. It reads no notebook: what it writes, and how the
// quotes stood the comparison with their originals, is handed to it.
//
// A quote that was not verified is marked where it stands and listed at the top.
package exporter

import (
	"io"

	"rejoinder/app"
)

// Checks say of each passage whether its quote was verified, as
// app.Notebook.CheckQuotes does. A passage without a check counts as not verified.
type Checks = map[app.AnnotationID]app.QuoteCheck

// BoardMarkdown writes a board as Markdown; scope says what was left, "" for all.
func BoardMarkdown(w io.Writer, b app.Board, checks Checks, scope string) error {
	return boardReport(b, checks, scope).markdown(w)
}

// BoardHTML writes a board as one HTML file.
func BoardHTML(w io.Writer, b app.Board, checks Checks, scope string) error {
	return boardReport(b, checks, scope).html(w)
}

// DisputeMarkdown writes a dispute as Markdown.
func DisputeMarkdown(w io.Writer, d app.Dispute, checks Checks, scope string) error {
	return disputeReport(d, checks, scope).markdown(w)
}

// DisputeHTML writes a dispute as one HTML file.
func DisputeHTML(w io.Writer, d app.Dispute, checks Checks, scope string) error {
	return disputeReport(d, checks, scope).html(w)
}

// MatrixMarkdown writes a matrix as Markdown.
func MatrixMarkdown(w io.Writer, m app.MatrixTable, checks Checks, scope string) error {
	return matrixReport(m, checks, scope).markdown(w)
}

// MatrixHTML writes a matrix as one HTML file.
func MatrixHTML(w io.Writer, m app.MatrixTable, checks Checks, scope string) error {
	return matrixReport(m, checks, scope).html(w)
}
