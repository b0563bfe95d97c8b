package visits

import (
	"context"
	"fmt"

	"handrail/models"
)

// mayMeetAbout holds everybody who comes against every chart, and answers with the
// caller's open charts. The caller learns of a patient whose chart is not theirs only
// that there is none; of somebody else, who has no right to a chart that the caller
// may see.
func (c *Service) mayMeetAbout(ctx context.Context, actor models.Actor, a ConferenceAsk) ([]*Part, error) {
	var charts []*Part
	for _, item := range a.Agenda {
		ch, err := c.openChart(ctx, actor, item.PatientID)
		if err != nil {
			return nil, err
		}
		if _, err := ch.chart.May(ctx, models.SectionAppointments, models.Read); err != nil {
			return nil, err
		}
		charts = append(charts, ch)
	}
	return charts, c.allMayMeet(ctx, a)
}

// allMayMeet checks the others. Their places in the caller's list are told, which
// need not have the caller in it.
func (c *Service) allMayMeet(ctx context.Context, a ConferenceAsk) error {
	var checks models.Checks
	for _, id := range a.Who[1:] {
		account, err := c.clinician(ctx, id)
		if models.KindOf(err) == models.KindNotFound {
			checks.Fail(fmt.Sprintf("who[%d]", a.place[id]), "not-a-clinician", "Choose clinicians of this clinic.")
			continue
		} else if err != nil {
			return err
		}
		ok, err := c.mayReadAll(ctx, account, a.Agenda)
		if err != nil {
			return err
		}
		checks.Require(ok, fmt.Sprintf("who[%d]", a.place[id]), "no-right-to-chart",
			"This person has no right to one of these charts. They can join the care team first.")
	}
	return checks.Err()
}

func (c *Service) mayReadAll(ctx context.Context, a models.Account, agenda []AgendaItem) (bool, error) {
	who := models.Actor{AccountID: a.ID, Name: a.Name, Role: a.Role, Discipline: a.Discipline}
	for _, item := range agenda {
		ch, err := c.peek(ctx, who, item.PatientID)
		if err != nil || ch == nil {
			return false, err
		}
	}
	return true, nil
}
