package visits_test

import (
	"errors"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// rounds asks for a conference of both clinicians of the team about its patient.
func (v *clinic) rounds() visits.ConferenceAsk {
	return visits.ConferenceAsk{VisitType: caretest.Talk.ID, Modality: schedule.Video, Who: []string{v.two.AccountID},
		Agenda: []visits.AgendaItem{{PatientID: v.patient.PatientID, Topic: "Sleep, and the handoff to nights"}}}
}

func TestAConferenceTakesTheTimeOfItsPeopleAndIsReadByThem(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.ConferenceView]](t)
	id, at := care.NewID(), caretest.At(1, 10, 0)
	got := view(v.Care.Visits.CallConference(t.Context(), v.one, id, v.rounds(), at))
	if len(got.Value.Participants) != 2 || len(got.Value.Agenda) != 1 || got.Value.Agenda[0].PatientName != v.patient.Name || got.Value.Status != schedule.Booked {
		t.Fatalf("called: %+v", got.Value)
	}
	if again := view(v.Care.Visits.CallConference(t.Context(), v.one, id, v.rounds(), at)); again.Version != got.Version {
		t.Error("the same call made another conference")
	}
	other := v.rounds()
	other.Agenda[0].Topic = "Something else"
	_, err := v.Care.Visits.CallConference(t.Context(), v.one, id, other, at)
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
	v.whole(t, 2)
	_, err = v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.two), at)
	caretest.WantKind(t, err, models.KindConflict, "time-not-possible")
	if read := view(v.Care.Visits.Conference(t.Context(), v.two, id)); len(read.Value.Agenda) != 1 {
		t.Errorf("the one who was asked reads %+v", read.Value)
	}
	mine, err := v.Care.Visits.Conferences(t.Context(), v.two, at.Add(-time.Hour), at.Add(time.Hour))
	if err != nil || len(mine) != 1 {
		t.Errorf("the list has %v, %v", mine, err)
	}
	week, err := v.Care.Visits.Calendar(t.Context(), v.one, v.one.AccountID, at.Add(-time.Hour), at.Add(time.Hour))
	if err != nil || len(week) != 1 || week[0].VisitType != caretest.Talk.ID {
		t.Errorf("the week has %+v, %v", week, err)
	}
}

func TestOnlyThoseInAConferenceKnowOfIt(t *testing.T) {
	v := openClinic(t)
	got, err := v.Care.Visits.CallConference(t.Context(), v.one, care.NewID(), v.rounds(), caretest.At(1, 10, 0))
	if err != nil {
		t.Fatal(err)
	}
	for _, who := range []models.Actor{v.out, v.patient, v.supporter, v.Admin} {
		_, err := v.Care.Visits.Conference(t.Context(), who, got.Value.ID)
		caretest.WantKind(t, err, models.KindNotFound, "not-found")
		_, err = v.Care.Visits.CancelConference(t.Context(), who, got.Value.ID, got.Version, "prov")
		caretest.WantKind(t, err, models.KindNotFound, "not-found")
	}
	// It is no visit of the patient's, so it is not read as one either.
	_, err = v.own.Visits.Visit(t.Context(), got.Value.ID)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}

func TestEverybodyInAConferenceNeedsARightToEachChart(t *testing.T) {
	v := openClinic(t)
	at := caretest.At(1, 10, 0)
	ask := v.rounds()
	ask.Who = []string{v.two.AccountID, v.out.AccountID}
	_, err := v.Care.Visits.CallConference(t.Context(), v.one, care.NewID(), ask, at)
	var e *models.Error
	if !errors.As(err, &e) || e.Kind != models.KindInvalid || len(e.Fields) != 1 || e.Fields[0].Field != "who[1]" || e.Fields[0].Code != "no-right-to-chart" {
		t.Errorf("an outsider is invited: %+v", err)
	}
	// Whose chart is not the caller's is nobody to the caller.
	_, err = v.Care.Visits.CallConference(t.Context(), v.out, care.NewID(), v.rounds(), at)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	ask = v.rounds()
	ask.Agenda = append(ask.Agenda, visits.AgendaItem{PatientID: care.NewID(), Topic: "Nobody"})
	_, err = v.Care.Visits.CallConference(t.Context(), v.one, care.NewID(), ask, at)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	for _, who := range []models.Actor{v.patient, v.supporter, v.Admin} {
		_, err = v.Care.Visits.CallConference(t.Context(), who, care.NewID(), v.rounds(), at)
		caretest.WantKind(t, err, models.KindForbidden, "clinicians-only")
	}
	v.whole(t, 0)
}

