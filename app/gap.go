package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// GapKind is one way in which a record is incomplete.
type GapKind string

// The kinds of gaps, in the order in which they are listed.
const (
	GapReply      GapKind = "right-of-reply" // a claim names an actor who says nothing on it
	GapUnanswered GapKind = "unanswered"     // a claim that nobody disputes, questions, qualifies or counters
	GapOneSource  GapKind = "one-source"     // a claim that one source carries
	GapOneStory   GapKind = "one-story"      // a claim that several articles carry, all copies of one story
	GapQuotedOnly GapKind = "quoted-only"    // an actor whose words are all reported by others
	GapTurn       GapKind = "turn"           // an actor who contradicts what it said before
	GapNoPassage  GapKind = "no-passage"     // a statement that no passage shows
	GapInference  GapKind = "inference"      // a relation that no passage shows
)

// GapKinds lists the kinds in their order.
var GapKinds = []GapKind{GapReply, GapUnanswered, GapOneSource, GapOneStory, GapQuotedOnly, GapTurn, GapNoPassage, GapInference}

// Title says what the gaps of a kind are.
func (k GapKind) Title() string {
	return map[GapKind]string{
		GapReply:      "No right of reply",
		GapUnanswered: "Nobody has answered",
		GapOneSource:  "One source only",
		GapOneStory:   "Several articles, one story",
		GapQuotedOnly: "Only quoted by others",
		GapTurn:       "Contradicts itself",
		GapNoPassage:  "No passage shows it",
		GapInference:  "Analyst's inference only",
	}[k]
}

// Mend says what closes a gap of the kind.
func (k GapKind) Mend() string {
	return map[GapKind]string{
		GapReply:      "Find out what they say, and record it, or that they decline to comment.",
		GapUnanswered: "Look for who disputes it; ask those whom it concerns.",
		GapOneSource:  "Look for a second source that is independent of the first.",
		GapOneStory:   "Look for a source that is no copy.",
		GapQuotedOnly: "Look for their own words.",
		GapTurn:       "See what changed between the two, and note it.",
		GapNoPassage:  "Select the passage and record the statement on it.",
		GapInference:  "Select a passage that sets the one against the other.",
	}[k]
}

// Gap is one thing that is missing, and where it can be mended.
type Gap struct {
	Kind     GapKind
	Open     Ref    // the actor, claim, statement or relation to open
	Text     string // one sentence
	Actor    ActorID
	Claim    ClaimID
	Relation int // a relation's place; -1 for none
	At       int // a statement's place; -1 for none
}

// Gaps reads what is missing.
func (n *Notebook) Gaps(ctx context.Context, scope Scope) ([]Gap, error) {
	d, err := n.InScope(ctx, scope)
	if err != nil {
		return nil, err
	}
	return d.Gaps(), nil
}

// Gaps works out what is missing, by kind and then by what it is about. A scope
// leaves some of them out; what is there outside of it is not missing.
func (d *Discourse) Gaps() []Gap {
	if d.whole != nil {
		return d.gapsInScope(d.whole.Gaps())
	}
	found := map[GapKind][]Gap{}
	add := func(g Gap) { found[g.Kind] = append(found[g.Kind], g) }
	d.claimGaps(add)
	d.actorGaps(add)
	for i, s := range d.Statements {
		if s.Passage == "" {
			add(Gap{Kind: GapNoPassage, Open: RefTo(KindStatement, s.ID), Actor: s.Actor, Claim: s.Claim, At: i, Relation: -1,
				Text: fmt.Sprintf("%s %s “%s”", d.ActorName(s.Actor), s.Stance, d.ClaimText(s.Claim))})
		}
	}
	for i, x := range d.Relations {
		if x.Inference() {
			add(Gap{Kind: GapInference, Open: RefTo(KindRelation, x.ID), Claim: x.From, Relation: i, At: -1,
				Text: d.RelationCard(i).Sentence()})
		}
	}
	var out []Gap
	for _, kind := range GapKinds {
		out = append(out, found[kind]...)
	}
	return out
}

// GapsOf are the gaps of a claim, or of an actor where claim is "".
func (d *Discourse) GapsOf(actor ActorID, claim ClaimID) []Gap {
	if d.whole != nil {
		return d.gapsInScope(d.whole.GapsOf(actor, claim))
	}
	var out []Gap
	if c, ok := d.Claim(claim); ok {
		d.gapsOfClaim(c, d.namedActors(), func(g Gap) { out = append(out, g) })
	} else if a, ok := d.Actor(actor); ok {
		d.gapsOfActor(a, func(g Gap) { out = append(out, g) })
	}
	return out
}

// gapsInScope are those of the whole that are about something in this part of it,
// with the places that things have here.
func (d *Discourse) gapsInScope(all []Gap) []Gap {
	var out []Gap
	for _, g := range all {
		_, in := d.Claim(g.Claim)
		switch {
		case g.At >= 0:
			id := d.whole.Statements[g.At].ID
			g.At = slices.IndexFunc(d.Said(g.Actor), func(i int) bool { return d.Statements[i].ID == id })
			if in = g.At >= 0; in {
				g.At = d.Said(g.Actor)[g.At]
			}
		case g.Relation >= 0:
			id := d.whole.Relations[g.Relation].ID
			g.Relation = slices.IndexFunc(d.Joined(g.Claim), func(i int) bool { return d.Relations[i].ID == id })
			if in = g.Relation >= 0; in {
				g.Relation = d.Joined(g.Claim)[g.Relation]
			}
		case g.Claim == "":
			in = len(d.Said(g.Actor)) > 0
		}
		if in {
			out = append(out, g)
		}
	}
	return out
}

