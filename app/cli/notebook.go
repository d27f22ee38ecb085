package cli

import (
	"rejoinder/app"
	"rejoinder/app/sample"
)

type notebookCmd struct {
	Info         notebookInfoCmd     `cmd:"" help:"Where it is and what it holds."`
	Backup       notebookBackupCmd   `cmd:"" help:"Make a whole backup: the database, the originals, and a manifest with their hashes."`
	Backups      notebookBackupsCmd  `cmd:"" help:"List the backups and what each holds; needs no database."`
	VerifyBackup verifyBackupCmd     `cmd:"" help:"Read a backup, all of it, and compare it with its hashes."`
	RemoveBackup removeBackupCmd     `cmd:"" help:"Remove a backup."`
	SecondPlace  secondPlaceCmd      `cmd:"" help:"Say where backups go besides, best on another disk; encrypt them there."`
	Restore      notebookRestoreCmd  `cmd:"" help:"Put a backup in the notebook's place, or bring articles back from it."`
	Recover      notebookRecoverCmd  `cmd:"" help:"Get out of a damaged notebook all that can be read; the damaged database is kept."`
	SaveCopy     notebookSaveCopyCmd `cmd:"" help:"Make a notebook of its own, with its originals, in another folder."`
	Moved        notebookMovedCmd    `cmd:"" help:"Say that this notebook was moved here."`
	Copied       notebookCopiedCmd   `cmd:"" help:"Say that this notebook is a copy of another: it gets an identity of its own."`
	Sample       notebookSampleCmd   `cmd:"" help:"Fill an empty notebook with the sample: an invented dispute about a harbour."`
}

type notebookInfoCmd struct{}

// Run tells about the notebook.
func (notebookInfoCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	info, err := nb.Info(s.ctx)
	if err != nil {
		return err
	}
	info.Backups = listed(info.Backups)
	s.row(info, "%s\nid %s, format %d, %.1f MB, %d %s", info.Folder, info.UUID, info.Schema, float64(info.Bytes)/1e6, len(info.Backups), plural(len(info.Backups), "backup"))
	if info.Second != nil {
		s.line("backups also go to %s%s", info.Second.Folder, map[bool]string{true: ", encrypted"}[info.Second.Encrypted])
	}
	for _, k := range app.Kinds {
		s.line("%6d  %s", info.Counts[k], plural(info.Counts[k], string(k)))
	}
	return nil
}

type notebookSampleCmd struct{}

// Run fills an empty notebook with the sample.
func (notebookSampleCmd) Run(s *session) error {
	return s.edit(func(nb *app.Notebook) error {
		err := sample.Fill(s.ctx, nb)
		if err == nil {
			s.line("The sample is in %s: try `rejoinder board`.", s.dir)
		}
		return err
	})
}

type notebookSaveCopyCmd struct {
	Folder string `arg:"" help:"A new or empty folder."`
}

// Run saves a copy.
func (c notebookSaveCopyCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	if err := nb.SaveCopy(s.ctx, c.Folder, app.NoProgress{}); err != nil {
		return err
	}
	s.row(map[string]string{"folder": c.Folder}, "The copy is in %s.", c.Folder)
	return nil
}

type notebookMovedCmd struct{}

// Run says that the notebook was moved.
func (notebookMovedCmd) Run(s *session) error { return s.settleCopied(false) }

type notebookCopiedCmd struct{}

// Run says that the notebook is a copy.
func (notebookCopiedCmd) Run(s *session) error { return s.settleCopied(true) }

func (s *session) settleCopied(copied bool) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	if err := nb.SettleCopied(s.ctx, copied); err != nil {
		return err
	}
	s.line(map[bool]string{true: "This copy has an identity of its own now.", false: "This notebook is the one that was moved."}[copied])
	return nil
}
