package schedule

import (
	"sync"
	"time"

	"handrail/models"
)

// ErrUnknownZone says that a name is none of the IANA time zones.
var ErrUnknownZone = models.ErrUnknownZone

// Zone is an IANA time zone with its changes of offset laid out from 1970 to
// 2100, so that reading a clock is one search in a short list.
type Zone struct {
	name string
	loc  *time.Location
	from []int64 // from[i] is when offset[i] begins to hold; from[0] is the dawn of time
	off  []int64 // seconds east of Greenwich
}

// maxOffset is more than any zone is away from Greenwich.
const maxOffset = 16 * 3600

var zones sync.Map // name -> *Zone, at most as many as there are zones

// LoadZone finds a zone by its IANA name, as models.LoadZone does. ErrUnknownZone.
func LoadZone(name string) (*Zone, error) {
	if z, ok := zones.Load(name); ok {
		return z.(*Zone), nil
	}
	loc, err := models.LoadZone(name)
	if err != nil {
		return nil, err
	}
	z, _ := zones.LoadOrStore(name, layOut(name, loc))
	return z.(*Zone), nil
}

func layOut(name string, loc *time.Location) *Zone {
	t := time.Unix(0, 0).In(loc)
	_, off := t.Zone()
	z := &Zone{name: name, loc: loc, from: []int64{-1 << 62}, off: []int64{int64(off)}}
	for last := t; ; {
		_, end := t.ZoneBounds()
		if end.IsZero() || dayOf(end.Unix()) >= maxDay {
			return z
		}
		if t = end; !end.After(last) { // Go 1.26 names an end that has passed, on the last day of a leap year after 2037
			t = last.Add(time.Hour)
		}
		last = t
		if _, off := t.Zone(); int64(off) != z.off[len(z.off)-1] { // else only the zone's letters change
			z.from, z.off = append(z.from, t.Unix()), append(z.off, int64(off))
		}
	}
}

// Name is the IANA name.
func (z *Zone) Name() string { return z.name }

// Location is the zone as package time has it.
func (z *Zone) Location() *time.Location { return z.loc }

// period is the index of the offset that holds at an instant.
func (z *Zone) period(unix int64) int {
	lo, hi := 0, len(z.from)-1
	for lo < hi {
		if mid := (lo + hi + 1) / 2; z.from[mid] <= unix {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return lo
}

// Wall is what the clock shows at an instant.
func (z *Zone) Wall(unix int64) Wall { return Wall(unix + z.off[z.period(unix)]) }

// At makes an instant of a reading as RFC 5545 section 3.3.5 says: a reading that
// the clock shows twice is its first occurrence, one that it jumps over is read
// with the offset before the jump.
func (z *Zone) At(w Wall) int64 {
	// In the first period that is looked at, the reading can't be too early: no
	// offset is that large. In each later one, too early means "in the gap before".
	for i := z.period(int64(w) - maxOffset); ; i++ {
		unix := int64(w) - z.off[i]
		switch {
		case unix < z.from[i]:
			return int64(w) - z.off[i-1]
		case i+1 == len(z.from) || unix < z.from[i+1]:
			return unix
		}
	}
}

// Day is the date on the wall at an instant.
func (z *Zone) Day(unix int64) Day { return z.Wall(unix).Day() }

// DaySpan is the time that a date takes: 23, 24 or 25 hours as a rule, none when
// the zone jumped over it.
func (z *Zone) DaySpan(d Day) Span { return Span{z.At(d.At(0)), z.At((d + 1).At(0))} }

// Local is an instant as the zone's clock shows it; its JSON carries the offset.
func (z *Zone) Local(unix int64) time.Time { return time.Unix(unix, 0).In(z.loc) }
