package planning

import (
	"context"
	"slices"
	"strings"
	"time"

	"handrail/care/visits"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// An interpreter is told that they are booked, that it moved, that it is off, and when
// it is near, as the patient is; whom a visit is with stands behind the sign-in.

// interpreterKey marks an interpreter among the patients that rest.
const interpreterKey = "interpreter:"

// nearVisits and freshVisits bound the rules of an interpreter: how many visits are
// reminded of, the next ones first, and of how many it is said that they are booked.
const (
	nearVisits  = 30
	freshVisits = 60
)

// ofVisit notes the interpreters whom a line about a visit concerns.
func (p *Planner) ofVisit(ctx context.Context, e models.AuditEvent, into map[string]bool) error {
	if e.Outcome != models.OutcomeAllowed || !e.Changed || !strings.HasPrefix(e.Action, "appointment.") && e.Action != "waitlist.accepted" {
		return nil
	}
	now, left, err := p.care.Visits.InterpretersOf(ctx, e.Ref)
	if models.KindOf(err) == models.KindNotFound {
		return nil // a hold that is gone
	}
	for _, id := range slices.Concat(now, left) {
		into[id] = true
	}
	if e.Action == "appointment.declined" {
		into[e.AccountID] = true
	}
	return err
}

// interpreter has notify plan an interpreter from what is stored now.
func (p *Planner) interpreter(ctx context.Context, accountID string) error {
	a, err := p.care.Upkeep.Account(ctx, accountID)
	if models.KindOf(err) == models.KindNotFound || err == nil && a.Role != models.RoleInterpreter {
		return nil
	}
	if err != nil {
		return err
	}
	visits, err := p.care.Visits.InterpretersVisits(ctx, accountID)
	if err != nil {
		return err
	}
	if err := p.people(ctx, accountID); err != nil {
		return err
	}
	return p.notify.SetSources(ctx, accountID, interpreterSources(visits, accountID, p.now()))
}

// interpreters has every interpreter planned, at the end of a look at everybody.
func (p *Planner) interpreters(ctx context.Context, t turn) error {
	all, err := p.care.Visits.InterpreterAccounts(ctx)
	if err != nil {
		return err
	}
	for _, id := range all {
		if err := t.patients.Do(ctx, interpreterKey+id, func() error { return p.interpreter(ctx, id) }); err != nil {
			return err
		}
	}
	return nil
}

// interpreterSources are the rules of an interpreter's visits, which are by start.
func interpreterSources(visits []visits.Visit, accountID string, now time.Time) map[string][]reminder.Rule {
	out := map[string][]reminder.Rule{}
	near, fresh := 0, 0
	for _, v := range visits {
		rules := reminder.ForVisit(revision(v, accountID))
		soon := v.Start.After(now) && v.Start.Sub(now) <= visitsAhead && near < nearVisits
		said := now.Sub(v.ChangedAt) < reminder.VisitConfirmed.Traits().Useful && fresh < freshVisits
		rules = slices.DeleteFunc(rules, func(r reminder.Rule) bool {
			return !soon && r.Kind != reminder.VisitConfirmed || !said && r.Kind == reminder.VisitConfirmed
		})
		if len(rules) == 0 {
			continue
		}
		if soon {
			near++
		}
		if said {
			fresh++
		}
		out["visit:"+v.ID] = rules
	}
	return out
}

// interpreterNews tells interpreters that they are not needed: a visit was called off,
// or moved to a time at which somebody else comes.
func (p *Planner) interpreterNews(ctx context.Context, e models.AuditEvent) error {
	off := e.Action == "appointment.cancelled" || e.Action == "appointment.entered-in-error"
	if !off && e.Action != "appointment.rescheduled" {
		return nil
	}
	now, left, err := p.care.Visits.InterpretersOf(ctx, e.Ref)
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	if err != nil {
		return err
	}
	whom, start := left, p.care.Upkeep.VisitStartBefore
	if off {
		whom, start = now, p.care.Upkeep.VisitStart
	}
	for _, account := range whom {
		at, err := start(ctx, e.Ref)
		if err != nil {
			return err
		}
		note := notify.Note{AccountID: account, Kind: reminder.News, Key: e.ID, Ref: "not-needed:" + e.Ref, About: at}
		if err := p.say(ctx, note); err != nil && models.KindOf(err) != models.KindNotFound {
			return err
		}
	}
	return nil
}
