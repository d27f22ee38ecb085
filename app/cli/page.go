package cli

import (
	"fmt"
	"strings"

	"rejoinder/app"
)

type pageCmd struct {
	Name         string `arg:"" help:"An actor, a claim or a note (id or name)."`
	speakerFlags `embed:""`
}

// The row of page --json: what does not belong to the kind is empty.
type (
	pageRow struct {
		Kind      app.Kind     `json:"kind"`
		ID        string       `json:"id"`
		Title     string       `json:"title"`
		Tags      []string     `json:"tags"`
		Merged    []linkedRow  `json:"merged"`
		Notes     []noteRow    `json:"notes"`
		Backlinks []noteRow    `json:"backlinks"`
		Articles  []pageWork   `json:"articles"`
		Actor     *actorOnPage `json:"actor"`
		Claim     *claimOnPage `json:"claim"`
		Note      *noteOnPage  `json:"note"`
	}
	linkedRow struct {
		Kind app.Kind `json:"kind"`
		ID   string   `json:"id"`
		Name string   `json:"name"`
	}
	pageWork struct {
		ID         app.ArticleID `json:"id"`
		Title      string        `json:"title"`
		Publisher  string        `json:"publisher"`
		Published  app.Date      `json:"published"`
		Statements int           `json:"statements"`
	}
	turnRow struct {
		Actor string          `json:"actor"`
		Claim string          `json:"claim"`
		From  app.Stance      `json:"from"`
		To    app.Stance      `json:"to"`
		Date  app.Date        `json:"date"` // of the later statement
		ID    app.StatementID `json:"id"`   // the later statement
	}
	companyRow struct {
		ID     app.ActorID `json:"id"`
		Name   string      `json:"name"`
		Claims []string    `json:"claims"`
	}
	actorOnPage struct {
		Kind       app.ActorKind      `json:"kind"`
		Aliases    []string           `json:"aliases"`
		PartOf     string             `json:"part_of"`
		Parts      []linkedRow        `json:"parts"`
		Stances    map[app.Stance]int `json:"stances"`
		Statements []statementRow     `json:"statements"`
		Reports    []statementRow     `json:"reports"`
		Turns      []turnRow          `json:"turns"`
		Allies     []companyRow       `json:"allies"`
		Opponents  []companyRow       `json:"opponents"`
	}
	claimOnPage struct {
		Sources    int            `json:"sources"`
		Answered   bool           `json:"answered"`
		Statements []statementRow `json:"statements"`
		Relations  []relationRow  `json:"relations"`
		For        []linkedRow    `json:"for"`
		Against    []linkedRow    `json:"against"`
		Turns      []turnRow      `json:"turns"`
	}
	noteOnPage struct {
		Body     string      `json:"body"`
		About    []linkedRow `json:"about"`
		Mentions []linkedRow `json:"mentions"`
		Broken   []string    `json:"broken"`
	}
)

// Run prints everything about an actor, a claim or a note.
func (c pageCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	scope, err := c.scope(s, nb)
	if err != nil {
		return err
	}
	d, p, err := nb.Page(s.ctx, scope, c.Name)
	if err != nil {
		return err
	}
	w := pageWriter{session: s, Discourse: d}
	if err := w.read(nb, p); err != nil {
		return err
	}
	row := w.rowOf(p)
	if s.json {
		s.row(row, "")
		return nil
	}
	row.print(s)
	return nil
}

// pageWriter makes the rows of a page, with the passages of all that it shows.
type pageWriter struct {
	*session
	*app.Discourse
	evidence app.Evidence
}

func (w *pageWriter) read(nb *app.Notebook, p app.Page) (err error) {
	var ids []app.AnnotationID
	said := func(places []int) {
		for _, i := range places {
			if id := w.Statements[i].Passage; id != "" {
				ids = append(ids, id)
			}
		}
	}
	switch {
	case p.Actor != nil:
		said(p.Actor.Statements)
		said(p.Actor.Reports)
	case p.Claim != nil:
		said(p.Claim.Statements)
		for _, i := range p.Claim.Relations {
			if id := w.Relations[i].Passage; id != "" {
				ids = append(ids, id)
			}
		}
	}
	w.evidence, err = nb.Evidence(w.ctx, ids, nil)
	return err
}

