package schedule_test

import (
	"fmt"
	"time"

	"handrail/models"
	"handrail/models/schedule"
)

// A therapist in New York works on Sunday nights. In the night in which the clocks
// go forward, the shift ends at the same hour and is an hour shorter.
func ExampleCompile() {
	open, err := schedule.Compile(schedule.Availability{Zone: "America/New_York", Hours: []schedule.Hours{
		{Start: "2026-03-01T22:00:00", End: "08:00", RRule: "FREQ=WEEKLY;BYDAY=SA,SU"},
	}}, nil)
	if err != nil {
		panic(err)
	}
	from := time.Date(2026, 3, 6, 0, 0, 0, 0, time.UTC)
	for _, l := range open.Preview(from, from.AddDate(0, 0, 4), schedule.Need{}) {
		fmt.Println(l.Start.Format("Mon 15:04 -07:00"), "to", l.End.Format("Mon 15:04 -07:00"))
	}
	// Output:
	// Sat 22:00 -05:00 to Sun 08:00 -04:00
	// Sun 22:00 -04:00 to Mon 08:00 -04:00
}

// A visit of 50 minutes with a therapist; a psychiatrist, any of two, joins for the
// last 20.
func ExampleFind() {
	hours := func(zone, start, end string) *schedule.OpenHours {
		open, err := schedule.Compile(schedule.Availability{Zone: zone, Hours: []schedule.Hours{{Start: "2026-03-02T" + start + ":00", End: end, RRule: "FREQ=DAILY"}}}, nil)
		if err != nil {
			panic(err)
		}
		return open
	}
	candidates := schedule.Candidates{People: map[string]*schedule.Candidate{
		"sam":   {ID: "sam", Zone: "America/Denver"},
		"kim":   {ID: "kim", Open: hours("America/New_York", "13:00", "16:00")},
		"lee":   {ID: "lee", Open: hours("Europe/London", "18:30", "20:00"), Discipline: models.DisciplinePsychiatry, Load: 9},
		"robin": {ID: "robin", Open: hours("Europe/London", "19:00", "22:00"), Discipline: models.DisciplinePsychiatry, Load: 4},
	}}
	day := time.Date(2026, 3, 3, 0, 0, 0, 0, time.UTC)
	slots, _, err := schedule.Find(schedule.Request{
		Visit: schedule.VisitType{ID: "joint", Name: "Joint visit", Minutes: 50, GridMinutes: 30, HorizonDays: 60,
			Modalities: []schedule.Modality{schedule.Video}, BookableBy: []models.Role{models.RolePatient}},
		Modality: schedule.Video, Zone: "America/New_York", Reader: "America/Denver", By: models.RolePatient,
		Now: day.AddDate(0, 0, -1), From: day, To: day.AddDate(0, 0, 1), Limit: 3,
		Roles: []schedule.Role{
			{Key: "patient", Kind: schedule.Patient, Who: []string{"sam"}},
			{Key: "therapist", Kind: schedule.Clinician, Who: []string{"kim"}},
			{Key: "psychiatrist", Kind: schedule.Clinician, Discipline: models.DisciplinePsychiatry, Need: 1, OffsetMinutes: 30},
		},
	}, candidates)
	if err != nil {
		panic(err)
	}
	for _, s := range slots {
		joins := s.Seats[2]
		fmt.Printf("%s for Sam; %s joins at %s\n", s.Local.Start.Format("15:04"), joins.Who, joins.Local.Start.Format("15:04 -07:00"))
	}
	// Output:
	// 11:00 for Sam; lee joins at 18:30 +00:00
	// 11:30 for Sam; robin joins at 19:00 +00:00
	// 12:00 for Sam; robin joins at 19:30 +00:00
}

// Two patients want one clinician at times that overlap.
func ExampleSettle() {
	at := time.Date(2026, 3, 3, 15, 0, 0, 0, time.UTC).Unix()
	claim := func(visit string, from int64) schedule.Claim {
		return schedule.Claim{Visit: visit, Who: "kim", Type: "therapy", Span: schedule.Span{From: from, To: from + 3600}, Start: from}
	}
	have := map[schedule.LedgerKey]schedule.DayLedger{}
	write, clashes, _ := schedule.Settle(have, nil, []schedule.Claim{claim("first", at)}, at)
	fmt.Println(write[0].Key(), len(clashes))
	have[write[0].Key()] = write[0]
	write, clashes, _ = schedule.Settle(have, nil, []schedule.Claim{claim("second", at+1800)}, at)
	fmt.Println(len(write), schedule.Conflicts(clashes)[0].Code)
	// Output:
	// kim.2026-03-03 0
	// 0 taken
}

func ExampleSeries_EditRest() {
	s := schedule.Series{Zone: "Europe/Berlin", Start: "2026-03-19T09:00:00", Minutes: 50, RRule: "FREQ=WEEKLY;COUNT=4"}
	s, err := s.EditRest("2026-04-02T09:00:00", schedule.Edit{Start: "2026-04-03T10:00:00"})
	if err != nil {
		panic(err)
	}
	visits, _ := s.Expand()
	for _, v := range visits {
		fmt.Println(v.Start, v.Span.Start().Format("15:04Z"))
	}
	// Output:
	// 2026-03-19T09:00:00 08:00Z
	// 2026-03-26T09:00:00 08:00Z
	// 2026-04-03T10:00:00 08:00Z
	// 2026-04-10T10:00:00 08:00Z
}
