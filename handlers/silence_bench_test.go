package handlers

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/people"
	"handrail/models"
)

// median is the one in the middle, in microseconds.
func median(all []time.Duration) float64 {
	slices.Sort(all)
	return float64(all[len(all)/2].Nanoseconds()) / 1e3
}

// apart measures what a stranger could: calls of several groups in turn, so that a busy
// machine is busy for all of them, and how far the medians lie apart. It is told in the
// figures of the benchmark: a test would fail of a busy machine.
func apart(b *testing.B, groups map[string]func(i int) *http.Request, do func(*http.Request) int) {
	b.Helper()
	order := slices.Sorted(maps.Keys(groups))
	times := map[string][]time.Duration{}
	for i := range b.N {
		for j := range order {
			name := order[(i+j)%len(order)] // nobody is always first
			r := groups[name](i)
			began := time.Now()
			status := do(r)
			times[name] = append(times[name], time.Since(began))
			if status < 400 || status == http.StatusTooManyRequests || status >= 500 {
				b.Fatalf("%s: %d", name, status)
			}
		}
	}
	low, high := 0.0, 0.0
	for _, name := range order {
		m := median(times[name])
		if low == 0 || m < low {
			low = m
		}
		high = max(high, m)
		b.ReportMetric(m, strings.ReplaceAll(name, " ", "-")+"-µs")
	}
	b.ReportMetric(high-low, "apart-µs")
	b.ReportMetric(0, "ns/op")
}

func (c *clinic) send(b *testing.B) func(*http.Request) int {
	return func(r *http.Request) int {
		res, err := c.api.App().Test(r, -1)
		if err != nil {
			b.Fatal(err)
		}
		return res.StatusCode
	}
}

// BenchmarkPatientOrNobody: what a stranger waits for a patient who is there, each time
// another one, and for an id that is nobody's.
//
//	go test ./handlers -run '^$' -bench PatientOrNobody -benchtime 2000x
func BenchmarkPatientOrNobody(b *testing.B) {
	c := openClinic(b)
	var patients, accounts []string
	for range 2000 {
		a, err := c.Care.People.CreateAccount(b.Context(), c.admin, people.NewAccount{Role: models.RolePatient, Name: "Sam"})
		if err != nil {
			b.Fatal(err)
		}
		patients, accounts = append(patients, a.PatientID), append(accounts, a.ID)
	}
	ask := func(op, method, path string, body any, of []string) {
		for _, who := range []models.Actor{c.stranger, c.outside, c.other} {
			b.Run(op+"/"+string(who.Role), func(b *testing.B) {
				c.Clock.Move(24 * time.Hour) // the first try of a day leaves a line more
				token := c.SignIn(who.AccountID).AccessToken
				request := func(id string) *http.Request {
					var text bytes.Buffer
					if body != nil {
						_ = json.NewEncoder(&text).Encode(body) // what is encoded comes from below
					}
					r := httptest.NewRequest(method, strings.ReplaceAll(path, "{patientId}", id), &text)
					r.Header.Set("Authorization", "Bearer "+token)
					r.Header.Set("Content-Type", "application/json")
					r.Header.Set("If-Match", `"1"`)
					return r
				}
				ids := []string{}
				for range of {
					ids = append(ids, care.NewID())
				}
				apart(b, map[string]func(int) *http.Request{
					"somebody": func(i int) *http.Request { return request(of[i%len(of)]) },
					"nobody":   func(i int) *http.Request { return request(ids[i%len(ids)]) },
				}, func(r *http.Request) int {
					status := c.send(b)(r)
					if op == "listFHIRPatients" && status == http.StatusOK { // a search finds nothing
						return http.StatusNotFound
					}
					return status
				})
			})
		}
	}
	var routes []func()
	for _, op := range operations(c.api) { // made before the clock moves: what is booked is ahead
		if !strings.Contains(op.Path, "{patientId}") || op.OperationID == "breakGlass" {
			continue
		}
		v := c.visitFor(b, op.OperationID)
		path := op.Path + v.query
		for name, value := range v.path {
			if name != "patientId" {
				path = strings.ReplaceAll(path, "{"+name+"}", value)
			}
		}
		routes = append(routes, func() { ask(op.OperationID, op.Method, path, v.body, patients) })
	}
	ask("readFHIRPatient", http.MethodGet, "/fhir/R4/Patient/{patientId}", nil, patients)
	ask("listFHIRPatients", http.MethodGet, "/fhir/R4/Patient?_id={patientId}", nil, patients)
	ask("listFHIRAppointments", http.MethodGet, "/fhir/R4/Appointment?patient=Patient/{patientId}", nil, patients)
	ask("readFHIRAppointment", http.MethodGet, "/fhir/R4/Appointment/{patientId}", nil, []string{c.visits.id})
	ask("readFHIRPractitioner", http.MethodGet, "/fhir/R4/Practitioner/{patientId}", nil, accounts)
	for _, route := range routes {
		route()
	}
}
