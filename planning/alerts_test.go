package planning_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/duty"
	"handrail/models/reminder"
	"handrail/models/risk"
	"handrail/notify"
)

// calls are somebody's calls about alerts; waiting are those of them with a step to come.
func (w *plannedClinic) calls(who models.Actor) (all, waiting int) {
	w.t.Helper()
	p, err := w.notify.Inbox(w.t.Context(), who.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	for _, i := range p.Items {
		if i.Kind != reminder.TeamAlarm {
			continue
		}
		all++
		trail, err := w.notify.TrailOf(w.t.Context(), who.AccountID, i.ID)
		w.ok(err)
		if !slices.Contains([]notify.State{notify.StateDone, notify.StateDropped, notify.StateDead}, trail.State) {
			waiting++
		}
	}
	return all, waiting
}

func (w *plannedClinic) wantCalls(what string, who models.Actor, all int) {
	w.t.Helper()
	w.turn()
	w.turn() // each is said once, however often the log is read
	if got, _ := w.calls(who); got != all {
		w.t.Errorf("%s: %d calls, want %d", what, got, all)
	}
}

// on turns alerts on, day and night.
func (w *plannedClinic) on() {
	w.t.Helper()
	hours := risk.Hours{Zone: "UTC"}
	for day := 1; day <= 7; day++ {
		hours.Windows = append(hours.Windows, risk.Window{Day: day, From: "00:00", To: "24:00"})
	}
	_, err := w.Care.Alerts.Set(w.t.Context(), w.Admin, 1, alerts.Terms{Hours: hours, FailSafe: w.Admin.AccountID, Confirmed: true})
	w.ok(err)
}

// urgent turns alerts on and has the patient answer unsafely; it gives the alert's id.
func (w *plannedClinic) urgent() string {
	w.t.Helper()
	w.on()
	w.sends(map[string]any{"safety": true})
	page, err := w.Care.Alerts.Alerts(w.t.Context(), w.doctor, alerts.Filter{}, "", 10)
	w.ok(err)
	return page.Items[0].ID
}

func (w *plannedClinic) sends(answers map[string]any) {
	w.t.Helper()
	_, err := w.own().Record.SendCheckIn(w.t.Context(), care.NewID(), checkin.Submission{FormVersion: 1, AnsweredAt: w.Clock.Now(), Zone: "UTC", Answers: answers})
	w.ok(err)
}

func (w *plannedClinic) checksIn() { w.sends(map[string]any{"mood": 5.0, "safety": false}) }

// TestTheOwnerIsCalled: at once, again until they answer, and never after; who takes
// over when they leave is called anew.
func TestTheOwnerIsCalled(t *testing.T) {
	w := newPlannedClinic(t)
	w.urgent()
	w.wantCalls("an unsafe answer", w.doctor, 1)
	w.Clock.Move(11 * time.Minute)
	w.ok(w.Care.Alerts.Follow(t.Context()))
	w.wantCalls("nobody answered", w.doctor, 2)
	page, err := w.Care.Alerts.Alerts(t.Context(), w.doctor, alerts.Filter{}, "", 10)
	w.ok(err)
	_, err = w.Care.Alerts.Acknowledge(t.Context(), w.doctor, page.Items[0].ID)
	w.ok(err)
	w.turn()
	if _, waiting := w.calls(w.doctor); waiting > 0 {
		t.Errorf("%d calls have a step to come after the answer", waiting)
	}
	w.Clock.Move(11 * time.Minute)
	w.ok(w.Care.Alerts.Follow(t.Context()))
	w.wantCalls("after the answer", w.doctor, 0) // nothing was sent yet, so all of it is taken back
	w.wantCalls("somebody else", w.Admin, 0)
	w.ok(w.Chart(w.Admin, w.sam.PatientID).People.LeaveTeam(t.Context(), care.AnyVersion, w.doctor.AccountID))
	w.wantCalls("the owner left", w.doctor, 0)
	if got, _ := w.calls(w.Admin); got == 0 {
		t.Error("nobody took over")
	}
}

// TestHolesReachTheOffice: a level that nobody reaches, an alert that nobody answers, and
// a gap in a rota are told to administrators, the last to who keeps the rota; once each.
func TestHolesReachTheOffice(t *testing.T) {
	w := newPlannedClinic(t)
	notes := func(part string) (n int) {
		t.Helper()
		w.turn()
		w.turn()
		w.Clock.Move(time.Minute)
		w.drain()
		p, err := w.notify.Inbox(t.Context(), w.Admin.AccountID, notify.Paging{Limit: 100})
		w.ok(err)
		for _, i := range p.Items {
			if strings.HasPrefix(i.Ref, part) {
				n++
			}
		}
		return n
	}
	w.Care.Alerts.ReachedBy(func(_ context.Context, id string) (bool, error) { return id != w.doctor.AccountID, nil })
	w.alertsOn()
	w.sends(map[string]any{"safety": true})
	holes := notes("alert-hole:") // the doctor, and the levels with nobody
	if n := notes("alert-hole:"); holes == 0 || n != holes {
		t.Errorf("of levels that nobody reaches: %d notes, then %d", holes, n)
	}
	for range 30 {
		w.Clock.Move(20 * time.Minute)
		w.ok(w.Care.Alerts.Follow(t.Context()))
		w.turn()
	}
	if n := notes("alert-unanswered:"); n != 1 {
		t.Errorf("nobody answers: %d notes", n)
	}
	_, err := w.Care.Duty.Create(t.Context(), w.Admin, care.NewID(), duty.Terms{Name: "Nights", Zone: "UTC", Serves: duty.ServesCover, OnCall: true, Shifts: []duty.Shift{}})
	w.ok(err)
	for range 3 {
		w.ok(w.Care.Duty.Follow(t.Context()))
	}
	if n := notes("duty-hole:"); n == 0 {
		t.Error("a rota with nobody on it is told to nobody")
	}
	before := notes("alert-hole:") + notes("alert-unanswered:")
	_, err = w.Care.Alerts.StartDrill(t.Context(), w.Admin, care.NewID(), "", []string{w.doctor.AccountID})
	w.ok(err)
	for range 30 {
		w.Clock.Move(2 * time.Minute)
		w.ok(w.Care.Alerts.Follow(t.Context()))
		w.turn()
	}
	if n, drills := notes("alert-hole:")+notes("alert-unanswered:"), notes("drill:"); n != before || drills == 0 {
		t.Errorf("a drill is told as an alert: %d notes, then %d; as a drill %d", before, n, drills)
	}
}
