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

type savePlanInput struct {
	door.PatientPath
	IfMatch string `header:"If-Match" required:"true" maxLength:"100" doc:"The ETag of the plan that you read; \"0\" when none was written yet."`
	Body    struct {
		Content crisisplan.Content `json:"content"`
		Why     string             `json:"why,omitempty" maxLength:"300" doc:"The reason of the change." text:"prose"`
	}
}

type planNumberInput struct {
	door.PatientPath
	Body struct {
		Version int64 `json:"version" minimum:"1" maximum:"1000000000"`
	}
}

type planAssentInput struct {
	door.PatientPath
	Body struct {
		Version int64 `json:"version" minimum:"1" maximum:"1000000000"`
		crisisplan.Assent
	}
}

type renewNumberInput struct {
	door.PatientPath
	Body crisisplan.RenewalTerms
}

type planVersionInput struct {
	door.PatientPath
	Number int64 `path:"number" minimum:"1" maximum:"1000000000"`
}

type planVersionsInput struct {
	door.PatientPath
	edge.Paging
}

// crisisPlan registers the plan: reading it, writing it together, making it hold.
func (a *API) crisisPlan() {
	tag := []string{"Crisis plan"}
	const path = "/v1/patients/{patientId}/crisis-plan"
	door.Register(a.API, huma.Operation{OperationID: "readCrisisPlan", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "Read the plan: whole for the patient and the team, the shared part for supporters"},
		func(ctx context.Context, in *door.PatientPath) (*edge.Tagged[crisis.PlanView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.CrisisPlan(ctx))
		})
	door.Register(a.API, huma.Operation{OperationID: "saveCrisisPlan", Method: http.MethodPut, Path: path, Tags: tag,
		Summary: "Write the next version, as a draft",
		Description: "If-Match names the version that you read. What others saved since is merged in, section by section; " +
			"where both changed the same section nothing is saved, and the fields of the problem (409, plan-edited-by-both) name it.", Errors: []int{http.StatusPreconditionFailed, http.StatusPreconditionRequired}},
		func(ctx context.Context, in *savePlanInput) (*edge.Tagged[crisis.PlanView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			from, err := planFrom(in.IfMatch)
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.SavePlan(ctx, from, in.Body.Content, in.Body.Why))
		})
	door.Register(a.API, huma.Operation{OperationID: "activateCrisisPlan", Method: http.MethodPost, Path: path + "/activate", Tags: tag,
		Summary: "Make the newest draft the plan that holds, by the patient's word; phones get it with their next sync",
		Description: "The patient confirms. A clinician writes down that the patient confirmed on paper or in person (how, on, witness); " +
			"without that a draft of the team waits beside the plan in force (403, patient-confirms). What is taken away is named in removes."},
		func(ctx context.Context, in *planAssentInput) (*edge.Tagged[crisis.PlanView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.ActivatePlan(ctx, in.Body.Version, in.Body.Assent))
		})
	door.Register(a.API, huma.Operation{OperationID: "confirmCrisisPlan", Method: http.MethodPost, Path: path + "/confirmations", Tags: tag,
		Summary: "Say that you read a version and stand by it"},
		func(ctx context.Context, in *planAssentInput) (*edge.Tagged[crisis.PlanView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.ConfirmPlan(ctx, in.Body.Version, in.Body.Assent))
		})
	door.Register(a.API, huma.Operation{OperationID: "renewClinicNumber", Method: http.MethodPost, Path: path + "/clinic-numbers", Tags: tag,
		Summary: "Renew a number or the hours of the clinic itself (team); it holds at once, marked and dated"},
		func(ctx context.Context, in *renewNumberInput) (*edge.Tagged[crisis.PlanView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.RenewClinicNumber(ctx, in.Body))
		})
	door.Register(a.API, huma.Operation{OperationID: "declineCrisisPlan", Method: http.MethodPost, Path: path + "/decline", Tags: tag,
		Summary: "Say no to the newest draft (patient); the plan in force stays"},
		func(ctx context.Context, in *planNumberInput) (*edge.Tagged[crisis.PlanView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return planAnswer(ch.Crisis.DeclinePlan(ctx, in.Body.Version))
		})
	door.Register(a.API, huma.Operation{OperationID: "listCrisisPlanVersions", Method: http.MethodGet, Path: path + "/versions", Tags: tag, Summary: "Every version, newest first"},
		func(ctx context.Context, in *planVersionsInput) (*edge.Answer[edge.List[crisisplan.Version]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Crisis.PlanVersions(ctx, in.Cursor, in.Limit))
		})
	door.Register(a.API, huma.Operation{OperationID: "readCrisisPlanVersion", Method: http.MethodGet, Path: path + "/versions/{number}", Tags: tag, Summary: "One version"},
		func(ctx context.Context, in *planVersionInput) (*edge.Answer[crisisplan.Version], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Crisis.PlanVersion(ctx, in.Number))
		})
}

// planAnswer tags a plan with its newest version and what is shared of it.
func planAnswer(v crisis.PlanView, err error) (*edge.Tagged[crisis.PlanView], error) {
	if err != nil {
		return nil, err
	}
	return &edge.Tagged[crisis.PlanView]{ETag: `"` + v.Tag() + `"`, Body: v}, nil
}

// planFrom reads the version that an author had before them; a plan that nobody
// wrote yet has the tag "0".
func planFrom(ifMatch string) (int64, error) {
	if edge.BareTag(ifMatch) == `"0"` {
		return 0, nil
	}
	return edge.Editing{IfMatch: ifMatch}.PartVersion()
}
