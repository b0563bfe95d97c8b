package risk

import (
	"testing"
	"time"

	"handrail/models/checkin"
)

func TestReport(t *testing.T) {
	var all []Alert
	for i := range 60 {
		when := monday.Add(time.Duration(i) * 30 * time.Hour)
		a := taking(nil, at(when), fired(checkin.Elevated, "R-SC-2")...)[0]
		code := "no-action-needed"
		if i < 6 {
			code = "reached-safe"
		}
		all = append(all, record(t, a, ana, Ending{Status: Resolved, Code: code}, when.Add(time.Duration(i+1)*time.Minute)))
	}
	from, to := monday, monday.AddDate(0, 6, 0)
	r := ReportOf(all, from, to, time.UTC)
	if len(r.Rules) != 1 || !r.Rules[0].Review || r.Rules[0].Fired != 60 || r.Rules[0].NothingDone != 54 || r.Rules[0].ActedOn != 6 || *r.Rules[0].MedianMinutes != 3.5 {
		t.Fatalf("%+v", r.Rules)
	}
	if r := ReportOf(all[:59], from, to, time.UTC); r.Rules[0].Review {
		t.Error("59 firings ask for a review")
	}
	all[59] = record(t, taking(nil, at(monday.Add(59*30*time.Hour)), fired(checkin.Elevated, "R-SC-2")...)[0], ana, Ending{Status: Resolved, Code: "reached-safe"}, to.Add(-time.Hour))
	if r := ReportOf(all, from, to, time.UTC); r.Rules[0].Review {
		t.Error("53 of 60 ask for a review")
	}
	if r := ReportOf(all, to, to.AddDate(1, 0, 0), time.UTC); len(r.Rules) != 0 || len(r.People) != 0 {
		t.Errorf("what lies outside counts: %+v", r)
	}
}

// More than two urgent alerts of one person within 12 hours are too much; the same alert
// that calls again is one.
func TestTooMuch(t *testing.T) {
	urgent := func(hours int) Alert {
		return taking(nil, at(monday.Add(time.Duration(hours)*time.Hour)), fired(checkin.Urgent, "R-SI-0")...)[0]
	}
	load := func(all ...Alert) PersonLoad {
		for _, p := range ReportOf(all, monday, monday.AddDate(0, 0, 7), time.UTC).People {
			if p.AccountID == "ana" && p.Shift == DayShift {
				return p
			}
		}
		return PersonLoad{}
	}
	if p := load(urgent(0), urgent(1), urgent(2)); p.Most != 3 || !p.TooMuch || p.Waiting != 3 {
		t.Errorf("%+v", p)
	}
	if p := load(urgent(0), urgent(1), urgent(24)); p.Most != 2 || p.TooMuch {
		t.Errorf("%+v", p)
	}
	a := urgent(0)
	a, _ = a.Acknowledge(ana, monday.Add(time.Minute))
	a = taking([]Alert{a}, at(monday.Add(time.Hour)), fired(checkin.Urgent, "R-SI-0")...)[0]
	if p := load(a, urgent(1)); p.Most != 2 || p.TooMuch {
		t.Errorf("one alert that called twice: %+v", p)
	}
}
