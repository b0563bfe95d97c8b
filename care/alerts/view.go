package alerts

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/store"
)

// View is an alert as the reader may see it.
type View struct {
	risk.Alert
	Whole bool `json:"whole"`
	Mine  bool `json:"mine"`
	// Unreachable: no channel reaches its owner now. Where one alert is answered for.
	Unreachable bool `json:"unreachable,omitempty"`

	withheld bool // whatever is left out of it: no look at it is the patient's to read of
	// Mistakes are the check-ins of it with answers that the patient marked as mistakes.
	Mistakes []string `json:"mistakes,omitempty"`
}

// view leaves out what the reader has no right to: the evidence obeys the rights to
// the check-ins.
func (c *Service) view(ch *chart.Chart, a risk.Alert) View {
	d := ch.Decide(models.SectionCheckIns, models.Read)
	name := ch.Decide(models.SectionProfile, models.Read).Allowed
	use := ch.Decide(models.SectionUseMedicines, models.Read)
	whole := d.Allowed && d.Whole
	if whole && !(use.Allowed && use.Whole) {
		a, whole = a.WithoutUse()
	}
	return viewOf(a, ch.Actor(), whole && ch.Actor().Role.Staff(), name)
}

func viewOf(a risk.Alert, reader models.Actor, whole, name bool) View {
	whole = whole || a.Drill
	v := View{Alert: a, Whole: whole, Mine: a.Owner == reader.AccountID, withheld: a.Withheld() || a.Rule == ""} // of one that can't be read nobody knows
	if !name && !whole {
		v.PatientName = ""
	}
	if whole {
		return v
	}
	v.Rule, v.Rules, v.Evidence, v.MoreEvidence, v.Outcome, v.Combined = "", []string{}, nil, 0, nil, false
	v.History = slices.Clone(a.History)
	for i := range v.History {
		v.History[i].Code = ""
	}
	return v
}

// may finds out what an actor is to an alert. Owner, who was asked, the office and who
// may read the check-ins know of it; for anybody else there is none.
func (c *Service) may(ctx context.Context, actor models.Actor, id string) (*chart.Chart, risk.Alert, error) {
	v, err := chart.Load[risk.Alert](ctx, c.store, chart.ColAlerts, id)
	if models.KindOf(err) == models.KindNotFound {
		ch, err := c.base.ChartFor(ctx, actor, id, models.PurposeOf(actor.Role)) // the chart of nobody, which takes as long
		if err != nil {
			return nil, v.Value, err
		}
		return nil, v.Value, ch.TurnAwayStranger(ctx)
	}
	if err != nil {
		return nil, v.Value, err
	}
	if v.Value.Drill && actor.Role.Staff() {
		return c.base.Unopened(actor, "", models.PurposeOf(actor.Role)), v.Value, nil
	}
	ch, err := c.base.ChartFor(ctx, actor, v.Value.PatientID, models.PurposeOf(actor.Role))
	if err != nil {
		return nil, v.Value, err
	}
	if !actor.Role.Staff() && v.Value.Withheld() {
		return nil, v.Value, c.base.Unopened(actor, "", models.PurposeOf(actor.Role)).TurnAway(ctx, false)
	}
	if !actor.Role.Staff() {
		return nil, v.Value, ch.TurnAwayStranger(ctx)
	}
	asked := slices.ContainsFunc(v.Value.History, func(s risk.Step) bool { return s.What == risk.DidAsk && s.Who == actor.AccountID })
	if d := ch.Decide(models.SectionCheckIns, models.Read); !d.Allowed && v.Value.Owner != actor.AccountID && !asked && actor.Role != models.RoleAdministrator {
		return nil, v.Value, ch.TurnAwayStranger(ctx)
	}
	return ch, v.Value, nil
}

// withReach says that no channel reaches who answers for an alert, to everybody else.
func (c *Service) withReach(ctx context.Context, v View) (View, error) {
	if v.Mine || v.Status.Ended() || v.Owner == "" {
		return v, nil
	}
	p, ok, err := c.person(ctx, v.Owner)
	v.Unreachable = ok && !p.Reached
	return v, err
}

