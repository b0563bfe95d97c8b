package reminder

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"handrail/models"
)

// refused lists "field code" of an error's fields.
func refused(err error) string {
	var out []string
	if e, ok := errors.AsType[*models.Error](err); ok {
		for _, f := range e.Fields {
			out = append(out, f.Field+" "+f.Code)
		}
	}
	return strings.Join(out, ", ")
}

func TestCheckRules(t *testing.T) {
	daily := func(change func(*Rule)) Rule {
		r := Rule{ID: "r", Kind: CheckIn, Policy: Here, Time: "09:00"}
		change(&r)
		return r
	}
	instant := func(change func(*Rule)) Rule {
		r := Rule{ID: "r", Kind: MedicineTime, Policy: Every, At: ptr(at("2026-03-02T12:00:00Z")), EveryHours: 72}
		change(&r)
		return r
	}
	for _, tt := range []struct {
		name string
		rule Rule
		want string
	}{
		{"fine", daily(func(*Rule) {}), ""},
		{"each second Tuesday", daily(func(r *Rule) { r.EveryDays, r.From, r.Days = 14, "2026-03-03", []string{"TU"} }), ""},
		{"a day that never comes", daily(func(r *Rule) { r.EveryDays, r.From, r.Days = 14, "2026-03-03", []string{"WE"} }), "rules[0] never-fires"},
		{"ends before it begins", daily(func(r *Rule) { r.From, r.Until = "2026-03-03", "2026-03-02" }), "rules[0] never-fires"},
		{"one date that is no Monday", daily(func(r *Rule) { r.From, r.Until, r.Days = "2026-03-03", "2026-03-03", []string{"MO"} }), "rules[0] never-fires"},
		{"no such date", daily(func(r *Rule) { r.From = "2026-02-30" }), "rules[0].from no-such-date"},
		{"midnight at the end", daily(func(r *Rule) { r.Time = "24:00" }), "rules[0].time bad-time"},
		{"every few days of what", daily(func(r *Rule) { r.EveryDays = 3 }), "rules[0].from required"},
		{"backwards", daily(func(r *Rule) { r.EveryDays = -1 }), "rules[0].everyDays out-of-range"},
		{"a day twice", daily(func(r *Rule) { r.Days = []string{"MO", "MO"} }), "rules[0].days[1] bad-day"},
		{"an instant too", daily(func(r *Rule) { r.At = ptr(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)) }), "rules[0].at not-with-policy"},
		{"no policy", daily(func(r *Rule) { r.Policy = "" }), "rules[0].policy unknown-policy"},
		{"no kind", daily(func(r *Rule) { r.Kind = Gathered }), "rules[0].kind unknown-kind"},
		{"the digest's id", daily(func(r *Rule) { r.ID = DigestRule }), "rules[0].id bad-id"},
		{"an id with a space", daily(func(r *Rule) { r.ID = "a b" }), "rules[0].id bad-id"},
		{"each second", instant(func(r *Rule) { r.EveryHours = 0 }), "rules[0].everyHours out-of-range"},
		{"each hour", instant(func(r *Rule) { r.EveryHours = 1 }), "rules[0].everyHours out-of-range"},
		{"negative", instant(func(r *Rule) { r.EveryHours = -72 }), "rules[0].everyHours out-of-range"},
		{"no instant", instant(func(r *Rule) { r.At = nil }), "rules[0].at required"},
		{"the end of time", instant(func(r *Rule) { r.At = &time.Time{} }), "rules[0].at required"},
		{"too late from the start", instant(func(r *Rule) { r.Deadline = r.At }), "rules[0].deadline never-fires"},
		{"useful for a year", instant(func(r *Rule) { r.UsefulMinutes = 525600 }), "rules[0].usefulMinutes out-of-range"},
	} {
		if got := refused(CheckRules([]Rule{tt.rule})); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
	if got := refused(CheckRules([]Rule{daily(func(*Rule) {}), daily(func(*Rule) {})})); got != "rules[1].id used-twice" {
		t.Error(got)
	}
	if CheckRules(make([]Rule, MaxRules+1)) == nil {
		t.Error("too many rules were taken")
	}
}

