package apptest

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"rejoinder/app"
)

// Debate is how large a made-up debate is.
type Debate struct{ Actors, Claims, Statements, Relations, Articles int }

// Debate fills the notebook with a debate that looks like a real one: few actors
// say much, few claims are much disputed, and every statement has its passage.
func (nb *Notebook) Debate(size Debate) {
	nb.t.Helper()
	g := &debater{size: size, r: rand.New(rand.NewPCG(1, 2)), nb: nb}
	for _, part := range []func(app.Tx) error{g.people, g.texts, g.speak, g.relate} {
		_, err := nb.Update(nb.t.Context(), app.Op{Name: "debate", Label: "Debate", Bulk: true}, part)
		if err != nil {
			nb.t.Fatal(err)
		}
	}
}

type debater struct {
	size     Debate
	r        *rand.Rand
	nb       *Notebook
	actors   []app.ActorID
	claims   []app.ClaimID
	articles []app.Article
}

var (
	debateWords = strings.Fields("quay harbour report ministry inspection closure safety wall union company figure study court repair cost " +
		"weather gauge measure public evidence record danger plan delay tender budget permit noise dust crane cargo traffic")
	scripts = []string{"", "", "", "", "وزارة النقل ", "交通部", "Министерство "}
)

func (g *debater) words(n int) string {
	out := make([]string, n)
	for i := range out {
		out[i] = debateWords[g.r.IntN(len(debateWords))]
	}
	return strings.Join(out, " ")
}

// some is a place in a list; the first ones come up most.
func (g *debater) some(n int) int {
	x := g.r.Float64()
	return int(x * x * x * float64(n))
}

func (g *debater) people(tx app.Tx) error {
	for i := range g.size.Actors {
		a := app.Actor{ID: app.NewID[app.ActorID](), Name: fmt.Sprintf("%s%s of %s %d", scripts[i%len(scripts)], "Office", g.words(1), i),
			Kind: app.ActorKinds[i%len(app.ActorKinds)]}
		if i > 10 && i%5 == 0 {
			a.PartOf = g.actors[i%10]
		}
		if i%3 == 0 {
			a.Aliases = []string{fmt.Sprintf("the office %d", i)}
		}
		if err := tx.PutActor(a); err != nil {
			return err
		}
		g.actors = append(g.actors, a.ID)
	}
	for i := range g.size.Claims {
		c := app.Claim{ID: app.NewID[app.ClaimID](), Text: fmt.Sprintf("The %s of the %s is %s (%d)", g.words(2), g.words(2), g.words(1), i)}
		if err := tx.PutClaim(c); err != nil {
			return err
		}
		g.claims = append(g.claims, c.ID)
	}
	return nil
}

// sentences is how many an article has; each is a passage that can be marked.
const sentences = 40

func (g *debater) texts(tx app.Tx) error {
	for i := range g.size.Articles {
		var b strings.Builder
		for range sentences {
			fmt.Fprintf(&b, "“%s,” they said. ", g.words(9))
		}
		plain := strings.TrimSpace(b.String())
		original := app.Original{SHA256: fmt.Sprintf("%064x", i), Name: "made.txt", MediaType: "text/plain", Size: int64(len(plain))}
		if err := tx.PutOriginal(original); err != nil {
			return err
		}
		n := app.RuneCount(plain)
		text := app.Text{ID: app.NewID[app.TextID](), Original: original.SHA256, Reader: "made/1", Words: app.CountWords(plain),
			Content: app.Content{Plain: plain, Blocks: []app.Block{{Kind: "paragraph", End: n}}}}
		if err := tx.PutText(text); err != nil {
			return err
		}
		day := time.Date(2015, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, g.r.IntN(3650))
		a := app.Article{ID: app.NewID[app.ArticleID](), Title: g.words(5), Publisher: "The " + g.words(1), Published: app.DateOf(day),
			Language: "en", Kind: "document", Original: original.SHA256, Text: text.ID}
		if err := tx.PutArticle(a); err != nil {
			return err
		}
		if err := tx.AddVersion(a.ID, text.ID); err != nil {
			return err
		}
		g.articles = append(g.articles, a)
	}
	return nil
}

func (g *debater) speak(tx app.Tx) error {
	for i := range g.size.Statements {
		article := g.articles[g.r.IntN(len(g.articles))]
		text, err := tx.Text(article.Text)
		if err != nil {
			return err
		}
		runes := []rune(text.Plain)
		start := g.r.IntN(max(1, len(runes)-120))
		end := start + 40 + g.r.IntN(60)
		mark := app.Annotation{ID: app.NewID[app.AnnotationID](), Article: article.ID, Text: text.ID, Kind: app.Highlight, Color: app.Colors[i%len(app.Colors)],
			State: app.AnchorExact, Anchor: app.Anchor{Start: start, End: end, Quote: string(runes[start:end])}}
		if err := tx.PutAnnotation(mark); err != nil {
			return err
		}
		s := app.Statement{ID: app.NewID[app.StatementID](), Actor: g.actors[g.some(len(g.actors))], Claim: g.claims[g.some(len(g.claims))],
			Stance: app.Stances[g.r.IntN(len(app.Stances))], Date: article.Published, Indirect: i%4 == 0, Passage: mark.ID}
		if i%9 == 0 {
			s.ReportedBy = g.actors[g.some(len(g.actors))]
		}
		if err := tx.PutStatement(s); err != nil {
			return err
		}
	}
	return nil
}

func (g *debater) relate(tx app.Tx) error {
	for i := range g.size.Relations {
		from, to := g.r.IntN(len(g.claims)), g.some(len(g.claims))
		if from == to {
			continue
		}
		x := app.Relation{ID: app.NewID[app.RelationID](), From: g.claims[from], To: g.claims[to], Kind: app.RelationKinds[i%len(app.RelationKinds)],
			Strength: app.Strengths[i%3]}
		if err := tx.PutRelation(x); err != nil {
			return err
		}
	}
	return nil
}
