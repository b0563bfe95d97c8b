package signin

import (
	"context"
	"time"

	"handrail/models"
)

// identityChecked is the rule of a code's  event when the office made sure who it
// is for.
const identityChecked = "identity-checked"

// wayBack decides whether the office may let somebody in again who was signed in
// before, and gives what to keep of how they made sure. Patients, family, friends and
// interpreters come back by what was checked; staff by an administrator, who knows
// them. The operator stands at the machine and is asked for nothing.
//
// Errors: those of models.CheckIdentity.
func (c *Service) wayBack(ctx context.Context, actor models.Actor, a models.Account, identity []string) ([]string, error) {
	if actor.Role == "" {
		return nil, nil
	}
	before, err := c.SignedInBefore(ctx, a.ID, c.now().Add(time.Millisecond)) // a session of this very moment too
	if err != nil || !before && len(identity) == 0 || a.Role.Staff() {
		return nil, err
	}
	return identity, models.CheckIdentity(identity)
}
