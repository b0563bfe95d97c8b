package planning_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"handrail/care"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// refs lists what the news in somebody's inbox are about.
func (w *world) refs(who string) []string {
	w.t.Helper()
	p, err := w.notify.Inbox(w.t.Context(), who, notify.Paging{Limit: 100})
	w.ok(err)
	var out []string
	for _, i := range p.Items {
		if i.Kind == reminder.News || i.Kind == reminder.TeamAlarm {
			part, _, _ := strings.Cut(i.Ref, ":")
			out = append(out, part)
		}
	}
	slices.Sort(out)
	return out
}

// TestANewWayInIsTold: a code of the office for somebody's account, the sign-in by it
// and the end of a device are told to its owner, whoever they are; a first code is not.
func TestANewWayInIsTold(t *testing.T) {
	w := newWorld(t)
	if got := w.refs(w.sam.AccountID); len(got) > 0 {
		t.Fatalf("the first sign-in is told: %v", got)
	}
	w.Clock.Move(time.Minute)
	for _, who := range []models.Actor{w.sam, w.doctor} {
		code, err := w.Care.NewEnrolmentCode(t.Context(), w.Admin, who.AccountID, "")
		w.ok(err)
		in, err := w.Care.Enrol(t.Context(), "a", code.Code, models.Device{ID: care.NewID(), Name: "Spare"})
		w.ok(err)
		w.ok(w.Care.EndSessionOf(t.Context(), w.Admin, who.AccountID, in.Session.ID, models.EndReportedLost))
		w.turn()
		if got := w.refs(who.AccountID); !slices.Equal(got, []string{"device", "way-in", "way-in"}) {
			t.Errorf("%s is told of %v", who.Role, got)
		}
	}
}
