package risk

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/checkin"
)

var (
	always = Hours{"UTC", []Window{{1, "00:00", "24:00"}, {2, "00:00", "24:00"}, {3, "00:00", "24:00"}, {4, "00:00", "24:00"}, {5, "00:00", "24:00"}, {6, "00:00", "24:00"}, {7, "00:00", "24:00"}}}
	office = Hours{"America/New_York", []Window{{1, "09:00", "17:00"}, {2, "09:00", "17:00"}, {3, "09:00", "17:00"}, {4, "09:00", "17:00"}, {5, "09:00", "17:00"}}}

	ana, ben, cleo, fay = Person{"ana", "Ana", true}, Person{"ben", "Ben", true}, Person{"cleo", "Cleo", true}, Person{"fay", "Fay", true}
	chain               = Chain{Team: []Person{ana, ben, cleo}, Leads: []Person{ana}, FailSafe: fay}
	monday              = time.Date(2026, 3, 2, 15, 0, 0, 0, time.UTC) // 10:00 in New York
)

func at(t time.Time) Now { return Now{At: t, Chain: chain, Hours: always} }

func fired(tier checkin.Tier, rules ...string) []Evidence {
	var out []Evidence
	for _, r := range rules {
		out = append(out, Evidence{At: monday, Rule: r, Version: "1", Tier: tier, Source: FromCheckIn})
	}
	return out
}

// taking is Take over a list that grows, as a store has it.
func taking(all []Alert, n Now, e ...Evidence) []Alert {
	all = slices.Clone(all)
	for i := range e {
		e[i].At = n.At
	}
	for _, t := range Take(all, e, "p", "Pat", n, func() string { return fmt.Sprint("a", len(all)) }) {
		if t.Index < 0 {
			all = append(all, t.Alert)
		} else {
			all[t.Index] = t.Alert
		}
	}
	return all
}

func TestOneAlertForOneMatter(t *testing.T) {
	// Vector (a): item 9 is 1, then a C-SSRS with no yes, which fires nothing.
	all := taking(nil, at(monday), fired(checkin.Elevated, "R-SI-1")...)
	all = taking(all, at(monday.Add(time.Minute)))
	if len(all) != 1 || all[0].Tier != checkin.Elevated {
		t.Fatalf("%d alerts, want one elevated: %+v", len(all), all)
	}
	// Item 9 and a low C-SSRS are one matter, and no combination.
	all = taking(all, at(monday.Add(time.Hour)), fired(checkin.Elevated, "R-CS-1")...)
	if len(all) != 1 || all[0].Tier != checkin.Elevated || len(all[0].Evidence) != 2 {
		t.Fatalf("item 9 and a low screener: %+v", all)
	}
	// Two matters within 72 hours are urgent, and still one thing to do.
	all = taking(all, at(monday.Add(71*time.Hour)), fired(checkin.Elevated, "R-CR-1")...)
	if len(all) != 1 || all[0].Tier != checkin.Urgent || !all[0].Combined {
		t.Fatalf("two matters: %+v", all)
	}
	late := taking(taking(nil, at(monday), fired(checkin.Elevated, "R-SI-1")...), at(monday.Add(72*time.Hour)), fired(checkin.Elevated, "R-CR-1")...)
	if len(late) != 2 || late[1].Tier != checkin.Elevated {
		t.Fatalf("72 hours apart: %+v", late)
	}
	// An ended one counts for the combination, and stays ended.
	ended := taking(nil, at(monday), fired(checkin.Elevated, "R-SI-1")...)
	ended[0] = record(t, ended[0], ana, Ending{Status: Resolved, Code: "reached-safe"}, monday.Add(time.Minute))
	ended = taking(ended, at(monday.Add(time.Hour)), fired(checkin.Elevated, "R-CR-1")...)
	if len(ended) != 2 || ended[0].Status != Resolved || ended[1].Tier != checkin.Urgent || ended[1].Status != Notified {
		t.Fatalf("with an ended one: %+v", ended)
	}
}

