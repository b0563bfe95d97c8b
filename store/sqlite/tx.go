package sqlite

import (
	"context"
	"errors"
	"fmt"

	"handrail/store"
)

// tx is the writer's connection inside a transaction. Statements run without a deadline:
// once a group has begun it must end well for all, whoever of them has stopped waiting.
type tx struct {
	db      *DB
	conn    *direct
	args    []any // of the statement that runs
	changes int   // statements that changed something, ever
	heads   headCache
}

var unbounded = context.Background()

// verb is the statement that does something to a table, or a whole text without one.
func (t *tx) verb(table *store.Table, verb string, text func(*store.Table) string) (uintptr, error) {
	return t.conn.prepared(stmtKey{shape: shape{table: table.Name}, verb: verb}, func() string { return text(table) })
}

func (t *tx) exec(text string, args ...any) error { return t.query(text, args, nil) }

// query runs a text, and calls row at each row of it with the statement.
func (t *tx) query(text string, args []any, row func(stmt uintptr)) error {
	stmt, err := t.conn.prepared(stmtKey{verb: text}, func() string { return text })
	if err != nil {
		return err
	}
	return t.conn.rows(stmt, args, func() error {
		if row != nil {
			row(stmt)
		}
		return nil
	})
}

// begin takes the writer's lock from other processes.
func (t *tx) begin() error {
	if err := patiently(unbounded, func() error { return t.exec("BEGIN IMMEDIATE") }); err != nil {
		return err
	}
	return t.refreshHeads()
}

// undo goes back to where the request began.
func (t *tx) undo() error {
	t.heads.forget()
	return t.exec("ROLLBACK TO request")
}

// rollback gives the whole transaction up. It fails when SQLite has already done so.
func (t *tx) rollback() {
	t.heads.forget()
	_ = t.exec("ROLLBACK")
}

// change runs one op that has passed Schema.CheckOps.
func (t *tx) change(op *store.Op) error {
	if op.Kind == store.OpUnchanged {
		if t.db.stamps.count(op.Since.Collections) != op.Since.Count {
			return store.ErrConflict
		}
		return nil
	}
	table, err := t.db.schema.Table(op.Collection)
	if err != nil {
		return err
	}
	t.db.stamps.wrote(table.Name)
	switch {
	case op.Kind == store.OpInsert && table.AppendOnly:
		return t.add(table, op.Doc)
	case op.Kind == store.OpInsert:
		return t.insert(table, &op.Doc)
	case op.Kind == store.OpReplace:
		return t.replace(table, &op.Doc)
	}
	return t.delete(table, &op.Doc)
}

func (t *tx) insert(table *store.Table, d *store.Doc) error {
	stmt, err := t.verb(table, "insert", insertSQL)
	if err != nil {
		return err
	}
	args := append(t.args[:0], d.ID, int64(1), d.Owner)
	if table.AppendOnly {
		args = append(args, d.Lane, d.Seq, d.Link)
	}
	t.args = append(appendKeys(args, table, d), d.Body)
	if err := t.conn.rows(stmt, t.args, nil); err != nil {
		return mapError(err)
	}
	t.changes++
	return nil
}

// replace writes the keys that are others than before, and those alone: SQLite takes an
// entry out of each index whose column a statement names and puts it in again, whatever
// it was, and each of those is a page of the log.
func (t *tx) replace(table *store.Table, d *store.Doc) error {
	state, err := t.verb(table, "keys", keysSQL)
	if err != nil {
		return err
	}
	row, version, owner, changed := int64(0), int64(0), "", uint64(0)
	err = t.conn.rows(state, []any{d.ID}, func() error {
		row, version, owner = t.conn.int(state, 0), t.conn.int(state, 1), t.conn.text(state, 2)
		for i, name := range table.KeyNames {
			if !t.conn.holds(state, int32(i+3), d.Keys[name]) {
				changed |= 1 << min(i, lastChange)
			}
		}
		return nil
	})
	switch {
	case err != nil:
		return mapError(err)
	case owner == "":
		return store.ErrNotFound
	case version != d.Version:
		return store.ErrConflict
	case owner != d.Owner:
		return errOwner
	}
	stmt, err := t.conn.prepared(stmtKey{shape: shape{table: table.Name}, verb: "replace", changed: changed}, func() string { return replaceSQL(table, changed) })
	if err != nil {
		return err
	}
	t.args = t.args[:0]
	for i, name := range table.KeyNames {
		if isChanged(changed, i) {
			t.args = append(t.args, d.Keys[name])
		}
	}
	t.args = append(t.args, d.Body, row)
	if err := t.conn.rows(stmt, t.args, nil); err != nil {
		return mapError(err)
	}
	t.changes++
	return nil
}

var errOwner = fmt.Errorf("%w: the owner of a document never changes", store.ErrInvalid)

// lastChange is the bit for the keys of a table from this one on, which change together.
const lastChange = 63

func isChanged(changed uint64, key int) bool { return changed&(1<<min(key, lastChange)) != 0 }

func (t *tx) delete(table *store.Table, d *store.Doc) error {
	stmt, err := t.verb(table, "delete", deleteSQL)
	if err != nil {
		return err
	}
	t.args = append(t.args[:0], d.ID, d.Version)
	if err := t.conn.rows(stmt, t.args, nil); err != nil {
		return mapError(err)
	}
	if t.conn.changed() == 1 {
		t.changes++
		return nil
	}
	state, err := t.verb(table, "state", stateSQL)
	if err != nil {
		return err
	}
	refused := store.ErrNotFound
	err = t.conn.rows(state, []any{d.ID}, func() error {
		refused = store.ErrConflict
		return nil
	})
	return errors.Join(err, refused)
}

func appendKeys(args []any, table *store.Table, d *store.Doc) []any {
	for _, k := range table.KeyNames {
		args = append(args, d.Keys[k])
	}
	return args
}
