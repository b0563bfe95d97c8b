package fhir

import "testing"

func TestMedicines(t *testing.T) {
	d := Drug{ID: visitID, PatientID: patient, Status: "active", Name: "Lithium carbonate", Why: "So that I sleep.", Directions: "One tablet in the evening.", Taken: "With food.",
		Codes: []Coding{{System: SystemRxNorm, Code: "6448", Display: "lithium"}}, By: therapist, ByName: "Dr. Cole", Since: "2026-01-02", At: at(15, 0), ChangedAt: at(16, 0)}
	golden(t, "medicationrequest.json", RequestOf(d))
	golden(t, "medicationstatement.json", StatementOf(d))
	d.Status, d.Until, d.StopWhy = "stopped", "2026-02-03", "It made me shake."
	golden(t, "medicationrequest-stopped.json", RequestOf(d))
	golden(t, "medicationstatement-bare.json", StatementOf(Drug{ID: visitID, PatientID: patient, Status: "entered-in-error", Name: "moonflower"}))
	r := Reaction{ID: visitID, PatientID: patient, Kind: "allergy", Certainty: "confirmed", Severity: "severe", Substance: "penicillin", What: "I could not breathe.", On: "2020-05-06", At: at(15, 0), ChangedAt: at(15, 0)}
	golden(t, "allergyintolerance.json", AllergyOf(r))
	r.Certainty = "entered-in-error"
	golden(t, "allergyintolerance-error.json", AllergyOf(r))
}
