package chart

import (
	"context"
	"time"

	"handrail/models"
	"handrail/store"
	"handrail/store/aside"
)

func (c *Base) breakGlassOf(ctx context.Context, patientID, accountID string) ([]models.BreakGlass, error) {
	if a := aheadOf(ctx); a.knows(accountID, patientID) && a.breakGlass != nil {
		return a.breakGlass[right{accountID, patientID}], nil
	}
	since := c.Now().Add(-models.BreakGlassMinutes * time.Minute)
	found, err := Every[models.BreakGlass](ctx, c.Store, ColBreakGlass, store.Query{Index: "pair",
		Equal: []any{patientID, accountID}, From: Millis(since)})
	out := make([]models.BreakGlass, 0, len(found))
	for _, g := range found {
		out = append(out, g.Value)
	}
	return out, err
}

// AccessFacts reads what decides about actor and chart.
func (c *Base) AccessFacts(ctx context.Context, actor models.Actor, patientID string) (models.AccessFacts, error) {
	var f models.AccessFacts
	if actor.Role == models.RolePatient {
		return f, nil
	}
	if actor.Role == models.RoleInterpreter {
		if a := aheadOf(ctx); a.knows(actor.AccountID, patientID) && a.visits != nil {
			f.Interprets = a.visits[patientID]
			return f, nil
		}
		var err error
		f.Interprets, err = c.Interpreting.Interprets(ctx, actor.AccountID, patientID)
		return f, err
	}
	if actor.Role == models.RoleGuardian {
		return c.guardianFacts(ctx, actor, patientID)
	}
	m, err := Load[models.Membership](ctx, c.Store, ColMemberships, MembershipID(patientID, actor.AccountID))
	switch models.KindOf(err) {
	case models.KindNotFound:
	case 0:
		f.Membership = &m.Value
	default:
		return f, err
	}
	if f.Restricted, err = c.RestrictedFor(ctx, actor, patientID); err != nil {
		return f, err
	}
	if f.Consents, err = c.ConsentsBetween(ctx, patientID, actor.AccountID); err != nil {
		return f, err
	}
	if actor.Outside && actor.Role.Staff() {
		if f.Outside, err = c.outsideWord(ctx, patientID); err != nil {
			return f, err
		}
	}
	if actor.Discipline.Medical() {
		f.BreakGlass, err = c.breakGlassOf(ctx, patientID, actor.AccountID)
	}
	return f, err
}

// guardianFacts are the facts of somebody who acts for a patient. The record is opened
// only where there is a document: for anybody else nothing is read that tells whether there
// is such a patient.
func (c *Base) guardianFacts(ctx context.Context, actor models.Actor, patientID string) (f models.AccessFacts, err error) {
	g, err := Load[models.Guardian](ctx, c.Store, ColGuardians, MembershipID(patientID, actor.AccountID))
	if models.KindOf(err) == models.KindNotFound {
		g, err = Versioned[models.Guardian]{}, nil
	}
	if err != nil {
		return f, err
	}
	if f.Consents, err = c.ConsentsBetween(ctx, patientID, actor.AccountID); err != nil || g.IsNew() {
		return f, err
	}
	f.Guardian = &g.Value
	p, err := Load[models.Patient](ctx, c.Store, ColPatients, patientID)
	f.Minor = models.Minor(p.Value.BirthDate, c.Now())
	if models.KindOf(err) == models.KindNotFound { // erased
		return models.AccessFacts{}, nil
	}
	if err != nil || !f.Minor || g.Value.Basis != models.BasisParent {
		return f, err
	}
	rule, err := c.MinorRule(ctx)
	f.ParentMay = rule.ParentMaySee(p.Value.BirthDate, c.Now())
	return f, err
}

// MinorRule is the rule for minors of the clinic's jurisdiction, where two people of the
// clinic have signed it as it ships. Else, also where nobody can read what was signed, it
// is the zero rule, by which a parent sees nothing.
func (c *Base) MinorRule(ctx context.Context) (models.MinorRule, error) {
	rule, ok := models.MinorRuleOf(c.Site.Jurisdiction)
	if !ok {
		return models.MinorRule{}, nil
	}
	v, err := Load[models.MinorRuleSigned](ctx, c.Store, ColMinorRules, rule.Jurisdiction)
	if err != nil && models.KindOf(err) != models.KindNotFound && aside.Stops(err) {
		return models.MinorRule{}, err
	}
	if err != nil || v.Value.StateOf(rule) != models.MinorRuleInForce {
		return models.MinorRule{}, nil
	}
	return rule, nil
}

