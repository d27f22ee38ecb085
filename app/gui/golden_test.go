package gui

import (
	"flag"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/test"

	"rejoinder/app"
	"rejoinder/app/gui/widgets"
	"rejoinder/app/settings"
)

var updateGolden = flag.Bool("update", false, "write the golden pictures anew: look at them before they are committed")

// reading is an article in one language and the passages that are marked in it,
// which overlap.
type reading struct {
	language string
	title    string
	body     []string
	marks    []string
	find     string
}

var readings = []reading{
	{"english", "Port company rejects the findings",
		[]string{"The operator said the findings “rest on a single inspection in bad weather” and that it would go to court.",
			"Officials – from the café to the quay – declined to comment. The fi ligature and 3½ tonnes stay whole."},
		[]string{"the findings “rest on a single", "a single inspection in bad weather”", "declined to comment"}, "operator"},
	{"uyghur", "پورت شىركىتى Varnholm دوكلاتىنى رەت قىلدى",
		[]string{"شىركەت Coast Herald گېزىتىگە «بۇ قارار 2025-يىلدىكى 3 تەكشۈرۈشكە تايانغان» دېدى.",
			"ئۇيغۇر مۇھاجىرلار (World Congress) بۇ خەۋەرنى قارشى ئالدى، ‹ئەمما› باشقىلار جىم.",
			"قال المتحدث باسم الشركة إن «القرار رقم 17 سياسي» ورفض التعليق."},
		[]string{"Coast Herald گېزىتىگە «بۇ قارار", "قارار 2025-يىلدىكى 3", "القرار رقم 17 سياسي"}, "شىركەت"},
	{"chinese", "港口关闭：部长称“别无选择”",
		[]string{"部长表示，关闭北码头是“唯一安全的选择”，并否认 Varnholm 港务公司的指责（2025年5月19日）。",
			"工会说：「沒有人問過我們。」専門家はコメントを控えた。"},
		[]string{"关闭北码头是“唯一安全", "唯一安全的选择”，并否认", "沒有人問過我們"}, "码头"},
	{"russian", "Портовая компания отвергает выводы",
		[]string{"Оператор заявил, что выводы «основаны на одной проверке в плохую погоду», и обратится в суд.",
			"Министерство от комментариев воздержалось — ещё раз; ї, ґ и ў тоже на месте."},
		[]string{"«основаны на одной проверке", "одной проверке в плохую погоду»", "от комментариев воздержалось"}, "заявил"},
	{"hindi", "बंदरगाह कंपनी ने निष्कर्ष ठुकराए",
		[]string{"कंपनी ने कहा कि निष्कर्ष “खराब मौसम में एक ही निरीक्षण पर टिके हैं” और वह न्यायालय जाएगी।",
			"मंत्रालय ने टिप्पणी करने से इनकार किया; क्षत्रिय, श्रृंखला और ज्ञान ठीक दिखते हैं। ท่าเรือปิดแล้ว"},
		[]string{"निष्कर्ष “खराब मौसम", "मौसम में एक ही निरीक्षण", "इनकार किया"}, "कंपनी"},
}

// The reader shows texts in these scripts with overlapping marks, a search and a
// selection in both themes, and sharp at 200 %, with nothing but bundled fonts.
func TestReadingsLookAsTheyDid(t *testing.T) {
	fonts, err := loadFonts(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	fonts.WithoutSystem()
	widgets.UseFonts(fonts)
	a := test.NewTempApp(t)
	for _, r := range readings {
		for _, look := range []Appearance{AppearanceLight, AppearanceDark, AppearanceSepia} {
			for _, scale := range []float32{1, 2} {
				if look == AppearanceSepia && (scale == 2 || r.language != "english") {
					continue
				}
				name := fmt.Sprintf("%s-%s-%d", r.language, look, int(scale*100))
				t.Run(name, func(t *testing.T) {
					a.Settings().SetTheme(pageTheme{look})
					compare(t, name, r.picture(t, scale))
				})
			}
		}
	}
}

// picture draws the reading as the reader does.
func (r reading) picture(t *testing.T, scale float32) image.Image {
	var b app.Builder
	b.Add(app.BlockHeading, 1, r.title)
	for i, p := range r.body {
		kind := app.BlockParagraph
		if i == len(r.body)-1 {
			kind = app.BlockListItem
		}
		b.Add(kind, 0, p)
	}
	c := b.Content()
	runes := []rune(c.Plain)
	like := settings.Default().Reading
	view := widgets.NewTextView()
	canvas := software.NewCanvas()
	canvas.SetPadded(false)
	canvas.SetScale(scale)
	canvas.SetContent(view)
	canvas.Resize(fyne.NewSize(520, 330))
	view.Display(widgets.TextDocument{Runes: runes, Paragraphs: paragraphs(c, like), Column: 430}, 0)
	var marks []widgets.TextMark
	for i, words := range r.marks {
		at := place(t, c.Plain, words)
		marks = append(marks, widgets.TextMark{ID: words, Start: at.Start, End: at.End, Color: markColor(app.Colors[i]), Current: i == 1, Uncertain: i == 2})
	}
	view.SetMarks(marks)
	var hits []widgets.TextRange
	for _, h := range app.NewFinder(runes).Find(r.find) {
		hits = append(hits, widgets.TextRange{Start: h[0], End: h[1]})
	}
	if len(hits) == 0 {
		t.Fatalf("the text does not say %q", r.find)
	}
	view.SetHits(hits, 0)
	selected := place(t, c.Plain, app.Slice(r.title, 2, 8))
	view.Select(selected.Start, selected.End)
	return canvas.Capture()
}

// place finds words in a text.
func place(t *testing.T, plain, words string) widgets.TextRange {
	t.Helper()
	at := app.Occurrences(plain, words)
	if len(at) == 0 {
		t.Fatalf("the text does not say %q", words)
	}
	return widgets.TextRange{Start: at[0], End: at[0] + app.RuneCount(words)}
}

// compare compares a picture with the golden one. Rounding differs between
// processors: a few pixels at the edges of letters may.
func compare(t *testing.T, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name+".png")
	if *updateGolden {
		write(t, path, got)
		return
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	want, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != want.Bounds() {
		t.Fatalf("the picture measures %v, not %v", got.Bounds(), want.Bounds())
	}
	different, all := 0, got.Bounds().Dx()*got.Bounds().Dy()
	for y := range got.Bounds().Dy() {
		for x := range got.Bounds().Dx() {
			if apart(got.At(x, y), want.At(x, y)) {
				different++
			}
		}
	}
	if different*1000 > all {
		seen := filepath.Join(os.TempDir(), "rejoinder-golden-"+name+".png")
		write(t, seen, got)
		t.Errorf("%d of %d pixels differ; what was drawn is in %s", different, all, seen)
	}
}

// apart says whether two colours differ so that one sees it.
func apart(a, b interface{ RGBA() (r, g, b, a uint32) }) bool {
	r0, g0, b0, _ := a.RGBA()
	r1, g1, b1, _ := b.RGBA()
	for _, d := range []int{int(r0) - int(r1), int(g0) - int(g1), int(b0) - int(b1)} {
		if d > 0x1800 || d < -0x1800 {
			return true
		}
	}
	return false
}

func write(t *testing.T, path string, picture image.Image) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(f, picture); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}
