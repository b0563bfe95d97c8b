package planning_test

import (
	"testing"

	"handrail/models"
	"handrail/notify"
	"handrail/planning"
)

// TestTheOfficeHearsWhatBounced: mails or texts that come back, and that no way is left, are
// told to coordinators, where there is none to administrators, once; a device that went
// while others are there is nobody's business.
func TestTheOfficeHearsWhatBounced(t *testing.T) {
	w := newPlannedClinic(t)
	tell := func(b notify.Bounce) {
		t.Helper()
		for range 2 {
			w.ok(planning.TellBounced(t.Context(), w.Care, w.notify, b))
		}
	}
	notes := func(who models.Actor) (n int) {
		t.Helper()
		w.turn()
		w.Clock.Move(untilMorning)
		w.drain()
		p, err := w.notify.Inbox(t.Context(), who.AccountID, notify.Paging{Limit: 100})
		w.ok(err)
		for _, i := range p.Items {
			if i.Ref == "bounced:"+w.sam.AccountID {
				n++
			}
		}
		return n
	}
	w.turn()
	tell(notify.Bounce{AccountID: w.sam.AccountID, Channel: notify.ChannelWebPush, At: w.Clock.Now(), Reached: true})
	if n := notes(w.Admin); n != 0 {
		t.Errorf("of one device of several: %d notes", n)
	}
	tell(notify.Bounce{AccountID: w.sam.AccountID, Channel: notify.ChannelEmail, At: w.Clock.Now(), Reached: true})
	if n := notes(w.Admin); n != 1 {
		t.Errorf("with no coordinator: %d notes to administrators", n)
	}
	desk := w.First(models.RoleCoordinator, "")
	w.turn()
	tell(notify.Bounce{AccountID: w.sam.AccountID, Channel: notify.ChannelFCM, At: w.Clock.Now()})
	if n := notes(desk); n != 1 {
		t.Errorf("that nothing is left: %d notes to the coordinator", n)
	}
	if n := notes(w.Admin); n != 1 {
		t.Errorf("with a coordinator: %d notes to administrators", n)
	}
	tell(notify.Bounce{AccountID: "nobody", Channel: notify.ChannelEmail, At: w.Clock.Now()})
}
