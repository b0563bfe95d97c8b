package alerts_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/caretest/rounds"
	"handrail/models"
	"handrail/models/risk"
)

// timed is one alert and what decides about it, as one instance that does one thing
// after the other would have it. The rules are those of models/risk, which have tests of
// their own; what is held against them is everything around: the store, the versions,
// the rights that are read before and the workers that come in between.
type timed struct {
	alert risk.Alert
	now   time.Time
	key   string // names the state
}

func timedState(a risk.Alert, now time.Time) timed {
	bare := a
	bare.Evidence, bare.MoreEvidence, bare.FiredAt = nil, 0, time.Time{} // what is only evidence does not count
	text, err := json.Marshal(bare)
	if err != nil {
		panic(err)
	}
	return timed{a, now, fmt.Sprint(string(text), now.Unix())}
}

// timedWorld is what stays the same: who there is.
type timedWorld struct {
	staff []models.Actor // of the team at first, the assigned one at the front
	admin models.Actor
	hours risk.Hours
	left  bool // somebody leaves in this history
}

func (w timedWorld) person(id string) risk.Person {
	for _, a := range append(slices.Clone(w.staff), w.admin) {
		if a.AccountID == id {
			return risk.Person{AccountID: id, Name: a.Name, Reached: true}
		}
	}
	return risk.Person{AccountID: id}
}

// moments are those that a step may have been decided by: rights are read before an
// alert is written, so that the team of a moment ago may still be asked. Who comes back
// comes last.
func (w timedWorld) moments(at time.Time) (out []risk.Now) {
	all := w.persons(w.staff)
	teams := [][]risk.Person{all}
	if w.left {
		teams = append(teams, all[1:], []risk.Person{all[1], all[0]})
	}
	for _, team := range teams {
		out = append(out, risk.Now{At: at, Hours: w.hours, Chain: risk.Chain{FailSafe: w.person(w.admin.AccountID), Team: team}})
	}
	return out
}

func (w timedWorld) persons(all []models.Actor) (out []risk.Person) {
	for _, a := range all {
		out = append(out, w.person(a.AccountID))
	}
	return out
}

// then are the states that a step leads to: also that of an owner who can't answer for
// the alert any more, from whom it goes on at once.
func (w timedWorld) then(m timed, alerts ...risk.Alert) (out []any) {
	seen := map[string]bool{}
	add := func(a risk.Alert) {
		if next := timedState(a, m.now); !seen[next.key] {
			seen[next.key] = true
			out = append(out, next)
		}
	}
	for _, a := range alerts {
		add(a)
		for _, n := range w.moments(m.now) {
			if moved, ok := a.Moved(n); ok {
				add(moved)
			}
		}
	}
	return out
}

func (s alertSeen) is(a risk.Alert) bool {
	return s.owner == a.Owner && s.status == string(a.Status) && s.level == a.Level && s.contactBy.Equal(a.ContactBy)
}

