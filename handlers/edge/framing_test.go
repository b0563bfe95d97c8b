package edge

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"handrail/handlers/edge/edgetest"
)

// A second request that must never be answered: whoever believes the wrong end of the
// first one would.
const smuggled = "GET /livez HTTP/1.1\r\nHost: h\r\n\r\n"

// loose are requests that are not framed as RFC 9112 says.
var loose = map[string]string{
	"space before the colon":        "GET /livez HTTP/1.1\r\nHost : h\r\n\r\n",
	"space before length's colon":   "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length : 33\r\n\r\n",
	"tab before the colon":          "GET /livez HTTP/1.1\r\nHost: h\r\nX\t: a\r\n\r\n",
	"length and chunks":             "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	"chunks and length":             "POST /v1/notes HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
	"length nought and chunks":      "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	"two codings":                   "POST /v1/notes HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	"chunked, then identity":        "POST /v1/notes HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
	"a list of codings":             "POST /v1/notes HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
	"a coding with something":       "POST /v1/notes HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked;x=1\r\n\r\n0\r\n\r\n",
	"identity":                      "POST /v1/notes HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: identity\r\nContent-Length: 0\r\n\r\n",
	"unknown coding":                "POST /v1/notes HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
	"chunks in HTTP/1.0":            "POST /v1/notes HTTP/1.0\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
	"underscore for the dash":       "POST /v1/notes HTTP/1.1\r\nHost: h\r\nTransfer_Encoding: chunked\r\n\r\n0\r\n\r\n",
	"no host":                       "GET /livez HTTP/1.1\r\n\r\n",
	"two hosts":                     "GET /livez HTTP/1.1\r\nHost: h\r\nHost: evil.test\r\n\r\n",
	"the same host twice":           "GET /livez HTTP/1.1\r\nHost: h\r\nhost: h\r\n\r\n",
	"two hosts in HTTP/1.0":         "GET /livez HTTP/1.0\r\nHost: h\r\nHost: i\r\n\r\n",
	"empty host":                    "GET /livez HTTP/1.1\r\nHost:\r\n\r\n",
	"a list of hosts":               "GET /livez HTTP/1.1\r\nHost: h, i\r\n\r\n",
	"host with a name in front":     "GET /livez HTTP/1.1\r\nHost: me@h\r\n\r\n",
	"host with a path":              "GET /livez HTTP/1.1\r\nHost: h/x\r\n\r\n",
	"host with an odd port":         "GET /livez HTTP/1.1\r\nHost: h:8a\r\n\r\n",
	"bare LF":                       "GET /livez HTTP/1.1\nHost: h\n\n",
	"bare LF behind the first line": "GET /livez HTTP/1.1\nHost: h\r\n\r\n",
	"bare LF between fields":        "GET /livez HTTP/1.1\r\nHost: h\nX: a\r\n\r\n",
	"bare LF at the end":            "GET /livez HTTP/1.1\r\nHost: h\r\n\n",
	"bare CR":                       "GET /livez HTTP/1.1\r\nHost: h\r\nX: a\rContent-Length: 33\r\n\r\n",
	"CR CR LF":                      "GET /livez HTTP/1.1\r\nHost: h\r\nX: a\r\r\n\r\n",
	"a line that goes on":           "GET /livez HTTP/1.1\r\nHost: h\r\nX: a\r\n b\r\n\r\n",
	"with a tab":                    "GET /livez HTTP/1.1\r\nHost: h\r\nX: a\r\n\tb\r\n\r\n",
	"a space before the first":      "GET /livez HTTP/1.1\r\n Host: h\r\n\r\n",
	"length with plus":              "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: +33\r\n\r\n",
	"length with minus":             "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: -1\r\n\r\n",
	"length with zeros in front":    "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: 0033\r\n\r\n",
	"length in hex":                 "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: 0x21\r\n\r\n",
	"length with a space inside":    "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: 3 3\r\n\r\n",
	"length with a point":           "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: 33.0\r\n\r\n",
	"length that is empty":          "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length:\r\n\r\n",
	"length beyond all":             "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: 18446744073709551649\r\n\r\n",
	"two lengths":                   "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: 33\r\n\r\n",
	"the same length twice":         "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\nContent-Length: 0\r\n\r\n",
	"a list of lengths":             "POST /v1/notes HTTP/1.1\r\nHost: h\r\nContent-Length: 0, 33\r\n\r\n",
	"a name with a space":           "GET /livez HTTP/1.1\r\nHost: h\r\nContent Length: 33\r\n\r\n",
	"a name that is none":           "GET /livez HTTP/1.1\r\nHost: h\r\n: a\r\n\r\n",
	"a line without a colon":        "GET /livez HTTP/1.1\r\nHost: h\r\nContent-Length\r\n\r\n",
	"a name beyond ASCII":           "GET /livez HTTP/1.1\r\nHost: h\r\nH\xc3\xb6st: a\r\n\r\n",
	"NUL in a value":                "GET /livez HTTP/1.1\r\nHost: h\r\nX: a\x00b\r\n\r\n",
	"NUL in the path":               "GET /livez\x00 HTTP/1.1\r\nHost: h\r\n\r\n",
	"two spaces":                    "GET  /livez HTTP/1.1\r\nHost: h\r\n\r\n",
	"a tab for a space":             "GET\t/livez HTTP/1.1\r\nHost: h\r\n\r\n",
	"a space at the end":            "GET /livez HTTP/1.1 \r\nHost: h\r\n\r\n",
	"no version":                    "GET /livez\r\nHost: h\r\n\r\n",
	"another version":               "GET /livez HTTP/2.0\r\nHost: h\r\n\r\n",
	"a version in small letters":    "GET /livez http/1.1\r\nHost: h\r\n\r\n",
	"an odd method":                 "GE(T /livez HTTP/1.1\r\nHost: h\r\n\r\n",
	"two empty lines in front":      "\r\n\r\nGET /livez HTTP/1.1\r\nHost: h\r\n\r\n",
	"an LF in front":                "\nGET /livez HTTP/1.1\r\nHost: h\r\n\r\n",
}

