package planning

import (
	"context"
	"errors"
	"strconv"
	"time"

	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/models/task"
	"handrail/notify"
)

// taskRef is what news of a task names: the app leads there after sign-in.
const taskRef = "task:"

// task does what a line asks for that is about a task, or that makes one. done is false
// for other lines, and for those that say something else besides.
func (p *Planner) task(ctx context.Context, e models.AuditEvent) (done bool, err error) {
	switch e.Action {
	case tasks.LineAsked, tasks.LineMoved, tasks.LineReminded:
		return true, p.tellOfTask(ctx, e)
	case tasks.LineAnswered:
		tell, err := p.care.Tasks.Tells(ctx, e.Ref, e.Whom)
		if err != nil || tell.Now {
			return true, err
		}
		return true, p.notify.Unsay(ctx, e.Whom, taskRef+e.Ref, p.now())
	case "appointment.declined":
		return false, p.makeTask(ctx, e, task.CodeDeclined)
	case "appointment.noshow":
		return false, p.makeTask(ctx, e, task.CodeNoShow)
	}
	return false, errors.Join(p.care.Medicine.Tell(ctx, e), p.care.Agreement.Tell(ctx, e), p.care.Effects.Follow(ctx, e))
}

// tellOfTask tells whom a task concerns, unless it does not any more.
func (p *Planner) tellOfTask(ctx context.Context, e models.AuditEvent) error {
	tell, err := p.care.Tasks.Tells(ctx, e.Ref, e.Whom)
	if err != nil || !tell.Now {
		return err
	}
	return unlessGone(p.say(ctx, notify.Note{AccountID: e.Whom, Kind: reminder.News, Key: e.ID, Ref: taskRef + e.Ref, Relied: true}))
}

// makeTask asks the team to look after what became of a visit. The visit names it:
// however often the line is read, it is one task.
func (p *Planner) makeTask(ctx context.Context, e models.AuditEvent, code string) error {
	if e.PatientID == "" {
		return nil
	}
	return unlessGone(p.care.Tasks.Raise(ctx, code, e.PatientID, &task.Reference{Type: "appointment", ID: e.Ref}, e.ID))
}

// ruleReviewed is how often at most a review of one rule is asked for, and how long there
// is for it.
const (
	ruleReviewed  = 30 * 24 * time.Hour
	ruleReviewDue = 14 * 24 * time.Hour
)

// reviews asks who keeps the rules of alerts to look at those that ask for it.
func (p *Planner) reviews(ctx context.Context) error {
	rules, owner, err := p.care.Alerts.Reviews(ctx)
	if err != nil || owner == "" {
		return err
	}
	for _, r := range rules {
		o := task.Order{Code: task.CodeRuleReview, To: owner, Priority: task.Routine, DueAt: p.now().Add(ruleReviewDue), Focus: &task.Reference{Type: task.FocusRule, ID: r}}
		err = errors.Join(err, p.care.Tasks.AskOnceIn(ctx, o, r, ruleReviewed))
	}
	return err
}

// planOld asks the team to look after a phone that has not fetched the newest crisis
// plan, once for each version.
func (p *Planner) planOld(ctx context.Context, patientID string) error {
	newest, err := p.care.Upkeep.PlanOldOnPhones(ctx, patientID)
	if err != nil || newest == 0 {
		return err
	}
	return unlessGone(p.care.Tasks.RaiseOne(ctx, task.CodePlanOld, patientID, strconv.FormatInt(newest, 10)))
}
