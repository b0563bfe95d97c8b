package visits_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/upkeep"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// clinic is a clinic with a patient and a team that can be booked.
type clinic struct {
	*caretest.Clinic
	patient        models.Actor
	one, two       models.Actor
	own            *care.Chart
	supporter, out models.Actor
}

func openClinic(t *testing.T) *clinic {
	t.Helper()
	h := caretest.New(t)
	v := &clinic{Clinic: h, patient: h.Patient()}
	v.one, v.two = h.Clinician(models.DisciplineTherapy, v.patient), h.Clinician(models.DisciplinePsychiatry, v.patient)
	v.out = h.Clinician(models.DisciplineTherapy)
	v.supporter = h.Supporter(v.patient)
	h.Offer(caretest.Talk)
	h.Opens(v.one, v.two, v.out)
	v.own = h.Chart(v.patient, v.patient.PatientID)
	return v
}

// whole ends the test when claims and visits do not agree.
func (v *clinic) whole(t *testing.T, claims int) {
	t.Helper()
	r, err := upkeep.VerifyClaims(t.Context(), v.Store, v.Clock.Now())
	if err != nil || len(r.Faults) > 0 || r.Claims != claims {
		t.Fatalf("verify: %+v, %v; want %d claims", r, err, claims)
	}
}

func must[T any](t *testing.T) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func TestAHoldIsKeptForFiveMinutesAndBooked(t *testing.T) {
	v := openClinic(t)
	id, at, ask := care.NewID(), caretest.At(1, 10, 0), caretest.With(v.one, v.two)
	view := must[care.Versioned[visits.VisitView]](t)
	held := view(v.own.Visits.Hold(t.Context(), id, ask, at))
	if held.Value.Status != schedule.Pending || held.Value.HoldUntil == nil || !held.Value.HoldUntil.Equal(caretest.Start.Add(5*time.Minute)) {
		t.Fatalf("held: %+v", held.Value)
	}
	if again := view(v.own.Visits.Hold(t.Context(), id, ask, at)); again.Version != held.Version {
		t.Error("the same call made another hold")
	}
	v.Clock.Move(5*time.Minute - time.Second)
	booked := view(v.own.Visits.Book(t.Context(), id))
	if booked.Value.Status != schedule.Booked || len(booked.Value.Participants) != 3 || booked.Value.Participants[0].Name == "" {
		t.Fatalf("booked: %+v", booked.Value)
	}
	if again := view(v.own.Visits.Book(t.Context(), id)); again.Version != booked.Version {
		t.Error("booking twice wrote twice")
	}
	v.whole(t, 3)
}

func TestAHoldThatIsOverIsFreeAlthoughNothingSweeps(t *testing.T) {
	v := openClinic(t)
	friend := v.Clinic.Patient()
	if _, err := v.Chart(v.Admin, friend.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, v.one.AccountID, false); err != nil {
		t.Fatal(err)
	}
	id, at := care.NewID(), caretest.At(1, 10, 0)
	if _, err := v.own.Visits.Hold(t.Context(), id, caretest.With(v.one), at); err != nil {
		t.Fatal(err)
	}
	other := v.Chart(friend, friend.PatientID)
	_, err := other.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), at)
	caretest.WantKind(t, err, models.KindConflict, "time-not-possible")
	v.Clock.Move(schedule.HoldTime)
	_, err = v.own.Visits.Book(t.Context(), id)
	caretest.WantKind(t, err, models.KindGone, "hold-over")
	if _, err := other.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), at); err != nil {
		t.Fatal(err)
	}
	v.whole(t, 2)
	list, err := v.own.Visits.Visits(t.Context(), visits.VisitList{Limit: 10})
	if err != nil || len(list.Items) != 0 {
		t.Errorf("a hold that is over is still listed: %v %v", list.Items, err)
	}
}

