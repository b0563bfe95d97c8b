package duty

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care/caretest/rounds"
	"handrail/models"
)

func zones(t *testing.T) []string {
	t.Helper()
	text, err := os.ReadFile("../data/zones.txt")
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(text))
}

// oracle answers slowly and without package schedule: it makes instants of readings by
// trying every offset that the zone has around them, and looks at every date.
type oracle struct {
	loc *time.Location
	r   Rota
	all []Rota
	met map[string]int // what instants were about
}

const wallText = "2006-01-02T15:04:05"

// instant is RFC 5545's: the first instant that shows a reading, else with the offset
// before the jump.
func instant(loc *time.Location, wall time.Time) time.Time {
	first := wall.Add(-26 * time.Hour)
	before := 0
	for at := first; at.Before(wall.Add(26 * time.Hour)); {
		_, off := at.In(loc).Zone()
		start, end := at.In(loc).ZoneBounds()
		u := wall.Add(-time.Duration(off) * time.Second)
		if !start.IsZero() && start.After(first) && u.Before(start) { // it was jumped over
			return wall.Add(-time.Duration(before) * time.Second)
		}
		if end.IsZero() || u.Before(end) {
			return u
		}
		if !end.After(at) {
			end = at.Add(time.Hour)
		}
		at, before = end, off
	}
	panic("no instant")
}

func (o oracle) holds(loc *time.Location, at time.Time, from, to string) bool {
	a, errA := time.Parse(wallText, from)
	b, errB := time.Parse(wallText, to)
	if errA != nil || errB != nil {
		return false
	}
	return !at.Before(instant(loc, a)) && at.Before(instant(loc, b))
}

func (o oracle) covered(who string, at time.Time) string {
	for range 50 {
		gone, cover := false, ""
		for _, r := range o.all {
			loc, err := models.LoadZone(r.Zone)
			if err != nil {
				panic(err)
			}
			for _, l := range r.Leave {
				if l.AccountID == who && o.holds(loc, at, l.From, l.To) {
					gone, cover = true, l.Cover
				}
			}
		}
		if !gone {
			return who
		}
		if o.met["leave"]++; cover == "" {
			o.met["leave without cover"]++
			return ""
		}
		who = cover
	}
	o.met["covers in a circle"]++
	return ""
}

func (o oracle) settle(who string, at time.Time) string {
	for _, w := range o.r.Swaps {
		if w.Status == SwapAccepted && w.GivenBy == who && o.holds(o.loc, at, w.From, w.To) {
			who = w.TakenBy
			o.met["swap"]++
		}
	}
	return o.covered(who, at)
}

func (o oracle) at(at time.Time) string {
	last := ""
	for _, v := range o.r.Overrides {
		if o.holds(o.loc, at, v.From, v.To) {
			last = v.AccountID
		}
	}
	if last != "" {
		o.met["override"]++
		if who := o.settle(last, at); who != "" {
			return who
		}
	}
	found, hold := "", 0
	for _, s := range o.r.Shifts {
		if !o.shift(s, at) {
			continue
		}
		if hold++; hold == 2 {
			o.met["overlap"]++
		}
		if found == "" {
			found = o.settle(s.AccountID, at)
		}
	}
	if found == "" {
		o.met["nobody: the fail-safe"]++
	}
	return found
}

func (o oracle) shift(s Shift, at time.Time) bool {
	y, m, d := at.UTC().Date()
	for n := -3; n <= 3; n++ {
		day := time.Date(y, m, d+n, 0, 0, 0, 0, time.UTC)
		text := day.Format(time.DateOnly)
		if s.Since != "" && text < s.Since || s.Until != "" && text > s.Until {
			continue
		}
		is := false
		for _, w := range s.Days {
			is = is || time.Weekday(w%7) == day.Weekday()
		}
		if s.Every > 1 {
			since, err := time.Parse(time.DateOnly, s.Since)
			if err != nil {
				panic(err)
			}
			for since.Weekday() != time.Monday {
				since = since.AddDate(0, 0, -1)
			}
			is = is && int(day.Sub(since).Hours()/24)/7%s.Every == 0
		}
		if !is {
			continue
		}
		clock := func(t string) time.Time {
			var h, min int
			if _, err := fmt.Sscanf(t, "%d:%d", &h, &min); err != nil {
				panic(err)
			}
			return day.Add(time.Duration(h)*time.Hour + time.Duration(min)*time.Minute)
		}
		from, to := clock(s.From), clock(s.To)
		if !to.After(from) {
			to = to.AddDate(0, 0, 1)
		}
		if !at.Before(instant(o.loc, from)) && at.Before(instant(o.loc, to)) {
			return true
		}
	}
	return false
}

