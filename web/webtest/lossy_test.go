package webtest

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
)

// lossy stands between the phones and a clinic and loses what a test says.
type lossy struct {
	URL      string
	path     string
	requests atomic.Int32 // how many requests to path are lost before they arrive
	answers  atomic.Int32 // how many answers of path are lost on their way back
	lost     atomic.Int32
}

func newLossy(t *testing.T, c *clinic, path string) *lossy {
	t.Helper()
	to, err := url.Parse(c.BaseURL)
	if err != nil {
		t.Fatal(err)
	}
	l := &lossy{path: path}
	proxy := httputil.NewSingleHostReverseProxy(to)
	proxy.ModifyResponse = func(r *http.Response) error {
		l.lose(r.Request, &l.answers)
		return nil
	}
	proxy.ErrorHandler = func(http.ResponseWriter, *http.Request, error) { panic(http.ErrAbortHandler) }
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		l.lose(r, &l.requests)
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	l.URL = server.URL
	return l
}

// lose ends the connection without a word, as often as it was told.
func (l *lossy) lose(r *http.Request, left *atomic.Int32) {
	if strings.HasSuffix(r.URL.Path, l.path) && left.Add(-1) >= 0 {
		l.lost.Add(1)
		panic(http.ErrAbortHandler)
	}
}
