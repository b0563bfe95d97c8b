package store

import "context"

// Engine is a database under a sealed store. It takes bodies as they come, so
// only package seal should hand it any.
type Engine interface {
	Store

	// Schema is what the engine was opened with.
	Schema() *Schema
	// SetLinker must be called before the first insert into an append-only
	// collection; without it those are refused.
	SetLinker(Linker)
	// Heads lists the heads of an append-only collection in the order of their
	// lanes, beginning with lane from. The lane "" is the roll of lanes.
	Heads(ctx context.Context, collection, from string, limit int) ([]Head, error)
	// NextLane is the first lane, from `from` on, that has a document; "" when there
	// is none.
	NextLane(ctx context.Context, collection, from string) (string, error)
	// Ping says whether the database answers: ErrUnavailable.
	Ping(ctx context.Context) error
	// Scrub makes bytes that were overwritten or deleted leave the files, as far
	// as the engine can.
	Scrub(ctx context.Context) error
	// Close lets the writes that were accepted finish.
	Close() error
}

// Head is the newest entry of a lane, kept beside the documents so that a lane
// which lost its tail is noticed. Mark authenticates the rest, so that it can't be
// set back by hand. In the roll of lanes (Lane "") Seq is the number of lanes.
type Head struct {
	Collection string
	Lane       string
	Seq        int64
	Link       []byte
	Mark       []byte
}

// Linker computes the keyed hashes of append-only collections. It must be safe
// for concurrent use.
type Linker interface {
	// Link is the hash of d (whose Seq is set, body sealed) behind prev, the link
	// before it, which is empty for the first.
	Link(collection string, prev []byte, d Doc) []byte
	// Mark is the hash of all other fields of h.
	Mark(h Head) []byte
}

// Next gives d its place behind h: it sets d's Seq and Link and returns the head
// that follows. For the first of a lane, h has only Collection and Lane.
func (h Head) Next(l Linker, d *Doc) Head {
	d.Seq = h.Seq + 1
	d.Link = l.Link(h.Collection, h.Link, *d)
	next := Head{Collection: h.Collection, Lane: h.Lane, Seq: d.Seq, Link: d.Link}
	next.Mark = l.Mark(next)
	return next
}

// Enrol counts one lane more in the roll h.
func (h Head) Enrol(l Linker) Head {
	h.Seq++
	h.Mark = l.Mark(h)
	return h
}
