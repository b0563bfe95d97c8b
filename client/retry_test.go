package client_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"handrail/client"
)

// refusing answers the first n requests itself.
func refusing(n, status int, retryAfter, kind, body string) func(*http.Request, http.RoundTripper) (*http.Response, error) {
	return func(rq *http.Request, next http.RoundTripper) (*http.Response, error) {
		if n--; n < 0 {
			return next.RoundTrip(rq)
		}
		res := &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {kind}}, Body: io.NopCloser(strings.NewReader(body)), Request: rq}
		if retryAfter != "" {
			res.Header.Set("Retry-After", retryAfter)
		}
		return res, nil
	}
}

const problemJSON = "application/problem+json"

func TestRetryAfterIsKeptTo(t *testing.T) {
	s, l := newServer(t), &line{}
	c, _ := s.patient(l.option())
	inADay := s.house.Clock.Now().Add(24 * time.Hour)
	for name, k := range map[string]struct {
		n, status int
		after     string
		waits     []time.Duration // nil: any; empty: none
		code      string          // in the end; "-" for something on the way
	}{
		"too many":          {1, 429, "7", []time.Duration{7 * time.Second}, ""},
		"not available":     {2, 503, "5", []time.Duration{5 * time.Second, 5 * time.Second}, ""},
		"never available":   {9, 503, "5", []time.Duration{5 * time.Second, 5 * time.Second, 5 * time.Second}, "the-code"},
		"a date, far ahead": {9, 503, inADay.UTC().Format(http.TimeFormat), []time.Duration{}, "the-code"},
		"hours":             {9, 429, "7200", []time.Duration{}, "the-code"},
		"says nothing":      {2, 503, "", nil, ""},
		"odd":               {1, 503, "-3", nil, ""},
		"our mistake":       {9, 500, "", []time.Duration{}, "the-code"},
		"refused":           {9, 403, "5", []time.Duration{}, "the-code"},
	} {
		t.Run(name, func(t *testing.T) {
			l.set(refusing(k.n, k.status, k.after, problemJSON, `{"code":"the-code","detail":"The text.","status":1}`))
			before := len(s.waited())
			_, err := c.Me(t.Context())
			if waits := s.waited()[before:]; k.waits != nil && !slices.Equal(waits, k.waits) || slices.ContainsFunc(waits, func(d time.Duration) bool { return d <= 0 || d > 24*time.Hour }) {
				t.Errorf("it waited %v", waits)
			}
			if k.code == "" != (err == nil) || k.code != "" && !client.IsCode(err, k.code) {
				t.Error(err)
			}
			var p *client.Problem
			if k.code != "" && (!errors.As(err, &p) || p.Status != k.status || p.Detail != "The text.") {
				t.Errorf("%#v", err)
			}
			if name == "hours" && p.RetryAfter != 2*time.Hour {
				t.Errorf("told: %s", p.RetryAfter)
			}
		})
	}
}

// What was sent once may have been done. Only what is one thing when it comes twice is
// sent twice.
func TestOnlyWhatIsSafeIsSentAgain(t *testing.T) {
	s, l := newServer(t), &line{}
	_, chart := s.patient(l.option())
	g, err := chart.ProposeGoal(t.Context(), client.GoalTerms{Title: "Walk", Domain: "health"})
	if err != nil {
		t.Fatal(err)
	}
	path := "/v1/patients/" + g.Value.PatientID + "/goals"
	l.set(losing(2, path))
	if _, err := chart.ProposeGoal(t.Context(), client.GoalTerms{Title: "Read", Domain: "other"}); err != nil || l.count("POST "+path) != 3 {
		t.Errorf("a create: %v, sent %d times", err, l.count("POST "+path))
	}
	l.set(losing(1, path+"/"+g.Value.ID))
	g.Value.Title = "Walk more"
	var p *client.Problem
	if _, err := chart.EditGoal(t.Context(), g); err == nil || errors.As(err, &p) || strings.Contains(err.Error(), g.Value.ID) || l.count("PUT "+path+"/"+g.Value.ID) != 1 {
		t.Errorf("a change: %v, sent %d times", err, l.count("PUT "+path+"/"+g.Value.ID))
	}
	l.set(refusing(1, 503, "5", problemJSON, `{"code":"store-unavailable"}`))
	if _, err := chart.EditGoal(t.Context(), g); !errors.As(err, &p) || p.RetryAfter != 5*time.Second {
		t.Errorf("a change that was not taken: %v", err)
	}
	l.set(losing(1, path))
	var titles []string
	for g, err := range chart.Goals(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		titles = append(titles, g.Value.Title)
	}
	if slices.Sort(titles); !slices.Equal(titles, []string{"Read", "Walk more"}) {
		t.Errorf("there are %q", titles)
	}
}

