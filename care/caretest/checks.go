package caretest

import (
	"errors"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/internal/chart"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/crisisplan"
	"handrail/store"
)

// WantKind ends the test unless err is a refusal of this kind and code.
func WantKind(t testing.TB, err error, kind models.Kind, code string) {
	t.Helper()
	var e *models.Error
	if !errors.As(err, &e) || e.Kind != kind || e.Code != code {
		t.Fatalf("got %v, want kind %d, code %q", err, kind, code)
	}
}

// Phone is a new device.
func Phone() models.Device { return models.Device{ID: care.NewID(), Name: "Phone"} }

// NewPatient makes a patient's account, and signs nobody in.
func (h *Clinic) NewPatient() models.Account {
	h.t.Helper()
	a, err := h.Care.People.CreateAccount(h.t.Context(), h.Admin, people.NewAccount{Role: models.RolePatient, Name: "Sam"})
	if err != nil {
		h.t.Fatal(err)
	}
	return a
}

// CodeFor makes an enrolment code.
func (h *Clinic) CodeFor(accountID string) string {
	h.t.Helper()
	c, err := h.Care.Signin.NewEnrolmentCode(h.t.Context(), h.Admin, accountID, signin.CodeRequest{Identity: []string{"known-in-person"}})
	if err != nil {
		h.t.Fatal(err)
	}
	return c.Code
}

// Day is a date on the clock of the clinic's patients, some days from now.
func (h *Clinic) Day(move int) string {
	h.t.Helper()
	zone, err := time.LoadLocation(Site.Zone)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.Clock.Now().In(zone).AddDate(0, 0, move).Format(time.DateOnly)
}

// MoodToday is a check-in as most are.
func (h *Clinic) MoodToday() checkin.Submission {
	return checkin.Submission{FormVersion: 1, AnsweredAt: h.Clock.Now(), Zone: "America/New_York",
		Answers: map[string]any{"mood": 4.0, "safety": false}}
}

// Spoil puts a body that nobody can read into the store.
func (h *Clinic) Spoil(collection, id, body string) {
	h.t.Helper()
	d, err := h.Store.Get(h.t.Context(), collection, id)
	if err != nil {
		h.t.Fatal(err)
	}
	d.Body = []byte(body)
	if err := h.Store.Replace(h.t.Context(), collection, d); err != nil {
		h.t.Fatal(err)
	}
}

// Signs are warning signs of a crisis plan.
func Signs(texts ...string) crisisplan.Content {
	var c crisisplan.Content
	for _, t := range texts {
		c.WarningSigns = append(c.WarningSigns, crisisplan.Sign{Text: t})
	}
	return c
}

// FieldsOf are the fields that a refusal names.
func FieldsOf(err error) []models.FieldError {
	if e, ok := errors.AsType[*models.Error](err); ok {
		return e.Fields
	}
	return nil
}

// StopAccount suspends an account as a program does that is killed before the account's
// sessions have ended.
func (h *Clinic) StopAccount(id string) {
	h.t.Helper()
	a, err := chart.Load[models.Account](h.t.Context(), h.Store, chart.ColAccounts, id)
	if err == nil {
		a.Value.Status = models.AccountSuspended
		var doc store.Doc
		if doc, err = chart.Encode(id, chart.AccountOwner(a.Value), a.Version, chart.AccountKeys(a.Value), a.Value); err == nil {
			err = h.Store.Batch(h.t.Context(), store.Replace(chart.ColAccounts, doc))
		}
	}
	if err != nil {
		h.t.Fatal(err)
	}
}
