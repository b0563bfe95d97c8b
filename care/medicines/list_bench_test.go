package medicines_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/medicines"
	"handrail/models"
	"handrail/models/medicine"
)

// BenchmarkListWithChecks reads a list of 30 medicines with what the rules say of it, as a
// prescriber does; p99 is of one read.
func BenchmarkListWithChecks(b *testing.B) {
	h := caretest.New(b)
	sam := h.Patient()
	doctor := h.Clinician(models.DisciplinePsychiatry, sam)
	names := []string{"buprenorphine", "sertraline", "lithium carbonate", "quetiapine", "gabapentin", "ibuprofen", "omeprazole", "clonidine", "hydroxyzine", "losartan"}
	for i := range 30 {
		o := medicines.Order{Source: medicine.Elsewhere, Terms: medicine.Terms{Name: names[i%len(names)], Setting: fmt.Sprint("place ", i), SecondLine: "for the figures"}}
		if _, err := h.Chart(doctor, sam.PatientID).Medicine.Add(b.Context(), care.NewID(), o); err != nil {
			b.Fatal(err)
		}
	}
	var took []time.Duration
	for b.Loop() {
		begin := b.Elapsed()
		l, err := h.Chart(doctor, sam.PatientID).Medicine.List(b.Context())
		if err != nil || len(l.Items) != 30 || len(l.Checked.Findings) == 0 {
			b.Fatal(len(l.Items), err)
		}
		took = append(took, b.Elapsed()-begin)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms")
}
