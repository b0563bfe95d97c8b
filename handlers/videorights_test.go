package handlers_test

import (
	"strings"
	"testing"

	"github.com/fasthttp/websocket"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/video"
)

// TestTheEndOfARightClosesAConnection: one turn of the program's worker, which has
// four a second, closes what a supporter has open whose consent is taken back, at this
// instance or another; the others stay.
func TestTheEndOfARightClosesAConnection(t *testing.T) {
	d := openVideoClinic(t)
	other := d.Instance()
	watch := d.Care.Video.VideoRights()
	mother := d.Supporter(d.patient)
	consent := d.Share(d.patient, mother, models.ScopeAppointmentTimes)
	ask := caretest.With(d.therapist)
	ask.Roles = append(ask.Roles, visits.VisitRole{Key: "family", Kind: schedule.Supporter, Who: []string{mother.AccountID}})
	v, err := d.Chart(d.patient, d.patient.PatientID).Visits.BookDirect(t.Context(), care.NewID(), ask, caretest.At(3, 10, 0))
	if err != nil {
		t.Fatal(err)
	}
	d.visit = v.Value
	d.Clock.Set(d.visit.Start)
	turn := func() {
		t.Helper()
		if err := watch.Turn(t.Context(), d.video.Running(), d.video.Recheck); err != nil {
			t.Fatal(err)
		}
	}
	patient := d.connect(first(d.join(d.patient)))
	next(t, patient, "welcome")
	for _, by := range []*care.Care{d.Care, other} {
		ws := d.connect(first(d.join(mother)))
		next(t, ws, "welcome")
		turn()
		chart, err := by.Open(t.Context(), d.patient, d.patient.PatientID, models.PurposeSelf)
		if err != nil {
			t.Fatal(err)
		}
		if err := chart.People.RevokeConsent(t.Context(), consent.ID); err != nil {
			t.Fatal(err)
		}
		turn()
		next(t, ws, "bye")
		if _, _, err := ws.ReadMessage(); !websocket.IsCloseError(err, video.CloseRefused) {
			t.Errorf("%v", err)
		}
		consent = d.Share(d.patient, mother, models.ScopeAppointmentTimes)
	}
	if err := patient.WriteJSON(map[string]any{"type": "ping", "data": map[string]any{"stamp": 1}}); err != nil {
		t.Fatal(err)
	}
	if said := next(t, patient, "pong"); !strings.Contains(said, "1") {
		t.Error(said)
	}
}

func first[A, B any](a A, _ B) A { return a }
