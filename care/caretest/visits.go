package caretest

import (
	"time"

	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// Talk is a kind of visit that everybody may book: 50 minutes on a half-hour grid.
var Talk = schedule.VisitType{ID: "talk", Name: "Talk", Minutes: 50, AfterMinutes: 10, GridMinutes: 30, HorizonDays: 90,
	Modalities: []schedule.Modality{schedule.Video, schedule.InPerson}, LateCancel: 24 * 60,
	BookableBy: []models.Role{models.RolePatient, models.RoleClinician, models.RoleCoordinator}}

// Offer makes a kind of visit.
func (h *Clinic) Offer(v schedule.VisitType) {
	h.t.Helper()
	if _, err := h.Care.Visits.SetVisitType(h.t.Context(), h.Admin, 1, v); err != nil {
		h.t.Fatal(err)
	}
}

// Daily are hours from nine to five on every day, on the clinic's clock.
func Daily() schedule.Availability {
	return schedule.Availability{Zone: Site.Zone, Hours: []schedule.Hours{{ID: "daily", Start: "2026-03-01T09:00:00", End: "17:00", RRule: "FREQ=DAILY"}}}
}

// Opens gives clinicians their daily hours.
func (h *Clinic) Opens(clinicians ...models.Actor) {
	h.t.Helper()
	for _, a := range clinicians {
		if _, err := h.Care.Visits.SetAvailability(h.t.Context(), h.Admin, a.AccountID, 1, Daily()); err != nil {
			h.t.Fatal(err)
		}
	}
}

// With asks for a video talk with clinicians, each in a part of their own.
func With(clinicians ...models.Actor) visits.VisitAsk {
	ask := visits.VisitAsk{VisitType: Talk.ID, Modality: schedule.Video}
	for i, a := range clinicians {
		ask.Roles = append(ask.Roles, visits.VisitRole{Key: string(rune('a' + i)), Who: []string{a.AccountID}})
	}
	return ask
}

// At is a time of a day after Start's, on the clinic's clock.
func At(days, hour, minute int) time.Time {
	z, err := time.LoadLocation(Site.Zone)
	if err != nil {
		panic(err)
	}
	return time.Date(Start.Year(), Start.Month(), Start.Day()+days, hour, minute, 0, 0, z).UTC()
}
