package fcm

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// The SDK repeats a request up to four times when the network fails or the answer is
// 503, and holds the sender up for seconds meanwhile. A request whose answer was lost
// may have been accepted, so each repetition may be one more notification on the
// phone. once keeps it from that: what the SDK would repeat is answered with a status
// that it takes as it is, and headers of our own say what really happened. The queue
// does the repeating, with the bound that it keeps.
type once struct{ next http.RoundTripper }

const (
	headerLost    = "X-Handrail-Answer-Lost"
	headerNotSent = "X-Handrail-Not-Sent"
	codeLost      = "answer-lost"
	codeNotSent   = "not-sent"
)

// RoundTrip implements http.RoundTripper.
func (o once) RoundTrip(r *http.Request) (*http.Response, error) {
	var wrote atomic.Bool
	trace := &httptrace.ClientTrace{WroteHeaders: func() { wrote.Store(true) }}
	res, err := o.within(r.WithContext(httptrace.WithClientTrace(r.Context(), trace)))
	switch {
	case err == nil && res.StatusCode == http.StatusServiceUnavailable:
		res.StatusCode = http.StatusInternalServerError // FCM's own error code in the body says UNAVAILABLE
	case err == nil:
	case wrote.Load():
		return synthetic(r, headerLost), nil
	default:
		return synthetic(r, headerNotSent), nil
	}
	return res, nil
}

// within is back when the request's context ends. The sign-in at Google, which comes
// before a request, does not know that context.
func (o once) within(r *http.Request) (*http.Response, error) {
	type answer struct {
		res *http.Response
		err error
	}
	came := make(chan answer, 1)
	go func() {
		res, err := o.next.RoundTrip(r)
		if err == nil {
			var body []byte
			body, err = io.ReadAll(res.Body) // a body that breaks off would be repeated too
			_ = res.Body.Close()
			res.Body = io.NopCloser(bytes.NewReader(body))
		}
		came <- answer{res, err}
	}()
	select {
	case a := <-came:
		return a.res, a.err
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
}

func synthetic(r *http.Request, header string) *http.Response {
	return &http.Response{StatusCode: http.StatusInternalServerError, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{header: {"1"}}, Body: http.NoBody, Request: r}
}
