package families

import (
	"context"
	"time"

	"handrail/care/internal/chart"
	"handrail/care/signin"
	"handrail/models"
	"handrail/models/family"
	"handrail/store"
)

// errInvitation is the one answer to a code that opens no invitation: wrong, over, taken
// by somebody, taken back and guessed too often look alike.
func errInvitation() error {
	return models.E(models.KindInvalid, "invitation-not-valid",
		"This invitation does not work. It may have run out. Ask the person who gave it to you for a new one.")
}

// Offer tells the holder of a code what they are asked. A wrong code counts as a guess.
func (c *Service) Offer(ctx context.Context, address, code string) (family.Offer, error) {
	v, err := c.find(ctx, address, code, func(v family.Invitation) bool { return v.Open(c.now()) })
	return v.Value.Offer(), err
}

// find is the invitation of a code, if it opens.
func (c *Service) find(ctx context.Context, address, code string, opens func(family.Invitation) bool) (keptInvitation, error) {
	finder := signin.FinderOf(code)
	for {
		v := keptInvitation{finder: finder}
		var err error
		if finder != "" {
			v.Versioned, err = chart.Load[family.Invitation](ctx, c.store, chart.ColInvitations, finder)
		}
		if err != nil && models.KindOf(err) != models.KindNotFound {
			return v, err
		}
		if v.Value.ID != "" && signin.Proves(code, v.Value.Salt, v.Value.Proof) && opens(v.Value) {
			return v, nil
		}
		if err := c.wrong(ctx, v); models.KindOf(err) == models.KindStale && ctx.Err() == nil {
			continue // another try came between: judge by what it left
		} else if err != nil {
			return keptInvitation{}, err
		}
		c.signin.WrongCode(address)
		return keptInvitation{}, errInvitation()
	}
}

// wrong counts a wrong try and writes it down: one commit in every case, so that the time
// taken does not tell a code that there is from one that there is not.
func (c *Service) wrong(ctx context.Context, v keptInvitation) error {
	l := c.base.AuditEvent(models.Actor{AccountID: "nobody"}, "invitation.refused")
	l.Outcome, l.Rule = models.OutcomeDenied, "code-not-valid"
	var ops []store.Op
	if v.Value.ID != "" && v.Value.Wrong < family.MaxGuesses {
		v.Value.Wrong++
		doc, err := invitationDoc(v.finder, v.Value, v.Version)
		if err != nil {
			return err
		}
		ops = append(ops, store.Replace(chart.ColInvitations, doc))
	}
	return c.base.Commit(ctx, l, ops...)
}

// Arrival is what somebody says who takes an invitation on a phone where nobody is
// signed in.
type Arrival struct {
	Code     string
	Agreed   bool // to the boundaries that they read
	Name     string
	Zone     string // "" takes the site's
	Language string // "" takes the site's
	Country  string // "" takes the site's
	Device   models.Device
}

// Arrive takes an invitation: it makes an account for the one who holds it, gives what
// the patient signed, and signs the device in. Sent again from the same device, since
// its answer was lost, it is the same arrival.
func (c *Service) Arrive(ctx context.Context, address string, a Arrival) (signin.SignedIn, error) {
	device, err := c.signin.CheckDevice(a.Device)
	if err != nil {
		return signin.SignedIn{}, err
	}
	if err := agreed(a.Agreed); err != nil {
		return signin.SignedIn{}, err
	}
	id := chart.NewID()
	account, made, err := c.people.NewSupporter(id, a.Name, a.Zone, a.Language, a.Country)
	if err != nil {
		return signin.SignedIn{}, err
	}
	v, err := c.take(ctx, address, a.Code, device.ID, account, made)
	if err != nil {
		return signin.SignedIn{}, err
	}
	return c.signin.SignInInvited(ctx, v.ID, v.AccountID, address, device)
}

func agreed(yes bool) error {
	var c models.Checks
	c.Require(yes, "agreed", "required", "Read what both agree to, and say yes.")
	return c.Err()
}

// Join takes an invitation for somebody who has an account of family or friends already.
func (c *Service) Join(ctx context.Context, actor models.Actor, address, code string, yes bool) (Supporting, error) {
	if actor.Role != models.RoleSupporter {
		return Supporting{}, c.base.Forbid(ctx, actor, "invitation.taken")
	}
	if err := agreed(yes); err != nil {
		return Supporting{}, err
	}
	account, err := chart.Load[models.Account](ctx, c.store, chart.ColAccounts, actor.AccountID)
	if err != nil {
		return Supporting{}, err
	}
	v, err := c.take(ctx, address, code, "account:"+actor.AccountID, account.Value)
	if err != nil {
		return Supporting{}, err
	}
	looks, err := c.looksBy(ctx, store.Query{Index: "pair", Equal: []any{v.PatientID, actor.AccountID}, Desc: true}, func(models.Consent) string { return "" })
	if err != nil {
		return Supporting{}, err
	}
	return c.supporting(ctx, actor, v.PatientID, looks[""])
}

