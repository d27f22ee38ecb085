package cli

import (
	"time"

	"rejoinder/app"
)

// The rows that list and show print. Their keys are a promise to scripts.
type (
	articleRow struct {
		ID         app.ArticleID   `json:"id"`
		Title      string          `json:"title"`
		Authors    []string        `json:"authors"`
		Publisher  string          `json:"publisher"`
		URL        string          `json:"url"`
		Published  app.Date        `json:"published"`
		DateSource app.DateSource  `json:"date_source"`
		Language   string          `json:"language"`
		Kind       app.ArticleKind `json:"kind"`
		Original   string          `json:"original"`
		Story      app.StoryID     `json:"story"`
		Words      int             `json:"words"`
		Marks      int             `json:"marks"`
		Statements int             `json:"statements"`
		Progress   float64         `json:"progress"`
		Created    time.Time       `json:"created"`
		Text       string          `json:"text,omitempty"`
	}
	annotationRow struct {
		ID      app.AnnotationID   `json:"id"`
		Article app.ArticleID      `json:"article"`
		Title   string             `json:"title"`
		Kind    app.AnnotationKind `json:"kind"`
		Color   app.Color          `json:"color"`
		Quote   string             `json:"quote"`
		Start   int                `json:"start"`
		End     int                `json:"end"`
		State   app.AnchorState    `json:"state"`
		// TextChanged says that it is fuzzy and its words are not those that it marked;
		// left out where they are.
		TextChanged bool     `json:"text_changed,omitempty"`
		Note        string   `json:"note"`
		Tags        []string `json:"tags"`

		Statements []app.StatementID `json:"statements"`
		Older      bool              `json:"older"` // it stands in an older version of the article's text
		Created    time.Time         `json:"created"`
		Modified   time.Time         `json:"modified"`
	}
	actorRow struct {
		ID      app.ActorID   `json:"id"`
		Name    string        `json:"name"`
		Kind    app.ActorKind `json:"kind"`
		Aliases []string      `json:"aliases"`
		PartOf  app.ActorID   `json:"part_of"`
	}
	claimRow struct {
		ID   app.ClaimID `json:"id"`
		Text string      `json:"text"`
	}
	statementRow struct {
		ID         app.StatementID `json:"id"`
		Actor      string          `json:"actor"`
		ActorID    app.ActorID     `json:"actor_id"`
		Stance     app.Stance      `json:"stance"`
		Claim      string          `json:"claim"`
		ClaimID    app.ClaimID     `json:"claim_id"`
		Date       app.Date        `json:"date"`
		Indirect   bool            `json:"indirect"`
		ReportedBy string          `json:"reported_by"`
		Quote      string          `json:"quote"`
		Article    app.ArticleID   `json:"article"`
		Title      string          `json:"title"`
	}
	relationRow struct {
		ID             app.RelationID   `json:"id"`
		Claim          string           `json:"claim"`
		ClaimID        app.ClaimID      `json:"claim_id"`
		Relation       app.RelationKind `json:"relation"`
		Counterclaim   string           `json:"counterclaim"`
		CounterclaimID app.ClaimID      `json:"counterclaim_id"`
		Inference      bool             `json:"inference"`
		Quote          string           `json:"quote"`
		Article        app.ArticleID    `json:"article"`
		Title          string           `json:"title"`
		With           []app.ClaimID    `json:"with"`
		Strength       string           `json:"strength"` // weak, plain or strong
		Note           string           `json:"note"`

		with []string // the words of With
	}
	noteRow struct {
		ID       app.NoteID `json:"id"`
		Title    string     `json:"title"`
		Body     string     `json:"body"`
		On       []app.Ref  `json:"on"`
		Mentions []app.Ref  `json:"mentions"`
	}
	tagRow struct {
		ID    app.TagID `json:"id"`
		Path  string    `json:"path"`
		Color app.Color `json:"color"`
		Count int       `json:"count"`
	}
	collectionRow struct {
		ID     app.CollectionID `json:"id"`
		Name   string           `json:"name"`
		Parent app.CollectionID `json:"parent"`
		Query  string           `json:"query"`
		Count  int              `json:"count"`

		Problems []string `json:"problems,omitempty"` // of a saved search: what it can no longer find
	}
	storyRow struct {
		ID   app.StoryID `json:"id"`
		Name string      `json:"name"`
	}
)

// listed makes sure that an empty list is [] and not null.
func listed[T any](v []T) []T {
	if v == nil {
		return []T{}
	}
	return v
}

func rowOfArticle(a app.ArticleRow) articleRow {
	return articleRow{ID: a.ID, Title: a.Title, Authors: listed(a.Authors), Publisher: a.Publisher, URL: a.URL,
		Published: a.Published, DateSource: a.DateSource, Language: a.Language, Kind: a.Kind, Original: a.Original,
		Story: a.Story, Words: a.Words, Marks: a.Marks, Statements: a.Statements, Progress: a.Progress, Created: a.Created}
}

func rowOfAnnotation(a app.AnnotationRow) annotationRow {
	row := annotationRow{ID: a.ID, Article: a.Article, Title: a.ArticleTitle, Kind: a.Kind, Color: a.Color, Quote: a.Anchor.Quote,
		Start: a.Anchor.Start, End: a.Anchor.End, State: a.State, TextChanged: a.TextChanged, Older: a.Older(), Note: a.Note, Tags: []string{},
		Statements: []app.StatementID{}, Created: a.Created, Modified: a.Modified}
	for _, t := range a.Tags {
		row.Tags = append(row.Tags, t.Path)
	}
	for _, x := range a.Statements {
		row.Statements = append(row.Statements, x.ID)
	}
	return row
}

func rowOfActor(a app.Actor) actorRow {
	return actorRow{ID: a.ID, Name: a.Name, Kind: a.Kind, Aliases: listed(a.Aliases), PartOf: a.PartOf}
}

func rowOfStatement(b app.BoardStatement) statementRow {
	row := statementRow{ID: b.ID, Actor: b.ActorName, ActorID: b.Actor, Stance: b.Stance, Claim: b.ClaimText,
		ClaimID: b.Claim, Date: b.Date, Indirect: b.Indirect, ReportedBy: b.ReporterName}
	if p := b.Passage; p != nil {
		row.Quote, row.Article, row.Title = p.Anchor.Quote, p.Article, p.ArticleTitle
	}
	return row
}

func rowOfRelation(b app.BoardRelation) relationRow {
	row := relationRow{ID: b.ID, Claim: b.ToText, ClaimID: b.To, Relation: b.Kind, Counterclaim: b.FromText,
		CounterclaimID: b.From, Inference: b.Inference(), With: listed(b.With), Strength: b.Strength.Words(), Note: b.Note, with: b.WithTexts}
	if p := b.Passage; p != nil {
		row.Quote, row.Article, row.Title = p.Anchor.Quote, p.Article, p.ArticleTitle
	}
	return row
}

func rowOfNote(n app.Note) noteRow {
	return noteRow{ID: n.ID, Title: n.Title(), Body: n.Body, On: listed(n.On), Mentions: listed(n.Mentions)}
}
