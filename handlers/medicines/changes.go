package medicines

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	list "handrail/care/medicines"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/medicine"
)

type stopMedicineInput struct {
	LinePath
	Body struct {
		On      string      `json:"on" format:"date" doc:"YYYY-MM-DD."`
		Why     string      `json:"why" minLength:"1" maxLength:"1000" doc:"In plain words: the patient reads it." text:"prose"`
		Mistake bool        `json:"mistake,omitempty" doc:"It never belonged on this list."`
		GoOn    []list.GoOn `json:"goOn,omitempty" maxItems:"50" doc:"Of a stop that was interrupted: why it goes on."`
	}
}

type giveMedicineInput struct {
	LinePath
	Body struct {
		On string `json:"on" format:"date" doc:"YYYY-MM-DD."`
	}
}

type medicineWordsInput struct {
	LinePath
	edge.Editing
	Body struct {
		Taken string `json:"taken" maxLength:"1000" doc:"How it is taken, in the patient's words." text:"prose"`
		Why   string `json:"why" maxLength:"1000" doc:"What for, in the patient's words." text:"prose"`
	}
}

type factInput struct {
	door.PatientPath
	Body medicine.Fact
}

func changes(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "stopMedicine", Method: http.MethodPost, Path: path + "/{medicineId}/stop", Tags: tag,
		Summary:     "Say that it was stopped, when and why",
		Description: "A stop that is dangerous is interrupted like an order: a 409 with the code `interrupted`.", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *stopMedicineInput) (*edge.Tagged[medicine.Medicine], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Medicine.Stop(ctx, in.MedicineID, list.Stopping{On: in.Body.On, Why: in.Body.Why, Mistake: in.Body.Mistake, GoOn: in.Body.GoOn}))
		})
	door.Register(a, huma.Operation{OperationID: "renewMedicine", Method: http.MethodPost, Path: path + "/{medicineId}/renew", Tags: tag,
		Summary: "Say that an order goes on as it is; no rule asks", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *LinePath) (*edge.Tagged[medicine.Medicine], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Medicine.Renew(ctx, in.MedicineID))
		})
	door.Register(a, huma.Operation{OperationID: "giveMedicine", Method: http.MethodPost, Path: path + "/{medicineId}/given", Tags: tag,
		Summary: "Write down the last dose of a depot"},
		func(ctx context.Context, in *giveMedicineInput) (*edge.Tagged[medicine.Medicine], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Medicine.Given(ctx, in.MedicineID, in.Body.On))
		})
	door.Register(a, huma.Operation{OperationID: "setMedicineWords", Method: http.MethodPut, Path: path + "/{medicineId}/words", Tags: tag,
		Summary: "How it is taken and what for, in the patient's words"},
		func(ctx context.Context, in *medicineWordsInput) (*edge.Tagged[medicine.Medicine], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Medicine.SetWords(ctx, in.MedicineID, version, list.Words{Taken: in.Body.Taken, Why: in.Body.Why}))
		})
	door.Register(a, huma.Operation{OperationID: "tellMedicineFact", Method: http.MethodPost, Path: path + "/facts", Tags: tag,
		Summary: "Write down a result or another fact that rules ask for"},
		func(ctx context.Context, in *factInput) (*edge.Answer[medicine.Fact], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Medicine.Tell(ctx, in.Body))
		})
}
