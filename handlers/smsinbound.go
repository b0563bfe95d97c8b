package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/notify"
	"handrail/notify/sms"
)

type heardInput struct {
	Signed
	RawBody []byte
	Body    struct {
		From string `json:"from" minLength:"1" maxLength:"160" text:"phone" doc:"The number that wrote, E.164."`
		Text string `json:"text" maxLength:"4000" doc:"What it wrote. It is not kept."`
	}
}

// textBack is what the gateway does next.
type textBack struct {
	Action notify.Answer `json:"action" enum:"stop,start,help,other" doc:"How the text was understood."`
	Reply  string        `json:"reply" doc:"To send to that number, unless the carrier has answered by itself."`
}

// smsInbound registers the way in for what people answer to an SMS. Only the gateway
// knows the secret; a wrong signature gets one answer whatever is wrong with it.
func (a *API) smsInbound() {
	door.Register(a.API, huma.Operation{OperationID: "hearSMS", Method: http.MethodPost, Path: "/v1/sms/inbound", Tags: []string{"Reminders"}, Security: edge.Public,
		Summary:     "The SMS gateway hands on what came back: STOP, START, HELP",
		Description: "Signed as Standard Webhooks has it. STOP and START hold for the number, whoever has it in their settings. Nobody reads other texts, and the answer says so.",
		Errors:      []int{http.StatusUnauthorized, http.StatusNotFound, http.StatusTooManyRequests}, Middlewares: huma.Middlewares{a.PerAddress(webhookPace)}},
		func(ctx context.Context, in *heardInput) (*edge.Answer[textBack], error) {
			at, err := in.verified(a.config.SMSSecret, in.RawBody, a.config.Edge.Now())
			if err != nil {
				return nil, err
			}
			answer := sms.Read(in.Body.Text)
			reply, err := a.config.Notify.Heard(ctx, in.Body.From, answer, at)
			return edge.Answered(textBack{answer, reply.Body()}, err)
		})
}