func (d *Discourse) claimGaps(add func(Gap)) {
	names := d.namedActors()
	for _, c := range d.Claims {
		d.gapsOfClaim(c, names, add)
	}
}

func (d *Discourse) gapsOfClaim(c Claim, names actorNames, add func(Gap)) {
	about := d.About(c.ID)
	gap := Gap{Open: RefTo(KindClaim, c.ID), Claim: c.ID, Relation: -1, At: -1, Text: "“" + c.Text + "”"}
	if len(about) > 0 && !d.Answered(c.ID) {
		gap.Kind = GapUnanswered
		add(gap)
	}
	if d.Sources(c.ID) == 1 {
		gap.Kind = GapOneSource
		if articles := d.articlesFor(c.ID); articles > 1 {
			gap.Kind = GapOneStory
			gap.Text += fmt.Sprintf(" (%d articles)", articles)
		}
		add(gap)
	}
	for _, a := range names.in(c.Text, d.folded.wordsOf(c.Text)) {
		if len(about) > 0 && !d.hasSay(a, c.ID) {
			add(Gap{Kind: GapReply, Open: RefTo(KindClaim, c.ID), Claim: c.ID, Actor: a, Relation: -1, At: -1,
				Text: fmt.Sprintf("%s says nothing on “%s”", d.ActorName(a), c.Text)})
		}
	}
}

// hasSay says whether an actor, or somebody for it, speaks on a claim or on what
// counters it.
func (d *Discourse) hasSay(actor ActorID, claim ClaimID) bool {
	speaks := map[ActorID]bool{}
	hear := func(id ClaimID) {
		for _, i := range d.About(id) {
			speaks[d.Statements[i].Actor] = true
		}
	}
	hear(claim)
	for _, i := range d.Counters(claim) {
		hear(d.Relations[i].From)
	}
	return d.heard(actor, speaks)
}

func (d *Discourse) actorGaps(add func(Gap)) {
	for _, a := range d.Actors {
		d.gapsOfActor(a, add)
	}
}

func (d *Discourse) gapsOfActor(a Actor, add func(Gap)) {
	said := d.Said(a.ID)
	if len(said) > 0 && !d.speaksItself(a.ID) {
		add(Gap{Kind: GapQuotedOnly, Open: RefTo(KindActor, a.ID), Actor: a.ID, Relation: -1, At: -1,
			Text: fmt.Sprintf("%s (%s)", a.Name, countOf(len(said), "statement"))})
	}
	for _, turn := range d.Contradictions(a.ID) {
		was, is := d.Statements[turn.From], d.Statements[turn.To]
		text := fmt.Sprintf("%s %s and then %s “%s”", a.Name, was.Stance, is.Stance, d.ClaimText(is.Claim))
		if was.Claim != is.Claim {
			text = fmt.Sprintf("%s %s “%s” and then %s “%s”, though one rebuts the other", a.Name, was.Stance, d.ClaimText(was.Claim), is.Stance, d.ClaimText(is.Claim))
		}
		add(Gap{Kind: GapTurn, Open: RefTo(KindStatement, is.ID), Actor: a.ID, Claim: is.Claim, At: turn.To, Relation: -1, Text: text})
	}
}

// speaksItself says whether there are words of an actor, or of one of its parts,
// that nobody else reports.
func (d *Discourse) speaksItself(id ActorID) bool {
	return slices.ContainsFunc(d.WithParts(id), func(part ActorID) bool {
		return slices.ContainsFunc(d.Said(part), func(i int) bool { s := d.Statements[i]; return !s.Indirect && s.ReportedBy == "" })
	})
}

// actorNames finds the actors whose names stand in a text.
type actorNames struct {
	words   map[string]ActorID // by their folded words, with spaces between them
	longest int                // words
	letters map[string]ActorID // of scripts that are written without spaces
}

func (d *Discourse) namedActors() actorNames {
	d.namedOnce.Do(func() { d.named = d.nameActors() })
	return d.named
}

func (d *Discourse) nameActors() actorNames {
	out := actorNames{words: map[string]ActorID{}, letters: map[string]ActorID{}}
	for _, a := range d.Actors {
		for _, name := range append([]string{a.Name}, a.Aliases...) {
			if strings.ContainsFunc(name, unspaced) {
				out.letters[d.folded.of(name)] = a.ID
				continue
			}
			if words := d.folded.wordsOf(name); len(words) > 0 {
				out.words[strings.Join(words, " ")] = a.ID
				out.longest = max(out.longest, len(words))
			}
		}
	}
	return out
}

// in lists the actors that a text of these words names, each once; of names
// inside one another the longest.
func (n actorNames) in(text string, words []string) []ActorID {
	var out []ActorID
	for i := 0; i < len(words); i++ {
		for length := min(n.longest, len(words)-i); length > 0; length-- {
			id, ok := n.words[strings.Join(words[i:i+length], " ")]
			if !ok {
				continue
			}
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
			i += length - 1
			break
		}
	}
	if strings.ContainsFunc(text, unspaced) {
		folded := FoldText(text)
		for name, id := range n.letters {
			if strings.Contains(folded, name) && !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
		slices.Sort(out)
	}
	return out
}

// unspaced says whether a letter is of a script that is written without spaces.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// foldedWords are the words of a text, folded; “ministry's” is “ministry”.
func foldedWords(text string) []string {
	words := strings.FieldsFunc(FoldText(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) && r != '\''
	})
	for i, w := range words {
		words[i] = strings.Trim(strings.TrimSuffix(w, "'s"), "'")
	}
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}
