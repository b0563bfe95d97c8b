package duty_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"handrail/care"
	rotas "handrail/care/duty"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/duty"
	"handrail/models/risk"
)

// told are the holes that somebody was told of since the last call.
func (c clinic) told(line interface {
	Take() ([]models.AuditEvent, bool)
}) (n int) {
	c.t.Helper()
	for range 3 {
		if err := c.c.Duty.Follow(c.t.Context()); err != nil {
			c.t.Fatal(err)
		}
	}
	fresh, _ := line.Take()
	for _, e := range fresh {
		if e.Action == rotas.LineHole || e.Action == rotas.LineHoleOffice {
			n++
		}
	}
	return n
}

// TestACircleOverTwoRotas: two people who cover for each other on two rotas, each of which
// is fine by itself, are nobody: the next level is asked, and the hole is shown and told.
func TestACircleOverTwoRotas(t *testing.T) {
	c := open(t, true)
	p := c.Patient()
	c.Clock.Set(time.Date(2026, 3, 3, 16, 0, 0, 0, time.UTC)) // 11:00
	ana, ben := c.Clinician(models.DisciplineNursing), c.Clinician(models.DisciplinePsychiatry)
	team := c.Clinician(models.DisciplineTherapy, p)
	if err := c.set(true); err != nil {
		t.Fatal(err)
	}
	gone := func(who, cover models.Actor) []duty.Leave {
		return []duty.Leave{{AccountID: who.AccountID, Cover: cover.AccountID, From: "2026-03-01T00:00:00", To: "2026-03-09T00:00:00"}}
	}
	line := c.c.Upkeep.FollowLines(nil)
	c.rota(duty.Terms{Shifts: week("00:00", "24:00", ana), Leave: gone(ana, ben)})
	if v := c.raise(team, p, checkin.Urgent); !slices.ContainsFunc(v.History, func(s risk.Step) bool { return s.Who == team.AccountID }) {
		t.Fatalf("%+v", v.Alert)
	}
	c.rota(duty.Terms{Shifts: week("00:00", "24:00", ben), Leave: gone(ben, ana)})
	d, err := c.c.Duty.OnDuty(t.Context(), ana)
	if err != nil || len(d.Now) != 2 || d.Now[0].Who != nil || d.Now[1].Who != nil || len(d.Holes) < 2 {
		t.Fatalf("%+v %v", d, err)
	}
	if n := c.told(line); n == 0 {
		t.Error("nobody is told of the hole")
	}
	v := c.raise(team, p, checkin.Urgent)
	c.Clock.Move(31 * time.Minute)
	for range 3 {
		if err := c.c.Alerts.Follow(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if v, err = c.c.Alerts.Alert(t.Context(), c.Admin, v.ID, func(string) error { return nil }); err != nil || v.Owner == ana.AccountID || v.Owner == ben.AccountID || v.Owner != c.Admin.AccountID {
		t.Fatalf("with a circle: %+v %v", v.Alert, err)
	}
}

// TestWhoIsOnDutyHasLeft: somebody on a rota whose account was stopped is asked nothing, at
// no cost of time, the rota shows them as not there, and the office is told.
func TestWhoIsOnDutyHasLeft(t *testing.T) {
	c := open(t, true)
	p := c.Patient()
	c.Clock.Set(time.Date(2026, 3, 3, 3, 0, 0, 0, time.UTC)) // 22:00
	team, night := c.Clinician(models.DisciplineNursing, p), c.Clinician(models.DisciplinePsychiatry)
	if err := c.set(true); err != nil {
		t.Fatal(err)
	}
	c.rota(duty.Terms{OnCall: true, Shifts: week("00:00", "24:00", night)})
	v := c.raise(team, p, checkin.Emergent)
	if v.Owner != night.AccountID {
		t.Fatalf("on call: %+v", v.Alert)
	}
	line := c.c.Upkeep.FollowLines(nil)
	if _, err := c.c.People.Suspend(t.Context(), c.Admin, care.AnyVersion, night.AccountID, true); err != nil {
		t.Fatal(err)
	}
	if err := c.c.Alerts.RecheckOwner(t.Context(), night.AccountID); err != nil {
		t.Fatal(err)
	}
	v, err := c.c.Alerts.Alert(t.Context(), c.Admin, v.ID, func(string) error { return nil })
	if err != nil || v.Owner == night.AccountID || v.Due().IsZero() {
		t.Fatalf("theirs still: %+v %v", v.Alert, err)
	}
	if v = c.raise(team, p, checkin.Emergent); v.Owner != c.Admin.AccountID || v.Level != risk.LevelFailSafe {
		t.Fatalf("a new one: %+v", v.Alert)
	}
	c.Clock.Move(time.Hour)
	if n := c.told(line); n == 0 {
		t.Error("nobody is told that who is on duty has left")
	}
	d, err := c.c.Duty.OnDuty(t.Context(), team)
	if err != nil || !slices.ContainsFunc(d.Holes, func(h rotas.Hole) bool { return h.Kind == rotas.HoleUnreachable && h.AccountID == night.AccountID }) {
		t.Fatalf("%+v %v", d.Holes, err)
	}
}

// TestTheFailSafeHasLeft: the administrator who has been there longest answers, and the
// office is told no lie: what is read names who is there.
func TestTheFailSafeHasLeft(t *testing.T) {
	c := open(t, true)
	p := c.Patient()
	c.Clock.Set(time.Date(2026, 3, 3, 3, 0, 0, 0, time.UTC)) // 22:00
	nurse := c.Clinician(models.DisciplineNursing, p)
	other := c.First(models.RoleAdministrator, "")
	v, err := c.c.Alerts.Settings(t.Context(), c.Admin)
	if err == nil {
		err = c.set(true)
	}
	if err != nil {
		t.Fatal(err)
	}
	a := c.raise(nurse, p, checkin.Emergent)
	if a.Owner != c.Admin.AccountID {
		t.Fatalf("%+v", a.Alert)
	}
	if _, err := c.c.People.Suspend(t.Context(), other, care.AnyVersion, c.Admin.AccountID, true); err != nil {
		t.Fatal(err)
	}
	if err := c.c.Alerts.RecheckOwner(t.Context(), c.Admin.AccountID); err != nil {
		t.Fatal(err)
	}
	if a, err = c.c.Alerts.Alert(t.Context(), other, a.ID, func(string) error { return nil }); err != nil || a.Owner == c.Admin.AccountID || a.Due().IsZero() {
		t.Fatalf("of who has left: %+v %v", a.Alert, err)
	}
	if a = c.raise(nurse, p, checkin.Emergent); a.Owner != other.AccountID {
		t.Fatalf("the fail-safe left, and a new one is that of %+v", a.Alert)
	}
	if v, err = c.c.Alerts.Settings(t.Context(), other); err != nil || !v.Value.On {
		t.Fatalf("%+v %v", v.Value, err)
	}
}

// TestARecordThatCantBeReadHidesNoHole: of who is on duty, or of who keeps the rota. Who can't
// be read is somebody whom nothing reaches.
func TestARecordThatCantBeReadHidesNoHole(t *testing.T) {
	c := open(t, true)
	ana, keeper := c.Clinician(models.DisciplineNursing), c.First(models.RoleAdministrator, "")
	if err := c.set(true); err != nil {
		t.Fatal(err)
	}
	line := c.c.Upkeep.FollowLines(nil)
	terms := duty.Terms{Name: "Nights", Zone: "UTC", Serves: duty.ServesCover, Shifts: week("00:00", "24:00", ana)}
	if _, err := c.c.Duty.Create(t.Context(), keeper, care.NewID(), terms); err != nil {
		t.Fatal(err)
	}
	c.c.Duty.ReachedBy(func(context.Context, string) (bool, error) { return false, errors.New("a bad page") })
	holes := func(what string) {
		t.Helper()
		d, err := c.c.Duty.OnDuty(t.Context(), c.Admin)
		if err != nil || len(d.Holes) != 1 || d.Holes[0].AccountID != ana.AccountID || d.Holes[0].Kind != rotas.HoleUnreachable {
			t.Errorf("%s: %+v, %v", what, d.Holes, err)
		}
	}
	holes("whose ways can't be read")
	c.Spoil("accounts", keeper.AccountID, "{")
	c.Spoil("accounts", ana.AccountID, "{")
	holes("who can't be read")
	if n := c.told(line); n == 0 {
		t.Error("nobody is told")
	}
}
