package app_test

import (
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// Somebody whose notebook was damaged reads what it lost in words of the notebook,
// not in the names of tables, with counts that add up and nothing about nothing.
func TestLossesAreToldInWords(t *testing.T) {
	for _, c := range []struct {
		report app.RecoverReport
		want   []string
	}{
		{app.RecoverReport{}, []string{"There was no database to read."}},
		{app.RecoverReport{Damaged: "kept.db"}, []string{"Nothing of its database could be read."}},
		{app.RecoverReport{Pages: 98, BadPages: 16, LostPages: map[string]int{"annotations": 2, "taggings": 1}, Dropped: map[string]int{"note_links": 3, "carried": 1}}, []string{
			"16 of its 98 pages could not be read as they were written.",
			"Some may be missing or wrong: damaged were 2 pages of marks, 1 page of tags on things.",
			"What stood on 13 pages cannot be told: more may be missing.",
			"Left out, for what they were about is lost: earlier places of marks (1), links of notes (3).",
		}},
		{app.RecoverReport{Pages: 5, MendedPages: 1}, []string{"All of its 5 pages could be read.", "On 1 page one bit was wrong and was put back."}},
	} {
		if got := c.report.Losses(); !slices.Equal(got, c.want) {
			t.Errorf("said\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(c.want, "\n"))
		}
	}
}
