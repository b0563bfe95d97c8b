package sso

import (
	"context"
	"strings"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/people"
	"handrail/models"
	"handrail/store"
)

// identity ties somebody at a provider to their account here. There are two kinds: a
// person who has come (by issuer and subject), and one whom the office expects (by
// e-mail), which becomes the first kind when they come.
type identity struct {
	AccountID string    `json:"accountId"`
	Owner     string    `json:"owner"`
	Provider  string    `json:"provider"` // id of the provider
	Email     string    `json:"email,omitempty"`
	Subject   string    `json:"subject,omitempty"`
	Managed   bool      `json:"managed,omitempty"` // the account was made by the provider, which decides its role
	Since     time.Time `json:"since"`
	By        string    `json:"by,omitempty"` // account that tied it
}

func subjectID(issuer, subject string) string {
	return hashed("subject", string(store.JoinText(issuer, subject)))
}

// expectedID: addresses differ in nothing but case for every provider of note.
func expectedID(provider, email string) string {
	return hashed("expected", string(store.JoinText(provider, strings.ToLower(strings.TrimSpace(email)))))
}

func (i identity) op(id string, version int64) (store.Op, error) {
	doc, err := chart.Encode(id, i.Owner, version, store.Keys{"accountId": i.AccountID, "since": chart.Millis(i.Since)}, i)
	if version == 0 {
		return store.Insert(chart.ColIdentities, doc), err
	}
	return store.Replace(chart.ColIdentities, doc), err
}

// errUnknown is the one answer to somebody who has no account here that their provider
// may open: unknown, suspended, or not of the staff.
func errUnknown() error {
	return models.E(models.KindInvalid, "no-account-for-sign-in", "There is no account here for this sign-in. Ask your clinic's office.")
}

// found is whose account a sign-in opens, with the ops that make it so.
type opens struct {
	account models.Account
	ops     []store.Op
	events  []models.AuditEvent
}

// whose finds the account of an identity.
func (c *Service) whose(ctx context.Context, p Provider, who Identity) (opens, error) {
	known, err := chart.Load[identity](ctx, c.store, chart.ColIdentities, subjectID(who.Issuer, who.Subject))
	if models.KindOf(err) == models.KindNotFound {
		return c.newcomer(ctx, p, who)
	}
	if err != nil {
		return opens{}, err
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, known.Value.AccountID)
	if models.KindOf(err) == models.KindNotFound || err == nil && (a.Value.Status != models.AccountActive || !a.Value.Role.Staff()) {
		return opens{}, errUnknown()
	}
	if err != nil {
		return opens{}, err
	}
	if known.Value.Managed {
		return c.asProviderSays(ctx, p, who, a)
	}
	return opens{account: a.Value}, nil
}

// asProviderSays gives an account that a provider made the role that it says now. Who
// has none there any more has none here.
func (c *Service) asProviderSays(ctx context.Context, p Provider, who Identity, a chart.Versioned[models.Account]) (opens, error) {
	r, ok := p.roleOf(who)
	if !ok {
		return opens{}, errUnknown()
	}
	if r.Role == a.Value.Role && r.Discipline == a.Value.Discipline {
		return opens{account: a.Value}, nil
	}
	was := a.Value.Role
	a.Value.Role, a.Value.Discipline = r.Role, r.Discipline
	a.Value.PrivacyOfficer = a.Value.PrivacyOfficer && r.Role == models.RoleAdministrator
	// What was signed in with the role of before ends first.
	if err := c.signin.EndAllSessions(ctx, chart.SystemActor, a.Value.ID, models.EndRoleChanged); err != nil {
		return opens{}, err
	}
	doc, err := chart.Encode(a.Value.ID, chart.AccountOwner(a.Value), a.Version, chart.AccountKeys(a.Value), a.Value)
	e := c.base.AuditEvent(chart.SystemActor, "account.role-changed")
	e.Ref, e.Whom, e.Rule = a.Value.ID, a.Value.ID, string(r.Role)
	events := []models.AuditEvent{e}
	if was == models.RoleAdministrator || r.Role == models.RoleAdministrator {
		events = append(events, c.keeps(a.Value))
	}
	return opens{a.Value, []store.Op{store.Replace(chart.ColAccounts, doc)}, events}, err
}

