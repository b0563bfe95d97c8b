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
type once struct {
	next   http.RoundTripper
	signIn *signIn // nil: nobody asks for it
}

const (
	headerLost    = "X-Handrail-Answer-Lost"
	headerNotSent = "X-Handrail-Not-Sent"
	codeLost      = "answer-lost"
	codeNotSent   = "not-sent"
)

// RoundTrip implements http.RoundTripper. It is back when the request's context ends.
func (o once) RoundTrip(r *http.Request) (*http.Response, error) {
	if s := sendingOf(r.Context()); s != nil {
		s.sent = true
		defer s.turn.End()
	}
	res, wrote, err := o.ask(r)
	switch {
	case err == nil && res.StatusCode == http.StatusServiceUnavailable:
		res.StatusCode = http.StatusInternalServerError // FCM's own error code in the body says UNAVAILABLE
	case err == nil:
	case wrote:
		return synthetic(r, headerLost), nil
	default:
		return synthetic(r, headerNotSent), nil
	}
	return res, nil
}

// ask sends a request and reads the whole answer: one whose body breaks off would be
// repeated too. wrote tells whether anything of the request may have arrived.
func (o once) ask(r *http.Request) (res *http.Response, wrote bool, err error) {
	var began atomic.Bool
	trace := &httptrace.ClientTrace{WroteHeaders: func() { began.Store(true) }}
	if s := sendingOf(r.Context()); s != nil {
		trace.WroteRequest = func(httptrace.WroteRequestInfo) { s.turn.End() }
	}
	out := r.WithContext(httptrace.WithClientTrace(r.Context(), trace))
	if o.signIn != nil {
		token, err := o.signIn.token(r.Context())
		if err != nil {
			return nil, false, err
		}
		out.Header = r.Header.Clone()
		token.SetAuthHeader(out)
	}
	if res, err = o.next.RoundTrip(out); err != nil {
		return nil, began.Load(), err
	}
	body, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	res.Body = io.NopCloser(bytes.NewReader(body))
	return res, true, err
}

func synthetic(r *http.Request, header string) *http.Response {
	return &http.Response{StatusCode: http.StatusInternalServerError, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: http.Header{header: {"1"}}, Body: http.NoBody, Request: r}
}
