package settings

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
)

func TestNewUserHasDefaults(t *testing.T) {
	s, err := Load(filepath.Join(t.TempDir(), "rejoinder", "settings.json"))
	if err != nil || !reflect.DeepEqual(s, Default()) {
		t.Errorf("%+v, %v", s, err)
	}
	if !reflect.DeepEqual(s, s.tidy()) {
		t.Error("the defaults do not pass their own check")
	}
}

func TestSettingsAreReadAsTheyWereSaved(t *testing.T) {
	path := filepath.Join(t.TempDir(), "config", "rejoinder", "settings.json")
	s := Default()
	s.Appearance, s.Notebook, s.Width, s.Height, s.ListWidth, s.PaneWidth = "dark", "/home/ann/ھۈججەت", 1000, 700.5, 0.4, 0.2
	s.Reading = Reading{Zoom: 1.5, Column: "wide", Spacing: "loose", Face: "sans", Outline: true}
	for range 2 { // the second time over the first
		if err := s.Save(path); err != nil {
			t.Fatal(err)
		}
		got, err := Load(path)
		if err != nil || !reflect.DeepEqual(got, s) {
			t.Fatalf("read %+v, %v; saved %+v", got, err, s)
		}
		s.Appearance = "light"
	}
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil || len(files) != 1 {
		t.Errorf("beside the settings stand %v, %v", files, err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("others can read the settings: %v, %v", info.Mode(), err)
	}
}

func TestDamagedSettingsAreDefaultsWithAnError(t *testing.T) {
	for _, data := range []string{"", "{", `{"width": "wide"}`, "[]"} {
		path := write(t, data)
		s, err := Load(path)
		if err == nil || !strings.HasPrefix(err.Error(), "settings: ") || !reflect.DeepEqual(s, Default()) {
			t.Errorf("%q: %+v, %v", data, s, err)
		}
	}
	if s, err := Load(t.TempDir()); err == nil || !reflect.DeepEqual(s, Default()) { // a folder
		t.Errorf("a folder: %+v, %v", s, err)
	}
}

func TestValuesThatWouldHideTheWindowAreReplaced(t *testing.T) {
	d := Default()
	with := func(edit func(*Settings)) Settings {
		s := Default()
		edit(&s)
		return s
	}
	for data, want := range map[string]Settings{
		`{"width": 0, "height": 900}`:                                   d,
		`{"width": 1e9, "height": 900}`:                                 d,
		`{"width": 900, "height": -5}`:                                  d,
		`{"width": 900, "height": 600, "future": [1,2]}`:                with(func(s *Settings) { s.Width, s.Height = 900, 600 }),
		`{"list_width": 0, "pane_width": 1}`:                            d,
		`{"reading": {"zoom": 90, "column": "vast"}}`:                   d,
		`{"list_width": 0.5, "pane_width": 0.3}`:                        with(func(s *Settings) { s.ListWidth, s.PaneWidth = 0.5, 0.3 }),
		`{"board_columns": ["claims", "claims", ""], "board_first": 3}`: d,
		`{"board_columns": ["counterclaims", "actors", "claims"]}`:      with(func(s *Settings) { s.BoardColumns = []string{"counterclaims", "actors", "claims"} }),
	} {
		if s, err := Load(write(t, data)); err != nil || !reflect.DeepEqual(s, want) {
			t.Errorf("%s: %+v, %v", data, s, err)
		}
	}
}

func TestSettingsThatCannotBeSaved(t *testing.T) {
	file := write(t, "{}")
	err := Default().Save(filepath.Join(file, "settings.json")) // its folder is a file
	if err == nil || !strings.HasPrefix(err.Error(), "settings: ") {
		t.Errorf("error %v", err)
	}
}

func write(t *testing.T, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "settings.json")
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}
