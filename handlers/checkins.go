package handlers

import (
	"context"
	"net/http"
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/record"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/checkin"
)

type sendCheckInInput struct {
	door.PatientPath
	edge.Creating
	RawBody []byte `contentType:"application/json"`
}

// checkInBody is what a check-in looks like when all of it can be read. Nothing is
// refused for looking otherwise.
type checkInBody struct {
	ID string `json:"id,omitempty" format:"uuid" doc:"Made by the phone, once for each check-in, and sent again with it. Without one the same content is the same check-in."`
	checkin.Submission
}

type writeDownInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID  string      `json:"id,omitempty" format:"uuid"`
		How checkin.How `json:"how" enum:"phone,paper,in-person" doc:"How the patient told it."`
		checkin.Submission
	}
}

type checkInsInput struct {
	door.PatientPath
	edge.Paging
}

// CheckInPath names one check-in.
type CheckInPath struct {
	door.PatientPath
	CheckInID string `path:"checkInId" format:"uuid"`
}

type mistakeInput struct {
	CheckInPath
	Body struct {
		Questions []string `json:"questions" minItems:"1" maxItems:"40" doc:"Ids of questions, or of questionnaires, that this check-in answers."`
	}
}

type seriesInput struct {
	door.PatientPath
	Measure string `query:"measure" required:"true" minLength:"1" maxLength:"40" doc:"A question with numbers, e.g. mood."`
	From    string `query:"from" required:"true" format:"date" doc:"First local day."`
	To      string `query:"to" required:"true" format:"date" doc:"Last local day; at most 400 days."`
}

type series struct {
	Measure string                `json:"measure"`
	Min     float64               `json:"min"`
	Max     float64               `json:"max"`
	Unit    string                `json:"unit,omitempty"`
	Points  []checkin.SeriesPoint `json:"points" doc:"One a day. A day without an answer has a null and says why; nothing is guessed."`
}

// checkIns registers what patients tell.
func (a *API) checkIns() {
	tag := []string{"Check-ins"}
	const path = "/v1/patients/{patientId}/check-ins"
	door.Register(a.API, huma.Operation{OperationID: "sendCheckIn", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Send a check-in; as often as it takes, however late",
		Metadata: map[string]any{edge.AnyJSONKey: true, edge.ShortKey: edge.Short(func(ctx context.Context, id string, body []byte) (edge.Shortly, error) {
			out, err := a.takeCheckIn(ctx, id, edge.Creating{}, body)
			return &out, err
		})},
		SkipValidateBody: true,
		Description: "Any JSON object within the size limit is taken: no answer of a patient is refused for what is wrong with it or for what a phone says of itself. What " +
			"could not be taken as it was is in `notes`, and all of it is kept as it was sent. The same content under the same id is one check-in. When an answer asks for it, `help` in this same answer has the " +
			"numbers to call, the way to the crisis plan and the site's own statement of who reads check-ins and when."},
		func(ctx context.Context, in *sendCheckInInput) (*edge.Answer[record.CheckInAnswer], error) {
			return edge.Answered(a.takeCheckIn(ctx, in.PatientID, in.Creating, in.RawBody))
		})
	// Huma knows no schema of a body that it leaves as it came.
	a.Describe(func(doc *huma.OpenAPI) {
		body := doc.Components.Schemas.Schema(reflect.TypeFor[checkInBody](), true, "CheckInBody")
		doc.Paths[path].Post.RequestBody.Content["application/json"].Schema = body
	})
	door.Register(a.API, huma.Operation{OperationID: "writeDownCheckIn", Method: http.MethodPost, Path: path + "/written-down", Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Write down a check-in that the patient told on the telephone, on paper or in person (clinician of the team); it is marked"},
		func(ctx context.Context, in *writeDownInput) (*edge.Answer[checkin.CheckIn], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Record.WriteDown(ctx, id, in.Body.How, in.Body.Submission))
		})
	door.Register(a.API, huma.Operation{OperationID: "listCheckIns", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "List check-ins by when they were answered, newest first"},
		func(ctx context.Context, in *checkInsInput) (*edge.Answer[edge.List[checkin.CheckIn]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Record.CheckIns(ctx, in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "readCheckIn", Method: http.MethodGet, Path: path + "/{checkInId}", Tags: tag, Summary: "Read a check-in"},
		func(ctx context.Context, in *CheckInPath) (*edge.Answer[checkin.CheckIn], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Record.CheckIn(ctx, in.CheckInID))
		})
	door.Register(a.API, huma.Operation{OperationID: "markMistake", Method: http.MethodPost, Path: path + "/{checkInId}/mistake", Tags: tag,
		Summary: "Mark own answers as a mistake; they are kept, and nothing that followed is taken back"},
		func(ctx context.Context, in *mistakeInput) (*edge.Answer[checkin.CheckIn], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Record.MarkMistake(ctx, in.CheckInID, in.Body.Questions))
		})
	door.Register(a.API, huma.Operation{OperationID: "readSeries", Method: http.MethodGet, Path: "/v1/patients/{patientId}/series", Tags: tag,
		Summary: "The trend of one question over days, with its gaps"},
		func(ctx context.Context, in *seriesInput) (*edge.Answer[series], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			points, q, err := ch.Record.Series(ctx, in.Measure, in.From, in.To)
			return edge.Answered(series{in.Measure, q.Min, q.Max, q.Unit, points}, err)
		})
}

// takeCheckIn takes what a phone sent, for both ways in which it comes.
func (a *API) takeCheckIn(ctx context.Context, patientID string, key edge.Creating, body []byte) (out record.CheckInAnswer, err error) {
	ch, err := a.Open(ctx, patientID)
	if err != nil {
		return out, err
	}
	sent, err := checkin.Read(body)
	if err != nil {
		return out, err
	}
	id, err := checkInID(ctx, key, &sent)
	if err != nil {
		return out, err
	}
	return ch.Record.TakeCheckIn(ctx, id, sent)
}

// checkInID is the id of what a phone sent: its own, that of its key, or none.
func checkInID(ctx context.Context, key edge.Creating, sent *checkin.Sent) (string, error) {
	if sent.ID == "" && key.IdempotencyKey == "" {
		return "", nil
	}
	id, err := key.NewID(ctx, sent.ID)
	if err != nil && sent.ID != "" {
		sent.Notes = append(sent.Notes, checkin.Note{Field: "id", Code: "bad-id", Text: "This is no id. It got another one."})
		return "", nil
	}
	return id, err
}