// model is what porcupine holds a history against.
func (w timedWorld) model(first timed) porcupine.Model {
	one := func(from, input, output any) []any {
		m, in, out := from.(timed), input.(alertStep), output.(alertSeen)
		switch in.what {
		case "acknowledge":
			a, _ := m.alert.Acknowledge(w.person(in.who), m.now)
			return w.kept(w.then(m, a), m, out)
		case "resolve":
			a, err := m.alert.Record(w.person(in.who), risk.Ending{Status: risk.Resolved, Code: "reached-safe"}, m.now)
			if (err == nil) != out.done {
				return w.refused(m, out)
			}
			return w.kept(w.then(m, a), m, out)
		case "hand-over":
			if m.alert.Owner == in.to && !m.alert.Status.Ended() {
				return w.kept(w.then(m, m.alert), m, out)
			}
			var all []risk.Alert
			for _, n := range w.moments(m.now) {
				if a, err := m.alert.HandOver(w.person(in.who), w.person(in.to), n); (err == nil) == out.done {
					all = append(all, a)
				}
			}
			if !out.done {
				return w.refused(m, out)
			}
			return w.kept(w.then(m, all...), m, out)
		case "again":
			var all []risk.Alert
			for _, n := range w.moments(m.now) {
				e := m.alert.Evidence[0]
				e.At = n.At
				all = append(all, m.alert.Again(e, false, n))
			}
			return w.then(m, all...)
		case "follow", "recheck", "call", "no", "yes": // the latter three look as well
			all := []risk.Alert{m.alert} // a worker may leave it to another, or to its next look
			for _, n := range w.moments(m.now) {
				if a, ok := m.alert.Moved(n); ok {
					all = append(all, a)
				} else if a, ok := m.alert.Tick(n); ok && in.what == "follow" {
					all = append(all, a)
				}
			}
			return w.then(m, all...)
		case "move":
			return []any{timedState(m.alert, m.now.Add(in.by))}
		case "read":
			return w.kept([]any{m}, m, out)
		}
		return []any{m} // leaves and comes back: the chain is one of moments
	}
	step := func(from, input, output any) []any {
		out := output.(alertSeen)
		if !out.cut {
			return one(from, input, output)
		}
		out.done = true // or not at all: the program was killed before it said so
		return append(one(from, input, out), from)
	}
	return (&porcupine.NondeterministicModel{
		Init:  func() []any { return []any{first} },
		Step:  step,
		Equal: func(a, b any) bool { return a.(timed).key == b.(timed).key },
	}).ToModel()
}

// kept are the states that show what somebody saw. Who was shown an alert that had gone
// on to somebody else since saw it later than they changed it, or left it: of two who
// leave it with an owner who may not answer any more, one moves it on, and both see that.
func (w timedWorld) kept(all []any, m timed, out alertSeen) []any {
	if !out.done {
		return w.refused(m, out)
	}
	if out.cut {
		return all
	}
	some := slices.DeleteFunc(slices.Clone(all), func(s any) bool {
		a := s.(timed).alert
		wentOn := w.left && a.Owner == w.staff[0].AccountID && out.owner != a.Owner
		return !wentOn && !out.is(a)
	})
	if len(some) == 0 && w.left {
		return all
	}
	return some
}

// refused: a conflict is one by the rules; a right that was taken away changes nothing.
func (w timedWorld) refused(m timed, out alertSeen) []any {
	if out.denied && !w.left {
		return nil
	}
	return []any{m}
}

// TestAlertsInTimeAreLinearizable: three instances acknowledge, resolve, hand over,
// escalate by a clock that is moved, take check-ins again, and take people off the team
// and back. What they answer could have been answered by one instance that did one thing
// after the other; who was taken off for good is refused; and at rest each alert has one
// owner who may answer for it, one level, and a timer or an end.
func TestAlertsInTimeAreLinearizable(t *testing.T) {
	h := caretest.New(t)
	on(t, h)
	s := must(h.Care.Alerts.Settings(t.Context(), h.Admin))(t)
	instances := []*care.Care{h.Care, h.Instance(), h.Instance()}
	calls := 0
	histories := rounds.Of(20, 5000)
	for seed := range uint64(histories) {
		calls += timedHistory(t, h, instances, s.Value.Hours, seed)
		if t.Failed() {
			return
		}
	}
	t.Logf("%d calls in %d histories", calls, histories)
}

func timedHistory(t *testing.T, h *caretest.Clinic, instances []*care.Care, hours risk.Hours, seed uint64) int {
	t.Helper()
	p := h.Patient()
	nurse := h.Clinician(models.DisciplineNursing, p)
	h.Clock.Move(time.Second)
	w := timedWorld{staff: []models.Actor{nurse, h.Clinician(models.DisciplinePsychiatry, p)}, admin: h.Admin, hours: hours, left: seed%2 == 1}
	if err := unsafe(h, h.Care, p); err != nil {
		t.Fatal(err)
	}
	id := work(t, h, nurse)[0].ID
	first := timedState(must(h.Care.Alerts.Alert(t.Context(), nurse, id, always))(t).Alert, h.Clock.Now())
	r := &runner{h: h, w: w, p: p, id: id, began: time.Now(), seed: seed} // a stopwatch: the order of calls, nothing of the clinic
	var together sync.WaitGroup
	for k, c := range instances {
		rng := rand.New(rand.NewPCG(seed, uint64(k)))
		together.Go(func() {
			for range 4 {
				r.do(t, k, c, r.any(k, rng))
			}
		})
	}
	together.Wait()
	r.rest(t, instances)
	if got := porcupine.CheckOperationsTimeout(w.model(first), r.history, 20*time.Second); got != porcupine.Ok {
		t.Fatalf("seed %d: %s: %s", seed, got, told2(r.history))
	}
	return len(r.history)
}

