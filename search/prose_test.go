package search

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"rejoinder/app"
)

// paragraphs are written as newspapers write: quotes, colons, parentheses, dashes.
var paragraphs = []string{
	`The Port Company said on Tuesday that the quay was “safe to load”: two inspections (in March and May) had found no damage to the piles, and the ramp -closed since the storm- would open again within a week, a spokesman added.`,
	`"Nobody has looked under the ramp since 2019," the inspector, Karl Brandt, told the council. His report (page 12) names eleven piles that are broken; the company disputes nine of them: they were, it says, replaced in 2020.`,
	`Under the contract AND its annex the harbour authority pays 70 000 crowns a month for dredging: a sum that “bears no relation to the work done”, according to auditors at http://example.org/audit(2021) who read the ledgers at 12:30 one night.`,
	`Fishermen from the northern villages blocked the entrance with thirty boats. They want the fairway (now four metres deep) to be dredged before winter, title or no title; the ministry's answer: "Not this year." -- They stayed for 3 days*.`,
	`Die Hafengesellschaft erklärte am Dienstag, der Kai sei „sicher“: Zwei Prüfungen (im März und im Mai) hätten keine Schäden an den Pfählen ergeben, und die Rampe – seit dem Sturm gesperrt – werde binnen einer Woche wieder geöffnet.`,
	`港口公司星期二表示，码头“可以安全装卸”：三月和五月的两次检查没有发现桩基受损，自风暴以来关闭的坡道将在一周内重新开放，发言人补充说，公司愿意公布全部报告。`,
}

// pastings are what becomes of a paragraph on its way into the box.
func pastings(p string) []string {
	words := strings.Fields(p)
	out := []string{
		p, strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "‘", "'", "’", "'").Replace(p),
		strings.ReplaceAll(p, ". ", ".\r\n\r\n"), "> " + p + "\n", p + " " + p + " " + p,
		strings.ReplaceAll(p, `"`, ""), strings.ReplaceAll(p, "”", ""),
	}
	if len(words) > 10 {
		out = append(out, strings.Join(append(append([]string{}, words[:7]...), words[8:]...), " "),
			strings.Join(words[3:], " "), strings.Join(words[:len(words)-3], "\n"))
		typo := append([]string{}, words...)
		typo[5] += "x"
		out = append(out, strings.Join(typo, " "))
	}
	return out
}

