package visits_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// elsewhere is a calendar elsewhere as a test says it.
type elsewhere struct {
	mu     sync.Mutex
	answer visits.BusyAnswer
	err    error
	asked  []visits.BusyQuestion
}

func (e *elsewhere) CheckURL(address string) (string, error) {
	if !strings.HasPrefix(address, "https://") {
		var c models.Checks
		c.Fail("url", "not-https", "No.")
		return "", c.Err()
	}
	return address, nil
}

func (e *elsewhere) Busy(_ context.Context, q visits.BusyQuestion) (visits.BusyAnswer, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.asked = append(e.asked, q)
	return e.answer, e.err
}

func (e *elsewhere) says(a visits.BusyAnswer, err error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.answer, e.err, e.asked = a, err, nil
}

func (e *elsewhere) questions() []visits.BusyQuestion {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.asked
}

func spanAt(day, hour, hours int) schedule.Span {
	return schedule.SpanOf(caretest.At(day, hour, 0), caretest.At(day, hour+hours, 0))
}

const address = "https://cal.example/secret.ics"

// busyClinic is a clinic whose therapist keeps a calendar elsewhere, busy from ten to
// twelve on the second day.
func busyClinic(t *testing.T) (h *caretest.Clinic, e *elsewhere, patient, therapist models.Actor) {
	t.Helper()
	e = &elsewhere{answer: visits.BusyAnswer{ETag: "a", Times: []schedule.Span{spanAt(2, 10, 2)}}}
	h = caretest.NewWith(t, func(c *care.Config) { c.Busy = e })
	patient = h.Patient()
	therapist = h.Clinician(models.DisciplineTherapy, patient)
	h.Offer(caretest.Talk)
	h.Opens(therapist)
	v, err := h.Care.Visits.SetBusyCalendar(t.Context(), therapist, therapist.AccountID, address)
	if err != nil || !v.Exists || v.Host != "cal.example" || v.Times != 1 || v.Failure != nil || v.ReadAt == nil {
		t.Fatalf("%+v %v", v, err)
	}
	return h, e, patient, therapist
}

// startsOn are the hours of the second day at which a visit can begin.
func startsOn(t *testing.T, h *caretest.Clinic, patient, therapist models.Actor) string {
	t.Helper()
	page, err := h.Chart(patient, patient.PatientID).Visits.Slots(t.Context(), visits.SlotQuestion{Ask: caretest.With(therapist),
		From: caretest.At(2, 0, 0), To: caretest.At(3, 0, 0), Limit: 100})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, s := range page.Items {
		out = append(out, s.Local.Start.Format("15:04"))
	}
	return strings.Join(out, " ")
}

const withoutTenToTwelve = "09:00 12:00 12:30 13:00 13:30 14:00 14:30 15:00 15:30 16:00"

func TestBusyTimesElsewhereAreNoOpenings(t *testing.T) {
	h, e, patient, therapist := busyClinic(t)
	if got := startsOn(t, h, patient, therapist); got != withoutTenToTwelve {
		t.Error(got)
	}
	own := h.Chart(patient, patient.PatientID)
	var not *visits.NotPossible
	if _, err := own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(therapist), caretest.At(2, 11, 0)); !errors.As(err, &not) || len(not.Alternatives) == 0 {
		t.Errorf("a busy time is booked: %v", err)
	}
	if q := e.questions(); len(q) != 1 || q[0].Home.Name() != caretest.Site.Zone || q[0].ETag != "" || q[0].To.Sub(q[0].From) < schedule.MaxHorizon*24*time.Hour {
		t.Errorf("asked %+v", q)
	}
	if err := h.Care.Visits.EndBusyCalendar(t.Context(), therapist, therapist.AccountID); err != nil {
		t.Fatal(err)
	}
	if got := startsOn(t, h, patient, therapist); !strings.Contains(got, "10:00") {
		t.Errorf("after the end: %s", got)
	}
	if v, err := h.Care.Visits.BusyCalendar(t.Context(), therapist, therapist.AccountID); err != nil || v.Exists {
		t.Errorf("%+v %v", v, err)
	}
}

