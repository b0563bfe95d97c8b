package comments

import (
	"context"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/comment"
	"handrail/models/episode"
	"handrail/models/meeting"
)

// written is who wrote what a comment is about, and the goal or meeting that shows it. What
// the patient is not shown, or is of somebody else, is not found.
func (ch *Part) written(ctx context.Context, a comment.About) (author models.Author, within string, err error) {
	switch a.Kind {
	case comment.GoalNote:
		return ch.goalNote(ctx, a.ID)
	case comment.CarePlanItem:
		author, err = ch.item(ctx, a.ID)
	case comment.MeetingDecision:
		return ch.decision(ctx, a.ID)
	case comment.Discharge:
		v, err := chart.Load[episode.Episode](ctx, ch.care.store, chart.ColEpisodes, a.ID)
		if err != nil || v.Value.PatientID != ch.patient || v.Value.Discharge == nil {
			return author, "", orNotFound(err)
		}
		return v.Value.Discharge.WrittenBy.By, a.ID, nil
	default:
		return author, "", models.NotFound()
	}
	return author, a.ID, err
}

func (ch *Part) goalNote(ctx context.Context, id string) (models.Author, string, error) {
	n, err := chart.Load[models.GoalNote](ctx, ch.care.store, chart.ColGoalNotes, id)
	if err != nil {
		return models.Author{}, "", err
	}
	g, err := chart.Load[models.Goal](ctx, ch.care.store, chart.ColGoals, n.Value.GoalID)
	if err != nil || g.Value.PatientID != ch.patient {
		return models.Author{}, "", orNotFound(err)
	}
	return n.Value.By, n.Value.GoalID, nil
}

// item is who changed a thing of the care plan last, but for the patient: or who added it.
func (ch *Part) item(ctx context.Context, id string) (models.Author, error) {
	v, err := chart.Load[careplan.Plan](ctx, ch.care.store, chart.ColCarePlans, ch.patient)
	if err != nil {
		return models.Author{}, err
	}
	for _, i := range v.Value.Items {
		if i.ID != id {
			continue
		}
		author, newest := i.AddedBy, int64(-1)
		for _, m := range i.Fields {
			if m.By.AccountID != ch.actor.AccountID && m.Version > newest {
				author, newest = m.By, m.Version
			}
		}
		return author, nil
	}
	return models.Author{}, models.NotFound()
}

// decision is that of a meeting, once the patient was told of it.
func (ch *Part) decision(ctx context.Context, id string) (models.Author, string, error) {
	v, err := chart.Load[meeting.Decision](ctx, ch.care.store, chart.ColDecisions, id)
	if err != nil || v.Value.PatientID != ch.patient {
		return models.Author{}, "", orNotFound(err)
	}
	c, err := chart.Load[meeting.Case](ctx, ch.care.store, chart.ColMeetingCases, v.Value.MeetingID+":"+ch.patient)
	if err != nil || !v.Value.Shown(c.Value.Told) {
		return models.Author{}, "", orNotFound(err)
	}
	return v.Value.By, v.Value.MeetingID, nil
}

func orNotFound(err error) error {
	if err == nil {
		return models.NotFound()
	}
	return err
}
