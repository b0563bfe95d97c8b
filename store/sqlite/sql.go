package sqlite

import (
	"strings"

	"handrail/store"
)

// Column names of keys carry the prefix "k_", tables "c_", so that no name of a
// collection or key can be a word of SQL or one of our own columns.

const createHeads = `CREATE TABLE heads (collection TEXT NOT NULL, lane TEXT NOT NULL, seq INTEGER NOT NULL,
 link BLOB, mark BLOB NOT NULL, PRIMARY KEY (collection, lane)) WITHOUT ROWID`

func quote(name string) string { return `"` + name + `"` }

func tableName(t *store.Table) string { return "c_" + t.Name }

func indexName(t *store.Table, ix store.Index) string { return "c_" + t.Name + "." + ix.Name }

// column is the column of a key, or of what a built-in index names.
func column(key string) string {
	switch key {
	case "":
		return "id"
	case "lane", "seq":
		return key
	}
	return quote("k_" + key)
}

// columns lists all columns of t in the order in which scan reads them and bind
// writes them.
func columns(t *store.Table) []string {
	list := []string{"id", "version", "owner"}
	if t.AppendOnly {
		list = append(list, "lane", "seq", "link")
	}
	for _, k := range t.KeyNames {
		list = append(list, column(k))
	}
	return append(list, "body")
}

func createTable(t *store.Table) string {
	// Key columns have no type: they keep strings as text and integers as
	// integers. Plain rowid tables, because bodies are long.
	cols := []string{"id TEXT PRIMARY KEY NOT NULL", "version INTEGER NOT NULL", "owner TEXT NOT NULL"}
	if t.AppendOnly {
		cols = append(cols, "lane TEXT NOT NULL", "seq INTEGER NOT NULL", "link BLOB NOT NULL")
	}
	for _, k := range t.KeyNames {
		cols = append(cols, column(k))
	}
	cols = append(cols, "body BLOB")
	return "CREATE TABLE " + tableName(t) + " (" + strings.Join(cols, ", ") + ")"
}

// declared lists the indexes that need a CREATE INDEX.
func declared(t *store.Table) []store.Index {
	list := t.Indexes
	if t.AppendOnly {
		list = append([]store.Index{{Name: store.LaneIndex, Keys: []string{"lane", "seq"}, Unique: true}}, list...)
	}
	return list
}

// createIndex appends the id to what is not unique, so that (key, id) is the
// order of the index and a page needs no sorting.
func createIndex(t *store.Table, ix store.Index) string {
	var cols []string
	for _, k := range ix.Keys {
		cols = append(cols, column(k))
	}
	verb := "CREATE UNIQUE INDEX "
	if !ix.Unique {
		verb, cols = "CREATE INDEX ", append(cols, "id")
	}
	text := verb + quote(indexName(t, ix)) + " ON " + tableName(t) + " (" + strings.Join(cols, ", ") + ")"
	if ix.Sparse {
		text += " WHERE " + column(ix.Keys[len(ix.Keys)-1]) + " IS NOT NULL"
	}
	return text
}

func insertSQL(t *store.Table) string {
	cols := columns(t)
	marks := strings.TrimSuffix(strings.Repeat("?,", len(cols)), ",")
	return "INSERT INTO " + tableName(t) + " (" + strings.Join(cols, ",") + ") VALUES (" + marks + ")"
}

// keysSQL reads what a document is now, up to its body.
func keysSQL(t *store.Table) string {
	cols := []string{"rowid", "version", "owner"}
	for _, k := range t.KeyNames {
		cols = append(cols, column(k))
	}
	return "SELECT " + strings.Join(cols, ",") + " FROM " + tableName(t) + " WHERE id=?"
}

func replaceSQL(t *store.Table, changed uint64) string {
	set := []string{"version=version+1"}
	for i, k := range t.KeyNames {
		if isChanged(changed, i) {
			set = append(set, column(k)+"=?")
		}
	}
	set = append(set, "body=?")
	return "UPDATE " + tableName(t) + " SET " + strings.Join(set, ",") + " WHERE rowid=?"
}

func deleteSQL(t *store.Table) string {
	return "DELETE FROM " + tableName(t) + " WHERE id=? AND version=?"
}

func stateSQL(t *store.Table) string {
	return "SELECT 1 FROM " + tableName(t) + " WHERE id=?"
}

func getSQL(t *store.Table) string {
	return "SELECT " + strings.Join(columns(t), ",") + " FROM " + tableName(t) + " WHERE id=?"
}

// getManySQL takes the ids as one array of JSON, so that its text is the same for any
// number of them.
func getManySQL(t *store.Table) string {
	return "SELECT " + strings.Join(columns(t), ",") + " FROM " + tableName(t) + " WHERE id IN (SELECT value FROM json_each(?))"
}

// oneOfSQL is the same for the first key of an index.
func oneOfSQL(t *store.Table, key string) string {
	return "SELECT " + strings.Join(columns(t), ",") + " FROM " + tableName(t) + " WHERE " + column(key) + " IN (SELECT value FROM json_each(?)) LIMIT ?+0"
}
