package app_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// worker does things at random, many of them senseless.
type worker struct {
	*apptest.Notebook
	t        *testing.T
	rng      *rand.Rand
	imported int
}

// deed is what the worker did and what came of it.
type deed struct {
	name string
	err  error
}

var (
	workNames  = []string{"Ministry", "Company", "Union", "Court", "Panel"}
	workClaims = []string{"It is unsafe", "It is flawed", "Nobody asked", "It costs too much"}
	workQuotes = []string{"It is unsafe", "denied it", "was not asked", "never said"}
)

func oneOf[T any](w *worker, all []T) T { return all[w.rng.IntN(len(all))] }

// anything returns a thing of any kind, of one in the trash now and then.
func (w *worker) anything(kinds ...app.Kind) (app.Ref, bool) {
	var all []app.Ref
	w.View(func(r app.Reader) error {
		articles, err := r.Articles(app.ArticleQuery{})
		for _, x := range articles {
			all = append(all, app.RefTo(app.KindArticle, x.ID))
		}
		marks, err2 := r.Annotations(app.AnnotationQuery{})
		for _, x := range marks {
			all = append(all, app.RefTo(app.KindAnnotation, x.ID))
		}
		actors, err3 := r.Actors()
		for _, x := range actors {
			all = append(all, app.RefTo(app.KindActor, x.ID))
		}
		claims, err4 := r.Claims()
		for _, x := range claims {
			all = append(all, app.RefTo(app.KindClaim, x.ID))
		}
		statements, err5 := r.Statements(app.StatementQuery{})
		for _, x := range statements {
			all = append(all, app.RefTo(app.KindStatement, x.ID))
		}
		notes, err6 := r.Notes()
		for _, x := range notes {
			all = append(all, app.RefTo(app.KindNote, x.ID))
		}
		tags, err7 := r.Tags()
		for _, x := range tags {
			all = append(all, app.RefTo(app.KindTag, x.ID))
		}
		collections, err8 := r.Collections()
		for _, x := range collections {
			all = append(all, app.RefTo(app.KindCollection, x.ID))
		}
		stories, err9 := r.Stories()
		for _, x := range stories {
			all = append(all, app.RefTo(app.KindStory, x.ID))
		}
		trash, err10 := r.Trash()
		for _, x := range trash {
			all = append(all, x.Ref)
		}
		return errors.Join(err, err2, err3, err4, err5, err6, err7, err8, err9, err10)
	})
	var fit []app.Ref
	for _, ref := range all {
		for _, k := range kinds {
			if ref.Kind == k {
				fit = append(fit, ref)
			}
		}
		if len(kinds) == 0 {
			fit = append(fit, ref)
		}
	}
	if len(fit) == 0 {
		return app.Ref{}, false
	}
	return oneOf(w, fit), true
}

// id is the identifier of a thing of this kind, or of none.
func (w *worker) id(kind app.Kind) string {
	ref, ok := w.anything(kind)
	if !ok {
		return "019a0000-0000-7000-8000-000000000000"
	}
	return ref.ID
}

