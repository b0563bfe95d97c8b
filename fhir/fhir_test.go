package fhir

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"handrail/models/schedule"
)

var update = flag.Bool("update", false, "write the golden files anew")

// golden holds a resource against a file of the repository and against the rules.
func golden(t *testing.T, file string, resource any) {
	t.Helper()
	got, err := json.MarshalIndent(resource, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	file = filepath.Join("testdata", file)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is now:\n%s", file, got)
	}
	var tree map[string]any
	if err := json.Unmarshal(got, &tree); err != nil {
		t.Fatal(err)
	}
	for _, broken := range rules(tree) {
		t.Errorf("%s: %s", file, broken)
	}
}

var idRule = regexp.MustCompile(`^[A-Za-z0-9\-.]{1,64}$`)

// rules checks what FHIR asks of all JSON and of Appointments (R4, app-1 to app-4).
// It knows nothing of the types above.
func rules(node any) (broken []string) {
	switch x := node.(type) {
	case string:
		if strings.TrimSpace(x) == "" {
			broken = append(broken, "an empty string")
		}
	case []any:
		if len(x) == 0 {
			broken = append(broken, "an empty list")
		}
		for _, v := range x {
			broken = append(broken, rules(v)...)
		}
	case map[string]any:
		if len(x) == 0 {
			broken = append(broken, "an empty object")
		}
		for name, v := range x {
			for _, b := range rules(v) {
				broken = append(broken, name+": "+b)
			}
		}
		if id, ok := x["id"].(string); ok && !idRule.MatchString(id) {
			broken = append(broken, "id "+id)
		}
		if x["resourceType"] == "Appointment" {
			broken = append(broken, appointmentRules(x)...)
		}
		broken = append(broken, medicineRules(x)...)
	}
	return broken
}

func appointmentRules(a map[string]any) (broken []string) {
	status, _ := a["status"].(string)
	participants, _ := a["participant"].([]any)
	if len(participants) == 0 {
		broken = append(broken, "no participant")
	}
	for _, p := range participants {
		if one, _ := p.(map[string]any); one["type"] == nil && one["actor"] == nil || one["status"] == nil {
			broken = append(broken, "app-1")
		}
	}
	if (a["start"] == nil) != (a["end"] == nil) {
		broken = append(broken, "app-2")
	}
	if a["start"] == nil && status != "proposed" && status != "cancelled" && status != "waitlist" {
		broken = append(broken, "app-3")
	}
	if a["cancelationReason"] != nil && status != "cancelled" && status != "noshow" {
		broken = append(broken, "app-4")
	}
	return broken
}

// medicineRules are what R4 asks of medicines and reactions: elements that must be there,
// codes of required bindings, and ait-1 and ait-2.
func medicineRules(r map[string]any) (broken []string) {
	needs := map[string][]string{"MedicationRequest": {"status", "intent", "medicationCodeableConcept", "subject"},
		"MedicationStatement": {"status", "medicationCodeableConcept", "subject"}, "AllergyIntolerance": {"patient", "verificationStatus"}}
	kind, _ := r["resourceType"].(string)
	for _, name := range needs[kind] {
		if r[name] == nil {
			broken = append(broken, kind+" lacks "+name)
		}
	}
	if status := r["status"]; kind == "MedicationRequest" || kind == "MedicationStatement" {
		if status != "active" && status != "stopped" && status != "entered-in-error" {
			broken = append(broken, "status")
		}
	}
	if kind != "AllergyIntolerance" {
		return broken
	}
	text, _ := json.Marshal(r["verificationStatus"])
	wrong := bytes.Contains(text, []byte("entered-in-error"))
	if wrong == (r["clinicalStatus"] != nil) {
		broken = append(broken, "ait-1 or ait-2")
	}
	return broken
}

func at(hour, minute int) time.Time { return time.Date(2026, 3, 4, hour, minute, 0, 0, time.UTC) }

const (
	patient   = "0195f1a2-0000-7000-8000-00000000000a"
	therapist = "0195f1a2-0000-7000-8000-00000000000b"
	mother    = "0195f1a2-0000-7000-8000-00000000000c"
	room      = "0195f1a2-0000-7000-8000-00000000000d"
	visitID   = "0195f1a2-0000-7000-8000-00000000000e"
)

func booked() Visit {
	return Visit{ID: visitID, Version: "3", Status: schedule.Booked, PatientID: patient, Start: at(15, 0), End: at(15, 50), Type: "talk", TypeName: "Talk", Modality: schedule.Video,
		Participants: []Party{
			{patient, "Maya Torres", schedule.Patient, true, schedule.Accepted, at(15, 0), at(15, 50)},
			{therapist, "Leila Haddad", schedule.Clinician, true, schedule.Accepted, at(15, 0), at(15, 50)},
			{mother, "", schedule.Supporter, false, schedule.NeedsAction, at(15, 30), at(15, 50)},
			{room, "Room 1", schedule.Resource, true, schedule.Accepted, at(15, 0), at(15, 50)},
		}}
}