func TestEmergentIsNeverMerged(t *testing.T) {
	all := taking(nil, at(monday), fired(checkin.Elevated, "R-SI-1")...)
	// Vector (b): a yes to question 4, the rest blank, is R-CS-3 (models.signalsOf).
	all = taking(all, at(monday.Add(time.Minute)), fired(checkin.Emergent, "R-CS-3")...)
	all = taking(all, at(monday.Add(2*time.Minute)), fired(checkin.Emergent, "R-CS-3")...)
	all = taking(all, at(monday.Add(3*time.Minute)), fired(checkin.Urgent, "R-SI-0")...)
	tiers := []checkin.Tier{}
	for _, a := range all {
		tiers = append(tiers, a.Tier)
	}
	if !slices.Equal(tiers, []checkin.Tier{checkin.Urgent, checkin.Emergent, checkin.Emergent}) {
		t.Fatalf("tiers %v", tiers)
	}
}

func record(t *testing.T, a Alert, who Person, e Ending, when time.Time) Alert {
	t.Helper()
	a, err := a.Record(who, e, when)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// Vector (g): acknowledged, the same rule fires again: it is reopened with the new
// evidence and calls anew; the first contact deadline still runs.
func TestReopenedCallsAnew(t *testing.T) {
	all := taking(nil, at(monday), fired(checkin.Urgent, "R-SI-0")...)
	first := all[0]
	all[0], _ = first.Acknowledge(ana, monday.Add(time.Minute))
	all = taking(all, at(monday.Add(time.Hour)), fired(checkin.Urgent, "R-SI-0")...)
	a := all[0]
	if len(all) != 1 || a.Status != Notified || a.Owner != "ana" || len(a.Evidence) != 2 || a.Round() == first.Round() {
		t.Fatalf("%+v", a)
	}
	if !a.ContactBy.Equal(first.ContactBy) || !a.AcknowledgeBy.Equal(monday.Add(90*time.Minute)) {
		t.Fatalf("contact by %s, acknowledge by %s", a.ContactBy, a.AcknowledgeBy)
	}
	a = record(t, a, ana, Ending{Status: Resolved, Code: "reached-safe"}, monday.Add(2*time.Hour))
	all = taking([]Alert{a}, at(monday.Add(3*time.Hour)), fired(checkin.Urgent, "R-SI-0")...)
	if len(all) != 1 || all[0].Status != Notified || all[0].Outcome != nil {
		t.Fatalf("after its outcome: %+v", all)
	}
	all = taking([]Alert{a}, at(monday.Add(27*time.Hour)), fired(checkin.Urgent, "R-SI-0")...)
	if len(all) != 2 || all[0].Status != Resolved {
		t.Fatalf("a day later it is a new one: %+v", all)
	}
}

func tick(t *testing.T, a Alert, n Now) Alert {
	t.Helper()
	a, ok := a.Tick(n)
	if !ok {
		t.Fatalf("nothing was due at %s: %+v", n.At, a)
	}
	return a
}

func TestLevels(t *testing.T) {
	a := taking(nil, at(monday), fired(checkin.Urgent, "R-SI-0")...)[0]
	owners := []string{a.Owner}
	for range 12 { // 10, 20: again; 30: the next level
		a = tick(t, a, at(a.Due()))
		if last := owners[len(owners)-1]; a.Owner != last || a.Status == Unanswered {
			owners = append(owners, a.Owner)
		}
	}
	// Ana leads and was asked first, so that level 3 asks nobody twice.
	if fmt.Sprint(owners[:4]) != "[ana ben fay fay]" || a.Status != Unanswered || a.Due().IsZero() {
		t.Fatalf("%v %s", owners, a.Status)
	}
	late, was := a.Acknowledge(ana, a.Due())
	if !was || late.Status != Unanswered || late.Owner != "fay" {
		t.Fatalf("a late answer took the level back: %+v", late)
	}
	done, was := a.Acknowledge(fay, a.Due())
	if was || done.Status != Acknowledged || !done.Due().Equal(a.ContactBy) {
		t.Fatalf("%+v", done)
	}
}

func TestAcknowledgedIsNotDone(t *testing.T) {
	a := taking(nil, at(monday), fired(checkin.Urgent, "R-SI-0")...)[0]
	a, _ = a.Acknowledge(ana, monday.Add(time.Minute))
	if _, ok := a.Tick(at(a.ContactBy.Add(-time.Second))); ok {
		t.Fatal("called after it was acknowledged")
	}
	a = tick(t, a, at(a.ContactBy))
	if a.Status != Notified || a.Owner != "ben" || a.Level != LevelCover {
		t.Fatalf("%+v", a)
	}
}

// TestAFloodOfAnswersGrowsNoAlert: whatever fires how often, an alert stays one that can
// be stored, and tells how often it was.
func TestAFloodOfAnswersGrowsNoAlert(t *testing.T) {
	all := taking(nil, at(monday), fired(checkin.Urgent, "R-SI-0")...)
	for i := range 5000 {
		all = taking(all, at(monday.Add(time.Duration(i)*time.Millisecond)), fired(checkin.Urgent, []string{"R-SI-0", "R-SI-3"}[i%2])...)
	}
	a := all[0]
	if len(all) != 1 || len(a.History) > 10 || len(a.Evidence) != maxEvidence || a.MoreEvidence != 5001-maxEvidence {
		t.Fatalf("%d alerts, %d steps, %d + %d of evidence", len(all), len(a.History), len(a.Evidence), a.MoreEvidence)
	}
	if last := a.History[len(a.History)-1]; last.What != DidFire || last.Count < 2400 {
		t.Fatalf("%+v", last)
	}
}

// TestAHandOverPutsNoContactOff: who gives an alert to and fro begins the time to answer
// anew, and not the time in which somebody must be in contact.
func TestAHandOverPutsNoContactOff(t *testing.T) {
	a := taking(nil, at(monday), fired(checkin.Urgent, "R-SI-0")...)[0]
	by, people := a.ContactBy, []Person{ana, ben}
	for now, k := monday, 0; now.Before(by); now, k = now.Add(9*time.Minute), k+1 {
		var err error
		if a, err = a.HandOver(people[k%2], people[(k+1)%2], at(now)); err != nil {
			t.Fatal(err)
		}
	}
	if !a.ContactBy.Equal(by) || !a.Due().Equal(by) {
		t.Fatalf("due at %s, contact by %s, want %s", a.Due(), a.ContactBy, by)
	}
	owner := a.Owner
	a = tick(t, a, at(by))
	if a.Owner == owner || a.Level == LevelAssigned || !a.ContactBy.After(by) || !slices.ContainsFunc(a.History, func(s Step) bool { return s.What == DidMiss }) {
		t.Fatalf("the deadline passed and nobody else was asked: %+v", a)
	}
}

func TestAHoleCostsNoTime(t *testing.T) {
	deaf := Person{"ana", "Ana", false}
	for name, c := range map[string]struct {
		chain Chain
		owner string
		holes int
	}{
		"nobody on the team":        {Chain{FailSafe: fay}, "fay", 3},
		"whom no channel reaches":   {Chain{Team: []Person{deaf}, Leads: []Person{deaf}, FailSafe: fay}, "fay", 3},
		"nobody is reached at all":  {Chain{Team: []Person{deaf}, FailSafe: Person{AccountID: "fay"}}, "ana", 1},
		"another one is reached":    {Chain{Team: []Person{deaf, ben}, FailSafe: fay}, "ben", 1},
		"the fail-safe is not":      {Chain{FailSafe: Person{AccountID: "fay"}}, "fay", 4},
		"one who is there, no lead": {Chain{Team: []Person{ben}, FailSafe: fay}, "ben", 0},
	} {
		n := at(monday)
		n.Chain = c.chain
		a := Begin("a", "p", "Pat", fired(checkin.Urgent, "R-SI-0")[0], n)
		holes := 0
		for _, s := range a.History {
			if s.What == DidHole {
				holes++
			}
		}
		if a.Owner != c.owner || holes != c.holes || !a.AskAt.Equal(monday) {
			t.Errorf("%s: %s owns it, %d holes: %+v", name, a.Owner, holes, a)
		}
	}
}

func TestOutOfHours(t *testing.T) {
	night := time.Date(2026, 3, 7, 3, 0, 0, 0, time.UTC) // Friday, 22:00 in New York; the clock changes on Sunday
	opens := time.Date(2026, 3, 9, 13, 0, 0, 0, time.UTC)
	n := Now{night, chain, office}
	a := Begin("a", "p", "Pat", fired(checkin.Urgent, "R-SI-0")[0], n)
	if a.Status != Open || a.Owner != "ana" || !a.Due().Equal(opens) || !a.AcknowledgeBy.Equal(opens.Add(30*time.Minute)) {
		t.Fatalf("%+v", a)
	}
	n.At = opens
	if a = tick(t, a, n); a.Status != Notified || a.Owner != "ana" {
		t.Fatalf("%+v", a)
	}
	n.At = night
	if e := Begin("a", "p", "Pat", fired(checkin.Emergent, "R-CS-3")[0], n); e.Status != Notified || e.Owner != "fay" || !e.AcknowledgeBy.Equal(night.Add(5*time.Minute)) {
		t.Fatalf("emergent waits: %+v", e)
	}
}

// TestWhoIsNotReachedInTheMorningCostsNoTime: an alert that waited is not called out to somebody
// whom no channel reaches any more, unless none reaches anybody.
func TestWhoIsNotReachedInTheMorningCostsNoTime(t *testing.T) {
	night := Now{At: time.Date(2026, 3, 3, 3, 0, 0, 0, time.UTC), Chain: chain, Hours: office}
	waits := taking(nil, night, fired(checkin.Urgent, "R-SB-2")...)[0]
	if waits.Status != Open || waits.Owner != "ana" {
		t.Fatalf("at night: %+v", waits)
	}
	without := func(all ...Person) (out []Person) {
		for _, p := range all {
			out = append(out, Person{p.AccountID, p.Name, false})
		}
		return out
	}
	morning := Now{At: waits.AskAt, Chain: chain, Hours: office}
	morning.Chain.Team, morning.Chain.Leads = append(without(ana), ben, cleo), without(ana)
	a := tick(t, waits, morning)
	if a.Status != Notified || a.Owner != "ben" || !a.AcknowledgeBy.Equal(morning.At.Add(30*time.Minute)) {
		t.Errorf("without a way to her: %+v", a)
	}
	if !slices.ContainsFunc(a.History, func(s Step) bool { return s.What == DidHole && s.Who == "ana" && s.Code == "unreachable" }) {
		t.Errorf("the office hears of no hole: %+v", a.History)
	}
	morning.Chain.Team, morning.Chain.FailSafe = without(ana, ben, cleo), without(fay)[0]
	if a := tick(t, waits, morning); a.Status != Notified || a.Owner != "ana" {
		t.Errorf("without a way to anybody: %+v", a)
	}
}

func TestMovedWhenTheOwnerCantAnswer(t *testing.T) {
	a := taking(nil, at(monday), fired(checkin.Urgent, "R-SI-0")...)[0]
	if _, moved := a.Moved(at(monday)); moved {
		t.Fatal("moved without need")
	}
	a, _ = a.Acknowledge(ana, monday)
	n := at(monday.Add(time.Hour))
	n.Chain = Chain{Team: []Person{ben}, FailSafe: fay}
	a, moved := a.Moved(n)
	if !moved || a.Owner != "ben" || a.Status != Notified {
		t.Fatalf("%+v", a)
	}
}

func TestOutcomesAreChecked(t *testing.T) {
	a := taking(nil, at(monday), fired(checkin.Urgent, "R-SI-0")...)[0]
	for _, e := range []Ending{{Status: Resolved}, {Status: Open}, {Status: Resolved, Code: "fine"}, {Status: Resolved, Code: "not-reached"}, {Status: Resolved, Code: "no-action-needed"}} {
		if _, err := a.Record(ana, e, monday); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%+v: %v", e, err)
		}
	}
	if _, err := a.Record(ben, Ending{Status: Resolved, Code: "reached-safe"}, monday); models.KindOf(err) != models.KindConflict {
		t.Errorf("not the owner: %v", err)
	}
	a = record(t, a, ana, Ending{Status: InContact}, monday)
	a = record(t, a, ana, Ending{Status: Resolved, Code: "not-reached", Tries: 3}, monday)
	again := record(t, a, ana, Ending{Status: Resolved, Code: "not-reached", Tries: 3}, monday.Add(time.Hour))
	if len(again.History) != len(a.History) {
		t.Error("the same outcome was written twice")
	}
	if late, was := a.Acknowledge(ana, monday.Add(time.Hour)); !was || late.Status != Resolved {
		t.Errorf("acknowledging reopened it: %+v", late)
	}
}

