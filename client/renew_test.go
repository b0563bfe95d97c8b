package client_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/client"
	"handrail/models"
)

const refresh = "POST /v1/auth/refresh"

// The same refresh token is sent again until an answer arrives, by this call or by a
// later one: nobody is signed out by a network.
func TestALostAnswerToRefreshSignsNobodyOut(t *testing.T) {
	s := newServer(t)
	for name, tries := range map[string]int{"tried again": 4, "left to the next call": 1} {
		t.Run(name, func(t *testing.T) {
			l := &line{}
			c, _ := s.patient(l.option(), client.WithRetries(tries, time.Minute))
			first := c.SignedIn().RefreshToken
			l.set(losing(1, "/v1/auth/refresh"))
			err := c.Refresh(t.Context())
			if (err == nil) != (tries > 1) {
				t.Errorf("with %d tries: %v", tries, err)
			}
			if tries == 1 {
				if c.SignedIn().RefreshToken != first {
					t.Error("the token whose answer was lost is gone")
				}
				s.house.Clock.Move(11 * time.Minute)
			}
			if _, err := c.Me(t.Context()); err != nil {
				t.Error(err)
			}
			if n := l.count(refresh); n != 2 || c.SignedIn().RefreshToken == first {
				t.Errorf("%d exchanges", n)
			}
			if err := c.Refresh(t.Context()); err != nil { // with the first token it would end the session
				t.Error(err)
			}
		})
	}
}