func TestOneHoldAPatientAndKindOfVisit(t *testing.T) {
	v := openClinic(t)
	first, second := care.NewID(), care.NewID()
	for i, id := range []string{first, second} {
		if _, err := v.own.Visits.Hold(t.Context(), id, caretest.With(v.one), caretest.At(1, 10+i, 0)); err != nil {
			t.Fatal(err)
		}
	}
	v.whole(t, 2)
	_, err := v.own.Visits.Book(t.Context(), first)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	// Booking the held time without naming the hold takes its place too.
	if _, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), caretest.At(1, 11, 0)); err != nil {
		t.Fatal(err)
	}
	v.whole(t, 2)
}

func TestAConflictTellsEverythingAndWhatIsNear(t *testing.T) {
	v := openClinic(t)
	if _, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), caretest.At(1, 10, 0)); err != nil {
		t.Fatal(err)
	}
	a := caretest.Daily()
	a.Leave = []schedule.Absence{{Start: "2026-03-03T00:00:00", End: "2026-03-04T00:00:00"}}
	if _, err := v.Care.Visits.SetAvailability(t.Context(), v.two, v.two.AccountID, 2, a); err != nil {
		t.Fatal(err)
	}
	_, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one, v.two), caretest.At(1, 10, 30))
	var why *visits.NotPossible
	if !errors.As(err, &why) {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	for _, c := range why.Conflicts {
		codes[c.Code] = true
	}
	if !codes[schedule.Taken] || !codes[schedule.OnLeave] || len(why.Alternatives) != schedule.Alternatives {
		t.Fatalf("conflicts %v, %d alternatives", codes, len(why.Alternatives))
	}
	if _, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one, v.two), why.Alternatives[0].Start); err != nil {
		t.Fatalf("the first alternative can't be booked: %v", err)
	}
}

func TestReschedulingMovesAllClaimsAtOnce(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.VisitView]](t)
	id := care.NewID()
	booked := view(v.own.Visits.BookDirect(t.Context(), id, caretest.With(v.one, v.two), caretest.At(1, 10, 0)))
	_, err := v.own.Visits.Reschedule(t.Context(), id, booked.Version+1, caretest.At(1, 10, 30))
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	moved := view(v.own.Visits.Reschedule(t.Context(), id, booked.Version, caretest.At(1, 10, 30))) // into its own time
	if !moved.Value.Start.Equal(caretest.At(1, 10, 30)) || moved.Value.Sequence != 1 {
		t.Fatalf("moved: %+v", moved.Value)
	}
	if again := view(v.own.Visits.Reschedule(t.Context(), id, booked.Version, caretest.At(1, 10, 30))); again.Version != moved.Version {
		t.Error("a repeated call moved again")
	}
	moved = view(v.own.Visits.Reschedule(t.Context(), id, moved.Version, caretest.At(9, 16, 0)))
	v.whole(t, 3)
	_, err = v.own.Visits.Reschedule(t.Context(), id, moved.Version, caretest.At(9, 18, 0))
	caretest.WantKind(t, err, models.KindConflict, "time-not-possible")
	v.whole(t, 3)
}

func TestCancellingFreesEverybodyAndMarksLate(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.VisitView]](t)
	soon := view(v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), caretest.At(0, 12, 0)))
	later := view(v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), caretest.At(5, 12, 0)))
	_, err := v.own.Visits.CancelVisit(t.Context(), soon.Value.ID, soon.Version, "prov")
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	for _, x := range []struct {
		visit care.Versioned[visits.VisitView]
		late  bool
	}{{soon, true}, {later, false}} {
		off := view(v.own.Visits.CancelVisit(t.Context(), x.visit.Value.ID, x.visit.Version, "pat-mt"))
		if off.Value.Cancellation.Late != x.late || off.Value.Status != schedule.Cancelled {
			t.Errorf("cancelled: %+v", off.Value.Cancellation)
		}
	}
	v.whole(t, 0)
}

