package app

import "strings"

// negations are words that turn a sentence round, in the languages that search
// knows: those of all languages at once, for a passage may quote another, and a
// word too many only asks a question. English contractions and French elisions are
// seen by their ends.
var negations = wordSet(`
	no not never none nobody nothing nowhere neither nor without cannot cant wont dont nay hardly scarcely barely seldom rarely
	non un unless except lack lacks lacked failed fails denied denies deny denying refused refuses false falsely untrue wrongly
	nicht nichts nie niemals nirgends niemand niemanden niemandem kein keine keinen keinem keiner keines weder noch ohne nein kaum keinesfalls keineswegs
	ne pas point jamais rien aucun aucune aucuns aucunes nul nulle ni sans guère personne
	nunca jamás nada nadie ningún ninguno ninguna ningunos ningunas tampoco sin apenas
	né mai niente nulla nessuno nessuna nessun neanche nemmeno neppure senza mica
	não nem jamais ninguém nenhum nenhuma nenhuns nenhumas sem tampouco nao
	niet niets nooit niemand nergens geen noch zonder nee nauwelijks
	inte icke ej aldrig ingen inget inga ingenting varken utan nej knappast
	ikke aldri aldrig ingen intet inga ikkje ingenting hverken verken uden uten nei nej
	ei emme ette eivät eikä enkä ettei eivätkä älä koskaan mitään ilman tuskin eikö
	nem ne sem soha nincs nincsenek semmi senki nélkül dehogy sincs sosem
	nu niciodată nimic nimeni niciun nicio nici fără n-a n-au
	не нет ни никогда никто никого никому никем ничего ничто ничем ничему нигде без никак никакой никакая никакие никакого нельзя едва отнюдь нету
	nie nigdy nikt nikogo nikomu nic niczego nigdzie żaden żadna żadne żadnego żadnej ani bez brak wcale
	ne není nejsou nebyl nikdy nikdo nic nikde žádný žádná žádné ani bez nikoli nikoliv nemá
	не няма никога никой нищо никъде нито без недей никакъв никаква никакви
	no mai res ningú cap enlloc tampoc sense
	ne nije nisu nikada nikad nitko ništa nigdje nijedan bez niti nema nemoj
	δεν μη μην όχι ποτέ κανείς κανένας καμία κανένα τίποτα τίποτε πουθενά ούτε μήτε χωρίς δίχως
	tidak bukan belum tanpa jangan tiada tak tidaklah bukanlah
	ní níl níor nár nach cha gan ná riamh níorbh níorbh
	non nunca xamais nada ninguén ningún ningunha nin sen
	ez ezin inoiz ezer inor gabe
	չի ոչ չէ չեն երբեք ոչինչ ոչ-ոք առանց չէր
	değil yok hiç hayır asla hiçbir kimse ne siz sız suz süz değildir
	नहीं न मत ना बिना नही कभी
	لا لم لن ليس ليست ليسوا ما غير بدون دون بلا كلا أبدا
	نیست نه نمی هرگز هیچ بدون نبود نخواهد
	نەخێر نا نییە هیچ بێ
	不 没 沒 無 无 非 未 否 别 別 勿 莫 毋 ない ぬ ず 아니 않 못 없`)

func wordSet(words string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(words) {
		out[w] = true
	}
	return out
}

// isNegation says that a word in small letters turns its sentence round.
func isNegation(word string) bool {
	return negations[word] || strings.HasSuffix(word, "n't") || strings.HasPrefix(word, "n'") ||
		strings.HasPrefix(word, "n-") || strings.HasPrefix(word, "s'n")
}

// negatingBeginnings make a word of its opposite.
var negatingBeginnings = strings.Fields(`un in im il ir non dis mis anti counter de a ab des dés mal més
	miss nicht on u o niet ne nie не ни без бес анти bez нe α αν αντι ан ա չ an neamh mí epä des sans tan`)

// negatingMiddles turn a verb round from inside, in Turkish, and negatingEnds a
// noun, as in harmless.
var (
	negatingMiddles = []string{"ma", "me", "mı", "mi", "mu", "mü"}
	negatingEnds    = []string{"less", "los", "loos", "lös", "løs", "ton", "tön", "talan", "telen", "siz", "sız", "suz", "süz"}
)

// areOpposites says that two words in small letters may be one another's opposite
// by what one has more than the other.
func areOpposites(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 2 || len(a) == len(b) {
		return false
	}
	if lead, ok := strings.CutSuffix(b, a); ok {
		for _, n := range negatingBeginnings {
			if lead == n {
				return true
			}
		}
	}
	for _, n := range negatingMiddles {
		for at := 1; at < len(b)-len(n); at++ {
			if strings.HasPrefix(b[at:], n) && b[:at]+b[at+len(n):] == a {
				return true
			}
		}
	}
	for _, n := range negatingEnds {
		if stem, ok := strings.CutSuffix(b, n); ok && strings.HasPrefix(a, stem) && len(stem) > 2 {
			return true
		}
	}
	return false
}
