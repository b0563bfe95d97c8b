package referrals

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/referrals"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models/referral"
)

// PartnerPath names a partner.
type PartnerPath struct {
	PartnerID string `path:"partnerId" format:"uuid"`
}

type listPartnersInput struct{ edge.Paging }

type readPartnerInput struct {
	PartnerPath
	edge.Reading
}

type addPartnerInput struct {
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		referral.PartnerTerms
	}
}

type setPartnerInput struct {
	PartnerPath
	edge.Editing
	Body struct {
		referral.PartnerTerms
		Ended bool `json:"ended,omitempty" doc:"It works with the clinic no more: it sees nothing from now on, and its open referrals are called off."`
	}
}

func partners(a *door.API) {
	const path = "/v1/partners"
	door.Register(a, huma.Operation{OperationID: "listPartners", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List the partners of the clinic: for those who work here"},
		func(ctx context.Context, in *listPartnersInput) (*edge.Answer[edge.List[referrals.PartnerView]], error) {
			return door.Paged(a.Care.Referral.Partners(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "readPartner", Method: http.MethodGet, Path: path + "/{partnerId}", Tags: tag, Summary: "Read a partner"},
		func(ctx context.Context, in *readPartnerInput) (*edge.Tagged[referrals.PartnerView], error) {
			v, err := a.Care.Referral.Partner(ctx, edge.ActorFrom(ctx), in.PartnerID)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "addPartner", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated, Summary: "Add a partner: the office"},
		func(ctx context.Context, in *addPartnerInput) (*edge.Tagged[referrals.PartnerView], error) {
			id, err := in.NewID(ctx, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Referral.AddPartner(ctx, edge.ActorFrom(ctx), id, in.Body.PartnerTerms))
		})
	door.Register(a, huma.Operation{OperationID: "setPartner", Method: http.MethodPut, Path: path + "/{partnerId}", Tags: tag, Summary: "Change a partner, or let it go: the office"},
		func(ctx context.Context, in *setPartnerInput) (*edge.Tagged[referrals.PartnerView], error) {
			version, err := in.Version()
			if err != nil {
				return nil, err
			}
			return door.Versioned(a.Care.Referral.SetPartner(ctx, edge.ActorFrom(ctx), version, in.PartnerID, in.Body.PartnerTerms, in.Body.Ended))
		})
}

// OwnPath names a referral to the caller's organisation. An id that is none is not found.
type OwnPath struct {
	ReferralID string `path:"referralId" maxLength:"64"`
}

type listOwnInput struct{ edge.Paging }

type partnerMoveInput struct {
	OwnPath
	Body partnerMove
}

type partnerMove struct {
	Status    referral.Status `json:"status"`
	Words     string          `json:"words,omitempty" text:"prose" doc:"Needed for a no, a pause and an end. The patient and their team read it."`
	BookedFor *time.Time      `json:"bookedFor,omitempty" doc:"When the person can come; within a year."`
	Attended  *bool           `json:"attended,omitempty" doc:"Whether they came. Needed to complete it."`
}

func portal(a *door.API) {
	const path = "/v1/partner/referrals"
	door.Register(a, huma.Operation{OperationID: "listPartnerReferrals", Method: http.MethodGet, Path: path, Tags: tag, Summary: "Partner's portal: what you are asked for, without the persons"},
		func(ctx context.Context, in *listOwnInput) (*edge.Answer[edge.List[referral.Line]], error) {
			return door.Paged(a.Care.Referral.PartnerReferrals(ctx, edge.ActorFrom(ctx), in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "readPartnerReferral", Method: http.MethodGet, Path: path + "/{referralId}", Tags: tag, Summary: "Partner's portal: read one referral",
		Description: "Only what the patient signed. One that was taken back is not found, like one that never was."},
		func(ctx context.Context, in *OwnPath) (*edge.Answer[referral.ForPartner], error) {
			return edge.Answered(a.Care.Referral.PartnerReferral(ctx, edge.ActorFrom(ctx), in.ReferralID))
		})
	door.Register(a, huma.Operation{OperationID: "movePartnerReferral", Method: http.MethodPost, Path: path + "/{referralId}/status", Tags: tag, DefaultStatus: http.StatusOK, Summary: "Partner's portal: yes or no, a date, and what came of it"},
		func(ctx context.Context, in *partnerMoveInput) (*edge.Answer[referral.ForPartner], error) {
			return edge.Answered(a.Care.Referral.PartnerMove(ctx, edge.ActorFrom(ctx), in.ReferralID, referral.Move(in.Body)))
		})
}