func TestCheckChoices(t *testing.T) {
	now := at("2026-03-02T12:00:00Z")
	for _, tt := range []struct{ name, choices, want string }{
		{"nothing chosen", `{}`, ""},
		{"much chosen", `{"language":"es","quiet":[{"from":"13:00","to":"14:00"}],"digest":"18:00","perDay":3,
			"pausedUntil":"2026-04-01T00:00:00Z","kinds":{"check-in":{"time":"10:00","steps":["push","email","person"],"quiet":"pass","digest":false}}}`, ""},
		{"no quiet hours at all", `{"quiet":[]}`, ""},
		{"quiet all day", `{"quiet":[{"from":"08:00","to":"08:00"}]}`, "quiet[0].to whole-day"},
		{"quiet nearly all day", `{"quiet":[{"from":"12:00","to":"06:00"},{"from":"05:00","to":"10:00"}]}`, "quiet whole-day"},
		{"paused for good", `{"pausedUntil":"2030-01-01T00:00:00Z"}`, "pausedUntil too-far"},
		{"steps in another order", `{"kinds":{"check-in":{"steps":["email","push"]}}}`, "kinds.check-in.steps[1] bad-step"},
		{"a step twice", `{"kinds":{"check-in":{"steps":["push","push"]}}}`, "kinds.check-in.steps[1] bad-step"},
		{"a step that is none", `{"kinds":{"check-in":{"steps":["owl"]}}}`, "kinds.check-in.steps[0] bad-step"},
		{"a kind that is none", `{"kinds":{"horoscope":{}}}`, "kinds unknown-kind"},
		{"alarms off", `{"kinds":{"team-alarm":{"off":true}}}`, "kinds.team-alarm not-a-choice"},
		{"fewer than none", `{"perDay":-1}`, "perDay out-of-range"},
		{"times", `{"digest":"25:00","kinds":{"check-in":{"time":"9"}}}`, "digest bad-time, kinds.check-in.time bad-time"},
	} {
		var ch Choices
		if err := json.Unmarshal([]byte(tt.choices), &ch); err != nil {
			t.Fatal(err)
		}
		var c models.Checks
		ch.Check(&c, now)
		if got := refused(c.Err()); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
	}
}

// TestRefusalsEchoNothing: a refused value may be a patient's.
func TestRefusalsEchoNothing(t *testing.T) {
	const secret = "s3cret"
	r := Rule{ID: secret + " ", Kind: secret, Policy: secret, Time: secret, Days: []string{secret}, From: secret}
	if err := CheckRules([]Rule{r}); strings.Contains(fmt.Sprintf("%+v", err), secret) {
		t.Error(err)
	}
}

// FuzzPlan: whatever passes the checks is planned, quickly and within bounds.
func FuzzPlan(f *testing.F) {
	f.Add(`[{"id":"a","kind":"check-in","policy":"here","time":"02:30"}]`, `{}`, int64(1772928000), "America/New_York")
	f.Add(`[{"id":"a","kind":"medicine-time","policy":"every","at":"0001-01-02T00:00:00Z","everyHours":24}]`, `{"perDay":0}`, int64(0), "UTC")
	f.Add(`[{"id":"a","kind":"visit-now","policy":"once","at":"2026-03-02T12:00:00Z","late":true}]`, `{"quiet":[{"from":"00:00","to":"19:00"}]}`, int64(1772452800), "Pacific/Apia")
	f.Fuzz(func(t *testing.T, rules, choices string, now int64, zone string) {
		var in Input
		if json.Unmarshal([]byte(rules), &in.Rules) != nil || json.Unmarshal([]byte(choices), &in.Choices) != nil || now < 0 || now > 4e9 {
			return
		}
		var c models.Checks
		in.Now, in.Home, in.Cap = time.Unix(now, 0), zone, 8
		in.To = in.Now.AddDate(0, 0, 16)
		if in.Choices.Check(&c, in.Now); c.Err() != nil || CheckRules(in.Rules) != nil {
			return
		}
		list, err := Plan(in)
		if err != nil {
			return // no such zone
		}
		if most := (len(in.Rules) + 1) * 24; len(list) > most {
			t.Errorf("%d occurrences of %d rules", len(list), len(in.Rules))
		}
		for _, o := range list {
			if !o.Due.Before(o.Until) || !o.Until.After(in.Now) {
				t.Errorf("%s is useless: %s until %s", o.Name, o.Due, o.Until)
			}
		}
	})
}

// TestEmptyListsOutliveStorage: "no quiet hours" and "inbox only" are choices, and
// must not turn into the defaults on their way through the store.
func TestEmptyListsOutliveStorage(t *testing.T) {
	raw, err := json.Marshal(Choices{Quiet: []Window{}, Kinds: map[Kind]KindChoice{CheckIn: {Steps: []Step{}}}})
	if err != nil {
		t.Fatal(err)
	}
	var back Choices
	if err := json.Unmarshal(raw, &back); err != nil {
		t.Fatal(err)
	}
	if len(back.quiet()) != 0 || back.Kinds[CheckIn].Steps == nil {
		t.Errorf("%s came back as %+v", raw, back)
	}
	if raw, _ := json.Marshal(Choices{}); string(raw) != "{}" {
		t.Errorf("what was not chosen is kept: %s", raw)
	}
}
