package client_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/client"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/models"
)

// server is the real API on a real store, at an hour that stands still.
type server struct {
	t     testing.TB
	house *caretest.Clinic
	url   string

	mu    sync.Mutex
	waits []time.Duration // that its clients made
}

func newServer(t testing.TB) *server {
	t.Helper()
	s := &server{t: t, house: caretest.New(t)}
	api := handlers.New(handlers.Config{Care: s.house.Care, Edge: edge.Config{Now: s.house.Clock.Now, Log: slog.New(slog.DiscardHandler), Version: "test"}})
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- api.Serve(l) }()
	t.Cleanup(func() {
		http.DefaultTransport.(*http.Transport).CloseIdleConnections()
		if err := errors.Join(api.App().ShutdownWithTimeout(5*time.Second), <-served); err != nil {
			t.Error(err)
		}
	})
	s.url = "http://" + l.Addr().String()
	if _, err := s.client().Site(t.Context()); err != nil { // a server that did not start yet can't be stopped
		t.Fatal(err)
	}
	return s
}

// client makes one whose waits move the clock of the house.
func (s *server) client(options ...client.Option) *client.Client {
	s.t.Helper()
	c, err := client.New(s.url, append([]client.Option{client.WithClock(client.Clock{Now: s.house.Clock.Now, Wait: s.wait})}, options...)...)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

func (s *server) wait(ctx context.Context, d time.Duration) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.waits = append(s.waits, d)
	s.house.Clock.Move(d)
	return ctx.Err()
}

func (s *server) waited() []time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.waits)
}

// code is an enrolment code of a new account.
func (s *server) code(role models.Role) string {
	s.t.Helper()
	a, err := s.house.Care.People.CreateAccount(s.t.Context(), s.house.Admin, people.NewAccount{Role: role, Name: "Sam"})
	if err != nil {
		s.t.Fatal(err)
	}
	code, err := s.house.Care.Signin.NewEnrolmentCode(s.t.Context(), s.house.Admin, a.ID, signin.CodeRequest{})
	if err != nil {
		s.t.Fatal(err)
	}
	return code.Code
}

// patient signs a new patient in.
func (s *server) patient(options ...client.Option) (*client.Client, *client.Chart) {
	s.t.Helper()
	c := s.client(options...)
	in, err := c.Enrol(s.t.Context(), s.code(models.RolePatient), client.Device{ID: client.NewID(), Name: "Phone"})
	if err != nil {
		s.t.Fatal(err)
	}
	return c, c.Chart(in.Session.PatientID)
}

// line is the network between client and server, as a test wants it. What on does
// with a request it answers with; next goes on to the server.
type line struct {
	mu   sync.Mutex
	sent []string // method and path of each request
	on   func(rq *http.Request, next http.RoundTripper) (*http.Response, error)
}

func (l *line) RoundTrip(rq *http.Request) (*http.Response, error) {
	l.mu.Lock()
	l.sent = append(l.sent, rq.Method+" "+rq.URL.Path)
	on := l.on
	l.mu.Unlock()
	if on == nil {
		return http.DefaultTransport.RoundTrip(rq)
	}
	return on(rq, http.DefaultTransport)
}

// count is how often a request was sent.
func (l *line) count(what string) (n int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, s := range l.sent {
		if s == what {
			n++
		}
	}
	return n
}

func (l *line) set(on func(*http.Request, http.RoundTripper) (*http.Response, error)) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.on, l.sent = on, nil
}

func (l *line) option() client.Option { return client.WithHTTPClient(&http.Client{Transport: l}) }

// losing lets the server do what it is asked and loses its first n answers to a path.
func losing(n int, path string) func(*http.Request, http.RoundTripper) (*http.Response, error) {
	return func(rq *http.Request, next http.RoundTripper) (*http.Response, error) {
		res, err := next.RoundTrip(rq)
		if err == nil && rq.URL.Path == path && n > 0 {
			n--
			res.Body.Close()
			return nil, errors.New("the answer was lost")
		}
		return res, err
	}
}

// exampleServer is for examples, which have no test to hold on to.
type exampleTest struct {
	testing.TB
	ends []func()
}

func (*exampleTest) Helper()                      {}
func (*exampleTest) Context() context.Context     { return context.Background() }
func (e *exampleTest) Cleanup(end func())         { e.ends = append(e.ends, end) }
func (*exampleTest) Error(args ...any)            { fmt.Println(args...) }
func (*exampleTest) Fatal(args ...any)            { panic(fmt.Sprint(args...)) }
func (*exampleTest) Fatalf(form string, a ...any) { panic(fmt.Sprintf(form, a...)) }
func (e *exampleTest) TempDir() string {
	dir, err := os.MkdirTemp("", "handrail-client")
	if err != nil {
		panic(err)
	}
	e.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

func (e *exampleTest) end() {
	for _, end := range slices.Backward(e.ends) {
		end()
	}
}

// exampleServer opens a server; the function ends it.
func exampleServer() (*server, func()) {
	e := &exampleTest{}
	return newServer(e), e.end
}
