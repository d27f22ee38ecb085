package viewmodel

// Saving is the saving of what stands in a form. A save that began goes on to its
// end whatever is pressed meanwhile, so that nothing submitted is lost; until then
// the form takes no keys. Begin and the functions that it returns are called on
// the screen's goroutine.
type Saving struct {
	OnChange func() // Going changed
	OnSaved  func() // it was saved: the form can go
	Going    bool

	session *Session
	told    map[string]bool // claims whose doubles were offered
}

// NewSaving makes the saving of one form.
func (s *Session) NewSaving() *Saving { return &Saving{session: s, told: map[string]bool{}} }

// Begin begins a save, and returns what is called when it is over, with whether it
// was done; nil while one goes on. Only the first call counts.
func (v *Saving) Begin() (over func(done bool)) {
	if v.Going {
		return nil
	}
	v.set(true)
	v.session.saves.going++
	ended := false
	return func(done bool) {
		if ended {
			return
		}
		ended = true
		v.set(false)
		if done {
			changed(v.OnSaved)
		}
		v.session.saves.ended(done)
	}
}

func (v *Saving) set(going bool) {
	v.Going = going
	changed(v.OnChange)
}

// Await begins a save that is over when the acts are over that act began.
func (v *Saving) Await(act func()) {
	if over := v.Begin(); over != nil {
		v.session.await(act, over)
	}
}

// ClaimField is a field that names a claim. Settled calls fn once Text is what
// was meant: suggestions may still be on their way.
type ClaimField interface {
	Settled(fn func())
	Text() string
}

// WithClaims begins a save of a form that names claims. Before a claim is made that
// reads like others, the save ends and offer is called with their words; saving
// once more makes it. While the window closes nothing is offered.
func (v *Saving) WithClaims(fields []ClaimField, offer func(field int, doubles []string), save func(over func(done bool))) {
	over := v.Begin()
	if over == nil {
		return
	}
	v.settle(fields, func() {
		v.compare(fields, 0, func() { save(over) }, func(field int, doubles []string) {
			over(false)
			offer(field, doubles)
		})
	})
}

func (v *Saving) settle(fields []ClaimField, then func()) {
	if len(fields) == 0 {
		then()
		return
	}
	fields[0].Settled(func() { v.settle(fields[1:], then) })
}

// compare looks for claims that read like those of the fields from at on.
func (v *Saving) compare(fields []ClaimField, at int, then func(), offer func(int, []string)) {
	if at == len(fields) || v.session.saves.closing() {
		then()
		return
	}
	text := fields[at].Text()
	if v.told[text] {
		v.compare(fields, at+1, then, offer)
		return
	}
	v.session.Side().Doubles(text, func(doubles []string) {
		if len(doubles) == 0 || v.session.saves.closing() {
			v.compare(fields, at+1, then, offer)
			return
		}
		v.told[text] = true
		offer(at, doubles)
	})
}

// saves counts the forms of a window that are being saved.
type saves struct {
	going int
	then  []func(saved bool) // wait for all of them
}

// closing says whether the window waits for the saves: nobody can be asked any more.
func (s *saves) closing() bool { return len(s.then) > 0 }

func (s *saves) ended(done bool) {
	s.going--
	if done && s.going > 0 {
		return
	}
	waiting := s.then
	s.then = nil
	for _, then := range waiting {
		then(done)
	}
}

// Finish calls then when every save that began is over, now or later: with false
// when one was refused, so that its form has to stay.
func (s *Session) Finish(then func(saved bool)) {
	if s.saves.going == 0 {
		then(true)
		return
	}
	s.saves.then = append(s.saves.then, then)
}
