package handlers_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/handlers"
)

// portal speaks FHIR as one person.
type portal struct {
	t     *testing.T
	api   *handlers.API
	token string
}

// tree is a resource as a portal reads it.
type tree = map[string]any

// ask sends a request and checks what every answer has. body is nil for a GET.
func (p portal) ask(path string, body any) (int, tree) {
	p.t.Helper()
	method, text := http.MethodGet, &bytes.Buffer{}
	if body != nil {
		method = http.MethodPost
		if err := json.NewEncoder(text).Encode(body); err != nil {
			p.t.Fatal(err)
		}
	}
	r := httptest.NewRequest(method, "/fhir/R4/"+path, text)
	r.Header.Set("Accept", "application/fhir+json")
	r.Header.Set("Authorization", "Bearer "+p.token)
	if body != nil {
		r.Header.Set("Content-Type", "application/fhir+json; charset=utf-8")
	}
	res, err := p.api.App().Test(r, -1)
	if err != nil {
		p.t.Fatal(err)
	}
	var out tree
	if err := json.NewDecoder(res.Body).Decode(&out); err != nil || res.Header.Get("Content-Type") != "application/fhir+json" || out["resourceType"] == nil {
		p.t.Fatalf("%s %s: %s %s %v %v", method, path, res.Status, res.Header.Get("Content-Type"), out, err)
	}
	return res.StatusCode, out
}

// entries are the resources of a Bundle.
func entries(b tree) (out []tree) {
	list, _ := b["entry"].([]any)
	for _, e := range list {
		out = append(out, e.(tree)["resource"].(tree))
	}
	return out
}

func (p portal) find(c *clinic, patient string) []tree {
	p.t.Helper()
	q := url.Values{"patient": {"Patient/" + patient}, "service-type": {"urn:handrail:visit-type|talk"}, "practitioner": {"Practitioner/" + c.therapist.AccountID},
		"start": {caretest.At(6, 0, 0).Format(time.RFC3339)}, "end": {caretest.At(7, 0, 0).Format(time.RFC3339)}, "_format": {"json"}}
	status, b := p.ask("Appointment/$find?"+q.Encode(), nil)
	if status != 200 || b["type"] != "searchset" || len(entries(b)) == 0 {
		p.t.Fatal(status, b)
	}
	return entries(b)
}

// issue is the code of the first issue of an outcome, with its kind.
func issue(o tree) string {
	list, _ := o["issue"].([]any)
	if o["resourceType"] != "OperationOutcome" || len(list) == 0 {
		return ""
	}
	first := list[0].(tree)
	coding := first["details"].(tree)["coding"].([]any)[0].(tree)
	return first["code"].(string) + " " + coding["code"].(string)
}

func TestAPortalFindsHoldsAndBooks(t *testing.T) {
	c := openClinic(t)
	p := portal{t, c.api, c.callers[1].token}
	found := p.find(c, c.patient.PatientID)
	first := found[0]
	if first["status"] != "proposed" || first["start"] != caretest.At(6, 9, 0).UTC().Format(time.RFC3339) || len(first["contained"].([]any)) != 1 {
		t.Errorf("%v", first)
	}
	status, held := p.ask("Appointment/$hold", taking(first["id"].(string)))
	if status != 201 || held["status"] != "pending" || held["extension"] == nil {
		t.Fatal(status, held)
	}
	if status, again := p.ask("Appointment/$hold", taking(first["id"].(string))); status != 201 || again["id"] != held["id"] {
		t.Error("holding twice:", status, again)
	}
	if status, booked := p.ask("Appointment/$book", taking(held["id"].(string))); status != 201 || booked["status"] != "booked" || booked["id"] != held["id"] {
		t.Error(status, booked)
	}
	for range 2 { // also by the name of the proposal, also twice
		if status, booked := p.ask("Appointment/$book", taking(first["id"].(string))); status != 201 || booked["id"] != held["id"] || booked["status"] != "booked" {
			t.Error(status, booked)
		}
	}
	if status, read := p.ask("Appointment/"+held["id"].(string), nil); status != 200 || read["status"] != "booked" || read["meta"].(tree)["versionId"] == nil {
		t.Error(status, read)
	}
	// Without a hold before it.
	if status, direct := p.ask("Appointment/$book", taking(p.find(c, c.patient.PatientID)[2]["id"].(string))); status != 201 || direct["status"] != "booked" || direct["id"] == held["id"] {
		t.Error(status, direct)
	}
	if status, o := p.ask("Appointment/$hold", taking(first["id"].(string))); status != 404 || issue(o) != "not-found not-found" {
		t.Error("a name of an older search:", status, o)
	}
}

