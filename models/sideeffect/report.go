package sideeffect

import (
	"slices"
	"time"

	"handrail/models"
	"handrail/models/checkin"
	"handrail/models/medicine"
	"handrail/models/risk"
)

// Limits of a report.
const (
	MaxEffects = 12
	MaxText    = 2000
)

// Severities are how bad it is, as the patient says.
var Severities = medicine.AdverseSeverities

// Terms is what somebody tells. Days are YYYY-MM-DD.
type Terms struct {
	MedicineID string   `json:"medicineId,omitempty"` // empty: they don't know which one it is
	Effects    []string `json:"effects"`
	Words      string   `json:"words,omitempty"`
	Severity   string   `json:"severity"`
	StartedOn  string   `json:"startedOn,omitempty"`
	EndedOn    string   `json:"endedOn,omitempty"`
}

// Report is a side effect that was told. Medicine is how it was called then.
type Report struct {
	ID         string        `json:"id"`
	PatientID  string        `json:"patientId"`
	Medicine   string        `json:"medicine,omitempty"`
	UseRelated bool          `json:"useRelated"`
	Serious    bool          `json:"serious"`
	By         models.Author `json:"by"`
	At         time.Time     `json:"at"`
	TaskID     string        `json:"taskId,omitempty"`
	Alerted    bool          `json:"alerted,omitempty"`
	Answer     *Answer       `json:"answer,omitempty"`
	Terms
}

// Answer is what a clinician made of it. The words of the lists are those of E2B(R3) and of
// WHO-UMC.
type Answer struct {
	Assessment string        `json:"assessment"` // Assessments
	Action     string        `json:"action"`     // Actions
	Outcome    string        `json:"outcome"`    // Outcomes
	Criteria   []string      `json:"criteria"`   // of Criteria; empty: not serious in the authority's sense
	Words      string        `json:"words"`      // to the patient
	By         models.Author `json:"by"`
	At         time.Time     `json:"at"`
}

// The words of an answer.
var (
	Assessments = []string{"certain", "probable", "possible", "unlikely", "unassessable"}
	Actions     = []string{"withdrawn", "reduced", "increased", "not-changed", "unknown", "not-applicable"}
	Outcomes    = []string{"recovered", "recovering", "not-recovered", "with-sequelae", "fatal", "unknown"}
	Criteria    = []string{"death", "life-threatening", "hospitalisation", "disabling", "birth-defect", "other-important"}
)

// Tell makes a report. Errors: KindInvalid with fields.
func Tell(id, patientID string, t Terms, m medicine.Medicine, by models.Author, now time.Time) (Report, error) {
	var c models.Checks
	c.Require(len(t.Effects) > 0 || t.Words != "", "effects", "required", "Choose at least one, or say it in words.")
	c.Require(len(t.Effects) <= MaxEffects, "effects", "too-many", "That is too many entries.")
	codes := Codes()
	for i, e := range t.Effects[:min(len(t.Effects), MaxEffects)] {
		c.Require(slices.Contains(codes, e), models.Indexed("effects", i), "not-a-choice", "Choose one of those that are offered.")
	}
	c.Text("words", t.Words, 0, MaxText)
	c.Require(slices.Contains(Severities, t.Severity), "severity", "not-a-choice", "Choose one of those that are offered.")
	from, to := day(&c, "startedOn", t.StartedOn, now), day(&c, "endedOn", t.EndedOn, now)
	c.Require(from.IsZero() || to.IsZero() || !to.Before(from), "endedOn", "before-the-start", "It ended before it began. Look at the days.")
	r := Report{ID: id, PatientID: patientID, Medicine: m.Name, UseRelated: m.UseRelated, By: by, At: now, Terms: t}
	r.Effects = append([]string{}, t.Effects...)
	r.Serious = slices.ContainsFunc(t.Effects, Serious)
	return r, c.Err()
}

func day(c *models.Checks, field, text string, now time.Time) time.Time {
	if text == "" {
		return time.Time{}
	}
	at, err := time.Parse(time.DateOnly, text)
	c.Require(err == nil, field, "not-a-day", "Write the day as YYYY-MM-DD.")
	c.Require(err != nil || at.Year() >= 1900 && !at.After(now.Add(36*time.Hour)), field, "not-a-past-day", "This day is still to come, or too long ago.")
	return at
}

// Check holds an answer against what it can be. Errors: KindInvalid with fields.
func (a Answer) Check() error {
	var c models.Checks
	for _, f := range []struct {
		field, word string
		of          []string
	}{{"assessment", a.Assessment, Assessments}, {"action", a.Action, Actions}, {"outcome", a.Outcome, Outcomes}} {
		c.Require(slices.Contains(f.of, f.word), f.field, "not-a-choice", "Choose one of those that are offered.")
	}
	c.Require(len(a.Criteria) <= len(Criteria), "criteria", "too-many", "That is too many entries.")
	for i, k := range a.Criteria[:min(len(a.Criteria), len(Criteria))] {
		c.Require(slices.Contains(Criteria, k), models.Indexed("criteria", i), "not-a-choice", "Choose one of those that are offered.")
	}
	c.Text("words", a.Words, 1, MaxText)
	return c.Err()
}

// Fired are the alerts that a report asks for, at a tier that risk.Rules has; none where nothing is serious.
func (r Report) Fired(now time.Time) (out []risk.Evidence) {
	var dying, other []string
	for _, e := range r.Effects {
		switch {
		case e == "thoughts-of-dying":
			dying = append(dying, e)
		case Serious(e):
			other = append(other, e)
		}
	}
	inputs := func(effects []string) map[string]any {
		in := map[string]any{"effects": effects}
		if r.UseRelated { // who may not see medicines for substance use does not see this
			in[risk.InputUse] = true
		}
		return in
	}
	add := func(rule string, effects []string) {
		if len(effects) > 0 {
			out = append(out, risk.Evidence{At: now, Rule: rule, Version: "1", Tier: checkin.Urgent, Inputs: inputs(effects), Source: risk.FromPerson, Ref: r.ID})
		}
	}
	add(risk.EffectRule, other)
	add(risk.DyingRule, dying)
	return out
}
