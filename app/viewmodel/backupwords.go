package viewmodel

import (
	"fmt"
	"strings"
	"time"

	"rejoinder/app"
)

// BackupWhen is when a backup was made.
func BackupWhen(b app.Backup) string { return momentWords(b.Made) }

func momentWords(at time.Time) string {
	if at.IsZero() {
		return "at an unknown time"
	}
	return at.Local().Format("2 January 2006, 15:04:05")
}

// BackupWhy says why a backup was made.
func BackupWhy(b app.Backup) string {
	switch b.Why {
	case app.BackupAutomatic:
		return "made by itself"
	case app.BackupAsked:
		return "asked for"
	case app.BackupBeforeRestore:
		return "made before a restore"
	case app.BackupBeforeFormat:
		return "made before the format changed"
	case app.BackupReplaced:
		return "held when the database was replaced"
	case app.BackupDamaged:
		return "a damaged database, kept"
	}
	return strings.ReplaceAll(string(b.Why), "-", " ")
}

// BackupHolds counts what is in a backup.
func BackupHolds(b app.Backup) string {
	if b.Bare {
		return "without a manifest: what it holds is not known"
	}
	if b.Things() == 0 {
		return "empty"
	}
	parts := []string{plural(b.Counts[app.KindArticle], "article"), plural(b.Counts[app.KindAnnotation], "mark"),
		plural(b.Counts[app.KindStatement], "statement")}
	if n := b.Counts[app.KindNote]; n > 0 {
		parts = append(parts, plural(n, "note"))
	}
	return joined(parts...)
}

// BackupOriginals says how many of the originals are in a backup.
func BackupOriginals(b app.Backup) string {
	switch {
	case b.Bare:
		return ""
	case b.Originals == 0:
		return "no originals"
	case len(b.Missing) > 0:
		return fmt.Sprintf("%s of %s", Thousands(b.Originals-len(b.Missing)), plural(b.Originals, "original"))
	}
	return plural(b.Originals, "original")
}

// MegaBytes writes a size.
func MegaBytes(n int64) string {
	if n < 100_000 {
		return Thousands(int((n+999)/1000)) + " kB"
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// BackupLine is all that is known of a backup but when it was made.
func BackupLine(b app.Backup) string {
	encrypted := ""
	if b.Encrypted {
		encrypted = "encrypted"
	}
	return joined(BackupWhy(b), BackupOriginals(b), MegaBytes(b.Bytes), encrypted)
}

// Restorable says that a backup may be put in a notebook's place: not what was only
// kept because it is damaged.
func Restorable(b app.Backup) bool { return b.Why != app.BackupDamaged }

// RestoreQuestion is what is asked before a backup is put in the notebook's place.
func RestoreQuestion(b app.Backup) []string {
	holds := "It holds " + strings.ReplaceAll(BackupHolds(b), " · ", ", ") + "."
	if b.Bare {
		holds = "It has no manifest, so what it holds is not known before it is opened."
	}
	return []string{
		"The backup of " + BackupWhen(b) + " is put in the notebook's place. " + holds,
		"What is there now is kept as a backup of its own first, so you can come back. Originals that are missing are brought back too.",
	}
}

// RestoredSentence says what was restored.
func RestoredSentence(b app.Backup, r app.RestoreReport) string {
	parts := []string{"The backup of " + BackupWhen(b) + " was restored"}
	if r.Originals > 0 {
		parts = append(parts, plural(r.Originals, "original")+" brought back")
	}
	if n := len(r.Missing); n > 0 {
		parts = append(parts, plural(n, "original")+" still missing; the texts are there")
	}
	return joined(parts...)
}

// BackedUpSentence says what was backed up.
func BackedUpSentence(r app.BackupReport) string {
	if r.Second != "" {
		return "Backup written to " + r.Path + ", and to " + r.Second
	}
	return "Backup written to " + r.Path
}

// BackupShortfall is what a backup that was made lacks, as an error; nil for nothing.
func BackupShortfall(r app.BackupReport) error {
	if r.SecondErr != nil {
		return r.SecondErr
	}
	if n := len(r.Missing); n > 0 {
		return app.Problem(app.ErrDamaged, "the backup was made, but %s missing or damaged and could not be backed up; Help → Check the notebook tells which", are(n, "original"))
	}
	return nil
}

// are is a count with the verb that goes with it: "1 original is", "2 originals are".
func are(n int, noun string) string {
	if n == 1 {
		return plural(n, noun) + " is"
	}
	return plural(n, noun) + " are"
}

// RecoveredSentences say what was got out of a damaged notebook.
func RecoveredSentences(r app.RecoverReport) []string {
	things := 0
	for _, n := range r.GotBack {
		things += n
	}
	out := []string{fmt.Sprintf("%s got back: %s, %s, %s.", plural(things, "thing"), plural(r.GotBack[app.KindArticle], "article"),
		plural(r.GotBack[app.KindAnnotation], "mark"), plural(r.GotBack[app.KindStatement], "statement"))}
	add := func(n int, format string, args ...any) {
		if n > 0 {
			out = append(out, fmt.Sprintf(format, args...))
		}
	}
	out = append(out, r.Losses()...)
	add(len(r.Reread), "%s read again from the originals.", plural(len(r.Reread), "text"))
	add(len(r.NewArticles), "%s made again from originals: look at their titles and dates: %s.", plural(len(r.NewArticles), "article"), titles(r))
	add(len(r.StandIns), "%s lost, with a stand-in that says so, for others name them.", plural(len(r.StandIns), "thing"))
	add(len(r.Review), "%s do not stand where they stood, and wait in Mark → Marks to look at.", Marks(len(r.Review)))
	add(len(r.Doubtful), "%s stood on damaged pages: what they say may be wrong.", plural(len(r.Doubtful), "thing"))
	out = append(out, r.Notes...)
	if r.Damaged != "" {
		out = append(out, "The damaged database is kept: "+r.Damaged)
	}
	for _, b := range r.Backups {
		out = append(out, fmt.Sprintf("What is missing may be in the backup of %s, which holds %s: File → Backups… brings articles of it back, or all of it.",
			BackupWhen(b), strings.ReplaceAll(BackupHolds(b), " · ", ", ")))
	}
	return out
}

// titles lists the first of the articles that were made again.
func titles(r app.RecoverReport) string {
	const most = 10
	var out []string
	for i, id := range r.NewArticles {
		if i == most {
			out = append(out, fmt.Sprintf("and %s more", Thousands(len(r.NewArticles)-most)))
			break
		}
		out = append(out, "“"+r.Titles[id]+"”")
	}
	return strings.Join(out, ", ")
}
