package app

import "strings"

// hanNumerals are the numerals of Chinese and Japanese.
const hanNumerals = "〇一二三四五六七八九十百千万萬亿億兆零两兩壹贰叁肆伍陆柒捌玖拾半"

// numberWords are the numbers up to twelve, the tens and what counts are named by
// in the languages that search knows and that have capitals; in others every word
// that differs may be a name, and asks anyway. What is also an article or another
// common word, as the Danish "to", is left out.
var numberWords = wordSet(`
	zero nil one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen
	twenty thirty forty fifty sixty seventy eighty ninety half halves third thirds quarter quarters dozen dozens once twice thrice
	double doubled triple tripled both first second fourth fifth sixth seventh eighth ninth tenth percent per-cent pair few several many most all every
	null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf halb halbe hälfte drittel viertel dutzend beide beiden erste zweite dritte alle prozent
	zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante cinquante soixante moitié tiers quart douzaine tous toutes
	cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa mitad medio media tercio cuarto docena todos todas ambos
	tre quattro cinque sette otto nove dieci undici dodici venti trenta quaranta cinquanta sessanta settanta ottanta novanta metà mezzo terzo dozzina tutti tutte
	dois duas três quatro sete oito dez onze doze vinte trinta quarenta cinqüenta cinquenta sessenta setenta oitenta noventa metade meia terço dúzia
	nul één twee drie vier vijf zes zeven acht negen tien elf twaalf helft halve derde kwart dozijn alle
	noll två tre fyra fem sex sju åtta nio tio elva tolv hälften halva tredjedel dussin båda alla
	nul tre fire fem seks syv sju otte åtte ni elleve tolv halvdelen halv tredjedel dusin begge
	nolla yksi kaksi kolme neljä viisi kuusi seitsemän kahdeksan yhdeksän kymmenen puoli puolet kaikki
	nulla két kettő három négy öt hat hét nyolc kilenc tíz húsz harminc negyven fél fele tucat mind
	doi două trei patru cinci șase şase șapte şapte opt nouă zece jumătate toți
	ноль нуль один одна одно два две три четыре пять шесть семь восемь девять десять двенадцать сорок сто половина треть четверть дюжина оба обе все пол
	zero jeden jedna jedno dwa dwie trzy cztery pięć sześć siedem osiem dziewięć dziesięć sto połowa pół tuzin oba obie wszyscy
	nula jeden jedna jedno dva dvě tři čtyři pět šest sedm osm devět deset sto polovina půl tucet oba obě všichni
	нула едно един една два две три четири пет шест седем осем девет десет сто половин половина всички
	dos dues tres quatre cinc vuit nou deu onze dotze vint trenta meitat mig
	nula jedan jedna dva dvije tri četiri pet šest sedam osam devet deset sto polovica pola svi
	μηδέν ένας μία ένα δύο τρεις τρία τέσσερις τέσσερα πέντε έξι επτά εφτά οκτώ οχτώ εννέα εννιά δέκα εκατό μισό μισά όλοι
	nol satu dua tiga empat lima enam tujuh delapan sembilan sepuluh sebelas setengah separuh semua
	náid aon dó dhá trí ceithre cúig sé seacht ocht naoi deich fiche leath
	dous dúas catro seis sete oito nove dez metade
	hiru lau bost zazpi zortzi bederatzi hamar hogei erdi
	մեկ երկու երեք չորս հինգ վեց յոթ ութ ինը տասը հարյուր կես
	sıfır bir iki üç dört beş altı yedi sekiz dokuz yirmi otuz kırk elli altmış yetmiş seksen doksan yüz yarım yarısı`)

// numberParts are in words that are numbers, or parts of larger ones.
var numberParts = strings.Fields(`hundred thousand million billion trillion hundert tausend zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig
	milliard billón billon billones cent mille mila mil honderd duizend twintig dertig veertig vijftig zestig zeventig tachtig negentig miljoen miljard
	hundra tusen tjugo trettio fyrtio femtio sextio sjuttio åttio nittio miljon hundre tyve tjue tredive førti femti
	sata tuhat miljoon kymmenen száz ezer millió milliárd sută sute mii milion miliard
	двадцат тридцат десят девяност сотн тысяч миллион миллиард триллион пятьсот
	dwadzieśc trzydzieśc czterdzieśc dziesiąt tysiąc tysięc milion tisíc milión хиляд милион
	χιλιάδ εκατομμ tisuć milijun ratus ribu juta miliar ehun mila milioi հազար միլիոն milyon milyar míle milliún`)

// isPlainNumberWord says that a word is a number in whichever language it is: it is
// long enough to be nothing else.
func isPlainNumberWord(word string) bool { return RuneCount(word) > 3 && isNumberWord(word) }

// isNumberWord says that a word in small letters is a number, or a part of one.
func isNumberWord(word string) bool {
	if numberWords[word] {
		return true
	}
	for _, p := range numberParts {
		if len(p) > 4 && strings.Contains(word, p) || len(p) <= 4 && (word == p || word == p+"s") {
			return true
		}
	}
	return false
}
