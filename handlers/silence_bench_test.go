package handlers_test

import (
	"bytes"
	"encoding/json"
	"fmt"
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
func apart(b *testing.B, groups map[string]func(i int) *http.Request, do func(*http.Request) int) float64 {
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
	return high - low
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

// route is one of the document with one id left open.
type route struct {
	name, method, path string // the path has %ID% where the id stands
	body               any
	of                 []string      // that are there, asked for in turn
	none               func() string // never given
}

// BenchmarkPatientOrNobody: what a stranger waits for somebody or something that is there,
// each time another patient, and for an id that is nobody's: each route of the document
// by each of its ids, and the ten that lie furthest apart at the end.
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
	routes := c.silentRoutes(b, patients)
	routes = append(routes, route{"listFHIRPatients", http.MethodGet, "/fhir/R4/Patient?_id=%ID%", nil, patients, care.NewID},
		route{"listFHIRAppointments", http.MethodGet, "/fhir/R4/Appointment?patient=Patient/%ID%", nil, patients, care.NewID},
		route{"readFHIRPractitioner", http.MethodGet, "/fhir/R4/Practitioner/%ID%", nil, accounts, care.NewID})
	var worst []string
	for _, r := range routes {
		for _, who := range []models.Actor{c.stranger, c.outside, c.other} {
			name := r.name + "/" + string(who.Role)
			b.Run(name, func(b *testing.B) {
				lie := c.measure(b, r, who)
				if b.N > 1 {
					worst = append(worst, fmt.Sprintf("%7.1f µs %s", lie, name))
				}
			})
		}
	}
	slices.Sort(worst)
	slices.Reverse(worst)
	fmt.Printf("%d measured; furthest apart:\n%s\n", len(worst), strings.Join(worst[:min(10, len(worst))], "\n"))
}

// silentRoutes are all that name something by an id, but for those of clinicians, whom
// people may know, and of hospitals, which the first page lists. They are made before the clock moves: what is booked is ahead.
func (c *clinic) silentRoutes(b *testing.B, patients []string) (out []route) {
	for _, op := range operations() {
		if op.OperationID == "breakGlass" || op.OperationID == "readFHIRSchedule" || strings.HasPrefix(op.Path, "/v1/clinicians/") {
			continue
		}
		v := c.visitFor(b, op.OperationID)
		for id, value := range v.path {
			if !strings.HasSuffix(strings.ToLower(id), "id") || id == "providerId" || !strings.Contains(op.Path, "{"+id+"}") {
				continue
			}
			r := route{name: op.OperationID + "/" + id, method: op.Method, path: op.Path + v.query, body: v.body,
				of: []string{value}, none: func() string { return neverGiven(value) }}
			if id == "patientId" || op.OperationID == "readFHIRPatient" {
				r.of = patients
			}
			for name, other := range v.path {
				if name == id {
					other = "%ID%"
				}
				r.path = strings.ReplaceAll(r.path, "{"+name+"}", other)
			}
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(x, y route) int { return strings.Compare(x.name, y.name) })
	return out
}

// measure is how far apart one route is for one stranger. A route that lets them in is
// passed over.
func (c *clinic) measure(b *testing.B, r route, who models.Actor) float64 {
	c.Clock.Move(24 * time.Hour) // the first try of a day leaves a line more
	token := c.SignIn(who.AccountID).AccessToken
	request := func(id string) *http.Request {
		var text bytes.Buffer
		if r.body != nil {
			_ = json.NewEncoder(&text).Encode(r.body) // what is encoded comes from a fixture
		}
		q := httptest.NewRequest(r.method, strings.ReplaceAll(r.path, "%ID%", id), &text)
		q.Header.Set("Authorization", "Bearer "+token)
		q.Header.Set("Content-Type", "application/json")
		q.Header.Set("If-Match", `"1"`)
		return q
	}
	send := c.send(b)
	if status := send(request(r.of[0])); status < 400 && r.name != "listFHIRPatients" {
		b.Skip("lets them in")
	}
	ids := []string{}
	for range max(len(r.of), b.N) {
		ids = append(ids, r.none())
	}
	return apart(b, map[string]func(int) *http.Request{
		"somebody": func(i int) *http.Request { return request(r.of[i%len(r.of)]) },
		"nobody":   func(i int) *http.Request { return request(ids[i%len(ids)]) },
	}, func(q *http.Request) int {
		status := send(q)
		if r.name == "listFHIRPatients" && status == http.StatusOK { // a search finds nothing
			return http.StatusNotFound
		}
		return status
	})
}
