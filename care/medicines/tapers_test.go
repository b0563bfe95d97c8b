package medicines_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/medicines"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/medicine"
	"handrail/models/taper"
	"handrail/models/task"
)

func (c *clinic) ok(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *clinic) today(move int) string { return c.Day(move) }

// enter says which strengths there are.
func (c *clinic) enter(name string, scored bool, values ...float64) {
	c.t.Helper()
	v, err := c.Care.Medicine.Strengths(c.t.Context(), c.doctor)
	c.ok(err)
	s := medicines.Strengths{Items: slices.Clone(v.Value.Items)}
	for _, mg := range values {
		s.Items = append(s.Items, medicines.StrengthOf{Name: name, Strength: taper.Strength{Strength: medicine.Amount{Value: mg, Unit: "mg"}, Form: "tablet", Scored: scored}})
	}
	_, err = c.Care.Medicine.SetStrengths(c.t.Context(), c.doctor, v.Version, s)
	c.ok(err)
}

func (c *clinic) terms(kind taper.Kind, before float64, days int, amounts ...float64) taper.Terms {
	t := taper.Terms{Kind: kind, Unit: "mg", Before: before, StartsOn: c.today(0), Reason: "As agreed.", Call: taper.Call{Name: "Dr. Ray", Phone: "+12025550100"}}
	for _, a := range amounts {
		t.Steps = append(t.Steps, taper.Step{Days: days, Doses: []taper.Dose{{At: "08:00", Amount: a}}})
	}
	return t
}

func (c *clinic) draft(line string, t taper.Terms, replaces ...string) taper.Plan {
	c.t.Helper()
	p, err := c.part(c.doctor).AddTaper(c.t.Context(), care.NewID(), line, slices.Concat(replaces, []string{""})[0], t)
	c.ok(err)
	return p
}

func (c *clinic) tablets() []float64 {
	c.t.Helper()
	v, err := c.part(c.sam).Tablets(c.t.Context())
	c.ok(err)
	out := []float64{}
	for _, p := range v.Plans {
		for _, d := range p.Days {
			out = append(out, d.Total)
		}
	}
	return out
}

// tell has the program do what the lines since then ask for about medicines.
func (c *clinic) tell(from string) {
	c.t.Helper()
	lines, err := c.Care.Upkeep.EventsAfter(c.t.Context(), from, 500)
	c.ok(err)
	for _, e := range lines {
		c.ok(c.Care.Medicine.Tell(c.t.Context(), e))
	}
}

func (c *clinic) asked(who models.Actor) []string {
	c.t.Helper()
	page, err := c.Care.Tasks.Tasks(c.t.Context(), who, tasks.Filter{List: tasks.Mine}, "", 50)
	c.ok(err)
	var out []string
	for _, v := range page.Items {
		out = append(out, v.Code)
	}
	return out
}

