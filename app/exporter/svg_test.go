package exporter_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/exporter"
)

// A map is well-formed XML whatever is written in the claims, its words are in it,
// and inference is dashed.
func TestMapIsWellFormed(t *testing.T) {
	m := app.ClaimMap{Nodes: []app.MapNode{
		{Claim: "a", Text: `The quay is <unsafe> & "closed"`, Counts: map[app.Stance]int{app.Asserts: 2, app.Denies: 1}},
		{Claim: "b", Text: "شركة الميناء تنفي ذلك"}, {Actor: "c", Text: "Ministry"}},
		Edges: []app.MapEdge{{From: 1, To: 0, Kind: app.Rebuts, Inferred: true, Strength: app.Strong}, {From: 2, To: 0, Stance: app.Asserts}}}
	var b bytes.Buffer
	if err := exporter.MapSVG(&b, m.Drawing(), "topic <harbour>"); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	words, dashed := "", 0
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, text)
		}
		switch token := token.(type) {
		case xml.CharData:
			words += string(token) + " "
		case xml.StartElement:
			for _, a := range token.Attr {
				if a.Name.Local == "stroke-dasharray" {
					dashed++
				}
			}
		}
	}
	for _, want := range []string{`<unsafe>`, `"closed"`, "شركة الميناء", "rebuts", "● asserts", "● 2", "✕ 1", "topic <harbour>"} {
		if !strings.Contains(words, want) {
			t.Errorf("no %q in %s", want, words)
		}
	}
	if dashed != 2 || // the line and the legend
		!strings.Contains(text, `direction="rtl"`) {
		t.Errorf("%d dashed lines in\n%s", dashed, text)
	}
}

// texts are where the texts of a size stand in a map: the words, left and right by
// a guess at their width, and the line.
func texts(svg, size string) (words []string, left, right, y []float64) {
	text := regexp.MustCompile(`<text x="([0-9.]+)" y="([0-9.]+)" font-size="` + size + `"([^>]*)>([^<]*)<`)
	for _, m := range text.FindAllStringSubmatch(svg, -1) {
		x, _ := strconv.ParseFloat(m[1], 64)
		at, _ := strconv.ParseFloat(m[2], 64)
		wide := float64(len([]rune(m[4]))) * 5.8
		if strings.Contains(m[3], "middle") {
			x -= wide / 2
		}
		words, left, right, y = append(words, m[4]), append(left, x), append(right, x+wide), append(y, at)
	}
	return words, left, right, y
}

// The words of lines do not cross one another, stances stand apart, and the legend
// fits under the narrowest map and has the lines that it tells of.
func TestMapIsReadWithoutASecondLook(t *testing.T) {
	m := app.ClaimMap{Nodes: []app.MapNode{{Claim: "a", Text: "Claim", Counts: map[app.Stance]int{app.Asserts: 2, app.Denies: 1}}, {Actor: "b", Text: "Ministry"}}}
	for range 5 {
		m.Edges = append(m.Edges, app.MapEdge{From: 1, To: 0, Stance: app.Asserts})
	}
	var b bytes.Buffer
	if err := exporter.MapSVG(&b, m.Drawing(), ""); err != nil {
		t.Fatal(err)
	}
	words, left, right, y := texts(b.String(), "10.5")
	if len(words) < 2 {
		t.Errorf("the lines say %q", words)
	}
	for i := range words {
		for j := range i {
			if left[i] < right[j] && left[j] < right[i] && y[i]-12 < y[j] && y[j]-12 < y[i] {
				t.Errorf("%q at %v and %q at %v cross", words[i], left[i], words[j], left[j])
			}
		}
	}
	if !strings.Contains(b.String(), `● 2</tspan><tspan dx="8"`) {
		t.Error("the stances run together")
	}
	words, _, right, _ = texts(b.String(), "11")
	for i, word := range words {
		if right[i] > 608 {
			t.Errorf("the legend's %q ends at %v", word, right[i])
		}
	}
	for _, want := range []string{"rejects the source of", "● asserts", "✕ denies", "weak", "plain", "strong", "analyst’s inference"} {
		if !strings.Contains(strings.Join(words, "|"), want) {
			t.Errorf("the legend %q lacks %q", words, want)
		}
	}
	if got := strings.Count(b.String(), "<polyline"); got != 5+len(app.RelationKinds)+1+3+1 {
		t.Errorf("there are %d lines", got)
	}
}
