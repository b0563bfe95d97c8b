package careplan

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"

	"handrail/care/caretest/rounds"
	"handrail/models"
	"handrail/models/task"
)

// clinic is a team around one plan, with the tasks of it, by the same rules as care and
// nothing around them.
type clinic struct {
	r     *rand.Rand
	now   time.Time
	plan  Plan
	tasks map[string]task.Task // by item, the one of its newest beginning
	staff []models.Actor
	here  map[string]bool // on the team, not stopped
	away  map[string]bool // on holiday: answers nothing
	no    map[string]bool // the patient said no
	lead  string
}

const lastOne = "administrator"

func (c *clinic) may(account string) (bool, error) {
	return account == lastOne || c.here[account] && !c.no[account], nil
}

func (c *clinic) next(task.Task) (task.Person, error) {
	for _, s := range append([]models.Actor{{AccountID: c.lead}}, c.staff...) {
		if ok, _ := c.may(s.AccountID); ok {
			return task.Person{AccountID: s.AccountID}, nil
		}
	}
	return task.Person{AccountID: lastOne}, nil
}

// settle is what follows when people's rights change.
func (c *clinic) settle() {
	for id, t := range c.tasks {
		next, _ := t.Settled(c.may, c.next, c.now)
		c.tasks[id] = next
	}
}

func personOf(a models.Actor) task.Person { return task.Person{AccountID: a.AccountID, Name: a.Name} }

// change writes to the plan, and what follows for tasks.
func (c *clinic) change(by models.Actor, e Edit) {
	e.Base, e.Reason = c.plan.Version, "x"
	next, change, err := Apply(c.plan, e, by, c.now, c.now.Format(time.DateOnly))
	if err != nil || change.Version == 0 {
		return
	}
	for _, ie := range e.Items {
		is, _ := next.Item(ie.ID)
		was, there := c.plan.Item(ie.ID)
		switch {
		case is.Open() && (!there || !was.Open()):
			c.begin(by, is, ie.To)
		case !is.Open() && was.Open():
			c.tasks[is.ID], _ = c.tasks[is.ID].EndedWith(personOf(by), c.now)
		}
	}
	c.plan = next
}

func (c *clinic) begin(by models.Actor, i Item, to string) {
	o := task.Order{Code: task.CodePlanLead, PatientID: "p", Focus: &task.Reference{Type: FocusItem, ID: i.ID}, Priority: task.Routine, DueAt: c.now.Add(90 * 24 * time.Hour)}
	var asked task.Person
	if ok, _ := c.may(to); ok && by.Role != models.RolePatient {
		asked.AccountID = to
	}
	if asked.AccountID == "" && !MayLead(i.Activity, by.Role, by.Discipline) {
		o.Pool = task.PoolTeam
	}
	t := task.Begin(i.ID, o, personOf(by), asked, "", c.now)
	if by.Role == models.RolePatient {
		t.Owner, _ = c.next(t)
	}
	c.tasks[i.ID] = t
}

