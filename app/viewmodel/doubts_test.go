package viewmodel_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"rejoinder/app"
	"rejoinder/app/apptest"
	"rejoinder/app/viewmodel"
)

// czech is a text that nothing but its reader can tell from one in windows-1251.
func czech(t *testing.T) string {
	t.Helper()
	text, err := charmap.Windows1250.NewEncoder().String("Zpráva\n\nMinisterstvo uzavřelo severní nábřeží.\n\nOdbory řekly, že se nikdo neptal.")
	if err != nil {
		t.Fatal(err)
	}
	return apptest.WriteFile(t, "zprava.txt", text)
}

func lampsPage(t *testing.T) string {
	t.Helper()
	body := ""
	for i := range 8 {
		body += fmt.Sprintf("<p>Paragraph %d of the report says at some length what the council, the guild and the residents of the lane had to say on the matter.</p>\n", i+1)
	}
	return apptest.WriteFile(t, "lamps.html", `<!doctype html><title>The lamps</title><nav><p>Navigation of the site</p></nav>
<article><h1>The lamps</h1>`+body+`</article><footer><p>Imprint and contact</p><p>قسم الاتصال</p></footer>`)
}

// opened imports a file and opens it in the reader.
func (d *desk) opened(path string) app.ImportResult {
	d.t.Helper()
	var result app.ImportResult
	d.library.Import(d.t.Context(), []string{path}, app.NoProgress{}, func(r []app.ImportResult) { result = r[0] })
	if result.Article == "" {
		d.t.Fatalf("%+v", result)
	}
	d.reader.Open(result.Article, -1)
	return result
}

func TestAReaderSaysWhatItDoubts(t *testing.T) {
	d := newDesk(t)
	result := d.opened(czech(t))
	doubts := d.reader.Doubts()
	if result.Status != app.ImportDoubtful || len(doubts) != 1 || !strings.HasPrefix(doubts[0], "The character encoding was guessed: windows-1250") {
		t.Errorf("%s, %q", result.Status, doubts)
	}
	if row := d.row(result.Title); len(row.Doubts) != 1 || row.Doubts[0] != doubts[0] {
		t.Errorf("the list says %q", row.Doubts)
	}
	sure := d.opened(lampsPage(t))
	if sure.Status != app.ImportDone || len(d.reader.Doubts()) != 0 || len(d.row("The lamps").Doubts) != 0 {
		t.Errorf("%s, %q", sure.Status, d.reader.Doubts())
	}
	if line := d.reader.LeftOutLine(); line != "3 blocks of the page were left out" {
		t.Errorf("says %q", line)
	}
	d.reader.Open("", -1)
	if len(d.reader.Doubts()) != 0 || d.reader.LeftOutLine() != "" || viewmodel.NewLeftOut(d.reader) != nil || viewmodel.NewReadAgain(d.reader) != nil {
		t.Error("an empty reader has something to say")
	}
}

func TestWhatWasLeftOutIsTakenIn(t *testing.T) {
	d := newDesk(t)
	d.opened(lampsPage(t))
	d.selectWords("Paragraph 3 of the report")
	d.reader.Mark(app.Highlight, "yellow")
	l := viewmodel.NewLeftOut(d.reader)
	l.Load()
	if !l.Loaded || l.Problem != "" || len(l.Blocks) != 3 || l.CountOf(app.LeftAround)+l.CountOf(app.LeftMenu) != 3 {
		t.Fatalf("%+v", l.Blocks)
	}
	if l.Blocks[0].Kind != app.LeftAround || viewmodel.LeftKindWords(l.Blocks[0].Kind) == "" {
		t.Errorf("the first is %+v", l.Blocks[0])
	}
	asked := 0
	l.TakeIn(func(*app.Carried) { asked++ })
	if asked > 0 || len(d.reader.Versions) != 1 {
		t.Error("nothing was ticked, and something was taken in")
	}
	for _, b := range l.Blocks {
		l.Tick(b.Number, b.Text == "قسم الاتصال")
	}
	if l.TickedCount() != 1 {
		t.Errorf("%d ticked", l.TickedCount())
	}
	var carried *app.Carried
	l.TakeIn(func(c *app.Carried) { carried = c })
	d.fine()
	if carried == nil || carried.Count(app.AnchorExact) != 1 || l.Taking {
		t.Fatalf("%+v", carried)
	}
	if s := viewmodel.CarriedSummary(*carried); s != "Version 2 imported: 1 mark in place" {
		t.Errorf("says %q", s)
	}
	if !strings.HasSuffix(d.reader.Text.Plain, "\n\nقسم الاتصال") || strings.Contains(d.reader.Text.Plain, "Imprint") ||
		d.reader.LeftOutLine() != "2 blocks of the page were left out" {
		t.Errorf("%q, %s", d.reader.Text.Plain, d.reader.LeftOutLine())
	}

	f := viewmodel.NewReadAgain(d.reader)
	f.Load()
	if !f.Same {
		t.Errorf("read again, the block that was taken in is lost: %q", f.Preview)
	}

	again := viewmodel.NewLeftOut(d.reader)
	again.Load()
	again.TakeInAll(func(c *app.Carried) { carried = c })
	d.fine()
	if text := d.reader.Text.Plain; !strings.Contains(text, "Imprint and contact") || !strings.Contains(text, "Navigation") ||
		!strings.Contains(text, "قسم الاتصال") || d.reader.LeftOutLine() != "" {
		t.Errorf("%q, %s", text, d.reader.LeftOutLine())
	}
	none := viewmodel.NewLeftOut(d.reader)
	none.Load()
	none.TakeInAll(func(*app.Carried) { t.Error("nothing was taken in") })
	if !none.Loaded || len(none.Blocks) != 0 || none.Problem != "" {
		t.Errorf("%+v", none)
	}
	// A list of an older text has numbers that may mean other blocks by now.
	again.TakeInAll(func(c *app.Carried) { carried = c })
	if carried != nil || len(d.reader.Versions) != 3 {
		t.Errorf("%+v, %d versions", carried, len(d.reader.Versions))
	}
	d.refused("another text in use")
}

