package meetings_test

import (
	"context"
	"encoding/json"
	"sync/atomic"
	"testing"

	"handrail/care"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// countingStore counts how often a store is read.
type countingStore struct {
	store.Store
	asked atomic.Int64
}

func (s *countingStore) Get(ctx context.Context, collection, id string) (store.Doc, error) {
	s.asked.Add(1)
	return s.Store.Get(ctx, collection, id)
}

func (s *countingStore) GetMany(ctx context.Context, collection string, ids []string) ([]store.Doc, error) {
	s.asked.Add(1)
	return s.Store.GetMany(ctx, collection, ids)
}

func (s *countingStore) Query(ctx context.Context, collection string, q store.Query) (store.Page, error) {
	s.asked.Add(1)
	return s.Store.Query(ctx, collection, q)
}

// TestAMeetingReadsItsSeatsInOneGo: who may hear of a patient is asked as often for thirty
// as for three. A conference is called with twelve at most; more are here to show that
// nothing grows.
func TestAMeetingReadsItsSeatsInOneGo(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	s := &countingStore{Store: c.Store}
	over := c.InstanceOn(s, func(*care.Config) {})
	look := func(hear, seats int) int64 {
		t.Helper()
		ch, err := over.Open(ctx, c.doctor, c.sam.PatientID, models.PurposeTreatment)
		c.ok(err)
		before := s.asked.Load()
		v, err := ch.Meetings.Meeting(ctx, c.id)
		c.ok(err)
		may := 0
		for _, seat := range v.Seats {
			if seat.MayHear {
				may++
			}
		}
		if may != hear || len(v.Seats) != seats {
			t.Errorf("%d of %d may hear", may, len(v.Seats))
		}
		return s.asked.Load() - before
	}
	look(3, 3) // warms what is kept
	few := look(3, 3)
	d, err := c.Store.Get(ctx, "appointments", c.id)
	c.ok(err)
	var all map[string]any
	c.ok(json.Unmarshal(d.Body, &all))
	seats := all["participants"].([]any)
	for n := range 27 {
		who := c.Clinician(models.DisciplineNursing)
		if n%3 == 0 {
			who = c.Clinician(models.DisciplineNursing, c.sam)
		}
		seats = append(seats, map[string]any{"who": who.AccountID, "kind": schedule.Clinician, "status": schedule.Accepted})
	}
	all["participants"] = seats
	body, err := json.Marshal(all)
	c.ok(err)
	c.Spoil("appointments", c.id, string(body))
	if many := look(12, 30); many != few {
		t.Errorf("%d reads for 3 seats, %d for 30", few, many)
	}
}
