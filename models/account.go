package models

import "time"

// Role says what an account is in the clinic.
type Role string

// The roles. A clinician has a Discipline as well.
const (
	RolePatient       Role = "patient"
	RoleSupporter     Role = "supporter"   // family or friend
	RoleGuardian      Role = "guardian"    // acts for a patient by a document, as far as it goes
	RoleInterpreter   Role = "interpreter" // comes to visits that they are booked into, and sees nothing else
	RolePartner       Role = "partner"     // works for an organisation outside, and sees the referrals to it alone
	RoleClinician     Role = "clinician"
	RoleCoordinator   Role = "coordinator"
	RoleAdministrator Role = "administrator"
)

// Roles lists every role.
var Roles = []Role{RolePatient, RoleSupporter, RoleGuardian, RoleInterpreter, RolePartner, RoleClinician, RoleCoordinator, RoleAdministrator}

// Valid tells whether r is one of Roles.
func (r Role) Valid() bool {
	for _, known := range Roles {
		if r == known {
			return true
		}
	}
	return false
}

// Staff tells whether people of this role work for the site.
func (r Role) Staff() bool {
	return r == RoleClinician || r == RoleCoordinator || r == RoleAdministrator
}

// Discipline is the profession of a clinician.
type Discipline string

// The disciplines of a care team.
const (
	DisciplinePrimaryCare Discipline = "primary-care"
	DisciplinePsychiatry  Discipline = "psychiatry"
	DisciplinePsychology  Discipline = "psychology"
	DisciplineAddiction   Discipline = "addiction"
	DisciplineNursing     Discipline = "nursing"
	DisciplineTherapy     Discipline = "therapy"
	DisciplineSocialWork  Discipline = "social-work"
	DisciplineCommunity   Discipline = "community-health"
	DisciplinePeer        Discipline = "peer"
	DisciplinePharmacy    Discipline = "pharmacy"
	DisciplineDietetics   Discipline = "dietetics"
	DisciplineGenetics    Discipline = "genetic-counselling"
	DisciplineCreative    Discipline = "creative-therapy"
	DisciplineTrainee     Discipline = "trainee"
)

// Disciplines lists every discipline.
var Disciplines = []Discipline{
	DisciplinePrimaryCare, DisciplinePsychiatry, DisciplinePsychology, DisciplineAddiction,
	DisciplineNursing, DisciplineTherapy, DisciplineSocialWork, DisciplineCommunity,
	DisciplinePeer, DisciplinePharmacy, DisciplineDietetics, DisciplineGenetics,
	DisciplineCreative, DisciplineTrainee,
}

// Valid tells whether d is one of Disciplines.
func (d Discipline) Valid() bool {
	for _, known := range Disciplines {
		if d == known {
			return true
		}
	}
	return false
}

// Medical tells whether the discipline is one of medical personnel in the sense
// of 42 CFR 2.51: only they may break the glass.
func (d Discipline) Medical() bool {
	switch d {
	case DisciplinePrimaryCare, DisciplinePsychiatry, DisciplineAddiction, DisciplineNursing, DisciplinePharmacy:
		return true
	}
	return false
}

// Prescribes tells whether people of the discipline order medicines.
func (d Discipline) Prescribes() bool {
	return d == DisciplinePrimaryCare || d == DisciplinePsychiatry || d == DisciplineAddiction
}

// Account is a person who can sign in.
type Account struct {
	ID             string     `json:"id"`
	Role           Role       `json:"role"`
	Discipline     Discipline `json:"discipline,omitempty"` // clinicians only
	Name           string     `json:"name"`
	Zone           string     `json:"zone"`                // IANA name
	Language       string     `json:"language"`            // BCP 47
	Country        string     `json:"country"`             // ISO 3166-1 alpha-2, for emergency numbers
	PatientID      string     `json:"patientId,omitempty"` // patients only: their chart
	PartnerID      string     `json:"partnerId,omitempty"` // partners only: their organisation
	Status         string     `json:"status"`              // active, suspended
	CreatedAt      time.Time  `json:"createdAt"`
	PrivacyOfficer bool       `json:"privacyOfficer,omitempty"` // administrators only: reviews broken glasses
}

// Account states.
const (
	AccountActive    = "active"
	AccountSuspended = "suspended"
)

// SystemName is the name of who acts when no account does.
const SystemName = "The system"

// Actor is who makes a call: an account in one of its sessions. System work
// (workers, the operator's commands) has Role "" and AccountID "system".
type Actor struct {
	AccountID  string
	SessionID  string
	Role       Role
	Discipline Discipline
	PatientID  string // for patients: their own chart
	Name       string
	App        *AppAccess // an app that acts for them; nil: they themselves
	Outside    bool       // acts by what leaves the programme: an app or portal, a calendar program, a file
}