func TestWhoLostTheRightToAChartDoesNotSeeItsTopic(t *testing.T) {
	v := openClinic(t)
	id := care.NewID()
	if _, err := v.Care.Visits.CallConference(t.Context(), v.one, id, v.rounds(), caretest.At(1, 10, 0)); err != nil {
		t.Fatal(err)
	}
	if err := v.Chart(v.Admin, v.patient.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, v.two.AccountID); err != nil {
		t.Fatal(err)
	}
	got, err := v.Care.Visits.Conference(t.Context(), v.two, id)
	if err != nil || len(got.Value.Agenda) != 0 {
		t.Errorf("read %+v, %v", got.Value, err)
	}
}

func TestThePatientReadsThatTheyWereTalkedAbout(t *testing.T) {
	v := openClinic(t)
	if _, err := v.Care.Visits.CallConference(t.Context(), v.one, care.NewID(), v.rounds(), caretest.At(1, 10, 0)); err != nil {
		t.Fatal(err)
	}
	log, err := v.own.People.AccessLog(t.Context(), "en", "", 50)
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range log.Items {
		if entry.What == "Planned a talk about your care with your team" {
			return
		}
	}
	t.Errorf("the patient's log tells %+v", log.Items)
}

func TestAConferenceIsMovedAnsweredAndCalledOff(t *testing.T) {
	v := openClinic(t)
	view := must[care.Versioned[visits.ConferenceView]](t)
	id := care.NewID()
	got := view(v.Care.Visits.CallConference(t.Context(), v.one, id, v.rounds(), caretest.At(1, 10, 0)))
	moved := view(v.Care.Visits.MoveConference(t.Context(), v.two, id, got.Version, caretest.At(1, 11, 0)))
	if !moved.Value.Start.Equal(caretest.At(1, 11, 0)) || moved.Value.Sequence != got.Value.Sequence+1 {
		t.Fatalf("moved: %+v", moved.Value)
	}
	_, err := v.Care.Visits.MoveConference(t.Context(), v.two, id, got.Version, caretest.At(1, 12, 0))
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	v.whole(t, 2)
	if _, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.two), caretest.At(1, 10, 0)); err != nil {
		t.Errorf("the old time is not free: %v", err)
	}
	view(v.Care.Visits.AnswerConference(t.Context(), v.two, id, schedule.Accepted))
	now := view(v.Care.Visits.Conference(t.Context(), v.one, id))
	if off := view(v.Care.Visits.CancelConference(t.Context(), v.two, id, now.Version, "prov")); off.Value.Status != schedule.Cancelled {
		t.Fatalf("called off: %+v", off.Value)
	}
	v.whole(t, 2)
}

func TestTheTimesAtWhichAConferenceCanBe(t *testing.T) {
	v := openClinic(t)
	if _, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.two), caretest.At(1, 9, 0)); err != nil {
		t.Fatal(err)
	}
	page, err := v.Care.Visits.ConferenceSlots(t.Context(), v.one, v.rounds(), visits.SlotQuestion{From: caretest.At(1, 0, 0), To: caretest.At(2, 0, 0), Limit: 3})
	if err != nil || len(page.Items) != 3 || !page.Items[0].Start.Equal(caretest.At(1, 10, 0)) {
		t.Fatalf("times: %+v, %v", page.Items, err)
	}
	_, err = v.Care.Visits.ConferenceSlots(t.Context(), v.patient, v.rounds(), visits.SlotQuestion{From: caretest.At(1, 0, 0), To: caretest.At(2, 0, 0), Limit: 3})
	caretest.WantKind(t, err, models.KindForbidden, "clinicians-only")
}
