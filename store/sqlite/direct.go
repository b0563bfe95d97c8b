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

// direct is a reading connection without database/sql and its driver. A read by a key is
// a few microseconds of SQLite; the driver asks for the name and type of each column at
// each read, and both start a goroutine to watch the caller's ctx. A read here looks at
// the ctx between rows instead: a page costs what it holds, so it ends soon. It is for
// one goroutine at a time.
type direct struct {
	tls   *libc.TLS
	db    uintptr
	stmts map[shape]uintptr
	room  uintptr // for the texts that are bound, until the statement is reset
	size  int
}

// directError is what SQLite says. Its text names columns, never values.
type directError struct {
	code int
	text string
}

func (e *directError) Error() string { return fmt.Sprintf("%s (%d)", e.text, e.code) }

// Code is SQLite's extended result code.
func (e *directError) Code() int { return e.code }

// busyFor is how long a read waits for a lock, in milliseconds: only for somebody who
// recovers the file.
const busyFor = 10_000

func openDirect(path string) (*direct, error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	c := &direct{tls: libc.NewTLS(), stmts: map[shape]uintptr{}}
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
		lib.Xsqlite3_busy_timeout(c.tls, c.db, busyFor)
		err = c.exec("PRAGMA query_only=1; PRAGMA trusted_schema=0; PRAGMA temp_store=MEMORY")
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

func (c *direct) exec(text string) error {
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
func (c *direct) prepared(key shape, text func() string) (uintptr, error) {
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

// bind gives a statement its values: strings and integers. The texts stay in room.
func (c *direct) bind(stmt uintptr, args []any) error {
	n := 1
	for _, a := range args {
		if s, ok := a.(string); ok {
			n += len(s)
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
		default:
			return fmt.Errorf("%w: a %T can't be asked for", store.ErrInvalid, a)
		}
		if err := c.failed(rc); err != nil {
			return err
		}
	}
	return nil
}

// read appends to docs the rows of t that a statement gives.
func (c *direct) read(ctx context.Context, t *store.Table, key shape, text func() string, docs []store.Doc, args []any) ([]store.Doc, error) {
	stmt, err := c.prepared(key, text)
	if err != nil {
		return nil, err
	}
	defer lib.Xsqlite3_reset(c.tls, stmt) // what is bound is bound anew at the next use
	if err := c.bind(stmt, args); err != nil {
		return nil, err
	}
	for {
		switch rc := lib.Xsqlite3_step(c.tls, stmt); rc {
		case lib.SQLITE_ROW:
			docs = append(docs, c.doc(stmt, t))
			if err := ctx.Err(); err != nil {
				return nil, err
			}
		case lib.SQLITE_DONE:
			return docs, nil
		default:
			return nil, c.failed(rc)
		}
	}
}
