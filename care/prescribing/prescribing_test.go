package prescribing_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/medicines"
	joint "handrail/care/prescribing"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/prescribing"
	"handrail/models/task"
)

type clinic struct {
	*caretest.Clinic
	t                                *testing.T
	sam, psychiatrist, doctor, nurse models.Actor
}

func open(t *testing.T) *clinic {
	t.Helper()
	h := caretest.New(t)
	sam := h.Patient()
	return &clinic{h, t, sam, h.Clinician(models.DisciplinePsychiatry, sam), h.Clinician(models.DisciplineAddiction, sam), h.Clinician(models.DisciplineNursing, sam)}
}

func (c *clinic) part(who models.Actor) *joint.Part { return c.Chart(who, c.sam.PatientID).Agreement }

func (c *clinic) terms() prescribing.Terms {
	return prescribing.Terms{
		Prescribers: []prescribing.Prescriber{{AccountID: c.psychiatrist.AccountID, Changes: []string{"lithium", "sertraline"}}, {AccountID: c.doctor.AccountID, Changes: []string{"buprenorphine"}}},
		AnswerHours: 12, ReviewEveryDays: 30, ReviewOwner: c.doctor.AccountID,
		Watches: []prescribing.Watch{{What: "lithium-level", Owner: c.nurse.AccountID, EveryDays: 90, FirstOn: c.Day(7)},
			{What: prescribing.SideEffects, Owner: c.nurse.AccountID, EveryDays: 30, FirstOn: c.Day(3)}},
		Signs:       []prescribing.Sign{{Words: "I do not answer my sister.", Then: "Visit within two days.", Owner: c.nurse.AccountID}},
		Intolerable: []prescribing.Intolerable{{Effect: "I can't sit still.", Then: "Call the clinic. The psychiatrist decides that day."}},
		Besides:     []string{"Walking with my son."},
	}
}

func (c *clinic) do(who models.Actor, id string, act joint.Act) joint.View {
	c.t.Helper()
	v, err := c.part(who).Do(c.t.Context(), id, act, "As we said.")
	if err != nil {
		c.t.Fatal(act, ": ", err)
	}
	return v
}

func (c *clinic) inForce() joint.View {
	c.t.Helper()
	v, err := c.part(c.psychiatrist).Propose(c.t.Context(), care.NewID(), c.terms())
	if err != nil {
		c.t.Fatal(err)
	}
	c.do(c.doctor, v.ID, joint.ActSign)
	return c.do(c.psychiatrist, v.ID, joint.ActBegin)
}

