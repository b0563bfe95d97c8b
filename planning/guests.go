package planning

import (
	"context"
	"slices"
	"strings"
	"time"

	"handrail/care/visits"
	"handrail/models"
	"handrail/models/reminder"
)

// Who takes part in a visit beside the patient is told that they are booked, that it
// moved, and when it is near, as the patient is. Whom it is with stands behind the
// sign-in.

// guestKey marks an account among the patients that rest. Stores know it by this name
// from the time when interpreters alone were told.
const guestKey = "interpreter:"

// nearVisits and freshVisits bound the rules of one account: how many visits are
// reminded of, the next ones first, and of how many it is said that they are booked.
const (
	nearVisits  = 30
	freshVisits = 30
)

// guestRoles are the roles of accounts that take part in visits.
var guestRoles = []models.Role{models.RoleInterpreter, models.RoleClinician, models.RoleSupporter}

// conferenceMoves are the lines that change who is where for a conference. They are the
// office's own.
var conferenceMoves = map[string]bool{"conference.planned": true, "conference.cancelled": true, "conference.rescheduled": true, "conference.answered": true}

// ofVisit notes whose plan a line changes beside the patient's.
func (p *Planner) ofVisit(ctx context.Context, e models.AuditEvent, into map[string]bool) error {
	if e.Outcome != models.OutcomeAllowed {
		return nil
	}
	switch {
	case e.PatientID != "" && (strings.HasPrefix(e.Action, "consent.") || strings.HasPrefix(e.Action, "related.") || strings.HasPrefix(e.Action, "contact-state.") || e.Action == "medicine-times.changed"):
		return p.circle(ctx, e.PatientID, into)
	case e.Action == "account.active" && e.PatientID == "":
		into[e.Ref] = true
		return nil
	case !conferenceMoves[e.Action] && (!e.Changed || !strings.HasPrefix(e.Action, "appointment.") && e.Action != "waitlist.accepted"):
		return nil
	}
	if e.Action == "appointment.guest-removed" {
		into[e.Whom] = true
	}
	g, err := p.care.Visits.GuestsOf(ctx, e.Ref)
	for _, guest := range slices.Concat(g.Now, g.Left, g.Not) {
		into[guest.AccountID] = true
	}
	return unlessGone(err) // a hold that is gone
}

// circle notes the family and friends of a patient.
func (p *Planner) circle(ctx context.Context, patientID string, into map[string]bool) error {
	all, err := p.care.Upkeep.Circle(ctx, patientID)
	for _, id := range all {
		into[id] = true
	}
	return err
}

// guest has notify plan an account that takes part in visits from what is stored now.
func (p *Planner) guest(ctx context.Context, accountID string) error {
	a, err := p.care.Upkeep.Account(ctx, accountID)
	if models.KindOf(err) == models.KindNotFound || err == nil && !slices.Contains(guestRoles, a.Role) {
		return nil
	}
	if err != nil {
		return err
	}
	var plans map[string][]reminder.Rule
	if a.Status == models.AccountActive {
		ahead := visitsAhead
		if a.Role == models.RoleInterpreter {
			ahead = visits.Horizon // they have few, and hear of each that is booked
		}
		found, err := p.care.Visits.VisitsOfGuest(ctx, accountID, a.Role, ahead)
		if err != nil {
			return err
		}
		if a.Role == models.RoleSupporter {
			if found, err = p.notStill(ctx, found); err != nil {
				return err
			}
		}
		plans = guestSources(found, a, p.now())
		if a.Role == models.RoleSupporter {
			if err := p.addMedicines(ctx, accountID, plans); err != nil {
				return err
			}
		}
	}
	if err := p.people(ctx, accountID); err != nil {
		return err
	}
	return p.notify.SetSources(ctx, accountID, plans)
}

// notStill leaves the visits of which family and friends are reminded: not those of a
// patient who is in hospital, in jail, away, or died. They hear of that from a person.
func (p *Planner) notStill(ctx context.Context, found []visits.Visit) ([]visits.Visit, error) {
	still := map[string]bool{}
	for _, v := range found {
		if _, known := still[v.PatientID]; known {
			continue
		}
		s, err := p.care.Promises.Still(ctx, v.PatientID)
		if err != nil {
			return nil, err
		}
		still[v.PatientID] = s.Reminders
	}
	return slices.DeleteFunc(found, func(v visits.Visit) bool { return still[v.PatientID] }), nil
}

// guestSources are the rules of somebody's visits, which are by start. A clinician, who
// has many, hears of what others booked, the day before of its first visit, and
// shortly before of the first of visits that follow each other.
func guestSources(found []visits.Visit, a models.Account, now time.Time) map[string][]reminder.Rule {
	out := map[string][]reminder.Rule{}
	near, fresh := 0, 0
	said := map[string]bool{} // series that were booked
	var busy runs
	for _, v := range found {
		about := revision(v, a.ID)
		about.BookedAt = v.MadeFor(a.ID)
		rules := reminder.ForVisit(about)
		soon := v.Start.After(now) && v.Start.Sub(now) <= visitsAhead && near < nearVisits
		isNew := now.Sub(about.BookedAt) < reminder.VisitConfirmed.Traits().Useful && fresh < freshVisits
		if a.Role == models.RoleClinician {
			isNew = isNew && !about.Own && !said[v.SeriesID]
			said[v.SeriesID] = isNew && v.SeriesID != "" || v.SeriesID != "" && said[v.SeriesID]
			rules = busy.thin(v, a.Zone, rules)
		}
		rules = slices.DeleteFunc(rules, func(r reminder.Rule) bool {
			return !soon && r.Kind != reminder.VisitConfirmed || !isNew && r.Kind == reminder.VisitConfirmed
		})
		if len(rules) == 0 {
			continue
		}
		if soon {
			near++
		}
		if isNew {
			fresh++
		}
		if a.Role != models.RoleInterpreter { // who looks at several charts: the app is told at which
			for i := range rules {
				rules[i].Ref = v.ID + ":" + v.PatientID
			}
		}
		out["visit:"+v.ID] = rules
	}
	return out
}

// runs finds the first visit of each day, and of visits that follow each other.
type runs struct {
	day   string
	until time.Time
}

// runGap is the pause after which somebody is reminded of their next visit again.
const runGap = time.Hour

func (r *runs) thin(v visits.Visit, zone string, rules []reminder.Rule) []reminder.Rule {
	day, follows := v.Start.UTC().Format(time.DateOnly), v.Start.Before(r.until.Add(runGap))
	if z, err := time.LoadLocation(zone); err == nil {
		day = v.Start.In(z).Format(time.DateOnly)
	}
	first := day != r.day
	if r.day = day; v.End.After(r.until) {
		r.until = v.End
	}
	return slices.DeleteFunc(rules, func(rule reminder.Rule) bool {
		switch rule.Kind {
		case reminder.VisitAhead:
			return !first
		case reminder.VisitSoon, reminder.VisitNow:
			return follows
		}
		return false
	})
}
