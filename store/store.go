// Package store keeps documents: an id, a version, a few index keys and a body.
//
// It is narrow on purpose: six verbs and a batch, the same on SQLite (built in)
// and MongoDB. There is no query language, no aggregation and no driver type
// above it. What a document means is not known here.
//
// Promises, held by both engines and checked by store/storetest:
//   - a nil error means durable (fsynced, or majority-acknowledged);
//   - Replace and Delete act only on the version that they name: no lost update;
//   - Batch is all or nothing;
//   - a cursor neither skips nor repeats a document that was there when the walk
//     began, whatever is inserted meanwhile;
//   - an append-only collection numbers its documents without a gap, in the order
//     of their commits, and links each to the one before.
package store

import (
	"context"
	"errors"
	"fmt"
)

// The errors of a store. Engines wrap them; use errors.Is.
var (
	ErrNotFound    = errors.New("store: no such document")
	ErrExists      = errors.New("store: id or unique key is taken")
	ErrConflict    = errors.New("store: version is not the newest")
	ErrUnavailable = errors.New("store: engine does not answer")
	ErrErased      = errors.New("store: the owner's data key is destroyed")
	ErrAppendOnly  = errors.New("store: collection is append-only")
	ErrBadCursor   = errors.New("store: cursor is not one of ours")
	ErrInvalid     = errors.New("store: request breaks the schema or a limit")
	ErrBadText     = fmt.Errorf("%w: an id or a key that no document can have", ErrInvalid)
)

// Collection declares a kind of document. Its name is lower-case ASCII words
// joined by "_"; names of indexes and keys may hold capitals too ("patientId"),
// but two keys must differ in more than case.
type Collection struct {
	Name    string
	Indexes []Index
	// AppendOnly collections refuse Replace and Delete. Each document belongs to
	// a lane (Doc.Lane); within its lane it gets Seq 1, 2, 3 ... in commit order
	// and Link, a keyed hash over itself and the link before it.
	AppendOnly bool
}

// Index is an ordered list of key names. Every key name that a Collection's
// documents carry must stand in at least one of its indexes. A document may lack
// a key; one key holds one type (string or int64) throughout its collection.
type Index struct {
	Name   string
	Keys   []string
	Unique bool // over the tuple of Keys; documents that lack one of them are exempt

	// Sparse leaves out the documents that lack the last of Keys: nothing is written for
	// them. A query must name that key, in Equal or by From or To; all keys before it
	// stand in Equal.
	Sparse bool
}

// Keys are a document's index fields. A value is a string or an int64; times
// are int64 milliseconds since the Unix epoch. They are not sealed, so they hold
// ids, times and states, never anything that a person wrote. An int is taken for
// an int64, a nil for a key that is missing.
type Keys map[string]any

// Doc is one document.
type Doc struct {
	ID      string // 1..MaxID bytes of UTF-8 without NUL
	Version int64  // 1 after Insert, +1 with every Replace
	Owner   string // whose data key seals the body, like an ID; never changes; Site for nobody
	Keys    Keys
	Body    []byte // at most MaxBody bytes

	// Only for append-only collections.
	Lane string // given by the caller, like an ID
	Seq  int64  // given by the store, from 1
	Link []byte // given by the store

	// Bad says why the body does not open; nil in every document of a query that
	// did not ask for those. A document with Bad has no Body.
	Bad error
}

// Limits on what is asked of a store.
const (
	MaxBody  = 1 << 20 // bytes
	MaxLimit = 1000    // documents in a Page
	MaxBatch = 300     // ops
	MaxID    = 128     // bytes, of an id, an owner or a lane
	MaxKey   = 512     // bytes, of a string key
)

// Site owns what belongs to no person. It cannot be erased.
const Site = "site"

