package visits_test

import (
	"reflect"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
)

// TestAVersionFarBehindIsRefused: who read a meeting fifty changes ago neither moves it nor
// calls it off, and no claim on anybody's time changes.
func TestAVersionFarBehindIsRefused(t *testing.T) {
	v := openClinic(t)
	ctx := t.Context()
	view := must[care.Versioned[visits.ConferenceView]](t)
	id := care.NewID()
	old := view(v.Care.Visits.CallConference(ctx, v.one, id, v.rounds(), caretest.At(1, 10, 0))).Version
	last := old
	for n := range 50 {
		if n < 48 {
			answer := []schedule.Answer{schedule.Tentative, schedule.Accepted}[n%2]
			last = view(v.Care.Visits.AnswerConference(ctx, v.two, id, answer)).Version
			continue
		}
		last = view(v.Care.Visits.MoveConference(ctx, v.two, id, last, caretest.At(1, 11+n-48, 0))).Version
	}
	want := view(v.Care.Visits.Conference(ctx, v.one, id))
	if last != old+50 || want.Version != last || !want.Value.Start.Equal(caretest.At(1, 12, 0)) {
		t.Fatalf("version %d after %d: %+v", last, old, want.Value)
	}
	for _, version := range []int64{old, 0, -1, last + 1, 1 << 60} {
		for _, start := range []time.Time{caretest.At(1, 10, 0), caretest.At(1, 14, 0)} {
			_, err := v.Care.Visits.MoveConference(ctx, v.one, id, version, start)
			caretest.WantKind(t, err, models.KindStale, "version-not-newest")
		}
		_, err := v.Care.Visits.CancelConference(ctx, v.one, id, version, "prov")
		caretest.WantKind(t, err, models.KindStale, "version-not-newest")
	}
	if got := view(v.Care.Visits.Conference(ctx, v.one, id)); !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, before %+v", got, want)
	}
	v.whole(t, 2)
}
