package planning

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"handrail/care/promises"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// NewsOf are the lines that a patient should look at, when somebody else made them,
// with the part of the chart that shows it.
var NewsOf = map[string]string{"appointment.cancelled": "visit", "appointment.entered-in-error": "visit", "appointment.declined": "visit", "appointment.asked-other-time": "visit", "appointment.noshow": visitMissed, "waitlist.offered": "waitlist", "goal.proposed": "goal",
	"goal.suggested": "goal-proposal", "goal.note-struck": "goal", "medicine.ordered": "medicines", "medicine.stopped": "medicines",
	"taper.wish-asked": "taper", "taper.begun": "tablets", "taper.paused": "tablets", "taper.stepped-back": "tablets", "taper.resumed": "tablets", "taper.held": "tablets", "taper.stopped": "tablets", "refill.answered": "refill",
	"prescribing.begun": "agreement", "prescribing.ended": "agreement", "side-effect.answered": "side-effects",
	"crisis-plan.saved": "plan-draft", "crisis-plan.activated": "crisis-plan", "crisis-plan.clinic-renewed": "crisis-plan",
	"glass.told": "access-log", "check-in-form.shaped": "check-in-form", "check-in.missed": "pause", "consent.narrowed": "sharing", "consent.recorded": "sharing", models.LineRestricted: "chart-closed", models.LineUnrestricted: "chart-open", "app.ended": "apps", "consent.ending": "family", "consent.ended": "family", "invitation.taken": "family",
	"referral.made": "referrals", "referral.accepted": "referrals", "referral.rejected": "referrals", "referral.in-progress": "referrals", "referral.completed": "referrals", "referral.failed": "referrals",
	"peer.answered": "peer-answer", "peer.ended": "peer-answer", "contract.agreed": "contract-answer", "contract.declined": "contract-answer", "contract.ended": "contract-answer",
	"disagreement.raised": "disagreement", "disagreement.preferred": "disagreement", "disagreement.settled": "disagreement", "disagreement.withdrawn": "disagreement",
	"episode.begun": "intake", "intake.done": "intake", "programme.chosen": "intake", "discharge.written": "way-out", "discharge.done": "way-out",
	"care-plan.changed": "care-plan", "meeting.told": "meeting", "guardian.recorded": "guardian", "guardian.ended": "guardian"}

// newsByGuardian are the lines that a patient should look at when who acts for them by a
// document made them.
var newsByGuardian = map[string]string{"consent.given": "sharing", "consent.revoked": "sharing"}

// teamNewsOf are the patient's own lines that their team should look at.
var teamNewsOf = map[string]string{"crisis-plan.activated": "plan-confirmed", "crisis-plan.declined": "plan-declined",
	"care-plan.agreed": "care-plan-answered", "care-plan.declined": "care-plan-answered"}

// officersNews are the lines that the privacy officer is called for at once.
var officersNews = map[string]bool{"glass.broken": true, "glass.review-late": true}

// reliedParts are the parts of news, beside alerts and tasks, on which it rests that somebody looks.
var reliedParts = map[string]bool{"duty-hole": true, "duty-swap": true}

// newsFor is how old a line may be to be news still.
const newsFor = 24 * time.Hour

// news tells people that there is something to look at. The line's id names it:
// however often the line is read, it is said once.
func (p *Planner) news(ctx context.Context, e models.AuditEvent) error {
	if e.Outcome != models.OutcomeAllowed || p.now().Sub(e.At) > newsFor {
		return nil
	}
	if officersNews[e.Action] {
		return p.alarmOfficers(ctx, e)
	}
	// Who answers for an alert is called first, and whatever can't be read of family and friends.
	done, err := p.alert(ctx, e)
	if promised, failed := p.promise(ctx, e); done || promised || err != nil || failed != nil {
		return errors.Join(err, failed)
	}
	if done, err := p.message(ctx, e); done || err != nil {
		return err
	}
	if done, err := p.task(ctx, e); done || err != nil {
		return err
	}
	if e.Action == "page.given" {
		return p.tell(ctx, e.Ref, "page", models.AuditEvent{ID: e.ID}, nil)
	}
	if done, err := p.handoff(ctx, e); done || err != nil {
		return err
	}
	if e.Action == "care-team.kept" || e.Action == "care-team.left" {
		return p.teamEnd(ctx, e)
	}
	if err := p.partner(ctx, e); err != nil {
		return err
	}
	if err := p.disagreement(ctx, e); err != nil {
		return err
	}
	if err := p.written(ctx, e); err != nil {
		return err
	}
	if done, err := p.keepers(ctx, e); done || err != nil {
		return err
	}
	if e.Role != models.RoleAdministrator && (e.Action == models.LineRestricted || e.Action == models.LineUnrestricted) {
		if err := p.restricted(ctx, e); err != nil {
			return err
		}
	}
	if strings.HasPrefix(e.Action, "minor-rule.") {
		return p.minorRule(ctx, e)
	}
	if done, err := p.beside(ctx, e); done || err != nil {
		return err
	}
	if e.Action == "glass.reviewed" {
		return p.tell(ctx, e.Whom, "glass-reviewed", e, nil)
	}
	if strings.HasPrefix(e.Action, "provider.") && e.Ref != "" { // tied, expected or taken off
		return p.tell(ctx, cmp.Or(e.Whom, e.AccountID), "ways", e, nil)
	}
	if e.Action == "way-in.added" || e.Action == "way-in.removed" || e.Action == "way-in.changed" { // also by their own hand: it may not have been
		return p.tell(ctx, cmp.Or(e.Whom, e.AccountID), "ways", e, nil)
	}
	if account, part, err := p.wayIn(ctx, e); part != "" || err != nil {
		return p.tell(ctx, account, part, e, err)
	}
	if err := p.visitNews(ctx, e); err != nil {
		return err
	}
	part := NewsOf[e.Action]
	if e.Role == models.RoleGuardian && part == "" {
		part = newsByGuardian[e.Action]
	}
	if e.PatientID == "" || part == "" && teamNewsOf[e.Action] == "" {
		return nil
	}
	account, err := p.care.People.AccountOf(ctx, e.PatientID)
	switch {
	case err == nil && account == e.AccountID:
		return p.teamNews(ctx, e)
	case part == "":
		return nil
	case err == nil: // nobody writes to the phone of somebody who died
		var still promises.Still
		if still, err = p.care.Promises.Still(ctx, e.PatientID); still.All {
			return nil
		}
	}
	return p.tell(ctx, account, part, e, err)
}

