package mongo_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/store"
	"handrail/store/mongo"

	"go.mongodb.org/mongo-driver/v2/bson"
)

var testCollections = []store.Collection{
	{Name: "things", Indexes: []store.Index{{Name: "byName", Keys: []string{"name"}, Unique: true}}},
	{Name: "lines", AppendOnly: true},
}

func openFake(t *testing.T, s *fakeServer) *mongo.DB { return openFakeFor(t, s, 10*time.Second) }

func openFakeFor(t *testing.T, s *fakeServer, timeout time.Duration) *mongo.DB {
	t.Helper()
	db, err := mongo.Open(context.Background(), mongo.Options{URI: s.uri(), Database: "d", Timeout: timeout}, testCollections)
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	db.SetLinker(store.NewLinker([32]byte{1}))
	return db
}

var threeOps = []store.Op{
	store.Insert("things", store.Doc{ID: "a", Owner: "o"}),
	store.Replace("things", store.Doc{ID: "b", Owner: "o", Version: 1}),
	store.Delete("things", "c", 1),
}

// onlyFirst answers so to the first of a command.
func onlyFirst(command string, a bson.D) func(string, int) bson.D {
	return func(name string, n int) bson.D {
		if name == command && n == 0 {
			return a
		}
		return nil
	}
}

func serverError(code int, labels ...string) bson.D {
	return bson.D{{Key: "ok", Value: 0}, {Key: "code", Value: code}, {Key: "errmsg", Value: secret}, {Key: "errorLabels", Value: labels}}
}

// secret stands for a value that the server quotes in an error.
const secret = "dup key: { k_name: \"SECRET\" }"

// TestBatchIsOneTransaction: all ops of a batch carry one transaction number, and the
// commit asks for a journaled majority.
func TestBatchIsOneTransaction(t *testing.T) {
	s := startFakeServer(t, "rs", nil)
	db := openFake(t, s)
	n := s.count()
	must(t, db.Batch(context.Background(), threeOps...))
	names, commands := s.since(n)
	if want := []string{"insert", "update", "delete", "commitTransaction"}; !slices.Equal(names, want) {
		t.Fatalf("commands %v, want %v", names, want)
	}
	for i, c := range commands {
		if c.Lookup("txnNumber").Int64() != commands[0].Lookup("txnNumber").Int64() || c.Lookup("autocommit").Boolean() {
			t.Errorf("%s is not in the transaction", names[i])
		}
		if _, err := c.LookupErr("startTransaction"); (err == nil) != (i == 0) {
			t.Errorf("%s: startTransaction stands there: %v", names[i], err == nil)
		}
	}
	concern := commands[3].Lookup("writeConcern").Document()
	if concern.Lookup("w").StringValue() != "majority" || !concern.Lookup("j").Boolean() {
		t.Errorf("the commit asks for %v", concern)
	}
	if level := commands[0].Lookup("readConcern", "level").StringValue(); level != "majority" {
		t.Errorf("the transaction reads with %q", level)
	}
}

// TestLineIsTransaction: a line, its lane's head and the roll go together.
func TestLineIsTransaction(t *testing.T) {
	s := startFakeServer(t, "rs", nil)
	db := openFake(t, s)
	n := s.count()
	must(t, db.Insert(context.Background(), "lines", store.Doc{ID: "l", Owner: "o", Lane: "lane"}))
	names, _ := s.since(n)
	if want := []string{"find", "insert", "find", "insert", "insert", "commitTransaction"}; !slices.Equal(names, want) {
		t.Errorf("commands %v, want %v", names, want)
	}
}

// TestSingleWrites: one document needs no transaction, but the same write concern.
func TestSingleWrites(t *testing.T) {
	s := startFakeServer(t, "rs", nil)
	db := openFake(t, s)
	n := s.count()
	for _, op := range threeOps {
		must(t, db.Batch(context.Background(), op))
	}
	names, commands := s.since(n)
	if want := []string{"insert", "update", "delete"}; !slices.Equal(names, want) {
		t.Fatalf("commands %v, want %v", names, want)
	}
	for i, c := range commands {
		if c.Lookup("writeConcern", "w").StringValue() != "majority" || !c.Lookup("writeConcern", "j").Boolean() {
			t.Errorf("%s asks for %v", names[i], c.Lookup("writeConcern"))
		}
	}
}

