package handlers

import (
	"time"

	"handrail/handlers/edge"
	"handrail/models"
	"handrail/notify/webhook"
)

// Signed is what a program of the clinic beside this one signs. Huma fills exported parts only.
type Signed struct {
	ID         string `header:"webhook-id" maxLength:"256" doc:"Of the message that came, the same when it is sent again."`
	Timestamp  string `header:"webhook-timestamp" maxLength:"20" doc:"Unix seconds of the signing; refused when it is 5 minutes away."`
	Signatures string `header:"webhook-signature" maxLength:"1000" doc:"v1, and the base64 of HMAC-SHA256 over webhook-id.webhook-timestamp.body, with the shared secret."`
}

// verified gives the time of signing. Without a secret nothing comes in; a wrong signature
// gets one answer whatever is wrong with it.
func (in Signed) verified(secret, body []byte, now time.Time) (time.Time, error) {
	if len(secret) == 0 {
		return time.Time{}, models.NotFound()
	}
	at, err := webhook.Verify(secret, in.ID, in.Timestamp, in.Signatures, body, now)
	if err != nil {
		return time.Time{}, models.E(models.KindUnsigned, "signature-not-valid", "This request is not signed as it must be.")
	}
	return at, nil
}

// How fast a program beside this one may hand on: every word counts, and what is refused
// comes again.
var webhookPace = edge.Pace{Every: 20 * time.Millisecond, Burst: 1000}
