package sqlite

import (
	"context"
	"database/sql"

	"handrail/store"
)

// Heads implements store.Engine.
func (db *DB) Heads(ctx context.Context, collection, from string, limit int) ([]store.Head, error) {
	const text = "SELECT lane, seq, link, mark FROM heads WHERE collection=? AND lane>=? ORDER BY lane LIMIT ?+0" // as in querySQL
	rows, err := db.read.pool.QueryContext(ctx, text, collection, from, limit)
	if err != nil {
		return nil, mapRead(ctx, err)
	}
	defer rows.Close()
	var heads []store.Head
	for rows.Next() {
		h := store.Head{Collection: collection}
		if err := rows.Scan(&h.Lane, &h.Seq, &h.Link, &h.Mark); err != nil {
			return nil, mapRead(ctx, err)
		}
		heads = append(heads, h)
	}
	return heads, mapRead(ctx, rows.Err())
}

// NextLane implements store.Engine.
func (db *DB) NextLane(ctx context.Context, collection, from string) (string, error) {
	t, err := db.schema.Table(collection)
	if err != nil {
		return "", err
	}
	var lane sql.NullString // MIN of nothing is NULL
	err = db.read.pool.QueryRowContext(ctx, "SELECT MIN(lane) FROM "+tableName(t)+" WHERE lane>=?", from).Scan(&lane)
	return lane.String, mapRead(ctx, err)
}
