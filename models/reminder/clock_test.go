package reminder

import (
	"math/rand/v2"
	"testing"
	"time"

	"handrail/models/schedule"
)

// zoneNames have the odd ones: half an hour of summer time, a date that was
// skipped, summer time that is negative, two hours of it, none at all.
var zoneNames = []string{
	"America/New_York", "Europe/Berlin", "Europe/Dublin", "Australia/Lord_Howe", "Pacific/Apia", "Africa/Casablanca",
	"Antarctica/Troll", "Asia/Kolkata", "Pacific/Chatham", "America/Havana", "Asia/Beirut", "Pacific/Kiritimati", "UTC",
}

func mustClock(t testing.TB, home string, stays ...Stay) clock {
	t.Helper()
	c, err := newClock(home, stays, LoadZone)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// bruteFirst looks at the clock each minute.
func bruteFirst(c clock, w schedule.Wall) int64 {
	for u := int64(w) - 40*3600; ; u += 60 {
		if c.wall(u) >= w {
			return u
		}
	}
}

func TestFirstAgainstLookingEachMinute(t *testing.T) {
	for _, zone := range zoneNames {
		c := mustClock(t, zone)
		changes := []int64{time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC).Unix()}
		for u := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Unix(); len(changes) < 9; {
			if _, u = c.piece(u); u == forever {
				break
			}
			changes = append(changes, u)
		}
		for _, change := range changes {
			for _, off := range []int64{-7200, -3600, -1800, -60, 0, 60, 1800, 3600, 7200} {
				w := schedule.Wall(change) + schedule.Wall(off)
				for _, shift := range []int64{0, 3600, -3600, 10 * 3600, -10 * 3600} {
					w := w + schedule.Wall(shift)
					if got, _ := c.first(w); got != bruteFirst(c, w) {
						t.Fatalf("%s %v: first = %d, each minute says %d", zone, w, got, bruteFirst(c, w))
					}
				}
			}
		}
	}
}

func TestFirstWhileTravelling(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	base := time.Date(2026, 3, 25, 0, 0, 0, 0, time.UTC)
	for range 300 {
		c := mustClock(t, zoneNames[r.IntN(len(zoneNames))], randomStays(r, base, 5)...)
		w := schedule.Wall(base.Unix()) + schedule.Wall(60*r.IntN(10*24*60))
		if got, nominal := c.first(w); got != bruteFirst(c, w) || nominal > got {
			t.Fatalf("%v: first = %d (nominal %d), each minute says %d", w, got, nominal, bruteFirst(c, w))
		}
	}
}

func TestNextAgainstLookingEachMinute(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	base := time.Date(2026, 3, 25, 0, 0, 0, 0, time.UTC)
	for range 300 {
		c := mustClock(t, zoneNames[r.IntN(len(zoneNames))], randomStays(r, base, 5)...)
		u, seconds := base.Unix()+60*r.Int64N(10*24*60), 300*r.Int64N(288)
		want := u + 60
		for ; c.wall(want).Clock() != seconds; want += 60 {
			if before, now := c.wall(want-60), c.wall(want); before < now-60 && before.Day().At(seconds) > before && before.Day().At(seconds) < now ||
				before < now-60 && (before.Day()+1).At(seconds) < now {
				break // jumped over
			}
		}
		if got := c.next(u, seconds); got != want {
			t.Fatalf("after %v at %d: %d, each minute says %d", c.wall(u), seconds, got, want)
		}
	}
}

// randomStays are n stays in the days from base on.
func randomStays(r *rand.Rand, base time.Time, n int) []Stay {
	var out []Stay
	for range n {
		at := base.Add(time.Duration(r.IntN(12*24*60)) * time.Minute)
		out = append(out, Stay{at, zoneNames[r.IntN(len(zoneNames))]})
	}
	return out
}

func TestFirstWhenClocksChange(t *testing.T) {
	for _, tt := range []struct{ name, zone, reading, want string }{
		{"skipped hour: when the clock jumps over it", "America/New_York", "2026-03-08T02:30:00", "2026-03-08T07:00:00Z"},
		{"doubled hour: the first time", "America/New_York", "2026-11-01T01:30:00", "2026-11-01T05:30:00Z"},
		{"half an hour is skipped", "Australia/Lord_Howe", "2026-10-04T02:15:00", "2026-10-03T15:30:00Z"},
		{"half an hour comes twice", "Australia/Lord_Howe", "2026-04-05T01:45:00", "2026-04-04T14:45:00Z"},
		{"summer time at midnight", "Asia/Beirut", "2026-03-29T00:15:00", "2026-03-28T22:00:00Z"},
		{"an ordinary morning", "Europe/Berlin", "2026-07-01T09:00:00", "2026-07-01T07:00:00Z"},
	} {
		w, ok := schedule.ParseWall(tt.reading)
		if !ok {
			t.Fatal(tt.reading)
		}
		got, _ := mustClock(t, tt.zone).first(w)
		if s := time.Unix(got, 0).UTC().Format(time.RFC3339); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, s, tt.want)
		}
	}
}

func TestDateThatWasNeverLived(t *testing.T) {
	c := mustClock(t, "Pacific/Apia")
	for date, want := range map[string]bool{"2011-12-29": true, "2011-12-30": false, "2011-12-31": true} {
		if d, _ := schedule.ParseDay(date); c.lived(d) != want {
			t.Errorf("Samoa lived %s: %v", date, !want)
		}
	}
	east := mustClock(t, "Pacific/Honolulu", Stay{time.Date(2026, 5, 1, 9, 0, 0, 0, time.UTC), "Pacific/Auckland"})
	d, _ := schedule.ParseDay("2026-04-30") // Honolulu 23:00 on the 30th is 21:00 of 1 May in Auckland
	if !east.lived(d) || !east.lived(d+1) {
		t.Error("both dates were begun")
	}
	if got := east.dates(time.Date(2026, 5, 1, 8, 0, 0, 0, time.UTC).Unix(), time.Date(2026, 5, 1, 10, 0, 0, 0, time.UTC).Unix()); len(got) != 2 {
		t.Errorf("dates over the flight: %v", got)
	}
}
