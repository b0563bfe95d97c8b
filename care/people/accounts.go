package people

import (
	"context"
	"strings"
	"time"

	"golang.org/x/text/language"

	"handrail/care/internal/chart"
	"handrail/models"
	"handrail/models/imports"
	"handrail/models/referral"
	"handrail/store"
	"handrail/store/aside"
)

// NewAccount is what the office says about a person.
type NewAccount struct {
	ID            string // client-made
	Role          models.Role
	Discipline    models.Discipline
	Name          string
	PreferredName string
	BirthDate     string
	Phone         string
	Zone          string // "" takes the site's
	Language      string // "" takes the site's
	Country       string // "" takes the site's
	PatientID     string // patients only; "" makes one
	RecordNumber  string // patients only, from an import
	PartnerID     string // partners only
}

// CreateAccount makes an account and, for a patient, their chart. Administrators
// make any; coordinators make patients, supporters and interpreters.
func (c *Service) CreateAccount(ctx context.Context, actor models.Actor, n NewAccount) (models.Account, error) {
	if err := c.base.MayCreate(ctx, actor, n.Role); err != nil {
		return models.Account{}, err
	}
	a, ops, err := c.account(n)
	if err == nil && n.PartnerID != "" {
		err = c.partnerIsThere(ctx, n.PartnerID)
	}
	if err != nil {
		return a, err
	}
	if n.Role == models.RoleAdministrator {
		if err := c.signin.StepUpNeeded(ctx, actor); err != nil {
			return models.Account{}, err
		}
	}
	e := c.base.AuditEvent(actor, "account.created")
	e.Ref, e.PatientID, e.Rule = a.ID, a.PatientID, models.RuleOfAccount(a.Role)
	err = c.base.Commit(ctx, e, ops...)
	if models.KindOf(err) == models.KindConflict {
		return c.sameAccount(ctx, a, err)
	}
	return a, err
}

func (c *Service) partnerIsThere(ctx context.Context, id string) error {
	p, err := chart.Load[referral.Partner](ctx, c.store, chart.ColPartners, id)
	if models.KindOf(err) == models.KindNotFound || err == nil && p.Value.EndedAt != nil {
		var checks models.Checks
		checks.Fail("partnerId", "not-there", "Choose a partner from the list.")
		return checks.Err()
	}
	return err
}

// account makes an account and what its record begins with, not stored yet.
func (c *Service) account(n NewAccount) (models.Account, []store.Op, error) {
	n = c.withSiteDefaults(n)
	n.Phone = models.NormalPhone(n.Phone)
	if err := checkAccount(n); err != nil {
		return models.Account{}, nil, err
	}
	a := models.Account{ID: n.ID, Role: n.Role, Discipline: n.Discipline, Name: n.Name, Zone: n.Zone,
		Language: n.Language, Country: n.Country, PartnerID: n.PartnerID, Status: models.AccountActive, CreatedAt: c.now().UTC()}
	var ops []store.Op
	if n.Role == models.RolePatient {
		a.PatientID = n.PatientID
		p := models.Patient{ID: n.PatientID, AccountID: n.ID, Name: n.Name, PreferredName: n.PreferredName,
			BirthDate: n.BirthDate, Phone: n.Phone, RecordNumber: n.RecordNumber, Zone: n.Zone, Language: n.Language, Country: n.Country, CreatedAt: a.CreatedAt}
		doc, err := chart.Encode(p.ID, p.ID, 0, store.Keys{"createdAt": chart.Millis(p.CreatedAt)}, p)
		if err != nil {
			return a, nil, err
		}
		ops = append(ops, store.Insert(chart.ColPatients, doc))
		for _, begin := range c.beginnings {
			op, err := begin(p.ID)
			if err != nil {
				return a, nil, err
			}
			ops = append(ops, op)
		}
	}
	doc, err := chart.Encode(a.ID, chart.AccountOwner(a), 0, chart.AccountKeys(a), a)
	return a, append(ops, store.Insert(chart.ColAccounts, doc)), err
}

