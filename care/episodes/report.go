package episodes

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/episode"
	"handrail/models/risk"
	"handrail/store"
)

// FollowUpReport is how those who left between two moments were followed up.
type FollowUpReport struct {
	Rows       []episode.FollowUps `json:"rows"`
	Unreadable int                 `json:"unreadable"` // records that could not be read, and are not counted
}

// mostReported bounds what one report reads; more is refused.
const mostReported = 5000

// FollowUps tells, for each programme, how those who left were followed up after 7 and 30
// days: for clinicians and administrators. It names nobody, and gives no numbers of fewer
// than five. A programme is the one that somebody is in now.
func (c *Service) FollowUps(ctx context.Context, actor models.Actor, from, to time.Time) (FollowUpReport, error) {
	if actor.Outside || !slices.Contains([]models.Role{models.RoleClinician, models.RoleAdministrator}, actor.Role) {
		return FollowUpReport{}, c.base.Forbid(ctx, actor, "follow-ups.report")
	}
	if err := chart.CheckWindow(from, to); err != nil {
		return FollowUpReport{}, err
	}
	found, bad, err := chart.ReadableOnes[episode.Episode](ctx, c.store, chart.ColEpisodes, store.Query{Index: "left", Equal: []any{chart.OwnerSite},
		From: chart.Millis(from), To: chart.Millis(to)}, mostReported)
	if err != nil {
		return FollowUpReport{}, err
	}
	shut, err := c.base.Restrictions(ctx, actor)
	if err != nil {
		return FollowUpReport{}, err
	}
	found = slices.DeleteFunc(found, func(v chart.Versioned[episode.Episode]) bool { return shut.Shut(v.Value.PatientID) })
	bad = slices.DeleteFunc(bad, func(d store.Doc) bool { return shut.Shut(d.Owner) })
	all, ids := make([]episode.Episode, 0, len(found)), make([]string, 0, len(found))
	for _, v := range found {
		all, ids = append(all, v.Value), append(ids, v.Value.PatientID)
	}
	ctx, ahead := chart.NewAhead(ctx)
	if err := ahead.Read(ctx, c.store, chart.ColInProgramme, ids...); err != nil {
		return FollowUpReport{}, err
	}
	in, names := map[string]string{}, map[string]string{}
	for _, id := range ids {
		if v, err := chart.Load[risk.InProgramme](ctx, c.store, chart.ColInProgramme, id); err == nil {
			in[id] = v.Value.Programme
		}
	}
	programmes, err := c.parts.Programmes(ctx, actor, true)
	for _, p := range programmes {
		names[p.Value.ID] = p.Value.Name
	}
	return FollowUpReport{episode.FollowUpsOf(all, in, names, c.now()), len(bad)}, err
}
