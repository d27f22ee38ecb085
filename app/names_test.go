package app_test

import (
	"errors"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// Characters that cannot be seen make neither two of one name nor one of nothing.
func TestInvisibleCharactersMakeNoNames(t *testing.T) {
	nb := apptest.New(t)
	ctx := t.Context()
	nb.Actor("Gómez", "The Mayor")
	nb.Claim("The quay is unsafe")
	for _, same := range []string{"Gómez\u200B", "\u202EGómez\u202C", "Go\u0301mez", "G\u00ADómez", "\uFEFFGómez", "Gó\u2060mez", "Gómez\uFE0F",
		"Gó\u200Dmez", "Gó\u200Cmez", "Go\u200B\u0301mez", "The\u00A0Mayor", "The\u3000Mayor\u200E", "gómez\u3164", "Gómez\u115F", "Gómez\u180E", "Gómez\u2800", "Gó\u034Fmez"} {
		if _, err := nb.AddActor(ctx, app.Actor{Name: same}, ""); !errors.Is(err, app.ErrExists) {
			t.Errorf("a second actor %+q: %v", same, err)
		}
		if id, err := nb.ActorID(ctx, same); err != nil || id == "" {
			t.Errorf("%+q is nobody: %v", same, err)
		}
	}
	if _, err := nb.AddClaim(ctx, "The quay\u200B is\u00A0unsafe\u200F"); !errors.Is(err, app.ErrExists) {
		t.Errorf("a second claim: %v", err)
	}
	article := app.RefTo(app.KindArticle, nb.ImportText("Wall", "It cost 10\u00A0000 crowns.").ID)
	for _, nothing := range []string{"\u200B", "\u00AD \u2060", "\u3164", "\u2800", "\u200D", "\uFE0F", "\u0301"} {
		_, actor := nb.AddActor(ctx, app.Actor{Name: nothing}, "")
		_, claim := nb.AddClaim(ctx, nothing)
		_, collection := nb.AddCollection(ctx, app.Collection{Name: nothing})
		_, note := nb.AddNote(ctx, nothing)
		_, view := nb.SaveView(ctx, app.View{Name: nothing, Screen: "board"})
		for what, err := range map[string]error{"actor": actor, "claim": claim, "collection": collection, "note": note, "view": view, "tag": nb.Tag(ctx, nothing, true, article)} {
			if !errors.Is(err, app.ErrInvalid) {
				t.Errorf("%s of %+q: %v", what, nothing, err)
			}
		}
	}
	m, err := nb.Annotate(ctx, app.Spot{Article: article.ID, Quote: "10 000  crowns"}, app.Annotation{})
	if err != nil || m.Anchor.Quote != "10\u00A0000 crowns" {
		t.Errorf("with other spaces it marks %+q, %v", m.Anchor.Quote, err)
	}
}

// What a script is written with stays in a name; it is not compared.
func TestNamesKeepWhatTheirScriptsNeed(t *testing.T) {
	for name, want := range map[string]string{
		"خانه\u200Cها": "خانه\u200Cها", "\u200Cخانه\u200C": "خانه", "👩\u200D🚀": "👩\u200D🚀", "e\u0301": "é", " a\u00A0 b ": "a b", "A\u200BB": "AB",
	} {
		if got := app.CleanName(name); got != want {
			t.Errorf("%+q becomes %+q, want %+q", name, got, want)
		}
	}
	if app.FoldName("خانه\u200Cها") != app.FoldName("خانهها") || app.FoldName("Müller") == app.FoldName("Muller") {
		t.Error("names are compared otherwise")
	}
}
