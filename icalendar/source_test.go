package icalendar_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/icalendar"
	"handrail/models"
)

const elsewhere = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20260101T000000Z\r\nSUMMARY:Dentist\r\n" +
	"DTSTART;TZID=America/New_York:20260225T100000\r\nDTEND;TZID=America/New_York:20260225T160000\r\nRRULE:FREQ=DAILY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// A calendar elsewhere, read over a real connection, keeps patients from booking.
func TestACalendarElsewhereKeepsItsTimes(t *testing.T) {
	asked := 0
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked++
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("ETag", `"1"`)
		_, _ = io.WriteString(w, elsewhere)
	}))
	defer server.Close()
	source := &icalendar.Source{Fetcher: icalendar.Fetcher{Public: netip.Addr.IsLoopback, Transport: server.Client().Transport.(*http.Transport)}}
	h := caretest.NewWith(t, func(c *care.Config) { c.Busy = source })
	patient := h.Patient()
	therapist := h.Clinician(models.DisciplineTherapy, patient)
	h.Offer(caretest.Talk)
	h.Opens(therapist)
	v, err := h.Care.Visits.SetBusyCalendar(t.Context(), therapist, therapist.AccountID, server.URL+"/secret.ics")
	if err != nil || v.Failure != nil || v.Times < 400 || v.Unread != 0 {
		t.Fatalf("%+v %v", v, err)
	}
	check := func() {
		t.Helper()
		page, err := h.Chart(patient, patient.PatientID).Visits.Slots(t.Context(), visits.SlotQuestion{Ask: caretest.With(therapist),
			From: caretest.At(8, 0, 0), To: caretest.At(9, 0, 0), Limit: 100}) // after the change of the clocks
		if err != nil || len(page.Items) != 2 || !page.Items[0].Start.Equal(caretest.At(8, 9, 0)) || !page.Items[1].Start.Equal(caretest.At(8, 16, 0)) {
			t.Errorf("%+v %v", page.Items, err)
		}
	}
	check()
	h.Clock.Move(15 * time.Minute)
	if err := h.Care.Visits.RefreshBusyCalendars(t.Context()); err != nil || asked != 2 {
		t.Fatal(asked, err)
	}
	check()
}

func TestAPrivateAddressIsToldAsAFailure(t *testing.T) {
	server := httptest.NewTLSServer(http.NotFoundHandler())
	defer server.Close()
	h := caretest.NewWith(t, func(c *care.Config) { c.Busy = &icalendar.Source{} })
	therapist := h.Clinician(models.DisciplineTherapy)
	v, err := h.Care.Visits.SetBusyCalendar(t.Context(), therapist, therapist.AccountID, server.URL)
	if err != nil || v.Failure == nil || v.Failure.Code != "calendar-not-public" || v.ReadAt != nil {
		t.Errorf("%+v %v", v, err)
	}
}

// What was not understood is told to the clinician with its own time, and keeps it.
func TestWhatWasNotUnderstoodIsToldAndKeepsItsTime(t *testing.T) {
	server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a\r\nSUMMARY:private\r\nDTSTART;TZID=Neverland:"+caretest.At(8, 9, 0).Format("20060102T150405")+
			"\r\nDURATION:PT1H\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:b\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")
	}))
	defer server.Close()
	source := &icalendar.Source{Fetcher: icalendar.Fetcher{Public: netip.Addr.IsLoopback, Transport: server.Client().Transport.(*http.Transport)}}
	h := caretest.NewWith(t, func(c *care.Config) { c.Busy = source })
	therapist := h.Clinician(models.DisciplineTherapy)
	if _, err := h.Care.Visits.SetBusyCalendar(t.Context(), therapist, therapist.AccountID, server.URL); err != nil {
		t.Fatal(err)
	}
	v, err := h.Care.Visits.BusyCalendar(t.Context(), therapist, therapist.AccountID)
	if err != nil || v.Unread != 2 || v.Times != 1 || len(v.Odd) != 2 {
		t.Fatalf("%+v %v", v, err)
	}
	if zone, none := v.Odd[0], v.Odd[1]; zone.Why != icalendar.WhyZone || zone.Start == nil || zone.End.Sub(*zone.Start) != time.Hour || none.Why != icalendar.WhyNoTime || none.Start != nil {
		t.Errorf("%+v", v.Odd)
	}
}
