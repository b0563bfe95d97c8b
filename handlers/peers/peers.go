// Package peers is who walks beside a patient: peer workers, and contracts with somebody
// who keeps them to their word (docs/intake.md).
package peers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	beside "handrail/care/peers"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/peer"
)

// Add registers the operations.
func Add(a *door.API) {
	patient(a)
	asPeer(a)
	contracts(a)
	asPartner(a)
}

var tag = []string{"Peers"}

// MatchPath names a match of a patient.
type MatchPath struct {
	door.PatientPath
	MatchID string `path:"matchId" format:"uuid"`
}

type wishInput struct {
	door.PatientPath
	Body peer.Wish
}

type askInput struct {
	door.PatientPath
	edge.Creating
	Body peerAsk
}

type peerAsk struct {
	ID     string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	PeerID string `json:"peerId" format:"uuid"`
	Words  string `json:"words,omitempty" text:"prose" doc:"What the peer reads beside your name. Nothing else of the record."`
}

const path = "/v1/patients/{patientId}"

func patient(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "readPeers", Method: http.MethodGet, Path: path + "/peers", Tags: tag, Summary: "What a patient wants of a peer, who fits, and whom they asked: the patient"},
		func(ctx context.Context, in *door.PatientPath) (*edge.Answer[beside.Page], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Peer.Page(ctx))
		})
	door.Register(a, huma.Operation{OperationID: "setPeerWish", Method: http.MethodPut, Path: path + "/peers", Tags: tag, Summary: "Say what you want of a peer: the patient"},
		func(ctx context.Context, in *wishInput) (*edge.Answer[beside.Page], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Peer.SetWish(ctx, in.Body))
		})
	door.Register(a, huma.Operation{OperationID: "askPeer", Method: http.MethodPost, Path: path + "/peer-matches", Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Ask a peer: the patient", Description: "They answer within three days. Nothing of the record opens, also not with their yes."},
		func(ctx context.Context, in *askInput) (*edge.Answer[peer.Match], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Peer.Ask(ctx, id, in.Body.PeerID, in.Body.Words))
		})
	door.Register(a, huma.Operation{OperationID: "endPeer", Method: http.MethodPost, Path: path + "/peer-matches/{matchId}/end", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "End it, without a reason: the patient"},
		func(ctx context.Context, in *MatchPath) (*edge.Answer[peer.Match], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Peer.End(ctx, in.MatchID))
		})
}

type setProfileInput struct {
	edge.Editing
	Body peer.ProfileTerms
}

type myMatchesInput struct{ edge.Paging }

// MyMatchPath names a match of a peer.
type MyMatchPath struct {
	MatchID string `path:"matchId" format:"uuid"`
}

type answerPeerInput struct {
	MyMatchPath
	Body struct {
		Yes bool `json:"yes"`
	}
}

func asPeer(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "readPeerProfile", Method: http.MethodGet, Path: "/v1/me/peer-profile", Tags: tag, Summary: "What you share of yourself as a peer"},
		func(ctx context.Context, in *edge.Reading) (*edge.Tagged[peer.Profile], error) {
			v, err := a.Care.Peer.Profile(ctx, edge.ActorFrom(ctx))
			return door.VersionedUnless(*in, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "setPeerProfile", Method: http.MethodPut, Path: "/v1/me/peer-profile", Tags: tag, Summary: "Choose what patients may know of you as a peer"},
		func(ctx context.Context, in *setProfileInput) (*edge.Tagged[peer.Profile], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Peer.SetProfile(ctx, edge.ActorFrom(ctx), version, in.Body))
		})
	door.Register(a, huma.Operation{OperationID: "listMyPeerMatches", Method: http.MethodGet, Path: "/v1/me/peer-matches", Tags: tag, Summary: "Who asks you as a peer, and with whom you go"},
		func(ctx context.Context, in *myMatchesInput) (*edge.Answer[edge.List[peer.Match]], error) {
			return door.Paged(a.Care.Peer.Matches(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "answerPeerMatch", Method: http.MethodPost, Path: "/v1/me/peer-matches/{matchId}/answer", Tags: tag, DefaultStatus: http.StatusOK, Summary: "Say yes or no as a peer"},
		func(ctx context.Context, in *answerPeerInput) (*edge.Answer[peer.Match], error) {
			return edge.Answered(a.Care.Peer.Answer(ctx, edge.ActorFrom(ctx), in.MatchID, in.Body.Yes))
		})
	door.Register(a, huma.Operation{OperationID: "endPeerMatch", Method: http.MethodPost, Path: "/v1/me/peer-matches/{matchId}/end", Tags: tag, DefaultStatus: http.StatusOK, Summary: "End it as a peer, without a reason"},
		func(ctx context.Context, in *MyMatchPath) (*edge.Answer[peer.Match], error) {
			return edge.Answered(a.Care.Peer.EndAsPeer(ctx, edge.ActorFrom(ctx), in.MatchID))
		})
}
