package models

import (
	"slices"
	"time"
)

// OutsideWord is what a patient last said about treatment, payment and operations
// outside of the programme: their consent of kind tpo. It bears on what leaves the
// programme (Actor.Outside), not on what its own team does inside of it
// (42 CFR 2.12(c)(3)).
type OutsideWord struct {
	Said      bool   // signed, taken back, run out or refused: something was said
	ConsentID string // the one that holds; "": none does
	Scopes    []Scope
}

// OutsideWordOf finds the last word among a patient's consents. A no that holds wins;
// else the last that happened counts: a signature, its end, or that it was taken back.
func OutsideWordOf(all []Consent, at time.Time) (w OutsideWord) {
	var last time.Time
	for _, c := range all {
		if c.Kind != ConsentTreatment {
			continue
		}
		if c.Provision == Deny {
			if c.Active(at) {
				return OutsideWord{Said: true}
			}
			continue
		}
		when, holds := c.SignedAt, c.Active(at)
		if !holds {
			when = c.endedAt()
		}
		if !w.Said || when.After(last) || when.Equal(last) && !holds {
			last, w = when, OutsideWord{Said: true}
			if holds {
				w.ConsentID, w.Scopes = c.ID, c.Scopes
			}
		}
	}
	return w
}

// endedAt is when a consent that does not hold any more ended.
func (c Consent) endedAt() time.Time {
	if c.RevokedAt != nil {
		return *c.RevokedAt
	}
	return *c.Expiry.At
}

// Refuses tells whether a section must not leave the programme. Who never said
// anything refuses nothing: then the team's own use, by whatever program, is all there is.
func (w OutsideWord) Refuses(s Section) bool {
	return w.Said && !slices.ContainsFunc(w.Scopes, func(sc Scope) bool { covered, whole := sc.Covers(s); return covered && whole })
}
