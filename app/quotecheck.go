package app

import (
	"cmp"
	"context"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"time"

	"rejoinder/app/verbatim"
)

// QuoteCheck says whether a quote stands in its original word for word.
type QuoteCheck struct {
	Verified  bool
	Reason    string // a sentence; "" when verified
	Paragraph int    // where the quote starts in its text, from 1; 0 in a heading, or when that is unknown

	// What a verified quote was compared with, and what a reader should know
	// besides: that the article has other words by now, or how its text was read.
	Original string // SHA-256
	Version  int
	Imported time.Time
	Notes    []string // sentences
}

// CheckQuotes compares the quotes of annotations with the texts that they count
// in, and with their originals: their bytes must have their hash still, and a
// second reading of them (package verbatim), which shares nothing with the import,
// must have the quote in its place. Every annotation that was asked for has an
// answer.
func (n *Notebook) CheckQuotes(ctx context.Context, ids []AnnotationID) (map[AnnotationID]QuoteCheck, error) {
	q := quoteChecker{notebook: n, checks: make(map[AnnotationID]QuoteCheck, len(ids)), waiting: map[secondReading][]quotedText{}}
	byText, err := q.passages(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, passages := range byText {
		if err := q.text(ctx, passages); err != nil {
			return nil, err
		}
	}
	readings := slices.SortedFunc(maps.Keys(q.waiting), func(a, b secondReading) int {
		return cmp.Or(cmp.Compare(a.original, b.original), cmp.Compare(a.format.Encoding, b.format.Encoding))
	})
	for _, r := range readings {
		if err := q.original(ctx, r); err != nil {
			return nil, err
		}
	}
	return q.checks, nil
}

type quoteChecker struct {
	notebook *Notebook
	checks   map[AnnotationID]QuoteCheck
	waiting  map[secondReading][]quotedText
}

// secondReading is an original and how it is read again.
type secondReading struct {
	original string // SHA-256
	format   verbatim.Format
}

// quotedText is a text with the passages that stand in it and are looked for in
// its original.
type quotedText struct {
	text     Text
	passages []Passage
}

// passages groups the passages by their texts, in a fixed order.
func (q *quoteChecker) passages(ctx context.Context, ids []AnnotationID) ([][]Passage, error) {
	var found map[AnnotationID]Passage
	if err := q.notebook.store.View(ctx, func(r Reader) (err error) {
		found, err = r.Passages(ids)
		return err
	}); err != nil {
		return nil, err
	}
	places := map[TextID]int{}
	var out [][]Passage
	for _, id := range ids {
		if _, again := q.checks[id]; again {
			continue
		}
		p, ok := found[id]
		if !ok {
			q.checks[id] = QuoteCheck{Reason: "The passage is no longer in the notebook."}
			continue
		}
		q.checks[id] = QuoteCheck{}
		at, ok := places[p.Text]
		if !ok {
			at, places[p.Text] = len(out), len(out)
			out = append(out, nil)
		}
		out[at] = append(out[at], p)
	}
	return out, nil
}

// text compares passages with the text that is stored, and those that stand in it
// wait for its original.
func (q *quoteChecker) text(ctx context.Context, passages []Passage) error {
	var text Text
	var about textFacts
	err := q.notebook.store.View(ctx, func(r Reader) (err error) {
		if text, err = r.Text(passages[0].Text); err != nil {
			return err
		}
		about, err = factsOf(r, passages[0].Article, text)
		return err
	})
	if errors.Is(err, ErrNotFound) {
		q.fail(passages, "The text that it was marked in is missing.")
		return nil
	}
	if err != nil {
		return err
	}
	key := secondReading{text.Original, verbatim.Format{MediaType: about.mediaType, Encoding: text.Provenance.Encoding, XML: text.Provenance.XML}}
	waiting := quotedText{text: text}
	for _, p := range passages {
		q.checks[p.ID] = QuoteCheck{Paragraph: text.paragraph(p.Anchor.Start), Original: text.Original, Version: about.version,
			Imported: text.Created, Notes: about.notes(text, p)}
		if !p.Anchor.Verify(text.Plain) {
			q.fail([]Passage{p}, "The stored text has other words in this place.")
			continue
		}
		if p.State == AnchorFuzzy && p.TextChanged {
			q.fail([]Passage{p}, "Its words changed with a new version of the article, and nobody has looked at them.")
			continue
		}
		waiting.passages = append(waiting.passages, p)
	}
	if len(waiting.passages) > 0 {
		q.waiting[key] = append(q.waiting[key], waiting)
	}
	return ctx.Err()
}

// textFacts are what a check says of a text besides the outcome.
type textFacts struct {
	mediaType string
	version   int
	newer     *Text // the text in use, where that is another
	since     time.Time
}

func factsOf(r Reader, article ArticleID, text Text) (textFacts, error) {
	var f textFacts
	a, err := r.Article(article)
	if err != nil {
		return f, err
	}
	versions, err := r.Versions(article)
	if err != nil {
		return f, err
	}
	for _, v := range versions {
		if v.Text == text.ID {
			f.version, f.mediaType = v.Number, v.MediaType
		}
	}
	if a.Text != text.ID {
		newer, err := r.Text(a.Text)
		if err != nil {
			return f, err
		}
		f.newer, f.since = &newer, newer.Created
	}
	return f, nil
}

// notes are sentences about a passage's text: that the version in use has other
// words, and why the text is doubtful.
func (f textFacts) notes(text Text, p Passage) []string {
	var out []string
	if f.newer != nil && (p.State == AnchorNeedsReview || p.State == AnchorOrphan) {
		out = append(out, "The article has a newer version; what became of these words there was not reviewed.")
	}
	if f.newer != nil {
		now := verbatim.Read([]byte(f.newer.Plain), verbatim.Format{MediaType: "text/plain", Encoding: "utf-8"})
		if !now.Find(p.Anchor.Quote, 0, now.Len()).Found {
			out = append(out, "The version of "+f.since.Local().Format(time.DateOnly)+" of this article no longer has these words.")
		}
	}
	for _, doubt := range text.Provenance.Doubts {
		out = append(out, "Its text is doubtful. "+doubt)
	}
	return out
}

// original reads an original a second time and looks for the passages in it.
func (q *quoteChecker) original(ctx context.Context, reading secondReading) error {
	texts := q.waiting[reading]
	delete(q.waiting, reading)
	reason := ""
	data, err := q.notebook.originalBytes(ctx, reading.original)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, ErrNotFound):
		reason = "The original is missing."
	case errors.Is(err, ErrDamaged):
		reason = "The original is damaged: its file was changed since it was imported."
	case err != nil:
		reason = "The original cannot be read: " + Sentence(err)
	}
	if reason != "" {
		for _, t := range texts {
			q.fail(t.passages, reason)
		}
		return nil
	}
	again := verbatim.Read(data, reading.format)
	for _, t := range texts {
		for _, p := range t.passages {
			found, reason := t.text.findQuote(again, t.text.Provenance.Places, p.Anchor)
			if reason != "" {
				q.fail([]Passage{p}, reason)
				continue
			}
			check := q.checks[p.ID]
			check.Verified = true
			if found.Unshown {
				check.Notes = append(check.Notes, "The page does not show these words: they stand in what it says of itself, as its title or its data.")
			}
			q.checks[p.ID] = check
		}
	}
	return nil
}

