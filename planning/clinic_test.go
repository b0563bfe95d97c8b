package planning_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
	"handrail/notify/fcm"
	"handrail/notify/notifytest"
	"handrail/planning"
	"handrail/store"
	"handrail/store/storetest"
)

// plannedClinic is a clinic whose reminders are planned, on a real store.
type plannedClinic struct {
	*caretest.Clinic
	t       *testing.T
	notify  *notify.Notifier
	planner *planning.Planner
	wall    time.Duration // what the machines' clocks are ahead of the real one
	sam     models.Actor
	other   models.Actor
	doctor  models.Actor
}

func newPlannedClinic(t *testing.T) *plannedClinic { return plannedClinicAt(t, 0) }

// plannedClinicAt is a world whose planner's machine has a clock of its own, with more
// channels than that to phones.
func plannedClinicAt(t *testing.T, ahead time.Duration, more ...notify.Channel) *plannedClinic {
	t.Helper()
	w := &plannedClinic{t: t, wall: ahead, Clinic: caretest.On(t, storetest.Open(t, slices.Concat(care.Collections(), notify.Collections(), planning.Collections())...))}
	provider := notifytest.NewFCM("riverside")
	t.Cleanup(provider.Close)
	phones, err := fcm.New(t.Context(), fcm.Config{ProjectID: "riverside", Endpoint: provider.Endpoint()})
	w.ok(err)
	w.notify, err = notify.New(t.Context(), notify.Config{Store: w.Store, Now: w.Clock.Now, Log: slog.New(slog.DiscardHandler), Channels: append(more, phones),
		Task: func(ctx context.Context, u notify.Undelivered) error {
			return planning.AskTeam(ctx, w.Care, w.notify, u)
		},
		Stands: planning.Stands(w.Care),
		Turned: func(ctx context.Context, v notify.Verdict) error {
			return planning.TellChannel(ctx, w.Care, w.notify, v)
		},
		Site: notify.Site{Language: "en", BaseURL: "https://clinic.example"}})
	w.ok(err)
	w.Care.People.PromisesBy(w.notify)
	w.planner = w.instance()
	w.sam, w.other = w.Patient(), w.Patient()
	w.doctor = w.Clinician(models.DisciplinePsychiatry, w.sam)
	w.Offer(caretest.Talk)
	w.Opens(w.doctor)
	w.turn()
	return w
}

// instance starts a planner as another process would.
func (w *plannedClinic) instance() *planning.Planner { return w.instanceOn(w.Store) }

// instanceOn is instance with a store of its own for its place in the log.
func (w *plannedClinic) instanceOn(s store.Store) *planning.Planner {
	return planning.New(planning.Config{Care: w.Care, Notify: w.notify, Store: s, Now: w.Clock.Now,
		Wall: func() time.Time { return time.Now().Add(w.wall) }, Log: slog.New(slog.DiscardHandler)})
}

func (w *plannedClinic) ok(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *plannedClinic) turn() {
	w.t.Helper()
	w.ok(w.planner.Turn(w.t.Context()))
}

// coming lists what is planned for somebody of some kinds; of all without any.
func (w *plannedClinic) coming(who models.Actor, kinds ...reminder.Kind) []notify.Item {
	w.t.Helper()
	a, err := w.notify.Next14Days(w.t.Context(), who.AccountID)
	w.ok(err)
	return slices.DeleteFunc(a.Items, func(i notify.Item) bool { return len(kinds) > 0 && !slices.Contains(kinds, i.Kind) })
}

// version is how often what is kept of somebody's reminders has changed.
func (w *plannedClinic) version(who models.Actor) int64 {
	w.t.Helper()
	s, err := w.notify.Settings(w.t.Context(), who.AccountID)
	w.ok(err)
	return s.Shown
}

// inbox lists the kinds in somebody's inbox.
func (w *plannedClinic) inbox(who models.Actor) []reminder.Kind {
	w.t.Helper()
	p, err := w.notify.Inbox(w.t.Context(), who.AccountID, notify.Paging{})
	w.ok(err)
	var out []reminder.Kind
	for _, i := range p.Items {
		out = append(out, i.Kind)
	}
	return out
}

// today is the day that a patient of the clinic lives, which ends at four in the morning.
func (w *plannedClinic) today() string {
	w.t.Helper()
	zone, err := time.LoadLocation(caretest.Site.Zone)
	w.ok(err)
	return models.LocalDay(w.Clock.Now(), zone)
}

func (w *plannedClinic) own() *care.Chart { return w.Chart(w.sam, w.sam.PatientID) }

// next is when the clinic's clock shows a full hour next.
func (w *plannedClinic) next(hour int) time.Time {
	w.t.Helper()
	zone, err := time.LoadLocation(caretest.Site.Zone)
	w.ok(err)
	now := w.Clock.Now().In(zone)
	at := time.Date(now.Year(), now.Month(), now.Day(), hour, 0, 0, 0, zone)
	if !at.After(now) {
		at = time.Date(now.Year(), now.Month(), now.Day()+1, hour, 0, 0, 0, zone)
	}
	return at.UTC()
}

// book books a talk with the doctor.
func (w *plannedClinic) book(start time.Time) care.Versioned[visits.VisitView] {
	w.t.Helper()
	v, err := w.own().Visits.BookDirect(w.t.Context(), care.NewID(), caretest.With(w.doctor), start)
	w.ok(err)
	return v
}

var ofVisits = []reminder.Kind{reminder.VisitConfirmed, reminder.VisitAhead, reminder.VisitSoon, reminder.VisitNow}

// wantVisit holds what is planned of visits against one at a start: a day, an hour
// and ten minutes before, and that it is booked.
func (w *plannedClinic) wantVisit(start time.Time) {
	w.t.Helper()
	lead := map[reminder.Kind]time.Duration{reminder.VisitAhead: 24 * time.Hour, reminder.VisitSoon: time.Hour, reminder.VisitNow: 10 * time.Minute}
	found := map[reminder.Kind]bool{}
	for _, i := range w.coming(w.sam, ofVisits...) {
		if found[i.Kind] {
			w.t.Errorf("%s twice", i.Kind)
		}
		found[i.Kind] = true
		if l, ok := lead[i.Kind]; ok && i.Kind != reminder.VisitAhead && !i.At.Equal(start.Add(-l)) {
			w.t.Errorf("%s at %s, want %s before %s", i.Kind, i.At, l, start)
		}
	}
	for k := range lead {
		if !found[k] {
			w.t.Errorf("no %s", k)
		}
	}
}