// TestMoves: whatever happens in whatever order, only allowed moves are made, what is
// open has a timer and one owner, and nobody is called after they answered.
func TestMoves(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		pick := func() Person { return []Person{ana, ben, cleo, fay}[r.IntN(4)] }
		n := Now{At: monday, Chain: chain, Hours: []Hours{always, office}[r.IntN(2)]}
		a := Begin("a", "p", "Pat", fired(checkin.Urgent, "R-SI-0")[0], n)
		for range 40 {
			n.At = n.At.Add(time.Duration(r.IntN(3600)) * time.Second)
			before := a
			switch r.IntN(6) {
			case 0:
				a, _ = a.Acknowledge(pick(), n.At)
			case 1:
				if x, err := a.Record(pick(), Ending{Status: []Status{InContact, Resolved, Referred}[r.IntN(3)], Code: "reached-safe"}, n.At); err == nil {
					a = x
				}
			case 2:
				if x, err := a.HandOver(pick(), pick(), n); err == nil {
					a = x
				}
			case 3:
				e := fired([]checkin.Tier{checkin.Elevated, checkin.Urgent}[r.IntN(2)], "R-SI-0")[0]
				a = taking([]Alert{a}, n, e)[0]
			case 4:
				n.Chain = []Chain{chain, {Team: []Person{ben}, FailSafe: fay}, {FailSafe: fay}}[r.IntN(3)]
				a, _ = a.Moved(n)
			default:
				a, _ = a.Tick(n)
			}
			if a.Status != before.Status && !MayMove(before.Status, a.Status) && !viaAcknowledged(before.Status, a) {
				t.Fatalf("seed %d: %s to %s", seed, before.Status, a.Status)
			}
			if a.Owner == "" || a.Due().IsZero() != a.Status.Ended() || a.Level < 1 || a.Level > LevelFailSafe {
				t.Fatalf("seed %d: no timer or no owner: %+v", seed, a)
			}
			if a.Round() != before.Round() && a.Status != Notified && a.Status != Unanswered && a.Status != Open {
				t.Fatalf("seed %d: called after it was answered: %+v", seed, a)
			}
			if Rank(a.Tier) < Rank(before.Tier) {
				t.Fatalf("seed %d: the tier fell", seed)
			}
		}
	}
}

