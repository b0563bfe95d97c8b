// Package careplan is the one plan of a patient and their team: what it says, its
// versions, the summary in plain words, who may do what, and all of it on one page
// (docs/plan.md). It is not the crisis plan.
package careplan

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	plans "handrail/care/careplan"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/careplan"
	"handrail/models/task"
)

// Add registers the operations.
func Add(a *door.API) {
	read(a)
	write(a)
	guide(a)
	guidelines(a)
	page(a)
}

// ItemPath names an item of a plan.
type ItemPath struct {
	door.PatientPath
	ItemID string `path:"itemId" format:"uuid"`
}

type readInput struct {
	door.PatientPath
	edge.Reading
}

type versionsInput struct {
	door.PatientPath
	edge.Paging
}

type versionInput struct {
	door.PatientPath
	Version  int64  `path:"version" minimum:"1" maximum:"1000000000"`
	Since    int64  `query:"since" minimum:"1" maximum:"1000000000" doc:"The version to compare with. Left out: the one before."`
	Language string `query:"language" maxLength:"35" doc:"BCP 47. The patient's own when left out."`
}

type summaryInput struct {
	door.PatientPath
	Language string `query:"language" maxLength:"35" doc:"BCP 47. The patient's own when left out."`
}

type changeCarePlanInput struct {
	door.PatientPath
	edge.Editing
	Body struct {
		Reason   string              `json:"reason,omitempty" maxLength:"500" doc:"Why it changes. Needed for what matters, from the second version on; a spelling and the patient need none." text:"prose"`
		Decision *task.Reference     `json:"decision,omitempty" doc:"The decision that it comes from."`
		About    *careplan.AboutEdit `json:"about,omitempty" doc:"What stands on top of every view."`
		Items    []careplan.ItemEdit `json:"items,omitempty" maxItems:"25" doc:"What is added or changed. A field that is left out stays."`
	}
}

type answerCarePlanInput struct {
	door.PatientPath
	Body struct {
		Version int64  `json:"version" minimum:"1" maximum:"1000000000" doc:"The version that you read: the one that the plan has now."`
		Yes     bool   `json:"yes"`
		Note    string `json:"note,omitempty" maxLength:"1000" doc:"What should be otherwise. A patient need not say." text:"prose"`
	}
}

type rateCarePlanInput struct {
	ItemPath
	edge.Creating
	Body struct {
		ID     string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		Answer string `json:"answer" enum:"helpful,a-little,not-helpful"`
	}
}

var tag = []string{"Care plan"}

const path = "/v1/patients/{patientId}/care-plan"

func read(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "readCarePlan", Method: http.MethodGet, Path: path, Tags: tag, Summary: "Read the care plan",
		Description: "The ETag names what you see: its number is the version, for If-Match of a change."},
		func(ctx context.Context, in *readInput) (*tagged, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return answer(in.Reading)(ch.CarePlan.Plan(ctx))
		})
	door.Register(a, huma.Operation{OperationID: "listCarePlanVersions", Method: http.MethodGet, Path: path + "/versions", Tags: tag, Summary: "List what was changed, by whom and why, newest first"},
		func(ctx context.Context, in *versionsInput) (*edge.Answer[edge.List[careplan.Change]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.CarePlan.Versions(ctx, in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "readCarePlanVersion", Method: http.MethodGet, Path: path + "/versions/{version}", Tags: tag, Summary: "Read any version again, and what changed for the patient since an earlier one"},
		func(ctx context.Context, in *versionInput) (*edge.Answer[plans.Then], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.CarePlan.Version(ctx, in.Version, in.Since, in.Language))
		})
	door.Register(a, huma.Operation{OperationID: "readCarePlanSummary", Method: http.MethodGet, Path: path + "/summary", Tags: tag, Summary: "The plan in plain words, in the patient's language"},
		func(ctx context.Context, in *summaryInput) (*edge.Answer[careplan.Summary], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.CarePlan.Summary(ctx, in.Language))
		})
	door.Register(a, huma.Operation{OperationID: "readCarePlanCourse", Method: http.MethodGet, Path: path + "/course", Tags: tag, Summary: "What is expected of the plan, beside what check-ins tell",
		Description: "No verdict and no score of risk. Scores of instruments are told to the team alone."},
		func(ctx context.Context, in *door.PatientPath) (*edge.Answer[plans.Course], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.CarePlan.Course(ctx))
		})
}

func write(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "changeCarePlan", Method: http.MethodPatch, Path: path, Tags: tag, Summary: "Change the care plan, merged by field",
		Description: "If-Match names the version that you saw, and need not be the newest. Only a field that somebody changed since, to something else than you, is refused: 409 `field-changed` with its name."},
		func(ctx context.Context, in *changeCarePlanInput) (*tagged, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			base, err := in.PartVersion()
			if err != nil {
				return nil, err
			}
			return answer(edge.Reading{})(ch.CarePlan.Change(ctx, careplan.Edit{Base: base, Reason: in.Body.Reason, Decision: in.Body.Decision, About: in.Body.About, Items: in.Body.Items}))
		})
	door.Register(a, huma.Operation{OperationID: "answerCarePlan", Method: http.MethodPost, Path: path + "/answer", Tags: tag,
		Summary: "Say yes or no to a version; it is agreed with the yes of the patient and one clinician"},
		func(ctx context.Context, in *answerCarePlanInput) (*tagged, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return answer(edge.Reading{})(ch.CarePlan.Say(ctx, in.Body.Version, in.Body.Yes, in.Body.Note))
		})
	door.Register(a, huma.Operation{OperationID: "rateCarePlanItem", Method: http.MethodPost, Path: path + "/items/{itemId}/usefulness", Tags: tag,
		Summary: "Say how useful something is; the third time in a row that it did not help, the team is asked to look at it with you"},
		func(ctx context.Context, in *rateCarePlanInput) (*edge.Answer[careplan.Useful], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.CarePlan.Rate(ctx, in.ItemID, id, in.Body.Answer))
		})
}

// guide registers what is the same for every patient.
func guide(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "listCarePlanActivities", Method: http.MethodGet, Path: "/v1/care-plan-activities", Tags: tag, Summary: "The catalogue of what a care plan can hold"},
		func(_ context.Context, in *edge.Pieces) (*edge.Answer[edge.List[careplan.Entry]], error) {
			list, err := edge.Piece(*in, careplan.Catalogue(), func(e careplan.Entry) string { return e.Code })
			return edge.Answered(list, err)
		})
	door.Register(a, huma.Operation{OperationID: "listCarePlanMeasures", Method: http.MethodGet, Path: "/v1/care-plan-measures", Tags: tag, Summary: "The measures of which a care plan can say what is expected"},
		func(_ context.Context, in *edge.Pieces) (*edge.Answer[edge.List[careplan.Scale]], error) {
			list, err := edge.Piece(*in, careplan.Scales(), func(s careplan.Scale) string { return "measure." + s.Measure })
			return edge.Answered(list, err)
		})
	door.Register(a, huma.Operation{OperationID: "listCarePlanAuthority", Method: http.MethodGet, Path: "/v1/care-plan-authority", Tags: tag, Summary: "Who may do what with a care plan, for everybody to read"},
		func(_ context.Context, in *edge.Pieces) (*edge.Answer[edge.List[careplan.Row]], error) {
			list, err := edge.Piece(*in, careplan.Authority(), func(r careplan.Row) string { return string(r.Role) + "." + string(r.Discipline) })
			return edge.Answered(list, err)
		})
}