// sameAccount answers a repeated creation with the account that stands.
func (c *Service) sameAccount(ctx context.Context, again models.Account, conflict error) (models.Account, error) {
	stands, err := chart.First[models.Account](ctx, c.store, chart.ColAccounts, again.ID, conflict)
	if err != nil {
		return models.Account{}, err
	}
	again.CreatedAt, again.PatientID = stands.Value.CreatedAt, stands.Value.PatientID
	if !chart.SameJSON(stands.Value, again) {
		return models.Account{}, conflict
	}
	return stands.Value, nil
}

func (c *Service) withSiteDefaults(n NewAccount) NewAccount {
	if n.Zone == "" {
		n.Zone = c.site.Zone
	}
	if n.Language == "" {
		n.Language = c.site.Language
	}
	if n.Country == "" {
		n.Country = c.site.Country
	}
	if n.ID == "" {
		n.ID = chart.NewID()
	}
	if n.Role == models.RolePatient && n.PatientID == "" {
		n.PatientID = chart.NewID()
	}
	return n
}

func checkAccount(n NewAccount) error {
	var c models.Checks
	c.Require(n.Role.Valid(), "role", "unknown-role", "Choose a role.")
	for field, name := range map[string]string{"name": n.Name, "preferredName": n.PreferredName, "recordNumber": n.RecordNumber} { // of the command line too
		line, ok := models.Line(name)
		c.Require(ok && line == strings.TrimSpace(name), field, "not-text", "There are characters in this that can't be shown.")
	}
	c.Text("name", n.Name, 1, 200)
	c.Text("preferredName", n.PreferredName, 0, 100)
	c.Text("recordNumber", n.RecordNumber, 0, imports.MaxRecordNumber)
	c.Require(n.Role == models.RoleClinician == (n.Discipline != ""), "discipline", "discipline-for-clinicians", "A clinician has a discipline, and nobody else.")
	c.Require(n.Discipline == "" || n.Discipline.Valid(), "discipline", "unknown-discipline", "Choose a discipline.")
	c.Require(n.Role == models.RolePartner == (n.PartnerID != ""), "partnerId", "partner-for-partners", "A partner has an organisation, and nobody else.")
	c.Zone("zone", n.Zone)
	_, err := language.Parse(n.Language)
	c.Require(err == nil, "language", "unknown-language", "Give a BCP 47 language tag.")
	r, err := language.ParseRegion(n.Country)
	c.Require(err == nil && r.IsCountry() && len(n.Country) == 2, "country", "unknown-country", "Give a two-letter country code.")
	if n.BirthDate != "" {
		_, err = time.Parse(time.DateOnly, n.BirthDate)
		c.Require(err == nil, "birthDate", "no-such-date", "Give a date that exists, as YYYY-MM-DD.")
	}
	c.Phone("phone", n.Phone, false)
	return c.Err()
}

// Accounts lists the accounts of one role, oldest first. For the office.
func (c *Service) Accounts(ctx context.Context, actor models.Actor, role models.Role, cursor string, limit int) (chart.Page[models.Account], error) {
	var out chart.Page[models.Account]
	if actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return out, c.base.Forbid(ctx, actor, "accounts.list")
	}
	hides, shown, err := c.shown(ctx, actor)
	if err != nil {
		return out, err
	}
	out, err = pageOf(ctx, c, chart.ColAccounts, store.Query{Index: "role", Equal: []any{string(role)}, Limit: limit, Cursor: cursor}, hides,
		func(a models.Account) bool { return shown(a.PatientID) })
	if err != nil {
		return out, err
	}
	e := c.base.AuditEvent(actor, "accounts.listed")
	e.Count = len(out.Items)
	return out, c.base.Note(ctx, e)
}

// ReadAccount reads one account, for the office.
func (c *Service) ReadAccount(ctx context.Context, actor models.Actor, accountID string) (chart.Versioned[models.Account], error) {
	if actor.Role != models.RoleAdministrator && actor.Role != models.RoleCoordinator {
		return chart.Versioned[models.Account]{}, c.base.Forbid(ctx, actor, "accounts.list")
	}
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err == nil {
		err = c.base.HideAccount(ctx, actor, a.Value)
	}
	if err != nil {
		return chart.Versioned[models.Account]{}, err
	}
	e := c.base.AuditEvent(actor, "accounts.listed")
	e.Ref, e.Count = accountID, 1
	return a, c.base.Note(ctx, e)
}

