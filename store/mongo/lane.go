package mongo

import (
	"context"
	"errors"
	"fmt"
	"hash/maphash"
	"slices"
	"sync"

	"handrail/store"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
)

// add puts d at the end of its lane: the document, the head of the lane and, for a
// new lane, the roll of lanes. Two transactions that want the same head get in each
// other's way, and the driver repeats one of them.
//
// A single node has no transaction: there only the lock of this process orders the
// steps, and once the document is in, the rest is done even if the caller leaves.
func (db *DB) add(ctx context.Context, t *store.Table, d store.Doc) error {
	linker := db.linker.Load()
	if linker == nil {
		return fmt.Errorf("%w: no linker is set for %s", store.ErrInvalid, t.Name)
	}
	head, err := db.head(ctx, t.Name, d.Lane)
	if err != nil {
		return err
	}
	first := head.Seq == 0
	next := head.Next(*linker, &d)
	d.Version = 1
	if _, err := db.db.Collection(t.Name).InsertOne(ctx, encode(t, &d)); err != nil {
		return err
	}
	if db.single {
		ctx = context.WithoutCancel(ctx)
	}
	if first {
		roll, err := db.head(ctx, t.Name, "")
		if err != nil {
			return err
		}
		if err := db.putHead(ctx, roll.Seq, roll.Enrol(*linker)); err != nil {
			return err
		}
	}
	return db.putHead(ctx, head.Seq, next)
}

// head returns a head with Seq 0 when the lane is new.
func (db *DB) head(ctx context.Context, collection, lane string) (store.Head, error) {
	var r headRecord
	err := db.db.Collection(headsCollection).FindOne(ctx, bson.D{{Key: "_id", Value: headID(collection, lane)}}).Decode(&r)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return store.Head{Collection: collection, Lane: lane}, nil
	}
	return r.head(), err
}

// putHead replaces the head with seq `was`. Naming it costs nothing within a
// transaction and keeps a single node honest.
func (db *DB) putHead(ctx context.Context, was int64, h store.Head) error {
	r := headRecord{ID: headID(h.Collection, h.Lane), Collection: h.Collection, Lane: h.Lane, Seq: h.Seq, Link: h.Link, Mark: h.Mark}
	c := db.db.Collection(headsCollection)
	if was == 0 {
		_, err := c.InsertOne(ctx, r)
		return err
	}
	result, err := c.ReplaceOne(ctx, bson.D{{Key: "_id", Value: r.ID}, {Key: "seq", Value: was}}, r)
	if err == nil && result.MatchedCount == 0 {
		err = fmt.Errorf("%w: the head of a lane was moved by another process", store.ErrUnavailable)
	}
	return err
}

// laneLocks let the writers of one process take turns at a lane, instead of
// repeating each other's transactions.
type laneLocks [64]sync.Mutex

var laneSeed = maphash.MakeSeed()

// lock takes the locks of all lanes in ops, or one for all lanes, in an order that
// cannot deadlock.
func (l *laneLocks) lock(ops []store.Op, oneForAll bool) (unlock func()) {
	var which []int
	for _, op := range ops {
		switch {
		case op.Doc.Lane == "":
		case oneForAll:
			which = append(which, 0)
		default:
			which = append(which, int(maphash.String(laneSeed, op.Collection+"/"+op.Doc.Lane)%uint64(len(l))))
		}
	}
	slices.Sort(which)
	which = slices.Compact(which)
	for _, i := range which {
		l[i].Lock()
	}
	return func() {
		for _, i := range which {
			l[i].Unlock()
		}
	}
}
