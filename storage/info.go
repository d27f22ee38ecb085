package storage

import (
	"context"
	"errors"
	"os"

	"rejoinder/app"
)

// Info implements app.Store. Of a damaged notebook that is open for reading only it
// leaves out what cannot be read.
func (s *Store) Info(ctx context.Context) (app.Info, error) {
	info := app.Info{Folder: s.dir, Warnings: s.warnings}
	err := s.view(ctx, func(r *reader) error {
		facts := []func() error{
			func() (err error) { info.UUID, err = r.meta("uuid"); return err },
			func() (err error) { info.WasAt, err = r.metaOr(metaWasAt); return err },
			func() error {
				place, err := r.secondPlace()
				if err == nil && place.Folder != "" {
					info.Second = &app.SecondPlace{Folder: place.Folder, Encrypted: place.Keys != nil}
				}
				return err
			},
			func() (err error) {
				info.Schema, err = r.count("SELECT user_version FROM pragma_user_version")
				return err
			},
			func() (err error) { info.Counts, err = r.counts(); return err },
		}
		for _, read := range facts {
			if err := read(); s.readOnly == nil && err != nil || err != nil && !errors.Is(domainError(err), app.ErrDamaged) {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return info, err
	}
	for _, path := range []string{s.path, s.path + "-wal"} {
		if f, err := os.Stat(path); err == nil {
			info.Bytes += f.Size()
		}
	}
	info.Backups = backupFiles(s.backups().dir)
	return info, nil
}

// counts counts what the notebook holds of each kind. An error that a kind cannot
// be counted does not keep the others from being so.
func (r *reader) counts() (map[app.Kind]int, error) {
	out := map[app.Kind]int{}
	var errs []error
	for _, thing := range things {
		where := " WHERE trashed IS NULL"
		if thing.kind == app.KindActor || thing.kind == app.KindClaim {
			where += " AND merged_into IS NULL"
		}
		n, err := r.count("SELECT count(*) FROM " + thing.table + where)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		out[thing.kind] = n
	}
	return out, errors.Join(errs...)
}
