package handlers_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/handlers"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/notify"
)

var update = flag.Bool("update", false, "write the golden files anew")

// caller is one kind of person who may call a route about one patient.
type caller struct{ name, token string }

// visit is one call: what a caller sends to one operation.
type visit struct {
	path map[string]string
	body any
	// query is appended as it is; header is for If-Match and the like.
	query  string
	header map[string]string
}

// clinic is a clinic with a patient and one caller of each kind around them.
type clinic struct {
	*caretest.Clinic
	api                      *handlers.API
	notify                   *notify.Notifier
	patient, other           models.Actor
	supporter, stranger      models.Actor
	therapist, outside       models.Actor
	doctor, interpreter      models.Actor
	prescribers              []models.Actor // of the patient, and a nurse of their team
	nurse                    models.Actor
	coordinator, admin       models.Actor
	callers                  []caller
	consentID                string
	newcomer, partner        models.Actor
	trainee                  models.Actor
	peer                     models.Actor
	shelter                  string // the partner's organisation
	goalID, checkInID        string
	goalVersion, planVersion int64
	visits                   clinicVisits
	reminders                clinicReminders
	learn                    clinicEducation
	walked                   string // a thread
	met                      string // a meeting
	guide                    string // a guideline of the site
	meetings                 int
	worried                  bool      // a supporter is, twice
	worriedAt                time.Time // from when on the patient's log may tell of nothing
}

func openClinic(t testing.TB) *clinic {
	t.Helper()
	return openClinicOf(t, caretest.New(t))
}

func openClinicOf(t testing.TB, h *caretest.Clinic) *clinic {
	t.Helper()
	c := &clinic{Clinic: h}
	c.notify = newNotifier(t, h)
	c.api = handlers.New(handlers.Config{Care: h.Care, Notify: c.notify, Edge: edge.Config{BaseURL: "https://care.example.org", Log: slog.New(slog.DiscardHandler), Now: h.Clock.Now, Version: "test"}})
	holdToDocument(t, c.api)
	c.patient, c.other = h.Patient(), h.Patient()
	c.supporter, c.stranger = h.Supporter(c.patient), h.Supporter(c.other)
	c.therapist, c.outside = h.Clinician(models.DisciplineTherapy, c.patient), h.Clinician(models.DisciplineTherapy)
	c.doctor = h.Clinician(models.DisciplinePsychiatry)
	c.coordinator, c.admin = h.First(models.RoleCoordinator, ""), h.Admin
	c.interpreter = h.Interpreter("es")
	c.partner, c.peer, c.trainee = c.partnerAccount(t), h.Clinician(models.DisciplinePeer, c.patient), h.Clinician(models.DisciplineTrainee, c.patient)
	c.newcomer = h.Clinician(models.DisciplineNursing)
	c.consentID = h.Share(c.patient, c.supporter, models.ScopeGoalsShared, models.ScopeCrisisPlanShared).ID
	c.fill(t)
	c.callers = []caller{{"nobody", ""}}
	for _, who := range []struct {
		name  string
		actor models.Actor
	}{{"patient", c.patient}, {"other-patient", c.other}, {"supporter", c.supporter}, {"stranger-supporter", c.stranger},
		{"therapist", c.therapist}, {"outside-therapist", c.outside}, {"outside-doctor", c.doctor},
		{"coordinator", c.coordinator}, {"administrator", c.admin}, {"interpreter", c.interpreter},
		{"partner", c.partner}, {"peer", c.peer}, {"trainee", c.trainee}} {
		c.callers = append(c.callers, caller{who.name, h.SignIn(who.actor.AccountID).AccessToken})
	}
	return c
}

// call sends one request and returns the answer.
func (c *clinic) call(t testing.TB, op *huma.Operation, v visit, token string) *http.Response {
	t.Helper()
	path := op.Path
	for k, val := range v.path {
		path = strings.ReplaceAll(path, "{"+k+"}", val)
	}
	var body bytes.Buffer
	if v.body != nil {
		if err := json.NewEncoder(&body).Encode(v.body); err != nil {
			t.Fatal(err)
		}
	}
	r := httptest.NewRequest(op.Method, path+v.query, &body)
	if v.body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for k, val := range v.header {
		r.Header.Set(k, val)
	}
	res, err := c.api.App().Test(r, -1)
	if err != nil {
		t.Fatal(err)
	}
	return res
}

// TestMatrix calls every route of the API document as every kind of caller and
// holds the answers against the table in testdata/matrix.json. Each call is on a
// fresh clinic's own things, so that the order does not matter.
func TestMatrix(t *testing.T) {
	got := map[string]map[string]int{}
	reference := openClinic(t)
	for _, op := range operations() {
		row := map[string]int{}
		for i := range reference.callers {
			res := reference.call(t, op, reference.visitFor(t, op.OperationID), reference.callers[i].token)
			row[reference.callers[i].name] = res.StatusCode
			if res.StatusCode < http.StatusBadRequest { // what was refused changed nothing
				reference.repair(t, op.OperationID, i)
			}
		}
		got[op.Method+" "+op.Path] = row
	}
	goldenJSON(t, "testdata/matrix.json", got)
}