// looseChunks are bodies in chunks, behind a head that is right.
var looseChunks = map[string]string{
	"bare LF behind the size":   "2\n{}\r\n0\r\n\r\n",
	"bare LF behind the chunk":  "2\r\n{}\n0\r\n\r\n",
	"bare LF at the end":        "2\r\n{}\r\n0\r\n\n",
	"more than it says":         "1\r\n{}\r\n0\r\n\r\n",
	"less than it says":         "3\r\n{}\r\n0\r\n\r\n",
	"with plus":                 "+2\r\n{}\r\n0\r\n\r\n",
	"with minus":                "-2\r\n{}\r\n0\r\n\r\n",
	"with 0x":                   "0x2\r\n{}\r\n0\r\n\r\n",
	"with an underscore":        "0_2\r\n{}\r\n0\r\n\r\n",
	"a space in front":          " 2\r\n{}\r\n0\r\n\r\n",
	"a space behind":            "2 \r\n{}\r\n0\r\n\r\n",
	"no digits":                 "\r\n{}\r\n0\r\n\r\n",
	"no hex":                    "g\r\n{}\r\n0\r\n\r\n",
	"beyond all":                "10000000000000002\r\n{}\r\n0\r\n\r\n",
	"digits without an end":     strings.Repeat("0", 300) + "2\r\n{}\r\n0\r\n\r\n",
	"a bare CR in an extension": "2;a\rb\r\n{}\r\n0\r\n\r\n",
	"a bare LF in an extension": "2;a\nb\r\n{}\r\n0\r\n\r\n",
	"an extension of nothing":   "2;\r\n{}\r\n0\r\n\r\n",
	"a trailer that frames":     "2\r\n{}\r\n0\r\nContent-Length: 33\r\n\r\n",
	"a trailer":                 "2\r\n{}\r\n0\r\nX: a\r\n\r\n",
}

const chunkedHead = "POST /v1/notes HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer good\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"

// TestLooseFramingIsRefused says each by itself, behind a request that was fine, in one
// piece and byte by byte: 400, the end of the connection, and nothing of what follows.
func TestLooseFramingIsRefused(t *testing.T) {
	address := edgetest.Listen(t, newWorld(t))
	requests := map[string]string{}
	for name, body := range looseChunks {
		requests["chunks: "+name] = chunkedHead + body
	}
	for name, request := range loose {
		requests[name] = request
	}
	for name, request := range requests {
		t.Run(name, func(t *testing.T) {
			conn, in := edgetest.Dial(t, address)
			wantRefusal(t, conn, in, request+smuggled)
			conn, in = edgetest.Dial(t, address)
			if res := edgetest.Say(t, conn, in, smuggled); res.StatusCode != 200 || edgetest.ReadAll(t, res.Body) != "live\n" {
				t.Fatalf("the request in front: %d", res.StatusCode)
			}
			wantRefusal(t, conn, in, request+smuggled)
			conn, in = edgetest.Dial(t, address)
			drip(conn, request+smuggled)
			wantRefusal(t, conn, in, "")
		})
	}
}

