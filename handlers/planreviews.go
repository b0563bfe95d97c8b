package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/crisis"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/crisisplan"
)

type sharePlanInput struct {
	door.PatientPath
	edge.Editing
	SupporterID string `path:"supporterId" format:"uuid" doc:"The account of the supporter."`
	Body        struct {
		Sections []crisisplan.Section `json:"sections" maxItems:"12" doc:"What this supporter may see; none takes everything back."`
	}
}

type reviewPlanInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		crisisplan.ReviewTerms
	}
}

type planTriggerInput struct {
	door.PatientPath
	Body struct {
		Trigger crisisplan.Trigger `json:"trigger" enum:"screening,thoughts,use-after-break,overdose,discharge,medicine-change,contact-unreachable"`
		On      string             `json:"on,omitempty" format:"date" doc:"Local day; today when left out."`
	}
}

type numberChecksInput struct {
	door.PatientPath
	Body struct {
		Numbers []crisisplan.NumberReport `json:"numbers" minItems:"1" maxItems:"60"`
	}
}

type rehearsePlanInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		crisisplan.RehearsalTerms
	}
}

type receivePlanInput struct {
	door.PatientPath
	Body struct {
		DeviceID string `json:"deviceId,omitempty" maxLength:"64" doc:"Not needed: the session knows the device."`
		Version  int64  `json:"version" minimum:"0" maximum:"1000000000" doc:"The version that this device holds now."`
	}
}

// planReviews registers what is done with a plan beside its words: sharing, reviews,
// practice, and which phone holds which version.
func (a *API) planReviews() {
	tag := []string{"Crisis plan"}
	const path = "/v1/patients/{patientId}/crisis-plan"
	door.Register(a.API, huma.Operation{OperationID: "shareCrisisPlan", Method: http.MethodPut, Path: path + "/sharing/{supporterId}", Tags: tag,
		Summary: "Set which sections a supporter with the scope crisis-plan.shared-sections may see (patient)"},
		func(ctx context.Context, in *sharePlanInput) (*edge.Tagged[crisis.PlanView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			tag, err := in.Tag()
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.SharePlan(ctx, tag, in.SupporterID, in.Body.Sections))
		})
	door.Register(a.API, huma.Operation{OperationID: "reviewCrisisPlan", Method: http.MethodPost, Path: path + "/reviews", Tags: tag,
		DefaultStatus: http.StatusCreated, Summary: "Note that the plan was looked at together"},
		func(ctx context.Context, in *reviewPlanInput) (*edge.Tagged[crisis.PlanView], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.ReviewPlan(ctx, id, in.Body.ReviewTerms))
		})
	door.Register(a.API, huma.Operation{OperationID: "listCrisisPlanReviews", Method: http.MethodGet, Path: path + "/reviews", Tags: tag,
		Summary: "When the plan was looked at together, newest first"},
		func(ctx context.Context, in *planVersionsInput) (*edge.Answer[edge.List[crisisplan.Review]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Crisis.PlanReviews(ctx, in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "listCrisisPlanRehearsals", Method: http.MethodGet, Path: path + "/rehearsals", Tags: tag,
		Summary: "The practices of opening the plan, newest first"},
		func(ctx context.Context, in *planVersionsInput) (*edge.Answer[edge.List[crisisplan.Rehearsal]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Crisis.PlanRehearsals(ctx, in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "noteCrisisPlanTrigger", Method: http.MethodPost, Path: path + "/triggers", Tags: tag,
		Summary: "Note that something happened that asks for a review"},
		func(ctx context.Context, in *planTriggerInput) (*edge.Tagged[crisis.PlanView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.NotePlanTrigger(ctx, in.Body.Trigger, in.Body.On))
		})
	door.Register(a.API, huma.Operation{OperationID: "checkCrisisPlanNumbers", Method: http.MethodPost, Path: path + "/number-checks", Tags: tag,
		Summary: "Say which numbers of the plan work"},
		func(ctx context.Context, in *numberChecksInput) (*edge.Tagged[crisis.PlanView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.CheckPlanNumbers(ctx, in.Body.Numbers))
		})
	door.Register(a.API, huma.Operation{OperationID: "rehearseCrisisPlan", Method: http.MethodPost, Path: path + "/rehearsals", Tags: tag,
		DefaultStatus: http.StatusCreated, Summary: "Note a practice of opening the plan (patient)"},
		func(ctx context.Context, in *rehearsePlanInput) (*edge.Tagged[crisis.PlanView], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.RehearsePlan(ctx, id, in.Body.RehearsalTerms))
		})
	door.Register(a.API, huma.Operation{OperationID: "receiveCrisisPlan", Method: http.MethodPost, Path: path + "/receipts", Tags: tag,
		DefaultStatus: http.StatusNoContent, Summary: "Tell which version this phone holds (patient)"},
		func(ctx context.Context, in *receivePlanInput) (*struct{}, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return nil, ch.Crisis.ReceivePlan(ctx, in.Body.Version)
		})
	door.Register(a.API, huma.Operation{OperationID: "listCrisisPlanDevices", Method: http.MethodGet, Path: path + "/devices", Tags: tag,
		Summary: "Which version each of the patient's phones holds, the stalest first"},
		func(ctx context.Context, in *patientPieces) (*edge.Answer[edge.List[crisisplan.Holding]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Crisis.PlanPhones(ctx)
			return edge.Pieced(in.Pieces, found, func(h crisisplan.Holding) string { return h.DeviceID }, err)
		})
}
