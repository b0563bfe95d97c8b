package models

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// MinorRuleSigned says that two people of a clinic take a rule for minors as it ships: who
// proposed it, on whose reading of the law, and who signed second. It is of these words of
// the rule alone: a program that ships others asks for it anew.
type MinorRuleSigned struct {
	Jurisdiction string     `json:"jurisdiction"`
	Fingerprint  string     `json:"fingerprint"` // of the rule that was read
	Counsel      string     `json:"counsel"`     // who read the law for the clinic, and when
	By           Author     `json:"by"`
	At           time.Time  `json:"at"`
	Second       Author     `json:"second"` // whom the proposer asked
	TaskID       string     `json:"taskId"`
	SignedBy     *Author    `json:"signedBy,omitempty"`
	SignedAt     *time.Time `json:"signedAt,omitempty"`
	EndedBy      *Author    `json:"endedBy,omitempty"`
	EndedAt      *time.Time `json:"endedAt,omitempty"`
}

// How long the words about who read the law are at most, in characters, and how long a
// second person has to sign [P].
const (
	MaxCounsel        = 300
	MinorRuleSignDays = 14
)

// Fingerprint names the rule as it ships: half of the SHA-256 of all that it says, in
// hexadecimal, 32 characters.
func (r MinorRule) Fingerprint() string {
	b, err := json.Marshal(r)
	if err != nil {
		panic("models: a rule for minors has no JSON: " + err.Error()) // text and numbers alone
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:16])
}

// The states of a rule at a clinic.
const (
	MinorRuleUnsigned = "unsigned" // nobody has proposed it
	MinorRuleProposed = "proposed" // one has signed
	MinorRuleInForce  = "in-force"
	MinorRuleChanged  = "changed" // what was signed is not what ships now
	MinorRuleEnded    = "ended"
	// MinorRuleUnreadable: what was signed can't be read, so that it opens nothing.
	MinorRuleUnreadable = "unreadable"
)

// StateOf tells how a rule stands with what was signed. Only MinorRuleInForce opens
// anything.
func (s MinorRuleSigned) StateOf(r MinorRule) string {
	switch {
	case s.By.AccountID == "" || s.Jurisdiction != r.Jurisdiction:
		return MinorRuleUnsigned
	case s.EndedAt != nil:
		return MinorRuleEnded
	case s.Fingerprint != r.Fingerprint():
		return MinorRuleChanged
	case s.SignedBy == nil || s.SignedBy.AccountID == s.By.AccountID:
		return MinorRuleProposed
	}
	return MinorRuleInForce
}
