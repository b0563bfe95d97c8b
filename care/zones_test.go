package care_test

import (
	"encoding/json"
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/people"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/crisisplan"
)

var unknownZones = []string{"posix/America/New_York", "right/America/New_York", "Local", "localtime", "../UTC", "america/new_york", "America/New_york", "Etc/Unknown"}

// TestUnknownZonesAreRefusedForEverybody: one rule, whoever the account is for.
func TestUnknownZonesAreRefusedForEverybody(t *testing.T) {
	h := caretest.New(t)
	for _, role := range []models.Role{models.RolePatient, models.RoleSupporter, models.RoleClinician, models.RoleCoordinator, models.RoleAdministrator} {
		for _, zone := range unknownZones {
			n := people.NewAccount{Role: role, Name: "Sam", Zone: zone}
			if role == models.RoleClinician {
				n.Discipline = models.DisciplineTherapy
			}
			_, err := h.Care.People.CreateAccount(t.Context(), h.Admin, n)
			caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
			if !strings.Contains(fieldsOf(err), "zone unknown-zone") {
				t.Errorf("%s, %s: %s", role, zone, fieldsOf(err))
			}
		}
	}
}

func TestUnknownZonesAreRefusedInCalendars(t *testing.T) {
	h := caretest.New(t)
	doctor := h.Clinician(models.DisciplinePsychiatry)
	for _, zone := range unknownZones {
		a := caretest.Daily()
		a.Zone = zone
		if _, err := h.Care.Visits.SetAvailability(t.Context(), doctor, doctor.AccountID, 1, a); !strings.Contains(fieldsOf(err), "zone unknown-zone") {
			t.Errorf("hours in %s: %v", zone, err)
		}
		r := visits.Resource{ID: care.NewID(), Name: "Room 1", Hours: &a}
		if _, err := h.Care.Visits.SetResource(t.Context(), h.Admin, 0, r); !strings.Contains(fieldsOf(err), "zone unknown-zone") {
			t.Errorf("a room in %s: %v", zone, err)
		}
		s := visits.SiteCalendar{Sites: []visits.Location{{ID: "main", Name: "Main", Zone: zone}}}
		if _, err := h.Care.Visits.SetSiteCalendar(t.Context(), h.Admin, 1, s); !strings.Contains(fieldsOf(err), "zone unknown-zone") {
			t.Errorf("a place in %s: %v", zone, err)
		}
	}
}

func fieldsOf(err error) string {
	known, ok := err.(*models.Error)
	if !ok {
		return ""
	}
	var out []string
	for _, f := range known.Fields {
		out = append(out, f.Field+" "+f.Code)
	}
	return strings.Join(out, ", ")
}

// setZone writes a zone as an older program took it.
func setZone(t *testing.T, h *caretest.Clinic, collection, id, zone string) {
	t.Helper()
	d, err := h.Store.Get(t.Context(), collection, id)
	if err != nil {
		t.Fatal(err)
	}
	var v map[string]any
	if err := json.Unmarshal(d.Body, &v); err != nil {
		t.Fatal(err)
	}
	v["zone"] = zone
	if d.Body, err = json.Marshal(v); err != nil {
		t.Fatal(err)
	}
	if err := h.Store.Replace(t.Context(), collection, d); err != nil {
		t.Fatal(err)
	}
}

// TestStoredUnknownZonesAreReadSafely: nothing that a person does stops at them, and the
// operator finds them.
func TestStoredUnknownZonesAreReadSafely(t *testing.T) {
	for stored, want := range map[string]string{"posix/Europe/Paris": "Europe/Paris", "right/Asia/Tokyo": "Asia/Tokyo", "Local": "America/New_York", "": "America/New_York"} {
		t.Run(stored, func(t *testing.T) {
			h := caretest.New(t)
			h.Offer(caretest.Talk)
			p := h.Patient()
			aunt := h.Supporter(p)
			doctor := h.Clinician(models.DisciplinePsychiatry, p)
			h.Opens(doctor)
			setZone(t, h, "patients", p.PatientID, stored)
			for _, id := range []string{p.AccountID, aunt.AccountID, doctor.AccountID} {
				setZone(t, h, "accounts", id, stored)
			}
			own := h.Chart(p, p.PatientID)
			if _, err := own.Crisis.CrisisPlan(t.Context()); err != nil {
				t.Error(err)
			}
			if _, err := own.Crisis.SavePlan(t.Context(), 0, caretest.Signs("I stay in bed"), ""); err != nil {
				t.Error(err)
			}
			if _, err := own.Crisis.ActivatePlan(t.Context(), 1, crisisplan.Assent{}); err != nil {
				t.Error(err)
			}
			for _, id := range []string{p.AccountID, aunt.AccountID, doctor.AccountID} {
				if a, err := h.Care.Upkeep.Account(t.Context(), id); err != nil || a.Zone != want {
					t.Errorf("%q is read as %q, %v", stored, a.Zone, err)
				}
			}
			if r, err := h.Care.Upkeep.ToRemind(t.Context(), p.PatientID, h.Clock.Now()); err != nil || r.Zone != want {
				t.Errorf("reminders in %q, %v", r.Zone, err)
			}
			if page, err := own.Visits.Slots(t.Context(), visits.SlotQuestion{Ask: caretest.With(doctor), From: h.Clock.Now(), To: h.Clock.Now().AddDate(0, 0, 3)}); err != nil || len(page.Items) == 0 {
				t.Errorf("%d times for a visit, %v", len(page.Items), err)
			}
			odd, err := h.Care.Upkeep.UnknownZones(t.Context())
			if err != nil || len(odd) != 4 || odd[0].Used != want {
				t.Errorf("the operator is told %+v, %v", odd, err)
			}
		})
	}
}
