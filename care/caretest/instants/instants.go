// Package instants names the moments at which tests run. No test reads the hour, the
// weekday or the date of the machine: what it does at one of these it does whenever
// somebody starts it. CI runs what depends on the hour at each of Hard.
package instants

import (
	"fmt"
	"os"
	"strings"
	"sync"
	"time"
)

// Variable names the instant of a run: one of the names below, or a moment by itself
// (RFC 3339). Unset is Usual.
const Variable = "HANDRAIL_TEST_AT"

// Instant is a moment with a name.
type Instant struct {
	Name string
	At   time.Time
}

// Usual is a Wednesday morning in New York, where the clinic of the tests is.
var Usual = Instant{"usual", at("2026-11-18T15:10:00Z")}

// Hard are the moments at which what leans on the hour or the day breaks. The nights
// when clocks change are entered shortly before they do.
var Hard = []Instant{
	{"evening", at("2026-07-15T02:10:00Z")},   // 22:10 of the day before in New York: quiet hours
	{"month-end", at("2026-12-31T23:50:00Z")}, // ten minutes before another day, month and year
	{"spring", at("2027-03-14T06:50:00Z")},    // 01:50 in New York, and then 03:00
	{"autumn", at("2026-11-01T05:35:00Z")},    // 01:35 in New York, and then 01:00 again
	{"leap-day", at("2028-02-29T14:40:00Z")},
}

func at(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err) // written above
	}
	return t
}

// Chosen is the instant of this run.
func Chosen() Instant { return chosen() }

var chosen = sync.OnceValue(func() Instant {
	name := os.Getenv(Variable)
	if name == "" {
		return Usual
	}
	known := []string{Usual.Name}
	for _, i := range append([]Instant{Usual}, Hard...) {
		if i.Name == name {
			return i
		}
		known = append(known, i.Name)
	}
	t, err := time.Parse(time.RFC3339, name)
	if err != nil {
		panic(fmt.Sprintf("%s=%s is no instant; there are %s, and RFC 3339", Variable, name, strings.Join(known[1:], ", ")))
	}
	return Instant{name, t.UTC()}
})

// Ahead is how far the chosen instant was ahead of the machine's clock when it was
// asked for first: a clock that is ahead so far starts at the instant and runs on.
func Ahead() time.Duration { return ahead() }

var ahead = sync.OnceValue(func() time.Duration { return time.Until(Chosen().At).Truncate(time.Millisecond) })

// Now is the time by that clock, in UTC.
func Now() time.Time { return time.Now().Add(Ahead()).UTC() }
