package crisisplan

import (
	"maps"
	"slices"

	"handrail/models"
)

// maxPlanSupporters bounds with how many people a plan is shared.
const maxPlanSupporters = 30

// Share sets which sections a supporter may see; none takes everything back. Only
// the patient decides. A section is shared by naming it, the one about lethal means
// as well as any other: there is no way to say "all". It opens nothing by itself:
// the supporter also needs a consent with the scope crisis-plan.shared-sections.
// Errors: KindInvalid, KindForbidden.
func (p *Plan) Share(supporterID string, sections []Section, by models.Actor) error {
	if by.Role != models.RolePatient || by.PatientID != p.PatientID {
		return models.E(models.KindForbidden, "only-the-patient-shares", "Only the patient decides who sees which part of the plan.")
	}
	var c models.Checks
	c.Text("supporterId", supporterID, 1, 64)
	_, already := p.Sharing[supporterID]
	c.Require(already || len(p.Sharing) < maxPlanSupporters, "supporterId", "too-many", "The plan is shared with many people already.")
	checkList(&c, "sections", sections, len(Sections), func(at string, s Section) {
		c.Require(slices.Contains(Sections, s), at, "unknown-section", "There is no such part of the plan.")
	})
	if err := c.Err(); err != nil {
		return err
	}
	sections = InPlanOrder(sections)
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
		p.Sharing = map[string][]Section{}
	}
	p.Sharing[supporterID] = sections
	return nil
}

// InPlanOrder lists each section once, as the plan is read.
func InPlanOrder(sections []Section) []Section {
	out := []Section{}
	for _, s := range Sections {
		if slices.Contains(sections, s) {
			out = append(out, s)
		}
	}
	return out
}

// Shared is what a supporter sees of a plan. It has no version number and no
// authors: how often and by whom the rest was changed is not shared either.
type Shared struct {
	Sections []Section `json:"sections"` // shared, and something is written in them
	Content  Content   `json:"content"`
}

// SharedView is the part of the active version that a supporter may see. A draft is
// never shared.
func (p Plan) SharedView(supporterID string, active Version) Shared {
	out := Shared{Sections: []Section{}}
	if active.State != StateActive || active.Version != p.Active || active.PatientID != p.PatientID {
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
