package visits

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// Everybody in a visit beside the patient has an account: clinicians, family and
// friends, interpreters. A room is a resource without one.

// PartOf is the part that an account other than the patient's has in a visit that is
// booked; somebody who declined has none.
func (v Visit) PartOf(accountID string) (schedule.Participant, bool) {
	if v.HoldUntil != nil || v.WaitID != "" {
		return schedule.Participant{}, false
	}
	i := slices.IndexFunc(v.Participants, func(p schedule.Participant) bool {
		return p.Who == accountID && p.Kind != schedule.Patient && p.Status != schedule.Declined
	})
	if i < 0 {
		return schedule.Participant{}, false
	}
	return v.Participants[i], true
}

// onlyHeld tells of a visit that was called off whether it was ever more than a time
// that was kept for somebody who was deciding.
func (v Visit) onlyHeld() bool {
	return v.Status == schedule.Cancelled && slices.ContainsFunc(v.Participants, func(p schedule.Participant) bool {
		return p.Kind == schedule.Patient && p.Status == schedule.Tentative
	})
}

// Guest is somebody who takes part in a visit, or did before its last move.
type Guest struct {
	AccountID string
	Kind      schedule.Kind
	Required  bool
}

// Guests are the people of a visit beside the patient, as they may be told of it.
type Guests struct {
	Visit Visit
	Now   []Guest // who takes part
	Left  []Guest // whom its last move left without a part
	Not   []Guest // who declined
}

// GuestsOf reads who is to be told of a visit, for workers. Family and friends are
// among them while they may see its time. Somebody who only holds a time tells nobody.
func (c *Service) GuestsOf(ctx context.Context, visitID string) (Guests, error) {
	v, err := chart.Load[Visit](ctx, c.store, chart.ColVisits, visitID)
	if err != nil || v.Value.onlyHeld() {
		return Guests{}, err
	}
	out := Guests{Visit: v.Value}
	for _, p := range v.Value.Participants {
		_, in := v.Value.PartOf(p.Who)
		if p.Kind == schedule.Patient || !in && p.Status != schedule.Declined {
			continue
		}
		ok, err := c.mayBeTold(ctx, v.Value.PatientID, p.Kind, p.Who)
		if err != nil {
			return out, err
		}
		g := Guest{p.Who, p.Kind, p.Required}
		if ok && in {
			out.Now = append(out.Now, g)
		} else if ok {
			out.Not = append(out.Not, g)
		}
	}
	if v.Value.Moved == nil {
		return out, nil
	}
	for _, id := range v.Value.Moved.Left {
		a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, id)
		if models.KindOf(err) == models.KindNotFound {
			continue // a room, or nobody any more
		}
		if err != nil {
			return out, err
		}
		kind := kindOf[a.Value.Role]
		ok, err := c.mayBeTold(ctx, v.Value.PatientID, kind, id)
		if err != nil {
			return out, err
		}
		if ok {
			out.Left = append(out.Left, Guest{AccountID: id, Kind: kind})
		}
	}
	return out, nil
}

// kindOf is the part that an account of a role can have in a visit.
var kindOf = map[models.Role]schedule.Kind{models.RoleClinician: schedule.Clinician, models.RoleSupporter: schedule.Supporter, models.RoleInterpreter: schedule.Resource}

// mayBeTold tells whether somebody in a visit can open it: an interpreter who works
// here, a clinician, a supporter whom the patient lets see the time.
func (c *Service) mayBeTold(ctx context.Context, patientID string, kind schedule.Kind, accountID string) (bool, error) {
	switch kind {
	case schedule.Clinician:
		return true, nil
	case schedule.Resource:
		return c.isInterpreter(ctx, accountID)
	case schedule.Supporter:
		return c.seesTimes(ctx, patientID, accountID)
	}
	return false, nil
}

// MaySeeTimes is that for workers.
func (c *Service) MaySeeTimes(ctx context.Context, patientID, accountID string) (bool, error) {
	return c.seesTimes(ctx, patientID, accountID)
}

// seesTimes tells whether a supporter may see when a patient's visits are.
func (c *Service) seesTimes(ctx context.Context, patientID, accountID string) (bool, error) {
	consents, err := c.base.ConsentsBetween(ctx, patientID, accountID)
	d := models.Decide(models.AccessQuestion{Actor: models.Actor{AccountID: accountID, Role: models.RoleSupporter}, PatientID: patientID,
		Section: models.SectionAppointments, Verb: models.Read, Purpose: models.PurposeFamily, At: c.now()}, models.AccessFacts{Consents: consents})
	return err == nil && d.Allowed, err
}

// VisitsOfGuest are the visits of the next time that an account takes part in beside the
// patient, that are not over and of which it may know, by start. It is for workers.
func (c *Service) VisitsOfGuest(ctx context.Context, accountID string, role models.Role, ahead time.Duration) ([]Visit, error) {
	now := c.now()
	found, err := c.visitsOf(ctx, accountID, now.Add(-longestVisit), now.Add(ahead))
	if err != nil {
		return nil, err
	}
	sees := map[string]bool{}
	var out []Visit
	for _, v := range found {
		_, in := v.Value.PartOf(accountID)
		id := v.Value.PatientID
		if !in || v.Value.over(now) || id == "" && role != models.RoleClinician { // a conference is of clinicians
			continue
		}
		if _, asked := sees[id]; !asked {
			if sees[id], err = c.mayBeTold(ctx, id, kindOf[role], accountID); err != nil {
				return nil, err
			}
		}
		if sees[id] {
			out = append(out, v.Value)
		}
	}
	return out, nil
}

// GuestAccounts lists accounts of a role that can take part in visits, for workers.
func (c *Service) GuestAccounts(ctx context.Context, role models.Role, cursor string, limit int) (chart.Page[string], error) {
	page, err := c.store.Query(ctx, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(role)}, Limit: limit, Cursor: cursor, Unopened: true})
	out := chart.Page[string]{Next: page.Next}
	for _, d := range page.Docs {
		out.Items = append(out.Items, d.ID)
	}
	return out, chart.Refusal(err)
}
