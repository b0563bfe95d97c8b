package sqlite

import (
	"context"
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

func (t *tx) replace(table *store.Table, d *store.Doc) error {
	t.args = append(appendKeys(t.args[:0], table, d), d.Body, d.ID, d.Version, d.Owner)
	return t.onVersion(table, d, "replace", replaceSQL)
}

func (t *tx) delete(table *store.Table, d *store.Doc) error {
	t.args = append(t.args[:0], d.ID, d.Version)
	return t.onVersion(table, d, "delete", deleteSQL)
}

func appendKeys(args []any, table *store.Table, d *store.Doc) []any {
	for _, k := range table.KeyNames {
		args = append(args, d.Keys[k])
	}
	return args
}

// onVersion runs a statement that names the version which it expects, with t.args. When
// that is not there, it finds out why.
func (t *tx) onVersion(table *store.Table, d *store.Doc, verb string, text func(*store.Table) string) error {
	stmt, err := t.verb(table, verb, text)
	if err != nil {
		return err
	}
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
	version, owner := int64(0), ""
	err = t.conn.rows(state, []any{d.ID}, func() error {
		version, owner = t.conn.int(state, 0), t.conn.text(state, 1)
		return nil
	})
	switch {
	case err != nil:
		return err
	case owner == "":
		return store.ErrNotFound
	case version != d.Version:
		return store.ErrConflict
	}
	return fmt.Errorf("%w: the owner of a document never changes", store.ErrInvalid)
}
