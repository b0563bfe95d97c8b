package handlers_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"handrail/care"
	"handrail/handlers/edge/edgetest"
)

// badCall is one call with something odd in it.
type badCall struct {
	name, token, method, path, body string
	header                          map[string]string
	want                            []int
}

// wrong are the answers to what can't be meant.
var wrong = []int{http.StatusBadRequest, http.StatusUnprocessableEntity}

// TestAlertsTakeNoBadInput: over a connection, as strangers and clumsy programs call.
// Nothing is a 500, nothing echoes what was sent, nobody learns whether an id is somebody
// else's or nobody's.
func TestAlertsTakeNoBadInput(t *testing.T) {
	c := openClinic(t)
	id := c.ownAlert(t)
	b := badAlerts{c: c, id: id, patient: "/v1/patients/" + c.patient.PatientID + "/alerts", tokens: map[string]string{}}
	v, err := c.Care.Alerts.Settings(t.Context(), c.admin)
	if err != nil {
		t.Fatal(err)
	}
	b.version = map[string]string{"If-Match": fmt.Sprintf(`"%d"`, v.Version)}
	for _, who := range c.callers {
		b.tokens[who.name] = who.token
	}
	address := "http://" + edgetest.Listen(t, c.api)
	for _, calls := range [][]badCall{b.ids(), b.raised(), b.settings(), b.rotas()} {
		for _, call := range calls {
			b.try(t, address, call)
		}
	}
}

type badAlerts struct {
	c           *clinic
	id, patient string
	tokens      map[string]string
	version     map[string]string // If-Match of the settings
}

const secretWord = "zebrafinch"

