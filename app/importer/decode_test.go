package importer

import (
	"bytes"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf "golang.org/x/text/encoding/unicode"
)

const (
	russian = "Совет гавани отказался от плана\n\nСовет гавани заявил в четверг, что не будет " +
		"устанавливать камеры на набережной. «Мы услышали людей», — сказала глава совета. " +
		"Союз жителей с этим не согласен и требует расследования."
	french = "Le conseil du port renonce à son projet\n\nLe conseil a déclaré jeudi qu’il n’installerait " +
		"pas de caméras sur le quai. « Nous avons écouté », a dit sa présidente. Le syndicat des " +
		"habitants conteste cette version et exige une enquête."
	japaneseText = "港の評議会、カメラ計画を撤回\n\n評議会は木曜日、岸壁にカメラを設置しないと発表した。" +
		"「私たちは声を聞いた」と議長は述べた。住民組合はこれに異議を唱え、調査を求めている。"
	chinese = "港口委员会放弃摄像头计划\n\n委员会星期四表示，不会在码头安装摄像头。主席说：“我们听取了意见。”" +
		"居民工会对此提出异议，并要求进行调查。该公司拒绝对工会的说法发表评论。"
)

func TestTextInTheEncodingsOfTheWorld(t *testing.T) {
	for _, tt := range []struct {
		name string
		enc  encoding.Encoding
		text string
		lang string
	}{
		{"windows-1251", charmap.Windows1251, russian, "ru"},
		{"koi8-r", charmap.KOI8R, strings.NewReplacer("—", "-", "«", "\"", "»", "\"").Replace(russian), "ru"},
		{"windows-1252", charmap.Windows1252, french, "fr"},
		{"shift_jis", japanese.ShiftJIS, japaneseText, "ja"},
		{"euc-jp", japanese.EUCJP, japaneseText, "ja"},
		{"iso-2022-jp", japanese.ISO2022JP, japaneseText, "ja"},
		{"gb18030", simplifiedchinese.GB18030, chinese, "zh"},
		{"utf-16le", utf.UTF16(utf.LittleEndian, utf.UseBOM), russian, "ru"},
		{"utf-16be", utf.UTF16(utf.BigEndian, utf.UseBOM), chinese, "zh"},
		{"utf-8 with a mark", utf.UTF8BOM, french, "fr"},
	} {
		data, err := tt.enc.NewEncoder().Bytes([]byte(tt.text))
		if err != nil {
			t.Fatal(tt.name, err)
		}
		doc := read(t, "a.txt", string(data))
		if doc.Content.Plain != tt.text || doc.Language != tt.lang {
			t.Errorf("%s, %s: %q", tt.name, doc.Language, doc.Content.Plain)
		}
	}
}

func TestAPageNamesItsEncoding(t *testing.T) {
	body := "<p>Ça s’écrit ainsi : déjà."
	encoded, err := charmap.Windows1252.NewEncoder().String(body)
	if err != nil {
		t.Fatal(err)
	}
	for _, head := range []string{
		`<meta charset="windows-1252">`,
		`<META http-equiv=content-type content='text/html; charset = iso-8859-1'>`,
		`<?xml version="1.0" encoding="ISO-8859-1"?><html>`,
	} {
		if doc := read(t, "a.html", head+encoded); doc.Title != "Ça s’écrit ainsi : déjà." {
			t.Errorf("%s: %q", head, doc.Title)
		}
		// What is UTF-8 is UTF-8, whatever it says of itself.
		if doc := read(t, "a.html", head+body); doc.Title != "Ça s’écrit ainsi : déjà." {
			t.Errorf("%s in UTF-8: %q", head, doc.Title)
		}
	}
	// A wrong declaration is not believed.
	sjis, err := japanese.ShiftJIS.NewEncoder().String("<meta charset=utf-8><p>" + japaneseText)
	if err != nil {
		t.Fatal(err)
	}
	if doc := read(t, "a.html", sjis); !strings.Contains(doc.Content.Plain, "住民組合") {
		t.Errorf("%q", doc.Content.Plain)
	}
}

func TestABrokenByteDoesNotSpoilAFile(t *testing.T) {
	doc := read(t, "a.txt", russian+"\n\nend \xD0")
	if !strings.HasSuffix(doc.Content.Plain, "end \uFFFD") || !strings.HasPrefix(doc.Content.Plain, "Совет") {
		t.Errorf("%q", doc.Content.Plain)
	}
}

func TestNoiseIsNoText(t *testing.T) {
	noise := make([]byte, 4096)
	for i, x := 0, uint32(7); i < len(noise); i++ {
		x = x*1664525 + 1013904223
		noise[i] = max(1, byte(x>>24))
	}
	for name, data := range map[string][]byte{
		"noise":          noise,
		"control":        bytes.Repeat([]byte{1, 2, 3}, 50),
		"a lone mark":    []byte("\xFE\xFF\xD8\x00\xD8\x00\xD8\x00"),
		"noise as UTF-8": append([]byte(bomUTF8), noise...),
	} {
		if text, err := decode(data, false, ""); err == nil ||
			err.Error() != "its character encoding could not be recognised" {
			t.Errorf("%s: %v %.80q", name, err, text.text)
		}
	}
}

func TestLongFilesAreJudgedByTheirForeignLines(t *testing.T) {
	encoded, err := charmap.Windows1251.NewEncoder().String(russian)
	if err != nil {
		t.Fatal(err)
	}
	doc := read(t, "a.txt", strings.Repeat("Only plain ASCII here.\n\n", 3000)+encoded)
	if !strings.HasSuffix(doc.Content.Plain, "требует расследования.") {
		t.Errorf("%q", doc.Content.Plain[len(doc.Content.Plain)-200:])
	}
}
