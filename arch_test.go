package main

import (
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// module is the prefix of our own packages' import paths.
const module = "rejoinder"

// arrows say what each package of ours may import, by its folder. A folder that
// is not here has to be put here first; only its own rule holds for it.
var arrows = map[string]rule{
	".": {ours: []string{"app", "app/cli", "app/gui", "app/importer", "app/sample", "search", "storage"}, others: []string{"github.com/adrg/xdg"}},

	"app":          {ours: []string{"app/layers", "app/notelink", "app/query", "app/verbatim"}, others: []string{"github.com/google/uuid", "github.com/pmezard/go-difflib", "github.com/rivo/uniseg", "golang.org/x/text"}},
	"app/layers":   {},
	"app/notelink": {others: []string{"github.com/yuin/goldmark"}},
	"app/query":    {},
	"app/verbatim": {others: []string{"golang.org/x/net/html/charset"}},
	"app/apptest":  {ours: []string{"app", "app/importer", "search", "storage"}},
	"app/cli":      {ours: []string{"app", "app/exporter", "app/query", "app/sample"}, others: anything},
	"app/exporter": {ours: []string{"app"}, others: anything},
	"app/importer": {ours: []string{"app"}, others: anything},
	"app/sample":   {ours: []string{"app", "assets"}},
	"app/settings": {ours: []string{"app"}, others: anything},

	"app/importer/nodateparser": {}, // a module of its own, in the place of one
	"app/viewmodel":             {ours: []string{"app", "app/notelink", "app/query"}, others: anything},

	"app/gui":            {ours: []string{"app", "app/exporter", "app/notelink", "app/gui/textlayout", "app/gui/widgets", "app/sample", "app/settings", "app/viewmodel", "assets"}, others: anything},
	"app/gui/textlayout": {others: anything},
	"app/gui/widgets":    {ours: []string{"app/gui/textlayout"}, others: anything},

	"assets":  {},
	"search":  {ours: []string{"app", "app/query"}, others: anything},
	"storage": {ours: []string{"app", "storage/salvage"}, others: anything},

	"storage/salvage": {},
}

// rule is what a package may import besides the standard library: of ours by
// folder, of others by the beginning of the path.
type rule struct{ ours, others []string }

var anything = []string{""}

// fenced are modules that only some folders may import, whatever their rules say.
var fenced = []struct {
	prefix string
	in     []string // folders, or single files
}{
	{"fyne.io/", []string{"app/gui", "app/gui/widgets", "window.go"}},
	{"github.com/mattn/go-sqlite3", []string{"storage"}},
	{"github.com/blevesearch/", []string{"search"}},
	{"github.com/alecthomas/kong", []string{"app/cli"}},
	{"testing", []string{"app/apptest"}},
}

// wrongArrow says why the file must not import path; "" when it may.
func wrongArrow(file, path string) string {
	folder := filepath.ToSlash(filepath.Dir(file))
	own, known := arrows[folder]
	if !known {
		return fmt.Sprintf("the folder %s is not in arch_test.go: say what it may import", folder)
	}
	for _, f := range fenced {
		if strings.HasPrefix(path, f.prefix) && !slices.Contains(f.in, folder) && !slices.Contains(f.in, file) {
			return fmt.Sprintf("%s may be imported only by %s", path, strings.Join(f.in, ", "))
		}
	}
	switch first, _, _ := strings.Cut(path, "/"); {
	case first == module:
		if !slices.Contains(own.ours, strings.TrimPrefix(path, module+"/")) {
			return fmt.Sprintf("%s may import of ours only %q, not %s", folder, own.ours, path)
		}
	case strings.Contains(first, "."): // not of the standard library
		fits := slices.ContainsFunc(own.others, func(prefix string) bool {
			return prefix == "" || strings.HasPrefix(path+"/", prefix+"/")
		})
		if !fits && !fencedIn(file, folder, path) {
			return fmt.Sprintf("%s may import of others only %q, not %s", folder, own.others, path)
		}
	}
	return ""
}

// fencedIn says that path is of a module that this file or folder is the fence of.
func fencedIn(file, folder, path string) bool {
	for _, f := range fenced {
		if strings.HasPrefix(path, f.prefix) && (slices.Contains(f.in, folder) || slices.Contains(f.in, file)) {
			return true
		}
	}
	return false
}

// Everything points to app, and app points nowhere: design in ARCHITECTURE.md.
func TestArrows(t *testing.T) {
	seen := map[string]bool{}
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "testdata" || slices.Contains(noCode, path)) {
			return fs.SkipDir
		}
		if d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		path = filepath.ToSlash(path)
		seen[filepath.ToSlash(filepath.Dir(path))] = true
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		for _, im := range f.Imports {
			imported, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				return err
			}
			if why := wrongArrow(path, imported); why != "" {
				t.Errorf("%s: %s", path, why)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range []string{".", "app", "app/cli", "app/importer", "search", "storage"} {
		if !seen[folder] {
			t.Errorf("no Go file was read in %s: the test looks in the wrong place", folder)
		}
	}
}

// A folder at the top is in the design, or it is no code.
func TestTopLevelFoldersAreKnown(t *testing.T) {
	entries, err := os.ReadDir(".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() && !strings.HasPrefix(e.Name(), ".") && !knownAtTheTop(e.Name()) {
			t.Errorf("the folder %s is new at the top: put it into arch_test.go, and into ARCHITECTURE.md", e.Name())
		}
	}
}

