package medicines_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/medicines"
	"handrail/care/people"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/checkin"
	"handrail/models/medicine"
	"handrail/models/task"
)

type clinic struct {
	*caretest.Clinic
	t                         *testing.T
	sam, psychiatrist, doctor models.Actor // doctor: for addiction
}

func open(t *testing.T, set ...func(*care.Config)) *clinic {
	t.Helper()
	h := caretest.NewWith(t, func(c *care.Config) {
		for _, s := range set {
			s(c)
		}
	})
	sam := h.Patient()
	return &clinic{h, t, sam, h.Clinician(models.DisciplinePsychiatry, sam), h.Clinician(models.DisciplineAddiction, sam)}
}

func (c *clinic) part(who models.Actor) *medicines.Part {
	return c.Chart(who, c.sam.PatientID).Medicine
}

func order(name string) medicines.Order {
	return medicines.Order{Source: medicine.Here, Terms: medicine.Terms{Name: name, Setting: "clinic"}}
}

func told(name string) medicines.Order {
	return medicines.Order{Source: medicine.Elsewhere, Terms: medicine.Terms{Name: name}}
}

func (c *clinic) add(who models.Actor, o medicines.Order) medicine.Medicine {
	c.t.Helper()
	m, err := c.part(who).Add(c.t.Context(), care.NewID(), o)
	if err != nil {
		c.t.Fatal(o.Terms.Name, ": ", err)
	}
	return m
}

