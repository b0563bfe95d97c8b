package alerts

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
	"handrail/store/aside"
)

// maxProgrammes is how many a clinic has room for.
const maxProgrammes = 50

type keptProgramme = chart.Versioned[risk.Programme]

// programme reads one; the clinic's own stands where nobody wrote it down, with every
// level, as it was before there were programmes.
func (c *Service) programme(ctx context.Context, id string) (keptProgramme, error) {
	v, err := chart.Load[risk.Programme](ctx, c.store, chart.ColProgrammes, id)
	if models.KindOf(err) == models.KindNotFound && id == risk.ClinicProgramme {
		return keptProgramme{Value: risk.Programme{ID: id, Policy: risk.Policy{Name: c.base.Site.Name, Levels: risk.Levels}}}, nil
	}
	return v, err
}

// programmeOf is the one that a patient is in. One that is gone, has ended or can't be
// read is the clinic's: an alert waits for no document.
func (c *Service) programmeOf(ctx context.Context, patientID string) (risk.Programme, error) {
	in, err := c.inProgramme(ctx, patientID)
	if err != nil && aside.Stops(err) {
		return risk.Programme{}, err
	}
	id := in.Value.Programme
	if err == nil && id != risk.ClinicProgramme {
		v, err := c.programme(ctx, id)
		if err == nil && v.Value.EndedAt.IsZero() {
			return v.Value, nil
		}
		if err != nil && models.KindOf(err) != models.KindNotFound && aside.Stops(err) {
			return risk.Programme{}, err
		}
	}
	v, err := c.programme(ctx, risk.ClinicProgramme)
	if err != nil && !aside.Stops(err) {
		return risk.Programme{ID: risk.ClinicProgramme}, nil
	}
	return v.Value, err
}

func (c *Service) inProgramme(ctx context.Context, patientID string) (chart.Versioned[risk.InProgramme], error) {
	v, err := orNone[risk.InProgramme](ctx, c, chart.ColInProgramme, patientID)
	if v.Value.Programme == "" {
		v.Value.Programme = risk.ClinicProgramme
	}
	return v, err
}

// Programmes lists those that patients can be in, the clinic's own first; with ended also
// those that were. It is for who works at the clinic.
func (c *Service) Programmes(ctx context.Context, actor models.Actor, ended bool) ([]keptProgramme, error) {
	if !actor.Role.Staff() || actor.Outside {
		return nil, c.base.Forbid(ctx, actor, "programmes.read")
	}
	return c.programmes(ctx, ended)
}

func (c *Service) programmes(ctx context.Context, ended bool) ([]keptProgramme, error) {
	own, err := c.programme(ctx, risk.ClinicProgramme)
	if err != nil && aside.Stops(err) {
		return nil, err
	}
	own.Version++
	found, _, err := chart.ReadableOnes[risk.Programme](ctx, c.store, chart.ColProgrammes, store.Query{Index: "site", Equal: []any{chart.OwnerSite}}, 0)
	out := []keptProgramme{own}
	for _, v := range found {
		if v.Value.ID != risk.ClinicProgramme && (ended || v.Value.EndedAt.IsZero()) {
			v.Version++
			out = append(out, v)
		}
	}
	return out, err
}

func (c *Service) checkPolicy(ctx context.Context, id string, p risk.Policy) error {
	if err := risk.CheckPolicy(p); err != nil || p.FailSafe == "" {
		return err
	}
	var checks models.Checks
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, p.FailSafe)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	r := a.Value.Role
	checks.Require(err == nil && a.Value.Status == models.AccountActive && (r == models.RoleAdministrator || r == models.RoleClinician),
		"failSafe", "cannot-own-alert", "Choose an administrator or a clinician whose account is active.")
	checks.Require(id != risk.ClinicProgramme, "failSafe", "set-elsewhere", "The clinic's own fail-safe stands in the settings of alerts.")
	return checks.Err()
}

// MakeProgramme makes one. The same id and policy again are the same.
func (c *Service) MakeProgramme(ctx context.Context, actor models.Actor, id string, p risk.Policy) (keptProgramme, error) {
	all, err := c.programmesFor(ctx, actor)
	if err != nil {
		return keptProgramme{}, err
	}
	if i := slices.IndexFunc(all, func(v keptProgramme) bool { return v.Value.ID == id }); i >= 0 {
		if chart.SameJSON(all[i].Value.Policy, p) {
			return all[i], nil
		}
		return keptProgramme{}, models.E(models.KindConflict, "already-exists", "Something with this id is here already.")
	}
	if err := c.checkPolicy(ctx, id, p); err != nil {
		return keptProgramme{}, err
	}
	if len(all) >= maxProgrammes {
		return keptProgramme{}, models.E(models.KindTooMany, "too-many-programmes", "There are 50 programmes already.")
	}
	return c.saveProgramme(ctx, actor, "programme.created", keptProgramme{Value: risk.Programme{ID: id, Policy: p}})
}

// EditProgramme replaces a policy. version is that of Programmes; the same again is done.
func (c *Service) EditProgramme(ctx context.Context, actor models.Actor, id string, version int64, p risk.Policy) (keptProgramme, error) {
	return c.changeProgramme(ctx, actor, id, version, "programme.changed", func(now risk.Programme) (risk.Programme, error) {
		now.Policy = p
		return now, c.checkPolicy(ctx, id, p)
	})
}

