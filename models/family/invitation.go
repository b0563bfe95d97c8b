package family

import (
	"slices"
	"strconv"
	"time"

	"handrail/models"
	"handrail/models/crisisplan"
)

// How much an invitation holds, texts in characters.
const (
	MaxName       = 60
	MaxBoundaries = 10
	MaxBoundary   = 200
	MaxOpen       = 10 // invitations of one patient that could still be taken
)

// InvitationLife is how long an invitation can be taken. [P]
const InvitationLife = 7 * 24 * time.Hour

// MaxGuesses is how many wrong tries end an invitation, as for a code of the clinic.
const MaxGuesses = 5

// InvitationTerms is what the patient decides and signs.
type InvitationTerms struct {
	From         string               `json:"from"`         // the name that the invited person knows the patient by
	Name         string               `json:"name"`         // whom it is for
	Relationship string               `json:"relationship"` // one of models.Relationships
	Boundaries   []string             `json:"boundaries"`   // what both agree to, in the patient's words
	Scopes       []models.Scope       `json:"scopes"`       // of models.SupporterScopes; none: nothing is shared yet
	PlanSections []crisisplan.Section `json:"planSections"` // of the crisis plan, with the scope for it
	Days         int                  `json:"days"`         // how long the look into the record holds, from now
	Statements   []models.Statement   `json:"statements,omitempty"`
	Signature    models.Signature     `json:"signature,omitzero"`
	Words        *models.ReadWords    `json:"words,omitempty"` // that were read before signing
}

// Normal makes equal what means the same.
func (t InvitationTerms) Normal() InvitationTerms {
	if t.Boundaries == nil {
		t.Boundaries = []string{}
	}
	if t.Scopes == nil {
		t.Scopes = []models.Scope{}
	}
	if t.PlanSections == nil {
		t.PlanSections = []crisisplan.Section{}
	}
	if t.Days == 0 {
		t.Days = models.SupporterConsentDays
	}
	return t
}

// Check holds terms against the rules. What they share is held against those of a
// consent once more (Consent). Errors: KindInvalid with fields.
func (t InvitationTerms) Check(now time.Time) error {
	var c models.Checks
	c.Text("from", t.From, 1, MaxName)
	c.Text("name", t.Name, 1, MaxName)
	c.Require(slices.Contains(models.Relationships, t.Relationship), "relationship", "unknown-relationship", "Choose how this person belongs to you.")
	checkWords(&c, "boundaries", t.Boundaries)
	c.Require(t.Days >= 1 && t.Days <= models.SupporterConsentDays, "days", "out-of-range", "Choose 1 to "+strconv.Itoa(models.SupporterConsentDays)+" days.")
	c.Require(len(t.PlanSections) == 0 || slices.Contains(t.Scopes, models.ScopeCrisisPlanShared), "planSections", "needs-scope", "Share parts of the plan as well, or choose none.")
	for i, s := range t.PlanSections {
		c.Require(slices.Contains(crisisplan.Sections, s), models.Indexed("planSections", i), "unknown-section", "There is no such part of the plan.")
	}
	c.Require(len(t.PlanSections) <= len(crisisplan.Sections), "planSections", "too-many", "That is too many entries.")
	if len(t.Scopes) == 0 || len(c.Fields()) > 0 {
		return c.Err()
	}
	return models.CheckConsent(t.consent("invited", now), models.RoleSupporter, now)
}

func (t InvitationTerms) consent(recipient string, at time.Time) models.ConsentTerms {
	end := at.AddDate(0, 0, t.Days)
	return models.ConsentTerms{Kind: models.ConsentSharing, Provision: models.Permit, Recipient: recipient, Scopes: t.Scopes,
		Purposes: []models.Purpose{models.PurposeFamily}, Expiry: models.Expiry{At: &end}, Statements: t.Statements, Signature: t.Signature, Words: t.Words}
}

// checkWords holds a list of sentences against its limits.
func checkWords(c *models.Checks, field string, words []string) {
	c.Require(len(words) <= MaxBoundaries, field, "too-many", "That is too many entries.")
	for i, w := range words[:min(len(words), MaxBoundaries)] {
		c.Text(models.Indexed(field, i), w, 1, MaxBoundary)
	}
}

// Invitation is one that a patient made. It opens nothing until somebody takes it.
type Invitation struct {
	ID         string     `json:"id"`
	PatientID  string     `json:"patientId"`
	MadeAt     time.Time  `json:"madeAt"`
	ExpiresAt  time.Time  `json:"expiresAt"`
	Salt       []byte     `json:"salt"`
	Proof      []byte     `json:"proof"` // a hash: the code itself is kept nowhere
	Wrong      int        `json:"wrong"`
	Cancelled  *time.Time `json:"cancelled,omitempty"`
	UsedAt     *time.Time `json:"usedAt,omitempty"`
	AccountID  string     `json:"accountId,omitempty"`  // of who took it
	DeviceID   string     `json:"deviceId,omitempty"`   // on which they did
	PlanShared bool       `json:"planShared,omitempty"` // the sections of the plan were shared, once
	// Day on which a clinician signed the words, as in a consent.
	WordsReviewedOn string `json:"wordsReviewedOn,omitempty"`
	InvitationTerms
}

// Open tells whether somebody could still take it.
func (v Invitation) Open(at time.Time) bool {
	return v.UsedAt == nil && v.Cancelled == nil && v.Wrong < MaxGuesses && at.Before(v.ExpiresAt)
}

// TakenBy tells whether this is the try of a device that took it already: its answer
// was lost on the way.
func (v Invitation) TakenBy(deviceID string, at time.Time) bool {
	return v.UsedAt != nil && v.Wrong < MaxGuesses && deviceID != "" && v.DeviceID == deviceID && at.Before(v.ExpiresAt)
}

// Consent is what the patient signed with the invitation, for the one who took it; not
// ok when it shares nothing, or what it shared would have ended by now.
func (v Invitation) Consent(id, accountID, discloser, notice string, at time.Time) (c models.Consent, ok bool) {
	c = models.Consent{ID: id, PatientID: v.PatientID, Discloser: discloser, SignedAt: v.MadeAt, NoticeText: notice,
		WordsReviewedOn: v.WordsReviewedOn, ConsentTerms: v.consent(accountID, v.MadeAt)}
	return c, len(v.Scopes) > 0 && c.Active(at)
}

// Offer is what the holder of a code reads before they say yes: nothing that tells who
// is a patient, where, or what for.
type Offer struct {
	From         string         `json:"from"`
	Name         string         `json:"name"`
	Relationship string         `json:"relationship"`
	Boundaries   []string       `json:"boundaries"`
	Scopes       []models.Scope `json:"scopes"`
	Until        time.Time      `json:"until"`     // when the look into what is shared ends
	ExpiresAt    time.Time      `json:"expiresAt"` // until when one can say yes
}

// Offer is what the holder of the code reads.
func (v Invitation) Offer() Offer {
	return Offer{v.From, v.Name, v.Relationship, v.Boundaries, v.Scopes, v.MadeAt.AddDate(0, 0, v.Days), v.ExpiresAt}
}