func (c *clinic) step(n int) {
	who, to := c.staff[c.r.IntN(len(c.staff))], c.staff[c.r.IntN(len(c.staff))]
	c.now = c.now.Add(time.Duration(c.r.IntN(60)) * time.Minute)
	able, _ := c.may(who.AccountID)
	able = able && !c.away[who.AccountID]
	id := ""
	if len(c.plan.Items) > 0 {
		id = c.plan.Items[c.r.IntN(len(c.plan.Items))].ID
	}
	t, do := c.tasks[id], func(t task.Task, err error) {
		if err == nil && able && id != "" {
			c.tasks[id] = t
		}
	}
	switch c.r.IntN(14) {
	case 0:
		if len(c.plan.Items) < 30 {
			e := ItemEdit{ID: strconv.Itoa(n), Kind: Activity, Activity: new([]string{"medicine", "sleep", "housing"}[c.r.IntN(3)]), To: []string{"", to.AccountID}[c.r.IntN(2)]}
			by := who
			if c.r.IntN(4) == 0 {
				by = sam
			}
			if able || by.Role == models.RolePatient {
				c.change(by, Edit{Items: []ItemEdit{e}})
			}
		}
	case 1:
		if able && id != "" {
			c.change(who, Edit{Items: []ItemEdit{{ID: id, Status: new(Statuses[c.r.IntN(4)]), ReviewOn: new(c.now.AddDate(0, 0, 30).Format(time.DateOnly)), To: to.AccountID}}})
		}
	case 2, 3:
		if id != "" {
			do(t.Accept(personOf(who), c.now))
		}
	case 4:
		if id != "" {
			do(t.Reject(personOf(who), "No.", c.now))
		}
	case 5:
		if id != "" && t.Pool != "" {
			do(t.Claim(personOf(who), c.now))
		}
	case 6, 7:
		if ok, _ := c.may(to.AccountID); ok && id != "" && t.Owner.AccountID == who.AccountID {
			do(t.HandOver(personOf(who), personOf(to), c.now))
		}
	case 8:
		if id != "" && t.Owner.AccountID == who.AccountID {
			do(t.ToPool(personOf(who), task.PoolTeam, c.now))
		}
	case 9:
		if id != "" {
			do(t.Progress(personOf(who), []task.Status{task.InProgress, task.Completed, task.Cancelled}[c.r.IntN(3)], "x", c.now))
		}
	case 10:
		c.here[who.AccountID] = !c.here[who.AccountID]
	case 11:
		c.no[who.AccountID] = !c.no[who.AccountID]
	case 12:
		c.away[who.AccountID] = !c.away[who.AccountID]
	case 13:
		c.lead = who.AccountID
	}
	c.settle()
}

// broken tells what is not as it must be: each open item has exactly one open task, whose
// one owner may hold it, and a clock; each ended item has none.
func (c *clinic) broken() string {
	for _, i := range c.plan.Items {
		t, ok := c.tasks[i.ID]
		holds, _ := c.may(t.Owner.AccountID)
		switch {
		case !ok || t.Status.Ended() == i.Open():
			return "orphan " + i.ID
		case i.Open() && (t.Owner.AccountID == "" || !holds):
			return "nobody who may hold it has " + i.ID
		case i.Open() && t.Due().IsZero():
			return "no clock for " + i.ID
		case t.Asked != nil && (t.Asked.AccountID == t.Owner.AccountID || t.Status.Ended()):
			return "two owners of " + i.ID
		}
	}
	if len(c.tasks) != len(c.plan.Items) {
		return "a task of no item"
	}
	return ""
}

// TestEveryOpenItemHasOneOwnerAndAClock: whatever people do, and whoever leaves, is away or
// may not any more. HANDRAIL_ROUNDS=many takes a million steps.
func TestEveryOpenItemHasOneOwnerAndAClock(t *testing.T) {
	const steps = 1000
	asked, accepted := 0, 0
	for seed := range rounds.Of(10, 1000) {
		c := &clinic{r: rand.New(rand.NewPCG(uint64(seed), 17)), now: noon, plan: New("p"), tasks: map[string]task.Task{},
			here: map[string]bool{}, away: map[string]bool{}, no: map[string]bool{}}
		for n, d := range []models.Discipline{models.DisciplinePsychiatry, models.DisciplineNursing, models.DisciplinePeer, models.DisciplineSocialWork, models.DisciplineTrainee} {
			a := models.Actor{AccountID: "s" + strconv.Itoa(n), Role: models.RoleClinician, Discipline: d}
			c.staff, c.here[a.AccountID] = append(c.staff, a), true
		}
		for n := range steps {
			c.step(n)
			if what := c.broken(); what != "" {
				t.Fatalf("seed %d, step %d: %s", seed, n, what)
			}
		}
		for _, x := range c.tasks {
			for _, s := range x.History {
				switch s.What {
				case task.DidAsk:
					asked++
				case task.DidAccept:
					accepted++
				}
			}
		}
	}
	if asked == 0 || accepted == 0 {
		t.Error("nothing was handed over")
	}
}
