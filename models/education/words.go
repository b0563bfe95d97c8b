package education

import (
	"crypto/sha256"
	"encoding/base64"
)

// Words are words of the app itself that a wrong one could cost a life with, or a choice:
// what is read when somebody is near who may be in danger, and what is read before a
// consent. A site shows them in a language when a clinician has signed them in it.
type Words struct {
	ID       string // near, consent
	Language string
	Lines    []Line // in an order that stays
}

// Line is one text of Words, by the name that it has in the app.
type Line struct {
	Key  string `json:"key"`
	Text string `json:"text"`
}

// Fingerprint names exactly these words: 16 characters, as Module.Fingerprint.
func (w Words) Fingerprint() string {
	sum := sha256.New()
	for _, l := range w.Lines {
		sum.Write([]byte(l.Key + "\x00" + l.Text + "\n"))
	}
	return base64.RawURLEncoding.EncodeToString(sum.Sum(nil))[:16]
}
