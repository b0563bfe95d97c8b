package alerts_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/risk"
)

// TestClocksThatAreOff: an instance whose clock is minutes ahead asks early, one that is
// behind asks nobody twice, and time that goes back takes nothing away: whoever asks, the
// alert has one owner, one level and a timer, and its deadlines hold.
func TestClocksThatAreOff(t *testing.T) {
	h := caretest.New(t)
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	h.Clock.Move(time.Second)
	doctor := h.Clinician(models.DisciplinePsychiatry, p)
	on(t, h)
	h.Clock.Move(24 * time.Hour) // nobody joined in what comes again
	off := func(by time.Duration) *care.Care {
		return h.InstanceWith(func(c *care.Config) { c.Now = func() time.Time { return h.Clock.Now().Add(by) } })
	}
	ahead, behind := off(7*time.Minute), off(-7*time.Minute)
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	id := work(t, h, nurse)[0].ID
	look := func(what, owner string, level int, instances ...*care.Care) risk.Alert {
		t.Helper()
		for range 3 {
			for _, c := range instances {
				if err := c.Alerts.Follow(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
		}
		a := must(h.Care.Alerts.Alert(t.Context(), h.Admin, id, always))(t).Alert
		if err := whole(a); err != nil || a.Owner != owner || a.Level != level {
			t.Fatalf("%s: %v, owner %s at level %d: %+v", what, err, a.OwnerName, a.Level, a)
		}
		return a
	}
	h.Clock.Move(24 * time.Minute)
	look("an instance that is ahead asks early", doctor.AccountID, risk.LevelCover, behind, ahead, h.Care)
	first := look("and one that is behind not again", doctor.AccountID, risk.LevelCover, behind, h.Care)
	h.Clock.Move(-time.Hour)
	back := look("time goes back", doctor.AccountID, risk.LevelCover, behind, ahead, h.Care)
	if !back.ContactBy.Equal(first.ContactBy) || !back.AcknowledgeBy.Equal(first.AcknowledgeBy) {
		t.Fatalf("deadlines moved: %+v", back)
	}
	must(behind.Alerts.Acknowledge(t.Context(), doctor, id))(t)
	h.Clock.Set(first.ContactBy.Add(-8 * time.Minute))
	look("acknowledged, before the time for contact", doctor.AccountID, risk.LevelCover, ahead, behind, h.Care)
	h.Clock.Set(first.ContactBy)
	look("the time for contact is over", h.Admin.AccountID, risk.LevelFailSafe, behind, h.Care, ahead)
	must(ahead.Alerts.Acknowledge(t.Context(), h.Admin, id))(t)
	must(behind.Alerts.Record(t.Context(), h.Admin, id, risk.Ending{Status: risk.Resolved, Code: "reached-safe"}))(t)
	h.Clock.Move(48 * time.Hour)
	look("after its end", h.Admin.AccountID, risk.LevelFailSafe, ahead, behind, h.Care)
}
