package episodes

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	way "handrail/care/episodes"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/episode"
	"handrail/models/handoff"
)

type writeDischargeInput struct {
	EpisodePath
	Body episode.DischargeTerms
}

type dischargeInput struct {
	EpisodePath
	Body struct {
		Handoff *handoff.Terms `json:"handoff,omitempty" doc:"Needed where the setting changes. Its settings and the day of the move are those of the discharge."`
	}
}

type followUpInput struct {
	EpisodePath
	Day  int `path:"day" minimum:"1" maximum:"366" doc:"7 or 30."`
	Body struct {
		Outcome string `json:"outcome" enum:"seen,reached,missed"`
		Note    string `json:"note,omitempty" maxLength:"2000" text:"prose"`
	}
}

type remindersInput struct {
	EpisodePath
	Body struct {
		Reminders string `json:"reminders" enum:"all,visits,none"`
	}
}

func discharge(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "writeDischarge", Method: http.MethodPut, Path: path + "/{episodeId}/discharge", Tags: tag,
		Summary: "Write down how somebody is to leave, bit by bit", Description: "`missing` of the answer says what is needed still."},
		func(ctx context.Context, in *writeDischargeInput) (*edge.Answer[way.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Episode.Write(ctx, in.EpisodeID, in.Body))
		})
	door.Register(a, huma.Operation{OperationID: "discharge", Method: http.MethodPost, Path: path + "/{episodeId}/discharge", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Let somebody leave as it was written down", Description: "Who sees them after 7 and 30 days gets a task each. Where the setting changes it makes a handoff."},
		func(ctx context.Context, in *dischargeInput) (*edge.Answer[way.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Episode.Discharge(ctx, in.EpisodeID, in.Body.Handoff))
		})
	door.Register(a, huma.Operation{OperationID: "tellFollowUp", Method: http.MethodPost, Path: path + "/{episodeId}/follow-ups/{day}", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Write down what came of a follow-up", Description: "Somebody who was missed is looked after at once, by rule R-VI-2 or by who leads the team."},
		func(ctx context.Context, in *followUpInput) (*edge.Answer[way.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Episode.FollowUp(ctx, in.EpisodeID, in.Day, in.Body.Outcome, in.Body.Note))
		})
	door.Register(a, huma.Operation{OperationID: "chooseRemindersAfter", Method: http.MethodPut, Path: path + "/{episodeId}/reminders", Tags: tag,
		Summary: "Choose what to be reminded of after an episode: the patient", Description: "The crisis plan stays on the phone whatever they choose."},
		func(ctx context.Context, in *remindersInput) (*edge.Answer[way.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Episode.Remind(ctx, in.EpisodeID, in.Body.Reminders))
		})
}
