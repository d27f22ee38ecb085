package exporter_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
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
	if dashed != 1 || !strings.Contains(text, `direction="rtl"`) {
		t.Errorf("%d dashed lines in\n%s", dashed, text)
	}
}
