package planning

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/duty"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/models/risk"
	"handrail/notify"
)

// alertRef is what a call about an alert names: the app leads there after sign-in.
const alertRef = "alert:"

// alert does what a line about an alert asks for, and has alerts moved on whose owner a
// line takes away. done is false for other lines.
func (p *Planner) alert(ctx context.Context, e models.AuditEvent) (done bool, err error) {
	switch e.Action {
	case alerts.LineCalled:
		return true, p.callOwner(ctx, e)
	case alerts.LineAnswered:
		return true, p.unsay(ctx, e)
	case alerts.LineHole, alerts.LineUnanswered:
		return true, p.tellOffice(ctx, e)
	case duty.LineHole:
		return true, p.tell(ctx, e.Whom, "duty-hole", e, nil)
	case duty.LineHoleOffice:
		return true, p.tellOffice(ctx, e)
	case duty.LineSwapAsked:
		return true, p.tell(ctx, e.Whom, "duty-swap", e, nil)
	case duty.LineSwapAnswered:
		return true, errors.Join(p.tell(ctx, e.Whom, "duty-swap", e, nil), p.dutyChanged(ctx, e.Ref))
	case duty.LineCreated, duty.LineChanged, duty.LineEnded:
		return true, p.dutyChanged(ctx, e.Ref)
	case duty.LineLeft:
		return true, errors.Join(p.care.Alerts.RecheckOwner(ctx, e.Whom), p.care.Tasks.RecheckDuty(ctx, e.Whom))
	case "account.suspended":
		return false, errors.Join(p.care.Alerts.RecheckOwner(ctx, e.Ref), p.care.Tasks.RecheckOwner(ctx, e.Ref))
	case "patient-programme.changed", "care-team.joined", "care-team.left", "consent.given", "consent.recorded", "consent.revoked", models.LineRestricted, models.LineUnrestricted:
		return false, errors.Join(p.care.Alerts.Recheck(ctx, e.PatientID), p.care.Tasks.Recheck(ctx, e.PatientID))
	}
	return false, nil
}

// dutyChanged moves on the work of whom a changed rota took off duty.
func (p *Planner) dutyChanged(ctx context.Context, rotaID string) error {
	people, err := p.care.Duty.PeopleOf(ctx, rotaID)
	if err != nil {
		return err
	}
	return p.care.Tasks.RecheckDuty(ctx, people...)
}

// refOf is what a call names: a drill is one wherever it is shown.
func refOf(call alerts.Call) string {
	if call.Drill {
		return "drill:"
	}
	return alertRef
}

// callOwner calls whoever answers for an alert now, unless it was answered meanwhile.
func (p *Planner) callOwner(ctx context.Context, e models.AuditEvent) error {
	call, err := p.care.Alerts.Call(ctx, e.Ref, e.Whom)
	if err != nil || !call.Now {
		return err
	}
	note := notify.Note{AccountID: e.Whom, Kind: reminder.News, Key: call.Key, Ref: refOf(call) + e.Ref, Relied: true}
	if call.Page {
		note.Kind = reminder.TeamAlarm
	}
	if err := unlessGone(p.say(ctx, note)); err != nil || !call.Page {
		return err
	}
	return p.tellLoad(ctx, e)
}

// tellLoad tells the lead, once in 12 hours, that somebody is asked about too much at once.
func (p *Planner) tellLoad(ctx context.Context, e models.AuditEvent) error {
	leads, err := p.care.Alerts.TooMuch(ctx, e.Whom, e.Ref)
	if err != nil {
		return err
	}
	part := strconv.FormatInt(p.now().Unix()/int64(risk.LoadWindow.Seconds()), 10)
	return p.sayAll(ctx, leads, notify.Note{Kind: reminder.News, Key: "alert-load:" + e.Whom + ":" + part, Ref: "alert-load:" + e.Whom, Relied: true})
}

// Wanted tells whether somebody is still to be told of something: a call about an alert
// only until somebody has answered it, also in the moment between the answer and unsay.
func Wanted(ctx context.Context, c *care.Care, accountID, ref string) (bool, error) {
	id, is := strings.CutPrefix(ref, alertRef)
	if !is {
		return true, nil
	}
	call, err := c.Alerts.Call(ctx, id, accountID)
	return call.Now, err
}

// unsay takes calls back that wait, unless their alert calls the same person anew: lines
// come in no order.
func (p *Planner) unsay(ctx context.Context, e models.AuditEvent) error {
	asked := p.now()
	call, err := p.care.Alerts.Call(ctx, e.Ref, e.Whom)
	if err != nil || call.Now {
		return err
	}
	return p.notify.Unsay(ctx, e.Whom, refOf(call)+e.Ref, asked)
}

// tellOffice tells every administrator that a level has nobody, or that nobody answered. Of
// one person whom no channel reaches it tells once a day: each alert passes them over anew.
func (p *Planner) tellOffice(ctx context.Context, e models.AuditEvent) error {
	office, err := p.care.Upkeep.Administrators(ctx)
	if err != nil {
		return err
	}
	part := "alert-hole:"
	if e.Action == alerts.LineUnanswered {
		part = "alert-unanswered:"
	}
	if e.Action == duty.LineHoleOffice {
		part = "duty-hole:"
	} else if call, err := p.care.Alerts.Call(ctx, e.Ref, ""); err != nil {
		return err
	} else if call.Drill { // it is one wherever it is shown
		part = refOf(call)
	}
	key := e.ID
	if e.Action == alerts.LineHole && e.Whom != "" {
		key = part + e.Whom + ":" + e.At.UTC().Format(time.DateOnly)
	}
	note := notify.Note{Kind: reminder.News, Key: key, Ref: part + e.Ref, Relied: true}
	if e.Action == alerts.LineUnanswered {
		note.Kind = reminder.TeamAlarm
	}
	return p.sayAll(ctx, office, note)
}

// unlessGone: an account that was erased is told nothing.
func unlessGone(err error) error {
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	return err
}
