package sqlite

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/bits"
	"path/filepath"

	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"handrail/store"
)

// direct is a connection without database/sql and its driver. A read by a key is a few
// microseconds of SQLite; the driver asks for the name and type of each column at each
// read, and both start a goroutine to watch the caller's ctx. A read here looks at the
// ctx between rows instead: a page costs what it holds, so it ends soon. It is for one
// goroutine at a time.
type direct struct {
	tls   *libc.TLS
	db    uintptr
	stmts map[stmtKey]uintptr
	room  uintptr // for what is bound, until the statement is reset
	size  int
}

// stmtKey is a query, or a verb on a table, or a whole text.
type stmtKey struct {
	shape
	verb    string
	changed uint64 // for "replace": the keys that it writes
}

// directError is what SQLite says. Its text names columns, never values.
type directError struct {
	code int
	text string
}

func (e *directError) Error() string { return fmt.Sprintf("%s (%d)", e.text, e.code) }

// Code is SQLite's extended result code.
func (e *directError) Code() int { return e.code }

// readPragmas are those of a reading connection. It waits for a lock only while somebody
// recovers the file.
const readPragmas = "PRAGMA busy_timeout=10000; PRAGMA query_only=1; " + pragmas

// writePragmas are those of the writer, which waits by itself (patiently). Erasing a
// person destroys a key: their old bytes must not linger in the file.
const writePragmas = "PRAGMA busy_timeout=0; PRAGMA synchronous=FULL; PRAGMA secure_delete=1; PRAGMA " + checkpointPragma + "; " + pragmas

// pragmas are those of both. Savepoints keep a journal of their own, which is slow in a file.
const pragmas = "PRAGMA trusted_schema=0; PRAGMA temp_store=MEMORY"

func openDirect(path, pragmas string) (*direct, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	c := &direct{tls: libc.NewTLS(), stmts: map[stmtKey]uintptr{}}
	c.grow(1 << 10)
	name, err := libc.CString(abs)
	if err != nil {
		return nil, err
	}
	defer libc.Xfree(c.tls, name)
	rc := lib.Xsqlite3_open_v2(c.tls, name, c.room, lib.SQLITE_OPEN_READWRITE|lib.SQLITE_OPEN_NOMUTEX, 0)
	c.db = c.pointer()
	if err = c.failed(rc); err == nil {
		lib.Xsqlite3_extended_result_codes(c.tls, c.db, 1)
		err = c.script(pragmas)
	}
	if err != nil {
		c.close()
		return nil, err
	}
	return c, nil
}

// pointer is the one that SQLite left at the beginning of room.
func (c *direct) pointer() uintptr {
	b := libc.GoBytes(c.room, bits.UintSize/8)
	if bits.UintSize == 32 {
		return uintptr(binary.NativeEndian.Uint32(b))
	}
	return uintptr(binary.NativeEndian.Uint64(b))
}

// grow makes room for n bytes. Nothing may be bound.
func (c *direct) grow(n int) {
	if n <= c.size {
		return
	}
	if c.room != 0 {
		libc.Xfree(c.tls, c.room)
	}
	c.room, c.size = libc.Xmalloc(c.tls, libc.Tsize_t(n)), n
}

func (c *direct) failed(rc int32) error {
	if rc == lib.SQLITE_OK {
		return nil
	}
	text := "sqlite: no connection"
	if c.db != 0 {
		text = libc.GoString(lib.Xsqlite3_errmsg(c.tls, c.db))
	}
	return &directError{int(rc), text}
}

// script runs statements that give nothing.
func (c *direct) script(text string) error {
	z, err := libc.CString(text)
	if err != nil {
		return err
	}
	defer libc.Xfree(c.tls, z)
	return c.failed(lib.Xsqlite3_exec(c.tls, c.db, z, 0, 0, 0))
}

func (c *direct) close() {
	for _, stmt := range c.stmts {
		lib.Xsqlite3_finalize(c.tls, stmt)
	}
	lib.Xsqlite3_close_v2(c.tls, c.db)
	libc.Xfree(c.tls, c.room)
	c.tls.Close()
}

