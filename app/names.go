package app

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// isInvisible says whether a code point shows nothing by itself: format and
// control characters, fillers, variation selectors. White space is none of them,
// nor are the signs of Arabic and Syriac that enclose numbers.
func isInvisible(r rune) bool {
	switch {
	case r < 0xA0:
		return unicode.Is(unicode.Cc, r) && !unicode.IsSpace(r)
	case unicode.Is(unicode.Prepended_Concatenation_Mark, r):
		return false
	}
	return unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point) || r == blankBraille
}

const (
	blankBraille = '\u2800'
	nonJoiner    = '\u200C'
	joiner       = '\u200D'
	blackFlag    = '\U0001F3F4' // the letters of a region's flag follow it, unseen
)

// shows says whether anything of a name can be seen.
func shows(name string) bool {
	return strings.ContainsFunc(name, func(r rune) bool {
		return unicode.In(r, unicode.L, unicode.N, unicode.P, unicode.S, unicode.Co) && !isInvisible(r)
	})
}

// CleanName is a name as it is stored and shown: one line, composed (NFC), without
// invisible characters but those that its script is written with: joiners inside
// words of scripts that join, and what makes one sign of several emoji.
func CleanName(s string) string {
	runes := []rune(norm.NFC.String(OneLine(s)))
	out := make([]rune, 0, len(runes))
	for i, r := range runes {
		if !isInvisible(r) || r != blankBraille && belongs(runes, i) {
			out = append(out, r)
		}
	}
	return OneLine(norm.NFC.String(string(out)))
}

// belongs says whether the invisible character at i changes what is seen.
func belongs(name []rune, i int) bool {
	var before, after rune
	if i > 0 {
		before = name[i-1]
	}
	if i+1 < len(name) {
		after = name[i+1]
	}
	r := name[i]
	switch {
	case r == nonJoiner:
		return joins(before) && joins(after)
	case r == joiner:
		return joins(before) && (joins(after) || unicode.IsMark(before)) || isEmoji(before) && isEmoji(after)
	case unicode.Is(unicode.Variation_Selector, r):
		return isEmoji(before) || unicode.In(before, unicode.Han, unicode.Mongolian, unicode.N)
	case r >= 0xE0020 && r <= 0xE007F: // the region of a flag
		for ; i > 0 && name[i] >= 0xE0020 && name[i] <= 0xE007F; i-- {
		}
		return name[i] == blackFlag
	}
	return false
}

// joins says whether a letter is of a script in which joiners make a difference.
func joins(r rune) bool {
	return unicode.In(r, unicode.L, unicode.M) &&
		!unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana, unicode.Hebrew, unicode.Thai)
}

func isEmoji(r rune) bool {
	return unicode.In(r, unicode.So, unicode.Sk) && r >= 0x2000 || r == '\uFE0F'
}

// withoutInvisible is a folded name without what cannot be seen, joiners too. The
// letters of a flag stay: flags differ by nothing else.
func withoutInvisible(s string) string {
	flag := false
	return strings.Map(func(r rune) rune {
		region := r >= 0xE0020 && r <= 0xE007F
		flag = r == blackFlag || flag && region
		if isInvisible(r) && (!flag || !region) {
			return -1
		}
		if r == '\u2010' || r == '\u2011' { // hyphens that look like one
			return '-'
		}
		return r
	}, s)
}
