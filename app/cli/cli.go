// Package cli is the notebook's command line: one file for each verb, or for a
// few that belong together. It prints text for people, or with --json one
// object a line with stable keys in snake case.
//
// It holds no rules: every verb is a call of app.Notebook and a way to print
// what comes back.
package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/alecthomas/kong"

	"rejoinder/app"
)

// Env is what the command line needs of the program around it.
type Env struct {
	Stdout, Stderr io.Writer
	Stdin          io.Reader // for questions; nil when there is nobody to ask
	Version        string
	// DefaultNotebook is the folder that is used when none is named.
	DefaultNotebook string
	// Open opens the notebook in a folder.
	Open func(ctx context.Context, dir string) (*app.Notebook, error)
	// OpenReadOnly opens it and writes nothing into the folder.
	OpenReadOnly func(ctx context.Context, dir string) (*app.Notebook, error)
	// Rescue works on a folder whose notebook need not be fit to be opened.
	Rescue app.Rescue
	// Window opens the window on a folder and returns when it is closed.
	Window func(ctx context.Context, dir string) error
}

// The exit codes.
const (
	exitDone   = 0
	exitFailed = 1
	exitUsage  = 2
	exitPartly = 3
)

// errSome says that some of the work failed and that this was printed already.
var errSome = errors.New("some of it failed")

// errPartly is errSome where the rest of the work was done.
var errPartly = fmt.Errorf("the rest was done: %w", errSome)

type commands struct {
	Notebook string           `short:"n" placeholder:"DIR" env:"REJOINDER_NOTEBOOK" help:"The notebook's folder; made if there is none yet. Default: ${notebook}."`
	ReadOnly bool             `help:"Only read: write nothing into the notebook's folder."`
	JSON     bool             `name:"json" help:"Print one JSON object a line."`
	Version  kong.VersionFlag `help:"Print the version."`

	Window     windowCmd     `cmd:"" default:"1" help:"Open the window (also what no verb at all does)."`
	Import     importCmd     `cmd:"" help:"Import files and folders."`
	List       listCmd       `cmd:"" help:"List what the notebook holds."`
	Show       showCmd       `cmd:"" help:"Show one thing."`
	Article    articleCmd    `cmd:"" help:"Edit an article's metadata; update and compare its text; join copies of one report."`
	Annotate   annotateCmd   `cmd:"" help:"Mark a passage of an article."`
	Annotation annotationCmd `cmd:"" help:"List, edit, move and repair marks."`
	Color      colorCmd      `cmd:"" help:"Name the colours of marks."`
	Actor      actorCmd      `cmd:"" help:"Add, edit, merge and split actors."`
	Claim      claimCmd      `cmd:"" help:"Add, edit, merge and split claims."`
	Statement  statementCmd  `cmd:"" help:"Record who says what."`
	Relate     relateCmd     `cmd:"" help:"Set a claim against, or beside, another."`
	Relation   relationCmd   `cmd:"" help:"Change a relation; show it by a passage."`
	Note       noteCmd       `cmd:"" help:"Write notes about things."`
	Tag        tagCmd        `cmd:"" help:"Tag things."`
	Collection collectionCmd `cmd:"" help:"Group articles."`
	Trash      trashCmd      `cmd:"" help:"Move things to the trash, and out of it."`
	Undo       undoCmd       `cmd:"" help:"Take back the last step."`
	Redo       redoCmd       `cmd:"" help:"Do the step undone last once more."`
	History    historyCmd    `cmd:"" help:"List the steps, newest first."`
	Search     searchCmd     `cmd:"" help:"Search everything."`
	Synonym    synonymCmd    `cmd:"" help:"Say which words stand for one another in a search."`
	Board      boardCmd      `cmd:"" help:"Show actors, claims and counterclaims side by side."`
	Dispute    disputeCmd    `cmd:"" help:"Show one claim: who takes which stance, and what is set against it."`
	Matrix     matrixCmd     `cmd:"" help:"Show who takes which stance on which claim."`
	Timeline   timelineCmd   `cmd:"" help:"List statements by date, and what they answer."`
	Page       pageCmd       `cmd:"" help:"Show everything about an actor, a claim or a note."`
	Map        mapCmd        `cmd:"" help:"Show what claims do to one another; draw it as SVG."`
	Gaps       gapsCmd       `cmd:"" help:"List what is missing: who has not answered, who was not asked, what rests on one source."`
	View       viewCmd       `cmd:"" help:"Save screens with their filters, to use with --view."`
	Check      checkCmd      `cmd:"" help:"Verify database, anchors, originals and index; mend what is derived."`
	Rebuild    rebuildCmd    `cmd:"" name:"rebuild-index" help:"Build the search index anew."`
	Info       notebookCmd   `cmd:"" name:"notebook" help:"Tell about the notebook; back it up; make the sample."`
	Completion completionCmd `cmd:"" help:"Print a completion script for a shell."`
}

