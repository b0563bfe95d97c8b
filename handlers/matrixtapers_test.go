package handlers_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"handrail/care"
	work "handrail/care/medicines"
	"handrail/handlers/edge"
	"handrail/models/medicine"
	"handrail/models/taper"
)

// taperVisits says how the operations of plans of steps, doses and refills are called, on
// things that are made for each.
func (c *clinic) taperVisits(t testing.TB, into map[string]visit, path map[string]string, operationID string) {
	t.Helper()
	own := map[string]string{"patientId": path["patientId"], "taperId": care.NewID(), "refillId": care.NewID()}
	today := c.Clock.Now().Format(time.DateOnly)
	terms := map[string]any{"kind": "start", "unit": "mg", "before": 0, "startsOn": c.Clock.Now().AddDate(0, 0, 1).Format(time.DateOnly),
		"steps": []map[string]any{{"days": 3, "doses": []map[string]any{{"at": "08:00", "amount": 5}}}}, "call": map[string]any{"name": "Dr. Ray", "phone": "+12025550100"}}
	line := care.NewID()
	strength := taper.Strength{Strength: medicine.Amount{Value: 5, Unit: "mg"}, Form: "tablet"}
	switch operationID {
	case "listTapers", "previewTaper", "addTaper", "readTaper", "setTaper", "signTaper", "actOnTaper", "tellTaking", "askRefill", "answerRefill":
		c.colleagues()
		doctor := c.prescribers[0]
		part := c.Chart(doctor, c.patient.PatientID).Medicine
		try := func(err error) {
			if err != nil {
				t.Fatal(err)
			}
		}
		v, err := c.Care.Medicine.Strengths(t.Context(), doctor)
		try(err)
		if one := (work.StrengthOf{Name: "escitalopram", Strength: strength}); !slices.Contains(v.Value.Items, one) {
			_, err = c.Care.Medicine.SetStrengths(t.Context(), doctor, v.Version, work.Strengths{Items: append(slices.Clone(v.Value.Items), one)})
			try(err)
		}
		l, err := part.List(t.Context())
		try(err)
		if i := slices.IndexFunc(l.Items, func(m medicine.Medicine) bool { return m.Name == "escitalopram" && m.Status == medicine.Taken }); i >= 0 {
			line = l.Items[i].ID
			c.clearLine(t, part, line)
		} else {
			_, err = part.Add(t.Context(), line, work.Order{Source: medicine.Here, Terms: medicine.Terms{Name: "escitalopram", SecondLine: "for the matrix"}})
			try(err)
		}
		plan := taper.Terms{Kind: taper.Start, Unit: "mg", StartsOn: today, Steps: []taper.Step{{Days: 3, Doses: []taper.Dose{{At: "08:00", Amount: 5}}}}, Call: taper.Call{Name: "Dr. Ray", Phone: "+12025550100"}}
		switch operationID {
		case "listTapers":
			_, err = part.AddTaper(t.Context(), care.NewID(), line, "", plan)
			try(err)
			fallthrough
		case "readTaper", "setTaper", "signTaper", "actOnTaper":
			_, err = part.AddTaper(t.Context(), own["taperId"], line, "", plan)
			try(err)
		}
		if operationID == "actOnTaper" {
			_, err = part.SignTaper(t.Context(), own["taperId"], 1)
			try(err)
		}
		if operationID == "answerRefill" {
			_, err = part.AskRefill(t.Context(), own["refillId"], line, "")
			try(err)
		}
	case "listRefills":
		all, err := c.Chart(c.patient, c.patient.PatientID).Medicine.Refills(t.Context(), "", 100)
		if err != nil {
			t.Fatal(err)
		}
		for len(all.Items) < 2 {
			c.taperVisits(t, map[string]visit{}, path, "answerRefill")
			if all, err = c.Chart(c.patient, c.patient.PatientID).Medicine.Refills(t.Context(), "", 100); err != nil {
				t.Fatal(err)
			}
		}
	}
	draft := func() map[string]any {
		out := maps.Clone(terms)
		out["id"], out["medicineId"] = care.NewID(), line
		return out
	}
	preview := draft()
	delete(preview, "id")
	match := map[string]string{"If-Match": edge.ETag(1)}
	second := map[string]string{"If-Match": edge.ETag(2)}
	maps.Copy(into, map[string]visit{
		"listTapers": {path: own}, "previewTaper": {path: own, body: preview}, "addTaper": {path: own, body: draft()}, "readTaper": {path: own},
		"setTaper": {path: own, header: match, body: terms}, "signTaper": {path: own, header: match},
		"actOnTaper":  {path: own, header: second, body: map[string]any{"do": "pause", "on": today, "why": "Too fast."}},
		"wishTaper":   {path: own, header: match, body: map[string]any{"wants": true}},
		"readTablets": {path: own}, "readMedicineStrengths": {},
		"setMedicineStrengths": {header: match, body: map[string]any{"items": []map[string]any{{"name": "diazepam", "strength": map[string]any{"value": 5, "unit": "mg"}, "form": "tablet", "scored": true}}}},
		"readTaking":           {path: own, query: "?from=" + today + "&days=2"},
		"tellTaking":           {path: own, body: map[string]any{"medicineId": line, "on": today, "state": "taken"}},
		"listRefills":          {path: own}, "askRefill": {path: own, body: map[string]any{"id": care.NewID(), "medicineId": line}},
		"answerRefill": {path: own, body: map[string]any{"status": "ready", "readyOn": today}},
	})
}

// clearLine ends what stands in the way of another plan or request of a line.
func (c *clinic) clearLine(t testing.TB, part *work.Part, line string) {
	t.Helper()
	plans, err := part.Tapers(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range plans {
		if v.Value.MedicineID == line && v.Value.Status.Shown() {
			if _, err := part.ActTaper(t.Context(), v.Value.ID, v.Version, taper.Act{Do: taper.Stop, On: c.Clock.Now().Format(time.DateOnly), Why: "Over.", Reason: "other"}); err != nil {
				t.Fatal(err)
			}
		}
	}
	asked, err := part.Refills(t.Context(), "", 100)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range asked.Items {
		if r.MedicineID == line && r.Status == medicine.RefillAsked {
			if _, err := part.AnswerRefill(t.Context(), r.ID, medicine.RefillDeclined, medicine.RefillAnswer{AnswerSay: "Over."}); err != nil {
				t.Fatal(err)
			}
		}
	}
}
