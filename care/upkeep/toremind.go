package upkeep

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/visits"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/crisisplan"
	"handrail/models/reminder"
	"handrail/models/risk"
	"handrail/models/schedule"
	"handrail/store"
	"handrail/store/tail"
)

// ToRemind is what a patient is to be reminded of. It is the system's own reading,
// for the worker that plans reminders: nothing of it but dates and ids goes on.
type ToRemind struct {
	Account    models.Account
	Zone       string // IANA, of the patient
	Language   string
	CheckIns   checkin.Times
	Answered   []time.Time // when check-ins of the last two days were answered, the oldest first
	Medicines  []reminder.Medicine
	Visits     []visits.Visit // that are booked, by start
	Goals      []models.Goal
	Reviews    []crisisplan.Due
	RehearseOn string // local day; "" without a plan
	NaloxoneOn string // local day on which the first kit runs out; ""
	Quiet      risk.Quiet
}

// ToRemind reads what a patient is to be reminded of: visits that begin from an hour
// ago to the given time. It gives models.NotFound for nobody and for who was erased.
func (c *Service) ToRemind(ctx context.Context, patientID string, visitsTo time.Time) (ToRemind, error) {
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, patientID)
	if err != nil {
		return ToRemind{}, err
	}
	out := ToRemind{Zone: c.base.Zone(patientID, p.Value.Zone), Language: p.Value.Language}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, p.Value.AccountID)
	if err != nil {
		return out, err
	}
	out.Account = a.Value
	asked, err := c.record.Asked(ctx, patientID, p.Value.Zone)
	if err != nil {
		return out, err
	}
	out.CheckIns, out.Medicines, out.Answered, out.Quiet = asked.CheckIns, asked.Medicines, asked.Answered, asked.Quiet
	if out.Visits, err = c.bookedVisits(ctx, patientID, visitsTo); err != nil {
		return out, err
	}
	goals, err := chart.Every[models.Goal](ctx, c.store, chart.ColGoals, store.Query{Index: "patient", Equal: []any{patientID}, Desc: true})
	if err != nil {
		return out, err
	}
	for _, g := range goals {
		if s := g.Value.Status; s == models.GoalAccepted || s == models.GoalPlanned || s == models.GoalActive {
			out.Goals = append(out.Goals, g.Value)
		}
	}
	plan, err := c.crisis.PlanDates(ctx, patientID)
	out.Reviews, out.RehearseOn, out.NaloxoneOn = plan.Reviews, plan.RehearseOn, plan.NaloxoneOn
	return out, err
}

// PlanOldOnPhones names the newest version of a crisis plan that a phone of the patient
// has not fetched for days; 0 where every phone has it. It is for workers.
func (c *Service) PlanOldOnPhones(ctx context.Context, patientID string) (newest int64, err error) {
	return c.crisis.OldOnPhones(ctx, patientID)
}

// VisitStart is when a visit begins, for workers.
func (c *Service) VisitStart(ctx context.Context, visitID string) (time.Time, error) {
	v, err := chart.Load[visits.Visit](ctx, c.store, chart.ColVisits, visitID)
	return v.Value.Start, err
}

// VisitStartBefore is when a visit began before it was moved last, for workers.
func (c *Service) VisitStartBefore(ctx context.Context, visitID string) (time.Time, error) {
	v, err := chart.Load[visits.Visit](ctx, c.store, chart.ColVisits, visitID)
	if err != nil || v.Value.Moved == nil {
		return v.Value.Start, err
	}
	return v.Value.Moved.From, nil
}

