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
	// Issued is when the provider said who it was (iat), by its own clock.
	Issued time.Time `json:"issued"`
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
		at := providerSession{Session: s.ID, Provider: p.ID, Subject: subjectID(who.Issuer, who.Subject), At: s.CreatedAt, Issued: who.Issued}
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
		if err != nil {
			return err
		}
		l.Version++
		_, err = c.endedMeanwhile(ctx, l.Value)
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
