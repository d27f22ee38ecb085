package viewmodel_test

import (
	"testing"

	"rejoinder/app/viewmodel"
)

// A link is completed with a name that has brackets and bars, and keeps what it is
// shown as; behind its bar nothing is completed.
func TestALinkIsCompletedWithAnyName(t *testing.T) {
	for _, test := range []struct {
		body  string
		caret int
		typed string
		name  string
		want  string
	}{
		{"see [[Bl", 8, "Bl", "Br]]a|ck", `see [[Br\]\]a\|ck]]`},
		{"see [[Black|the man]] x", 8, "Bl", "Ann", "see [[Ann|the man]] x"},
		{`see [[a\]b`, 10, "a]b", `C:\x`, `see [[C:\\x]]`},
		{"[[a]] [[b", 9, "b", "B", "[[a]] [[B]]"},
	} {
		typed, _, ok := viewmodel.LinkAt(test.body, test.caret)
		if got, _ := viewmodel.CompleteLink(test.body, test.caret, test.name); !ok || typed != test.typed || got != test.want {
			t.Errorf("%q: typed %q, %v, becomes %q, want %q", test.body, typed, ok, got, test.want)
		}
	}
	for _, body := range []string{"[[a|b", "[[a]] b", "[[a\nb", "a"} {
		if _, _, ok := viewmodel.LinkAt(body, len(body)); ok {
			t.Errorf("%q has the caret in a name", body)
		}
	}
}
