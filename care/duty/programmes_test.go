package duty_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/duty"
	"handrail/models/risk"
	"handrail/store"
)

// TestAProgrammeHasItsOwnOrder: its policy, its rota and its fail-safe hold for its
// patients and nobody else; a change of it holds from the next step on; who was in none,
// as everybody of an older store, and whose programme has ended follow the clinic's.
func TestAProgrammeHasItsOwnOrder(t *testing.T) {
	c := open(t, true)
	p, other := c.Patient(), c.Patient()
	nurse := c.Clinician(models.DisciplineNursing, p, other)
	doctor, night, last := c.Clinician(models.DisciplinePsychiatry), c.Clinician(models.DisciplinePsychology), c.Clinician(models.DisciplineNursing)
	if err := c.set(true); err != nil {
		t.Fatal(err)
	}
	ctx, care1 := t.Context(), c.c.Alerts
	all, err := care1.Programmes(ctx, nurse, false)
	if err != nil || len(all) != 1 || all[0].Value.ID != risk.ClinicProgramme || len(all[0].Value.Levels) != 4 {
		t.Fatalf("before anybody made one: %+v %v", all, err)
	}
	oud, err := care1.MakeProgramme(ctx, c.Admin, care.NewID(), risk.Policy{Name: "OUD programme", Levels: []string{"assigned", "cover"}, FailSafe: last.AccountID})
	if err != nil {
		t.Fatal(err)
	}
	c.rota(duty.Terms{Shifts: week("00:00", "24:00", doctor)})
	c.rota(duty.Terms{Programme: oud.Value.ID, Shifts: week("00:00", "24:00", night)})
	if _, err := c.Chart(c.Admin, p.PatientID).Alerts.SetProgramme(ctx, 1, risk.InProgramme{Programme: oud.Value.ID}); err != nil {
		t.Fatal(err)
	}
	c.Clock.Set(time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)) // 11:00 in New York
	order := func(p models.Actor) []string {
		t.Helper()
		v := c.raise(nurse, p, checkin.Urgent)
		for range 16 {
			c.Clock.Move(10 * time.Minute)
			if err := care1.Follow(ctx); err != nil {
				t.Fatal(err)
			}
		}
		v, err := care1.Alert(ctx, c.Admin, v.ID, func(string) error { return nil })
		if err != nil {
			t.Fatal(err)
		}
		c.Clock.Set(time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC))
		var out []string
		for _, s := range v.History {
			if s.What == risk.DidAsk {
				out = append(out, s.Who)
			}
		}
		return out
	}
	want := func(why string, got []string, who ...models.Actor) {
		t.Helper()
		if !slices.EqualFunc(got, who, func(id string, a models.Actor) bool { return id == a.AccountID }) {
			t.Errorf("%s: asked %v", why, got)
		}
	}
	want("of the programme", order(p), nurse, night, last)
	want("of no programme", order(other), nurse, doctor, c.Admin)
	if oud, err = care1.EditProgramme(ctx, c.Admin, oud.Value.ID, oud.Version, risk.Policy{Name: "OUD programme", Levels: []string{"cover"}, FailSafe: last.AccountID}); err != nil {
		t.Fatal(err)
	}
	want("the assigned one is not asked", order(p), night, last)
	if _, err := care1.EndProgramme(ctx, c.Admin, oud.Value.ID, oud.Version); err != nil {
		t.Fatal(err)
	}
	want("of one that ended", order(p), nurse, doctor, c.Admin)
}

