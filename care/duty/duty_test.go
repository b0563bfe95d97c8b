package duty_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	rotas "handrail/care/duty"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/duty"
	"handrail/models/risk"
)

func week(from, to string, who models.Actor) []duty.Shift {
	return []duty.Shift{{AccountID: who.AccountID, Days: []int{1, 2, 3, 4, 5, 6, 7}, From: from, To: to}}
}

func office() risk.Hours {
	h := risk.Hours{Zone: "America/New_York"}
	for day := 1; day <= 5; day++ {
		h.Windows = append(h.Windows, risk.Window{Day: day, From: "09:00", To: "17:00"})
	}
	return h
}

type clinic struct {
	*caretest.Clinic
	t *testing.T
	c *care.Care
}

func (c clinic) set(confirmed bool) error {
	c.t.Helper()
	v, err := c.c.Alerts.Settings(c.t.Context(), c.Admin)
	if err != nil {
		c.t.Fatal(err)
	}
	_, err = c.c.Alerts.Set(c.t.Context(), c.Admin, v.Version, alerts.Terms{Hours: office(), FailSafe: c.Admin.AccountID, Confirmed: confirmed})
	return err
}

func (c clinic) rota(t duty.Terms) rotas.View {
	c.t.Helper()
	t.Zone, t.Name = "America/New_York", "Rota"
	if t.Serves == "" {
		t.Serves = duty.ServesCover
	}
	v, err := c.c.Duty.Create(c.t.Context(), c.Admin, care.NewID(), t)
	if err != nil {
		c.t.Fatal(err)
	}
	return v.Value
}

func (c clinic) raise(by, p models.Actor, tier checkin.Tier) alerts.View {
	c.t.Helper()
	ch, err := c.c.Open(c.t.Context(), by, p.PatientID, models.PurposeOf(by.Role))
	if err != nil {
		c.t.Fatal(err)
	}
	v, err := ch.Alerts.Raise(c.t.Context(), care.NewID(), alerts.ByHand{Tier: tier, Words: "Please look."})
	if err != nil {
		c.t.Fatal(err)
	}
	return v
}

func open(t *testing.T, untried bool) clinic {
	h := caretest.New(t)
	return clinic{h, t, h.InstanceWith(func(c *care.Config) { c.AlertsUntried = untried })}
}

// TestAlertsBeginWhenTried: not before hours, fail-safe, a rota and an answered drill
// are there; a site that was on before stays on.
func TestAlertsBeginWhenTried(t *testing.T) {
	c := open(t, false)
	nurse := c.Clinician(models.DisciplineNursing)
	caretest.WantKind(t, c.set(true), models.KindConflict, "not-ready")
	if err := c.set(false); err != nil {
		t.Fatal(err)
	}
	only, err := c.c.Alerts.MakeProgramme(t.Context(), c.Admin, care.NewID(), risk.Policy{Name: "OUD programme", Levels: risk.Levels})
	if err != nil {
		t.Fatal(err)
	}
	c.rota(duty.Terms{Programme: only.Value.ID, Shifts: week("09:00", "17:00", nurse)})
	if r, err := c.c.Alerts.Readiness(t.Context(), c.Admin, ""); err != nil || r.Rota {
		t.Fatalf("with a rota of one programme: %+v %v", r, err)
	}
	c.rota(duty.Terms{Shifts: week("09:00", "17:00", nurse)})
	caretest.WantKind(t, c.set(true), models.KindConflict, "not-ready")
	d, err := c.c.Alerts.StartDrill(t.Context(), c.Admin, care.NewID(), "", []string{nurse.AccountID})
	if err != nil || len(d.Steps) != 2 || d.Steps[1].Who != nurse.AccountID {
		t.Fatalf("%+v %v", d, err)
	}
	c.Clock.Move(90 * time.Second)
	if _, err := c.c.Alerts.Acknowledge(t.Context(), nurse, d.ID); err != nil {
		t.Fatal(err)
	}
	d, err = c.c.Alerts.Drill(t.Context(), nurse, d.ID)
	if err != nil || !d.Ended || !d.Answered || d.Seconds != 90 || d.AnsweredBy != nurse.Name {
		t.Fatalf("%+v %v", d, err)
	}
	if err := c.set(true); err != nil {
		t.Fatal(err)
	}

	was := open(t, true)
	if err := was.set(true); err != nil {
		t.Fatal(err)
	}
	was.c = was.InstanceWith(func(c *care.Config) { c.AlertsUntried = false })
	v, err := was.c.Alerts.Settings(t.Context(), was.Admin)
	if err != nil || !v.Value.On {
		t.Fatalf("a site that was on: %+v %v", v, err)
	}
	v.Value.Hours.Windows = v.Value.Hours.Windows[:1]
	if v, err = was.c.Alerts.Set(t.Context(), was.Admin, v.Version, v.Value.Terms); err != nil || !v.Value.On {
		t.Fatalf("its hours change: %+v %v", v, err)
	}
}

