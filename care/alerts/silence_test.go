package alerts_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
)

// answersDaily has a patient check in on each of some days, and ends on the last of them.
func answersDaily(t *testing.T, h *caretest.Clinic, p models.Actor, days int) {
	t.Helper()
	for range days {
		h.Clock.Move(24 * time.Hour)
		sends(t, h, p, map[string]any{"mood": 5.0, "safety": false})
	}
}

func sends(t *testing.T, h *caretest.Clinic, p models.Actor, answers map[string]any) string {
	t.Helper()
	id := care.NewID()
	_, err := h.Chart(p, p.PatientID).Record.SendCheckIn(context.Background(), id, checkin.Submission{FormVersion: 1, AnsweredAt: h.Clock.Now(),
		Zone: "America/New_York", Answers: answers})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// look is what the worker does that looks at everybody.
func look(t *testing.T, h *caretest.Clinic, p models.Actor) {
	t.Helper()
	if err := h.Care.Alerts.LookForSilence(t.Context(), p.PatientID); err != nil {
		t.Fatal(err)
	}
}

func rulesOf(t *testing.T, h *caretest.Clinic, who models.Actor) (out []string) {
	t.Helper()
	for _, w := range work(t, h, who) {
		if w.Alert != nil {
			out = append(out, w.Alert.Rules...)
		}
	}
	return out
}

// TestSilenceIsHeardOnce: two missed check-ins are routine, three are elevated, each once;
// the same silence says nothing more, and a check-in ends it.
func TestSilenceIsHeardOnce(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	on(t, h)
	answersDaily(t, h, p, 5)
	for day, want := range [][]string{nil, nil, nil, {"R-CI-1"}, {"R-CI-1", "R-CI-2"}, {"R-CI-1", "R-CI-2"}} {
		for range 3 {
			look(t, h, p)
		}
		if got := rulesOf(t, h, nurse); !slices.Equal(got, want) {
			t.Fatalf("day %d: %v, want %v", day, got, want)
		}
		h.Clock.Move(24 * time.Hour)
	}
	alert := work(t, h, nurse)[0].Alert
	if len(alert.Evidence) != 2 || alert.Tier != checkin.Elevated || alert.Evidence[0].Source != risk.FromProgram {
		t.Fatalf("%+v", alert)
	}
	must(h.Care.Alerts.Record(t.Context(), nurse, alert.ID, risk.Ending{Status: risk.Resolved, Code: "reached-safe"}))(t)
	h.Clock.Move(30 * 24 * time.Hour)
	look(t, h, p)
	if got := rulesOf(t, h, nurse); len(got) != 0 {
		t.Fatalf("a silence that has an outcome is asked about again: %v", got)
	}
	answersDaily(t, h, p, 5)
	h.Clock.Move(3 * 24 * time.Hour)
	look(t, h, p)
	if got := rulesOf(t, h, nurse); len(got) == 0 {
		t.Fatal("the next silence says nothing")
	}
}

// TestVectorE: three missed check-ins while admitted are no alert; neither are those of a
// pause that the patient set. When it ends, what is missed counts from then on.
func TestVectorE(t *testing.T) {
	for name, quiet := range map[string]func(*testing.T, *caretest.Clinic, models.Actor, models.Actor) string{
		"in hospital": func(t *testing.T, h *caretest.Clinic, p, nurse models.Actor) string {
			return state(t, h, p, nurse, risk.InHospital)
		},
		"in jail": func(t *testing.T, h *caretest.Clinic, p, nurse models.Actor) string {
			return state(t, h, p, nurse, risk.InJail)
		},
		"away": func(t *testing.T, h *caretest.Clinic, p, nurse models.Actor) string {
			return state(t, h, p, nurse, risk.Away)
		},
		"pause": func(t *testing.T, h *caretest.Clinic, p, _ models.Actor) string {
			until := h.Clock.Now().AddDate(0, 0, 6).Format(time.DateOnly)
			must(h.Chart(p, p.PatientID).Record.SetPause(t.Context(), 1, risk.Pause{Until: until}))(t)
			return until
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := caretest.New(t)
			p := h.Patient()
			nurse := h.Clinician(models.DisciplineNursing, p)
			on(t, h)
			answersDaily(t, h, p, 5)
			quiet(t, h, p, nurse)
			for range 5 {
				h.Clock.Move(24 * time.Hour)
				look(t, h, p)
			}
			if got := rulesOf(t, h, nurse); len(got) != 0 {
				t.Fatalf("%v", got)
			}
			h.Clock.Move(2 * 24 * time.Hour)
			look(t, h, p)
			if got := rulesOf(t, h, nurse); len(got) != 0 {
				t.Fatalf("what was missed before it ended counts: %v", got)
			}
			h.Clock.Move(3 * 24 * time.Hour)
			look(t, h, p)
			if got := rulesOf(t, h, nurse); len(got) == 0 {
				t.Fatal("it does not end")
			}
		})
	}
}