// EndProgramme takes one out of use: its patients follow the clinic's policy from then on.
func (c *Service) EndProgramme(ctx context.Context, actor models.Actor, id string, version int64) (keptProgramme, error) {
	return c.changeProgramme(ctx, actor, id, version, "programme.ended", func(now risk.Programme) (risk.Programme, error) {
		if id == risk.ClinicProgramme {
			return now, models.E(models.KindConflict, "always-there", "The clinic's own programme can't end.")
		}
		if now.EndedAt.IsZero() {
			now.EndedAt = c.now().UTC()
		}
		return now, nil
	})
}

func (c *Service) programmesFor(ctx context.Context, actor models.Actor) ([]keptProgramme, error) {
	if actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return nil, c.base.Forbid(ctx, actor, "programme.change")
	}
	return c.programmes(ctx, true)
}

func (c *Service) changeProgramme(ctx context.Context, actor models.Actor, id string, version int64, did string, edit func(risk.Programme) (risk.Programme, error)) (keptProgramme, error) {
	all, err := c.programmesFor(ctx, actor)
	if err != nil {
		return keptProgramme{}, err
	}
	i := slices.IndexFunc(all, func(v keptProgramme) bool { return v.Value.ID == id })
	if i < 0 {
		return keptProgramme{}, chart.Refusal(store.ErrNotFound)
	}
	next, err := edit(all[i].Value)
	if err != nil || chart.SameJSON(all[i].Value, next) {
		return all[i], err
	}
	if version != chart.AnyVersion && version != all[i].Version {
		return keptProgramme{}, chart.Refusal(store.ErrConflict)
	}
	if !all[i].Value.EndedAt.IsZero() {
		return keptProgramme{}, models.E(models.KindConflict, "programme-ended", "This programme has ended. Make a new one.")
	}
	return c.saveProgramme(ctx, actor, did, keptProgramme{Value: next, Version: all[i].Version - 1})
}

func (c *Service) saveProgramme(ctx context.Context, actor models.Actor, did string, v keptProgramme) (keptProgramme, error) {
	p := v.Value
	p.ChangedBy, p.ChangedAt = models.AuthorOf(actor), c.now().UTC()
	doc, err := chart.Encode(p.ID, chart.OwnerSite, v.Version, store.Keys{"site": chart.OwnerSite, "programmeId": p.ID}, p)
	if err != nil {
		return v, err
	}
	op := store.Replace(chart.ColProgrammes, doc)
	if v.Version == 0 {
		op = store.Insert(chart.ColProgrammes, doc)
	}
	e := c.base.AuditEvent(actor, did)
	e.Ref = p.ID
	err = c.base.Commit(ctx, e, op)
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict)
	}
	return keptProgramme{Value: p, Version: v.Version + 2}, err
}

// Programme reads which one the patient is in: for who works at the clinic.
func (ch *Part) Programme(ctx context.Context) (chart.Versioned[risk.InProgramme], error) {
	d, v, err := ch.programme(ctx, models.Read)
	if err != nil {
		return v, err
	}
	return v, ch.chart.NoteRead(ctx, d, "care-team.read", "programme", 1)
}

func (ch *Part) programme(ctx context.Context, verb models.Verb) (models.Decision, chart.Versioned[risk.InProgramme], error) {
	d, err := ch.chart.May(ctx, models.SectionCareTeam, verb)
	if err != nil {
		return d, chart.Versioned[risk.InProgramme]{}, err
	}
	if !ch.actor.Role.Staff() {
		d.Rule = "role"
		return d, chart.Versioned[risk.InProgramme]{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Your role can't do this."))
	}
	v, err := ch.care.inProgramme(ctx, ch.patient)
	if err != nil {
		return d, v, err
	}
	v.Version++
	in, err := ch.care.programme(ctx, v.Value.Programme)
	if models.KindOf(err) == models.KindNotFound {
		err = nil
	}
	v.Value.Name = in.Value.Name
	return d, v, err
}

// SetProgramme puts the patient into a programme: for who arranges teams. Open alerts
// whose owner is none of it any more move on.
func (ch *Part) SetProgramme(ctx context.Context, version int64, to risk.InProgramme) (chart.Versioned[risk.InProgramme], error) {
	none := chart.Versioned[risk.InProgramme]{}
	d, old, err := ch.programme(ctx, models.Write)
	if err != nil {
		return none, err
	}
	if old.Value.Programme == to.Programme {
		return old, nil
	}
	if old.Version != version {
		return none, chart.Refusal(store.ErrConflict)
	}
	in, err := ch.care.programme(ctx, to.Programme)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return none, err
	}
	var checks models.Checks
	checks.Require(err == nil && in.Value.EndedAt.IsZero(), "programme", "not-a-choice", "Choose one of those that are offered.")
	if err := checks.Err(); err != nil {
		return none, err
	}
	to = risk.InProgramme{Programme: to.Programme, ByName: ch.actor.Name, At: ch.care.now().UTC()}
	doc, err := chart.Encode(ch.patient, ch.patient, old.Version-1, nil, to)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColInProgramme, doc)
	if old.Version == 1 {
		op = store.Insert(chart.ColInProgramme, doc)
	}
	err = ch.chart.Commit(ctx, d, "patient-programme.changed", ch.patient, op)
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict)
	}
	to.Name = in.Value.Name
	return chart.Versioned[risk.InProgramme]{Value: to, Version: old.Version + 1}, err
}
