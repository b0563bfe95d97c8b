package people

import (
	"context"
	"errors"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// BreakGlassView is a broken glass as the privacy officer sees it, with what waits.
type BreakGlassView struct {
	models.BreakGlass
	PatientName string                 `json:"patientName,omitempty"`
	Review      *models.BreakGlassWait `json:"review,omitempty"`
	Tell        *models.BreakGlassWait `json:"tellPatient,omitempty"`
}

// PrivacyOfficers are the administrators with that duty; where none is named, all.
func (c *Service) PrivacyOfficers(ctx context.Context) ([]string, error) {
	return c.base.PrivacyOfficers(ctx)
}

// HasPrivacyDuty tells whether the actor is a privacy officer: named, or an administrator
// where nobody is. What they do is written down by what they do.
func (c *Service) HasPrivacyDuty(ctx context.Context, actor models.Actor) (bool, error) {
	return c.base.PrivacyOfficer(ctx, actor)
}

func (c *Service) mayReviewBreakGlass(ctx context.Context, actor models.Actor) error {
	if is, err := c.base.PrivacyOfficer(ctx, actor); err != nil || is {
		return err
	}
	return c.base.Forbid(ctx, actor, "glass.review")
}

// SetPrivacyOfficer gives an administrator the duty of the privacy officer, or takes it. An
// administrator may give it to themself: all others hear of it, from the line that is written.
func (c *Service) SetPrivacyOfficer(ctx context.Context, actor models.Actor, accountID string, on bool) (models.Account, error) {
	if actor.Role != models.RoleAdministrator {
		return models.Account{}, c.base.Forbid(ctx, actor, "account.duty")
	}
	for {
		a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
		if err == nil {
			err = c.base.HideAccount(ctx, actor, a.Value)
		}
		if err != nil {
			return models.Account{}, err
		}
		if a.Value.Role != models.RoleAdministrator {
			return models.Account{}, models.E(models.KindConflict, "not-an-administrator", "Only an administrator can be the privacy officer.")
		}
		if a.Value.PrivacyOfficer == on {
			return a.Value, nil
		}
		a.Value.PrivacyOfficer = on
		doc, err := chart.Encode(accountID, chart.AccountOwner(a.Value), a.Version, chart.AccountKeys(a.Value), a.Value)
		if err != nil {
			return a.Value, err
		}
		e := c.base.AuditEvent(actor, models.LinePrivacyOfficer)
		e.Ref, e.Whom, e.Rule = accountID, accountID, "off"
		if on {
			e.Rule = "on"
		}
		if err := c.base.Commit(ctx, e, store.Replace(chart.ColAccounts, doc)); models.KindOf(err) != models.KindStale || ctx.Err() != nil {
			return a.Value, err
		}
	}
}

// BreakGlassReview lists the broken glasses of the site for the privacy officer, newest
// first, with what waits.
func (c *Service) BreakGlassReview(ctx context.Context, actor models.Actor, cursor string, limit int) (chart.Page[BreakGlassView], error) {
	var out chart.Page[BreakGlassView]
	if err := c.mayReviewBreakGlass(ctx, actor); err != nil {
		return out, err
	}
	page, err := chart.List[models.BreakGlass](ctx, c.store, chart.ColBreakGlass, store.Query{Index: "site",
		Equal: []any{chart.OwnerSite}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	var waits, patients []string
	for _, g := range page.Items {
		waits = append(waits, models.BreakGlassWaitID(g.Value.ID, models.BreakGlassReview), models.BreakGlassWaitID(g.Value.ID, models.BreakGlassTell))
		patients = append(patients, g.Value.PatientID)
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := errors.Join(ahead.Read(ctx, c.store, chart.ColBreakGlassWaits, waits...), ahead.Read(ctx, c.store, chart.ColPatients, patients...)); err != nil {
		return out, err
	}
	for _, g := range page.Items {
		v, err := c.viewBreakGlass(ctx, g.Value)
		if err != nil {
			return out, err
		}
		out.Items = append(out.Items, v)
	}
	e := c.base.AuditEvent(actor, "glass.listed")
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}

func (c *Service) viewBreakGlass(ctx context.Context, g models.BreakGlass) (BreakGlassView, error) {
	v := BreakGlassView{BreakGlass: g}
	for kind, into := range map[string]**models.BreakGlassWait{models.BreakGlassReview: &v.Review, models.BreakGlassTell: &v.Tell} {
		w, err := chart.Load[models.BreakGlassWait](ctx, c.store, chart.ColBreakGlassWaits, models.BreakGlassWaitID(g.ID, kind))
		if err == nil {
			*into = &w.Value
		} else if models.KindOf(err) != models.KindNotFound {
			return v, err
		}
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, g.PatientID)
	if models.KindOf(err) == models.KindNotFound {
		return v, nil
	}
	v.PatientName = p.Value.Name
	return v, err
}

// JudgeBreakGlass notes what the review of a broken glass found; who broke it is told. The
// same twice is once.
func (c *Service) JudgeBreakGlass(ctx context.Context, actor models.Actor, breakGlassID, outcome, note string) (BreakGlassView, error) {
	if err := models.CheckBreakGlassOutcome(outcome, note); err != nil {
		return BreakGlassView{}, err
	}
	return c.changeBreakGlass(ctx, actor, breakGlassID, models.BreakGlassReview, "glass.reviewed", func(w *models.BreakGlassWait) error {
		if w.DoneAt != nil && (w.Outcome != outcome || w.Note != note) {
			return models.E(models.KindConflict, "reviewed-already", "This was reviewed already.")
		}
		w.Outcome, w.Note = outcome, note
		return nil
	})
}

// TellBreakGlass tells the patient now what was put off. Twice is once.
func (c *Service) TellBreakGlass(ctx context.Context, actor models.Actor, breakGlassID string) (BreakGlassView, error) {
	return c.changeBreakGlass(ctx, actor, breakGlassID, models.BreakGlassTell, "glass.told", func(*models.BreakGlassWait) error { return nil })
}

// DelayBreakGlass puts off telling the patient, for a risk of harm that is recorded.
func (c *Service) DelayBreakGlass(ctx context.Context, actor models.Actor, breakGlassID, risk string, until time.Time) (BreakGlassView, error) {
	return c.changeBreakGlass(ctx, actor, breakGlassID, models.BreakGlassTell, "glass.delayed", func(w *models.BreakGlassWait) error {
		if w.DoneAt != nil {
			return models.E(models.KindConflict, "told-already", "The patient was told already.")
		}
		return w.Delay(risk, actor.Name, until, c.now())
	})
}

// changeBreakGlass changes what waits. Everything but a delay ends the wait.
func (c *Service) changeBreakGlass(ctx context.Context, actor models.Actor, breakGlassID, kind, action string, change func(*models.BreakGlassWait) error) (BreakGlassView, error) {
	if err := c.mayReviewBreakGlass(ctx, actor); err != nil {
		return BreakGlassView{}, err
	}
	g, err := chart.Load[models.BreakGlass](ctx, c.store, chart.ColBreakGlass, breakGlassID)
	if err != nil {
		return BreakGlassView{}, err
	}
	for {
		w, err := c.breakGlassWait(ctx, g.Value, kind)
		if err != nil {
			return BreakGlassView{}, err
		}
		before := w.Value
		if err := change(&w.Value); err != nil {
			return BreakGlassView{}, err
		}
		now := c.now().UTC().Truncate(time.Millisecond)
		if action != "glass.delayed" && w.Value.DoneAt == nil {
			w.Value.DoneAt, w.Value.DoneBy = &now, actor.Name
		}
		if chart.SameJSON(before, w.Value) {
			return c.viewBreakGlass(ctx, g.Value)
		}
		err = c.commitWait(ctx, c.breakGlassEvent(actor, action, w.Value), w, w.Value.Due)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue
		}
		if err != nil {
			return BreakGlassView{}, err
		}
		return c.viewBreakGlass(ctx, g.Value)
	}
}

// breakGlassWait loads what waits. A review that an older program did not write down waits
// as well; a patient who was told has nothing that waits.
func (c *Service) breakGlassWait(ctx context.Context, g models.BreakGlass, kind string) (chart.Versioned[models.BreakGlassWait], error) {
	w, err := chart.Load[models.BreakGlassWait](ctx, c.store, chart.ColBreakGlassWaits, models.BreakGlassWaitID(g.ID, kind))
	if models.KindOf(err) == models.KindNotFound && kind == models.BreakGlassReview {
		return chart.Versioned[models.BreakGlassWait]{Value: g.WaitsOf()[0]}, nil
	}
	if models.KindOf(err) == models.KindNotFound {
		return w, models.E(models.KindConflict, "told-already", "The patient was told already.")
	}
	return w, err
}

func (c *Service) breakGlassEvent(actor models.Actor, action string, w models.BreakGlassWait) models.AuditEvent {
	e := c.base.AuditEvent(actor, action)
	e.Ref, e.PatientID, e.Whom = w.BreakGlassID, w.PatientID, w.AccountID
	return e
}

func breakGlassWaitOp(w chart.Versioned[models.BreakGlassWait], next time.Time) (store.Op, error) {
	keys := store.Keys{"patientId": w.Value.PatientID}
	if w.Value.DoneAt == nil {
		keys["due"] = chart.Millis(next)
	}
	doc, err := chart.Encode(w.Value.ID, w.Value.PatientID, w.Version, keys, w.Value)
	if w.Version == 0 {
		return store.Insert(chart.ColBreakGlassWaits, doc), err
	}
	return store.Replace(chart.ColBreakGlassWaits, doc), err
}

func (c *Service) commitWait(ctx context.Context, e models.AuditEvent, w chart.Versioned[models.BreakGlassWait], next time.Time) error {
	op, err := breakGlassWaitOp(w, next)
	if err != nil {
		return err
	}
	return c.base.Commit(ctx, e, op)
}

// workBreakGlass is the worker that does what is due after broken glasses.
const workBreakGlass = "broken-glass"

// breakGlassAgain is how long after it was due a review is asked for again.
const breakGlassAgain = 24 * time.Hour

// FollowBreakGlass does what is due: a patient whose telling was put off is told, and a
// review that is late is asked for again. It is run by any number of instances.
func (c *Service) FollowBreakGlass(ctx context.Context) error {
	round, err := c.aside.Round(ctx, workBreakGlass)
	if err != nil {
		return chart.Refusal(err)
	}
	return chart.EachDue(ctx, c.base, chart.ColBreakGlassWaits, round, func(w chart.Versioned[models.BreakGlassWait]) error { return c.breakGlassDue(ctx, w) })
}

func (c *Service) breakGlassDue(ctx context.Context, w chart.Versioned[models.BreakGlassWait]) error {
	if w.Value.DoneAt != nil {
		return nil
	}
	now := c.now().UTC().Truncate(time.Millisecond)
	action, next := "glass.review-late", now.Add(breakGlassAgain)
	if w.Value.Kind == models.BreakGlassTell {
		action, w.Value.DoneAt, w.Value.DoneBy = "glass.told", &now, chart.SystemActor.Name
	}
	err := c.commitWait(ctx, c.breakGlassEvent(chart.SystemActor, action, w.Value), w, next)
	if models.KindOf(err) == models.KindStale {
		return nil // another instance, or the privacy officer, was faster
	}
	return err
}
