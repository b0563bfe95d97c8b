package schedule

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"handrail/models"
)

// oracleCase is a question with all that both sides need to answer it.
type oracleCase struct {
	req          Request
	who          Candidates
	availability map[string]*Availability // of everybody who has hours
	closures     []Closure
	sites        []string // that in-person visits are looked for at, in order
}

// oracleZones has zones with and without changes of clocks, offsets of 30 and 45
// minutes, and zones that changed their law within the years.
var oracleZones = []string{"America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham",
	"Asia/Kolkata", "America/Mexico_City", "Asia/Amman", "Africa/Casablanca", "America/Santiago", "Pacific/Apia", "Asia/Tokyo",
	"Africa/Cairo", "America/St_Johns", "Europe/Volgograd", "America/Nuuk", "Antarctica/Troll", "UTC"}

// middles are moments that cases lie around: changes of clocks, the days on which
// zones jumped over the date line, and others.
func middles(r *rand.Rand) []int64 {
	var out []int64
	begin, end := time.Date(2020, 1, 5, 0, 0, 0, 0, time.UTC).Unix(), time.Date(2037, 12, 20, 0, 0, 0, 0, time.UTC).Unix()
	for _, name := range oracleZones {
		z, err := LoadZone(name)
		if err != nil {
			panic(err)
		}
		var changes []int64
		for _, at := range z.from {
			if at > begin && at < end {
				changes = append(changes, at)
			}
		}
		for range min(3, len(changes)) {
			out = append(out, changes[r.IntN(len(changes))])
		}
	}
	out = append(out, time.Date(2011, 12, 30, 10, 0, 0, 0, time.UTC).Unix(), time.Date(1993, 8, 21, 12, 0, 0, 0, time.UTC).Unix())
	for range 15 {
		out = append(out, begin+r.Int64N(end-begin))
	}
	return out
}

// drawing draws a case around a moment.
type drawing struct {
	*rand.Rand
	middle int64 // a midnight, UTC
	zones  []string
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.IntN(len(of))] }

func (d drawing) zone() string { return pick(d.Rand, d.zones...) }

// date is a date near the case, shifted by days.
func (d drawing) date(shift, spread int) string {
	return time.Unix(d.middle, 0).UTC().AddDate(0, 0, shift+d.IntN(spread)).Format(dateLayout)
}

// clock is a time of day, often one at which clocks change.
func (d drawing) clock() string {
	if d.IntN(2) == 0 {
		return fmt.Sprintf("%02d:%02d", d.IntN(4), pick(d.Rand, 0, 5, 15, 30, 45, 59))
	}
	return fmt.Sprintf("%02d:%02d", d.IntN(24), pick(d.Rand, 0, 0, 20, 30))
}

func drawCase(r *rand.Rand, middle int64) oracleCase {
	d := drawing{r, middle - floorMod(middle, daySeconds), []string{pick(r, oracleZones...), pick(r, oracleZones...)}}
	if z := zonesThatChange(middle); len(z) > 0 {
		d.zones = append(d.zones, pick(r, z...))
	}
	c := oracleCase{availability: map[string]*Availability{}, who: Candidates{map[string]*Candidate{}}}
	c.req = d.request()
	for range max(0, d.IntN(6)-3) {
		c.closures = append(c.closures, Closure{Site: pick(r, "", "a", "b"), Zone: d.zone(), Start: d.date(-1, 3) + "T" + d.clock() + ":00", End: d.date(2, 1) + "T" + d.clock() + ":00"})
	}
	for i, id := range []string{"c1", "c2", "c3", "c4", "c5", "patient", "interpreter1", "interpreter2", "mother"} {
		c.addCandidate(d, i, id)
	}
	c.req.Roles = d.roles(c.req.Visit.Minutes)
	c.sites = c.req.Visit.Sites
	if c.req.Site != "" {
		c.sites = []string{c.req.Site}
	}
	return c
}

// zonesThatChange are the zones whose clocks change at that very moment.
func zonesThatChange(at int64) []string {
	var out []string
	for _, name := range append([]string{"Pacific/Kwajalein"}, oracleZones...) {
		if z, _ := LoadZone(name); slices.Contains(z.from, at) {
			out = append(out, name)
		}
	}
	return out
}

func (d drawing) request() Request {
	v := VisitType{ID: "therapy", Name: "Therapy", Minutes: 5 * (1 + d.IntN(18)), GridMinutes: pick(d.Rand, Grids...),
		HorizonDays: pick(d.Rand, 2, 60, 60), LeadMinutes: pick(d.Rand, 0, 0, 0, 600), PerDay: pick(d.Rand, 0, 0, 0, 1, 2),
		BeforeMinutes: pick(d.Rand, 0, 0, 5, 10), AfterMinutes: pick(d.Rand, 0, 0, 10, 15), Sites: []string{"b", "a"},
		Modalities: Modalities, BookableBy: []models.Role{models.RolePatient}}
	req := Request{Visit: v, Modality: pick(d.Rand, Video, Video, Phone, InPerson, HomeVisit, Asynchronous), Zone: d.zone(), Reader: d.zone(), By: models.RolePatient}
	req.From = time.Unix(d.middle-int64(d.IntN(2*daySeconds)), 0)
	req.To = req.From.Add(time.Duration(4+d.IntN(69)) * time.Hour)
	req.Now = req.From.Add(time.Duration(d.IntN(40*3600)-36*3600) * time.Second)
	switch req.Modality {
	case HomeVisit:
		req.TravelMinutes = pick(d.Rand, 0, 15, 40)
	case InPerson:
		req.Site = pick(d.Rand, "", "", "a")
	}
	if d.IntN(4) == 0 {
		req.Ignore = "v1"
	}
	return req
}

