package visits_test

import (
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// line is a clinician whose Tuesday at ten is booked by the patient, and others who
// wait for it, each with a visit on a later day.
type line struct {
	*clinic
	taken   care.Versioned[visits.VisitView]
	waiting []*care.Chart
	places  []string
	later   []string
}

func openLine(t *testing.T, n int) *line {
	t.Helper()
	l := &line{clinic: openClinic(t)}
	var err error
	if l.taken, err = l.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(l.one), caretest.At(1, 10, 0)); err != nil {
		t.Fatal(err)
	}
	for i := range n {
		p := l.Clinic.Patient()
		if _, err := l.Chart(l.Admin, p.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, l.one.AccountID, false); err != nil {
			t.Fatal(err)
		}
		ch, visit, place := l.Chart(p, p.PatientID), care.NewID(), care.NewID()
		if _, err := ch.Visits.BookDirect(t.Context(), visit, caretest.With(l.one), caretest.At(10+i, 10, 0)); err != nil {
			t.Fatal(err)
		}
		if _, err := ch.Visits.JoinWaitlist(t.Context(), place, visits.WaitAsk{Instead: visit}); err != nil {
			t.Fatal(err)
		}
		l.waiting, l.places, l.later = append(l.waiting, ch), append(l.places, place), append(l.later, visit)
		l.Clock.Move(time.Second)
	}
	return l
}

// free calls the taken visit off, and lets the sweep run.
func (l *line) free(t *testing.T) {
	t.Helper()
	if _, err := l.own.Visits.CancelVisit(t.Context(), l.taken.Value.ID, l.taken.Version, "pat"); err != nil {
		t.Fatal(err)
	}
	l.sweep(t)
}

func (l *line) sweep(t *testing.T) {
	t.Helper()
	if err := l.Care.Visits.OfferFreedTime(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// offered is the offer of the i-th in line.
func (l *line) offered(t *testing.T, i int) *visits.OfferView {
	t.Helper()
	all, err := l.waiting[i].Visits.Waitlist(t.Context())
	if err != nil || len(all) != 1 {
		t.Fatalf("waitlist: %+v, %v", all, err)
	}
	return all[0].Value.Offer
}

func TestAFreedTimeIsOfferedToTheFirstInLine(t *testing.T) {
	l := openLine(t, 2)
	l.free(t)
	first := l.offered(t, 0)
	if first == nil || !first.Start.Equal(caretest.At(1, 10, 0)) || !first.Until.Equal(l.Clock.Now().Add(time.Hour)) || l.offered(t, 1) != nil {
		t.Fatalf("offers: %+v and %+v", first, l.offered(t, 1))
	}
	if mine, err := l.waiting[0].Visits.Visits(t.Context(), visits.VisitList{Limit: 10}); err != nil || len(mine.Items) != 1 {
		t.Errorf("an offer is among the visits: %+v, %v", mine.Items, err)
	}
	// Nobody else can have it meanwhile.
	_, err := l.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(l.one), caretest.At(1, 10, 0))
	caretest.WantKind(t, err, models.KindConflict, "time-not-possible")
	got, err := l.waiting[0].Visits.AcceptOffer(t.Context(), l.places[0])
	if err != nil || got.Value.ID != l.later[0] || !got.Value.Start.Equal(caretest.At(1, 10, 0)) || got.Value.Status != schedule.Booked {
		t.Fatalf("accepted: %+v, %v", got.Value, err)
	}
	if all, err := l.waiting[0].Visits.Waitlist(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("still in the line: %+v, %v", all, err)
	}
	if again, err := l.waiting[0].Visits.AcceptOffer(t.Context(), l.places[0]); err != nil || again.Version != got.Version {
		t.Errorf("the same call twice: %+v, %v", again.Value, err)
	}
	_, err = l.waiting[0].Visits.DeclineOffer(t.Context(), l.places[0])
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	l.whole(t, 4)
	// The time that the first gave back is a day before the second's.
	l.sweep(t)
	if second := l.offered(t, 1); second == nil || !second.Start.Equal(caretest.At(10, 10, 0)) {
		t.Errorf("the time that the first gave back is not offered on: %+v", second)
	}
}

func TestAnOfferThatIsNotTakenGoesToTheNext(t *testing.T) {
	l := openLine(t, 2)
	l.free(t)
	l.Clock.Move(time.Hour)
	_, err := l.waiting[0].Visits.AcceptOffer(t.Context(), l.places[0])
	caretest.WantKind(t, err, models.KindGone, "offer-over")
	l.sweep(t)
	if l.offered(t, 0) != nil || l.offered(t, 1) == nil {
		t.Fatal("the next in line has no offer")
	}
	if _, err := l.waiting[1].Visits.DeclineOffer(t.Context(), l.places[1]); err != nil {
		t.Fatal(err)
	}
	l.sweep(t)
	if l.offered(t, 0) != nil || l.offered(t, 1) != nil {
		t.Error("a time that was passed over is offered again")
	}
	l.whole(t, 4)
	if _, err := l.own.Visits.BookDirect(t.Context(), care.NewID(), caretest.With(l.one), caretest.At(1, 10, 0)); err != nil {
		t.Errorf("nobody wants it, and it is not free: %v", err)
	}
}

func TestTwoInstancesOfferATimeOnce(t *testing.T) {
	l := openLine(t, 3)
	other := l.Instance()
	if _, err := l.own.Visits.CancelVisit(t.Context(), l.taken.Value.ID, l.taken.Version, "pat"); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 8)
	for i := range 8 {
		go func() { done <- []*care.Care{l.Care, other}[i%2].Visits.OfferFreedTime(t.Context()) }()
	}
	for range 8 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	offers := 0
	for i := range l.waiting {
		if l.offered(t, i) != nil {
			offers++
		}
	}
	if offers != 1 {
		t.Errorf("one time was offered to %d people", offers)
	}
	l.whole(t, 8)
}

