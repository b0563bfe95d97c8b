package schedule

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/models"
)

// ask is a request of an hour's video visit with c1 on Monday 2 March 2026, UTC.
func ask() Request {
	day := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	return Request{Visit: VisitType{ID: "therapy", Name: "Therapy", Minutes: 60, Modalities: []Modality{Video, InPerson, HomeVisit, Asynchronous},
		HorizonDays: 60, GridMinutes: 60, BookableBy: []models.Role{models.RolePatient}}, Modality: Video,
		Roles: []Role{{Key: "patient", Kind: Patient, Who: []string{"p"}}, {Key: "therapist", Kind: Clinician, Who: []string{"c1"}}},
		Zone:  "UTC", Reader: "UTC", From: day, To: day.AddDate(0, 0, 1), Now: day.Add(-time.Hour), By: models.RolePatient}
}

// people are p and c1..c3, who work from 09:00 to 13:00 UTC each day at site a.
func people(t testing.TB) Candidates {
	candidates := Candidates{map[string]*Candidate{"p": {ID: "p", Zone: "Asia/Kathmandu"}, "i": {ID: "i", Zone: "UTC", Languages: []string{"ar"}}}}
	for _, id := range []string{"c1", "c2", "c3"} {
		candidates.People[id] = &Candidate{ID: id, Discipline: models.DisciplineTherapy, Open: compile(t, Availability{Zone: "UTC",
			Hours: []Hours{{Start: "2026-01-01T09:00:00", End: "13:00", RRule: "FREQ=DAILY", Terms: Terms{Site: "a"}}}})}
	}
	return candidates
}

// starts tells slots as "09:00 c1 c2".
func starts(t testing.TB, req Request, candidates Candidates) []string {
	t.Helper()
	slots, _, err := Find(req, candidates)
	if err != nil {
		t.Fatal(err, fields(err))
	}
	var out []string
	for _, s := range slots {
		text := s.Start.Format("15:04")
		for _, seat := range s.Seats {
			if seat.Kind != Patient {
				text += " " + seat.Who
			}
		}
		out = append(out, text)
	}
	return out
}

func busy(from, to string) Claim {
	at := func(clock string) int64 {
		s, _ := ParseClock(clock)
		return time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC).Unix() + s
	}
	return Claim{Visit: "v", Who: "c1", Type: "therapy", Span: Span{at(from), at(to)}, Start: at(from)}
}

