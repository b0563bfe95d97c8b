package alerts

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/risk"
	"handrail/store"
)

// Terms are what an administrator says before alerts to staff begin.
type Terms struct {
	Hours     risk.Hours `json:"hours"`
	FailSafe  string     `json:"failSafe"`
	Confirmed bool       `json:"confirmed"`
}

// Settings are the Terms as they stand.
type Settings struct {
	Terms
	On           bool      `json:"on"`
	FailSafeName string    `json:"failSafeName,omitempty"`
	ConfirmedBy  string    `json:"confirmedBy,omitempty"`
	ConfirmedAt  time.Time `json:"confirmedAt,omitzero"`
	// ConfirmedByID is the account of who confirmed it: they are asked to look at a rule.
	ConfirmedByID string `json:"confirmedById,omitempty"`
}

const settingsID = "site"

// settings reads them; version 0 and off where nobody ever set them.
func (c *Service) settings(ctx context.Context) (chart.Versioned[Settings], error) {
	v, err := chart.Load[Settings](ctx, c.store, chart.ColAlertSettings, settingsID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[Settings]{Value: Settings{Terms: Terms{Hours: risk.Hours{Zone: c.base.Site.Zone, Windows: []risk.Window{}}}}}, nil
	}
	return v, err
}

// Settings reads when alerts go to staff, and to whom at last. The version is one more
// than the stored one: what nobody set has version 1.
func (c *Service) Settings(ctx context.Context, actor models.Actor) (chart.Versioned[Settings], error) {
	if !actor.Role.Staff() {
		return chart.Versioned[Settings]{}, c.base.Forbid(ctx, actor, "alert-settings.read")
	}
	v, err := c.settings(ctx)
	v.Version++
	return v, err
}

// Set changes them. Alerts begin with the first that are confirmed. version is that of
// Settings; the same again is done.
func (c *Service) Set(ctx context.Context, actor models.Actor, version int64, t Terms) (chart.Versioned[Settings], error) {
	none := chart.Versioned[Settings]{}
	if actor.Role != models.RoleAdministrator {
		return none, c.base.Forbid(ctx, actor, "alert-settings.change")
	}
	var checks models.Checks
	risk.CheckHours(&checks, "hours", t.Hours)
	account, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, t.FailSafe)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return none, err
	}
	a := account.Value
	fits := err == nil && a.Status == models.AccountActive && (a.Role == models.RoleAdministrator || a.Role == models.RoleClinician)
	checks.Require(fits, "failSafe", "cannot-own-alert", "Choose an administrator or a clinician whose account is active.")
	if err := checks.Err(); err != nil {
		return none, err
	}
	old, err := c.settings(ctx)
	if err != nil {
		return none, err
	}
	if chart.SameJSON(old.Value.Terms, t) {
		return chart.Versioned[Settings]{Value: old.Value, Version: old.Version + 1}, nil
	}
	if old.Version+1 != version {
		return none, chart.Refusal(store.ErrConflict)
	}
	if t.Confirmed && !old.Value.On && !c.untried { // who was on already stays on
		in, err := c.programme(ctx, risk.ClinicProgramme)
		if err != nil {
			return none, err
		}
		ready, err := c.readiness(ctx, t, in.Value)
		if err != nil {
			return none, err
		}
		if !ready.Ready() {
			return none, models.E(models.KindConflict, "not-ready", "Alerts begin once hours, fail-safe, a rota and one drill that was answered are recorded. See /v1/alert-readiness.")
		}
	}
	s := Settings{Terms: t, On: t.Confirmed, FailSafeName: a.Name}
	if t.Confirmed {
		s.ConfirmedBy, s.ConfirmedByID, s.ConfirmedAt = actor.Name, actor.AccountID, c.now().UTC()
	}
	doc, err := chart.Encode(settingsID, chart.OwnerSite, old.Version, nil, s)
	if err != nil {
		return none, err
	}
	op := store.Replace(chart.ColAlertSettings, doc)
	if old.IsNew() {
		op = store.Insert(chart.ColAlertSettings, doc)
	}
	err = c.base.Commit(ctx, c.base.AuditEvent(actor, "alert-settings.changed"), op)
	if models.KindOf(err) == models.KindConflict {
		err = chart.Refusal(store.ErrConflict)
	}
	return chart.Versioned[Settings]{Value: s, Version: old.Version + 2}, err
}

// Watch is what is true about who is told of an answer, for the patient.
type Watch struct {
	On      bool      `json:"on"`
	Now     bool      `json:"now"`
	LooksAt time.Time `json:"looksAt,omitzero"`
}

// Watch tells it of a check-in that is stored. It promises what an alert that is open
// about this check-in makes true: that somebody is called, and at once only when the
// alert pages and a channel reaches its owner. A store that does not answer promises
// nothing.
func (i *Inside) Watch(ctx context.Context, in checkin.CheckIn) Watch {
	return i.WatchOf(ctx, in.PatientID, risk.FromCheckIn, in.ID)
}

// WatchOf is Watch for another source of evidence.
func (i *Inside) WatchOf(ctx context.Context, patientID, source, ref string) Watch {
	c := i.service
	s, err := c.settings(ctx)
	if err != nil || !s.Value.On {
		return Watch{}
	}
	now := c.now().UTC()
	stood, err := c.stood(ctx, patientID)
	if err != nil {
		return Watch{}
	}
	in, err := c.programmeOf(ctx, patientID)
	if err != nil {
		return Watch{}
	}
	hours := in.HoursOr(s.Value.Hours)
	next, ok := hours.Next(now)
	if !ok {
		return Watch{}
	}
	last, err := c.failSafeOf(ctx, in, s.Value)
	if err != nil {
		return Watch{}
	}
	var out Watch
	for _, v := range stood {
		a := v.Value
		about := slices.ContainsFunc(a.Evidence, func(e risk.Evidence) bool { return e.Source == source && e.Ref == ref })
		if a.Status.Ended() || !about {
			continue
		}
		owner, there, err := c.person(ctx, a.Owner)
		if err != nil || !there || !owner.Reached {
			continue
		}
		out.On = true
		open := hours.Open(now)
		if !open && risk.Pages(a.Tier) && !a.AskAt.After(now) && a.Level < risk.LevelFailSafe && a.Owner != last.AccountID { // a rota answers at this hour
			open, next = true, now
		}
		if out.LooksAt.IsZero() || next.Before(out.LooksAt) {
			out.LooksAt = next
		}
		out.Now = out.Now || risk.Pages(a.Tier) && open
	}
	return out
}
