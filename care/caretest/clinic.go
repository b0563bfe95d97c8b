// Package caretest builds a whole clinic for tests: the real store on disk, the
// real use cases, a clock that the test moves, and people of each role.
package caretest

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest/instants"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/education"
	"handrail/notify"
	"handrail/store"
	"handrail/store/seal"
	"handrail/store/storetest"
)

// Start is the time at which a clinic opens.
var Start = start()

func start() time.Time {
	if os.Getenv(instants.Variable) != "" {
		return instants.Chosen().At
	}
	return time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC)
}

// Site is the clinic of every clinic.
var Site = models.Site{Name: "Riverside Clinic", Zone: "America/New_York", Country: "US", Language: "en",
	Monitoring: models.Monitoring{Hours: "Monday to Friday, 9 to 5", Who: "a nurse of your team", ReviewedOn: "2026-02-01"}}

// Clock is a clock that stands still until it is moved.
type Clock struct {
	mu  sync.Mutex
	now time.Time
}

// Now tells the time.
func (c *Clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Move moves the clock.
func (c *Clock) Move(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// Set sets the clock.
func (c *Clock) Set(t time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = t
}

// Clinic is a clinic under test.
type Clinic struct {
	Care  *care.Care
	Store *seal.Store
	Clock *Clock
	Admin models.Actor
	t     testing.TB
	n     int
}

// New opens a clinic with one administrator.
func New(t testing.TB) *Clinic {
	t.Helper()
	return On(t, storetest.Open(t, slices.Concat(care.Collections(), notify.Collections())...))
}

// NewWith opens a clinic whose program is set up in another way.
func NewWith(t testing.TB, set func(*care.Config)) *Clinic {
	t.Helper()
	h := &Clinic{Store: storetest.Open(t, care.Collections()...), Clock: &Clock{now: Start}, t: t}
	h.Care = h.InstanceWith(set)
	h.Admin = h.First(models.RoleAdministrator, "")
	return h
}

// On opens a clinic on a store of the test's own.
func On(t testing.TB, s *seal.Store) *Clinic {
	t.Helper()
	h := &Clinic{Store: s, Clock: &Clock{now: Start}, t: t}
	h.Care = h.Instance()
	h.Admin = h.First(models.RoleAdministrator, "")
	return h
}

// Instance starts one more instance of the program on the same store, with plan copies
// of its own.
func (h *Clinic) Instance() *care.Care {
	h.t.Helper()
	return h.InstanceWith(func(*care.Config) {})
}

// InstanceWith is Instance, set up in another way.
func (h *Clinic) InstanceWith(set func(*care.Config)) *care.Care {
	h.t.Helper()
	return h.InstanceOn(h.Store, set)
}

// InstanceOn is InstanceWith on a store of the test's own, such as one that fails.
func (h *Clinic) InstanceOn(s store.Store, set func(*care.Config)) *care.Care {
	h.t.Helper()
	kek, err := seal.CreateKEK(filepath.Join(h.t.TempDir(), "shelf-kek.json"))
	if err != nil {
		h.t.Fatal(err)
	}
	config := care.Config{Site: Site, Now: h.Clock.Now, BaseURL: BaseURL, PlanCopiesDir: h.t.TempDir(), Sealer: seal.NewLocal(kek), AlertsUntried: true, Words: WordsOf(Words...)}
	set(&config)
	c, err := care.New(h.t.Context(), s, config)
	if err != nil {
		h.t.Fatal(err)
	}
	return c
}

// WordsOf gives words as the program gives its own.
func WordsOf(words ...education.Words) func() []education.Words {
	return func() []education.Words { return words }
}

// Words are words of an app that a clinician signs.
var Words = []education.Words{
	{ID: "near", Language: "en", Lines: []education.Line{{Key: "near.reach.1", Text: "Call first."}}},
	{ID: "near", Language: "es", Lines: []education.Line{{Key: "near.reach.1", Text: "Llame primero."}}},
}

// First makes an account as the operator's command does, and signs it in.
func (h *Clinic) First(role models.Role, d models.Discipline) models.Actor {
	h.t.Helper()
	return h.make(care.System(), people.NewAccount{Role: role, Discipline: d})
}

// Patient makes a patient and signs them in.
func (h *Clinic) Patient() models.Actor {
	h.t.Helper()
	return h.make(h.Admin, people.NewAccount{Role: models.RolePatient})
}

// Supporter makes somebody of a patient's circle and signs them in.
func (h *Clinic) Supporter(patient models.Actor) models.Actor {
	h.t.Helper()
	s := h.make(h.Admin, people.NewAccount{Role: models.RoleSupporter})
	if _, err := h.Chart(h.Admin, patient.PatientID).People.AddRelated(h.t.Context(), s.AccountID, "parent"); err != nil {
		h.t.Fatal(err)
	}
	return s
}

// Clinician makes a clinician, puts them on the teams of the patients and signs
// them in.
func (h *Clinic) Clinician(d models.Discipline, patients ...models.Actor) models.Actor {
	h.t.Helper()
	a := h.make(h.Admin, people.NewAccount{Role: models.RoleClinician, Discipline: d})
	for _, p := range patients {
		if _, err := h.Chart(h.Admin, p.PatientID).People.JoinTeam(h.t.Context(), care.AnyVersion, a.AccountID, false); err != nil {
			h.t.Fatal(err)
		}
	}
	return a
}

// Interpreter makes an interpreter of languages who can be booked, and signs them in.
func (h *Clinic) Interpreter(languages ...string) models.Actor {
	h.t.Helper()
	a := h.make(h.Admin, people.NewAccount{Role: models.RoleInterpreter})
	if _, err := h.Care.Visits.SetResource(h.t.Context(), h.Admin, 1, visits.Resource{ID: a.AccountID, Name: a.Name, Languages: languages}); err != nil {
		h.t.Fatal(err)
	}
	return a
}

// Share signs a consent of a patient for somebody.
func (h *Clinic) Share(patient, to models.Actor, scopes ...models.Scope) people.ConsentView {
	h.t.Helper()
	end := h.Clock.Now().AddDate(0, 1, 0)
	v, err := h.Chart(patient, patient.PatientID).People.GiveConsent(h.t.Context(), care.NewID(), models.ConsentTerms{
		Kind: models.ConsentSharing, Provision: models.Permit, Recipient: to.AccountID, Scopes: scopes,
		Purposes: []models.Purpose{models.PurposeOf(to.Role)}, Expiry: models.Expiry{At: &end},
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: patient.Name, Method: "typed"}})
	if err != nil {
		h.t.Fatal(err)
	}
	return v
}

// Chart opens a chart, or ends the test.
func (h *Clinic) Chart(actor models.Actor, patientID string) *care.Chart {
	h.t.Helper()
	ch, err := h.Care.Open(h.t.Context(), actor, patientID, models.PurposeOf(actor.Role))
	if err != nil {
		h.t.Fatalf("%s can't open the chart: %v", actor.Name, err)
	}
	return ch
}

// SignIn signs an account in on a new device.
func (h *Clinic) SignIn(accountID string) signin.SignedIn {
	h.t.Helper()
	code, err := h.Care.Signin.NewEnrolmentCode(h.t.Context(), care.System(), accountID, signin.CodeRequest{})
	if err != nil {
		h.t.Fatal(err)
	}
	s, err := h.Care.Signin.Enrol(context.Background(), "203.0.113.7", code.Code, models.Device{ID: care.NewID(), Name: "Phone"})
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func (h *Clinic) make(by models.Actor, n people.NewAccount) models.Actor {
	h.t.Helper()
	h.n++
	n.Name = fmt.Sprintf("%s %d", n.Role, h.n)
	a, err := h.Care.People.CreateAccount(h.t.Context(), by, n)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.SignIn(a.ID).Session.Actor()
}
