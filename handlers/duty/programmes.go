package duty

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/risk"
)

// ProgrammePath names a programme; the clinic's own is "clinic".
type ProgrammePath struct {
	ProgrammeID string `path:"programmeId" minLength:"1" maxLength:"36"`
}

type programmeList struct {
	risk.Programme
	ETag string `json:"etag"`
}

type listProgrammesInput struct {
	edge.Pieces
	Ended bool `query:"ended" doc:"Those that have ended too."`
}

type makeProgrammeInput struct {
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		risk.Policy
	}
}

type editProgrammeInput struct {
	ProgrammePath
	edge.Editing
	Body risk.Policy
}

type endProgrammeInput struct {
	ProgrammePath
	edge.Editing
}

var programmeTag = []string{"Duty"}

func (a *api) programmes() {
	const path = "/v1/programmes"
	door.Register(a.API, huma.Operation{OperationID: "listProgrammes", Method: http.MethodGet, Path: path, Tags: programmeTag,
		Summary: "The programmes that patients are in, and who is asked about each; the clinic's own first"},
		func(ctx context.Context, in *listProgrammesInput) (*edge.Answer[edge.List[programmeList]], error) {
			found, err := a.Care.Alerts.Programmes(ctx, edge.ActorFrom(ctx), in.Ended)
			out := make([]programmeList, 0, len(found))
			for _, v := range found {
				out = append(out, programmeList{v.Value, edge.ETag(v.Version)})
			}
			return edge.Pieced(in.Pieces, out, func(p programmeList) string { return p.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "makeProgramme", Method: http.MethodPost, Path: path, Tags: programmeTag, DefaultStatus: http.StatusCreated,
		Summary: "Make a programme with its own order of who is asked (office)"},
		func(ctx context.Context, in *makeProgrammeInput) (*edge.Tagged[risk.Programme], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Alerts.MakeProgramme(ctx, edge.ActorFrom(ctx), id, in.Body.Policy))
		})
	door.Register(a.API, huma.Operation{OperationID: "editProgramme", Method: http.MethodPut, Path: path + "/{programmeId}", Tags: programmeTag,
		Summary: "Replace who is asked in a programme (office)"},
		func(ctx context.Context, in *editProgrammeInput) (*edge.Tagged[risk.Programme], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Alerts.EditProgramme(ctx, edge.ActorFrom(ctx), in.ProgrammeID, version, in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "beginProgramme", Method: http.MethodPost, Path: path + "/{programmeId}/begin", Tags: programmeTag,
		Summary: "Let a programme's own hours and order hold, once they are tried; until then its patients follow the clinic's (office)"},
		func(ctx context.Context, in *endProgrammeInput) (*edge.Tagged[risk.Programme], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Alerts.BeginProgramme(ctx, edge.ActorFrom(ctx), in.ProgrammeID, version))
		})
	door.Register(a.API, huma.Operation{OperationID: "endProgramme", Method: http.MethodPost, Path: path + "/{programmeId}/end", Tags: programmeTag,
		Summary: "Take a programme out of use; its patients follow the clinic's own (office)"},
		func(ctx context.Context, in *endProgrammeInput) (*edge.Tagged[risk.Programme], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Alerts.EndProgramme(ctx, edge.ActorFrom(ctx), in.ProgrammeID, version))
		})
}

type readInProgrammeInput struct {
	door.PatientPath
	edge.Reading
}

type setInProgrammeInput struct {
	door.PatientPath
	edge.Editing
	Body risk.InProgramme
}

func (a *api) inProgramme() {
	const path = "/v1/patients/{patientId}/programme"
	door.Register(a.API, huma.Operation{OperationID: "readPatientProgramme", Method: http.MethodGet, Path: path, Tags: programmeTag,
		Summary: "Which programme the patient is in (people who work at the clinic)"},
		func(ctx context.Context, in *readInProgrammeInput) (*edge.Tagged[risk.InProgramme], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Alerts.Programme(ctx)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "setPatientProgramme", Method: http.MethodPut, Path: path, Tags: programmeTag,
		Summary: "Put the patient into a programme (who arranges teams)"},
		func(ctx context.Context, in *setInProgrammeInput) (*edge.Tagged[risk.InProgramme], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Alerts.SetProgramme(ctx, version, in.Body))
		})
}
