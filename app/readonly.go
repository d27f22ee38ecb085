package app

import "errors"

// onlyReading is an ErrReadOnly that knows why.
type onlyReading struct{ why error }

func (e *onlyReading) Error() string {
	return "the notebook is open for reading only: " + e.why.Error()
}

func (e *onlyReading) Unwrap() error { return ErrReadOnly }

// OnlyReading is what every act fails with in a notebook that is open for reading
// only; why is the reason, a whole sentence part.
func OnlyReading(why error) error { return &onlyReading{why} }

// WhyReadOnly is the reason in an error of OnlyReading, in a sentence; of others the
// error's own sentence.
func WhyReadOnly(err error) string {
	var e *onlyReading
	if errors.As(err, &e) {
		return finish(e.why.Error())
	}
	return Sentence(err)
}