func TestCallersAtOnceShareOneRefresh(t *testing.T) {
	s, l := newServer(t), &line{}
	c, chart := s.patient(l.option())
	l.set(nil)
	s.house.Clock.Move(11 * time.Minute)
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := chart.Patient(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if n := l.count(refresh); n != 1 {
		t.Errorf("%d exchanges", n)
	}
	if err := c.Refresh(t.Context()); err != nil {
		t.Error(err)
	}
}

// A token that the server no longer takes is renewed once, whatever our clock says. The
// call was not carried out, so even a write is sent again.
func TestARefusedTokenIsRenewed(t *testing.T) {
	s, l := newServer(t), &line{}
	c, _ := s.patient()
	kept := c.SignedIn()
	kept.ExpiresAt = kept.ExpiresAt.AddDate(1, 0, 0) // as a clock that is wrong would have it
	chart := s.client(l.option(), client.WithSignIn(kept)).Chart(kept.Session.PatientID)
	g, err := chart.ProposeGoal(t.Context(), client.GoalTerms{Title: "Walk", Domain: "health"})
	if err != nil {
		t.Fatal(err)
	}
	s.house.Clock.Move(11 * time.Minute)
	g.Value.Title = "Walk more"
	if _, err := chart.EditGoal(t.Context(), g); err != nil {
		t.Error(err)
	}
	if n := l.count(refresh); n != 1 {
		t.Errorf("%d exchanges", n)
	}
}

// An access token without a refresh token is used until it is refused, and sent once.
func TestAnAccessTokenAlone(t *testing.T) {
	s, l := newServer(t), &line{}
	c, _ := s.patient()
	alone := s.client(l.option(), client.WithSignIn(client.SignIn{AccessToken: c.SignedIn().AccessToken}))
	if _, err := alone.Me(t.Context()); err != nil {
		t.Error(err)
	}
	s.house.Clock.Move(11 * time.Minute)
	l.set(nil)
	if _, err := alone.Me(t.Context()); !client.IsCode(err, "token-expired") || len(l.sent) != 1 {
		t.Errorf("%v, %q", err, l.sent)
	}
}

// A renewal belongs to all who wait for it: who leaves takes it from nobody.
func TestWhoLeavesARefreshTakesItFromNobody(t *testing.T) {
	s, l := newServer(t), &line{}
	c, _ := s.patient(l.option())
	arrived, release := make(chan struct{}, 9), make(chan struct{})
	l.set(func(rq *http.Request, next http.RoundTripper) (*http.Response, error) {
		if rq.URL.Path == "/v1/auth/refresh" {
			arrived <- struct{}{}
			select {
			case <-release:
			case <-rq.Context().Done():
				return nil, rq.Context().Err()
			}
		}
		return next.RoundTrip(rq)
	})
	s.house.Clock.Move(11 * time.Minute)
	ctx, leave := context.WithCancel(t.Context())
	left, stayed := make(chan error, 1), make(chan error, 1)
	go func() { _, err := c.Me(ctx); left <- err }()
	<-arrived
	go func() { _, err := c.Me(t.Context()); stayed <- err }()
	leave()
	if err := <-left; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	close(release)
	if err := <-stayed; err != nil {
		t.Error(err)
	}
}

// What could not be kept is not used: the token on the disk is the one that works.
func TestWhatIsNotKeptIsNotUsed(t *testing.T) {
	s := newServer(t)
	full := errors.New("the disk is full")
	var kept client.SignIn
	var fails error
	c, _ := s.patient(client.WithKeeper(func(in client.SignIn) error {
		if fails == nil {
			kept = in
		}
		return fails
	}))
	fails = full
	if err := c.Refresh(t.Context()); !errors.Is(err, full) {
		t.Error(err)
	}
	if c.SignedIn() != kept {
		t.Error("another sign-in is used than is kept")
	}
	fails = nil
	for range 2 {
		if err := s.client(client.WithSignIn(kept)).Refresh(t.Context()); err != nil { // a second time: lost answers
			t.Error(err)
		}
	}
}

// A network that answers everything with its own page signs nobody out.
func TestANetworkThatAnswersForTheServer(t *testing.T) {
	s, l := newServer(t), &line{}
	c, _ := s.patient(l.option())
	kept := c.SignedIn()
	for _, body := range []string{"{}", "null", "<h1>Welcome</h1>", `{"accessToken":7}`} {
		l.set(refusing(1, 200, "", "application/json", body))
		if err := c.Refresh(t.Context()); err == nil || strings.Contains(err.Error(), "7") || c.SignedIn() != kept {
			t.Errorf("%s: %v", body, err)
		}
	}
	l.set(refusing(1, 401, "", "text/html", ""))
	if err := c.Refresh(t.Context()); err == nil || c.SignedIn() != kept {
		t.Errorf("401: %v", err)
	}
	if err := c.Refresh(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestTokensAreNotPrinted(t *testing.T) {
	in := client.SignIn{AccessToken: "hush", RefreshToken: "hush"}
	var log strings.Builder
	slog.New(slog.NewJSONHandler(&log, nil)).Info("x", "in", in)
	slog.New(slog.NewTextHandler(&log, nil)).Info("x", "in", in)
	if text := fmt.Sprintf("%v %+v %#v %s", in, in, &in, in) + log.String(); strings.Contains(text, "hush") {
		t.Error(text)
	}
}

// Who was ended on purpose hears so at once, with the word to forget everything.
func TestADeviceThatWasEndedOnPurposeIsTold(t *testing.T) {
	s, l := newServer(t), &line{}
	c, _ := s.patient(l.option())
	l.set(nil)
	session := c.SignedIn().Session
	office := s.client()
	if _, err := office.Enrol(t.Context(), s.code(models.RoleAdministrator), client.Device{ID: client.NewID(), Name: "Desk"}); err != nil {
		t.Fatal(err)
	}
	if err := office.EndAccountSession(t.Context(), session.AccountID, session.ID, "reported-lost"); err != nil {
		t.Fatal(err)
	}
	_, err := c.Me(t.Context())
	var p *client.Problem
	if !errors.As(err, &p) || !p.Wipe || p.Code != "reported-lost" || l.count(refresh) > 0 {
		t.Errorf("%v, %d exchanges", err, l.count(refresh))
	}
}

func TestSigningOutIsOneThing(t *testing.T) {
	s, l := newServer(t), &line{}
	kept := client.SignIn{AccessToken: "x"}
	c, _ := s.patient(l.option(), client.WithKeeper(func(in client.SignIn) error { kept = in; return nil }))
	l.set(losing(1, "/v1/auth/sign-out"))
	if err := c.SignOut(t.Context()); err != nil || kept != (client.SignIn{}) || c.SignedIn() != kept {
		t.Errorf("%v, kept %v", err, kept.Session.ID)
	}
	if _, err := c.Me(t.Context()); !client.IsCode(err, "not-signed-in") {
		t.Error(err)
	}
}

// The crisis plan opens with a token that has ended, so nothing stands before it.
func TestTheCrisisPlanWaitsForNoRefresh(t *testing.T) {
	s, l := newServer(t), &line{}
	_, chart := s.patient(l.option())
	v, err := chart.SaveCrisisPlan(t.Context(), client.NoPlan, client.PlanContent{WarningSigns: []client.PlanSign{{Text: "No sleep"}}}, "")
	if err == nil {
		_, err = chart.ActivateCrisisPlan(t.Context(), v.Value.Newest)
	}
	if err != nil {
		t.Fatal(err)
	}
	l.set(nil)
	s.house.Clock.Move(11 * time.Minute)
	b, err := chart.CrisisPlanBundle(t.Context(), "")
	if err != nil || b.Value == "" || l.count(refresh) > 0 {
		t.Errorf("%v, %d bytes, %d exchanges", err, len(b.Value), l.count(refresh))
	}
	if again, err := chart.CrisisPlanBundle(t.Context(), b.ETag); err != nil || again.Value != "" || again.ETag != b.ETag {
		t.Errorf("with the copy in hand: %v, %d bytes", err, len(again.Value))
	}
}