// viaAcknowledged: an outcome at once is an acknowledgement and an outcome.
func viaAcknowledged(from Status, a Alert) bool {
	return MayMove(from, Acknowledged) && MayMove(Acknowledged, a.Status) && a.Status != Open && a.Status != Notified
}

func TestHoursOnTheNightTheClockChanges(t *testing.T) {
	h := Hours{"Europe/Berlin", []Window{{7, "01:00", "05:00"}}} // 2026-03-29: 02:00 is 03:00
	open := 0
	for m := time.Date(2026, 3, 28, 0, 0, 0, 0, time.UTC); m.Before(time.Date(2026, 3, 30, 12, 0, 0, 0, time.UTC)); m = m.Add(time.Minute) {
		if h.Open(m) {
			open++
		}
	}
	if open != 3*60 {
		t.Errorf("open for %d minutes, want 180", open)
	}
	if (Hours{Zone: "UTC"}).Open(monday) {
		t.Error("nobody is never there")
	}
	if _, ok := (Hours{Zone: "UTC"}).Next(monday); ok {
		t.Error("no hours have no next one")
	}
}

// What counts for the combination is when an elevated rule itself applied: something
// routine of the same matter does not make it younger, and a combination counts on.
func TestCombinationCountsElevatedRules(t *testing.T) {
	all := taking(nil, at(monday), fired(checkin.Elevated, "R-SI-1")...)
	all = taking(all, at(monday.Add(70*time.Hour)), fired(checkin.Routine, "R-SI-3")...)
	all = taking(all, at(monday.Add(100*time.Hour)), fired(checkin.Elevated, "R-CR-1")...)
	if len(all) != 2 || all[1].Tier != checkin.Elevated || all[1].Combined {
		t.Fatalf("a routine rule made an elevated one younger: %+v", all)
	}
	all = taking(all, at(monday.Add(101*time.Hour)), fired(checkin.Elevated, "R-SI-1")...)
	if all[0].Tier != checkin.Urgent || !all[0].Combined {
		t.Fatalf("the first matter again, an hour after the second: %+v", all)
	}
	beside := taking(nil, at(monday), fired(checkin.Urgent, "R-SI-0")...)
	beside = taking(beside, at(monday.Add(time.Minute)), fired(checkin.Elevated, "R-SI-1")...)
	beside = taking(beside, at(monday.Add(time.Hour)), fired(checkin.Elevated, "R-CR-1")...)
	if len(beside) != 1 || !beside[0].Combined {
		t.Fatalf("an elevated rule inside of an urgent alert: %+v", beside)
	}
}

