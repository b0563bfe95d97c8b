package handlers_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/models"
)

// silentRounds is how many identifiers of each group are tried.
func silentRounds() int {
	if n, err := strconv.Atoi(os.Getenv("HANDRAIL_ROUNDS")); err == nil && n > 0 {
		return n
	}
	return 5
}

// face is what a stranger sees of an answer: all but what differs from request to
// request.
func face(t testing.TB, res *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	h := maps.Clone(res.Header)
	for _, name := range []string{"Date", "X-Request-Id"} {
		delete(h, name)
	}
	return fmt.Sprint(res.StatusCode, h, len(body))
}

// knock is one way in as a stranger tries it: path, and what each group of identifiers
// is made of. make gets ready what is of a group, once for each identifier, and gives
// what a stranger sends.
type knock struct {
	path   string
	groups map[string]func() map[string]any
}

// knocks are the answers that nobody needs to sign in for and that an identifier is sent
// to. Of each there is one that is registered, one that is nobody's, one that was taken
// away and one that is shut.
func (c *clinic) knocks(t testing.TB) map[string]knock {
	ctx := t.Context()
	phone := func() models.Device { return models.Device{ID: care.NewID(), Name: "Phone"} }
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	code := func(text string) map[string]any {
		last := "0"
		if strings.HasSuffix(text, last) {
			last = "1"
		}
		return map[string]any{"code": text[:len(text)-1] + last, "device": phone()}
	}
	wrong := func(text string, times int) {
		for range times {
			if _, err := c.Care.Signin.Enrol(ctx, "a", code(text)["code"].(string), phone()); models.KindOf(err) != models.KindInvalid {
				t.Fatal(err)
			}
		}
	}
	account := func() models.Account {
		a, err := c.Care.People.CreateAccount(ctx, c.admin, people.NewAccount{Role: models.RolePatient, Name: "Sam"})
		must(err)
		return a
	}
	assertion := func(a *caretest.Authenticator) map[string]any {
		offered, err := c.Care.Signin.OfferPasskey(ctx, false)
		must(err)
		s := a.Answer(offered)
		s.Signature = caretest.NewAuthenticator(t).Answer(offered).Signature
		return map[string]any{"device": phone(), "passkey": handlers.Assertion{ID: s.ID, ClientDataJSON: s.ClientDataJSON,
			AuthenticatorData: s.AuthenticatorData, Signature: s.Signature, UserHandle: s.UserHandle}}
	}
	recovery := func() (models.Actor, string) {
		who := c.SignIn(account().ID).Session.Actor()
		codes, err := c.Care.Signin.NewRecoveryCodes(ctx, who)
		must(err)
		return who, codes.Codes[0]
	}
	suspend := func(id string) {
		_, err := c.Care.People.Suspend(ctx, c.admin, care.AnyVersion, id, true)
		must(err)
	}
	session := map[string]func() string{
		"registered": func() string { return c.SignIn(account().ID).Session.ID },
		"nobody's":   care.NewID,
		"taken away": func() string {
			s := c.SignIn(account().ID).Session
			must(c.Care.Signin.EndSession(ctx, s.Actor(), s.ID))
			return s.ID
		},
		"shut": func() string { s := c.SignIn(account().ID).Session; suspend(s.AccountID); return s.ID },
		"with a key": func() string {
			d := phone()
			d.Key = strings.Repeat("k", 43)
			in, err := c.Care.Signin.Enrol(ctx, "a", c.CodeFor(account().ID), d)
			must(err)
			return in.Session.ID
		},
		"with a PIN": func() string {
			s := c.SignIn(account().ID).Session
			_, err := c.Care.Signin.SetPIN(ctx, s.Actor(), "280417")
			must(err)
			return s.ID
		},
	}
	tokens := func(form string, more map[string]any) map[string]func() map[string]any {
		out := map[string]func() map[string]any{}
		for name, id := range session {
			out[name] = func() map[string]any {
				body := maps.Clone(more)
				body["refreshToken"] = fmt.Sprintf(form, id(), strings.Repeat("A", 43))
				return body
			}
		}
		return out
	}
	return map[string]knock{
		"code": {"/v1/auth/enrol", map[string]func() map[string]any{
			"registered": func() map[string]any { return code(c.CodeFor(account().ID)) },
			"nobody's":   func() map[string]any { return code(strings.ToUpper(strings.ReplaceAll(care.NewID(), "-", ""))[22:32]) },
			"taken away": func() map[string]any {
				a := account()
				text := c.CodeFor(a.ID)
				suspend(a.ID)
				return code(text)
			},
			"shut": func() map[string]any {
				text := c.CodeFor(account().ID)
				wrong(text, 5)
				return code(text)
			},
		}},
		"passkey": {"/v1/auth/passkey", map[string]func() map[string]any{
			"registered": func() map[string]any { a, _, _ := c.passkeyOf(t); return assertion(a) },
			"nobody's":   func() map[string]any { return assertion(caretest.NewAuthenticator(t)) },
			"registered, by another name": func() map[string]any {
				a, _, _ := c.passkeyOf(t)
				body := assertion(a)
				said := body["passkey"].(handlers.Assertion)
				said.UserHandle = base64.RawURLEncoding.EncodeToString([]byte(care.NewID())[:32])
				body["passkey"] = said
				return body
			},
			"taken away": func() map[string]any {
				a, who, p := c.passkeyOf(t)
				_, err := c.Care.Signin.RemovePasskey(ctx, who, p.ID)
				must(err)
				return assertion(a)
			},
			"shut": func() map[string]any {
				a, who, _ := c.passkeyOf(t)
				suspend(who.AccountID)
				return assertion(a)
			},
		}},
		"recovery code": {"/v1/auth/recovery-code", map[string]func() map[string]any{
			"nobody's": func() map[string]any {
				return map[string]any{"code": strings.ToUpper(strings.ReplaceAll(care.NewID(), "-", ""))[20:32], "device": phone()}
			},
			"taken away": func() map[string]any {
				_, text := recovery()
				_, err := c.Care.Signin.SignInWithRecoveryCode(ctx, text, phone())
				must(err)
				return map[string]any{"code": text, "device": phone()}
			},
			"shut": func() map[string]any {
				who, text := recovery()
				suspend(who.AccountID)
				return map[string]any{"code": text, "device": phone()}
			},
		}},
		"PIN":                    {"/v1/auth/pin", tokens("%s.1.%s", map[string]any{"pin": "280417"})},
		"refresh":                {"/v1/auth/refresh", tokens("%s.1.%s", map[string]any{})},
		"refresh, an older form": {"/v1/auth/refresh", tokens("%s.%s", map[string]any{})},
	}
}

