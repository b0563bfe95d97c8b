package webtest

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// keptPlans is a server that has one signed plan, and counts who asks for what.
type keptPlans struct {
	private   ed25519.PrivateKey
	public    ed25519.PublicKey
	jws, etag atomic.Value
	given     atomic.Int32 // whole plans, not 304
	receipts  atomic.Int32
	refreshes atomic.Int32
	keys      atomic.Int32
}

func newKeptPlans(t *testing.T) *keptPlans {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &keptPlans{private: private, public: public}
	s.put("p", 1)
	return s
}

// put signs a version of somebody's plan.
func (s *keptPlans) put(subject string, version int) {
	enc := base64.RawURLEncoding.EncodeToString
	body := fmt.Sprintf(`{"subject":%q,"version":%d,"locale":"en","direction":"ltr","intro":"Version %d of the words",
		"sections":[],"cards":[],"words":{},"emergency":[],"crisisLines":[]}`, subject, version, version)
	signed := enc([]byte(`{"alg":"EdDSA","kid":"k"}`)) + "." + enc([]byte(body))
	s.jws.Store(signed + "." + enc(ed25519.Sign(s.private, []byte(signed))))
	s.etag.Store(fmt.Sprintf(`"v%d-%s"`, version, subject))
}

func (s *keptPlans) calls() map[string]http.HandlerFunc {
	return map[string]http.HandlerFunc{
		"GET /v1/patients/p/crisis-plan/bundle": func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("ETag", s.etag.Load().(string))
			if r.Header.Get("If-None-Match") == s.etag.Load() {
				w.WriteHeader(http.StatusNotModified)
				return
			}
			s.given.Add(1)
			w.Header().Set("Content-Type", "application/jose")
			fmt.Fprint(w, s.jws.Load())
		},
		"GET /.well-known/jwks.json": func(w http.ResponseWriter, _ *http.Request) {
			s.keys.Add(1)
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprintf(w, `{"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":%q}]}`, base64.RawURLEncoding.EncodeToString(s.public))
		},
		"POST /v1/patients/p/crisis-plan/receipts": func(w http.ResponseWriter, _ *http.Request) {
			s.receipts.Add(1)
			w.WriteHeader(http.StatusNoContent)
		},
		"POST /v1/auth/refresh": func(w http.ResponseWriter, _ *http.Request) {
			s.refreshes.Add(1)
			w.Header().Set("Content-Type", "application/json")
			fmt.Fprint(w, signedInAnswer("new", now().Add(time.Hour)))
		},
	}
}

func (p *phone) heldVersion() string {
	p.t.Helper()
	return module[string](p, "keptplan", `m.keptPlan().then((k) => k ? k.version + ' ' + k.verified + ' ' + k.plan.subject : 'none')`)
}

func (p *phone) refreshPlan() {
	p.t.Helper()
	module[bool](p, "keptplan", `(await m.refreshPlan(), true)`)
}

func TestWhichPlanThePhoneKeeps(t *testing.T) {
	t.Parallel()
	s := newKeptPlans(t)
	p := newPhone(t, bare(t, s.calls()), "en-US")
	p.load("#/help")
	p.title("Help now")
	p.keepSignIn(now().Add(time.Hour)) // with an access token that has run out

	p.refreshPlan()
	if got := p.heldVersion(); got != "1 true p" {
		t.Errorf("held: %s", got)
	}
	if s.given.Load() != 1 || s.receipts.Load() != 1 {
		t.Errorf("%d plans given, %d receipts", s.given.Load(), s.receipts.Load())
	}
	p.refreshPlan()
	if s.given.Load() != 1 || s.receipts.Load() != 1 || s.keys.Load() != 1 {
		t.Error("the same plan was fetched, told or checked again")
	}

	good := s.jws.Load().(string)
	parts := strings.Split(good, ".")
	changed := strings.Replace(good, parts[1], base64.RawURLEncoding.EncodeToString([]byte(`{"subject":"p","version":9,"sections":[],"cards":[]}`)), 1)
	s.jws.Store(changed)
	s.etag.Store(`"changed"`)
	p.refreshPlan()
	if got := p.heldVersion(); got != "1 true p" {
		t.Errorf("a plan that nobody signed is held: %s", got)
	}
	s.put("somebody-else", 7)
	p.refreshPlan()
	if got := p.heldVersion(); got != "1 true p" {
		t.Errorf("somebody else's plan is held: %s", got)
	}
	s.put("p", 2)
	p.refreshPlan()
	if got := p.heldVersion(); got != "2 true p" || s.receipts.Load() != 2 {
		t.Errorf("held: %s after %d receipts", got, s.receipts.Load())
	}
	s.put("p", 1) // the clinic's store was restored: it has less than the phone
	p.refreshPlan()
	if got := p.heldVersion(); got != "2 true p" || s.receipts.Load() != 2 {
		t.Errorf("after a restore it holds %s, %d receipts", got, s.receipts.Load())
	}
	p.to("#/plan")
	p.see("Version 2 of the words")
	p.see("The plan on this phone is newer than the one at your clinic.")
	s.put("p", 2)
	p.refreshPlan()
	p.load("#/plan")
	p.see("Version 2 of the words")
	p.mustNotSee("newer than the one at your clinic")
}

// A look at what is new asks for the plan alone, and takes nothing from the phone.
func TestASyncTakesNothing(t *testing.T) {
	t.Parallel()
	calls := newKeptPlans(t).calls()
	asked := make(chan string, 20)
	calls["GET /v1/sync"] = func(w http.ResponseWriter, r *http.Request) {
		asked <- r.URL.RawQuery
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, `{"next":"","more":false,"reset":false,"crisisPlan":{"version":1,"etag":"\"v1-p\""},"changed":[],"goals":[],"checkIns":[]}`)
	}
	p := newPhone(t, bare(t, calls), "en-US")
	p.load("#/help")
	p.title("Help now")
	p.keepSignIn(now().Add(time.Hour))
	p.refreshPlan()
	p.letWorker()
	module[bool](p, "sync", `(await m.syncNow(), true)`) // after that of the start, if there is one
	module[bool](p, "db", `(await m.putWaiting({ id: 'c', patientId: 'q', state: 'waiting', madeAt: '' }), true)`)
	for range 2 {
		module[bool](p, "sync", `(await m.syncNow(), true)`)
	}
	var all []string
	for range len(asked) {
		all = append(all, <-asked)
	}
	if got := strings.Join(all, " "); !strings.HasSuffix(got, "only=crisis-plan only=crisis-plan") || strings.Contains(got, "since") {
		t.Errorf("asked with %q", got)
	}
	if got := p.holds(); got != "true,true,1" {
		t.Errorf("it holds %s", got)
	}
}

// The plan is fetched with the token that is there, even one that has run out: a
// refresh that fails must not stand before it.
func TestThePlanComesWithAnOldToken(t *testing.T) {
	t.Parallel()
	s := newKeptPlans(t)
	calls := s.calls()
	calls["POST /v1/auth/refresh"] = func(w http.ResponseWriter, _ *http.Request) {
		s.refreshes.Add(1)
		w.WriteHeader(http.StatusServiceUnavailable)
	}
	p := newPhone(t, bare(t, calls), "en-US")
	p.load("#/help")
	p.title("Help now")
	p.keepSignIn(now().Add(time.Hour))
	p.refreshPlan()
	if got := p.heldVersion(); got != "1 true p" {
		t.Errorf("held: %s", got)
	}
	if s.receipts.Load() != 0 {
		t.Error("a receipt went out without a token")
	}
}
