package alerts_test

import (
	"errors"
	"math/rand/v2"
	"reflect"
	"sync"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/store"
)

const compared = "check_ins_compared"

// TestWhatIsComparedIsWhatWasTold: check-ins come late and out of order by two instances,
// with answers declined, wrong clocks and mistakes; some can't be read later, and the
// document is taken away, spoilt or of another form in the middle. What the next one is
// compared with is what the check-ins say, each time. It ends with the patient's key.
func TestWhatIsComparedIsWhatWasTold(t *testing.T) {
	h := caretest.New(t)
	patients := []models.Actor{h.Patient(), h.Patient()}
	on(t, h)
	w := &compares{T: t, Clinic: h, r: rand.New(rand.NewPCG(84, 14)), instances: []*care.Care{h.Care, h.Instance()}, lost: map[string][]checkin.CheckIn{}}
	for range 140 {
		p := patients[w.r.IntN(2)]
		out := w.send(p, w.instances[w.r.IntN(2)])
		if w.r.IntN(12) == 0 {
			w.Spoil("check_ins", out.ID, "{")
			w.lost[p.PatientID] = append(w.lost[p.PatientID], out)
		} else if w.r.IntN(3) == 0 {
			if _, err := w.Chart(p, p.PatientID).Record.MarkMistake(t.Context(), out.ID, []string{"mood"}); err != nil {
				t.Fatal(err)
			}
		}
		w.meddle(p.PatientID)
		h.Clock.Move(time.Duration(w.r.IntN(9)) * time.Hour)
		w.same(p)
	}
	if w.most < 28 {
		t.Errorf("at most %d were compared: the bound is not tried", w.most)
	}
	if w.held < 50 {
		t.Errorf("memory had it %d times: it is not tried", w.held)
	}
	w.together(patients[0])
	_, err := h.Store.Get(t.Context(), compared, patients[0].PatientID)
	if _, late := h.Store.Get(t.Context(), compared, alerts.LateID(patients[0].PatientID)); err != nil || late != nil {
		t.Error(err, late)
	}
	if err := h.Store.Erase(t.Context(), patients[0].PatientID); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Store.Get(t.Context(), compared, patients[0].PatientID); !errors.Is(err, store.ErrErased) {
		t.Errorf("the document after an erasure: %v", err)
	}
}

type compares struct {
	*testing.T
	*caretest.Clinic
	r         *rand.Rand
	instances []*care.Care
	lost      map[string][]checkin.CheckIn // can't be read, and are in the document
	most      int
	held      int // how often memory had it
}

func (w *compares) submission() checkin.Submission {
	s := checkin.Submission{FormVersion: 1, AnsweredAt: w.Clock.Now().Add(-time.Duration(w.r.IntN(6*24)) * time.Hour).Truncate(time.Hour),
		Zone: "America/New_York", Answers: map[string]any{"mood": float64(w.r.IntN(11)), "craving": float64(w.r.IntN(11)), "use": "none"}}
	switch w.r.IntN(5) {
	case 0:
		s.Declined = []string{"sleep"}
	case 1:
		s.AnsweredAt = s.AnsweredAt.AddDate(-9, 0, 0) // a clock that can't be believed
	case 2:
		s.AnsweredAt = s.AnsweredAt.AddDate(0, 0, -w.r.IntN(40))
	}
	return s
}

func (w *compares) send(p models.Actor, c *care.Care) checkin.CheckIn {
	ch, err := c.Open(w.Context(), p, p.PatientID, models.PurposeOf(p.Role))
	if err != nil {
		w.Fatal(err)
	}
	out, err := ch.Record.SendCheckIn(w.Context(), care.NewID(), w.submission())
	if err != nil {
		w.Fatal(err)
	}
	return out.CheckIn
}

// meddle does now and then what happens to documents.
func (w *compares) meddle(patientID string) {
	ctx := w.Context()
	id := []string{patientID, alerts.LateID(patientID)}[w.r.IntN(2)]
	docs, err := w.Store.GetMany(ctx, compared, []string{id})
	if err != nil {
		w.Fatal(err)
	}
	if len(docs) == 0 { // taken away before
		return
	}
	d := docs[0]
	switch w.r.IntN(24) {
	case 0: // as in a store of yesterday
		err = w.Store.Delete(ctx, compared, id, d.Version)
	case 1:
		d.Body = []byte("{")
		err = w.Store.Replace(ctx, compared, d)
	case 2: // of a program of tomorrow
		d.Body, err = cbor.Marshal([]any{alerts.PastFormat + 1, "", 0, 0, 0, []any{}})
		err = errors.Join(err, w.Store.Replace(ctx, compared, d))
	case 3: // sealed for another place
		err = w.Store.Engine().Replace(ctx, compared, store.Doc{ID: d.ID, Version: d.Version, Owner: d.Owner, Body: []byte("not sealed")})
	default:
		return
	}
	if err != nil {
		w.Fatal(err)
	}
	if len(w.lost[patientID]) > 0 { // memory has them still
		for _, c := range w.instances {
			c.Alerts.Forget(patientID)
		}
	}
	delete(w.lost, patientID)
}

// same compares what both instances say before the next check-in.
func (w *compares) same(p models.Actor) {
	w.Helper()
	for i, c := range w.instances {
		in := checkin.CheckIn{ID: "next", PatientID: p.PatientID, Submission: w.submission()}
		in.AnsweredAt = w.Clock.Now().Add(-time.Duration(w.r.IntN(3*24)) * time.Hour)
		kept, ok, err := c.Alerts.Before(w.Context(), in)
		if err != nil {
			w.Fatal(err)
		}
		again, err := c.Alerts.Again(w.Context(), in, w.lost[p.PatientID])
		if err != nil {
			w.Fatal(err)
		}
		held, there, err := c.Alerts.Held(w.Context(), in)
		if err != nil {
			w.Fatal(err)
		}
		if there {
			w.held++
			if !reflect.DeepEqual(risk.Compare(in, held), risk.Compare(in, again)) || !reflect.DeepEqual(risk.Trends(in, held), risk.Trends(in, again)) {
				w.Fatalf("instance %d holds of %d %v, of %d that were told %v", i, len(held), risk.Trends(in, held), len(again), risk.Trends(in, again))
			}
		}
		if !ok {
			continue // it is read again
		}
		if got, err := c.Alerts.Trends(w.Context(), in); err != nil || !reflect.DeepEqual(got, risk.Trends(in, again)) {
			w.Fatalf("instance %d finds %v, %v; of those that were told %v", i, got, err, risk.Trends(in, again))
		}
		if len(kept) != len(again) || !reflect.DeepEqual(risk.Compare(in, kept), risk.Compare(in, again)) || !reflect.DeepEqual(risk.Trends(in, kept), risk.Trends(in, again)) {
			w.Fatalf("instance %d: of %d in the document is %v, of %d that were told %v", i, len(kept), risk.Trends(in, kept), len(again), risk.Trends(in, again))
		}
		w.most = max(w.most, len(kept))
	}
}

// together sends several of one patient at once: none is missing from the document.
func (w *compares) together(p models.Actor) {
	var all sync.WaitGroup
	for n := range 8 {
		ch, err := w.instances[n%2].Open(w.Context(), p, p.PatientID, models.PurposeOf(p.Role))
		if err != nil {
			w.Fatal(err)
		}
		s := w.MoodToday()
		all.Go(func() {
			if _, err := ch.Record.SendCheckIn(w.Context(), care.NewID(), s); err != nil {
				w.Error(err)
			}
		})
	}
	all.Wait()
	w.same(p)
}
