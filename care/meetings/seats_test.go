package meetings_test

import (
	"encoding/json"
	"testing"

	"handrail/care"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store/storetest"
)

// TestAMeetingReadsItsSeatsInOneGo: who may hear of a patient is asked as often for thirty
// as for three. A conference is called with twelve at most; more are here to show that
// nothing grows.
func TestAMeetingReadsItsSeatsInOneGo(t *testing.T) {
	c := newClinic(t)
	ctx := t.Context()
	s := &storetest.Counting{Store: c.Store}
	over := c.InstanceOn(s, func(*care.Config) {})
	look := func(hear, seats int) int64 {
		t.Helper()
		ch, err := over.Open(ctx, c.doctor, c.sam.PatientID, models.PurposeTreatment)
		c.ok(err)
		before := s.Asked.Load()
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
		return s.Asked.Load() - before
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
