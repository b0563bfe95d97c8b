package mongo

import (
	"context"
	"errors"
	"slices"

	"handrail/store"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// headsCollection holds the heads of all append-only collections. Its name ends in
// "_", so that no declared collection is likely to have it.
const headsCollection = "heads_"

// Codes of MongoDB's errors.
const (
	codeNamespaceExists = 48
	codeIndexOptions    = 85
	codeIndexKeySpecs   = 86
)

// migrate makes collections and indexes that are missing, and an index anew when its
// declaration changed. Collections are made now, because older servers cannot
// make them within a transaction.
func (db *DB) migrate(ctx context.Context) error {
	if err := db.create(ctx, headsCollection); err != nil {
		return err
	}
	for _, t := range db.schema.Tables() {
		if err := db.create(ctx, t.Name); err != nil {
			return err
		}
		for _, ix := range indexModels(t) {
			if err := db.createIndex(ctx, t.Name, ix); err != nil {
				return err
			}
		}
	}
	return nil
}

func (db *DB) create(ctx context.Context, collection string) error {
	err := db.db.CreateCollection(ctx, collection)
	if hasCode(err, codeNamespaceExists) {
		return nil
	}
	return mapError(ctx, err)
}

func (db *DB) createIndex(ctx context.Context, collection string, ix indexModel) error {
	view := db.db.Collection(collection).Indexes()
	_, err := view.CreateOne(ctx, ix.model())
	if hasCode(err, codeIndexOptions) || hasCode(err, codeIndexKeySpecs) {
		if err := view.DropOne(ctx, ix.name); err != nil {
			return mapError(ctx, err)
		}
		_, err = view.CreateOne(ctx, ix.model())
	}
	return mapError(ctx, err)
}

func hasCode(err error, code int) bool {
	var server mongo.ServerError
	return errors.As(err, &server) && server.HasErrorCode(code)
}

type indexModel struct {
	name   string
	fields []string
	unique bool
}

func (ix indexModel) model() mongo.IndexModel {
	keys := bson.D{}
	for _, f := range ix.fields {
		keys = append(keys, bson.E{Key: f, Value: 1})
	}
	o := options.Index().SetName(ix.name)
	if ix.unique {
		o.SetUnique(true).SetSparse(true)
	}
	return mongo.IndexModel{Keys: keys, Options: o}
}

// indexModels lists the indexes of t. A unique one takes two: MongoDB would not
// exempt documents that lack one key of several, so the whole tuple goes into a
// field of its own (see tuple), which is unique where it is there.
func indexModels(t *store.Table) []indexModel {
	var list []indexModel
	if t.AppendOnly {
		list = append(list, indexModel{store.LaneIndex, []string{"lane", "seq"}, true})
	}
	for _, ix := range t.Indexes {
		var fields []string
		for _, k := range ix.Keys {
			fields = append(fields, field(k))
		}
		list = append(list, indexModel{ix.Name, append(slices.Clip(fields), "_id"), false})
		if ix.Unique {
			list = append(list, indexModel{uniqueField(ix.Name), []string{uniqueField(ix.Name)}, true})
		}
	}
	return list
}
