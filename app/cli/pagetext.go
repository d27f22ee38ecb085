package cli

import (
	"fmt"
	"strings"

	"rejoinder/app"
)

// print writes a page as people read it.
func (r pageRow) print(s *session) {
	s.line("%s", r.Title)
	fact := func(word, text string) {
		if text != "" {
			s.line("%s: %s", word, text)
		}
	}
	switch {
	case r.Actor != nil:
		fact("Kind", string(r.Actor.Kind))
		fact("Also", strings.Join(r.Actor.Aliases, ", "))
		fact("Part of", r.Actor.PartOf)
		fact("Parts", names(r.Actor.Parts))
		fact("Allies", companions(r.Actor.Allies))
		fact("Opponents", companions(r.Actor.Opponents))
	case r.Claim != nil:
		fact("For", names(r.Claim.For))
		fact("Against", names(r.Claim.Against))
		fact("Independent sources", fmt.Sprint(r.Claim.Sources))
		if !r.Claim.Answered {
			s.line("Nobody has answered.")
		}
	}
	fact("Tags", strings.Join(r.Tags, ", "))
	fact("Merged into it", names(r.Merged))
	switch {
	case r.Actor != nil:
		s.saidOnPage("STATEMENTS", r.Actor.Statements)
		s.saidOnPage("REPORTS", r.Actor.Reports)
		s.turnsOnPage(r.Actor.Turns)
	case r.Claim != nil:
		s.saidOnPage("STATEMENTS", r.Claim.Statements)
		s.turnsOnPage(r.Claim.Turns)
		if len(r.Claim.Relations) > 0 {
			s.line("\nRELATIONS")
		}
		for _, x := range r.Claim.Relations {
			s.printRelation(x)
		}
	case r.Note != nil:
		s.line("\n%s\n", r.Note.Body)
		fact("About", names(r.Note.About))
		fact("Mentions", names(r.Note.Mentions))
		fact("Leads nowhere", strings.Join(r.Note.Broken, "; "))
	}
	s.worksOnPage(r.Articles)
	s.notesOnPage("NOTES", r.Notes)
	s.notesOnPage("NOTES THAT LINK HERE", r.Backlinks)
}

func (s *session) saidOnPage(title string, rows []statementRow) {
	if len(rows) > 0 {
		s.line("\n%s", title)
	}
	for _, x := range rows {
		date := string(x.Date)
		if date == "" {
			date = "no date"
		}
		s.line("%-10s  %s %s %s: %s%s", date, x.Stance.Glyph(), x.Actor, x.Stance, x.Claim, evidence(x.Quote, x.Title))
	}
}

func (s *session) turnsOnPage(rows []turnRow) {
	if len(rows) > 0 {
		s.line("\nCHANGES OF STANCE")
	}
	for _, t := range rows {
		s.line("%-10s  %s: %s %s → %s %s, %s", string(t.Date), t.Actor, t.From.Glyph(), t.From, t.To.Glyph(), t.To, t.Claim)
	}
}

func (s *session) worksOnPage(rows []pageWork) {
	if len(rows) > 0 {
		s.line("\nARTICLES")
	}
	for _, a := range rows {
		s.line("%3d  %s", a.Statements, strings.Join(nonEmpty([]string{a.Title, a.Publisher, a.Published.String()}), ", "))
	}
}

func (s *session) notesOnPage(title string, rows []noteRow) {
	if len(rows) > 0 {
		s.line("\n%s", title)
	}
	for _, n := range rows {
		s.line("%s", app.OneLine(n.Body))
	}
}
