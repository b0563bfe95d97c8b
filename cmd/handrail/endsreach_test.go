package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/fasthttp/websocket"

	"handrail/care/caretest/instants"
	"handrail/client"
	"handrail/models"
	"handrail/notify/notifytest"
	"handrail/notify/webpush"
	"handrail/signon/signontest"
)

// reached is what a sign-in of somebody reaches: requests at two instances, a socket, a
// seat in a visit that another person sees, and pushes.
type reached struct {
	t       *testing.T
	h       *hospital
	at      [2]*running // the first has the visits
	service *notifytest.Push
	visit   string // path of a visit by video that is open now
	patient string // token of the other person
	account string
	names   int
}

// open gives the token of a new sign-in and what tells of the ends of its socket and seat.
func (e *reached) open(sub string) (token string, socket, seat <-chan string) {
	e.t.Helper()
	e.names++
	token = e.h.come(e.at[0], sub, fmt.Sprint("s", e.names))
	_, key := e.h.ask("GET", e.at[0].base+"/v1/push-key", "", "", "Bearer "+token, "")
	a := e.service.Subscribe(fmt.Sprint("desk", e.names), key["key"].(string))
	device, err := json.Marshal(client.NewPushDevice{Channel: "webpush", Token: a.To, P256DH: a.P256dh, Auth: a.Auth})
	if err != nil {
		e.t.Fatal(err)
	}
	if res, said := e.h.ask("PUT", e.at[0].base+"/v1/me/push-device", "application/json", "", "Bearer "+token, string(device)); res.StatusCode >= 300 {
		e.t.Fatal(res.Status, said)
	}
	welcome := func(said string) bool { return strings.Contains(said, `"type":"welcome"`) }
	other := e.join(e.patient)
	e.waits(other, welcome) // who asks to come in after "admit all" waits for ever
	own := e.join(token)
	e.waits(own, welcome)
	if err := own.WriteJSON(map[string]any{"type": "command", "data": map[string]any{"verb": "admit-all"}}); err != nil {
		e.t.Fatal(err)
	}
	e.waits(other, func(said string) bool { view, sits := e.sits(said); return view && sits })
	return token, e.hears(own, func(said string) bool { return strings.Contains(said, `"type":"bye"`) }),
		e.hears(other, func(said string) bool { view, sits := e.sits(said); return view && !sits })
}

// sits tells whether what is said is a view of the visit to who is inside, and whether it
// has the person in their seat.
func (e *reached) sits(said string) (view, sits bool) {
	var room struct {
		Type string
		Data struct {
			Room struct {
				You    struct{ Place string }
				People []struct {
					ID        string
					Connected bool
				}
			}
		}
	}
	if err := json.Unmarshal([]byte(said), &room); err != nil || room.Type != "room" || room.Data.Room.You.Place != "inside" {
		return false, false
	}
	for _, p := range room.Data.Room.People {
		if p.ID == e.account {
			return true, p.Connected
		}
	}
	return true, false
}

func (e *reached) join(token string) *websocket.Conn {
	e.t.Helper()
	res, way := e.h.ask("POST", e.at[0].base+e.visit+"/join", "", "", "Bearer "+token, "")
	if res.StatusCode != http.StatusOK {
		e.t.Fatal(res.Status, way)
	}
	address := strings.TrimPrefix(e.at[0].base, "http://")
	ws, answer, err := websocket.DefaultDialer.Dial("ws://"+address+way["socket"].(string), http.Header{"Origin": {e.at[0].base}})
	if err != nil {
		e.t.Fatal(err)
	}
	_ = answer.Body.Close()
	e.t.Cleanup(func() { _ = ws.Close() })
	if err := ws.WriteJSON(map[string]any{"type": "hello", "data": map[string]any{"versions": []int{1}, "ticket": way["ticket"]}}); err != nil {
		e.t.Fatal(err)
	}
	return ws
}

// waits reads until a message is the one.
func (e *reached) waits(ws *websocket.Conn, is func(string) bool) {
	e.t.Helper()
	for {
		_, said, err := ws.ReadMessage()
		if err != nil {
			e.t.Fatalf("waiting: %v", err)
		}
		if is(string(said)) {
			return
		}
	}
}

// hears tells of the first message that is the end, or of how the socket closed.
func (e *reached) hears(ws *websocket.Conn, end func(string) bool) <-chan string {
	out := make(chan string, 1)
	go func() {
		for {
			_, said, err := ws.ReadMessage()
			if err != nil {
				out <- err.Error()
				return
			}
			if end(string(said)) {
				out <- ""
				return
			}
		}
	}()
	return out
}

