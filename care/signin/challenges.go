package signin

import (
	"context"
	"crypto/sha256"
	"time"

	"github.com/go-webauthn/webauthn/webauthn"
	"github.com/google/uuid"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// What a challenge is asked for. It answers nothing else.
const (
	toSignIn   = "sign-in"
	toRegister = "register"
	toStepUp   = "step-up"
)

const (
	// challengeLife is how long an answer to a challenge is taken. An offer on a screen
	// asks for a new one after challengeRenew: who presses meanwhile has the rest.
	challengeLife  = 15 * time.Minute
	challengeRenew = 5 * time.Minute
	// challengePrune is how many ended ones go whenever one is made: more than one, so
	// that they can't pile up.
	challengePrune = 4
)

// challenge is one that was given out and not yet answered. Any answer uses it up.
type challenge struct {
	For       string               `json:"for"`
	AccountID string               `json:"accountId,omitempty"` // whose, but for sign-in
	SessionID string               `json:"sessionId,omitempty"`
	Ceremony  webauthn.SessionData `json:"ceremony"`
	ExpiresAt time.Time            `json:"expiresAt"`
}

// The spaces of ids that are made from challenges and from what authenticators name
// their keys.
var (
	challengeSpace = uuid.MustParse("3f6f0c1c-94c5-8f5e-8d53-0b7d1a4c2e90")
	passkeySpace   = uuid.MustParse("a8c0ce55-7a0f-8a39-9a7d-2f8f6f6f1b11")
)

func challengeID(text string) string {
	return uuid.NewHash(sha256.New(), challengeSpace, []byte(text), 8).String()
}

// keepChallenge keeps one with its end, and takes some that have ended away.
func (c *Service) keepChallenge(ctx context.Context, ch challenge) error {
	now := c.now().UTC()
	ch.ExpiresAt = now.Add(challengeLife)
	doc, err := chart.Encode(challengeID(ch.Ceremony.Challenge), chart.OwnerSite, 0, store.Keys{"due": chart.Millis(ch.ExpiresAt)}, ch)
	if err != nil {
		return err
	}
	if err := c.store.Insert(ctx, chart.ColChallenges, doc); err != nil {
		return chart.Refusal(err)
	}
	old, err := c.store.Query(ctx, chart.ColChallenges, store.Query{Index: "due", To: chart.Millis(now), Limit: challengePrune, Unopened: true})
	for _, d := range old.Docs { // another instance may be faster
		if err := c.store.Delete(ctx, chart.ColChallenges, d.ID, d.Version); err != nil && models.KindOf(chart.Refusal(err)) == models.KindUnavailable {
			return chart.Refusal(err)
		}
	}
	return chart.Refusal(err)
}

// takeChallenge finds the challenge of an answer, with the op that uses it up: none
// for one that was never given, was answered, or has ended. ok: the answer may count.
func (c *Service) takeChallenge(ctx context.Context, text, purpose string, actor models.Actor) (ch challenge, use []store.Op, ok bool, err error) {
	found, err := chart.Load[challenge](ctx, c.store, chart.ColChallenges, challengeID(text))
	if models.KindOf(err) == models.KindNotFound {
		return ch, nil, false, nil
	}
	if err != nil {
		return ch, nil, false, err
	}
	ch = found.Value
	use = []store.Op{store.Delete(chart.ColChallenges, challengeID(text), found.Version)}
	ok = ch.For == purpose && ch.AccountID == actor.AccountID && ch.SessionID == actor.SessionID && c.now().Before(ch.ExpiresAt)
	return ch, use, ok, nil
}
