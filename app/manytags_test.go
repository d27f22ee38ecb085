package app_test

import (
	"fmt"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// TestManyTagsAtOnce marks a passage with many new tags: what tags there are is
// read once, not once more for each, or 2,000 would take a minute.
func TestManyTagsAtOnce(t *testing.T) {
	q := countQueries(t)
	nb := apptest.New(t)
	a := nb.ImportText("The quay", "The quay wall has moved.")
	reads := func(prefix string, n int) int {
		var tags []string
		for i := range n {
			tags = append(tags, fmt.Sprintf("%s/%d", prefix, i))
		}
		selects, columns := q.once(func() {
			_, err := nb.Annotate(t.Context(), app.Spot{Article: string(a.ID), Quote: "has moved"}, app.Annotation{}, tags...)
			if err != nil {
				t.Fatal(err)
			}
		})
		t.Log(selects, columns)
		return columns["taggings"]
	}
	few, many := reads("few", 10), reads("many", 100)
	if many > 15*few { // ten times as many; all of them for each would be a hundred times
		t.Errorf("10 tags read %d columns, 100 tags %d", few, many)
	}
	rows, err := app.TagRow{}, error(nil)
	err = nb.Notebook.View(t.Context(), func(r app.Reader) error {
		all, err := r.Tags()
		for _, row := range all {
			if row.Path == "many/99" {
				rows = row
			}
		}
		if len(all) != 112 {
			t.Errorf("%d tags, not 112", len(all))
		}
		return err
	})
	if err != nil || rows.Count != 1 {
		t.Errorf("the last tag: %+v %v", rows, err)
	}
}