// TestATaperIsSignedByTwoWhereItFallsFast: nothing is on the phone before; signed twice is
// signed once; a line that is stopped takes its plan with it.
func TestATaperIsSignedByTwoWhereItFallsFast(t *testing.T) {
	c := open(t)
	line := c.add(c.doctor, medicines.Order{Source: medicine.Here, Terms: medicine.Terms{Name: "venlafaxine", Daily: &medicine.Amount{Value: 100, Unit: "mg"}}})
	none := c.terms(taper.Taper, 100, 7, 50)
	_, err := c.part(c.doctor).AddTaper(t.Context(), care.NewID(), line.ID, "", none)
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input") // nobody entered a strength
	c.enter("venlafaxine", false, 25)
	hidden := c.terms(taper.Taper, 1, 7, 50, 25) // says less than the list knows
	hidden.Reason = ""
	_, err = c.part(c.doctor).AddTaper(t.Context(), care.NewID(), line.ID, "", hidden)
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	from := care.NewID()
	p := c.draft(line.ID, c.terms(taper.Taper, 100, 7, 50, 25))
	_, err = c.part(c.sam).SignTaper(t.Context(), p.ID, 1)
	caretest.WantKind(t, err, models.KindNotFound, "not-found") // a draft is the prescribers'
	v, err := c.part(c.doctor).SignTaper(t.Context(), p.ID, 1)
	c.ok(err)
	if v.Value.Status != taper.Signed || len(c.tablets()) != 0 {
		t.Fatalf("%s %v", v.Value.Status, c.tablets())
	}
	seen, err := c.part(c.sam).Tapers(t.Context())
	if c.ok(err); len(seen) != 0 {
		t.Error("the patient sees a plan that waits for its second signature")
	}
	_, err = c.part(c.doctor).SignTaper(t.Context(), p.ID, 2)
	caretest.WantKind(t, err, models.KindConflict, "second-person")
	c.tell(from)
	if !slices.Contains(c.asked(c.psychiatrist), task.CodeTaperSecond) {
		t.Error("nobody is asked to sign second")
	}
	for range 2 {
		v, err = c.part(c.psychiatrist).SignTaper(t.Context(), p.ID, 2)
		c.ok(err)
	}
	if got := c.tablets(); v.Version != 3 || !slices.Equal(got, []float64{50, 50, 50, 50, 50}) {
		t.Fatalf("%d %v", v.Version, got)
	}
	other := c.draft(line.ID, c.terms(taper.Start, 0, 3, 75))
	_, err = c.part(c.doctor).SignTaper(t.Context(), other.ID, 1)
	caretest.WantKind(t, err, models.KindConflict, "plan-in-force")
	next := c.draft(line.ID, c.terms(taper.Taper, 50, 60, 50), p.ID)
	_, err = c.part(c.doctor).SignTaper(t.Context(), next.ID, 1)
	c.ok(err)
	if got := c.tablets(); len(got) != 5 {
		t.Errorf("two plans of one medicine: %v", got)
	}
	stop := medicines.Stopping{On: c.today(0), Why: "A rash."}
	_, err = c.part(c.doctor).Stop(t.Context(), line.ID, stop)
	if err != nil {
		for _, f := range interrupted(t, err).Findings {
			stop.GoOn = append(stop.GoOn, medicines.GoOn{Key: f.Key, Reason: "A rash."})
		}
		_, err = c.part(c.doctor).Stop(t.Context(), line.ID, stop)
	}
	c.ok(err)
	if got := c.tablets(); len(got) != 0 {
		t.Errorf("tablets of what was stopped: %v", got)
	}
}

// TestOneMedicineHasOnePlanADay: also where a plan that was replaced has days until the one
// that was to take its place begins, and a third begins before that.
func TestOneMedicineHasOnePlanADay(t *testing.T) {
	c := open(t)
	line := c.add(c.doctor, order("lamotrigine"))
	c.enter("lamotrigine", true, 25)
	plan := func(ahead int, amount float64, replaces ...string) string {
		terms := c.terms(taper.Start, 0, 100, amount)
		terms.StartsOn = c.today(ahead)
		p := c.draft(line.ID, terms, replaces...)
		_, err := c.part(c.doctor).SignTaper(t.Context(), p.ID, 1)
		c.ok(err)
		return p.ID
	}
	first := plan(0, 25)
	second := plan(30, 50, first)
	plan(2, 75, second)
	if got := c.tablets(); !slices.Equal(got, []float64{75, 75, 75, 25, 25}) {
		t.Errorf("%v", got)
	}
}

// TestAGuardKnowsWhatWasTaken: the most of any day until the plan begins, by the plans of the
// line and of the one that it replaced; what came since a draft was written is known when it
// is signed.
func TestAGuardKnowsWhatWasTaken(t *testing.T) {
	c := open(t)
	c.enter("venlafaxine", false, 25)
	line := c.add(c.doctor, order("venlafaxine"))
	late := c.draft(line.ID, c.terms(taper.Taper, 25, 7, 25)) // of before the other
	up := c.draft(line.ID, c.terms(taper.Start, 0, 3, 100, 150))
	_, err := c.part(c.doctor).SignTaper(t.Context(), up.ID, 1)
	c.ok(err)
	_, err = c.part(c.doctor).SignTaper(t.Context(), late.ID, 1)
	caretest.WantKind(t, err, models.KindConflict, "draft-again")
	soon := c.terms(taper.Taper, 25, 7, 25)
	soon.StartsOn = c.today(5) // more is taken then than today
	if p := c.draft(line.ID, soon, up.ID); p.Before != 150 || !taper.NeedsSecond(p.Pace) {
		t.Errorf("before is %v: %v", p.Before, p.Pace)
	}
	c.Clock.Move(4 * 24 * time.Hour)
	again := order("venlafaxine")
	again.Replaces = line.ID
	next := c.add(c.doctor, again)
	if p := c.draft(next.ID, c.terms(taper.Taper, 25, 7, 25)); p.Before != 150 || !taper.NeedsSecond(p.Pace) {
		t.Errorf("of the line that was replaced: before is %v: %v", p.Before, p.Pace)
	}
}

