// Package news is what reaches people beside their chart: calls for help to supporters
// and their answers, guests of visits, and how a patient may be called (docs/news.md).
package news

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/care/promises"
	"handrail/care/visits"
	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
)

// api is the API, as far as news asks it.
type api struct{ *door.API }

// Add registers the operations.
func Add(to *door.API) {
	a := &api{to}
	a.calls()
	a.guests()
	a.callWish()
}

// CalledAlertPath names an alert.
type CalledAlertPath struct {
	AlertID string `path:"alertId" format:"uuid"`
}

type helpPeopleInput struct {
	CalledAlertPath
	edge.Pieces
}

type helpAskInput struct {
	CalledAlertPath
	Body struct {
		AccountID string `json:"accountId" format:"uuid" doc:"Of the list."`
	}
}

type helpAnswerInput struct {
	CallID string `path:"callId" format:"uuid"`
	Body   struct {
		Answer promises.Answer `json:"answer" enum:"reached,cant-reach,in-danger"`
	}
}

// calls registers calls for help, for who answers for an alert and for who was called.
func (a *api) calls() {
	tag := []string{"Alerts"}
	const path = "/v1/alerts/{alertId}/help-calls"
	door.Register(a.API, huma.Operation{OperationID: "listHelpCalls", Method: http.MethodGet, Path: path, Tags: tag,
		Summary: "Whom the patient promised a call for help, and what they said"},
		func(ctx context.Context, in *helpPeopleInput) (*edge.Answer[edge.List[promises.Person]], error) {
			all, err := a.Care.Promises.People(ctx, edge.ActorFrom(ctx), in.AlertID)
			return edge.Pieced(in.Pieces, all, func(p promises.Person) string { return p.AccountID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "askForHelp", Method: http.MethodPost, Path: path, Tags: tag,
		Summary: "Call one of them, by the way and in the words that the patient signed; once for an alert"},
		func(ctx context.Context, in *helpAskInput) (*edge.Answer[promises.Call], error) {
			return edge.Answered(a.Care.Promises.Ask(ctx, edge.ActorFrom(ctx), in.AlertID, in.Body.AccountID))
		})
	tag = []string{"Reminders"}
	door.Register(a.API, huma.Operation{OperationID: "listMyHelpCalls", Method: http.MethodGet, Path: "/v1/me/help-calls", Tags: tag,
		Summary: "Calls for help to you, of the last two days, newest first"},
		func(ctx context.Context, in *edge.Pieces) (*edge.Answer[edge.List[promises.Asked]], error) {
			all, err := a.Care.Promises.Own(ctx, edge.ActorFrom(ctx))
			return edge.Pieced(*in, all, func(c promises.Asked) string { return c.ID }, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "answerHelpCall", Method: http.MethodPut, Path: "/v1/me/help-calls/{callId}/answer", Tags: tag,
		Summary: "Say what you found out; the care team is told at once"},
		func(ctx context.Context, in *helpAnswerInput) (*edge.Answer[promises.Asked], error) {
			return edge.Answered(a.Care.Promises.Answer(ctx, edge.ActorFrom(ctx), in.CallID, in.Body.Answer))
		})
}

// GuestVisitPath names a visit of a chart.
type GuestVisitPath struct {
	door.PatientPath
	AppointmentID string `path:"appointmentId" format:"uuid"`
}

type possibleGuestsInput struct {
	door.PatientPath
	edge.Pieces
}

type visitGuestPath struct {
	GuestVisitPath
	AccountID string `path:"accountId" format:"uuid"`
}

// guests registers who can be invited to visits.
func (a *api) guests() {
	tag := []string{"Scheduling"}
	door.Register(a.API, huma.Operation{OperationID: "listPossibleGuests", Method: http.MethodGet, Path: "/v1/patients/{patientId}/possible-guests", Tags: tag,
		Summary: "Family and friends who may see when visits are, and can be invited"},
		func(ctx context.Context, in *possibleGuestsInput) (*edge.Answer[edge.List[visits.PossibleGuest]], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			all, err := ch.Visits.PossibleGuests(ctx)
			return edge.Pieced(in.Pieces, all, func(g visits.PossibleGuest) string { return g.AccountID }, err)
		})
	const path = "/v1/patients/{patientId}/appointments/{appointmentId}/guests/{accountId}"
	door.Register(a.API, huma.Operation{OperationID: "inviteGuest", Method: http.MethodPut, Path: path, Tags: tag,
		Summary: "Invite somebody who need not come; the visit waits for no answer"},
		func(ctx context.Context, in *visitGuestPath) (*edge.Tagged[visits.VisitView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.InviteGuest(ctx, in.AppointmentID, in.AccountID))
		})
	door.Register(a.API, huma.Operation{OperationID: "removeGuest", Method: http.MethodDelete, Path: path, Tags: tag, DefaultStatus: http.StatusOK,
		Summary: "Take somebody off who was invited"},
		func(ctx context.Context, in *visitGuestPath) (*edge.Tagged[visits.VisitView], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.Visits.RemoveGuest(ctx, in.AppointmentID, in.AccountID))
		})
}

type readCallWishInput struct {
	door.PatientPath
	edge.Reading
}

type setCallWishInput struct {
	door.PatientPath
	edge.Editing
	Body models.CallWish
}

// callWish registers how and when a patient may be called.
func (a *api) callWish() {
	tag := []string{"Patients"}
	const path = "/v1/patients/{patientId}/call-wish"
	door.Register(a.API, huma.Operation{OperationID: "readCallWish", Method: http.MethodGet, Path: path, Tags: tag, Summary: "How and when the patient may be called"},
		func(ctx context.Context, in *readCallWishInput) (*edge.Tagged[models.CallWish], error) {
			ch, err := a.Open(ctx, in.PatientID)
			if err != nil {
				return nil, err
			}
			v, err := ch.People.CallWish(ctx)
			return door.VersionedUnless(in.Reading, v, err)
		})
	door.Register(a.API, huma.Operation{OperationID: "setCallWish", Method: http.MethodPut, Path: path, Tags: tag, Summary: "Say how and when you may be called"},
		func(ctx context.Context, in *setCallWishInput) (*edge.Tagged[models.CallWish], error) {
			ch, version, err := a.Edit(ctx, in.PatientID, in.Editing)
			if err != nil {
				return nil, err
			}
			return door.Versioned(ch.People.SetCallWish(ctx, version, in.Body))
		})
}
