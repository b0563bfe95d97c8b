package planning_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/duty"
	"handrail/models/task"
	"handrail/notify"
	"handrail/planning"
)

// TestWhoHasMailAloneHearsOfWhatRestsOnThem: an elevated alert, a task, a hole of a rota that
// they keep, somebody who can't be reached. Push alone would have told them nothing, and they count as reached.
func TestWhoHasMailAloneHearsOfWhatRestsOnThem(t *testing.T) {
	w, server := mailedClinic(t)
	w.turn()
	got := 0
	for _, who := range []models.Actor{w.doctor, w.Admin} {
		w.mails(who, func() string { return confirmLink.FindStringSubmatch(body(t, server.Got()[got]))[1] })
		got++
	}
	w.on()
	w.Clock.Set(w.next(9)) // in nobody's quiet hours
	mailed := func(what string, to models.Actor) {
		t.Helper()
		w.turn()
		w.Clock.Move(time.Minute)
		for range 3 {
			w.drain()
		}
		for _, m := range server.Got()[got:] {
			if m.To == to.AccountID+"@clinic.example" {
				got = len(server.Got())
				return
			}
		}
		t.Errorf("%s: no mail to who answers for it; %d others", what, len(server.Got())-got)
	}
	_, err := w.Chart(w.doctor, w.sam.PatientID).Alerts.Raise(t.Context(), care.NewID(), alerts.ByHand{Tier: checkin.Elevated, Words: "Sounds low."})
	w.ok(err)
	mailed("an elevated alert", w.doctor)
	nurse := w.Clinician(models.DisciplineNursing, w.sam)
	_, err = w.Care.Tasks.Make(t.Context(), nurse, care.NewID(), task.Order{Text: "Call.", PatientID: w.sam.PatientID, Priority: task.Routine,
		DueAt: w.Clock.Now().Add(24 * time.Hour), To: w.doctor.AccountID})
	w.ok(err)
	mailed("a task", w.doctor)
	_, err = w.Care.Duty.Create(t.Context(), w.Admin, care.NewID(), duty.Terms{Name: "Nights", Zone: "UTC", Serves: duty.ServesCover, OnCall: true, Shifts: []duty.Shift{}})
	w.ok(err)
	for range 3 {
		w.ok(w.Care.Duty.Follow(t.Context()))
	}
	mailed("a hole of a rota", w.Admin)
	w.ok(planning.TellChannel(t.Context(), w.Care, w.notify, notify.Verdict{Channel: notify.ChannelFCM}))
	mailed("a channel that does not work", w.Admin)
	w.ok(planning.TellBounced(t.Context(), w.Care, w.notify, notify.Bounce{AccountID: w.sam.AccountID, Channel: notify.ChannelFCM, At: w.Clock.Now()}))
	mailed("somebody who can't be reached", w.Admin)
}