// TestOnePrescriberStopsAtOnce: and goes a step back in one act; others look afterwards.
// Of two who act at once one is told to look again.
func TestOnePrescriberStopsAtOnce(t *testing.T) {
	c := open(t)
	line := c.add(c.doctor, order("lamotrigine"))
	c.enter("lamotrigine", true, 25)
	p := c.draft(line.ID, c.terms(taper.Start, 0, 2, 25, 50, 75))
	_, err := c.part(c.doctor).SignTaper(t.Context(), p.ID, 1)
	c.ok(err)
	c.Clock.Move(2 * 24 * time.Hour)
	back := taper.Act{Do: taper.StepBack, On: c.today(0), Why: "Dizzy."}
	var wait sync.WaitGroup
	errs := make([]error, 2)
	for i, who := range []models.Actor{c.doctor, c.psychiatrist} {
		wait.Go(func() { _, errs[i] = c.part(who).ActTaper(t.Context(), p.ID, 2, back) })
	}
	wait.Wait()
	if k := []models.Kind{models.KindOf(errs[0]), models.KindOf(errs[1])}; !slices.Contains(errs, nil) || !slices.Contains(k, models.KindStale) {
		t.Fatalf("%v", errs)
	}
	if got := c.tablets(); !slices.Equal(got, []float64{25, 25, 25, 25, 25, 25}) {
		t.Errorf("a step back: %v", got)
	}
	from := care.NewID()
	stop := taper.Act{Do: taper.Stop, Why: "A rash.", Reason: "rash"} // from the patient's today
	_, err = c.part(c.sam).ActTaper(t.Context(), p.ID, 3, stop)
	caretest.WantKind(t, err, models.KindForbidden, "not-a-prescriber")
	for range 2 {
		_, err = c.part(c.doctor).ActTaper(t.Context(), p.ID, 3, stop)
		c.ok(err)
	}
	stop.Why = "Another."
	_, err = c.part(c.doctor).ActTaper(t.Context(), p.ID, 4, stop)
	caretest.WantKind(t, err, models.KindConflict, "not-in-force")
	c.tell(from)
	if !slices.Contains(c.asked(c.psychiatrist), task.CodeTaperReview) || len(c.tablets()) != 0 {
		t.Errorf("%v %v", c.asked(c.psychiatrist), c.tablets())
	}
}

// TestATaperForOpioidUseIsThePatientsWish: and needs to know where naloxone is.
func TestATaperForOpioidUseIsThePatientsWish(t *testing.T) {
	c := open(t)
	line := c.add(c.doctor, order("methadone"))
	c.enter("methadone", true, 5, 10)
	p := c.draft(line.ID, c.terms(taper.Taper, 60, 14, 55))
	sign := func() error {
		v, err := c.part(c.doctor).Taper(t.Context(), p.ID)
		c.ok(err)
		_, err = c.part(c.doctor).SignTaper(t.Context(), p.ID, v.Version)
		return err
	}
	caretest.WantKind(t, sign(), models.KindConflict, "wish-missing")
	_, err := c.part(c.doctor).WishTaper(t.Context(), p.ID, 1, true, "")
	caretest.WantKind(t, err, models.KindForbidden, "patients-own-wish")
	_, err = c.part(c.doctor).SetTaper(t.Context(), p.ID, 1, c.terms(taper.Taper, 60, 14, 55, 50))
	c.ok(err)
	_, err = c.part(c.sam).WishTaper(t.Context(), p.ID, 1, true, "I want to try.")
	caretest.WantKind(t, err, models.KindStale, "version-not-newest") // a yes is to what they read
	_, err = c.part(c.sam).WishTaper(t.Context(), p.ID, 1, false, "Not that one.")
	c.ok(err) // a no is to any
	for range 2 {
		_, err = c.part(c.sam).WishTaper(t.Context(), p.ID, 3, true, "I want to try.")
		c.ok(err)
	}
	caretest.WantKind(t, sign(), models.KindConflict, "overdose-plan-missing")
	content := caretest.Signs("I pace.")
	content.Naloxone = &crisisplan.Naloxone{Kits: []crisisplan.NaloxoneKit{{Location: "In my bag."}}}
	crisis := c.Chart(c.sam, c.sam.PatientID).Crisis
	draft, err := crisis.SavePlan(t.Context(), 0, content, "")
	c.ok(err)
	_, err = crisis.ActivatePlan(t.Context(), draft.Newest, crisisplan.Assent{})
	c.ok(err)
	c.ok(sign())
	from := care.NewID()
	_, err = c.part(c.sam).WishTaper(t.Context(), p.ID, 1, false, "Not now.")
	c.ok(err)
	c.tell(from)
	if !slices.Contains(c.asked(c.psychiatrist), task.CodeTaperWish) {
		t.Error("nobody is asked about a wish that was taken back")
	}
}
