package importer

import (
	"strings"
	"testing"
)

func TestTheLanguageOfAText(t *testing.T) {
	for _, tt := range []struct{ text, want string }{
		{"The council said on Thursday that it would not put cameras on the quay.", "en"},
		{french, "fr"},
		{russian, "ru"},
		{chinese, "zh"},
		{japaneseText, "ja"},
		{"항만 위원회는 목요일에 부두에 카메라를 설치하지 않겠다고 밝혔다.", "ko"},
		{"ئۇيغۇر", "ug"},
		{"پورت كېڭىشى پەيشەنبە كۈنى پورتقا كامېرا ئورناتمايدىغانلىقىنى ئېيتتى.", "ug"},
		{"قال مجلس الميناء يوم الخميس إنه لن يضع كاميرات على الرصيف بعد أشهر من الاحتجاج.", "ar"},
		{"شورای بندر روز پنجشنبه اعلام کرد که دوربینی در اسکله نصب نخواهد کرد و از طرح خود گذشت.", "fa"},
		{"ok", ""},
		{"12 345", ""},
		{"", ""},
		{"", ""},
	} {
		if got := detectLanguage(tt.text); got != tt.want {
			t.Errorf("%q for %q", got, tt.text)
		}
	}
}

func TestADeclaredLanguageIsBelievedWhenItCanBe(t *testing.T) {
	english := "The council said on Thursday that it would not put cameras on the quay."
	for _, tt := range []struct{ declared, text, want string }{
		{"en-GB", english, "en"},
		{"zh_CN", chinese, "zh"},
		{"zho", chinese, "zh"},
		{"ja", chinese, "ja"}, // the same script: the author knows better
		{"en", chinese, "zh"}, // the default of a template
		{"zh-CN", english, "en"},
		{"sr", english, "sr"}, // has two scripts
		{"Deutsch", "Kurz.", "de"},
		{"yue", "x", "yue"},
		{"x-none", english, "en"},
		{"und", english, "en"},
		{"qq", english, "en"},
		{"", "ok", ""},
	} {
		if got := declaredLanguage(tt.declared, tt.text); got != tt.want {
			t.Errorf("%q with %.20q: %q", tt.declared, tt.text, got)
		}
	}
}

func TestLanguagesGoByTheirShortestCode(t *testing.T) {
	yiddish := strings.Repeat("דער פּאָרט־ראַט האָט דאָנערשטיק געזאָגט אַז ער וועט נישט שטעלן קיין קאַמעראַס. ", 3)
	if got := detectLanguage(yiddish); got != "yi" {
		t.Errorf("%q", got)
	}
}
