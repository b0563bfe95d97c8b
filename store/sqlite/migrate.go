package sqlite

import (
	"context"
	"database/sql"
	"errors"

	"handrail/store"
)

// migrate only goes forward: it adds what is missing and makes an index anew when
// its declaration changed. It drops no column and no table, so an older program
// can still open the file.
func migrate(ctx context.Context, conn *sql.Conn, schema *store.Schema) error {
	if todo, err := missing(ctx, conn, schema); err != nil || len(todo) == 0 {
		return err
	}
	// Another process may be at the same; look again under the lock.
	if _, err := conn.ExecContext(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	todo, err := missing(ctx, conn, schema)
	for i := 0; i < len(todo) && err == nil; i++ {
		_, err = conn.ExecContext(ctx, todo[i])
	}
	end := "COMMIT"
	if err != nil {
		end = "ROLLBACK"
	}
	_, endErr := conn.ExecContext(context.WithoutCancel(ctx), end)
	return errors.Join(err, endErr)
}

// missing lists the statements that bring the file up to schema.
func missing(ctx context.Context, conn *sql.Conn, schema *store.Schema) ([]string, error) {
	have, err := readMaster(ctx, conn)
	if err != nil {
		return nil, err
	}
	var todo []string
	if have["heads"] == "" {
		todo = append(todo, createHeads)
	}
	for _, t := range schema.Tables() {
		if have[tableName(t)] == "" {
			todo = append(todo, createTable(t))
		} else if todo, err = addColumns(ctx, conn, t, todo); err != nil {
			return nil, err
		}
		todo = addIndexes(t, have, todo)
	}
	return todo, nil
}

// readMaster maps the names of tables and indexes to the SQL that made them.
func readMaster(ctx context.Context, conn *sql.Conn) (map[string]string, error) {
	rows, err := conn.QueryContext(ctx, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	have := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, err
		}
		have[name] = text
	}
	return have, rows.Err()
}

func addColumns(ctx context.Context, conn *sql.Conn, t *store.Table, todo []string) ([]string, error) {
	rows, err := conn.QueryContext(ctx, "SELECT name FROM pragma_table_info(?)", tableName(t))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	have := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		have[name] = true
	}
	for _, k := range t.KeyNames {
		if !have["k_"+k] {
			todo = append(todo, "ALTER TABLE "+tableName(t)+" ADD COLUMN "+column(k))
		}
	}
	return todo, rows.Err()
}

func addIndexes(t *store.Table, have map[string]string, todo []string) []string {
	for _, ix := range declared(t) {
		name, text := indexName(t, ix), createIndex(t, ix)
		if have[name] == text {
			continue
		}
		if have[name] != "" {
			todo = append(todo, "DROP INDEX "+quote(name))
		}
		todo = append(todo, text)
	}
	return todo
}
