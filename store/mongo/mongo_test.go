package mongo_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"handrail/store"
	"handrail/store/mongo"
	"handrail/store/mongo/mongotest"
	"handrail/store/storetest"

	driver "go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"
)

// mongoURI names a MongoDB replica set for the whole contract. The tests make
// databases named handrail_test_... there and drop them.
const mongoURI = mongotest.URI

func must(tb testing.TB, err error) {
	tb.Helper()
	if err != nil {
		tb.Fatal(err)
	}
}

type database struct {
	options mongo.Options
	dir     string // of FerretDB's files; "" for MongoDB
}

func (d database) Open(t testing.TB, c []store.Collection) store.Engine {
	t.Helper()
	db, err := mongo.Open(context.Background(), d.options, c)
	must(t, err)
	return db
}

func (d database) Files(t testing.TB) []string {
	t.Helper()
	if d.dir == "" {
		return nil
	}
	files, err := filepath.Glob(filepath.Join(d.dir, d.options.Database+"*"))
	must(t, err)
	if len(files) == 0 {
		t.Fatal("FerretDB has no files")
	}
	return files
}

// TestContract runs the contract over the real wire protocol: on MongoDB when there is
// one, otherwise on FerretDB, with one connection (its updates are not atomic) and
// without what it cannot do.
func TestContract(t *testing.T) {
	uri := os.Getenv(mongoURI)
	if uri != "" {
		storetest.Run(t, storetest.Harness{New: onMongoDB(uri), Scale: 320})
		return
	}
	if testing.Short() {
		t.Skip("needs a server: set " + mongoURI + ", or leave out -short to build FerretDB")
	}
	dir := t.TempDir()
	uri = mongotest.StartFerretDB(t, dir)
	n := 0
	storetest.Run(t, storetest.Harness{
		New: func(testing.TB) storetest.Database {
			n++
			o := mongo.Options{URI: uri, Database: fmt.Sprintf("contract_%d", n), SingleNode: true, Timeout: time.Minute}
			return database{o, dir}
		},
		Unproven: unprovenOnFerretDB,
		Scale:    48,
	})
}

const noTransactions = "FerretDB has no transactions; set " + mongoURI + " to a replica set"

var unprovenOnFerretDB = map[string]string{
	"Batch":           noTransactions,
	"BatchOrder":      noTransactions,
	"BatchConcurrent": noTransactions,
	"BatchCancel":     noTransactions,
	"LanesBatch":      noTransactions,
	// A check may look between a line and its head, which one commit would join.
	"ChainWhileServing": noTransactions,
	"UniqueReplace":     "FerretDB reports a taken unique key as an internal error when a replace meets it; set " + mongoURI,
}

func onMongoDB(uri string) func(testing.TB) storetest.Database {
	return func(t testing.TB) storetest.Database {
		name := "handrail_test_" + strings.ToLower(filepath.Base(t.TempDir())) + fmt.Sprint(rand.Uint64())
		t.Cleanup(func() {
			client, err := driver.Connect(options.Client().ApplyURI(uri))
			must(t, err)
			must(t, client.Database(name).Drop(context.Background()))
			must(t, client.Disconnect(context.Background()))
		})
		return database{options: mongo.Options{URI: uri, Database: name, Timeout: time.Minute}}
	}
}
