package cli

import (
	"strings"

	"rejoinder/app"
)

// previewRow is what a merge would change.
type previewRow struct {
	Keep       string   `json:"keep"`
	Others     []string `json:"others"`
	Statements int      `json:"statements"`
	Reported   int      `json:"reported"`
	Parts      int      `json:"parts"`
	Relations  int      `json:"relations"`
	Trashed    int      `json:"trashed"`
	Notes      int      `json:"notes"`
	Tags       int      `json:"tags"`
	Aliases    []string `json:"aliases"`
	Sentences  []string `json:"sentences"`
	PartOf     string   `json:"part_of,omitempty"`           // what keep becomes part of
	Apart      string   `json:"no_longer_part_of,omitempty"` // what keep is part of now
	Kind       string   `json:"kind,omitempty"`              // that keep becomes
	Label      string   `json:"label"`                       // of the step in the history
}

// preview prints what a merge would change.
func (s *session) preview(p app.MergePreview, err error) {
	if err == nil {
		s.row(previewRow{p.Keep, listed(p.Others), p.Statements, p.Reported, p.Parts, p.Relations, p.Trashed, p.Notes, p.Tags,
			listed(p.Aliases), p.Sentences(), p.PartOf, p.Apart, string(p.Kind), p.Label}, "%s", strings.Join(p.Sentences(), "\n"))
	}
}

// mergedRow is something that was merged away.
type mergedRow struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Into     string `json:"into"`
	IntoName string `json:"into_name"`
}

// split takes a merge back and prints what is there again; without a name it
// lists what can be split.
func (s *session) split(kind app.Kind, name string) error {
	return s.edit(func(nb *app.Notebook) error {
		if name == "" {
			all, err := nb.AllMerged(s.ctx, kind)
			for _, m := range all {
				s.row(mergedRow{m.ID, m.Name, m.Into.ID, m.IntoName}, "%s  %s, merged into %s", m.ID, m.Name, m.IntoName)
			}
			if err == nil && len(all) == 0 {
				s.line("No %s was merged into another.", kind)
			}
			return err
		}
		m, err := nb.MergedNamed(s.ctx, kind, name)
		if err != nil {
			return err
		}
		if err := nb.SplitMerged(s.ctx, m.Ref); err != nil {
			return err
		}
		s.row(mergedRow{m.ID, m.Name, m.Into.ID, m.IntoName}, "%s  %s is apart from %s again", m.ID, m.Name, m.IntoName)
		return nil
	})
}
