package schedule

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestExplain(t *testing.T) {
	for name, c := range map[string]struct {
		at     string // of Monday
		change func(*Request, Candidates)
		want   string // "code who from-to"
	}{
		"possible": {"10:00", nil, ""},
		"taken": {"10:00", func(_ *Request, candidates Candidates) {
			candidates.People["c1"].Claims = []Claim{busy("10:30", "12:00")}
		}, "taken c1 10:30-11:00"},
		"two visits": {"10:00", func(_ *Request, candidates Candidates) {
			candidates.People["c1"].Claims = []Claim{busy("09:30", "10:15"), busy("10:30", "12:00")}
		}, "taken c1 10:00-10:15,taken c1 10:30-11:00"},
		"the buffer": {"10:00", func(r *Request, candidates Candidates) {
			r.Visit.AfterMinutes, candidates.People["c1"].Claims = 15, []Claim{busy("11:00", "12:00")}
		}, "buffer-taken c1 11:00-11:15"},
		"too early":    {"08:30", func(r *Request, _ Candidates) { r.Visit.GridMinutes = 30 }, "outside-hours c1 08:30-09:00"},
		"off the grid": {"10:05", nil, "off-grid  10:05-11:05"},
		"everything": {"08:05", func(r *Request, candidates Candidates) {
			r.Visit.LeadMinutes, r.Visit.PerDay = 600, 1
			candidates.People["c1"].Claims, candidates.People["p"].Claims = []Claim{busy("08:00", "08:30")}, []Claim{busy("09:00", "09:30")}
		}, "too-soon  08:05-09:00,off-grid  08:05-09:05,taken p 09:00-09:05,outside-hours c1 08:05-09:00,taken c1 08:05-08:30,day-full c1 00:00-00:00"},
		"in the past": {"10:00", func(r *Request, _ Candidates) { r.Now = r.From.Add(11 * time.Hour) }, "in-the-past  10:00-11:00"},
		"too far":     {"10:00", func(r *Request, _ Candidates) { r.Visit.HorizonDays, r.Now = 1, r.Now.Add(-48*time.Hour) }, "too-far  23:00-10:00"},
		"any of three": {"10:00", func(r *Request, candidates Candidates) {
			r.Roles[1] = Role{Key: "any", Kind: Clinician, Who: []string{"c1", "c2"}, Need: 1}
			candidates.People["c1"].Claims, candidates.People["c2"].Open = []Claim{busy("10:00", "10:30")}, nil
		}, "not-enough-people  10:00-11:00,taken c1 10:00-10:30,no-hours c2 10:00-11:00"},
		"one of three is enough": {"10:00", func(r *Request, candidates Candidates) {
			r.Roles[1] = Role{Key: "any", Kind: Clinician, Who: []string{"c1", "c2"}, Need: 1}
			candidates.People["c2"].Open = nil
		}, ""},
		"on leave": {"10:00", func(_ *Request, candidates Candidates) {
			candidates.People["c1"].Open = compile(t, Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-01-01T09:00:00", End: "13:00", RRule: "FREQ=DAILY"}}, Leave: []Absence{{"2026-03-02T10:30:00", "2026-03-03T00:00:00"}}})
		}, "on-leave c1 10:30-11:00"},
		"site closed": {"10:00", func(r *Request, candidates Candidates) {
			r.Modality = InPerson
			candidates.People["c1"].Open = compile(t, Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-01-01T09:00:00", End: "13:00", RRule: "FREQ=DAILY", Terms: Terms{Site: "a"}}}}, Closure{"a", "UTC", "2026-03-02T00:00:00", "2026-03-02T10:30:00"})
		}, "site-closed c1 10:00-10:30"},
		"for intakes": {"10:00", func(_ *Request, candidates Candidates) {
			candidates.People["c1"].Open = compile(t, Availability{Zone: "UTC", Hours: []Hours{{Start: "2026-01-01T09:00:00", End: "13:00", RRule: "FREQ=DAILY", Terms: Terms{VisitTypes: []string{"intake"}}}}})
		}, "other-visits c1 10:00-11:00"},
		"short notice": {"10:00", func(_ *Request, candidates Candidates) {
			candidates.People["c1"].Open = compile(t, Availability{Zone: "UTC", NoticeMinutes: 720, Hours: []Hours{{Start: "2026-01-01T09:00:00", End: "13:00", RRule: "FREQ=DAILY"}}})
		}, "short-notice c1 10:00-11:00"},
		"just soon enough": {"10:00", func(r *Request, candidates Candidates) {
			r.Visit.LeadMinutes = 660
			candidates.People["c1"].Open = compile(t, Availability{Zone: "UTC", NoticeMinutes: 660, Hours: []Hours{{Start: "2026-01-01T09:00:00", End: "13:00", RRule: "FREQ=DAILY"}}})
		}, ""},
		"a moment ago":     {"10:00", func(r *Request, _ Candidates) { r.Now = r.From.Add(10*time.Hour + time.Millisecond) }, "in-the-past  10:00-10:00"},
		"this very moment": {"10:00", func(r *Request, _ Candidates) { r.Now = r.From.Add(10 * time.Hour) }, ""},
		"nowhere":          {"10:00", func(r *Request, candidates Candidates) { r.Modality = InPerson; candidates.People["c1"].Open = nil }, "no-hours  10:00-11:00"},
	} {
		t.Run(name, func(t *testing.T) {
			req, candidates := ask(), people(t)
			if c.change != nil {
				c.change(&req, candidates)
			}
			at := busy(c.at, c.at).Span.Start()
			e, err := Explain(req, candidates, at)
			if err != nil {
				t.Fatal(err, fields(err))
			}
			var got []string
			for _, x := range e.Conflicts {
				got = append(got, fmt.Sprintf("%s %s %s-%s", x.Code, x.Who, x.From.Format("15:04"), x.To.Format("15:04")))
				if x.Text == "" || x.Help == "" {
					t.Errorf("%s has no words", x.Code)
				}
			}
			if strings.Join(got, ",") != c.want || (e.Slot != nil) != (c.want == "") {
				t.Errorf("\n got %s\nwant %s", strings.Join(got, ","), c.want)
			}
		})
	}
}

func TestExplainShownTwice(t *testing.T) {
	req, candidates := ask(), people(t)
	candidates.People["c1"].Open = compile(t, Availability{Zone: "America/New_York", Hours: []Hours{{Start: "2026-11-01T00:00:00", End: "05:00", RRule: "FREQ=DAILY;COUNT=1"}}})
	day := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	req.Zone, req.Now, req.From, req.To = "America/New_York", day.Add(-time.Hour), day, day.AddDate(0, 0, 1)
	if e, err := Explain(req, candidates, day.Add(5*time.Hour)); err != nil || e.Slot == nil {
		t.Errorf("the first 01:00 is a slot: %+v %v", e, err)
	}
	e, err := Explain(req, candidates, day.Add(6*time.Hour))
	if err != nil || len(e.Conflicts) != 1 || e.Conflicts[0].Code != ShownTwice {
		t.Fatalf("the second 01:00 is none: %+v %v", e, err)
	}
	var near []string
	for _, s := range e.Alternatives {
		near = append(near, s.Start.Format("15:04"))
	}
	if got := strings.Join(near, " "); got != "05:00 07:00 04:00 08:00 09:00" {
		t.Errorf("near it are %s", got)
	}
	if _, err := Explain(req, candidates, time.Time{}); !slices.Contains(fields(err), "start out-of-range") {
		t.Errorf("explained the year 1: %v", err)
	}
}