func TestAConflictIsTold(t *testing.T) {
	s, l := newServer(t), &line{}
	_, chart := s.patient(l.option())
	g, err := chart.ProposeGoal(t.Context(), client.GoalTerms{Title: "Walk", Domain: "health"})
	if err == nil {
		_, err = chart.AddMilestone(t.Context(), g, client.MilestoneTerms{Title: "To the bridge"})
	}
	if err != nil {
		t.Fatal(err)
	}
	l.set(nil)
	_, err = chart.AddMilestone(t.Context(), g, client.MilestoneTerms{Title: "The whole loop"})
	var p *client.Problem
	if !errors.As(err, &p) || p.Status != http.StatusPreconditionFailed || !client.IsCode(err, "version-not-newest") || len(l.sent) != 1 {
		t.Errorf("%v, %q", err, l.sent)
	}
}

// A wait ends with the context of its caller, and the refusal before it is not lost.
func TestAWaitEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := &line{on: refusing(9, 503, "30", problemJSON, `{"code":"unavailable"}`)}
		c, err := client.New("http://clinic.example", l.option())
		if err != nil {
			t.Fatal(err)
		}
		ctx, leave := context.WithTimeout(t.Context(), 10*time.Second)
		defer leave()
		var late atomic.Bool
		defer time.AfterFunc(11*time.Second, func() { late.Store(true) }).Stop()
		if _, err := c.Site(ctx); !errors.Is(err, context.DeadlineExceeded) || !client.IsCode(err, "unavailable") {
			t.Error(err)
		}
		if late.Load() {
			t.Error("it waited on")
		}
	})
}

// Something between client and server that knows no problem documents.
func TestAnAnswerOfSomethingOnTheWay(t *testing.T) {
	s, l := newServer(t), &line{}
	c := s.client(l.option())
	l.set(refusing(9, 502, "", "text/html", "<h1>Sorry</h1>"))
	_, err := c.Site(t.Context())
	var p *client.Problem
	if !errors.As(err, &p) || p.Status != 502 || p.Code != "" || err.Error() != "502 Bad Gateway" {
		t.Error(err)
	}
	l.set(refusing(1, 302, "", "text/html", ""))
	if _, err := c.Site(t.Context()); !errors.As(err, &p) || p.Status != 302 {
		t.Errorf("a redirect: %v", err)
	}
	l.set(refusing(1, 200, "", "text/html", "<h1>Sign in to this network</h1>"))
	if site, err := c.Site(t.Context()); err == nil || errors.As(err, &p) && p.Status == 200 {
		t.Errorf("a page in place of an answer: %v %v", site, err)
	}
}

// After an error a list ends.
func TestAListEndsWithItsError(t *testing.T) {
	s, l := newServer(t), &line{}
	_, chart := s.patient(l.option())
	for i := range 101 {
		if _, err := chart.SendCheckIn(t.Context(), client.NewCheckIn{FormVersion: 1, AnsweredAt: s.house.Clock.Now().Add(time.Duration(i-200) * time.Minute),
			Zone: "UTC", Answers: map[string]any{"mood": 5}}); err != nil {
			t.Fatal(err)
		}
	}
	pages := 0
	l.set(func(rq *http.Request, next http.RoundTripper) (*http.Response, error) {
		if pages++; pages > 1 {
			return refusing(1, 403, "", problemJSON, `{"code":"forbidden"}`)(rq, next)
		}
		return next.RoundTrip(rq)
	})
	var errs []error
	n := 0
	for _, err := range chart.CheckIns(t.Context()) {
		if n++; err != nil {
			errs = append(errs, err)
		}
	}
	if n != 101 || len(errs) != 1 || !client.IsCode(errs[0], "forbidden") {
		t.Errorf("%d steps, %v", n, errs)
	}
}

func TestNewWantsAnAddress(t *testing.T) {
	for _, address := range []string{"", "clinic.example", "ftp://clinic.example", "https://", "https://a:b@clinic.example", "https://clinic.example?x=1", "http://%zz"} {
		if _, err := client.New(address); err == nil {
			t.Errorf("%q", address)
		}
	}
}
