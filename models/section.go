package models

// Section is a part of a chart that can be shared on its own.
type Section string

// The sections of a chart.
const (
	SectionProfile          Section = "profile"
	SectionCareTeam         Section = "care-team"
	SectionGoals            Section = "goals"
	SectionCheckIns         Section = "check-ins"
	SectionCrisisPlan       Section = "crisis-plan"
	SectionAppointments     Section = "appointments"
	SectionConsents         Section = "consents"
	SectionAccessLog        Section = "access-log"
	SectionEducation        Section = "education"               // what the team gives somebody to read; answers are the reader's own
	SectionMessages         Section = "messages"                // threads; those inside the team are the team's alone
	SectionCarePlan         Section = "care-plan"               // the one plan of patient and team; with the problems that it names
	SectionMedicines        Section = "medicines"               // the list, its order and reactions
	SectionUseMedicines     Section = "substance-use-medicines" // those of it that tell of substance use: 42 CFR Part 2
	SectionReferrals        Section = "referrals"               // social needs, and what partners are asked for
	SectionCounsellingNotes Section = "counselling-notes"       // 42 CFR 2.11: kept apart, consent of its own
)

// Sections lists every section.
var Sections = []Section{
	SectionProfile, SectionCareTeam, SectionGoals, SectionCheckIns, SectionCrisisPlan,
	SectionAppointments, SectionConsents, SectionAccessLog, SectionEducation, SectionMessages, SectionCarePlan, SectionMedicines, SectionUseMedicines, SectionReferrals, SectionCounsellingNotes,
}

// Scope is what a consent gives: a whole section (its name), or one of the
// narrower scopes for family and friends below. Default is none.
type Scope string

// The scopes for supporters.
const (
	ScopeAppointmentTimes Scope = "appointments.times"
	ScopeCrisisPlanShared Scope = "crisis-plan.shared-sections"
	ScopeGoalsShared      Scope = "goals.shared"
	ScopeMedicineRemind   Scope = "medication.reminders"
	ScopeMilestones       Scope = "milestones"
	ScopeMessagesShared   Scope = "messages.shared" // threads that they take part in, with the patient
	ScopeSafetyContact    Scope = "alerts.safety-contact"
)

// ScopeReferral is one referral, as it was shown before it was signed. It opens no part
// of a chart.
const ScopeReferral Scope = "referral"

// WithdrawnScopes were offered once and nothing ever read them. Old consents name
// them; nobody signs them any more, and none of these names may come back: what a
// person signed then was another promise.
var WithdrawnScopes = []Scope{ScopeMedicineRemind, ScopeSafetyContact}

// SupporterScopes lists all that can be given to family and friends.
var SupporterScopes = []Scope{
	ScopeAppointmentTimes, ScopeCrisisPlanShared, ScopeGoalsShared, ScopeMilestones, ScopeMessagesShared,
}

// ShareableScopes lists all that can be given to professionals outside of the
// care team. The counselling notes need a consent of their own kind.
var ShareableScopes = []Scope{
	Scope(SectionProfile), Scope(SectionCareTeam), Scope(SectionGoals),
	Scope(SectionCheckIns), Scope(SectionCrisisPlan), Scope(SectionAppointments), Scope(SectionMessages),
	Scope(SectionMedicines), Scope(SectionUseMedicines),
}

// Verb is what somebody wants to do with a section.
type Verb string

// The verbs.
const (
	Read  Verb = "read"
	Write Verb = "write"
)

// Covers tells whether the scope opens section s, and whether it opens it whole
// or only the part that the patient marked as shared.
func (sc Scope) Covers(s Section) (covered, whole bool) {
	if sc == Scope(s) {
		return true, true
	}
	switch sc {
	case ScopeAppointmentTimes:
		return s == SectionAppointments, false
	case ScopeCrisisPlanShared:
		return s == SectionCrisisPlan, false
	case ScopeGoalsShared, ScopeMilestones:
		return s == SectionGoals, false
	case ScopeMessagesShared:
		return s == SectionMessages, false
	}
	return false, false
}

// Purpose says why somebody opens a chart (HL7 PurposeOfUse in our words).
type Purpose string

// The purposes.
const (
	PurposeSelf       Purpose = "self"       // the patient's own use
	PurposeTreatment  Purpose = "treatment"  // care
	PurposeFamily     Purpose = "family"     // a supporter, as the patient allowed
	PurposeReferral   Purpose = "referral"   // a partner helps with a need
	PurposeOperations Purpose = "operations" // running the site
	PurposeEmergency  Purpose = "emergency"  // 42 CFR 2.51
)

// PurposeOf is the purpose that a role acts with when nothing else is said.
func PurposeOf(r Role) Purpose {
	switch r {
	case RolePatient:
		return PurposeSelf
	case RoleSupporter, RoleGuardian:
		return PurposeFamily
	case RolePartner:
		return PurposeReferral
	case RoleClinician:
		return PurposeTreatment
	}
	return PurposeOperations
}
