package people

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// maxTeam is how many people are on a team at once. What reaches a patient's team (a
// message, a check-in that nobody has read) is written for each of them in one batch.
const maxTeam = 100

// roomOnTeam tells whether one more may join.
func (ch *Part) roomOnTeam(ctx context.Context) error {
	n := 0
	err := chart.Through(ctx, ch.care.store, chart.ColMemberships, store.Query{Index: "patient", Equal: []any{ch.patient}},
		func(m chart.Versioned[models.Membership]) (bool, error) {
			if m.Value.Active(ch.care.now()) {
				n++
			}
			return false, nil
		})
	if err == nil && n >= maxTeam {
		err = models.E(models.KindConflict, "team-full", "There are a hundred people on this team. Please take somebody off first.")
	}
	return err
}