// findQuote looks for a quote in a second reading of its original, and says why it
// is not verified by it, "" when it is: the blocks that it stands in must stand there, each
// whole and in the place that the import found, and the quote among them without
// anything between its words.
func (c Content) findQuote(again *verbatim.Reading, places []int, a Anchor) (found verbatim.Finding, reason string) {
	const otherWords = "The original does not have these words."
	if len(places) != len(c.Blocks) {
		places = c.places(again)
	}
	from, to := NoPlace, NoPlace
	for i, b := range c.Blocks {
		if b.End <= a.Start || b.Start >= a.End || b.Kind == BlockRule {
			continue
		}
		text := Slice(c.Plain, b.Start, b.End)
		if !again.Stands(text, places[i]) {
			return found, otherWords
		}
		if from == NoPlace {
			from = places[i]
		}
		to = max(to, places[i]+len(text))
	}
	found = again.Find(a.Quote, from, to)
	switch {
	case strings.ContainsRune(a.Quote, '\uFFFD'):
		reason = "It has bytes that could not be read: another character encoding may be right."
	case strings.Count(a.Quote, "~~")%2 == 1:
		reason = "It begins or ends within words that the original shows struck out."
	case from == NoPlace || !found.Found && !strings.Contains(a.Quote, "\n\n"):
		reason = otherWords
	case !found.Found:
		reason = "The original has other words between these paragraphs, which the text leaves out."
	case found.Struck:
		reason = "The original shows these words struck out."
	case found.CutsWord != "":
		reason = "The quote begins or ends within the word “" + shorten(found.CutsWord, 40) + "”."
	}
	return found, reason
}

// places are where the blocks stand in a second reading of their original, by
// block; NoPlace for rules and for what is not there.
func (c Content) places(again *verbatim.Reading) []int {
	runes := []rune(c.Plain) // Slice would count from the beginning for each block
	texts := make([]string, len(c.Blocks))
	for i, b := range c.Blocks {
		if b.Kind != BlockRule {
			end := min(b.End, len(runes)) // a damaged text may be shorter
			texts[i] = string(runes[min(max(0, b.Start), end):end])
		}
	}
	return again.Places(texts)
}

func (q *quoteChecker) fail(passages []Passage, reason string) {
	for _, p := range passages {
		check := q.checks[p.ID]
		check.Reason = reason
		q.checks[p.ID] = check
	}
}

// originalBytes reads an original, whose hash is compared.
func (n *Notebook) originalBytes(ctx context.Context, sha string) ([]byte, error) {
	f, err := n.store.OpenOriginal(ctx, sha)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(f)
	return data, errors.Join(err, f.Close())
}

// paragraph is the number of the paragraph, from 1, that a place stands in; 0 for
// a heading.
func (c Content) paragraph(at int) int {
	count := 0
	for _, b := range c.Blocks {
		counts := b.Kind != BlockHeading && b.Kind != BlockRule
		if counts {
			count++
		}
		if at < b.End {
			if !counts {
				return 0
			}
			break
		}
	}
	return count
}