// TestStrangersCannotTellAPatientFromNobody compares, on every route that names somebody or
// something by an id, what a stranger gets for one that is there and for an id that was
// never given out: status, body and headers must be the same, unless the stranger may see it.
func TestStrangersCannotTellAPatientFromNobody(t *testing.T) {
	c := openClinic(t)
	compared := 0
	for _, op := range operations() {
		if op.OperationID == "breakGlass" || op.OperationID == "readFHIRSchedule" || strings.HasPrefix(op.Path, "/v1/clinicians/") {
			continue // by name and reason; of clinicians, whom people may know
		}
		for i, who := range c.callers {
			if who.name != "other-patient" && who.name != "stranger-supporter" && who.name != "outside-therapist" {
				continue
			}
			real := c.visitFor(t, op.OperationID)
			for id := range real.path {
				if !strings.HasSuffix(strings.ToLower(id), "id") || !strings.Contains(op.Path, "{"+id+"}") {
					continue
				}
				none := real
				none.path = maps.Clone(real.path)
				none.path[id] = neverGiven(real.path[id])
				a := c.call(t, op, real, who.token)
				if a.StatusCode < 400 {
					if c.repair(t, op.OperationID, i); id == "patientId" {
						t.Errorf("%s %s lets %s in: %d", op.Method, op.Path, who.name, a.StatusCode)
					}
					continue
				}
				if x, y := shape(t, a), shape(t, c.call(t, op, none, who.token)); x != y {
					t.Errorf("%s %s as %s by %s: somebody gives\n%s, nobody gives\n%s", op.Method, op.Path, who.name, id, x, y)
				}
				compared++
			}
		}
	}
	if compared < 1000 {
		t.Errorf("only %d were compared", compared)
	}
}

// neverGiven is an id of the same form that nobody has.
func neverGiven(id string) string {
	if len(id) == len(care.NewID()) {
		return care.NewID()
	}
	return wrongEnd(id)
}

// TestAStrangerCostsTheSameForAPatientAsForNobody: what the store is asked is the same on
// every route, so that the time tells nothing. The benchmark PatientOrNobody has the time.
func TestAStrangerCostsTheSameForAPatientAsForNobody(t *testing.T) {
	c := openClinic(t)
	s := c.overCounting(t)
	cost := func(op *huma.Operation, v visit, token string) int64 {
		before := s.Asked.Load()
		if res := c.call(t, op, v, token); res.StatusCode < 400 {
			t.Errorf("%s: %d", op.OperationID, res.StatusCode)
		}
		return s.Asked.Load() - before
	}
	asked := 0
	for _, op := range operations() {
		v := c.visitFor(t, op.OperationID)
		id, somebody := "patientId", c.patient.PatientID
		switch {
		case op.OperationID == "breakGlass", op.OperationID == "readFHIRPractitioner", op.OperationID == "readFHIRSlot", op.OperationID == "readFHIRSchedule":
			continue // of clinicians, whom patients may know; breakGlass: by name and reason
		case op.OperationID == "readFHIRPatient", op.OperationID == "readFHIRCarePlan":
			id = "id"
		case op.OperationID == "readFHIRAppointment":
			id, somebody = "id", c.visits.id
		case strings.Contains(op.Path, "{alertId}"):
			id, somebody = "alertId", v.path["alertId"]
		case !strings.Contains(op.Path, "{patientId}"):
			continue
		}
		for _, who := range c.callers {
			if who.name != "other-patient" && who.name != "stranger-supporter" && who.name != "outside-therapist" {
				continue
			}
			real, none := v, v
			real.path, none.path = maps.Clone(v.path), maps.Clone(v.path)
			real.path[id], none.path[id] = somebody, care.NewID()
			cost(op, real, who.token) // what is kept is warm
			cost(op, none, who.token)
			if a, b := cost(op, real, who.token), cost(op, none, who.token); a != b {
				t.Errorf("%s as %s: the store is asked %d times for somebody, %d for nobody", op.OperationID, who.name, a, b)
			}
			asked++
		}
	}
	if asked < 100 {
		t.Errorf("only %d were tried", asked)
	}
}

// shape is an answer without what differs from request to request.
func shape(t testing.TB, res *http.Response) string {
	t.Helper()
	h := maps.Clone(res.Header)
	for _, name := range []string{"Date", "X-Request-Id", "Content-Length"} { // the body is compared as it is
		delete(h, name)
	}
	status := fmt.Sprint(res.Status, " ", h)
	var p map[string]any
	if err := json.NewDecoder(res.Body).Decode(&p); err != nil {
		return status
	}
	delete(p, "instance")
	if issues, ok := p["issue"].([]any); ok { // FHIR's way of saying it
		for _, issue := range issues {
			delete(issue.(map[string]any), "diagnostics")
		}
	}
	out, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return status + " " + string(out)
}

// document is the description of the API, which is the same for each that a test makes and
// takes as long to make as dozens of requests. Nobody writes into it.
var document = sync.OnceValue(func() *huma.OpenAPI {
	return handlers.New(handlers.Config{Edge: edge.Config{Version: "golden"}}).Document()
})

// operations lists every operation, in the order of paths and methods.
var operations = sync.OnceValue(func() []*huma.Operation { return operationsOf(document()) })

func operationsOf(doc *huma.OpenAPI) []*huma.Operation {
	var out []*huma.Operation
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		p := doc.Paths[path]
		for _, op := range []*huma.Operation{p.Get, p.Post, p.Put, p.Patch, p.Delete} {
			if op != nil {
				out = append(out, op)
			}
		}
	}
	return out
}

// goldenJSON holds v against a file of the repository.
func goldenJSON(t testing.TB, file string, v any) {
	t.Helper()
	got, err := json.MarshalIndent(v, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from what the program does now; look at the difference, and if it is meant: go test ./handlers -update\n%s", file, firstDifference(want, got))
	}
}

func firstDifference(want, got []byte) string {
	w, g := strings.Split(string(want), "\n"), strings.Split(string(got), "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return "want " + w[i] + "\ngot  " + g[i]
		}
	}
	return "one is longer"
}
