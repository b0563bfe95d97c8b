// Package referrals is what a patient needs beside care, the partners outside who help
// with it, and the portal in which a partner sees the referrals to it alone
// (docs/referrals.md).
package referrals

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/referrals"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/referral"
)

// Add registers the operations.
func Add(a *door.API) {
	needs(a)
	refer(a)
	follow(a)
	partners(a)
	portal(a)
}

var tag = []string{"Referrals"}

// ReferralPath names a referral of a patient.
type ReferralPath struct {
	door.PatientPath
	ReferralID string `path:"referralId" format:"uuid"`
}

type readSocialNeedsInput struct {
	door.PatientPath
	edge.Reading
}

type setSocialNeedsInput struct {
	door.PatientPath
	edge.Editing
	Body struct {
		Needs []referral.Asked `json:"needs"`
	}
}

func needs(a *door.API) {
	const path = "/v1/patients/{patientId}/social-needs"
	door.Register(a, huma.Operation{OperationID: "readSocialNeeds", Method: http.MethodGet, Path: path, Tags: tag, Summary: "What a patient needs beside care"},
		func(ctx context.Context, in *readSocialNeedsInput) (*edge.Tagged[referral.SocialNeeds], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.Referral.Needs(ctx)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a, huma.Operation{OperationID: "setSocialNeeds", Method: http.MethodPut, Path: path, Tags: tag, Summary: "Say it: the patient, or their team with them",
		Description: "Help that was not wanted before is a task of the team."},
		func(ctx context.Context, in *setSocialNeedsInput) (*edge.Tagged[referral.SocialNeeds], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Referral.SetNeeds(ctx, version, referral.SocialNeeds{Needs: in.Body.Needs}))
		})
}

type makeReferralInput struct {
	door.PatientPath
	edge.Creating
	Body newReferral
}

type newReferral struct {
	ID        string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
	PartnerID string `json:"partnerId" format:"uuid"`
	Need      string `json:"need"`
	Words     string `json:"words" text:"prose" doc:"What the partner is asked for. The patient reads it before they sign, and the partner after."`
	Name      bool   `json:"name,omitempty" doc:"The patient's name goes with it."`
	Phone     bool   `json:"phone,omitempty" doc:"Their phone number goes with it."`
	To        string `json:"to,omitempty" format:"uuid" doc:"Account that is asked to own it. Left out: you."`
}

type signReferralInput struct {
	ReferralPath
	Body referralSigning
}

type referralSigning struct {
	Until      time.Time          `json:"until" doc:"Until when the partner may see it; within a year."`
	Statements []models.Statement `json:"statements" enum:"revocation,redisclosure,refusal" maxItems:"3"`
	Signature  models.Signature   `json:"signature"`
}

type cancelReferralInput struct {
	ReferralPath
	Body struct {
		Words string `json:"words,omitempty" text:"prose" maxLength:"2000" doc:"Why. The patient and the team read it."`
	}
}

type tellReferralInput struct {
	ReferralPath
	Body struct {
		Helped string `json:"helped" enum:"yes,partly,no"`
		Words  string `json:"words,omitempty" text:"prose" maxLength:"2000"`
	}
}

const path = "/v1/patients/{patientId}/referrals"

func refer(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "makeReferral", Method: http.MethodPost, Path: path, Tags: tag, DefaultStatus: http.StatusCreated,
		Summary: "Write a referral down for the patient to sign", Description: "Nothing goes out before they do. `sent` of the answer is exactly what would."},
		func(ctx context.Context, in *makeReferralInput) (*edge.Answer[referrals.View], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			b := in.Body
			return edge.Answered(ch.Referral.Refer(ctx, id, referral.Order{PartnerID: b.PartnerID, Need: b.Need, Words: b.Words, Name: b.Name, Phone: b.Phone, To: b.To}))
		})
	door.Register(a, huma.Operation{OperationID: "signReferral", Method: http.MethodPost, Path: path + "/{referralId}/sign", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Sign that it goes out to this partner: the patient", Description: "It is a consent of its own, for this partner and exactly what the referral shows (42 CFR 2.31)."},
		func(ctx context.Context, in *signReferralInput) (*edge.Answer[referrals.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Referral.Sign(ctx, in.ReferralID, referrals.Signing(in.Body)))
		})
	door.Register(a, huma.Operation{OperationID: "cancelReferral", Method: http.MethodPost, Path: path + "/{referralId}/cancel", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Call it off; the partner sees it no more", Description: "When the patient does, the consent to it is taken back in the same step."},
		func(ctx context.Context, in *cancelReferralInput) (*edge.Answer[referrals.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Referral.Cancel(ctx, in.ReferralID, in.Body.Words))
		})
	door.Register(a, huma.Operation{OperationID: "tellReferral", Method: http.MethodPost, Path: path + "/{referralId}/told", Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Say in your own words what came of it: the patient"},
		func(ctx context.Context, in *tellReferralInput) (*edge.Answer[referrals.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Referral.Tell(ctx, in.ReferralID, in.Body.Helped, in.Body.Words))
		})
}

type listInput struct {
	door.PatientPath
	edge.Paging
}

func follow(a *door.API) {
	door.Register(a, huma.Operation{OperationID: "listReferrals", Method: http.MethodGet, Path: path, Tags: tag, Summary: "List the referrals of a patient, the newest first"},
		func(ctx context.Context, in *listInput) (*edge.Answer[edge.List[referrals.View]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Paged(ch.Referral.Referrals(ctx, in.Cursor, in.Limit))
		})
	door.Register(a, huma.Operation{OperationID: "readReferral", Method: http.MethodGet, Path: path + "/{referralId}", Tags: tag, Summary: "Read a referral"},
		func(ctx context.Context, in *ReferralPath) (*edge.Answer[referrals.View], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Referral.Referral(ctx, in.ReferralID))
		})
	door.Register(a, huma.Operation{OperationID: "readAround", Method: http.MethodGet, Path: "/v1/patients/{patientId}/around", Tags: tag, Summary: "Everything around a person: needs, team, family, partners"},
		func(ctx context.Context, in *door.PatientPath) (*edge.Answer[referrals.Around], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Referral.Around(ctx))
		})
}
