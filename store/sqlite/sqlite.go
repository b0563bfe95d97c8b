// Package sqlite is the built-in engine of the store: one file, written by one
// goroutine that commits many requests with one fsync, read by a small pool.
//
// What lives here: SQL, files, transactions. What does not: sealing, and what a
// document means.
//
// Other processes may have the same file open. Do not open the file with
// anything but SQLite while it is in use: on some systems closing a second
// descriptor drops the locks of the first.
package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"sync/atomic"

	"handrail/store"

	driver "modernc.org/sqlite"
)

// readers is the number of reading connections. More than there are cores gains
// nothing; a few more than one let short reads pass a long one.
const readers = 4

// DB is an open database file. It is a store.Engine.
type DB struct {
	store.Singles
	path   string
	schema *store.Schema
	linker atomic.Pointer[store.Linker]
	write  *writer
	read   *reader
	stamps stamps
}

var (
	_ store.Engine  = (*DB)(nil)
	_ store.Stamper = (*DB)(nil)
)

// Open opens the file at path and brings it to what collections declare: tables,
// columns and indexes that are missing are added. A missing file is created,
// readable by its owner only.
func Open(ctx context.Context, path string, collections []store.Collection) (*DB, error) {
	schema, err := store.NewSchema(collections)
	if err != nil {
		return nil, err
	}
	// Locks that belong to the open file survive a careless close of a second
	// descriptor. Linux only; elsewhere the plain locks have to do.
	_, _ = driver.OFDLocking(true)
	if err := create(path); err != nil {
		return nil, fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	w, err := openWriter(ctx, path, schema)
	if err != nil {
		return nil, err
	}
	r, err := openPool(path, 1, url.Values{"_query_only": {"1"}})
	if err != nil {
		w.close()
		return nil, err
	}
	db := &DB{path: path, schema: schema, read: newReader(path, r)}
	db.Run = db.Batch
	db.write = startWriter(w, db)
	return db, nil
}

// openWriter returns the writing connection, with the tables up to date.
func openWriter(ctx context.Context, path string, schema *store.Schema) (*direct, error) {
	pool, err := openPool(path, 1, url.Values{"_journal_mode": {"WAL"}})
	if err != nil {
		return nil, err
	}
	w, err := prepareFile(ctx, pool, path, schema)
	if closed := pool.Close(); err == nil && closed != nil {
		w.close()
		err = closed
	}
	return w, mapError(err)
}

func prepareFile(ctx context.Context, pool *sql.DB, path string, schema *store.Schema) (*direct, error) {
	var conn *sql.Conn
	err := patiently(ctx, func() (err error) {
		conn, err = pool.Conn(ctx)
		return err
	})
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if err := migrate(ctx, conn, schema); err != nil {
		return nil, err
	}
	return openDirect(path, writePragmas) // before the other one closes: the last to close empties the log
}

// create makes the file with tight permissions; SQLite gives its -wal and -shm
// the same. An existing file is not touched.
func create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	if err != nil {
		return err
	}
	return f.Close()
}

func openPool(path string, conns int, settings url.Values, pragmas ...string) (*sql.DB, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	pragmas = append(pragmas,
		"secure_delete(1)", // erasing a person destroys a key: its old bytes must not linger in the file
		"trusted_schema(0)",
		"temp_store(MEMORY)", // savepoints keep a journal of their own, which is slow in a file
	)
	q := url.Values{"_busy_timeout": {"10000"}, "_synchronous": {"FULL"}, "_dqs": {"0"}, "_pragma": pragmas}
	maps.Copy(q, settings)
	u := url.URL{Scheme: "file", Path: filepath.ToSlash(abs), RawQuery: q.Encode()}
	pool, err := sql.Open("sqlite", u.String())
	if err != nil {
		return nil, err
	}
	pool.SetMaxOpenConns(conns)
	pool.SetMaxIdleConns(conns)
	return pool, nil
}

// Schema implements store.Engine.
func (db *DB) Schema() *store.Schema { return db.schema }

// SetLinker implements store.Engine.
func (db *DB) SetLinker(l store.Linker) { db.linker.Store(&l) }

// Ping implements store.Engine: it reads, and sees that writes are taken.
func (db *DB) Ping(ctx context.Context) error {
	if err := db.read.pool.PingContext(ctx); err != nil {
		return mapError(err)
	}
	return db.write.do(ctx, 0, func(*tx) error { return nil })
}

// Close implements store.Engine.
func (db *DB) Close() error {
	db.write.stop()
	return db.read.close()
}