func TestFind(t *testing.T) {
	anyOf := Role{Key: "therapist", Kind: Clinician, Who: []string{"c1", "c2", "c3"}, Need: 1}
	for name, c := range map[string]struct {
		change func(*Request, Candidates)
		want   string
	}{
		"hours":            {func(*Request, Candidates) {}, "09:00 c1,10:00 c1,11:00 c1,12:00 c1"},
		"a finer grid":     {func(r *Request, _ Candidates) { r.Visit.GridMinutes, r.Visit.Minutes = 30, 180 }, "09:00 c1,09:30 c1,10:00 c1"},
		"too long a visit": {func(r *Request, _ Candidates) { r.Visit.Minutes = 300 }, ""},
		"a claim": {func(_ *Request, candidates Candidates) {
			candidates.People["c1"].Claims = []Claim{busy("10:00", "11:00")}
		}, "09:00 c1,11:00 c1,12:00 c1"},
		"buffers": {func(r *Request, candidates Candidates) {
			r.Visit.AfterMinutes, candidates.People["c1"].Claims = 10, []Claim{busy("10:00", "11:00")}
		}, "11:00 c1,12:00 c1"},
		"buffers may lie outside of hours": {func(r *Request, _ Candidates) { r.Visit.BeforeMinutes, r.Visit.AfterMinutes = 60, 60 }, "09:00 c1,10:00 c1,11:00 c1,12:00 c1"},
		"travel may not":                   {func(r *Request, _ Candidates) { r.Modality, r.TravelMinutes = HomeVisit, 30 }, "10:00 c1,11:00 c1"},
		"a hold": {func(r *Request, candidates Candidates) {
			c := busy("10:00", "11:00")
			c.Expires = r.Now.Unix() + 1
			candidates.People["c1"].Claims = []Claim{c}
		}, "09:00 c1,11:00 c1,12:00 c1"},
		"a hold is over": {func(r *Request, candidates Candidates) {
			c := busy("10:00", "11:00")
			c.Expires = r.Now.Unix()
			candidates.People["c1"].Claims = []Claim{c}
		}, "09:00 c1,10:00 c1,11:00 c1,12:00 c1"},
		"the visit that moves": {func(r *Request, candidates Candidates) {
			r.Ignore, candidates.People["c1"].Claims = "v", []Claim{busy("10:00", "11:00")}
		}, "09:00 c1,10:00 c1,11:00 c1,12:00 c1"},
		"an imported busy time": {func(_ *Request, candidates Candidates) {
			s := busy("10:30", "10:31").Span
			candidates.People["c1"].Busy = []Span{s}
		}, "09:00 c1,11:00 c1,12:00 c1"},
		"the patient is busy": {func(_ *Request, candidates Candidates) {
			candidates.People["p"].Claims = []Claim{busy("09:30", "10:00")}
		}, "10:00 c1,11:00 c1,12:00 c1"},
		"not the patient's time": {func(r *Request, candidates Candidates) {
			r.Modality, candidates.People["p"].Claims = Asynchronous, []Claim{busy("09:00", "13:00")}
		}, "09:00 c1,10:00 c1,11:00 c1,12:00 c1"},
		"lead time":       {func(r *Request, _ Candidates) { r.Visit.LeadMinutes = 11*60 + 1 }, "11:00 c1,12:00 c1"},
		"horizon":         {func(r *Request, _ Candidates) { r.Visit.HorizonDays, r.Now = 1, r.From.Add(-14*time.Hour) }, "09:00 c1"},
		"window":          {func(r *Request, _ Candidates) { r.From, r.To = r.From.Add(10*time.Hour), r.From.Add(12*time.Hour) }, "10:00 c1,11:00 c1"},
		"window, seconds": {func(r *Request, _ Candidates) { r.From = r.From.Add(10*time.Hour + time.Nanosecond) }, "11:00 c1,12:00 c1"},
		"a day is full": {func(r *Request, candidates Candidates) {
			r.Visit.PerDay, candidates.People["c1"].Claims = 1, []Claim{busy("20:00", "21:00")}
		}, ""},
		"midnight is tomorrow's": {func(r *Request, candidates Candidates) {
			c := busy("20:00", "21:00")
			c.From, c.To, c.Start = c.From+4*3600-600, c.To+4*3600, c.Start+4*3600 // its buffer is today's
			r.Visit.PerDay, candidates.People["c1"].Claims = 1, []Claim{c}
		}, "09:00 c1,10:00 c1,11:00 c1,12:00 c1"},
		"of another type": {func(r *Request, candidates Candidates) {
			c := busy("20:00", "21:00")
			c.Type = "intake"
			r.Visit.PerDay, candidates.People["c1"].Claims = 1, []Claim{c}
		}, "09:00 c1,10:00 c1,11:00 c1,12:00 c1"},
		"the grid of Kathmandu": {func(r *Request, _ Candidates) { r.Zone = "Asia/Kathmandu" }, "09:15 c1,10:15 c1,11:15 c1"},
		"joint": {func(r *Request, candidates Candidates) {
			r.Roles[1].Who, candidates.People["c2"].Claims = []string{"c1", "c2"}, []Claim{busy("09:00", "11:00")}
		}, "11:00 c1 c2,12:00 c1 c2"},
		"any of": {func(r *Request, candidates Candidates) {
			r.Roles[1], candidates.People["c1"].Claims = anyOf, []Claim{busy("09:00", "11:00")}
		}, "09:00 c2,10:00 c2,11:00 c1,12:00 c1"},
		"the familiar first": {func(r *Request, candidates Candidates) {
			r.Roles[1] = anyOf
			candidates.People["c1"].Unfamiliar, candidates.People["c2"].Unfamiliar, candidates.People["c2"].Claims = 1, 1, []Claim{busy("09:00", "10:00")}
			candidates.People["c3"].Claims = []Claim{busy("09:00", "12:00")}
		}, "12:00 c3,09:00 c1,10:00 c1,11:00 c1"},
		"the least loaded": {func(r *Request, candidates Candidates) {
			r.Roles[1], candidates.People["c1"].Load, candidates.People["c2"].Load = anyOf, 5, 4
			candidates.People["c3"].Load = 9
		}, "09:00 c2,10:00 c2,11:00 c2,12:00 c2"},
		"two of three": {func(r *Request, candidates Candidates) {
			r.Roles[1] = anyOf
			r.Roles[1].Need = 2
			candidates.People["c1"].Claims = []Claim{busy("09:00", "11:00")}
			candidates.People["c2"].Claims = []Claim{busy("10:00", "12:00")}
		}, "09:00 c2 c3,11:00 c1 c3,12:00 c1 c2"},
		"joins the last 20 minutes": {func(r *Request, candidates Candidates) {
			r.Roles = append(r.Roles, Role{Key: "psychiatrist", Kind: Clinician, Who: []string{"c2"}, OffsetMinutes: 40})
			candidates.People["c2"].Claims = []Claim{busy("09:00", "10:40"), busy("12:39", "12:41")}
		}, "10:00 c1 c2,11:00 c1 c2"},
		"named is no candidate": {func(r *Request, candidates Candidates) {
			r.Roles = append(r.Roles, Role{Key: "second", Kind: Clinician, Discipline: models.DisciplineTherapy, Need: 2})
		}, "09:00 c1 c2 c3,10:00 c1 c2 c3,11:00 c1 c2 c3,12:00 c1 c2 c3"},
		"an interpreter": {func(r *Request, candidates Candidates) {
			r.Roles = append(r.Roles, Role{Key: "interpreter", Kind: Resource, Language: "ar", Need: 1})
			candidates.People["i"].Claims = []Claim{busy("09:00", "12:00")}
		}, "12:00 c1 i"},
		"no such interpreter": {func(r *Request, candidates Candidates) {
			r.Roles = append(r.Roles, Role{Key: "interpreter", Kind: Resource, Language: "vi", Need: 1})
		}, ""},
		"who may come": {func(r *Request, candidates Candidates) {
			r.Roles = append(r.Roles, Role{Key: "also", Kind: Clinician, Who: []string{"c2"}, Optional: true})
			candidates.People["c2"].Claims = []Claim{busy("09:00", "11:00")}
		}, "09:00 c1,10:00 c1,11:00 c1 c2,12:00 c1 c2"},
		"two who may come": {func(r *Request, candidates Candidates) {
			r.Roles = append(r.Roles, Role{Key: "also", Kind: Clinician, Who: []string{"c2", "c3"}, Optional: true})
			candidates.People["c2"].Claims = []Claim{busy("09:00", "11:00")}
		}, "09:00 c1 c3,10:00 c1 c3,11:00 c1 c2 c3,12:00 c1 c2 c3"},
		"in person":               {func(r *Request, _ Candidates) { r.Modality = InPerson }, "09:00 c1,10:00 c1,11:00 c1,12:00 c1"},
		"in person, another":      {func(r *Request, _ Candidates) { r.Modality, r.Site = InPerson, "b" }, ""},
		"no hours":                {func(_ *Request, candidates Candidates) { candidates.People["c1"].Open = nil }, ""},
		"a limit":                 {func(r *Request, _ Candidates) { r.Limit = 2 }, "09:00 c1,10:00 c1"},
		"the patient's own hours": {func(_ *Request, candidates Candidates) { candidates.People["p"].Open = candidates.People["c1"].Open }, "09:00 c1,10:00 c1,11:00 c1,12:00 c1"},
	} {
		t.Run(name, func(t *testing.T) {
			req, candidates := ask(), people(t)
			c.change(&req, candidates)
			if got := strings.Join(starts(t, req, candidates), ","); got != c.want {
				t.Errorf("\n got %s\nwant %s", got, c.want)
			}
		})
	}
}

