package crisisplan

import (
	"slices"
	"strings"
	"time"

	"handrail/models"
)

// How a patient confirmed a plan that a clinician writes down.
const (
	AssentPaper    = "paper"     // signed on paper
	AssentInPerson = "in-person" // said, with a witness there
)

// Assent is what is said with the word that a draft is to hold.
type Assent struct {
	Removes []Section `json:"removes,omitempty"`
	How     string    `json:"how,omitempty"`
	On      string    `json:"on,omitempty"`
	Witness string    `json:"witness,omitempty"`
}

// maxAssentDays is how late a confirmation may be written down.
const maxAssentDays = 31

// Difference says what a draft would change in the plan that holds.
type Difference struct {
	Adds    []Section `json:"adds"`
	Changes []Section `json:"changes"`
	Removes []Section `json:"removes"`
}

// DifferenceOf compares a draft with the plan that holds, section by section.
func DifferenceOf(active, draft Content) Difference {
	d := Difference{[]Section{}, []Section{}, []Section{}}
	for _, s := range ChangedSections(active, draft) {
		switch {
		case !active.Has(s):
			d.Adds = append(d.Adds, s)
		case !draft.Has(s):
			d.Removes = append(d.Removes, s)
		default:
			d.Changes = append(d.Changes, s)
		}
	}
	return d
}

// check holds what is said against the draft: only the patient's word makes it hold,
// their own or one that a clinician answers for.
func (a Assent) check(draft, active *Version, by models.Actor, today string) error {
	if err := a.removes(draft, active); err != nil {
		return err
	}
	if by.Role == models.RolePatient || a.How == "" && draft.byPatient() {
		return nil
	}
	if a.How == "" {
		return models.E(models.KindForbidden, "patient-confirms", "The patient confirms what holds: on their phone, on paper, or in person with a witness. It waits beside the plan until then.")
	}
	var c models.Checks
	checkOneOf(&c, "how", a.How, AssentHows...)
	c.Require(a.On != "" && a.On <= today && a.On >= addDays(today, -maxAssentDays), "on", "out-of-range", "Give the day on which the patient confirmed it, at most 31 days ago.")
	c.Date("on", a.On)
	checkPlanText(&c, "witness", a.Witness, map[bool]int{true: 1}[a.How == AssentInPerson], MaxWitness)
	c.Require(!strings.EqualFold(strings.TrimSpace(a.Witness), strings.TrimSpace(by.Name)), "witness", "not-yourself", "Name somebody else who was there.")
	return c.Err()
}

// removes makes sure that what is taken away was said.
func (a Assent) removes(draft, active *Version) error {
	if active == nil {
		return nil
	}
	var c models.Checks
	var gone []string
	for _, s := range DifferenceOf(active.Content, draft.Content).Removes {
		if !slices.Contains(a.Removes, s) {
			c.Fail("removes", "removes-not-said", "Name every part that is taken away.")
			gone = append(gone, TextsIn("en").Sections[s].Title)
		}
	}
	if len(gone) == 0 {
		return nil
	}
	return &models.Error{Kind: models.KindInvalid, Code: "removes-not-said", Fields: c.Fields()[:1],
		Text: "This takes away: " + strings.Join(gone, ", ") + ". Say so before it is confirmed."}
}

// byPatient tells whether the patient has confirmed a version.
func (v Version) byPatient() bool {
	return slices.ContainsFunc(v.Confirmed, Confirmation.patients)
}

// Decline is the patient's no to the newest draft. Said twice it is one. Errors:
// KindConflict (not the newest draft), KindForbidden.
func (p *Plan) Decline(draft *Version, by models.Actor, now time.Time) error {
	if by.Role != models.RolePatient || by.PatientID != p.PatientID {
		return models.E(models.KindForbidden, "patient-confirms", "Only the patient says yes or no to a plan.")
	}
	if draft.State == StateDeclined {
		return nil
	}
	if draft.State != StateDraft || draft.Version != p.Newest || draft.PatientID != p.PatientID {
		return models.E(models.KindConflict, "not-the-newest-draft", "Somebody wrote a newer version. Please look at that one.")
	}
	now = now.UTC().Truncate(time.Millisecond)
	draft.State, draft.DeclinedAt = StateDeclined, &now
	return nil
}
