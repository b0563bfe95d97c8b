package instants

import (
	"os"
	"time"
)

// newestRelease is the day of the newest release; move it when you release.
const newestRelease = "2026-11-23"

// Release is the day of the newest release, or the one that
// "go run ./cmd/handrail-test release=DAY" asks about: verify the rows that a test
// then names. It is never the machine's day: no test begins to fail one morning.
func Release() time.Time {
	asked := os.Getenv("HANDRAIL_TEST_RELEASE")
	if asked == "" {
		asked = newestRelease
	}
	day, err := time.Parse(time.DateOnly, asked)
	if err != nil {
		panic(err)
	}
	return day
}
