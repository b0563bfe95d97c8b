package planning_test

import (
	"slices"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
)

// TestTheOwnerHearsAtOnceThatAPromisedCallGoesByAWayAtFault: it is tried on, and what it says
// of the call follows.
func TestTheOwnerHearsAtOnceThatAPromisedCallGoesByAWayAtFault(t *testing.T) {
	w, server := mailedClinic(t)
	w.alertsOn()
	mother := w.Supporter(w.sam)
	w.turn()
	w.mails(mother, func() string { return confirmLink.FindStringSubmatch(body(t, server.Got()[0]))[1] })
	call := w.callBy(models.CallAtOnce, "help-come")
	call.Way = models.WayEmail
	w.promise(mother, call, nil)
	server.Close()
	w.ok(w.notify.KeepVerdicts(t.Context()))
	id := w.unsafe()
	w.turn()
	w.drain()
	w.turn()
	if got := w.told(w.doctor, reminder.TeamAlarm); !slices.Contains(got, "help-silent:"+id) {
		t.Errorf("after the first try the owner was told %v", got)
	}
	people, err := w.Care.Promises.People(t.Context(), w.doctor, id)
	if err != nil || len(people) != 1 || people[0].Called == nil || !people[0].Called.Failed {
		t.Fatalf("%+v %v", people, err)
	}
	for range 2 {
		w.Clock.Move(time.Minute)
		w.drain()
		w.turn()
	}
	said := 0
	for _, ref := range w.told(w.doctor, reminder.TeamAlarm) {
		if ref == "help-silent:"+id {
			said++
		}
	}
	if said != 1 {
		t.Errorf("told %d times", said)
	}
	w.ok(w.Care.Promises.Fail(t.Context(), people[0].Called.ID, true)) // a later try went out
	if people, err = w.Care.Promises.People(t.Context(), w.doctor, id); err != nil || people[0].Called.Failed {
		t.Errorf("it went out after all: %+v %v", people[0].Called, err)
	}
}
