package app_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"rejoinder/app"
)

func TestSlice(t *testing.T) {
	const s = "a港ü\u0301ئe" // six code points
	for _, tt := range []struct {
		start, end int
		want       string
	}{
		{0, 6, s}, {1, 2, "港"}, {2, 4, "ü\u0301"}, {5, 6, "e"}, {-3, 1, "a"}, {4, 99, "ئe"},
		{6, 7, ""}, {99, 100, ""}, {3, 3, ""}, {4, 2, ""}, {-5, -2, ""}, {-5, 0, ""},
	} {
		if got := app.Slice(s, tt.start, tt.end); got != tt.want {
			t.Errorf("%d–%d is %q, want %q", tt.start, tt.end, got, tt.want)
		}
	}
}

func TestCleanAndOneLine(t *testing.T) {
	for in, want := range map[string]string{
		"a\r\nb\rc\u2028d\u2029e\u0085f": "a\nb\nc\nd\ne\nf",
		"\uFEFFstart\x00\x07 \x1b[1mend": "start [1mend",
		"tab\tstays":                     "tab\tstays",
		"bad \xff byte":                  "bad \uFFFD byte",
		"زەنجىر \u200cجوڭگو":             "زەنجىر \u200cجوڭگو",
	} {
		if got := app.Clean(in); got != want || app.Clean(got) != got {
			t.Errorf("Clean(%q) is %q, want %q", in, got, want)
		}
	}
	if got := app.OneLine("  two \n\n lines\u00a0here\t"); got != "two lines here" {
		t.Errorf("one line: %q", got)
	}
}

func TestFolding(t *testing.T) {
	for in, want := range map[string]string{
		"Müller": "muller", "STRASSE Straße": "strasse strasse", "ﬁnance": "finance", "Ｆｕｌｌ": "full",
		"Łódź": "lodz", "Ελλάδα": "ελλαδα", "مُحَمَّد": "محمد", "إلى": "الي", "שָׁלוֹם": "שלום",
		"Кёльн": "кельн", "हिन्दी": "हिन्दी", "港口": "港口", "don’t": "don't", "co\u00ADoperate": "cooperate", "حكومة": "حكومه", "آلة أم": "اله ام",
		"ΣΟΦΌΣ σοφός": "σοφοσ σοφοσ", "כּ״ץ": "כ\"ץ", "１٢۳४": "1234", "10⁶ 10⁻¹² CO₂ ①": "10^6 10^-12 co2 1", "5½": "5½",
		"zero\u200Bwidth\u2069\uFE0F": "zerowidth", "“Qurʾan” 10–20": `"quran" 10-20`, "خانهٔ ۀ کی": "خانه ه كي",
	} {
		if got := app.FoldText(in); got != want {
			t.Errorf("%q folds to %q, want %q", in, got, want)
		}
	}
	for _, same := range [][2]string{
		{"Port  Company", "port company"}, {"ＮＡＴＯ", "nato"}, {"Straße", "STRASSE"}, {"Σίσυφος", "ΣΊΣΥΦΟΣ"}, {"e\u0301", "é"},
	} {
		if app.FoldName(same[0]) != app.FoldName(same[1]) {
			t.Errorf("%q and %q are two names", same[0], same[1])
		}
	}
	if app.FoldName("Müller") == app.FoldName("Muller") {
		t.Error("Müller and Muller are one person")
	}
}

// Names are folded from many goroutines at once.
func TestFoldNameConcurrently(t *testing.T) {
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			for range 200 {
				in := strings.Repeat("ΣΊΣΥΦΟΣ Straße ", i+1)
				if app.FoldName(in) != strings.TrimSpace(strings.Repeat("σίσυφοσ strasse ", i+1)) {
					t.Errorf("%q folds to %q", in, app.FoldName(in))
				}
			}
		})
	}
	wg.Wait()
}

func FuzzFoldText(f *testing.F) {
	for _, s := range []string{"Müller", "ﬁ İstanbul ẞ", "مُحَمَّد", "ǅ ϔ \u1E9B", "ｶﾞ"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		once := app.FoldText(s)
		if again := app.FoldText(once); again != once {
			t.Errorf("%q folds to %q and that to %q", s, once, again)
		}
	})
}