// seen leaves the line of a look.
func (c *Service) seen(ctx context.Context, ch *chart.Chart, action string, v View) (View, error) {
	d := ch.Decide(models.SectionCheckIns, models.Read)
	if !v.Whole {
		d = models.Decision{Section: models.SectionCheckIns, Basis: models.BasisOperations}
	}
	if v.withheld {
		e := ch.Event(d, action)
		e.PatientID, e.Ref, e.Count = "", v.ID, 1
		return v, c.base.Note(ctx, e)
	}
	return v, ch.NoteRead(ctx, d, action, v.ID, 1)
}

// Alert reads one. unless is asked with a tag that names its state before the look is
// noted: with its error nothing leaves.
func (c *Service) Alert(ctx context.Context, actor models.Actor, id string, unless func(tag string) error) (View, error) {
	ch, a, err := c.may(ctx, actor, id)
	if err != nil {
		return View{}, err
	}
	v := c.view(ch, a)
	if v.Whole {
		if v.Mistakes, err = c.mistakes(ctx, a); err != nil {
			return View{}, err
		}
	}
	if v, err = c.withReach(ctx, v); err != nil {
		return View{}, err
	}
	state, err := json.Marshal(v)
	if err != nil {
		return View{}, err
	}
	if err := unless(tagOf(state)); err != nil {
		return View{}, err
	}
	return c.seen(ctx, ch, "alert.read", v)
}

// tagOf names a state.
func tagOf(state []byte) string { return base64.RawURLEncoding.EncodeToString(chart.Hash(state))[:22] }

// Rules is the catalogue of rules, for people who work at the clinic.
func (c *Service) Rules(ctx context.Context, actor models.Actor) ([]risk.Rule, error) {
	if !actor.Role.Staff() {
		return nil, c.base.Forbid(ctx, actor, "alert-rules.read")
	}
	return risk.Rules, nil
}

// Filter is which alerts of an owner are wanted.
type Filter struct {
	Owner  string // "": the actor
	Status risk.Status
	Tier   checkin.Tier
}

// Alerts lists those of one owner, newest first: one's own; for an administrator
// anybody's. A page may hold fewer than limit: the tier is looked for in each page.
func (c *Service) Alerts(ctx context.Context, actor models.Actor, f Filter, cursor string, limit int) (chart.Page[View], error) {
	var out chart.Page[View]
	if f.Owner == "" {
		f.Owner = actor.AccountID
	}
	if !actor.Role.Staff() || f.Owner != actor.AccountID && actor.Role != models.RoleAdministrator {
		return out, c.base.Forbid(ctx, actor, "alerts.list")
	}
	q := store.Query{Index: "owner", Equal: []any{f.Owner}, Desc: true, Limit: limit, Cursor: cursor}
	if f.Status != "" {
		q.Index, q.Equal = "status", []any{f.Owner, string(f.Status)}
	}
	q.Unopened = true
	page, err := c.store.Query(ctx, chart.ColAlerts, q)
	if err != nil {
		return out, chart.Refusal(err)
	}
	r, err := c.rights(ctx, actor)
	if err != nil {
		return out, err
	}
	out.Next = page.Next
	var listed []risk.Alert
	var patients []string
	for _, d := range page.Docs {
		a, err := chart.Readable[risk.Alert](d)
		if err != nil {
			a = unreadableAlert(d, f.Owner)
		}
		if f.Tier == "" || a.Value.Tier == f.Tier {
			listed = append(listed, a.Value)
		}
	}
	for _, a := range listed {
		patients = append(patients, a.PatientID)
	}
	if err := r.Know(ctx, patients...); err != nil {
		return out, err
	}
	for _, a := range listed {
		out.Items = append(out.Items, r.view(a))
	}
	return out, c.noteLooks(ctx, actor, "alerts.listed", patientsOf(out.Items))
}

func patientsOf(views []View) []string {
	var out []string
	for _, v := range views {
		if !v.withheld && !slices.Contains(out, v.PatientID) {
			out = append(out, v.PatientID)
		}
	}
	return out
}

// noteLooks leaves one line for each patient of a list, at most store.MaxBatch.
func (c *Service) noteLooks(ctx context.Context, actor models.Actor, action string, patients []string) error {
	var ops []store.Op
	for _, id := range append(slices.Clip(patients), "") {
		if id == "" && len(patients) > 0 {
			break
		}
		e := c.base.AuditEvent(actor, action)
		e.PatientID, e.Section, e.Basis = id, models.SectionCheckIns, models.BasisTeam
		op, err := chart.AuditOp(e)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	return chart.Refusal(c.store.Batch(ctx, ops...))
}