// drip sends byte by byte; once it is refused the other side need not read on.
func drip(conn net.Conn, request string) {
	for i := range len(request) {
		if _, err := conn.Write([]byte{request[i]}); err != nil {
			return
		}
	}
}

func wantRefusal(t *testing.T, conn net.Conn, in *bufio.Reader, request string) {
	t.Helper()
	res := edgetest.Say(t, conn, in, request)
	edgetest.WantProblem(t, res, http.StatusBadRequest, "bad-request")
	if !res.Close {
		t.Error("the answer does not say that the connection ends")
	}
	if more, err := io.ReadAll(in); len(more) > 0 || err != nil {
		t.Errorf("after the refusal: %q, %v", more, err)
	}
}

// TestGoodFramingIsTaken: what RFC 9112 allows goes on, also many in one piece and one
// in many pieces.
func TestGoodFramingIsTaken(t *testing.T) {
	address := edgetest.Listen(t, newWorld(t))
	note := `{"id":"` + someID + `","text":"a"}`
	auth := "Authorization: Bearer good\r\nContent-Type: application/json\r\n"
	good := []struct {
		request string
		status  int
	}{
		{"GET /livez HTTP/1.1\r\nHost: h\r\n\r\n", 200},
		{"\r\nGET /livez HTTP/1.1\r\nHost: h\r\n\r\n", 200},
		{"GET /livez HTTP/1.1\r\nhOST:h:8080\r\nX-Empty:\r\nX-Tab:\ta \t\r\nX-Bytes: \xc3\xb6\xff\r\n\r\n", 200},
		{"GET /livez HTTP/1.1\r\nHost: [2001:db8::1]:8080\r\n\r\n", 200},
		{"GET /livez HTTP/1.1\r\nHost: my_service.example-1.test\r\nContent-Length: 0\r\n\r\n", 200},
		{"GET http://h/livez HTTP/1.1\r\nHost: h\r\n\r\n", 200},
		{"GET /livez HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello", 200},
		{"POST /v1/notes HTTP/1.1\r\nHost: h\r\n" + auth + fmt.Sprintf("Content-Length: %d\r\n\r\n", len(note)) + note, 201},
		{"POST /v1/notes HTTP/1.1\r\nHost: h\r\n" + auth + "Transfer-Encoding: Chunked\r\n\r\n" +
			fmt.Sprintf("%X\r\n%s\r\n001;a=b; c=\"d\"\r\n%s\r\n0\r\n\r\n", len(note)-1, note[:len(note)-1], note[len(note)-1:]), 201},
		{"GET /livez HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", 200},
	}
	for _, size := range []int{1 << 20, 7, 1} {
		conn, in := edgetest.Dial(t, address)
		var all strings.Builder
		for _, g := range good {
			all.WriteString(g.request)
		}
		go func() {
			for text := all.String(); text != ""; {
				n := min(size, len(text))
				if _, err := io.WriteString(conn, text[:n]); err != nil {
					return
				}
				text = text[n:]
			}
		}()
		if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		for i, g := range good {
			res, err := http.ReadResponse(in, nil)
			if err != nil {
				t.Fatalf("pieces of %d, request %d: %v", size, i, err)
			}
			if body := edgetest.ReadAll(t, res.Body); res.StatusCode != g.status {
				t.Errorf("pieces of %d, request %d: %d %s", size, i, res.StatusCode, body)
			}
		}
	}
}

// TestWhatIsTooLargeGetsItsAnswer sends bodies far over the limit, to the end, and
// wants the 413 and no reset, told at the begin and found out by counting chunks.
func TestWhatIsTooLargeGetsItsAnswer(t *testing.T) {
	address := edgetest.Listen(t, newWorld(t))
	const size = 8 << 20
	body := strings.Repeat("x", size)
	for name, request := range map[string]string{
		"length": raw("POST", "/v1/notes", body),
		"chunks": chunkedHead + fmt.Sprintf("%x\r\n%s\r\n0\r\n\r\n", size, body),
	} {
		t.Run(name, func(t *testing.T) {
			for range 5 {
				conn, in := edgetest.Dial(t, address)
				edgetest.WantProblem(t, edgetest.Say(t, conn, in, request), 413, "too-large")
				if _, err := in.ReadByte(); !errors.Is(err, io.EOF) {
					t.Errorf("then: %v", err)
				}
			}
		})
	}
}
