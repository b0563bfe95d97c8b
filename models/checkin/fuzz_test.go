package checkin

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"
)

// FuzzTake: any JSON object that a phone sends is taken; all of it is kept; it has
// a day next to its instant and is the same after the way to the store and back.
func FuzzTake(f *testing.F) {
	f.Add(`{"formVersion":1,"answeredAt":"2026-03-01T06:00:00-05:00","zone":"America/New_York","answers":{"mood":6,"safety":false,"use":"opioid"}}`)
	f.Add(`{"formVersion":2,"answeredAt":"2026-02-28T23:59:59.999Z","zone":"Pacific/Kiritimati","answers":{},"instruments":[{"id":"phq-9","answers":{"9":3}},{"id":"cssrs-screener-recent","answers":{"1":1}}]}`)
	f.Add(`{"formVersion":1,"answeredAt":"2026-03-03T12:00:00+14:00","zone":"UTC","answers":{"sleep":1e9,"note":null}}`)
	f.Add(`{"answers":{"note":"\ud800","safety":1e400},"zone":7,"formVersion":{},"answeredAt":[]}`)
	f.Add(`{"id":1,"id":2,"answers":null,"instruments":[null,3,{"id":"phq-9","answers":{"9":1.5}}],"sequence":1e300}`)
	f.Fuzz(func(t *testing.T, sent string) {
		if !utf8.ValidString(sent) || !json.Valid([]byte(sent)) || strings.TrimLeft(sent, " \t\r\n")[0] != '{' {
			return
		}
		c := takeRaw(t, sent, accessNow)
		if c.Raw != "" && c.Raw != sent {
			t.Fatalf("kept %q", c.Raw)
		}
		day, err := time.Parse(time.DateOnly, c.LocalDay)
		if off := c.AnsweredAt.Sub(day); err != nil || off < -14*time.Hour || off > 42*time.Hour {
			t.Fatalf("%v belongs to %q", c.AnsweredAt, c.LocalDay)
		}
		b, err := json.Marshal(c)
		if err != nil {
			t.Fatal(err)
		}
		var back CheckIn
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatal(err)
		}
		if b2, err := json.Marshal(back); err != nil || string(b) != string(b2) {
			t.Fatalf("changed on its way:\n%s\n%s", b, b2)
		}
		if len(back.Needs()) != len(c.Needs()) {
			t.Fatalf("read back it needs %v, before %v", back.Needs(), c.Needs())
		}
	})
}
