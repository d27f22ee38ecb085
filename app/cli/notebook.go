package cli

import (
	"rejoinder/app"
	"rejoinder/app/sample"
)

type notebookCmd struct {
	Info    notebookInfoCmd    `cmd:"" help:"Where it is and what it holds."`
	Backup  notebookBackupCmd  `cmd:"" help:"Write a copy of the database into its backups folder."`
	Restore notebookRestoreCmd `cmd:"" help:"Put a backup in the notebook's place; what is there now is kept as a backup."`
	Recover notebookRecoverCmd `cmd:"" help:"Get out of a damaged notebook all that can be read; the damaged database is kept."`
	Sample  notebookSampleCmd  `cmd:"" help:"Fill an empty notebook with the sample: an invented dispute about a harbour."`
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
	for _, k := range app.Kinds {
		s.line("%6d  %s", info.Counts[k], plural(info.Counts[k], string(k)))
	}
	return nil
}

type notebookBackupCmd struct{}

// Run makes a backup.
func (notebookBackupCmd) Run(s *session) error {
	nb, err := s.open()
	if err != nil {
		return err
	}
	path, err := nb.Backup(s.ctx)
	if err == nil {
		s.row(struct {
			Path string `json:"path"`
		}{path}, "%s", path)
	}
	return err
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

type notebookRestoreCmd struct {
	Backup string `arg:"" type:"existingfile" help:"The backup's file; notebook info --json lists them."`
}

// Run restores a backup.
func (c notebookRestoreCmd) Run(s *session) error {
	err := s.env.Restore(s.ctx, s.dir, c.Backup)
	if err == nil {
		s.line("Restored %s; what was there before is among the backups.", c.Backup)
	}
	return err
}
