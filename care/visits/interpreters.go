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

// An interpreter is booked as the resource that has the id of their account: the
// languages and hours are the resource's, the person is the account's.

// SeatOf is the part that an interpreter has in a visit that is booked, and not only
// kept for somebody who is deciding.
func (v Visit) SeatOf(accountID string) (schedule.Participant, bool) {
	if v.HoldUntil != nil || v.WaitID != "" {
		return schedule.Participant{}, false
	}
	i := slices.IndexFunc(v.Participants, func(p schedule.Participant) bool {
		return p.Kind == schedule.Resource && p.Who == accountID && p.Status != schedule.Declined
	})
	if i < 0 {
		return schedule.Participant{}, false
	}
	return v.Participants[i], true
}

// over tells that nothing of a visit is left to know for who interprets in it: not even
// its room, for who comes late.
func (v Visit) over(now time.Time) bool { return now.After(v.End.Add(VideoClosesAfter)) }

// longestVisit bounds how long ago a visit began that is not over.
const longestVisit = 24 * time.Hour

// Interprets tells whether an account is booked as an interpreter into a visit of a
// patient that is not over.
func (c *Service) Interprets(ctx context.Context, accountID, patientID string) (found bool, err error) {
	q := store.Query{Index: "patient", Equal: []any{patientID}, From: chart.Millis(c.now().Add(-longestVisit))}
	err = chart.Through(ctx, c.store, chart.ColVisits, q, func(v chart.Versioned[Visit]) (bool, error) {
		if _, in := v.Value.SeatOf(accountID); in && !v.Value.over(c.now()) {
			found = true
		}
		return found, nil
	})
	return found, err
}

// sees tells whether a visit of this chart is one that the actor may know of. Of an
// interpreter those are the visits that they come to; all others are not there.
func (ch *Part) sees(v Visit) bool {
	if ch.actor.Role != models.RoleInterpreter {
		return true
	}
	_, in := v.SeatOf(ch.actor.AccountID)
	return in && !v.over(ch.care.now())
}

// Interpreting is what an interpreter knows of a visit beside its time.
type Interpreting struct {
	Language string            `json:"language,omitempty"`
	Modality schedule.Modality `json:"modality"`
	Site     string            `json:"site,omitempty"`
	Start    time.Time         `json:"start"`
	End      time.Time         `json:"end"`
	Answer   schedule.Answer   `json:"answer"`
}

// interpretingFor is that of the actor; nil for all who are no interpreter of it.
func (v Visit) interpretingFor(actor models.Actor) *Interpreting {
	p, in := v.SeatOf(actor.AccountID)
	if !in || actor.Role != models.RoleInterpreter {
		return nil
	}
	out := &Interpreting{Modality: v.Modality, Site: v.Site, Start: p.Start, End: p.End, Answer: p.Status}
	for _, r := range v.Ask.Roles {
		if r.Key == p.Role {
			out.Language = r.Language
		}
	}
	return out
}

// Horizon is further ahead than any visit can be booked.
const Horizon = schedule.MaxHorizon * 24 * time.Hour

// InterpretersVisits are the visits that an account is booked into as an interpreter
// and that are not over, by start. It is for workers.
func (c *Service) InterpretersVisits(ctx context.Context, accountID string) ([]Visit, error) {
	now := c.now()
	found, err := c.visitsOf(ctx, accountID, now.Add(-longestVisit), now.Add(Horizon))
	var out []Visit
	for _, v := range found {
		if _, in := v.Value.SeatOf(accountID); in && !v.Value.over(now) && v.Value.PatientID != "" {
			out = append(out, v.Value)
		}
	}
	return out, err
}

// isInterpreter tells whether an id is the account of an interpreter who can come.
func (c *Service) isInterpreter(ctx context.Context, id string) (bool, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, id)
	if models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	return err == nil && a.Value.Role == models.RoleInterpreter && a.Value.Status == models.AccountActive, err
}

// unlessNobody makes an interpreter who has no account, or none any more, one who has
// not agreed: as things stand nobody would come.
func (c *Service) unlessNobody(ctx context.Context, v Visit, p *schedule.Participant) error {
	speaks := slices.ContainsFunc(v.Ask.Roles, func(r VisitRole) bool { return r.Key == p.Role && r.Language != "" })
	if p.Kind != schedule.Resource || !speaks || p.Status == schedule.Declined {
		return nil
	}
	is, err := c.isInterpreter(ctx, p.Who)
	if err == nil && !is {
		p.Status = schedule.NeedsAction
	}
	return err
}

// InterpreterCharts are the patients in whose visits an account interprets.
func (c *Service) InterpreterCharts(ctx context.Context, accountID string) ([]string, error) {
	visits, err := c.InterpretersVisits(ctx, accountID)
	var out []string
	for _, v := range visits {
		if !slices.Contains(out, v.PatientID) {
			out = append(out, v.PatientID)
		}
	}
	return out, err
}
