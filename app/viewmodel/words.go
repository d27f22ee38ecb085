package viewmodel

import (
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"rejoinder/app"
)

// plural writes a number with its noun: "1 mark", "1,204 marks".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Thousands(n) + " " + noun + "s"
}

// Counted says how many there are of what a noun names.
func Counted(n int, noun string) string { return plural(n, noun) }

// Marks counts marks in words.
func Marks(n int) string { return plural(n, "mark") }

// QuotesThatDiffer counts the quotes of a report that their originals do not have.
func QuotesThatDiffer(n int) string {
	if n == 1 {
		return "1 quote is not verified"
	}
	return Thousands(n) + " quotes are not verified"
}

// GapCount counts gaps.
func GapCount(n int) string { return plural(n, "gap") }

// Statements counts statements.
func Statements(n int) string { return plural(n, "statement") }

// Claims counts claims.
func Claims(n int) string { return plural(n, "claim") }

// MarksToLookAt counts the marks whose place is in doubt.
func MarksToLookAt(n int) string { return plural(n, "mark") + " to look at" }

// Percent writes a share, 0 to 1.
func Percent(share float64) string { return strconv.Itoa(int(share*100+0.5)) + " %" }

// Joined puts " · " between the parts that are not empty.
func Joined(parts ...string) string { return joined(parts...) }

// Thousands writes a number with commas.
func Thousands(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0 && s[i-1] != '-'; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// ArticleMeta is the line under an article's title in the list: where and when
// on the left, what was done with it on the right.
func ArticleMeta(a app.ArticleRow) (left, right string) {
	left = joined(a.Publisher, a.Published.String())
	read := ""
	if a.Progress > 0 && a.Progress < wholly {
		read = Percent(a.Progress)
	}
	switch {
	case a.Statements > 0:
		right = joined(read, plural(a.Statements, "statement"))
	case a.Marks > 0:
		right = joined(read, plural(a.Marks, "mark"))
	case read != "":
		right = read + " read"
	case a.Progress >= wholly:
		right = "read"
	default:
		right = "unread"
	}
	return left, right
}

// wholly is the share from which on an article counts as read.
const wholly = 0.995

// joined puts " · " between the parts that are not empty.
func joined(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " · ")
}

var backupFile = regexp.MustCompile(`^notebook-(\d{8}-\d{6})-?(.*)\.db$`)

// BackupName is what a person reads of a backup's file: when it was made, and
// why if it says so.
func BackupName(path string) string {
	m := backupFile.FindStringSubmatch(filepath.Base(path))
	if m == nil {
		return filepath.Base(path)
	}
	made, err := time.ParseInLocation("20060102-150405", m[1], time.UTC)
	if err != nil {
		return filepath.Base(path)
	}
	return joined(made.Local().Format("2 January 2006, 15:04:05"), strings.ReplaceAll(m[2], "-", " "))
}
