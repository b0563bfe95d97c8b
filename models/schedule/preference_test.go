package schedule

import (
	"errors"
	"testing"

	"handrail/models"
)

func TestAPreferenceIsTheWeekOfThePatient(t *testing.T) {
	p := Preference{Windows: []PreferredWindow{{Days: []string{"WE", "TU"}, From: "09:00", To: "12:00"}, {Days: []string{"SU"}, From: "20:00", To: "24:00"}}}
	o, err := p.Open("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	z, _ := LoadZone("America/New_York")
	for _, c := range []struct {
		from, to string
		open     bool
	}{
		{"2026-03-03T09:00:00", "2026-03-03T12:00:00", true}, // a Tuesday
		{"2026-03-10T09:00:00", "2026-03-10T12:00:00", true}, // after the clocks change
		{"2026-03-03T08:59:00", "2026-03-03T10:00:00", false},
		{"2026-03-05T09:00:00", "2026-03-05T10:00:00", false}, // a Thursday
		{"2026-03-08T23:00:00", "2026-03-09T00:00:00", true},
	} {
		from, _ := ParseWall(c.from)
		to, _ := ParseWall(c.to)
		if got := o.Covers(Span{z.At(from), z.At(to)}, Need{}); got != c.open {
			t.Errorf("%s: %v", c.from, got)
		}
	}
	if o, err := (Preference{}).Open("UTC"); o != nil || err != nil {
		t.Error("no wish is not any time")
	}
}

func TestPreferencesThatAreNone(t *testing.T) {
	for field, w := range map[string]PreferredWindow{
		"windows[0].days": {Days: []string{"XX"}, From: "09:00", To: "12:00"},
		"windows[0].from": {Days: []string{"MO"}, From: "9", To: "12:00"},
		"windows[0].to":   {Days: []string{"MO"}, From: "13:00", To: "12:00"},
	} {
		_, err := Preference{Windows: []PreferredWindow{w}}.Open("UTC")
		if e, ok := errors.AsType[*models.Error](err); !ok || e.Fields[0].Field != field {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := (Preference{Windows: make([]PreferredWindow, 22)}).Open("UTC"); err == nil {
		t.Error("any number of windows")
	}
}
