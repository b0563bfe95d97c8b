// Package mongo is the engine of the store for more than one machine: MongoDB,
// through its own driver.
//
// A document is {_id, version, owner, k_<key>..., body}, append-only ones also have
// lane, seq and link. A batch is a transaction, so the server must be a replica
// set (of one at least) or a sharded cluster. Writes are acknowledged by a majority
// that has journaled them; reads come from the primary and see such writes only.
//
// What lives here: BSON, commands, transactions. What does not: sealing, and what
// a document means.
package mongo

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"handrail/store"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
	"go.mongodb.org/mongo-driver/v2/mongo/readconcern"
	"go.mongodb.org/mongo-driver/v2/mongo/readpref"
	"go.mongodb.org/mongo-driver/v2/mongo/writeconcern"
)

// ErrNoBatch is what a single node answers to a batch of more than one op.
var ErrNoBatch = fmt.Errorf("%w: a single node has no transactions, and so no batches; use a replica set", store.ErrInvalid)

// Options say where the database is.
type Options struct {
	URI      string
	Database string
	Timeout  time.Duration // of one operation, unless its context ends sooner; 10 s when 0
	// SingleNode is for tests against a server without replica set. It uses one
	// connection, and a batch of more than one op answers ErrNoBatch.
	SingleNode bool
}

// DB is a database on MongoDB. It is a store.Engine.
type DB struct {
	store.Singles
	client *mongo.Client
	db     *mongo.Database
	schema *store.Schema
	linker atomic.Pointer[store.Linker]
	lanes  laneLocks
	single bool
	limit  time.Duration
}

var _ store.Engine = (*DB)(nil)

// Open connects, checks that the server can keep the store's promises, and makes the
// collections and indexes that are missing.
func Open(ctx context.Context, o Options, collections []store.Collection) (*DB, error) {
	schema, err := store.NewSchema(collections)
	if err != nil {
		return nil, err
	}
	if o.Timeout <= 0 {
		o.Timeout = 10 * time.Second
	}
	client, err := mongo.Connect(clientOptions(o))
	if err != nil {
		return nil, fmt.Errorf("mongo: the address is not usable: %w", err)
	}
	db := &DB{client: client, db: client.Database(o.Database), schema: schema, single: o.SingleNode, limit: o.Timeout}
	db.Run = db.Batch
	if err := db.prepare(ctx); err != nil {
		return nil, errors.Join(err, client.Disconnect(context.WithoutCancel(ctx)))
	}
	return db, nil
}

func clientOptions(o Options) *options.ClientOptions {
	journaled := true
	c := options.Client().
		SetWriteConcern(&writeconcern.WriteConcern{W: "majority", Journal: &journaled}).
		SetReadConcern(readconcern.Majority()).
		SetReadPreference(readpref.Primary()).
		SetServerSelectionTimeout(5 * time.Second).
		SetConnectTimeout(5 * time.Second).
		SetTimeout(o.Timeout).
		ApplyURI(o.URI)
	if o.SingleNode {
		c.SetMaxPoolSize(1).SetRetryWrites(false)
	}
	return c
}

func (db *DB) prepare(ctx context.Context) error {
	if err := db.Ping(ctx); err != nil {
		return err
	}
	if !db.single {
		if err := db.checkTransactions(ctx); err != nil {
			return err
		}
	}
	return db.migrate(ctx)
}

// checkTransactions refuses a server that would only notice at the first batch.
func (db *DB) checkTransactions(ctx context.Context) error {
	var hello struct {
		SetName string `bson:"setName"` // of a replica set
		Msg     string `bson:"msg"`     // "isdbgrid": the router of a sharded cluster
	}
	if err := db.client.Database("admin").RunCommand(ctx, bson.D{{Key: "hello", Value: 1}}).Decode(&hello); err != nil {
		return mapError(ctx, err)
	}
	if hello.SetName == "" && hello.Msg != "isdbgrid" {
		return errors.New("mongo: the server is no member of a replica set, so it has no transactions; start mongod with --replSet and run rs.initiate() (one member is enough)")
	}
	return nil
}

// Schema implements store.Engine.
func (db *DB) Schema() *store.Schema { return db.schema }

// SetLinker implements store.Engine.
func (db *DB) SetLinker(l store.Linker) { db.linker.Store(&l) }

// bounded limits one operation. The driver tries again and again until its context
// ends, so a server that is gone would otherwise cost the caller's whole patience.
// Errors are to be mapped with the caller's own context: only its end is the
// caller's doing.
func (db *DB) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(ctx, db.limit)
}

// Ping implements store.Engine.
func (db *DB) Ping(ctx context.Context) error {
	bounded, cancel := db.bounded(ctx)
	defer cancel()
	return mapError(ctx, db.client.Ping(bounded, readpref.Primary()))
}

// Scrub implements store.Engine. WiredTiger writes pages anew and reuses the space of
// old ones in its own time; there is nothing that a client could ask for.
func (db *DB) Scrub(ctx context.Context) error { return ctx.Err() }

// Close implements store.Engine: it waits for operations that are under way.
func (db *DB) Close() error {
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	err := db.client.Disconnect(ctx)
	if errors.Is(err, mongo.ErrClientDisconnected) {
		return nil
	}
	return err
}