// TestSlotsAcrossChangesOfClocks lists what a night clinic offers, hour by hour.
func TestSlotsAcrossChangesOfClocks(t *testing.T) {
	for name, c := range map[string]struct{ zone, day, want string }{
		"New York, spring":  {"America/New_York", "2026-03-08", "00:00-05:00 01:00-05:00 03:00-04:00 04:00-04:00"},
		"New York, autumn":  {"America/New_York", "2026-11-01", "00:00-04:00 01:00-04:00 02:00-05:00 03:00-05:00 04:00-05:00"}, // the second 01:00 is none
		"Lord Howe, spring": {"Australia/Lord_Howe", "2026-10-04", "00:00+10:30 01:00+10:30 03:00+11:00 04:00+11:00"},
		"Lord Howe, autumn": {"Australia/Lord_Howe", "2026-04-05", "00:00+11:00 01:00+11:00 02:00+10:30 03:00+10:30 04:00+10:30"},
		"Chatham, spring":   {"Pacific/Chatham", "2026-09-27", "00:00+12:45 01:00+12:45 02:00+12:45 04:00+13:45"},
		"Tokyo":             {"Asia/Tokyo", "2026-03-08", "00:00+09:00 01:00+09:00 02:00+09:00 03:00+09:00 04:00+09:00"},
	} {
		t.Run(name, func(t *testing.T) {
			candidates := people(t)
			candidates.People["c1"].Open = compile(t, Availability{Zone: c.zone, Hours: []Hours{{Start: c.day + "T00:00:00", End: "05:00", RRule: "FREQ=DAILY;COUNT=1"}}})
			req := ask()
			at := instant(zone(t, c.zone).At(wall(t, c.day+"T00:00:00")))
			req.Zone, req.Reader, req.Visit.Minutes = c.zone, c.zone, 30
			req.Now, req.From, req.To = at.Add(-48*time.Hour), at.Add(-24*time.Hour), at.Add(48*time.Hour)
			slots, _, err := Find(req, candidates)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, s := range slots {
				got = append(got, s.Local.Start.Format("15:04-07:00"))
				if s.End.Sub(s.Start) != 30*time.Minute {
					t.Errorf("%v has not its true length", s.Start)
				}
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("\n got %s\nwant %s", strings.Join(got, " "), c.want)
			}
		})
	}
}

