// Package access is what helps a person reach their care: what those who book visits have
// to know, and the devices that the clinic lends.
package access

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/access"
)

// LoanPath names a loan of a patient. It is exported so that it can be a part of an input.
type LoanPath struct {
	door.PatientPath
	LoanID string `path:"loanId" format:"uuid"`
}

type readNeedsInput struct {
	door.PatientPath
	edge.Reading
}

type setNeedsInput struct {
	door.PatientPath
	edge.Editing
	Body needsBody
}

type needsBody struct {
	Interpreter string   `json:"interpreter,omitempty" doc:"BCP 47: the language for which an interpreter is needed."`
	Transport   string   `json:"transport,omitempty" doc:"What is in the way of coming. Left out: not asked."`
	Phone       string   `json:"phone,omitempty" doc:"What the patient has for a visit by video. Left out: not asked."`
	Help        []string `json:"help,omitempty"`
	Note        string   `json:"note,omitempty" text:"prose"`
}

type lendInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		access.LoanTerms
	}
}

type listLoansInput struct {
	door.PatientPath
	edge.Pieces
}

type tieInput struct {
	LoanPath
	Body struct {
		SessionID string `json:"sessionId,omitempty" format:"uuid" doc:"For the office. Left out: the device in the patient's hand."`
	}
}

type endInput struct {
	LoanPath
	Body struct {
		State string `json:"state"`
	}
}

// Limits are of access.
var Limits = limits()

// Add registers the operations.
func Add(a *door.API) {
	tags := []string{"Access to care"}
	const needs, loans = "/v1/patients/{patientId}/access-needs", "/v1/patients/{patientId}/lent-devices"
	door.Register(a, huma.Operation{OperationID: "readAccessNeeds", Method: http.MethodGet, Path: needs, Tags: tags,
		Summary: "What a patient needs to come to a visit, and what may be offered instead"},
		func(ctx context.Context, in *readNeedsInput) (*edge.Tagged[access.Needs], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Access.Needs(ctx)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "setAccessNeeds", Method: http.MethodPut, Path: needs, Tags: tags, Summary: "Write it down: the patient, or who books visits for them"},
		func(ctx context.Context, in *setNeedsInput) (*edge.Tagged[access.Needs], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			b := in.Body
			return door.Versioned(ch.Access.SetNeeds(ctx, version, access.Needs{Interpreter: b.Interpreter, Transport: b.Transport, Phone: b.Phone, Help: b.Help, Note: b.Note}))
		})
	door.Register(a, huma.Operation{OperationID: "lendDevice", Method: http.MethodPost, Path: loans, Tags: tags, DefaultStatus: http.StatusCreated,
		Summary: "Note that the clinic lent a device or a data plan"},
		func(ctx context.Context, in *lendInput) (*edge.Answer[access.Loan], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Access.Lend(ctx, id, in.Body.LoanTerms))
		})
	door.Register(a, huma.Operation{OperationID: "listLentDevices", Method: http.MethodGet, Path: loans, Tags: tags, Summary: "List what was lent to a patient, the newest first"},
		func(ctx context.Context, in *listLoansInput) (*edge.Answer[edge.List[access.Loan]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Access.Loans(ctx)
			return edge.Pieced(in.Pieces, found, func(l access.Loan) string { return l.ID }, err)
		})
	door.Register(a, huma.Operation{OperationID: "tieLentDevice", Method: http.MethodPost, Path: loans + "/{loanId}/sessions", Tags: tags, DefaultStatus: http.StatusOK,
		Summary: "Say which signed-in device it is, so that it forgets its person when it comes back"},
		func(ctx context.Context, in *tieInput) (*edge.Answer[access.Loan], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Access.Tie(ctx, in.LoanID, in.Body.SessionID))
		})
	door.Register(a, huma.Operation{OperationID: "endLoan", Method: http.MethodPost, Path: loans + "/{loanId}/end", Tags: tags, DefaultStatus: http.StatusOK,
		Summary: "Note that it came back, was lost or was wiped; its sessions end at once"},
		func(ctx context.Context, in *endInput) (*edge.Answer[access.Loan], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Access.EndLoan(ctx, in.LoanID, in.Body.State))
		})
}
