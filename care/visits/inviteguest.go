package visits

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/schedule"
	"handrail/store"
)

// guestRole is the key of the part of somebody who was invited to a visit that was
// booked already.
func guestRole(accountID string) string { return "guest-" + accountID[:min(8, len(accountID))] }

// PossibleGuest is somebody of the patient's circle who may see when visits are, and can
// be invited.
type PossibleGuest struct {
	AccountID    string `json:"accountId"`
	Name         string `json:"name"`
	Relationship string `json:"relationship"`
}

// PossibleGuests lists them. Who may not change visits is told nobody.
func (ch *Part) PossibleGuests(ctx context.Context) ([]PossibleGuest, error) {
	out := []PossibleGuest{}
	d, err := ch.chart.May(ctx, models.SectionAppointments, models.Write)
	if err != nil {
		return nil, err
	}
	circle, err := chart.Every[models.RelatedPerson](ctx, ch.care.store, chart.ColRelated, store.Query{Index: "patient", Equal: []any{ch.patient}})
	if err != nil {
		return nil, err
	}
	for _, r := range circle {
		sees, err := ch.care.seesTimes(ctx, ch.patient, r.Value.AccountID)
		if err != nil {
			return nil, err
		}
		if sees {
			out = append(out, PossibleGuest{r.Value.AccountID, r.Value.Name, r.Value.Relationship})
		}
	}
	return out, ch.chart.NoteRead(ctx, d, "appointments.read", "guests", len(out))
}

// InviteGuest invites somebody of the patient's circle, who need not come: the visit
// waits for no answer. The same again is once.
//
// Errors: not-a-guest (invalid) for who may not see when visits are.
func (ch *Part) InviteGuest(ctx context.Context, id, accountID string) (chart.Versioned[VisitView], error) {
	return ch.changeVisit(ctx, id, nil, "appointment.guest-invited", func(v *Visit, s *step) (bool, error) {
		s.event.Whom = accountID
		for _, p := range v.Participants {
			if p.Who == accountID && p.Kind == schedule.Supporter && p.Status != schedule.Declined {
				return false, nil
			}
		}
		related, err := ch.care.base.IsRelated(ctx, ch.patient, accountID)
		sees := false
		if err == nil && related {
			sees, err = ch.care.seesTimes(ctx, ch.patient, accountID)
		}
		if err != nil {
			return true, err
		}
		if !sees {
			var c models.Checks
			c.Fail("accountId", "not-a-guest", "Choose somebody whom the patient lets see when visits are.")
			return true, c.Err()
		}
		v.Ask.Roles = append(append([]VisitRole(nil), v.Ask.Roles...), VisitRole{Key: guestRole(accountID), Kind: schedule.Supporter, Who: []string{accountID}, Optional: true})
		return true, assign(&v.Appointment)(v.Appointment.Invite(schedule.Participant{Who: accountID, Kind: schedule.Supporter, Role: guestRole(accountID)}, ch.care.now()))
	})
}

// RemoveGuest takes somebody off who need not come. They are told that they are not
// needed, and nothing else.
func (ch *Part) RemoveGuest(ctx context.Context, id, accountID string) (chart.Versioned[VisitView], error) {
	return ch.changeVisit(ctx, id, nil, "appointment.guest-removed", func(v *Visit, s *step) (bool, error) {
		s.event.Whom = accountID
		in := false
		for _, p := range v.Participants {
			in = in || p.Who == accountID && p.Kind == schedule.Supporter
		}
		if !in {
			return false, nil
		}
		var roles []VisitRole
		for _, r := range v.Ask.Roles {
			if len(r.Who) != 1 || r.Who[0] != accountID {
				roles = append(roles, r)
			}
		}
		v.Ask.Roles = roles
		return true, assign(&v.Appointment)(v.Appointment.Uninvite(accountID))
	})
}
