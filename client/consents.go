package client

import (
	"context"
	"iter"
	"net/http"
	"time"
)

// Consent is a signed consent, or a signed no (FHIR Consent).
type Consent struct {
	ID                string             `json:"id"`
	PatientID         string             `json:"patientId"`
	Kind              string             `json:"kind"`
	Status            string             `json:"status"`
	Discloser         string             `json:"discloser"`
	Expiry            Expiry             `json:"expiry"`
	NoticeVersion     string             `json:"noticeVersion"`
	Provision         string             `json:"provision"`
	Purposes          []string           `json:"purposes"`
	Recipient         string             `json:"recipient"`
	RecipientName     string             `json:"recipientName,omitempty"`
	RevokedAt         time.Time          `json:"revokedAt,omitzero"`
	RevokedBy         string             `json:"revokedBy,omitempty"`
	Scopes            []string           `json:"scopes"`
	Signature         Signature          `json:"signature"`
	SignedAt          time.Time          `json:"signedAt"`
	SignedBy          string             `json:"signedBy,omitempty"` // a guardian who signed for the patient
	Statements        []string           `json:"statements"`
	CallForHelp       *CallForHelp       `json:"callForHelp,omitempty"`
	MedicineReminders *MedicineReminders `json:"medicineReminders,omitempty"`
	Words             *ReadWords         `json:"words,omitempty"`
	Paper             *Paper             `json:"paper,omitempty"`           // What was signed on paper and recorded by the clinic.
	WordsReviewedOn   string             `json:"wordsReviewedOn,omitempty"` // Day on which a clinician signed the words that were read; "": a demo, or signed before words were.
	Withdrawn         []string           `json:"withdrawn,omitempty"`       // Signed, and taken off by the clinic since it never worked. Nothing was shared by these.
}

// CallForHelp is when and how somebody is asked to call the patient, as it was signed.
type CallForHelp struct {
	When     string `json:"when"`     // One of: team-asks, no-contact, at-once.
	Way      string `json:"way"`      // One of: push, sms, email.
	Wording  string `json:"wording"`  // One of: help-call, help-come, help-look.
	Language string `json:"language"` // BCP 47, in which it was shown and is sent.
	Text     string `json:"text"`     // As it was shown.
}

// MedicineReminders is how somebody hears of the patient's times of medicines.
type MedicineReminders struct {
	Way          string `json:"way"`          // One of: push, sms, email.
	AfterMinutes int    `json:"afterMinutes"` // After the patient's own time: 0, 30 or 60.
}

// Paper marks a consent that was signed on paper.
type Paper struct {
	SignedOn string    `json:"signedOn"` // A day.
	SeenBy   Author    `json:"seenBy"`   // Who works at the clinic and saw the paper.
	By       Author    `json:"by"`       // Who recorded it.
	At       time.Time `json:"at"`       // When it was recorded.
}

// NewConsent is what a patient signs.
type NewConsent struct {
	ID                string             `json:"id,omitempty"`     // Made by the client.
	Kind              string             `json:"kind"`             // One of: sharing, tpo, counselling-notes, legal-proceedings.
	Expiry            *Expiry            `json:"expiry,omitempty"` // Left out for a supporter: 180 days.
	Provision         string             `json:"provision"`        // One of: permit, deny.
	Purposes          []string           `json:"purposes"`
	Recipient         string             `json:"recipient"` // An account of sharing-choices; for kind tpo treating-providers.
	Scopes            []string           `json:"scopes"`
	Signature         Signature          `json:"signature"`
	Statements        []string           `json:"statements,omitempty"` // The statements that were shown and accepted.
	CallForHelp       *CallForHelp       `json:"callForHelp,omitempty"`
	MedicineReminders *MedicineReminders `json:"medicineReminders,omitempty"`
	Words             *ReadWords         `json:"words,omitempty"` // The words of the app that were read before signing. A permit needs them where a clinic signs such words.
}

// ReadWords name the words of the app that somebody read before they signed.
type ReadWords struct {
	Language    string `json:"language"`    // BCP 47, in which they were read.
	Fingerprint string `json:"fingerprint"` // As listEducationWords has it.
}

// Expiry is when a consent ends.
type Expiry struct {
	At    time.Time `json:"at,omitzero"`
	Event string    `json:"event,omitempty"` // Ends when this happens. The site then revokes it. One of: end-of-treatment.
	None  bool      `json:"none,omitempty"`  // Lasts until you take it back. Only for a consent of kind tpo, and for a deny.
}

// Signature is how it was signed.
type Signature struct {
	Name   string `json:"name"`
	Method string `json:"method"` // One of: typed.
}

// Consents lists what the patient signed, newest first.
func (ch *Chart) Consents(ctx context.Context) iter.Seq2[Consent, error] {
	return pages[Consent](ctx, ch.c, ch.path+"/consents", nil)
}

// GiveConsent signs one.
func (ch *Chart) GiveConsent(ctx context.Context, n NewConsent) (Consent, error) {
	n.ID = orNewID(n.ID)
	return into[Consent](ctx, ch.c, Request{Method: http.MethodPost, Path: ch.path + "/consents", Body: n, SameTwice: true})
}

// RevokeConsent takes one back: at once, and for good.
func (ch *Chart) RevokeConsent(ctx context.Context, id string) error {
	return ch.c.done(ctx, Request{Method: http.MethodDelete, Path: at(ch.path+"/consents", id)})
}