// prepared returns the statement for key. There are few shapes (a handful for each
// index), so none is ever dropped.
func (c *direct) prepared(key stmtKey, text func() string) (uintptr, error) {
	if stmt := c.stmts[key]; stmt != 0 {
		return stmt, nil
	}
	z, err := libc.CString(text())
	if err != nil {
		return 0, err
	}
	defer libc.Xfree(c.tls, z)
	if err := c.failed(lib.Xsqlite3_prepare_v3(c.tls, c.db, z, -1, lib.SQLITE_PREPARE_PERSISTENT, c.room, 0)); err != nil {
		return 0, err
	}
	stmt := c.pointer()
	c.stmts[key] = stmt
	return stmt, nil
}

// largeRoom is up to which size room is kept.
const largeRoom = 128 << 10

// reset readies a statement for its next use. What is bound is bound anew then.
func (c *direct) reset(stmt uintptr) {
	lib.Xsqlite3_reset(c.tls, stmt)
	if c.size > largeRoom {
		lib.Xsqlite3_clear_bindings(c.tls, stmt)
		libc.Xfree(c.tls, c.room)
		c.room, c.size = 0, 0
		c.grow(1 << 10)
	}
}

// bind gives a statement its values: strings, bytes, integers, nil. They stay in room.
func (c *direct) bind(stmt uintptr, args []any) error {
	n := 8
	for _, a := range args {
		switch v := a.(type) {
		case string:
			n += len(v)
		case []byte:
			n += len(v)
		}
	}
	c.grow(n)
	at := c.room
	for i, a := range args {
		var rc int32
		switch v := a.(type) {
		case int64:
			rc = lib.Xsqlite3_bind_int64(c.tls, stmt, int32(i+1), v)
		case int:
			rc = lib.Xsqlite3_bind_int64(c.tls, stmt, int32(i+1), int64(v))
		case string:
			copy(libc.GoBytes(at, len(v)), v)
			rc = lib.Xsqlite3_bind_text(c.tls, stmt, int32(i+1), at, int32(len(v)), 0) // 0: SQLITE_STATIC
			at += uintptr(len(v))
		case []byte:
			if v == nil {
				rc = lib.Xsqlite3_bind_null(c.tls, stmt, int32(i+1))
				break
			}
			copy(libc.GoBytes(at, len(v)), v)
			rc = lib.Xsqlite3_bind_blob(c.tls, stmt, int32(i+1), at, int32(len(v)), 0)
			at += uintptr(len(v))
		case nil:
			rc = lib.Xsqlite3_bind_null(c.tls, stmt, int32(i+1))
		default:
			return fmt.Errorf("%w: a %T is no value of a key", store.ErrInvalid, a)
		}
		if err := c.failed(rc); err != nil {
			return err
		}
	}
	return nil
}

// rows runs a statement and calls each, if it is not nil, at every row.
func (c *direct) rows(stmt uintptr, args []any, each func() error) error {
	defer c.reset(stmt)
	if err := c.bind(stmt, args); err != nil {
		return err
	}
	for {
		switch rc := lib.Xsqlite3_step(c.tls, stmt); {
		case rc == lib.SQLITE_DONE:
			return nil
		case rc != lib.SQLITE_ROW:
			return c.failed(rc)
		case each != nil:
			if err := each(); err != nil {
				return err
			}
		}
	}
}

// changed is how many rows the last statement changed.
func (c *direct) changed() int { return int(lib.Xsqlite3_changes(c.tls, c.db)) }

// read appends to docs the rows of t that a statement gives.
func (c *direct) read(ctx context.Context, t *store.Table, key shape, text func() string, docs []store.Doc, args []any) ([]store.Doc, error) {
	stmt, err := c.prepared(stmtKey{shape: key}, text)
	if err != nil {
		return nil, err
	}
	err = c.rows(stmt, args, func() error {
		docs = append(docs, c.doc(stmt, t))
		return ctx.Err()
	})
	return docs, err
}
