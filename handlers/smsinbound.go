package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/edge"
	"handrail/models"
	"handrail/notify"
	"handrail/notify/sms"
)

type heardInput struct {
	ID         string `header:"webhook-id" maxLength:"256" doc:"Of the message that came, the same when it is sent again."`
	Timestamp  string `header:"webhook-timestamp" maxLength:"20" doc:"Unix seconds of the signing; refused when it is 5 minutes away."`
	Signatures string `header:"webhook-signature" maxLength:"1000" doc:"v1, and the base64 of HMAC-SHA256 over webhook-id.webhook-timestamp.body, with the secret shared with the gateway."`
	RawBody    []byte
	Body       struct {
		From string `json:"from" minLength:"1" maxLength:"160" text:"phone" doc:"The number that wrote, E.164."`
		Text string `json:"text" maxLength:"4000" doc:"What it wrote. It is not kept."`
	}
}

// How fast a gateway may hand on: every STOP counts, and what is refused comes again.
var heardPace = edge.Pace{Every: 20 * time.Millisecond, Burst: 1000}

// textBack is what the gateway does next.
type textBack struct {
	Action notify.Answer `json:"action" enum:"stop,start,help,other" doc:"How the text was understood."`
	Reply  string        `json:"reply" doc:"To send to that number, unless the carrier has answered by itself."`
}

// smsInbound registers the way in for what people answer to an SMS. Only the gateway
// knows the secret; a wrong signature gets one answer whatever is wrong with it.
func (a *API) smsInbound() {
	register(a, huma.Operation{OperationID: "hearSMS", Method: http.MethodPost, Path: "/v1/sms/inbound", Tags: []string{"Reminders"}, Security: edge.Public,
		Summary:     "The SMS gateway hands on what came back: STOP, START, HELP",
		Description: "Signed as Standard Webhooks has it. STOP and START hold for the number, whoever has it in their settings. Nobody reads other texts, and the answer says so.",
		Errors:      []int{http.StatusUnauthorized, http.StatusNotFound, http.StatusTooManyRequests}, Middlewares: huma.Middlewares{a.PerAddress(heardPace)}},
		func(ctx context.Context, in *heardInput) (*edge.Answer[textBack], error) {
			if len(a.config.SMSSecret) == 0 {
				return nil, models.NotFound()
			}
			at, err := sms.Verify(a.config.SMSSecret, in.ID, in.Timestamp, in.Signatures, in.RawBody, a.config.Edge.Now())
			if err != nil {
				return nil, models.E(models.KindUnsigned, "signature-not-valid", "This request is not signed as it must be.")
			}
			answer := sms.Read(in.Body.Text)
			reply, err := a.config.Notify.Heard(ctx, in.Body.From, answer, at)
			return edge.Answered(textBack{answer, reply.Body()}, err)
		})
}