// Never more than one alert of one rule in 24 hours, also where the rule was not the one
// that raised it.
func TestOneAlertOfARuleADay(t *testing.T) {
	all := taking(nil, at(monday), fired(checkin.Urgent, "R-SI-0")...)
	all = taking(all, at(monday.Add(time.Hour)), fired(checkin.Elevated, "R-SI-1")...)
	all[0] = record(t, all[0], ana, Ending{Status: Resolved, Code: "reached-safe"}, monday.Add(2*time.Hour))
	all = taking(all, at(monday.Add(3*time.Hour)), fired(checkin.Elevated, "R-SI-1")...)
	if len(all) != 1 || all[0].Status != Notified {
		t.Fatalf("%+v", all)
	}
}

// A late answer belongs to the level that it was asked at.
func TestALateAnswerIsOfItsLevel(t *testing.T) {
	a := taking(nil, at(monday), fired(checkin.Urgent, "R-SI-0")...)[0]
	for a.Level < LevelFailSafe {
		a = tick(t, a, at(a.Due()))
	}
	a, late := a.Acknowledge(ben, a.Due())
	if last := a.History[len(a.History)-1]; !late || last.What != DidLate || last.Level != LevelCover || a.Owner != "fay" {
		t.Fatalf("%+v", a)
	}
}

