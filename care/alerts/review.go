package alerts

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/risk"
	"handrail/store"
)

// Reviews are the rules of the last 30 days that ask for a review, and the account that
// answers for rules here: who confirmed that alerts go to staff while they are an
// administrator, else the administrator who has been here longest. "" where there is none.
// A worker asks it.
func (c *Service) Reviews(ctx context.Context) (rules []string, owner string, err error) {
	now := c.now().UTC()
	all, _, err := c.reported(ctx, now.AddDate(0, 0, -reportDays), now)
	if err != nil {
		return nil, "", err
	}
	for _, r := range risk.ReportOf(all, now.AddDate(0, 0, -reportDays), now, now.Location()).Rules {
		if r.Review {
			rules = append(rules, r.Rule)
		}
	}
	if len(rules) == 0 {
		return nil, "", nil
	}
	owner, err = c.keeperOfRules(ctx)
	return rules, owner, err
}

func (c *Service) keeperOfRules(ctx context.Context) (string, error) {
	s, err := c.settings(ctx)
	if err != nil {
		return "", err
	}
	office, _, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(models.RoleAdministrator)}}, 0)
	owner := ""
	for _, a := range office {
		if a.Value.Status != models.AccountActive {
			continue
		}
		if a.Value.ID == s.Value.ConfirmedByID {
			return a.Value.ID, err
		}
		if owner == "" || a.Value.ID < owner { // ids grow with time
			owner = a.Value.ID
		}
	}
	return owner, err
}
