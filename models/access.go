package models

import (
	"slices"
	"time"
)

// Membership of a care team.
type Membership struct {
	ID         string     `json:"id"` // MembershipID(patient, account)
	PatientID  string     `json:"patientId"`
	AccountID  string     `json:"accountId"`
	Name       string     `json:"name"`
	Role       Role       `json:"role"`
	Discipline Discipline `json:"discipline,omitempty"`
	Lead       bool       `json:"lead"`
	Since      time.Time  `json:"since"`
	Until      *time.Time `json:"until,omitempty"`
	EndAsked   *EndAsked  `json:"endAsked,omitempty"` // not shown to the patient and theirs
}

// EndAsked is that somebody asked to end a membership, which waits for who leads the team.
type EndAsked struct {
	At     time.Time `json:"at"`
	By     string    `json:"by"`   // account
	Name   string    `json:"name"` // of who asked
	TaskID string    `json:"taskId"`
}

// Active tells whether the membership holds at the given moment.
func (m Membership) Active(at time.Time) bool {
	return !at.Before(m.Since) && (m.Until == nil || at.Before(*m.Until))
}

// Basis says on what ground access was given.
type Basis string

// The grounds of access.
const (
	BasisSelf       Basis = "self"
	BasisTeam       Basis = "care-team"
	BasisConsent    Basis = "consent"
	BasisOperations Basis = "operations"
	BasisBreakGlass Basis = "break-glass"
	BasisGuardian   Basis = "guardian" // acts for the patient by a document
	BasisVisit      Basis = "visit"    // booked into a visit as its interpreter
	BasisNone       Basis = "none"
)

// AccessFacts is all that is known about an actor and a chart when it is opened.
type AccessFacts struct {
	Membership *Membership
	Consents   []Consent // of this patient, for this actor
	BreakGlass []BreakGlass
	Outside    OutsideWord // read for an actor who is Outside
	Guardian   *Guardian   // of this patient, for this actor
	Minor      bool        // the patient is below AdultAge; read for guardians
	ParentMay  []Section   // what the jurisdiction lets a parent see of this minor; read for guardians
	Interprets bool        // booked as an interpreter into a visit that is not over
	Restricted Restricted  // what a restriction of the chart means for an actor of the clinic; not read: it is closed
}

// AccessQuestion asks whether an actor may do something now.
type AccessQuestion struct {
	Actor     Actor
	PatientID string
	Section   Section
	Verb      Verb
	Purpose   Purpose
	At        time.Time
}

// Decision is the answer. Whole is false when only the part that the patient
// marked as shared may be seen. ConsentID names the consent that was relied on.
type Decision struct {
	Allowed   bool
	Whole     bool
	Basis     Basis
	ConsentID string
	Scope     Scope  // which scope of the consent opened it
	Rule      string // which rule refused, for the  event
	Section   Section
	Verb      Verb
}

// RulePatientSaidNo is the rule of a refusal because the patient said no to the actor.
const RulePatientSaidNo = "patient-said-no"

// Decide answers an access question. It is pure; default is deny. The order: the
// patient's own chart, a restriction of the chart, the patient's deny, interpreters, guardians, what must not leave the programme, care
// team, consent, running the site, break-glass (which neither of the first two stops: it is for emergencies and is told to
// the patient).
func Decide(q AccessQuestion, f AccessFacts) Decision {
	d := Decision{Basis: BasisNone, Rule: "no-ground", Section: q.Section, Verb: q.Verb}
	if q.Actor.App != nil && !q.Actor.App.lets(q) {
		d.Rule = "app-scope"
		return d
	}
	if q.Actor.Role == RolePatient {
		return decideSelf(q, d)
	}
	if q.Actor.Role == RolePartner { // whatever was signed: a referral is all that goes to them
		d.Rule = "partner"
		return d
	}
	if breakGlass := decideBreakGlass(q, f); breakGlass.Allowed && q.Purpose == PurposeEmergency {
		return breakGlass
	}
	if restricted(q, f) {
		d.Rule = RuleRestricted
	} else if denied(q, f) {
		d.Rule = RulePatientSaidNo
	} else if q.Actor.Role == RoleInterpreter {
		return decideInterpreter(q, f, d)
	} else if q.Actor.Role == RoleGuardian {
		return decideGuardian(q, f, d)
	} else if q.Actor.Outside && q.Actor.Role.Staff() && f.Outside.Refuses(q.Section) {
		d.Rule = "no-tpo-consent"
	} else if t := decideTeam(q, f); t.Allowed {
		return t
	} else if c := decideConsent(q, f); c.Allowed {
		return c
	} else if o := decideOperations(q); o.Allowed {
		return o
	}
	if breakGlass := decideBreakGlass(q, f); breakGlass.Allowed {
		return breakGlass
	}
	return d
}

