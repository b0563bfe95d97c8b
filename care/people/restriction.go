package people

import (
	"context"
	"fmt"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// RestrictionTerms is what whoever closes a chart says.
type RestrictionTerms struct {
	Reason  string
	Readers []string // accounts of the patient's care team
}

// RestrictionView is whether a chart is closed to people of the clinic, and who may read it.
type RestrictionView struct {
	models.Restriction
	On          bool                       `json:"on"`
	PatientName string                     `json:"patientName,omitempty"` // for privacy officers
	Choices     []models.RestrictionReader `json:"choices,omitempty"`     // who can be named: the care team; for who may change it
	MayChange   bool                       `json:"mayChange"`
}

// mayRestrict finds the decision by which somebody looks at or changes a restriction: the
// patient, and privacy officers, to whom it opens nothing else of the chart. With look,
// people of the clinic who have the chart open see that it is closed.
func (c *Service) mayRestrict(ctx context.Context, actor models.Actor, patientID string, look bool) (*chart.Chart, models.Decision, error) {
	d := models.Decision{Section: models.SectionConsents, Verb: models.Write}
	officer, err := c.base.PrivacyOfficer(ctx, actor)
	if err != nil {
		return nil, d, err
	}
	if officer {
		ch := c.base.Unopened(actor, patientID, models.PurposeOperations)
		d.Basis = models.BasisOperations
		exists, err := c.base.Exists(ctx, patientID)
		if err == nil && !exists {
			err = ch.TurnAway(ctx, false)
		}
		return ch, d, err
	}
	ch, err := c.base.Open(ctx, actor, patientID, models.PurposeOf(actor.Role))
	if err != nil {
		return nil, d, err
	}
	d.Basis = ch.Ground()
	if d.Basis == models.BasisSelf && actor.App == nil || look && actor.Role.Staff() {
		return ch, d, nil
	}
	d.Rule = "role"
	return nil, d, ch.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
}

// Restriction reads it. The version is one more than the stored one: of a chart that was
// never closed it is 1.
func (c *Service) Restriction(ctx context.Context, actor models.Actor, patientID string) (chart.Versioned[RestrictionView], error) {
	none := chart.Versioned[RestrictionView]{}
	ch, d, err := c.mayRestrict(ctx, actor, patientID, true)
	if err != nil {
		return none, err
	}
	v, err := c.base.Restriction(ctx, patientID)
	if err != nil {
		return none, err
	}
	out, err := c.restrictionView(ctx, ch, v)
	if err != nil {
		return none, err
	}
	return out, ch.NoteRead(ctx, d, "chart-restriction.read", "", 1)
}

func (c *Service) restrictionView(ctx context.Context, ch *chart.Chart, v chart.Versioned[models.Restriction]) (chart.Versioned[RestrictionView], error) {
	out := chart.Versioned[RestrictionView]{Version: v.Version + 1, Value: RestrictionView{Restriction: v.Value, On: v.Value.On()}}
	out.Value.PatientID = ch.PatientID()
	if out.Value.Readers == nil {
		out.Value.Readers = []models.RestrictionReader{}
	}
	officer, err := c.base.PrivacyOfficer(ctx, ch.Actor())
	if err != nil {
		return out, err
	}
	if out.Value.MayChange = officer || ch.Actor().Role == models.RolePatient; !out.Value.MayChange {
		return out, nil
	}
	if officer {
		p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, ch.PatientID())
		if err != nil {
			return out, err
		}
		out.Value.PatientName = p.Value.Name
	}
	out.Value.Choices, err = c.couldRead(ctx, ch.PatientID())
	return out, err
}

// ClosedBecause is why a chart is closed to people of the clinic, "" for one that is open:
// for the label of what somebody was given of it. It opens nothing.
func (c *Service) ClosedBecause(ctx context.Context, patientID string) (string, error) {
	r, err := c.base.Restriction(ctx, patientID)
	if err != nil || !r.Value.On() {
		return "", err
	}
	return r.Value.Reason, nil
}

// couldRead are those of a care team who can be named as readers.
func (c *Service) couldRead(ctx context.Context, patientID string) ([]models.RestrictionReader, error) {
	team, err := chart.Every[models.Membership](ctx, c.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{patientID}})
	out := []models.RestrictionReader{}
	for _, m := range team {
		if m.Value.Active(c.now()) {
			out = append(out, models.RestrictionReader{AccountID: m.Value.AccountID, Name: m.Value.Name, Role: m.Value.Role, Discipline: m.Value.Discipline})
		}
	}
	return out, err
}

