package mongo

import (
	"context"
	"errors"

	"handrail/store"

	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// headRecord is a head as it is stored. The ids of one collection's heads sort like
// their lanes.
type headRecord struct {
	ID         string `bson:"_id"`
	Collection string `bson:"collection"`
	Lane       string `bson:"lane"`
	Seq        int64  `bson:"seq"`
	Link       []byte `bson:"link"`
	Mark       []byte `bson:"mark"`
}

func headID(collection, lane string) string { return collection + "/" + lane }

func (r headRecord) head() store.Head {
	return store.Head{Collection: r.Collection, Lane: r.Lane, Seq: r.Seq, Link: r.Link, Mark: r.Mark}
}

// Heads implements store.Engine.
func (db *DB) Heads(ctx context.Context, collection, from string, limit int) ([]store.Head, error) {
	bounded, cancel := db.bounded(ctx)
	defer cancel()
	ids := bson.D{{Key: "$gte", Value: headID(collection, from)}, {Key: "$lt", Value: collection + "0"}} // "0" follows "/"
	cursor, err := db.db.Collection(headsCollection).Find(bounded, bson.D{{Key: "_id", Value: ids}},
		options.Find().SetSort(bson.D{{Key: "_id", Value: 1}}).SetLimit(int64(limit)))
	if err != nil {
		return nil, mapError(ctx, err)
	}
	var found []headRecord
	if err := cursor.All(bounded, &found); err != nil {
		return nil, mapError(ctx, err)
	}
	heads := make([]store.Head, len(found))
	for i, r := range found {
		heads[i] = r.head()
	}
	return heads, nil
}

// NextLane implements store.Engine.
func (db *DB) NextLane(ctx context.Context, collection, from string) (string, error) {
	t, err := db.schema.Table(collection)
	if err != nil {
		return "", err
	}
	bounded, cancel := db.bounded(ctx)
	defer cancel()
	var found struct {
		Lane string `bson:"lane"`
	}
	err = db.db.Collection(t.Name).FindOne(bounded, bson.D{{Key: "lane", Value: bson.D{{Key: "$gte", Value: from}}}},
		options.FindOne().SetSort(bson.D{{Key: "lane", Value: 1}}).SetProjection(bson.D{{Key: "lane", Value: 1}})).Decode(&found)
	if errors.Is(err, mongo.ErrNoDocuments) {
		return "", nil
	}
	return found.Lane, mapError(ctx, err)
}
