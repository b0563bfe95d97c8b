package store

import (
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
)

// A cursor is base64url of: version, fingerprint of the walk it belongs to, type
// of the order key, the key, the id. It tells its holder nothing but what the
// last document of the page already told. It is not signed, because it cannot
// widen a walk: equality and range come from the query each time.
const (
	cursorVersion = 1
	maxCursor     = 1024 // longer than any that CursorAfter makes

	tagNone   = 0
	tagInt    = 1
	tagString = 2
)

var cursorText = base64.RawURLEncoding.Strict()

// CursorAfter says where a walk goes on behind d.
func (w *Walk) CursorAfter(d Doc) string {
	return w.writeCursor(d.Field(w.Order), d.ID)
}

func (w *Walk) writeCursor(key any, id string) string {
	b := binary.BigEndian.AppendUint32([]byte{cursorVersion}, w.fingerprint)
	b = AppendValue(b, key)
	return cursorText.EncodeToString(append(b, id...))
}

func (w *Walk) readCursor(s string) (*Position, error) {
	if s == "" {
		return nil, nil
	}
	if len(s) > maxCursor {
		return nil, ErrBadCursor
	}
	b, err := cursorText.DecodeString(s)
	if err != nil || len(b) < 6 {
		return nil, ErrBadCursor
	}
	key, id, ok := readValue(b[5:])
	p := &Position{Key: key, ID: string(id)}
	if !ok || checkID("id", p.ID) != nil || !w.reaches(p.Key) || w.writeCursor(p.Key, p.ID) != s {
		return nil, ErrBadCursor // not what this walk would have written
	}
	return p, nil
}

// reaches says whether this walk could meet a document with this order key.
func (w *Walk) reaches(key any) bool {
	if w.Order == "" {
		return key == nil
	}
	if w.Query.Lacking {
		return key == nil
	}
	if key == nil {
		return w.Query.From == nil && w.Query.To == nil && w.Order != "lane" && w.Order != "seq"
	}
	n, err := normalKey(key)
	return err == nil && n == key
}

// print tells walks apart, so that a cursor of another list is noticed. The
// range is left out: a caller may move "until now" from page to page.
func (w *Walk) print() uint32 {
	b := appendText(nil, w.Table.Name)
	b = appendText(b, w.Query.Index)
	for _, v := range w.Query.Equal {
		b = AppendValue(b, v)
	}
	if w.Query.Desc {
		b = append(b, 'd')
	}
	if w.Query.Lacking {
		b = append(b, 'l')
	}
	return crc32.ChecksumIEEE(b)
}

// Field returns the value of an order key: one of Keys, the lane or the seq.
func (d *Doc) Field(name string) any {
	switch name {
	case "lane":
		return d.Lane
	case "seq":
		return d.Seq
	}
	return d.Keys[name]
}
