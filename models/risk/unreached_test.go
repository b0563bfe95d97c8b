package risk

import (
	"testing"
	"time"

	"handrail/models/checkin"
)

// TestAHandoverToSomebodyWhomNothingReaches stands, is a hole at once, and goes on to the next
// when they would be called again; so it is when an owner stops being reached meanwhile.
func TestAHandoverToSomebodyWhomNothingReaches(t *testing.T) {
	at := time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	ann, bob, eve, last := Person{"ann", "Ann", true}, Person{"bob", "Bob", false}, Person{"eve", "Eve", true}, Person{"last", "Last", true}
	for _, keeps := range []bool{false, true} { // bob is of the team, or stands on a rota and is off duty
		n := Now{At: at, Chain: Chain{Team: []Person{ann, bob, eve}, FailSafe: last}}
		if keeps {
			n.Chain.Team, n.Chain.OnRota, n.Chain.Keeps = []Person{ann, eve}, []string{"bob"}, &bob
		}
		a := Alert{ID: "1", Tier: checkin.Urgent, Status: Acknowledged, Owner: "ann", Level: LevelAssigned, ContactBy: at.Add(4 * time.Hour),
			History: []Step{{At: at.Add(-time.Minute), What: DidAsk, Level: LevelAssigned, Who: "ann"}}}
		a, err := a.HandOver(ann, bob, n)
		if err != nil || a.Owner != "bob" || a.Status != Notified {
			t.Fatalf("%+v %v", a, err)
		}
		holes := 0
		for _, s := range a.History {
			if s.What == DidHole && s.Who == "bob" && s.Code == "unreachable" {
				holes++
			}
		}
		if holes != 1 {
			t.Errorf("holes: %d in %+v", holes, a.History)
		}
		n.At = at.Add(10 * time.Minute)
		if next, ok := a.Tick(n); !ok || next.Owner != "eve" {
			t.Errorf("a third of the time later: %s, %+v", next.Owner, next.History)
		}
	}
	n := Now{At: at, Chain: Chain{Team: []Person{ann, eve}, FailSafe: last}}
	a := Alert{ID: "1", Tier: checkin.Urgent, Status: Notified, Owner: "ann", Level: LevelAssigned, AcknowledgeBy: at.Add(30 * time.Minute), RepeatAt: at.Add(10 * time.Minute), ContactBy: at.Add(4 * time.Hour)}
	n.At = at.Add(10 * time.Minute)
	if next, _ := a.Tick(n); next.Owner != "ann" {
		t.Errorf("who is reached has their whole time: %+v", next)
	}
	n.Chain.Team[0].Reached = false
	if next, _ := a.Tick(n); next.Owner != "eve" {
		t.Errorf("who is not reached any more: %+v", next)
	}
	n.Chain.Team[1].Reached, n.Chain.FailSafe.Reached = false, false
	if next, _ := a.Tick(n); next.Owner != "ann" {
		t.Errorf("where nobody is reached, the order holds: %+v", next)
	}
}
