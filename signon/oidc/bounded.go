package oidc

import (
	"errors"
	"io"
	"net/http"
)

// bounded refuses an answer that is larger than maxAnswer, instead of cutting it.
type bounded struct{ inner http.RoundTripper }

func (b bounded) RoundTrip(rq *http.Request) (*http.Response, error) {
	inner := b.inner
	if inner == nil {
		inner = http.DefaultTransport
	}
	res, err := inner.RoundTrip(rq)
	if err == nil {
		res.Body = &limited{res.Body, maxAnswer}
	}
	return res, err
}

var errTooLarge = errors.New("the provider's answer is too large")

type limited struct {
	io.ReadCloser
	left int
}

func (l *limited) Read(p []byte) (int, error) {
	n, err := l.ReadCloser.Read(p)
	if l.left -= n; l.left < 0 {
		return 0, errTooLarge
	}
	return n, err
}
