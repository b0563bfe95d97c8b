package record

import (
	"context"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/checkin"
	"handrail/store"
)

// MarkMistake says that answers of an own check-in were a mistake. The check-in is kept
// as it is, and no alert, score or signal goes away by it: the team sees both. Marked
// already is marked. It is the patient's alone.
func (ch *Part) MarkMistake(ctx context.Context, id string, questions []string) (checkin.CheckIn, error) {
	d, err := ch.chart.May(ctx, models.SectionCheckIns, models.Write)
	if err != nil {
		return checkin.CheckIn{}, err
	}
	if d.Basis != models.BasisSelf {
		d.Rule = "check-ins-are-the-patients"
		return checkin.CheckIn{}, ch.chart.Refuse(ctx, d, models.E(models.KindForbidden, "check-ins-are-the-patients", "Only the patient marks their own answers."))
	}
	c, err := chart.Load[checkin.CheckIn](ctx, ch.care.store, chart.ColCheckIns, id)
	if err == nil && c.Value.PatientID != ch.patient {
		err = models.NotFound()
	}
	if err != nil {
		return checkin.CheckIn{}, err
	}
	var checks models.Checks
	checks.Require(len(questions) > 0, "questions", "required", "Say which answer was a mistake.")
	for _, q := range questions {
		checks.Require(c.Value.Told(q), "questions", "no-answer", "There is no such answer in this check-in.")
	}
	if err := checks.Err(); err != nil {
		return checkin.CheckIn{}, err
	}
	for {
		v, err := chart.Load[checkin.Mistake](ctx, ch.care.store, chart.ColMistakes, id)
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return checkin.CheckIn{}, err
		}
		next := checkin.Mistake{Questions: slices.Clone(v.Value.Questions), At: v.Value.At}
		for _, q := range questions {
			if !slices.Contains(next.Questions, q) {
				next.Questions, next.At = append(next.Questions, q), ch.care.now().UTC()
			}
		}
		if len(next.Questions) == len(v.Value.Questions) {
			break
		}
		doc, err := chart.Encode(id, ch.patient, v.Version, store.Keys{"patientId": ch.patient, "moment": chart.Millis(c.Value.Moment())}, next)
		if err != nil {
			return checkin.CheckIn{}, err
		}
		op := store.Replace(chart.ColMistakes, doc)
		if v.IsNew() {
			op = store.Insert(chart.ColMistakes, doc)
		}
		err = ch.chart.Commit(ctx, d, "check-in.mistake", id, op)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
			continue // marked on another phone meanwhile
		}
		if err != nil {
			return checkin.CheckIn{}, err
		}
	}
	return ch.CheckIn(ctx, id)
}

// mistakes are the marks of one page of check-ins, which are by their moment.
func (ch *Part) mistakes(ctx context.Context, page []checkin.CheckIn) (map[string]checkin.Mistake, error) {
	out := map[string]checkin.Mistake{}
	if len(page) == 0 {
		return out, nil
	}
	err := chart.ThroughDocs(ctx, ch.care.store, chart.ColMistakes, store.Query{Index: "patient", Equal: []any{ch.patient},
		From: chart.Millis(page[len(page)-1].Moment()), To: chart.Millis(page[0].Moment()) + 1}, func(d store.Doc) (bool, error) {
		v, err := chart.Readable[checkin.Mistake](d)
		out[d.ID] = v.Value
		return false, err
	})
	return out, err
}
