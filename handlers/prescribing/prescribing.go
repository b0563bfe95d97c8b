// Package prescribing is what the prescribers of a patient agree on, and the duties that
// follow from it (docs/medicines.md).
package prescribing

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	joint "handrail/care/prescribing"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/prescribing"
)

// Add registers the operations.
func Add(a *door.API) {
	read(a)
	write(a)
	work(a)
}

var tag = []string{"Medicines"}

const path = "/v1/patients/{patientId}/prescribing-agreements"

// AgreementPath names an agreement.
type AgreementPath struct {
	door.PatientPath
	AgreementID string `path:"agreementId" format:"uuid"`
}

type listInput struct {
	door.PatientPath
	edge.Pieces
}

type readInput struct {
	AgreementPath
	edge.Reading
}

type proposeInput struct {
	door.PatientPath
	edge.Creating
	Body NewAgreement
}

type changeInput struct {
	AgreementPath
	edge.Editing
	Body AgreementTerms
}

type actAgreementInput struct {
	AgreementPath
	Body struct {
		Act  joint.Act `json:"act" enum:"sign,begin,review,stand,end" doc:"sign: you agree. begin: it is put in force, and its duties begin. review: it is looked at, and holds meanwhile. stand: after that, it goes on as it is. end: it holds no longer."`
		Note string    `json:"note,omitempty" maxLength:"1000" doc:"Why; an end needs it." text:"prose"`
	}
}

func read(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "listPrescribingAgreements", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "What the prescribers agree on, the newest first"},
		func(ctx context.Context, in *listInput) (*edge.Answer[edge.List[joint.View]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Agreement.Agreements(ctx)
			return edge.Pieced(in.Pieces, found, func(v joint.View) string { return v.ID }, err)
		})
	door.Register(a, huma.Operation{OperationID: "readPrescribingAgreement", Method: http.MethodGet, Path: path + "/{agreementId}", Tags: tag, Summary: "An agreement"},
		func(ctx context.Context, in *readInput) (*edge.Tagged[joint.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := joint.Versioned(ch.Agreement.Agreement(ctx, in.AgreementID))
			return door.VersionedUnless(in.Reading, v, err)
		})
}

func write(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "proposePrescribingAgreement", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Propose an agreement; the other prescribers are asked to sign", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *proposeInput) (*edge.Answer[joint.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Agreement.Propose(ctx, id, in.Body.terms()))
		})
	door.Register(a, huma.Operation{OperationID: "changePrescribingAgreement", Method: http.MethodPut, Path: path + "/{agreementId}", Tags: tag,
		Summary: "Change what is proposed; everybody else signs anew", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *changeInput) (*edge.Tagged[joint.View], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(joint.Versioned(ch.Agreement.Change(ctx, in.AgreementID, version, in.Body.terms())))
		})
	door.Register(a, huma.Operation{OperationID: "actOnPrescribingAgreement", Method: http.MethodPost, Path: path + "/{agreementId}/acts", Tags: tag,
		Summary: "Sign it, put it in force, look at it again, or end it", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *actAgreementInput) (*edge.Tagged[joint.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(joint.Versioned(ch.Agreement.Do(ctx, in.AgreementID, in.Body.Act, in.Body.Note)))
		})
}

// DutyPath names a duty of an agreement.
type DutyPath struct {
	door.PatientPath
	DutyID string `path:"dutyId" format:"uuid"`
}

type dutyResultInput struct {
	DutyPath
	Body struct {
		Note   string `json:"note" minLength:"1" maxLength:"1000" doc:"What came of it, or why it is left out." text:"prose"`
		Passed bool   `json:"passed,omitempty" doc:"It is left out this time. A measurement is told as a fact of the list of medicines, and closes what waits for it."`
	}
}

// SignPath names an early sign of an agreement.
type SignPath struct {
	AgreementPath
	SignID string `path:"signId" maxLength:"10"`
}

type noticeSignInput struct {
	SignPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	}
}

func work(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "recordPrescribingDuty", Method: http.MethodPost, Path: "/v1/patients/{patientId}/prescribing-duties/{dutyId}/results", Tags: tag,
		Summary: "Say what came of a duty, or why it is left out this time", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *dutyResultInput) (*edge.Answer[prescribing.Duty], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Agreement.Record(ctx, in.DutyID, in.Body.Note, in.Body.Passed))
		})
	door.Register(a, huma.Operation{OperationID: "noticePrescribingSign", Method: http.MethodPost, Path: path + "/{agreementId}/signs/{signId}/noticed", Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Say that an early sign is there; who looks after it gets a task", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *noticeSignInput) (*edge.Answer[joint.Noticed], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Agreement.Notice(ctx, in.AgreementID, in.SignID, id))
		})
}
