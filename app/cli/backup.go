package cli

import (
	"bufio"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"rejoinder/app"
)

type notebookBackupCmd struct {
	To string `placeholder:"DIR" help:"Only into this folder, in the place of the usual ones."`
}

// Run makes a backup.
func (c notebookBackupCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	made, err := nb.Backup(s.ctx, app.BackupOptions{Why: app.BackupAsked, To: c.To}, app.NoProgress{})
	if err != nil {
		return err
	}
	s.row(made, "%s", made.Path)
	if made.Second != "" {
		s.line("%s", made.Second)
	}
	if n := len(made.Missing); n > 0 {
		s.warn(fmt.Sprintf("%d %s missing or damaged and could not be backed up: see rejoinder check.", n, plural(n, "original")))
	}
	if made.SecondErr != nil {
		return errors.Join(made.SecondErr, errPartly)
	}
	return nil
}

type notebookBackupsCmd struct {
	Articles string `placeholder:"BACKUP" type:"existingfile" help:"List the articles in this backup instead."`
	passphraseFlags
}

// Run lists backups.
func (c notebookBackupsCmd) Run(s *session) error {
	if c.Articles != "" {
		from, err := c.backup(s, c.Articles)
		if err != nil {
			return err
		}
		articles, err := s.env.Rescue.BackedUp(s.ctx, from)
		for _, a := range articles {
			s.row(a, "%s  %-10s  %s", a.ID, a.Published, a.Title)
		}
		return err
	}
	found, err := s.env.Rescue.Survey(s.ctx, s.dir)
	if err != nil {
		return err
	}
	for _, b := range found.Backups {
		s.row(b, "%s\n    %s", b.Path, describeBackup(b))
	}
	if len(found.Backups) == 0 {
		s.line("There are no backups in %s.", s.dir)
	}
	return nil
}

// describeBackup tells of a backup in a line.
func describeBackup(b app.Backup) string {
	made := "made at an unknown time"
	if !b.Made.IsZero() {
		made = b.Made.Local().Format("2 January 2006 15:04")
	}
	parts := []string{made, fmt.Sprintf("%.1f MB", float64(b.Bytes)/1e6)}
	if b.Why != "" {
		parts = append(parts, strings.ReplaceAll(string(b.Why), "-", " "))
	}
	if b.Bare {
		return strings.Join(append(parts, "without a manifest"), ", ")
	}
	for _, k := range []app.Kind{app.KindArticle, app.KindAnnotation, app.KindStatement, app.KindNote} {
		parts = append(parts, fmt.Sprintf("%d %s", b.Counts[k], plural(b.Counts[k], string(k))))
	}
	parts = append(parts, fmt.Sprintf("%d of %d originals", b.Originals-len(b.Missing), b.Originals))
	return strings.Join(parts, ", ")
}

// passphraseFlags are for what reads encrypted backups.
type passphraseFlags struct {
	PassphraseFile string `type:"existingfile" placeholder:"FILE" help:"A file whose first line is the passphrase; else REJOINDER_PASSPHRASE, else it is asked for."`
}

// backup names a backup, with its passphrase if it needs one.
func (f passphraseFlags) backup(s *session, path string) (app.BackupFile, error) {
	s.otherFile = true
	path, err := s.backupPath(path)
	if err != nil {
		return app.BackupFile{}, err
	}
	from := app.BackupFile{Path: path}
	if !strings.HasSuffix(path, ".age") {
		return from, nil
	}
	from.Passphrase, err = f.passphrase(s, "Passphrase of the backup: ")
	return from, err
}

// backupPath finds a backup that is named by its path, or as a list of the folder of
// backups names it.
func (s *session) backupPath(path string) (string, error) {
	for _, at := range []string{path, filepath.Join(s.dir, "backups", path)} {
		if info, err := os.Stat(at); err == nil && !info.IsDir() {
			return at, nil
		}
	}
	return "", app.Problem(app.ErrNotFound, "there is no backup %s: rejoinder notebook backups lists them", path)
}

func (f passphraseFlags) passphrase(s *session, prompt string) (string, error) {
	if f.PassphraseFile != "" {
		data, err := os.ReadFile(f.PassphraseFile)
		line, _, _ := strings.Cut(string(data), "\n")
		return strings.TrimRight(line, "\r"), err
	}
	if p := os.Getenv("REJOINDER_PASSPHRASE"); p != "" {
		return p, nil
	}
	return s.ask(prompt)
}

// ask asks for one line. It is read as it is typed: terminals without an echo are
// not asked for, as the passphrase may come from a file.
func (s *session) ask(prompt string) (string, error) {
	if s.env.Stdin == nil {
		return "", app.Problem(app.ErrInvalid, "there is nobody to ask")
	}
	_, _ = fmt.Fprint(s.err, prompt)
	if s.answers == nil {
		s.answers = bufio.NewReader(s.env.Stdin)
	}
	line, err := s.answers.ReadString('\n')
	if err != nil && line == "" {
		return "", app.Problem(app.ErrInvalid, "there was no answer")
	}
	return strings.TrimRight(line, "\r\n"), nil
}