// state records one that ends by itself in six days.
func state(t *testing.T, h *caretest.Clinic, p, nurse models.Actor, s risk.State) string {
	t.Helper()
	until := h.Clock.Now().AddDate(0, 0, 6).Format(time.DateOnly)
	must(h.Chart(nurse, p.PatientID).Record.SetContactState(t.Context(), 1, risk.ContactState{State: s, Until: until}))(t)
	return until
}

// TestWhoRecordsAState: the team does, the patient reads it and sets their own pause, and
// family learns of none.
func TestWhoRecordsAState(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse, mother := h.Clinician(models.DisciplineNursing, p), h.Supporter(p)
	h.Share(p, mother, models.ScopeMilestones)
	died := risk.ContactState{State: risk.Died}
	own := h.Chart(p, p.PatientID).Record
	if _, err := own.SetContactState(t.Context(), 1, died); models.KindOf(err) != models.KindForbidden {
		t.Error(err)
	}
	must(h.Chart(nurse, p.PatientID).Record.SetContactState(t.Context(), 1, died))(t)
	must(h.Chart(nurse, p.PatientID).Record.SetContactState(t.Context(), 1, died))(t) // the same again
	if v := must(own.ContactState(t.Context()))(t); v.Value.State != risk.Died || v.Value.ByName != nurse.Name {
		t.Errorf("%+v", v)
	}
	if _, err := h.Chart(mother, p.PatientID).Record.ContactState(t.Context()); err == nil {
		t.Error("family reads it")
	}
	if _, err := h.Chart(nurse, p.PatientID).Record.SetPause(t.Context(), 1, risk.Pause{}); models.KindOf(err) != models.KindForbidden {
		t.Error(err)
	}
	for _, day := range []string{"2026-03-02", "2020-01-01", "2027-01-01", "soon"} {
		if _, err := own.SetPause(t.Context(), 1, risk.Pause{Until: day}); models.KindOf(err) != models.KindInvalid {
			t.Errorf("a pause until %s: %v", day, err)
		}
	}
	for _, s := range []risk.ContactState{{State: "gone"}, {State: risk.Died, Until: "2026-03-10"}, {State: risk.Away, Until: "2020-01-01"}} {
		if _, err := h.Chart(nurse, p.PatientID).Record.SetContactState(t.Context(), 2, s); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%+v: %v", s, err)
		}
	}
}

// TestMissedVisits: one is routine, two in a row are elevated, one in the week after
// something urgent is urgent; the same line again is nothing new.
func TestMissedVisits(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	on(t, h)
	visit := care.NewID()
	for range 2 {
		if err := h.Care.Alerts.VisitMissed(t.Context(), p.PatientID, visit, false); err != nil {
			t.Fatal(err)
		}
	}
	first := work(t, h, nurse)[0].Alert
	if first.Tier != checkin.Routine || len(first.Evidence) != 1 {
		t.Fatalf("%+v", first)
	}
	if err := h.Care.Alerts.VisitMissed(t.Context(), p.PatientID, care.NewID(), true); err != nil {
		t.Fatal(err)
	}
	if a := work(t, h, nurse)[0].Alert; a.Tier != checkin.Elevated || a.Rules[1] != "R-VI-2" {
		t.Fatalf("%+v", a)
	}
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	h.Clock.Move(6 * 24 * time.Hour)
	if err := h.Care.Alerts.VisitMissed(t.Context(), p.PatientID, care.NewID(), false); err != nil {
		t.Fatal(err)
	}
	urgent := 0
	for _, w := range work(t, h, nurse) {
		if w.Alert != nil && w.Tier == checkin.Urgent {
			urgent++
		}
	}
	if urgent != 2 {
		t.Fatalf("%d urgent", urgent)
	}
}

// TestHistoryCounts: an opioid after a week without is urgent, by the own answers.
func TestHistoryCounts(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	on(t, h)
	for range 4 {
		sends(t, h, p, map[string]any{"use": "none", "safety": false})
		h.Clock.Move(48 * time.Hour)
	}
	sends(t, h, p, map[string]any{"use": "opioid", "safety": false})
	if a := work(t, h, nurse)[0].Alert; a == nil || a.Tier != checkin.Urgent || a.Rule != "R-OD-1" {
		t.Fatalf("%+v", work(t, h, nurse)[0])
	}
}
