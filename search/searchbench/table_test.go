//go:build bench

package searchbench

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// table is printed with its columns under each other, numbers to the right.
type table struct {
	title string
	rows  [][]string // the first holds the headings
}

func newTable(title string, headings ...string) *table {
	return &table{title: title, rows: [][]string{headings}}
}

func (t *table) add(cells ...any) {
	row := make([]string, len(cells))
	for i, c := range cells {
		switch c := c.(type) {
		case float64:
			row[i] = fmt.Sprintf("%.2f", c)
		default:
			row[i] = fmt.Sprint(c)
		}
	}
	t.rows = append(t.rows, row)
}

func (t *table) print(log testing.TB) {
	log.Helper()
	widths := make([]int, len(t.rows[0]))
	for _, row := range t.rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var b strings.Builder
	b.WriteString(t.title + "\n")
	for n, row := range t.rows {
		for i, cell := range row {
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i == 0 {
				b.WriteString("| " + cell + gap + " |")
			} else {
				b.WriteString(" " + gap + cell + " |")
			}
		}
		b.WriteByte('\n')
		if n == 0 {
			for i, w := range widths {
				b.WriteString([]string{"|", ""}[min(i, 1)] + strings.Repeat("-", w+2) + "|")
			}
			b.WriteByte('\n')
		}
	}
	log.Log("\n" + b.String())
}

// ms writes a time in milliseconds, three digits of it.
func ms(d time.Duration) string {
	v := float64(d.Microseconds()) / 1000
	switch {
	case v < 1:
		return fmt.Sprintf("%.3f", v)
	case v < 10:
		return fmt.Sprintf("%.2f", v)
	case v < 100:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.0f", v)
}

// percentile is the smallest time that at least p % of them do not exceed.
func percentile(times []time.Duration, p int) time.Duration {
	if len(times) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(times))
	return sorted[max(0, (len(sorted)*p+99)/100-1)]
}

// megabytes are millions of bytes.
func megabytes(bytes int64) float64 { return float64(bytes) / 1e6 }

// four writes a measure of relevance as papers do.
func four(v float64) string { return fmt.Sprintf("%.4f", v) }
