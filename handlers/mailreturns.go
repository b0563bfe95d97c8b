package handlers

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
	"handrail/models"
	"handrail/notify"
	"handrail/notify/mail"
)

type mailReturnInput struct {
	Signed
	RawBody []byte
	Body    struct {
		Message []byte `json:"message" minLength:"1" doc:"The mail as it came (RFC 5322), in base64; 256 kB at most before that. It is not kept."`
	}
}

// mailReturn is how a mail that came back was understood. It says nothing of whether the
// address is known.
type mailReturn struct {
	Outcome string `json:"outcome" enum:"gone,failed,none" doc:"gone: the report says that the mailbox is not there. failed: that this mail did not arrive. none: it is no report of a mail of ours that failed, such as one of a delay."`
}

// mailReturns registers the way in for mails that come back later (RFC 3464). Only the
// clinic's mail host knows the secret.
func (a *API) mailReturns() {
	door.Register(a.API, huma.Operation{OperationID: "returnMail", Method: http.MethodPost, Path: "/v1/mail/returns", Tags: []string{"Reminders"}, Security: edge.Public,
		Summary:     "The mail host hands on a mail that came back: a delivery status notification",
		Description: "`handrail bounce` signs and sends it. A report says something only of the mail whose envelope sender it went to. The same again is once.",
		Errors:      []int{http.StatusUnauthorized, http.StatusNotFound, http.StatusTooManyRequests}, Middlewares: huma.Middlewares{a.PerAddress(webhookPace)}},
		func(ctx context.Context, in *mailReturnInput) (*edge.Answer[mailReturn], error) {
			if _, err := in.verified(a.config.ReturnSecret, in.RawBody, a.config.Edge.Now()); err != nil {
				return nil, err
			}
			report, err := mail.ReadReport(in.Body.Message)
			if err != nil {
				return nil, &models.Error{Kind: models.KindInvalid, Code: "invalid-input", Text: "Some of what was sent can't be used. See the fields.",
					Fields: []models.FieldError{{Field: "message", Code: "no-mail", Text: "This is no e-mail, or it is longer than 256 kB."}}}
			}
			if !report.About() {
				return edge.Answered(mailReturn{"none"}, nil)
			}
			outcome := "failed"
			if report.Late.Outcome == notify.Gone {
				outcome = "gone"
			}
			return edge.Answered(mailReturn{outcome}, a.config.Notify.MailReturned(ctx, report.Token, report.Late))
		})
}
