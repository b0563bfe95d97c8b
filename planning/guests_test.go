package planning_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/models/schedule"
)

// bookWith books a talk of the patient, by who asks, with the doctor and a supporter who
// may come.
func (w *plannedClinic) bookWith(by, supporter models.Actor, start time.Time) care.Versioned[visits.VisitView] {
	w.t.Helper()
	ask := caretest.With(w.doctor)
	ask.Roles = append(ask.Roles, visits.VisitRole{Key: "family", Kind: schedule.Supporter, Who: []string{supporter.AccountID}, Optional: true})
	v, err := w.Chart(by, w.sam.PatientID).Visits.BookDirect(w.t.Context(), care.NewID(), ask, start)
	w.ok(err)
	return v
}

func (w *plannedClinic) mother() models.Actor {
	w.t.Helper()
	m := w.Supporter(w.sam)
	w.Share(w.sam, m, models.ScopeAppointmentTimes)
	return m
}

// ofVisit are the refs of somebody's inbox that name a visit, with the part before it.
func (w *plannedClinic) ofVisit(who models.Actor, k reminder.Kind, visitID string) (out []string) {
	w.t.Helper()
	for _, ref := range w.told(who, k) {
		if before, _, found := strings.Cut(ref, visitID); found {
			out = append(out, strings.TrimSuffix(before, ":"))
		}
	}
	return out
}

// TestEverybodyInAVisitIsTold: the doctor and the mother hear of a visit, that it moved,
// when it is near, and that the patient called it off; who did it is told nothing.
func TestEverybodyInAVisitIsTold(t *testing.T) {
	w := newPlannedClinic(t)
	mother := w.mother()
	w.Clock.Set(caretest.At(1, 12, 0))
	v := w.bookWith(w.sam, mother, caretest.At(3, 10, 0))
	w.turn()
	both := map[string]models.Actor{"doctor": w.doctor, "mother": mother}
	for name, who := range both {
		if got := w.ofVisit(who, reminder.VisitConfirmed, v.Value.ID); len(got) != 1 {
			t.Errorf("%s: booked: %v", name, got)
		}
		for k, at := range map[reminder.Kind]time.Time{reminder.VisitSoon: caretest.At(3, 9, 0), reminder.VisitNow: caretest.At(3, 9, 50)} {
			if items := w.coming(who, k); len(items) != 1 || !items[0].At.Equal(at) {
				t.Errorf("%s: %s: %+v", name, k, items)
			}
		}
		if items := w.coming(who, reminder.VisitAhead); len(items) != 1 {
			t.Errorf("%s: the day before: %+v", name, items)
		}
	}
	w.Clock.Move(time.Hour)
	v, err := w.own().Visits.Reschedule(t.Context(), v.Value.ID, v.Version, caretest.At(4, 10, 0))
	w.ok(err)
	w.turn()
	for name, who := range both {
		if got := w.ofVisit(who, reminder.VisitConfirmed, v.Value.ID); len(got) != 2 {
			t.Errorf("%s: moved: %v", name, got)
		}
	}
	w.Clock.Move(time.Hour)
	_, err = w.own().Visits.CancelVisit(t.Context(), v.Value.ID, v.Version, "pat")
	w.ok(err)
	w.turn()
	for name, who := range both {
		if got := w.ofVisit(who, reminder.News, v.Value.ID); !slices.Equal(got, []string{"visit-off"}) {
			t.Errorf("%s: called off: %v", name, got)
		}
		if left := w.coming(who, ofVisits...); len(left) > 0 {
			t.Errorf("%s: still reminded: %+v", name, left)
		}
	}
	if got := w.ofVisit(w.sam, reminder.News, v.Value.ID); len(got) != 0 {
		t.Errorf("the patient is told what they did: %v", got)
	}
}

