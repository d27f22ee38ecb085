package app

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
)

// Discourse is who says what about which claims, and which claims stand against
// which, at one moment: what every screen side by side is made of. It holds no
// quotes; those of what is shown are read as Evidence. It never changes.
//
// A statement or a relation is named by its place in the lists.
type Discourse struct {
	Seq        int64          // the place in the change log
	Actors     []Actor        // by name
	Claims     []Claim        // by time
	Statements []StatementRow // by time; those whose actor and claim are there
	Relations  []Relation     // by time; those whose claims are there

	actors map[ActorID]int // places
	claims map[ClaimID]int
	// By the place of an actor or a claim:
	said    [][]int // statements of an actor, by date
	about   [][]int // statements on a claim, by date
	quoted  [][]int // statements that an actor reports, by date
	joined  [][]int // relations of a claim, on either side or as a premise
	sources []int   // independent ones of a claim
	parts   map[ActorID][]ActorID

	order   []int   // of the statements by date
	actorOf []int32 // the places of each statement's actor and claim
	claimOf []int32

	whole *Discourse // that this is a part of, by a scope; nil for none

	all       []StatementRow // with those that hang on what is in the trash
	relations []Relation
	folded    *folds // names as they are compared, of this discourse and those before it

	// Worked out once:
	repliesOnce, namedOnce sync.Once
	replies                map[int]int
	named                  actorNames
}

// folds remembers folded names and the words of texts, which take long to make.
type folds struct{ names, words sync.Map }

func (f *folds) wordsOf(text string) []string {
	if have, ok := f.words.Load(text); ok {
		return have.([]string)
	}
	words := foldedWords(text)
	f.words.Store(text, words)
	return words
}

func (f *folds) of(name string) string {
	if have, ok := f.names.Load(name); ok {
		return have.(string)
	}
	folded := FoldName(name)
	f.names.Store(name, folded)
	return folded
}

// manyChanges is from how many changed things on all is read anew.
const manyChanges = 400

// discourses keeps the newest discourse of a notebook.
type discourses struct {
	mu  sync.Mutex
	now *Discourse
}

// Discourse returns what is recorded now. After the first time only what changed
// is read.
func (n *Notebook) Discourse(ctx context.Context) (*Discourse, error) {
	n.discourses.mu.Lock()
	defer n.discourses.mu.Unlock()
	err := n.store.View(ctx, func(r Reader) error {
		d, err := n.discourses.now.next(r)
		if err == nil {
			n.discourses.now = d
		}
		return err
	})
	return n.discourses.now, err
}

// next is the discourse of r's state, made of an older one; d may be nil.
func (d *Discourse) next(r Reader) (*Discourse, error) {
	after := int64(0)
	if d != nil {
		after = d.Seq
	}
	changes, err := r.ChangesAfter(after)
	if d == nil || errors.Is(err, ErrIndexGap) {
		return readDiscourse(r, &folds{})
	}
	if err != nil {
		return d, err
	}
	c := changesOf(changes.Refs)
	switch {
	case c.count == 0 && changes.Seq == d.Seq:
		return d, nil
	case c.count == 0: // notes, tags and the like
		same := &Discourse{Seq: changes.Seq, Actors: d.Actors, Claims: d.Claims, all: d.all, relations: d.relations, folded: d.folded}
		same.index()
		return same, nil
	case c.count > manyChanges || len(c.stories) > 0:
		return readDiscourse(r, d.folded)
	}
	out := &Discourse{Seq: changes.Seq, Actors: d.Actors, Claims: d.Claims, all: d.all, relations: d.relations, folded: d.folded}
	return out, out.apply(r, c)
}

// changed is what of a discourse was changed.
type changed struct {
	count      int
	actors     []string
	claims     []string
	statements []StatementID
	relations  []RelationID
	passages   []AnnotationID
	articles   []ArticleID
	stories    []string
}

