package crisisplan

import (
	"testing"
	"time"

	"handrail/models"
)

func TestOpenAt(t *testing.T) {
	office := Hours{Zone: "America/New_York", Open: []Open{{[]string{"MO", "TU", "WE", "TH", "FR"}, "09:00", "17:00"}}}
	night := Hours{Zone: "America/New_York", Open: []Open{{[]string{"SA"}, "22:00", "06:00"}}}
	// On 2026-03-08 New York goes from 02:00 to 03:00; on 2026-11-01 from 02:00 back to 01:00.
	early := Hours{Zone: "America/New_York", Open: []Open{{[]string{"SU"}, "01:00", "02:00"}}}
	skipped := Hours{Zone: "America/New_York", Open: []Open{{[]string{"SU"}, "02:00", "03:00"}}}
	for _, c := range []struct {
		name  string
		hours Hours
		at    string // UTC
		open  bool
	}{
		{"Monday 09:00", office, "2026-03-02T14:00:00Z", true},
		{"Monday 08:59", office, "2026-03-02T13:59:59Z", false},
		{"Monday 17:00", office, "2026-03-02T22:00:00Z", false},
		{"Sunday noon", office, "2026-03-01T17:00:00Z", false},
		{"Monday 09:00 in summer", office, "2026-03-09T13:00:00Z", true},
		{"Saturday 23:00", night, "2026-03-01T04:00:00Z", true},
		{"Sunday 05:59", night, "2026-03-01T10:59:00Z", true},
		{"Sunday 06:00", night, "2026-03-01T11:00:00Z", false},
		{"Friday 23:00", night, "2026-02-28T04:00:00Z", false},
		{"Sunday 01:30 the first time", early, "2026-11-01T05:30:00Z", true},
		{"Sunday 01:30 again", early, "2026-11-01T06:30:00Z", true},
		{"Sunday 02:30 after both", early, "2026-11-01T07:30:00Z", false},
		{"Sunday 01:59 before the gap", skipped, "2026-03-08T06:59:59Z", false},
		{"Sunday 03:00 after the gap", skipped, "2026-03-08T07:00:00Z", false},
		{"night over the gap", night, "2026-03-08T09:59:00Z", true}, // 05:59 in summer time
		{"day and night", Hours{Always: true}, "2026-03-01T03:00:00Z", true},
		{"whole day", Hours{Zone: "UTC", Open: []Open{{[]string{"SU"}, "00:00", "24:00"}}}, "2026-03-01T23:59:59Z", true},
		{"a zone that is none", Hours{Zone: "Mars/Base", Open: office.Open}, "2026-03-02T14:00:00Z", false},
	} {
		at, err := time.Parse(time.RFC3339, c.at)
		if err != nil {
			t.Fatal(err)
		}
		if got := c.hours.OpenAt(at); got != c.open {
			t.Errorf("%s: open %v", c.name, got)
		}
	}
}

func TestHoursAreHeld(t *testing.T) {
	good := Open{[]string{"MO"}, "09:00", "17:00"}
	for field, h := range map[string]Hours{
		"":               {Zone: "Europe/Berlin", Open: []Open{good}},
		"h":              {Always: true, Zone: "Europe/Berlin"},
		"h.zone":         {Zone: "Local", Open: []Open{good}},
		"h.open":         {Zone: "Europe/Berlin"},
		"h.open[0].days": {Zone: "Europe/Berlin", Open: []Open{{[]string{"Monday"}, "09:00", "17:00"}}},
		"h.open[0].from": {Zone: "Europe/Berlin", Open: []Open{{[]string{"MO"}, "24:00", "17:00"}}},
		"h.open[1].to":   {Zone: "Europe/Berlin", Open: []Open{good, {[]string{"MO"}, "09:00", "5:00"}}},
	} {
		var c models.Checks
		h.check(&c, "h")
		if got := c.Fields(); (field == "") != (len(got) == 0) || len(got) > 0 && got[0].Field != field {
			t.Errorf("%s: %+v", field, got)
		}
	}
}
