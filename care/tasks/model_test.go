package tasks_test

import (
	"math/rand/v2"
	"testing"
	"time"

	"handrail/care"
	"handrail/care/caretest"
	"handrail/care/caretest/rounds"
	"handrail/models"
	"handrail/models/task"
	"handrail/store"
)

// model is a clinic in which things happen in any order, and what the worker that
// follows the log has not done yet: a crash between leaves it for later.
type model struct {
	*caretest.Clinic
	t        *testing.T
	r        *rand.Rand
	care     []*care.Care // instances over one store
	patients []models.Actor
	staff    []models.Actor
	stopped  map[string]bool
	onTeam   map[[2]string]bool
	denied   map[[2]string]string // id of the consent that says no
	ids      []string
	late     []func() error
}

func newModel(t *testing.T, seed uint64) *model {
	h := caretest.New(t)
	m := &model{Clinic: h, t: t, r: rand.New(rand.NewPCG(seed, 1)), care: []*care.Care{h.Care, h.Instance()},
		stopped: map[string]bool{}, onTeam: map[[2]string]bool{}, denied: map[[2]string]string{}}
	m.patients = []models.Actor{h.Patient(), h.Patient()}
	for range 4 {
		s := h.Clinician(models.DisciplineNursing, m.patients...)
		m.staff = append(m.staff, s)
		for _, p := range m.patients {
			m.onTeam[[2]string{p.PatientID, s.AccountID}] = true
		}
	}
	return m
}

func pick[T any](m *model, of []T) T { return of[m.r.IntN(len(of))] }

// step does one thing; that it is refused is fine.
func (m *model) step() {
	ctx, c := m.t.Context(), pick(m, m.care).Tasks
	p, who, to := pick(m, m.patients), pick(m, m.staff), pick(m, m.staff)
	id := care.NewID()
	if len(m.ids) > 0 {
		id = pick(m, m.ids)
	}
	pair := [2]string{p.PatientID, who.AccountID}
	recheck := func() error { return c.Recheck(ctx, p.PatientID) }
	var err error
	switch m.r.IntN(12) {
	case 0, 1:
		o := task.Order{Text: "Look", Priority: task.Routine, DueAt: m.Clock.Now().Add(time.Duration(1+m.r.IntN(96)) * time.Hour)}
		if m.r.IntN(3) > 0 {
			o.PatientID = p.PatientID
		}
		switch m.r.IntN(3) {
		case 0:
			o.To = to.AccountID
		case 1:
			o.Pool = task.PoolClinicians
		}
		id = care.NewID()
		if _, err = c.Make(ctx, who, id, o); err == nil {
			m.ids = append(m.ids, id)
		}
	case 2:
		_, err = c.Accept(ctx, who, id)
	case 3:
		_, err = c.Reject(ctx, who, id, "No.")
	case 4:
		_, err = c.Claim(ctx, who, id)
	case 5:
		_, err = c.HandOver(ctx, who, id, to.AccountID, "")
	case 6:
		_, err = c.HandOver(ctx, who, id, "", task.PoolClinicians)
	case 7:
		_, err = c.Progress(ctx, who, id, pick(m, []task.Status{task.InProgress, task.Completed}), "")
	case 8:
		m.stopped[who.AccountID] = !m.stopped[who.AccountID]
		_, err = m.Care.People.Suspend(ctx, m.Admin, care.AnyVersion, who.AccountID, m.stopped[who.AccountID])
		m.follows(func() error { return c.RecheckOwner(ctx, who.AccountID) })
	case 9:
		if team := m.Chart(m.Admin, p.PatientID).People; m.onTeam[pair] {
			err = team.LeaveTeam(ctx, care.AnyVersion, who.AccountID)
		} else {
			_, err = team.JoinTeam(ctx, care.AnyVersion, who.AccountID, m.r.IntN(2) == 0)
		}
		m.onTeam[pair] = !m.onTeam[pair]
		m.follows(recheck)
	case 10:
		m.sayNo(p, who, pair)
		m.follows(recheck)
	case 11:
		m.Clock.Move(time.Duration(m.r.IntN(30)) * time.Hour)
		if err := c.Follow(ctx); err != nil {
			m.t.Fatal(err)
		}
	}
	if k := models.KindOf(err); k == models.KindUnknown || k == models.KindStale {
		m.t.Fatal(err)
	}
}