// runner does one history.
type runner struct {
	h       *caretest.Clinic
	w       timedWorld
	p       models.Actor
	id      string
	seed    uint64
	began   time.Time
	time    sync.RWMutex // a clock that jumps by minutes within a call is no part of this
	mu      sync.Mutex
	history []porcupine.Operation
	noes    bool        // the patient says no to somebody, and takes it back
	log     *historyLog // of a program that is killed

	off access // what one instance, which alone does that, took away and looked at
}

// access is what was taken from somebody, and whether a worker looked at their alerts
// since.
type access struct{ left, said, looked bool }

func (a *access) after(what string) {
	switch what {
	case "leave":
		a.left, a.looked = true, false
	case "join":
		a.left = false
	case "no":
		a.said, a.looked = true, true
	case "yes":
		a.said, a.looked = false, true
	case "recheck":
		a.looked = true
	}
}

func (a *access) gone() bool { return (a.left || a.said) && a.looked }

// any chooses what an instance does next. One of them alone takes people off the team.
func (r *runner) any(k int, rng *rand.Rand) alertStep {
	who, to := r.w.staff[rng.IntN(2)].AccountID, append(slices.Clone(r.w.staff), r.w.admin)[rng.IntN(3)].AccountID
	if r.w.left && k == 0 && rng.IntN(2) == 0 {
		ways := []string{"leave", "recheck", "join"}
		if r.noes {
			ways = append(ways, "no", "yes")
		}
		return alertStep{what: ways[rng.IntN(len(ways))], who: r.w.staff[0].AccountID}
	}
	what := []string{"acknowledge", "acknowledge", "resolve", "hand-over", "hand-over", "again", "follow", "follow", "move", "move"}[rng.IntN(10)]
	by := []time.Duration{time.Minute, 11 * time.Minute, 31 * time.Minute, 4 * time.Hour}[rng.IntN(4)]
	return alertStep{what: what, who: who, to: to, by: by}
}

func (r *runner) do(t *testing.T, k int, c *care.Care, in alertStep) {
	if in.what == "move" {
		r.time.Lock()
		defer r.time.Unlock()
	} else {
		r.time.RLock()
		defer r.time.RUnlock()
	}
	call := time.Since(r.began).Nanoseconds()
	n := r.log.begins(k, in, call)
	out, err := r.run(c, in)
	back := time.Since(r.began).Nanoseconds()
	r.log.ends(n, out, back)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.off.after(in.what)
	r.history = append(r.history, porcupine.Operation{ClientId: k, Input: in, Output: out, Call: call, Return: back})
	if err != nil {
		t.Errorf("seed %d: %+v: %v", r.seed, in, err)
	}
}

