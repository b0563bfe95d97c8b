package crisisplan

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"handrail/models"
)

func TestReviewDates(t *testing.T) {
	kit := func(on string) Content {
		return Content{Naloxone: &Naloxone{Kits: []NaloxoneKit{{Location: "x", ExpiresOn: "2030-01-01"}, {Location: "y", ExpiresOn: on}, {Location: "z"}}}}
	}
	wait := func(t Trigger, on string) map[Trigger]string { return map[Trigger]string{t: on} }
	for _, c := range []struct {
		name    string
		reviews Reviews
		content Content
		want    Due
	}{
		{"90 days", Reviews{LastOn: "2026-03-01"}, Content{}, Due{TriggerInterval, "2026-05-30", "2026-05-30"}},
		{"over a leap day", Reviews{LastOn: "2028-02-01"}, Content{}, Due{TriggerInterval, "2028-05-01", "2028-05-01"}},
		{"a medicine changed", Reviews{LastOn: "2026-03-01", Waiting: wait(TriggerMedicine, "2026-03-10")}, Content{},
			Due{TriggerMedicine, "2026-03-10", "2026-03-10"}},
		{"an acute event, first", Reviews{LastOn: "2026-03-01", AcuteOn: "2026-03-10"}, Content{}, Due{TriggerFollowUp, "2026-03-11", "2026-03-13"}},
		{"seen on the day itself", Reviews{LastOn: "2026-03-10", AcuteOn: "2026-03-10"}, Content{}, Due{TriggerFollowUp, "2026-03-11", "2026-03-13"}},
		{"after the first", Reviews{LastOn: "2026-03-12", AcuteOn: "2026-03-10"}, Content{}, Due{TriggerFollowUp, "2026-03-17", "2026-03-17"}},
		{"weekly", Reviews{LastOn: "2026-03-24", AcuteOn: "2026-03-10"}, Content{}, Due{TriggerFollowUp, "2026-03-31", "2026-03-31"}},
		{"after four weeks", Reviews{LastOn: "2026-04-07", AcuteOn: "2026-03-10"}, Content{}, Due{TriggerFollowUp, "2026-05-07", "2026-05-07"}},
		{"monthly", Reviews{LastOn: "2026-05-08", AcuteOn: "2026-03-10"}, Content{}, Due{TriggerFollowUp, "2026-06-06", "2026-06-06"}},
		{"a kit runs out", Reviews{LastOn: "2026-03-01"}, kit("2026-05-01"), Due{TriggerNaloxone, "2026-04-01", "2026-05-01"}},
		{"a kit that was talked about", Reviews{LastOn: "2026-04-02"}, kit("2026-05-01"), Due{TriggerInterval, "2026-07-01", "2026-07-01"}},
	} {
		due := c.reviews.Due(c.content)
		if len(due) == 0 || due[0] != c.want {
			t.Errorf("%s: %+v", c.name, due)
		}
	}
	if due := (Reviews{}).Due(Content{}); len(due) != 0 {
		t.Errorf("nothing is due without a plan: %+v", due)
	}
}

func TestATriggerWaitsUntilTheReview(t *testing.T) {
	p, _ := activePlan(samsPlan())
	for _, n := range []struct {
		trigger Trigger
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
	r, err := p.Review("r1", ReviewTerms{Note: "Went through it together"}, nurse, "2026-03-06", hours(120))
	if err != nil || r.Version != 1 || r.On != "2026-03-06" || r.By.AccountID != nurse.AccountID {
		t.Fatalf("%+v, %v", r, err)
	}
	if _, waits := p.Reviews.Waiting[TriggerDischarge]; waits || p.Reviews.Waiting[TriggerMedicine] == "" || p.Reviews.AcuteOn == "" {
		t.Errorf("after the review: %+v", p.Reviews)
	}
	if len(before.Reviews.Waiting) != 2 {
		t.Error("the plan as it was changed too")
	}
	if _, err := p.Review("r2", ReviewTerms{Settled: true}, sam, "2026-04-20", hours(1200)); models.KindOf(err) != models.KindForbidden {
		t.Errorf("a patient ended the follow-up: %v", err)
	}
	if _, err := p.Review("r2", ReviewTerms{Settled: true}, nurse, "2026-04-20", hours(1200)); err != nil || p.Reviews.AcuteOn != "" {
		t.Errorf("settled: %+v, %v", p.Reviews, err)
	}
	if due := p.Reviews.Due(Content{}); len(due) != 1 || due[0].Trigger != TriggerInterval {
		t.Errorf("then: %+v", due)
	}
	for _, bad := range []Trigger{"", "full-moon", TriggerInterval, TriggerFollowUp} {
		if err := p.NoteTrigger(bad, "2026-03-01"); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%q was taken: %v", bad, err)
		}
	}
	if err := p.NoteTrigger(TriggerUse, "2026-02-30"); models.KindOf(err) != models.KindInvalid {
		t.Errorf("a day that does not exist: %v", err)
	}
	empty := Plan{PatientID: patientA}
	if _, err := empty.Review("r", ReviewTerms{}, nurse, planDay, accessNow); models.KindOf(err) != models.KindConflict {
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
			if err := p.NoteTrigger(Triggers[r.IntN(len(Triggers))], today); err != nil {
				t.Fatal(err)
			}
		case 1:
			if _, err := p.Review("r", ReviewTerms{Settled: r.IntN(4) == 0}, nurse, today, accessNow); err != nil {
				t.Fatal(err)
			}
			if due := p.Reviews.Due(Content{})[0]; due.On <= today {
				t.Fatalf("reviewed on %s and due on %s for %s", today, due.On, due.Trigger)
			}
		}
		due := p.Reviews.Due(Content{})
		if len(due) == 0 || due[0].By < due[0].On || due[0].On > addDays(p.Reviews.LastOn, planReviewDays) {
			t.Fatalf("due %+v after %s", due, p.Reviews.LastOn)
		}
		if a := p.Reviews.AcuteOn; a != "" && due[0].On > addDays(max(a, p.Reviews.LastOn), followUpMonth) {
			t.Fatalf("after %s and %s the next is on %s", a, p.Reviews.LastOn, due[0].On)
		}
		if !slices.IsSortedFunc(due, func(a, b Due) int { return strings.Compare(a.On, b.On) }) {
			t.Fatalf("not in order: %+v", due)
		}
	}
}
