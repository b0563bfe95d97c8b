package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"handrail/care/caretest/instants"
	"handrail/client"
	"handrail/signon/signontest"
)

// hospital is the sign-in of a hospital, for programs that come and go.
type hospital struct {
	*signontest.Provider
	t    *testing.T
	file string // for --oidc-providers
}

func newHospital(t *testing.T) *hospital {
	t.Helper()
	h := &hospital{Provider: signontest.New(t, instants.Now), t: t, file: filepath.Join(t.TempDir(), "providers.json")}
	if err := os.WriteFile(filepath.Join(filepath.Dir(h.file), "secret"), []byte(h.Secret), 0o600); err != nil {
		t.Fatal(err)
	}
	text := fmt.Sprintf(`{"providers":[{"id":"hospital","name":"Riverside","issuer":%q,"clientId":%q,"clientSecretFile":"secret"}]}`, h.Issuer(), h.ClientID)
	if err := os.WriteFile(h.file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return h
}

// ask sends a request; the status is 0 where no answer came.
func (h *hospital) ask(method, address, kind, cookie, token, body string) (*http.Response, map[string]any) {
	h.t.Helper()
	r, err := http.NewRequestWithContext(h.t.Context(), method, address, strings.NewReader(body))
	if err != nil {
		h.t.Fatal(err)
	}
	for name, v := range map[string]string{"Content-Type": kind, "Cookie": cookie, "Authorization": token} {
		if v != "" {
			r.Header.Set(name, v)
		}
	}
	c := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.Do(r)
	if err != nil {
		return &http.Response{}, nil
	}
	defer res.Body.Close()
	text, _ := io.ReadAll(res.Body)
	var out map[string]any
	_ = json.Unmarshal(text, &out) // a redirect has none
	return res, out
}

// come signs a person in by the hospital: the access token.
func (h *hospital) come(r *running, sub, sid string) string {
	h.t.Helper()
	h.Person = signontest.Claims{"sub": sub, "sid": sid, "email": sub + "@hospital.example"}
	res, begun := h.ask("POST", r.base+"/v1/auth/providers/hospital/begin", "application/json", "", "", `{"device":{"id":"`+client.NewID()+`","name":"Ward PC"}}`)
	if len(res.Cookies()) != 1 {
		h.t.Fatalf("%s %v: %s", res.Status, begun, r.log)
	}
	cookie := res.Cookies()[0].Name + "=" + res.Cookies()[0].Value
	back := h.Authorize(begun["authorizeUrl"].(string))
	h.ask("GET", r.base+back.RequestURI(), "", cookie, "", "")
	res, in := h.ask("POST", r.base+"/v1/auth/providers/finish", "", cookie, "", "")
	signed, ok := in["signIn"].(map[string]any)
	if !ok {
		h.t.Fatalf("%s %v", res.Status, in)
	}
	return signed["accessToken"].(string)
}

func (h *hospital) lives(r *running, token string) bool {
	h.t.Helper()
	res, _ := h.ask("GET", r.base+"/v1/me", "", "", "Bearer "+token, "")
	return res.StatusCode == http.StatusOK
}

func (h *hospital) logout(r *running, token string) int {
	h.t.Helper()
	res, _ := h.ask("POST", r.base+"/v1/auth/providers/hospital/backchannel-logout", "application/x-www-form-urlencoded", "", "", url.Values{"logout_token": {token}}.Encode())
	return res.StatusCode
}

// TestKilledWhileTheHospitalEndsSessions: the program dies in the midst of a logout token,
// or of the end of somebody's work here. What was answered holds after the restart; what was
// not is sent again and holds then; a token that was answered is not followed twice.
func TestKilledWhileTheHospitalEndsSessions(t *testing.T) {
	h, data := newHospital(t), t.TempDir()
	r := runOn(t, data, "--oidc-providers", h.file)
	admin := r.admin()
	account := map[string]string{}
	for _, sub := range []string{"ada", "bea", "cem"} {
		a := got(admin.CreateAccount(t.Context(), client.NewAccount{Name: sub, Role: "clinician", Discipline: "nursing"}))(t)
		account[sub] = a.ID
		got(admin.Do(t.Context(), client.Request{Method: http.MethodPut, Path: "/v1/accounts/" + a.ID + "/expected-sign-ins/hospital", Body: map[string]string{"email": sub + "@hospital.example"}}))(t)
	}
	again := func() {
		r = runOn(t, data, "--oidc-providers", h.file)
		admin.moveTo(r)
	}
	for _, point := range []int{1, 7} { // sessions that are seen to be over before the program dies
		var tokens []string
		for i := range 8 {
			tokens = append(tokens, h.come(r, "ada", fmt.Sprint("s", point, i)))
		}
		other := h.come(r, "bea", fmt.Sprint("b", point))
		word := h.Sign(h.LogoutClaims(signontest.Claims{"sub": "ada"}))
		answer := make(chan int, 1)
		at := *r
		go func() { answer <- h.logout(&at, word) }()
		ended, status := 0, -1
		for ended < point && status < 0 {
			select {
			case status = <-answer:
			default:
				ended = 0
				for _, token := range tokens {
					if !h.lives(r, token) {
						ended++
					}
				}
			}
		}
		r.kill()
		if status < 0 {
			status = <-answer
		}
		again()
		if status != http.StatusOK { // no answer came: the hospital sends it again
			if got := h.logout(r, word); got != http.StatusOK && got != http.StatusBadRequest {
				t.Errorf("again: %d", got)
			}
		}
		for i, token := range tokens {
			if h.lives(r, token) {
				t.Errorf("killed after %d were over, answered %d: session %d lives", point, status, i)
			}
		}
		if got := h.logout(r, word); got != http.StatusBadRequest {
			t.Errorf("the same word once more: %d", got)
		}
		if !h.lives(r, other) {
			t.Error("somebody else's session is over")
		}
	}

	var tokens []string
	for i := range 8 {
		tokens = append(tokens, h.come(r, "cem", fmt.Sprint("c", i)))
	}
	a := got(admin.Account(t.Context(), account["cem"]))(t)
	done := make(chan error, 1)
	boss := admin.Client
	go func() {
		_, err := boss.SetAccountStatus(t.Context(), a, "suspended")
		done <- err
	}()
	for h.lives(r, tokens[7]) { //nolint:revive // until the first is over, the program is in the midst of it
	}
	r.kill()
	err := <-done
	again()
	if now := got(admin.Account(t.Context(), account["cem"]))(t); now.Value.Status != "suspended" {
		t.Errorf("a session ended and the account did not (%v)", err)
	}
	for i, token := range tokens {
		if h.lives(r, token) {
			t.Errorf("session %d of somebody who left lives (answered: %v)", i, err)
		}
	}
	r.stop()
}
