package planning

import (
	"context"

	"handrail/models"
)

// besideOf are the patient's own lines that who walks beside them should look at.
var besideOf = map[string]string{"peer.asked": "peer-asked", "peer.ended": "peer-asked", "contract.asked": "contract", "contract.changed": "contract", "contract.ended": "contract"}

// beside tells a peer or a partner of a contract what the patient did: the words of the
// line name nobody.
func (p *Planner) beside(ctx context.Context, e models.AuditEvent) (done bool, err error) {
	part := besideOf[e.Action]
	if part == "" || e.Whom == "" || e.Whom == e.AccountID {
		return false, nil
	}
	return true, p.tell(ctx, e.Whom, part, models.AuditEvent{ID: e.ID}, nil)
}
