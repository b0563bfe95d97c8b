package webpush

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
	"time"

	"handrail/notify"
)

// maxReason is how much of a refusal is read for its reason, in bytes. The reason is
// compared with known ones and never kept: a service may repeat an address in it.
const maxReason = 8 << 10

// throttleRest is the least pause after a throttle that names none, as the guides of
// FCM and WNS ask.
const throttleRest = time.Minute

// refusal is what one push service says in its own way. A zero field fits anything.
// The first one that fits counts, so the narrow ones come first.
type refusal struct {
	status  int
	errno   int    // autopush (Mozilla), in a JSON body
	says    string // part of the body, in small letters
	outcome notify.Outcome
	code    string // our word for the log; empty: the status
}

// refusals are the ways in which the known services refuse. Where two services use
// one status for different things, the body tells them apart: a 403 may mean that
// the page subscribed with another key (a fresh subscription mends it), or that the
// site's own key, contact or clock is refused (an operator mends it).
//
// Sources: autopush-rs docs "Error Codes"; Apple "Sending web push notifications in
// web apps and browsers"; Microsoft "Push notification service request and response
// headers" (WNS); the texts of FCM as reported in web-push-libs/web-push #237, #462.
var refusals = []refusal{
	// Mozilla autopush.
	{errno: 109, says: "mismatch", outcome: notify.Mismatch, code: "vapid-key-mismatch"},
	{errno: 109, outcome: notify.Unauthorized, code: "vapid-refused"},
	{errno: 102, outcome: notify.Gone, code: "endpoint-invalid"},
	{errno: 103, outcome: notify.Gone, code: "endpoint-expired"},
	{errno: 105, outcome: notify.Gone, code: "endpoint-unavailable"},
	{errno: 106, outcome: notify.Gone, code: "subscription-invalid"},
	{errno: 107, outcome: notify.Gone, code: "router-invalid"},
	{errno: 108, outcome: notify.Gone, code: "router-invalid"},
	{errno: 101, outcome: notify.Mismatch, code: "keys-missing"},
	{errno: 110, outcome: notify.Mismatch, code: "keys-invalid"},
	{errno: 104, outcome: notify.Permanent, code: "too-large"},
	{errno: 201, outcome: notify.Retry, code: "service-busy"},
	{errno: 202, outcome: notify.Retry, code: "service-busy"},
	// Apple.
	{says: "vapidpkhashmismatch", outcome: notify.Mismatch, code: "vapid-key-mismatch"},
	{says: "badjwttoken", outcome: notify.Unauthorized, code: "vapid-refused"},
	{says: "badauthorizationheader", outcome: notify.Unauthorized, code: "vapid-refused"},
	{says: "expiredjwttoken", outcome: notify.Unauthorized, code: "vapid-refused"},
	{says: "baddevicetoken", outcome: notify.Gone, code: "endpoint-invalid"},
	{says: "toomanyrequests", outcome: notify.Retry, code: "throttled"},
	{says: "payloadtoolarge", outcome: notify.Permanent, code: "too-large"},
	// Google.
	{status: 403, says: "do not correspond to the credentials", outcome: notify.Mismatch, code: "vapid-key-mismatch"},
	{says: "mismatchsenderid", outcome: notify.Mismatch, code: "vapid-key-mismatch"},
	{says: "sender_id_mismatch", outcome: notify.Mismatch, code: "vapid-key-mismatch"},
	{says: "unauthorizedregistration", outcome: notify.Mismatch, code: "vapid-key-mismatch"},
	{says: "unauthorized registration", outcome: notify.Mismatch, code: "vapid-key-mismatch"},
	{status: 400, says: "jwt", outcome: notify.Unauthorized, code: "vapid-refused"},
	{status: 400, says: "authorization header", outcome: notify.Unauthorized, code: "vapid-refused"},
	{status: 400, says: "crypto-key header", outcome: notify.Unauthorized, code: "vapid-refused"},
	{status: 400, says: "invalidregistration", outcome: notify.Gone, code: "endpoint-invalid"},
	{says: "notregistered", outcome: notify.Gone, code: "endpoint-expired"},
	// What the status says where the body says nothing known (RFC 8030 sections 5, 7.3, 8.4).
	{status: http.StatusNotFound, outcome: notify.Gone},
	{status: http.StatusGone, outcome: notify.Gone},
	{status: http.StatusUnauthorized, outcome: notify.Unauthorized},
	{status: http.StatusForbidden, outcome: notify.Unauthorized},
	{status: http.StatusTooManyRequests, outcome: notify.Retry},
	{status: http.StatusNotAcceptable, outcome: notify.Retry, code: "throttled"}, // WNS
	{status: http.StatusRequestTimeout, outcome: notify.Retry},
	{status: http.StatusTooEarly, outcome: notify.Retry},
	{status: http.StatusRequestEntityTooLarge, outcome: notify.Permanent, code: "too-large"},
}

// classify reads the answer of a push service. The body is what the service says of
// a refusal, cut at maxReason.
func classify(res *http.Response, body []byte, now time.Time) notify.Result {
	if res.StatusCode >= 200 && res.StatusCode < 300 {
		return accepted(res, now)
	}
	r := notify.Result{Outcome: notify.Permanent, Code: strconv.Itoa(res.StatusCode), After: notify.RetryAfter(res.Header, now)}
	if res.StatusCode >= 500 {
		r.Outcome = notify.Retry
	}
	if strings.EqualFold(res.Header.Get("X-WNS-Error-Description"), "channel throttled") {
		r.Outcome = notify.Retry
	}
	var said struct{ Errno int }
	_ = json.Unmarshal(body, &said) // other services answer with text: no errno then
	text := strings.ToLower(string(body))
	for _, f := range refusals {
		if (f.status == 0 || f.status == res.StatusCode) && (f.errno == 0 || f.errno == said.Errno) && strings.Contains(text, f.says) {
			r.Outcome = f.outcome
			if f.code != "" {
				r.Code = f.code
			}
			break
		}
	}
	throttled := res.StatusCode == http.StatusTooManyRequests || res.StatusCode == http.StatusNotAcceptable
	if r.Outcome == notify.Retry && throttled && r.After == 0 {
		r.After = throttleRest
	}
	return r
}

// accepted reads a 2xx. WNS says so too when it throws a message away.
func accepted(res *http.Response, now time.Time) notify.Result {
	switch strings.ToLower(res.Header.Get("X-WNS-Status")) {
	case "channelthrottled":
		return notify.Result{Outcome: notify.Retry, Code: "throttled", After: max(notify.RetryAfter(res.Header, now), throttleRest)}
	case "dropped":
		return notify.Result{Outcome: notify.Retry, Code: "dropped"}
	}
	return notify.Result{Outcome: notify.Accepted, ID: res.Header.Get("Location")}
}
