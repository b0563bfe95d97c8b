package medicines

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/medicine"
)

const reactionPath = "/v1/patients/{patientId}/reactions"

// ReactionPath names a reaction.
type ReactionPath struct {
	door.PatientPath
	ReactionID string `path:"reactionId" format:"uuid"`
}

type reactionReading struct {
	ReactionPath
	edge.Reading
}

// NewReaction is one that is written down.
type NewReaction struct {
	ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	medicine.AdverseTerms
}

type newReactionInput struct {
	door.PatientPath
	edge.Creating
	Body NewReaction
}

type setReactionInput struct {
	ReactionPath
	edge.Editing
	Body medicine.AdverseTerms
}

func reactions(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "addReaction", Method: http.MethodPost, Path: reactionPath, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Write down an allergy or another bad reaction", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *newReactionInput) (*edge.Answer[medicine.Adverse], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Medicine.AddAdverse(ctx, id, in.Body.AdverseTerms))
		})
	door.Register(a, huma.Operation{OperationID: "readReaction", Method: http.MethodGet, Path: reactionPath + "/{reactionId}", Tags: tag, Summary: "A reaction"},
		func(ctx context.Context, in *reactionReading) (*edge.Tagged[medicine.Adverse], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Medicine.Adverse(ctx, in.ReactionID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "setReaction", Method: http.MethodPut, Path: reactionPath + "/{reactionId}", Tags: tag,
		Summary: "Say anew how sure a reaction is, how bad it was, and what happened"},
		func(ctx context.Context, in *setReactionInput) (*edge.Tagged[medicine.Adverse], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Medicine.SetAdverse(ctx, in.ReactionID, version, in.Body))
		})
}

const reconciliationPath = "/v1/patients/{patientId}/medicine-reconciliations"

// NewReconciliation is that somebody went through the list.
type NewReconciliation struct {
	ID       string                    `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	Occasion string                    `json:"occasion" enum:"intake,discharge,regular,other"`
	Lines    []medicine.ReconciledLine `json:"lines" maxItems:"300" doc:"Each line that is taken, once."`
	Missing  []string                  `json:"missing,omitempty" maxItems:"50" doc:"What is taken and is not on the list, in words. A photo is not kept."`
	Note     string                    `json:"note,omitempty" maxLength:"1000" text:"prose"`
}

type reconcileInput struct {
	door.PatientPath
	edge.Creating
	Body NewReconciliation
}

type reconciliationsInput struct {
	door.PatientPath
	edge.Paging
}

func reconciliations(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "listMedicineReconciliations", Method: http.MethodGet, Path: reconciliationPath, Tags: tag,
		Summary: "How the list was gone through, the newest first"},
		func(ctx context.Context, in *reconciliationsInput) (*edge.Answer[edge.List[medicine.Reconciliation]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Medicine.Reconciliations(ctx, in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "reconcileMedicines", Method: http.MethodPost, Path: reconciliationPath, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Say that you went through the list, and what is different", Errors: []int{http.StatusConflict}},
		func(ctx context.Context, in *reconcileInput) (*edge.Answer[medicine.Reconciliation], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			b := in.Body
			return edge.Answered(ch.Medicine.Reconcile(ctx, id, medicine.Reconciliation{Occasion: b.Occasion, Lines: b.Lines, Missing: b.Missing, Note: b.Note}))
		})
}
