package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/notify"
)

type smsReportInput struct {
	Signed
	RawBody []byte
	Body    struct {
		ID     string `json:"id" format:"uuid" doc:"The webhook-id that the text came with."`
		To     string `json:"to" minLength:"1" maxLength:"160" text:"phone" doc:"The number that it was for, E.164."`
		Status string `json:"status" enum:"delivered,undelivered,gone" doc:"delivered: the phone has it. undelivered: it did not arrive this time. gone: the number takes no texts, as with 410."`
		Code   string `json:"code,omitempty" maxLength:"20" pattern:"^[A-Za-z0-9._-]*$" doc:"The carrier's own code, for the trail."`
	}
}

var smsReports = map[string]notify.Outcome{"delivered": notify.Accepted, "undelivered": notify.Permanent, "gone": notify.Gone}

// smsReport registers the way in for what a carrier says later of a text.
func (a *API) smsReport() {
	door.Register(a.API, huma.Operation{OperationID: "reportSMS", Method: http.MethodPost, Path: "/v1/sms/reports", Tags: []string{"Reminders"}, Security: edge.Public,
		DefaultStatus: http.StatusNoContent, Summary: "The SMS gateway hands on the carrier's delivery report of a text",
		Description: "Signed as Standard Webhooks has it. A text that is not known, and one to a number that its owner has changed since, is answered alike. The same again is once.",
		Errors:      []int{http.StatusUnauthorized, http.StatusNotFound, http.StatusTooManyRequests}, Middlewares: huma.Middlewares{a.PerAddress(webhookPace)}},
		func(ctx context.Context, in *smsReportInput) (*struct{}, error) {
			if _, err := in.verified(a.config.SMSSecret, in.RawBody, a.config.Edge.Now()); err != nil {
				return nil, err
			}
			return nil, a.config.Notify.SMSReported(ctx, in.Body.ID, in.Body.To, notify.Late{Outcome: smsReports[in.Body.Status], Code: in.Body.Code})
		})
}
