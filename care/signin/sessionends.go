package signin

import (
	"context"
	"errors"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// ErrSignedOut is the one answer to a token that does not hold any more, and to
// one that never did. A device keeps what it has.
func ErrSignedOut() error {
	return models.E(models.KindUnsigned, "sign-in-ended", "You are signed out. Please sign in again.")
}

// endTexts are what a device is told that must forget its person.
var endTexts = map[string]string{
	models.EndByOwner:      "This device was signed out by its owner. Nothing is kept on it.",
	models.EndReportedLost: "This device was reported lost. Nothing is kept on it.",
	models.EndGivenBack:    "This device was given back. Nothing is kept on it.",
	models.EndSharedDevice: "This device is shared. Nothing is kept on it.",
	models.EndErased:       "This record was erased. Nothing is kept on this device.",
}

// errEnded is the answer to who holds a session that has ended: a word that wipes
// the device, or that it is signed out.
func errEnded(why string) error {
	if word, wipes := models.WipesDevice(why); wipes {
		return models.E(models.KindUnsigned, word, endTexts[word])
	}
	return ErrSignedOut()
}

// unlessDown keeps a store's failure from looking like a sign-out.
func unlessDown(err, otherwise error) error {
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	return otherwise
}

// sessionEnd is what stays of the session of somebody who was erased, so that their
// phone can be told. It names nobody.
type sessionEnd struct {
	Why string    `json:"why"`
	At  time.Time `json:"at"`
	refreshChain
}

// notLive is the answer to the proven holder of a session that lets nobody in. err
// is what reading the session gave.
func (c *Service) notLive(ctx context.Context, id string, s models.Session, err error) error {
	if models.KindOf(err) == models.KindNotFound {
		end, err := chart.Load[sessionEnd](ctx, c.store, chart.ColSessionEnds, id)
		return unlessDown(err, errEnded(end.Value.Why))
	}
	if err != nil {
		return err
	}
	return errEnded(s.EndedWhy)
}

// notLiveTo is notLive for who comes with a refresh token.
func (c *Service) notLiveTo(ctx context.Context, h held, s models.Session, err error) error {
	var erased sessionEnd
	if models.KindOf(err) == models.KindNotFound {
		end, err := chart.Load[sessionEnd](ctx, c.store, chart.ColSessionEnds, h.session)
		if err != nil {
			return unlessDown(err, ErrSignedOut())
		}
		erased, s.EndedWhy = end.Value, end.Value.Why
	} else if err != nil {
		return err
	}
	ok, err := c.proven(ctx, h, erased)
	if err != nil || !ok {
		return unlessDown(err, ErrSignedOut())
	}
	return errEnded(s.EndedWhy)
}

// rememberErased leaves a word for every device that a person ever had: also one
// whose session ended otherwise may hold their crisis plan.
func (c *Service) rememberErased(ctx context.Context, accountID string) error {
	q := store.Query{Index: "account", Equal: []any{accountID}, Limit: 100}
	for {
		page, err := chart.List[models.Session](ctx, c.store, chart.ColSessions, q)
		if err != nil {
			return err
		}
		for _, s := range page.Items {
			if err := c.rememberEnd(ctx, s.Value.ID, models.EndErased); err != nil {
				return err
			}
		}
		if page.Next == "" {
			return nil
		}
		q.Cursor = page.Next
	}
}

func (c *Service) rememberEnd(ctx context.Context, sessionID, why string) error {
	r, err := chart.Load[refreshState](ctx, c.store, chart.ColRefresh, sessionID)
	if err != nil && models.KindOf(err) != models.KindNotFound {
		return err
	}
	doc, err := chart.Encode(sessionID, chart.OwnerSite, 0, nil, sessionEnd{why, c.now().UTC(), r.Value.refreshChain})
	if err != nil {
		return err
	}
	if err = c.store.Insert(ctx, chart.ColSessionEnds, doc); errors.Is(err, store.ErrExists) {
		return nil
	}
	return chart.Refusal(err)
}
