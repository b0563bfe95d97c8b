package notify_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// crash claims what is due with an instance that dies before it sends.
func crash(w *clinic) {
	w.t.Helper()
	claimed, err := w.instance().ClaimAll(w.t.Context())
	w.ok(err)
	if claimed == 0 {
		w.t.Fatal("nothing was claimed")
	}
}

func dueOne(t *testing.T) *clinic {
	w := newClinic(t)
	s := w.patient()
	w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	w.at(2, 12, 0)
	return w
}

func TestWorkerThatDiesLosesItsLeaseAndNotTheWork(t *testing.T) {
	w := dueOne(t)
	crash(w)
	w.drain()
	want(t, "sent while the lease holds", w.fcm.sent(), 0)
	w.clock.Move(2 * time.Minute)
	w.drain()
	want(t, "sent when it has ended", w.fcm.sent(), 1)
}

func TestLostAnswersGiveOneDuplicateAtMost(t *testing.T) {
	w := dueOne(t)
	for range 4 {
		w.ok(w.instance().ClaimAndSend(t.Context()))
		w.clock.Move(2 * time.Minute)
	}
	w.drain()
	got := w.fcm.take()
	want(t, "copies", len(got), 2)
	want(t, "the copies have one id", got[0].Payload.ID, got[1].Payload.ID)
	page, err := w.Dead(t.Context(), notify.Paging{})
	w.ok(err)
	want(t, "dead letters, for what was never answered", len(page.Items), 1)
}

func TestAnswerThatIsLostOnTheWayIsTriedOnceMore(t *testing.T) {
	w := dueOne(t)
	w.fcm.answers(notify.Result{Outcome: notify.Lost})
	for range 10 {
		w.drain()
		w.clock.Move(2 * time.Minute)
	}
	want(t, "copies", w.fcm.sent(), 2)
}

// TestTwoInstancesShareTheWork: whatever they race for, each entry is sent once.
func TestTwoInstancesShareTheWork(t *testing.T) {
	w := newClinic(t)
	const people = 150
	for range people {
		w.rules(w.patient(), "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
	}
	w.at(2, 12, 0)
	var wg sync.WaitGroup
	for range 2 {
		n := w.instance()
		wg.Go(func() {
			if _, err := n.Drain(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	copies := map[string]int{}
	for _, m := range w.fcm.take() {
		copies[m.Payload.ID.String()]++
	}
	want(t, "people reached", len(copies), people)
	for id, n := range copies {
		if n != 1 {
			t.Errorf("%s came %d times", id, n)
		}
	}
}

// TestRandomCrashes: instances die at random between claim, hand-over and writing
// down. Nothing is lost, and nothing comes more than twice.
func TestRandomCrashes(t *testing.T) {
	for seed := range uint64(5) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			w := newClinic(t, func(c *notify.Config) { c.Limits.Batch = 7 })
			const people = 60
			for range people {
				w.rules(w.patient(), "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
			}
			w.at(2, 12, 0)
			for range 3 {
				n := w.instance()
				if r.IntN(2) == 0 {
					_, err := n.ClaimAll(t.Context())
					w.ok(err)
				} else {
					w.ok(n.ClaimAndSend(t.Context()))
				}
				w.clock.Move(time.Duration(r.IntN(150)) * time.Second)
			}
			dead := 0
			for range 10 {
				w.clock.Move(time.Minute)
				dead += w.drain()["dead every-step-failed"]
			}
			copies := map[string]int{}
			for _, m := range w.fcm.take() {
				copies[m.Payload.ID.String()]++
			}
			for id, n := range copies {
				if n > 2 {
					t.Errorf("%s came %d times", id, n)
				}
			}
			if len(copies)+dead < people {
				t.Errorf("%d were sent and %d are dead letters, of %d", len(copies), dead, people)
			}
		})
	}
}

// TestInstancesWhoseClocksDiffer crash as they like, while plans are made anew and receipts
// come: nothing is lost, and nothing comes more than twice.
func TestInstancesWhoseClocksDiffer(t *testing.T) {
	for seed := range uint64(4) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 2))
			w := newClinic(t, func(c *notify.Config) { c.Limits.Batch = 7 })
			var three []*notify.Notifier
			for _, ahead := range []time.Duration{0, 40 * time.Second, -40 * time.Second} {
				w.config.Now = func() time.Time { return w.clock.Now().Add(ahead) }
				three = append(three, w.instance())
			}
			const people = 30
			var all []models.Session
			for range people {
				s := w.patient()
				w.rules(s, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
				all = append(all, s)
			}
			w.at(2, 12, 0)
			for range 12 {
				var wg sync.WaitGroup
				for _, n := range three {
					what, who := r.IntN(12), all[r.IntN(people)]
					wg.Go(func() {
						var err error
						switch what {
						case 0:
							_, err = n.ClaimAll(t.Context())
						case 1, 2:
							err = n.ClaimAndSend(t.Context())
						case 3:
							_, err = n.Pass(t.Context())
						case 4:
							err = n.SetRules(t.Context(), who.AccountID, "check-in", reminder.ForCheckIn([]string{"12:00", "18:00"}, nil))
						case 5: // what is due goes from the plan unless somebody has it
							err = n.SetRules(t.Context(), who.AccountID, "check-in", nil)
							if err == nil {
								err = n.SetRules(t.Context(), who.AccountID, "check-in", reminder.ForCheckIn([]string{"12:00"}, nil))
							}
						}
						if err != nil {
							t.Error(err)
						}
					})
				}
				wg.Wait()
				w.clock.Move(time.Duration(r.IntN(100)) * time.Second)
			}
			for range 10 {
				w.clock.Move(time.Minute)
				for _, n := range three {
					_, err := n.Drain(t.Context())
					w.ok(err)
				}
			}
			copies := map[string]int{}
			for _, m := range w.fcm.take() {
				copies[m.Payload.ID.String()]++
			}
			for id, n := range copies {
				if n > 2 {
					t.Errorf("%s came %d times", id, n)
				}
			}
			for _, s := range all {
				for _, i := range w.inbox(s) {
					if tr := w.trail(s, i.ID); copies[i.ID] == 0 && !strings.Contains(tr, "= dead") {
						t.Errorf("lost: %s", tr)
					}
					delete(copies, i.ID)
				}
			}
			for id := range copies {
				t.Errorf("%s was sent, and is in nobody's inbox", id)
			}
		})
	}
}