// NoShow tells of a visit that was missed: whose it was, and whether the one before it
// was missed too. ok is false where it is not missed any more, or gone. For workers.
func (c *Service) NoShow(ctx context.Context, visitID string) (patientID string, before, ok bool, err error) {
	v, err := chart.Load[visits.Visit](ctx, c.store, chart.ColVisits, visitID)
	if models.KindOf(err) == models.KindNotFound || err == nil && v.Value.Status != schedule.NoShow {
		return "", false, false, nil
	}
	if err != nil {
		return "", false, false, err
	}
	err = chart.ThroughDocs(ctx, c.store, chart.ColVisits, store.Query{Index: "patient", Equal: []any{v.Value.PatientID},
		To: chart.Millis(v.Value.Start) + 1, Desc: true}, func(d store.Doc) (bool, error) {
		b, err := chart.Readable[visits.Visit](d)
		if err != nil || b.Value.ID == visitID {
			return false, nil
		}
		switch b.Value.Status {
		case schedule.NoShow, schedule.Arrived, schedule.CheckedIn, schedule.Fulfilled:
			before = b.Value.Status == schedule.NoShow
			return true, nil
		}
		return false, nil // called off, or still booked
	})
	return v.Value.PatientID, before, true, err
}

func (c *Service) bookedVisits(ctx context.Context, patientID string, to time.Time) ([]visits.Visit, error) {
	found, err := chart.Every[visits.Visit](ctx, c.store, chart.ColVisits, store.Query{Index: "patient", Equal: []any{patientID},
		From: chart.Millis(c.now().Add(-time.Hour)), To: chart.Millis(to)})
	var out []visits.Visit
	for _, v := range found {
		if s := v.Value.Status; v.Value.HoldUntil == nil && (s == schedule.Booked || s == schedule.Pending) {
			out = append(out, v.Value)
		}
	}
	return out, err
}

// PatientIDs lists every patient's id, the oldest first, for workers.
func (c *Service) PatientIDs(ctx context.Context, cursor string, limit int) (chart.Page[string], error) {
	page, err := c.store.Query(ctx, chart.ColPatients, store.Query{Index: "created", Limit: limit, Cursor: cursor, Unopened: true})
	out := chart.Page[string]{Next: page.Next}
	for _, d := range page.Docs {
		out.Items = append(out.Items, d.ID)
	}
	return out, chart.Refusal(err)
}

// Account reads an account, for workers. An erased one is models.NotFound.
func (c *Service) Account(ctx context.Context, id string) (models.Account, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, id)
	a.Value.Zone = c.base.Zone(id, a.Value.Zone)
	return a.Value, err
}

// TreatingTeam lists the accounts of the clinicians on a patient's team now: of who
// leads it, where somebody does. It is for workers.
func (c *Service) TreatingTeam(ctx context.Context, patientID string) ([]string, error) {
	everybody, lead, err := c.clinicians(ctx, patientID)
	if len(lead) > 0 {
		return lead, err
	}
	return everybody, err
}

// WholeTeam lists the accounts of all clinicians on a patient's team now. It is for workers.
func (c *Service) WholeTeam(ctx context.Context, patientID string) ([]string, error) {
	everybody, _, err := c.clinicians(ctx, patientID)
	return everybody, err
}

func (c *Service) clinicians(ctx context.Context, patientID string) (everybody, lead []string, err error) {
	found, err := c.team(ctx, patientID)
	for _, m := range found {
		if !m.Value.Active(c.now()) || m.Value.Role != models.RoleClinician {
			continue
		}
		everybody = append(everybody, m.Value.AccountID)
		if m.Value.Lead {
			lead = append(lead, m.Value.AccountID)
		}
	}
	return everybody, lead, err
}

// team is who was ever on a patient's team and to whom their chart is not closed.
func (c *Service) team(ctx context.Context, patientID string) ([]chart.Versioned[models.Membership], error) {
	found, err := chart.Every[models.Membership](ctx, c.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{patientID}})
	if err != nil {
		return nil, err
	}
	return c.base.NotShut(ctx, patientID, found)
}

