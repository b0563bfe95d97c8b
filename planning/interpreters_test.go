package planning_test

import (
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/models/schedule"
	"handrail/notify"
)

func (w *plannedClinic) bookInterpreted(start time.Time) care.Versioned[visits.VisitView] {
	w.t.Helper()
	ask := caretest.With(w.doctor)
	ask.Roles = append(ask.Roles, visits.VisitRole{Key: "interpreter", Kind: schedule.Resource, Language: "es", Need: 1})
	v, err := w.own().Visits.BookDirect(w.t.Context(), care.NewID(), ask, start)
	w.ok(err)
	return v
}

// told are the refs in somebody's inbox, of one kind.
func (w *plannedClinic) told(who models.Actor, k reminder.Kind) []string {
	w.t.Helper()
	_, err := w.notify.Drain(w.t.Context())
	w.ok(err)
	page, err := w.notify.Inbox(w.t.Context(), who.AccountID, notify.Paging{Limit: 100})
	w.ok(err)
	var out []string
	for _, i := range page.Items {
		if i.Kind == k {
			out = append(out, i.Ref)
		}
	}
	return out
}

// TestAnInterpreterIsTold that they are booked, that it moved, when it is near, and that
// it is off; and the patient that they can't come.
func TestAnInterpreterIsTold(t *testing.T) {
	w := newPlannedClinic(t)
	ana := w.Interpreter("es")
	w.Clock.Set(caretest.At(1, 12, 0))
	v := w.bookInterpreted(caretest.At(3, 10, 0))
	w.turn()
	if got := w.told(ana, reminder.VisitConfirmed); !slices.Equal(got, []string{v.Value.ID}) {
		t.Fatalf("booked: %v", got)
	}
	near := func(k reminder.Kind) time.Time {
		t.Helper()
		items := w.coming(ana, k)
		if len(items) != 1 {
			t.Fatalf("%s: %+v", k, items)
		}
		return items[0].At
	}
	if at := near(reminder.VisitSoon); !at.Equal(caretest.At(3, 9, 0)) {
		t.Error(at)
	}

	w.Clock.Move(time.Hour)
	v, err := w.own().Visits.Reschedule(t.Context(), v.Value.ID, v.Version, caretest.At(4, 10, 0))
	w.ok(err)
	w.turn()
	if got := w.told(ana, reminder.VisitConfirmed); len(got) != 2 {
		t.Errorf("moved: %v", got)
	}
	if at := near(reminder.VisitNow); !at.Equal(caretest.At(4, 9, 50)) {
		t.Error(at)
	}

	w.Clock.Move(time.Hour)
	_, err = w.own().Visits.CancelVisit(t.Context(), v.Value.ID, v.Version, "pat")
	w.ok(err)
	w.turn()
	if got := w.told(ana, reminder.News); !slices.Equal(got, []string{"not-needed:" + v.Value.ID}) {
		t.Errorf("off: %v", got)
	}
	if left := w.coming(ana, ofVisits...); len(left) > 0 {
		t.Errorf("still reminded: %+v", left)
	}

	w.Clock.Move(time.Hour)
	v = w.bookInterpreted(caretest.At(5, 10, 0))
	w.turn()
	_, err = w.Chart(ana, w.sam.PatientID).Visits.AnswerVisit(t.Context(), v.Value.ID, schedule.Declined)
	w.ok(err)
	w.turn()
	if got := w.told(w.sam, reminder.News); !slices.Equal(got, []string{"visit:" + v.Value.ID}) {
		t.Errorf("the patient is told of the no: %v", got)
	}
	if left := w.coming(ana, ofVisits...); len(left) > 0 {
		t.Errorf("reminded of what they declined: %+v", left)
	}
}

// TestAnInterpreterWhoIsReplacedIsTold: the visit moves to a time at which somebody else comes.
func TestAnInterpreterWhoIsReplacedIsTold(t *testing.T) {
	w := newPlannedClinic(t)
	w.Clock.Set(caretest.At(1, 12, 0))
	ana := w.Interpreter("es")
	v := w.bookInterpreted(caretest.At(3, 10, 0))
	w.turn()
	ben := w.Interpreter("es")
	w.turn()
	_, err := w.Care.Visits.SetResource(t.Context(), w.Admin, 2, visits.Resource{ID: ana.AccountID, Name: ana.Name, Languages: []string{"es"},
		Hours: &schedule.Availability{Zone: caretest.Site.Zone}}) // no hours any more
	w.ok(err)
	w.Clock.Move(time.Hour)
	_, err = w.own().Visits.Reschedule(t.Context(), v.Value.ID, v.Version, caretest.At(4, 10, 0))
	w.ok(err)
	w.turn()
	if got := w.told(ana, reminder.News); !slices.Equal(got, []string{"not-needed:" + v.Value.ID}) {
		t.Errorf("who is replaced: %v", got)
	}
	if left := w.coming(ana, ofVisits...); len(left) > 0 {
		t.Errorf("still reminded: %+v", left)
	}
	if got := w.told(ben, reminder.VisitConfirmed); !slices.Equal(got, []string{v.Value.ID}) {
		t.Errorf("who comes now: %v", got)
	}
}

// TestAnInterpretersPlanIsFoundAgain by the look at everybody, when no line tells of it.
func TestAnInterpretersPlanIsFoundAgain(t *testing.T) {
	w := newPlannedClinic(t)
	w.Clock.Set(caretest.At(1, 12, 0))
	ana := w.Interpreter("es")
	w.bookInterpreted(caretest.At(3, 10, 0))
	w.turn()
	w.ok(w.notify.SetSources(t.Context(), ana.AccountID, nil))
	w.wall += 6 * time.Hour // then everybody is looked at
	w.turn()
	if got := w.coming(ana, reminder.VisitSoon); len(got) != 1 {
		t.Errorf("%+v", got)
	}
}
