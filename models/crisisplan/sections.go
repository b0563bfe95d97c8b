package crisisplan

import "reflect"

// Section is a part of a crisis plan that is written, merged and shared on
// its own.
type Section string

// The sections. The first seven are steps: a person goes down the list while the
// one above does not help, and may jump to professional-support at any time. The
// others are about overdose.
const (
	SectionWarningSigns        Section = "warning-signs"
	SectionInternalCoping      Section = "internal-coping"
	SectionSocialDistraction   Section = "social-distraction"
	SectionCrisisSupport       Section = "crisis-support"
	SectionProfessionalSupport Section = "professional-support"
	SectionLethalMeans         Section = "lethal-means-safety"
	SectionReasonForLiving     Section = "reason-for-living"
	SectionNaloxone            Section = "naloxone"
	SectionToleranceLoss       Section = "tolerance-loss"
	SectionNeverUseAlone       Section = "never-use-alone"
	SectionDrugChecking        Section = "drug-checking"
	SectionPostOverdose        Section = "post-overdose"
)

// Sections lists every section in the order in which a plan is read.
var Sections = []Section{SectionWarningSigns, SectionInternalCoping, SectionSocialDistraction, SectionCrisisSupport,
	SectionProfessionalSupport, SectionLethalMeans, SectionReasonForLiving, SectionNaloxone, SectionToleranceLoss, SectionNeverUseAlone,
	SectionDrugChecking, SectionPostOverdose}

// planField is where a section lives in a Content.
type planField struct {
	name string // its JSON name
	same func(a, b *Content) bool
	copy func(to, from *Content)
}

func inField[T any](name string, at func(*Content) *T) planField {
	return planField{name,
		func(a, b *Content) bool { return reflect.DeepEqual(*at(a), *at(b)) },
		func(to, from *Content) { *at(to) = *at(from) }}
}

// planFields is the one place that ties sections to fields: merging, sharing and
// telling what changed all go through it.
var planFields = map[Section]planField{
	SectionWarningSigns:        inField("warningSigns", func(c *Content) *[]Sign { return &c.WarningSigns }),
	SectionInternalCoping:      inField("internalCoping", func(c *Content) *[]Coping { return &c.InternalCoping }),
	SectionSocialDistraction:   inField("socialDistraction", func(c *Content) *[]Company { return &c.SocialDistraction }),
	SectionCrisisSupport:       inField("crisisSupport", func(c *Content) *[]Helper { return &c.CrisisSupport }),
	SectionProfessionalSupport: inField("professionalSupport", func(c *Content) **Professionals { return &c.ProfessionalSupport }),
	SectionLethalMeans:         inField("lethalMeansSafety", func(c *Content) *[]MeansStep { return &c.LethalMeansSafety }),
	SectionReasonForLiving:     inField("reasonForLiving", func(c *Content) *string { return &c.ReasonForLiving }),
	SectionNaloxone:            inField("naloxone", func(c *Content) **Naloxone { return &c.Naloxone }),
	SectionToleranceLoss:       inField("toleranceLoss", func(c *Content) *[]ToleranceLoss { return &c.ToleranceLoss }),
	SectionNeverUseAlone:       inField("neverUseAlone", func(c *Content) **NeverUseAlone { return &c.NeverUseAlone }),
	SectionDrugChecking:        inField("drugChecking", func(c *Content) **DrugChecking { return &c.DrugChecking }),
	SectionPostOverdose:        inField("postOverdose", func(c *Content) *[]PostOverdoseStep { return &c.PostOverdose }),
}

// ChangedSections lists the sections in which two contents differ, in the order of
// the plan.
func ChangedSections(before, after Content) []Section {
	out := []Section{}
	for _, s := range Sections {
		if !planFields[s].same(&before, &after) {
			out = append(out, s)
		}
	}
	return out
}

// Has tells whether anything is written in a section.
func (c Content) Has(s Section) bool {
	f, ok := planFields[s]
	return ok && !f.same(&c, &Content{})
}

// only keeps some sections. What is not named is not there.
func (c Content) only(sections []Section) Content {
	var out Content
	for _, s := range sections {
		if f, ok := planFields[s]; ok {
			f.copy(&out, &c)
		}
	}
	return out
}