// EventsAfter reads lines of the audit log in the order of their ids, for workers.
// Ids begin with the time at which the line was made (UUIDv7): a line may be
// committed a little later than one with a higher id, so whoever follows must look
// back a while.
func (c *Service) EventsAfter(ctx context.Context, id string, limit int) ([]models.AuditEvent, error) {
	page, err := c.store.Query(ctx, chart.ColAudit, store.Query{Index: store.IDIndex, From: id, Limit: limit, Unopened: true})
	if err != nil {
		return nil, chart.Refusal(err)
	}
	out := make([]models.AuditEvent, 0, len(page.Docs))
	for _, d := range page.Docs {
		out = append(out, chart.ReadLine(d))
	}
	return out, nil
}

// UnreadableEvent is the action that EventsAfter gives a line which can't be read.
const UnreadableEvent = chart.UnreadableLine

// LookForLines finds what other instances wrote into the audit log, for everybody here
// who follows it. serve calls it every second.
func (c *Service) LookForLines(ctx context.Context) error {
	return chart.Refusal(c.base.Lines.Look(ctx))
}

// FollowLines begins to follow those lines of the audit log that want says yes to; nil:
// all. What this instance writes comes at once, and what LookForLines finds.
func (c *Service) FollowLines(want func(models.AuditEvent) bool) *tail.Follower[models.AuditEvent] {
	return c.base.Lines.Follow(want)
}

// Administrators lists the accounts of the administrators who are active, the oldest
// first, for workers.
func (c *Service) Administrators(ctx context.Context) ([]string, error) {
	return c.activeOf(ctx, models.RoleAdministrator)
}

func (c *Service) activeOf(ctx context.Context, role models.Role) ([]string, error) {
	found, _, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(role)}}, 0)
	var out []string
	for _, a := range found {
		if a.Value.Status == models.AccountActive {
			out = append(out, a.Value.ID)
		}
	}
	return out, err
}

// MayCheckChannels lets the office see what is known of the ways by which the clinic reaches
// people, and administrators have them looked at, and notes it.
func (c *Service) MayCheckChannels(ctx context.Context, actor models.Actor, look bool) error {
	action := "channels.read"
	if look {
		action = "channels.checked"
	}
	if actor.Outside || actor.Role != models.RoleAdministrator && (look || actor.Role != models.RoleCoordinator) {
		return c.base.Forbid(ctx, actor, action)
	}
	return c.base.Note(ctx, c.base.AuditEvent(actor, action))
}

// FrontOffice lists the accounts of who keeps accounts: the coordinators who are active, else
// the administrators, for workers.
func (c *Service) FrontOffice(ctx context.Context) ([]string, error) {
	if out, err := c.activeOf(ctx, models.RoleCoordinator); err != nil || len(out) > 0 {
		return out, err
	}
	return c.Administrators(ctx)
}

// FrontOfficeOf is FrontOffice for one account: where its chart is closed to people of the
// clinic, those are the privacy officers.
func (c *Service) FrontOfficeOf(ctx context.Context, a models.Account) ([]string, error) {
	if a.PatientID == "" {
		return c.FrontOffice(ctx)
	}
	r, err := c.base.Restriction(ctx, a.PatientID)
	if err == nil && r.Value.On() {
		return c.base.PrivacyOfficers(ctx)
	}
	if err != nil {
		return nil, err
	}
	return c.FrontOffice(ctx)
}

// Coordinators lists the accounts of the coordinators on a patient's team now, for
// workers.
func (c *Service) Coordinators(ctx context.Context, patientID string) ([]string, error) {
	found, err := c.team(ctx, patientID)
	var out []string
	for _, m := range found {
		if m.Value.Active(c.now()) && m.Value.Role == models.RoleCoordinator {
			out = append(out, m.Value.AccountID)
		}
	}
	return out, err
}

// Circle lists the accounts of a patient's family and friends, for workers.
func (c *Service) Circle(ctx context.Context, patientID string) ([]string, error) {
	found, err := chart.Every[models.RelatedPerson](ctx, c.store, chart.ColRelated, store.Query{Index: "patient", Equal: []any{patientID}})
	var out []string
	for _, r := range found {
		out = append(out, r.Value.AccountID)
	}
	return out, err
}
