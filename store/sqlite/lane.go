package sqlite

import (
	"fmt"

	"handrail/store"
)

// add puts d at the end of its lane. The document, the head of the lane and, for a
// new lane, the roll of lanes change in the one transaction.
func (t *tx) add(table *store.Table, d store.Doc) error {
	linker := t.db.linker.Load()
	if linker == nil {
		return fmt.Errorf("%w: no linker is set for %s", store.ErrInvalid, table.Name)
	}
	head, err := t.head(table.Name, d.Lane)
	if err != nil {
		return err
	}
	first := head.Seq == 0
	head = head.Next(*linker, &d)
	if err := t.insert(table, &d); err != nil {
		return err
	}
	if first {
		roll, err := t.head(table.Name, "")
		if err != nil {
			return err
		}
		if err := t.putHead(roll.Enrol(*linker)); err != nil {
			return err
		}
	}
	return t.putHead(head)
}

// head returns a head with Seq 0 when the lane is new.
func (t *tx) head(collection, lane string) (store.Head, error) {
	h, ok := t.heads.known[headKey{collection, lane}]
	if ok {
		return h, nil
	}
	h = store.Head{Collection: collection, Lane: lane}
	err := t.query("SELECT seq, link, mark FROM heads WHERE collection=? AND lane=?", []any{collection, lane}, func(stmt uintptr) {
		h.Seq, h.Link, h.Mark = t.conn.int(stmt, 0), t.conn.blob(stmt, 1), t.conn.blob(stmt, 2)
	})
	return h, err
}

func (t *tx) putHead(h store.Head) error {
	text := "UPDATE heads SET seq=?, link=?, mark=? WHERE collection=? AND lane=?"
	if h.Seq == 1 {
		text = "INSERT INTO heads (seq, link, mark, collection, lane) VALUES (?,?,?,?,?)"
	}
	if err := t.exec(text, h.Seq, h.Link, h.Mark, h.Collection, h.Lane); err != nil {
		return err
	}
	t.changes++
	t.heads.keep(h)
	return nil
}