// Suspend stops an account: it can't sign in, and its sessions and open codes end now, also
// when the program is killed on the way: no session of a stopped account lets anybody in.
// version is that of the account, or AnyVersion; what is so already is so.
// Reinstate with suspended false. One administrator is always left, also when two suspend each other.
func (c *Service) Suspend(ctx context.Context, actor models.Actor, version int64, accountID string, suspended bool) (chart.Versioned[models.Account], error) {
	if actor.Role != models.RoleAdministrator {
		return chart.Versioned[models.Account]{}, c.base.Forbid(ctx, actor, "account.suspend")
	}
	for {
		a, err := c.suspend(ctx, actor, version, accountID, suspended)
		if k := models.KindOf(err); (version == chart.AnyVersion || a.Version == version) && (k == models.KindStale || k == models.KindConflict && err.Error() != codeLastAdministrator) && ctx.Err() == nil {
			continue // this account, or another administrator's, was changed meanwhile
		}
		if err != nil || !suspended {
			return a, err
		}
		err = c.signin.EndAllSessions(ctx, actor, accountID, models.EndSuspended)
		if c.stopped != nil {
			if late := c.stopped(ctx, accountID); late != nil { // the worker that follows the log does it again
				c.base.Log.Warn("the open work of a stopped account moves on later", "cause", aside.Cause(late))
			}
		}
		return a, err
	}
}

func (c *Service) suspend(ctx context.Context, actor models.Actor, version int64, accountID string, suspended bool) (chart.Versioned[models.Account], error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, accountID)
	if err == nil {
		err = c.base.HideAccount(ctx, actor, a.Value)
	}
	if err != nil {
		return a, err
	}
	if version != chart.AnyVersion && version != a.Version && suspended != (a.Value.Status == models.AccountSuspended) {
		return a, chart.Refusal(store.ErrConflict)
	}
	var ops []store.Op
	if a.Value.Role == models.RoleAdministrator {
		turn, err := c.base.Turn(ctx, "administrators", chart.OwnerSite)
		if err != nil {
			return a, err
		}
		if ops = append(ops, turn); suspended {
			if err := c.othersRun(ctx, accountID); err != nil {
				return a, err
			}
		}
	}
	a.Value.Status = models.AccountActive
	if suspended {
		a.Value.Status = models.AccountSuspended
		codes, err := c.signin.CancelOps(ctx, a.Value)
		if err != nil {
			return a, err
		}
		ops = append(ops, codes...)
	}
	doc, err := chart.Encode(accountID, chart.AccountOwner(a.Value), a.Version, chart.AccountKeys(a.Value), a.Value)
	if err != nil {
		return a, err
	}
	e := c.base.AuditEvent(actor, "account."+a.Value.Status)
	e.Ref, e.PatientID, e.Rule = accountID, a.Value.PatientID, models.RuleOfAccount(a.Value.Role)
	if err := c.base.Commit(ctx, e, append(ops, store.Replace(chart.ColAccounts, doc))...); err != nil {
		return a, err
	}
	a.Version++
	return a, nil
}

const codeLastAdministrator = "last-administrator"

// othersRun makes sure that an administrator is left when this one goes.
func (c *Service) othersRun(ctx context.Context, accountID string) error {
	found, _, err := chart.ReadableOnes[models.Account](ctx, c.store, chart.ColAccounts,
		store.Query{Index: "role", Equal: []any{string(models.RoleAdministrator)}}, 0)
	for _, a := range found {
		if a.Value.ID != accountID && a.Value.Status == models.AccountActive {
			return nil
		}
	}
	if err != nil {
		return err
	}
	return models.E(models.KindConflict, codeLastAdministrator, "This is the last administrator. Make another one first.")
}

// Me reads the actor's own account.
func (c *Service) Me(ctx context.Context, actor models.Actor) (models.Account, error) {
	a, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, actor.AccountID)
	a.Value.Zone = c.base.Zone(actor.AccountID, a.Value.Zone)
	return a.Value, err
}