func TestHowAVisitWentIsNoted(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.VisitView]](t)
	booked := view(v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), caretest.At(0, 12, 0)))
	id, staff := booked.Value.ID, v.Chart(v.one, v.patient.PatientID)
	_, err := v.own.Visits.MoveVisit(t.Context(), id, booked.Version, schedule.NoShow)
	caretest.WantKind(t, err, models.KindForbidden, "not-your-move")
	_, err = staff.Visits.MoveVisit(t.Context(), id, booked.Version, schedule.NoShow)
	caretest.WantKind(t, err, models.KindConflict, "too-early")
	here := view(v.own.Visits.MoveVisit(t.Context(), id, booked.Version, schedule.Arrived))
	v.Clock.Move(3 * time.Hour)
	if seen := view(staff.Visits.MoveVisit(t.Context(), id, here.Version, schedule.Fulfilled)); seen.Value.Status != schedule.Fulfilled {
		t.Error(seen.Value.Status)
	}
	v.whole(t, 2)
}

func TestWhoSeesWhatOfAVisit(t *testing.T) {
	v := openClinic(t)
	id := care.NewID()
	if _, err := v.own.Visits.BookDirect(t.Context(), id, caretest.With(v.one), caretest.At(1, 10, 0)); err != nil {
		t.Fatal(err)
	}
	_, err := v.Care.Open(t.Context(), v.supporter, v.patient.PatientID, models.PurposeFamily)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	consent := v.Share(v.patient, v.supporter, models.ScopeAppointmentTimes)
	times := v.Chart(v.supporter, v.patient.PatientID)
	got, err := times.Visits.Visit(t.Context(), id)
	if err != nil || got.Value.VisitDetails != nil || got.Value.Start.IsZero() {
		t.Fatalf("a supporter sees %+v, %v", got.Value, err)
	}
	_, err = times.Visits.CancelVisit(t.Context(), id, 1, "pat")
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	_, err = times.Visits.Slots(t.Context(), visits.SlotQuestion{Ask: caretest.With(v.one), From: caretest.Start, To: caretest.At(5, 0, 0)})
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	if err := v.own.People.RevokeConsent(t.Context(), consent.ID); err != nil {
		t.Fatal(err)
	}
	_, err = v.Care.Open(t.Context(), v.supporter, v.patient.PatientID, models.PurposeFamily)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}

func TestOnlyTheTeamAndInvitedSupportersCanBeBooked(t *testing.T) {
	v := openClinic(t)
	ask := caretest.With(v.out)
	_, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), ask, caretest.At(1, 10, 0))
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	ask = caretest.With(v.one)
	ask.Roles = append(ask.Roles, visits.VisitRole{Key: "mother", Kind: schedule.Supporter, Who: []string{v.supporter.AccountID}})
	_, err = v.own.Visits.BookDirect(t.Context(), care.NewID(), ask, caretest.At(1, 10, 0))
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	v.Share(v.patient, v.supporter, models.ScopeAppointmentTimes)
	id := care.NewID()
	booked, err := v.own.Visits.BookDirect(t.Context(), id, ask, caretest.At(1, 10, 0))
	if err != nil || booked.Value.Status != schedule.Pending {
		t.Fatalf("%v %v", booked.Value.Status, err)
	}
	if staff, err := v.Chart(v.one, v.patient.PatientID).Visits.Visit(t.Context(), id); err != nil || !slices.Contains(staff.Value.Moves, schedule.NoShow) {
		t.Fatalf("nobody can note that it was missed: %+v %v", staff.Value.VisitDetails, err)
	}
	yes, err := v.Chart(v.supporter, v.patient.PatientID).Visits.AnswerVisit(t.Context(), id, schedule.Accepted)
	if err != nil || yes.Value.Status != schedule.Booked || yes.Value.VisitDetails != nil {
		t.Fatalf("%+v %v", yes.Value, err)
	}
	v.whole(t, 3)
}
