package peers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/peer"
)

// ContractPath names a contract of a patient.
type ContractPath struct {
	door.PatientPath
	ContractID string `path:"contractId" format:"uuid"`
}

type listContractsInput struct {
	door.PatientPath
	edge.Pieces
}

type readContractInput struct {
	ContractPath
	edge.Reading
}

type writeContractInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID        string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		PartnerID string `json:"partnerId" format:"uuid" doc:"Account: of the patient's circle, or a peer with whom they go."`
		peer.Terms
	}
}

type changeContractInput struct {
	ContractPath
	edge.Editing
	Body peer.Terms
}

func contracts(a *door.API) {
	const list, one = path + "/contracts", path + "/contracts/{contractId}"
	door.Register(a, huma.Operation{OperationID: "listContracts", Method: http.MethodGet, Path: list, Tags: tag, Summary: "With whom the patient has a contract, the newest first: the patient"},
		func(ctx context.Context, in *listContractsInput) (*edge.Answer[edge.List[peer.Contract]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Peer.Contracts(ctx)
			return edge.Pieced(in.Pieces, door.Values(found), func(c peer.Contract) string { return c.ID }, err)
		})
	door.Register(a, huma.Operation{OperationID: "writeContract", Method: http.MethodPost, Path: list, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Ask somebody to keep you to your word, and say where that ends: the patient", Description: "It opens nothing: what they see is a matter of consents. Nothing holds before they say yes to exactly this."},
		func(ctx context.Context, in *writeContractInput) (*edge.Answer[peer.Contract], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Peer.Write(ctx, id, in.Body.PartnerID, in.Body.Terms)
			return edge.Answered(v.Value, err)
		})
	door.Register(a, huma.Operation{OperationID: "readContract", Method: http.MethodGet, Path: one, Tags: tag, Summary: "Read a contract: the patient"},
		func(ctx context.Context, in *readContractInput) (*edge.Tagged[peer.Contract], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Peer.Contract(ctx, in.ContractID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "changeContract", Method: http.MethodPut, Path: one, Tags: tag, Summary: "Say it in other words: the patient; the partner is asked anew"},
		func(ctx context.Context, in *changeContractInput) (*edge.Tagged[peer.Contract], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Peer.Rewrite(ctx, in.ContractID, version, in.Body))
		})
	door.Register(a, huma.Operation{OperationID: "endContract", Method: http.MethodPost, Path: one + "/end", Tags: tag, DefaultStatus: http.StatusOK, Summary: "End it, without a reason: the patient"},
		func(ctx context.Context, in *ContractPath) (*edge.Answer[peer.Contract], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(valueOf(ch.Peer.EndContract(ctx, in.ContractID)))
		})
}

func valueOf(v care.Versioned[peer.Contract], err error) (peer.Contract, error) { return v.Value, err }

// MyContractPath names a contract that somebody holds to.
type MyContractPath struct {
	ContractID string `path:"contractId" format:"uuid"`
}

type myContractsInput struct{ edge.Paging }

type answerContractInput struct {
	MyContractPath
	Body struct {
		Number int  `json:"number" minimum:"1" maximum:"1000000" doc:"The number of the words that you have read."`
		Yes    bool `json:"yes"`
	}
}

func asPartner(a *door.API) {
	const list = "/v1/me/contracts"
	door.Register(a, huma.Operation{OperationID: "listMyContracts", Method: http.MethodGet, Path: list, Tags: tag, Summary: "What people ask you to keep them to, and where that ends (supporters and peers)",
		Description: "A page may hold fewer than its limit, or none, while `next` leads on."},
		func(ctx context.Context, in *myContractsInput) (*edge.Answer[edge.List[peer.Contract]], error) {
			return door.Paged(a.Care.Peer.Asked(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "answerContract", Method: http.MethodPost, Path: list + "/{contractId}/answer", Tags: tag, DefaultStatus: http.StatusOK, Summary: "Say yes or no to exactly these words"},
		func(ctx context.Context, in *answerContractInput) (*edge.Answer[peer.Contract], error) {
			return edge.Answered(a.Care.Peer.AnswerContract(ctx, edge.ActorFrom(ctx), in.ContractID, in.Body.Number, in.Body.Yes))
		})
	door.Register(a, huma.Operation{OperationID: "endMyContract", Method: http.MethodPost, Path: list + "/{contractId}/end", Tags: tag, DefaultStatus: http.StatusOK, Summary: "End it as the partner, without a reason"},
		func(ctx context.Context, in *MyContractPath) (*edge.Answer[peer.Contract], error) {
			return edge.Answered(a.Care.Peer.EndAsPartner(ctx, edge.ActorFrom(ctx), in.ContractID))
		})
}