// TestANoReachesWhoComes: an interpreter's no, or a clinician's, reaches the other
// clinicians of the visit, and the coordinators of the team, who find somebody else; a
// guest's no asks for nobody.
func TestANoReachesWhoComes(t *testing.T) {
	w := newPlannedClinic(t)
	office := w.First(models.RoleCoordinator, "")
	_, err := w.Chart(w.Admin, w.sam.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, office.AccountID, false)
	w.ok(err)
	ana, mother := w.Interpreter("es"), w.mother()
	w.Clock.Set(caretest.At(1, 12, 0))
	v := w.bookInterpreted(caretest.At(3, 10, 0))
	w.turn()
	_, err = w.Chart(ana, w.sam.PatientID).Visits.AnswerVisit(t.Context(), v.Value.ID, schedule.Declined)
	w.ok(err)
	w.turn()
	if got := w.ofVisit(w.doctor, reminder.News, v.Value.ID); !slices.Equal(got, []string{"visit-no"}) {
		t.Errorf("the doctor: %v", got)
	}
	if got := w.ofVisit(office, reminder.News, v.Value.ID); !slices.Equal(got, []string{"visit-cover"}) {
		t.Errorf("the coordinator: %v", got)
	}
	v = w.bookWith(w.sam, mother, caretest.At(5, 10, 0))
	w.turn()
	_, err = w.Chart(mother, w.sam.PatientID).Visits.AnswerVisit(t.Context(), v.Value.ID, schedule.Declined)
	w.ok(err)
	w.turn()
	if got := w.ofVisit(w.doctor, reminder.News, v.Value.ID); !slices.Equal(got, []string{"visit-no"}) {
		t.Errorf("the doctor: %v", got)
	}
	if got := w.ofVisit(office, reminder.News, v.Value.ID); len(got) != 0 {
		t.Errorf("the coordinator is asked for a guest: %v", got)
	}
	if left := w.coming(mother, ofVisits...); len(left) > 0 {
		t.Errorf("reminded of what she declined: %+v", left)
	}
}

// TestAGuestWhoMayNotSeeIsTold nothing: the consent ended, and nobody says so either.
func TestAGuestWhoMayNotSeeIsToldNothing(t *testing.T) {
	w := newPlannedClinic(t)
	mother := w.Supporter(w.sam)
	consent := w.Share(w.sam, mother, models.ScopeAppointmentTimes)
	w.Clock.Set(caretest.At(1, 12, 0))
	v := w.bookWith(w.sam, mother, caretest.At(3, 10, 0))
	w.turn()
	if len(w.coming(mother, ofVisits...)) == 0 {
		t.Fatal("nothing was planned")
	}
	w.ok(w.own().People.RevokeConsent(t.Context(), consent.ID))
	w.turn()
	if left := w.coming(mother, ofVisits...); len(left) > 0 {
		t.Errorf("still reminded: %+v", left)
	}
	_, err := w.own().Visits.CancelVisit(t.Context(), v.Value.ID, v.Version, "pat")
	w.ok(err)
	w.turn()
	if got := w.told(mother, reminder.News); len(got) != 0 {
		t.Errorf("told: %v", got)
	}
}