func TestTwoPortalsBookOneTimeOnce(t *testing.T) {
	c := openClinic(t)
	if _, err := c.Chart(c.admin, c.other.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, c.therapist.AccountID, false); err != nil {
		t.Fatal(err)
	}
	one, other := portal{t, c.api, c.callers[1].token}, portal{t, c.api, c.callers[2].token}
	ids := []string{one.find(c, c.patient.PatientID)[0]["id"].(string), other.find(c, c.other.PatientID)[0]["id"].(string)}
	statuses, answers := make([]int, 2), make([]tree, 2)
	var both sync.WaitGroup
	for i, p := range []portal{one, other} {
		both.Go(func() { statuses[i], answers[i] = p.ask("Appointment/$book", taking(ids[i])) })
	}
	both.Wait()
	if statuses[0]+statuses[1] != 201+409 {
		t.Fatal(statuses, answers)
	}
	for i, s := range statuses {
		if s == 409 && (issue(answers[i]) != "conflict time-not-possible" || len(answers[i]["issue"].([]any)) < 2) {
			t.Errorf("the refusal tells no reason: %v", answers[i])
		}
	}
}

func TestVisitsAreSearched(t *testing.T) {
	c := openClinic(t)
	p := portal{t, c.api, c.callers[1].token}
	day := caretest.At(4, 0, 0).UTC().Format(time.DateOnly)
	for query, want := range map[string]bool{"": true, "date=" + day: true, "date=ge" + day + "&date=lt2030": true, "date=lt" + day: false,
		"_id=" + c.visits.id: true, "_id=" + strings.ToUpper(c.visits.id) + "," + care.NewID(): true, "_id=" + care.NewID(): false, "_lastUpdated=ge2020": true, "_lastUpdated=lt2020": false,
		"date=ne" + day: false, "date=sa" + day: false, "date=ap" + day: true, "date=" + day + "T15:00Z": true, "date=" + day + "T15:01Z": false, "_format=application/fhir%2Bjson": true, "_format=application/fhir+json": true,
		"status=booked,arrived": true, "status=cancelled": false, "patient=Patient/" + c.patient.PatientID: true, "patient=" + c.patient.PatientID: true} {
		_, b := p.ask("Appointment?"+query, nil)
		seen := false
		for _, a := range entries(b) {
			seen = seen || a["id"] == c.visits.id
		}
		if seen != want {
			t.Errorf("%s: %v, want %v", query, seen, want)
		}
	}
	// Page by page it is the same list.
	_, whole := p.ask("Appointment", nil)
	var ids []any
	for path := "Appointment?_count=1"; path != ""; {
		_, b := p.ask(path, nil)
		for _, a := range entries(b) {
			ids = append(ids, a["id"])
		}
		path = ""
		for _, l := range b["link"].([]any) {
			if l.(tree)["relation"] == "next" {
				address := l.(tree)["url"].(string)
				if _, path, _ = strings.Cut(address, "/fhir/R4/"); !strings.HasPrefix(address, "https://") {
					t.Errorf("the link %s is not absolute", address)
				}
			}
		}
		if len(ids) > 100 {
			t.Fatal("it does not end")
		}
	}
	if len(ids) != len(entries(whole)) || len(ids) == 0 {
		t.Errorf("%d one by one, %d at once", len(ids), len(entries(whole)))
	}
}