func decideSelf(q AccessQuestion, d Decision) Decision {
	if q.Actor.PatientID != "" && q.Actor.PatientID == q.PatientID {
		d.Allowed, d.Whole, d.Basis, d.Rule = true, true, BasisSelf, ""
	}
	return d
}

// denied tells whether the patient forbade this section to this actor.
func denied(q AccessQuestion, f AccessFacts) bool {
	for _, c := range f.Consents {
		if c.Provision == Deny && c.Recipient == q.Actor.AccountID && c.Active(q.At) &&
			slices.ContainsFunc(c.Scopes, func(s Scope) bool { covered, _ := s.Covers(q.Section); return covered }) {
			return true
		}
	}
	return false
}

func decideTeam(q AccessQuestion, f AccessFacts) Decision {
	d := Decision{Section: q.Section, Verb: q.Verb}
	m := f.Membership
	if m == nil || m.AccountID != q.Actor.AccountID || m.PatientID != q.PatientID || !m.Active(q.At) {
		return d
	}
	if !teamMay(q.Actor, q.Section, q.Verb) {
		return d
	}
	d.Allowed, d.Whole, d.Basis = true, true, BasisTeam
	return d
}

// teamMay is the table of what a member of the care team may do by profession.
// A coordinator arranges and does not read clinical content; a trainee reads.
func teamMay(a Actor, s Section, v Verb) bool {
	switch s {
	case SectionReferrals:
		return a.Role == RoleClinician && (v == Read || a.Discipline != DisciplineTrainee) || a.Role == RoleCoordinator
	case SectionProfile, SectionCareTeam, SectionAppointments:
		return a.Role == RoleClinician && (v == Read || s != SectionCareTeam) || a.Role == RoleCoordinator
	case SectionGoals, SectionCheckIns, SectionCrisisPlan, SectionEducation, SectionMessages, SectionCarePlan, SectionMedicines, SectionUseMedicines:
		return a.Role == RoleClinician && (v == Read || a.Discipline != DisciplineTrainee)
	case SectionConsents:
		return a.Role == RoleClinician && v == Read
	}
	return false
}

// decideInterpreter: an interpreter knows when the visits are that they are booked into,
// and how they take place. Nothing else opens a chart to them, whatever was signed.
func decideInterpreter(q AccessQuestion, f AccessFacts, d Decision) Decision {
	if f.Interprets && q.Section == SectionAppointments && q.Verb == Read {
		d.Allowed, d.Basis, d.Rule = true, BasisVisit, ""
	}
	return d
}

func decideConsent(q AccessQuestion, f AccessFacts) Decision {
	best := Decision{Section: q.Section, Verb: q.Verb}
	if q.Verb != Read {
		return best // a consent lets somebody see, never change
	}
	for _, c := range f.Consents {
		if !opens(c, q) {
			continue
		}
		for _, s := range c.Scopes {
			covered, whole := s.Covers(q.Section)
			if covered && (!best.Allowed || whole && !best.Whole || best.Scope == ScopeMilestones) {
				best.Allowed, best.Whole, best.Basis, best.ConsentID, best.Scope = true, whole, BasisConsent, c.ID, s
			}
		}
	}
	return best
}

// opens tells whether c is a live permission of this patient to this actor for
// this purpose.
func opens(c Consent, q AccessQuestion) bool {
	return c.Provision == Permit && c.PatientID == q.PatientID && c.Recipient == q.Actor.AccountID &&
		(c.Kind == ConsentSharing || c.Kind == ConsentCounsellingNotes) &&
		c.Active(q.At) && slices.Contains(c.Purposes, q.Purpose)
}

// decideOperations: coordinators and administrators keep names and care teams in
// order for the whole site, and nothing else.
func decideOperations(q AccessQuestion) Decision {
	d := Decision{Section: q.Section, Verb: q.Verb}
	runs := q.Actor.Role == RoleCoordinator || q.Actor.Role == RoleAdministrator
	if runs && (q.Section == SectionCareTeam || q.Section == SectionProfile && q.Verb == Read) {
		d.Allowed, d.Whole, d.Basis = true, true, BasisOperations
	}
	return d
}
