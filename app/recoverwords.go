package app

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// rowWords are the rows of a notebook's tables in people's words; of other tables
// the name says it.
var rowWords = map[string]string{
	"annotations": "marks", "article_texts": "versions of articles", "carried": "earlier places of marks", "collected": "articles in collections",
	"color_names": "names of colours", "meta": "facts about the notebook", "merged": "what merges remember", "note_links": "links of notes", "readings": "how far articles were read",
	"relation_with": "claims that others are related with", "searches": "earlier searches", "stories": "groups of articles that copy one another", "taggings": "tags on things",
}

func rowsInWords(table string) string {
	if words, ok := rowWords[table]; ok {
		return words
	}
	return strings.ReplaceAll(table, "_", " ")
}

// Losses says in sentences what of a damaged database was not got back, as far as
// that can be told.
func (r RecoverReport) Losses() []string {
	var out []string
	switch {
	case r.Pages == 0 && r.Damaged == "":
		out = append(out, "There was no database to read.")
	case r.Pages == 0:
		out = append(out, "Nothing of its database could be read.")
	case r.BadPages == 0:
		out = append(out, fmt.Sprintf("All of its %s could be read.", pagesCounted(r.Pages)))
	default:
		out = append(out, fmt.Sprintf("%d of its %s could not be read as they were written.", r.BadPages, pagesCounted(r.Pages)))
	}
	if r.MendedPages > 0 {
		out = append(out, fmt.Sprintf("On %s one bit was wrong and was put back.", pagesCounted(r.MendedPages)))
	}
	known := 0
	var held, dropped []string
	for _, table := range slices.Sorted(maps.Keys(r.LostPages)) {
		known += r.LostPages[table]
		held = append(held, fmt.Sprintf("%s of %s", pagesCounted(r.LostPages[table]), rowsInWords(table)))
	}
	if len(held) > 0 {
		out = append(out, "Some may be missing or wrong: damaged were "+strings.Join(held, ", ")+".")
	}
	if n := r.BadPages - known; n > 0 {
		out = append(out, fmt.Sprintf("What stood on %s cannot be told: more may be missing.", pagesCounted(n)))
	}
	for _, table := range slices.Sorted(maps.Keys(r.Dropped)) {
		dropped = append(dropped, fmt.Sprintf("%s (%d)", rowsInWords(table), r.Dropped[table]))
	}
	if len(dropped) > 0 {
		out = append(out, "Left out, for what they were about is lost: "+strings.Join(dropped, ", ")+".")
	}
	return out
}

func pagesCounted(n int) string {
	if n == 1 {
		return "1 page"
	}
	return fmt.Sprintf("%d pages", n)
}
