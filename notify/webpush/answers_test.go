package webpush

import (
	"net/http"
	"testing"
	"time"

	"handrail/notify"
)

// autopush is how Mozilla's service answers.
func autopush(errno, message string) string {
	return `{"code":401,"errno":` + errno + `,"error":"Unauthorized","message":"` + message + `","more_info":"https://example.org"}`
}

// TestKnownServices has what the services of browsers' makers answer, in their own
// ways, and what must follow from it.
func TestKnownServices(t *testing.T) {
	now := time.Date(2026, 3, 8, 7, 0, 0, 0, time.UTC)
	header := func(pairs ...string) http.Header {
		h := http.Header{}
		for i := 0; i < len(pairs); i += 2 {
			h.Set(pairs[i], pairs[i+1])
		}
		return h
	}
	for name, c := range map[string]struct {
		status int
		header http.Header
		body   string
		want   notify.Outcome
		after  time.Duration
	}{
		"google accepts":              {201, nil, "", notify.Accepted, 0},
		"google: another key":         {403, nil, "the VAPID credentials in the authorization header do not correspond to the credentials used to create the subscriptions.\n", notify.Mismatch, 0},
		"google: another sender":      {403, nil, "MismatchSenderId", notify.Mismatch, 0},
		"google: another key, old":    {400, nil, "<TITLE>UnauthorizedRegistration</TITLE>", notify.Mismatch, 0},
		"google: our token":           {403, nil, "invalid JWT provided", notify.Unauthorized, 0},
		"google: our token, 400":      {400, nil, "invalid JWT provided", notify.Unauthorized, 0},
		"google: no header":           {401, nil, "authorization header must be specified.", notify.Unauthorized, 0},
		"google: gone":                {410, nil, "push subscription has unsubscribed or expired.", notify.Gone, 0},
		"google: gone, old":           {400, nil, "NotRegistered", notify.Gone, 0},
		"google: quota":               {429, nil, "", notify.Retry, time.Minute},
		"google: quota with time":     {429, header("Retry-After", "90"), "", notify.Retry, 90 * time.Second},
		"google: too large":           {413, nil, "", notify.Permanent, 0},
		"mozilla: another key":        {401, nil, autopush("109", "VAPID public key mismatch"), notify.Mismatch, 0},
		"mozilla: our token":          {401, nil, autopush("109", "Request did not validate: Invalid authorization"), notify.Unauthorized, 0},
		"mozilla: expired":            {410, nil, autopush("103", "Request submitted to expired endpoint"), notify.Gone, 0},
		"mozilla: became unavailable": {410, nil, autopush("105", "gone"), notify.Gone, 0},
		"mozilla: no such user":       {404, nil, autopush("102", "Invalid endpoint"), notify.Gone, 0},
		"mozilla: router":             {400, nil, autopush("108", "router"), notify.Gone, 0},
		"mozilla: the page's keys":    {400, nil, autopush("110", "Invalid crypto keys"), notify.Mismatch, 0},
		"mozilla: too large":          {413, nil, autopush("104", "Data too large"), notify.Permanent, 0},
		"mozilla: back off":           {503, header("Retry-After", "Sun, 08 Mar 2026 07:05:00 GMT"), autopush("201", "Use exponential back-off"), notify.Retry, 5 * time.Minute},
		"apple: another key":          {400, nil, `{"reason":"VapidPkHashMismatch"}`, notify.Mismatch, 0},
		"apple: contact or key":       {403, nil, `{"reason":"BadJwtToken"}`, notify.Unauthorized, 0},
		"apple: header":               {403, nil, `{"reason":"BadAuthorizationHeader"}`, notify.Unauthorized, 0},
		"apple: gone":                 {410, nil, `{"reason":"Unregistered"}`, notify.Gone, 0},
		"apple: no such device":       {400, nil, `{"reason":"BadDeviceToken"}`, notify.Gone, 0},
		"apple: throttled":            {429, nil, `{"reason":"TooManyRequests"}`, notify.Retry, time.Minute},
		"apple: too large":            {413, nil, `{"reason":"PayloadTooLarge"}`, notify.Permanent, 0},
		"microsoft: received":         {201, header("X-WNS-Status", "received"), "", notify.Accepted, 0},
		"microsoft: throttled":        {200, header("X-WNS-Status", "channelThrottled"), "", notify.Retry, time.Minute},
		"microsoft: dropped":          {200, header("X-WNS-Status", "dropped"), "", notify.Retry, 0},
		"microsoft: rate":             {406, nil, "", notify.Retry, time.Minute},
		"microsoft: gone":             {410, header("X-WNS-Status", "dropped"), "", notify.Gone, 0},
		"anybody: 403 without a word": {403, nil, "", notify.Unauthorized, 0},
		"anybody: html":               {502, nil, "<html>Bad gateway</html>", notify.Retry, 0},
		"anybody: full":               {507, nil, "", notify.Retry, 0},
		"anybody: bad retry":          {503, header("Retry-After", "soon"), "", notify.Retry, 0},
		"anybody: past retry":         {503, header("Retry-After", "Sun, 08 Mar 2026 06:00:00 GMT"), "", notify.Retry, 0},
		"anybody: moved":              {307, nil, "", notify.Permanent, 0},
		"anybody: not understood":     {400, nil, "", notify.Permanent, 0},
	} {
		if c.header == nil {
			c.header = http.Header{}
		}
		r := classify(&http.Response{StatusCode: c.status, Header: c.header}, []byte(c.body), now)
		if r.Outcome != c.want || r.After != c.after {
			t.Errorf("%s: %+v", name, r)
		}
		if r.Outcome != notify.Accepted && r.Code == "" {
			t.Errorf("%s: no code for the log", name)
		}
	}
}

func TestContactsThatServicesTake(t *testing.T) {
	for _, good := range []string{"mailto:ops@clinic.example", "https://care.example.org", "https://care.example.org:8443/contact", "mailto:a+b@mail.clinic.org"} {
		if err := CheckSubject(good); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
	for _, bad := range []string{"", "ops@clinic.example", "http://clinic.example", "mailto:", "mailto:ops", "mailto:ops@localhost", "mailto:ops@clinic", "mailto:ops@clinic.local",
		"mailto:ops@clinic.internal", "mailto:<ops@clinic.example>", "mailto: ops@clinic.example", "mailto:Ops <ops@clinic.example>", "mailto:ops@clinic.example?subject=x",
		"mailto:ops@192.168.0.1", "mailto:ops@[10.0.0.1]", "https://localhost", "https://localhost:8443", "https://127.0.0.1", "https://[::1]", "https://203.0.113.9", "https://clinic",
		"https://user@clinic.example", "https://", "https://clinic.local.", "tel:+1"} {
		if CheckSubject(bad) == nil {
			t.Errorf("%q was taken", bad)
		}
	}
}

// FuzzClassify: whatever a service says, the outcome is one of the known ones and
// the code is ours or a number, never a part of the answer.
func FuzzClassify(f *testing.F) {
	f.Add(403, "BadJwtToken", "30", "")
	f.Add(200, autopush("109", "mismatch"), "x", "dropped")
	f.Fuzz(func(t *testing.T, status int, body, after, wns string) {
		h := http.Header{"Retry-After": {after}, "X-Wns-Status": {wns}}
		r := classify(&http.Response{StatusCode: status, Header: h}, []byte(body), time.Unix(1_770_000_000, 0))
		if r.Outcome < notify.Accepted || r.Outcome > notify.Permanent || len(r.Code) > 40 || r.After < 0 {
			t.Errorf("%d %q: %+v", status, body, r)
		}
	})
}