// NoticeVersion names the notice text (42 CFR 2.32) that travels with what is
// disclosed by consent.
const NoticeVersion = "part2-short-2024"

// ConsentsBetween reads the consents of a patient that name an account and are in
// force, newest first. It reads to the end, however many were taken back before: a
// decision that misses one "no" would be wrong. It reads nothing else, so that a
// stranger's question costs the same for every id.
func (c *Base) ConsentsBetween(ctx context.Context, patientID, accountID string) ([]models.Consent, error) {
	if a := aheadOf(ctx); a.knows(accountID, patientID) && a.consents != nil {
		return a.consents[right{accountID, patientID}], nil
	}
	out := []models.Consent{}
	err := Through(ctx, c.Store, ColConsents, store.Query{Index: "pair", Equal: []any{patientID, accountID}, Desc: true},
		func(v Versioned[models.Consent]) (bool, error) {
			if v.Value.Active(c.Now()) {
				out = append(out, v.Value)
			}
			return false, nil
		})
	if err != nil {
		return nil, err
	}
	return out, nil
}

// outsideWord is the patient's last word about what leaves the programme.
func (c *Base) outsideWord(ctx context.Context, patientID string) (models.OutsideWord, error) {
	var all []models.Consent
	err := Through(ctx, c.Store, ColConsents, store.Query{Index: "patient", Equal: []any{patientID}},
		func(v Versioned[models.Consent]) (bool, error) {
			if v.Value.Kind == models.ConsentTreatment {
				all = append(all, v.Value)
			}
			return false, nil
		})
	return models.OutsideWordOf(all, c.Now()), err
}

// KeptInside tells of patients, each asked for once, whether their visits must not
// leave the programme with somebody who works here. Their own copies, and those of
// family and friends, are theirs.
func (c *Base) KeptInside() func(ctx context.Context, actor models.Actor, patientID string) (bool, error) {
	known := map[string]bool{}
	return func(ctx context.Context, actor models.Actor, patientID string) (bool, error) {
		if !actor.Role.Staff() && actor.Role != models.RoleInterpreter || patientID == "" {
			return false, nil
		}
		kept, asked := known[patientID]
		if asked {
			return kept, nil
		}
		w, err := c.outsideWord(ctx, patientID)
		if err != nil {
			return false, err
		}
		known[patientID] = w.Refuses(models.SectionAppointments)
		return known[patientID], nil
	}
}

// ConsentKeys are the index keys of a consent.
func ConsentKeys(v models.Consent) store.Keys {
	return store.Keys{"patientId": v.PatientID, "recipient": v.Recipient, "signedAt": Millis(v.SignedAt)}
}

// RelatedDoc is the document of somebody's place in a patient's circle.
func RelatedDoc(r models.RelatedPerson, version int64) (store.Doc, error) {
	return Encode(MembershipID(r.PatientID, r.AccountID), r.PatientID, version,
		store.Keys{"patientId": r.PatientID, "accountId": r.AccountID, "since": Millis(r.Since)}, r)
}

// IsRelated tells whether an account is of a patient's family and friends.
func (c *Base) IsRelated(ctx context.Context, patientID, accountID string) (bool, error) {
	_, err := Load[models.RelatedPerson](ctx, c.Store, ColRelated, MembershipID(patientID, accountID))
	if models.KindOf(err) == models.KindNotFound {
		return false, nil
	}
	return err == nil, err
}

// MembershipID is the id of an account's place in a patient's team or circle.
func MembershipID(patientID, accountID string) string { return patientID + ":" + accountID }

// Ground is the first ground on which anything of the chart is open.
func (ch *Chart) Ground() models.Basis {
	for _, s := range models.Sections {
		if d := ch.Decide(s, models.Read); d.Allowed {
			return d.Basis
		}
	}
	return models.BasisNone
}
