package main

import (
	"context"
	"time"

	"handrail/care"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// demoSite is where the demo's in-person visits are.
const demoSite = "riverside"

// everyone may book; staffOnly is the team's own work.
var (
	everyone  = []models.Role{models.RolePatient, models.RoleClinician, models.RoleCoordinator, models.RoleAdministrator}
	staffOnly = []models.Role{models.RoleClinician, models.RoleCoordinator, models.RoleAdministrator}
)

// demoVisitTypes are the kinds of visits of the demo clinic.
var demoVisitTypes = []schedule.VisitType{
	{ID: "talk", Name: "Talk", Minutes: 50, AfterMinutes: 10, GridMinutes: 30, LeadMinutes: 60, HorizonDays: 60, LateCancel: 24 * 60,
		Modalities: []schedule.Modality{schedule.Video, schedule.Phone, schedule.InPerson}, BookableBy: everyone,
		With: []models.Discipline{models.DisciplineTherapy}},
	{ID: "medicine-check", Name: "Medicine check", Minutes: 20, AfterMinutes: 10, GridMinutes: 30, LeadMinutes: 60, HorizonDays: 60, LateCancel: 24 * 60,
		Modalities: []schedule.Modality{schedule.Video, schedule.Phone, schedule.InPerson}, BookableBy: everyone,
		With: []models.Discipline{models.DisciplinePsychiatry}},
	{ID: "team-visit", Name: "Team visit", Minutes: 45, AfterMinutes: 15, GridMinutes: 30, LeadMinutes: 120, HorizonDays: 60, LateCancel: 24 * 60,
		Modalities: []schedule.Modality{schedule.Video, schedule.InPerson}, BookableBy: everyone,
		With: []models.Discipline{models.DisciplinePsychiatry, models.DisciplineAddiction}},
	{ID: "check-in-review", Name: "Check-in review", Minutes: 15, GridMinutes: 15, HorizonDays: 30, BookableBy: staffOnly,
		Modalities: []schedule.Modality{schedule.Asynchronous}, With: []models.Discipline{models.DisciplineNursing}},
}

// office sets up what the clinic has for visits.
func (f *filler) office(ctx context.Context) error {
	admin := f.as(office)
	cal := visits.SiteCalendar{Closures: []schedule.Closure{}, Sites: []visits.Location{
		{ID: demoSite, Name: "Riverside Clinic", Address: "12 River Road, second floor", Zone: demoSettings["ZONE"]}}}
	if _, err := f.care.Visits.SetSiteCalendar(ctx, admin, 1, cal); err != nil {
		return plain(err)
	}
	for _, v := range demoVisitTypes {
		if _, err := f.care.Visits.SetVisitType(ctx, admin, 1, v); err != nil {
			return plain(err)
		}
	}
	who := f.people[spanish]
	for _, r := range []visits.Resource{{ID: care.NewID(), Name: "Quiet room"}, {ID: who.ID, Name: who.Name, Languages: []string{"es"}}} {
		if _, err := f.care.Visits.SetResource(ctx, admin, 1, r); err != nil {
			return plain(err)
		}
	}
	return nil
}

// hours says when each clinician works. The nurse is on call by phone over two
// nights, and the therapist is away for some days.
func (f *filler) hours(ctx context.Context) error {
	site, byPhone := schedule.Terms{Site: demoSite}, schedule.Terms{Modalities: []schedule.Modality{schedule.Phone}}
	remote := schedule.Terms{Modalities: []schedule.Modality{schedule.Video, schedule.Phone}}
	away := f.start.AddDate(0, 0, demoDays+24)
	for who, a := range map[int]schedule.Availability{
		psychiatrist: {Hours: []schedule.Hours{f.weekly("MO,WE", "09:00", "12:00", site), f.weekly("MO,WE", "13:00", "17:00", site), f.weekly("TH", "12:00", "18:00", remote)}},
		specialist:   {Hours: []schedule.Hours{f.weekly("TU,WE,TH", "10:00", "18:00", site)}, NoticeMinutes: 120},
		nurse: {Hours: []schedule.Hours{f.weekly("MO,TU,WE,TH,FR", "08:00", "16:00", schedule.Terms{Site: demoSite,
			VisitTypes: []string{"medicine-check", "team-visit", "check-in-review"}}), f.weekly("FR,SA", "22:00", "08:00", byPhone)}},
		therapist: {Hours: []schedule.Hours{f.weekly("MO,TU,TH", "09:00", "17:00", site), f.weekly("WE", "12:00", "20:00", site)},
			Extra: []schedule.Opening{f.soon()},
			Leave: []schedule.Absence{{Start: away.Format("2006-01-02") + "T00:00:00", End: away.AddDate(0, 0, 5).Format("2006-01-02") + "T00:00:00"}}},
		socialWorker: {Hours: []schedule.Hours{f.weekly("TU,TH,FR", "09:00", "15:00", site)}},
		peer:         {Hours: []schedule.Hours{f.weekly("TU,WE,TH,FR,SA", "14:00", "20:00", remote)}},
	} {
		a.Zone = demoSettings["ZONE"]
		if _, err := f.care.Visits.SetAvailability(ctx, f.as(who), f.people[who].ID, 1, a); err != nil {
			return plain(err)
		}
	}
	return nil
}

var weekdayNames = []string{"SU", "MO", "TU", "WE", "TH", "FR", "SA"}

// weekly is a rule from the first of its days on.
func (f *filler) weekly(days, from, to string, terms schedule.Terms) schedule.Hours {
	first := f.start.In(demoZone())
	for weekdayNames[first.Weekday()] != days[:2] {
		first = first.AddDate(0, 0, 1)
	}
	return schedule.Hours{ID: care.NewID(), Start: first.Format("2006-01-02") + "T" + from + ":00", End: to,
		RRule: "FREQ=WEEKLY;BYDAY=" + days, Terms: terms}
}

// soonStart is when the visit begins that the demo has soon: at the next whole or
// half hour. One can join it from the start on, which is half an hour before. A time
// that the clock shows again can't be booked: then it has begun already, or is later.
func (f *filler) soonStart() time.Time {
	next := f.start.AddDate(0, 0, demoDays).Add(30 * time.Minute).Truncate(30 * time.Minute)
	for _, move := range []time.Duration{0, -30 * time.Minute, 30 * time.Minute} {
		if at := next.Add(move); reading(at) != reading(at.Add(-time.Hour)) {
			return at
		}
	}
	return next
}

// soon opens just that time, whatever day and hour the demo is started at. In the hour
// before clocks go back it is open for longer: its end is read on the clock as well.
func (f *filler) soon() schedule.Opening {
	start := f.soonStart()
	end := start.Add(50 * time.Minute)
	if reading(end) < reading(start) && end.In(demoZone()).Day() == start.In(demoZone()).Day() {
		end = end.Add(time.Hour)
	}
	return schedule.Opening{Start: start.In(demoZone()).Format("2006-01-02T15:04:05"), End: reading(end)}
}

// reading is what a clock on the clinic's wall shows.
func reading(at time.Time) string { return at.In(demoZone()).Format("15:04") }

func demoZone() *time.Location {
	zone, err := time.LoadLocation(demoSettings["ZONE"])
	if err != nil {
		return time.UTC
	}
	return zone
}
