package app

import (
	"regexp"
	"time"
)

// Date is a day, a month or a year: "2019-10-08", "2019-10" or "2019"; "" is
// an unknown date. Dates of this form sort as text.
type Date string

var dateForm = regexp.MustCompile(`^\d{4}(-\d{2}(-\d{2})?)?$`)

// Validate reports a date that is not one.
func (d Date) Validate() error {
	if d == "" {
		return nil
	}
	layout := map[int]string{4: "2006", 7: "2006-01", 10: time.DateOnly}[len(d)]
	if !dateForm.MatchString(string(d)) || layout == "" {
		return Problem(ErrInvalid, "%q is no date: write it as 2019-10-08, 2019-10 or 2019", string(d))
	}
	if _, err := time.Parse(layout, string(d)); err != nil {
		return Problem(ErrInvalid, "%q is no day of the calendar", string(d))
	}
	return nil
}

// DateOf is the day of t in UTC; the zero time has no date.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return ""
	}
	return Date(t.UTC().Format(time.DateOnly))
}

// String writes the date as people do: "8 October 2019", "October 2019", "2019".
func (d Date) String() string {
	for _, f := range []struct{ in, out string }{
		{time.DateOnly, "2 January 2006"}, {"2006-01", "January 2006"}, {"2006", "2006"},
	} {
		if t, err := time.Parse(f.in, string(d)); err == nil {
			return t.Format(f.out)
		}
	}
	return ""
}