func TestRefusalsAreOutcomes(t *testing.T) {
	c := openClinic(t)
	p := portal{t, c.api, c.callers[1].token}
	for path, want := range map[string]string{
		"Appointment/" + care.NewID():                "404 not-found not-found",
		"Appointment/x":                              "404 not-found not-found",
		"Appointment?date=neSECRET":                  "422 value invalid-input",
		"Appointment?status=SECRET":                  "422 value invalid-input",
		"Appointment?SECRET=1":                       "422 value invalid-input",
		"Appointment?patient=Practitioner/1":         "404 not-found not-found",
		"Appointment?_format=xml":                    "406 not-supported not-acceptable",
		"Appointment?_format=application/fhir%2Bxml": "406 not-supported not-acceptable",
		"Nothing":                             "404 not-found not-found",
		"Patient/" + care.NewID():             "404 not-found not-found",
		"Practitioner/" + c.patient.AccountID: "404 not-found not-found",
		"Schedule?actor=Practitioner/" + c.therapist.AccountID: "404 not-found not-found",
	} {
		status, o := p.ask(path, nil)
		text, err := json.Marshal(o)
		if got := strconv.Itoa(status) + " " + issue(o); err != nil || got != want || strings.Contains(string(text), "SECRET") {
			t.Errorf("%s: %s, want %s", path, text, want)
		}
	}
	for want, body := range map[string]any{"value invalid-input": tree{"resourceType": "Bundle", "parameter": []any{}}, "not-found not-found": taking("SECRET")} {
		if _, o := p.ask("Appointment/$book", body); issue(o) != want {
			t.Errorf("%v, want %s", o, want)
		}
	}
	p.token = "none"
	if status, o := p.ask("Appointment", nil); status != 401 || !strings.HasPrefix(issue(o), "login ") {
		t.Error(status, o)
	}
	if status, m := p.ask("metadata", nil); status != 200 || m["fhirVersion"] != "4.0.1" {
		t.Error(status, m)
	}
}

// Whose visit an id is, a stranger can't find out.
func TestAStrangersVisitLooksLikeNone(t *testing.T) {
	c := openClinic(t)
	for _, who := range []int{2, 4, 6} { // other patient, their supporter, a therapist of no team
		p := portal{t, c.api, c.callers[who].token}
		for _, of := range []func(string) (int, tree){
			func(id string) (int, tree) { return p.ask("Appointment/"+id, nil) },
			func(id string) (int, tree) { return p.ask("Appointment/$book", taking(id)) },
		} {
			s1, a := of(c.visits.id)
			s2, b := of(care.NewID())
			delete(a["issue"].([]any)[0].(tree), "diagnostics")
			delete(b["issue"].([]any)[0].(tree), "diagnostics")
			x, _ := json.Marshal(a)
			y, _ := json.Marshal(b)
			if s1 != 404 || s2 != 404 || string(x) != string(y) {
				t.Errorf("%s: %d %s, %d %s", c.callers[who].name, s1, x, s2, y)
			}
		}
	}
}

func TestAPractitionersTime(t *testing.T) {
	c := openClinic(t)
	p := portal{t, c.api, c.callers[5].token}
	_, s := p.ask("Schedule/"+c.therapist.AccountID, nil)
	if s["actor"].([]any)[0].(tree)["reference"] != "Practitioner/"+c.therapist.AccountID {
		t.Error(s)
	}
	day := caretest.At(4, 0, 0).UTC().Format(time.DateOnly)
	_, b := p.ask("Slot?schedule=Schedule/"+c.therapist.AccountID+"&start="+day, nil)
	var said []string
	for _, e := range entries(b) {
		said = append(said, e["status"].(string)+" "+e["start"].(string)[11:16]+"-"+e["end"].(string)[11:16])
		if status, again := p.ask("Slot/"+e["id"].(string), nil); status != 200 || again["status"] != e["status"] {
			t.Error(again)
		}
	}
	if got := strings.Join(said, ", "); got != "free 14:00-15:00, busy 15:00-16:00, free 16:00-22:00" { // with ten minutes after the visit
		t.Error(got)
	}
	if status, o := p.ask("Slot?schedule=Schedule/"+c.therapist.AccountID+"&start=ge2026-01-01&start=lt2027-01-01", nil); status != 422 {
		t.Error(status, o)
	}
}