// take gives an account what the patient signed, all or nothing, and uses the invitation
// up: of two who race one wins.
func (c *Service) take(ctx context.Context, address, code, deviceID string, account models.Account, ops ...store.Op) (family.Invitation, error) {
	for range maxTries {
		now := c.now().UTC().Truncate(time.Millisecond)
		v, err := c.find(ctx, address, code, func(v family.Invitation) bool { return v.Open(now) || v.TakenBy(deviceID, now) })
		if err != nil {
			return v.Value, err
		}
		if v.Value.UsedAt == nil {
			err = c.settle(ctx, v, deviceID, account, now, ops)
			if k := models.KindOf(err); (k == models.KindStale || k == models.KindConflict) && ctx.Err() == nil {
				continue
			}
			if err != nil {
				return v.Value, err
			}
			continue // what is stored now says whose it is
		}
		return v.Value, c.sharePlan(ctx, v)
	}
	return family.Invitation{}, chart.Refusal(store.ErrConflict)
}

// maxTries is how often a change is tried again that others came before.
const maxTries = 8

func (c *Service) settle(ctx context.Context, v keptInvitation, deviceID string, account models.Account, now time.Time, ops []store.Op) error {
	r, version, err := c.relation(ctx, v.Value.PatientID, account.ID)
	if err != nil {
		return err
	}
	if version == 0 {
		r = models.RelatedPerson{PatientID: v.Value.PatientID, AccountID: account.ID, Name: account.Name, Since: now}
	}
	r.Relationship, r.From, r.Agreement = v.Value.Relationship, v.Value.From, family.AgreementOf(v.Value.Boundaries, v.Value.MadeAt, now)
	related, err := relatedOp(r, version)
	if err != nil {
		return err
	}
	v.Value.UsedAt, v.Value.AccountID, v.Value.DeviceID = &now, account.ID, deviceID
	doc, err := invitationDoc(v.finder, v.Value, v.Version)
	if err != nil {
		return err
	}
	ops = append(ops, related, store.Replace(chart.ColInvitations, doc))
	l := c.base.AuditEvent(models.Actor{AccountID: account.ID, Name: account.Name, Role: models.RoleSupporter}, "invitation.taken")
	l.PatientID, l.Section, l.Ref, l.Whom, l.Changed = v.Value.PatientID, models.SectionConsents, v.Value.ID, account.ID, true
	if consent, ok := v.Value.Consent(chart.NewID(), account.ID, c.site.Name, chart.NoticeVersion, now); ok {
		more, err := c.people.ConsentOps(consent)
		if err != nil {
			return err
		}
		ops = append(ops, more...)
	}
	return c.base.Commit(ctx, l, ops...)
}

// sharePlan shares the sections of the plan that the patient chose, once: these and no
// others, also with somebody who was here before.
func (c *Service) sharePlan(ctx context.Context, v keptInvitation) error {
	if v.Value.PlanShared {
		return nil
	}
	related, err := c.base.IsRelated(ctx, v.Value.PatientID, v.Value.AccountID)
	if err != nil || !related {
		return err
	}
	p, err := chart.Load[models.Patient](ctx, c.store, chart.ColPatients, v.Value.PatientID)
	if err != nil {
		return err
	}
	patient := models.Actor{AccountID: p.Value.AccountID, Role: models.RolePatient, PatientID: p.Value.ID, Name: p.Value.Name}
	if err := c.crisis.ShareAsSigned(ctx, patient, v.Value.AccountID, v.Value.PlanSections); err != nil {
		return err
	}
	v.Value.PlanShared = true
	doc, err := invitationDoc(v.finder, v.Value, v.Version)
	if err != nil {
		return err
	}
	if err = chart.Refusal(c.store.Replace(ctx, chart.ColInvitations, doc)); models.KindOf(err) == models.KindStale {
		return nil // two tries of one phone
	}
	return err
}

func relatedOp(r models.RelatedPerson, version int64) (store.Op, error) {
	doc, err := chart.RelatedDoc(r, version)
	if version == 0 {
		return store.Insert(chart.ColRelated, doc), err
	}
	return store.Replace(chart.ColRelated, doc), err
}

// relation is somebody's place in a patient's circle; version 0: none.
func (c *Service) relation(ctx context.Context, patientID, accountID string) (models.RelatedPerson, int64, error) {
	r, err := chart.Load[models.RelatedPerson](ctx, c.store, chart.ColRelated, chart.MembershipID(patientID, accountID))
	if models.KindOf(err) == models.KindNotFound {
		return models.RelatedPerson{}, 0, nil
	}
	return r.Value, r.Version, err
}
