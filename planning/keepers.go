package planning

import (
	"context"
	"slices"

	"handrail/models"
)

// What administrators hear of each other.
const (
	partOfficer       = "privacy-officer"
	partAdministrator = "administrator"
)

// keepers tells administrators that one of them got or lost what opens the office, or the
// review of emergencies and closed charts: whoever can give it to themself must not do so
// unseen. The account itself hears of the duty too, also by its own hand, since that may not
// have been them.
func (p *Planner) keepers(ctx context.Context, e models.AuditEvent) (done bool, err error) {
	part := ""
	switch e.Action {
	case models.LinePrivacyOfficer:
		part = partOfficer
	case models.LineAdministrator:
		part = partAdministrator
	case "account.created", "account." + models.AccountActive, "account." + models.AccountSuspended:
		if e.Rule == string(models.RoleAdministrator) {
			part = partAdministrator
		}
	}
	if part == "" {
		return false, nil
	}
	office, err := p.care.Upkeep.Administrators(ctx)
	if err != nil {
		return true, err
	}
	whom := slices.DeleteFunc(office, func(account string) bool {
		return account == e.AccountID && account != e.Whom || part == partAdministrator && account == e.Ref
	})
	return true, p.tellAll(ctx, whom, part, e)
}
