package reminder

import (
	"slices"
	"time"

	"handrail/models/schedule"
)

const (
	daySeconds = 86400
	maxOffset  = 16 * 3600 // more than any zone is away from Greenwich
	forever    = 1 << 60
)

// Stay says by which zone's clock somebody lives from an instant on.
type Stay struct {
	From time.Time `json:"from"`
	Zone string    `json:"zone"` // IANA name
}

// Zones finds a time zone by its IANA name. Tests give an older or newer database.
type Zones func(name string) (*time.Location, error)

// LoadZone is the Zones of the running program.
func LoadZone(name string) (*time.Location, error) {
	z, err := schedule.LoadZone(name)
	if err != nil {
		return nil, err
	}
	return z.Location(), nil
}

// clock is what somebody's clock shows through their life.
type clock []period

// period is a stay whose zone is loaded. The first begins at the dawn of time.
type period struct {
	from int64
	loc  *time.Location
}

// newClock makes the clock of somebody who lives at home until the first stay.
func newClock(home string, stays []Stay, zones Zones) (clock, error) {
	loc, err := zones(home)
	if err != nil {
		return nil, err
	}
	c := clock{{-forever, loc}}
	stays = slices.Clone(stays)
	slices.SortStableFunc(stays, func(a, b Stay) int { return a.From.Compare(b.From) })
	for _, s := range stays {
		loc, err := zones(s.Zone)
		if err != nil {
			return nil, err
		}
		c = append(c, period{s.From.Unix(), loc})
	}
	return c, nil
}

// piece is the offset that holds at an instant, and until when.
func (c clock) piece(unix int64) (offset, end int64) {
	i := len(c) - 1
	for c[i].from > unix {
		i--
	}
	end = forever
	if i+1 < len(c) {
		end = c[i+1].from
	}
	t := time.Unix(unix, 0).In(c[i].loc)
	if _, change := t.ZoneBounds(); !change.IsZero() {
		at := change.Unix()
		if at <= unix { // Go 1.26 names an end that has passed, on the last day of a leap year after 2037
			at = unix + 3600
		}
		end = min(end, at)
	}
	_, off := t.Zone()
	return int64(off), end
}

// first is the first instant at which the clock shows w or a later reading, and
// the instant that w is by the offset that holds then. The two differ when the
// clock jumped over w.
func (c clock) first(w schedule.Wall) (due, nominal int64) {
	for u := int64(w) - maxOffset; ; {
		off, end := c.piece(u)
		if at := max(u, int64(w)-off); at < end {
			return at, int64(w) - off
		}
		u = end
	}
}

// next is the first instant after unix at which the clock begins to show a time of
// day, in seconds, or jumps over it.
func (c clock) next(unix, seconds int64) int64 {
	for u := unix; ; {
		off, end := c.piece(u)
		w := schedule.Wall(u + off).Day().At(seconds)
		if w <= schedule.Wall(u+off) {
			w += daySeconds
		}
		if at := int64(w) - off; at < end {
			return at
		}
		if landing := c.wall(end); landing >= w || landing.Clock() == seconds {
			return end
		}
		u = end
	}
}

// lived tells whether the clock ever showed the date: it may be jumped over.
func (c clock) lived(d schedule.Day) bool {
	begin, _ := c.first(d.At(0))
	end, _ := c.first((d + 1).At(0))
	return begin < end
}

func (c clock) wall(unix int64) schedule.Wall {
	off, _ := c.piece(unix)
	return schedule.Wall(unix + off)
}

func (c clock) day(unix int64) schedule.Day { return c.wall(unix).Day() }

// dates lists the dates that the clock shows in [from, to).
func (c clock) dates(from, to int64) []schedule.Day {
	var out []schedule.Day
	for u := from; u < to; {
		off, end := c.piece(u)
		end = min(end, to)
		for d := schedule.Wall(u + off).Day(); d <= schedule.Wall(end-1+off).Day(); d++ {
			if !slices.Contains(out, d) {
				out = append(out, d)
			}
		}
		u = end
	}
	return out
}