// Restrict closes a chart to everybody of the clinic but some of its care team, or says
// anew who they are. It holds from the next request on, also in sessions that run. The
// same again is done.
//
// Errors: KindInvalid with "reason", "readers" or "readers[…]"; KindStale.
func (c *Service) Restrict(ctx context.Context, actor models.Actor, patientID string, version int64, t RestrictionTerms) (chart.Versioned[RestrictionView], error) {
	none := chart.Versioned[RestrictionView]{}
	ch, d, err := c.mayRestrict(ctx, actor, patientID, false)
	if err != nil {
		return none, err
	}
	team, err := c.couldRead(ctx, patientID)
	if err != nil {
		return none, err
	}
	readers, err := checkRestriction(t, team)
	if err != nil {
		return none, err
	}
	return c.changeRestriction(ctx, ch, d, version, models.LineRestricted, func(r models.Restriction, now time.Time) models.Restriction {
		if !r.On() {
			r.Since, r.EndedAt = now, nil
		}
		r.Reason, r.Readers = t.Reason, readers
		return r
	})
}

func checkRestriction(t RestrictionTerms, team []models.RestrictionReader) ([]models.RestrictionReader, error) {
	var checks models.Checks
	checks.Require(slices.Contains(models.RestrictionReasons, t.Reason), "reason", "not-a-choice", "Choose one of those that are offered.")
	treats := false
	out := []models.RestrictionReader{}
	for i, id := range t.Readers {
		at := slices.IndexFunc(team, func(p models.RestrictionReader) bool { return p.AccountID == id })
		if at < 0 || slices.Contains(t.Readers[:i], id) {
			checks.Fail(fmt.Sprintf("readers[%d]", i), "not-on-team", "Choose people of the care team, each once.")
			continue
		}
		out = append(out, team[at])
		treats = treats || team[at].Role == models.RoleClinician && team[at].Discipline != models.DisciplineTrainee
	}
	checks.Require(treats, "readers", "nobody-treats", "Name at least one person of the care team who treats.")
	return out, checks.Err()
}

// Unrestrict opens a chart again to its care team and the office. The same again is done.
func (c *Service) Unrestrict(ctx context.Context, actor models.Actor, patientID string, version int64) (chart.Versioned[RestrictionView], error) {
	ch, d, err := c.mayRestrict(ctx, actor, patientID, false)
	if err != nil {
		return chart.Versioned[RestrictionView]{}, err
	}
	return c.changeRestriction(ctx, ch, d, version, models.LineUnrestricted, func(r models.Restriction, now time.Time) models.Restriction {
		if r.On() {
			r.EndedAt = &now
		}
		return r
	})
}

func (c *Service) changeRestriction(ctx context.Context, ch *chart.Chart, d models.Decision, version int64, action string, change func(models.Restriction, time.Time) models.Restriction) (chart.Versioned[RestrictionView], error) {
	none := chart.Versioned[RestrictionView]{}
	old, err := c.base.Restriction(ctx, ch.PatientID())
	if err != nil {
		return none, err
	}
	now := c.now().UTC().Truncate(time.Millisecond)
	next := change(old.Value, now)
	next.PatientID = ch.PatientID()
	if chart.SameJSON(old.Value, next) || old.IsNew() && !next.On() {
		return c.restrictionView(ctx, ch, old)
	}
	if version != old.Version+1 {
		return none, chart.Refusal(store.ErrConflict)
	}
	next.ChangedAt, next.By, next.ByName, next.ByRole = now, ch.Actor().AccountID, ch.Actor().Name, ch.Actor().Role
	doc, err := chart.RestrictionDoc(next, old.Version)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColRestrictions, doc)
	if old.IsNew() {
		op = store.Insert(chart.ColRestrictions, doc)
	}
	if err := ch.Commit(ctx, d, action, ch.PatientID(), op); models.KindOf(err) == models.KindConflict {
		return none, chart.Refusal(store.ErrConflict)
	} else if err != nil {
		return none, err
	}
	return c.restrictionView(ctx, ch, chart.Versioned[models.Restriction]{Value: next, Version: old.Version + 1})
}

// RestrictAgain closes a chart that was closed, or whose readers were named anew, after the
// backup that this store comes from. Who they were is not known: nobody of the clinic reads
// it until a privacy officer or the patient names them, and both are told.
func (c *Service) RestrictAgain(ctx context.Context, patientID string, at time.Time) error {
	old, err := c.base.Restriction(ctx, patientID)
	if err != nil || !old.Value.ChangedAt.Before(at.Truncate(time.Millisecond)) {
		return err
	}
	next := old.Value
	next.PatientID, next.Readers, next.EndedAt, next.ChangedAt = patientID, []models.RestrictionReader{}, nil, at
	next.By, next.ByName, next.ByRole = chart.SystemActor.AccountID, chart.SystemActor.Name, ""
	if !old.Value.On() {
		next.Since = at
	}
	if next.Reason == "" {
		next.Reason = models.RestrictedAsked
	}
	doc, err := chart.RestrictionDoc(next, old.Version)
	if err != nil {
		return err
	}
	op := store.Replace(chart.ColRestrictions, doc)
	if old.IsNew() {
		op = store.Insert(chart.ColRestrictions, doc)
	}
	l := c.base.AuditEvent(chart.SystemActor, models.LineRestricted)
	l.PatientID, l.Section, l.Ref, l.Rule, l.Changed = patientID, models.SectionConsents, patientID, "after-restore", true
	return c.base.Commit(ctx, l, op)
}
