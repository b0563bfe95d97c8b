package mongo

import (
	"context"
	"fmt"

	"handrail/store"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Batch implements store.Store.
func (db *DB) Batch(ctx context.Context, ops ...store.Op) error {
	if len(ops) == 0 {
		return ctx.Err()
	}
	ops, err := db.schema.CheckOps(ops)
	if err != nil {
		return err
	}
	for i := range ops {
		if ops[i].Kind == store.OpUnchanged { // it gives no stamps
			return &store.OpError{Index: i, Err: store.ErrConflict}
		}
	}
	unlock := db.lanes.lock(ops, db.single)
	defer unlock()
	at := 0
	all := func(ctx context.Context) error {
		for i := range ops {
			at = i
			if err := db.change(ctx, &ops[i]); err != nil {
				return err
			}
		}
		at = -1
		return nil
	}
	bounded, cancel := db.bounded(ctx)
	defer cancel()
	switch {
	case db.single && len(ops) > 1:
		return ErrNoBatch
	case db.single, len(ops) == 1 && ops[0].Doc.Lane == "":
		err = all(bounded)
	default:
		err = db.transaction(bounded, all)
	}
	if err = mapError(ctx, err); err != nil && at >= 0 {
		return &store.OpError{Index: at, Err: err}
	}
	return err
}

// transaction runs f until it is committed or refused; the driver repeats it when
// another transaction was in its way.
func (db *DB) transaction(ctx context.Context, f func(context.Context) error) error {
	session, err := db.client.StartSession()
	if err != nil {
		return err
	}
	defer session.EndSession(context.WithoutCancel(ctx))
	_, err = session.WithTransaction(ctx, func(ctx context.Context) (any, error) { return nil, f(ctx) })
	return err
}

// change runs one op. Its errors are the driver's own, because the driver looks at
// their labels, or refusals of package store.
func (db *DB) change(ctx context.Context, op *store.Op) error {
	t, err := db.schema.Table(op.Collection)
	if err != nil {
		return err
	}
	c := db.db.Collection(t.Name)
	switch {
	case op.Kind == store.OpInsert && t.AppendOnly:
		return db.add(ctx, t, op.Doc)
	case op.Kind == store.OpInsert:
		d := op.Doc
		d.Version = 1
		_, err := c.InsertOne(ctx, encode(t, &d))
		return err
	case op.Kind == store.OpReplace:
		return replace(ctx, c, t, op.Doc)
	}
	result, err := c.DeleteOne(ctx, bson.D{{Key: "_id", Value: op.Doc.ID}, {Key: "version", Value: op.Doc.Version}})
	if err != nil || result.DeletedCount == 1 {
		return err
	}
	return whyNot(ctx, c, &op.Doc)
}

func replace(ctx context.Context, c *mongo.Collection, t *store.Table, d store.Doc) error {
	match := bson.D{{Key: "_id", Value: d.ID}, {Key: "version", Value: d.Version}, {Key: "owner", Value: d.Owner}}
	next := d
	next.Version++
	result, err := c.ReplaceOne(ctx, match, encode(t, &next))
	if err != nil || result.MatchedCount == 1 {
		return err
	}
	return whyNot(ctx, c, &d)
}

// whyNot finds out why d was not there as it was named.
func whyNot(ctx context.Context, c *mongo.Collection, d *store.Doc) error {
	var state struct {
		Version int64 `bson:"version"`
	}
	err := c.FindOne(ctx, bson.D{{Key: "_id", Value: d.ID}},
		options.FindOne().SetProjection(bson.D{{Key: "version", Value: 1}})).Decode(&state)
	switch {
	case err != nil:
		return err
	case state.Version != d.Version:
		return store.ErrConflict
	}
	return fmt.Errorf("%w: the owner of a document never changes", store.ErrInvalid)
}
