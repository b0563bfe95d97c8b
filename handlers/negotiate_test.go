package handlers

import (
	"context"
	"io"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/danielgtaylor/huma/v2"
	"github.com/valyala/fasthttp"
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

// longTestEdge has long answers of several kinds.
func longTestEdge(t *testing.T, long string) *testEdge {
	w := newTestEdge(t, func(c *Config) {
		c.Page.Files = fstest.MapFS{"index.html": {Data: []byte(long)}, "a.png": {Data: []byte(long)}, "short.js": {Data: []byte("1")}}
	})
	for method, path := range map[string]string{"GET": "/v1/long", "POST": "/v1/long", "PUT": "/v1/auth/long"} {
		register(w.API, huma.Operation{OperationID: "long" + method, Method: method, Path: path, Security: public},
			func(_ context.Context, in *struct{ Reading }) (*Tagged[string], error) {
				if err := in.unless(etag(3)); err != nil {
					return nil, err
				}
				return tagged(3, long), nil
			})
	}
	register(w.API, huma.Operation{OperationID: "longSecret", Method: "GET", Path: "/v1/auth/long", Security: public},
		func(context.Context, *struct{}) (*Tagged[string], error) { return tagged(3, long), nil })
	return w
}

// TestAnswersAreCompressed: files, and answers of the API above 1 kB; each with its tag
// and Vary, each unpacks to what it is without, and is what it was when asked for again.
func TestAnswersAreCompressed(t *testing.T) {
	w := longTestEdge(t, strings.Repeat("All of it. ", 500))
	for _, path := range []string{"/", "/v1/long", "/openapi.json"} {
		plain := w.call(t, "GET", path, "")
		want := readAll(t, plain.Body)
		if plain.Header.Get("Content-Encoding") != "" || plain.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%s, not asked for: %v", path, plain.Header)
		}
		for _, coding := range []string{"gzip", "br"} {
			for range 2 {
				res := w.call(t, "GET", path, "", "Accept-Encoding", coding)
				raw := readAll(t, res.Body)
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
	w := longTestEdge(t, strings.Repeat("All of it. ", 500))
	for what, c := range map[string][3]string{"too short": {"GET", "/short.js"}, "packed by itself": {"GET", "/a.png"}, "no GET": {"POST", "/v1/long"},
		"tokens": {"PUT", "/v1/auth/long"}, "tokens to GET": {"GET", "/v1/auth/long"}} {
		if res := w.call(t, c[0], c[1], "", "Accept-Encoding", "gzip, br"); res.StatusCode != 200 || res.Header.Get("Content-Encoding") != "" || strings.HasPrefix(res.Header.Get("ETag"), "W/") {
			t.Errorf("%s: %d %v", what, res.StatusCode, res.Header)
		}
	}
}

// secretNames are what members that hold secrets are called.
var secretNames = regexp.MustCompile(`(?i)"(?:[a-z]*(?:token|secret|password|credential|ticket)|auth|code)":`)

// TestNoSecretIsCompressed: no answer to GET that has a member with such a name is of a
// route whose answers are compressed.
func TestNoSecretIsCompressed(t *testing.T) {
	api := New(Config{})
	doc := api.huma.OpenAPI()
	for _, op := range operations(api) {
		if op.Method != http.MethodGet || neverCompressed(op.Path) || op.Responses["200"] == nil {
			continue
		}
		for _, media := range op.Responses["200"].Content {
			if media.Schema == nil || media.Schema.Ref == "" {
				continue
			}
			schema, err := doc.Components.Schemas.SchemaFromRef(media.Schema.Ref).MarshalJSON()
			if err != nil {
				t.Fatal(err)
			}
			for _, name := range secretNames.FindAllString(string(schema), -1) {
				if !harmless[op.OperationID+" "+strings.Trim(name, `":`)] {
					t.Errorf("%s answers %s", op.OperationID, name)
				}
			}
		}
	}
}

// harmless are members whose names sound secret and that are not.
var harmless = map[string]bool{
	"readPushDevice freshTokenWanted": true, // a yes or no
}

// TestHeadIsGetWithoutABody: the same status and headers, on every address of GET.
func TestHeadIsGetWithoutABody(t *testing.T) {
	c := openClinic(t)
	for _, op := range operations(c.api) {
		if op.Method != http.MethodGet {
			continue
		}
		token := c.allowed(t, op)
		get := c.call(t, op, c.visitFor(t, op.OperationID), token)
		head := *op
		head.Method = http.MethodHead
		res := c.call(t, &head, c.visitFor(t, op.OperationID), token)
		if body := readAll(t, res.Body); body != "" || res.StatusCode != get.StatusCode {
			t.Errorf("%s: HEAD gives %d %q, GET %d", op.Path, res.StatusCode, body, get.StatusCode)
		}
		for _, name := range []string{"Content-Type", "ETag", "Cache-Control", "Content-Encoding"} {
			if a, b := get.Header.Get(name), res.Header.Get(name); a != b && !strings.Contains(op.Path, "metadata") {
				t.Errorf("%s: %s is %q, in HEAD %q", op.Path, name, a, b)
			}
		}
	}
	w := newTestEdge(t)
	for _, path := range []string{"/livez", "/docs", "/openapi.json"} {
		if res := w.call(t, "HEAD", path, ""); res.StatusCode != 200 || res.ContentLength <= 0 {
			t.Errorf("%s: %d, length %d", path, res.StatusCode, res.ContentLength)
		}
	}
	conn, in := dial(t, w.listen(t)) // the length is told, nothing follows, and the connection goes on
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

// TestEverythingMadeHasAnAddress: each 201 tells one, which whoever made it can read.
func TestEverythingMadeHasAnAddress(t *testing.T) {
	c := openClinic(t)
	for _, op := range operations(c.api) {
		if op.Responses["201"] == nil {
			continue
		}
		if op.Responses["201"].Headers["Location"] == nil {
			t.Errorf("%s does not tell Location in the document", op.OperationID)
		}
		if where := locationOf(c.api.huma.OpenAPI(), op); where == "" {
			t.Errorf("%s has nowhere", op.OperationID)
		}
		token := c.allowed(t, op)
		res := c.call(t, op, c.visitFor(t, op.OperationID), token)
		if res.StatusCode != http.StatusCreated {
			continue // the code of the table's enrol is wrong on purpose
		}
		where := res.Header.Get("Location")
		if where == "" {
			t.Errorf("%s tells no Location", op.OperationID)
			continue
		}
		if op.OperationID == "createEnrolmentCode" {
			continue // a code is shown this once
		}
		look, err := c.api.App().Test(newRequest("GET", where, "", token), -1)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(where, "/") || look.StatusCode >= 400 {
			t.Errorf("%s: Location %q gives %d", op.OperationID, where, look.StatusCode)
		}
		c.repair(t, op.OperationID, 1)
	}
}

// TestAddressesOfProgramsTakeAnyParameter: who was handed an address hangs things to it.
func TestAddressesOfProgramsTakeAnyParameter(t *testing.T) {
	c := openClinic(t)
	for _, op := range operations(c.api) {
		v := c.visitFor(t, op.OperationID)
		v.query = strings.TrimSuffix("?fbclid=1&_=2&"+strings.TrimPrefix(v.query, "?"), "&")
		token := c.allowed(t, op)
		plain, res := c.call(t, op, c.visitFor(t, op.OperationID), token), c.call(t, op, v, token)
		tolerant := len(op.Security) == 0 || strings.HasSuffix(op.Path, ".ics")
		if tolerant && res.StatusCode == 422 && plain.StatusCode != 422 {
			t.Errorf("%s refuses what was hung to it", op.Path)
		}
	}
}
