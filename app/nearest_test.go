package app_test

import (
	"errors"
	"strings"
	"testing"

	"rejoinder/app"
	"rejoinder/app/apptest"
)

// What is not there is answered with what may be meant.
func TestWhatIsNotThereIsAnsweredWithTheNearest(t *testing.T) {
	nb := apptest.New(t)
	nb.Statement("Chinese foreign ministry", app.Denies, "The blacklisting has nothing to do with the trade talks")
	nb.Statement("Hikvision", app.Asserts, "The listed firms took part in human-rights abuses in Xinjiang")
	nb.Statement("Hikari", app.Asserts, "The quay is unsafe")
	actor := func(name string) error { _, err := nb.ActorID(t.Context(), name); return err }
	claim := func(text string) error { _, err := nb.ClaimID(t.Context(), text); return err }
	page := func(name string) error { _, _, err := nb.Page(t.Context(), app.Scope{}, name); return err }
	for _, test := range []struct {
		err  error
		want string
	}{
		{actor("Hikvison"), `There is no actor "Hikvison" in this notebook; did you mean “Hikvision”?`},
		{actor("Foreign Ministry"), "; did you mean “Chinese foreign ministry”?"},
		{actor("Nobody"), `There is no actor "Nobody" in this notebook.`},
		{actor("h"), `There is no actor "h" in this notebook.`},
		{claim("The listd firms took"), "; did you mean “The listed firms took part in human-rights abuses in Xinjiang”?"},
		{claim("trade talks blacklisting"), "; did you mean “The blacklisting has nothing to do with the trade talks”?"},
		{claim("The moon is cheese"), `There is no claim "The moon is cheese" in this notebook.`},
		{page("hikvisio"), `Nothing in this notebook is called "hikvisio"; did you mean “Hikvision”?`},
	} {
		if got := app.Sentence(test.err); !errors.Is(test.err, app.ErrNotFound) || !strings.HasSuffix(got, test.want) {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
}
