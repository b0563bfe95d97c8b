package notifytest

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"time"
)

// FCM is a local FCM v1 endpoint.
type FCM struct {
	Project string
	// Answer says what to answer for a token; nil, or a nil result, accepts. It is
	// called before the message is counted.
	Answer func(token string) *FCMAnswer
	// Latency is waited before each answer.
	Latency time.Duration

	server *httptest.Server
	mu     sync.Mutex
	got    map[string]int // messages by "token id"
	last   map[string]FCMMessage
	count  int
	wrong  []string
}

// FCMAnswer is an answer that is no success.
type FCMAnswer struct {
	Status     int
	Code       string // of the FcmError detail; "" for none
	RetryAfter string
	// Cut: the message counts as accepted, and the connection breaks before the
	// answer.
	Cut bool
}

// The answers that FCM documents
// (firebase.google.com/docs/reference/fcm/rest/v1/ErrorCode).
var (
	Unregistered   = FCMAnswer{Status: 404, Code: "UNREGISTERED"}
	SenderMismatch = FCMAnswer{Status: 403, Code: "SENDER_ID_MISMATCH"}
	InvalidArg     = FCMAnswer{Status: 400, Code: "INVALID_ARGUMENT"}
	Quota          = FCMAnswer{Status: 429, Code: "QUOTA_EXCEEDED"}
	Unavailable    = FCMAnswer{Status: 503, Code: "UNAVAILABLE"}
	Internal       = FCMAnswer{Status: 500, Code: "INTERNAL"}
	ThirdParty     = FCMAnswer{Status: 401, Code: "THIRD_PARTY_AUTH_ERROR"}
	AnswerLost     = FCMAnswer{Cut: true}
)

// NewFCM starts an endpoint for a project. Close it.
func NewFCM(project string) *FCM {
	f := &FCM{Project: project, got: map[string]int{}, last: map[string]FCMMessage{}}
	f.server = httptest.NewServer(f)
	return f
}

// Close stops it.
func (f *FCM) Close() { f.server.Close() }

// Endpoint is what the SDK is pointed at.
func (f *FCM) Endpoint() string { return f.server.URL + "/v1" }

// Count is how many messages were accepted.
func (f *FCM) Count() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.count
}

// Copies counts the accepted messages by "token id".
func (f *FCM) Copies() map[string]int {
	f.mu.Lock()
	defer f.mu.Unlock()
	out := make(map[string]int, len(f.got))
	for k, v := range f.got {
		out[k] = v
	}
	return out
}

// Last is the last message that a token got.
func (f *FCM) Last(token string) (FCMMessage, bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	m, ok := f.last[token]
	return m, ok
}

// Wrong lists what was not as published.
func (f *FCM) Wrong() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.wrong...)
}

// ServeHTTP implements http.Handler.
func (f *FCM) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
	if err != nil {
		return
	}
	m, problem := readFCM(r, f.Project, body)
	if problem != "" {
		f.mu.Lock()
		f.wrong = append(f.wrong, problem)
		f.mu.Unlock()
		refuse(w, FCMAnswer{Status: 400, Code: "INVALID_ARGUMENT"}, problem)
		return
	}
	if f.Latency > 0 {
		t := time.NewTimer(f.Latency)
		defer t.Stop()
		select {
		case <-t.C:
		case <-r.Context().Done():
			return
		}
	}
	var a *FCMAnswer
	if f.Answer != nil {
		a = f.Answer(m.Token)
	}
	if a != nil && !a.Cut {
		refuse(w, *a, "scripted")
		return
	}
	if m.ValidateOnly {
		refuse(w, InvalidArg, "no such token")
		return
	}
	n := f.accept(m)
	if a != nil {
		panic(http.ErrAbortHandler) // the connection breaks
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	fmt.Fprintf(w, `{"name":"projects/%s/messages/%s"}`, f.Project, strconv.Itoa(n))
}

func (f *FCM) accept(m FCMMessage) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.count++
	f.got[m.Token+" "+m.Data["id"]]++
	f.last[m.Token] = m
	return f.count
}

func refuse(w http.ResponseWriter, a FCMAnswer, why string) {
	if a.RetryAfter != "" {
		w.Header().Set("Retry-After", a.RetryAfter)
	}
	w.Header().Set("Content-Type", "application/json; charset=UTF-8")
	w.WriteHeader(a.Status)
	type detail struct {
		Type      string `json:"@type"`
		ErrorCode string `json:"errorCode"`
	}
	var body struct {
		Error struct {
			Code    int      `json:"code"`
			Message string   `json:"message"`
			Status  string   `json:"status"`
			Details []detail `json:"details,omitempty"`
		} `json:"error"`
	}
	body.Error.Code, body.Error.Message, body.Error.Status = a.Status, why, statusOf[a.Status]
	if a.Code != "" {
		body.Error.Details = []detail{{"type.googleapis.com/google.firebase.fcm.v1.FcmError", a.Code}}
	}
	_ = json.NewEncoder(w).Encode(body)
}

var statusOf = map[int]string{400: "INVALID_ARGUMENT", 401: "UNAUTHENTICATED", 403: "PERMISSION_DENIED", 404: "NOT_FOUND",
	429: "RESOURCE_EXHAUSTED", 500: "INTERNAL", 503: "UNAVAILABLE"}
