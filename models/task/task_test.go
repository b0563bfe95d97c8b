package task

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"handrail/models"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

// TestMoves: whatever people do in whichever order, a status is reached by an allowed
// move only, an open task has an owner and a clock, and an ended one changes no more.
func TestMoves(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	people := []Person{{"a", "Ana"}, {"b", "Ben"}, {"c", "Cy"}}
	for range 500 {
		who := func() Person { return people[r.IntN(len(people))] }
		now := noon
		one := Begin("t", Order{Text: "Call.", Priority: Routine, DueAt: noon.Add(48 * time.Hour)}, who(), who(), "", now)
		for range 30 {
			now = now.Add(time.Duration(r.IntN(20)) * time.Hour)
			var next Task
			var err error
			switch r.IntN(10) {
			case 0:
				next, err = one.Accept(who(), now)
			case 1:
				next, err = one.Claim(who(), now)
			case 2:
				next, err = one.Reject(who(), "No.", now)
			case 3:
				next, err = one.HandOver(who(), who(), now)
			case 4:
				next, err = one.ToPool(who(), PoolClinicians, now)
			case 5:
				next, err = one.Progress(who(), []Status{InProgress, Completed, Cancelled}[r.IntN(3)], "Why.", now)
			case 6:
				if next = one; !one.Status.Ended() {
					next = one.Moved(who(), now)
				}
			case 7:
				next, _ = one.Remind(now)
			case 8:
				next, err = one.OnDuty(who(), who(), now.Add(8*time.Hour), now)
			case 9:
				to := who()
				next = one.ShiftChanged(&to, now.Add(8*time.Hour), now)
				if begun := one.Status == InProgress || one.Status.Ended(); begun && next.Owner != one.Owner {
					t.Fatalf("begun work went on with the shift: %+v", next)
				}
			}
			if err != nil {
				if _, is := errors.AsType[*models.Error](err); !is {
					t.Fatal(err)
				}
				continue
			}
			if one.Status.Ended() && len(next.History) != len(one.History) || one.Status != next.Status && !MayMove(one.Status, next.Status) {
				t.Fatalf("%s to %s: %+v", one.Status, next.Status, next)
			}
			if !next.ShiftEnds.IsZero() && next.Status != Accepted {
				t.Fatalf("a shift ends what is %s: %+v", next.Status, next)
			}
			if one = next; !one.Status.Ended() && (one.Owner.AccountID == "" || one.Due().IsZero()) || one.Status.Ended() && (one.Outcome == nil || one.Asked != nil || one.Pool != "") {
				t.Fatalf("%+v", one)
			}
		}
	}
}

// TestCheckOrder names what is wrong with an order, by its field.
func TestCheckOrder(t *testing.T) {
	fine := Order{Text: "Call.", Priority: Routine, DueAt: noon.Add(time.Hour)}
	for want, change := range map[string]func(*Order){
		"":           func(*Order) {},
		"text":       func(o *Order) { o.Text = " " },
		"dueAt":      func(o *Order) { o.DueAt = noon },
		"remindAt":   func(o *Order) { o.RemindAt = o.DueAt.Add(1) },
		"pool":       func(o *Order) { o.Pool = PoolTeam },
		"priority":   func(o *Order) { o.Priority = "stat" },
		"focus.type": func(o *Order) { o.Focus = &Reference{"a b", "1"} },
		"focus.id":   func(o *Order) { o.Focus = &Reference{"goal", ""} },
	} {
		o := fine
		change(&o)
		err := o.Check(noon)
		if want == "" {
			if err != nil {
				t.Error(err)
			}
			continue
		}
		if e, is := errors.AsType[*models.Error](err); !is || len(e.Fields) != 1 || e.Fields[0].Field != want {
			t.Errorf("%s: %+v", want, err)
		}
	}
}