func (c *clinic) list(who models.Actor) medicines.List {
	c.t.Helper()
	l, err := c.part(who).List(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return l
}

func interrupted(t *testing.T, err error) medicines.Checked {
	t.Helper()
	not, ok := errors.AsType[*medicines.Interrupted](err)
	if !ok {
		t.Fatalf("not interrupted: %v", err)
	}
	caretest.WantKind(t, err, models.KindConflict, "interrupted")
	return not.Checked
}

// TestASedativeWithBuprenorphineInterruptsOnce: with its reason it stands, with who said
// so; the same pair does not interrupt again; buprenorphine is never withheld.
func TestASedativeWithBuprenorphineInterruptsOnce(t *testing.T) {
	c := open(t)
	c.add(c.doctor, order("Suboxone film"))
	id := care.NewID()
	_, err := c.part(c.psychiatrist).Add(t.Context(), id, order("diazepam"))
	checked := interrupted(t, err)
	f := checked.Findings[0]
	if f.Rule != "bup-benzo" || !f.Moud || !f.MayPass || f.Source == "" || f.Instead == "" || f.Who != "both" {
		t.Errorf("%+v", f)
	}
	if n := len(c.list(c.psychiatrist).Items); n != 1 {
		t.Errorf("an interrupted order left %d lines", n)
	}
	o := order("diazepam")
	o.GoOn = []medicines.GoOn{{Key: f.Key, Reason: ""}}
	_, err = c.part(c.psychiatrist).Add(t.Context(), id, o)
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	o.GoOn[0].Reason = "Severe catatonia, both of us agreed by phone."
	for range 2 {
		m, err := c.part(c.psychiatrist).Add(t.Context(), id, o)
		if err != nil || len(m.Passed) != 1 || m.Passed[0].By.AccountID != c.psychiatrist.AccountID || m.Prescriber == nil {
			t.Fatalf("%+v, %v", m, err)
		}
	}
	second := order("diazepam")
	second.Terms.SecondLine, second.Replaces = "", id
	c.add(c.psychiatrist, second)
	for _, m := range c.list(c.sam).Items {
		if m.Passed != nil {
			t.Error("the patient is shown what prescribers said to each other")
		}
	}
	figures := func(who models.Actor, want ...medicines.RuleFigures) {
		t.Helper()
		report, err := c.Care.Medicine.Report(t.Context(), who, c.Clock.Now().Add(-40*24*time.Hour), c.Clock.Now().Add(time.Hour))
		if err != nil || !slices.Equal(report, want) {
			t.Errorf("%s: %+v, %v", who.Role, report, err)
		}
	}
	one := medicines.RuleFigures{Rule: "bup-benzo", Fired: 1, WentOn: 1}
	figures(c.Admin, one)
	figures(c.psychiatrist) // the month is not over: an hour's count would tell of a patient
	c.Clock.Move(32 * 24 * time.Hour)
	figures(c.psychiatrist, one)
}

func TestARenewalAsksNobodyAndAStopIsWeighed(t *testing.T) {
	c := open(t)
	m := c.add(c.psychiatrist, order("clozapine"))
	c.add(c.doctor, told("carbamazepine"))
	if v, err := c.part(c.psychiatrist).Renew(t.Context(), m.ID); err != nil || v.Value.RenewedAt == nil {
		t.Fatal(err)
	}
	stop := medicines.Stopping{On: "2026-03-02", Why: "Neutrophils fell."}
	_, err := c.part(c.psychiatrist).Stop(t.Context(), m.ID, stop)
	checked := interrupted(t, err)
	stop.GoOn = []medicines.GoOn{{Key: checked.Findings[0].Key, Reason: "The count is too low."}}
	_, err = c.part(c.sam).Stop(t.Context(), m.ID, stop)
	caretest.WantKind(t, err, models.KindForbidden, "not-a-prescriber")
	for range 2 {
		if _, err := c.part(c.psychiatrist).Stop(t.Context(), m.ID, stop); err != nil {
			t.Fatal(err)
		}
	}
	stop.Why = "Another reason."
	_, err = c.part(c.psychiatrist).Stop(t.Context(), m.ID, stop)
	caretest.WantKind(t, err, models.KindConflict, "already-stopped")
	c.add(c.psychiatrist, func() medicines.Order { // a stopped medicine blocks no new start
		o := order("clozapine")
		o.GoOn = []medicines.GoOn{{Key: "clozapine-inducer:carbamazepine+clozapine", Reason: "Carbamazepine ends today."}}
		return o
	}())
}

func TestOneLineForOneIngredientAndSetting(t *testing.T) {
	c := open(t)
	c.add(c.psychiatrist, order("lithium carbonate"))
	o := order("Lithium")
	_, err := c.part(c.psychiatrist).Add(t.Context(), care.NewID(), o)
	caretest.WantKind(t, err, models.KindConflict, "already-on-list")
	o.Terms.SecondLine = "Another strength in the evening."
	c.add(c.psychiatrist, o)
	c.add(c.sam, medicines.Order{Source: medicine.Counter, Terms: medicine.Terms{Name: "moonflower tea"}})
	_, err = c.part(c.sam).Add(t.Context(), care.NewID(), medicines.Order{Source: medicine.Counter, Terms: medicine.Terms{Name: "Moonflower tea"}})
	caretest.WantKind(t, err, models.KindConflict, "already-on-list")
	l := c.list(c.psychiatrist)
	if len(l.Checked.NotChecked) != 1 || len(l.Checked.Duties) != 4 {
		t.Errorf("not checked: %v, duties: %+v", l.Checked.NotChecked, l.Checked.Duties)
	}
	_, err = c.part(c.sam).Add(t.Context(), care.NewID(), order("lithium"))
	caretest.WantKind(t, err, models.KindForbidden, "not-a-prescriber")
}

// TestAListHoldsSoManyLines: of 1,000 medicines the list takes 300 at once and says so by a
// code; at the limit a line can still take another's place, and a stop makes room.
func TestAListHoldsSoManyLines(t *testing.T) {
	c := open(t)
	var last medicine.Medicine
	for n := range medicine.MaxActive {
		last = c.add(c.sam, told(fmt.Sprint("herb ", n)))
	}
	_, err := c.part(c.sam).Add(t.Context(), care.NewID(), told("one more"))
	caretest.WantKind(t, err, models.KindConflict, "too-many-medicines")
	_, err = c.part(c.psychiatrist).Add(t.Context(), care.NewID(), order("sertraline"))
	caretest.WantKind(t, err, models.KindConflict, "too-many-medicines")
	another := told("herb in drops")
	another.Replaces = last.ID
	last = c.add(c.sam, another)
	if _, err := c.part(c.sam).Stop(t.Context(), last.ID, medicines.Stopping{On: last.AddedAt.Format(time.DateOnly), Why: "No use."}); err != nil {
		t.Fatal(err)
	}
	c.add(c.sam, told("one more"))
	if l := c.list(c.psychiatrist); len(l.Items) != medicine.MaxActive+2 || len(l.Checked.NotChecked) != medicine.MaxActive {
		t.Errorf("%d lines, %d not checked", len(l.Items), len(l.Checked.NotChecked))
	}
}

// TestWhatIsHiddenIsUsedForNothing: a prescriber to whom the patient said no to the part
// about substance use sees no line of it, is interrupted by none of it, and is told that
// not everything is shared.
func TestWhatIsHiddenIsUsedForNothing(t *testing.T) {
	c := open(t)
	m := c.add(c.doctor, order("buprenorphine"))
	_, err := c.Chart(c.sam, c.sam.PatientID).People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Deny,
		Recipient: c.psychiatrist.AccountID, Scopes: []models.Scope{models.Scope(models.SectionUseMedicines)}, Purposes: []models.Purpose{models.PurposeTreatment},
		Expiry: models.Expiry{None: true}, Signature: models.Signature{Name: c.sam.Name, Method: "typed"}})
	if err != nil {
		t.Fatal(err)
	}
	l := c.list(c.psychiatrist)
	if len(l.Items) != 0 || !l.Incomplete || !l.Checked.Incomplete {
		t.Errorf("%+v", l)
	}
	_, err = c.part(c.psychiatrist).Medicine(t.Context(), m.ID)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	c.add(c.psychiatrist, order("diazepam"))
	_, err = c.part(c.psychiatrist).Add(t.Context(), care.NewID(), order("methadone"))
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	if l := c.list(c.doctor); l.Incomplete || !slices.ContainsFunc(l.Checked.Findings, func(f medicine.Finding) bool { return f.Rule == "bup-benzo" }) {
		t.Errorf("who may see all: %+v", l.Checked)
	}
	if l := c.list(c.sam); l.Incomplete || l.Checked != nil || len(l.Items) != 2 {
		t.Errorf("the patient: %+v", l)
	}
}