func TestALostOriginalIsSaidInTheForms(t *testing.T) {
	d := newDesk(t)
	d.opened(lampsPage(t))
	a := d.reader.Article
	if err := os.Remove(filepath.Join(d.Folder, "originals", a.Original[:2], a.Original)); err != nil {
		t.Fatal(err)
	}
	l, f := viewmodel.NewLeftOut(d.reader), viewmodel.NewReadAgain(d.reader)
	l.Load()
	f.Load()
	if l.Problem == "" || !l.Loaded || f.Problem == "" || f.CanSave() || f.Loading {
		t.Errorf("%q, %q", l.Problem, f.Problem)
	}
	f.Save(func(c *app.Carried) {
		if c != nil {
			t.Errorf("saved %+v", c)
		}
	})
	d.fine() // said where one looks, not over it
}

func TestAnArticleIsReadAgainInAnotherEncoding(t *testing.T) {
	d := newDesk(t)
	d.opened(czech(t))
	f := viewmodel.NewReadAgain(d.reader)
	f.Load()
	first := f.Encodings[0]
	if first.Name != "windows-1250" || first.Label != "Central European · Windows-1250" || !strings.HasPrefix(first.Now, "in use; guessed, ") || len(f.Encodings) != 25 {
		t.Errorf("%+v of %d", first, len(f.Encodings))
	}
	if !f.Same || f.CanSave() || !strings.HasPrefix(f.Preview, "Zpráva") || !strings.HasPrefix(f.Note, "The same words") {
		t.Errorf("%q, %q", f.Preview, f.Note)
	}
	f.Choose("utf-8")
	if f.Same || !f.CanSave() || !strings.Contains(f.Preview, "\uFFFD") || !strings.Contains(f.Note, "sequences of bytes cannot be read so") {
		t.Errorf("%q, %q", f.Preview, f.Note)
	}
	f.Choose("windows-1251")
	if !strings.Contains(f.Preview, "Ministerstvo uzavшelo") || f.Note != "" {
		t.Errorf("%q, %q", f.Preview, f.Note)
	}
	var carried *app.Carried
	f.Save(func(c *app.Carried) { carried = c })
	d.fine()
	if carried == nil || carried.Version.Number != 2 || len(d.reader.Doubts()) != 0 || !strings.HasPrefix(d.reader.Text.Plain, f.Preview) {
		t.Errorf("%+v, %q", carried, d.reader.Doubts())
	}
	chosen := viewmodel.NewReadAgain(d.reader)
	if l := chosen.Encodings[0]; l.Label != "Cyrillic · Windows-1251" || l.Now != "in use; chosen" || chosen.Encoding != "windows-1251" {
		t.Errorf("the form says %+v", l)
	}
	chosen.Choose("utf-8")
	chosen.Save(func(c *app.Carried) { carried = c })
	if s := viewmodel.CarriedSummary(*carried); !strings.HasSuffix(s, "but its text is doubtful") {
		t.Errorf("a doubtful version is announced as %q", s)
	}
}

// Leaving nothing out does not make a guess sure.
func TestAPageIsReadWhole(t *testing.T) {
	d := newDesk(t)
	d.opened(lampsPage(t))
	f := viewmodel.NewReadAgain(d.reader)
	f.Load()
	if l := f.Encodings[0]; l.Label != "UTF-8" || l.Now != "in use" || !f.Same || !strings.Contains(f.Note, "3 blocks left out") {
		t.Errorf("%+v, %q", l, f.Note)
	}
	f.SetWhole(true)
	if !f.CanSave() || !strings.Contains(f.Preview, "Navigation") {
		t.Errorf("%q", f.Preview)
	}
	f.Save(func(*app.Carried) {})
	d.fine()
	if p := d.reader.Text.Provenance; !p.As.Whole || p.As.Encoding != "" || !viewmodel.NewReadAgain(d.reader).Whole {
		t.Errorf("%+v", p)
	}
	back := viewmodel.NewReadAgain(d.reader)
	back.SetWhole(false)
	back.Save(func(*app.Carried) {})
	d.fine()
	if strings.Contains(d.reader.Text.Plain, "Navigation") || len(d.reader.Versions) != 3 {
		t.Errorf("%q", d.reader.Text.Plain)
	}
}

