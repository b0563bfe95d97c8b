package fhir

import "testing"

// TestAnObservationIsAResult: in each unit that it may come in; another unit or code is
// refused by its field.
func TestAnObservationIsAResult(t *testing.T) {
	of := func(loinc string, value float64, unit string) ObservationIn {
		return ObservationIn{Code: ConceptIn{Coding: []CodingIn{{System: "urn:local", Code: "x"}, {System: SystemLOINC, Code: loinc}}}, ValueQuantity: &QuantityIn{Value: value, Code: unit}}
	}
	for _, want := range []struct {
		in     ObservationIn
		code   string
		number float64
		field  string
	}{
		{of("8634-8", 0.48, "s"), "ecg-qtc", 480, ""}, {of("751-8", 1800, "/uL"), "anc", 1.8, ""}, {of("14334-7", 0.7, "meq/L"), "lithium-level", 0.7, ""},
		{of("29463-7", 70, "cm"), "", 0, "valueQuantity.code"}, {of("1-8", 70, "kg"), "", 0, "code"},
		{ObservationIn{Code: of("82810-3", 0, "").Code}, "", 0, "valueCodeableConcept"}, {ObservationIn{Code: of("8634-8", 0, "").Code}, "", 0, "valueQuantity"},
	} {
		if m, field := want.in.Result(); field != want.field || field == "" && (m.Code != want.code || m.Number < want.number-1e-9 || m.Number > want.number+1e-9) {
			t.Errorf("%+v: %+v, %q", want, m, field)
		}
	}
	pregnant := ObservationIn{Code: of("82810-3", 0, "").Code, ValueCodeableConcept: &ConceptIn{Coding: []CodingIn{{System: SystemSNOMED, Code: "77386006"}}}}
	if m, field := pregnant.Result(); field != "" || m.Word != "yes" {
		t.Errorf("%+v, %q", m, field)
	}
}