// TestAProgrammeOfBadInput: what can't be asked is refused by its field's name, and who is
// not of the office changes nothing; a patient is not told which programme they are in.
func TestAProgrammeOfBadInput(t *testing.T) {
	c := open(t, true)
	p := c.Patient()
	nurse := c.Clinician(models.DisciplineNursing, p)
	for field, pol := range map[string]risk.Policy{"name": {Levels: risk.Levels}, "levels": {Name: "A"}, "failSafe": {Name: "A", Levels: risk.Levels, FailSafe: p.AccountID}} {
		if _, err := c.c.Alerts.MakeProgramme(t.Context(), c.Admin, care.NewID(), pol); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", field, err)
		}
	}
	if _, err := c.c.Alerts.MakeProgramme(t.Context(), nurse, care.NewID(), risk.Policy{Name: "A", Levels: risk.Levels}); models.KindOf(err) != models.KindForbidden {
		t.Errorf("a clinician: %v", err)
	}
	if _, err := c.Chart(c.Admin, p.PatientID).Alerts.SetProgramme(t.Context(), 1, risk.InProgramme{Programme: care.NewID()}); models.KindOf(err) != models.KindInvalid {
		t.Errorf("one that there is not: %v", err)
	}
	if _, err := c.Chart(p, p.PatientID).Alerts.Programme(t.Context()); models.KindOf(err) != models.KindForbidden {
		t.Errorf("the patient: %v", err)
	}
	if _, err := c.c.Alerts.EndProgramme(t.Context(), c.Admin, risk.ClinicProgramme, 1); models.KindOf(err) != models.KindConflict {
		t.Errorf("the clinic's own ends: %v", err)
	}
	if v, err := c.c.Alerts.EditProgramme(t.Context(), c.Admin, risk.ClinicProgramme, 1, risk.Policy{Name: "Outpatient", Levels: []string{"assigned", "cover"}}); err != nil || v.Version != 2 {
		t.Errorf("the clinic's own changes: %+v %v", v, err)
	}
}

// TestAProgrammeHasItsOwnHours: it begins once its own rota and drill are there, and until
// then its patients follow the clinic's; from then on what a patient reads, and whether an
// alert waits, is by its own hours.
func TestAProgrammeHasItsOwnHours(t *testing.T) {
	c := open(t, true)
	p, other := c.Patient(), c.Patient()
	nurse := c.Clinician(models.DisciplineNursing, p, other)
	if err := c.set(true); err != nil {
		t.Fatal(err)
	}
	c.c = c.InstanceWith(func(k *care.Config) { k.AlertsUntried = false })
	ctx := t.Context()
	night := risk.Hours{Zone: "America/New_York"}
	for day := 1; day <= 7; day++ {
		night.Windows = append(night.Windows, risk.Window{Day: day, From: "20:00", To: "23:00"})
	}
	bad := night
	bad.Zone = "Mars/Base"
	if _, err := c.c.Alerts.MakeProgramme(ctx, c.Admin, care.NewID(), risk.Policy{Name: "Evenings", Levels: risk.Levels, Hours: &bad}); models.KindOf(err) != models.KindInvalid {
		t.Fatalf("hours of no zone: %v", err)
	}
	v, err := c.c.Alerts.MakeProgramme(ctx, c.Admin, care.NewID(), risk.Policy{Name: "Evenings", Levels: risk.Levels, Hours: &night})
	if err != nil || !v.Value.Untried {
		t.Fatalf("%+v %v", v, err)
	}
	id := v.Value.ID
	if _, err := c.Chart(c.Admin, p.PatientID).Alerts.SetProgramme(ctx, 1, risk.InProgramme{Programme: id}); err != nil {
		t.Fatal(err)
	}
	c.Clock.Set(time.Date(2026, 3, 4, 2, 0, 0, 0, time.UTC)) // 21:00 in New York
	reads := func(who models.Actor, now bool, why string) {
		t.Helper()
		if r, err := c.c.Messages.Reading(ctx, who); err != nil || !r.On || r.Now != now {
			t.Fatalf("%s: %+v %v", why, r, err)
		}
	}
	reads(p, false, "before it has begun")
	_, err = c.c.Alerts.BeginProgramme(ctx, c.Admin, id, v.Version)
	caretest.WantKind(t, err, models.KindConflict, "not-ready")
	c.rota(duty.Terms{Programme: id, Shifts: week("20:00", "23:00", nurse)})
	d, err := c.c.Alerts.StartDrill(ctx, c.Admin, care.NewID(), id, []string{nurse.AccountID})
	if err != nil || d.Programme != id {
		t.Fatalf("%+v %v", d, err)
	}
	if _, err := c.c.Alerts.Acknowledge(ctx, nurse, d.ID); err != nil {
		t.Fatal(err)
	}
	if r, err := c.c.Alerts.Readiness(ctx, c.Admin, ""); err != nil || r.Drill || r.Rota {
		t.Fatalf("what a programme tried is not the clinic's: %+v %v", r, err)
	}
	if v, err = c.c.Alerts.BeginProgramme(ctx, c.Admin, id, v.Version); err != nil || v.Value.Untried {
		t.Fatalf("%+v %v", v, err)
	}
	reads(p, true, "in the programme's hours")
	reads(other, false, "of no programme")
	if a := c.raise(nurse, p, checkin.Urgent); a.Status != risk.Notified {
		t.Fatalf("in the programme's hours: %+v", a.Alert)
	}
	if a := c.raise(nurse, other, checkin.Urgent); a.Status != risk.Open {
		t.Fatalf("outside of the clinic's: %+v", a.Alert)
	}
	c.Clock.Set(time.Date(2026, 3, 4, 16, 0, 0, 0, time.UTC)) // 11:00
	reads(p, false, "outside of the programme's hours")
	reads(other, true, "in the clinic's")
}