// TestWithoutUse: what tells of a medicine for substance use is left out, and what else
// was found stays; an alert of nothing else says nothing.
func TestWithoutUse(t *testing.T) {
	use := Evidence{Rule: "R-MO-2", Inputs: map[string]any{InputUse: true, InputMedicine: "m"}}
	pair, plain := Evidence{Rule: PairRule, Inputs: map[string]any{InputUse: true}}, Evidence{Rule: PairRule, Inputs: map[string]any{InputUse: false}}
	craving := Evidence{Rule: "R-CR-1"}
	for name, c := range map[string]struct {
		evidence []Evidence
		want     []string
	}{
		"of use alone":           {[]Evidence{use, pair}, nil},
		"of craving":             {[]Evidence{craving}, []string{"R-CR-1"}},
		"both, use first":        {[]Evidence{use, craving}, []string{"R-CR-1"}},
		"a pair that tells":      {[]Evidence{craving, pair}, []string{"R-CR-1"}},
		"one that does not tell": {[]Evidence{plain, pair, use}, []string{PairRule}},
	} {
		a := Alert{Rule: c.evidence[0].Rule, Outcome: &Outcome{Code: "reached-safe", Note: "Took none."}}
		for _, e := range c.evidence {
			a.addEvidence(e)
			a.step(Step{What: DidFire, Code: e.Rule})
		}
		got, ok := a.WithoutUse()
		if ok != (c.want != nil) {
			t.Errorf("%s: %v", name, ok)
		}
		if !ok {
			continue
		}
		if !slices.Equal(got.Rules, c.want) || got.Rule != c.want[0] || len(got.Evidence) != 1 {
			t.Errorf("%s: %+v", name, got)
		}
		if left := len(c.evidence) > 1; left != (got.Outcome.Note == "") || left && a.Outcome.Note == "" {
			t.Errorf("%s: what was written at its end: %+v", name, got.Outcome)
		}
		for _, s := range got.History {
			if s.Code != "" && !slices.Contains(c.want, s.Code) {
				t.Errorf("%s: its history tells: %+v", name, s)
			}
		}
	}
}
