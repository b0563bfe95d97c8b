package planning

import (
	"context"
	"errors"
	"time"

	"handrail/care/visits"
	"handrail/models"
	"handrail/models/reminder"
	"handrail/models/schedule"
	"handrail/notify"
)

// The parts of a note about a visit: what the app says of it after sign-in.
const (
	visitOff    = "visit-off"    // called off, or without the reader from now on
	notNeeded   = "not-needed"   // the same, to interpreters
	visitNo     = "visit-no"     // somebody can't come
	visitCover  = "visit-cover"  // somebody else is to be found
	visitTime   = "visit-time"   // somebody asks for another time
	visitHere   = "visit-here"   // the patient is there
	visitMissed = "visit-missed" // the patient did not come
)

// VisitNewsOf are the lines about a visit that people in it beside the patient are told.
var VisitNewsOf = map[string]func(*Planner, context.Context, models.AuditEvent, visits.Guests) error{
	"appointment.cancelled":        (*Planner).tellOff,
	"appointment.entered-in-error": (*Planner).tellOff,
	"conference.cancelled":         (*Planner).tellOff,
	"appointment.rescheduled":      (*Planner).tellLeft,
	"appointment.guest-removed":    (*Planner).tellRemoved,
	"appointment.declined":         (*Planner).tellNo,
	"appointment.asked-other-time": (*Planner).tellOtherTime,
	"appointment.arrived":          (*Planner).tellHere,
	"appointment.noshow":           (*Planner).tellMissed,
}

// visitNews tells the people of a visit what happened to it, but for who did it.
func (p *Planner) visitNews(ctx context.Context, e models.AuditEvent) error {
	tell := VisitNewsOf[e.Action]
	if tell == nil {
		return nil
	}
	g, err := p.care.Visits.GuestsOf(ctx, e.Ref)
	if err != nil || g.Visit.ID == "" {
		return unlessGone(err)
	}
	return tell(p, ctx, e, g)
}

func (p *Planner) tellOff(ctx context.Context, e models.AuditEvent, g visits.Guests) error {
	return p.notComing(ctx, e, g.Visit, g.Now, g.Visit.Start)
}

func (p *Planner) tellLeft(ctx context.Context, e models.AuditEvent, g visits.Guests) error {
	if g.Visit.Moved == nil {
		return nil
	}
	return p.notComing(ctx, e, g.Visit, g.Left, g.Visit.Moved.From)
}

// tellRemoved tells a guest, while they may know of the visit, that they need not come.
func (p *Planner) tellRemoved(ctx context.Context, e models.AuditEvent, g visits.Guests) error {
	ok, err := p.care.Visits.MaySeeTimes(ctx, e.PatientID, e.Whom)
	if err != nil || !ok {
		return err
	}
	still, err := p.care.Promises.Still(ctx, e.PatientID)
	if err != nil || still.All {
		return err
	}
	return p.ofTheVisit(ctx, e, g.Visit, e.Whom, visitOff, g.Visit.Start)
}

// notComing tells people that they do not come to a visit any more. Family and friends of
// somebody who died hear it from a person.
func (p *Planner) notComing(ctx context.Context, e models.AuditEvent, v visits.Visit, whom []visits.Guest, start time.Time) error {
	var failed error
	for _, guest := range whom {
		part := visitOff
		switch guest.Kind {
		case schedule.Resource:
			part = notNeeded
		case schedule.Supporter:
			still, err := p.care.Promises.Still(ctx, v.PatientID)
			if err != nil || still.All {
				failed = errors.Join(failed, err)
				continue
			}
		}
		failed = errors.Join(failed, p.ofTheVisit(ctx, e, v, guest.AccountID, part, start))
	}
	return failed
}

// tellNo tells the clinicians of a visit that somebody can't come, and who arranges for
// the patient's team that somebody else is needed where the visit can't be without.
func (p *Planner) tellNo(ctx context.Context, e models.AuditEvent, g visits.Guests) error {
	failed := p.toClinicians(ctx, e, g, visitNo)
	for _, who := range g.Not {
		if who.AccountID != e.AccountID || !who.Required {
			continue
		}
		office, err := p.care.Upkeep.Coordinators(ctx, e.PatientID)
		if err != nil {
			return errors.Join(failed, err)
		}
		for _, account := range office {
			failed = errors.Join(failed, p.ofTheVisit(ctx, e, g.Visit, account, visitCover, g.Visit.Start))
		}
	}
	return failed
}

func (p *Planner) tellOtherTime(ctx context.Context, e models.AuditEvent, g visits.Guests) error {
	return p.toClinicians(ctx, e, g, visitTime)
}

func (p *Planner) tellHere(ctx context.Context, e models.AuditEvent, g visits.Guests) error {
	return p.toClinicians(ctx, e, g, visitHere)
}

// tellMissed tells the clinicians of the visit and who leads the team. Family and friends
// are not told: that a visit was missed is the patient's to tell.
func (p *Planner) tellMissed(ctx context.Context, e models.AuditEvent, g visits.Guests) error {
	team, err := p.care.Upkeep.TreatingTeam(ctx, e.PatientID)
	if err != nil {
		return err
	}
	failed := p.toClinicians(ctx, e, g, visitMissed)
	for _, account := range team { // the key of the note is the line's: who is both is told once
		failed = errors.Join(failed, p.ofTheVisit(ctx, e, g.Visit, account, visitMissed, time.Time{}))
	}
	return failed
}

func (p *Planner) toClinicians(ctx context.Context, e models.AuditEvent, g visits.Guests, part string) error {
	start := g.Visit.Start
	if part == visitHere || part == visitMissed {
		start = time.Time{}
	}
	var failed error
	for _, guest := range g.Now {
		if guest.Kind == schedule.Clinician {
			failed = errors.Join(failed, p.ofTheVisit(ctx, e, g.Visit, guest.AccountID, part, start))
		}
	}
	return failed
}

// ofTheVisit tells one account something about a visit, unless they did it. start is
// until when it is of use; zero: as any news.
func (p *Planner) ofTheVisit(ctx context.Context, e models.AuditEvent, v visits.Visit, account, part string, start time.Time) error {
	if account == e.AccountID {
		return nil
	}
	ref := part + ":" + v.ID
	if part != notNeeded && v.PatientID != "" { // a conference is about patients, and of none
		ref += ":" + v.PatientID
	}
	return unlessGone(p.say(ctx, notify.Note{AccountID: account, Kind: reminder.News, Key: e.ID, Ref: ref, About: start}))
}