// TestAlcoholOfACheckInCounts: what a patient told is held against an order, and is not
// where check-ins are not shared.
func TestAlcoholOfACheckInCounts(t *testing.T) {
	c := open(t)
	v, err := c.Chart(c.sam, c.sam.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: c.Clock.Now(), Zone: "America/New_York",
		Answers: map[string]any{"mood": 4.0, "use": "alcohol", "safety": false}})
	if err != nil {
		t.Fatal(v, err)
	}
	_, err = c.part(c.doctor).Add(t.Context(), care.NewID(), order("disulfiram"))
	if f := interrupted(t, err).Findings[0]; f.Rule != "disulfiram-alcohol" || !f.EachTime {
		t.Errorf("%+v", f)
	}
	c.Clock.Move(16 * 24 * time.Hour)
	c.add(c.doctor, order("disulfiram"))
}

func TestFactsAreFieldsOfTheOrder(t *testing.T) {
	c := open(t)
	checked, err := c.part(c.doctor).Check(t.Context(), care.NewID(), order("naltrexone"))
	if err != nil || len(checked.Asks) != 1 || !checked.Asks[0].Required || checked.Asks[0].Fact != "opioid-free-days" {
		t.Fatalf("%+v, %v", checked, err)
	}
	_, err = c.part(c.doctor).Add(t.Context(), care.NewID(), order("naltrexone"))
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	o := order("naltrexone")
	o.Facts = []medicine.Fact{{Code: "opioid-free-days", On: c.Clock.Now(), Number: 3}}
	_, err = c.part(c.doctor).Add(t.Context(), care.NewID(), o)
	interrupted(t, err)
	o.Facts[0].Number = 12
	c.add(c.doctor, o)
	if l := c.list(c.doctor); len(l.Facts) != 1 {
		t.Errorf("%+v", l.Facts)
	}
	for _, bad := range []medicine.Fact{{Code: "ecg-qtc", On: c.Clock.Now(), Number: 5000}, {Code: "star-sign", On: c.Clock.Now()}, {Code: "naloxone", On: c.Clock.Now(), Word: "maybe"}, {Code: "weight", On: c.Clock.Now().AddDate(1, 0, 0), Number: 70}} {
		_, err := c.part(c.doctor).Tell(t.Context(), bad)
		caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	}
}

