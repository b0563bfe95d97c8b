package handlers_test

import (
	"maps"
	"testing"
	"time"

	"handrail/care"
	work "handrail/care/medicines"
	joint "handrail/care/prescribing"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/prescribing"
	"handrail/models/sideeffect"
	"handrail/models/supply"
)

// prescribingVisits says how the operations of agreements, side effects and supply are
// called, on things of the patient's that are made for each.
func (c *clinic) prescribingVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	agreement := map[string]string{"patientId": path["patientId"], "agreementId": care.NewID()}
	duty := map[string]string{"patientId": path["patientId"], "dutyId": care.NewID()}
	sign := map[string]string{"signId": "1"}
	effect := map[string]string{"patientId": path["patientId"], "sideEffectId": care.NewID()}
	terms, line := map[string]any{}, care.NewID()
	switch operationID {
	case "readPrescribingAgreement", "actOnPrescribingAgreement", "noticePrescribingSign", "recordPrescribingDuty", "changePrescribingAgreement", "listPrescribingAgreements":
		if operationID == "listPrescribingAgreements" {
			c.agree(t)
		}
		v := c.agree(t)
		agreement["agreementId"], duty["dutyId"] = v.ID, v.Duties[0].ID
	case "readSideEffect", "answerSideEffect", "exportSideEffect", "listSideEffects":
		for range 2 {
			effect["sideEffectId"] = care.NewID()
			if _, err := c.Chart(c.patient, c.patient.PatientID).Effects.Tell(t.Context(), effect["sideEffectId"], sideeffect.Terms{Effects: []string{"nausea"}, Severity: "mild"}); err != nil {
				t.Fatal(err)
			}
		}
	case "noteMedicineSupply", "listSideEffectChoices", "readMedicineSupply":
		o := work.Order{Source: medicine.Elsewhere, Terms: medicine.Terms{Name: "ibuprofen", SecondLine: "for the matrix"}}
		if _, err := c.Chart(c.patient, c.patient.PatientID).Medicine.Add(t.Context(), line, o); err != nil {
			t.Fatal(err)
		}
	}
	for _, prescriber := range []string{c.therapist.AccountID, c.doctor.AccountID} {
		list, _ := terms["prescribers"].([]map[string]any)
		terms["prescribers"] = append(list, map[string]any{"accountId": prescriber})
	}
	maps.Copy(terms, map[string]any{"answerHours": 24, "reviewEveryDays": 30, "reviewOwner": c.therapist.AccountID})
	proposed := maps.Clone(terms)
	proposed["id"] = care.NewID()
	maps.Copy(sign, agreement)
	maps.Copy(into, map[string]visit{
		"listPrescribingAgreements": {path: path}, "readPrescribingAgreement": {path: agreement},
		"proposePrescribingAgreement": {path: path, body: proposed},
		"changePrescribingAgreement":  {path: agreement, header: map[string]string{"If-Match": `"1"`}, body: terms},
		"actOnPrescribingAgreement":   {path: agreement, body: map[string]any{"act": "review"}},
		"noticePrescribingSign":       {path: sign, body: map[string]any{"id": care.NewID()}},
		"recordPrescribingDuty":       {path: duty, body: map[string]any{"note": "None.", "passed": true}},
		"listSideEffectChoices":       {path: path}, "listSideEffects": {path: path}, "readSideEffect": {path: effect}, "exportSideEffect": {path: effect},
		"tellSideEffect":     {path: path, body: map[string]any{"id": care.NewID(), "effects": []string{"nausea"}, "severity": "mild"}},
		"answerSideEffect":   {path: effect, body: map[string]any{"assessment": "possible", "action": "not-changed", "outcome": "recovering", "words": "We look again next week."}},
		"readMedicineSupply": {path: path},
		"createFHIRObservation": {body: map[string]any{"resourceType": "Observation", "status": "final", "subject": map[string]any{"reference": "Patient/" + path["patientId"]},
			"code": map[string]any{"coding": []map[string]any{{"system": "http://loinc.org", "code": "29463-7"}}}, "effectiveDateTime": c.Clock.Now().Format(time.RFC3339),
			"valueQuantity": map[string]any{"value": 154.3, "code": "[lb_av]"}}},
		"noteMedicineSupply": {path: path, body: map[string]any{"id": care.NewID(), "medicineId": line, "kind": supply.Lost, "on": c.Clock.Now().Format(time.DateOnly), "words": "My bag was taken."}},
	})
}

// colleagues are made once: a team that grew with each call would make all that asks for it
// slower.
func (c *clinic) colleagues() {
	if c.prescribers == nil {
		c.prescribers = []models.Actor{c.Clinician(models.DisciplinePsychiatry, c.patient), c.Clinician(models.DisciplineAddiction, c.patient)}
		c.nurse = c.Clinician(models.DisciplineNursing, c.patient)
	}
}

// agree puts an agreement of two prescribers of the patient in force.
func (c *clinic) agree(t testing.TB) joint.View {
	t.Helper()
	c.colleagues()
	one, two := c.prescribers[0], c.prescribers[1]
	id := care.NewID()
	terms := prescribing.Terms{Prescribers: []prescribing.Prescriber{{AccountID: one.AccountID}, {AccountID: two.AccountID}}, AnswerHours: 24, ReviewEveryDays: 30, ReviewOwner: one.AccountID,
		Signs: []prescribing.Sign{{Words: "I do not sleep.", Then: "A visit.", Owner: two.AccountID}}}
	_, err := c.Chart(one, c.patient.PatientID).Agreement.Propose(t.Context(), id, terms)
	if err == nil {
		_, err = c.Chart(two, c.patient.PatientID).Agreement.Do(t.Context(), id, joint.ActSign, "")
	}
	var v joint.View
	if err == nil {
		v, err = c.Chart(one, c.patient.PatientID).Agreement.Do(t.Context(), id, joint.ActBegin, "")
	}
	if err != nil {
		t.Fatal(err)
	}
	return v
}
