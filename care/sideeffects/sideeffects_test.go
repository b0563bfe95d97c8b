package sideeffects_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/care/medicines"
	"handrail/care/sideeffects"
	"handrail/care/signin"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/medicine"
	"handrail/models/risk"
	"handrail/models/sideeffect"
	"handrail/models/supply"
	"handrail/models/task"
)

type clinic struct {
	*caretest.Clinic
	t                   *testing.T
	sam, doctor, nurse  models.Actor
	sertraline, suboxon medicine.Medicine
}

func open(t *testing.T) *clinic {
	t.Helper()
	h := caretest.New(t)
	sam := h.Patient()
	c := &clinic{Clinic: h, t: t, sam: sam, nurse: h.Clinician(models.DisciplineNursing, sam)}
	c.doctor = h.Clinician(models.DisciplineAddiction, sam)
	c.sertraline, c.suboxon = c.order("sertraline"), c.order("Suboxone film")
	return c
}

func (c *clinic) order(name string) medicine.Medicine {
	c.t.Helper()
	m, err := c.Chart(c.doctor, c.sam.PatientID).Medicine.Add(c.t.Context(), care.NewID(), medicines.Order{Source: medicine.Here, Terms: medicine.Terms{Name: name, Why: "To feel better."}})
	if err != nil {
		c.t.Fatal(err)
	}
	return m
}

func (c *clinic) part(who models.Actor) *sideeffects.Part {
	return c.Chart(who, c.sam.PatientID).Effects
}

func (c *clinic) tell(x sideeffect.Terms) sideeffect.Report {
	c.t.Helper()
	id := care.NewID()
	var r sideeffect.Report
	for range 2 { // the answer was lost on the way
		var err error
		if r, err = c.part(c.sam).Tell(c.t.Context(), id, x); err != nil {
			c.t.Fatal(err)
		}
		e := models.AuditEvent{PatientID: c.sam.PatientID, Action: sideeffects.LineTold, Ref: id, Outcome: models.OutcomeAllowed}
		if err := c.Care.Effects.Follow(c.t.Context(), e); err != nil {
			c.t.Fatal(err)
		}
	}
	return r
}

func (c *clinic) mine(who models.Actor) []task.View {
	c.t.Helper()
	p, err := c.Care.Tasks.Tasks(c.t.Context(), who, tasks.Filter{List: tasks.Mine}, "", 100)
	if err != nil {
		c.t.Fatal(err)
	}
	return p.Items
}

// alertsOn turns alerts on, day and night.
func (c *clinic) alertsOn() {
	c.t.Helper()
	hours := risk.Hours{Zone: "America/New_York"}
	for day := 1; day <= 7; day++ {
		hours.Windows = append(hours.Windows, risk.Window{Day: day, From: "00:00", To: "24:00"})
	}
	set, err := c.Care.Alerts.Settings(c.t.Context(), c.Admin)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.Care.Alerts.Set(c.t.Context(), c.Admin, set.Version, alerts.Terms{Hours: hours, FailSafe: c.Admin.AccountID, Confirmed: true}); err != nil {
		c.t.Fatal(err)
	}
}

// fired are the rules of all open alerts, in order.
func (c *clinic) fired() []string {
	c.t.Helper()
	var rules []string
	for _, who := range []models.Actor{c.doctor, c.nurse} {
		w, err := c.Care.Alerts.Worklist(c.t.Context(), who, func(string) error { return nil }, func(all []alerts.Work) ([]alerts.Work, error) { return all, nil })
		if err != nil {
			c.t.Fatal(err)
		}
		for _, m := range w.Items {
			if m.Alert != nil && !slices.Contains(rules, m.Alert.Rule) {
				rules = append(rules, m.Alert.Rule)
			}
		}
	}
	slices.Sort(rules)
	return rules
}

