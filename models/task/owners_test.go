package task_test

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"handrail/care/caretest/rounds"
	"handrail/models"
	"handrail/models/disagreement"
	"handrail/models/handoff"
	"handrail/models/referral"
	"handrail/models/task"
)

// thing is something of a patient that somebody has to answer for, and its task: what
// kind it is and whether it goes on is read from the thing itself, never from the task.
type thing struct {
	task        task.Task
	handoff     *handoff.Handoff
	referral    *referral.Referral
	disagrees   *disagreement.Case
	other, over bool // a duty, a decision, an end of a membership that is asked for
}

func (x thing) open() bool {
	switch {
	case x.handoff != nil:
		return x.handoff.Status == handoff.Requested
	case x.referral != nil: // one that ended without help stays somebody's until they close it
		return x.referral.Status != referral.Completed && !x.over
	case x.disagrees != nil:
		return x.disagrees.Status == disagreement.Open
	}
	return !x.over
}

// team is people around a patient who come, leave, are away and lose their right.
type team struct {
	r         *rand.Rand
	now       time.Time
	staff     []task.Person
	here, no  map[string]bool
	away      map[string]bool
	lead      string
	things    []thing
	went      map[string]int // what happened, so that nothing is a model of nothing
	mostOfAll int
}

const failSafe = "fail-safe"

func (m *team) may(id string) (bool, error) {
	return id == failSafe || m.here[id] && !m.no[id], nil
}

func (m *team) next(task.Task) (task.Person, error) {
	for _, s := range append([]task.Person{{AccountID: m.lead}}, m.staff...) {
		if ok, _ := m.may(s.AccountID); ok {
			return s, nil
		}
	}
	return task.Person{AccountID: failSafe}, nil
}

func (m *team) order(code string, by, to task.Person) task.Task {
	o := task.Order{Code: code, PatientID: "p", Priority: task.Urgent, DueAt: m.now.Add(time.Hour)}
	if ok, _ := m.may(to.AccountID); !ok {
		to = task.Person{}
	}
	return task.Begin(strconv.Itoa(len(m.things)), o, by, to, "", m.now)
}

func (m *team) begin(by, to task.Person) {
	if len(m.things) > m.mostOfAll {
		m.things = m.things[1:]
	}
	actor, id := models.Actor{AccountID: by.AccountID, Role: models.RoleClinician, Discipline: models.DisciplineNursing}, strconv.Itoa(len(m.things))
	switch m.r.IntN(6) {
	case 0:
		if by == to {
			return
		}
		if ok, _ := m.may(to.AccountID); !ok {
			return
		}
		h := handoff.Begin(id, "p", id, handoff.Terms{Receiver: to.AccountID, Severity: handoff.Stable, Summary: "x"}, by, to, m.now)
		m.things = append(m.things, thing{task: m.order(task.CodeHandoff, by, to), handoff: &h})
	case 1:
		r := referral.Begin(id, "p", referral.Partner{ID: "x", PartnerTerms: referral.PartnerTerms{ReplyDays: 3}}, referral.Content{Need: "food"}, actor, m.now)
		m.things = append(m.things, thing{task: m.order(task.CodeReferral, by, to), referral: &r})
	case 2:
		c := disagreement.Begin(id, "p", id, disagreement.Terms{Subject: disagreement.Care, Question: "x", ForPatient: "x", To: to.AccountID, DueAt: m.now.Add(time.Hour)}, actor, m.now)
		m.things = append(m.things, thing{task: m.order(task.CodeDisagreement, by, to), disagrees: &c})
	default:
		m.things = append(m.things, thing{task: m.order([]string{task.CodeDuty, task.CodeDecision, task.CodeTeamEnd}[m.r.IntN(3)], by, to), other: true})
	}
}

// end is what ends a thing, and its task with it in the same batch.
func (m *team) end(x *thing, who task.Person) {
	owner := x.task.Owner == who
	switch {
	case x.handoff != nil:
		next, err := x.handoff.Accept(who, "I take them over now.", m.now)
		if err != nil && m.r.IntN(4) == 0 {
			next, err = x.handoff.Cancel(who, "x", m.now)
		}
		if err != nil {
			return
		}
		x.handoff = &next
	case x.referral != nil:
		moves := referral.PartnerStatuses
		next, err := x.referral.Moved(referral.Move{Status: moves[m.r.IntN(len(moves))], Words: "x", Attended: new(true)}, m.now)
		switch {
		case x.referral.Status == referral.Draft:
			next = x.referral.Signed("c", m.now)
		case x.referral.Status.Ended() && owner:
			x.over, next = true, *x.referral // its owner found another way
		case err != nil:
			return
		}
		x.referral = &next
		if x.open() {
			x.task = x.task.DueBy(next.DueAt, m.now)
			return
		}
	case x.disagrees != nil:
		next, err := x.disagrees.Withdraw("x")
		if err != nil || !owner {
			return
		}
		x.disagrees = &next
	case owner:
		x.over = true
	default:
		return
	}
	if next, err := x.task.EndedWith(who, m.now); err == nil {
		x.task = next
		m.went["ended"]++
	}
}

