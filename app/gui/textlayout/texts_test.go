package textlayout

import (
	"testing"

	"github.com/go-text/typesetting/segmenter"

	"rejoinder/assets"
)

// bundled is a chain of the bundled fonts alone: what they do not cover is set
// in boxes, the same on every machine.
func bundled(t testing.TB) *Fonts {
	t.Helper()
	f := NewFonts(t.TempDir())
	f.WithoutSystem()
	for _, b := range []struct {
		face Typeface
		name string
	}{
		{Typeface{}, "NotoSerif-Regular"}, {Typeface{Bold: true}, "NotoSerif-Bold"}, {Typeface{Italic: true}, "NotoSerif-Italic"},
		{Typeface{}, "NotoNaskhArabic-Regular"}, {Typeface{Bold: true}, "NotoNaskhArabic-Bold"},
		{Typeface{}, "NotoSerifDevanagari-Regular"}, {Typeface{}, "NotoSerifThai-Regular"},
		{Typeface{Family: Sans}, "NotoSansArabic-Regular"}, {Typeface{Family: Sans}, "NotoSansDevanagari-Regular"},
		{Typeface{Family: Sans}, "NotoSansThai-Regular"},
	} {
		data, err := assets.Fonts.ReadFile("fonts/" + b.name + ".ttf")
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Add(b.face, data); err != nil {
			t.Fatal(err)
		}
	}
	f.AddLast(func() ([]byte, error) { return assets.Fonts.ReadFile("fonts/DroidSansFallback.ttf") })
	return f
}

// texts are set in every test; the emoji have no glyphs in the bundled fonts.
var texts = map[string]string{
	"English": "The quay wall “has moved by more than four centimetres”, the ministry's official affidavit said.",
	"Russian": "Министерство закрыло северный причал: «серьёзная и непосредственная опасность».",
	"Uyghur":  "2019-يىلى ئۇيغۇر ئاپتونوم رايونىدا (Uyghur Region) 23 ئاپرېل كۈنى، «خەۋپسىزلىك» ھەققىدە BBC خەۋەر بەردى.",
	"Arabic":  "وطالبت نقابة عمال الموانئ (Dockers' Union) بنشر الأرقام كاملة [انظر ص 12]، وقال: «لا إله».",
	"pointed": "قُلْ هُوَ ٱللَّهُ أَحَدٌ",
	"Chinese": "瓦恩霍尔姆港北码头自上周三起停止使用。交通部长表示，关闭码头是“唯一安全的选择”。",
	"Greek":   "Το υπουργείο έκλεισε τη βόρεια προβλήτα: «σοβαρός και άμεσος κίνδυνος».",
	"Hindi":   "मंत्रालय ने उत्तरी घाट को बन्द कर दिया, क्योंकि दीवार खिसकी है।",
	"Thai":    "กระทรวงปิดท่าเรือเหนือ เพราะกำแพงเคลื่อนตัวมากกว่าสี่เซนติเมตรตั้งแต่เดือนมกราคม",
	"emoji":   "ok 👩‍👩‍👧‍👦 and 🇳🇴 and 👍🏽 end e\u0301 a\u0308\u0323",
	"mixed":   "The union (نقابة عمال الموانئ) wrote on 3 May: «نريد 900 وظيفة» – and 港口公司 denied.",
	"lines":   "First line\nsecond\tline\n\nسطر ثالث\n",
	"long":    "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
	"space":   "   ",
	"marks":   "\u0301\u200d\u200e\u0950\u064b",
}

var widths = []float32{1, 30, 75, 160, 320, 5000}

// lay sets a text as one paragraph.
func lay(f *Fonts, text string, width float32, maxLines int) (*Layout, []rune) {
	runes := []rune(text)
	return f.Shape(runes, []Paragraph{plain(0, len(runes))}).Set(width, maxLines), runes
}

func plain(start, end int) Paragraph {
	return Paragraph{Start: start, End: end, Size: 16, LineHeight: 24}
}

// graphemes are the beginnings of the text's graphemes, and its end.
func graphemes(text []rune) []int {
	var s segmenter.Segmenter
	s.Init(text)
	var out []int
	for it := s.GraphemeIterator(); it.Next(); {
		out = append(out, it.Grapheme().Offset)
	}
	return append(out, len(text))
}

// checkLines reports what is wrong with the lines of a layout that shows the
// code points start to end.
func checkLines(t testing.TB, l *Layout, start, end int) {
	t.Helper()
	at, y := start, float32(0)
	for i := range l.Lines {
		line := &l.Lines[i]
		if line.Start != at || line.End < line.Start || line.Y < y {
			t.Fatalf("line %d holds %d to %d at %v, after %d and %v", i, line.Start, line.End, line.Y, at, y)
		}
		at, y = line.End, line.Y+line.Height
		seen := make([]int, line.End-line.Start)
		x := line.X
		for _, b := range line.boxes() {
			if b.x < x-0.1 || b.width < 0 {
				t.Fatalf("line %d: a box at %v of width %v, after %v", i, b.x, b.width, x)
			}
			x = b.x + b.width
			for r := b.start; r < b.end; r++ {
				seen[r-line.Start]++
			}
		}
		for r, n := range seen {
			if n != 1 {
				t.Fatalf("line %d shows code point %d %d times", i, line.Start+r, n)
			}
		}
	}
	if at != end || l.Height < y-0.1 {
		t.Fatalf("the lines end with %d of %d, at %v of %v", at, end, y, l.Height)
	}
}
