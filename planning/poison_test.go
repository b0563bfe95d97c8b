package planning_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/people"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/notify"
	"handrail/planning"
	"handrail/store"
)

func (w *plannedClinic) spoil(collection, id, body string) {
	w.t.Helper()
	d, err := w.Store.Get(w.t.Context(), collection, id)
	w.ok(err)
	d.Body = []byte(body)
	w.ok(w.Store.Replace(w.t.Context(), collection, d))
}

// TestOnePatientStopsNoOthersPlans: nor does a line of the log that can't be read, or
// that is about somebody who can't be.
func TestOnePatientStopsNoOthersPlans(t *testing.T) {
	for _, collection := range []string{"patients", "accounts", "check_in_times", "notify_people"} {
		t.Run(collection, func(t *testing.T) {
			w := newPlannedClinic(t)
			id := map[string]string{"patients": w.sam.PatientID, "check_in_times": w.sam.PatientID}[collection]
			if id == "" {
				id = w.sam.AccountID
			}
			own := w.Chart(w.sam, w.sam.PatientID)
			times, err := own.Record.CheckInTimes(t.Context())
			w.ok(err)
			_, err = own.Record.SetCheckInTimes(t.Context(), times.Version, checkin.Times{Times: []string{"10:00"}})
			w.ok(err)
			w.turn()
			other := w.Chart(w.other, w.other.PatientID)
			_, err = own.Record.SetCheckInTimes(t.Context(), times.Version+1, checkin.Times{Times: []string{"11:00"}})
			w.ok(err)
			w.spoil(collection, id, "{")
			w.ok(w.Store.Insert(t.Context(), "audit", store.Doc{ID: eventID(), Owner: store.Site, Lane: "x", Body: []byte("{")}))
			before := w.version(w.other)
			times, err = other.Record.CheckInTimes(t.Context())
			w.ok(err)
			_, err = other.Record.SetCheckInTimes(t.Context(), times.Version, checkin.Times{Times: []string{"12:00"}})
			w.ok(err)
			for range 3 {
				w.turn()
			}
			if w.version(w.other) == before {
				t.Error("the other patient's plan waits")
			}
			marks, err := w.planner.Aside().Marks(t.Context())
			w.ok(err)
			tries := map[string]int{}
			for _, m := range marks {
				tries[m.Worker] += m.Tries
			}
			if tries["planning"] != 1 || tries["planning-log"] < 1 {
				t.Errorf("marks: %+v", marks)
			}
			w.Clock.Move(time.Minute) // the back-off is over
			w.turn()
			if marks, err = w.planner.Aside().Marks(t.Context()); err != nil || len(marks) < 2 {
				t.Errorf("%+v, %v", marks, err)
			}
		})
	}
}

func eventID() string { return care.NewID() }

// TestOneOfSeveralWhoCantBeToldHoldsNoOtherUp: a privacy officer, or somebody of the team,
// whose record can't be read.
func TestOneOfSeveralWhoCantBeToldHoldsNoOtherUp(t *testing.T) {
	w := newPlannedClinic(t)
	others := []models.Actor{w.First(models.RoleAdministrator, ""), w.First(models.RoleAdministrator, "")}
	colleagues := []models.Actor{w.Clinician(models.DisciplineNursing, w.sam), w.Clinician(models.DisciplineNursing, w.sam)}
	w.turn()
	w.spoil("notify_people", w.Admin.AccountID, "{")
	w.spoil("notify_people", w.doctor.AccountID, "{")
	medic := w.Clinician(models.DisciplinePsychiatry)
	_, err := w.Care.People.BreakGlass(t.Context(), medic, w.sam.PatientID, care.NewID(), people.BreakGlassRequest{Affiliation: "Ambulance", Reason: "overdose", Nature: "Found without breath.", NoConsent: true})
	w.ok(err)
	if err := planning.AskTeam(t.Context(), w.Care, w.notify, notify.Undelivered{ID: care.NewID(), AccountID: w.sam.AccountID}); err == nil {
		t.Error("nobody tries again to tell who could not be")
	}
	if err := w.planner.Call(t.Context()); err == nil {
		t.Error("nobody tries again to call who could not be")
	}
	for _, who := range others {
		if got, _ := w.calls(who); got != 1 {
			t.Errorf("%d calls of a privacy officer", got)
		}
	}
	for _, who := range colleagues {
		if got := w.refs(who.AccountID); !slices.Contains(got, "unreached") {
			t.Errorf("somebody of the team was told of %v", got)
		}
	}
}
