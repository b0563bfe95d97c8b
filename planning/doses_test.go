package planning_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/medicines"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/reminder"
	"handrail/models/taper"
)

// TestDosesOfAPlanAreReminded: at the times of the plan, by the clock where the person is,
// and no more once it is stopped or that time was told of. Nothing of it names a medicine.
func TestDosesOfAPlanAreReminded(t *testing.T) {
	w := newPlannedClinic(t)
	doctor := w.Clinician(models.DisciplinePsychiatry, w.sam)
	part := w.Chart(doctor, w.sam.PatientID).Medicine
	strength := taper.Strength{Strength: medicine.Amount{Value: 5, Unit: "mg"}, Form: "tablet"}
	_, err := w.Care.Medicine.SetStrengths(t.Context(), doctor, 1, medicines.Strengths{Items: []medicines.StrengthOf{{Name: "escitalopram", Strength: strength}}})
	w.ok(err)
	line, plan := care.NewID(), care.NewID()
	_, err = part.Add(t.Context(), line, medicines.Order{Source: medicine.Here, Terms: medicine.Terms{Name: "escitalopram"}})
	w.ok(err)
	zone, err := time.LoadLocation("America/New_York") // where Sam is
	w.ok(err)
	today := models.LocalDay(w.Clock.Now(), zone)
	_, err = part.AddTaper(t.Context(), plan, line, "", taper.Terms{Kind: taper.Start, Unit: "mg", StartsOn: taper.AddDays(today, 1),
		Steps: []taper.Step{{Days: 3, Doses: []taper.Dose{{At: "20:30", Amount: 5}}}}, Call: taper.Call{Name: "Dr. Ray", Phone: "+12025550100"}})
	w.ok(err)
	days := func() []string {
		w.turn()
		var out []string
		for _, o := range w.coming(w.sam, reminder.MedicineTime) {
			if o.Ref != line {
				t.Errorf("%+v", o)
			}
			out = append(out, o.Reading[:10])
		}
		return out
	}
	if got := days(); len(got) != 0 {
		t.Fatalf("a draft reminds: %v", got)
	}
	_, err = part.SignTaper(t.Context(), plan, 1)
	w.ok(err)
	want := []string{taper.AddDays(today, 1), taper.AddDays(today, 2), taper.AddDays(today, 3)}
	if got := days(); !slices.Equal(got, want) {
		t.Fatalf("%v, want %v", got, want)
	}
	_, err = w.own().Medicine.TellTaking(t.Context(), medicine.Taking{MedicineID: line, On: want[0], At: "20:30", State: medicine.DoseTaken})
	w.ok(err)
	if got := days(); !slices.Equal(got, want[1:]) {
		t.Errorf("told of: %v", got)
	}
	_, err = part.ActTaper(t.Context(), plan, 2, taper.Act{Do: taper.Stop, Why: "A rash.", Reason: "rash"})
	w.ok(err)
	if got := days(); len(got) != 0 {
		t.Errorf("a plan that was stopped reminds: %v", got)
	}
}
