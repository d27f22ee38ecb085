package exporter

import (
	"cmp"
	"fmt"
	"time"

	"rejoinder/app"
)

// report is what both forms are written from: sections of entries and tables,
// and the passages that they cite.
type report struct {
	Title    string
	Scope    string
	Facts    string   // in short
	Notes    []string // Markdown of the user's own
	Sections []section
	Sources  []source // the footnotes, in the order of their numbers
	Across   bool     // it is printed on paper that lies across

	checks Checks
	cited  map[app.AnnotationID]int // numbers
}

// section is a heading with what stands under it.
type section struct {
	Level   int // 2 or 3
	Number  int // in the list of contents; 0 where it is not in it
	Title   string
	Facts   string
	Notes   []string // Markdown of the user's own
	Entries []entry
	Tables  []*table
	Cut     []string // in full, what the heads of the tables have no room for
}

// entry is a statement, or a relation to another claim.
type entry struct {
	Stance    app.Stance // of a statement; or
	Label     string     // what a relation does
	Who       string     // the actor
	Claim     string     // that the entry is about, where it is not the section's
	Date      string     // of a statement
	More      []string   // reporter and the like
	Inference bool       // no passage shows it, the analyst says so
	Quote     *quote
	Note      string  // Markdown of the user's own
	Entries   []entry // below it
}

// quote is a passage, word for word.
type quote struct {
	Text   string
	Mark   mark
	Broken string   // why it is not verified; "" when it is
	Notes  []string // what a reader should know besides, in sentences
}

// mark leads to a footnote.
type mark struct {
	Number int
	First  bool // the first of the marks with this number
	Broken bool // the quote is not verified
}

// source is the footnote of a passage.
type source struct {
	Number   int
	Quote    string
	Citation string // without the address
	URL      string
	Place    string // where in the text it stands
	Proof    string // what it was verified against; "" where it was not
	Broken   string
	Notes    []string
}

// table has a head over rows of as many cells.
type table struct {
	Head []cell
	Rows []row
}

type row struct {
	Group string // the row is the title of those that follow it
	Cells []cell
}

// cell is words, stances with their footnotes, or both.
type cell struct {
	Text   string
	Says   []said
	Number bool // it is a count
}

// said is a stance in a cell.
type said struct {
	Stance app.Stance
	Then   app.Stance // after a change; "" without one
	Date   string
	Marks  []mark
}

func newReport(title, scope string, checks Checks) *report {
	return &report{Title: app.OneLine(title), Scope: app.OneLine(scope), checks: checks, cited: map[app.AnnotationID]int{}}
}

// add appends a section and returns it, until the next one is added.
func (r *report) add(level int, title string) *section {
	r.Sections = append(r.Sections, section{Level: level, Title: app.OneLine(title)})
	return &r.Sections[len(r.Sections)-1]
}

// Contents are the sections that can be gone to from the top.
func (r *report) Contents() []section {
	var out []section
	for _, s := range r.Sections {
		if s.Number > 0 {
			out = append(out, s)
		}
	}
	return out
}

// cite numbers a passage.
func (r *report) cite(p app.Passage) mark {
	if n := r.cited[p.ID]; n > 0 {
		return mark{Number: n, Broken: r.Sources[n-1].Broken != ""}
	}
	check, asked := r.checks[p.ID]
	s := source{Number: len(r.Sources) + 1, Quote: p.Anchor.Quote, URL: app.OneLine(p.URL)}
	switch {
	case !asked:
		s.Broken = "It was not compared with its original."
	case !check.Verified:
		s.Broken = cmp.Or(app.OneLine(check.Reason), "It is not in its original.")
	default:
		s.Proof = fmt.Sprintf("verified against the original (version %d, read on %s, SHA-256 %s)", check.Version,
			check.Imported.Local().Format(time.DateOnly), check.Original)
	}
	s.Notes = check.Notes
	s.Place = fmt.Sprintf("characters %d–%d", p.Anchor.Start, p.Anchor.End)
	if check.Paragraph > 0 {
		s.Place = fmt.Sprintf("paragraph %d, %s", check.Paragraph, s.Place)
	}
	if p.Older() {
		s.Place += " of an earlier version"
	}
	p.URL = ""
	s.Citation = p.Citation()
	r.cited[p.ID] = s.Number
	r.Sources = append(r.Sources, s)
	return mark{Number: s.Number, First: true, Broken: s.Broken != ""}
}

// quote is the passage of an entry; nil without one.
func (r *report) quote(p *app.Passage) *quote {
	if p == nil {
		return nil
	}
	m := r.cite(*p)
	s := r.Sources[m.Number-1]
	return &quote{Text: p.Anchor.Quote, Mark: m, Broken: s.Broken, Notes: s.Notes}
}

// Broken are the sources whose quotes are not verified.
func (r *report) Broken() []source {
	var out []source
	for _, s := range r.Sources {
		if s.Broken != "" {
			out = append(out, s)
		}
	}
	return out
}

// Verdict says how the quotes stood the comparison with their originals.
func (r *report) Verdict() string {
	all, broken := len(r.Sources), len(r.Broken())
	switch {
	case all == 0:
		return "No quotes."
	case broken == 1:
		return "1 quote is not verified"
	case broken > 1:
		return fmt.Sprintf("%d quotes are not verified", broken)
	case all == 1:
		return "The quote was compared with its original: it is there word for word."
	}
	return fmt.Sprintf("All %d quotes were compared with their originals: they are there word for word.", all)
}

// statement is the entry of a statement; about says that its claim is named.
func (r *report) statement(s app.BoardStatement, about bool) entry {
	e := entry{Stance: s.Stance, Who: app.OneLine(s.ActorName), Date: s.Date.String(), Quote: r.quote(s.Passage)}
	if about {
		e.Claim = app.OneLine(s.ClaimText)
	}
	if s.ByName != "" {
		e.More = append(e.More, "said by "+app.OneLine(s.ByName))
	}
	if s.Indirect {
		e.More = append(e.More, "in the article’s words")
	}
	if s.ReporterName != "" {
		e.More = append(e.More, "reported by "+app.OneLine(s.ReporterName))
	}
	if s.Passage == nil {
		e.More = append(e.More, "no passage")
	}
	return e
}

// relation is the entry of a relation under the claim that it is done to, or,
// where that has no section, under the claim that does it.
func (r *report) relation(x app.BoardRelation, under app.ClaimID) entry {
	e := entry{Label: x.Kind.Words(), Claim: app.OneLine(x.FromText), Inference: x.Inference(), Note: x.Note, Quote: r.quote(x.Passage)}
	if x.To != under {
		e.Label, e.Claim = "this claim "+x.Kind.Words(), app.OneLine(x.ToText)
	}
	if with := app.Together(x.WithTexts); with != "" {
		e.More = append(e.More, with)
	}
	if x.Strength != app.Plain {
		e.More = append(e.More, x.Strength.Words())
	}
	return e
}

// bodies are the words of notes.
func bodies(notes []app.Note) []string {
	var out []string
	for _, n := range notes {
		out = append(out, n.Body)
	}
	return out
}

// count writes a number with its noun.
func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
