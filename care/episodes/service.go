// Package episodes keeps a patient's way through the clinic: one intake that several
// people ask and each answers for, which programmes suit, and a way out with a task for
// who sees them a week and a month later (docs/intake.md).
package episodes

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/google/uuid"

	"handrail/care/alerts"
	"handrail/care/handoffs"
	"handrail/care/internal/chart"
	"handrail/care/referrals"
	"handrail/care/tasks"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/episode"
	"handrail/models/medicine"
	"handrail/models/task"
	"handrail/store"
)

// Service is the use cases of episodes.
type Service struct {
	base     *chart.Base
	store    store.Store
	now      models.Clock
	tasks    *tasks.Inside
	alerts   *alerts.Inside
	parts    *alerts.Service // of the clinic: its programmes
	needs    *referrals.Inside
	handoffs *handoffs.Service
}

// New makes them. The worker of tasks asks the lead when nobody has seen who left.
func New(base *chart.Base, t *tasks.Inside, a *alerts.Inside, parts *alerts.Service, n *referrals.Inside, h *handoffs.Service) *Service {
	c := &Service{base, base.Store, base.Now, t, a, parts, n, h}
	t.WhenLate(task.CodeFollowUp, c.goUp)
	return c
}

// Part is the episodes of a patient's open chart. Do not keep it: a revocation holds from
// the next Open.
type Part struct {
	chart    *chart.Chart
	care     *Service
	handoffs *handoffs.Part
	actor    models.Actor
	patient  string
}

// Part is the part of an open chart that this package answers for.
func (c *Service) Part(ch *chart.Chart) *Part {
	return &Part{chart: ch, care: c, handoffs: c.handoffs.Part(ch), actor: ch.Actor(), patient: ch.PatientID()}
}

type kept = chart.Versioned[episode.Episode]

var space = uuid.MustParse("3b8f2c51-6a0e-4d0c-8f57-2c7d1d7b9e40")

// taskID is a function of an episode and of what is done in it.
func taskID(episodeID, what string) string {
	return uuid.NewHash(sha256.New(), space, store.JoinText(episodeID, what), 8).String()
}

func episodeOp(v kept) (store.Op, error) {
	e := v.Value
	keys := store.Keys{"patientId": e.PatientID, "at": chart.Millis(e.BegunAt)}
	if e.Status == episode.Finished && e.EndedAt != nil {
		keys["leftSite"], keys["leftAt"] = chart.OwnerSite, chart.Millis(*e.EndedAt)
	}
	doc, err := chart.Encode(e.ID, e.PatientID, v.Version, keys, e)
	if v.IsNew() {
		return store.Insert(chart.ColEpisodes, doc), err
	}
	return store.Replace(chart.ColEpisodes, doc), err
}

// current is which episode of a patient goes on, so that there is one at a time, and what
// they want to be reminded of when none does.
type current struct {
	Open      string `json:"open,omitempty"`
	Last      string `json:"last"`
	Reminders string `json:"reminders,omitempty"`
}

func (c *Service) current(ctx context.Context, patientID string) (chart.Versioned[current], error) {
	v, err := chart.Load[current](ctx, c.store, chart.ColEpisodeNow, patientID)
	if models.KindOf(err) == models.KindNotFound {
		return chart.Versioned[current]{}, nil
	}
	return v, err
}

func currentOp(patientID string, v chart.Versioned[current]) (store.Op, error) {
	doc, err := chart.Encode(patientID, patientID, v.Version, nil, v.Value)
	if v.IsNew() {
		return store.Insert(chart.ColEpisodeNow, doc), err
	}
	return store.Replace(chart.ColEpisodeNow, doc), err
}

// RemindersAfter is what a patient whose episode has ended wants to be reminded of; all
// while one goes on, and for who has chosen nothing. It is for the worker of reminders.
func (c *Service) RemindersAfter(ctx context.Context, patientID string) (string, error) {
	v, err := c.current(ctx, patientID)
	if err != nil || v.Value.Open != "" || v.Value.Reminders == "" {
		return episode.RemindAll, err
	}
	return v.Value.Reminders, nil
}

// standing is what a discharge depends on that stands elsewhere in the chart.
func (c *Service) standing(ctx context.Context, e episode.Episode) (s episode.Standing, plan int64, gone *time.Time, err error) {
	p, err := chart.Load[crisisplan.Plan](ctx, c.store, chart.ColPlans, e.PatientID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return s, 0, nil, err
	}
	plan = p.Value.Active
	page, err := chart.List[medicine.Reconciliation](ctx, c.store, chart.ColReconciliations, store.Query{Index: "patient", Equal: []any{e.PatientID}, Desc: true, Limit: 1})
	if err != nil {
		return s, 0, nil, err
	}
	for _, v := range page.Items {
		at := v.Value.At
		gone = &at
	}
	return episode.Standing{PlanHolds: plan > 0, ListGone: gone != nil && !gone.Before(e.BegunAt)}, plan, gone, nil
}

func (c *Service) patient(ctx context.Context, id string) (models.Patient, *time.Location, error) {
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, id)
	return p.Value, c.base.Location(id, p.Value.Zone), err
}
