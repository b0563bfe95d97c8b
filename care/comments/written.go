package comments

import (
	"context"
	"maps"
	"slices"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/careplan"
	"handrail/models/checkin"
	"handrail/models/comment"
	"handrail/models/episode"
	"handrail/models/handoff"
	"handrail/models/meeting"
)

// written is who wrote what a comment is about, and the goal or meeting that shows it. What
// the patient is not shown, or is of somebody else, is not found.
func (ch *Part) written(ctx context.Context, a comment.About) (author models.Author, within string, err error) {
	switch a.Kind {
	case comment.GoalNote:
		return ch.goalNote(ctx, a.ID)
	case comment.Goal:
		author, err = ch.goal(ctx, a.ID)
	case comment.CheckIn:
		author, err = ch.checkIn(ctx, a.ID)
	case comment.Handoff:
		author, err = ch.handoff(ctx, a.ID)
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

// goal is who proposed a goal, or else who wrote a part of it: the first of its parts by name.
func (ch *Part) goal(ctx context.Context, id string) (models.Author, error) {
	g, err := chart.Load[models.Goal](ctx, ch.care.store, chart.ColGoals, id)
	if err != nil || g.Value.PatientID != ch.patient {
		return models.Author{}, orNotFound(err)
	}
	author := g.Value.ProposedBy
	for _, part := range slices.Sorted(maps.Keys(g.Value.WrittenBy)) {
		if author.AccountID == ch.actor.AccountID {
			author = g.Value.WrittenBy[part]
		}
	}
	return author, nil
}

// checkIn is who wrote a check-in down; who told it is its author where nobody did.
func (ch *Part) checkIn(ctx context.Context, id string) (models.Author, error) {
	c, err := chart.Load[checkin.CheckIn](ctx, ch.care.store, chart.ColCheckIns, id)
	if err != nil || c.Value.PatientID != ch.patient {
		return models.Author{}, orNotFound(err)
	}
	if c.Value.Taken == nil {
		return models.AuthorOf(ch.actor), nil
	}
	return c.Value.Taken.By, nil
}

// handoff is who gave one that the patient is shown.
func (ch *Part) handoff(ctx context.Context, id string) (models.Author, error) {
	h, err := chart.Load[handoff.Handoff](ctx, ch.care.store, chart.ColHandoffs, id)
	if err != nil || h.Value.PatientID != ch.patient || !h.Value.ShownToPatient() {
		return models.Author{}, orNotFound(err)
	}
	giver := h.Value.Giver
	a, err := chart.Load[models.Account](ctx, ch.care.store, chart.ColAccounts, giver.AccountID)
	return models.Author{AccountID: giver.AccountID, Name: giver.Name, Role: a.Value.Role}, err
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
