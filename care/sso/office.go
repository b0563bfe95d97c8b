package sso

import (
	"context"
	"net/mail"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Tie is how somebody's account hangs together with a sign-in elsewhere.
type Tie struct {
	ID       string    `json:"id"`
	Provider string    `json:"provider"`
	Email    string    `json:"email,omitempty"`
	Since    time.Time `json:"since"`
}

// Expect lets whoever comes by a provider with this checked e-mail address into an
// account. The first who does is tied to it, and the address has done its work. The same again is
// the same. For the office; staff only.
func (c *Service) Expect(ctx context.Context, actor models.Actor, accountID, providerID, email string) error {
	p, err := c.provider(providerID)
	if err != nil {
		return err
	}
	a, err := c.staffAccount(ctx, actor, accountID)
	if err != nil {
		return err
	}
	var checks models.Checks
	checks.Require(isAddress(email), "email", "no-address", "Give an e-mail address.")
	if err := checks.Err(); err != nil {
		return err
	}
	if a.Role == models.RoleAdministrator { // as for a code for one
		if err := c.signin.StepUpNeeded(ctx, actor); err != nil {
			return err
		}
	}
	return c.expectOne(ctx, actor, a, p.ID, email)
}

func isAddress(email string) bool {
	at, err := mail.ParseAddress(email)
	return err == nil && at.Address == email && len(email) <= 320
}

// expectOne keeps that a provider lets into an account whoever proves an address.
func (c *Service) expectOne(ctx context.Context, actor models.Actor, a models.Account, provider, address string) error {
	id := expectedID(provider, address)
	op, err := identity{AccountID: a.ID, Owner: chart.AccountOwner(a), Provider: provider, Email: address, Since: c.now().UTC(), By: actor.AccountID}.op(id, 0)
	if err != nil {
		return err
	}
	e := c.base.AuditEvent(actor, "provider.expected")
	e.Ref, e.Whom, e.Rule, e.PatientID = id, a.ID, provider, a.PatientID
	err = c.base.Commit(ctx, e, op)
	if models.KindOf(err) != models.KindConflict {
		return err
	}
	stands, err := chart.First[identity](ctx, c.store, chart.ColIdentities, id, err)
	if err == nil && stands.Value.AccountID != a.ID {
		err = models.E(models.KindConflict, "email-expected-elsewhere", "Another account waits for this address already.")
	}
	return err
}

// Ties lists the sign-ins of an account, for its owner and for the office.
func (c *Service) Ties(ctx context.Context, actor models.Actor, accountID string) ([]Tie, error) {
	if actor.AccountID != accountID {
		if _, err := c.officeAccount(ctx, actor, accountID); err != nil {
			return nil, err
		}
	}
	found, err := chart.Every[identity](ctx, c.store, chart.ColIdentities, store.Query{Index: "account", Equal: []any{accountID}})
	if err != nil {
		return nil, err
	}
	out := []Tie{}
	for _, i := range found {
		out = append(out, Tie{c.tieID(i.Value), c.nameOf(i.Value.Provider), i.Value.Email, i.Value.Since})
	}
	return out, nil
}

// nameOf is a provider's name; one that the site has taken off its list has its id.
func (c *Service) nameOf(providerID string) string {
	if p, err := c.provider(providerID); err == nil {
		return p.Name
	}
	if providerID == firebaseID {
		return firebaseName
	}
	return providerID
}

func (c *Service) tieID(i identity) string {
	if i.Subject == "" {
		return expectedID(i.Provider, i.Email)
	}
	return hashed("tie", string(store.JoinText(i.Provider, i.Subject)))
}

// Untie takes a sign-in off an account, and ends what was signed in by it. For its owner
// and for the office. Twice is once.
func (c *Service) Untie(ctx context.Context, actor models.Actor, accountID, id string) error {
	if actor.AccountID != accountID {
		if _, err := c.officeAccount(ctx, actor, accountID); err != nil {
			return err
		}
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err != nil {
		return err
	}
	if err := c.signin.StepUpNeeded(ctx, actor); err != nil { // as for each way that is taken off
		return err
	}
	docID, i, err := c.tieOf(ctx, accountID, id)
	if err != nil || i.IsNew() {
		return err
	}
	// Also before: who asks again after a failure finds no tie any more.
	if err := c.endOf(ctx, actor, i.Value, docID); err != nil {
		return err
	}
	e := c.base.AuditEvent(actor, "provider.unlinked")
	e.Ref, e.Rule, e.PatientID = id, i.Value.Provider, a.Value.PatientID
	if actor.AccountID != accountID {
		e.Whom = accountID
	}
	if err := c.base.Commit(ctx, e, store.Delete(chart.ColIdentities, docID, i.Version)); err != nil {
		return unlessGone(err)
	}
	return c.endOf(ctx, actor, i.Value, docID)
}

// unlessGone is nil for what another call took away meanwhile.
func unlessGone(err error) error {
	if k := models.KindOf(err); k == models.KindNotFound || k == models.KindStale {
		return nil
	}
	return err
}

// endOf ends the sessions that began with a sign-in.
func (c *Service) endOf(ctx context.Context, actor models.Actor, i identity, subject string) error {
	if i.Subject == "" {
		return nil
	}
	return chart.Through(ctx, c.store, chart.ColProviderSessions, store.Query{Index: "subject", Equal: []any{subject}},
		func(s chart.Versioned[providerSession]) (bool, error) {
			return false, c.signin.EndSession(ctx, actor, s.Value.Session, models.EndByProvider)
		})
}

// staffAccount finds an account of the staff for somebody who may make such accounts.
func (c *Service) staffAccount(ctx context.Context, actor models.Actor, accountID string) (models.Account, error) {
	if err := c.base.MayCreate(ctx, actor, models.RoleClinician); err != nil {
		return models.Account{}, err
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err != nil {
		return a.Value, err
	}
	if !a.Value.Role.Staff() {
		return a.Value, models.E(models.KindConflict, "staff-only", "Only people who work here sign in by their hospital.")
	}
	return a.Value, nil
}

// officeAccount finds an account for somebody of the office who may let people in there.
func (c *Service) officeAccount(ctx context.Context, actor models.Actor, accountID string) (models.Account, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	role := a.Value.Role
	if err != nil {
		role = models.RolePatient
	}
	if no := c.base.MayCreate(ctx, actor, role); no != nil {
		return a.Value, no
	}
	if err == nil {
		err = c.base.HideAccount(ctx, actor, a.Value)
	}
	return a.Value, err
}