func TestAppointments(t *testing.T) {
	v := booked()
	golden(t, "appointment-booked.json", AppointmentOf(v))
	until := at(14, 5)
	v.Status, v.HoldUntil = schedule.Pending, &until
	golden(t, "appointment-held.json", AppointmentOf(v))
	v.Status, v.HoldUntil, v.Cancellation = schedule.Cancelled, nil, &schedule.Cancellation{Reason: "pat-lt", By: patient, At: at(13, 0)}
	golden(t, "appointment-cancelled.json", AppointmentOf(v))
	// Who may only know the times learns whose and when.
	golden(t, "appointment-times.json", AppointmentOf(Visit{ID: visitID, Version: "3", Status: schedule.Booked, PatientID: patient, Start: at(15, 0), End: at(15, 50)}))
}

// A reason stays in the record when a visit that was called off turns out to be a
// mistake, and FHIR wants none then.
func TestEveryStateKeepsTheRules(t *testing.T) {
	for _, s := range schedule.Statuses {
		v := booked()
		v.Status, v.Cancellation = s, &schedule.Cancellation{Reason: "pat"}
		text, err := json.Marshal(AppointmentOf(v))
		if err != nil {
			t.Fatal(err)
		}
		var tree map[string]any
		if err := json.Unmarshal(text, &tree); err != nil || len(rules(tree)) > 0 {
			t.Errorf("%s: %v %v", s, rules(tree), err)
		}
	}
}

func TestTheRulesFindWhatIsWrong(t *testing.T) {
	for _, text := range []string{
		`{"resourceType":"Appointment","status":"booked","start":"x","end":"x","participant":[]}`,
		`{"resourceType":"Appointment","status":"booked","start":"x","end":"x","participant":[{"status":"accepted"}]}`,
		`{"resourceType":"Appointment","status":"booked","participant":[{"status":"accepted","actor":{"reference":"Patient/1"}}]}`,
		`{"resourceType":"Appointment","status":"booked","start":"x","end":"x","cancelationReason":{"text":"x"},"participant":[{"status":"accepted","actor":{"reference":"Patient/1"}}]}`,
		`{"id":"a b"}`, `{"id":"a","x":""}`, `{"x":{}}`,
	} {
		var tree map[string]any
		if err := json.Unmarshal([]byte(text), &tree); err != nil || len(rules(tree)) == 0 {
			t.Errorf("passes: %s %v", text, err)
		}
	}
}

const base = "https://care.example.org/fhir/R4"

func slot() schedule.Slot {
	return schedule.Slot{Start: at(15, 0), End: at(15, 50), Modality: schedule.Video, Seats: []schedule.Seat{
		{Role: "therapist", Kind: schedule.Clinician, Who: therapist, Start: at(15, 0), End: at(15, 50)},
		{Role: "patient", Kind: schedule.Patient, Who: patient, Start: at(15, 0), End: at(15, 50)},
	}}
}

func TestSearchsets(t *testing.T) {
	p := Proposal(visitID+".0", patient, schedule.VisitType{ID: "talk", Name: "Talk"}, slot())
	golden(t, "bundle-proposals.json", Searchset(base, []Appointment{p}, "Appointment/$find?service-type=talk", ""))
	golden(t, "bundle-empty.json", Searchset(base, []Appointment{}, "Appointment?patient=Patient/1", "Appointment?patient=Patient/1&page=x"))
	slots := []Slot{}
	for i, s := range []State{Free, Busy, Tentative, Unavailable} {
		slots = append(slots, SlotOf(therapist, Time{schedule.SpanOf(at(9+i, 0), at(10+i, 0)), s}))
	}
	golden(t, "bundle-slots.json", Searchset(base, slots, "Slot?schedule=Schedule/1", ""))
	golden(t, "schedule.json", ScheduleOf(therapist, "Leila Haddad", at(0, 0), at(0, 0).AddDate(0, 0, 400)))
}

func TestOutcomesAndCapability(t *testing.T) {
	golden(t, "outcome.json", Outcome(422, "urn:uuid:"+visitID, Refusal{"invalid-input", "Some of what was sent can't be used.", ""}, Refusal{"bad-date", "Write a date.", "query.date"}))
	golden(t, "metadata.json", Capability("1"))
	if Outcome(418, "", Refusal{"tea", "x", ""}).Issue[0].Code != "processing" {
		t.Error("an odd status")
	}
}

func TestSlotIDs(t *testing.T) {
	who, start, ok := ParseSlotID(SlotOf(therapist, Time{schedule.SpanOf(at(9, 0), at(10, 0)), Free}).ID)
	if !ok || who != therapist || !start.Equal(at(9, 0)) {
		t.Error(who, start, ok)
	}
	for _, id := range []string{"", "x", "x.", "x.y", "x.-1", "x.0", "x.99999999999", ".."} {
		if _, _, ok := ParseSlotID(id); ok {
			t.Error(id)
		}
	}
}