// noCode are folders at the top without packages of the program.
var noCode = []string{"build", "docs", "packaging"}

func knownAtTheTop(folder string) bool {
	_, ok := arrows[folder]
	return ok || slices.Contains(noCode, folder)
}

// The test above has to fail when an arrow is wrong.
func TestWrongArrowsAreFound(t *testing.T) {
	for _, tt := range []struct {
		file, imports string
		wrong         bool
	}{
		{"app/actor.go", "strings", false},
		{"app/id.go", "github.com/google/uuid", false},
		{"app/fold.go", "golang.org/x/text/unicode/norm", false},
		{"app/fold.go", "golang.org/x/textual", true},
		{"app/actor.go", "rejoinder/storage", true},
		{"app/actor.go", "rejoinder/app/cli", true},
		{"app/actor.go", "rejoinder", true},
		{"app/actor.go", "github.com/gofrs/flock", true},
		{"app/actor.go", "testing", true},
		{"storage/lock.go", "github.com/gofrs/flock", false},
		{"storage/storage.go", "github.com/mattn/go-sqlite3", false},
		{"storage/storage.go", "rejoinder/app", false},
		{"storage/storage.go", "rejoinder/search", true},
		{"storage/storage.go", "rejoinder/app/importer", true},
		{"search/index.go", "github.com/blevesearch/bleve/v2", false},
		{"search/index.go", "github.com/mattn/go-sqlite3", true},
		{"search/index.go", "rejoinder/storage", true},
		{"storage/storage.go", "github.com/blevesearch/zapx/v17", true},
		{"app/importer/html.go", "rejoinder/app", false},
		{"app/importer/html.go", "rejoinder/app/viewmodel", true},
		{"app/exporter/html.go", "rejoinder/app", false},
		{"app/exporter/html.go", "rejoinder/storage", true},
		{"app/viewmodel/board.go", "rejoinder/app", false},
		{"app/viewmodel/board.go", "fyne.io/fyne/v2", true},
		{"app/viewmodel/board.go", "rejoinder/app/gui", true},
		{"app/gui/board.go", "fyne.io/fyne/v2/widget", false},
		{"app/gui/board.go", "rejoinder/app/viewmodel", false},
		{"app/gui/board.go", "rejoinder/storage", true},
		{"app/gui/board.go", "rejoinder/app/cli", true},
		{"app/gui/widgets/card.go", "rejoinder/app/gui/textlayout", false},
		{"app/gui/widgets/card.go", "rejoinder/app", true},
		{"app/gui/textlayout/layout.go", "github.com/go-text/typesetting/shaping", false},
		{"app/gui/textlayout/layout.go", "fyne.io/fyne/v2", true},
		{"app/gui/textlayout/layout.go", "rejoinder/assets", true},
		{"app/cli/cli.go", "github.com/alecthomas/kong", false},
		{"app/cli/cli.go", "rejoinder/app/gui", true},
		{"app/sample/sample.go", "rejoinder/assets", false},
		{"app/sample/sample.go", "github.com/alecthomas/kong", true},
		{"assets/assets.go", "embed", false},
		{"assets/assets.go", "rejoinder/app", true},
		{"main.go", "rejoinder/app/cli", false},
		{"main.go", "fyne.io/fyne/v2", true},
		{"main.go", "github.com/alecthomas/kong", true},
		{"window.go", "fyne.io/fyne/v2/app", false},
		{"window.go", "rejoinder/app/gui", false},
		{"util/util.go", "strings", true},
		{"app/helper/helper.go", "strings", true},
	} {
		why := wrongArrow(tt.file, tt.imports)
		if (why != "") != tt.wrong {
			t.Errorf("%s imports %s: wrong is %t, want %t (%s)", tt.file, tt.imports, why != "", tt.wrong, why)
		}
	}
	if knownAtTheTop("util") || !knownAtTheTop("storage") || !knownAtTheTop("docs") {
		t.Error("folders at the top are not told apart")
	}
}
