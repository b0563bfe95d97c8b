package visits_test

import (
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// feedOf reads a feed as a calendar program does.
func feedOf(t *testing.T, h *caretest.Clinic, token string) []visits.VisitTime {
	t.Helper()
	var got []visits.VisitTime
	err := h.Care.Visits.FeedVisits(t.Context(), token, func(v []visits.VisitTime) (bool, error) { got = v; return false, nil })
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func feedRefused(t *testing.T, h *caretest.Clinic, token string) {
	t.Helper()
	err := h.Care.Visits.FeedVisits(t.Context(), token, func([]visits.VisitTime) (bool, error) { t.Error("visits left"); return false, nil })
	if models.KindOf(err) != models.KindNotFound {
		t.Errorf("want not found, have %v", err)
	}
}

func newFeed(t *testing.T, h *caretest.Clinic, who models.Actor) string {
	t.Helper()
	token, f, err := h.Care.Visits.NewCalendarFeed(t.Context(), who)
	if err != nil || !f.Exists || len(token) != 43 {
		t.Fatal(token, f, err)
	}
	return token
}

// talking is a clinic with a patient, a therapist and one booked visit.
func talking(t *testing.T) (h *caretest.Clinic, patient, therapist models.Actor, v care.Versioned[visits.VisitView]) {
	h = caretest.New(t)
	patient = h.Patient()
	therapist = h.Clinician(models.DisciplineTherapy, patient)
	h.Offer(caretest.Talk)
	h.Opens(therapist)
	v, err := h.Chart(patient, patient.PatientID).Visits.BookDirect(t.Context(), care.NewID(), caretest.With(therapist), caretest.At(2, 10, 0))
	if err != nil {
		t.Fatal(err)
	}
	return h, patient, therapist, v
}

func TestAFeedFollowsItsVisits(t *testing.T) {
	h, patient, therapist, v := talking(t)
	mine, theirs := newFeed(t, h, patient), newFeed(t, h, therapist)
	own := h.Chart(patient, patient.PatientID)
	if _, err := own.Visits.Hold(t.Context(), care.NewID(), caretest.With(therapist), caretest.At(5, 10, 0)); err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{mine, theirs} {
		got := feedOf(t, h, token)
		if len(got) != 1 || got[0].VisitID != v.Value.ID || !got[0].Start.Equal(caretest.At(2, 10, 0)) || got[0].Sequence != 0 || got[0].Tentative {
			t.Errorf("a booked visit and a hold give %+v", got)
		}
	}
	h.Clock.Move(time.Minute)
	v, err := own.Visits.Reschedule(t.Context(), v.Value.ID, v.Version, caretest.At(3, 11, 0))
	if err != nil {
		t.Fatal(err)
	}
	if got := feedOf(t, h, mine); len(got) != 1 || got[0].Sequence != 1 || !got[0].Start.Equal(caretest.At(3, 11, 0)) || !got[0].ChangedAt.Equal(h.Clock.Now()) {
		t.Errorf("a moved visit gives %+v", got)
	}
	if _, err := own.Visits.CancelVisit(t.Context(), v.Value.ID, v.Version, "pat"); err != nil {
		t.Fatal(err)
	}
	if got := feedOf(t, h, mine); len(got) != 0 {
		t.Errorf("a cancelled visit gives %+v", got)
	}
}

func TestAFeedHasAWindow(t *testing.T) {
	h, patient, _, _ := talking(t)
	token := newFeed(t, h, patient)
	h.Clock.Set(caretest.At(2, 10, 0).AddDate(0, 0, 29))
	if got := feedOf(t, h, token); len(got) != 1 {
		t.Errorf("after 29 days: %+v", got)
	}
	h.Clock.Set(caretest.At(2, 10, 0).AddDate(0, 0, 31))
	if got := feedOf(t, h, token); len(got) != 0 {
		t.Errorf("after 31 days: %+v", got)
	}
}

func TestASecretEndsForEveryReasonInTheSameWay(t *testing.T) {
	h, patient, therapist, _ := talking(t)
	first := newFeed(t, h, patient)
	second := newFeed(t, h, patient)
	feedRefused(t, h, first) // a new one ends the one before
	feedOf(t, h, second)
	feedRefused(t, h, "")
	feedRefused(t, h, "no-such-secret")
	for range 2 { // twice is once
		if err := h.Care.Visits.EndCalendarFeed(t.Context(), patient); err != nil {
			t.Fatal(err)
		}
	}
	feedRefused(t, h, second)
	if f, err := h.Care.Visits.CalendarFeed(t.Context(), patient); err != nil || f.Exists || f.CreatedAt != nil {
		t.Errorf("%+v %v", f, err)
	}
	theirs := newFeed(t, h, therapist)
	if _, err := h.Care.People.Suspend(t.Context(), h.Admin, care.AnyVersion, therapist.AccountID, true); err != nil {
		t.Fatal(err)
	}
	feedRefused(t, h, theirs)
	again := newFeed(t, h, patient)
	if err := h.Care.Upkeep.ErasePatient(t.Context(), h.Store, patient.PatientID); err != nil {
		t.Fatal(err)
	}
	feedRefused(t, h, again)
}

func TestASecretIsKeptAsAHashOnly(t *testing.T) {
	h, patient, _, _ := talking(t)
	token := newFeed(t, h, patient)
	d, err := h.Store.Get(t.Context(), "calendar_feeds", patient.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(d.Body); len(s) == 0 || strings.Contains(s, token) || d.Keys["hash"] == token {
		t.Error("the secret is in the store")
	}
}

// Family and friends have a visit that they are in, as long as the patient shares
// when visits are.
func TestASupportersFeedEndsWithTheConsent(t *testing.T) {
	h, patient, therapist, _ := talking(t)
	supporter := h.Supporter(patient)
	consent := h.Share(patient, supporter, models.ScopeAppointmentTimes)
	ask := caretest.With(therapist)
	ask.Roles = append(ask.Roles, visits.VisitRole{Key: "family", Kind: schedule.Supporter, Who: []string{supporter.AccountID}, Optional: true})
	own := h.Chart(patient, patient.PatientID)
	if _, err := own.Visits.BookDirect(t.Context(), care.NewID(), ask, caretest.At(4, 10, 0)); err != nil {
		t.Fatal(err)
	}
	token := newFeed(t, h, supporter)
	if got := feedOf(t, h, token); len(got) != 1 {
		t.Errorf("with a consent: %+v", got)
	}
	if err := own.People.RevokeConsent(t.Context(), consent.ID); err != nil {
		t.Fatal(err)
	}
	if got := feedOf(t, h, token); len(got) != 0 {
		t.Errorf("without a consent: %+v", got)
	}
}

func TestAnInviteTellsOfEveryChange(t *testing.T) {
	h, patient, therapist, v := talking(t)
	own := h.Chart(patient, patient.PatientID)
	first, err := own.Visits.Invite(t.Context(), v.Value.ID)
	if err != nil || first.Sequence != 0 || first.Cancelled {
		t.Fatalf("%+v %v", first, err)
	}
	if _, err := h.Chart(therapist, patient.PatientID).Visits.MoveVisit(t.Context(), v.Value.ID, v.Version, schedule.EnteredInError); err != nil {
		t.Fatal(err)
	}
	if gone, err := own.Visits.Invite(t.Context(), v.Value.ID); err != nil || !gone.Cancelled || gone.Sequence <= first.Sequence {
		t.Errorf("a visit by mistake: %+v %v", gone, err)
	}
	held, err := own.Visits.Hold(t.Context(), care.NewID(), caretest.With(therapist), caretest.At(5, 10, 0))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := own.Visits.Invite(t.Context(), held.Value.ID); models.KindOf(err) != models.KindConflict {
		t.Errorf("a hold: %v", err)
	}
}

// Only a read that brings something new leaves a line: programs ask all day.
func TestAFeedLeavesALineWhenItBringsSomethingNew(t *testing.T) {
	h, patient, _, _ := talking(t)
	token := newFeed(t, h, patient)
	lines := func() int {
		page, err := h.Chart(patient, patient.PatientID).People.AccessLog(t.Context(), "en", "", 100)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, l := range page.Items {
			if l.What == "Your calendar app got the times of your visits" {
				n++
			}
		}
		return n
	}
	before := lines()
	feedOf(t, h, token)
	if n := lines() - before; n != 1 {
		t.Errorf("%d lines of a read", n)
	}
	if err := h.Care.Visits.FeedVisits(t.Context(), token, func([]visits.VisitTime) (bool, error) { return true, nil }); err != nil {
		t.Fatal(err)
	}
	if n := lines() - before; n != 1 {
		t.Errorf("%d lines after a read of what was known", n)
	}
}