func (m *team) step() {
	who, to := m.staff[m.r.IntN(len(m.staff))], m.staff[m.r.IntN(len(m.staff))]
	m.now = m.now.Add(time.Duration(m.r.IntN(60)) * time.Minute)
	able, _ := m.may(who.AccountID)
	able = able && !m.away[who.AccountID]
	var x *thing
	if len(m.things) > 0 {
		x = &m.things[m.r.IntN(len(m.things))]
	}
	do := func(what string, next task.Task, err error) {
		if err == nil && able && x.open() {
			x.task = next
			m.went[what]++
		}
	}
	kind := m.r.IntN(13)
	switch {
	case kind <= 1 && able:
		m.begin(who, to)
	case kind == 2:
		m.here[who.AccountID] = m.r.IntN(4) > 0
	case kind == 3:
		m.no[who.AccountID] = m.r.IntN(4) == 0
	case kind == 4:
		m.away[who.AccountID] = m.r.IntN(4) == 0
	case kind == 5:
		m.lead = who.AccountID
	case x == nil:
	case kind == 6:
		next, err := x.task.Accept(who, m.now)
		do("accepted", next, err)
	case kind == 7:
		next, err := x.task.Reject(who, "No.", m.now)
		do("rejected", next, err)
	case kind == 8:
		if ok, _ := m.may(to.AccountID); ok && x.task.Owner == who {
			next, err := x.task.HandOver(who, to, m.now)
			do("handed over", next, err)
		}
	case kind == 9:
		if x.task.Owner == who && x.handoff == nil {
			next, err := x.task.ToPool(who, task.PoolTeam, m.now)
			do("pooled", next, err)
		} else if x.task.Pool != "" {
			next, err := x.task.Claim(who, m.now)
			do("claimed", next, err)
		}
	case kind == 10:
		if ok, _ := m.may(to.AccountID); ok && x.handoff != nil && x.open() && !x.handoff.WasAsked(to.AccountID) && x.handoff.Giver != to {
			h := x.handoff.GoUp(task.Person{}, to, m.now)
			x.handoff, x.task = &h, x.task.Again(task.Person{}, to, m.now.Add(time.Hour), m.now)
			m.went["went up"]++
		}
	case kind == 11:
		if next, err := x.task.Progress(who, task.InProgress, "", m.now); err == nil {
			do("begun", next, nil)
		}
	case able && x.open():
		m.end(x, who)
	}
	for n := range m.things {
		m.things[n].task, _ = m.things[n].task.Settled(m.may, m.next, m.now)
	}
}

// broken tells what is not as it must be.
func (m *team) broken() string {
	for _, x := range m.things {
		holds, _ := m.may(x.task.Owner.AccountID)
		switch {
		case x.open() == x.task.Status.Ended():
			return "an orphan, or a task of what has ended"
		case x.open() && (x.task.Owner.AccountID == "" || !holds):
			return "nobody who may hold it"
		case x.open() && x.task.Due().IsZero():
			return "no clock"
		case x.task.Asked != nil && (x.task.Asked.AccountID == x.task.Owner.AccountID || x.task.Status.Ended()):
			return "two owners"
		}
	}
	return ""
}

// TestEverythingOfAPatientHasOneOwnerAndAClock: referrals, handoffs, disagreements, duties,
// decisions and ends of memberships, whatever people do and whoever leaves, is away or may
// not any more. HANDRAIL_ROUNDS=many takes a million steps.
func TestEverythingOfAPatientHasOneOwnerAndAClock(t *testing.T) {
	const steps = 1000
	went := map[string]int{}
	for seed := range rounds.Of(10, 1000) {
		m := &team{r: rand.New(rand.NewPCG(uint64(seed), 29)), now: time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC), here: map[string]bool{}, no: map[string]bool{}, away: map[string]bool{}, went: went, mostOfAll: 30}
		for n := range 5 {
			p := task.Person{AccountID: "s" + strconv.Itoa(n)}
			m.staff, m.here[p.AccountID] = append(m.staff, p), true
		}
		for n := range steps {
			m.step()
			if what := m.broken(); what != "" {
				t.Fatalf("seed %d, step %d: %s", seed, n, what)
			}
		}
	}
	for _, what := range []string{"accepted", "rejected", "handed over", "pooled", "claimed", "went up", "begun", "ended"} {
		if went[what] == 0 {
			t.Errorf("nothing was %s", what)
		}
	}
}