// random makes a rota around a day on which the zone may change.
func random(r *rand.Rand, zone string, around time.Time) Rota {
	who := func() string { return fmt.Sprintf("p%d", r.IntN(5)) }
	wall := func() (string, string) {
		from := around.Add(time.Duration(r.IntN(60*96)-60*48) * time.Minute).Truncate(time.Minute)
		return from.Format(wallText), from.Add(time.Duration(1+r.IntN(60*40)) * time.Minute).Format(wallText)
	}
	clock := func() string { return fmt.Sprintf("%02d:%02d", r.IntN(24), []int{0, 15, 30, 59}[r.IntN(4)]) }
	out := Rota{Terms: Terms{Name: "Nights", Zone: zone, Serves: ServesCover}}
	for range r.IntN(6) {
		s := Shift{AccountID: who(), From: clock(), To: clock()}
		if r.IntN(4) == 0 {
			s.From, s.To = "00:00", "24:00"
		}
		for d := 1; d <= 7; d++ {
			if r.IntN(2) == 0 {
				s.Days = append(s.Days, d)
			}
		}
		if r.IntN(3) == 0 {
			s.Since, s.Every = around.AddDate(0, 0, r.IntN(30)-29).Format(time.DateOnly), 1+r.IntN(3)
		}
		if r.IntN(4) == 0 {
			s.Until = around.AddDate(0, 0, r.IntN(4)).Format(time.DateOnly)
		}
		out.Shifts = append(out.Shifts, s)
	}
	for range r.IntN(4) {
		o := Override{AccountID: who()}
		o.From, o.To = wall()
		out.Overrides = append(out.Overrides, o)
		l := Leave{AccountID: who(), Cover: []string{who(), who(), who(), ""}[r.IntN(4)]}
		l.From, l.To = wall()
		out.Leave = append(out.Leave, l)
		w := Swap{GivenBy: who(), TakenBy: who(), Status: []string{SwapAccepted, SwapProposed}[r.IntN(2)]}
		w.From, w.To = wall()
		out.Swaps = append(out.Swaps, w)
	}
	return out
}

// TestOneOrTheFailSafe: in every zone of the tz database, 2020 to 2037, at each edge of
// a random rota, one second before and after it, and at random instants, half of them
// around those edges and half in all those years, the answer is that of the oracle; and
// so is the line. Holes, overlaps, swaps, leave and covers in a circle are all met.
func TestOneOrTheFailSafe(t *testing.T) {
	names := zones(t)
	instants, asked := rounds.Of(8, 1000), 0
	some := rounds.Of(12, 1)
	r, met := rand.New(rand.NewPCG(15, 64)), map[string]int{}
	began := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	years := int64(time.Date(2038, 1, 1, 0, 0, 0, 0, time.UTC).Sub(began) / time.Second)
	for i, name := range names {
		if i%some != int(r.Uint32())%some {
			continue
		}
		loc, err := models.LoadZone(name)
		if err != nil {
			t.Fatal(err)
		}
		around := time.Date(2020+r.IntN(18), time.Month(1+r.IntN(12)), 1+r.IntN(28), r.IntN(24), 0, 0, 0, time.UTC)
		if _, end := around.In(loc).ZoneBounds(); !end.IsZero() && end.Year() <= 2037 && r.IntN(4) > 0 {
			around = end.UTC()
		}
		one, other := random(r, name, around), random(r, names[r.IntN(len(names))], around)
		p, err := Read(one, AwayOf(one, other))
		if err != nil {
			t.Fatal(err)
		}
		slow := oracle{loc, one, []Rota{one, other}, met}
		same := func(at time.Time) {
			asked++
			if got, want := p.At(at).AccountID, slow.at(at); got != want {
				t.Fatalf("%s at %s: %q, want %q\n%+v\n%+v", name, at.In(loc), got, want, one, other.Leave)
			}
		}
		from, to := around.AddDate(0, 0, -5), around.AddDate(0, 0, 5)
		for _, e := range p.edges(from.Unix(), to.Unix()) {
			for _, off := range []int64{-1, 0, 1} {
				same(time.Unix(e+off, 0))
			}
		}
		line := p.Line(from, to)
		for range instants / 2 {
			same(began.Add(time.Duration(r.Int64N(years)) * time.Second))
			at := from.Add(time.Duration(r.Int64N(int64(to.Sub(from)/time.Second))) * time.Second)
			same(at)
			k := 0
			for !at.Before(line[k].To) {
				k++
			}
			if line[k].AccountID != p.At(at).AccountID {
				t.Fatalf("%s: the line says %q at %s", name, line[k].AccountID, at)
			}
		}
	}
	for _, kind := range []string{"override", "swap", "leave", "leave without cover", "covers in a circle", "overlap", "nobody: the fail-safe"} {
		if met[kind] == 0 {
			t.Errorf("never met: %s", kind)
		}
	}
	t.Logf("%d instants, %v", asked, met)
}

