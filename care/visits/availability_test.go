package visits_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

func TestNewHoursListTheVisitsThatTheyBreak(t *testing.T) {
	v := openClinic(t)
	for _, hour := range []int{10, 15} {
		if _, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one, v.two), caretest.At(2, hour, 0)); err != nil {
			t.Fatal(err)
		}
	}
	a := caretest.Daily()
	a.Hours[0].End = "12:00"
	draft, err := v.Care.Visits.PreviewAvailability(t.Context(), v.one, v.one.AccountID, 2, &a)
	if err != nil || len(draft.Breaks) != 1 || len(draft.Windows) != 15 {
		t.Fatalf("preview: %d windows, breaks %+v, %v", len(draft.Windows), draft.Breaks, err)
	}
	saved, err := v.Care.Visits.SetAvailability(t.Context(), v.one, v.one.AccountID, 2, a)
	if err != nil || len(saved.Value.Breaks) != 1 || saved.Version != 3 {
		t.Fatalf("saved: %+v %v", saved, err)
	}
	b := saved.Value.Breaks[0]
	if !b.Start.Equal(caretest.At(2, 15, 0)) || b.PatientName == "" || len(b.Alternatives) != schedule.Alternatives {
		t.Fatalf("broken: %+v", b)
	}
	if h := b.Alternatives[0].Start.In(time.FixedZone("EST", -5*3600)).Hour(); h >= 12 {
		t.Errorf("the alternative at %d lies outside of the new hours", h)
	}
	// The visit stands; who may not know the patient learns the time only.
	v.whole(t, 6)
	other, err := v.Care.Visits.Availability(t.Context(), v.out, v.one.AccountID)
	if err != nil || len(other.Value.Breaks) != 1 || other.Value.Breaks[0].PatientID != "" {
		t.Errorf("a colleague reads %+v %v", other.Value.Breaks, err)
	}
}

func TestWhoKeepsACalendar(t *testing.T) {
	v := openClinic(t)
	_, err := v.Care.Visits.SetAvailability(t.Context(), v.two, v.one.AccountID, 2, caretest.Daily())
	caretest.WantKind(t, err, models.KindForbidden, "not-your-calendar")
	_, err = v.Care.Visits.SetAvailability(t.Context(), v.patient, v.one.AccountID, 2, caretest.Daily())
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	_, err = v.Care.Visits.Availability(t.Context(), v.supporter, v.one.AccountID)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	a := caretest.Daily()
	a.NoticeMinutes = 60
	_, err = v.Care.Visits.SetAvailability(t.Context(), v.one, v.one.AccountID, 7, a)
	caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	a.Hours[0].Site = "nowhere"
	_, err = v.Care.Visits.SetAvailability(t.Context(), v.one, v.one.AccountID, 2, a)
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	_, err = v.Care.Visits.SetVisitType(t.Context(), v.one, 1, caretest.Talk)
	caretest.WantKind(t, err, models.KindForbidden, "administrators-only")
}

func TestACalendarNamesPatientsOnlyToThoseWithARight(t *testing.T) {
	v := openClinic(t)
	if _, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.one), caretest.At(1, 10, 0)); err != nil {
		t.Fatal(err)
	}
	from, to := caretest.Start, caretest.At(7, 0, 0)
	mine, err := v.Care.Visits.Calendar(t.Context(), v.one, v.one.AccountID, from, to)
	if err != nil || len(mine) != 1 || mine[0].PatientName == "" {
		t.Fatalf("%+v %v", mine, err)
	}
	// The patient says no to this clinician: the time stays, the name goes.
	ch := v.Chart(v.Admin, v.patient.PatientID)
	if err := ch.People.LeaveTeam(t.Context(), care.AnyVersion, v.one.AccountID); err != nil {
		t.Fatal(err)
	}
	for _, who := range []models.Actor{v.one, v.Admin} {
		got, err := v.Care.Visits.Calendar(t.Context(), who, v.one.AccountID, from, to)
		if err != nil || len(got) != 1 || got[0].PatientID != "" || got[0].PatientName != "" || got[0].VisitType != "" {
			t.Errorf("%s reads %+v %v", who.Role, got, err)
		}
	}
	_, err = v.Care.Visits.Calendar(t.Context(), v.two, v.one.AccountID, from, to)
	caretest.WantKind(t, err, models.KindForbidden, "not-your-calendar")
	_, err = v.Care.Visits.Calendar(t.Context(), v.one, v.one.AccountID, from, from.AddDate(3, 0, 0))
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
}

func TestSlotsPutKnownPeopleFirstAndKeepClosures(t *testing.T) {
	v := openClinic(t)
	if _, err := v.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(v.two), caretest.At(1, 10, 0)); err != nil {
		t.Fatal(err)
	}
	cal := visits.SiteCalendar{Sites: []visits.Location{}, Closures: []schedule.Closure{{Zone: caretest.Site.Zone, Start: "2026-03-03T00:00:00", End: "2026-03-04T00:00:00"}}}
	if _, err := v.Care.Visits.SetSiteCalendar(t.Context(), v.Admin, 1, cal); err != nil {
		t.Fatal(err)
	}
	v.Clock.Set(caretest.At(1, 11, 0))
	ask := visits.VisitAsk{VisitType: caretest.Talk.ID, Modality: schedule.Video,
		Roles: []visits.VisitRole{{Key: "any", Who: []string{v.one.AccountID, v.two.AccountID}, Need: 1}}}
	page, err := v.own.Visits.Slots(t.Context(), visits.SlotQuestion{Ask: ask, From: caretest.At(1, 0, 0), To: caretest.At(9, 0, 0), Zone: "Asia/Kathmandu", Limit: 3})
	if err != nil || len(page.Items) != 3 || page.Next == "" {
		t.Fatalf("%+v %v", page, err)
	}
	first := page.Items[0]
	if first.Seats[0].Who != v.two.AccountID || !first.Start.Equal(caretest.At(2, 9, 0)) || first.Local.Zone != "Asia/Kathmandu" {
		t.Errorf("the first slot is %+v", first)
	}
}