// keeps is the line from which all administrators hear that an account became one of them, or
// is one no more.
func (c *Service) keeps(a models.Account) models.AuditEvent {
	e := c.base.AuditEvent(chart.SystemActor, models.LineAdministrator)
	e.Ref, e.Whom, e.Rule = a.ID, a.ID, models.RuleOfAccount(a.Role)
	return e
}

// newcomer is somebody who has not come by this provider before: expected by the
// office, or one for whom the site lets the provider make an account.
func (c *Service) newcomer(ctx context.Context, p Provider, who Identity) (opens, error) {
	if who.Email != "" && who.EmailVerified {
		expected, err := chart.Load[identity](ctx, c.store, chart.ColIdentities, expectedID(p.ID, who.Email))
		if err == nil {
			return c.expected(ctx, p, who, expected)
		}
		if models.KindOf(err) != models.KindNotFound {
			return opens{}, err
		}
	}
	r, ok := p.roleOf(who)
	if !p.Create || !ok {
		return opens{}, errUnknown()
	}
	name := strings.TrimSpace(who.Name)
	if name == "" {
		name, _, _ = strings.Cut(who.Email, "@")
	}
	a, ops, event, err := c.people.Prepare(people.NewAccount{Role: r.Role, Discipline: r.Discipline, Name: name})
	if models.KindOf(err) == models.KindInvalid { // a name that can't be shown, or none
		return opens{}, errUnknown()
	}
	if err != nil {
		return opens{}, err
	}
	tie, err := identity{AccountID: a.ID, Owner: a.ID, Provider: p.ID, Subject: who.Subject, Managed: true, Since: a.CreatedAt}.
		op(subjectID(who.Issuer, who.Subject), 0)
	event.Rule = "provider:" + p.ID
	events := []models.AuditEvent{event}
	if a.Role == models.RoleAdministrator {
		events = append(events, c.keeps(a))
	}
	return opens{a, append(ops, tie), events}, err
}

// expected ties the account that the office named to the person who came.
func (c *Service) expected(ctx context.Context, p Provider, who Identity, e chart.Versioned[identity]) (opens, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, e.Value.AccountID)
	if models.KindOf(err) == models.KindNotFound || err == nil && (a.Value.Status != models.AccountActive || !a.Value.Role.Staff()) {
		return opens{}, errUnknown()
	}
	if err != nil {
		return opens{}, err
	}
	ops, event, err := c.tie(a.Value, p, who, e.Value.By)
	// The address has done its work: who has it next must not come in by it.
	return opens{a.Value, append(ops, store.Delete(chart.ColIdentities, expectedID(p.ID, who.Email), e.Version)), []models.AuditEvent{event}}, err
}

func (c *Service) tie(a models.Account, p Provider, who Identity, by string) ([]store.Op, models.AuditEvent, error) {
	op, err := identity{AccountID: a.ID, Owner: chart.AccountOwner(a), Provider: p.ID, Subject: who.Subject, Since: c.now().UTC(), By: by}.
		op(subjectID(who.Issuer, who.Subject), 0)
	e := c.base.AuditEvent(models.Actor{AccountID: a.ID, Name: a.Name, Role: a.Role, Discipline: a.Discipline}, "provider.linked")
	e.Ref, e.Rule, e.PatientID = c.tieID(identity{Provider: p.ID, Subject: who.Subject}), p.ID, a.PatientID
	return []store.Op{op}, e, err
}

// link ties the account of somebody who is signed in to who they are at a provider.
func (c *Service) link(ctx context.Context, p Provider, accountID string, who Identity) error {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err != nil {
		return err
	}
	if a.Value.Status != models.AccountActive || !a.Value.Role.Staff() {
		return errUnknown()
	}
	ops, event, err := c.tie(a.Value, p, who, accountID)
	if err != nil {
		return err
	}
	err = c.base.Commit(ctx, event, ops...)
	if models.KindOf(err) != models.KindConflict {
		return err
	}
	stands, err := chart.Load[identity](ctx, c.store, chart.ColIdentities, subjectID(who.Issuer, who.Subject))
	if err == nil && stands.Value.AccountID != accountID {
		err = models.E(models.KindConflict, "sign-in-of-another", "This sign-in is tied to another account. Ask your clinic's office.")
	}
	return err
}
