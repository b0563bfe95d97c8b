package handlers_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"handrail/care"
	"handrail/care/medicines"
	"handrail/fhir/fhirtest"
	"handrail/handlers/fhirapi"
	"handrail/models"
	"handrail/models/medicine"
)

// TestFHIRAnswersAreValid: another program's validator, with HL7's definitions of R4,
// finds no fault in any answer of a FHIR read, nor in a refusal, and finds some in what
// is wrong. Lists of a patient have something in them.
func TestFHIRAnswersAreValid(t *testing.T) {
	c := openClinic(t)
	c.someMedicines(t)
	c.episode(t, "readEpisode")
	c.referred(t, true)
	answers := map[string]json.RawMessage{}
	for _, op := range operations() {
		if op.Method != http.MethodGet || !strings.HasPrefix(op.Path, fhirapi.Base+"/") || strings.Contains(op.Path, "/.well-known/") {
			continue
		}
		for _, who := range c.callers {
			if who.name != "patient" && who.name != "therapist" && who.name != "nobody" && who.name != "administrator" {
				continue
			}
			res := c.call(t, op, c.visitFor(t, op.OperationID), who.token)
			text, err := io.ReadAll(res.Body)
			if err != nil {
				t.Fatal(err)
			}
			answers[op.OperationID+" "+who.name+" "+res.Status] = text
			if res.StatusCode == http.StatusOK && who.name == "patient" && strings.HasPrefix(op.OperationID, "listFHIR") && len(op.Parameters) > 0 {
				c.hasEntries(t, op.OperationID, text)
			}
		}
	}
	if len(answers) < 40 {
		t.Errorf("%d answers", len(answers))
	}
	answers["wrong"] = json.RawMessage(`{"resourceType":"MedicationStatement","status":"active","subject":{"reference":"Patient/1"},"dosage":"two"}`)
	for name, faults := range fhirtest.Faults(t, answers) {
		if (len(faults) > 0) != (name == "wrong") {
			t.Errorf("%s: %q in %.400s", name, faults, answers[name])
		}
	}
}

func (c *clinic) hasEntries(t *testing.T, operationID string, text []byte) {
	t.Helper()
	var b tree
	if err := json.Unmarshal(text, &b); err != nil || len(entries(b)) == 0 {
		t.Errorf("%s has nothing in it: %v %.200s", operationID, err, text)
	}
}

// someMedicines are one of each kind: ordered here, ordered and stopped, from elsewhere,
// bought, from the street, and a reaction.
func (c *clinic) someMedicines(t *testing.T) {
	t.Helper()
	doctor := c.Chart(c.Clinician(models.DisciplinePsychiatry, c.patient), c.patient.PatientID).Medicine
	own := c.Chart(c.patient, c.patient.PatientID).Medicine
	ml := medicine.Amount{Value: 5, Unit: "mL"}
	full := medicine.Terms{Name: "quetiapine", Strength: &medicine.Amount{Value: 25, Unit: "mg"}, Form: "tablet", Taken: "one at night", Why: "to sleep",
		Directions: "One tablet at night.", Daily: &medicine.Amount{Value: 25, Unit: "mg"}, Setting: "clinic", Since: "2026-02-03"}
	var stopped string
	for _, o := range []struct {
		by    *medicines.Part
		order medicines.Order
	}{{doctor, medicines.Order{Source: medicine.Here, Terms: full}},
		{doctor, medicines.Order{Source: medicine.Here, Terms: medicine.Terms{Name: "sertraline", Setting: "clinic"}}},
		{own, medicines.Order{Source: medicine.Elsewhere, Terms: medicine.Terms{Name: "paracetamol", Strength: &ml, PrescribedBy: "Dr Ives", LastDoseOn: "2026-03-01", EveryDays: 28}}},
		{own, medicines.Order{Source: medicine.Counter, Terms: medicine.Terms{Name: "moonflower tea"}}},
		{own, medicines.Order{Source: medicine.Street, Terms: medicine.Terms{Name: "pregabalin", Taken: "now and then"}}}} {
		m, err := o.by.Add(t.Context(), care.NewID(), o.order)
		if err != nil {
			t.Fatal(o.order.Terms.Name, err)
		}
		stopped = m.ID
	}
	_, err := own.Stop(t.Context(), stopped, medicines.Stopping{On: "2026-03-02", Why: "I do not take it any more."})
	for _, r := range []medicine.AdverseTerms{{Substance: "penicillin", Kind: "allergy", Certainty: "confirmed", Severity: "severe", What: "hives", On: "2020-01-02"},
		{Substance: "tramadol", Kind: "intolerance", Certainty: "entered-in-error", Severity: "mild", What: "sick"}} {
		if err == nil {
			_, err = doctor.AddAdverse(t.Context(), care.NewID(), r)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}
