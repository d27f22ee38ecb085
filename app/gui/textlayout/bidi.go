package textlayout

import (
	"slices"

	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/text/unicode/bidi"
)

// direction is that of the first letter with a direction of its own.
func direction(text []rune) di.Direction {
	for _, r := range text {
		switch class(r) {
		case bidi.L:
			return di.DirectionLTR
		case bidi.R, bidi.AL:
			return di.DirectionRTL
		}
	}
	return di.DirectionLTR
}

// RightToLeft says whether a text's first letter with a direction runs from
// right to left.
func RightToLeft(text string) bool { return direction([]rune(text)) == di.DirectionRTL }

// numbersFromTheRight says which code points are numbers that belong to words
// that run from right to left, in a text that itself runs from left to right:
// they stand left of the word before them (rules W2 to W7 of UAX #9). go-text
// does not tell them from what follows. nil when there are none.
func numbersFromTheRight(text []rune) []bool {
	var out []bool
	afterRTL := false
	for i := 0; i < len(text); {
		switch class(text[i]) {
		case bidi.L:
			afterRTL = false
		case bidi.R, bidi.AL:
			afterRTL = true
		case bidi.EN, bidi.AN, bidi.ET:
			end := numberEnd(text, i)
			if afterRTL && end > i || class(text[i]) == bidi.AN {
				if out == nil {
					out = make([]bool, len(text))
				}
				for ; i < end; i++ {
					out[i] = true
				}
				continue
			}
		}
		i++
	}
	return out
}

// numberEnd is the end of the number that begins at i, with its signs and
// separators; i when none begins there.
func numberEnd(text []rune, i int) int {
	digits := false
	end := i
	for j := i; j < len(text); j++ {
		switch class(text[j]) {
		case bidi.EN, bidi.AN:
			digits, end = true, j+1
		case bidi.ET:
			if digits && end == j {
				end = j + 1
			}
		case bidi.ES, bidi.CS:
			if end != j || j+1 == len(text) || class(text[j+1]) != bidi.EN && class(text[j+1]) != bidi.AN {
				return end
			}
		case bidi.NSM, bidi.BN:
		default:
			return end
		}
	}
	return end
}

func class(r rune) bidi.Class {
	p, _ := bidi.LookupRune(r)
	return p.Class()
}

// cut divides what is shaped together where those numbers begin and end.
func (s *shaped) cut(in shaping.Input) []shaping.Input {
	if s.numbers == nil || in.Direction.Progression() == di.TowardTopLeft {
		return []shaping.Input{in}
	}
	var out []shaping.Input
	for i := in.RunStart + 1; i < in.RunEnd; i++ {
		if s.numbers[i] != s.numbers[i-1] {
			before := in
			before.RunEnd, in.RunStart = i, i
			out = append(out, before)
		}
	}
	return append(out, in)
}

// pairs sets the brackets of the parts to shape whose partners stand among
// letters of the other direction as the paragraph runs (rule N0 of UAX #9): x/text
// takes the one and the other for what stands around it.
func (s *shaped) pairs(parts []shaping.Input) []shaping.Input {
	if !slices.ContainsFunc(parts, func(in shaping.Input) bool { return in.Direction != s.direction }) {
		return parts
	}
	from, text := parts[0].RunStart, parts[0].Text
	against := make([]bool, parts[len(parts)-1].RunEnd-from) // runs against the paragraph
	for _, in := range parts {
		for i := in.RunStart; i < in.RunEnd && in.Direction != s.direction; i++ {
			against[i-from] = true
		}
	}
	flipped := flip(text[from:from+len(against)], against)
	if flipped == nil {
		return parts
	}
	var out []shaping.Input
	for _, in := range parts {
		for i := in.RunStart + 1; i <= in.RunEnd; i++ {
			if i < in.RunEnd && flipped[i-from] == flipped[i-1-from] {
				continue
			}
			part := in
			part.RunEnd, in.RunStart = i, i
			if flipped[i-1-from] {
				part.Direction = s.direction
			}
			out = append(out, part)
		}
	}
	return out
}

// flip says which brackets, with the spaces around them, run against the
// paragraph without their partners; nil when there are none.
func flip(text []rune, against []bool) []bool {
	var out []bool
	var open []int
	set := func(i int) {
		if out == nil {
			out = make([]bool, len(text))
		}
		out[i] = true
		for j := i + 1; j < len(text) && neutral(text[j]); j++ {
			out[j] = true
		}
		for j := i - 1; j >= 0 && neutral(text[j]); j-- {
			out[j] = true
		}
	}
	for i, r := range text {
		p, _ := bidi.LookupRune(r)
		if !p.IsBracket() {
			continue
		}
		if p.IsOpeningBracket() {
			open = append(open, i)
			continue
		}
		if len(open) == 0 {
			continue
		}
		partner := open[len(open)-1]
		open = open[:len(open)-1]
		if (against[i] || against[partner]) && slices.Contains(against[partner:i+1], false) {
			for _, b := range []int{partner, i} {
				if against[b] {
					set(b)
				}
			}
		}
	}
	return out
}

func neutral(r rune) bool {
	switch class(r) {
	case bidi.WS, bidi.ON, bidi.S, bidi.B:
		p, _ := bidi.LookupRune(r)
		return !p.IsBracket()
	}
	return false
}

// level is how deep a run is embedded: even ones run from left to right.
func (s *shaped) level(run shaping.Output) int {
	switch {
	case run.Direction.Progression() == di.TowardTopLeft:
		return 1
	case s.direction == di.DirectionRTL:
		return 2
	case run.Runes.Count > 0 && s.numbers != nil && s.numbers[run.Runes.Offset]:
		return 2
	}
	return 0
}

// fromLeft orders the runs of a line as they stand from left to right (rule L2).
func (s *shaped) fromLeft(runs []shaping.Output) {
	levels := make([]int, len(runs))
	for i, run := range runs {
		levels[i] = s.level(run)
	}
	for level := 2; level > 0; level-- {
		for i := 0; i < len(runs); i++ {
			end := i
			for end < len(runs) && levels[end] >= level {
				end++
			}
			slices.Reverse(runs[i:end])
			slices.Reverse(levels[i:end])
			i = max(i, end)
		}
	}
}
