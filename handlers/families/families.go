// Package families is the place beside a patient that the patient controls: whom they
// invite, what somebody would see, and what is a supporter's own (docs/families.md).
package families

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/families"
	"handrail/care/people"
	"handrail/care/signin"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/models/crisisplan"
	"handrail/models/family"
)

// api is the API, as far as families ask it.
type api struct{ *door.API }

// Add registers the operations.
func Add(to *door.API) {
	a := &api{to}
	a.invitations()
	a.arriving()
	a.circle()
	a.pages()
	a.supporting()
	a.own()
	a.goals()
	a.proposals()
}

// tags are where the document shows these operations.
var tags = []string{"Family and friends"}

type inviteSupporterInput struct {
	door.PatientPath
	edge.Creating
	Body struct {
		ID string `json:"id,omitempty" format:"uuid" doc:"Made by the client."`
		family.InvitationTerms
	}
}

type invitationPath struct {
	door.PatientPath
	InvitationID string `path:"invitationId" format:"uuid"`
}

type piecesOfPatient struct {
	door.PatientPath
	edge.Pieces
}

func (a *api) invitations() {
	const path = "/v1/patients/{patientId}/invitations"
	door.Register(a.API, huma.Operation{OperationID: "inviteSupporter", Method: http.MethodPost, Path: path, Tags: tags, DefaultStatus: http.StatusCreated,
		Summary: "Invite family or a friend: a code, a link and a QR code, shown here alone"},
		func(ctx context.Context, in *inviteSupporterInput) (*edge.Answer[families.Invited], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Family.Invite(ctx, id, in.Body.InvitationTerms))
		})
	door.Register(a.API, huma.Operation{OperationID: "listInvitations", Method: http.MethodGet, Path: path, Tags: tags, Summary: "List open invitations, the newest first"},
		func(ctx context.Context, in *piecesOfPatient) (*edge.Answer[edge.List[families.InvitationView]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Family.Invitations(ctx)
			return edge.Pieced(in.Pieces, found, func(v families.InvitationView) string { return v.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "cancelInvitation", Method: http.MethodDelete, Path: path + "/{invitationId}", Tags: tags,
		DefaultStatus: http.StatusNoContent, Summary: "Take an open invitation back"},
		func(ctx context.Context, in *invitationPath) (*struct{}, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return nil, ch.Family.CancelInvitation(ctx, in.InvitationID)
		})
}

type readInvitationInput struct {
	Body struct {
		Code string `json:"code" minLength:"1" maxLength:"64" doc:"In any case, with or without dashes."`
	}
}

type takeInvitationInput struct {
	door.Proved
	Body struct {
		Code     string        `json:"code" minLength:"1" maxLength:"64" doc:"In any case, with or without dashes."`
		Agreed   bool          `json:"agreed" doc:"They read what both agree to, and say yes."`
		Name     string        `json:"name" minLength:"1" maxLength:"200" doc:"Theirs. The patient reads it."`
		Zone     string        `json:"zone,omitempty" maxLength:"64" doc:"IANA name. The clinic's when left out."`
		Language string        `json:"language,omitempty" maxLength:"35" doc:"BCP 47. The clinic's when left out."`
		Country  string        `json:"country,omitempty" maxLength:"2" doc:"ISO 3166-1. The clinic's when left out."`
		Device   models.Device `json:"device"`
	}
}

type joinInvitationInput struct {
	Body struct {
		Code   string `json:"code" minLength:"1" maxLength:"64" doc:"In any case, with or without dashes."`
		Agreed bool   `json:"agreed" doc:"They read what both agree to, and say yes."`
	}
}

// pace is how often one address may try a code: a family shares one. What keeps codes
// from being guessed is the limit on each of them.
var pace = edge.Pace{Every: time.Second, Burst: 300}

func (a *api) arriving() {
	open := func(op huma.Operation) huma.Operation {
		op.Method, op.Tags, op.Security = http.MethodPost, tags, edge.Public
		op.Middlewares, op.Errors = huma.Middlewares{a.PerAddress(pace)}, []int{http.StatusTooManyRequests, http.StatusUnauthorized}
		return op
	}
	door.Register(a.API, open(huma.Operation{OperationID: "readInvitation", Path: "/v1/auth/invitations/read",
		Summary:     "What the holder of a code is asked",
		Description: "It says who invites by the name that they chose, and nothing of a clinic. A wrong code counts as a guess; five end an invitation."}),
		func(ctx context.Context, in *readInvitationInput) (*edge.Answer[family.Offer], error) {
			return edge.Answered(a.Care.Family.Offer(ctx, edge.AddressFrom(ctx), in.Body.Code))
		})
	door.Register(a.API, open(huma.Operation{OperationID: "takeInvitation", Path: "/v1/auth/invitations/take", DefaultStatus: http.StatusCreated,
		Summary: "Take an invitation: it makes an account and signs this device in"}),
		func(ctx context.Context, in *takeInvitationInput) (*door.SignedIn, error) {
			b := in.Body
			return a.Proven(ctx, func(key string) (signin.SignedIn, error) {
				b.Device.Key = key
				return a.Care.Family.Arrive(ctx, edge.AddressFrom(ctx), families.Arrival{Code: b.Code, Agreed: b.Agreed,
					Name: b.Name, Zone: b.Zone, Language: b.Language, Country: b.Country, Device: b.Device})
			})
		})
	door.Register(a.API, huma.Operation{OperationID: "joinInvitation", Method: http.MethodPost, Path: "/v1/me/supporting", Tags: tags, DefaultStatus: http.StatusCreated,
		Middlewares: huma.Middlewares{a.PerAddress(pace)}, Errors: []int{http.StatusTooManyRequests}, Summary: "Take an invitation with the account that you have"},
		func(ctx context.Context, in *joinInvitationInput) (*edge.Answer[families.Supporting], error) {
			return edge.Answered(a.Care.Family.Join(ctx, edge.ActorFrom(ctx), edge.AddressFrom(ctx), in.Body.Code, in.Body.Agreed))
		})
}

// SupporterPath names somebody of a patient's circle.
type SupporterPath struct {
	door.PatientPath
	AccountID string `path:"accountId" format:"uuid"`
}

type agreementWords struct {
	Number int      `json:"number" minimum:"0" maximum:"100000" doc:"Of the words that you read; 0: there were none."`
	Words  []string `json:"words" doc:"One sentence each. They hold when both have said yes."`
}

type agreementYes struct {
	Number int `json:"number" minimum:"1" maximum:"100000" doc:"Of the words that you read."`
}

type proposeAgreementInput struct {
	SupporterPath
	Body agreementWords
}

type acceptAgreementInput struct {
	SupporterPath
	Body agreementYes
}

type previewSharingInput struct {
	door.PatientPath
	Body struct {
		AccountID    string               `json:"accountId,omitempty" format:"uuid" doc:"Of the circle. Left out: somebody who is not here yet."`
		Scopes       []models.Scope       `json:"scopes,omitempty" maxItems:"20" doc:"That you think of giving, beside what is given."`
		PlanSections []crisisplan.Section `json:"planSections,omitempty" maxItems:"20" doc:"That they would see of the plan. Left out: those that they see now."`
	}
}

type renewConsentInput struct {
	door.PatientPath
	edge.Creating
	ConsentID string `path:"consentId" format:"uuid"`
	Body      struct {
		ID         string             `json:"id,omitempty" format:"uuid" doc:"Of the new consent, made by the client."`
		Statements []models.Statement `json:"statements" maxItems:"3" doc:"The statements that were shown and accepted."`
		Signature  models.Signature   `json:"signature"`
		Words      *models.ReadWords  `json:"words,omitempty" doc:"As for a new consent."`
	}
}

func (a *api) circle() {
	const path = "/v1/patients/{patientId}/supporters"
	door.Register(a.API, huma.Operation{OperationID: "listSupporters", Method: http.MethodGet, Path: path, Tags: tags,
		Summary: "Who is in your circle, what you agreed to and what each of them may see"},
		func(ctx context.Context, in *piecesOfPatient) (*edge.Answer[edge.List[families.SupporterView]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			found, err := ch.Family.Supporters(ctx)
			return edge.Pieced(in.Pieces, found, func(v families.SupporterView) string { return v.AccountID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "removeSupporter", Method: http.MethodDelete, Path: path + "/{accountId}", Tags: tags,
		DefaultStatus: http.StatusNoContent, Summary: "Take somebody out of your circle; all that they see ends now, and they are not told"},
		func(ctx context.Context, in *SupporterPath) (*struct{}, error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return nil, ch.Family.Remove(ctx, in.AccountID)
		})
	door.Register(a.API, huma.Operation{OperationID: "proposeAgreement", Method: http.MethodPut, Path: path + "/{accountId}/agreement", Tags: tags,
		Summary: "Write what you and somebody agree to; it holds when they say yes"},
		func(ctx context.Context, in *proposeAgreementInput) (*edge.Answer[models.Agreement], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Family.ProposeWords(ctx, in.AccountID, in.Body.Number, in.Body.Words))
		})
	door.Register(a.API, huma.Operation{OperationID: "acceptAgreement", Method: http.MethodPost, Path: path + "/{accountId}/agreement/yes", Tags: tags,
		DefaultStatus: http.StatusOK, Summary: "Say yes to what the other wrote"},
		func(ctx context.Context, in *acceptAgreementInput) (*edge.Answer[models.Agreement], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Family.AgreeWords(ctx, in.AccountID, in.Body.Number))
		})
	door.Register(a.API, huma.Operation{OperationID: "previewSharing", Method: http.MethodPost, Path: "/v1/patients/{patientId}/sharing-preview", Tags: tags,
		DefaultStatus: http.StatusOK, Summary: "What somebody would see: the same answers that they would get"},
		func(ctx context.Context, in *previewSharingInput) (*edge.Answer[families.SharingPreview], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.Family.Preview(ctx, families.PreviewAsk{AccountID: in.Body.AccountID, Scopes: in.Body.Scopes, PlanSections: in.Body.PlanSections}))
		})
	door.Register(a.API, huma.Operation{OperationID: "renewConsent", Method: http.MethodPost, Path: "/v1/patients/{patientId}/consents/{consentId}/renewal",
		Tags: tags, DefaultStatus: http.StatusCreated, Summary: "Sign once more for 180 days what family or a friend may see"},
		func(ctx context.Context, in *renewConsentInput) (*edge.Answer[people.ConsentView], error) {
			ch, id, err := a.Create(ctx, in.PatientID, in.Creating, in.Body.ID)
			if err != nil {
				return nil, err
			}
			return edge.Answered(ch.People.RenewConsent(ctx, in.ConsentID, id, in.Body.Statements, in.Body.Signature, in.Body.Words))
		})
}
