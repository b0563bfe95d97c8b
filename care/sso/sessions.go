package sso

import (
	"context"
	"slices"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/store"
)

// providerSession remembers by which sign-in a session began, for the provider's word
// that it is over.
type providerSession struct {
	Session  string    `json:"session"`
	Provider string    `json:"provider"`
	Subject  string    `json:"subject"`       // hash of issuer and subject
	Sid      string    `json:"sid,omitempty"` // hash of issuer and sid
	At       time.Time `json:"at"`
}

func sidID(issuer, sid string) string {
	return hashed("sid", string(store.JoinText(issuer, sid)))
}

// begin signs in whoever an identity is, in one batch with what it takes for it.
func (c *Service) begin(ctx context.Context, p Provider, id string, l *chart.Versioned[login], who Identity) error {
	for {
		o, err := c.whose(ctx, p, who)
		if err != nil {
			return c.refused(ctx, p, err)
		}
		device := l.Value.Device
		device.Key = l.Value.Key
		by := signin.Elsewhere{Provider: p.Name, Way: models.WayProvider}
		if who.SecondFactor {
			by.Way = models.WayProviderFactor
		}
		s, event, ops, err := c.signin.Begin(ctx, o.account, device, by)
		if err != nil {
			return err
		}
		event.Rule = "provider:" + p.ID
		at := providerSession{Session: s.ID, Provider: p.ID, Subject: subjectID(who.Issuer, who.Subject), At: s.CreatedAt}
		keys := store.Keys{"subject": at.Subject, "createdAt": chart.Millis(at.At)}
		if who.Session != "" {
			at.Sid = sidID(who.Issuer, who.Session)
			keys["sid"] = at.Sid
		}
		kept, err := chart.Encode(s.ID, o.account.ID, 0, keys, at)
		if err != nil {
			return err
		}
		l.Value.Session = s.ID
		doc, err := chart.Encode(id, chart.OwnerSite, l.Version, l.Value.keys(), l.Value)
		if err != nil {
			return err
		}
		ops = append(append(o.ops, ops...), store.Insert(chart.ColProviderSessions, kept), store.Replace(chart.ColLogins, doc))
		err = c.commit(ctx, event, o.events, ops)
		if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil && c.stillOurs(ctx, id, l.Version) {
			l.Value.Session = ""
			continue // the same person came from two browsers at once, or the office changed the account
		}
		if err == nil {
			l.Version++
		}
		return err
	}
}

// commit writes a sign-in with what it brought along. A tie that is made leads the batch:
// the journal of ends reads of it that it holds again.
func (c *Service) commit(ctx context.Context, lead models.AuditEvent, more []models.AuditEvent, ops []store.Op) error {
	more = slices.Clone(more)
	if i := slices.IndexFunc(more, func(e models.AuditEvent) bool { return e.Action == "provider.linked" }); i >= 0 {
		lead, more[i] = more[i], lead
	}
	for _, e := range more {
		op, err := chart.AuditOp(e)
		if err != nil {
			return err
		}
		ops = append(ops, op)
	}
	return c.base.Commit(ctx, lead, ops...)
}

// stillOurs tells whether nobody has changed a sign-in since its answer was taken.
func (c *Service) stillOurs(ctx context.Context, id string, version int64) bool {
	l, err := chart.Load[login](ctx, c.store, chart.ColLogins, id)
	return err == nil && l.Version == version
}

// refused writes down that somebody came whom this clinic does not let in.
func (c *Service) refused(ctx context.Context, p Provider, why error) error {
	if models.KindOf(why) != models.KindInvalid {
		return why
	}
	e := c.base.AuditEvent(models.Actor{AccountID: "nobody"}, "provider.refused")
	e.Outcome, e.Rule = models.OutcomeDenied, "provider:"+p.ID
	if err := c.base.Note(ctx, e); err != nil {
		return err
	}
	return why
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