// TestASideEffectHasAnOwner: who prescribes is asked once, how soon by how bad it is; the
// answer ends the task, and the patient reads it in words.
func TestASideEffectHasAnOwner(t *testing.T) {
	c := open(t)
	r := c.tell(sideeffect.Terms{MedicineID: c.sertraline.ID, Effects: []string{"restless"}, Words: "I can't sit still.", Severity: "severe", StartedOn: "2026-02-20"})
	got := c.mine(c.doctor)
	if len(got) != 1 || got[0].Code != task.CodeSideEffect || got[0].Priority != task.Urgent || r.TaskID != "" {
		t.Fatalf("%+v", got)
	}
	if _, err := c.Care.Tasks.Accept(t.Context(), c.doctor, got[0].ID); err != nil {
		t.Fatal(err)
	}
	_, err := c.Care.Tasks.Progress(t.Context(), c.doctor, got[0].ID, task.Completed, "Done.")
	caretest.WantKind(t, err, models.KindConflict, "ends-with-an-answer")
	a := sideeffect.Answer{Assessment: "probable", Action: "reduced", Outcome: "recovering", Criteria: []string{"other-important"}, Words: "This can come from sertraline. We talk on Monday."}
	_, err = c.part(c.sam).Answer(t.Context(), r.ID, a)
	caretest.WantKind(t, err, models.KindForbidden, "told-by-the-team")
	for range 2 {
		if _, err := c.part(c.doctor).Answer(t.Context(), r.ID, a); err != nil {
			t.Fatal(err)
		}
	}
	v, err := c.part(c.sam).Report(t.Context(), r.ID)
	if err != nil || v.Value.Answer.Words != a.Words || len(c.mine(c.doctor)) != 0 {
		t.Fatalf("%+v, %v", v.Value, err)
	}
	out, err := c.part(c.doctor).ForAuthority(t.Context(), r.ID)
	if err != nil || out.LeftOut != 1 {
		t.Fatalf("%+v, %v", out, err)
	}
	said, _ := json.Marshal(out)
	if text := string(said); strings.Contains(text, c.sam.Name) || strings.Contains(text, "Suboxone") || !strings.Contains(text, "G.k.9.i.2.r.3") || !strings.Contains(text, "sertraline") {
		t.Error(text)
	}
	_, err = c.part(c.sam).ForAuthority(t.Context(), r.ID)
	caretest.WantKind(t, err, models.KindForbidden, "told-by-the-team")

	app, err := c.Care.Signin.BeginTOTP(t.Context(), c.doctor)
	if err != nil {
		t.Fatal(err)
	}
	code, err := totp.GenerateCode(app.Secret, c.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Care.Signin.ConfirmTOTP(t.Context(), c.doctor, code); err != nil {
		t.Fatal(err)
	}
	c.Clock.Move(time.Hour)
	_, err = c.part(c.doctor).ForAuthority(t.Context(), r.ID)
	if needs := (*signin.NeedsStepUp)(nil); !errors.As(err, &needs) {
		t.Errorf("what leaves the clinic is not asked for: %v", err)
	}
}

// TestWordsAreAnAlertLater: where nobody could be alerted with the report, the task is made
// all the same, and the words are an alert as soon as somebody can; while alerts are off
// there is the task alone.
func TestWordsAreAnAlertLater(t *testing.T) {
	c := open(t)
	c.tell(sideeffect.Terms{MedicineID: c.sertraline.ID, Effects: []string{"face-swelling"}, Severity: "severe"})
	if got := c.mine(c.doctor); len(got) != 1 || got[0].Priority != task.ASAP {
		t.Fatalf("alerts are off: %+v", got)
	}
	c.alertsOn()
	was, err := c.Store.Get(t.Context(), "alert_settings", "site")
	if err != nil {
		t.Fatal(err)
	}
	c.Spoil("alert_settings", "site", "{")
	r, err := c.part(c.sam).Tell(t.Context(), care.NewID(), sideeffect.Terms{MedicineID: c.sertraline.ID, Effects: []string{"sleepy"}, Words: "I want to die", Severity: "mild"})
	if err != nil {
		t.Fatal(err)
	}
	e := models.AuditEvent{PatientID: c.sam.PatientID, Action: sideeffects.LineTold, Ref: r.ID, Outcome: models.OutcomeAllowed}
	if err := c.Care.Effects.Follow(t.Context(), e); err == nil {
		t.Error("nobody hears that it could not be done")
	}
	if got := c.mine(c.doctor); len(got) != 2 {
		t.Errorf("no task: %+v", got)
	}
	c.Spoil("alert_settings", "site", string(was.Body))
	for range 2 {
		if err := c.Care.Effects.Follow(t.Context(), e); err != nil {
			t.Fatal(err)
		}
	}
	if got := c.fired(); !slices.Equal(got, []string{"R-TXT-1"}) || len(c.mine(c.doctor)) != 2 {
		t.Errorf("%v", got)
	}
}

// TestASeriousOneIsAnAlert: one for its matter, however often it is sent; words that ask
// for help are one of their own.
func TestASeriousOneIsAnAlert(t *testing.T) {
	c := open(t)
	c.alertsOn()
	c.tell(sideeffect.Terms{MedicineID: c.sertraline.ID, Effects: []string{"face-swelling", "rash"}, Severity: "severe"})
	c.tell(sideeffect.Terms{Effects: []string{"sleepy"}, Words: "I want to die", Severity: "mild"})
	if rules := c.fired(); !slices.Equal(rules, []string{"R-SE-1", "R-TXT-1"}) {
		t.Errorf("%v", rules)
	}
}

// TestWhatNoSideEffectCanBe: of a medicine that is not on the list, or of somebody else's;
// that ended before it began; without words; without an end.
func TestWhatNoSideEffectCanBe(t *testing.T) {
	c := open(t)
	other := c.Patient()
	theirs, err := c.Chart(other, other.PatientID).Medicine.Add(t.Context(), care.NewID(), medicines.Order{Source: medicine.Elsewhere, Terms: medicine.Terms{Name: "ibuprofen"}})
	if err != nil {
		t.Fatal(err)
	}
	good := sideeffect.Terms{MedicineID: c.sertraline.ID, Effects: []string{"nausea"}, Severity: "mild"}
	for name, spoil := range map[string]func(*sideeffect.Terms){
		"not on the list": func(x *sideeffect.Terms) { x.MedicineID = care.NewID() },
		"somebody else's": func(x *sideeffect.Terms) { x.MedicineID = theirs.ID },
		"backwards":       func(x *sideeffect.Terms) { x.StartedOn, x.EndedOn = "2026-02-20", "2026-02-19" },
		"next year":       func(x *sideeffect.Terms) { x.StartedOn = "2027-02-20" },
		"nothing":         func(x *sideeffect.Terms) { x.Effects = nil },
		"no such effect":  func(x *sideeffect.Terms) { x.Effects = []string{"joy"} },
		"a thousand":      func(x *sideeffect.Terms) { x.Effects = slices.Repeat([]string{"rash"}, 1000) },
		"1 MB":            func(x *sideeffect.Terms) { x.Words = strings.Repeat("x", 1<<20) },
		"how bad":         func(x *sideeffect.Terms) { x.Severity = "9" },
	} {
		x := good
		spoil(&x)
		if _, err := c.part(c.sam).Tell(t.Context(), care.NewID(), x); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	r := c.tell(good)
	_, err = c.Chart(other, other.PatientID).Effects.Report(t.Context(), r.ID)
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	_, err = c.Chart(other, other.PatientID).Effects.Tell(t.Context(), r.ID, sideeffect.Terms{Effects: []string{"nausea"}, Severity: "mild"})
	caretest.WantKind(t, err, models.KindConflict, "already-exists")
}

// TestSupplyStaysHere: facts with no label, for the patient and who treats them here; a
// consent opens the list of medicines and not this, and what is not shared is in no fact.
func TestSupplyStaysHere(t *testing.T) {
	c := open(t)
	here := func(who models.Actor) interface {
		Note(id string, x supply.Terms) error
	} {
		return noter{c, who}
	}
	for _, x := range []supply.Terms{{MedicineID: c.suboxon.ID, Kind: supply.Fetched, On: "2026-02-01", Days: 28}, {MedicineID: c.suboxon.ID, Kind: supply.Fetched, On: "2026-02-15", Days: 28}} {
		if err := here(c.nurse).Note(care.NewID(), x); err != nil {
			t.Fatal(err)
		}
	}
	id := care.NewID()
	for range 2 {
		if err := here(c.sam).Note(id, supply.Terms{MedicineID: c.suboxon.ID, Kind: supply.Lost, On: "2026-02-14", Words: "My bag was taken."}); err != nil {
			t.Fatal(err)
		}
	}
	caretest.WantKind(t, here(c.sam).Note(care.NewID(), supply.Terms{MedicineID: c.suboxon.ID, Kind: supply.Fetched, On: "2026-02-20", Days: 28}), models.KindForbidden, "told-by-the-team")
	for _, bad := range []supply.Terms{{MedicineID: care.NewID(), Kind: supply.Lost, On: "2026-02-14"}, {MedicineID: c.suboxon.ID, Kind: "abuse", On: "2026-02-14"}, {MedicineID: c.suboxon.ID, Kind: supply.Lost, On: "2031-02-14"}, {MedicineID: c.suboxon.ID, Kind: supply.Said, On: "2026-02-14"}} {
		caretest.WantKind(t, here(c.nurse).Note(care.NewID(), bad), models.KindInvalid, "invalid-input")
	}
	v, err := c.Chart(c.sam, c.sam.PatientID).Supply.Read(t.Context())
	if err != nil || len(v.Entries) != 3 || len(v.Facts) != 2 || v.Facts[0].Kind != supply.Early || v.Facts[0].DaysEarly != 14 || v.Facts[1].Kind != supply.WasLost {
		t.Fatalf("%+v, %v", v, err)
	}
	lost := supply.Terms{MedicineID: c.suboxon.ID, Kind: supply.Lost, On: "2026-02-16"}
	once := care.NewID()
	var wait sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		wait.Go(func() { errs[i] = here(c.nurse).Note(once, lost) })
	}
	wait.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Errorf("the same entry, sent at once: %v", err)
	}
	if _, err := c.Chart(c.doctor, c.sam.PatientID).Medicine.Stop(t.Context(), c.suboxon.ID, medicines.Stopping{On: "2026-02-16", Why: "Another patient's.", Mistake: true}); err != nil {
		t.Fatal(err)
	}
	if err := here(c.nurse).Note(once, lost); err != nil {
		t.Errorf("sent again after the line was taken off: %v", err)
	}
	caretest.WantKind(t, here(c.sam).Note(once, lost), models.KindConflict, "already-exists")
	outside := c.Clinician(models.DisciplinePrimaryCare)
	c.Share(c.sam, outside, models.Scope(models.SectionMedicines), models.Scope(models.SectionUseMedicines))
	if _, err := c.Chart(outside, c.sam.PatientID).Medicine.List(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = c.Chart(outside, c.sam.PatientID).Supply.Read(t.Context())
	caretest.WantKind(t, err, models.KindForbidden, "not-shared-with-you")
}

type noter struct {
	c   *clinic
	who models.Actor
}

func (n noter) Note(id string, x supply.Terms) error {
	_, err := n.c.Chart(n.who, n.c.sam.PatientID).Supply.Note(n.c.t.Context(), id, x)
	return err
}