// TestAChangedProgrammeIsTriedAgain: a drill counts for the order that it tried. One that
// is older than fifty others counts as well, and so does another name.
func TestAChangedProgrammeIsTriedAgain(t *testing.T) {
	c := open(t, true)
	nurse := c.Clinician(models.DisciplineNursing, c.Patient())
	other := c.Clinician(models.DisciplineNursing)
	if err := c.set(true); err != nil {
		t.Fatal(err)
	}
	c.c = c.InstanceWith(func(k *care.Config) { k.AlertsUntried = false })
	ctx := t.Context()
	c.Clock.Set(time.Date(2026, 3, 4, 16, 0, 0, 0, time.UTC))
	drill := func(programme string) {
		t.Helper()
		c.Clock.Move(time.Minute)
		d, err := c.c.Alerts.StartDrill(ctx, c.Admin, care.NewID(), programme, []string{nurse.AccountID})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := c.c.Alerts.Acknowledge(ctx, nurse, d.ID); err != nil {
			t.Fatal(err)
		}
	}
	tried := func(programme string, want bool, why string) {
		t.Helper()
		if r, err := c.c.Alerts.Readiness(ctx, c.Admin, programme); err != nil || r.Drill != want {
			t.Fatalf("%s: %+v %v", why, r, err)
		}
	}
	pol := risk.Policy{Name: "Evenings", Levels: []string{"assigned", "cover"}}
	v, err := c.c.Alerts.MakeProgramme(ctx, c.Admin, care.NewID(), pol)
	if err != nil {
		t.Fatal(err)
	}
	id := v.Value.ID
	c.rota(duty.Terms{Programme: id, Shifts: week("00:00", "24:00", nurse)})
	drill(id)
	for range 51 {
		drill("")
	}
	tried(id, true, "an old drill, with others since")
	pol.Name = "Late evenings"
	if v, err = c.c.Alerts.EditProgramme(ctx, c.Admin, id, v.Version, pol); err != nil {
		t.Fatal(err)
	}
	tried(id, true, "another name")
	changed := pol
	for why, change := range map[string]func(){
		"another fail-safe": func() { changed.FailSafe = other.AccountID },
		"other levels":      func() { changed.Levels = []string{"assigned"} },
		"other hours": func() {
			changed.Hours = &risk.Hours{Zone: "America/New_York", Windows: []risk.Window{{Day: 1, From: "20:00", To: "23:00"}}}
		},
	} {
		changed = pol
		change()
		if v, err = c.c.Alerts.EditProgramme(ctx, c.Admin, id, v.Version, changed); err != nil {
			t.Fatal(err)
		}
		tried(id, false, why)
		_, err := c.c.Alerts.BeginProgramme(ctx, c.Admin, id, v.Version)
		caretest.WantKind(t, err, models.KindConflict, "not-ready")
	}
	drill(id)
	if v, err = c.c.Alerts.BeginProgramme(ctx, c.Admin, id, v.Version); err != nil || v.Value.Untried {
		t.Fatalf("%+v %v", v, err)
	}
	tried("", true, "the clinic's own")
	s, err := c.c.Alerts.Settings(ctx, c.Admin)
	if err != nil {
		t.Fatal(err)
	}
	terms := s.Value.Terms
	terms.FailSafe = other.AccountID
	if _, err := c.c.Alerts.Set(ctx, c.Admin, s.Version, terms); err != nil {
		t.Fatal(err)
	}
	tried("", false, "the clinic's own has another fail-safe")
}

