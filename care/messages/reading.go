package messages

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/record"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/message"
	"handrail/models/risk"
	"handrail/store"
)

// daysAhead is how far a phone without a network knows when somebody reads.
const daysAhead = 14

// Reading is who reads messages and when, as the clinic itself says it: its own words, and
// the times at which somebody is there. It promises nobody who watches.
type Reading struct {
	On         bool              `json:"on"`
	Now        bool              `json:"now"`
	NextAt     *time.Time        `json:"nextAt,omitempty"`
	Stretches  []risk.Stretch    `json:"stretches"`
	Monitoring models.Monitoring `json:"monitoring"`
	AnswerDays int               `json:"answerWithinDays,omitempty"`
}

// Reading is what somebody who is signed in is told: a patient, of their programme; who
// works at the clinic, of the clinic. Others are told of the clinic too, unless a
// programme has hours of its own: which one a patient is in is not theirs to know, and no
// hours then are those of everybody.
func (c *Service) Reading(ctx context.Context, actor models.Actor) (Reading, error) {
	own, on, h := false, false, risk.Hours{}
	var err error
	if actor.PatientID != "" {
		h, on, own, err = c.alerts.HoursOf(ctx, actor.PatientID)
	} else {
		h, on, err = c.alerts.Hours(ctx)
	}
	if err == nil && actor.PatientID == "" && !actor.Role.Staff() {
		if own, err = c.alerts.OwnHours(ctx); own {
			on = false
		}
	}
	out := Reading{Monitoring: c.site.Monitoring, Stretches: []risk.Stretch{}}
	if own {
		out.Monitoring = models.Monitoring{} // the clinic's words are of the clinic's hours
	}
	if err != nil || !on {
		return out, err
	}
	n, err := c.norms(ctx)
	if err != nil {
		return out, err
	}
	now := c.now()
	out.On, out.Now, out.Stretches, out.AnswerDays = true, h.Open(now), h.Stretches(now, daysAhead), n.Value.AnswerWithinDays
	if next, ok := h.Next(now); ok && !out.Now {
		out.NextAt = &next
	}
	return out, nil
}

// reading never fails: what can't be read promises nothing.
func (c *Service) reading(ctx context.Context, actor models.Actor) Reading {
	out, err := c.Reading(ctx, actor)
	if err != nil {
		return Reading{Stretches: []risk.Stretch{}}
	}
	return out
}

// help is what the writer is shown whose words may mean that they are in danger. The plan
// is the patient's own; nobody else is told that there is one.
func (c *Service) help(ctx context.Context, ch *chart.Chart, m message.Message) *record.Help {
	out := &record.Help{Needs: []checkin.Need{checkin.NeedCrisis}, Numbers: models.NumbersFor(c.site.Country), Monitoring: c.reading(ctx, ch.Actor()).Monitoring}
	if ch.Actor().Role != models.RolePatient {
		return out
	}
	if p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, m.PatientID); err == nil {
		out.Numbers = models.NumbersFor(p.Value.Country)
	}
	out.PlanBundle = "/v1/patients/" + m.PatientID + "/crisis-plan/bundle"
	out.Watch = c.alerts.WatchOf(ctx, m.PatientID, risk.FromMessage, m.ID)
	return out
}

const normsID = "site"

func (c *Service) norms(ctx context.Context) (chart.Versioned[message.Norms], error) {
	v, err := chart.Load[message.Norms](ctx, c.store, chart.ColMessageSettings, normsID)
	if models.KindOf(err) == models.KindNotFound {
		err = nil
	}
	return v, err
}

// Norms reads what the clinic agreed about answers. The version is one more than the stored
// one: what nobody set has version 1.
func (c *Service) Norms(ctx context.Context, actor models.Actor) (chart.Versioned[message.Norms], error) {
	if !actor.Role.Staff() {
		return chart.Versioned[message.Norms]{}, c.base.Forbid(ctx, actor, "message-settings.read")
	}
	v, err := c.norms(ctx)
	v.Version++
	return v, err
}

// SetNorms changes it, for messages that come from now on. The same again is done.
func (c *Service) SetNorms(ctx context.Context, actor models.Actor, version int64, n message.Norms) (chart.Versioned[message.Norms], error) {
	none := chart.Versioned[message.Norms]{}
	if actor.Role != models.RoleAdministrator {
		return none, c.base.Forbid(ctx, actor, "message-settings.change")
	}
	var checks models.Checks
	checks.Require(n.AnswerWithinDays >= 0 && n.AnswerWithinDays <= message.MaxDays, "answerWithinDays", "out-of-range", "Give a number of working days from 0 to 10; 0 is none.")
	if err := checks.Err(); err != nil {
		return none, err
	}
	old, err := c.norms(ctx)
	if err != nil {
		return none, err
	}
	if !old.IsNew() && old.Value == n {
		return chart.Versioned[message.Norms]{Value: n, Version: old.Version + 1}, nil
	}
	if old.Version+1 != version {
		return none, chart.Refusal(store.ErrConflict)
	}
	doc, err := chart.Encode(normsID, chart.OwnerSite, old.Version, nil, n)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColMessageSettings, doc)
	if old.IsNew() {
		op = store.Insert(chart.ColMessageSettings, doc)
	}
	err = c.base.Commit(ctx, c.base.AuditEvent(actor, "message-settings.changed"), op)
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict)
	}
	return chart.Versioned[message.Norms]{Value: n, Version: old.Version + 2}, err
}

// News is who is told that there is a message: of the team, who answers for the thread and
// who wrote in it; of the others, who takes part. Nobody is told twice before they have
// read, nor of what they may not read any more.
func (c *Service) News(ctx context.Context, threadID, writer string) ([]string, error) {
	t, err := chart.Load[message.Thread](ctx, c.store, chart.ColThreads, threadID)
	if models.KindOf(err) == models.KindNotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	s, err := c.alerts.Standing(ctx, t.Value.PatientID, models.SectionMessages)
	if err != nil {
		return nil, err
	}
	var out []string
	team := s.Now.Chain.Team
	if len(team) == 0 && t.Value.Waits != nil {
		team = append(team, s.Now.Chain.FailSafe)
	}
	for _, p := range team {
		owes := t.Value.Waits != nil && t.Value.Waits.Owner == p.AccountID
		if s.On && (owes || t.Value.Kind == message.InTeam || slices.Contains(t.Value.Staff, p.AccountID)) {
			out = append(out, p.AccountID)
		}
	}
	if t.Value.Kind != message.InTeam {
		out = append(out, s.Patient.AccountID)
	}
	if t.Value.Kind == message.WithFamily {
		consent, err := c.supporterMay(ctx, t.Value.PatientID, t.Value.Supporter)
		if err != nil {
			return nil, err
		}
		if consent != "" {
			out = append(out, t.Value.Supporter)
		}
	}
	return slices.DeleteFunc(out, func(account string) bool { return account == writer || t.Value.Unread(account) != 1 }), nil
}