// pushed tells whether a push to the account leaves.
func (e *reached) pushed() bool {
	var o strings.Builder
	services := []webpush.Service{{Name: "Maker", Hosts: []string{"127.0.0.1"}}}
	c := &call{environ: []string{"HANDRAIL_DATA=" + e.at[0].data}, out: &o, errors: &o, now: instants.Now, services: services}
	c.run(e.t.Context(), []string{"doctor", "--push-wait", "0s", "--push-to", e.account})
	return !strings.Contains(o.String(), "the account has no device")
}

// TestAnEndReachesEverything: a logout token, the end of a session by the office and the
// end of somebody's work here, each at the instance that has no visits, end requests at
// both, the socket, the seat and the pushes. How long each took is in the log (-v): aim
// 1 s. What is asserted is that each ends.
func TestAnEndReachesEverything(t *testing.T) {
	h, data := newHospital(t), filepath.Join(t.TempDir(), "data")
	e := &reached{t: t, h: h, service: notifytest.NewPush()}
	t.Cleanup(e.service.Close)
	e.at[0], _, _ = loopbackClinic(t, data, "--oidc-providers", h.file)
	defer e.at[0].stop()
	second, ada, people := loopbackClinic(t, data, "--oidc-providers", h.file, "--video", "off")
	e.at[1] = second
	defer e.at[1].stop()
	e.setUp(ada, people)
	for _, end := range []struct {
		name string
		do   func() error
	}{
		{"logout token", func() error {
			if status := h.logout(e.at[1], h.Sign(h.LogoutClaims(signontest.Claims{"sub": "ada"}))); status != http.StatusOK {
				return fmt.Errorf("answered %d", status)
			}
			return nil
		}},
		{"revocation", func() error { return e.revoke(ada) }},
		{"off-boarding", func() error {
			a, err := ada.Account(t.Context(), e.account)
			if err == nil {
				_, err = ada.SetAccountStatus(t.Context(), a, "suspended")
			}
			return err
		}},
	} {
		token, socket, seat := e.open("ada")
		if !h.lives(e.at[0], token) || !h.lives(e.at[1], token) || !e.pushed() {
			t.Fatalf("%s: not signed in", end.name)
		}
		took := map[string]time.Duration{}
		var mu sync.Mutex
		var all sync.WaitGroup
		begun := instants.Now()
		ends := func(what string, wait func() string) {
			all.Go(func() {
				if said := wait(); said != "" {
					t.Errorf("%s: %s: %s", end.name, what, said)
				}
				mu.Lock()
				defer mu.Unlock()
				took[what] = instants.Now().Sub(begun).Round(time.Millisecond)
			})
		}
		until := func(open func() bool) func() string {
			return func() string {
				for open() { //nolint:revive // asks until it is over; the test's own end bounds it
				}
				return ""
			}
		}
		ends("socket", func() string { return <-socket })
		ends("seat", func() string { return <-seat })
		for i := range e.at {
			ends(fmt.Sprint("requests at ", i+1), until(func() bool { return h.lives(e.at[i], token) }))
		}
		ends("push", until(e.pushed))
		if err := end.do(); err != nil {
			t.Fatalf("%s: %v", end.name, err)
		}
		all.Wait()
		t.Logf("%s: %v", end.name, took)
	}
}

// setUp finds the visit of the demo that is open now, and gives its clinician the
// hospital's sign-in.
func (e *reached) setUp(ada *person, people []demoAccount) {
	e.t.Helper()
	for _, a := range people {
		switch {
		case a.Role == models.RoleClinician && a.Discipline == models.DisciplineTherapy:
			e.account = a.AccountID
			got(ada.Do(e.t.Context(), client.Request{Method: http.MethodPut, Path: "/v1/accounts/" + a.AccountID + "/expected-sign-ins/hospital", Body: map[string]string{"email": "ada@hospital.example"}}))(e.t)
		case a.Role == models.RolePatient && e.visit == "":
			e.patient = e.at[1].enrol(a.EnrolmentCode).SignedIn().AccessToken
			list := "/v1/patients/" + a.PatientID + "/appointments"
			_, all := e.h.ask("GET", e.at[0].base+list, "", "", "Bearer "+e.patient, "")
			for _, v := range all["items"].([]any) {
				path := list + "/" + v.(map[string]any)["id"].(string)
				if res, _ := e.h.ask("POST", e.at[0].base+path+"/join", "", "", "Bearer "+e.patient, ""); res.StatusCode == http.StatusOK {
					e.visit = path
				}
			}
		}
	}
	if e.visit == "" {
		e.t.Fatal("the demo has no visit that is open now")
	}
}

// revoke ends all sessions of the account, as the office does.
func (e *reached) revoke(ada *person) error {
	for s, err := range ada.AccountSessions(e.t.Context(), e.account) {
		if err != nil {
			return err
		}
		if err := ada.EndAccountSession(e.t.Context(), e.account, s.ID, "reported-lost"); err != nil {
			return err
		}
	}
	return nil
}
