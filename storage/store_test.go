package storage

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"

	"rejoinder/app"
)

// openIn opens the notebook in dir and closes it at the end of the test.
func openIn(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func newStore(t testing.TB) *Store {
	t.Helper()
	return openIn(t, filepath.Join(t.TempDir(), "notebook"))
}

// change runs one step, which has to succeed.
func change(t testing.TB, s *Store, fn func(app.Tx) error) app.Changes {
	t.Helper()
	c, err := s.Update(t.Context(), app.Op{Name: "test", Label: "Test"}, fn)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// look reads, which has to succeed.
func look(t testing.TB, s *Store, fn func(app.Reader) error) {
	t.Helper()
	if err := s.View(t.Context(), fn); err != nil {
		t.Fatal(err)
	}
}

func addClaim(t testing.TB, s *Store, text string) app.Claim {
	t.Helper()
	c := app.Claim{ID: app.NewID[app.ClaimID](), Text: text}
	change(t, s, func(tx app.Tx) error { return tx.PutClaim(c) })
	return c
}

// addArticle stores an article of this text with its original.
func addArticle(t testing.TB, s *Store, title, plain string) app.Article {
	t.Helper()
	o, err := s.KeepOriginal(title+".txt", []byte(title+plain))
	if err != nil {
		t.Fatal(err)
	}
	text := app.Text{ID: app.NewID[app.TextID](), Original: o.SHA256, Reader: "plain/1", Words: app.CountWords(plain),
		Content: app.Content{Plain: plain, Blocks: []app.Block{{Kind: app.BlockParagraph, End: app.RuneCount(plain)}}}}
	a := app.Article{ID: app.NewID[app.ArticleID](), Title: title, Original: o.SHA256, Text: text.ID, Language: "en", Kind: app.KindDocument}
	change(t, s, func(tx app.Tx) error {
		return errors.Join(tx.PutOriginal(o), tx.PutText(text), tx.PutArticle(a))
	})
	return a
}

// addMark marks the code points start to end of an article.
func addMark(t testing.TB, s *Store, a app.Article, plain string, start, end int) app.Annotation {
	t.Helper()
	anchor, err := app.NewAnchor(plain, start, end)
	if err != nil {
		t.Fatal(err)
	}
	m := app.Annotation{ID: app.NewID[app.AnnotationID](), Article: a.ID, Text: a.Text, Kind: app.Highlight, Color: "yellow",
		Anchor: anchor, State: app.AnchorExact}
	change(t, s, func(tx app.Tx) error { return tx.PutAnnotation(m) })
	return m
}

func TestThingsComeBackAsTheyWerePut(t *testing.T) {
	s := newStore(t)
	const plain = "“Никогда”, сказал он. 港口 closed."
	a := addArticle(t, s, "Статья", plain)
	a.Authors, a.Publisher, a.URL, a.Published, a.DateSource = []string{"Ё. Автор", "\"Q\""}, "Газета", "https://example.org/?a=1&b=2", "2024-03", app.DateGuessed
	m := addMark(t, s, a, plain, 1, 8)
	m.Note, m.Kind, m.Color, m.State = "*why?*", app.Comment, "pink", app.AnchorFuzzy
	whole := app.Actor{ID: app.NewID[app.ActorID](), Name: "Government", Kind: app.ActorState}
	actor := app.Actor{ID: app.NewID[app.ActorID](), Name: "Ministry", Aliases: []string{"交通部", "the “ministry”"}, PartOf: whole.ID}
	claim, against := app.Claim{ID: app.NewID[app.ClaimID](), Text: "It is so"}, app.Claim{ID: app.NewID[app.ClaimID](), Text: "It is not"}
	statement := app.Statement{ID: app.NewID[app.StatementID](), Actor: actor.ID, Claim: claim.ID, Stance: app.Denies, Date: "2024",
		Indirect: true, ReportedBy: whole.ID, Passage: m.ID}
	relation := app.Relation{ID: app.NewID[app.RelationID](), From: against.ID, Kind: app.Rebuts, To: claim.ID, Passage: m.ID}
	note := app.Note{ID: app.NewID[app.NoteID](), Body: "Body", On: []app.Ref{app.RefTo(app.KindClaim, claim.ID)}, Mentions: []app.Ref{app.RefTo(app.KindActor, actor.ID)}}
	tag := app.Tag{ID: app.NewID[app.TagID](), Path: "a/b", Color: "green"}
	c := app.Collection{ID: app.NewID[app.CollectionID](), Name: "C", Query: "q", Stored: "q"}
	story := app.Story{ID: app.NewID[app.StoryID](), Name: "S"}
	a.Story = story.ID
	change(t, s, func(tx app.Tx) error {
		return errors.Join(tx.PutStory(story), tx.PutArticle(a), tx.PutAnnotation(m), tx.PutActor(whole), tx.PutActor(actor), tx.PutClaim(claim),
			tx.PutClaim(against), tx.PutStatement(statement), tx.PutRelation(relation), tx.PutNote(note), tx.PutTag(tag), tx.PutCollection(c))
	})
	look(t, s, func(r app.Reader) error {
		same(t, a, got(t, r.Article, a.ID))
		same(t, m, got(t, r.Annotation, m.ID))
		same(t, actor, got(t, r.Actor, actor.ID))
		same(t, claim, got(t, r.Claim, claim.ID))
		same(t, statement, got(t, r.Statement, statement.ID))
		same(t, relation, got(t, r.Relation, relation.ID))
		same(t, note, got(t, r.Note, note.ID))
		same(t, tag, got(t, r.Tag, tag.ID))
		same(t, c, got(t, r.Collection, c.ID))
		same(t, story, got(t, r.Story, story.ID))
		if text := got(t, r.Text, a.Text); text.Plain != plain || len(text.Blocks) != 1 || text.Spans == nil || text.Words != 6 {
			t.Errorf("text %+v", text)
		}
		if versions := got(t, r.Versions, a.ID); len(versions) != 1 || versions[0].Number != 1 || versions[0].Text != a.Text ||
			versions[0].Original != a.Original || versions[0].Name != "Статья.txt" || versions[0].Words != 6 {
			t.Errorf("versions %v", versions)
		}
		return nil
	})
}

func got[ID ~string, T any](t *testing.T, read func(ID) (T, error), id ID) T {
	t.Helper()
	v, err := read(id)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// same compares two things but for the times that the store sets.
func same[T any](t *testing.T, put, got T) {
	t.Helper()
	a, b := reflect.ValueOf(&put).Elem(), reflect.ValueOf(&got).Elem()
	for _, name := range []string{"Created", "Modified"} {
		if b.FieldByName(name).IsZero() {
			t.Errorf("%T has no time %s", put, name)
		}
		a.FieldByName(name).SetZero()
		b.FieldByName(name).SetZero()
	}
	if !reflect.DeepEqual(put, got) {
		t.Errorf("put %+v\ngot %+v", put, got)
	}
}

func TestMissingThingsAreNotFound(t *testing.T) {
	s := newStore(t)
	err := s.View(t.Context(), func(r app.Reader) error {
		_, err := r.Actor("nobody")
		return fmt.Errorf("asked: %w", err)
	})
	if !errors.Is(err, app.ErrNotFound) || err.Error() != "asked: actor nobody: not found" {
		t.Errorf("got %v", err)
	}
	look(t, s, func(r app.Reader) error {
		if _, err := r.Find("nothing"); !errors.Is(err, app.ErrNotFound) {
			t.Errorf("found nothing: %v", err)
		}
		if _, err := r.ArticleByOriginal("00"); !errors.Is(err, app.ErrNotFound) {
			t.Errorf("found no original: %v", err)
		}
		if _, err := r.Text("x"); !errors.Is(err, app.ErrNotFound) {
			t.Errorf("found no text: %v", err)
		}
		return nil
	})
}

func TestArticleQueries(t *testing.T) {
	s := newStore(t)
	b := addArticle(t, s, "beta", "One two three")
	a := addArticle(t, s, "Alpha", "One two")
	c := addArticle(t, s, "Gamma", "One")
	addMark(t, s, b, "One two three", 0, 3)
	change(t, s, func(tx app.Tx) error {
		a.Published, b.Published, c.Kind = "2024-01", "2024-02-03", app.KindWebpage
		return errors.Join(tx.PutArticle(a), tx.PutArticle(b), tx.PutArticle(c))
	})
	for _, tt := range []struct {
		name string
		q    app.ArticleQuery
		want string
		all  int
	}{
		{"newest first", app.ArticleQuery{}, "Gamma Alpha beta", 3},
		{"by title", app.ArticleQuery{Sort: app.SortTitle}, "Alpha beta Gamma", 3},
		{"by date", app.ArticleQuery{Sort: app.SortPublished}, "beta Alpha Gamma", 3},
		{"a page", app.ArticleQuery{Sort: app.SortTitle, Limit: 1, Offset: 1}, "beta", 3},
		{"by kind", app.ArticleQuery{Kind: app.KindWebpage}, "Gamma", 1},
		{"without marks", app.ArticleQuery{Unread: true, Sort: app.SortTitle}, "Alpha Gamma", 2},
		{"of a title", app.ArticleQuery{Title: "BETA"}, "beta", 1},
	} {
		look(t, s, func(r app.Reader) error {
			rows, err := r.Articles(tt.q)
			var titles []string
			for _, row := range rows {
				titles = append(titles, row.Title)
			}
			n, err2 := r.CountArticles(tt.q)
			if strings.Join(titles, " ") != tt.want || n != tt.all {
				t.Errorf("%s: %q and %d, want %q and %d", tt.name, titles, n, tt.want, tt.all)
			}
			return errors.Join(err, err2)
		})
	}
	look(t, s, func(r app.Reader) error {
		rows, err := r.Articles(app.ArticleQuery{Title: "beta"})
		if len(rows) != 1 || rows[0].Words != 3 || rows[0].Marks != 1 || rows[0].Statements != 0 {
			t.Errorf("row %+v", rows)
		}
		return err
	})
}

func TestPassagesByTheThousand(t *testing.T) {
	s := newStore(t)
	plain := strings.Repeat("word ", 1300)
	a := addArticle(t, s, "Long", plain)
	var ids []app.AnnotationID
	change(t, s, func(tx app.Tx) error {
		for i := range 1201 {
			anchor, err := app.NewAnchor(plain, 5*i, 5*i+4)
			if err != nil {
				return err
			}
			m := app.Annotation{ID: app.NewID[app.AnnotationID](), Article: a.ID, Text: a.Text, Kind: app.Highlight, Color: "yellow", Anchor: anchor, State: app.AnchorExact}
			if err := tx.PutAnnotation(m); err != nil {
				return err
			}
			ids = append(ids, m.ID)
		}
		return nil
	})
	look(t, s, func(r app.Reader) error {
		found, err := r.Passages(append(ids, "nowhere"))
		if len(found) != 1201 || found[ids[1200]].Anchor.Start != 6000 || found[ids[0]].ArticleTitle != "Long" {
			t.Errorf("%d passages", len(found))
		}
		marks, err2 := r.Annotations(app.AnnotationQuery{Article: a.ID})
		if len(marks) != 1201 || marks[7].ID != ids[7] {
			t.Errorf("%d marks, not by their places", len(marks))
		}
		return errors.Join(err, err2)
	})
}

// Two processes write at once, from many goroutines each: every write is kept,
// none is refused.
func TestTwoWritersAtOnce(t *testing.T) {
	one := newStore(t)
	two := openIn(t, one.dir)
	count := app.Note{ID: app.NewID[app.NoteID](), Body: "0"}
	change(t, one, func(tx app.Tx) error { return tx.PutNote(count) })
	const writers, writes = 6, 20
	var wg sync.WaitGroup
	for i := range writers {
		s := []*Store{one, two}[i%2]
		wg.Go(func() {
			for range writes {
				_, err := s.Update(t.Context(), app.Op{Name: "count"}, func(tx app.Tx) error {
					n, err := tx.Note(count.ID)
					if err != nil {
						return err
					}
					have := 0
					if _, err := fmt.Sscan(n.Body, &have); err != nil {
						return err
					}
					n.Body = fmt.Sprint(have + 1)
					return tx.PutNote(n)
				})
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.View(t.Context(), func(r app.Reader) error { _, err := r.Note(count.ID); return err }); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	look(t, two, func(r app.Reader) error {
		n, err := r.Note(count.ID)
		if n.Body != fmt.Sprint(writers*writes) {
			t.Errorf("counted to %s of %d", n.Body, writers*writes)
		}
		return err
	})
	steps, err := one.History(t.Context(), 0)
	if err != nil || len(steps) != writers*writes+1 {
		t.Errorf("%d steps, %v", len(steps), err)
	}
}

// Many processes start on a notebook of an older format at once: one of them
// brings it up to date, and its backup is of the old format.
func TestManyOpenAnOldNotebookAtOnce(t *testing.T) {
	all, err := migrations()
	if err != nil {
		t.Fatal(err)
	}
	for range 5 {
		dir := t.TempDir()
		rawly(t, dir, all[0].sql, "INSERT INTO meta VALUES ('uuid', 'u'), ('generation', 'g'), ('pruned', '0')", "PRAGMA user_version = 1")
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				s, err := Open(context.Background(), dir)
				if err != nil {
					t.Error(err)
					return
				}
				if err := s.Close(); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		kept := (repository{dir: filepath.Join(dir, backupsName)}).list()
		for _, m := range kept {
			if m.Format != 1 || m.Bare {
				t.Errorf("%s is of format %d", m.Path, m.Format)
			}
		}
		if len(kept) == 0 {
			t.Error("no backup")
		}
	}
}

// Many processes start on a new folder at once: one of them makes the notebook,
// all of them open it.
func TestManyOpenANewNotebookAtOnce(t *testing.T) {
	for range 5 {
		dir := filepath.Join(t.TempDir(), "notebook")
		var wg sync.WaitGroup
		var mu sync.Mutex
		seen := map[string]bool{}
		for range 6 {
			wg.Go(func() {
				s, err := Open(context.Background(), dir)
				if err != nil {
					t.Error(err)
					return
				}
				info, err := s.Info(context.Background())
				mu.Lock()
				seen[info.UUID] = true
				mu.Unlock()
				if err = errors.Join(err, s.Close()); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if len(seen) != 1 {
			t.Errorf("notebooks %v", seen)
		}
	}
}

func TestAPanicInAChangeUndoesIt(t *testing.T) {
	s := newStore(t)
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic is lost")
			}
		}()
		_, _ = s.Update(t.Context(), app.Op{}, func(tx app.Tx) error {
			if err := tx.PutClaim(app.Claim{ID: "x", Text: "half"}); err != nil {
				t.Error(err)
			}
			panic("half way")
		})
	}()
	look(t, s, func(r app.Reader) error {
		claims, err := r.Claims()
		if len(claims) != 0 {
			t.Errorf("kept %+v", claims)
		}
		return err
	})
	addClaim(t, s, "The notebook still works")
}
