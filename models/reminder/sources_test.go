package reminder

import (
	"fmt"
	"strings"
	"testing"
)

func TestRulesOfDatesComeOnTheirDays(t *testing.T) {
	for _, tt := range []struct {
		kind Kind
		want string
	}{
		{NaloxoneExpiry, "2026-03-02 2026-03-25 2026-04-01"},
		{PlanReview, "2026-03-25 2026-04-01 2026-04-02"},
		{PlanRehearsal, "2026-04-01 2026-04-04"},
		{Milestone, "2026-03-29 2026-04-01"},
		{Education, "2026-04-01"},
		{CheckIn, ""},
	} {
		var got []string
		rules := ForDate(tt.kind, "x", "2026-04-01")
		for _, r := range rules {
			if r.From != r.Until {
				t.Errorf("%s is not one day", r.ID)
			}
			got = append(got, r.From)
		}
		if s := strings.Join(got, " "); s != tt.want {
			t.Errorf("%s: %s, want %s", tt.kind, s, tt.want)
		}
		if err := CheckRules(rules); err != nil {
			t.Errorf("%s: %v", tt.kind, err)
		}
	}
	if ForDate(Milestone, "x", "2026-02-30") != nil {
		t.Error("a date that does not exist gave rules")
	}
}

// TestEveryKindHasDefaultsThatHold: each has a text, a time to be of use, steps in
// their order, and quiet hours that are known.
func TestEveryKindHasDefaultsThatHold(t *testing.T) {
	if len(Kinds) != len(traits)-1 { // Gathered is no rule's
		t.Errorf("%d kinds are listed, %d have defaults", len(Kinds), len(traits))
	}
	all := map[Kind]KindChoice{}
	for _, k := range Kinds {
		tr := k.Traits()
		if tr.Class == "" || tr.Useful <= 0 || tr.Useful.Minutes() > MaxUseful || len(tr.Steps) == 0 || tr.Quiet == "" {
			t.Errorf("%s: %+v", k, tr)
		}
		if k != TeamAlarm && k != HelpCall {
			all[k] = KindChoice{Steps: tr.Steps, Quiet: tr.Quiet, Time: tr.Time}
		}
	}
	in := input("2026-03-02T12:00:00Z", 1)
	for k, kc := range all {
		got, off := Choices{Kinds: all}.For(k)
		if off || fmt.Sprint(got) != fmt.Sprint(k.Traits()) {
			t.Errorf("choosing the defaults of %s (%+v) changes them: %+v", k, kc, got)
		}
	}
	if list, err := Plan(in); err != nil || len(list) != 0 {
		t.Error("no rules made a plan", err)
	}
}

func ExamplePlan() {
	rules := append(ForCheckIn([]string{"09:00"}, []string{"MO", "WE"}),
		ForVisit(Visit{ID: "v", BookedAt: at("2026-03-02T12:00:00Z"), Start: at("2026-03-04T20:00:00Z")})...)
	list, err := Plan(Input{Now: at("2026-03-02T12:00:00Z"), To: at("2026-03-06T12:00:00Z"), Home: "America/New_York", Rules: rules, Cap: 8})
	if err != nil {
		fmt.Println(err)
	}
	for _, o := range list {
		fmt.Println(o.Due.Format("Mon 15:04"), o.Kind)
	}
	// Output:
	// Mon 13:00 visit-confirmed
	// Mon 14:00 check-in
	// Tue 20:00 visit-ahead
	// Wed 14:00 check-in
	// Wed 19:00 visit-soon
	// Wed 19:50 visit-now
}
