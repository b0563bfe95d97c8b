package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"handrail/store"
)

// tx is the writer's connection inside a transaction, with its statements.
type tx struct {
	db      *DB
	conn    *sql.Conn
	stmts   map[stmtKey]*sql.Stmt
	changes int // statements that changed something, ever
	heads   headCache
}

// stmtKey is a verb on a table, or a whole text with an empty table.
type stmtKey struct{ table, text string }

// Statements run without a deadline: once a group has begun it must end well for
// all, whoever of them has stopped waiting.
var unbounded = context.Background()

func (t *tx) prepared(key stmtKey, text func() string) (*sql.Stmt, error) {
	if stmt := t.stmts[key]; stmt != nil {
		return stmt, nil
	}
	stmt, err := t.conn.PrepareContext(unbounded, text())
	if err == nil {
		t.stmts[key] = stmt
	}
	return stmt, err
}

func (t *tx) exec(text string, args ...any) error {
	stmt, err := t.prepared(stmtKey{text: text}, func() string { return text })
	if err != nil {
		return err
	}
	_, err = stmt.ExecContext(unbounded, args...)
	return err
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

func (t *tx) close() {
	for _, stmt := range t.stmts {
		_ = stmt.Close()
	}
	_ = t.conn.Close()
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
	stmt, err := t.prepared(stmtKey{table.Name, "insert"}, func() string { return insertSQL(table) })
	if err != nil {
		return err
	}
	args := append(make([]any, 0, len(table.KeyNames)+7), d.ID, int64(1), d.Owner)
	if table.AppendOnly {
		args = append(args, d.Lane, d.Seq, d.Link)
	}
	args = append(appendKeys(args, table, d), d.Body)
	if _, err = stmt.ExecContext(unbounded, args...); err != nil {
		return mapError(err)
	}
	t.changes++
	return nil
}

func (t *tx) replace(table *store.Table, d *store.Doc) error {
	stmt, err := t.prepared(stmtKey{table.Name, "replace"}, func() string { return replaceSQL(table) })
	if err != nil {
		return err
	}
	args := appendKeys(make([]any, 0, len(table.KeyNames)+4), table, d)
	return t.onVersion(table, d, stmt, append(args, d.Body, d.ID, d.Version, d.Owner))
}

func (t *tx) delete(table *store.Table, d *store.Doc) error {
	stmt, err := t.prepared(stmtKey{table.Name, "delete"}, func() string { return deleteSQL(table) })
	if err != nil {
		return err
	}
	return t.onVersion(table, d, stmt, []any{d.ID, d.Version})
}

func appendKeys(args []any, table *store.Table, d *store.Doc) []any {
	for _, k := range table.KeyNames {
		args = append(args, d.Keys[k])
	}
	return args
}

// onVersion runs a statement that names the version which it expects. When that
// is not there, it finds out why.
func (t *tx) onVersion(table *store.Table, d *store.Doc, stmt *sql.Stmt, args []any) error {
	result, err := stmt.ExecContext(unbounded, args...)
	if err != nil {
		return mapError(err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 1 {
		t.changes++
		return err
	}
	state, err := t.prepared(stmtKey{table.Name, "state"}, func() string { return stateSQL(table) })
	if err != nil {
		return err
	}
	var version int64
	var owner string
	err = state.QueryRowContext(unbounded, d.ID).Scan(&version, &owner)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return store.ErrNotFound
	case err != nil:
		return err
	case version != d.Version:
		return store.ErrConflict
	}
	return fmt.Errorf("%w: the owner of a document never changes", store.ErrInvalid)
}
