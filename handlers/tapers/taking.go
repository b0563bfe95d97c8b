package tapers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	list "handrail/care/medicines"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/medicine"
)

type strengthsInput struct{ edge.Reading }

type setStrengthsInput struct {
	edge.Editing
	Body list.Strengths
}

func strengths(a *door.API) {
	const path = "/v1/medicine-strengths"
	door.Register(a, huma.Operation{OperationID: "readMedicineStrengths", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "The strengths that exist, as the clinic entered them"},
		func(ctx context.Context, in *strengthsInput) (*edge.Tagged[list.Strengths], error) {
			v, err := a.Care.Medicine.Strengths(ctx, edge.ActorFrom(ctx))
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "setMedicineStrengths", Method: http.MethodPut, Path: path, Tags: tag,
		Summary: "Enter the strengths that exist: a prescriber, a pharmacist or an administrator"},
		func(ctx context.Context, in *setStrengthsInput) (*edge.Tagged[list.Strengths], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Medicine.SetStrengths(ctx, edge.ActorFrom(ctx), version, in.Body))
		})
}

type takingInput struct {
	door.PatientPath
	From string `query:"from" required:"true" format:"date" doc:"The first day."`
	Days int    `query:"days" minimum:"1" maximum:"31" default:"14" doc:"How many."`
}

// TakingOfLines is what is known of the doses of each line.
type TakingOfLines struct {
	Lines []list.TakingOf `json:"lines"`
}

type tellInput struct {
	door.PatientPath
	Body struct {
		MedicineID string               `json:"medicineId" format:"uuid"`
		On         string               `json:"on" format:"date" doc:"The day of the dose."`
		At         string               `json:"at,omitempty" maxLength:"5" doc:"A time of a plan of steps, HH:MM. Left out: the whole day."`
		State      medicine.TakingState `json:"state" enum:"taken,skipped"`
	}
}

func takings(a *door.API) {
	const path = patient + "/taking"
	door.Register(a, huma.Operation{OperationID: "readTaking", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "What became of the doses: taken, skipped, not asked and no data are kept apart"},
		func(ctx context.Context, in *takingInput) (*edge.Answer[TakingOfLines], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			lines, err := ch.Medicine.Taking(ctx, in.From, in.Days)
			return edge.Answered(TakingOfLines{lines}, err)
		})
	door.Register(a, huma.Operation{OperationID: "tellTaking", Method: http.MethodPost, Path: path, Tags: tag,
		Summary: "Say what became of one dose; the same again changes nothing"},
		func(ctx context.Context, in *tellInput) (*edge.Answer[medicine.Taking], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			b := in.Body
			return edge.Answered(ch.Medicine.TellTaking(ctx, medicine.Taking{MedicineID: b.MedicineID, On: b.On, At: b.At, State: b.State}))
		})
}

// RefillPath names a request.
type RefillPath struct {
	door.PatientPath
	RefillID string `path:"refillId" format:"uuid"`
}

// NewRefill is a request for more.
type NewRefill struct {
	ID         string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	MedicineID string `json:"medicineId" format:"uuid"`
	Words      string `json:"words,omitempty" maxLength:"1000" text:"prose"`
}

type newRefillInput struct {
	door.PatientPath
	edge.Creating
	Body NewRefill
}

type answerRefillInput struct {
	RefillPath
	Body struct {
		Status medicine.RefillStatus `json:"status" enum:"ready,declined"`
		medicine.RefillAnswer
	}
}

type refillsInput struct {
	door.PatientPath
	edge.Paging
}

func refills(a *door.API) {
	const path = patient + "/refills"
	door.Register(a, huma.Operation{OperationID: "listRefills", Method: http.MethodGet, Path: path, Tags: tag, Summary: "Requests for more of a medicine, the newest first"},
		func(ctx context.Context, in *refillsInput) (*edge.Answer[edge.List[medicine.Refill]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			page, err := ch.Medicine.Refills(ctx, in.Cursor, in.Limit)
			if err != nil {
				return nil, err
			}
			return edge.NewList(page.Items, page.Next), nil
		})
	door.Register(a, huma.Operation{OperationID: "askRefill", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Ask for more of a medicine", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *newRefillInput) (*edge.Answer[medicine.Refill], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Medicine.AskRefill(ctx, id, in.Body.MedicineID, in.Body.Words))
		})
	door.Register(a, huma.Operation{OperationID: "answerRefill", Method: http.MethodPost, Path: path + "/{refillId}/answer", Tags: tag,
		Summary: "Say what came of a request: a prescriber or a pharmacist", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *answerRefillInput) (*edge.Tagged[medicine.Refill], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Medicine.AnswerRefill(ctx, in.RefillID, in.Body.Status, in.Body.RefillAnswer))
		})
}
