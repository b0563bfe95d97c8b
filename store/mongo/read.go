package mongo

import (
	"context"

	"handrail/store"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// Get implements store.Store.
func (db *DB) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	t, err := db.schema.Table(collection)
	if err != nil {
		return store.Doc{}, err
	}
	bounded, cancel := db.bounded(ctx)
	defer cancel()
	var r record
	if err := db.db.Collection(t.Name).FindOne(bounded, bson.D{{Key: "_id", Value: id}}).Decode(&r); err != nil {
		return store.Doc{}, mapError(ctx, err)
	}
	return r.doc(), nil
}

// GetMany implements store.Store.
func (db *DB) GetMany(ctx context.Context, collection string, ids []string) ([]store.Doc, error) {
	t, err := db.schema.CheckMany(collection, ids)
	if err != nil || len(ids) == 0 {
		return nil, err
	}
	bounded, cancel := db.bounded(ctx)
	defer cancel()
	docs, err := db.all(bounded, t, bson.D{{Key: "_id", Value: bson.D{{Key: "$in", Value: ids}}}}, options.Find(), nil)
	return docs, mapError(ctx, err)
}

// Query implements store.Store.
func (db *DB) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	w, err := db.schema.Walk(collection, q)
	if err != nil {
		return store.Page{}, err
	}
	bounded, cancel := db.bounded(ctx)
	defer cancel()
	if q.OneOf != nil {
		docs, err := db.all(bounded, w.Table, bson.D{{Key: field(w.Equal[0]), Value: bson.D{{Key: "$in", Value: q.OneOf}}}}, options.Find().SetLimit(int64(q.Limit)+1), nil)
		if err != nil {
			return store.Page{}, mapError(ctx, err)
		}
		return w.Whole(docs)
	}
	var docs []store.Doc
	for _, s := range w.Segments() {
		want := w.Query.Limit + 1 - len(docs) // one more tells whether there is a next page
		if want <= 0 {
			break
		}
		if docs, err = db.walk(bounded, w, s, want, docs); err != nil {
			return store.Page{}, mapError(ctx, err)
		}
	}
	return w.Page(docs), nil
}

// walk appends to docs what one segment holds, at most limit.
func (db *DB) walk(ctx context.Context, w *store.Walk, s store.Segment, limit int, docs []store.Doc) ([]store.Doc, error) {
	return db.all(ctx, w.Table, filter(w, s), options.Find().SetSort(order(w, s)).SetLimit(int64(limit)), docs)
}

// all appends to docs what a filter finds.
func (db *DB) all(ctx context.Context, t *store.Table, filter bson.D, how *options.FindOptionsBuilder, docs []store.Doc) ([]store.Doc, error) {
	cursor, err := db.db.Collection(t.Name).Find(ctx, filter, how)
	if err != nil {
		return nil, err
	}
	var found []record
	if err := cursor.All(ctx, &found); err != nil {
		return nil, err
	}
	for i := range found {
		docs = append(docs, found[i].doc())
	}
	return docs, nil
}

func order(w *store.Walk, s store.Segment) bson.D {
	dir := 1
	if w.Query.Desc {
		dir = -1
	}
	if w.Order == "" || s.Missing {
		return bson.D{{Key: "_id", Value: dir}}
	}
	return bson.D{{Key: field(w.Order), Value: dir}, {Key: "_id", Value: dir}}
}

// filter translates one segment. Its bounds go into one condition on the order key,
// which an index can follow; of those that share the cursor's key, the ones up to
// its id are passed over.
func filter(w *store.Walk, s store.Segment) bson.D {
	f := bson.D{}
	for i, k := range w.Equal {
		f = append(f, bson.E{Key: field(k), Value: w.Query.Equal[i]})
	}
	name, beyond, reach := field(w.Order), "$gt", "$gte"
	if w.Query.Desc {
		beyond, reach = "$lt", "$lte"
	}
	if s.Missing {
		f = append(f, bson.E{Key: name, Value: nil}) // matches what has no such field
		name = "_id"
	}
	var bounds bson.D
	if s.From != nil {
		bounds = append(bounds, bson.E{Key: "$gte", Value: s.From})
	}
	if s.To != nil {
		bounds = append(bounds, bson.E{Key: "$lt", Value: s.To})
	}
	switch {
	case s.After != nil && name == "_id":
		bounds = append(bounds, bson.E{Key: beyond, Value: s.After.ID})
	case s.After != nil:
		bounds = append(bounds, bson.E{Key: reach, Value: s.After.Key})
		f = append(f, bson.E{Key: "$or", Value: bson.A{
			bson.D{{Key: name, Value: bson.D{{Key: beyond, Value: s.After.Key}}}},
			bson.D{{Key: "_id", Value: bson.D{{Key: beyond, Value: s.After.ID}}}},
		}})
	case len(bounds) == 0 && name != "_id":
		bounds = bson.D{{Key: "$ne", Value: nil}}
	}
	if len(bounds) > 0 {
		f = append(f, bson.E{Key: name, Value: bounds})
	}
	return f
}
