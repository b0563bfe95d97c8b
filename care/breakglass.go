package care

import (
	"context"
	"time"

	"github.com/google/uuid"

	"handrail/models"
	"handrail/store"
)

// GlassRequest is what a medical person says when they break the glass.
type GlassRequest struct {
	Affiliation string
	Reason      string
	Nature      string
	NoConsent   bool
}

// BreakTheGlass opens the minimum set of a chart for an hour, in a medical
// emergency (42 CFR 2.51). All four facts are durable before anything opens. The
// patient reads it in the access log. Anybody else gets NotFound.
func (c *Care) BreakTheGlass(ctx context.Context, actor models.Actor, patientID, id string, r GlassRequest) (models.BreakGlass, error) {
	var none models.BreakGlass
	ch := &Chart{care: c, actor: actor, patient: patientID, purpose: models.PurposeEmergency}
	if uuid.Validate(patientID) != nil {
		return none, models.NotFound()
	}
	d := models.Decision{Basis: models.BasisBreakGlass, Section: models.SectionProfile, Verb: models.Read}
	if actor.Role != models.RoleClinician || !actor.Discipline.Medical() {
		exists, err := c.exists(ctx, patientID)
		if err != nil {
			return none, err
		}
		return none, ch.turnAway(ctx, exists)
	}
	now := c.now().UTC().Truncate(time.Millisecond)
	g := models.BreakGlass{ID: id, PatientID: patientID, AccountID: actor.AccountID, Person: actor.Name,
		Affiliation: r.Affiliation, Discloser: c.site.Name, At: now, Reason: r.Reason, Nature: r.Nature,
		NoConsent: r.NoConsent, Until: now.Add(models.GlassMinutes * time.Minute)}
	if err := models.CheckBreakGlass(g); err != nil {
		return none, err
	}
	if exists, err := c.exists(ctx, patientID); err != nil {
		return none, err
	} else if !exists {
		return none, ch.turnAway(ctx, false)
	}
	doc, err := encode(id, patientID, 0, store.Keys{"patientId": patientID, "accountId": actor.AccountID,
		"site": ownerSite, "at": millis(now)}, g)
	if err != nil {
		return none, err
	}
	err = ch.commit(ctx, d, "glass.broken", id, store.Insert(colGlass, doc))
	if models.KindOf(err) == models.KindConflict {
		return c.sameGlass(ctx, g, err)
	}
	return g, err
}

// sameGlass answers a repeated request with the record that stands.
func (c *Care) sameGlass(ctx context.Context, again models.BreakGlass, conflict error) (models.BreakGlass, error) {
	stands, err := first[models.BreakGlass](ctx, c.store, colGlass, again.ID, conflict)
	if err != nil {
		return models.BreakGlass{}, err
	}
	again.At, again.Until = stands.Value.At, stands.Value.Until
	if !sameJSON(stands.Value, again) {
		return models.BreakGlass{}, conflict
	}
	return stands.Value, nil
}

func (c *Care) glassOf(ctx context.Context, patientID, accountID string) ([]models.BreakGlass, error) {
	since := c.now().Add(-models.GlassMinutes * time.Minute)
	found, err := every[models.BreakGlass](ctx, c.store, colGlass, store.Query{Index: "pair",
		Equal: []any{patientID, accountID}, From: millis(since)})
	out := make([]models.BreakGlass, 0, len(found))
	for _, g := range found {
		out = append(out, g.Value)
	}
	return out, err
}

// GlassReview lists the broken glasses of the site for the privacy officer (an
// administrator), newest first.
func (c *Care) GlassReview(ctx context.Context, actor models.Actor, cursor string, limit int) (Page[models.BreakGlass], error) {
	var out Page[models.BreakGlass]
	if actor.Role != models.RoleAdministrator {
		return out, models.E(models.KindForbidden, "administrators-only", "Only an administrator can see this.")
	}
	page, err := list[models.BreakGlass](ctx, c.store, colGlass, store.Query{Index: "site",
		Equal: []any{ownerSite}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	for _, g := range page.Items {
		out.Items = append(out.Items, g.Value)
	}
	l := c.auditLine(actor, "glass.reviewed")
	l.Count = len(out.Items)
	return out, c.note(ctx, l)
}