// A preview that comes late is dropped: of an encoding that is no longer chosen, or
// of a form that was left.
func TestALatePreviewIsDropped(t *testing.T) {
	nb := apptest.New(t)
	var l later
	d := openDesk(t, nb, l.loop())
	result := nb.Import(czech(t))[0]
	l.all()
	d.reader.Open(result.Article, -1)
	l.all()
	f := viewmodel.NewReadAgain(d.reader)
	drawn := 0
	f.OnChange = func() { drawn++ }
	f.Choose("windows-1251")
	f.Choose("koi8-r")
	if !f.Loading || f.CanSave() || drawn != 2 {
		t.Errorf("loading %v, drawn %d times", f.Loading, drawn)
	}
	l.run(1) // the second first
	preview := f.Preview
	if f.Loading || preview == "" || strings.Contains(preview, "uzavшelo") {
		t.Errorf("%q", preview)
	}
	l.run(0)
	if f.Preview != preview || f.Encoding != "koi8-r" || drawn != 3 {
		t.Errorf("the late preview is shown: %q, drawn %d times", f.Preview, drawn)
	}
	f.Choose("utf-8")
	f.Close()
	l.all()
	if f.Preview != preview || drawn != 4 {
		t.Errorf("a form that was left shows %q, drawn %d times", f.Preview, drawn)
	}
}

func TestAnImportTellsDoubtfulAndSkippedApart(t *testing.T) {
	d := newDesk(t)
	dir := t.TempDir()
	for name, text := range map[string]string{"a.txt": "Fine\n\nNothing is odd here.", "b.txt": "Broken\n\nThe caf\xe9 in the naïve résumé of the čeština.",
		"page.html": "<title>Page</title><p>The quay is closed.</p>" +
			strings.Repeat("<p>The ministry closed the northern quay on Monday because of cracks in the wall of the old harbour.</p>", 9), "empty.txt": "", "thumbs.db": "x"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.MkdirAll(filepath.Join(dir, "page_files"), 0o700); err != nil {
		t.Fatal(err)
	}
	var report viewmodel.ImportReport
	d.library.Import(t.Context(), []string{dir}, app.NoProgress{}, func(r []app.ImportResult) { report = viewmodel.NewImportReport(r) })
	d.fine()
	if report.Sentence != "3 articles imported, 1 of them doubtful, 2 files skipped, 1 file failed" || !report.Urgent() {
		t.Errorf("says %q", report.Sentence)
	}
	var got []string
	for _, item := range report.Items {
		got = append(got, string(item.Status)+" "+item.Title)
		if len(item.Sentences) == 0 || (item.Article != "") != (item.Status == app.ImportDoubtful) {
			t.Errorf("%+v", item)
		}
	}
	same(t, "items", got, []string{"failed empty.txt", "doubtful Broken", "skipped page_files", "skipped thumbs.db"})

	doubtful := app.ImportResult{Status: app.ImportDoubtful, Notes: []string{"It is odd."}}
	for want, results := range map[string][]app.ImportResult{
		"1 article imported, but its text is doubtful": {doubtful},
		"2 articles imported, all of them doubtful":    {doubtful, doubtful},
		"0 articles imported, 1 file skipped":          {{Status: app.ImportSkipped, Notes: []string{"Resources."}}},
	} {
		r := viewmodel.NewImportReport(results)
		if r.Sentence != want || r.Urgent() != (results[0].Status == app.ImportDoubtful) {
			t.Errorf("%q, want %q; urgent %v", r.Sentence, want, r.Urgent())
		}
	}
}

func TestWhatStandsInAPictureIsListedAndNotTakenIn(t *testing.T) {
	d := newDesk(t)
	page, err := os.ReadFile(lampsPage(t))
	if err != nil {
		t.Fatal(err)
	}
	drawn := strings.Replace(string(page), "<p>", "<svg><text>Lamp chart</text></svg><p>", 1)
	d.opened(apptest.WriteFile(t, "drawn.html", drawn))
	l := viewmodel.NewLeftOut(d.reader)
	l.Load()
	last := l.Blocks[len(l.Blocks)-1]
	if last.Kind != app.LeftDrawn || last.Text != "Lamp chart" || viewmodel.LeftKindWords(last.Kind) == "" {
		t.Fatalf("%+v", l.Blocks)
	}
	if l.Tick(last.Number, true); l.TickedCount() != 0 {
		t.Error("a picture is ticked")
	}
}
