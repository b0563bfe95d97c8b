package medicine

import (
	"maps"
	"slices"
	"strings"
	"time"

	"handrail/models"
)

// Change is a rule that the clinic adds, or one that it silences, for a time. It holds
// once two people have signed it, and ends by itself.
type Change struct {
	ID       string         `json:"id"`
	Do       string         `json:"do"`              // DoAdd or DoSilence
	Rule     string         `json:"rule,omitempty"`  // silenced: its id
	Added    *AddedRule     `json:"added,omitempty"` // added
	Why      string         `json:"why"`
	Until    time.Time      `json:"until"`
	By       models.Author  `json:"by"` // the first signature
	At       time.Time      `json:"at"`
	SignedBy *models.Author `json:"signedBy,omitempty"` // the second
	SignedAt *time.Time     `json:"signedAt,omitempty"`
	EndedBy  *models.Author `json:"endedBy,omitempty"`
	EndedAt  *time.Time     `json:"endedAt,omitempty"`
}

// What a change does.
const (
	DoAdd     = "add"
	DoSilence = "silence"
)

// AddedRule is a rule of the clinic: a pair.
type AddedRule struct {
	A        []string `json:"a"`
	B        []string `json:"b"`
	Severity Severity `json:"severity"`
	Why      string   `json:"why"`
	Instead  string   `json:"instead"`
	Source   string   `json:"source"`
}

// maxChange is how long a change may hold: then two people look again.
const maxChange = 366 * 24 * time.Hour

// SiteRule is the id of a clinic's own rule.
func (c Change) SiteRule() string { return "site-" + c.ID }

// Holds tells whether the change counts.
func (c Change) Holds(at time.Time) bool {
	return c.SignedBy != nil && c.EndedAt == nil && at.Before(c.Until)
}

// Check holds a change against the rules that it is for. Errors: KindInvalid with fields.
func (c Change) Check(s *Set, now time.Time) error {
	var k models.Checks
	k.Require(c.Do == DoAdd || c.Do == DoSilence, "do", "not-a-choice", "Choose one of those that are offered.")
	k.Text("why", c.Why, 1, MaxText)
	k.Require(c.Until.After(now), "until", "in-the-past", "Give an end that is still to come.")
	k.Require(c.Until.Sub(now) <= maxChange, "until", "too-far", "Give an end within a year.")
	if c.Do == DoSilence {
		known := slices.ContainsFunc(s.Rules, func(r Rule) bool { return r.ID == c.Rule })
		k.Require(known, "rule", "no-such-rule", "Choose a rule from the list.")
		k.Require(c.Added == nil, "added", "one-of-two", "A change adds a rule or silences one.")
		return k.Err()
	}
	k.Require(c.Added != nil, "added", "required", "Say what the rule is.")
	if c.Added == nil {
		return k.Err()
	}
	a := c.Added
	for _, f := range []struct{ field, text string }{{"why", a.Why}, {"instead", a.Instead}, {"source", a.Source}} {
		k.Text("added."+f.field, f.text, 1, MaxText)
		k.Require(!HasDose(f.text), "added."+f.field, "holds-a-dose", "A rule says no dose. Only a prescriber does.")
	}
	k.Require(slices.Contains(Severities, a.Severity), "added.severity", "not-a-choice", "Choose one of those that are offered.")
	for _, side := range []struct {
		field string
		names []string
	}{{"added.a", a.A}, {"added.b", a.B}} {
		k.Require(len(side.names) > 0 && len(side.names) <= 50, side.field, "required", "Name one to fifty ingredients or groups.")
		_, err := s.set(side.names)
		k.Require(err == nil, side.field, "not-usable", "One of these is not known, or this matches everything.")
	}
	if err := k.Err(); err != nil {
		return err
	}
	_, err := s.With([]Change{{ID: "x", Do: DoAdd, Added: a, Until: c.Until, SignedBy: &c.By}}, now)
	k.Require(err == nil, "added", "not-usable", "This rule can't be used.")
	return k.Err()
}

// With is the set with the changes of the clinic that hold.
func (s *Set) With(changes []Change, at time.Time) (*Set, error) {
	rules := slices.Clone(s.Rules)
	for _, c := range changes {
		if !c.Holds(at) {
			continue
		}
		if c.Do == DoSilence {
			rules = slices.DeleteFunc(rules, func(r Rule) bool { return r.ID == c.Rule })
			continue
		}
		if c.Added != nil {
			rules = append(rules, Rule{ID: c.SiteRule(), Kind: KindPair, Severity: c.Added.Severity, A: c.Added.A, B: c.Added.B,
				Why: c.Added.Why, Instead: c.Added.Instead, Who: WhoBoth, Source: c.Added.Source, Tag: "P"})
		}
	}
	return Make(s.Version, s.ReviewedOn, s.groups, rules)
}

// Groups lists the groups by name, for who writes a rule.
func (s *Set) Groups() []string {
	out := slices.Sorted(maps.Keys(s.groups))
	for i, g := range out {
		out[i] = "@" + strings.TrimPrefix(g, "@")
	}
	return out
}