// wayIn finds out whose way in a line made, used or ended. A person's first sign-in
// is no news to them.
func (p *Planner) wayIn(ctx context.Context, e models.AuditEvent) (account, part string, err error) {
	switch {
	case e.Action == "enrolment.created" && e.Whom != e.AccountID:
		account, part = e.Whom, "way-in"
	case e.Action == "session.started" && e.Via != "":
		account, part = e.AccountID, "way-in"
	case e.Action == "session.ended" && e.Whom != "" && (e.Rule == models.EndReportedLost || e.Rule == models.EndGivenBack):
		return e.Whom, "device", nil
	case e.Action == "session.ended" && e.Rule == models.EndReused: // two parties held it: its owner must know
		return e.AccountID, "device", nil
	default:
		return "", "", nil
	}
	before, err := p.care.Signin.SignedInBefore(ctx, account, e.At)
	if err != nil || !before {
		return "", "", err
	}
	return account, part, nil
}

// alarmOfficers calls the privacy officers: quiet hours and the cap do not hold it back.
func (p *Planner) alarmOfficers(ctx context.Context, e models.AuditEvent) error {
	officers, err := p.care.People.PrivacyOfficers(ctx)
	return errors.Join(err, p.sayAll(ctx, officers, notify.Note{Kind: reminder.TeamAlarm, Key: e.ID, Ref: "glass:" + e.Ref}))
}

// restricted tells the privacy officers that a chart was closed, or opened again, by its
// patient or after a restore.
func (p *Planner) restricted(ctx context.Context, e models.AuditEvent) error {
	officers, err := p.care.People.PrivacyOfficers(ctx)
	return errors.Join(err, p.tellAll(ctx, officers, "restricted-charts", e))
}

// teamNews tells the people who treat a patient what the patient said.
func (p *Planner) teamNews(ctx context.Context, e models.AuditEvent) error {
	part := teamNewsOf[e.Action]
	if part == "" {
		return nil
	}
	team, err := p.care.Upkeep.TreatingTeam(ctx, e.PatientID)
	if err != nil {
		return err
	}
	e.Ref = e.PatientID
	return p.tellAll(ctx, team, part, e)
}

// tell says it to an account, which may not be known to notify yet. err is that of
// finding the account: nobody is told of what is about somebody who was erased.
func (p *Planner) tell(ctx context.Context, account, part string, e models.AuditEvent, err error) error {
	if err == nil {
		note := notify.Note{AccountID: account, Kind: reminder.News, Key: e.ID, Ref: part + ":" + e.Ref, Relied: reliedParts[part]}
		if part == "visit" { // it must not wait in quiet hours until people were there
			note.About, err = p.care.Upkeep.VisitStart(ctx, e.Ref)
		}
		if err == nil {
			err = p.say(ctx, note)
		}
	}
	if models.KindOf(err) == models.KindNotFound {
		return nil
	}
	return err
}

func (p *Planner) say(ctx context.Context, note notify.Note) error {
	err := p.notify.Tell(ctx, note)
	if models.KindOf(err) != models.KindNotFound {
		return err
	}
	if err := p.people(ctx, note.AccountID); err != nil {
		return err
	}
	return p.notify.Tell(ctx, note)
}

// tellAll is tell for several: one who can't be told, for their record can't be read, keeps it
// from no other.
func (p *Planner) tellAll(ctx context.Context, accounts []string, part string, e models.AuditEvent) (failed error) {
	for _, account := range accounts {
		failed = errors.Join(failed, p.tell(ctx, account, part, e, nil))
	}
	return failed
}

// sayAll is say for several, in the same way.
func (p *Planner) sayAll(ctx context.Context, accounts []string, note notify.Note) (failed error) {
	for _, note.AccountID = range accounts {
		failed = errors.Join(failed, unlessGone(p.say(ctx, note)))
	}
	return failed
}

func without(accounts []string, one string) []string {
	return slices.DeleteFunc(accounts, func(account string) bool { return account == one })
}
