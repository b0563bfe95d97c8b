package sqlite

import (
	"context"
	"encoding/json"
	"strings"

	"handrail/store"
)

// shape is what the text of a query depends on; one statement is kept for each.
type shape struct {
	table, index             string
	equal                    int
	desc, missing            bool
	from, to, after, ordered bool
	many, oneOf              bool
}

func shapeOf(w *store.Walk, s store.Segment) shape {
	return shape{
		table: w.Table.Name, index: w.Query.Index, equal: len(w.Equal),
		desc: w.Query.Desc, missing: s.Missing,
		from: s.From != nil || needsFloor(w, s), to: s.To != nil, after: s.After != nil,
		ordered: w.Order != "" && !s.Missing,
	}
}

// needsFloor: without a lower bound a scan of those that have the order key would
// begin at the NULLs.
func needsFloor(w *store.Walk, s store.Segment) bool {
	return w.Order != "" && !s.Missing && s.From == nil && (s.After == nil || w.Query.Desc)
}

// querySQL is the text for one segment. Its conditions stand in the order in which
// queryArgs gives their values.
func querySQL(w *store.Walk, s store.Segment) string {
	f, order := shapeOf(w, s), column(w.Order)
	dir, beyond := " ASC", ">"
	if f.desc {
		dir, beyond = " DESC", "<"
	}
	var where []string
	for _, k := range w.Equal {
		where = append(where, column(k)+"=?")
	}
	if f.missing {
		where = append(where, order+" IS NULL")
	}
	if w.Has != "" { // SQLite uses a partial index for who says this
		where = append(where, column(w.Has)+" IS NOT NULL")
	}
	if f.from {
		where = append(where, order+">=?")
	}
	if f.to {
		where = append(where, order+"<?")
	}
	by := "id" + dir
	if f.ordered {
		by = order + dir + ", " + by
	}
	switch {
	case f.after && f.ordered:
		where = append(where, "("+order+",id)"+beyond+"(?,?)")
	case f.after:
		where = append(where, "id"+beyond+"?")
	}
	text := "SELECT " + strings.Join(columns(w.Table), ",") + " FROM " + tableName(w.Table)
	if len(where) > 0 {
		text += " WHERE " + strings.Join(where, " AND ")
	}
	// A bare LIMIT ? would be planned again at every use: since 3.47 SQLite looks at its
	// value (sqlite3ExprIsInteger), and drops the plan whenever that is bound.
	return text + " ORDER BY " + by + " LIMIT ?+0"
}

func queryArgs(w *store.Walk, s store.Segment, limit int) []any {
	args := append(make([]any, 0, len(w.Equal)+5), w.Query.Equal...)
	switch {
	case s.From != nil:
		args = append(args, s.From)
	case needsFloor(w, s):
		args = append(args, store.LowestKey)
	}
	if s.To != nil {
		args = append(args, s.To)
	}
	if s.After != nil {
		if w.Order != "" && !s.Missing {
			args = append(args, s.After.Key)
		}
		args = append(args, s.After.ID)
	}
	return append(args, limit)
}

// Query implements store.Store.
func (db *DB) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	w, err := db.schema.Walk(collection, q)
	if err != nil {
		return store.Page{}, err
	}
	if q.OneOf != nil {
		return db.oneOf(ctx, w)
	}
	var docs []store.Doc
	for _, s := range w.Segments() {
		want := w.Query.Limit + 1 - len(docs) // one more tells whether there is a next page
		if want <= 0 {
			break
		}
		if docs, err = db.read.walk(ctx, w, s, want, docs); err != nil {
			return store.Page{}, mapRead(ctx, err)
		}
	}
	return w.Page(docs), nil
}

// oneOf answers a query for many short lists with one statement.
func (db *DB) oneOf(ctx context.Context, w *store.Walk) (store.Page, error) {
	texts, err := json.Marshal(w.Query.OneOf)
	if err != nil {
		return store.Page{}, err
	}
	key := shape{table: w.Table.Name, index: w.Query.Index, oneOf: true}
	docs, err := db.read.read(ctx, w.Table, key, func() string { return oneOfSQL(w.Table, w.Equal[0]) }, nil, string(texts), w.Query.Limit+1)
	if err != nil {
		return store.Page{}, mapRead(ctx, err)
	}
	return w.Whole(docs)
}

// Explain returns SQLite's plan for q, a line for each step of each segment that
// is left of the walk. "SEARCH ... USING INDEX" and no "TEMP B-TREE" means that a
// page costs what it holds, however long the list is.
func (db *DB) Explain(ctx context.Context, collection string, q store.Query) ([]string, error) {
	w, err := db.schema.Walk(collection, q)
	if err != nil {
		return nil, err
	}
	var plan []string
	for _, s := range w.Segments() {
		if plan, err = db.explain(ctx, w, s, plan); err != nil {
			return nil, mapRead(ctx, err)
		}
	}
	return plan, nil
}

func (db *DB) explain(ctx context.Context, w *store.Walk, s store.Segment, plan []string) ([]string, error) {
	rows, err := db.read.pool.QueryContext(ctx, "EXPLAIN QUERY PLAN "+querySQL(w, s), queryArgs(w, s, w.Query.Limit)...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			return nil, err
		}
		plan = append(plan, detail)
	}
	return plan, rows.Err()
}
