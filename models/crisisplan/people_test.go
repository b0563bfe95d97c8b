package crisisplan

import (
	"time"

	"handrail/care/caretest/instants"
	"handrail/models"
)

const patientA = "pa"

var released = instants.Release()

var (
	accessNow = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	sam       = models.Actor{AccountID: "p", Role: models.RolePatient, PatientID: patientA, Name: "Sam"}
	clinician = models.Actor{AccountID: "c1", Role: models.RoleClinician, Discipline: models.DisciplineTherapy}
	mother    = models.Actor{AccountID: "s1", Role: models.RoleSupporter}
)
