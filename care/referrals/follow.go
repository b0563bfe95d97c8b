package referrals

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/referral"
	"handrail/models/task"
	"handrail/store"
)

// Referrals lists a page of those of the patient, the newest first, for the patient and
// the team.
func (ch *Part) Referrals(ctx context.Context, cursor string, limit int) (chart.Page[View], error) {
	var out chart.Page[View]
	d, err := ch.chart.May(ctx, models.SectionReferrals, models.Read)
	if err != nil {
		return out, err
	}
	page, err := chart.ListReadable[referral.Referral](ctx, ch.care.store, chart.ColReferrals, store.Query{Index: "patient", Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	if out.Items, err = ch.views(ctx, page.Items); err != nil {
		return out, err
	}
	return out, ch.chart.NoteRead(ctx, d, "referrals.read", "", len(out.Items))
}

// views are referrals with who answers for them, in few queries.
func (ch *Part) views(ctx context.Context, found []kept) ([]View, error) {
	open, err := ch.care.tasks.OpenAbout(ctx, ch.patient)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found))
	for n, v := range found {
		ids[n] = v.Value.ConsentID
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, ch.care.store, chart.ColConsents, ids...); err != nil {
		return nil, err
	}
	if err := ahead.Read(ctx, ch.care.store, chart.ColContactStates, ch.patient); err != nil {
		return nil, err
	}
	out := make([]View, 0, len(found))
	for _, v := range found {
		view, err := ch.view(ctx, v.Value, open)
		if err != nil {
			return nil, err
		}
		out = append(out, view)
	}
	return out, nil
}

func (ch *Part) view(ctx context.Context, r referral.Referral, open []task.Task) (View, error) {
	v := View{Referral: r}
	var err error
	if v.Shared = r.ConsentID != "" && r.Status != referral.Cancelled; v.Shared {
		v.Shared, err = ch.care.shown(ctx, r)
	}
	if n := slices.IndexFunc(open, func(t task.Task) bool { return t.ID == r.TaskID }); n >= 0 {
		v.Owner, v.Overdue = &open[n].Owner, ch.care.now().After(r.DueAt)
	}
	return v, err
}

// viewOne answers a change with what is so now.
func (ch *Part) viewOne(ctx context.Context, r referral.Referral, err error) (View, error) {
	if err != nil {
		return View{}, err
	}
	open, err := ch.care.tasks.OpenAbout(ctx, ch.patient)
	if err != nil {
		return View{}, err
	}
	return ch.view(ctx, r, open)
}

// Referral reads one.
func (ch *Part) Referral(ctx context.Context, id string) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionReferrals, models.Read)
	if err != nil {
		return View{}, err
	}
	v, err := ch.load(ctx, id)
	if err != nil {
		return View{}, err
	}
	view, err := ch.viewOne(ctx, v.Value, nil)
	if err != nil {
		return View{}, err
	}
	return view, ch.chart.NoteRead(ctx, d, "referral.read", id, 1)
}

// Cancel calls a referral off: the partner's view closes at once. The patient's consent
// to it is taken back in the same step when it is the patient who does. Twice is once.
func (ch *Part) Cancel(ctx context.Context, id, words string) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionReferrals, models.Write)
	if err != nil {
		return View{}, err
	}
	side := referral.ByClinic
	if ch.actor.Role == models.RolePatient {
		side = referral.ByPatient
	}
	for range tries {
		v, err := ch.load(ctx, id)
		if err != nil || v.Value.Status.Ended() {
			return ch.viewOne(ctx, v.Value, err)
		}
		next := v.Value.Stopped(side, words, ch.care.now())
		ops, err := ch.care.movedOps(ctx, v, next, chart.SystemActor)
		if err == nil && v.Value.ConsentID != "" && side == referral.ByPatient {
			var back []store.Op
			back, err = ch.takeBack(ctx, v.Value.ConsentID)
			ops = append(ops, back...)
		}
		if err != nil {
			return View{}, err
		}
		if err = ch.chart.Commit(ctx, d, "referral.cancelled", id, ops...); !changed(err) {
			return ch.viewOne(ctx, next, err)
		}
	}
	return View{}, chart.Refusal(store.ErrConflict)
}

func (ch *Part) takeBack(ctx context.Context, consentID string) ([]store.Op, error) {
	v, err := chart.Load[models.Consent](ctx, ch.care.store, chart.ColConsents, consentID)
	if err != nil || v.Value.RevokedAt != nil {
		return nil, err
	}
	now := ch.care.now().UTC()
	v.Value.RevokedAt, v.Value.RevokedBy = &now, ch.actor.AccountID
	doc, err := chart.Encode(consentID, ch.patient, v.Version, chart.ConsentKeys(v.Value), v.Value)
	return []store.Op{store.Replace(chart.ColConsents, doc)}, err
}

// Tell keeps what came of it in the patient's own words; only they say it.
func (ch *Part) Tell(ctx context.Context, id, helped, words string) (View, error) {
	d, err := ch.chart.May(ctx, models.SectionReferrals, models.Write)
	if err == nil && ch.actor.Role != models.RolePatient {
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-for-your-role", "Only the patient can say this."))
	}
	if err != nil {
		return View{}, err
	}
	var checks models.Checks
	checks.Require(slices.Contains(referral.Helps, helped), "helped", "not-a-choice", "Choose one of those that are offered.")
	checks.Text("words", words, 0, referral.MaxWords)
	if err := checks.Err(); err != nil {
		return View{}, err
	}
	for range tries {
		v, err := ch.load(ctx, id)
		if err != nil {
			return View{}, err
		}
		if o := v.Value.Own; o != nil && o.Helped == helped && o.Words == words {
			return ch.viewOne(ctx, v.Value, nil)
		}
		if v.Value.ConsentID == "" {
			return View{}, models.E(models.KindConflict, "not-from-here", "This has not gone out yet.")
		}
		v.Value.Own = &referral.Said{Helped: helped, Words: words, At: ch.care.now().UTC()}
		op, err := referralOp(v.Value, v.Version)
		if err != nil {
			return View{}, err
		}
		if err = ch.chart.Commit(ctx, d, "referral.told", id, op); !changed(err) {
			return ch.viewOne(ctx, v.Value, err)
		}
	}
	return View{}, chart.Refusal(store.ErrConflict)
}

// Revoked are what follows from a consent that is taken back: the referral that it was
// for is called off in the same batch, and its owner is due to look.
func (c *Service) Revoked(ctx context.Context, consent models.Consent) ([]store.Op, error) {
	if !slices.Contains(consent.Scopes, models.ScopeReferral) {
		return nil, nil
	}
	all, err := c.ofPatient(ctx, consent.PatientID)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		if v.Value.ConsentID == consent.ID && !v.Value.Status.Ended() {
			return c.movedOps(ctx, v, v.Value.Stopped(referral.ByPatient, "", c.now()), chart.SystemActor)
		}
	}
	return nil, nil
}
