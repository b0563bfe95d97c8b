package edge

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/edge/edgetest"
)

func raw(method, target, body string, headers ...string) string {
	head := fmt.Sprintf("%s %s HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\n", method, target)
	if body != "" {
		head += fmt.Sprintf("Content-Type: application/json\r\nContent-Length: %d\r\n", len(body))
	}
	for _, h := range headers {
		head += h + "\r\n"
	}
	return head + "\r\n" + body
}

func TestWhatIsNotReadIsAProblemToo(t *testing.T) {
	address := edgetest.Listen(t, newWorld(t, func(c *Config) { c.BodyLimit = 1000 }))
	for name, c := range map[string]struct {
		request string
		status  int
		code    string
	}{
		"long header":   {raw("GET", "/v1/notes", "", "X-Long: "+strings.Repeat(secret, 2500)), 431, "headers-too-large"},
		"long path":     {raw("GET", "/v1/"+strings.Repeat(secret, 2500), ""), 431, "headers-too-large"},
		"large body":    {raw("POST", "/v1/notes", `"`+strings.Repeat("x", 1000)+`"`), 413, "too-large"},
		"no HTTP":       {secret + "\r\n\r\n", 400, "bad-request"},
		"odd length":    {"POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: " + secret + "\r\n\r\n", 400, "bad-request"},
		"unknown verb":  {raw("BREW", "/v1/notes", ""), 405, "method-not-allowed"},
		"tracing":       {raw("TRACE", "/v1/notes", ""), 405, "method-not-allowed"},
		"not for GET":   {raw("GET", "/v1/slow", ""), 405, "method-not-allowed"},
		"preflight":     {raw("OPTIONS", "/v1/notes", "", "Origin: https://elsewhere.test", "Access-Control-Request-Method: POST"), 405, "method-not-allowed"},
		"form":          {raw("POST", "/v1/notes", "text=a", "Content-Type: application/x-www-form-urlencoded"), 415, "unsupported-media-type"},
		"broken upload": {"POST /v1/notes HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 3\r\n\r\n--b", 415, "unsupported-media-type"},
	} {
		t.Run(name, func(t *testing.T) {
			conn, in := edgetest.Dial(t, address)
			res := edgetest.Say(t, conn, in, c.request)
			edgetest.WantProblem(t, res, c.status, c.code)
			if res.Header.Get("Access-Control-Allow-Origin") != "" {
				t.Error("CORS is open")
			}
		})
	}
}

func TestLimitsAreNotTooTight(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.BodyLimit = 1000 })
	conn, in := edgetest.Dial(t, edgetest.Listen(t, w))
	res := edgetest.Say(t, conn, in, raw("GET", "/v1/notes", "", "X-Long: "+strings.Repeat("x", 12_000)))
	if res.StatusCode != 200 {
		t.Errorf("12 kB of headers: %d", res.StatusCode)
	}
	body := `{"id":"` + someID + `","text":"a"}`
	conn, in = edgetest.Dial(t, conn.RemoteAddr().String())
	if res = edgetest.Say(t, conn, in, raw("POST", "/v1/notes", body+strings.Repeat(" ", 1000-len(body)))); res.StatusCode != 201 {
		t.Errorf("a body of exactly the limit: %d", res.StatusCode)
	}
}

func TestASlowSenderIsCutOff(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Times.Read = 100 * time.Millisecond })
	conn, in := edgetest.Dial(t, edgetest.Listen(t, w))
	request := raw("POST", "/v1/notes", strings.Repeat("x", 100))
	edgetest.WantProblem(t, edgetest.Say(t, conn, in, request[:len(request)-99]), 408, "too-slow")
	if _, err := in.ReadByte(); !errors.Is(err, io.EOF) {
		t.Errorf("the connection is still open: %v", err)
	}
}

// TestASlowHeadIsCutOff also behind a request that was fine, whose connection may rest long.
func TestASlowHeadIsCutOff(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Times.Read = 100 * time.Millisecond })
	conn, in := edgetest.Dial(t, edgetest.Listen(t, w))
	for range 2 {
		if res := edgetest.Say(t, conn, in, raw("GET", "/v1/notes", "")); res.StatusCode != 200 || edgetest.ReadAll(t, res.Body) == "" {
			t.Fatalf("%d", res.StatusCode)
		}
	}
	edgetest.WantProblem(t, edgetest.Say(t, conn, in, "GET /v1/notes HTTP/1.1\r\nHost:"), 408, "too-slow")
	if _, err := in.ReadByte(); !errors.Is(err, io.EOF) {
		t.Errorf("the connection is still open: %v", err)
	}
}