func TestReferences(t *testing.T) {
	for reference, want := range map[string]string{"Patient/1": "1", "1": "1", "https://x.test/fhir/Patient/1": "1", "Practitioner/1": "", "Patient/": "", "": "",
		"Patient/a b": "", "Patient/" + strings.Repeat("x", 65): "", "/Patient/1": "1", "../1": ""} {
		if got := IDOf("Patient", reference); got != want {
			t.Errorf("%q gives %q", reference, got)
		}
	}
}

// TestDateSearch holds each prefix against instants around what is written, which
// covers a year, a month, a day, a minute or a second.
func TestDateSearch(t *testing.T) {
	now := time.Date(2026, 3, 10, 0, 0, 0, 0, time.UTC)
	at := func(text string) time.Time {
		v, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct{ search, yes, no string }{
		{"2026-03-04", "2026-03-04T00:00:00Z 2026-03-04T23:59:59Z", "2026-03-03T23:59:59Z 2026-03-05T00:00:00Z"},
		{"eq2026-03", "2026-03-31T23:00:00Z", "2026-04-01T00:00:00Z"},
		{"2026", "2026-12-31T23:00:00Z", "2027-01-01T00:00:00Z"},
		{"2026-03-04T09:30Z", "2026-03-04T09:30:00Z 2026-03-04T09:30:59Z", "2026-03-04T09:31:00Z 2026-03-04T09:29:59Z"},
		{"2026-03-04T09:30", "2026-03-04T09:30:10Z", "2026-03-04T10:30:00Z"},
		{"2026-03-04T09:30+01:00", "2026-03-04T08:30:00Z", "2026-03-04T09:30:00Z"},
		{"2026-03-04T09:30 01:00", "2026-03-04T08:30:00Z", "2026-03-04T09:30:00Z"}, // a form made a space of the plus
		{"2026-03-04T09:30:05-05:00", "2026-03-04T14:30:05Z", "2026-03-04T14:30:06Z"},
		{"ne2026-03-04", "2026-03-03T23:59:59Z 2026-03-05T00:00:00Z", "2026-03-04T12:00:00Z"},
		{"gt2026-03-04", "2026-03-05T00:00:00Z", "2026-03-04T23:59:59Z"},
		{"sa2026-03-04", "2026-03-05T00:00:00Z", "2026-03-04T23:59:59Z"},
		{"lt2026-03-04", "2026-03-03T23:59:59Z", "2026-03-04T00:00:00Z"},
		{"eb2026-03-04", "2026-03-03T23:59:59Z", "2026-03-04T00:00:00Z"},
		{"ge2026-03-04", "2026-03-04T00:00:00Z 2027-03-04T00:00:00Z", "2026-03-03T23:59:59Z"},
		{"le2026-03-04", "2026-03-04T23:59:59Z 2020-03-04T00:00:00Z", "2026-03-05T00:00:00Z"},
		{"ap2026-03-04", "2026-03-03T00:00:00Z 2026-03-05T23:00:00Z", "2026-03-02T23:00:00Z 2026-03-06T01:00:00Z"},
		{"2026-03-04,2026-03-06", "2026-03-04T12:00:00Z 2026-03-06T12:00:00Z", "2026-03-05T12:00:00Z"},
		{"ge2026-03-04 lt2026-03-06", "2026-03-05T12:00:00Z", "2026-03-06T00:00:00Z 2026-03-03T12:00:00Z"},
		{"ge2026-03-04 ne2026-03-05", "2026-03-06T12:00:00Z", "2026-03-05T12:00:00Z"},
	} {
		texts := strings.Split(c.search, " ")
		if strings.Contains(c.search, " 01:00") {
			texts = []string{c.search}
		}
		s, ok := ParseDates(texts, now)
		if !ok {
			t.Errorf("%s is not understood", c.search)
			continue
		}
		from, to := s.Bounds()
		for _, text := range strings.Fields(c.yes) {
			if v := at(text); !s.Match(v) || v.Before(from) || !to.IsZero() && !v.Before(to) {
				t.Errorf("%s leaves out %s (bounds %s to %s)", c.search, text, from, to)
			}
		}
		for _, text := range strings.Fields(c.no) {
			if s.Match(at(text)) {
				t.Errorf("%s takes %s", c.search, text)
			}
		}
	}
	for _, bad := range []string{"ge", "ge2026-02-30", "1800", "2026-03-04T25:00Z", "xx2026-03-04", "soon", "2026-03-04,", "", "2026-3-4", "2026-03-04T09Z"} {
		if _, ok := ParseDates([]string{bad}, now); ok {
			t.Errorf("%q is understood", bad)
		}
	}
}

func TestPeople(t *testing.T) {
	golden(t, "patient.json", PatientOf(Person{ID: patient, Name: "Maya Torres", PreferredName: "May", Phone: "+14155550100", BirthDate: "1990-02-28", Language: "es", Version: "2"}))
	golden(t, "patient-bare.json", PatientOf(Person{ID: patient}))
	golden(t, "practitioner.json", PractitionerOf(therapist, "Leila Haddad", "therapy", true))
}