// follows is what the worker does of a line: now, or after a crash.
func (m *model) follows(do func() error) {
	if m.r.IntN(2) == 0 {
		m.late = append(m.late, do)
	} else if err := do(); err != nil {
		m.t.Fatal(err)
	}
}

// sayNo forbids somebody everything that tasks are about, or takes that back.
func (m *model) sayNo(p, who models.Actor, pair [2]string) {
	people := m.Chart(p, p.PatientID).People
	if id := m.denied[pair]; id != "" {
		delete(m.denied, pair)
		if err := people.RevokeConsent(m.t.Context(), id); err != nil {
			m.t.Fatal(err)
		}
		return
	}
	end := m.Clock.Now().AddDate(1, 0, 0)
	m.denied[pair] = care.NewID()
	_, err := people.GiveConsent(m.t.Context(), m.denied[pair], models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Deny,
		Recipient: who.AccountID, Scopes: []models.Scope{models.Scope(models.SectionAppointments), models.Scope(models.SectionCheckIns)},
		Purposes: []models.Purpose{models.PurposeTreatment}, Expiry: models.Expiry{At: &end},
		Statements: []models.Statement{models.StatementRevocation}, Signature: models.Signature{Name: p.Name, Method: "typed"}})
	if err != nil {
		m.t.Fatal(err)
	}
}

// caughtUp is when the log was followed to its end: each open task has an owner who is
// here and may read it, or the fail-safe, and nobody is asked who may not.
func (m *model) caughtUp() {
	for _, do := range m.late {
		if err := do(); err != nil {
			m.t.Fatal(err)
		}
	}
	m.late = nil
	for _, id := range m.ids {
		v := must(m.Care.Tasks.Task(m.t.Context(), m.Admin, id, always))(m.t)
		if v.Status.Ended() {
			continue
		}
		if v.RemindAt.IsZero() {
			m.t.Fatalf("no clock: %+v", v)
		}
		for _, who := range []*task.Person{&v.Owner, v.Asked} {
			if who == nil || who.AccountID == m.Admin.AccountID {
				continue
			}
			pair := [2]string{v.PatientID, who.AccountID}
			if m.stopped[who.AccountID] || v.PatientID != "" && (!m.onTeam[pair] || m.denied[pair] != "") {
				m.t.Fatalf("%s has or is asked for what they can't see: %+v", who.Name, v)
			}
		}
	}
	m.clocks()
}

// clocks counts what the store would wake a worker for: every open task, once.
func (m *model) clocks() {
	open, due := 0, 0
	for _, id := range m.ids {
		if v := must(m.Care.Tasks.Task(m.t.Context(), m.Admin, id, always))(m.t); !v.Status.Ended() {
			open++
		}
	}
	page, err := m.Store.Query(m.t.Context(), "tasks", store.Query{Index: "due", From: store.LowestKey, Limit: store.MaxLimit})
	if err != nil {
		m.t.Fatal(err)
	}
	for _, d := range page.Docs {
		if d.Keys["openOwner"] != nil && d.Keys["openOwner"] != "" {
			due++
		}
	}
	if open != due || len(page.Docs) != due {
		m.t.Fatalf("%d open tasks, %d with an owner and a clock of %d", open, due, len(page.Docs))
	}
}

// TestEveryOpenTaskHasOneOwnerAndAClock: whatever happens in whichever order, with the
// log followed late.
func TestEveryOpenTaskHasOneOwnerAndAClock(t *testing.T) {
	for seed := range rounds.Of(3, 200) {
		m := newModel(t, uint64(seed))
		for i := range 120 {
			if m.step(); i%20 == 19 {
				m.caughtUp()
			}
		}
	}
}
