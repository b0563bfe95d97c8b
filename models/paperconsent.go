package models

import "time"

// SignaturePaper is the method of a signature that stands on paper. Only CheckPaperConsent
// takes it.
const SignaturePaper = "paper"

// Paper marks a consent that was signed on paper and recorded by the clinic.
type Paper struct {
	SignedOn string    `json:"signedOn"` // YYYY-MM-DD, as the paper says
	SeenBy   Author    `json:"seenBy"`   // who works here and saw the paper
	By       Author    `json:"by"`       // who recorded it
	At       time.Time `json:"at"`       // UTC, when
}

// CheckPaperConsent is CheckConsent for one on paper: it can open what the patient could
// open on the phone, and less. Consents for the counselling notes and for proceedings are
// never taken from a list (42 CFR 2.31(b), (d)), and no promise is: its words were not read.
// Errors: KindInvalid with a field for each missing element.
func CheckPaperConsent(t ConsentTerms, recipientRole Role, now time.Time) error {
	var c Checks
	c.Require(t.Kind == ConsentSharing || t.Kind == ConsentTreatment, "kind", "not-from-a-list", "This kind of consent is not taken from a list. The patient signs it alone.")
	c.Require(t.Provision == Permit, "provision", "not-from-a-list", "Only what was allowed is taken from a list.")
	c.Require(t.CallForHelp == nil && t.MedicineReminders == nil, "scopes", "not-from-a-list", "A promise can't be taken from paper.")
	c.Require(t.Signature.Method == SignaturePaper, "signature.method", "unknown-method", "This is for what was signed on paper.")
	t.Signature.Method = SignatureTyped
	c.add(CheckConsent(t, recipientRole, now))
	return c.Err()
}
