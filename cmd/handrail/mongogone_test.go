package main

import (
	"bytes"
	"context"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/uuid"
	"go.mongodb.org/mongo-driver/v2/bson"
	"go.mongodb.org/mongo-driver/v2/mongo"
	"go.mongodb.org/mongo-driver/v2/mongo/options"

	"handrail/care/caretest/instants"
	"handrail/client"
	"handrail/store/mongo/mongotest"
)

// mongoSite is a site whose store is on a MongoDB server.
type mongoSite struct {
	t       *testing.T
	server  *mongotest.Server
	db      *mongo.Database // behind the program's back
	environ []string
}

func newMongoSite(t *testing.T) *mongoSite {
	t.Helper()
	server := mongotest.StartServer(t)
	name := "handrail_test_" + strings.ReplaceAll(uuid.NewString(), "-", "")
	client, err := mongo.Connect(options.Client().ApplyURI(server.URI))
	if err != nil {
		t.Fatal(err)
	}
	s := &mongoSite{t, server, client.Database(name), []string{"HANDRAIL_DATA=" + filepath.Join(t.TempDir(), "data"),
		"HANDRAIL_STORE=mongodb", "HANDRAIL_MONGODB_URI=" + server.URI, "HANDRAIL_MONGODB_DATABASE=" + name}}
	t.Cleanup(func() {
		ctx := context.WithoutCancel(t.Context())
		_ = s.db.Drop(ctx)
		_ = client.Disconnect(ctx)
	})
	s.lose()
	return s
}

// lose drops the database.
func (s *mongoSite) lose() {
	s.t.Helper()
	if err := s.db.Drop(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
}

func (s *mongoSite) operator(args ...string) (code int, out string) {
	s.t.Helper()
	var o bytes.Buffer
	c := &call{environ: s.environ, out: &o, errors: &o, now: instants.Now}
	code = c.run(s.t.Context(), args)
	return code, o.String()
}

// delete takes documents out of a collection behind the program's back.
func (s *mongoSite) delete(collection string, filter bson.D) {
	s.t.Helper()
	r, err := s.db.Collection(collection).DeleteMany(s.t.Context(), filter)
	if err != nil || r.DeletedCount == 0 {
		s.t.Fatal(collection, r, err)
	}
}

var ada = []string{"account", "create", "--role", "administrator", "--name", "Ada"}

// TestAMongoDatabaseThatIsGoneIsNotANewOne: dropped, or emptied, with the key there.
func TestAMongoDatabaseThatIsGoneIsNotANewOne(t *testing.T) {
	s := newMongoSite(t)
	if code, out := s.operator(ada...); code != exitFine {
		t.Fatal(out)
	}
	if code, out := s.operator("verify"); code != exitFine {
		t.Fatal(out)
	}
	for name, lose := range map[string]func(){
		"dropped": s.lose,
		"emptied": func() {
			names, err := s.db.ListCollectionNames(t.Context(), bson.D{})
			if err != nil || len(names) < 20 {
				t.Fatal(names, err)
			}
			for _, n := range names {
				if _, err := s.db.Collection(n).DeleteMany(t.Context(), bson.D{}); err != nil {
					t.Fatal(err)
				}
			}
		},
	} {
		lose()
		for _, args := range [][]string{
			{"serve", "--port", "0", "--admin-listen", "off", "--video", "off"},
			{"account", "create", "--role", "administrator", "--name", "Eve"}, {"verify"}, {"doctor"}, {"keys", "rotate"}, {"aside"}, {"reminders", "dead"},
		} {
			if code, out := s.operator(args...); code != exitFailed || !strings.Contains(out, "there is a key") {
				t.Errorf("%s, %v: %d %s", name, args, code, out)
			}
		}
		if code, out := s.operator(append(ada, "--new-store")...); code != exitFine {
			t.Errorf("%s, told that it is new: %s", name, out)
		}
		if code, out := s.operator("verify"); code != exitFine {
			t.Errorf("%s, new: %s", name, out)
		}
	}
}

// TestVerifyFindsWhatWasDeletedInMongo behind the program's back: documents, lines of
// the log, a whole lane, its head, and the roll of the lanes.
func TestVerifyFindsWhatWasDeletedInMongo(t *testing.T) {
	t.Parallel()
	s := newMongoSite(t)
	for name, lose := range map[string]func(){
		"an account":     func() { s.delete("accounts", bson.D{}) },
		"a chart":        func() { s.delete("patients", bson.D{}) },
		"the log":        func() { s.delete("audit", bson.D{}) },
		"the first line": func() { s.delete("audit", bson.D{{Key: "seq", Value: 1}}) },
		"heads":          func() { s.delete("heads_", bson.D{}) },
		"log and heads":  func() { s.delete("audit", bson.D{}); s.delete("heads_", bson.D{}) },
	} {
		s.lose()
		for _, role := range []string{"administrator", "patient"} {
			if code, out := s.operator("account", "create", "--new-store", "--role", role, "--name", "Ada"); code != exitFine {
				t.Fatal(out)
			}
		}
		if code, out := s.operator("verify"); code != exitFine {
			t.Fatal(out)
		}
		lose()
		if code, out := s.operator("verify"); code != exitFailed || strings.Contains(out, "is whole") {
			t.Errorf("%s: %d %s", name, code, out)
		}
	}
}

// TestReadinessOnMongo: it is ready with its database, not with an empty one in its
// place, and not without; and it lives all the time.
func TestReadinessOnMongo(t *testing.T) {
	t.Parallel()
	s := newMongoSite(t)
	if code, out := s.operator(ada...); code != exitFine {
		t.Fatal(out)
	}
	r := runOn(t, strings.TrimPrefix(s.environ[0], "HANDRAIL_DATA="), "--store", "mongodb", "--mongodb-uri", s.server.URI, "--mongodb-database", s.db.Name(), "--video", "off")
	defer r.kill()
	asked := r.client()
	want := func(when string, ready int) {
		t.Helper()
		for path, want := range map[string]int{"/readyz": ready, "/livez": http.StatusOK} {
			status := http.StatusOK
			if _, err := asked.Do(t.Context(), client.Request{Method: http.MethodGet, Path: path}); err != nil {
				status = statusOf(err)
			}
			if status != want {
				t.Errorf("%s: %s %d", when, path, status)
			}
		}
	}
	want("with its database", http.StatusOK)
	s.lose()
	want("with an empty database", http.StatusServiceUnavailable)
	if s.server.Cut() {
		want("without", http.StatusServiceUnavailable)
	}
}
