package signin_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
)

func kids(t *testing.T, c *care.Care) []string {
	t.Helper()
	var set struct{ Keys []struct{ Kid string } }
	if err := json.Unmarshal(c.Signin.JWKS(), &set); err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, k := range set.Keys {
		out = append(out, k.Kid)
	}
	return out
}

func kidOf(t *testing.T, token string) string {
	t.Helper()
	p, _, err := jwt.NewParser().ParseUnverified(token, jwt.MapClaims{})
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(p.Header["kid"])
}

// Over three lengths of a patient's session nobody is refused, with several instances
// and a worker each, and with nobody who ever rotates.
func TestKeysRotateByThemselvesAndNobodyIsRefused(t *testing.T) {
	for _, days := range []int{1, 180} {
		for _, workers := range []bool{true, false} {
			t.Run(fmt.Sprint(days, " days, workers ", workers), func(t *testing.T) {
				set := func(c *care.Config) { c.PatientSessionDays, c.Patience = days, time.Minute }
				h := caretest.NewWith(t, set)
				all := []*care.Care{h.Care, h.InstanceWith(set), h.InstanceWith(set)}
				a := h.NewPatient()
				s := h.SignIn(a.ID)
				made := map[string]bool{}
				step := time.Duration(days) * 24 * time.Hour / 10
				for range 31 {
					h.Clock.Move(step)
					if workers {
						keep(t, all)
					}
					for i, c := range all { // one signs, the next is asked
						next, err := c.Signin.Refresh(t.Context(), s.RefreshToken)
						if err != nil {
							t.Fatal(err)
						}
						asked := all[(i+1)%len(all)]
						if _, err := asked.Crisis.PlanBundle(t.Context(), s.AccessToken, a.PatientID); err != nil { // it has run out; the session lives
							t.Fatalf("the plan: %v", err)
						}
						if _, err := asked.Signin.Authenticate(t.Context(), next.AccessToken); err != nil {
							t.Fatal(err)
						}
						s = next
						made[kidOf(t, s.AccessToken)] = true
					}
				}
				rotations := 0
				if workers {
					rotations = 3 * days * 24 * int(time.Hour/time.Second) / int(min(90*24*time.Hour, time.Duration(days)*24*time.Hour)/time.Second)
				}
				if n := len(made); n > rotations+1 || n < rotations {
					t.Errorf("%d keys signed in %d turns of rotation", n, rotations)
				}
				if n := len(kids(t, h.Care)); n > 5 {
					t.Errorf("%d keys are accepted", n)
				}
			})
		}
	}
}

