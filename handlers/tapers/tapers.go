// Package tapers is plans of steps, the tablets that a phone shows of them, what became of
// each dose, and refills (docs/medicines.md).
package tapers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	list "handrail/care/medicines"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/taper"
)

// Add registers the operations.
func Add(a *door.API) {
	plans(a)
	acts(a)
	strengths(a)
	takings(a)
	refills(a)
}

var tag = []string{"Medicines"}

const (
	patient = "/v1/patients/{patientId}"
	path    = patient + "/tapers"
)

// PlanPath names a plan.
type PlanPath struct {
	door.PatientPath
	TaperID string `path:"taperId" format:"uuid"`
}

// NewPlan is a plan as a prescriber drafts it.
type NewPlan struct {
	ID         string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	MedicineID string `json:"medicineId" format:"uuid" doc:"The order on the list."`
	Replaces   string `json:"replaces,omitempty" format:"uuid" doc:"The plan that ends as this one begins."`
	taper.Terms
}

type listInput struct {
	door.PatientPath
	edge.Pieces
}

type newInput struct {
	door.PatientPath
	edge.Creating
	Body NewPlan
}

type previewInput struct {
	door.PatientPath
	Body NewPlan
}

type readInput struct {
	PlanPath
	edge.Reading
}

type setInput struct {
	PlanPath
	edge.Editing
	Body taper.Terms
}

func plans(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "listTapers", Method: http.MethodGet, Path: path, Tags: tag, Summary: "Plans of steps, the newest first"},
		func(ctx context.Context, in *listInput) (*edge.Answer[edge.List[taper.Plan]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			all, err := ch.Medicine.Tapers(ctx)
			if err != nil {
				return nil, err
			}
			piece, err := edge.Piece(in.Pieces, door.Values(all), func(p taper.Plan) string { return p.ID })
			return edge.Answered(piece, err)
		})
	door.Register(a, huma.Operation{OperationID: "previewTaper", Method: http.MethodPost, Path: path + "/preview", Tags: tag,
		Summary:     "What a plan would be: its tablets and what the guard on its pace finds; nothing is written",
		Description: "A dose that can't be made of whole or scored tablets that exist is refused with the code `cant-be-made` at its field.", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *previewInput) (*edge.Answer[taper.Plan], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Medicine.PreviewTaper(ctx, in.Body.MedicineID, in.Body.Terms))
		})
	door.Register(a, huma.Operation{OperationID: "addTaper", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Draft a plan of steps", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *newInput) (*edge.Answer[taper.Plan], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Medicine.AddTaper(ctx, id, in.Body.MedicineID, in.Body.Replaces, in.Body.Terms))
		})
	door.Register(a, huma.Operation{OperationID: "readTaper", Method: http.MethodGet, Path: path + "/{taperId}", Tags: tag, Summary: "A plan of steps"},
		func(ctx context.Context, in *readInput) (*edge.Tagged[taper.Plan], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Medicine.Taper(ctx, in.TaperID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "setTaper", Method: http.MethodPut, Path: path + "/{taperId}", Tags: tag,
		Summary: "Write a draft anew; signatures and the patient's wish were about another plan", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *setInput) (*edge.Tagged[taper.Plan], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Medicine.SetTaper(ctx, in.TaperID, version, in.Body))
		})
}

type signInput struct {
	PlanPath
	edge.Editing
}

type actInput struct {
	PlanPath
	edge.Editing
	Body struct {
		Do     taper.Do `json:"do" enum:"pause,step-back,resume,hold,stop" doc:"step-back: one step back, and a pause there, in one act. hold and stop: no doses, at once."`
		On     string   `json:"on,omitempty" format:"date" doc:"The first day for which it holds. Left out for hold and stop: today, where the patient is."`
		Why    string   `json:"why" minLength:"1" maxLength:"1000" doc:"In plain words: the patient reads it." text:"prose"`
		Reason string   `json:"reason,omitempty" enum:"rash,sedation,long-qt,other" doc:"Of hold and stop."`
	}
}

type wishInput struct {
	PlanPath
	edge.Editing
	Body struct {
		Wants bool   `json:"wants"`
		Words string `json:"words,omitempty" maxLength:"1000" text:"prose"`
	}
}

type tabletsInput struct{ door.PatientPath }

func acts(a *door.API) {
	edited := func(ctx context.Context, patientID string, e edge.Editing, do func(*care.Chart, int64) (care.Versioned[taper.Plan], error)) (*edge.Tagged[taper.Plan], error) {
		ch, version, err := a.Edit(ctx, patientID, e)
		if err != nil {
			return nil, err
		}
		return door.Versioned(do(ch, version))
	}
	door.Register(a, huma.Operation{OperationID: "signTaper", Method: http.MethodPost, Path: path + "/{taperId}/sign", Tags: tag,
		Summary:     "Sign a plan, as a prescriber",
		Description: "A plan that falls by more than a quarter within 14 days waits for a second prescriber. A taper of a medicine for opioid use disorder waits for the patient's own wish (`wish-missing`) and an overdose plan (`overdose-plan-missing`).", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *signInput) (*edge.Tagged[taper.Plan], error) {
			return edited(ctx, in.PatientID, in.Editing, func(ch *care.Chart, version int64) (care.Versioned[taper.Plan], error) {
				return ch.Medicine.SignTaper(ctx, in.TaperID, version)
			})
		})
	door.Register(a, huma.Operation{OperationID: "actOnTaper", Method: http.MethodPost, Path: path + "/{taperId}/act", Tags: tag,
		Summary: "Pause a plan, go one step back, go on, hold or stop it", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *actInput) (*edge.Tagged[taper.Plan], error) {
			b := in.Body
			return edited(ctx, in.PatientID, in.Editing, func(ch *care.Chart, version int64) (care.Versioned[taper.Plan], error) {
				return ch.Medicine.ActTaper(ctx, in.TaperID, version, taper.Act{Do: b.Do, On: b.On, Why: b.Why, Reason: b.Reason})
			})
		})
	door.Register(a, huma.Operation{OperationID: "wishTaper", Method: http.MethodPut, Path: path + "/{taperId}/wish", Tags: tag,
		Summary:     "The patient's own word to a taper of a medicine for opioid use disorder; they can take it back",
		Description: "A yes is to the plan of the version in If-Match, the newest. A no is taken whatever was changed meanwhile.", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *wishInput) (*edge.Tagged[taper.Plan], error) {
			return edited(ctx, in.PatientID, in.Editing, func(ch *care.Chart, version int64) (care.Versioned[taper.Plan], error) {
				return ch.Medicine.WishTaper(ctx, in.TaperID, version, in.Body.Wants, in.Body.Words)
			})
		})
	door.Register(a, huma.Operation{OperationID: "readTablets", Method: http.MethodGet, Path: patient + "/tablets", Tags: tag,
		Summary: "The tablets of these days, as prescribers wrote them, for the phone to show and keep"},
		func(ctx context.Context, in *tabletsInput) (*edge.Answer[list.Tablets], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Medicine.Tablets(ctx))
		})
}