// TestBatchRefused: what the server refuses aborts the transaction, and the caller
// hears which op it was, but not the value that the server quotes.
func TestBatchRefused(t *testing.T) {
	duplicate := bson.D{{Key: "ok", Value: 1}, {Key: "n", Value: 0}, {Key: "writeErrors", Value: bson.A{
		bson.D{{Key: "index", Value: 0}, {Key: "code", Value: 11000}, {Key: "errmsg", Value: secret}},
	}}}
	nothing := bson.D{{Key: "ok", Value: 1}, {Key: "n", Value: 0}, {Key: "nModified", Value: 0}}
	for what, c := range map[string]struct {
		command string
		answer  bson.D
		at      int
		kind    error
	}{
		"duplicate on insert":  {"insert", duplicate, 0, store.ErrExists},
		"duplicate on replace": {"update", duplicate, 1, store.ErrExists},
		"no such version":      {"delete", nothing, 2, store.ErrNotFound},
	} {
		s := startFakeServer(t, "rs", onlyFirst(c.command, c.answer))
		db := openFake(t, s)
		n := s.count()
		err := db.Batch(context.Background(), threeOps...)
		op, ok := errors.AsType[*store.OpError](err)
		if !ok || op.Index != c.at || !errors.Is(err, c.kind) {
			t.Errorf("%s: got %v", what, err)
		}
		if names, _ := s.since(n); names[len(names)-1] != "abortTransaction" {
			t.Errorf("%s: commands %v", what, names)
		}
		if strings.Contains(fmt.Sprintf("%v %+v", err, err), "SECRET") {
			t.Errorf("%s: the error quotes a value: %v", what, err)
		}
	}
}

// TestTransactionRepeated: another transaction in the way, or an unknown end of the
// commit, is no one's error: it is tried again.
func TestTransactionRepeated(t *testing.T) {
	for what, c := range map[string]struct {
		answer func(string, int) bson.D
		want   []string
	}{
		"conflict at an op": {
			onlyFirst("update", serverError(112, "TransientTransactionError")),
			[]string{"insert", "update", "abortTransaction", "insert", "update", "delete", "commitTransaction"},
		},
		"conflict at the commit": {
			onlyFirst("commitTransaction", serverError(112, "TransientTransactionError")),
			[]string{"insert", "update", "delete", "commitTransaction", "insert", "update", "delete", "commitTransaction"},
		},
		"unknown end": {
			onlyFirst("commitTransaction", serverError(91, "UnknownTransactionCommitResult")),
			[]string{"insert", "update", "delete", "commitTransaction", "commitTransaction"},
		},
	} {
		s := startFakeServer(t, "rs", c.answer)
		db := openFake(t, s)
		n := s.count()
		if err := db.Batch(context.Background(), threeOps...); err != nil {
			t.Errorf("%s: %v", what, err)
		}
		if names, _ := s.since(n); !slices.Equal(names, c.want) {
			t.Errorf("%s: commands %v, want %v", what, names, c.want)
		}
	}
}

// TestUnavailable: a server that is gone or stepping down is told from a refusal.
func TestUnavailable(t *testing.T) {
	always := func(a bson.D) func(string, int) bson.D {
		return func(name string, _ int) bson.D {
			if name == "find" || name == "insert" {
				return a
			}
			return nil
		}
	}
	for what, a := range map[string]bson.D{"hangs up": hangUp, "shuts down": serverError(91), "steps down": serverError(10107)} {
		s := startFakeServer(t, "rs", always(a))
		db := openFakeFor(t, s, 500*time.Millisecond)
		ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
		_, err := db.Get(ctx, "things", "a")
		if !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: Get gave %v", what, err)
		}
		if err := db.Insert(ctx, "things", store.Doc{ID: "a", Owner: "o"}); !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("%s: Insert gave %v", what, err)
		}
		cancel()
	}
	s := startFakeServer(t, "rs", nil)
	must(t, s.Close())
	_, err := mongo.Open(context.Background(), mongo.Options{URI: s.uri() + "&serverSelectionTimeoutMS=200", Database: "d"}, testCollections)
	if !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("no server: %v", err)
	}
}

// TestStandaloneRefused: a server without transactions is refused at open, with the
// way out.
func TestStandaloneRefused(t *testing.T) {
	s := startFakeServer(t, "", nil)
	_, err := mongo.Open(context.Background(), mongo.Options{URI: s.uri(), Database: "d"}, testCollections)
	if err == nil || !strings.Contains(err.Error(), "--replSet") {
		t.Errorf("got %v", err)
	}
	db, err := mongo.Open(context.Background(), mongo.Options{URI: s.uri(), Database: "d", SingleNode: true}, testCollections)
	must(t, err)
	defer db.Close()
	if err := db.Batch(context.Background(), threeOps...); !errors.Is(err, mongo.ErrNoBatch) {
		t.Errorf("a batch on a single node: %v", err)
	}
}
