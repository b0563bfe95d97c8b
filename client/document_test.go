package client

import (
	"encoding/json"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
)

// documented are the types under the names that the API's document has for them. What
// is used by them follows by itself; where its name is another one it stands here too.
var documented = map[string]any{
	"SignedInView": SignIn{}, "SessionView": Session{}, "Account": Account{}, "NewAccountInputBody": NewAccount{}, "EnrolmentCode": EnrolmentCode{},
	"Patient": Patient{}, "AccessEntry": AccessEntry{}, "SiteAnswer": Site{},
	"GoalView": Goal{}, "GoalTerms": GoalTerms{}, "MilestoneTerms": MilestoneTerms{}, "GoalNote": GoalNote{},
	"CheckInBody": NewCheckIn{}, "CheckInAnswer": CheckInAnswer{},
	"PlanView":    CrisisPlan{},
	"ConsentView": Consent{}, "GiveConsentInputBody": NewConsent{},
	"VisitView": Appointment{}, "ParticipantView": Participant{}, "Slot": Slot{}, "HoldInputBody": NewHold{}, "BookInputBody": NewAppointment{},
	"Item": Reminder{}, "Trail": ReminderTrail{}, "Ahead": ComingReminders{}, "PushDevice": PushDevice{}, "PushDeviceInputBody": NewPushDevice{},
	"Problem": Problem{},
}

// A field that is missing here would be lost when something is read, changed and written;
// one that the document does not have is refused.
func TestTypesHaveTheFieldsOfTheDocument(t *testing.T) {
	text, err := os.ReadFile("../handlers/testdata/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	var document struct {
		Components struct {
			Schemas map[string]struct{ Properties map[string]any }
		}
	}
	if err := json.Unmarshal(text, &document); err != nil {
		t.Fatal(err)
	}
	names := map[reflect.Type]string{}
	for name, v := range documented {
		names[reflect.TypeOf(v)] = name
	}
	seen := map[reflect.Type]bool{}
	var check func(of reflect.Type)
	check = func(of reflect.Type) {
		for of.Kind() == reflect.Pointer || of.Kind() == reflect.Slice || of.Kind() == reflect.Map {
			of = of.Elem()
		}
		if of.Kind() != reflect.Struct || of == reflect.TypeFor[time.Time]() || seen[of] {
			return
		}
		seen[of] = true
		name := names[of]
		if name == "" {
			name = of.Name()
		}
		schema, ok := document.Components.Schemas[name]
		if !ok {
			t.Errorf("the document has no %s", name)
			return
		}
		fields := map[string]reflect.Type{}
		for _, f := range reflect.VisibleFields(of) {
			if tag, _, _ := strings.Cut(f.Tag.Get("json"), ","); tag != "" && tag != "-" {
				fields[tag] = f.Type
			}
		}
		ours, theirs := slices.Sorted(maps.Keys(fields)), slices.Sorted(maps.Keys(schema.Properties))
		if name == "Problem" {
			theirs = slices.DeleteFunc(theirs, func(f string) bool { return f == "type" }) // says no more than the code
		}
		if !slices.Equal(ours, theirs) {
			t.Errorf("%s has\n%q, the document\n%q", name, ours, theirs)
		}
		for _, f := range fields {
			check(f)
		}
	}
	for _, v := range documented {
		check(reflect.TypeOf(v))
	}
	t.Logf("%d types", len(seen))
}