func changesOf(refs []Ref) (c changed) {
	for _, ref := range refs {
		c.count++
		switch ref.Kind {
		case KindActor:
			c.actors = append(c.actors, ref.ID)
		case KindClaim:
			c.claims = append(c.claims, ref.ID)
		case KindStatement:
			c.statements = append(c.statements, StatementID(ref.ID))
		case KindRelation:
			c.relations = append(c.relations, RelationID(ref.ID))
		case KindAnnotation:
			c.passages = append(c.passages, AnnotationID(ref.ID))
		case KindArticle:
			c.articles = append(c.articles, ArticleID(ref.ID))
		case KindStory:
			c.stories = append(c.stories, ref.ID)
		default:
			c.count--
		}
	}
	return c
}

// readDiscourse reads all of it, in five queries.
func readDiscourse(r Reader, folded *folds) (*Discourse, error) {
	d := &Discourse{folded: folded}
	head, err := r.ChangesAfter(int64(^uint64(0) >> 1))
	if err != nil {
		return nil, err
	}
	d.Seq = head.Seq
	if d.Actors, err = r.Actors(); err != nil {
		return nil, err
	}
	if d.Claims, err = r.Claims(); err != nil {
		return nil, err
	}
	if d.all, err = r.StatementRows(StatementQuery{}); err != nil {
		return nil, err
	}
	if d.relations, err = r.Relations(RelationQuery{}); err != nil {
		return nil, err
	}
	d.share()
	slices.SortStableFunc(d.Actors, d.byName)
	d.index()
	return d, nil
}

// share makes equal texts of statements one, which saves their room.
func (d *Discourse) share() {
	texts := make(map[string]string, len(d.Actors)+len(d.Claims))
	for i := range d.Actors {
		texts[string(d.Actors[i].ID)] = string(d.Actors[i].ID)
	}
	for i := range d.Claims {
		texts[string(d.Claims[i].ID)] = string(d.Claims[i].ID)
	}
	one := func(text string) string {
		have, ok := texts[text]
		if !ok {
			texts[text], have = text, text
		}
		return have
	}
	for i := range d.all {
		s := &d.all[i]
		s.Actor, s.Claim, s.ReportedBy = ActorID(one(string(s.Actor))), ClaimID(one(string(s.Claim))), ActorID(one(string(s.ReportedBy)))
		s.Stance, s.Date, s.Article = Stance(one(string(s.Stance))), Date(one(string(s.Date))), ArticleID(one(string(s.Article)))
	}
	for i := range d.relations {
		x := &d.relations[i]
		x.From, x.To = ClaimID(one(string(x.From))), ClaimID(one(string(x.To)))
		x.Kind, x.Strength = RelationKind(one(string(x.Kind))), Strength(one(string(x.Strength)))
	}
}