// session is what a running verb has.
type session struct {
	printer
	ctx       context.Context
	env       Env
	dir       string
	readOnly  bool
	begins    bool // the verb records something, so that a notebook may be begun
	notebook  *app.Notebook
	answers   *bufio.Reader // of Stdin, once something was asked
	damaged   bool          // the notebook turned out to be damaged, and that was printed
	otherFile bool          // the verb reads another database than the notebook's
}

// Run runs the command line and returns the exit code: 0 all done, 1 it failed, 2
// wrong use, 3 some of it failed and the rest was done.
func Run(ctx context.Context, args []string, env Env) int {
	var c commands
	code := -1
	parser, err := kong.New(&c, kong.Name("rejoinder"),
		kong.Description("A research notebook: who says what, who disputes it, and where exactly they said it."),
		kong.Writers(env.Stdout, env.Stderr), kong.Exit(func(n int) { code = n }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Vars{"version": "rejoinder " + env.Version, "notebook": env.DefaultNotebook})
	if err != nil {
		panic(err) // the struct above is wrong
	}
	if len(args) > 0 && args[0] == completeVerb {
		for _, word := range completions(parser.Model, args[1:]) {
			_, _ = fmt.Fprintln(env.Stdout, word)
		}
		return exitDone
	}
	parsed, err := parser.Parse(args)
	if code >= 0 { // --help and --version have printed and are done
		return code
	}
	if err != nil {
		_, _ = fmt.Fprintf(env.Stderr, "rejoinder: %s\nTry: rejoinder --help\n", app.Sentence(err))
		return exitUsage
	}
	s := &session{printer: printer{out: env.Stdout, err: env.Stderr, json: c.JSON}, ctx: ctx, env: env, dir: c.Notebook, readOnly: c.ReadOnly}
	if s.dir == "" {
		s.dir = env.DefaultNotebook
	}
	return s.run(parsed)
}

func (s *session) run(parsed *kong.Context) int {
	err := parsed.Run(s)
	if s.notebook != nil {
		err = errors.Join(err, s.notebook.Close())
	}
	if err == nil {
		err = s.broken
	}
	if err == nil {
		return exitDone
	}
	s.failRest(err)
	if s.damaged || errors.Is(err, app.ErrUnreadable) && !s.otherFile {
		_, _ = fmt.Fprintln(s.err, "Try: rejoinder check, rejoinder notebook recover, or restore a backup (rejoinder notebook backups).")
	}
	if errors.Is(err, errPartly) {
		return exitPartly
	}
	return exitFailed
}

// failRest prints those of joined errors that were not printed already.
func (s *session) failRest(err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok && errors.Is(err, errSome) {
		for _, e := range joined.Unwrap() {
			s.failRest(e)
		}
	} else if !errors.Is(err, errSome) {
		s.fail(err)
	}
}

// open opens the notebook, once.
func (s *session) open() (*app.Notebook, error) {
	if s.notebook != nil {
		return s.notebook, nil
	}
	if !s.begins {
		if err := s.refuseNothing(); err != nil {
			return nil, err
		}
	}
	open := s.env.Open
	if s.readOnly {
		open = s.env.OpenReadOnly
	}
	nb, err := open(s.ctx, s.dir)
	if err != nil {
		return nil, err
	}
	s.notebook = nb
	return nb, s.tell(nb)
}

// refuseNothing refuses a folder in which there is no notebook yet: a verb that reads
// begins none, as a mistyped name or a disk that is not there would come to be one.
func (s *session) refuseNothing() error {
	found, err := s.env.Rescue.Survey(s.ctx, s.dir)
	if err != nil || found.Bytes > 0 || found.Originals > 0 || len(found.Backups) > 0 {
		return err
	}
	return app.Problem(app.ErrNotFound, "there is no notebook in %s yet; import, or any other verb that records something, begins one", s.dir)
}

// tell warns of what is odd about the notebook that was opened.
func (s *session) tell(nb *app.Notebook) error {
	if err := nb.ReadOnly(); err != nil && !s.readOnly {
		s.warn(app.Sentence(err))
	}
	info, err := nb.Info(s.ctx)
	if err != nil {
		return err
	}
	for _, w := range info.Warnings {
		s.warn(w)
	}
	if info.WasAt != "" {
		s.warn("This notebook was in " + info.WasAt + " before. If it was moved, say `rejoinder notebook moved`; if it is a copy and the other is still in use, `rejoinder notebook copied`.")
	}
	return nil
}

// edit opens the notebook, runs fn on it, and waits until what fn changed can
// be searched: the next command must find it. An index that cannot follow is no
// failure of the act, and is warned of.
func (s *session) edit(fn func(*app.Notebook) error) error {
	s.begins = true
	nb, err := s.open()
	if err != nil {
		return err
	}
	if err := fn(nb); err != nil {
		return err
	}
	if err := nb.Sync(s.ctx); err != nil { // what fn did is saved all the same
		s.warn("Saved; the search index could not follow yet: " + app.Sentence(err))
	}
	return nil
}

// read opens the notebook and runs fn on one state of it.
func (s *session) read(fn func(app.Reader) error) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	return nb.View(s.ctx, fn)
}

type windowCmd struct{}

// Run opens the window.
func (windowCmd) Run(s *session) error { return s.env.Window(s.ctx, s.dir) }
