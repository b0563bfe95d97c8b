package people

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
)

// Practitioner tells who a clinician of the site is. Patients may know them, since
// they choose with whom they share; so may the people of the site. For everybody
// else there is nobody.
func (c *Service) Practitioner(ctx context.Context, actor models.Actor, accountID string) (SharingChoice, error) {
	if actor.Role != models.RolePatient && !actor.Role.Staff() {
		return SharingChoice{}, models.NotFound()
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err != nil {
		return SharingChoice{}, err
	}
	if a.Value.Role != models.RoleClinician {
		return SharingChoice{}, models.NotFound()
	}
	return SharingChoice{AccountID: a.Value.ID, Name: a.Value.Name, Role: a.Value.Role, Discipline: a.Value.Discipline}, nil
}