// keep runs the workers of all instances at once.
func keep(t *testing.T, all []*care.Care) {
	t.Helper()
	var at sync.WaitGroup
	for _, c := range all {
		at.Go(func() {
			if err := c.Signin.KeepSigningKeys(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	at.Wait()
}

func TestSeveralInstancesMakeOneKey(t *testing.T) {
	h := caretest.New(t)
	all := []*care.Care{h.Care}
	for range 5 {
		all = append(all, h.Instance())
	}
	if n := len(kids(t, h.Care)); n != 1 {
		t.Fatalf("%d first keys", n)
	}
	h.Clock.Move(91 * 24 * time.Hour)
	keep(t, all)
	keep(t, all)
	for _, c := range all {
		if n := len(kids(t, c)); n != 2 {
			t.Errorf("%d keys", n)
		}
	}
}

// A token of another instance's new key works at the next request, also in the middle
// of a flood of made-up keys, which costs the store next to nothing.
func TestANewKeyOfAnotherInstanceIsFoundAtOnce(t *testing.T) {
	h := caretest.New(t)
	watched := newMoodyStore(t, h)
	other := h.InstanceOn(watched, func(c *care.Config) { c.Patience = time.Minute })
	h.Clock.Move(91 * 24 * time.Hour)
	if err := h.Care.Signin.KeepSigningKeys(t.Context()); err != nil {
		t.Fatal(err)
	}
	a := h.NewPatient()
	early := h.SignIn(a.ID)
	if _, err := other.Signin.Authenticate(t.Context(), early.AccessToken); err != nil {
		t.Errorf("before the new key signs: %v", err)
	}
	h.Clock.Move(time.Minute)
	fresh := h.SignIn(a.ID)
	if kidOf(t, early.AccessToken) == kidOf(t, fresh.AccessToken) {
		t.Fatal("the new key does not sign")
	}
	head := func(kid string) string {
		token := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims{})
		token.Header["alg"], token.Header["kid"] = "EdDSA", kid
		text, err := token.SignedString([]byte("x"))
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	id, mark, _ := strings.Cut(kidOf(t, fresh.AccessToken), ".")
	before := watched.asked.Load()
	for i := range 2000 {
		for _, kid := range []string{care.NewID(), fmt.Sprint(i), "", strings.Repeat("k", 5000), care.NewID() + "." + mark, id + ".AAAAAAAAAAAAAAAA"} {
			_, err := other.Signin.Authenticate(t.Context(), head(kid))
			caretest.WantKind(t, err, models.KindUnsigned, "sign-in-ended")
		}
	}
	if n := watched.asked.Load() - before; n > 2 {
		t.Errorf("12,000 made-up keys asked the store %d times", n)
	}
	if _, err := other.Signin.Authenticate(t.Context(), fresh.AccessToken); err != nil {
		t.Errorf("at the next request: %v", err)
	}
}

// Whatever the database does, tokens of known keys, the JWKS and the crisis plan do
// not wait for it; a key that must be looked up is no reason to sign anybody out.
func TestThePlanComesWhateverTheDatabaseDoes(t *testing.T) {
	h := caretest.New(t)
	moody := newMoodyStore(t, h)
	c := h.InstanceOn(moody, func(*care.Config) {})
	a := h.NewPatient()
	other := h.SignIn(a.ID) // on another instance; this one follows the plan copies
	if err := c.Crisis.FollowPlanCopies(t.Context()); err != nil {
		t.Fatal(err)
	}
	code := h.CodeFor(a.ID)
	s, err := c.Signin.Enrol(t.Context(), "a", code, caretest.Phone())
	if err != nil {
		t.Fatal(err)
	}
	for _, mood := range []int32{hanging, refusing} {
		moody.mood.Store(mood)
		h.Clock.Move(2 * time.Hour) // the tokens have run out, and the keys were read long ago
		before := moody.asked.Load()
		for _, token := range []string{s.AccessToken, other.AccessToken} {
			if b, err := c.Crisis.PlanBundle(t.Context(), token, a.PatientID); err != nil || b.JWS == "" {
				t.Errorf("mood %d: %v", mood, err)
			}
			_, err = c.Signin.Authenticate(t.Context(), token)
			caretest.WantKind(t, err, models.KindUnsigned, "token-expired")
		}
		if n := moody.asked.Load() - before; n > 1 { // the keys are read anew in the background, nobody waits for it
			t.Errorf("mood %d: the store was asked %d times", mood, n)
		}
		if len(kids(t, c)) != 1 {
			t.Error("no keys")
		}
		stranger := h.Patient()
		_, err = c.Crisis.PlanBundle(t.Context(), s.AccessToken, stranger.PatientID) // nothing here: the store would have to be asked
		if mood == refusing {
			caretest.WantKind(t, err, models.KindUnavailable, "store-unavailable")
		} else if models.KindOf(err) != models.KindUnavailable {
			t.Error(err)
		}
	}
}

// A session that goes on is on the plan copies for longer than it was when it began.
func TestThePlanCopyKnowsASessionThatGoesOn(t *testing.T) {
	h := caretest.New(t)
	moody := newMoodyStore(t, h)
	c := h.InstanceOn(moody, func(config *care.Config) { config.PatientSessionDays = 1 })
	a := h.NewPatient()
	s, err := c.Signin.Enrol(t.Context(), "a", h.CodeFor(a.ID), caretest.Phone())
	if err != nil {
		t.Fatal(err)
	}
	for range 10 {
		h.Clock.Move(20 * time.Hour)
		if s, err = c.Signin.Refresh(t.Context(), s.RefreshToken); err != nil {
			t.Fatal(err)
		}
	}
	h.Clock.Move(11 * time.Hour)
	moody.mood.Store(hanging)
	if _, err := c.Crisis.PlanBundle(t.Context(), s.AccessToken, a.PatientID); err != nil {
		t.Error(err)
	}
}

// A copy that is only out of date is given while the database hangs.
func TestAnOlderCopyIsBetterThanNone(t *testing.T) {
	h := caretest.New(t)
	moody := newMoodyStore(t, h)
	dir := t.TempDir()
	var sealer care.LocalSealer
	c := h.InstanceOn(moody, func(config *care.Config) { config.PlanCopiesDir, sealer = dir, config.Sealer })
	a := h.NewPatient()
	s, err := c.Signin.Enrol(t.Context(), "a", h.CodeFor(a.ID), caretest.Phone())
	if err != nil {
		t.Fatal(err)
	}
	changed := func(config *care.Config) {
		config.PlanCopiesDir, config.Sealer, config.Site.Monitoring.Hours = dir, sealer, "Every day, 8 to 8"
	}
	newer := h.InstanceOn(moody, changed)
	moody.mood.Store(hanging)
	old, err := newer.Crisis.PlanBundle(t.Context(), s.AccessToken, a.PatientID)
	if err != nil {
		t.Fatal(err)
	}
	moody.mood.Store(well)
	newer = h.InstanceOn(moody, func(config *care.Config) {
		changed(config)
		config.Patience = time.Minute
	})
	now, err := newer.Crisis.PlanBundle(t.Context(), s.AccessToken, a.PatientID)
	if err != nil || now.ETag == old.ETag {
		t.Errorf("it is not made anew: %v", err)
	}
}