// TestADrillThatNobodyAnswers ends, counts for nothing, and asks the whole chain.
func TestADrillThatNobodyAnswers(t *testing.T) {
	c := open(t, false)
	nurse, cover := c.Clinician(models.DisciplineNursing), c.Clinician(models.DisciplinePsychiatry)
	if err := c.set(false); err != nil {
		t.Fatal(err)
	}
	c.rota(duty.Terms{Shifts: week("00:00", "24:00", cover)})
	d, err := c.c.Alerts.StartDrill(t.Context(), c.Admin, care.NewID(), "", []string{nurse.AccountID})
	if err != nil {
		t.Fatal(err)
	}
	for range 60 {
		c.Clock.Move(100 * time.Second)
		if err := c.c.Alerts.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	d, err = c.c.Alerts.Drill(t.Context(), c.Admin, d.ID)
	var asked []string
	for _, s := range d.Steps {
		if s.What == risk.DidAsk {
			asked = append(asked, s.Who)
		}
	}
	if err != nil || !d.Ended || d.Answered || len(asked) != 3 || asked[1] != cover.AccountID || asked[2] != c.Admin.AccountID {
		t.Fatalf("%v %+v %v", asked, d, err)
	}
	caretest.WantKind(t, c.set(true), models.KindConflict, "not-ready")
}

// TestTheRotaIsAsked: who covers a leave answers at once; the one on duty after the
// assigned one; at night who is on call, else the fail-safe; the supervisor before it.
func TestTheRotaIsAsked(t *testing.T) {
	c := open(t, true)
	p := c.Patient()
	nurse, doctor, boss := c.Clinician(models.DisciplineNursing, p), c.Clinician(models.DisciplinePsychiatry), c.Clinician(models.DisciplinePsychology)
	if err := c.set(true); err != nil {
		t.Fatal(err)
	}
	c.Clock.Set(time.Date(2026, 3, 3, 3, 0, 0, 0, time.UTC)) // 22:00 in New York
	if v := c.raise(nurse, p, checkin.Emergent); v.Owner != c.Admin.AccountID || v.Level != risk.LevelFailSafe {
		t.Fatalf("at night without a rota: %+v", v.Alert)
	}
	on := c.rota(duty.Terms{OnCall: true, Shifts: week("00:00", "24:00", doctor)})
	c.rota(duty.Terms{Serves: duty.ServesSupervisor, Shifts: week("00:00", "24:00", boss)})
	for _, tier := range []checkin.Tier{checkin.Emergent, checkin.Urgent} {
		if v := c.raise(nurse, p, tier); v.Owner != doctor.AccountID || v.Status != risk.Notified {
			t.Fatalf("at night, on call: %+v", v.Alert)
		}
	}
	c.Clock.Set(time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)) // 11:00
	v := c.raise(nurse, p, checkin.Urgent)
	var owners []string
	for range 30 {
		if n := len(owners); n == 0 || owners[n-1] != v.Owner {
			owners = append(owners, v.Owner)
		}
		c.Clock.Move(10 * time.Minute)
		if err := c.c.Alerts.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
		var err error
		if v, err = c.c.Alerts.Alert(t.Context(), c.Admin, v.ID, func(string) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	if len(owners) != 4 || owners[0] != nurse.AccountID || owners[1] != doctor.AccountID || owners[2] != boss.AccountID || owners[3] != c.Admin.AccountID {
		t.Fatalf("asked in the order %v", owners)
	}
	terms := on.Terms
	terms.Leave = []duty.Leave{{AccountID: nurse.AccountID, Cover: boss.AccountID, From: "2026-03-03T00:00:00", To: "2026-03-09T00:00:00"}}
	if _, err := c.c.Duty.Edit(t.Context(), c.Admin, on.ID, care.AnyVersion, terms); err != nil {
		t.Fatal(err)
	}
	c.Clock.Set(time.Date(2026, 3, 4, 16, 0, 0, 0, time.UTC))
	if v := c.raise(nurse, p, checkin.Urgent); v.Owner != boss.AccountID || len(v.History) != 2 {
		t.Fatalf("the assigned one is on leave: %+v", v.Alert)
	}
}

// TestASwapNeedsBoth: it holds once the other one accepts, and only they do.
func TestASwapNeedsBoth(t *testing.T) {
	c := open(t, true)
	a, b := c.Clinician(models.DisciplineNursing), c.Clinician(models.DisciplineNursing)
	r := c.rota(duty.Terms{Shifts: week("09:00", "17:00", a)})
	w := duty.Swap{ID: care.NewID(), TakenBy: b.AccountID, From: "2026-03-02T00:00:00", To: "2026-03-03T00:00:00"}
	now := func() string {
		d, err := c.c.Duty.OnDuty(t.Context(), b)
		if err != nil || len(d.Now) != 1 || d.Now[0].Who == nil {
			t.Fatalf("%+v %v", d, err)
		}
		return d.Now[0].Who.AccountID
	}
	for range 2 {
		if _, err := c.c.Duty.Propose(t.Context(), a, r.ID, w); err != nil {
			t.Fatal(err)
		}
	}
	if now() != a.AccountID {
		t.Fatal("it holds before it was accepted")
	}
	_, err := c.c.Duty.Answer(t.Context(), a, r.ID, w.ID, true)
	caretest.WantKind(t, err, models.KindForbidden, "not-for-your-role")
	for range 2 {
		if _, err := c.c.Duty.Answer(t.Context(), b, r.ID, w.ID, true); err != nil {
			t.Fatal(err)
		}
	}
	if now() != b.AccountID {
		t.Fatal("it does not hold")
	}
}

// TestHolesAreTold: 72 hours ahead to the owner, a day ahead to all administrators,
// once each; a hole that is filled is told no more.
func TestHolesAreTold(t *testing.T) {
	c := open(t, true)
	a := c.Clinician(models.DisciplineNursing)
	if err := c.set(true); err != nil {
		t.Fatal(err)
	}
	shift := week("09:00", "17:00", a)
	shift[0].Until = "2026-03-06" // a Friday; on Monday the 9th nobody is there
	c.rota(duty.Terms{Shifts: shift})
	line := c.c.Upkeep.FollowLines(nil)
	told := func() (owner, all int) {
		for range 3 {
			if err := c.c.Duty.Follow(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		fresh, _ := line.Take()
		for _, e := range fresh {
			switch e.Action {
			case rotas.LineHole:
				owner++
			case rotas.LineHoleOffice:
				all++
			}
		}
		return owner, all
	}
	if o, all := told(); o+all != 0 {
		t.Fatalf("a week ahead: %d, %d", o, all)
	}
	c.Clock.Set(time.Date(2026, 3, 6, 14, 30, 0, 0, time.UTC))
	if o, all := told(); o != 1 || all != 0 {
		t.Fatalf("72 hours ahead: %d, %d", o, all)
	}
	c.Clock.Set(time.Date(2026, 3, 8, 14, 30, 0, 0, time.UTC))
	if o, all := told(); o != 2 || all != 1 { // that of Tuesday comes near too
		t.Fatalf("a day ahead: %d, %d", o, all)
	}
}
