package sqlite

import (
	"modernc.org/libc"
	lib "modernc.org/sqlite/lib"

	"handrail/store"
)

// doc reads the row that a statement stands at, in the order of columns.
func (c *direct) doc(stmt uintptr, t *store.Table) store.Doc {
	d := store.Doc{ID: c.text(stmt, 0), Version: c.int(stmt, 1), Owner: c.text(stmt, 2)}
	i := int32(3)
	if t.AppendOnly {
		d.Lane, d.Seq, d.Link = c.text(stmt, 3), c.int(stmt, 4), c.blob(stmt, 5)
		i = 6
	}
	if len(t.KeyNames) > 0 {
		d.Keys = make(store.Keys, len(t.KeyNames))
	}
	for _, name := range t.KeyNames {
		switch lib.Xsqlite3_column_type(c.tls, stmt, i) {
		case lib.SQLITE_NULL:
		case lib.SQLITE_INTEGER:
			d.Keys[name] = c.int(stmt, i)
		default:
			d.Keys[name] = c.text(stmt, i)
		}
		i++
	}
	d.Body = c.blob(stmt, i)
	return d
}

func (c *direct) int(stmt uintptr, i int32) int64 { return lib.Xsqlite3_column_int64(c.tls, stmt, i) }

func (c *direct) text(stmt uintptr, i int32) string {
	p := lib.Xsqlite3_column_text(c.tls, stmt, i)
	n := lib.Xsqlite3_column_bytes(c.tls, stmt, i)
	if p == 0 || n == 0 {
		return ""
	}
	return string(libc.GoBytes(p, int(n)))
}

// holds says whether a column has this value of a key.
func (c *direct) holds(stmt uintptr, i int32, key any) bool {
	kind := lib.Xsqlite3_column_type(c.tls, stmt, i)
	switch v := key.(type) {
	case nil:
		return kind == lib.SQLITE_NULL
	case int64:
		return kind == lib.SQLITE_INTEGER && c.int(stmt, i) == v
	case string:
		return kind == lib.SQLITE_TEXT && c.text(stmt, i) == v
	}
	return false
}

// blob is nil for NULL.
func (c *direct) blob(stmt uintptr, i int32) []byte {
	if lib.Xsqlite3_column_type(c.tls, stmt, i) == lib.SQLITE_NULL {
		return nil
	}
	p := lib.Xsqlite3_column_blob(c.tls, stmt, i)
	out := make([]byte, lib.Xsqlite3_column_bytes(c.tls, stmt, i))
	if p != 0 {
		copy(out, libc.GoBytes(p, len(out)))
	}
	return out
}