func TestSlotsTellBothClocks(t *testing.T) {
	req, candidates := ask(), people(t)
	req.Reader = "America/New_York"
	slots, _, _ := Find(req, candidates)
	s := slots[0]
	if got := s.Local.Start.Format(time.RFC3339) + " " + s.Local.Zone; got != "2026-03-02T04:00:00-05:00 America/New_York" {
		t.Errorf("who asks reads %s", got)
	}
	if got := s.Seats[0].Local.Start.Format(time.RFC3339); got != "2026-03-02T14:45:00+05:45" {
		t.Errorf("the patient reads %s", got)
	}
	if s.Seats[1].Claim != (Span{s.Start.Unix(), s.End.Unix()}) || s.Site != "" {
		t.Errorf("%+v", s)
	}
}

func TestRequestsThatCantBe(t *testing.T) {
	many := make([]string, MaxSeats+1)
	for i := range many {
		many[i] = fmt.Sprint("c", i)
	}
	for name, c := range map[string]struct {
		change func(*Request)
		field  string
	}{
		"no visit type":     {func(r *Request) { r.Visit = VisitType{} }, "visit.minutes out-of-range"},
		"a grid of 7":       {func(r *Request) { r.Visit.GridMinutes = 7 }, "visit.gridMinutes bad-grid"},
		"unknown zone":      {func(r *Request) { r.Zone = "Mars" }, "zone unknown-zone"},
		"unknown reader":    {func(r *Request) { r.Reader = "" }, "reader unknown-zone"},
		"end before start":  {func(r *Request) { r.To = r.From }, "to before-start"},
		"a window of years": {func(r *Request) { r.To = r.From.AddDate(2, 0, 0) }, "to too-far"},
		"a window in 9999":  {func(r *Request) { r.From, r.To = r.From.AddDate(7000, 0, 0), r.From.AddDate(7000, 0, 1) }, "from out-of-range"},
		"no now":            {func(r *Request) { r.Now = time.Time{} }, "from out-of-range"},
		"by fax":            {func(r *Request) { r.Modality = "fax" }, "modality not-offered"},
		"a site on video":   {func(r *Request) { r.Site = "a" }, "site not-in-person"},
		"another site":      {func(r *Request) { r.Modality, r.Site, r.Visit.Sites = InPerson, "x", []string{"a"} }, "site not-offered"},
		"travel to video":   {func(r *Request) { r.TravelMinutes = 10 }, "travelMinutes not-a-home-visit"},
		"travel of a week":  {func(r *Request) { r.Modality, r.TravelMinutes = HomeVisit, 10000 }, "travelMinutes out-of-range"},
		"nobody":            {func(r *Request) { r.Roles = nil }, "roles out-of-range"},
		"a part for nobody": {func(r *Request) { r.Roles[1].Who = nil }, "roles[1].who required"},
		"how many":          {func(r *Request) { r.Roles[1].Who, r.Roles[1].Discipline = nil, models.DisciplineTherapy }, "roles[1].need required"},
		"three of one":      {func(r *Request) { r.Roles[1].Need = 3 }, "roles[1].need out-of-range"},
		"a stranger":        {func(r *Request) { r.Roles[1].Who = []string{"nobody"} }, "roles[1].who[0] unknown-participant"},
		"the same twice":    {func(r *Request) { r.Roles[1].Who = []string{"c1", "c1"} }, "roles[1].who[1] person-in-two-roles"},
		"the same in two":   {func(r *Request) { r.Roles = append(r.Roles, Role{Key: "x", Kind: Clinician, Who: []string{"c1"}}) }, "roles[2].who[0] person-in-two-roles"},
		"candidates in two": {func(r *Request) {
			r.Roles = append(r.Roles, Role{Key: "x", Kind: Clinician, Who: []string{"c2", "c3"}, Need: 1}, Role{Key: "y", Kind: Clinician, Who: []string{"c3"}, Optional: true})
		}, "roles[3].who[0] person-in-two-roles"},
		"a key twice":          {func(r *Request) { r.Roles[1].Key = "patient" }, "roles[1].key twice"},
		"a kind of cat":        {func(r *Request) { r.Roles[1].Kind = "cat" }, "roles[1].kind unknown-kind"},
		"a part after the end": {func(r *Request) { r.Roles[1].OffsetMinutes = 60 }, "roles[1].offsetMinutes out-of-range"},
		"a part over the end":  {func(r *Request) { r.Roles[1].OffsetMinutes, r.Roles[1].Minutes = 50, 20 }, "roles[1].minutes out-of-range"},
		"too many seats":       {func(r *Request) { r.Roles[1].Who = many }, "roles too-many"},
		"a limit of millions":  {func(r *Request) { r.Limit = 1 << 30 }, "limit out-of-range"},
		"a cursor of ours?":    {func(r *Request) { r.Cursor = fmt.Sprintf("c2.%08x.0.0.0;", fingerprint(*r)) }, "bad-cursor"},
		"a cursor, padded":     {func(r *Request) { r.Cursor = fmt.Sprintf("c2.%08x.00.0.0", fingerprint(*r)) }, "bad-cursor"},
		"of another search":    {func(r *Request) { r.Cursor = fmt.Sprintf("c2.%08x.0.0.0", fingerprint(*r)+1) }, "bad-cursor"},
		"not for patients":     {func(r *Request) { r.Visit.BookableBy = []models.Role{models.RoleClinician} }, "visit-type-not-yours"},
	} {
		t.Run(name, func(t *testing.T) {
			req := ask()
			c.change(&req)
			_, _, err := Find(req, people(t))
			if !slices.Contains(append(fields(err), code(err)), c.field) {
				t.Errorf("got %v %v, want %s", err, fields(err), c.field)
			}
			if _, err := Explain(req, people(t), req.From); (err == nil) != (c.field == "bad-cursor") {
				t.Errorf("Explain: %v", err)
			}
		})
	}
}
