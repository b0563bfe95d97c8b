package record

import (
	"context"
	"encoding/json"

	"handrail/models"
	"handrail/models/checkin"
)

// WriteDown keeps a check-in that a patient told on the telephone, on paper or in person: by a
// clinician who may read their check-ins. It is marked, and counts as one that they sent:
// its signals raise the same alerts, and the patient reads it with the name of who wrote it.
// The same id with the same content is one check-in.
// Errors: KindForbidden (team-writes-down), KindConflict (something else has the id).
func (ch *Part) WriteDown(ctx context.Context, id string, how checkin.How, s checkin.Submission) (checkin.CheckIn, error) {
	var none checkin.CheckIn
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Read)
	if err != nil {
		return none, err
	}
	if d.Basis != models.BasisTeam || ch.actor.Role != models.RoleClinician {
		d.Rule = "team-writes-down"
		return none, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "team-writes-down", "A clinician of the team writes a check-in down for a patient."))
	}
	raw, err := json.Marshal(s)
	if err != nil {
		return none, err
	}
	sent, err := checkin.Read(raw)
	if err != nil {
		return none, err
	}
	kept, err := ch.keepCheckIn(ctx, d, id, sent, &checkin.Taken{How: how, By: models.AuthorOf(ch.actor)})
	return kept.CheckIn, err
}
