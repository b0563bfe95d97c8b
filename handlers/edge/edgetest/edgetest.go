// Package edgetest is for tests that speak to the edge as strangers do: over real
// connections, and with what no client library would send. It does not import the edge,
// whose own tests use it.
package edgetest

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"
	"time"
)

// Secret stands for what a patient might send. It may never come back in a
// problem document, nor show in the log.
const Secret = "Q7canary"

// Server is what can be served: the edge, or what is built on it.
type Server interface {
	Serve(net.Listener) error
	Shutdown(context.Context) error
}

// Listen serves on the loopback interface until the test ends, and tells the address.
func Listen(t *testing.T, s Server) string {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Serve(ln) }()
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := errors.Join(s.Shutdown(ctx), <-done); err != nil {
			t.Error(err)
		}
	})
	return ln.Addr().String()
}

// Dial opens one connection, to say things that no client library would.
func Dial(t *testing.T, address string) (net.Conn, *bufio.Reader) {
	t.Helper()
	conn, err := net.DialTimeout("tcp", address, 5*time.Second)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	return conn, bufio.NewReader(conn)
}

// Within bounds how long a connection may take for what is said from now on.
func Within(conn net.Conn, d time.Duration) error { return conn.SetDeadline(time.Now().Add(d)) }

// Say sends a request as it is written and reads the answer.
func Say(t *testing.T, conn net.Conn, in *bufio.Reader, request string) *http.Response {
	t.Helper()
	if err := Within(conn, 10*time.Second); err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(conn, request); err != nil {
		t.Fatal(err)
	}
	res, err := http.ReadResponse(in, nil)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// ReadAll is all of a body, as text.
func ReadAll(t *testing.T, r io.Reader) string {
	t.Helper()
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}

// Problem is a problem document as a client reads it (RFC 9457).
type Problem struct {
	Type, Title, Detail, Instance, Code string
	Status                              int
	Errors                              []struct{ Field, Code, Detail string }
}

// WantProblem checks that an answer is a whole problem document of a code, and
// that it gives nothing away.
func WantProblem(t *testing.T, res *http.Response, status int, code string) Problem {
	t.Helper()
	raw := []byte(ReadAll(t, res.Body))
	var p Problem
	if err := json.Unmarshal(raw, &p); err != nil {
		t.Fatalf("status %d, no problem document: %.200s", res.StatusCode, raw)
	}
	if res.StatusCode != status || p.Status != status || p.Code != code {
		t.Errorf("got %d %s, want %d %s", res.StatusCode, raw, status, code)
	}
	if res.Header.Get("Content-Type") != "application/problem+json" {
		t.Errorf("content type %q", res.Header.Get("Content-Type"))
	}
	if p.Title == "" || p.Detail == "" || p.Type == "" || p.Instance != "urn:uuid:"+res.Header.Get("X-Request-Id") {
		t.Errorf("not whole: %s", raw)
	}
	if res.Header.Get("Cache-Control") != "no-store" || res.Header.Get("X-Content-Type-Options") != "nosniff" {
		t.Errorf("headers: %v", res.Header)
	}
	for _, leak := range []string{Secret, "goroutine", ".go:", "$schema"} {
		if bytes.Contains(raw, []byte(leak)) {
			t.Errorf("gives away %q: %s", leak, raw)
		}
	}
	return p
}

// Log is a log that can be read while it is written.
type Log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write is of io.Writer.
func (l *Log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// String is all that was written so far.
func (l *Log) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}
