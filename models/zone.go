package models

import (
	_ "embed"
	"errors"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // a bare container has no zones of its own
)

// zoneList has the names of IANA's time zone database, links among them: browsers
// still say Asia/Calcutta. "Factory" is none that anybody lives by.
//
//go:embed data/zones.txt
var zoneList string

var zoneNames = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for name := range strings.Lines(zoneList) {
		out[strings.TrimSpace(name)] = true
	}
	return out
})

var zones sync.Map // name -> *time.Location, at most as many as there are zones

// MaxZone is the room for the name of a time zone, in characters; the longest has 30.
const MaxZone = 64

// ErrUnknownZone says that a name is none of the IANA time zones.
var ErrUnknownZone = errors.New("models: unknown time zone")

// LoadZone finds a time zone by its IANA name. It is the one rule for names of
// zones: what stands in IANA's database, spelled as it is there. What a host's zone
// folder or package time has besides is refused: "posix/…", "right/…" (leap
// seconds), "Local", "localtime", "", paths, other cases of letters.
func LoadZone(name string) (*time.Location, error) {
	if z, ok := zones.Load(name); ok {
		return z.(*time.Location), nil
	}
	if !zoneNames()[name] {
		return nil, ErrUnknownZone
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return nil, ErrUnknownZone
	}
	zones.Store(name, z)
	return z, nil
}

// Zone checks the name of a time zone.
func (c *Checks) Zone(field, name string) {
	_, err := LoadZone(name)
	c.Require(err == nil, field, "unknown-zone", "This is no IANA time zone, such as Europe/Paris.")
}

// StoredZone reads a name that was stored before there was one rule. It gives the
// name that is meant: the zone behind "posix/" or "right/", or the first of the
// fallbacks that is a zone, or UTC. odd tells that the name itself is none.
func StoredZone(name string, fallbacks ...string) (meant string, odd bool) {
	if _, err := LoadZone(name); err == nil {
		return name, false
	}
	behind := strings.TrimPrefix(strings.TrimPrefix(name, "posix/"), "right/")
	for _, f := range append([]string{behind}, fallbacks...) {
		if _, err := LoadZone(f); err == nil {
			return f, true
		}
	}
	return "UTC", true
}
