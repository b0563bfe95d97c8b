package handlers

import (
	"context"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"handrail/handlers/door"
	"handrail/handlers/edge"
)

type unsubscribeInput struct {
	Token string `path:"token" minLength:"1" maxLength:"200" doc:"As the mail has it. It is the proof."`
}

type confirmInput struct {
	Body struct {
		Token string `json:"token" minLength:"1" maxLength:"200" doc:"The part of the link after the #."`
	}
}

// How often one address may follow links of mails: mail services ask for many.
var linkPace = edge.Pace{Every: time.Second, Burst: 120}

// mailSteps registers what the links of mails do. They are POST alone: what scans
// mail follows every link with GET. The log holds the pattern of a path, so the
// tokens are not in it.
func (a *API) mailSteps() {
	tag := []string{"Reminders"}
	limited := huma.Middlewares{a.PerAddress(linkPace)}
	door.Register(a.API, huma.Operation{OperationID: "unsubscribe", Method: http.MethodPost, Path: "/v1/unsubscribe/{token}", Tags: tag, Security: edge.Public, DefaultStatus: http.StatusNoContent,
		Summary: "No e-mail any more, with one click (RFC 8058)", Middlewares: limited, Errors: []int{http.StatusGone, http.StatusTooManyRequests},
		Description: "Whatever body a mail program sends is not looked at."},
		func(ctx context.Context, in *unsubscribeInput) (*struct{}, error) {
			return nil, a.config.Notify.Unsubscribe(ctx, in.Token)
		})
	door.Register(a.API, huma.Operation{OperationID: "confirmEmail", Method: http.MethodPost, Path: "/v1/email-confirmations", Tags: tag, Security: edge.Public, DefaultStatus: http.StatusNoContent,
		Summary: "Say that a mail has come: reminders may go there", Middlewares: limited, Errors: []int{http.StatusGone, http.StatusTooManyRequests}},
		func(ctx context.Context, in *confirmInput) (*struct{}, error) {
			return nil, a.config.Notify.ConfirmEmail(ctx, in.Body.Token)
		})
}
