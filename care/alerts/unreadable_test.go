package alerts_test

import (
	"testing"
	"time"

	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/risk"
)

// TestARecordThatCantBeReadStopsNoUnsafeAnswer: of a colleague, of a sharing choice, of
// the patient, or of the site. The answer is kept; somebody is called at once where
// anybody can be told, and else when the record is mended.
func TestARecordThatCantBeReadStopsNoUnsafeAnswer(t *testing.T) {
	for name, c := range map[string]struct {
		spoil func(h *caretest.Clinic, p, nurse, doctor models.Actor) (collection, id string)
		owner func(h *caretest.Clinic, nurse, doctor models.Actor) string // "": nobody yet
	}{
		"an account of the team": {
			func(_ *caretest.Clinic, _, nurse, _ models.Actor) (string, string) {
				return "accounts", nurse.AccountID
			},
			func(_ *caretest.Clinic, _, doctor models.Actor) string { return doctor.AccountID },
		},
		"a place in the team": {
			func(_ *caretest.Clinic, p, nurse, _ models.Actor) (string, string) {
				return "memberships", p.PatientID + ":" + nurse.AccountID
			},
			func(_ *caretest.Clinic, _, doctor models.Actor) string { return doctor.AccountID },
		},
		"a sharing choice, which may be a no to anybody": {
			func(h *caretest.Clinic, p, _, _ models.Actor) (string, string) {
				return "consents", h.Share(p, h.Supporter(p), models.ScopeMilestones).ID
			},
			func(h *caretest.Clinic, _, _ models.Actor) string { return h.Admin.AccountID },
		},
		"an administrator": {
			func(h *caretest.Clinic, _, _, _ models.Actor) (string, string) { return "accounts", h.Admin.AccountID },
			func(_ *caretest.Clinic, nurse, _ models.Actor) string { return nurse.AccountID },
		},
		"what the site says of alerts": {
			func(*caretest.Clinic, models.Actor, models.Actor, models.Actor) (string, string) {
				return "alert_settings", "site"
			}, nil,
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := caretest.New(t)
			second := h.First(models.RoleAdministrator, "")
			p := h.Patient()
			nurse, doctor := h.Clinician(models.DisciplineNursing, p), h.Clinician(models.DisciplinePsychiatry, p)
			on(t, h)
			collection, id := c.spoil(h, p, nurse, doctor)
			was, err := h.Store.Get(t.Context(), collection, id)
			if err != nil {
				t.Fatal(err)
			}
			h.Spoil(collection, id, "{")
			if err := unsafe(h, h.Care, p); err != nil {
				t.Fatalf("the answer is not taken: %v", err)
			}
			if c.owner == nil {
				h.Spoil(collection, id, string(was.Body))
				h.Clock.Move(2 * time.Hour)
				if err := h.Instance().Alerts.Follow(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			want := nurse.AccountID
			if c.owner != nil {
				want = c.owner(h, nurse, doctor)
			}
			found := 0
			for _, who := range []models.Actor{nurse, doctor, h.Admin, second} {
				for _, w := range work(t, h, who) {
					if w.Kind == "alert" && w.Alert.Mine && w.Alert.Owner == want && w.Alert.Status == risk.Notified {
						found++
					}
				}
			}
			if found != 1 {
				t.Errorf("%d people answer for it", found)
			}
		})
	}
}

// TestOnePatientsRecordHidesNoOtherWork: what can't be read still says that somebody
// needs attention, and comes first.
func TestOnePatientsRecordHidesNoOtherWork(t *testing.T) {
	h := caretest.New(t)
	sick, well := h.Patient(), h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, sick, well)
	on(t, h)
	for _, p := range []models.Actor{sick, well} {
		if err := unsafe(h, h.Care, p); err != nil {
			t.Fatal(err)
		}
		h.Clock.Move(time.Minute)
	}
	before := work(t, h, nurse)
	if len(before) != 4 {
		t.Fatalf("%+v", before)
	}
	for _, w := range before {
		if w.PatientID != sick.PatientID {
			continue
		}
		collection, id := "alerts", w.ID
		if w.Kind == "check-in" {
			collection, id = "check_ins_unread", w.ID+":"+nurse.AccountID
		}
		h.Spoil(collection, id, "{")
	}
	after := work(t, h, nurse)
	if len(after) != 4 {
		t.Fatalf("%d of 4 are listed", len(after))
	}
	for i, w := range after {
		if w.ID != before[i].ID || w.Kind != before[i].Kind || w.PatientID != before[i].PatientID {
			t.Errorf("place %d: %+v, before %+v", i, w, before[i])
		}
	}
	page, err := h.Care.Alerts.Alerts(t.Context(), nurse, alerts.Filter{}, "", 10)
	if err != nil || len(page.Items) != 2 {
		t.Errorf("%+v, %v", page.Items, err)
	}
	h.Spoil("memberships", sick.PatientID+":"+nurse.AccountID, "{")
	if left := work(t, h, nurse); len(left) != 4 {
		t.Errorf("%d of 4 are listed", len(left))
	}
}
