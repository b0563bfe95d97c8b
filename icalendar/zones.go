package icalendar

import (
	_ "embed"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"handrail/models/schedule"
)

// named is what a name of a time zone was understood as.
type named struct {
	clock   clock
	vague   bool  // a guess, to be told
	earlier int64 // the guess may be late by so many seconds
}

//go:embed data/windows-zones.txt
var windowsText string

// windows are Windows' names of zones in small letters, with IANA's.
var windows = sync.OnceValue(func() map[string]string {
	out := map[string]string{}
	for line := range strings.Lines(windowsText) {
		if name, zone, ok := strings.Cut(strings.TrimSpace(line), "="); ok && !strings.HasPrefix(line, "#") {
			out[strings.ToLower(name)] = zone
		}
	}
	return out
})

// zone finds the clock that a TZID names: as the file itself explains it (RFC 5545,
// section 3.6.5), by IANA's name, by Windows', by an offset in it. One that is none
// of these is taken for the clock of who keeps the calendar, and told.
func (r *reader) zone(id string) named {
	id = strings.TrimSpace(id)
	if z, ok := r.zones[id]; ok {
		return z
	}
	z := r.findZone(id)
	if len(r.zones) < 2*maxZones {
		r.zones[id] = z
	}
	return z
}

func (r *reader) findZone(id string) named {
	if c := r.explained(id); c != nil {
		return named{clock: c}
	}
	if c := knownZone(id); c != nil {
		return named{clock: c}
	}
	if m := display.FindStringSubmatch(id); m != nil { // "(UTC-05:00) Eastern Time (US & Canada)"
		if off, ok := parseOffset(m[1]); ok {
			return named{clock: fixed(off), vague: true, earlier: 3600} // summer time can't be told
		}
	}
	return named{clock: r.home, vague: true}
}

var (
	display   = regexp.MustCompile(`^\((?:UTC|GMT)([+-]\d{1,2}:?\d\d)\)\s`)
	offset    = regexp.MustCompile(`^(?i:UTC|GMT)?\s*([+-]\d{1,2}(?::?\d\d)?)$`)
	numbered  = regexp.MustCompile(`\s+\d+$`)
	greenwich = map[string]bool{"utc": true, "gmt": true, "z": true, "zulu": true, "coordinated universal time": true, "tzone://microsoft/utc": true,
		"(utc) coordinated universal time": true, "(utc+00:00) coordinated universal time": true, "(gmt) greenwich mean time": true}
)

// knownZone finds a clock by a name that is known everywhere.
func knownZone(id string) clock {
	if z, err := schedule.LoadZone(id); err == nil {
		return z
	}
	if greenwich[strings.ToLower(id)] {
		return fixed(0)
	}
	for _, name := range []string{id, numbered.ReplaceAllString(id, "")} { // "Eastern Standard Time 1"
		if z, err := schedule.LoadZone(windows()[strings.ToLower(name)]); err == nil {
			return z
		}
	}
	if m := offset.FindStringSubmatch(id); m != nil {
		if off, ok := parseOffset(m[1]); ok {
			return fixed(off)
		}
	}
	// Paths such as "/freeassociation.sourceforge.net/Tzfile/America/New_York".
	for _, rest, more := strings.Cut(id, "/"); more; _, rest, more = strings.Cut(rest, "/") {
		if z, err := schedule.LoadZone(rest); err == nil && strings.Contains(id, "/"+rest) {
			return z
		}
	}
	return nil
}

// parseOffset reads "-0500", "+05:30", "+1" and "-053015", in seconds east.
func parseOffset(text string) (int64, bool) {
	text = strings.ReplaceAll(strings.TrimSpace(text), ":", "")
	if len(text) < 2 || text[0] != '+' && text[0] != '-' {
		return 0, false
	}
	digits := text[1:]
	if len(digits) <= 2 {
		digits = strings.Repeat("0", 2-len(digits)) + digits + "00"
	}
	if len(digits)%2 == 1 {
		digits = "0" + digits
	}
	if len(digits) != 4 && len(digits) != 6 {
		return 0, false
	}
	n, err := strconv.ParseInt((digits + "00")[:6], 10, 64)
	if err != nil || n < 0 {
		return 0, false
	}
	off := n/10000*3600 + n/100%100*60 + n%100
	if text[0] == '-' {
		off = -off
	}
	return off, off > -24*3600 && off < 24*3600
}