// act does one thing.
func (w *worker) act() deed {
	ctx := w.t.Context()
	var err error
	name := oneOf(w, []string{"import", "import", "mark", "mark", "actor", "statement", "statement", "statement", "relate", "relate",
		"merge actors", "merge claims", "note", "tag", "untag", "collection", "collect", "move", "story", "trash", "trash", "restore", "empty",
		"update", "update", "place", "leave", "edit marks", "name colour", "edit actor", "edit article", "edit mark", "edit statement", "edit note"})
	spot := app.Spot{Article: w.id(app.KindArticle), Quote: oneOf(w, workQuotes), Nth: w.rng.IntN(2)}
	who, what := oneOf(w, workNames), oneOf(w, workClaims)
	if w.rng.IntN(4) == 0 {
		who, what = w.id(app.KindActor), w.id(app.KindClaim)
	}
	switch name {
	case "import":
		w.imported++
		data := fmt.Sprintf("Report %d\n\n“It is unsafe,” they said. The company denied it. The union was not asked. It is unsafe.", w.imported)
		w.Import(apptest.WriteFile(w.t, "report.txt", data))
	case "mark":
		_, err = w.Annotate(ctx, spot, app.Annotation{Note: what}, oneOf(w, []string{"a", "a/b", "c"}))
	case "actor":
		_, err = w.AddActor(ctx, app.Actor{Name: who, Aliases: []string{"the " + who}}, oneOf(w, []string{"", "Court", w.id(app.KindActor)}))
	case "statement":
		d := app.StatementDraft{Actor: who, Claim: what, Stance: oneOf(w, app.Stances), Create: true, ReportedBy: oneOf(w, []string{"", "Court"})}
		if w.rng.IntN(3) > 0 {
			d.Passage = &spot
		}
		_, err = w.AddStatement(ctx, d)
	case "relate":
		d := app.RelationDraft{From: what, Kind: oneOf(w, app.RelationKinds), To: oneOf(w, workClaims), Create: true}
		if w.rng.IntN(2) == 0 {
			d.Passage = &spot
		}
		_, err = w.Notebook.Notebook.Relate(ctx, d)
	case "merge actors":
		_, err = w.MergeActors(ctx, who, w.id(app.KindActor), oneOf(w, workNames))
	case "merge claims":
		_, err = w.MergeClaims(ctx, what, w.id(app.KindClaim))
	case "note":
		ref, _ := w.anything()
		_, err = w.AddNote(ctx, "About [["+who+"]] and [["+what+"]]", ref)
	case "tag", "untag":
		ref, _ := w.anything()
		err = w.Tag(ctx, oneOf(w, []string{"a", "a/b", "A/B/d", "c"}), name == "tag", ref)
	case "collection":
		_, err = w.AddCollection(ctx, app.Collection{Name: who, Parent: app.CollectionID(oneOf(w, []string{"", w.id(app.KindCollection)}))})
	case "collect":
		err = w.Collect(ctx, app.CollectionID(w.id(app.KindCollection)), w.rng.IntN(3) > 0, app.ArticleID(w.id(app.KindArticle)))
	case "move":
		_, err = w.EditCollection(ctx, app.CollectionID(w.id(app.KindCollection)), func(c *app.Collection) { c.Parent = app.CollectionID(w.id(app.KindCollection)) })
	case "story":
		_, err = w.JoinStory(ctx, app.ArticleID(w.id(app.KindArticle)), app.ArticleID(w.id(app.KindArticle)))
	case "trash":
		ref, _ := w.anything()
		_, err = w.Notebook.Notebook.Trash(ctx, ref)
	case "restore":
		ref, _ := w.anything()
		_, err = w.Notebook.Notebook.Restore(ctx, ref)
	case "empty":
		_, err = w.EmptyTrash(ctx)
	case "update":
		w.imported++
		data := fmt.Sprintf("Report %d\n\n“It is %s,” they said. The company %s it. The union was never asked. It is unsafe.", w.imported,
			oneOf(w, []string{"unsafe", "dangerous"}), oneOf(w, []string{"denied", "has denied"}))
		_, err = w.UpdateArticle(ctx, app.ArticleID(w.id(app.KindArticle)), apptest.WriteFile(w.t, "report.txt", data))
	case "place":
		at := w.rng.IntN(60)
		_, err = w.PlaceAnnotation(ctx, app.AnnotationID(w.id(app.KindAnnotation)), "", at, at+1+w.rng.IntN(30))
	case "leave":
		_, err = w.LeaveAnnotation(ctx, app.AnnotationID(w.id(app.KindAnnotation)))
	case "edit marks":
		ids := []app.AnnotationID{app.AnnotationID(w.id(app.KindAnnotation)), app.AnnotationID(w.id(app.KindAnnotation))}
		err = w.EditAnnotations(ctx, ids, func(a *app.Annotation) {
			a.Kind, a.Note = oneOf(w, []app.AnnotationKind{app.Highlight, app.Comment}), who
		})
	case "name colour":
		err = w.NameColor(ctx, oneOf(w, app.Colors), oneOf(w, []string{"", who}))
	case "edit actor":
		whole := app.ActorID(w.id(app.KindActor))
		_, err = w.EditActor(ctx, app.ActorID(w.id(app.KindActor)), func(a *app.Actor) { a.Name, a.PartOf = who+"'s", whole })
	case "edit article":
		_, err = w.EditArticle(ctx, app.ArticleID(w.id(app.KindArticle)), func(a *app.Article) { a.Publisher, a.Language = who, oneOf(w, []string{"en", "de", ""}) })
	case "edit mark":
		_, err = w.EditAnnotation(ctx, app.AnnotationID(w.id(app.KindAnnotation)), func(a *app.Annotation) { a.Note, a.Color = what, oneOf(w, app.Colors) })
	case "edit statement":
		_, err = w.EditStatement(ctx, app.StatementID(w.id(app.KindStatement)), func(s *app.Statement) { s.Stance, s.Date = oneOf(w, app.Stances), "2024" })
	case "edit note":
		_, err = w.EditNote(ctx, app.NoteID(w.id(app.KindNote)), func(n *app.Note) { n.Body = "Now about [[" + what + "]]" })
	}
	return deed{name, err}
}