// Query asks for documents along one declared index: equality on the first
// len(Equal) keys of it, and, if From or To is set, a half-open range
// [From, To) on the key that follows. The order is (that key, id). With From and
// To open, documents that lack that key come first (last with Desc); with either
// set they are left out. A page costs what it holds when no further key of the
// index follows the one that orders.
//
// Two indexes need no declaration: IDIndex in every collection, and LaneIndex
// (keys "lane", "seq") in every append-only one.
type Query struct {
	Index  string
	Equal  []any
	From   any // nil: open
	To     any // nil: open
	Desc   bool
	Limit  int    // 1..MaxLimit
	Cursor string // Page.Next of the page before, or ""

	// Lacking asks only for the documents that lack the key that follows Equal, in the
	// order of their ids; From and To are open then. What is over gets such a key and
	// what goes on has none: so a list of what goes on costs what it holds, and a
	// document that was written before there was the key is still among them.
	Lacking bool

	// OneOf asks for all documents whose first key of the index is one of some texts, at most
	// MaxLimit: many short lists in one go, in no order and on one page. Nothing else is set
	// but Limit and Unopened; ErrInvalid where there are more than Limit. Of no text there
	// are none; nil asks for something else.
	OneOf []string

	// Unopened asks for documents whose body does not open too, with Doc.Bad set.
	// Else one of them fails the page. It is for workers, who set them aside.
	Unopened bool
}

// The built-in indexes. IDIndex has no key before the id: Equal is empty and
// From and To range over ids.
const (
	IDIndex   = "id"
	LaneIndex = "lane"
)

// Page is an answer to Query. Next is "" at the end.
type Page struct {
	Docs []Doc
	Next string
}

// OpKind says what an Op does.
type OpKind int

// The kinds of Op.
const (
	OpInsert OpKind = iota + 1
	OpReplace
	OpDelete
	OpUnchanged
)

// Op is one change within a Batch.
type Op struct {
	Kind       OpKind
	Collection string
	Doc        Doc   // for OpDelete only ID and Version are read
	Since      Stamp // for OpUnchanged alone
}

// Insert, Replace and Delete make the Ops of a Batch.
func Insert(collection string, d Doc) Op  { return Op{Kind: OpInsert, Collection: collection, Doc: d} }
func Replace(collection string, d Doc) Op { return Op{Kind: OpReplace, Collection: collection, Doc: d} }
func Delete(collection, id string, version int64) Op {
	return Op{Kind: OpDelete, Collection: collection, Doc: Doc{ID: id, Version: version}}
}

// Store is what the use cases see. The Keys and the Body of a Doc that was
// handed to it must not be changed afterwards.
type Store interface {
	// Insert adds a document. ErrExists when the id or a unique key is taken.
	Insert(ctx context.Context, collection string, d Doc) error
	// Get reads one document. ErrNotFound; ErrErased when its owner was erased.
	Get(ctx context.Context, collection, id string) (Doc, error)
	// GetMany reads the documents of up to MaxLimit ids in one go, in no order. Those
	// that are not there, and those of erased owners, are left out; one that does not
	// open has Bad.
	GetMany(ctx context.Context, collection string, ids []string) ([]Doc, error)
	// Replace writes keys and body if d.Version is still the stored version, which
	// then grows by one. ErrConflict, ErrNotFound, ErrExists (unique key).
	Replace(ctx context.Context, collection string, d Doc) error
	// Delete removes the document if its version is still the one named.
	Delete(ctx context.Context, collection, id string, version int64) error
	// Query walks an index. Documents of erased owners are left out.
	Query(ctx context.Context, collection string, q Query) (Page, error)
	// Batch does all of ops, in their order, or none of them. The error is that
	// of the first op that failed, in an *OpError that says which.
	Batch(ctx context.Context, ops ...Op) error
}

// OpError tells which op of a Batch was refused.
type OpError struct {
	Index int
	Err   error
}

func (e *OpError) Error() string { return e.Err.Error() }
func (e *OpError) Unwrap() error { return e.Err }