func (d *Discourse) byName(a, b Actor) int {
	return cmp.Or(d.compareNames(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
}

// compareNames compares names as people order them.
func (d *Discourse) compareNames(a, b string) int {
	return strings.Compare(d.folded.of(a), d.folded.of(b))
}

// apply reads what changed and puts it in its place.
func (d *Discourse) apply(r Reader, c changed) error {
	if len(c.actors) > 0 {
		all, err := r.Actors()
		if err != nil {
			return err
		}
		slices.SortStableFunc(all, d.byName)
		d.Actors = all
	}
	if len(c.claims) > 0 {
		all, err := r.Claims()
		if err != nil {
			return err
		}
		d.Claims = all
	}
	gone := map[StatementID]bool{}
	fresh := map[StatementID]StatementRow{}
	for _, id := range c.statements {
		gone[id] = true
	}
	for _, q := range []StatementQuery{{IDs: c.statements}, {Passages: c.passages}, {Articles: c.articles}} {
		if q.IDs == nil && q.Passages == nil && q.Articles == nil {
			continue
		}
		rows, err := r.StatementRows(q)
		if err != nil {
			return err
		}
		for _, s := range rows {
			fresh[s.ID] = s
		}
	}
	d.all = replaced(d.all, fresh, gone, func(s StatementRow) StatementID { return s.ID })
	if len(c.relations) > 0 {
		rows, err := r.Relations(RelationQuery{IDs: c.relations})
		if err != nil {
			return err
		}
		fresh, gone := map[RelationID]Relation{}, map[RelationID]bool{}
		for _, id := range c.relations {
			gone[id] = true
		}
		for _, x := range rows {
			fresh[x.ID] = x
		}
		d.relations = replaced(d.relations, fresh, gone, func(x Relation) RelationID { return x.ID })
	}
	d.index()
	return nil
}

// replaced is a list by identifier without what is gone and with what is fresh.
func replaced[T any, ID ~string](all []T, fresh map[ID]T, gone map[ID]bool, id func(T) ID) []T {
	if len(fresh) == 0 && len(gone) == 0 {
		return all
	}
	out := make([]T, 0, len(all)+len(fresh))
	for _, x := range all {
		if _, again := fresh[id(x)]; !again && !gone[id(x)] {
			out = append(out, x)
		}
	}
	for _, x := range fresh {
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b T) int { return cmp.Compare(id(a), id(b)) })
	return out
}

// index works out what belongs together.
func (d *Discourse) index() {
	d.actors, d.claims = make(map[ActorID]int, len(d.Actors)), make(map[ClaimID]int, len(d.Claims))
	d.parts = map[ActorID][]ActorID{}
	for i, a := range d.Actors {
		d.actors[a.ID] = i
		if a.PartOf != "" {
			d.parts[a.PartOf] = append(d.parts[a.PartOf], a.ID)
		}
	}
	for i, c := range d.Claims {
		d.claims[c.ID] = i
	}
	d.indexStatements()
	d.Relations, d.joined = make([]Relation, 0, len(d.relations)), make([][]int, len(d.Claims))
	for _, x := range d.relations {
		from, ok := d.claims[x.From]
		to, both := d.claims[x.To]
		if !ok || !both {
			continue
		}
		i := len(d.Relations)
		d.Relations = append(d.Relations, x)
		d.joined[from] = append(d.joined[from], i)
		d.joined[to] = append(d.joined[to], i)
		for _, c := range x.With {
			if with, ok := d.claims[c]; ok {
				d.joined[with] = append(d.joined[with], i)
			}
		}
	}
}

func (d *Discourse) indexStatements() {
	actors, claims := make([]int32, 0, len(d.all)), make([]int32, 0, len(d.all))
	hanging := func(s StatementRow) bool {
		_, ok := d.actors[s.Actor]
		_, both := d.claims[s.Claim]
		return !ok || !both
	}
	d.Statements = d.all[:len(d.all):len(d.all)]
	if slices.ContainsFunc(d.all, hanging) {
		d.Statements = slices.DeleteFunc(slices.Clone(d.all), hanging)
	}
	for _, s := range d.Statements {
		actors, claims = append(actors, int32(d.actors[s.Actor])), append(claims, int32(d.claims[s.Claim]))
	}
	order := make([]int, len(d.Statements)) // by date: then each list is too
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, d.byDate)
	d.order, d.actorOf, d.claimOf = order, actors, claims
	d.said, d.about, d.quoted = make([][]int, len(d.Actors)), make([][]int, len(d.Claims)), make([][]int, len(d.Actors))
	for _, i := range order {
		d.said[actors[i]], d.about[claims[i]] = append(d.said[actors[i]], i), append(d.about[claims[i]], i)
		if reporter, ok := d.actors[d.Statements[i].ReportedBy]; ok {
			d.quoted[reporter] = append(d.quoted[reporter], i)
		}
	}
	d.sources = d.countSources(func(StatementRow) bool { return true })
}

// countSources counts the independent sources that carry each claim: those of the
// statements for it that count.
func (d *Discourse) countSources(counts func(StatementRow) bool) []int {
	out := make([]int, len(d.Claims))
	counted := map[string]int{} // the last claim that a source was counted for
	for claim, about := range d.about {
		for _, i := range about {
			source := d.Statements[i].Source()
			if source == "" || !d.Statements[i].Stance.Favours() || !counts(d.Statements[i]) {
				continue
			}
			if at, ok := counted[source]; !ok || at != claim {
				counted[source] = claim
				out[claim]++
			}
		}
	}
	return out
}

// byDate orders statements by their date, those without one first, then by the
// time they were recorded.
func (d *Discourse) byDate(i, j int) int {
	return cmp.Or(strings.Compare(string(d.Statements[i].Date), string(d.Statements[j].Date)), cmp.Compare(i, j))
}