func TestBusyTimesAreRefreshedWhenTheyAreDue(t *testing.T) {
	h, e, patient, therapist := busyClinic(t)
	refresh := func() {
		if err := h.Care.Visits.RefreshBusyCalendars(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	e.says(visits.BusyAnswer{Same: true}, nil)
	refresh()
	if q := e.questions(); len(q) != 0 {
		t.Errorf("asked at once: %+v", q)
	}
	h.Clock.Move(15 * time.Minute)
	refresh()
	if q := e.questions(); len(q) != 1 || q[0].ETag != "a" || q[0].URL != address {
		t.Errorf("asked %+v", q)
	}
	if got := startsOn(t, h, patient, therapist); got != withoutTenToTwelve {
		t.Errorf("the same as before gives %s", got)
	}
	e.says(visits.BusyAnswer{ETag: "b", Times: []schedule.Span{spanAt(2, 9, 7)}}, nil)
	h.Clock.Move(15 * time.Minute)
	refresh()
	if got := startsOn(t, h, patient, therapist); got != "16:00" {
		t.Errorf("after a change: %s", got)
	}
	// The window moves on: once a day the whole is read, whatever the server says.
	h.Clock.Move(24 * time.Hour)
	refresh()
	if q := e.questions(); len(q) != 2 || q[1].ETag != "" {
		t.Errorf("after a day: %+v", q)
	}
}

func TestAFailureIsToldAndTheBusyTimesHold(t *testing.T) {
	h, e, patient, therapist := busyClinic(t)
	e.says(visits.BusyAnswer{}, models.E(models.KindInvalid, "calendar-too-slow", "This address took too long to answer."))
	worked := h.Clock.Now()
	for n, wait := range []time.Duration{15 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 4 * time.Hour, 6 * time.Hour, 6 * time.Hour} {
		h.Clock.Move(wait - time.Second)
		if err := h.Care.Visits.RefreshBusyCalendars(t.Context()); err != nil || len(e.questions()) != n {
			t.Fatalf("try %d comes early: %v", n+1, err)
		}
		h.Clock.Move(time.Second)
		if err := h.Care.Visits.RefreshBusyCalendars(t.Context()); err != nil || len(e.questions()) != n+1 {
			t.Fatalf("try %d does not come: %v", n+1, err)
		}
	}
	v, err := h.Care.Visits.BusyCalendar(t.Context(), therapist, therapist.AccountID)
	if err != nil || v.Failure == nil || v.Failure.Code != "calendar-too-slow" || !v.Failure.Since.Equal(worked) || v.Times != 1 {
		t.Errorf("%+v %v", v, err)
	}
	if text := fmt.Sprint(v.Failure); strings.Contains(text, "secret") {
		t.Error("the failure holds the address")
	}
	if got := startsOn(t, h, patient, therapist); got != "" && strings.Contains(got, "10:00") {
		t.Errorf("a failure opens the time: %s", got)
	}
	e.says(visits.BusyAnswer{Times: []schedule.Span{}}, nil)
	h.Clock.Move(6 * time.Hour)
	if err := h.Care.Visits.RefreshBusyCalendars(t.Context()); err != nil {
		t.Fatal(err)
	}
	if v, err := h.Care.Visits.BusyCalendar(t.Context(), therapist, therapist.AccountID); err != nil || v.Failure != nil || v.Times != 0 {
		t.Errorf("after it works again: %+v %v", v, err)
	}
}

// Two instances on one store: each calendar is read once.
func TestOneInstanceReadsACalendar(t *testing.T) {
	h, e, _, _ := busyClinic(t)
	second := h.InstanceWith(func(c *care.Config) { c.Busy = e })
	e.says(visits.BusyAnswer{Times: []schedule.Span{}}, nil)
	h.Clock.Move(15 * time.Minute)
	var both sync.WaitGroup
	for _, c := range []*care.Care{h.Care, second} {
		both.Go(func() {
			if err := c.Visits.RefreshBusyCalendars(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	both.Wait()
	if q := e.questions(); len(q) != 1 {
		t.Errorf("read %d times", len(q))
	}
}

func TestOnlyOwnersAndTheOfficeKeepACalendar(t *testing.T) {
	h, _, patient, therapist := busyClinic(t)
	colleague, coordinator := h.Clinician(models.DisciplineTherapy), h.First(models.RoleCoordinator, "")
	for _, c := range []struct {
		who  models.Actor
		want models.Kind
	}{{patient, models.KindNotFound}, {colleague, models.KindForbidden}, {coordinator, 0}} {
		_, err1 := h.Care.Visits.SetBusyCalendar(t.Context(), c.who, therapist.AccountID, address)
		_, err2 := h.Care.Visits.BusyCalendar(t.Context(), c.who, therapist.AccountID)
		err3 := h.Care.Visits.EndBusyCalendar(t.Context(), c.who, therapist.AccountID)
		for _, err := range []error{err1, err2, err3} {
			if models.KindOf(err) != c.want {
				t.Errorf("%s: %v", c.who.Role, err)
			}
		}
	}
	if _, err := h.Care.Visits.SetBusyCalendar(t.Context(), therapist, therapist.AccountID, "ftp://x"); models.KindOf(err) != models.KindInvalid {
		t.Error(err)
	}
	if _, err := h.Instance().Visits.SetBusyCalendar(t.Context(), therapist, therapist.AccountID, address); models.KindOf(err) != models.KindForbidden {
		t.Errorf("a clinic that reads none: %v", err)
	}
}

func TestTheAddressIsSealedAndNeverShown(t *testing.T) {
	h, _, _, therapist := busyClinic(t)
	v, err := h.Care.Visits.BusyCalendar(t.Context(), therapist, therapist.AccountID)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(v)
	if err != nil || strings.Contains(string(text), "secret") {
		t.Error(string(text), err)
	}
	raw, err := h.Store.Engine().Get(t.Context(), "busy_calendars", therapist.AccountID)
	if err != nil || strings.Contains(string(raw.Body), "secret") {
		t.Error("the store holds the address in the clear", err)
	}
}

// TestAConferenceKeepsToBusyTimesElsewhere: clinicians talk about a patient at times
// that their other calendars leave free, as patients are booked.
func TestAConferenceKeepsToBusyTimesElsewhere(t *testing.T) {
	h, e, patient, therapist := busyClinic(t)
	e.says(visits.BusyAnswer{Times: []schedule.Span{spanAt(1, 10, 2)}}, nil)
	if _, err := h.Care.Visits.SetBusyCalendar(t.Context(), therapist, therapist.AccountID, address); err != nil {
		t.Fatal(err)
	}
	ask := visits.ConferenceAsk{VisitType: caretest.Talk.ID, Modality: schedule.Video, Who: []string{therapist.AccountID},
		Agenda: []visits.AgendaItem{{PatientID: patient.PatientID, Topic: "Sleep"}}}
	_, err := h.Care.Visits.CallConference(t.Context(), therapist, care.NewID(), ask, caretest.At(1, 10, 0))
	caretest.WantKind(t, err, models.KindConflict, "time-not-possible")
	if _, err := h.Care.Visits.CallConference(t.Context(), therapist, care.NewID(), ask, caretest.At(1, 13, 0)); err != nil {
		t.Errorf("at a free time: %v", err)
	}
}
