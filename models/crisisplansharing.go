package models

import (
	"maps"
	"slices"
)

// maxPlanSupporters bounds with how many people a plan is shared.
const maxPlanSupporters = 30

// Share sets which sections a supporter may see; none takes everything back. Only
// the patient decides. A section is shared by naming it, the one about lethal means
// as well as any other: there is no way to say "all". It opens nothing by itself:
// the supporter also needs a consent with the scope crisis-plan.shared-sections.
// Errors: KindInvalid, KindForbidden.
func (p *CrisisPlan) Share(supporterID string, sections []PlanSection, by Actor) error {
	if by.Role != RolePatient || by.PatientID != p.PatientID {
		return E(KindForbidden, "only-the-patient-shares", "Only the patient decides who sees which part of the plan.")
	}
	var c Checks
	c.Text("supporterId", supporterID, 1, 64)
	_, already := p.Sharing[supporterID]
	c.Require(already || len(p.Sharing) < maxPlanSupporters, "supporterId", "too-many", "The plan is shared with many people already.")
	checkList(&c, "sections", sections, len(PlanSections), func(at string, s PlanSection) {
		c.Require(slices.Contains(PlanSections, s), at, "unknown-section", "There is no such part of the plan.")
	})
	if err := c.Err(); err != nil {
		return err
	}
	sections = inPlanOrder(sections)
	if slices.Equal(sections, p.Sharing[supporterID]) {
		return nil
	}
	p.Sharing = maps.Clone(p.Sharing)
	p.Shared++
	if len(sections) == 0 {
		delete(p.Sharing, supporterID)
		return nil
	}
	if p.Sharing == nil {
		p.Sharing = map[string][]PlanSection{}
	}
	p.Sharing[supporterID] = sections
	return nil
}

// inPlanOrder lists each section once, as the plan is read.
func inPlanOrder(sections []PlanSection) []PlanSection {
	out := []PlanSection{}
	for _, s := range PlanSections {
		if slices.Contains(sections, s) {
			out = append(out, s)
		}
	}
	return out
}

// SharedPlan is what a supporter sees of a plan. It has no version number and no
// authors: how often and by whom the rest was changed is not shared either.
type SharedPlan struct {
	Sections []PlanSection `json:"sections"` // shared, and something is written in them
	Content  PlanContent   `json:"content"`
}

// SharedView is the part of the active version that a supporter may see. A draft is
// never shared.
func (p CrisisPlan) SharedView(supporterID string, active PlanVersion) SharedPlan {
	out := SharedPlan{Sections: []PlanSection{}}
	if active.State != PlanActive || active.Version != p.Active || active.PatientID != p.PatientID {
		return out
	}
	for _, s := range p.Sharing[supporterID] {
		if active.Content.Has(s) {
			out.Sections = append(out.Sections, s)
		}
	}
	out.Content = p.Renewed(active.Content).only(out.Sections)
	return out
}
