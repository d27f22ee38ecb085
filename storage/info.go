package storage

import (
	"context"
	"os"

	"rejoinder/app"
)

// Info implements app.Store.
func (s *Store) Info(ctx context.Context) (app.Info, error) {
	info := app.Info{Folder: s.dir, Warnings: s.warnings}
	err := s.view(ctx, func(r *reader) (err error) {
		if info.UUID, err = r.meta("uuid"); err != nil {
			return err
		}
		if info.WasAt, err = r.metaOr(metaWasAt); err != nil {
			return err
		}
		if place, err := r.secondPlace(); err != nil {
			return err
		} else if place.Folder != "" {
			info.Second = &app.SecondPlace{Folder: place.Folder, Encrypted: place.Keys != nil}
		}
		if info.Schema, err = r.count("SELECT user_version FROM pragma_user_version"); err != nil {
			return err
		}
		info.Counts, err = r.counts()
		return err
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

// counts counts what the notebook holds of each kind.
func (r *reader) counts() (map[app.Kind]int, error) {
	out := map[app.Kind]int{}
	for _, thing := range things {
		where := " WHERE trashed IS NULL"
		if thing.kind == app.KindActor || thing.kind == app.KindClaim {
			where += " AND merged_into IS NULL"
		}
		n, err := r.count("SELECT count(*) FROM " + thing.table + where)
		if err != nil {
			return nil, err
		}
		out[thing.kind] = n
	}
	return out, nil
}
