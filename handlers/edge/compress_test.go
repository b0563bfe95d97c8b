package edge

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/danielgtaylor/huma/v2"
	"github.com/valyala/fasthttp"

	"handrail/handlers/edge/edgetest"
)

func TestCodings(t *testing.T) {
	for accept, want := range map[string]string{
		"": "", "gzip": "gzip", "br": "br", "gzip, deflate, br, zstd": "br", "gzip;q=1.0, br;q=0.5": "gzip", "br;q=0, gzip": "gzip", "*": "br", "*;q=0": "", "identity": "",
		"gzip;q=0": "", "x-gzip": "gzip", "GZIP": "gzip", "gzip;q=x": "", "gzip;q=NaN": "", "gzip;q=-1": "", "deflate": "", "*;q=0.1, br;q=0": "gzip", ",": "",
	} {
		if got := codingOf(accept); got != want {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
}

// longWorld has long answers of several kinds.
func longWorld(t *testing.T, long string) *world {
	w := newWorld(t, func(c *Config) {
		c.Uncompressed = []string{"/v1/auth/"}
		c.Page.Files = fstest.MapFS{"index.html": {Data: []byte(long)}, "a.png": {Data: []byte(long)}, "short.js": {Data: []byte("1")}}
	})
	for method, path := range map[string]string{"GET": "/v1/long", "POST": "/v1/long", "PUT": "/v1/auth/long"} {
		Register(w.Edge, huma.Operation{OperationID: "long" + method, Method: method, Path: path, Security: Public},
			func(_ context.Context, in *struct{ Reading }) (*Tagged[string], error) {
				if err := in.Unless(ETag(3)); err != nil {
					return nil, err
				}
				return NewTagged(3, long), nil
			})
	}
	Register(w.Edge, huma.Operation{OperationID: "longSecret", Method: "GET", Path: "/v1/auth/long", Security: Public},
		func(context.Context, *struct{}) (*Tagged[string], error) { return NewTagged(3, long), nil })
	return w
}

// TestAnswersAreCompressed: files, and answers of the API above 1 kB; each with its tag
// and Vary, each unpacks to what it is without, and is what it was when asked for again.
func TestAnswersAreCompressed(t *testing.T) {
	w := longWorld(t, strings.Repeat("All of it. ", 500))
	for _, path := range []string{"/", "/v1/long", "/openapi.json"} {
		plain := w.call(t, "GET", path, "")
		want := edgetest.ReadAll(t, plain.Body)
		if plain.Header.Get("Content-Encoding") != "" || plain.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s, not asked for: %v", path, plain.Header)
		}
		for _, coding := range []string{"gzip", "br"} {
			for range 2 {
				res := w.call(t, "GET", path, "", "Accept-Encoding", coding)
				raw := edgetest.ReadAll(t, res.Body)
				if got := unpacked(t, coding, raw); got != want || len(raw) > len(want)/2 {
					t.Errorf("%s in %s: %d bytes of %d", path, coding, len(raw), len(want))
				}
				if res.Header.Get("Content-Encoding") != coding || res.Header.Get("Vary") != "Accept-Encoding" || res.Header.Get("ETag") != "W/"+plain.Header.Get("ETag") {
					t.Errorf("%s in %s: %v", path, coding, res.Header)
				}
				if again := w.call(t, "GET", path, "", "Accept-Encoding", coding, "If-None-Match", res.Header.Get("ETag")); again.StatusCode != http.StatusNotModified {
					t.Errorf("%s in %s, held: %d", path, coding, again.StatusCode)
				}
				head := w.call(t, "HEAD", path, "", "Accept-Encoding", coding)
				if head.ContentLength != res.ContentLength || head.Header.Get("Content-Encoding") != coding {
					t.Errorf("%s in %s: HEAD says %d of %d", path, coding, head.ContentLength, res.ContentLength)
				}
			}
		}
	}
}

// TestThePageIsPackedAsWellAsCanBe: later, and it stays what it is.
func TestThePageIsPackedAsWellAsCanBe(t *testing.T) {
	text := strings.Builder{}
	for i := range 900 {
		fmt.Fprintf(&text, "%d is no %d. ", i*i%911, i*i*i%907)
	}
	w := longWorld(t, text.String())
	for _, coding := range []string{"gzip", "br"} {
		ask := func() string {
			res := w.call(t, "GET", "/", "", "Accept-Encoding", coding)
			raw := edgetest.ReadAll(t, res.Body)
			if unpacked(t, coding, raw) != text.String() {
				t.Errorf("%s: it is another text", coding)
			}
			return raw
		}
		quick := ask()
		if err := w.Edge.PackBest(t.Context()); err != nil {
			t.Fatal(err)
		}
		if best := ask(); len(best) >= len(quick) {
			t.Errorf("%s: %d bytes, and %d when nobody waits", coding, len(quick), len(best))
		}
	}
}

func unpacked(t *testing.T, coding, raw string) string {
	t.Helper()
	unpack := fasthttp.AppendGunzipBytes
	if coding == "br" {
		unpack = fasthttp.AppendUnbrotliBytes
	}
	out, err := unpack(nil, []byte(raw))
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestWhatIsNotCompressed(t *testing.T) {
	w := longWorld(t, strings.Repeat("All of it. ", 500))
	for what, c := range map[string][3]string{"too short": {"GET", "/short.js"}, "packed by itself": {"GET", "/a.png"}, "no GET": {"POST", "/v1/long"},
		"tokens": {"PUT", "/v1/auth/long"}, "tokens to GET": {"GET", "/v1/auth/long"}} {
		if res := w.call(t, c[0], c[1], "", "Accept-Encoding", "gzip, br"); res.StatusCode != 200 || res.Header.Get("Content-Encoding") != "" || strings.HasPrefix(res.Header.Get("ETag"), "W/") {
			t.Errorf("%s: %d %v", what, res.StatusCode, res.Header)
		}
	}
}

// TestHeadIsGetOfTheEdgeItself: what is no operation of the API, and over the wire.
func TestHeadIsGetOfTheEdgeItself(t *testing.T) {
	w := newWorld(t)
	for _, path := range []string{"/livez", "/docs", "/openapi.json"} {
		if res := w.call(t, "HEAD", path, ""); res.StatusCode != 200 || res.ContentLength <= 0 {
			t.Errorf("%s: %d, length %d", path, res.StatusCode, res.ContentLength)
		}
	}
	conn, in := edgetest.Dial(t, edgetest.Listen(t, w)) // the length is told, nothing follows, and the connection goes on
	for range 2 {
		if _, err := io.WriteString(conn, raw("HEAD", "/v1/notes", "")); err != nil {
			t.Fatal(err)
		}
		res, err := http.ReadResponse(in, &http.Request{Method: http.MethodHead})
		if err != nil || res.StatusCode != 200 {
			t.Fatal(res, err)
		}
	}
}
