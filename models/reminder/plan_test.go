package reminder

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func at(text string) time.Time {
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		panic(err)
	}
	return t
}

func ptr[T any](v T) *T { return &v }

// input is somebody in New York in March 2026 with room for everything.
func input(now string, days int, rules ...Rule) Input {
	n := at(now)
	return Input{Now: n, To: n.AddDate(0, 0, days), Home: "America/New_York", Rules: rules, Cap: 100}
}

// show writes a plan as "name due[-until] why".
func show(t *testing.T, in Input) []string {
	t.Helper()
	if err := CheckRules(in.Rules); err != nil {
		t.Fatalf("rules: %+v", err)
	}
	list, err := Plan(in)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, o := range list {
		line := o.Name + " " + o.Due.Format("02T15:04Z")
		if o.Silent != Loud {
			line += " " + string(o.Silent)
		}
		out = append(out, line)
	}
	return out
}

func wantLines(t *testing.T, got []string, want ...string) {
	t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestWallClockKeepsItsTimeOverTheChangeOfClocks(t *testing.T) {
	in := input("2026-03-07T12:00:00Z", 3, ForCheckIn([]string{"09:00"}, nil)...)
	wantLines(t, show(t, in), "check-in|2026-03-07 07T14:00Z", "check-in|2026-03-08 08T13:00Z", "check-in|2026-03-09 09T13:00Z")
}

func TestIntervalDoesNotKnowOfClocks(t *testing.T) {
	rules := ForMedicine(Medicine{ID: "p", Policy: Every, EveryHours: 72, First: new(at("2026-03-06T14:00:00Z"))})
	in := input("2026-03-06T12:00:00Z", 8, rules...)
	wantLines(t, show(t, in), "medicine:p|2026-03-06 06T14:00Z", "medicine:p|2026-03-09 09T14:00Z", "medicine:p|2026-03-12 12T14:00Z")
}

// TestIntervalOfADayNeverMeetsItself: in the night of 25 hours, two times that are 24
// hours apart fall on one date of the wall clock; they are named by UTC dates.
func TestIntervalOfADayNeverMeetsItself(t *testing.T) {
	rules := ForMedicine(Medicine{ID: "p", Policy: Every, EveryHours: 24, First: new(at("2026-10-30T04:30:00Z"))})
	seen := map[string]bool{}
	for _, line := range show(t, input("2026-10-30T00:00:00Z", 5, rules...)) {
		if n, _, _ := strings.Cut(line, " "); seen[n] {
			t.Errorf("%s comes twice", n)
		} else {
			seen[n] = true
		}
	}
	if len(seen) != 5 {
		t.Errorf("%d in five days", len(seen))
	}
}

func TestHereFollowsThePersonAndHomeDoesNot(t *testing.T) {
	rules := append(ForMedicine(Medicine{ID: "there", Policy: Here, Times: []string{"09:00"}}),
		ForMedicine(Medicine{ID: "home", Policy: Home, Times: []string{"09:00"}})...)
	in := input("2026-06-01T00:00:00Z", 2, rules...)
	in.Stays = []Stay{{at("2026-06-01T20:00:00Z"), "Europe/Berlin"}}
	wantLines(t, show(t, in),
		"medicine:home|2026-06-01 01T13:00Z", "medicine:there|2026-06-01 01T13:00Z",
		"medicine:there|2026-06-02 02T07:00Z", "medicine:home|2026-06-02 02T13:00Z")
}

func TestVisit(t *testing.T) {
	v := Visit{ID: "v", Revision: 1, BookedAt: at("2026-03-02T15:00:00Z"), Start: at("2026-03-04T13:30:00Z")}
	in := input("2026-03-02T15:00:07Z", 5, ForVisit(v)...)
	wantLines(t, show(t, in), "visit:v:1:booked|2026-03-02 02T15:00Z", "visit:v:1:24h|2026-03-03 03T13:30Z",
		"visit:v:1:1h|2026-03-04 04T12:30Z", "visit:v:1:10min|2026-03-04 04T13:20Z")

	late := ForVisit(Visit{ID: "w", Revision: 1, BookedAt: at("2026-03-02T15:00:00Z"), Start: at("2026-03-02T15:30:00Z")})
	wantLines(t, show(t, input("2026-03-02T15:00:07Z", 5, late...)),
		"visit:w:1:booked|2026-03-02 02T15:00Z", "visit:w:1:10min|2026-03-02 02T15:20Z")
}

func TestVisitEarlyInTheMorningPassesQuietHoursExceptTheDayBefore(t *testing.T) {
	v := Visit{ID: "v", BookedAt: at("2026-03-01T15:00:00Z"), Start: at("2026-03-04T12:00:00Z")} // 07:00 in New York
	in := input("2026-03-02T15:00:00Z", 5, ForVisit(v)[1:]...)
	wantLines(t, show(t, in), "visit:v:0:24h|2026-03-03 03T13:00Z", "visit:v:0:1h|2026-03-04 04T11:00Z", "visit:v:0:10min|2026-03-04 04T11:50Z")
}

func TestQuietHours(t *testing.T) {
	night := ForCheckIn([]string{"23:30"}, nil)
	in := input("2026-03-02T17:00:00Z", 1, night...)
	wantLines(t, show(t, in), "check-in|2026-03-02 03T13:00Z") // 08:00 in New York

	in.Choices.Quiet = []Window{{"21:00", "07:00"}, {"07:00", "10:00"}}
	wantLines(t, show(t, in), "check-in|2026-03-02 03T15:00Z")

	in.Choices.Quiet = []Window{}
	wantLines(t, show(t, in), "check-in|2026-03-02 03T04:30Z")

	in.Choices = Choices{Kinds: map[Kind]KindChoice{CheckIn: {Quiet: QuietSkip}}}
	wantLines(t, show(t, in), "check-in|2026-03-02 03T04:30Z quiet")
}

func TestPauseHoldsBackAllButAlarms(t *testing.T) {
	rules := append(ForCheckIn([]string{"12:00"}, nil), Note(TeamAlarm, "a", "", at("2026-03-02T17:30:00Z")))
	in := input("2026-03-02T15:00:00Z", 3, rules...)
	in.Choices.PausedUntil = ptr(at("2026-03-03T18:00:00Z"))
	wantLines(t, show(t, in), "check-in|2026-03-02 02T17:00Z paused", "note:a|2026-03-02 02T17:30Z",
		"check-in|2026-03-03 03T17:00Z paused", "check-in|2026-03-04 04T17:00Z")
}

func TestOffAndInboxOnly(t *testing.T) {
	in := input("2026-03-02T15:00:00Z", 1, ForCheckIn([]string{"12:00"}, nil)...)
	in.Choices.Kinds = map[Kind]KindChoice{CheckIn: {Steps: []Step{}}}
	wantLines(t, show(t, in), "check-in|2026-03-02 02T17:00Z inbox-only")
	in.Choices.Kinds = map[Kind]KindChoice{CheckIn: {Off: true}}
	wantLines(t, show(t, in))
}

func TestSmallThingsBecomeOnePromptADay(t *testing.T) {
	rules := append(ForDate(Milestone, "m", "2026-03-03"), ForDate(PlanReview, "p", "2026-03-03")...)
	rules = append(rules, ForDate(Education, "e", "2026-03-04")...)
	in := input("2026-03-02T15:00:00Z", 3, rules...)
	wantLines(t, show(t, in),
		"crisis-plan-review:p:0d|2026-03-03 03T15:00Z digest", "goal-milestone:m:0d|2026-03-03 03T15:00Z digest", "digest|2026-03-03 03T22:00Z",
		"crisis-plan-review:p:-1d|2026-03-04 04T15:00Z digest", "education-module:e:0d|2026-03-04 04T15:00Z digest", "digest|2026-03-04 04T22:00Z")

	in.Choices.Kinds = map[Kind]KindChoice{Milestone: {Digest: ptr(false), Time: "11:15"}, Gathered: {Time: "18:30"}}
	wantLines(t, show(t, in)[:3],
		"crisis-plan-review:p:0d|2026-03-03 03T15:00Z digest", "goal-milestone:m:0d|2026-03-03 03T16:15Z", "digest|2026-03-03 03T23:30Z")
}

func TestCapKeepsTheMoreImportant(t *testing.T) {
	rules := append(ForCheckIn([]string{"09:00", "12:00", "15:00"}, nil), ForMedicine(Medicine{ID: "m", Policy: Here, Times: []string{"20:00"}})...)
	in := input("2026-03-02T12:00:00Z", 1, rules...)
	in.Cap = 2
	wantLines(t, show(t, in), "check-in|2026-03-02 02T14:00Z", "check-in:2|2026-03-02 02T17:00Z cap",
		"check-in:3|2026-03-02 02T20:00Z cap", "medicine:m|2026-03-02 03T01:00Z")
	in.Choices.PerDay = ptr(0)
	if got := show(t, in); len(got) != 4 || !strings.HasSuffix(got[3], "cap") {
		t.Errorf("none a day: %v", got)
	}
}

func TestNothingBeginsInThePastAndWhatWaitsStays(t *testing.T) {
	rules := ForCheckIn([]string{"09:00"}, nil)
	in := input("2026-03-02T15:00:00Z", 1, rules...) // 10:00 in New York
	wantLines(t, show(t, in), "check-in|2026-03-03 03T14:00Z")

	known, err := Plan(input("2026-03-02T12:00:00Z", 1, rules...))
	if err != nil || len(known) != 1 {
		t.Fatal(known, err)
	}
	in.Known = []Known{{known[0], false}}
	wantLines(t, show(t, in), "check-in|2026-03-02 02T14:00Z", "check-in|2026-03-03 03T14:00Z")
	in.Known[0].Fixed = true
	wantLines(t, show(t, in), "check-in|2026-03-03 03T14:00Z")
}

func TestChangedTimeComesOnceADay(t *testing.T) {
	in := input("2026-03-02T12:00:00Z", 2, ForCheckIn([]string{"09:00"}, nil)...)
	first, _ := Plan(in)
	in.Now = at("2026-03-02T15:00:00Z")
	in.Rules = ForCheckIn([]string{"20:00"}, nil)
	in.Known = []Known{{first[0], true}, {first[1], false}} // today's is sent
	want, _ := Plan(in)
	c := Diff(in.Known, want, in.Now)
	if len(c.Add) != 0 || len(c.Drop) != 0 || len(c.Move) != 1 || c.Move[0].Name != "check-in|2026-03-03" {
		t.Errorf("%+v", c)
	}
}

func TestDiffLeavesTheFixedAndTheUseless(t *testing.T) {
	now := at("2026-03-02T12:00:00Z")
	o := func(name string, until time.Duration) Occurrence {
		return Occurrence{Name: name, Until: now.Add(until)}
	}
	known := []Known{{o("sent", time.Hour), true}, {o("too-late", -time.Hour), false}, {o("unwanted", time.Hour), false}, {o("same", time.Hour), false}}
	c := Diff(known, []Occurrence{o("same", time.Hour), o("new", time.Hour)}, now)
	if got := fmt.Sprint(names(c.Add), names(c.Move), names(c.Drop)); got != "[new] [] [unwanted]" {
		t.Error(got)
	}
}

func names(list []Occurrence) (out []string) {
	for _, o := range list {
		out = append(out, o.Name)
	}
	return out
}

func TestUselessTimes(t *testing.T) {
	in := input("2026-03-02T12:00:00Z", 1, ForCheckIn([]string{"20:00"}, nil)...)
	list, _ := Plan(in)
	if u := list[0].Until; !u.Equal(at("2026-03-03T03:00:00Z")) {
		t.Errorf("useful until %s, want the beginning of quiet hours", u)
	}
	in.Choices.Kinds = map[Kind]KindChoice{CheckIn: {Quiet: QuietPass}}
	if list, _ = Plan(in); !list[0].Until.Equal(at("2026-03-03T05:00:00Z")) {
		t.Errorf("useful until %s, want the four hours of its kind", list[0].Until)
	}
	in.Rules[0].Time = "23:50"
	if list, _ = Plan(in); !list[0].Until.Equal(at("2026-03-03T05:20:00Z")) {
		t.Errorf("useful until %s, want half an hour", list[0].Until)
	}
}

// TestNewerZonesMoveThePlan: a law of next month moves what the old database put.
func TestNewerZonesMoveThePlan(t *testing.T) {
	in := input("2026-03-02T12:00:00Z", 2, ForCheckIn([]string{"09:00"}, nil)...)
	old, _ := Plan(in)
	for _, o := range old {
		in.Known = append(in.Known, Known{o, false})
	}
	in.Zones = func(string) (*time.Location, error) { return time.FixedZone("new law", -4*3600), nil }
	want, _ := Plan(in)
	if c := Diff(in.Known, want, in.Now); len(c.Move) != 2 || len(c.Add)+len(c.Drop) != 0 {
		t.Errorf("%+v", c)
	}
}

func TestUnknownZone(t *testing.T) {
	in := input("2026-03-02T12:00:00Z", 1)
	in.Stays = []Stay{{in.Now, "Mars/Olympus"}}
	if _, err := Plan(in); err == nil {
		t.Error("a zone on Mars was taken")
	}
}