// TestNightsOfTheClock: a night shift takes 7 hours in the night that loses one, and 9
// in the one that has one twice; nobody else is on duty meanwhile.
func TestNightsOfTheClock(t *testing.T) {
	r := Rota{Terms: Terms{Name: "Nights", Zone: "America/New_York", Serves: ServesCover,
		Shifts: []Shift{{AccountID: "ana", Days: []int{1, 2, 3, 4, 5, 6, 7}, From: "23:00", To: "07:00"}}}}
	p, err := Read(r, nil)
	if err != nil {
		t.Fatal(err)
	}
	for day, hours := range map[time.Time]int{time.Date(2026, 3, 7, 17, 0, 0, 0, time.UTC): 7, time.Date(2026, 10, 31, 16, 0, 0, 0, time.UTC): 9, time.Date(2026, 6, 1, 16, 0, 0, 0, time.UTC): 8} {
		line := p.Line(day, day.AddDate(0, 0, 1))
		i := slices.IndexFunc(line, func(s Stretch) bool { return s.AccountID == "ana" })
		if i < 0 || int(line[i].To.Sub(line[i].From).Hours()) != hours {
			t.Errorf("%s: %v", day, line)
		}
	}
}

// TestBadRotas: what can't be meant is refused by its field; overlaps are not.
func TestBadRotas(t *testing.T) {
	day := Shift{AccountID: "ana", Days: []int{1}, From: "09:00", To: "17:00"}
	good := Terms{Name: "Days", Zone: "Europe/Madrid", Serves: ServesCover, Shifts: []Shift{day, day}}
	if err := Check(good); err != nil {
		t.Fatal(err)
	}
	leave := func(who, cover string) Leave {
		return Leave{AccountID: who, Cover: cover, From: "2026-03-01T00:00:00", To: "2026-03-09T00:00:00"}
	}
	for want, bad := range map[string]func(*Terms){
		"zone":             func(t *Terms) { t.Zone = "Madrid" },
		"serves":           func(t *Terms) { t.Serves = "lunch" },
		"shifts[0].days":   func(t *Terms) { t.Shifts = []Shift{{From: "09:00", To: "10:00"}} },
		"shifts[0].from":   func(t *Terms) { t.Shifts = []Shift{{Days: []int{1}, From: "24:00", To: "10:00"}} },
		"shifts[0].since":  func(t *Terms) { t.Shifts = []Shift{{Days: []int{1}, From: "09:00", To: "10:00", Every: 2}} },
		"overrides[0].to":  func(t *Terms) { t.Overrides = []Override{{From: "2026-03-29T02:00:00", To: "2026-03-29T01:00:00"}} },
		"leave[0].cover":   func(t *Terms) { t.Leave = []Leave{leave("ana", "ana")} },
		"leave[0].cover.2": func(t *Terms) { t.Leave = []Leave{leave("ana", "ben"), leave("ben", "cy"), leave("cy", "ana")} },
	} {
		terms := good
		bad(&terms)
		e, _ := Check(terms).(*models.Error)
		if e == nil || len(e.Fields) == 0 || e.Fields[0].Field != strings.TrimSuffix(want, ".2") {
			t.Errorf("%s: %+v", want, e)
		}
	}
}
