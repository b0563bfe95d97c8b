package handlers

import (
	"context"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/record"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/checkin"
)

// Speaking is embedded in the input of what is told in a language.
type Speaking struct {
	Languages string `header:"Accept-Language" maxLength:"200" doc:"The first language counts; English where we have no other."`
}

type speakingPieces struct {
	Speaking
	edge.Pieces
}

// language is the first of the caller's languages.
func (s Speaking) language() string {
	first, _, _ := strings.Cut(s.Languages, ",")
	tag, _, _ := strings.Cut(first, ";")
	if tag = strings.TrimSpace(tag); tag == "" || tag == "*" {
		return "en"
	}
	return tag
}

type formInput struct {
	door.PatientPath
	edge.Reading
	Speaking
}

type shapeFormInput struct {
	door.PatientPath
	edge.Editing
	Speaking
	Body struct {
		Questions   []string                 `json:"questions" minItems:"1" maxItems:"15" doc:"Ids of GET /v1/questions, in order. The safety question stays."`
		Instruments []checkin.FormInstrument `json:"instruments" maxItems:"10"`
	}
}

type instrumentInput struct {
	Speaking
	InstrumentID string `path:"instrumentId" maxLength:"64"`
}

// checkInForm registers the form and what it can be made of.
func (a *API) checkInForm() {
	tag := []string{"Check-ins"}
	const path = "/v1/patients/{patientId}/check-in-form"
	door.Register(a.API, huma.Operation{OperationID: "readCheckInForm", Method: http.MethodGet, Path: path, Tags: tag, Summary: "What the patient is asked"},
		func(ctx context.Context, in *formInput) (*edge.Tagged[record.FormView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Record.Form(ctx, in.language()))
		})
	door.Register(a.API, huma.Operation{OperationID: "shapeCheckInForm", Method: http.MethodPut, Path: path, Tags: tag, Summary: "Shape the form (care team)"},
		func(ctx context.Context, in *shapeFormInput) (*edge.Tagged[record.FormView], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Record.ShapeForm(ctx, version, in.Body.Questions, in.Body.Instruments, in.language()))
		})
	door.Register(a.API, huma.Operation{OperationID: "listQuestions", Method: http.MethodGet, Path: "/v1/questions", Tags: tag, Summary: "The known questions"},
		func(_ context.Context, in *speakingPieces) (*edge.Answer[edge.List[record.QuestionView]], error) {
			var ids []string
			for _, q := range checkin.Questions() {
				ids = append(ids, q.ID)
			}
			return edge.Pieced(in.Pieces, record.QuestionsIn(ids, in.language()), func(q record.QuestionView) string { return q.ID }, nil)
		})
	door.Register(a.API, huma.Operation{OperationID: "listInstruments", Method: http.MethodGet, Path: "/v1/instruments", Tags: tag, Summary: "The standard instruments"},
		func(ctx context.Context, in *speakingPieces) (*edge.Answer[edge.List[record.InstrumentView]], error) {
			found, err := a.Care.Record.Instruments(ctx, in.language())
			return edge.Pieced(in.Pieces, found, func(i record.InstrumentView) string { return i.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "readInstrument", Method: http.MethodGet, Path: "/v1/instruments/{instrumentId}", Tags: tag, Summary: "One standard instrument"},
		func(ctx context.Context, in *instrumentInput) (*edge.Answer[record.InstrumentView], error) {
			return edge.Answered(a.Care.Record.Instrument(ctx, in.InstrumentID, in.language()))
		})
}
