package medicines_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/care/medicines"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/medicine"
	"handrail/models/risk"
	"handrail/models/task"
)

// alerted turns alerts on, day and night.
func alerted(t *testing.T) *clinic {
	t.Helper()
	c := open(t)
	hours := risk.Hours{Zone: "America/New_York"}
	for day := 1; day <= 7; day++ {
		hours.Windows = append(hours.Windows, risk.Window{Day: day, From: "00:00", To: "24:00"})
	}
	v, err := c.Care.Alerts.Settings(t.Context(), c.Admin)
	c.ok(err)
	_, err = c.Care.Alerts.Set(t.Context(), c.Admin, v.Version, alerts.Terms{Hours: hours, FailSafe: c.Admin.AccountID, Confirmed: true})
	c.ok(err)
	return c
}

func (c *clinic) tellDose(who models.Actor, line, on string, state medicine.TakingState) {
	c.t.Helper()
	_, err := c.part(who).TellTaking(c.t.Context(), medicine.Taking{MedicineID: line, On: on, State: state})
	c.ok(err)
}

// found are the rules of all open alerts about the patient, as somebody of the team sees
// them.
func (c *clinic) found(who models.Actor) map[string]checkin.Tier {
	c.t.Helper()
	open, err := c.Chart(who, c.sam.PatientID).Alerts.Open(c.t.Context())
	c.ok(err)
	out := map[string]checkin.Tier{}
	for _, a := range open {
		for _, e := range a.Evidence {
			out[e.Rule] = e.Tier
		}
		if !a.Whole {
			out["not whole"] = a.Tier
		}
	}
	return out
}

// TestMissedDosesAreAlerts: R-MO of what was told as missed, in the batch that tells it. A
// day without data is no missed dose; who may not see medicines for substance use does not
// see what it is about.
func TestMissedDosesAreAlerts(t *testing.T) {
	c := alerted(t)
	methadone := c.add(c.doctor, order("methadone")).ID
	c.tellDose(c.sam, methadone, c.today(-5), medicine.DoseTaken)
	if got := c.found(c.doctor); len(got) != 0 {
		t.Fatalf("%v", got)
	}
	c.tellDose(c.sam, methadone, c.today(-3), medicine.DoseSkipped) // -4 has no data
	if got := c.found(c.doctor); got["R-MO-1"] != checkin.Routine || len(got) != 1 {
		t.Fatalf("%v", got)
	}
	for range 2 {
		c.tellDose(c.doctor, methadone, c.today(-2), medicine.DoseSkipped) // who gives it saw nobody
	}
	if got := c.found(c.doctor); got["R-MO-2"] != checkin.Elevated {
		t.Errorf("%v", got)
	}
	zone, err := time.LoadLocation(caretest.Site.Zone)
	c.ok(err)
	noon, err := time.ParseInLocation("2006-01-02T15", c.today(-1)+"T12", zone)
	c.ok(err)
	_, err = c.Chart(c.sam, c.sam.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: noon,
		Zone: "America/New_York", Answers: map[string]any{"medicines": "none"}})
	c.ok(err)
	c.ok(c.Care.Medicine.LookForGaps(t.Context(), c.sam.PatientID))
	if got := c.found(c.doctor); got["R-MO-3"] != checkin.Urgent {
		t.Errorf("%v", got)
	}
	_, err = c.part(c.sam).TellTaking(t.Context(), medicine.Taking{MedicineID: methadone, On: c.today(-2), State: medicine.DoseTaken})
	caretest.WantKind(t, err, models.KindForbidden, "told-by-the-team")
	lines, err := c.part(c.sam).Taking(t.Context(), c.today(-5), 6)
	c.ok(err)
	i := slices.IndexFunc(lines, func(l medicines.TakingOf) bool { return l.MedicineID == methadone })
	var states []medicine.TakingState
	for _, d := range lines[i].Days {
		states = append(states, d.State)
	}
	want := []medicine.TakingState{medicine.DoseTaken, medicine.DoseNotAsked, medicine.DoseSkipped, medicine.DoseSkipped, medicine.DoseSkipped, medicine.DoseNotAsked}
	if !slices.Equal(states, want) || lines[i].Late != "methadone" {
		t.Errorf("%v %s", states, lines[i].Late)
	}
}

