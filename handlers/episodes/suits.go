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

type readCriteriaInput struct {
	edge.Reading
	ProgrammeID string `path:"programmeId" maxLength:"64"`
}

type setCriteriaInput struct {
	edge.Editing
	ProgrammeID string `path:"programmeId" maxLength:"64"`
	Body        programmeCriteria
}

type programmeCriteria struct {
	Criteria []episode.Criterion `json:"criteria"`
}

type suitsInput struct {
	door.PatientPath
	edge.Pieces
}

type chooseInput struct {
	EpisodePath
	edge.Creating
	Body programmeChoice
}

type programmeChoice struct {
	ID        string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	Programme string `json:"programme" maxLength:"64"`
	Joins     bool   `json:"joins"`
	Why       string `json:"why" minLength:"1" maxLength:"2000" text:"prose" doc:"The patient reads it."`
}

func suits(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "readProgrammeCriteria", Method: http.MethodGet, Path: "/v1/programmes/{programmeId}/criteria", Tags: tag, Summary: "What a programme is for (staff)"},
		func(ctx context.Context, in *readCriteriaInput) (*edge.Tagged[way.Criteria], error) {
			v, err := a.Care.Episode.CriteriaOf(ctx, edge.ActorFrom(ctx), in.ProgrammeID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "setProgrammeCriteria", Method: http.MethodPut, Path: "/v1/programmes/{programmeId}/criteria", Tags: tag, Summary: "Say what a programme is for (coordinators and administrators)"},
		func(ctx context.Context, in *setCriteriaInput) (*edge.Tagged[way.Criteria], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Episode.SetCriteria(ctx, edge.ActorFrom(ctx), in.ProgrammeID, version, in.Body.Criteria))
		})
	door.Register(a, huma.Operation{OperationID: "listSuitingProgrammes", Method: http.MethodGet, Path: "/v1/patients/{patientId}/suiting-programmes", Tags: tag,
		Summary: "How each programme with criteria fits a patient, in reasons", Description: "Nothing of it decides, and what is not known is no reason against somebody."},
		func(ctx context.Context, in *suitsInput) (*edge.Answer[edge.List[way.Suits]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Episode.Suits(ctx)
			return edge.Pieced(in.Pieces, found, func(s way.Suits) string { return "suits-" + s.Programme }, err)
		})
	door.Register(a, huma.Operation{OperationID: "chooseProgramme", Method: http.MethodPost, Path: path + "/{episodeId}/programmes", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Decide about a programme, and say why", Description: "A yes is a task of who keeps teams and programmes."},
		func(ctx context.Context, in *chooseInput) (*edge.Answer[way.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			b := in.Body
			return edge.Answered(ch.Episode.Choose(ctx, in.EpisodeID, episode.Choice{ID: id, Programme: b.Programme, Joins: b.Joins, Why: b.Why}))
		})
}
