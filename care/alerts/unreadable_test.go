package alerts_test

import (
	"context"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/duty"
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
		"somebody on a rota": {
			func(h *caretest.Clinic, _, _, _ models.Actor) (string, string) {
				night := h.Clinician(models.DisciplineNursing)
				if _, err := h.Care.Duty.Create(t.Context(), h.Admin, care.NewID(), duty.Terms{Name: "Nights", Zone: "UTC", Serves: duty.ServesCover, OnCall: true,
					Shifts: []duty.Shift{{AccountID: night.AccountID, Days: []int{1, 2, 3, 4, 5, 6, 7}, From: "00:00", To: "24:00"}}}); err != nil {
					t.Fatal(err)
				}
				return "accounts", night.AccountID
			},
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
	if len(before) != 2 || len(before[0].CheckIns) != 1 || before[0].PatientID != sick.PatientID {
		t.Fatalf("%+v", before)
	}
	h.Spoil("alerts", before[0].ID, "{")
	h.Spoil("check_ins_unread", before[0].CheckIns[0]+":"+nurse.AccountID, "{")
	after := work(t, h, nurse) // what can't be read says no more what it belongs to
	if len(after) != 3 || after[0].ID != before[0].ID || after[1].ID != before[1].ID || after[2].ID != before[0].CheckIns[0] || after[2].Kind != "check-in" {
		t.Fatalf("%+v", after)
	}
	page, err := h.Care.Alerts.Alerts(t.Context(), nurse, alerts.Filter{}, "", 10)
	if err != nil || len(page.Items) != 2 {
		t.Errorf("%+v, %v", page.Items, err)
	}
	h.Spoil("memberships", sick.PatientID+":"+nurse.AccountID, "{")
	if left := work(t, h, nurse); len(left) != 3 {
		t.Errorf("%d of 3 are listed", len(left))
	}
}

// TestWhatNobodyHasReadGoesToWhoReadsNow: who leaves the team, or is stopped, takes
// nothing along.
func TestWhatNobodyHasReadGoesToWhoReadsNow(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	waits := func(who models.Actor) int { return len(work(t, h, who)) }
	if err := h.Chart(h.Admin, p.PatientID).People.LeaveTeam(t.Context(), 0, nurse.AccountID); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Alerts.Recheck(t.Context(), p.PatientID); err != nil {
		t.Fatal(err)
	}
	if waits(nurse) != 0 || waits(h.Admin) != 1 {
		t.Fatalf("nobody is left on the team: %d, %d", waits(nurse), waits(h.Admin))
	}
	doctor, second := h.Clinician(models.DisciplinePsychiatry, p), h.Clinician(models.DisciplineTherapy, p)
	for range 2 { // twice is once
		if err := h.Care.Alerts.Recheck(t.Context(), p.PatientID); err != nil {
			t.Fatal(err)
		}
	}
	if waits(h.Admin) != 0 || waits(doctor) != 1 || waits(second) != 1 {
		t.Fatalf("a new team: %d, %d, %d", waits(h.Admin), waits(doctor), waits(second))
	}
	if _, err := h.Care.People.Suspend(t.Context(), h.Admin, 0, doctor.AccountID, true); err != nil {
		t.Fatal(err)
	}
	if err := h.Care.Alerts.RecheckOwner(t.Context(), doctor.AccountID); err != nil {
		t.Fatal(err)
	}
	if waits(doctor) != 0 || waits(second) != 1 {
		t.Errorf("one is stopped: %d, %d", waits(doctor), waits(second))
	}
}

// TestAPatientIsPromisedWhatIsTrue: that somebody is asked only when an alert about this
// answer is open, and that it is now only when a channel reaches them.
func TestAPatientIsPromisedWhatIsTrue(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	h.Clinician(models.DisciplineNursing, p)
	id := care.NewID()
	send := func() alerts.Watch {
		out, err := h.Chart(p, p.PatientID).Record.SendCheckIn(t.Context(), id, checkin.Submission{FormVersion: 1, AnsweredAt: h.Clock.Now(),
			Zone: "America/New_York", Answers: map[string]any{"mood": 3.0, "safety": true}})
		if err != nil || out.Help == nil {
			t.Fatal(out.Help, err)
		}
		return out.Help.Watch
	}
	if w := send(); w.On || w.Now {
		t.Errorf("alerts are off: %+v", w)
	}
	on(t, h)
	if w := send(); w.On || w.Now {
		t.Errorf("the same again, and nobody was asked about it: %+v", w)
	}
	id = care.NewID()
	if w := send(); !w.On || !w.Now {
		t.Errorf("somebody is asked: %+v", w)
	}
	h.Care.Alerts.ReachedBy(func(context.Context, string) (bool, error) { return false, nil })
	id = care.NewID()
	if w := send(); w.Now || w.On {
		t.Errorf("no channel reaches anybody: %+v", w)
	}
}