func (w *pageWriter) rowOf(p app.Page) pageRow {
	row := pageRow{Kind: p.Ref.Kind, ID: p.Ref.ID, Title: p.Title, Tags: []string{}, Merged: []linkedRow{}, Notes: notesOf(p.Notes),
		Backlinks: notesOf(p.Backlinks), Articles: []pageWork{}}
	for _, t := range p.Tags {
		row.Tags = append(row.Tags, t.Path)
	}
	for i, ref := range p.Merged {
		row.Merged = append(row.Merged, linkedRow{ref.Kind, ref.ID, p.Names[i]})
	}
	for _, a := range p.Articles {
		row.Articles = append(row.Articles, pageWork{a.Article, a.Title, a.Publisher, a.Published, a.Count})
	}
	switch {
	case p.Actor != nil:
		row.Actor = w.actor(p.Actor)
	case p.Claim != nil:
		row.Claim = w.claim(p.Claim)
	case p.Note != nil:
		row.Note = &noteOnPage{p.Note.Body, linkedRows(p.Note.About), linkedRows(p.Note.Mentions), linkNames(p.Note.Broken)}
	}
	return row
}

func (w *pageWriter) actor(p *app.ActorPage) *actorOnPage {
	out := &actorOnPage{Kind: p.Kind, Aliases: listed(p.Aliases), Parts: []linkedRow{}, Stances: p.Counts, Statements: w.statements(p.Statements),
		Reports: w.statements(p.Reports), Turns: w.turns(p.Turns), Allies: w.company(p.Allies), Opponents: w.company(p.Opponents)}
	if p.Whole != nil {
		out.PartOf = p.Whole.Name
	}
	for _, a := range p.Parts {
		out.Parts = append(out.Parts, linkedRow{app.KindActor, string(a.ID), a.Name})
	}
	return out
}

func (w *pageWriter) claim(p *app.ClaimPage) *claimOnPage {
	out := &claimOnPage{Sources: p.Sources, Answered: p.Answered, Statements: w.statements(p.Statements), Relations: []relationRow{},
		For: w.actors(p.For), Against: w.actors(p.Against), Turns: w.turns(p.Turns)}
	for _, i := range p.Relations {
		card := w.RelationCard(i)
		card.Passage = w.evidence.Passage(card.Relation.Passage)
		out.Relations = append(out.Relations, rowOfRelation(card))
	}
	return out
}

func (w *pageWriter) statements(places []int) []statementRow {
	out := []statementRow{}
	for _, i := range places {
		card := w.StatementCard(i)
		card.Passage = w.evidence.Passage(card.Statement.Passage)
		out = append(out, rowOfStatement(card))
	}
	return out
}

func (w *pageWriter) turns(all []app.Turn) []turnRow {
	out := []turnRow{}
	for _, t := range all {
		from, to := w.Statements[t.From], w.Statements[t.To]
		out = append(out, turnRow{w.ActorName(t.Actor), w.ClaimText(t.Claim), from.Stance, to.Stance, to.Date, to.ID})
	}
	return out
}

func (w *pageWriter) company(all []app.Company) []companyRow {
	out := []companyRow{}
	for _, c := range all {
		row := companyRow{ID: c.Actor, Name: c.Name, Claims: []string{}}
		for _, id := range c.Claims {
			row.Claims = append(row.Claims, w.ClaimText(id))
		}
		out = append(out, row)
	}
	return out
}

func (w *pageWriter) actors(ids []app.ActorID) []linkedRow {
	out := []linkedRow{}
	for _, id := range ids {
		out = append(out, linkedRow{app.KindActor, string(id), w.ActorName(id)})
	}
	return out
}

func linkedRows(all []app.Linked) []linkedRow {
	out := []linkedRow{}
	for _, l := range all {
		out = append(out, linkedRow{l.Kind, l.ID, l.Name})
	}
	return out
}

// linkNames are the names in links.
func linkNames(links []string) []string {
	out := []string{}
	for _, link := range links {
		out = append(out, app.LinkName(link))
	}
	return out
}

func notesOf(notes []app.Note) []noteRow {
	out := []noteRow{}
	for _, n := range notes {
		out = append(out, rowOfNote(n))
	}
	return out
}

// names joins the names of rows.
func names(rows []linkedRow) string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = r.Name
	}
	return strings.Join(out, "; ")
}

// companions join the names of allies or opponents with how many claims make
// them so.
func companions(rows []companyRow) string {
	out := make([]string, len(rows))
	for i, r := range rows {
		out[i] = fmt.Sprintf("%s (%d)", r.Name, len(r.Claims))
	}
	return strings.Join(out, "; ")
}
