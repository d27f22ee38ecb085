package app

import (
	"fmt"

	"github.com/google/uuid"
)

// Each identifier is a UUIDv7 in its usual text form, so notebooks can be
// merged and rows sort by the time they were made.
type (
	// ArticleID identifies an article.
	ArticleID string
	// TextID identifies a text.
	TextID string
	// AnnotationID identifies an annotation.
	AnnotationID string
	// ActorID identifies an actor.
	ActorID string
	// ClaimID identifies a claim.
	ClaimID string
	// StatementID identifies a statement.
	StatementID string
	// RelationID identifies a relation.
	RelationID string
	// NoteID identifies a note.
	NoteID string
	// TagID identifies a tag.
	TagID string
	// CollectionID identifies a collection.
	CollectionID string
	// StoryID identifies a story.
	StoryID string
	// ViewID identifies a saved view.
	ViewID string
	// SynonymsID identifies words that stand for one another in a search.
	SynonymsID string
)

// NewID makes a fresh identifier of type T.
func NewID[T ~string]() T {
	return T(uuid.Must(uuid.NewV7()).String())
}

// IsID says whether s has the form of an identifier.
func IsID(s string) bool {
	return len(s) == 36 && uuid.Validate(s) == nil
}

// Kind names a noun of the notebook, in the singular, as commands, tables and
// JSON spell it.
type Kind string

// The kinds of things a notebook holds.
const (
	KindArticle    Kind = "article"
	KindAnnotation Kind = "annotation"
	KindActor      Kind = "actor"
	KindClaim      Kind = "claim"
	KindStatement  Kind = "statement"
	KindRelation   Kind = "relation"
	KindNote       Kind = "note"
	KindTag        Kind = "tag"
	KindCollection Kind = "collection"
	KindStory      Kind = "story"
	KindView       Kind = "view"
	KindMerge      Kind = "merge" // what a merge moved
	KindColor      Kind = "color" // the name of a mark colour
	KindSynonyms   Kind = "synonyms"
)

// Kinds lists every kind in the order in which the product names them.
var Kinds = []Kind{
	KindArticle, KindAnnotation, KindActor, KindClaim, KindStatement,
	KindRelation, KindNote, KindTag, KindCollection, KindStory, KindView,
}

// Ref points at one thing of any kind.
type Ref struct {
	Kind Kind   `json:"kind"`
	ID   string `json:"id"`
}

// RefTo makes a Ref from a typed identifier.
func RefTo[T ~string](kind Kind, id T) Ref { return Ref{Kind: kind, ID: string(id)} }

func (r Ref) String() string { return fmt.Sprintf("%s %s", r.Kind, r.ID) }
