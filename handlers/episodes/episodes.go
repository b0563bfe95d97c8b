// Package episodes is a patient's way through the clinic: the intake, which programmes
// suit, and the way out (docs/intake.md).
package episodes

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	way "handrail/care/episodes"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/episode"
)

// Add registers the operations.
func Add(a *door.API) {
	episodes(a)
	intake(a)
	suits(a)
	discharge(a)
	report(a)
}

var tag = []string{"Episodes"}

// EpisodePath names an episode of a patient.
type EpisodePath struct {
	door.PatientPath
	EpisodeID string `path:"episodeId" format:"uuid"`
}

// SectionPath names a part of its intake.
type SectionPath struct {
	EpisodePath
	Section string `path:"section" maxLength:"40"`
}

type listEpisodesInput struct {
	door.PatientPath
	edge.Paging
}

type beginEpisodeInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	}
}

type moveEpisodeInput struct {
	EpisodePath
	Body struct {
		Status episode.Status `json:"status" enum:"active,onhold,cancelled"`
		Why    string         `json:"why,omitempty" maxLength:"2000" text:"prose" doc:"Needed for a hold and for a cancellation."`
	}
}

const path = "/v1/patients/{patientId}/episodes"

func episodes(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "listEpisodes", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List the episodes of a patient, newest first"},
		func(ctx context.Context, in *listEpisodesInput) (*edge.Answer[edge.List[episode.Episode]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Episode.Episodes(ctx, in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "beginEpisode", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Begin with the intake", Description: "Each part of the intake is a task of the team from then on. One episode of a patient goes on at a time."},
		func(ctx context.Context, in *beginEpisodeInput) (*edge.Answer[way.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Episode.Begin(ctx, id))
		})
	door.Register(a, huma.Operation{OperationID: "readEpisode", Method: http.MethodGet, Path: path + "/{episodeId}", Tags: tag, Summary: "Read an episode with its intake and its way out"},
		func(ctx context.Context, in *EpisodePath) (*edge.Answer[way.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Episode.Episode(ctx, in.EpisodeID))
		})
	door.Register(a, huma.Operation{OperationID: "moveEpisode", Method: http.MethodPost, Path: path + "/{episodeId}/status", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Begin care, hold it, go on, or call it off", Description: "It is finished by a discharge alone."},
		func(ctx context.Context, in *moveEpisodeInput) (*edge.Answer[way.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Episode.Move(ctx, in.EpisodeID, in.Body.Status, in.Body.Why))
		})
}

type answerInput struct {
	SectionPath
	Body intakeAnswers
}

type intakeAnswers struct {
	Answers []episode.Said `json:"answers"`
	Again   bool           `json:"again,omitempty" doc:"You have read what somebody else wrote down, and put it right."`
}

type commentInput struct {
	SectionPath
	edge.Creating
	Body struct {
		ID    string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Words string `json:"words" minLength:"1" maxLength:"2000" text:"prose"`
	}
}

func intake(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "answerIntake", Method: http.MethodPost, Path: path + "/{episodeId}/sections/{section}/answers", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Write down what the patient says: they, or who asks this part", Description: "What somebody else wrote down is refused as `asked-already` without `again`: nobody is asked a thing twice."},
		func(ctx context.Context, in *answerInput) (*edge.Answer[way.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Episode.Answer(ctx, in.EpisodeID, in.Section, in.Body.Answers, in.Body.Again))
		})
	door.Register(a, huma.Operation{OperationID: "finishIntake", Method: http.MethodPost, Path: path + "/{episodeId}/sections/{section}/done", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Say that a part is done: who took it over", Description: "Each question has an answer, “would rather not say” among them; the medicines are done when their list was gone through."},
		func(ctx context.Context, in *SectionPath) (*edge.Answer[way.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Episode.Finish(ctx, in.EpisodeID, in.Section))
		})
	door.Register(a, huma.Operation{OperationID: "commentIntake", Method: http.MethodPost, Path: path + "/{episodeId}/sections/{section}/comments", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Say something to what was written down: the patient"},
		func(ctx context.Context, in *commentInput) (*edge.Answer[way.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Episode.Comment(ctx, in.EpisodeID, in.Section, id, in.Body.Words))
		})
}
