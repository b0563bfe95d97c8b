package main

import (
	"context"
	"fmt"
	"time"

	"handrail/care"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/schedule"
)

// clinicOf adds clinicians who are on the team of each patient, with these hours,
// and one kind of visit.
func (b *bench) clinicOf(ctx context.Context, n int, v schedule.VisitType, hours schedule.Availability) ([]models.Account, error) {
	office := models.Actor{AccountID: "bench", Role: models.RoleAdministrator, Name: "Office"}
	if _, err := b.care.Visits.SetVisitType(ctx, office, 1, v); err != nil {
		return nil, err
	}
	var out []models.Account
	for i := range n {
		a, err := b.care.People.CreateAccount(ctx, care.System(), people.NewAccount{Role: models.RoleClinician, Discipline: models.DisciplineTherapy, Name: fmt.Sprint("Clinician ", i)})
		if err != nil {
			return nil, err
		}
		if _, err := b.care.Visits.SetAvailability(ctx, office, a.ID, 1, hours); err != nil {
			return nil, err
		}
		out = append(out, a)
	}
	return out, nil
}

// join puts clinicians on the team of a patient.
func (b *bench) join(ctx context.Context, patientID string, clinicians ...models.Account) error {
	office := models.Actor{AccountID: "bench", Role: models.RoleAdministrator, Name: "Office"}
	ch, err := b.care.Open(ctx, office, patientID, models.PurposeOf(office.Role))
	if err != nil {
		return err
	}
	for _, c := range clinicians {
		if _, err := ch.People.JoinTeam(ctx, care.AnyVersion, c.ID, false); err != nil {
			return err
		}
	}
	return nil
}

// chart opens a patient's own chart.
func (b *bench) chart(ctx context.Context, who signin.SignedIn) (*care.Chart, error) {
	return b.care.Open(ctx, who.Session.Actor(), who.Session.PatientID, models.PurposeSelf)
}

// benchTalk is half an hour on the half hour.
func benchTalk(now time.Time) (schedule.VisitType, schedule.Availability) {
	return schedule.VisitType{ID: "talk", Name: "Talk", Minutes: 30, GridMinutes: 30, HorizonDays: schedule.MaxHorizon,
			Modalities: []schedule.Modality{schedule.Video}, BookableBy: []models.Role{models.RolePatient}},
		schedule.Availability{Zone: "America/New_York", Hours: []schedule.Hours{{ID: "daily", Start: now.AddDate(0, 0, -7).Format("2006-01-02") + "T09:00:00", End: "17:00", RRule: "FREQ=DAILY"}}}
}