// TestWhatElseAnAlertSaysIsRead: missed doses of a medicine for substance use that are one
// alert with something else hide that from nobody who may see it.
func TestWhatElseAnAlertSaysIsRead(t *testing.T) {
	c := alerted(t)
	_, err := c.Chart(c.sam, c.sam.PatientID).People.GiveConsent(t.Context(), care.NewID(), models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Deny,
		Recipient: c.psychiatrist.AccountID, Scopes: []models.Scope{models.Scope(models.SectionUseMedicines)}, Purposes: []models.Purpose{models.PurposeTreatment},
		Expiry: models.Expiry{None: true}, Signature: models.Signature{Name: c.sam.Name, Method: "typed"}})
	c.ok(err)
	methadone := c.add(c.doctor, order("methadone")).ID
	c.tellDose(c.sam, methadone, c.today(-2), medicine.DoseSkipped)
	c.tellDose(c.sam, methadone, c.today(-1), medicine.DoseSkipped)
	_, err = c.Chart(c.sam, c.sam.PatientID).Record.SendCheckIn(t.Context(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: c.Clock.Now(),
		Zone: "America/New_York", Answers: map[string]any{"craving": 9.0, "safety": false}})
	c.ok(err)
	if got := c.found(c.doctor); got["R-CR-1"] == "" || got["R-MO-2"] == "" {
		t.Fatalf("%v", got)
	}
	open, err := c.Chart(c.psychiatrist, c.sam.PatientID).Alerts.Open(t.Context())
	c.ok(err)
	read := ""
	for _, a := range open {
		if !a.Whole || a.Rule == "" {
			t.Errorf("%+v", a)
		}
		for _, e := range a.Evidence {
			read += e.Rule + " "
		}
		if said, _ := json.Marshal(a); strings.Contains(string(said), "R-MO") || strings.Contains(string(said), methadone) {
			t.Errorf("%s", said)
		}
	}
	if strings.TrimSpace(read) != "R-CR-1" {
		t.Errorf("reads %q of %+v", read, open)
	}
}

// TestWhatDoesNotGoTogetherIsAnAlert: R-RX-1 of what the patient told, once however often
// the line is read; two that go together are none.
func TestWhatDoesNotGoTogetherIsAnAlert(t *testing.T) {
	c := alerted(t)
	c.add(c.doctor, order("phenelzine"))
	tell := func(m medicine.Medicine) {
		t.Helper()
		e := models.AuditEvent{ID: care.NewID(), PatientID: c.sam.PatientID, AccountID: c.sam.AccountID, Action: "medicine.added", Ref: m.ID, Outcome: models.OutcomeAllowed}
		for range 2 {
			c.ok(c.Care.Medicine.Tell(t.Context(), e))
		}
	}
	tell(c.add(c.sam, told("melatonin")))
	if got := c.found(c.psychiatrist); len(got) != 0 {
		t.Fatalf("two that go together: %v", got)
	}
	tell(c.add(c.sam, medicines.Order{Source: medicine.Counter, Terms: medicine.Terms{Name: "Robitussin DM"}}))
	for _, who := range []models.Actor{c.psychiatrist, c.doctor} {
		if got := c.found(who); got[risk.PairRule] != checkin.Urgent || len(got) != 1 {
			t.Errorf("%v", got)
		}
	}
	open, err := c.Chart(c.psychiatrist, c.sam.PatientID).Alerts.Open(t.Context())
	c.ok(err)
	if len(open) != 1 || len(open[0].Evidence) != 1 {
		t.Errorf("%+v", open)
	}
}

// TestADepotThatWasDueIsAnAlert: after three days, and again after seven; each once.
func TestADepotThatWasDueIsAnAlert(t *testing.T) {
	c := alerted(t)
	c.add(c.doctor, medicines.Order{Source: medicine.Elsewhere, Terms: medicine.Terms{Name: "naltrexone depot", EveryDays: 28, LastDoseOn: c.today(-28)}})
	was := 0
	for _, step := range []struct {
		day  int
		want checkin.Tier
	}{{1, ""}, {4, checkin.Elevated}, {8, checkin.Urgent}} {
		c.Clock.Move(time.Duration(step.day-was) * 24 * time.Hour)
		was = step.day
		for range 2 {
			c.ok(c.Care.Medicine.LookForGaps(t.Context(), c.sam.PatientID))
		}
		if got := c.found(c.doctor); got["R-MO-5"] != step.want {
			t.Errorf("day %d: %v", step.day, got)
		}
	}
}

// TestARefillIsAskedForAndAnswered: by a prescriber or a pharmacist, once.
func TestARefillIsAskedForAndAnswered(t *testing.T) {
	c := open(t)
	line := c.add(c.doctor, order("sertraline")).ID
	from, id := care.NewID(), care.NewID()
	for range 2 {
		_, err := c.part(c.sam).AskRefill(t.Context(), id, line, "Two days are left.")
		c.ok(err)
	}
	_, err := c.part(c.sam).AskRefill(t.Context(), care.NewID(), line, "")
	caretest.WantKind(t, err, models.KindConflict, "asked-already")
	c.tell(from)
	if !slices.Contains(c.asked(c.doctor), task.CodeRefill) || slices.Contains(c.asked(c.psychiatrist), task.CodeRefill) {
		t.Errorf("%v %v", c.asked(c.doctor), c.asked(c.psychiatrist))
	}
	_, err = c.part(c.sam).AnswerRefill(t.Context(), id, medicine.RefillReady, medicine.RefillAnswer{ReadyOn: c.today(1)})
	caretest.WantKind(t, err, models.KindForbidden, "not-a-prescriber")
	_, err = c.part(c.doctor).AnswerRefill(t.Context(), id, medicine.RefillReady, medicine.RefillAnswer{ReadyOn: c.today(2), LastsTo: c.today(1)})
	caretest.WantKind(t, err, models.KindInvalid, "invalid-input")
	for range 2 {
		_, err = c.part(c.doctor).AnswerRefill(t.Context(), id, medicine.RefillReady, medicine.RefillAnswer{ReadyOn: c.today(1), Pharmacy: "Main Street"})
		c.ok(err)
	}
}
