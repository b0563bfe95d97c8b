package models

import (
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

func TestReviewDates(t *testing.T) {
	kit := func(on string) PlanContent {
		return PlanContent{Naloxone: &Naloxone{Kits: []NaloxoneKit{{Location: "x", ExpiresOn: "2030-01-01"}, {Location: "y", ExpiresOn: on}, {Location: "z"}}}}
	}
	wait := func(t PlanTrigger, on string) map[PlanTrigger]string { return map[PlanTrigger]string{t: on} }
	for _, c := range []struct {
		name    string
		reviews PlanReviews
		content PlanContent
		want    PlanDue
	}{
		{"90 days", PlanReviews{LastOn: "2026-03-01"}, PlanContent{}, PlanDue{TriggerInterval, "2026-05-30", "2026-05-30"}},
		{"over a leap day", PlanReviews{LastOn: "2028-02-01"}, PlanContent{}, PlanDue{TriggerInterval, "2028-05-01", "2028-05-01"}},
		{"a medicine changed", PlanReviews{LastOn: "2026-03-01", Waiting: wait(TriggerMedicine, "2026-03-10")}, PlanContent{},
			PlanDue{TriggerMedicine, "2026-03-10", "2026-03-10"}},
		{"an acute event, first", PlanReviews{LastOn: "2026-03-01", AcuteOn: "2026-03-10"}, PlanContent{}, PlanDue{TriggerFollowUp, "2026-03-11", "2026-03-13"}},
		{"seen on the day itself", PlanReviews{LastOn: "2026-03-10", AcuteOn: "2026-03-10"}, PlanContent{}, PlanDue{TriggerFollowUp, "2026-03-11", "2026-03-13"}},
		{"after the first", PlanReviews{LastOn: "2026-03-12", AcuteOn: "2026-03-10"}, PlanContent{}, PlanDue{TriggerFollowUp, "2026-03-17", "2026-03-17"}},
		{"weekly", PlanReviews{LastOn: "2026-03-24", AcuteOn: "2026-03-10"}, PlanContent{}, PlanDue{TriggerFollowUp, "2026-03-31", "2026-03-31"}},
		{"after four weeks", PlanReviews{LastOn: "2026-04-07", AcuteOn: "2026-03-10"}, PlanContent{}, PlanDue{TriggerFollowUp, "2026-05-07", "2026-05-07"}},
		{"monthly", PlanReviews{LastOn: "2026-05-08", AcuteOn: "2026-03-10"}, PlanContent{}, PlanDue{TriggerFollowUp, "2026-06-06", "2026-06-06"}},
		{"a kit runs out", PlanReviews{LastOn: "2026-03-01"}, kit("2026-05-01"), PlanDue{TriggerNaloxone, "2026-04-01", "2026-05-01"}},
		{"a kit that was talked about", PlanReviews{LastOn: "2026-04-02"}, kit("2026-05-01"), PlanDue{TriggerInterval, "2026-07-01", "2026-07-01"}},
	} {
		due := c.reviews.Due(c.content)
		if len(due) == 0 || due[0] != c.want {
			t.Errorf("%s: %+v", c.name, due)
		}
	}
	if due := (PlanReviews{}).Due(PlanContent{}); len(due) != 0 {
		t.Errorf("nothing is due without a plan: %+v", due)
	}
}

func TestATriggerWaitsUntilTheReview(t *testing.T) {
	p, _ := activePlan(samsPlan())
	for _, n := range []struct {
		trigger PlanTrigger
		on      string
	}{{TriggerDischarge, "2026-03-05"}, {TriggerDischarge, "2026-03-04"}, {TriggerMedicine, "2026-03-08"}} {
		if err := p.NoteTrigger(n.trigger, n.on); err != nil {
			t.Fatal(err)
		}
	}
	if p.Reviews.Waiting[TriggerDischarge] != "2026-03-04" || p.Reviews.AcuteOn != "2026-03-05" {
		t.Errorf("noted: %+v", p.Reviews)
	}
	before := p
	r, err := p.Review("r1", PlanReviewTerms{Note: "Went through it together"}, nurse, "2026-03-06", hours(120))
	if err != nil || r.Version != 1 || r.On != "2026-03-06" || r.By.AccountID != nurse.AccountID {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, waits := p.Reviews.Waiting[TriggerDischarge]; waits || p.Reviews.Waiting[TriggerMedicine] == "" || p.Reviews.AcuteOn == "" {
		t.Errorf("after the review: %+v", p.Reviews)
	}
	if len(before.Reviews.Waiting) != 2 {
		t.Error("the plan as it was changed too")
	}
	if _, err := p.Review("r2", PlanReviewTerms{Settled: true}, sam, "2026-04-20", hours(1200)); KindOf(err) != KindForbidden {
		t.Errorf("a patient ended the follow-up: %v", err)
	}
	if _, err := p.Review("r2", PlanReviewTerms{Settled: true}, nurse, "2026-04-20", hours(1200)); err != nil || p.Reviews.AcuteOn != "" {
		t.Errorf("settled: %+v, %v", p.Reviews, err)
	}
	if due := p.Reviews.Due(PlanContent{}); len(due) != 1 || due[0].Trigger != TriggerInterval {
		t.Errorf("then: %+v", due)
	}
	for _, bad := range []PlanTrigger{"", "full-moon", TriggerInterval, TriggerFollowUp} {
		if err := p.NoteTrigger(bad, "2026-03-01"); KindOf(err) != KindInvalid {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
	if err := p.NoteTrigger(TriggerUse, "2026-02-30"); KindOf(err) != KindInvalid {
		t.Errorf("a day that does not exist: %v", err)
	}
	empty := CrisisPlan{PatientID: patientA}
	if _, err := empty.Review("r", PlanReviewTerms{}, nurse, planDay, accessNow); KindOf(err) != KindConflict {
		t.Errorf("a review of nothing: %v", err)
	}
}

// Whatever happened: there is always a next review, a review moves it on, and an
// acute event is never further than a month away from one.
func TestAReviewIsAlwaysComing(t *testing.T) {
	r := rand.New(rand.NewPCG(2, 2))
	p, _ := activePlan(samsPlan())
	today := planDay
	for range 5000 {
		today = addDays(today, r.IntN(20))
		switch r.IntN(3) {
		case 0:
			if err := p.NoteTrigger(PlanTriggers[r.IntN(len(PlanTriggers))], today); err != nil {
				t.Fatal(err)
			}
		case 1:
			if _, err := p.Review("r", PlanReviewTerms{Settled: r.IntN(4) == 0}, nurse, today, accessNow); err != nil {
				t.Fatal(err)
			}
			if due := p.Reviews.Due(PlanContent{})[0]; due.On <= today {
				t.Fatalf("reviewed on %s and due on %s for %s", today, due.On, due.Trigger)
			}
		}
		due := p.Reviews.Due(PlanContent{})
		if len(due) == 0 || due[0].By < due[0].On || due[0].On > addDays(p.Reviews.LastOn, planReviewDays) {
			t.Fatalf("due %+v after %s", due, p.Reviews.LastOn)
		}
		if a := p.Reviews.AcuteOn; a != "" && due[0].On > addDays(max(a, p.Reviews.LastOn), followUpMonth) {
			t.Fatalf("after %s and %s the next is on %s", a, p.Reviews.LastOn, due[0].On)
		}
		if !slices.IsSortedFunc(due, func(a, b PlanDue) int { return cmpText(a.On, b.On) }) {
			t.Fatalf("not in order: %+v", due)
		}
	}
}

func cmpText(a, b string) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func TestRehearsals(t *testing.T) {
	p, _ := activePlan(samsPlan())
	steps := []struct {
		today  string
		opened bool
		next   string
	}{
		{"2026-03-01", false, "2026-03-01"}, // it did not open: again
		{"2026-03-02", true, "2026-03-09"},
		{"2026-03-20", true, "2026-04-19"},
		{"2026-04-19", true, "2026-05-19"},
		{"2026-05-01", false, "2026-05-19"},
	}
	for i, s := range steps {
		got, err := p.Rehearse("r", PlanRehearsalTerms{s.opened, 850}, sam, s.today, hours(i))
		if err != nil || got.TookMillis != 850 || got.Opened != s.opened || p.Rehearsals.NextOn() != s.next {
			t.Errorf("%s: next %s, %+v, %v", s.today, p.Rehearsals.NextOn(), got, err)
		}
	}
	for took, kind := range map[int64]Kind{-1: KindInvalid, 600_001: KindInvalid, 0: 0, 600_000: 0} {
		if _, err := p.Rehearse("r", PlanRehearsalTerms{true, took}, sam, "2026-06-01", accessNow); KindOf(err) != kind {
			t.Errorf("%d ms: %v", took, err)
		}
	}
	if _, err := p.Rehearse("r", PlanRehearsalTerms{true, 1}, nurse, "2026-06-01", accessNow); KindOf(err) != KindForbidden {
		t.Errorf("somebody else practised: %v", err)
	}
	empty := CrisisPlan{PatientID: patientA}
	if _, err := empty.Rehearse("r", PlanRehearsalTerms{true, 1}, sam, planDay, accessNow); KindOf(err) != KindConflict || empty.Rehearsals.NextOn() != "" {
		t.Errorf("practised nothing: %v", err)
	}
}

func TestNumbersAreCheckedAgain(t *testing.T) {
	const ana, reyes = "+15550100001", "+15550100002"
	p, first := activePlan(samsPlan())
	for day, want := range map[string]PlanNumberState{planDay: NumberVerified, "2026-05-29": NumberVerified, "2026-05-30": NumberNotVerified} {
		if got := p.NumberState(ana, day); got != want {
			t.Errorf("on %s: %s", day, got)
		}
	}
	before := p
	if err := p.CheckNumbers([]PlanNumberReport{{"+1 555 010 0001", true}, {reyes, false}}, sam, "2026-05-30"); err != nil {
		t.Fatal(err)
	}
	if p.NumberState(ana, "2026-08-27") != NumberVerified || p.NumberState(reyes, "2026-05-30") != NumberUnreachable || p.Reviews.Waiting[TriggerContact] != "2026-05-30" {
		t.Errorf("after the check: %+v, %+v", p.Numbers, p.Reviews)
	}
	if before.Numbers[reyes].Unreachable || before.Reviews.Waiting != nil {
		t.Error("the plan as it was changed too")
	}
	if err := p.CheckNumbers([]PlanNumberReport{{ana, true}, {"+15559999999", true}}, sam, "2026-06-01"); KindOf(err) != KindInvalid || p.Numbers[ana].CheckedOn != "2026-05-30" {
		t.Errorf("a number of somebody else: %v", err)
	}
	// A new number counts as checked on the day that it is written; the one it
	// replaces is forgotten once no version that holds has it.
	c := samsPlan()
	c.CrisisSupport[0].Phone = PlanPhone{Number: "+15550100009"}
	second, _, err := p.Save(PlanEdit{Content: c, From: first, Newest: first, Active: first}, sam, "2026-06-10", hours(2400))
	if err != nil || p.NumberState("+15550100009", "2026-06-10") != NumberVerified || p.Numbers[ana].CheckedOn != "2026-05-30" {
		t.Errorf("a draft with a new number: %+v, %v", p.Numbers, err)
	}
	if err := p.Activate(&second, &first, sam, "2026-06-10", hours(2400)); err != nil || p.NumberState(ana, "2026-06-10") != NumberNotVerified || p.NumberState(reyes, "2026-06-10") != NumberUnreachable {
		t.Errorf("after the new version: %+v, %v", p.Numbers, err)
	}
}

func TestPhoneHolds(t *testing.T) {
	p, v := activePlan(samsPlan())
	for i := range 3 {
		c := samsPlan()
		c.ReasonForLiving = string(rune('a' + i))
		next, _, err := p.Save(PlanEdit{Content: c, From: v, Newest: v, Active: v}, sam, planDay, hours(24*(i+1)))
		if err == nil {
			err = p.Activate(&next, &v, sam, planDay, hours(24*(i+1)))
		}
		if err != nil {
			t.Fatal(err)
		}
		v = next
	}
	phone, tablet := Device{ID: "d1", Name: "Sam's phone"}, Device{ID: "d2", Name: "Tablet"}
	old, err := p.Receive(PlanReceipt{}, phone, 3, hours(50))
	if err != nil {
		t.Fatal(err)
	}
	old, err = p.Receive(old, phone, 3, hours(90))
	if err != nil || !old.Since.Equal(hours(50)) || !old.At.Equal(hours(90)) {
		t.Errorf("told again: %+v, %v", old, err)
	}
	fresh, _ := p.Receive(PlanReceipt{}, tablet, 4, hours(80))
	got := PhoneHolds(p, []PlanReceipt{fresh, old})
	if len(got) != 2 || got[0].DeviceName != "Sam's phone" || got[0].Holds != 3 || got[0].Newest != 4 || got[0].StaleSince == nil || !got[0].StaleSince.Equal(hours(72)) {
		t.Errorf("a phone that has 3 of 4: %+v", got)
	}
	if got[1].StaleSince != nil || got[1].Holds != 4 {
		t.Errorf("a tablet that has the newest: %+v", got[1])
	}
	if r, err := p.Receive(old, phone, 4, hours(91)); err != nil || !r.Since.Equal(hours(91)) {
		t.Errorf("a newer one: %+v, %v", r, err)
	}
	for _, version := range []int64{-1, 5} {
		if _, err := p.Receive(PlanReceipt{}, phone, version, accessNow); KindOf(err) != KindInvalid {
			t.Errorf("version %d: %v", version, err)
		}
	}
	if none := PhoneHolds(p, []PlanReceipt{{DeviceID: "d3"}})[0]; none.Holds != 0 || !none.StaleSince.Equal(accessNow.Truncate(time.Millisecond)) {
		t.Errorf("a phone with no plan yet: %+v", none)
	}
}

func TestOldActivationsAreForgotten(t *testing.T) {
	p, v := activePlan(samsPlan())
	for i := range maxActivations + 5 {
		c := samsPlan()
		c.ReasonForLiving = string(rune('a' + i))
		next, _, _ := p.Save(PlanEdit{Content: c, From: v, Newest: v, Active: v}, sam, planDay, hours(i+1))
		if err := p.Activate(&next, &v, sam, planDay, hours(i+1)); err != nil {
			t.Fatal(err)
		}
		v = next
	}
	if len(p.Activations) != maxActivations || p.Reviews.LastOn != planDay {
		t.Errorf("%d kept", len(p.Activations))
	}
	if since := p.staleSince(1); since == nil || !since.Equal(p.Activations[0].At) {
		t.Errorf("the oldest copy is stale since %v", since)
	}
}