// TestWhoNeverReadsIsCutOff: who asks and asks and takes no answer holds memory, and nobody up.
func TestWhoNeverReadsIsCutOff(t *testing.T) {
	w := newWorld(t, func(c *Config) { c.Times.Write = 100 * time.Millisecond })
	address := edgetest.Listen(t, w)
	hangs, _ := edgetest.Dial(t, address)
	if err := hangs.SetWriteDeadline(time.Now().Add(20 * time.Second)); err != nil {
		t.Fatal(err)
	}
	many := strings.Repeat(raw("GET", "/openapi.json", ""), 100)
	var err error
	for err == nil {
		_, err = io.WriteString(hangs, many)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		t.Error("the connection is still open")
	}
	conn, in := edgetest.Dial(t, address)
	if res := edgetest.Say(t, conn, in, raw("GET", "/v1/notes", "")); res.StatusCode != 200 {
		t.Errorf("somebody else: %d", res.StatusCode)
	}
}

// TestKeepAliveOutlivesTheBodyDeadline holds Fiber and Huma to what was measured:
// Huma sets a deadline for the body and does not clear it.
func TestKeepAliveOutlivesTheBodyDeadline(t *testing.T) {
	const deadline = 30 * time.Millisecond
	w := newWorld(t)
	Register(w.Edge, huma.Operation{OperationID: "quick", Method: "POST", Path: "/v1/quick", BodyReadTimeout: deadline},
		func(context.Context, *struct{ Body note }) (*struct{}, error) { return nil, nil })
	conn, in := edgetest.Dial(t, edgetest.Listen(t, w))
	for range 2 {
		if res := edgetest.Say(t, conn, in, raw("POST", "/v1/quick", `{"text":"a"}`)); res.StatusCode != 204 {
			t.Fatalf("%d", res.StatusCode)
		}
		// Nothing comes, and the connection does not end.
		_ = conn.SetReadDeadline(time.Now().Add(5 * deadline))
		if _, err := in.ReadByte(); !errors.Is(err, os.ErrDeadlineExceeded) {
			t.Fatalf("the connection ended: %v", err)
		}
	}
}

// TestInputsMayBeKept would fail without Fiber's Immutable: the strings of one
// request would change under the next.
func TestInputsMayBeKept(t *testing.T) {
	w := newWorld(t)
	type input struct {
		Path   string `path:"path"`
		Query  string `query:"query"`
		Header string `header:"X-Kept"`
		Body   struct {
			Text string `json:"text"`
		}
	}
	var kept []*input
	Register(w.Edge, huma.Operation{OperationID: "keep", Method: "POST", Path: "/v1/keep/{path}"},
		func(_ context.Context, in *input) (*struct{}, error) { kept = append(kept, in); return nil, nil })
	conn, in := edgetest.Dial(t, edgetest.Listen(t, w))
	for i := range 50 {
		request := raw("POST", fmt.Sprintf("/v1/keep/p%03d?query=q%03d", i, i), fmt.Sprintf(`{"text":"b%03d"}`, i), fmt.Sprintf("X-Kept: h%03d", i))
		if res := edgetest.Say(t, conn, in, request); res.StatusCode != 204 {
			t.Fatalf("%d", res.StatusCode)
		}
	}
	for i, k := range kept {
		n := fmt.Sprintf("%03d", i)
		if k.Path != "p"+n || k.Query != "q"+n || k.Header != "h"+n || k.Body.Text != "b"+n {
			t.Fatalf("request %d became %+v", i, k)
		}
	}
}

// TestStoppingLetsRequestsFinish stops the server while one request is in flight
// and another connection is idle.
func TestStoppingLetsRequestsFinish(t *testing.T) {
	w := newWorld(t)
	arrived, release := make(chan struct{}), make(chan struct{})
	Register(w.Edge, huma.Operation{OperationID: "wait", Method: "GET", Path: "/v1/wait"},
		func(context.Context, *struct{}) (*Answer[string], error) {
			close(arrived)
			<-release
			return NewAnswer("done"), nil
		})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	served := make(chan error, 1)
	go func() { served <- w.Serve(ln) }()
	address := ln.Addr().String()
	idle, idleIn := edgetest.Dial(t, address)
	edgetest.Say(t, idle, idleIn, raw("GET", "/v1/notes", ""))
	busy, busyIn := edgetest.Dial(t, address)
	if _, err := io.WriteString(busy, raw("GET", "/v1/wait", "")); err != nil {
		t.Fatal(err)
	}
	<-arrived
	stopped := make(chan error, 1)
	go func() { stopped <- w.App().ShutdownWithTimeout(10 * time.Second) }()
	if err := <-served; err != nil { // no new connections from here on
		t.Error(err)
	}
	close(release)
	res, err := http.ReadResponse(busyIn, nil)
	if err != nil || res.StatusCode != 200 || !strings.Contains(edgetest.ReadAll(t, res.Body), "done") {
		t.Errorf("the request in flight: %v %v", res, err)
	}
	if err := <-stopped; err != nil {
		t.Error(err)
	}
}
