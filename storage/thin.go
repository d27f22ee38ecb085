package storage

import (
	"errors"
	"fmt"
	"os"
	"time"

	"rejoinder/app"
)

// thin removes automatic backups of the notebook, and the line of history, that
// the newest one is of, and returns how many. It keeps the newest of each of the
// last 24 hours, 14 days and 8 weeks that have one; those that a clock gone wrong
// dated into the future; and any that holds more than a newer one that is kept:
// what was lost meanwhile may be in it alone.
func (r repository) thin(now time.Time, newest manifest) (removed int, err error) {
	var mine []manifest
	for _, m := range r.list() {
		if !m.Bare && m.Why == app.BackupAutomatic && m.UUID == newest.UUID && m.Generation == newest.Generation {
			mine = append(mine, m)
		}
	}
	keep := keptByAge(now, mine)
	var errs []error
	for _, part := range filesIn(r.dir, "*.part") { // of a backup that was killed
		if info, err := os.Lstat(part); err == nil && now.Sub(info.ModTime()) > leftBeside {
			errs = append(errs, removeIfThere(part))
		}
	}
	for i, m := range mine {
		if keep[m.Path] || !outdone(m, mine[:i], keep) {
			continue
		}
		if err := r.remove(m.Path); err != nil {
			errs = append(errs, err)
			continue
		}
		removed++
	}
	return removed, errors.Join(errs...)
}

// keptByAge chooses the paths to keep of backups that are listed from the newest.
func keptByAge(now time.Time, all []manifest) map[string]bool {
	rules := []struct {
		keep int
		slot func(time.Time) string
	}{
		{24, func(t time.Time) string { return t.Format("2006010215") }},
		{14, func(t time.Time) string { return t.Format("20060102") }},
		{8, func(t time.Time) string { y, w := t.ISOWeek(); return fmt.Sprint(y, " ", w) }},
	}
	keep := map[string]bool{}
	for _, rule := range rules {
		slots := map[string]bool{}
		for _, m := range all {
			at := m.Made.UTC()
			if at.After(now.Add(time.Hour)) {
				keep[m.Path] = true
				continue
			}
			if slot := rule.slot(at); !slots[slot] && len(slots) < rule.keep {
				slots[slot] = true
				keep[m.Path] = true
			}
		}
	}
	return keep
}

// muchSmaller is the share of things below which a backup is no substitute for an
// older one.
const muchSmaller = 0.9

// outdone says whether one of the newer backups that are kept holds about as much.
func outdone(m manifest, newer []manifest, keep map[string]bool) bool {
	for _, n := range newer {
		if keep[n.Path] && float64(n.Things()) >= muchSmaller*float64(m.Things()) && len(n.Missing) <= len(m.Missing) {
			return true
		}
	}
	return false
}