func (c *clinic) codes(who models.Actor) string {
	c.t.Helper()
	p, err := c.Care.Tasks.Tasks(c.t.Context(), who, tasks.Filter{List: tasks.Mine}, "", 100)
	if err != nil {
		c.t.Fatal(err)
	}
	var out []string
	for _, v := range p.Items {
		out = append(out, v.Code)
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}

// told has the worker read a line of the log, twice: it is done once.
func (c *clinic) told(action, ref string, by models.Actor) {
	c.t.Helper()
	for range 2 {
		e := models.AuditEvent{ID: "line-" + ref, PatientID: c.sam.PatientID, AccountID: by.AccountID, Action: action, Ref: ref, Outcome: models.OutcomeAllowed}
		for _, tell := range []error{c.Care.Medicine.Tell(c.t.Context(), e), c.Care.Agreement.Tell(c.t.Context(), e)} {
			if tell != nil {
				c.t.Fatal(tell)
			}
		}
	}
}

func (c *clinic) follow() {
	c.t.Helper()
	for range 2 {
		if err := c.Care.Agreement.Follow(c.t.Context()); err != nil {
			c.t.Fatal(err)
		}
	}
}

// TestAnAgreementGoesItsWay: proposed, agreed, in force, under review and ended; each asks
// whom it concerns, and no step is skipped.
func TestAnAgreementGoesItsWay(t *testing.T) {
	c := open(t)
	id := care.NewID()
	var v joint.View
	for range 2 {
		var err error
		if v, err = c.part(c.psychiatrist).Propose(t.Context(), id, c.terms()); err != nil {
			t.Fatal(err)
		}
	}
	if v.Status != prescribing.Proposed || c.codes(c.doctor) != task.CodeAgreement || c.codes(c.psychiatrist) != "" || v.Prescribers[1].Name != c.doctor.Name {
		t.Fatalf("%+v, %q", v, c.codes(c.doctor))
	}
	for act, code := range map[joint.Act]string{joint.ActBegin: "agreement-move-not-allowed", joint.ActReview: "agreement-move-not-allowed", joint.ActStand: "agreement-move-not-allowed"} {
		_, err := c.part(c.psychiatrist).Do(t.Context(), id, act, "")
		caretest.WantKind(t, err, models.KindConflict, code)
	}
	_, err := c.part(c.nurse).Do(t.Context(), id, joint.ActSign, "")
	caretest.WantKind(t, err, models.KindForbidden, "not-a-prescriber")
	_, err = c.part(c.sam).Do(t.Context(), id, joint.ActSign, "")
	caretest.WantKind(t, err, models.KindForbidden, "not-a-prescriber")
	if v = c.do(c.doctor, id, joint.ActSign); v.Status != prescribing.Agreed || c.codes(c.doctor) != "" || c.codes(c.psychiatrist) != task.CodeAgreement {
		t.Fatalf("%+v: %q %q", v.Status, c.codes(c.doctor), c.codes(c.psychiatrist))
	}
	_, err = c.part(c.doctor).Change(t.Context(), id, v.Version, func() prescribing.Terms { x := c.terms(); x.AnswerHours = 5; return x }())
	caretest.WantKind(t, err, models.KindConflict, "agreement-stands")
	if v = c.do(c.psychiatrist, id, joint.ActBegin); v.Status != prescribing.InForce || len(v.Duties) != 3 || c.codes(c.psychiatrist) != "" {
		t.Fatalf("%+v", v)
	}
	seen, err := c.part(c.sam).Agreements(t.Context())
	if err != nil || len(seen) != 1 || seen[0].Signs[0].Then == "" || len(seen[0].May) != 0 {
		t.Fatalf("the patient sees %+v, %v", seen, err)
	}
	c.do(c.doctor, id, joint.ActReview)
	if v = c.do(c.doctor, id, joint.ActStand); v.Status != prescribing.InForce {
		t.Fatal(v.Status)
	}
	next, err := c.part(c.doctor).Propose(t.Context(), care.NewID(), c.terms())
	if err != nil {
		t.Fatal(err)
	}
	c.do(c.psychiatrist, next.ID, joint.ActSign)
	c.do(c.doctor, next.ID, joint.ActBegin)
	old, err := c.part(c.doctor).Agreement(t.Context(), id)
	if err != nil || old.Status != prescribing.Ended || old.ReplacedBy != next.ID {
		t.Fatalf("%+v, %v", old.Status, err)
	}
}

// TestDutiesAreTasksAndCloseWithTheirResults: by hand or by a result, each once; an older
// result closes nothing; nobody ends one without a result.
func TestDutiesAreTasksAndCloseWithTheirResults(t *testing.T) {
	c := open(t)
	v := c.inForce()
	c.follow()
	if c.codes(c.nurse) != "prescribing-duty prescribing-duty" {
		t.Fatalf("%q", c.codes(c.nurse))
	}
	list := c.Chart(c.nurse, c.sam.PatientID).Medicine
	level := func(on time.Time) {
		t.Helper()
		if _, err := list.Tell(t.Context(), medicine.Fact{Code: "lithium-level", On: on, Number: 0.7}); err != nil {
			t.Fatal(err)
		}
		c.told("medicine.fact", "lithium-level", c.nurse)
	}
	level(c.Clock.Now().AddDate(0, 0, -5))
	if c.codes(c.nurse) != "prescribing-duty prescribing-duty" {
		t.Fatal("a result of before the agreement closes it")
	}
	p, err := c.Care.Tasks.Tasks(t.Context(), c.nurse, tasks.Filter{List: tasks.Mine}, "", 100)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Care.Tasks.Accept(t.Context(), c.nurse, p.Items[0].ID); err != nil {
		t.Fatal(err)
	}
	_, err = c.Care.Tasks.Progress(t.Context(), c.nurse, p.Items[0].ID, task.Completed, "Done.")
	caretest.WantKind(t, err, models.KindConflict, "ends-with-a-result")
	c.Clock.Move(24 * time.Hour)
	level(c.Clock.Now())
	effects := slices.IndexFunc(v.Duties, func(d prescribing.Duty) bool { return d.What == prescribing.SideEffects })
	lab := slices.IndexFunc(v.Duties, func(d prescribing.Duty) bool { return d.What == "lithium-level" })
	_, err = c.part(c.nurse).Record(t.Context(), v.Duties[lab].ID, "Looked fine.", false)
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	_, err = c.part(c.sam).Record(t.Context(), v.Duties[effects].ID, "None.", false)
	caretest.WantKind(t, err, models.KindForbidden, "told-by-the-team")
	for range 2 {
		if d, err := c.part(c.nurse).Record(t.Context(), v.Duties[effects].ID, "No side effects.", false); err != nil || len(d.Results) != 1 || d.TaskID != "" {
			t.Fatalf("%+v, %v", d, err)
		}
	}
	c.follow()
	if c.codes(c.nurse) != "" {
		t.Fatalf("%q", c.codes(c.nurse))
	}
	c.Clock.Move(85 * 24 * time.Hour)
	c.follow()
	if c.codes(c.nurse) != "prescribing-duty prescribing-duty" || c.codes(c.doctor) != "prescribing-duty" {
		t.Fatalf("the next time: %q, %q", c.codes(c.nurse), c.codes(c.doctor))
	}
	c.do(c.doctor, v.ID, joint.ActReview)
	c.do(c.doctor, v.ID, joint.ActStand)
	if c.codes(c.doctor) != "" {
		t.Error("the review is done, and still asked for")
	}
	c.do(c.doctor, v.ID, joint.ActEnd)
	c.told(joint.LineEnded, v.ID, c.doctor)
	if c.codes(c.nurse) != "" {
		t.Errorf("an ended agreement asks for %q", c.codes(c.nurse))
	}
}

// TestAChangeAsksWithinTheAgreedTime: the other prescriber, and as urgent where the
// agreement says that it was theirs to change.
func TestAChangeAsksWithinTheAgreedTime(t *testing.T) {
	c := open(t)
	c.inForce()
	for name, want := range map[string]task.Priority{"sertraline": task.Urgent, "Suboxone film": task.Routine} {
		m, err := c.Chart(c.doctor, c.sam.PatientID).Medicine.Add(t.Context(), care.NewID(), medicines.Order{Source: medicine.Here, Terms: medicine.Terms{Name: name}})
		if err != nil {
			t.Fatal(err)
		}
		c.told("medicine.ordered", m.ID, c.doctor)
		p, err := c.Care.Tasks.Tasks(t.Context(), c.psychiatrist, tasks.Filter{List: tasks.Mine}, "", 100)
		if err != nil {
			t.Fatal(err)
		}
		i := slices.IndexFunc(p.Items, func(v task.View) bool {
			return v.About(task.FocusMedicine, m.ID) || v.About(task.FocusUseMedicine, m.ID)
		})
		if i < 0 || p.Items[i].Priority != want || !p.Items[i].DueAt.Equal(c.Clock.Now().Add(12*time.Hour)) {
			t.Errorf("%s: %+v", name, p.Items)
		}
	}
}

// TestADutyAlwaysHasAnOwner: who leaves the team leaves it to the team, also the next time.
func TestADutyAlwaysHasAnOwner(t *testing.T) {
	c := open(t)
	v := c.inForce()
	c.follow()
	if err := c.Chart(c.Admin, c.sam.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, c.nurse.AccountID); err != nil {
		t.Fatal(err)
	}
	if err := c.Care.Tasks.Recheck(t.Context(), c.sam.PatientID); err != nil {
		t.Fatal(err)
	}
	if got := c.codes(c.psychiatrist) + c.codes(c.doctor); strings.Count(got, task.CodeDuty) != 2 || c.codes(c.nurse) != "" {
		t.Fatalf("%q, %q", got, c.codes(c.nurse))
	}
	if seen, err := c.part(c.doctor).Agreement(t.Context(), v.ID); err != nil || !slices.Equal(seen.Left, []string{c.nurse.Name}) {
		t.Errorf("%v, %v", seen.Left, err)
	}
	c.do(c.doctor, v.ID, joint.ActEnd)
	c.told(joint.LineEnded, v.ID, c.doctor)
	terms := c.terms()
	_, err := c.part(c.doctor).Propose(t.Context(), care.NewID(), terms)
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
}

// TestASignAsksItsOwner: the patient notices an early sign; sent twice it is one task.
func TestASignAsksItsOwner(t *testing.T) {
	c := open(t)
	v := c.inForce()
	id := care.NewID()
	for range 2 {
		if n, err := c.part(c.sam).Notice(t.Context(), v.ID, "1", id); err != nil || n.SignID != "1" {
			t.Fatal(n, err)
		}
	}
	if c.codes(c.nurse) != task.CodeSign {
		t.Fatalf("%q", c.codes(c.nurse))
	}
	_, err := c.part(c.sam).Notice(t.Context(), v.ID, "99", care.NewID())
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}

// TestWhatNoAgreementCanBe: one prescriber, a thousand duties, dates that run backwards,
// owners without a right, strangers, and texts without an end.
func TestWhatNoAgreementCanBe(t *testing.T) {
	c := open(t)
	stranger := c.Clinician(models.DisciplineNursing)
	for name, spoil := range map[string]func(*prescribing.Terms){
		"one prescriber":  func(x *prescribing.Terms) { x.Prescribers = x.Prescribers[:1] },
		"without me":      func(x *prescribing.Terms) { x.Prescribers[0].AccountID = c.nurse.AccountID },
		"one twice":       func(x *prescribing.Terms) { x.Prescribers[1] = x.Prescribers[0] },
		"1,000 duties":    func(x *prescribing.Terms) { x.Watches = slices.Repeat(x.Watches[:1], 1000) },
		"yesterday":       func(x *prescribing.Terms) { x.Watches[0].FirstOn = "2020-01-01" },
		"no day":          func(x *prescribing.Terms) { x.Watches[0].FirstOn = "soon" },
		"backwards":       func(x *prescribing.Terms) { x.Watches[0].EveryDays = -3 },
		"a stranger":      func(x *prescribing.Terms) { x.Watches[0].Owner = stranger.AccountID },
		"the patient":     func(x *prescribing.Terms) { x.Signs[0].Owner = c.sam.AccountID },
		"nobody":          func(x *prescribing.Terms) { x.ReviewOwner = care.NewID() },
		"what is that":    func(x *prescribing.Terms) { x.Watches[0].What = "star-sign" },
		"1 MB":            func(x *prescribing.Terms) { x.Signs[0].Then = strings.Repeat("x", 1<<20) },
		"two for one":     func(x *prescribing.Terms) { x.Prescribers[1].Changes = []string{"Lithium"} },
		"a year of hours": func(x *prescribing.Terms) { x.AnswerHours = 9000 },
	} {
		x := c.terms()
		spoil(&x)
		if _, err := c.part(c.psychiatrist).Propose(t.Context(), care.NewID(), x); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := c.part(c.nurse).Propose(t.Context(), care.NewID(), c.terms())
	caretest.WantKind(t, err, models.KindForbidden, "not-a-prescriber")
	v := c.inForce()
	other := c.Patient()
	c.Clinician(models.DisciplineAddiction, other)
	_, err = c.Chart(other, other.PatientID).Agreement.Agreement(t.Context(), v.ID)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	_, err = c.Chart(other, other.PatientID).Agreement.Notice(t.Context(), v.ID, "1", care.NewID())
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
}