// knockWith makes the request of a stranger.
func knockWith(path string, body map[string]any) *http.Request {
	b, _ := json.Marshal(body) // texts, and what is made of them
	r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(b))
	r.Header.Set("Content-Type", "application/json")
	return r
}

// TestSigningInTellsNothingOfPeople: whatever somebody shows who can't prove it, of an
// identifier that stands, was taken away, is shut, or never was, the answer looks the
// same: status, headers and length. HANDRAIL_ROUNDS=2500 tries 10,000 at each way.
func TestSigningInTellsNothingOfPeople(t *testing.T) {
	c := openClinic(t)
	for name, k := range c.knocks(t) {
		of := groups{}
		for group, make := range k.groups {
			of[group] = func() *http.Request { return knockWith(k.path, make()) }
		}
		t.Run(name, func(t *testing.T) { sameFaces(t, c.api, c.Clock, name, of, nil) })
	}
}

// BenchmarkSigningIn measures how far apart the groups of identifiers are at each way in.
//
//	go test ./handlers -run '^$' -bench SigningIn -benchtime 2000x
func BenchmarkSigningIn(b *testing.B) {
	c := openClinic(b)
	knocks := c.knocks(b)
	for _, name := range slices.Sorted(maps.Keys(knocks)) {
		k := knocks[name]
		b.Run(strings.ReplaceAll(name, " ", "-"), func(b *testing.B) {
			groups := map[string]func(int) *http.Request{}
			for group, make := range k.groups {
				var made []*http.Request
				for range b.N {
					made = append(made, knockWith(k.path, make()))
				}
				groups[group] = func(i int) *http.Request {
					c.Clock.Move(time.Second) // of the pace of an address
					return made[i]
				}
			}
			c.Clock.Move(10 * time.Minute)
			b.ResetTimer()
			apart(b, groups, c.send(b))
		})
	}
}

// passkeyOf makes a patient with a passkey.
func (c *clinic) passkeyOf(t testing.TB) (*caretest.Authenticator, models.Actor, signin.Passkey) {
	t.Helper()
	who, a := c.Patient(), caretest.NewAuthenticator(t)
	begun, err := c.Care.Signin.NewPasskey(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	p, err := c.Care.Signin.AddPasskey(t.Context(), who, "Phone", a.Make(begun))
	if err != nil {
		t.Fatal(err)
	}
	return a, who, p
}

// TestAStepUpIsAskedForByName: the problem tells the ways that the account has.
func TestAStepUpIsAskedForByName(t *testing.T) {
	c := openClinic(t)
	if _, err := c.Care.Signin.SetPIN(t.Context(), c.patient, "280417"); err != nil {
		t.Fatal(err)
	}
	c.Clock.Move(9 * time.Minute) // of the tokens; a session that has just begun is fresh by itself
	token := c.callers[1].token
	ask := func() (int, edge.Problem) {
		var give *http.Response
		for _, op := range operations() {
			if op.OperationID == "giveConsent" {
				give = c.call(t, op, c.visitFor(t, op.OperationID), token)
			}
		}
		var p edge.Problem
		if give.StatusCode < http.StatusBadRequest {
			return give.StatusCode, p
		}
		if err := json.NewDecoder(give.Body).Decode(&p); err != nil {
			t.Fatal(err)
		}
		return give.StatusCode, p
	}
	if status, _ := ask(); status != http.StatusCreated {
		t.Fatal(status)
	}
	c.Clock.Move(2 * time.Minute)
	in, err := c.Care.Signin.Refresh(t.Context(), c.SignIn(c.patient.AccountID).RefreshToken)
	if err != nil {
		t.Fatal(err)
	}
	token = in.AccessToken
	c.Clock.Move(9 * time.Minute)
	if status, _ := ask(); status != http.StatusCreated {
		t.Fatalf("a fresh sign-in: %d", status)
	}
	c.Clock.Move(10 * time.Minute)
	if in, err = c.Care.Signin.Refresh(t.Context(), in.RefreshToken); err != nil {
		t.Fatal(err)
	}
	token = in.AccessToken
	status, p := ask()
	if status != http.StatusForbidden || p.Code != "step-up-required" || !slices.Equal(p.Ways, []models.Way{models.WayPIN}) {
		t.Errorf("%d %+v", status, p)
	}
}
