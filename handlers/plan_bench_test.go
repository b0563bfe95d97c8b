package handlers_test

import (
	"io"
	"log/slog"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/gofiber/fiber/v2"

	"handrail/handlers"
	"handrail/handlers/edge"
)

// again is a connection over which the same request comes as long as next says, and which
// throws answers away: what is measured over it is the server's own, without the kernel.
type again struct {
	net.Conn
	request string
	next    func() bool
	answer  strings.Builder // the first
}

func (a *again) Read(p []byte) (int, error) {
	if !a.next() {
		return 0, io.EOF
	}
	return copy(p, a.request), nil
}

func (a *again) Write(p []byte) (int, error) {
	if a.answer.Len() == 0 {
		a.answer.Write(p)
	}
	return len(p), nil
}

var loopback = &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1)}

func (*again) Close() error                     { return nil }
func (*again) LocalAddr() net.Addr              { return loopback }
func (*again) RemoteAddr() net.Addr             { return loopback }
func (*again) SetDeadline(time.Time) error      { return nil }
func (*again) SetReadDeadline(time.Time) error  { return nil }
func (*again) SetWriteDeadline(time.Time) error { return nil }

// one is a listener with one connection.
type one struct {
	conn  chan net.Conn
	ended chan struct{}
}

func (o one) Accept() (net.Conn, error) {
	select {
	case c := <-o.conn:
		return c, nil
	case <-o.ended:
		return nil, io.EOF
	}
}

func (one) Close() error   { return nil }
func (one) Addr() net.Addr { return loopback }

// served measures a server by one request and tells its first answer.
func served(b *testing.B, request string, serve func(net.Listener) error) string {
	b.ReportAllocs()
	on := one{make(chan net.Conn, 1), make(chan struct{})}
	conn := &again{request: request}
	conn.next = func() bool {
		if b.Loop() {
			return true
		}
		close(on.ended)
		return false
	}
	on.conn <- conn
	_ = serve(on) // ends as the listener does
	return conn.answer.String()
}

// BenchmarkPlanBundle is what a server does for a signed plan, from the bytes that come to
// those that go: this program, Fiber with the same heads and as many bytes, and Fiber with
// heads that say next to nothing.
func BenchmarkPlanBundle(b *testing.B) {
	c := openClinic(b)
	path := "/v1/patients/" + c.patient.PatientID + "/crisis-plan/bundle"
	request := "GET " + path + " HTTP/1.1\r\nHost: clinic.example\r\nUser-Agent: bench\r\nAuthorization: Bearer " + c.SignIn(c.patient.AccountID).AccessToken + "\r\n\r\n"
	var head, body string
	b.Run("plan", func(b *testing.B) {
		api := handlers.New(handlers.Config{Care: c.Care, Notify: c.notify, Edge: edge.Config{Log: slog.New(slog.DiscardHandler), Now: c.Clock.Now, Version: "test"}})
		head, body, _ = strings.Cut(served(b, request, api.Serve), "\r\n\r\n")
		if !strings.HasPrefix(head, "HTTP/1.1 200 ") {
			b.Fatal(head)
		}
	})
	fixed := func(headers [][2]string) func(net.Listener) error {
		app := fiber.New(fiber.Config{DisableStartupMessage: true, Immutable: true, ReadTimeout: 10 * time.Second, IdleTimeout: time.Minute})
		app.Use(func(c *fiber.Ctx) error {
			for _, h := range headers {
				c.Set(h[0], h[1])
			}
			return c.SendString(body)
		})
		return app.Listener
	}
	b.Run("fiber, same heads", func(b *testing.B) {
		var headers [][2]string
		for _, line := range strings.Split(head, "\r\n")[1:] {
			if name, value, _ := strings.Cut(line, ": "); name != "Date" && name != "Content-Length" {
				headers = append(headers, [2]string{name, value})
			}
		}
		served(b, request, fixed(headers))
	})
	b.Run("fiber", func(b *testing.B) { served(b, "GET / HTTP/1.1\r\nHost: clinic.example\r\n\r\n", fixed(nil)) })
}
