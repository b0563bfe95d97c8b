package mongo

import (
	"strings"

	"handrail/store"

	"go.mongodb.org/mongo-driver/v2/bson"
)

const (
	keyPrefix    = "k_"
	uniquePrefix = "u_"
)

// field is the field of a key, or of what a built-in index names.
func field(key string) string {
	switch key {
	case "":
		return "_id"
	case "lane", "seq":
		return key
	}
	return keyPrefix + key
}

func uniqueField(index string) string { return uniquePrefix + index }

// encode writes a document; the keys that it lacks have no field.
func encode(t *store.Table, d *store.Doc) bson.D {
	doc := make(bson.D, 0, len(d.Keys)+8)
	doc = append(doc, bson.E{Key: "_id", Value: d.ID}, bson.E{Key: "version", Value: d.Version}, bson.E{Key: "owner", Value: d.Owner})
	if t.AppendOnly {
		doc = append(doc, bson.E{Key: "lane", Value: d.Lane}, bson.E{Key: "seq", Value: d.Seq}, bson.E{Key: "link", Value: d.Link})
	}
	for _, k := range t.KeyNames {
		if v, ok := d.Keys[k]; ok {
			doc = append(doc, bson.E{Key: field(k), Value: v})
		}
	}
	for _, ix := range t.Indexes {
		if v, whole := tuple(ix, d.Keys); ix.Unique && whole {
			doc = append(doc, bson.E{Key: uniqueField(ix.Name), Value: v})
		}
	}
	return append(doc, bson.E{Key: "body", Value: d.Body})
}

// tuple is one value for all keys of an index; not whole when one of them is missing.
func tuple(ix store.Index, keys store.Keys) (v bson.Binary, whole bool) {
	for _, k := range ix.Keys {
		if keys[k] == nil {
			return v, false
		}
		v.Data = store.AppendValue(v.Data, keys[k])
	}
	return v, true
}

// record is a document as it is read.
type record struct {
	ID      string         `bson:"_id"`
	Version int64          `bson:"version"`
	Owner   string         `bson:"owner"`
	Lane    string         `bson:"lane"`
	Seq     int64          `bson:"seq"`
	Link    []byte         `bson:"link"`
	Body    []byte         `bson:"body"`
	Rest    map[string]any `bson:",inline"`
}

func (r *record) doc() store.Doc {
	d := store.Doc{ID: r.ID, Version: r.Version, Owner: r.Owner, Lane: r.Lane, Seq: r.Seq, Link: r.Link, Body: r.Body}
	for name, v := range r.Rest {
		if key, ok := strings.CutPrefix(name, keyPrefix); ok {
			if d.Keys == nil {
				d.Keys = store.Keys{}
			}
			d.Keys[key] = v
		}
	}
	return d
}