// TestAVisitTakesPlaceWithoutItsGuest: an optional guest who never answered holds up
// nothing, and who is concerned hears how the visit went.
func TestAVisitTakesPlaceWithoutItsGuest(t *testing.T) {
	w := newPlannedClinic(t)
	mother := w.mother()
	nurse := w.Clinician(models.DisciplineNursing, w.sam)
	w.Opens(nurse)
	w.Clock.Set(caretest.At(1, 12, 0))
	ask := caretest.With(w.doctor, nurse)
	ask.Roles = append(ask.Roles, visits.VisitRole{Key: "family", Kind: schedule.Supporter, Who: []string{mother.AccountID}, Optional: true})
	v, err := w.own().Visits.BookDirect(t.Context(), care.NewID(), ask, caretest.At(3, 10, 0))
	w.ok(err)
	if v.Value.Status != schedule.Booked {
		t.Fatalf("it waits for the guest: %s", v.Value.Status)
	}
	w.Clock.Set(caretest.At(3, 9, 45))
	v, err = w.own().Visits.MoveVisit(t.Context(), v.Value.ID, v.Version, schedule.Arrived)
	w.ok(err)
	w.turn()
	if got := w.ofVisit(w.doctor, reminder.News, v.Value.ID); !slices.Equal(got, []string{"visit-here"}) {
		t.Errorf("the patient is there: %v", got)
	}
	w.Clock.Set(caretest.At(3, 10, 50))
	v, err = w.Chart(w.doctor, w.sam.PatientID).Visits.MoveVisit(t.Context(), v.Value.ID, v.Version, schedule.Fulfilled)
	w.ok(err)
	w.turn()
	if got := w.ofVisit(nurse, reminder.News, v.Value.ID); !slices.Equal(got, []string{"visit-here"}) {
		t.Errorf("that it took place is no news: %v", got)
	}

	v, err = w.own().Visits.BookDirect(t.Context(), care.NewID(), ask, caretest.At(4, 10, 0))
	w.ok(err)
	w.Clock.Set(caretest.At(4, 10, 30))
	v, err = w.Chart(w.doctor, w.sam.PatientID).Visits.MoveVisit(t.Context(), v.Value.ID, v.Version, schedule.NoShow)
	w.ok(err)
	w.turn()
	for name, c := range map[string]struct {
		who  models.Actor
		want []string
	}{"patient": {w.sam, []string{"visit-missed"}}, "nurse": {nurse, []string{"visit-missed"}}, "who noted it": {w.doctor, nil}, "mother": {mother, nil}} {
		if got := w.ofVisit(c.who, reminder.News, v.Value.ID); !slices.Equal(got, c.want) {
			t.Errorf("missed, %s: %v", name, got)
		}
	}
}

// TestAConferenceIsRemindedOf: both clinicians hear when it is near, the one who was asked
// that it is booked and called off; nobody of the patient's side hears of it.
func TestAConferenceIsRemindedOf(t *testing.T) {
	w := newPlannedClinic(t)
	mother := w.mother()
	nurse := w.Clinician(models.DisciplineNursing, w.sam)
	w.Opens(nurse)
	w.Clock.Set(caretest.At(1, 12, 0))
	id := care.NewID()
	v, err := w.Care.Visits.CallConference(t.Context(), w.doctor, id, visits.ConferenceAsk{VisitType: caretest.Talk.ID, Modality: schedule.Video,
		Who: []string{nurse.AccountID}, Agenda: []visits.AgendaItem{{PatientID: w.sam.PatientID, Topic: "Sleep"}}}, caretest.At(3, 10, 0))
	w.ok(err)
	w.turn()
	for name, who := range map[string]models.Actor{"doctor": w.doctor, "nurse": nurse} {
		for k, at := range map[reminder.Kind]time.Time{reminder.VisitSoon: caretest.At(3, 9, 0), reminder.VisitNow: caretest.At(3, 9, 50)} {
			if items := w.coming(who, k); len(items) != 1 || !items[0].At.Equal(at) {
				t.Errorf("%s: %s: %+v", name, k, items)
			}
		}
	}
	if got := w.ofVisit(nurse, reminder.VisitConfirmed, id); len(got) != 1 {
		t.Errorf("the nurse: booked: %v", got)
	}
	_, err = w.Care.Visits.CancelConference(t.Context(), w.doctor, id, v.Version, "prov")
	w.ok(err)
	w.turn()
	if got := w.ofVisit(nurse, reminder.News, id); !slices.Equal(got, []string{"visit-off"}) || len(w.coming(nurse, reminder.VisitSoon)) > 0 {
		t.Errorf("the nurse: called off: %v", got)
	}
	for _, who := range []models.Actor{w.sam, mother} {
		if n := len(w.ofVisit(who, reminder.News, id)) + len(w.ofVisit(who, reminder.VisitConfirmed, id)) + len(w.coming(who, reminder.VisitSoon)); n > 0 {
			t.Errorf("%s hears of it", who.Name)
		}
	}
}
