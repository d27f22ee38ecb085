package viewmodel

import (
	"context"
	"strings"

	"rejoinder/app"
	"rejoinder/app/notelink"
	"rejoinder/app/query"
)

// LinkAt finds the [[link]] in whose name the caret stands, both in code points:
// what was typed of the name so far, and where that begins. The caret may stand
// before ]].
func LinkAt(body string, caret int) (typed string, start int, ok bool) {
	before := app.Slice(body, 0, caret)
	at := strings.LastIndex(before, "[[")
	if at < 0 {
		return "", 0, false
	}
	typed = before[at+2:]
	if rest, open := openEnd(typed); !open || rest != "" || strings.Contains(typed, "\n") {
		return "", 0, false
	}
	return notelink.Whole(typed), app.RuneCount(before[:at+2]), true
}

// openEnd cuts what was typed of a link before the first bracket or bar that is no
// letter of its name; open is false where that is a bracket.
func openEnd(typed string) (rest string, open bool) {
	for i := 0; i < len(typed); i++ {
		switch typed[i] {
		case '\\':
			i++
		case '[', ']':
			return typed[i:], false
		case '|':
			return typed[i:], true
		}
	}
	return "", true
}

// CompleteLink puts a name in the place of what was typed of the link at the
// caret, closes the link, and says where the caret is then. What the link is shown
// as stays.
func CompleteLink(body string, caret int, name string) (string, int) {
	_, start, ok := LinkAt(body, caret)
	if !ok {
		return body, caret
	}
	after := app.Slice(body, caret, app.RuneCount(body))
	shown := ""
	if end := strings.Index(after, "]]"); end >= 0 && !strings.ContainsAny(after[:end], "\n") && !strings.Contains(after[:end], "[[") {
		if rest, open := openEnd(after[:end]); open {
			shown = rest
		}
		after = after[end+2:] // the rest of the old name
	}
	head := app.Slice(body, 0, start) + app.NewLink(name) + shown + "]]"
	return head + after, app.RuneCount(head)
}

// LinkName is a way in which a [[link]] may go on.
type LinkName struct {
	Kind app.Kind
	Name string // what stands in the link
	Of   string // the actor, where the name is an alias; else ""
}

// linkNames completes the names of everything that a note can link to.
type linkNames struct {
	load
	actors []LinkName
	notes  []string
}

// read reads the names that are few enough to be kept; claims and articles are
// searched for.
func (l *linkNames) read(r app.Reader) error {
	actors, err := r.Actors()
	if err != nil {
		return err
	}
	for _, a := range actors {
		l.actors = append(l.actors, LinkName{Kind: app.KindActor, Name: a.Name})
		for _, alias := range a.Aliases {
			l.actors = append(l.actors, LinkName{app.KindActor, alias, a.Name})
		}
	}
	notes, err := r.Notes()
	for _, n := range notes {
		l.notes = append(l.notes, n.Title())
	}
	return err
}

// linksOfAKind is how many names of one kind are offered at most.
const linksOfAKind = 4

// suggest calls found with names for what is typed: actors, claims, articles,
// notes.
func (l *linkNames) suggest(s *Session, typed string, found func([]LinkName)) {
	start(s.Loop, &l.load, func(ctx context.Context) (out []LinkName, err error) {
		add := func(kind app.Kind, names ...string) {
			for _, name := range names[:min(len(names), linksOfAKind)] {
				out = append(out, LinkName{Kind: kind, Name: name})
			}
		}
		out = l.matchingActors(typed)
		claims, err := s.Notebook.SuggestClaims(ctx, typed, linksOfAKind)
		if err != nil {
			return out, err
		}
		for _, c := range claims {
			add(app.KindClaim, c.Text)
		}
		titles, err := articleTitles(ctx, s.Notebook, typed)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if err == nil { // while the index cannot answer, the others will do
			add(app.KindArticle, titles...)
		}
		add(app.KindNote, Matching(l.notes, typed)...)
		return out, nil
	}, func(names []LinkName, err error) {
		if err != nil {
			s.Fail(err)
		}
		found(names)
	})
}

func (l *linkNames) matchingActors(typed string) []LinkName {
	var names []string
	byName := map[string]LinkName{}
	for _, a := range l.actors {
		names = append(names, a.Name)
		byName[a.Name] = a
	}
	var out []LinkName
	for _, name := range Matching(names, typed) {
		if len(out) < linksOfAKind {
			out = append(out, byName[name])
		}
	}
	return out
}

// articleTitles finds articles by words of their titles, the last one perhaps
// not ended; with nothing typed there are none.
func articleTitles(ctx context.Context, nb *app.Notebook, typed string) ([]string, error) {
	words := strings.Fields(query.Literal(typed))
	if len(words) == 0 {
		return nil, nil
	}
	result, err := nb.Search(ctx, app.SearchQuery{Text: "title:" + strings.Join(words, " title:"),
		Kinds: []app.Kind{app.KindArticle}, Limit: linksOfAKind, Typing: true})
	if err != nil {
		return nil, err
	}
	var out []string
	for _, f := range result.Found[:result.Whole] {
		out = append(out, f.Title)
	}
	return out, nil
}
