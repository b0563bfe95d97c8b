package careplan

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/store"
)

// mayReadAll decides about all that the plan says. An emergency that was broken in opens
// the problems of Plan, and nothing of this.
func (ch *Part) mayReadAll(ctx context.Context) (models.Decision, error) {
	d, err := ch.chart.May(ctx, models.SectionCarePlan, models.Read)
	if err == nil && d.Basis == models.BasisBreakGlass {
		d.Rule = "problems-alone"
		err = ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "not-shared-with-you", "This part has not been shared with you."))
	}
	return d, err
}

// Versions lists the changes of the plan, the newest first.
func (ch *Part) Versions(ctx context.Context, cursor string, limit int) (chart.Page[careplan.Change], error) {
	d, err := ch.mayReadAll(ctx)
	if err != nil {
		return chart.Page[careplan.Change]{}, err
	}
	page, err := chart.List[careplan.Change](ctx, ch.care.store, chart.ColCarePlanChanges, store.Query{Index: "patient",
		Equal: []any{ch.patient}, Desc: true, Limit: limit, Cursor: cursor})
	if err != nil {
		return chart.Page[careplan.Change]{}, err
	}
	return chart.Values(page), ch.chart.NoteRead(ctx, d, "care-plan.read", "", len(page.Items))
}

// Then is what a plan said in a version, and what was other in it than in an earlier one,
// in words for the patient.
type Then struct {
	careplan.Snapshot
	Since       int64                 `json:"since"`
	Differences []careplan.Difference `json:"differences"`
	Reasons     []string              `json:"reasons,omitempty"` // of the changes between, the oldest first
}

// Version reads any version again, with its difference to since (0: the one before) in a
// language (BCP 47, "" for the patient's own).
func (ch *Part) Version(ctx context.Context, version, since int64, language string) (Then, error) {
	d, err := ch.mayReadAll(ctx)
	if err != nil {
		return Then{}, err
	}
	if language, err = ch.language(ctx, language); err != nil {
		return Then{}, err
	}
	if since == 0 {
		since = max(version-1, 1)
	}
	before := careplan.SnapshotOf(careplan.New(ch.patient))
	out := Then{Snapshot: before, Since: since}
	err = chart.Through(ctx, ch.care.store, chart.ColCarePlanChanges, store.Query{Index: "patient", Equal: []any{ch.patient}, To: version + 1},
		func(v chart.Versioned[careplan.Change]) (bool, error) {
			out.Snapshot = out.Then(v.Value)
			if v.Value.Version <= since {
				before = out.Snapshot
			} else if v.Value.Reason != "" {
				out.Reasons = append(out.Reasons, v.Value.Reason)
			}
			return false, nil
		})
	if err == nil && (out.Snapshot.Version != version || since > version || since < 1) {
		err = models.NotFound()
	}
	if err != nil {
		return Then{}, err
	}
	out.Differences = careplan.Differences(before, out.Snapshot, language)
	return out, ch.chart.NoteRead(ctx, d, "care-plan.read", "", len(out.Items))
}

func (ch *Part) language(ctx context.Context, wanted string) (string, error) {
	if wanted != "" {
		return wanted, nil
	}
	p, err := chart.Load[models.Patient](ctx, ch.care.store, chart.ColPatients, ch.patient)
	return p.Value.Language, err
}

// Summary tells the plan in plain words, in a language (BCP 47, "" for the patient's
// own).
func (ch *Part) Summary(ctx context.Context, language string) (careplan.Summary, error) {
	d, err := ch.mayReadAll(ctx)
	if err != nil {
		return careplan.Summary{}, err
	}
	if language, err = ch.language(ctx, language); err != nil {
		return careplan.Summary{}, err
	}
	p, err := ch.parts(ctx)
	if err != nil {
		return careplan.Summary{}, err
	}
	who := map[string]careplan.Who{}
	for _, i := range p.plan.Items {
		v, w := ch.item(p, i), careplan.Who{}
		if v.Lead != nil {
			w.Lead, w.Accepts = v.Lead.Name, v.Accepted
		}
		if v.Asked != nil {
			w.Asked = v.Asked.Name
		}
		for _, h := range v.Helps {
			w.Helps = append(w.Helps, h.Name)
		}
		who[i.ID] = w
	}
	s := careplan.SummaryOf(p.plan, who, p.goals, language)
	if !ch.actor.Role.Staff() {
		s.Grade, s.Hard = 0, nil
	}
	return s, ch.chart.NoteRead(ctx, d, "care-plan.read", "", len(p.plan.Items))
}