func (b badAlerts) try(t *testing.T, address string, call badCall) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), call.method, address+call.path, strings.NewReader(call.body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+call.token)
	for k, v := range call.header {
		r.Header.Set(k, v)
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		if len(call.body) > 1<<20 {
			return // it was hung up on while it still sent
		}
		t.Fatalf("%s: %v", call.name, err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	ok := false
	for _, status := range call.want {
		ok = ok || res.StatusCode == status
	}
	if !ok || strings.Contains(string(body), secretWord) {
		t.Errorf("%s: %d %.300s, want one of %v", call.name, res.StatusCode, body, call.want)
	}
	var p edgetest.Problem
	if res.StatusCode >= 400 && (json.Unmarshal(body, &p) != nil || p.Code == "" || p.Status != res.StatusCode) {
		t.Errorf("%s: no problem document: %.300s", call.name, body)
	}
}

// ids are those of others, of nobody, and none at all.
func (b badAlerts) ids() (out []badCall) {
	gone := []int{http.StatusNotFound}
	for _, id := range []string{b.id, care.NewID(), "x", "..%2f..%2fsettings", strings.Repeat("a", 4000), "%00", "%F0%9F%92%A5"} {
		for _, who := range []string{"stranger-supporter", "supporter", "patient", "other-patient", "outside-therapist", "interpreter"} {
			for _, do := range []string{"", "/acknowledge", "/outcome", "/hand-over"} {
				method, body := http.MethodPost, map[string]string{"/outcome": `{"status":"resolved","code":"reached-safe"}`, "/hand-over": `{"to":"` + b.c.admin.AccountID + `"}`}[do]
				if do == "" {
					method = http.MethodGet
				}
				out = append(out, badCall{name: who + " " + do + " " + id[:min(len(id), 20)], token: b.tokens[who], method: method, path: "/v1/alerts/" + id + do, body: body,
					want: append(gone, http.StatusForbidden, http.StatusUnprocessableEntity, http.StatusBadRequest)})
			}
		}
	}
	for name, to := range map[string]string{"the patient": b.c.patient.AccountID, "a supporter": b.c.supporter.AccountID, "one outside of the team": b.c.outside.AccountID,
		"nobody": care.NewID(), "no id": secretWord, "nothing": "", "the system": "system"} {
		out = append(out, badCall{name: "handed to " + name, token: b.tokens["therapist"], method: http.MethodPost, path: "/v1/alerts/" + b.id + "/hand-over", body: fmt.Sprintf(`{"to":%q}`, to), want: wrong})
	}
	return out
}

// raised are alerts by hand.
func (b badAlerts) raised() (out []badCall) {
	for name, body := range map[string]string{
		"no body": "", "null": "null", "a list": "[]", "half": `{"tier":"elev`, "no words": `{"tier":"elevated","words":""}`, "spaces": `{"tier":"elevated","words":"  "}`,
		"another tier": `{"tier":"` + secretWord + `","words":"x"}`, "routine": `{"tier":"routine","words":"x"}`, "a number": `{"tier":3,"words":"x"}`, "many words": `{"tier":"elevated","words":"` + strings.Repeat("a", 2001) + `"}`,
		"a control character": `{"tier":"elevated","words":"a\u0000b"}`, "half a character": `{"tier":"elevated","words":"\ud83d"}`, "deep": strings.Repeat(`{"words":`, 5000) + "1" + strings.Repeat("}", 5000), "an odd id": `{"id":"` + secretWord + `","tier":"elevated","words":"x"}`,
		"twice": `{"tier":"elevated","tier":"urgent","words":"x"}`, "more": `{"tier":"elevated","words":"x","` + secretWord + `":1}`,
	} {
		out = append(out, badCall{name: "raised with " + name, token: b.tokens["therapist"], method: http.MethodPost, path: b.patient, body: strings.Replace(body, `{"tier`, `{"id":"`+care.NewID()+`","tier`, 1), want: wrong})
	}
	out = append(out, badCall{name: "nothing odd", token: b.tokens["therapist"], method: http.MethodPost, path: b.patient, body: `{"id":"` + care.NewID() + `","tier":"elevated","words":"x"}`, want: []int{http.StatusCreated}})
	return append(out, badCall{name: "10 MB of words", token: b.tokens["therapist"], method: http.MethodPost, path: b.patient,
		body: `{"tier":"elevated","words":"` + strings.Repeat("a", 10<<20) + `"}`, want: []int{http.StatusRequestEntityTooLarge}})
}

// settings are the clinic's word about when somebody is there.
func (b badAlerts) settings() (out []badCall) {
	for name, hours := range map[string]string{
		"no zone": `{"windows":[]}`, "Mars": `{"zone":"Mars/Olympus","windows":[]}`, "Local": `{"zone":"Local","windows":[]}`, "a path": `{"zone":"../../etc/passwd","windows":[]}`,
		"an eighth day": `{"zone":"UTC","windows":[{"day":8,"from":"09:00","to":"17:00"}]}`, "no day": `{"zone":"UTC","windows":[{"day":0,"from":"09:00","to":"17:00"}]}`,
		"25 hours": `{"zone":"UTC","windows":[{"day":1,"from":"09:00","to":"25:00"}]}`, "backwards": `{"zone":"UTC","windows":[{"day":1,"from":"17:00","to":"09:00"}]}`,
		"no length": `{"zone":"UTC","windows":[{"day":1,"from":"09:00","to":"09:00"}]}`, "words": `{"zone":"UTC","windows":"` + secretWord + `"}`,
		"many": `{"zone":"UTC","windows":[` + strings.Repeat(`{"day":1,"from":"09:00","to":"17:00"},`, 500) + `{"day":1,"from":"09:00","to":"17:00"}]}`,
	} {
		out = append(out, badCall{name: "hours with " + name, token: b.tokens["administrator"], method: http.MethodPut, path: "/v1/alert-settings", header: b.version,
			body: `{"hours":` + hours + `,"failSafe":"` + b.c.admin.AccountID + `","confirmed":true}`, want: wrong})
	}
	for name, who := range map[string]string{"the patient": b.c.patient.AccountID, "a supporter": b.c.supporter.AccountID, "nobody": care.NewID(), "a word": secretWord} {
		out = append(out, badCall{name: "the fail-safe is " + name, token: b.tokens["administrator"], method: http.MethodPut, path: "/v1/alert-settings", header: b.version,
			body: `{"hours":{"zone":"UTC","windows":[]},"failSafe":"` + who + `","confirmed":true}`, want: wrong})
	}
	return append(out, badCall{name: "nothing odd", token: b.tokens["administrator"], method: http.MethodPut, path: "/v1/alert-settings", header: b.version,
		body: `{"hours":{"zone":"UTC","windows":[{"day":1,"from":"09:00","to":"17:00"}]},"failSafe":"` + b.c.admin.AccountID + `","confirmed":true}`, want: []int{http.StatusOK}})
}

// rotas with circles, holes and what is no rota.
func (b badAlerts) rotas() (out []badCall) {
	ana, ben := b.c.therapist.AccountID, b.c.doctor.AccountID
	shift := func(who, more string) string {
		return `"shifts":[{"accountId":"` + who + `","days":[1],"from":"09:00","to":"17:00"` + more + `}]`
	}
	leave := func(who, cover string) string {
		return `{"accountId":"` + who + `","cover":"` + cover + `","from":"2026-03-01T00:00:00","to":"2026-03-09T00:00:00"}`
	}
	for name, terms := range map[string]string{
		"covers in a circle": shift(ana, "") + `,"leave":[` + leave(ana, ben) + `,` + leave(ben, ana) + `]`, "its own cover": shift(ana, "") + `,"leave":[` + leave(ana, ana) + `]`,
		"a patient on duty": shift(b.c.patient.AccountID, ""), "a supporter": shift(b.c.supporter.AccountID, ""), "nobody's id": shift(care.NewID(), ""), "no id": shift("", ""), "a word for an id": shift(secretWord, ""),
		"no week": shift(ana, `,"every":-1`), "a thousand weeks": shift(ana, `,"every":1000,"since":"2026-03-02"`), "no such date": shift(ana, `,"since":"2026-02-30"`), "an end before its beginning": shift(ana, `,"since":"2026-03-02","until":"2026-03-01"`),
		"half a day":             `"shifts":[{"accountId":"` + ana + `","days":[1.5],"from":"09:00","to":"17:00"}]`,
		"a year 9":               shift(ana, "") + `,"overrides":[{"accountId":"` + ana + `","from":"0009-01-01T00:00:00","to":"9999-12-31T00:00:00"}]`,
		"an hour that is none":   `"shifts":[{"accountId":"` + ana + `","days":[1],"from":"9","to":"17:00"}]`,
		"ten thousand shifts":    `"shifts":[` + strings.Repeat(`{"accountId":"`+ana+`","days":[1],"from":"09:00","to":"17:00"},`, 5000) + `{}]`,
		"a backwards leave":      shift(ana, "") + `,"leave":[{"accountId":"` + ana + `","from":"2026-03-09T00:00:00","to":"2026-03-01T00:00:00"}]`,
		"a leave with an offset": shift(ana, "") + `,"leave":[{"accountId":"` + ana + `","from":"2026-03-01T00:00:00Z","to":"2026-03-09T00:00:00+02:00"}]`,
	} {
		out = append(out, badCall{name: "a rota with " + name, token: b.tokens["administrator"], method: http.MethodPost, path: "/v1/rotas",
			body: `{"id":"` + care.NewID() + `","name":"Nights","zone":"Europe/Madrid","serves":"cover","onCall":true,` + terms + `}`, want: wrong})
	}
	return append(out, badCall{name: "a rota with an overlap, a hole and a leave that is covered", token: b.tokens["administrator"], method: http.MethodPost, path: "/v1/rotas",
		body: `{"id":"` + care.NewID() + `","name":"Nights","zone":"Europe/Madrid","serves":"cover","onCall":true,"shifts":[{"accountId":"` + ana + `","days":[1],"from":"09:00","to":"17:00"},{"accountId":"` + ben +
			`","days":[1],"from":"10:00","to":"18:00"}],"leave":[` + leave(ana, ben) + `]}`, want: []int{http.StatusCreated}})
}