// Actor returns an actor; false when it is not there.
func (d *Discourse) Actor(id ActorID) (Actor, bool) {
	i, ok := d.actors[id]
	if !ok {
		return Actor{}, false
	}
	return d.Actors[i], true
}

// Claim returns a claim; false when it is not there.
func (d *Discourse) Claim(id ClaimID) (Claim, bool) {
	i, ok := d.claims[id]
	if !ok {
		return Claim{}, false
	}
	return d.Claims[i], true
}

// ActorName is an actor's name; "" when it is not there.
func (d *Discourse) ActorName(id ActorID) string {
	a, _ := d.Actor(id)
	return a.Name
}

// ClaimText is a claim's words; "" when it is not there.
func (d *Discourse) ClaimText(id ClaimID) string {
	c, _ := d.Claim(id)
	return c.Text
}

// Said lists the statements of an actor, by date.
func (d *Discourse) Said(id ActorID) []int { return at(d.said, d.actors, id) }

// Reported lists the statements that an actor reports, by date.
func (d *Discourse) Reported(id ActorID) []int { return at(d.quoted, d.actors, id) }

// About lists the statements on a claim, by date.
func (d *Discourse) About(id ClaimID) []int { return at(d.about, d.claims, id) }

// Joined lists the relations of a claim, on either side or as a premise.
func (d *Discourse) Joined(id ClaimID) []int { return at(d.joined, d.claims, id) }

// at is the list of what has an identifier; nil when it is not there.
func at[ID ~string](lists [][]int, places map[ID]int, id ID) []int {
	if i, ok := places[id]; ok {
		return lists[i]
	}
	return nil
}

// Counters lists the relations that set a claim against this one.
func (d *Discourse) Counters(id ClaimID) []int {
	var out []int
	for _, i := range d.Joined(id) {
		if x := d.Relations[i]; x.To == id && x.Kind.Counters() {
			out = append(out, i)
		}
	}
	return out
}

// Answered says whether somebody disputes, denies, questions or qualifies a
// claim, or a claim that does is set against it.
func (d *Discourse) Answered(id ClaimID) bool {
	answers := func(i int) bool { s := d.Statements[i].Stance; return !s.Favours() && s != Declines }
	return slices.ContainsFunc(d.About(id), answers) || slices.ContainsFunc(d.Joined(id), func(i int) bool {
		x := d.Relations[i]
		return x.To == id && (x.Kind.Counters() || x.Kind == RelationQualifies)
	})
}

// Sources counts the independent sources that carry a claim, those of the
// statements for it: copies of one story are one.
func (d *Discourse) Sources(id ClaimID) int {
	if i, ok := d.claims[id]; ok {
		return d.sources[i]
	}
	return 0
}

// Whole is the topmost actor that an actor is part of, or the actor itself.
func (d *Discourse) Whole(id ActorID) ActorID {
	for range d.Actors {
		a, ok := d.Actor(id)
		if !ok || a.PartOf == "" {
			return id
		}
		if _, ok := d.actors[a.PartOf]; !ok {
			return id
		}
		id = a.PartOf
	}
	return id // a circle
}

// kin are an actor, all that it is part of, and all that is part of it: who
// speaks for one of them speaks for the actor.
func (d *Discourse) kin(id ActorID) map[ActorID]bool {
	out := map[ActorID]bool{}
	for _, part := range d.WithParts(id) {
		out[part] = true
	}
	for at := id; ; {
		a, ok := d.Actor(at)
		if !ok || a.PartOf == "" || out[a.PartOf] {
			return out
		}
		out[a.PartOf], at = true, a.PartOf
	}
}

// WithParts lists an actor and all that are part of it, over any number of
// steps.
func (d *Discourse) WithParts(id ActorID) []ActorID {
	out, seen := []ActorID{id}, map[ActorID]bool{id: true}
	for i := 0; i < len(out); i++ {
		for _, part := range d.parts[out[i]] {
			if !seen[part] {
				seen[part] = true
				out = append(out, part)
			}
		}
	}
	return out
}