// TestProgrammesOfAnOlderStore: documents as the program of 2026-11-29 wrote them. A
// programme that says neither whether it was tried nor hours stays in force with the
// clinic's hours, its patient is asked about in its order, and one that was not tried yet
// keeps its drill, which named no order, until it is changed.
func TestProgrammesOfAnOlderStore(t *testing.T) {
	c := open(t, true)
	p := c.Patient()
	nurse, last := c.Clinician(models.DisciplineNursing, p), c.Clinician(models.DisciplineNursing)
	if err := c.set(true); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	put := func(collection, id, owner, body string, keys store.Keys) {
		t.Helper()
		if err := c.Store.Insert(ctx, collection, store.Doc{ID: id, Owner: owner, Keys: keys, Body: []byte(body)}); err != nil {
			t.Fatal(err)
		}
	}
	begun, waits, drill := care.NewID(), care.NewID(), care.NewID()
	author := `"changedBy":{"accountId":"` + c.Admin.AccountID + `","role":"administrator","name":"Ada"},"changedAt":"2026-02-20T10:00:00Z"`
	put("programmes", begun, "site", `{"id":"`+begun+`","name":"OUD programme","levels":["supervisor"],"failSafe":"`+last.AccountID+`",`+author+`}`, store.Keys{"site": "site", "programmeId": begun})
	put("programmes", waits, "site", `{"id":"`+waits+`","name":"Evenings","levels":["assigned","cover"],"untried":true,`+author+`}`, store.Keys{"site": "site", "programmeId": waits})
	put("patient_programmes", p.PatientID, p.PatientID, `{"programme":"`+begun+`","byName":"Ada","at":"2026-02-20T10:00:00Z"}`, nil)
	put("alerts", drill, "site", `{"id":"`+drill+`","patientId":"","rule":"DRILL","rules":["DRILL"],"tier":"emergent","status":"resolved","level":1,"owner":"`+nurse.AccountID+`","ownerName":"Nora",
		"raisedAt":"2026-02-21T10:00:00Z","firedAt":"2026-02-21T10:00:00Z","askAt":"2026-02-21T10:00:00Z","acknowledgeBy":"2026-02-21T10:05:00Z","contactBy":"2026-02-21T10:15:00Z","drill":true,
		"outcome":{"code":"drill","at":"2026-02-21T10:01:00Z","by":"`+nurse.AccountID+`","name":"Nora"},
		"evidence":[{"at":"2026-02-21T10:00:00Z","rule":"DRILL","version":"1","tier":"emergent","inputs":{"team":["`+nurse.AccountID+`"],"programme":"`+waits+`"},"source":"person","ref":"`+c.Admin.AccountID+`"}],
		"history":[{"at":"2026-02-21T10:00:00Z","what":"raised","code":"DRILL"}]}`, store.Keys{"drill": "site", "raisedAt": time.Date(2026, 2, 21, 10, 0, 0, 0, time.UTC).UnixMilli()})
	c.c = c.InstanceWith(func(k *care.Config) { k.AlertsUntried = false })
	c.rota(duty.Terms{Programme: waits, Shifts: week("00:00", "24:00", nurse)})
	c.Clock.Set(time.Date(2026, 3, 4, 16, 0, 0, 0, time.UTC))
	if r, err := c.c.Messages.Reading(ctx, p); err != nil || !r.Now {
		t.Fatalf("the clinic's hours: %+v %v", r, err)
	}
	if a := c.raise(nurse, p, checkin.Urgent); a.Owner != last.AccountID {
		t.Fatalf("the programme's order: %+v", a.Alert)
	}
	all, err := c.c.Alerts.Programmes(ctx, c.Admin, false)
	if err != nil || len(all) != 3 {
		t.Fatalf("%+v %v", all, err)
	}
	kept := all[1]
	if kept.Value.ID != waits {
		kept = all[2]
	}
	changed := kept.Value.Policy
	changed.Levels = []string{"cover"}
	v, err := c.c.Alerts.BeginProgramme(ctx, c.Admin, waits, kept.Version)
	if err != nil || v.Value.Untried {
		t.Fatalf("tried by an older program: %+v %v", v, err)
	}
	if _, err = c.c.Alerts.EditProgramme(ctx, c.Admin, waits, v.Version, changed); err != nil {
		t.Fatal(err)
	}
	if r, err := c.c.Alerts.Readiness(ctx, c.Admin, waits); err != nil || r.Drill {
		t.Fatalf("changed since: %+v %v", r, err)
	}
}