func TestAPastedParagraphFindsItsArticle(t *testing.T) {
	var docs []app.Document
	filler := strings.Repeat("The company said that the report on the harbour would be published on Tuesday, the council added. ", 60)
	for i, p := range paragraphs {
		language := []string{"en", "en", "en", "en", "de", "zh"}[i]
		docs = append(docs, written(fmt.Sprint(i), language, filler+"\n\n"+p+"\n\n"+filler)) // long, and it has a little of all
		half := []rune(p)
		docs = append(docs, written(fmt.Sprint("part", i), language, string(half[:len(half)/3])))
	}
	ix := synced(t, opened(t, t.TempDir(), newLedger(docs...)))
	for i, p := range paragraphs {
		for _, text := range pastings(p) {
			for _, typing := range []bool{false, true} {
				r, err := ix.Search(t.Context(), app.SearchQuery{Text: text, Typing: typing})
				if err != nil {
					t.Fatal(err)
				}
				if len(r.Hits) == 0 || r.Hits[0].ID != fmt.Sprint(i) {
					t.Errorf("%q finds %v", text, r.Hits)
				}
				if len(r.Problems) != 1 || !r.Problems[0].Note {
					t.Errorf("%q: %v", text, r.Problems)
				}
				if uint64(r.Whole) != r.Total || r.Total > uint64(len(docs))/2 {
					t.Errorf("%q finds %d of %d", text, r.Whole, r.Total)
				}
			}
		}
	}
	q := app.SearchQuery{Text: paragraphs[0] + " lang:de"}
	r, err := ix.Search(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, h := range r.Hits {
		if h.ID != "4" && h.ID != "part4" {
			t.Errorf("narrowed to German it finds %v", h)
		}
	}
	q = app.SearchQuery{Text: paragraphs[1]}
	if _, err := ix.Explain(t.Context(), q, docs[2].Ref); err != nil {
		t.Error(err)
	}
	facets, err := ix.Facets(t.Context(), q)
	if err != nil || len(facets) == 0 || facets[0].Values[0].Count > len(docs)/2 {
		t.Errorf("facets %v, %v", facets, err)
	}
}

// TestADamagedQuotationFindsItsArticle pastes sentences that are short enough for a
// query: their quotation is nowhere as it is.
func TestADamagedQuotationFindsItsArticle(t *testing.T) {
	var docs []app.Document
	for i, p := range paragraphs {
		docs = append(docs, written(fmt.Sprint(i), "en", p))
	}
	ix := synced(t, opened(t, t.TempDir(), newLedger(docs...)))
	for text, want := range map[string]string{
		`Was the quay of the Port Company “saef to load” as said on Tuesday?`:                                                        "0",
		`The Port Company said on Tuesday that the quay was "safe to laod": two inspections (in March and May) had found no damage`:  "0",
		`said on Tuesday that the quay was «safee to load»: two inspections`:                                                         "0",
		`a sum that 'bears no relation to the work done', according to auditors “who red the ledgers” at 12:30`:                      "2",
		`They want the fairway to be dredged before winter; the ministry's answer: "Not thus year." They stayed`:                     "3",
		`They want the fairway to be dredged before winter; the ministry's answer: "Not thus year." They stayed lang:en -tag:boring`: "3",
	} {
		for _, typing := range []bool{false, true} {
			r, err := ix.Search(t.Context(), app.SearchQuery{Text: text, Typing: typing})
			if err != nil {
				t.Fatal(err)
			}
			if len(r.Hits) == 0 || r.Hits[0].ID != want || r.Whole != 0 || len(r.Terms) == 0 {
				t.Errorf("%s: finds %v, %d of them as typed", text, r.Hits, r.Whole)
			}
			if !slices.ContainsFunc(r.Problems, func(p app.SearchProblem) bool { return p.Note }) || slices.Contains(r.Problems[1:], r.Problems[0]) {
				t.Errorf("%s: %v", text, r.Problems)
			}
		}
	}
	for _, text := range []string{ // which are queries, or find something as they are
		`"safe to laod" quay inspections`, `inspections (in March) of the quay: "safe to laod"`,
		`The Port Company said on Tuesday the quay ramp storm spokesman -"safe to load"`, `The Port Company said on Tuesday the quay ramp "safe to laod" -storm`,
		`The Port Company said on Tuesday the quay ramp "safe laod"~3 storm`, `The Port Company said on Tuesday the quay ramp "safe laod" (storm OR wind)`,
		`The Port Company said on Tuesday the quay ramp "safe laod" wind NEAR/5 storm`, `The Port Company said on Tuesday the quay ramp "safe laod" kind:article -2019 storm`,
		`The Port Company said on Tuesday that the quay was "safe to laod" AND found no damage`,
		`The Port Company said on Tuesday that the quay was "safe to laod" found no damage title:quay`,
		`The Port Company said on Tuesday that the quay was "safe to laod" found no dam*`, `"The Port Company said on Tuesday that the quay was safe to laod"`,
		`"The Port Company said on Tuesday that" "the quay was safe to laod"`, `The Port Company said on Tuesday that the quay was "safe to load": two inspections`,
		`The Port Company said on Tuesday that the quay was safe to laod`,
		`The Port Company said on Tuesday that the quay was "safe to laod": two inspections lang:fr`,
	} {
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: text})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range r.Problems {
			if p.Note {
				t.Errorf("%s: finds %v, %v", text, r.Hits, p)
			}
		}
	}
}

// TestAllOfAPassageIsBeforeMuchOfSome has articles with a whole passage, once, and
// others that say some of its words over and over: what counts is how many of the
// rare words an article has, not how often.
func TestAllOfAPassageIsBeforeMuchOfSome(t *testing.T) {
	filler := strings.Repeat("The mayor opened the meeting with thanks to everybody. Nothing else was decided that evening. ", 80)
	for i, p := range paragraphs[:5] {
		words := strings.Fields(p)
		few := strings.Join(words[len(words)-6:], " ") + ". "
		most := strings.Join(words[:len(words)*6/10], " ") + ". "
		docs := []app.Document{
			written("whole", "en", p), written("within", "en", filler+p+filler),
			written("few", "en", filler+strings.Repeat(few, 100)), written("most", "en", strings.Repeat(most, 10)),
		}
		for n := range 20 {
			docs = append(docs, written(fmt.Sprint("other", n), "en", fmt.Sprintf("Number %d. %s", n, filler[:200])))
		}
		ix := synced(t, opened(t, t.TempDir(), newLedger(docs...)))
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: p})
		if err != nil {
			t.Fatal(err)
		}
		if ids := idsOf(r); len(ids) < 2 || ids[0] != "whole" || ids[1] != "within" {
			t.Errorf("passage %d finds %q", i, ids)
		}
	}
}