// TestRulesThatCantBeReadRefuse: nothing is checked, each answer says so, and prescribing
// goes on.
func TestRulesThatCantBeReadRefuse(t *testing.T) {
	for name, content := range map[string]string{"missing": "", "garbage": "<html>", "a circle": `{"version":"1","reviewedOn":"2026-01-01","groups":{"a":["@a"]},"rules":[{"id":"x","kind":"stop","severity":"major","a":["@a"],"why":"w","instead":"i","who":"both","source":"s","tag":"K"}]}`} {
		file := filepath.Join(t.TempDir(), "rules.json")
		if content != "" {
			if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		c := open(t, func(c *care.Config) { c.MedicineRules = file })
		c.add(c.doctor, order("buprenorphine"))
		if m := c.add(c.psychiatrist, order("diazepam")); m.Unchecked != medicine.UncheckedRules {
			t.Errorf("%s: %+v", name, m)
		}
		l := c.list(c.doctor)
		book, err := c.Care.Medicine.RuleBook(t.Context(), c.Admin)
		if l.Checked.Refused != medicines.RefusedRules || err != nil || book.Refused != medicines.RefusedRules {
			t.Errorf("%s is silent: %+v, %v", name, l.Checked, err)
		}
	}
}

func TestOldRulesWarn(t *testing.T) {
	c := open(t)
	for _, want := range []struct{ day, warning string }{{"2027-09-01", ""}, {"2027-09-30", medicines.WarnSoonOld}, {"2027-11-29", medicines.WarnOld}} {
		at, _ := time.Parse(time.DateOnly, want.day)
		c.Clock.Set(at)
		book, err := c.Care.Medicine.RuleBook(t.Context(), c.Admin)
		if err != nil || book.Warning != want.warning || c.list(c.doctor).Checked.Warning != want.warning {
			t.Errorf("%s: %q, %v", want.day, book.Warning, err)
		}
	}
}

func TestTwoSignaturesChangeTheRules(t *testing.T) {
	c := open(t)
	pharmacist := c.Clinician(models.DisciplinePharmacy)
	change := medicine.Change{Do: medicine.DoSilence, Rule: "bup-benzo", Why: "Our committee looks at each.", Until: c.Clock.Now().AddDate(0, 1, 0)}
	v, err := c.Care.Medicine.Propose(t.Context(), c.psychiatrist, care.NewID(), change)
	if err != nil {
		t.Fatal(err)
	}
	c.add(c.doctor, order("buprenorphine"))
	tries := func() error {
		_, err := c.part(c.psychiatrist).Check(t.Context(), care.NewID(), order("diazepam"))
		if err != nil {
			return err
		}
		_, err = c.part(c.psychiatrist).Add(t.Context(), care.NewID(), medicines.Order{Source: medicine.Here, Terms: medicine.Terms{Name: "lorazepam", Setting: care.NewID()}})
		return err
	}
	interrupted(t, tries())
	_, err = c.Care.Medicine.Sign(t.Context(), c.psychiatrist, v.ID)
	caretest.WantKind(t, err, models.KindForbidden, "second-person")
	if _, err := c.Care.Medicine.Sign(t.Context(), pharmacist, v.ID); err != nil {
		t.Fatal(err)
	}
	if err := tries(); err != nil {
		t.Error("a silenced rule interrupts: ", err)
	}
	nurse := c.Clinician(models.DisciplineNursing)
	_, err = c.Care.Medicine.Propose(t.Context(), nurse, care.NewID(), change)
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	c.Clock.Move(32 * 24 * time.Hour)
	interrupted(t, tries())
}

// TestTheOtherPrescriberIsAsked: of a change once, however often the line is read; not
// about a line that they may not see; and of what was told and does not go together.
func TestTheOtherPrescriberIsAsked(t *testing.T) {
	c := open(t)
	m := c.add(c.doctor, order("phenelzine"))
	e := models.AuditEvent{ID: care.NewID(), PatientID: c.sam.PatientID, AccountID: c.doctor.AccountID, Action: "medicine.ordered", Ref: m.ID, Outcome: models.OutcomeAllowed}
	told := c.add(c.sam, medicines.Order{Source: medicine.Counter, Terms: medicine.Terms{Name: "Robitussin DM"}})
	pair := models.AuditEvent{ID: care.NewID(), PatientID: c.sam.PatientID, AccountID: c.sam.AccountID, Action: "medicine.added", Ref: told.ID, Outcome: models.OutcomeAllowed}
	for range 2 {
		for _, line := range []models.AuditEvent{e, pair} {
			if err := c.Care.Medicine.Tell(t.Context(), line); err != nil {
				t.Fatal(err)
			}
		}
	}
	codes := func(who models.Actor) string {
		p, err := c.Care.Tasks.Tasks(t.Context(), who, tasks.Filter{List: tasks.Mine}, "", 50)
		if err != nil {
			t.Fatal(err)
		}
		var out []string
		for _, v := range p.Items {
			out = append(out, v.Code)
		}
		slices.Sort(out)
		return strings.Join(out, " ")
	}
	if got := codes(c.psychiatrist); got != task.CodeMedicineChanged+" "+task.CodeMedicinePair {
		t.Errorf("the psychiatrist has %q", got)
	}
	if got := codes(c.doctor); got != task.CodeMedicinePair {
		t.Errorf("who ordered has %q", got)
	}
}

// TestAListIsGoneThrough: as it begins and 90 days after each time, by both, with the
// differences for the team.
func TestAListIsGoneThrough(t *testing.T) {
	c := open(t)
	m := c.add(c.sam, told("sertraline"))
	reviews := func() (n int) {
		if err := c.Care.Medicine.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		p, err := c.Care.Tasks.Tasks(t.Context(), c.doctor, tasks.Filter{PatientID: c.sam.PatientID}, "", 50)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range p.Items {
			if v.Code == task.CodeMedicineReview {
				n++
				if _, err := c.Care.Tasks.Claim(t.Context(), c.doctor, v.ID); err != nil {
					t.Fatal(err)
				}
				if _, err := c.Care.Tasks.Progress(t.Context(), c.doctor, v.ID, task.Completed, ""); err != nil {
					t.Fatal(err)
				}
			}
		}
		return n
	}
	if n := reviews(); n != 1 {
		t.Errorf("%d tasks as the list begins", n)
	}
	r := medicine.Reconciliation{Occasion: "regular", Lines: []medicine.ReconciledLine{{MedicineID: m.ID, Says: "differs", Words: "At night."}}}
	id := care.NewID()
	for range 2 {
		if _, err := c.part(c.sam).Reconcile(t.Context(), id, r); err != nil {
			t.Fatal(err)
		}
	}
	c.Clock.Move(89 * 24 * time.Hour)
	if n := reviews(); n != 0 {
		t.Errorf("%d tasks before 90 days", n)
	}
	c.Clock.Move(2 * 24 * time.Hour)
	if n := reviews(); n != 1 {
		t.Errorf("%d tasks after 90 days", n)
	}
	if p, err := c.part(c.doctor).Reconciliations(t.Context(), "", 10); err != nil || len(p.Items) != 1 || !p.Items[0].Differs() {
		t.Errorf("%+v, %v", p, err)
	}
}

// TestBreakGlassOpensTheList: lines, reactions and what they are; nothing can be changed.
func TestBreakGlassOpensTheList(t *testing.T) {
	c := open(t)
	c.add(c.doctor, order("methadone"))
	if _, err := c.part(c.sam).AddAdverse(t.Context(), care.NewID(), medicine.AdverseTerms{Substance: "penicillin", Kind: "allergy", Certainty: "unconfirmed", Severity: "severe", What: "Could not breathe."}); err != nil {
		t.Fatal(err)
	}
	plan := careplan.Edit{Base: 1, Items: []careplan.ItemEdit{{ID: care.NewID(), Kind: careplan.Problem, Domain: new("chronic-condition"), Title: new("Asthma")},
		{ID: care.NewID(), Kind: careplan.Activity, Activity: new("sleep"), Why: new("I want my mornings back.")}}}
	if _, err := c.Chart(c.doctor, c.sam.PatientID).CarePlan.Change(t.Context(), plan); err != nil {
		t.Fatal(err)
	}
	er := c.Clinician(models.DisciplinePrimaryCare)
	if _, err := c.Care.Open(t.Context(), er, c.sam.PatientID, models.PurposeEmergency); err == nil {
		t.Fatal("a stranger opens it")
	}
	if _, err := c.Care.People.BreakGlass(t.Context(), er, c.sam.PatientID, care.NewID(), people.BreakGlassRequest{Affiliation: "ED", Reason: "overdose", Nature: "Found without breath.", NoConsent: true}); err != nil {
		t.Fatal(err)
	}
	ch, err := c.Care.Open(t.Context(), er, c.sam.PatientID, models.PurposeEmergency)
	if err != nil {
		t.Fatal(err)
	}
	if l, err := ch.Medicine.List(t.Context()); err != nil || len(l.Items) != 1 || len(l.Adverse) != 1 || l.MayOrder {
		t.Errorf("%+v, %v", l, err)
	}
	_, err = ch.Medicine.Add(t.Context(), care.NewID(), order("naloxone"))
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	if v, err := ch.CarePlan.Plan(t.Context()); err != nil || len(v.Items) != 1 || v.Items[0].Name != "Asthma" || len(v.May) != 0 {
		t.Errorf("problems: %+v, %v", v, err)
	}
	_, err = ch.CarePlan.Summary(t.Context(), "")
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
	_, err = ch.Supply.Read(t.Context())
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
}

// TestTwoOrdersAtOnce: of two that do not go together, one is weighed against the other.
func TestTwoOrdersAtOnce(t *testing.T) {
	c := open(t)
	var all sync.WaitGroup
	errs := make([]error, 2)
	for i, name := range []string{"phenelzine", "sertraline"} {
		part := c.part([]models.Actor{c.doctor, c.psychiatrist}[i])
		all.Go(func() { _, errs[i] = part.Add(t.Context(), care.NewID(), order(name)) })
	}
	all.Wait()
	if (errs[0] == nil) == (errs[1] == nil) {
		t.Errorf("%v, %v", errs[0], errs[1])
	}
}
