package handlers

import (
	"bytes"
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
	"handrail/care/signin"
	"handrail/handlers/edge"
	"handrail/models"
)

// silentRounds is how many identifiers of each group are tried.
func silentRounds() int {
	if n, err := strconv.Atoi(os.Getenv("HANDRAIL_ROUNDS")); err == nil && n > 0 {
		return n
	}
	return 12
}

// face is what a stranger sees of an answer: all but what differs from request to
// request.
func face(t *testing.T, res *http.Response) string {
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

// TestSigningInTellsNothingOfPeople: whatever somebody shows who can't prove it, of a
// passkey that stands, was taken off, is of a suspended account, or never was, the
// answer looks the same; so do a wrong recovery code and a wrong token beside a PIN.
func TestSigningInTellsNothingOfPeople(t *testing.T) {
	c := openClinic(t)
	knock := func(path string, body any) (string, time.Duration) {
		b, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		r := httptest.NewRequest(http.MethodPost, path, bytes.NewReader(b))
		r.Header.Set("Content-Type", "application/json")
		began := time.Now()
		res, err := c.api.App().Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		took := time.Since(began)
		return face(t, res), took
	}
	groups := map[string]func() *caretest.Authenticator{
		"stands":    func() *caretest.Authenticator { a, _, _ := c.passkeyOf(t); return a },
		"never was": func() *caretest.Authenticator { return caretest.NewAuthenticator(t) },
		"was taken off": func() *caretest.Authenticator {
			a, who, p := c.passkeyOf(t)
			if _, err := c.Care.Signin.RemovePasskey(t.Context(), who, p.ID); err != nil {
				t.Fatal(err)
			}
			return a
		},
		"is suspended": func() *caretest.Authenticator {
			a, who, _ := c.passkeyOf(t)
			if _, err := c.Care.People.Suspend(t.Context(), c.admin, care.AnyVersion, who.AccountID, true); err != nil {
				t.Fatal(err)
			}
			return a
		},
	}
	faces, times := map[string]bool{}, map[string][]time.Duration{}
	order := slices.Sorted(maps.Keys(groups))
	made := map[string][]*caretest.Authenticator{}
	for _, name := range order {
		for range silentRounds() {
			made[name] = append(made[name], groups[name]())
		}
	}
	for i := range silentRounds() { // in turn, so that a busy machine is busy for all of them
		for _, name := range order {
			a := made[name][i]
			c.Clock.Move(time.Second) // of the pace of an address
			offered, err := c.Care.Signin.OfferPasskey(t.Context(), false)
			if err != nil {
				t.Fatal(err)
			}
			s := a.Answer(offered)
			s.Signature = caretest.NewAuthenticator(t).Answer(offered).Signature
			seen, took := knock("/v1/auth/passkey", map[string]any{"device": models.Device{ID: care.NewID(), Name: "Phone"},
				"passkey": Assertion{ID: s.ID, ClientDataJSON: s.ClientDataJSON, AuthenticatorData: s.AuthenticatorData, Signature: s.Signature, UserHandle: s.UserHandle}})
			faces[seen] = true
			times[name] = append(times[name], took)
		}
	}
	if len(faces) != 1 {
		t.Errorf("the answers differ: %v", slices.Collect(maps.Keys(faces)))
	}
	for name, all := range times { // what a stranger could measure; the figures are for a benchmark
		slices.Sort(all)
		t.Logf("%s: median %s of %d", name, all[len(all)/2], len(all))
	}
	_, who, _ := c.passkeyOf(t)
	codes, err := c.Care.Signin.NewRecoveryCodes(t.Context(), who)
	if err != nil {
		t.Fatal(err)
	}
	one, _ := knock("/v1/auth/recovery-code", map[string]any{"code": "0000-0000-0000", "device": models.Device{ID: care.NewID(), Name: "Phone"}})
	if _, err := c.Care.Signin.SignInWithRecoveryCode(t.Context(), codes.Codes[0], caretest.Phone()); err != nil {
		t.Fatal(err)
	}
	used, _ := knock("/v1/auth/recovery-code", map[string]any{"code": codes.Codes[0], "device": models.Device{ID: care.NewID(), Name: "Phone"}})
	if one != used {
		t.Errorf("recovery codes: %s and %s", one, used)
	}
	none, _ := knock("/v1/auth/pin", map[string]any{"refreshToken": "none", "pin": "280417"})
	forged, _ := knock("/v1/auth/pin", map[string]any{"refreshToken": who.SessionID + ".1." + strings.Repeat("A", 43), "pin": "280417"})
	if none != forged {
		t.Errorf("PINs: %s and %s", none, forged)
	}
}

// passkeyOf makes a patient with a passkey.
func (c *clinic) passkeyOf(t *testing.T) (*caretest.Authenticator, models.Actor, signin.Passkey) {
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
		for _, op := range operations(c.api) {
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
