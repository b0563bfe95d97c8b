package alerts_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/caretest"
	"handrail/care/caretest/rounds"
	"handrail/models"
	"handrail/models/risk"
)

// alertStep is one call about an alert; alertSeen is what came of it.
type alertStep struct {
	what, who, to string
	by            time.Duration
}

type alertSeen struct {
	done, denied  bool
	cut           bool // the program was killed before it answered
	owner, status string
	level         int
	contactBy     time.Time
}

func seenOf(v alerts.View) alertSeen {
	return alertSeen{done: true, owner: v.Owner, status: string(v.Status), level: v.Level, contactBy: v.ContactBy}
}

// alertModel is the whole of an alert by the rules, without clocks, versions or stores:
// what porcupine holds the history of three instances against.
type alertModel struct {
	owner  string
	status risk.Status
	asked  string // in order, each with a blank behind
	by     string // who wrote the outcome
}

func (m alertModel) ended() bool { return m.status == risk.Resolved }

func (m alertModel) was(who string) bool {
	return slices.Contains(splitAsked(m.asked), who)
}

func splitAsked(s string) []string {
	var out []string
	for len(s) > 0 {
		out, s = append(out, s[:36]), s[37:]
	}
	return out
}

func modelOf(first string) porcupine.Model {
	return porcupine.Model{
		Init: func() any { return alertModel{owner: first, status: risk.Notified, asked: first + " "} },
		Step: func(state, input, output any) (bool, any) {
			m, in, out := state.(alertModel), input.(alertStep), output.(alertSeen)
			next := m
			possible := true
			switch in.what {
			case "acknowledge":
				late := m.ended() || m.owner != in.who && (m.status == risk.Acknowledged || m.was(in.who))
				if !late {
					next.owner, next.status = in.who, risk.Acknowledged
				}
				return out.done && out.owner == next.owner && out.status == string(next.status), next
			case "resolve":
				again := m.ended() && m.by == in.who
				if possible = again || !m.ended() && m.owner == in.who; possible && !again {
					next.status, next.by = risk.Resolved, in.who
				}
			case "hand-over":
				same := m.owner == in.to && !m.ended()
				if possible = same || !m.ended() && m.owner == in.who; possible && !same {
					next.owner, next.status, next.asked = in.to, risk.Notified, m.asked+in.to+" "
				}
			case "again":
				if m.ended() || m.status == risk.Acknowledged {
					next = alertModel{owner: first, status: risk.Notified, asked: first + " "}
				}
				return out.done, next
			}
			return out.done == possible, next
		},
	}
}

// TestAlertsAreLinearizable: what three instances answer to people who acknowledge, write
// outcomes and hand over, while the same rule fires again, could have been answered by one
// instance that did one thing after the other.
func TestAlertsAreLinearizable(t *testing.T) {
	for seed := range uint64(rounds.Of(4, 600)) {
		h := caretest.New(t)
		p := h.Patient()
		nurse := h.Clinician(models.DisciplineNursing, p)
		h.Clock.Move(time.Second)
		doctor := h.Clinician(models.DisciplinePsychiatry, p)
		on(t, h)
		if err := unsafe(h, h.Care, p); err != nil {
			t.Fatal(err)
		}
		id := work(t, h, nurse)[0].ID
		people := []models.Actor{nurse, doctor}
		instances := []*care.Care{h.Care, h.Instance(), h.Instance()}
		began := time.Now() // a stopwatch: the order of calls, nothing of the clinic
		var mu sync.Mutex
		var history []porcupine.Operation
		var together sync.WaitGroup
		for k, c := range instances {
			r := rand.New(rand.NewPCG(seed, uint64(k)))
			together.Go(func() {
				for range 5 {
					in := alertStep{what: []string{"acknowledge", "acknowledge", "resolve", "hand-over", "again"}[r.IntN(5)], who: people[r.IntN(2)].AccountID, to: people[r.IntN(2)].AccountID}
					call := time.Since(began).Nanoseconds()
					out, err := in.run(h, c, p, people, id)
					back := time.Since(began).Nanoseconds()
					mu.Lock()
					history = append(history, porcupine.Operation{ClientId: k, Input: in, Output: out, Call: call, Return: back})
					mu.Unlock()
					if err != nil {
						t.Errorf("seed %d: %+v: %v", seed, in, err)
					}
				}
			})
		}
		together.Wait()
		if got := porcupine.CheckOperationsTimeout(modelOf(nurse.AccountID), history, 10*time.Second); got != porcupine.Ok {
			t.Fatalf("seed %d: %s: %s", seed, got, told2(history))
		}
		if err := whole(must(h.Care.Alerts.Alert(t.Context(), nurse, id, always))(t).Alert); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
	}
}

func (in alertStep) run(h *caretest.Clinic, c *care.Care, p models.Actor, people []models.Actor, id string) (alertSeen, error) {
	ctx := context.Background()
	who := people[slices.IndexFunc(people, func(a models.Actor) bool { return a.AccountID == in.who })]
	var err error
	out := alertSeen{}
	switch in.what {
	case "acknowledge":
		v, failed := c.Alerts.Acknowledge(ctx, who, id)
		out, err = seenOf(v), failed
	case "resolve":
		v, failed := c.Alerts.Record(ctx, who, id, risk.Ending{Status: risk.Resolved, Code: "reached-safe"})
		out, err = seenOf(v), failed
	case "hand-over":
		v, failed := c.Alerts.HandOver(ctx, who, id, in.to)
		out, err = seenOf(v), failed
	case "again":
		err = unsafe(h, c, p)
	}
	out.done = err == nil
	if models.KindOf(err) == models.KindConflict {
		err = nil
	}
	return out, err
}

func told2(history []porcupine.Operation) (out string) {
	slices.SortFunc(history, func(a, b porcupine.Operation) int { return int(a.Call - b.Call) })
	for _, o := range history {
		out += fmt.Sprintf("\n%d [%d-%d] %+v -> %+v", o.ClientId, o.Call/1000, o.Return/1000, o.Input, o.Output)
	}
	return out
}
