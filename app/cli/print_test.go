package cli

import (
	"slices"
	"testing"
)

func TestTextWithoutSpacesFillsItsLines(t *testing.T) {
	for _, test := range []struct {
		text string
		want []string
	}{
		{"✕ “美方选择在磋商前，两天宣布。”", []string{"✕ “美方选择在磋", "商前，两天宣", "布。”"}},
		{"see 美方选择在磋商前", []string{"see 美方选择在", "磋商前"}},
		{"? Donaudampfschifffahrt ends", []string{"? Donaudampfsch", "ifffahrt ends"}},
		{"It was a very long day", []string{"It was a very", "long day"}},
		{"  held in re-education", []string{"held in re-", "education"}},
		{"", nil},
	} {
		if got := wrap(test.text, 15); !slices.Equal(got, test.want) {
			t.Errorf("%q is %q, want %q", test.text, got, test.want)
		}
	}
	if got := wrap("美方", 1); !slices.Equal(got, []string{"美", "方"}) {
		t.Errorf("too narrow a column has %q", got)
	}
}