func TestCountWords(t *testing.T) {
	for in, want := range map[string]int{
		"": 0, "one": 1, "It’s a well-known port-city.": 4, "– … –": 0, "3 of 12": 3,
		"港口公司 denies": 5, "هذه ثلاث كلمات": 3, "naïve cafe\u0301": 2, "カタカナ": 4,
	} {
		if got := app.CountWords(in); got != want {
			t.Errorf("%q has %d words, want %d", in, got, want)
		}
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[app.Date]string{"2019-10-08": "8 October 2019", "2019-10": "October 2019", "2019": "2019", "": ""} {
		if err := in.Validate(); err != nil || in.String() != want {
			t.Errorf("%q is %q, want %q (%v)", in, in.String(), want, err)
		}
	}
	for _, bad := range []app.Date{"2019-13", "2019-02-30", "8 October 2019", "2019-1-1", "19", "2019-10-08T00:00", "٢٠١٩"} {
		if err := bad.Validate(); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("%q: %v", bad, err)
		}
	}
	late := time.Date(2024, 3, 1, 23, 30, 0, 0, time.FixedZone("", -5*3600))
	if app.DateOf(late) != "2024-03-02" || app.DateOf(time.Time{}) != "" {
		t.Errorf("dates of times: %q, %q", app.DateOf(late), app.DateOf(time.Time{}))
	}
}

func TestStances(t *testing.T) {
	for in, want := range map[string]app.Stance{
		"disputes": app.Disputes, "Deny": app.Denies, " declines  to comment": app.Declines, "decline": app.Declines,
		"QUALIFY": app.Qualifies, "questions": app.Questions, "support": app.Supports, "asserts": app.Asserts,
	} {
		if got, err := app.ParseStance(in); err != nil || got != want {
			t.Errorf("%q is %q, want %q (%v)", in, got, want, err)
		}
	}
	for _, bad := range []string{"", "disputesxyz", "likes", "asserts that", "den"} {
		if got, err := app.ParseStance(bad); !errors.Is(err, app.ErrInvalid) {
			t.Errorf("%q is the stance %q", bad, got)
		}
	}
	for _, s := range app.Stances {
		if s.Glyph() == "" || s.Opposes() != (s == app.Disputes || s == app.Denies) {
			t.Errorf("%s: glyph %q, opposes %t", s, s.Glyph(), s.Opposes())
		}
	}
	if app.Stance("").Glyph() != "" {
		t.Error("no stance has a glyph")
	}
}

func TestSentences(t *testing.T) {
	for want, err := range map[string]error{
		"":                                    nil,
		"Cancelled.":                          fmt.Errorf("import: %w", context.Canceled),
		"That took too long and was stopped.": context.DeadlineExceeded,
		"The disk is full: write. Free some space on it and try again.": fmt.Errorf("%w: write", app.ErrDiskFull),
		"An actor needs a name.": app.Problem(app.ErrInvalid, "an actor needs a name"),
		"Open /x: permission denied: you have no permission for that.": &fs.PathError{Op: "open", Path: "/x", Err: fs.ErrPermission},
		"articles/a.txt: is empty.":                                    errors.New("articles/a.txt: is empty"),
		"Is it so?":                                                    errors.New("is it so?"),
	} {
		if got := app.Sentence(err); got != want {
			t.Errorf("%v reads %q, want %q", err, got, want)
		}
	}
	err := app.Problem(app.ErrExists, "there is a tag %q already", "port")
	if !errors.Is(err, app.ErrExists) || err.Error() != `there is a tag "port" already` {
		t.Errorf("problem: %v", err)
	}
}

func TestIdentifiersSortByTime(t *testing.T) {
	before := app.NewID[app.ActorID]()
	for range 100 {
		id := app.NewID[app.ActorID]()
		if !app.IsID(string(id)) || id <= before {
			t.Fatalf("%s after %s", id, before)
		}
		before = id
	}
	for _, bad := range []string{"", "Port Company", string(before)[1:], "{" + string(before) + "}"} {
		if app.IsID(bad) {
			t.Errorf("%q is an identifier", bad)
		}
	}
	if got := app.RefTo(app.KindActor, before).String(); got != "actor "+string(before) {
		t.Errorf("reference: %q", got)
	}
}

func TestQuoted(t *testing.T) {
	for passage, want := range map[string]string{
		"the quay":              "“the quay”",
		"“The quay.”":           "“The quay.”",
		"\"The quay\".":         "\"The quay\".",
		"„Der Kai“":             "„Der Kai“",
		"“The quay,” she said.": "““The quay,” she said.”",
		"\"We believe it is":    "“\"We believe it is”",
		"\"":                    "“\"”",
	} {
		if got := app.Quoted(passage); got != want {
			t.Errorf("Quoted(%q) is %q, want %q", passage, got, want)
		}
	}
}
