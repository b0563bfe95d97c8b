package schedule

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"handrail/models"
)

// Preference is when somebody would rather come: windows of their week, on their own
// clock. It is a wish and binds nobody; a search can be narrowed to it.
type Preference struct {
	Windows []PreferredWindow `json:"windows"`
}

// PreferredWindow is one piece of some days of the week.
type PreferredWindow struct {
	Days []string `json:"days"`
	From string   `json:"from"`
	To   string   `json:"to"`
}

// preferredFrom is a Monday before all that can be booked.
const preferredFrom = "2024-01-01"

// Open compiles a preference for a zone. Nil without windows: any time is as good.
//
// Errors: invalid-input with fields windows[n].days, .from and .to; unknown-zone.
func (p Preference) Open(zone string) (*OpenHours, error) {
	var c models.Checks
	tooMany(&c, "windows", len(p.Windows), MaxPreferred)
	a := Availability{Zone: zone}
	for i, w := range p.Windows {
		at := fmt.Sprintf("windows[%d].", i)
		from, okFrom := ParseClock(w.From)
		to, okTo := ParseClock(w.To)
		c.Require(okFrom && from < daySeconds, at+"from", "bad-time", "Write a time as HH:MM.")
		c.Require(okTo && to > from, at+"to", "before-start", "The end is not after the start.")
		first := len(models.Weekdays)
		for _, d := range w.Days {
			n := slices.Index(models.Weekdays, d)
			c.Require(n >= 0, at+"days", "unknown-day", "Days are MO, TU, WE, TH, FR, SA and SU.")
			first = min(first, n)
		}
		c.Require(len(w.Days) > 0, at+"days", "missing", "Choose a day at least.")
		if c.Err() != nil {
			continue
		}
		day, _ := time.Parse(dateLayout, preferredFrom)
		a.Hours = append(a.Hours, Hours{ID: fmt.Sprint(i), Start: day.AddDate(0, 0, first).Format(dateLayout) + "T" + w.From + ":00", End: w.To,
			RRule: "FREQ=WEEKLY;BYDAY=" + strings.Join(w.Days, ",")})
	}
	if err := c.Err(); err != nil || len(p.Windows) == 0 {
		return nil, err
	}
	return Compile(a, nil)
}
