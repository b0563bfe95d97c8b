package sso

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// heardLogout is a provider's word that somebody signed out there, kept for as long as a
// sign-in can be under way that began before it: the session that comes of that ends too.
type heardLogout struct {
	Issued  time.Time `json:"issued"` // by the provider's clock, in whole seconds
	At      time.Time `json:"at"`     // by ours
	Subject string    `json:"subject,omitempty"`
	Until   time.Time `json:"until"`
}

func heardID(of string) string { return hashed("heard", of) }

// noteLogout is done before sessions are looked for. A sign-in looks for it after it has
// made its session: one of the two finds the other.
func (c *Service) noteLogout(ctx context.Context, p Provider, out Logout) error {
	now := c.now().UTC()
	heard := heardLogout{Issued: out.Issued, At: now, Until: now.Add(loginLife)}
	of := subjectID(p.Client.Issuer(), out.Subject)
	if out.Session != "" {
		if out.Subject != "" {
			heard.Subject = of
		}
		of = sidID(p.Client.Issuer(), out.Session)
	}
	id := heardID(of)
	for {
		before, err := chart.Load[heardLogout](ctx, c.store, chart.ColLogoutTokens, id)
		switch {
		case models.KindOf(err) == models.KindNotFound:
			before.Version = 0
		case err != nil:
			return err
		case before.Value.Issued.After(heard.Issued):
			return nil
		}
		doc, err := chart.Encode(id, chart.OwnerSite, before.Version, store.Keys{"due": chart.Millis(heard.Until)}, heard)
		if err != nil {
			return err
		}
		op := store.Replace(chart.ColLogoutTokens, doc)
		if before.Version == 0 {
			op = store.Insert(chart.ColLogoutTokens, doc)
		}
		err = chart.Refusal(c.store.Batch(ctx, op))
		if k := models.KindOf(err); (k != models.KindStale && k != models.KindConflict && k != models.KindNotFound) || ctx.Err() != nil {
			return err
		}
	}
}

// endedMeanwhile ends the session of a sign-in whose person signed out at the provider
// after it had said who they are, and tells so.
func (c *Service) endedMeanwhile(ctx context.Context, l login) (bool, error) {
	s, err := chart.Load[providerSession](ctx, c.store, chart.ColProviderSessions, l.Session)
	if err != nil {
		return false, err
	}
	for _, of := range []string{s.Value.Sid, s.Value.Subject} {
		if of == "" {
			continue
		}
		heard, err := chart.Load[heardLogout](ctx, c.store, chart.ColLogoutTokens, heardID(of))
		if models.KindOf(err) == models.KindNotFound {
			continue
		}
		if err != nil {
			return false, err
		}
		h := heard.Value
		// Seconds are all that tokens say: within the same one, who began here before we heard
		// of it had been there before.
		after := h.Issued.After(s.Value.Issued) || h.Issued.Equal(s.Value.Issued) && h.At.After(l.Until.Add(-loginLife))
		if !after || h.Subject != "" && h.Subject != s.Value.Subject {
			continue
		}
		return true, c.signin.EndSession(ctx, chart.SystemActor, l.Session, models.EndByProvider)
	}
	return false, nil
}

// usedLogout is a logout token that was followed.
type usedLogout struct {
	Until time.Time `json:"until"`
}

// EndByProvider follows a provider's word that somebody signed out there (OpenID
// Connect Back-Channel Logout 1.0, section 2.7): the sessions that began with that
// sign-in end. A token is followed once. It is marked as used after its sessions have
// ended: a provider that got no answer sends it again, and is heard.
func (c *Service) EndByProvider(ctx context.Context, providerID, token string) error {
	p, err := c.provider(providerID)
	if err != nil {
		return err
	}
	out, err := p.Client.ReadLogout(ctx, token)
	if err != nil {
		return err
	}
	replay := models.E(models.KindInvalid, "logout-token-not-valid", "This logout token was used before.")
	id := hashed("jti", string(store.JoinText(p.Client.Issuer(), out.ID)))
	if _, err := c.store.Get(ctx, chart.ColLogoutTokens, id); err == nil {
		return replay
	} else if err = chart.Refusal(err); models.KindOf(err) != models.KindNotFound {
		return err
	}
	if err := c.noteLogout(ctx, p, out); err != nil {
		return err
	}
	ended, err := c.endThose(ctx, p, out)
	if err != nil {
		return err
	}
	doc, err := chart.Encode(id, chart.OwnerSite, 0, store.Keys{"due": chart.Millis(out.Until)}, usedLogout{out.Until})
	if err != nil {
		return err
	}
	e := c.base.AuditEvent(chart.SystemActor, "provider.logout")
	e.Rule, e.Count = "provider:"+p.ID, ended
	if err := c.base.Commit(ctx, e, store.Insert(chart.ColLogoutTokens, doc)); models.KindOf(err) == models.KindConflict {
		return replay
	} else if err != nil {
		return err
	}
	return nil
}

// endThose ends the sessions of a logout token: of one sign-in (sid), or all of a
// person at this provider (sub). With both it is the one sign-in, of that person.
func (c *Service) endThose(ctx context.Context, p Provider, out Logout) (ended int, err error) {
	subject := subjectID(p.Client.Issuer(), out.Subject)
	q := store.Query{Index: "subject", Equal: []any{subject}}
	if out.Session != "" {
		q = store.Query{Index: "sid", Equal: []any{sidID(p.Client.Issuer(), out.Session)}}
	}
	err = chart.Through(ctx, c.store, chart.ColProviderSessions, q, func(s chart.Versioned[providerSession]) (bool, error) {
		if s.Value.Provider != p.ID || out.Subject != "" && s.Value.Subject != subject {
			return false, nil
		}
		ended++
		err := c.signin.EndSession(ctx, chart.SystemActor, s.Value.Session, models.EndByProvider)
		if models.KindOf(err) == models.KindNotFound {
			err = nil // the account was erased
		}
		return false, err
	})
	return ended, err
}
