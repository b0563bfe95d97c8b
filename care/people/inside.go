package people

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/store"
)

// Inside is what the other parts of care ask of people. It asks for nobody's
// right, so nothing outside of care gets one.
type Inside struct{ service *Service }

// NewSupporter is the account of somebody whom a patient invited, with what the site has
// for what they left out. Errors: those of the account's own form.
func (i *Inside) NewSupporter(id, name, zone, language, country string) (models.Account, store.Op, error) {
	c := i.service
	n := c.withSiteDefaults(NewAccount{ID: id, Role: models.RoleSupporter, Name: name, Zone: zone, Language: language, Country: country})
	if err := checkAccount(n); err != nil {
		return models.Account{}, store.Op{}, err
	}
	a := models.Account{ID: n.ID, Role: n.Role, Name: n.Name, Zone: n.Zone, Language: n.Language, Country: n.Country,
		Status: models.AccountActive, CreatedAt: c.now().UTC()}
	doc, err := chart.Encode(a.ID, chart.AccountOwner(a), 0, chart.AccountKeys(a), a)
	return a, store.Insert(chart.ColAccounts, doc), err
}

// ConsentOps keep a consent that was signed, with the line by which its end is told.
func (i *Inside) ConsentOps(v models.Consent) ([]store.Op, error) { return i.service.consentOps(v) }

// SignedOn holds the words that were read before something is shared against those of the
// site, and answers the day on which a clinician signed them (education.ConsentWords).
func (i *Inside) SignedOn(ctx context.Context, read *models.ReadWords) (string, error) {
	return i.service.words(ctx, read)
}

// Revoke takes back all that the patient's consents still open to an account, each with
// a line of its own: a restore knows them by that. What says no to it stays.
func (i *Inside) Revoke(ctx context.Context, ch *chart.Chart, d models.Decision, accountID string) error {
	c := i.service
	now := c.now().UTC().Truncate(time.Millisecond)
	return chart.Through(ctx, c.store, chart.ColConsents, store.Query{Index: "pair", Equal: []any{ch.PatientID(), accountID}},
		func(v chart.Versioned[models.Consent]) (bool, error) {
			if v.Value.Provision != models.Permit || !v.Value.Active(now) {
				return false, nil
			}
			v.Value.RevokedAt, v.Value.RevokedBy = &now, ch.Actor().AccountID
			doc, err := chart.Encode(v.Value.ID, ch.PatientID(), v.Version, chart.ConsentKeys(v.Value), v.Value)
			if err != nil {
				return false, err
			}
			return false, ch.Commit(ctx, d, "consent.revoked", v.Value.ID, store.Replace(chart.ColConsents, doc))
		})
}

// Summary is a chart as a list of charts shows it to somebody, by the facts that an
// open chart has; not ok when it is in no list of theirs.
func (i *Inside) Summary(ctx context.Context, ch *chart.Chart) (s PatientSummary, ok bool, err error) {
	if ch.Ground() == models.BasisNone {
		return s, false, nil
	}
	return i.service.summaryOf(ctx, ch)
}

// Prepare makes an account for who comes by a provider that the site lets make
// accounts: the ops and the event are for the batch of the one who asks.
func (i *Inside) Prepare(n NewAccount) (models.Account, []store.Op, models.AuditEvent, error) {
	a, ops, err := i.service.account(n)
	e := i.service.base.AuditEvent(models.Actor{AccountID: "system", Name: models.SystemName}, "account.created")
	e.Ref, e.PatientID, e.Rule = a.ID, a.PatientID, models.RuleOfAccount(a.Role)
	return a, ops, e, err
}
