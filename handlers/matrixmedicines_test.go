package handlers_test

import (
	"maps"
	"testing"
	"time"

	"handrail/care"
	work "handrail/care/medicines"
	"handrail/handlers/edge"
	"handrail/models/medicine"
)

// medicineVisits says how the operations of medicines are called, on things of the
// patient's that are made for each.
func (c *clinic) medicineVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	now := c.Clock.Now()
	line, reaction := map[string]string{"patientId": path["patientId"], "medicineId": care.NewID()}, map[string]string{"patientId": path["patientId"], "reactionId": care.NewID()}
	match := map[string]string{"If-Match": edge.ETag(1)}
	change := map[string]string{"changeId": care.NewID()}
	part := c.Chart(c.patient, c.patient.PatientID).Medicine
	lines := []map[string]any{}
	switch operationID {
	case "readMedicine", "setMedicineWords", "stopMedicine", "giveMedicine", "renewMedicine":
		line["medicineId"] = care.NewID()
		o := work.Order{Source: medicine.Elsewhere, Terms: medicine.Terms{Name: "paliperidone depot", EveryDays: 28, SecondLine: "for the matrix"}}
		if _, err := part.Add(t.Context(), line["medicineId"], o); err != nil {
			t.Fatal(err)
		}
	case "listMedicines":
		for range 2 {
			if _, err := part.Add(t.Context(), care.NewID(), work.Order{Source: medicine.Elsewhere, Terms: medicine.Terms{Name: "ibuprofen", SecondLine: "for the matrix"}}); err != nil {
				t.Fatal(err)
			}
		}
	case "listMedicineReconciliations":
		l, err := part.List(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		r := medicine.Reconciliation{Occasion: "regular"}
		for _, m := range l.Items {
			if m.Status == medicine.Taken {
				r.Lines = append(r.Lines, medicine.ReconciledLine{MedicineID: m.ID, Says: "same"})
			}
		}
		for range 2 {
			if _, err := part.Reconcile(t.Context(), care.NewID(), r); err != nil {
				t.Fatal(err)
			}
		}
	case "readReaction", "setReaction":
		reaction["reactionId"] = care.NewID()
		if _, err := part.AddAdverse(t.Context(), reaction["reactionId"], medicine.AdverseTerms{Substance: "penicillin", Kind: "allergy", Certainty: "unconfirmed", Severity: "mild"}); err != nil {
			t.Fatal(err)
		}
	case "reconcileMedicines":
		l, err := part.List(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range l.Items {
			if m.Status == medicine.Taken {
				lines = append(lines, map[string]any{"medicineId": m.ID, "says": "same"})
			}
		}
	case "signMedicineRule", "endMedicineRule":
		change["changeId"] = care.NewID()
		if _, err := c.Care.Medicine.Propose(t.Context(), c.admin, change["changeId"], medicine.Change{Do: medicine.DoSilence, Rule: "ssri-nsaid", Why: "Seen daily.", Until: now.AddDate(0, 1, 0)}); err != nil {
			t.Fatal(err)
		}
	}
	told := func() map[string]any {
		return map[string]any{"id": care.NewID(), "source": "elsewhere", "name": "ibuprofen", "secondLine": "for the matrix"}
	}
	terms := map[string]any{"substance": "penicillin", "kind": "allergy", "certainty": "confirmed", "severity": "severe", "what": "A rash."}
	added := maps.Clone(terms)
	added["id"] = care.NewID()
	today := now.Format(time.DateOnly)
	maps.Copy(into, map[string]visit{
		"listMedicines": {path: path}, "readMedicine": {path: line}, "checkMedicine": {path: path, body: told()}, "addMedicine": {path: path, body: told()},
		"stopMedicine": {path: line, body: map[string]any{"on": today, "why": "It is over."}}, "renewMedicine": {path: line},
		"giveMedicine":     {path: line, body: map[string]any{"on": today}},
		"setMedicineWords": {path: line, header: match, body: map[string]any{"taken": "In the morning.", "why": "For sleep."}},
		"tellMedicineFact": {path: path, body: map[string]any{"code": "weight", "on": now.Format(time.RFC3339), "number": 70}},
		"addReaction":      {path: path, body: added}, "readReaction": {path: reaction}, "setReaction": {path: reaction, header: match, body: terms},
		"listMedicineReconciliations": {path: path},
		"reconcileMedicines":          {path: path, body: map[string]any{"id": care.NewID(), "occasion": "regular", "lines": lines}},
		"readMedicineRules":           {}, "reportMedicineRules": {query: "?from=" + now.AddDate(0, -1, 0).UTC().Format(time.RFC3339) + "&to=" + now.UTC().Format(time.RFC3339)},
		"proposeMedicineRule": {body: map[string]any{"id": care.NewID(), "do": "silence", "rule": "ssri-nsaid", "why": "Seen daily.", "until": now.AddDate(0, 1, 0).Format(time.RFC3339)}},
		"signMedicineRule":    {path: change}, "endMedicineRule": {path: change},
	})
}