func (c *oracleCase) addCandidate(d drawing, i int, id string) {
	p := &Candidate{ID: id, Zone: d.zone(), Discipline: pick(d.Rand, models.DisciplineTherapy, models.DisciplineNursing, models.DisciplinePsychiatry),
		Unfamiliar: pick(d.Rand, 0, 1, 1, 2), Load: int64(d.IntN(3))}
	if i > 5 {
		p.Discipline, p.Languages = "", []string{pick(d.Rand, "ar", "es")}
	}
	if i < 5 || d.IntN(6) == 0 {
		c.availability[id] = d.availability()
		open, err := Compile(*c.availability[id], c.closures)
		if err != nil {
			panic(fmt.Sprint(err, fields(err), *c.availability[id], c.closures))
		}
		p.Open = open
	}
	for j := range d.IntN(5) {
		from := d.middle + int64(d.IntN(5*daySeconds)-2*daySeconds)/300*300
		claim := Claim{Visit: fmt.Sprintf("v%d", j), Who: id, Type: pick(d.Rand, "therapy", "other"),
			Span: Span{from, from + int64(300*(1+d.IntN(20)))}, Start: from + 300*int64(d.IntN(2)), Expires: pick(d.Rand, 0, 0, c.req.Now.Unix()-1, c.req.Now.Unix(), c.req.Now.Unix()+1)}
		p.Claims = append(p.Claims, claim)
	}
	SortClaims(p.Claims)
	for range d.IntN(2) {
		step := pick(d.Rand, 1, 300) // seconds, as a calendar feed may have them
		from := d.middle + int64(d.IntN(2*daySeconds)-daySeconds)/300*300
		p.Busy = append(p.Busy, Span{from + int64(step%300), from + int64(step*(1+d.IntN(8000/step)))})
	}
	c.who.People[id] = p
}

func (d drawing) terms() Terms {
	return Terms{Site: pick(d.Rand, "", "a", "b", "b"), Modalities: pick(d.Rand, nil, nil, nil, nil, nil, []Modality{Video}, []Modality{InPerson, HomeVisit}),
		VisitTypes: pick(d.Rand, nil, nil, nil, nil, []string{"other"}, []string{"therapy", "other"})}
}

func (d drawing) availability() *Availability {
	a := &Availability{Zone: d.zone(), NoticeMinutes: pick(d.Rand, 0, 0, 0, 0, 0, 300)}
	for range 2 + d.IntN(3) {
		clock := d.clock()
		h := Hours{ID: "h", End: pick(d.Rand, d.clock(), "20:00", "24:00", clock), Terms: d.terms()}
		first, _ := ParseDay(d.date(-70, 40))
		first, h.RRule = randomRule(d.Rand, first)
		if d.IntN(3) > 0 {
			h.RRule = "FREQ=DAILY"
		}
		h.Start = first.String() + "T" + clock + ":00"
		for range d.IntN(3) {
			h.ExDates = append(h.ExDates, d.date(-2, 5)+pick(d.Rand, "", "T"+clock+":00"))
		}
		a.Hours = append(a.Hours, h)
	}
	for range d.IntN(2) {
		a.Extra = append(a.Extra, Opening{Start: d.date(-2, 4) + "T" + d.clock() + ":00", End: d.clock(), Terms: d.terms()})
	}
	if d.IntN(4) == 0 {
		a.Leave = append(a.Leave, Absence{Start: d.date(-2, 3) + "T" + d.clock() + ":00", End: d.date(1, 2) + "T" + d.clock() + ":00"})
	}
	if d.IntN(3) == 0 {
		a.Travel = append(a.Travel, Travel{From: d.date(-3, 3), To: d.date(0, 3), Zone: d.zone(), Hours: pick(d.Rand, KeepHours, MoveHours)})
	}
	return a
}

// roles draws joint visits, any of, k of n, staggered parts, resources, people who may come.
func (d drawing) roles(minutes int) []Role {
	roles := []Role{{Key: "patient", Kind: Patient, Who: []string{"patient"}}}
	late := d.IntN(minutes)
	switch d.IntN(6) {
	case 0:
		roles = append(roles, Role{Key: "therapist", Kind: Clinician, Who: []string{"c1"}})
	case 1:
		roles = append(roles, Role{Key: "team", Kind: Clinician, Who: []string{"c1", "c2"}})
	case 2:
		roles = append(roles, Role{Key: "anyone", Kind: Clinician, Who: []string{"c1", "c2", "c3", "c4", "c5"}, Need: 1})
	case 3:
		roles = append(roles, Role{Key: "two", Kind: Clinician, Who: []string{"c2", "c3", "c4", "c5"}, Need: 2})
	case 4:
		roles = append(roles, Role{Key: "lead", Kind: Clinician, Who: []string{"c1"}},
			Role{Key: "joins", Kind: Clinician, Who: []string{"c1", "c2", "c3"}, Need: 1, OffsetMinutes: late, Minutes: 1 + d.IntN(minutes-late)})
	case 5:
		roles = append(roles, Role{Key: "nurse", Kind: Clinician, Discipline: models.DisciplineNursing, Need: 1},
			Role{Key: "lead", Kind: Clinician, Who: []string{"c1"}})
	}
	switch d.IntN(5) {
	case 0:
		roles = append(roles, Role{Key: "interpreter", Kind: Resource, Language: "ar", Need: 1})
	case 1:
		roles = append(roles, Role{Key: "room", Kind: Resource, Who: []string{"interpreter1"}, OffsetMinutes: late})
	case 2:
		roles = append(roles, Role{Key: "family", Kind: Supporter, Who: []string{"mother"}})
	case 3:
		roles = append(roles, Role{Key: "may come", Kind: Supporter, Who: []string{"mother", "interpreter2"}, Optional: true})
	}
	return roles
}
