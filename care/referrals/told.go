package referrals

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/referral"
	"handrail/store"
)

// PartnerOfLine lists who works for the partner that a line of the log is about: that of a
// referral, or of the consent that sent it out. A partner that was never asked, or that
// works with the clinic no more, hears of nothing. For the planner alone.
func (c *Service) PartnerOfLine(ctx context.Context, e models.AuditEvent) (accounts []string, err error) {
	all, err := c.ofPatient(ctx, e.PatientID)
	if err != nil {
		return nil, err
	}
	for _, v := range all {
		if r := v.Value; r.ConsentID != "" && (r.ID == e.Ref || r.ConsentID == e.Ref) {
			return c.peopleOf(ctx, r.PartnerID)
		}
	}
	return nil, nil
}

// peopleOf lists who works for a partner.
func (c *Service) peopleOf(ctx context.Context, partnerID string) (accounts []string, err error) {
	p, err := chart.Load[referral.Partner](ctx, c.store, chart.ColPartners, partnerID)
	if err != nil || p.Value.EndedAt != nil {
		return nil, err
	}
	found, _, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(models.RolePartner)}}, 0)
	for _, v := range found {
		if v.Value.PartnerID == partnerID && v.Value.Status == models.AccountActive {
			accounts = append(accounts, v.Value.ID)
		}
	}
	return accounts, err
}
