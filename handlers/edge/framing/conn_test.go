package framing

import (
	"bytes"
	"errors"
	"io"
	"net"
	"strings"
	"testing"
)

// given is a connection that gives bytes in pieces of a size.
type given struct {
	net.Conn
	in   *bytes.Reader
	size int
}

func (g *given) Read(p []byte) (int, error) { return g.in.Read(p[:min(len(p), g.size)]) }

// FuzzConn: however the bytes come, the same requests pass, each Read gives bytes of one
// request at most, and what passes is what came.
func FuzzConn(f *testing.F) {
	for _, seed := range []string{
		"GET / HTTP/1.1\r\nHost: h\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: h\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n",
		"GET / HTTP/1.1\r\nHost : h\r\n\r\n", "GET / HTTP/1.1\r\nHost: h\r\nX: " + strings.Repeat("x", 300) + "\r\n\r\n",
	} {
		f.Add([]byte(seed), 3, 50)
	}
	f.Fuzz(func(t *testing.T, sent []byte, size, buffer int) {
		size, buffer = 1+max(size, -size)%64, 1+max(buffer, -buffer)%64
		some := passed(t, sent, size, buffer)
		if !bytes.HasPrefix(sent, some) {
			t.Fatalf("%q became %q", sent, some)
		}
		whole := passed(t, sent, 1<<20, 1<<20)
		if !bytes.HasPrefix(some, whole) { // in pieces, the begin of what is refused may pass
			t.Fatalf("%q: in one piece %q, in pieces %q", sent, whole, some)
		}
	})
}

// TestNothingOfATrailerPasses, however it comes: the server behind would take it.
func TestNothingOfATrailerPasses(t *testing.T) {
	const whole = "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n"
	for _, trailer := range []string{"X: a\r\n\r\n", "\rX: a\r\n\r\n", "\n", " \r\n"} {
		for _, size := range []int{1, 2, 3, 7} {
			if out := passed(t, []byte(whole+trailer), size, 64); len(out) > len(whole)+1 || strings.Contains(string(out), "X") {
				t.Errorf("%q in pieces of %d: %q passed", trailer, size, out)
			}
		}
	}
}

func passed(t *testing.T, sent []byte, size, buffer int) []byte {
	c := New(&given{in: bytes.NewReader(sent), size: size}, 200)
	var out []byte
	p := make([]byte, buffer)
	for range 10*len(sent) + 10 {
		n, err := c.Read(p)
		if c.broken {
			return out
		}
		out = append(out, p[:n]...)
		if errors.Is(err, io.EOF) {
			return out
		}
	}
	t.Fatalf("no end of %q", sent)
	return nil
}

func BenchmarkRead(b *testing.B) {
	request := []byte("POST /v1/patients/01970000-0000-7000-8000-000000000001/check-ins HTTP/1.1\r\nHost: care.example.org\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\n" +
		"Accept: */*\r\nAccept-Language: en\r\nAuthorization: Bearer " + strings.Repeat("x", 300) + "\r\nContent-Type: application/json\r\nContent-Length: 200\r\n\r\n" + strings.Repeat("x", 200))
	in := bytes.NewReader(request)
	c := New(&given{in: in, size: 1 << 20}, 16<<10)
	p := make([]byte, 16<<10)
	b.ReportAllocs()
	for b.Loop() {
		in.Reset(request)
		for in.Len() > 0 {
			if _, err := c.Read(p); err != nil {
				b.Fatal(err)
			}
		}
	}
}

// TestEachControlSignIsFound wherever it stands among eight, and no other byte is one.
func TestEachControlSignIsFound(t *testing.T) {
	for b := range 256 {
		want := b < 0x20 && b != '\t' || b == 0x7f
		for at := range 17 {
			for _, around := range []byte{'a', '\t', ' ', 0x80, 0xff} {
				text := bytes.Repeat([]byte{around}, 17)
				text[at] = byte(b)
				if hasControl(text) != want {
					t.Errorf("%q", text)
				}
			}
		}
	}
}

// TestACodingIsNotFolded: the Kelvin sign is a k to who folds letters.
func TestACodingIsNotFolded(t *testing.T) {
	if out := passed(t, []byte("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chun\u212aed\r\n\r\n0\r\n\r\n"), 1<<20, 1<<20); len(out) > 0 {
		t.Errorf("%q passed", out)
	}
}