// TestASearchMayBePosted: as a form, with the same answer as one that is asked for.
func TestASearchMayBePosted(t *testing.T) {
	c := openClinic(t)
	post := func(path, kind, body, accept string) (int, tree) {
		r := httptest.NewRequest(http.MethodPost, "/fhir/R4/"+path, strings.NewReader(body))
		r.Header.Set("Authorization", "Bearer "+c.callers[1].token)
		r.Header.Set("Content-Type", kind)
		if accept != "" {
			r.Header.Set("Accept", accept)
		}
		res, err := c.api.App().Test(r, -1)
		if err != nil {
			t.Fatal(err)
		}
		var out tree
		if err := json.NewDecoder(res.Body).Decode(&out); err != nil || res.Header.Get("Content-Type") != "application/fhir+json" {
			t.Fatalf("%s: %s %s %v", path, res.Status, res.Header.Get("Content-Type"), err)
		}
		return res.StatusCode, out
	}
	const form = "application/x-www-form-urlencoded"
	day := caretest.At(4, 0, 0).UTC().Format(time.DateOnly)
	for body, want := range map[string]int{"date=" + day: 1, "date=lt" + day: 0, "_id=" + c.visits.id + "&status=booked": 1, "": -1} {
		status, b := post("Appointment/_search", form, body, "")
		if n := len(entries(b)); status != 200 || want >= 0 && n != want || want < 0 && n == 0 {
			t.Errorf("%q: %d, %d visits", body, status, n)
		}
	}
	if status, b := post("Appointment/_search?status=cancelled", form, "date="+day, ""); status != 200 || len(entries(b)) != 0 {
		t.Error("both hold:", status, b)
	}
	for want, ask := range map[string][4]string{
		"415 not-supported unsupported-media-type": {"Appointment/_search", "application/json", "{}", ""},
		"406 not-supported not-acceptable":         {"Appointment/_search", form, "", "application/fhir+xml"},
		"422 value invalid-input":                  {"Appointment/_search", form, "odd=1", ""},
		"405 not-supported method-not-allowed":     {"Appointment/_history", form, "", ""},
	} {
		status, o := post(ask[0], ask[1], ask[2], ask[3])
		if got := strconv.Itoa(status) + " " + issue(o); got != want {
			t.Errorf("%v: %s, want %s", ask, got, want)
		}
	}
}

// TestWhomAnAppointmentPointsToCanBeRead by those who may, and an entry's address is
// where it can be read.
func TestWhomAnAppointmentPointsToCanBeRead(t *testing.T) {
	c := openClinic(t)
	p := portal{t, c.api, c.callers[1].token}
	_, b := p.ask("Appointment?_id="+c.visits.id, nil)
	entry := b["entry"].([]any)[0].(tree)
	full := entry["fullUrl"].(string)
	if _, path, ok := strings.Cut(full, "/fhir/R4/"); !ok || !strings.HasPrefix(full, "https://") {
		t.Errorf("fullUrl is %s", full)
	} else if status, read := p.ask(path, nil); status != 200 || read["id"] != c.visits.id || read["meta"].(tree)["lastUpdated"] == nil {
		t.Error(status, read)
	}
	seen := 0
	for _, x := range entry["resource"].(tree)["participant"].([]any) {
		reference := x.(tree)["actor"].(tree)["reference"].(string)
		if strings.HasPrefix(reference, "Patient/") || strings.HasPrefix(reference, "Practitioner/") {
			if status, who := p.ask(reference, nil); status != 200 || len(who["name"].([]any)) == 0 {
				t.Errorf("%s: %d %v", reference, status, who)
			}
			seen++
		}
	}
	if seen < 2 {
		t.Errorf("%d references", seen)
	}
	stranger := portal{t, c.api, c.callers[2].token}
	if _, none := stranger.ask("Patient?_id="+c.patient.PatientID, nil); len(entries(none)) != 0 {
		t.Error(none)
	}
}
