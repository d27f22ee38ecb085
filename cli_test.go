package main

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The test's own binary is the program too: the scripts run it as rejoinder, and
// TestKill as a worker. Neither opens a window.
func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"rejoinder": main, workerName: work})
}

// tests are the tests; what they built is removed after them.
type tests struct{ *testing.M }

// Run implements testscript.TestingM.
func (t tests) Run() int {
	defer func() { _ = os.RemoveAll(built) }()
	return t.M.Run()
}

var built string // the folder of a program built for the tests

// program is the path of the program that other processes run. Under the race
// detector it is built once more without it: a process alone has no races that
// the tests of the packages would not show, and takes a second to start.
var program = sync.OnceValues(func() (string, error) {
	info, _ := debug.ReadBuildInfo()
	if !slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"}) {
		return exec.LookPath("rejoinder") // testscript.Main put it there
	}
	var err error
	if built, err = os.MkdirTemp("", "rejoinder-program-"); err != nil {
		return "", err
	}
	path := filepath.Join(built, "rejoinder")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	out, err := exec.Command("go", "test", "-c", "-tags", "nogui", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w\n%s", err, out)
	}
	return path, nil
})

// TestCommandLine runs the stories in app/cli/testdata. Besides testscript's own
// commands they have:
//
//	exits CODE PROGRAM ARG…   run a program, which has to end with this code
//	times NUMBER PROGRAM ARG… run a program so often, which has to succeed
//	field NAME KEY            set $NAME to the value of KEY in the last row of JSON
//	format NUMBER FILE        give a notebook's file another format number
//	spoil FILE TABLE          damage the page where a table of a database begins
//	tamper FOLDER NAME        change the file of this name somewhere in the folder
//	lacks FOLDER WORD         no file in the folder holds the word
func TestCommandLine(t *testing.T) {
	t.Parallel()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir:                 "app/cli/testdata",
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			home := env.WorkDir + "/home"
			for _, name := range []string{"HOME", "USERPROFILE", "LOCALAPPDATA", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"} {
				env.Setenv(name, home)
			}
			env.Setenv("PATH", filepath.Dir(path)+string(os.PathListSeparator)+env.Getenv("PATH"))
			env.Setenv("DISPLAY", "")
			env.Setenv("WAYLAND_DISPLAY", "")
			env.Setenv("REJOINDER_NOTEBOOK", env.WorkDir+"/notebook")
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){"exits": exits, "times": times, "field": field, "format": format, "spoil": spoil, "tamper": tamper, "lacks": lacks},
	})
}

func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE PROGRAM ARG…")
	}
	err := ts.Exec(args[1], args[2:]...)
	ts.Logf("[stdout]\n%s[stderr]\n%s", ts.ReadFile("stdout"), ts.ReadFile("stderr"))
	code := 0
	if failed := (*exec.ExitError)(nil); errors.As(err, &failed) {
		code = failed.ExitCode()
	} else {
		ts.Check(err)
	}
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("%s ended with %d, not %s", strings.Join(args[1:], " "), code, args[0])
	}
}

func times(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: times NUMBER PROGRAM ARG…")
	}
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	for range n {
		if err := ts.Exec(args[1], args[2:]...); err != nil {
			ts.Fatalf("%s: %v\n%s", strings.Join(args[1:], " "), err, ts.ReadFile("stderr"))
		}
	}
}

func field(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: field NAME KEY")
	}
	lines := strings.Split(strings.TrimSpace(ts.ReadFile("stdout")), "\n")
	row := map[string]any{}
	ts.Check(json.Unmarshal([]byte(lines[len(lines)-1]), &row))
	value, ok := row[args[1]].(string)
	if !ok || value == "" {
		ts.Fatalf("no %s in %s", args[1], lines[len(lines)-1])
	}
	ts.Setenv(args[0], value)
}

func format(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: format NUMBER FILE")
	}
	number, err := strconv.ParseUint(args[0], 10, 32)
	ts.Check(err)
	path := ts.MkAbs(args[1])
	db, err := sql.Open("sqlite3", path)
	ts.Check(err)
	_, err = db.Exec(fmt.Sprint("PRAGMA user_version = ", number))
	ts.Check(errors.Join(err, db.Close()))
}

// spoil overwrites the end of a page of a database, which has its rows.
func spoil(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: spoil FILE TABLE")
	}
	path := ts.MkAbs(args[0])
	db, err := sql.Open("sqlite3", path)
	ts.Check(err)
	var page int64
	err = db.QueryRow("SELECT max(rootpage) FROM (SELECT 1 AS rootpage, 'sqlite_schema' AS name UNION ALL SELECT rootpage, name FROM sqlite_master) WHERE name = ?", args[1]).Scan(&page)
	ts.Check(errors.Join(err, db.Close()))
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	ts.Check(err)
	_, err = f.WriteAt(bytes.Repeat([]byte{0xee}, 4000), page*4096-4000)
	ts.Check(errors.Join(err, f.Close()))
}

func tamper(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: tamper FOLDER NAME")
	}
	found, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*", args[1]))
	ts.Check(err)
	if len(found) != 1 {
		ts.Fatalf("%s is in %s %d times", args[1], args[0], len(found))
	}
	ts.Check(os.WriteFile(found[0], []byte("something else"), 0o600))
}

func lacks(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: lacks FOLDER WORD")
	}
	ts.Check(filepath.WalkDir(ts.MkAbs(args[0]), func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		if bytes.Contains(data, []byte(args[1])) {
			ts.Fatalf("%s holds %q", path, args[1])
		}
		return err
	}))
}