func (r *runner) run(c *care.Care, in alertStep) (alertSeen, error) {
	ctx := context.Background()
	switch in.what {
	case "follow":
		return alertSeen{done: true}, c.Alerts.Follow(ctx)
	case "recheck":
		return alertSeen{done: true}, c.Alerts.Recheck(ctx, r.p.PatientID)
	case "move":
		r.h.Clock.Move(in.by)
		return alertSeen{done: true}, nil
	case "call":
		v, err := c.Alerts.Alert(ctx, r.h.Admin, r.id, always)
		if err == nil {
			_, err = c.Alerts.Call(ctx, r.id, v.Owner)
		}
		return alertSeen{done: true}, err
	case "no":
		return alertSeen{done: true}, r.sayNo(c)
	case "yes":
		return alertSeen{done: true}, r.sayYes(c)
	case "leave", "join":
		ch, err := c.Open(ctx, r.h.Admin, r.p.PatientID, models.PurposeOf(r.h.Admin.Role))
		if err == nil && in.what == "leave" {
			err = ch.People.LeaveTeam(ctx, care.AnyVersion, in.who)
		} else if err == nil {
			_, err = ch.People.JoinTeam(ctx, care.AnyVersion, in.who, false)
		}
		if models.KindOf(err) == models.KindNotFound { // off already
			err = nil
		}
		return alertSeen{done: err == nil}, err
	}
	out, err := in.run(r.h, c, r.p, append(slices.Clone(r.w.staff), r.w.admin), r.id)
	if k := models.KindOf(err); r.w.left && (k == models.KindForbidden || k == models.KindNotFound || k == models.KindInvalid) {
		out.denied, err = true, nil
	}
	return out, err
}

// rest lets the workers do what is due, with nobody else at work, and looks at what is left.
func (r *runner) rest(t *testing.T, instances []*care.Care) {
	t.Helper()
	ctx := t.Context()
	if r.off.gone() { // whatever came between, with no worker but that of calls to mend it
		r.do(t, 1, instances[1], alertStep{what: "call"}) // who is about to be called, as the planner asks
		if a := must(r.h.Care.Alerts.Alert(ctx, r.h.Admin, r.id, always))(t).Alert; a.Owner == r.w.staff[0].AccountID && !a.Status.Ended() {
			t.Errorf("seed %d: the owner may not answer for it any more, and nobody looks again: %+v", r.seed, a)
		}
	}
	if r.w.left { // for good
		r.do(t, 0, instances[0], alertStep{what: "leave", who: r.w.staff[0].AccountID})
		r.do(t, 0, instances[0], alertStep{what: "recheck"})
	}
	r.do(t, 0, instances[0], alertStep{what: "move", by: 2 * time.Minute}) // each instance looks again by then
	for range 4 {
		for k, c := range instances[1:] {
			r.do(t, k+1, c, alertStep{what: "follow"})
		}
	}
	v := must(r.h.Care.Alerts.Alert(ctx, r.h.Admin, r.id, always))(t)
	now := time.Since(r.began).Nanoseconds()
	r.history = append(r.history, porcupine.Operation{Input: alertStep{what: "read"}, Output: seenOf(v), Call: now, Return: now + 1})
	a := v.Alert
	if err := whole(a); err != nil {
		t.Errorf("seed %d: %v: %+v", r.seed, err, a)
	}
	at := r.h.Clock.Now()
	if due := a.Due(); !due.IsZero() && !due.After(at) {
		t.Errorf("seed %d: what was due at %s is not done: %+v", r.seed, due, a)
	}
	if !a.Status.Ended() && a.Status != risk.Unanswered && !a.ContactBy.After(at) {
		t.Errorf("seed %d: a missed contact deadline without the next level: %+v", r.seed, a)
	}
	r.log.over()
	if !a.Status.Ended() { // no other history finds it due
		all := append(slices.Clone(r.w.staff), r.w.admin)
		who := all[slices.IndexFunc(all, func(m models.Actor) bool { return m.AccountID == a.Owner })]
		must(r.h.Care.Alerts.Record(ctx, who, r.id, risk.Ending{Status: risk.Resolved, Code: "reached-safe"}))(t)
	}
	if !r.w.left {
		return
	}
	if a.Owner == r.w.staff[0].AccountID && !a.Status.Ended() {
		t.Errorf("seed %d: the owner is off the team: %+v", r.seed, a)
	}
	if _, err := instances[1].Alerts.HandOver(ctx, r.w.staff[0], r.id, r.w.staff[0].AccountID); err == nil {
		t.Errorf("seed %d: who is off the team hands over to themselves", r.seed)
	}
}