type verifyBackupCmd struct {
	Backup string `arg:"" help:"The backup's file; notebook backups lists them."`
	passphraseFlags
}

// Run verifies a backup.
func (c verifyBackupCmd) Run(s *session) error {
	from, err := c.backup(s, c.Backup)
	if err != nil {
		return err
	}
	found, err := s.env.Rescue.VerifyBackup(s.ctx, from, app.NoProgress{})
	if slices.ContainsFunc(found, isDamage) && from.Passphrase == "" {
		defer s.warn("What can still be read of it, into a new folder: rejoinder --notebook NEWFOLDER notebook recover --from " + c.Backup)
	}
	return errors.Join(err, s.findings(found))
}

type removeBackupCmd struct {
	Backup string `arg:"" help:"The backup's file; notebook backups lists them."`
}

// Run removes a backup.
func (c removeBackupCmd) Run(s *session) error {
	path, err := s.backupPath(c.Backup)
	if err == nil {
		err = s.env.Rescue.RemoveBackup(s.dir, path)
	}
	if err == nil {
		s.line("Removed %s.", c.Backup)
	}
	return err
}

type secondPlaceCmd struct {
	Folder  string `arg:"" optional:"" help:"The folder, outside of the notebook's."`
	Encrypt bool   `help:"Encrypt the backups there with a passphrase, which is kept nowhere: without it they cannot be restored."`
	None    bool   `help:"Make no more backups there; those that are there stay."`
	passphraseFlags
}

// Run sets the second place.
func (c secondPlaceCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	if c.Folder == "" && !c.None {
		info, err := nb.Info(s.ctx)
		if err != nil || info.Second == nil {
			s.line("No second place is set.")
			return err
		}
		s.row(info.Second, "%s%s", info.Second.Folder, map[bool]string{true: ", encrypted"}[info.Second.Encrypted])
		return nil
	}
	passphrase := ""
	if c.Encrypt {
		if passphrase, err = c.passphrase(s, "New passphrase: "); err != nil {
			return err
		}
		if passphrase == "" {
			return app.Problem(app.ErrInvalid, "the passphrase is empty")
		}
	}
	if err := nb.SetSecondPlace(s.ctx, c.Folder, passphrase); err != nil {
		return err
	}
	switch {
	case c.None:
		s.line("Backups go to no second place any more; those that are there stay.")
	default:
		s.line("Backups go to %s too, from the next one on.", c.Folder)
	}
	return nil
}

type notebookRestoreCmd struct {
	Backup    string   `arg:"" help:"The backup's file; notebook backups lists them."`
	Originals bool     `help:"Only bring back originals that are missing or damaged."`
	Article   []string `placeholder:"ID" help:"Only bring this article back, with its marks and what hangs on them; what is in the notebook stays. Can be given several times."`
	passphraseFlags
}

// Run restores a backup, or articles from it.
func (c notebookRestoreCmd) Run(s *session) error {
	from, err := c.backup(s, c.Backup)
	if err != nil {
		return err
	}
	if len(c.Article) > 0 {
		return s.edit(func(nb *app.Notebook) error {
			ids, err := c.articles(s, from)
			if err != nil {
				return err
			}
			changes, err := nb.RestoreArticles(s.ctx, from, ids, app.NoProgress{})
			if err == nil {
				s.row(stepRow{Label: changes.Label}, "%s", changes.Label)
			}
			return err
		})
	}
	restore := s.env.Rescue.Restore
	if c.Originals {
		restore = s.env.Rescue.RestoreOriginals
	}
	report, err := restore(s.ctx, s.dir, from, app.NoProgress{})
	if err != nil {
		return err
	}
	kept := ""
	if report.Kept != "" {
		kept = " What was there before is kept as " + report.Kept + "."
	}
	report.Missing = listed(report.Missing)
	if c.Originals {
		s.row(report, "%d %s brought back.", report.Originals, plural(report.Originals, "original"))
	} else {
		s.row(report, "Restored %s, with %d %s that were missing.%s", c.Backup, report.Originals, plural(report.Originals, "original"), kept)
	}
	if n := len(report.Missing); n > 0 {
		s.warn(fmt.Sprintf("%d %s neither in the notebook nor in the backup; the texts are there.", n, plural(n, "original")))
	}
	return nil
}

// articles finds the articles that are named by id or title in a backup.
func (c notebookRestoreCmd) articles(s *session, from app.BackupFile) ([]app.ArticleID, error) {
	have, err := s.env.Rescue.BackedUp(s.ctx, from)
	if err != nil {
		return nil, err
	}
	var out []app.ArticleID
	for _, name := range c.Article {
		found := 0
		for _, a := range have {
			if string(a.ID) == name || app.FoldName(a.Title) == app.FoldName(name) {
				out = append(out, a.ID)
				found++
			}
		}
		if found == 0 {
			return nil, app.Problem(app.ErrNotFound, "the backup has no article %q", name)
		}
	}
	return out, nil
}