func TestATimeThatSomebodyHoldsIsOfferedWhenTheHoldIsOver(t *testing.T) {
	l := openLine(t, 1)
	if _, err := l.own.Visits.CancelVisit(t.Context(), l.taken.Value.ID, l.taken.Version, "pat"); err != nil {
		t.Fatal(err)
	}
	if _, err := l.own.Visits.Hold(t.Context(), care.NewID(), caretest.With(l.one), caretest.At(1, 10, 0)); err != nil {
		t.Fatal(err)
	}
	l.sweep(t)
	if l.offered(t, 0) != nil {
		t.Fatal("a time that is held is offered")
	}
	l.Clock.Move(schedule.HoldTime)
	l.sweep(t)
	if l.offered(t, 0) == nil {
		t.Error("the time is forgotten")
	}
}

func TestWhoWaitsIsLeftAloneWithWhatDoesNotSuit(t *testing.T) {
	l := openLine(t, 1)
	soon, stranger := caretest.At(1, 9, 0), l.Clinic.Patient()
	// Somebody who wants it before ten only, and somebody who waits for another clinician.
	if _, err := l.Chart(l.Admin, stranger.PatientID).People.JoinTeam(t.Context(), care.AnyVersion, l.two.AccountID, false); err != nil {
		t.Fatal(err)
	}
	ch, visit := l.Chart(stranger, stranger.PatientID), caretest.With(l.two)
	if _, err := ch.Visits.JoinWaitlist(t.Context(), care.NewID(), visits.WaitAsk{Visit: &visit}); err != nil {
		t.Fatal(err)
	}
	if err := l.waiting[0].Visits.LeaveWaitlist(t.Context(), l.places[0]); err != nil {
		t.Fatal(err)
	}
	if _, err := l.waiting[0].Visits.JoinWaitlist(t.Context(), care.NewID(), visits.WaitAsk{Instead: l.later[0], To: &soon}); err != nil {
		t.Fatal(err)
	}
	l.free(t)
	all, err := ch.Visits.Waitlist(t.Context())
	if l.offered(t, 0) != nil || err != nil || len(all) != 1 || all[0].Value.Offer != nil {
		t.Errorf("offered: %+v, %+v, %v", l.offered(t, 0), all, err)
	}
}

func TestAnOfferInTheEveningStandsUntilTheMorning(t *testing.T) {
	l := openLine(t, 1)
	l.Clock.Set(caretest.At(0, 21, 30))
	l.free(t)
	got := l.offered(t, 0)
	if got == nil || !got.Until.Equal(caretest.At(1, 9, 0)) {
		t.Errorf("offered until %+v", got)
	}
}

func TestPlacesInLineThatAreNone(t *testing.T) {
	v := openClinic(t)
	talk, past := caretest.With(v.one), caretest.Start.Add(-time.Hour)
	outside := caretest.With(v.out)
	for name, ask := range map[string]visits.WaitAsk{
		"nothing":     {},
		"both":        {Visit: &talk, Instead: care.NewID()},
		"in the past": {Visit: &talk, To: &past},
		"not my team": {Visit: &outside},
	} {
		if _, err := v.own.Visits.JoinWaitlist(t.Context(), care.NewID(), ask); models.KindOf(err) != models.KindInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err := v.own.Visits.JoinWaitlist(t.Context(), care.NewID(), visits.WaitAsk{Instead: care.NewID()})
	caretest.WantKind(t, err, models.KindNotFound, "not-found")
	for range 10 {
		if _, err := v.own.Visits.JoinWaitlist(t.Context(), care.NewID(), visits.WaitAsk{Visit: &talk}); err != nil {
			t.Fatal(err)
		}
	}
	_, err = v.own.Visits.JoinWaitlist(t.Context(), care.NewID(), visits.WaitAsk{Visit: &talk})
	caretest.WantKind(t, err, models.KindConflict, "too-many-waits")
}
