package planning

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"handrail/care"
	"handrail/care/alerts"
	"handrail/care/promises"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/notify"
)

// What notes about promises name. Stands asks for the consent of those that begin with
// the first two, at the moment of sending.
const (
	helpRef     = "help:"     // to a supporter: a call for help
	medicineRef = "medicine:" // to a supporter: a medicine of a patient, by id
	helpAnswer  = "help-answer:"
	helpSilent  = "help-silent:"
)

// Stands tells at the moment of sending whether something may be said to an account: what
// a patient promised to somebody is asked for anew, and needs no other ground.
func Stands(c *care.Care) func(ctx context.Context, accountID, ref string) (bool, error) {
	return func(ctx context.Context, accountID, ref string) (bool, error) {
		if id, is := strings.CutPrefix(ref, helpRef); is {
			call, ok, err := c.Promises.Sending(ctx, id)
			return ok && call.AccountID == accountID, unlessGone(err)
		}
		if id, is := strings.CutPrefix(ref, medicineRef); is {
			ok, err := c.Promises.Stands(ctx, id, accountID, models.ScopeMedicineReminders)
			return ok, unlessGone(err)
		}
		return true, nil
	}
}

// promise does what a line asks for that is about calls for help. done is false for
// other lines.
func (p *Planner) promise(ctx context.Context, e models.AuditEvent) (done bool, err error) {
	switch e.Action {
	case alerts.LineCalled, alerts.LineUnanswered:
		return false, p.care.Promises.Follow(ctx, e.Ref)
	case promises.LineCalled:
		return true, p.callForHelp(ctx, e)
	case promises.LineAnswered:
		return true, p.tellOwner(ctx, e, helpAnswer)
	case promises.LineFailed:
		return true, p.tellOwner(ctx, e, helpSilent)
	}
	return false, nil
}

// callForHelp tells a supporter, by the one way and in the words that the patient signed.
// Where they don't answer, whoever answers for the alert hears of it.
func (p *Planner) callForHelp(ctx context.Context, e models.AuditEvent) error {
	call, ok, err := p.care.Promises.Sending(ctx, e.Ref)
	if err != nil || !ok {
		return unlessGone(err)
	}
	return unlessGone(p.say(ctx, notify.Note{AccountID: call.AccountID, Kind: reminder.HelpCall, Key: call.ID, Ref: helpRef + call.ID,
		Steps: notify.StepsOf(call.Terms.Way, reminder.StepPerson), Say: &reminder.Say{Code: call.Terms.Wording, Language: call.Terms.Language}}))
}

// tellOwner tells who answers for an alert now what became of a call, past quiet hours.
func (p *Planner) tellOwner(ctx context.Context, e models.AuditEvent, part string) error {
	call, owner, err := p.care.Promises.Owner(ctx, e.Ref)
	if err != nil || owner == "" {
		return unlessGone(err)
	}
	return unlessGone(p.say(ctx, notify.Note{AccountID: owner, Kind: reminder.TeamAlarm, Key: e.ID, Ref: part + call.AlertID}))
}

// aheadOfMedicines is how far a supporter's reminders of medicines are planned: further
// than the time between two looks at everybody.
const aheadOfMedicines = 3 * 24 * time.Hour

// maxMedicineNotes bounds those of one supporter, beside their visits.
const maxMedicineNotes = 60

// addMedicines adds the times of medicines of which a supporter hears. They are the
// patient's times on the patient's clock, whatever the supporter's.
func (p *Planner) addMedicines(ctx context.Context, accountID string, into map[string][]reminder.Rule) error {
	all, err := p.care.Promises.RemindedOf(ctx, accountID)
	if err != nil {
		return err
	}
	var failed error
	left := maxMedicineNotes
	for _, r := range all {
		rules, err := p.medicinesOf(ctx, r)
		if err != nil { // one patient's record does not stop another's
			failed = errors.Join(failed, unlessGone(err))
			continue
		}
		if rules = rules[:min(len(rules), left)]; len(rules) > 0 {
			into[medicineRef+r.PatientID] = rules
		}
		left -= len(rules)
	}
	return failed
}

func (p *Planner) medicinesOf(ctx context.Context, r promises.Reminded) ([]reminder.Rule, error) {
	now := p.now()
	of, err := p.care.Upkeep.ToRemind(ctx, r.PatientID, now)
	if err != nil || of.Account.Status != models.AccountActive {
		return nil, err
	}
	in := reminder.Input{Now: now, To: now.Add(aheadOfMedicines), Home: of.Zone, Cap: reminder.MaxRules, Choices: reminder.Choices{Quiet: []reminder.Window{}}}
	if s, err := p.notify.Settings(ctx, of.Account.ID); err == nil {
		in.Stays = []reminder.Stay{{Zone: s.Zone}} // where the patient's phone is now
	}
	for _, m := range of.Medicines {
		in.Rules = append(in.Rules, reminder.ForMedicine(m)...)
	}
	found, err := reminder.Plan(in)
	if err != nil {
		return nil, err
	}
	var out []reminder.Rule
	after := time.Duration(r.Terms.AfterMinutes) * time.Minute
	for _, o := range found {
		if o.Kind != reminder.MedicineTime {
			continue
		}
		at := o.Due.Add(after).UTC()
		out = append(out, reminder.Rule{ID: medicineRef + r.PatientID + ":" + at.Format("20060102T1504"), Kind: reminder.MedicineTime, Ref: medicineRef + r.PatientID,
			Policy: reminder.Once, At: &at, Steps: notify.StepsOf(r.Terms.Way)})
	}
	// Two medicines at one time are one note.
	slices.SortFunc(out, func(a, b reminder.Rule) int { return a.At.Compare(*b.At) })
	return slices.CompactFunc(out, func(a, b reminder.Rule) bool { return a.ID == b.ID }), nil
}
