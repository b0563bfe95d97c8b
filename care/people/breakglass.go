package people

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// BreakGlassRequest is what a medical person says when they break the glass.
type BreakGlassRequest struct {
	Affiliation string
	Reason      string
	Nature      string
	NoConsent   bool
	TellRisk    string // one of models.BreakGlassRisks; "": the patient is told at once
}

// BreakGlass opens the minimum set of a chart for an hour, in a medical
// emergency (42 CFR 2.51). All four facts are durable before anything opens, with what
// waits: the review, and telling the patient where a risk of harm puts it off. The
// privacy officer is told, and the patient else. Anybody else gets NotFound.
func (c *Service) BreakGlass(ctx context.Context, actor models.Actor, patientID, id string, r BreakGlassRequest) (models.BreakGlass, error) {
	var none models.BreakGlass
	ch := c.base.Unopened(actor, patientID, models.PurposeEmergency)
	if uuid.Validate(patientID) != nil {
		return none, models.NotFound()
	}
	d := models.Decision{Basis: models.BasisBreakGlass, Section: models.SectionProfile, Verb: models.Read}
	if actor.Role != models.RoleClinician || !actor.Discipline.Medical() {
		return none, ch.TurnAwayStranger(ctx)
	}
	if err := c.signin.EmergencyStepUpNeeded(ctx, actor); err != nil {
		return none, err
	}
	now := c.now().UTC().Truncate(time.Millisecond)
	g := models.BreakGlass{ID: id, PatientID: patientID, AccountID: actor.AccountID, Person: actor.Name,
		Affiliation: r.Affiliation, Discloser: c.site.Name, At: now, Reason: r.Reason, Nature: r.Nature,
		NoConsent: r.NoConsent, TellRisk: r.TellRisk, Until: now.Add(models.BreakGlassMinutes * time.Minute)}
	if err := models.CheckBreakGlass(g); err != nil {
		return none, err
	}
	if exists, err := c.base.Exists(ctx, patientID); err != nil {
		return none, err
	} else if !exists {
		return none, ch.TurnAway(ctx, false)
	}
	word, err := c.base.RestrictedFor(ctx, actor, patientID)
	if err != nil {
		return none, err
	}
	g.Restricted = word == models.RestrictedOut
	doc, err := chart.Encode(id, patientID, 0, store.Keys{"patientId": patientID, "accountId": actor.AccountID,
		"site": chart.OwnerSite, "at": chart.Millis(now)}, g)
	if err != nil {
		return none, err
	}
	err = c.Part(ch).commitBreakGlass(ctx, d, g, store.Insert(chart.ColBreakGlass, doc))
	if models.KindOf(err) == models.KindConflict {
		return c.sameBreakGlass(ctx, g, err)
	}
	return g, err
}

// commitBreakGlass keeps a broken glass with what waits. The line that the patient is told
// goes with it, unless a risk puts it off. Nothing of the chart changes, so devices of
// the patient do not follow it.
func (ch *Part) commitBreakGlass(ctx context.Context, d models.Decision, g models.BreakGlass, ops ...store.Op) error {
	for _, w := range g.WaitsOf() {
		op, err := breakGlassWaitOp(chart.Versioned[models.BreakGlassWait]{Value: w}, w.Due)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	if !g.TellsLater() {
		op, err := chart.AuditOp(ch.care.breakGlassEvent(chart.SystemActor, "glass.told", models.BreakGlassWait{BreakGlassID: g.ID, PatientID: g.PatientID}))
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	e := ch.chart.Event(d, "glass.broken")
	e.Ref = g.ID
	return ch.care.base.Commit(ctx, e, ops...)
}

// sameBreakGlass answers a repeated request with the record that stands.
func (c *Service) sameBreakGlass(ctx context.Context, again models.BreakGlass, conflict error) (models.BreakGlass, error) {
	stands, err := chart.First[models.BreakGlass](ctx, c.store, chart.ColBreakGlass, again.ID, conflict)
	if err != nil {
		return models.BreakGlass{}, err
	}
	again.At, again.Until, again.Restricted = stands.Value.At, stands.Value.Until, stands.Value.Restricted
	if !chart.SameJSON(stands.Value, again) {
		return models.BreakGlass{}, conflict
	}
	return stands.Value, nil
}

// BreakGlassFor is BreakGlass for somebody who is known by name and birth date,
// as they stand in the record. Nobody and more than one are NotFound, and written down.
func (c *Service) BreakGlassFor(ctx context.Context, actor models.Actor, name, birthDate, id string, r BreakGlassRequest) (models.BreakGlass, error) {
	none := models.BreakGlass{}
	nobody := c.base.Unopened(actor, "", models.PurposeEmergency)
	if actor.Role != models.RoleClinician || !actor.Discipline.Medical() {
		return none, nobody.TurnAway(ctx, false)
	}
	var checks models.Checks
	checks.Text("name", name, 1, 200)
	checks.Require(birthDate != "", "birthDate", "required", "Please fill this in.")
	checks.Date("birthDate", birthDate)
	if err := checks.Err(); err != nil {
		return none, err
	}
	var found []string
	err := chart.Through(ctx, c.store, chart.ColPatients, store.Query{Index: "created"}, func(p chart.Versioned[models.Patient]) (bool, error) {
		if p.Value.BirthDate == birthDate && strings.EqualFold(plainName(p.Value.Name), plainName(name)) {
			found = append(found, p.Value.ID)
		}
		return len(found) > 1, nil
	})
	if err != nil {
		return none, err
	}
	if len(found) != 1 {
		return none, nobody.TurnAway(ctx, false)
	}
	return c.BreakGlass(ctx, actor, found[0], id, r)
}

func plainName(name string) string { return strings.Join(strings.Fields(name), " ") }
