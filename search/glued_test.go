package search

import (
	"strings"
	"testing"

	"rejoinder/app"
)

func TestWordsWithParticlesOnThem(t *testing.T) {
	asks{
		{"정부", "a by from"}, {"부두", "a by"}, {"안전", "a"}, {"정부는", "a by from"}, {"정부에서", "a by from"}, {"kbs", "by"}, {"KBS를", "by"},
		{"정부미", "rice"}, {"정부*", "a by from rice"}, {`"정부 부두"`, "a"}, {`"정부는 부두"`, "a"}, {`"정부에서 부두"`, ""}, {`"정부 부두"~2`, "a by"},
		{"NEAR(부두 정부, 3)", "a by"}, {"title:정부", ""}, {"text:정부", "a by from"}, {"-정부", "han rice"}, {"국", ""}, {"한국", "han"}, {"작가", "han"}, {"작", ""},
		{"김정은", "han"}, {"경기", ""}, {"경기도", "han"}, {"집", "from"},
	}.each(t,
		written("a", "ko", "정부는 부두가 안전하다고 말했다"), written("by", "", "정부의 새 부두를 KBS는 보았다"), written("from", "ko", "정부들에서도 온 집에서"),
		written("rice", "ko", "정부미"), written("han", "ko", "한국에서 전국 작가 김정은은 경기도에"))
	asks{
		{"ממשלה", "and the to"}, {"הממשלה", "and the to"}, {"שלום", "peace"}, {`"ממשלה אמרה"`, "and"}, {"אמר", ""},
	}.each(t, written("and", "he", "והממשלה אמרה"), written("the", "he", "הממשלה"), written("to", "en", "לממשלה"), written("peace", "he", "לשלום"))
	asks{
		{"الحكومة", "and by note the to"}, {"حكومة", "and by note the to"}, {"حكومه", "and by note the to"}, {`"الحكومة قالت"`, "and"}, {`"حكومة"`, "note"}, {"كتب", "other"},
	}.each(t, written("and", "ar", "والحكومة قالت"), written("the", "ar", "الحكومة"), written("by", "en", "بالحكومة"), written("to", "fa", "للحكومة"),
		written("note", "", "حكومة"), written("other", "ar", "كتب"))
	asks{
		{"کتاب", "many one"}, {"ئۇيغۇر", "ug"}, {"ئۇيغۇرلار", "ug"},
	}.each(t, written("many", "fa", "کتاب\u200cهای من"), written("one", "fa", "كتاب"), written("ug", "ug", "ئۇيغۇرلارنىڭ يېرى"))
	asks{ // scripts without spaces are cut into pairs of characters
		{"มนุษย", "th"}, {"ສິດທິ", "lo"}, {"សិទ្ធិ", "km"}, {"လူ့အခွင့်", "my"}, {"人权", "ja zh"}, {"カメラ", "kana"}, {"ひらがな", "kana"},
	}.each(t, written("th", "th", "สิทธิมนุษยชน"), written("lo", "lo", "ສິດທິມະນຸດ"), written("km", "km", "សិទ្ធិមនុស្ស"), written("my", "my", "လူ့အခွင့်အရေး"),
		written("zh", "zh", "关于人权问题"), written("ja", "ja", "人权です"), written("kana", "ja", "ひらがなとカメラ"))
}

// TestAParticleAgreesWithItsWord has each particle behind a word that ends in a
// vowel, in ㄹ and in another consonant: of the pairs only one is the word with a
// particle on it.
func TestAParticleAgreesWithItsWord(t *testing.T) {
	for _, c := range []struct{ word, with, without string }{
		{"부두", "는 가 를 와 로 라고 였다", "은 이 을 과 으로 이나 으로부터"},
		{"서울", "은 이 을 과 로 로부터 이나", "는 가 를 와 라고 였다"},
		{"법원", "은 이 을 과 으로 으로부터 이나", "는 가 를 와 로 로부터 였다"},
	} {
		var docs []app.Document
		var want []string
		for _, rest := range strings.Fields(c.with) {
			docs, want = append(docs, written(c.word+rest, "ko", c.word+rest)), append(want, c.word+rest)
		}
		for _, rest := range strings.Fields(c.without) {
			docs = append(docs, written(c.word+rest, "ko", c.word+rest))
		}
		ix := synced(t, opened(t, t.TempDir(), newLedger(docs...)))
		finds(t, ix, c.word, want...)
	}
}

// TestANounEndsLikeAParticle asks for nouns whose last syllables might be particles,
// which their beginnings do not answer.
func TestANounEndsLikeAParticle(t *testing.T) {
	for noun, begins := range map[string]string{
		"김정은": "김정", "어린이": "어린", "역사가": "역사", "알리란": "알리", "파라든": "파라", "경기도": "경기", "페르시아만": "페르시아", "자본주의": "자본주", "고속도로": "고속도", "산부인과": "산부인",
		"유도와": "유도", "아르헨티나": "아르헨티", "남대문에": "남대문", "캐나다": "캐나", "과달라하라": "과달라하", "모스크야": "모스크", "광화문들": "광화문", "세종대로": "세종", "무제한": "무제",
		"지우개며": "지우개", "아나톨리여": "아나톨리", "소망할": "소망", "남방해": "남방", "북돋된": "북돋", "두부될": "두부", "자동돼": "자동", "강화뿐": "강화", "신사랑": "신사", "무진하고": "무진", "그라마다": "그라",
	} {
		ix := synced(t, opened(t, t.TempDir(), newLedger(written("noun", "ko", noun), written("begins", "ko", begins))))
		finds(t, ix, noun, "noun")
	}
	asks{{"정부에서", "bare"}, {"정부로부터", "bare"}}.each(t, written("bare", "ko", "정부")) // which end no noun
}

func TestAParticleIsBeingTyped(t *testing.T) {
	text := "정부는 부두가 안전하다고 말했다"
	ix := synced(t, opened(t, t.TempDir(), newLedger(written("a", "ko", text))))
	for asked, marked := range map[string]string{"정": "정부는", "정부": "정부는", "부두": "부두가", "정부는 부": "정부는|부두가", `"정부 부`: "정부는 부두가", `"정부 부두"`: "정부는 부두가"} {
		r, err := ix.Search(t.Context(), app.SearchQuery{Text: asked, Typing: true})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, m := range ix.Marks(text, "ko", r.Terms) {
			got = append(got, string([]rune(text)[m.Start:m.End]))
		}
		if len(r.Hits) != 1 || strings.Join(got, "|") != marked {
			t.Errorf("%s finds %v and marks %q", asked, r.Hits, got)
		}
	}
}
