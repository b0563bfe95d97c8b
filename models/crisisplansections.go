package models

import "reflect"

// PlanSection is a part of a crisis plan that is written, merged and shared on
// its own.
type PlanSection string

// The sections. The first seven are steps: a person goes down the list while the
// one above does not help, and may jump to professional-support at any time. The
// others are about overdose.
const (
	PlanWarningSigns        PlanSection = "warning-signs"
	PlanInternalCoping      PlanSection = "internal-coping"
	PlanSocialDistraction   PlanSection = "social-distraction"
	PlanCrisisSupport       PlanSection = "crisis-support"
	PlanProfessionalSupport PlanSection = "professional-support"
	PlanLethalMeans         PlanSection = "lethal-means-safety"
	PlanReasonForLiving     PlanSection = "reason-for-living"
	PlanNaloxone            PlanSection = "naloxone"
	PlanToleranceLoss       PlanSection = "tolerance-loss"
	PlanNeverUseAlone       PlanSection = "never-use-alone"
	PlanDrugChecking        PlanSection = "drug-checking"
	PlanPostOverdose        PlanSection = "post-overdose"
)

// PlanSections lists every section in the order in which a plan is read.
var PlanSections = []PlanSection{PlanWarningSigns, PlanInternalCoping, PlanSocialDistraction, PlanCrisisSupport,
	PlanProfessionalSupport, PlanLethalMeans, PlanReasonForLiving, PlanNaloxone, PlanToleranceLoss, PlanNeverUseAlone,
	PlanDrugChecking, PlanPostOverdose}

// planField is where a section lives in a PlanContent.
type planField struct {
	name string // its JSON name
	same func(a, b *PlanContent) bool
	copy func(to, from *PlanContent)
}

func inField[T any](name string, at func(*PlanContent) *T) planField {
	return planField{name,
		func(a, b *PlanContent) bool { return reflect.DeepEqual(*at(a), *at(b)) },
		func(to, from *PlanContent) { *at(to) = *at(from) }}
}

// planFields is the one place that ties sections to fields: merging, sharing and
// telling what changed all go through it.
var planFields = map[PlanSection]planField{
	PlanWarningSigns:        inField("warningSigns", func(c *PlanContent) *[]PlanSign { return &c.WarningSigns }),
	PlanInternalCoping:      inField("internalCoping", func(c *PlanContent) *[]PlanCoping { return &c.InternalCoping }),
	PlanSocialDistraction:   inField("socialDistraction", func(c *PlanContent) *[]PlanCompany { return &c.SocialDistraction }),
	PlanCrisisSupport:       inField("crisisSupport", func(c *PlanContent) *[]PlanHelper { return &c.CrisisSupport }),
	PlanProfessionalSupport: inField("professionalSupport", func(c *PlanContent) **PlanProfessionals { return &c.ProfessionalSupport }),
	PlanLethalMeans:         inField("lethalMeansSafety", func(c *PlanContent) *[]PlanMeansStep { return &c.LethalMeansSafety }),
	PlanReasonForLiving:     inField("reasonForLiving", func(c *PlanContent) *string { return &c.ReasonForLiving }),
	PlanNaloxone:            inField("naloxone", func(c *PlanContent) **Naloxone { return &c.Naloxone }),
	PlanToleranceLoss:       inField("toleranceLoss", func(c *PlanContent) *[]ToleranceLoss { return &c.ToleranceLoss }),
	PlanNeverUseAlone:       inField("neverUseAlone", func(c *PlanContent) **NeverUseAlone { return &c.NeverUseAlone }),
	PlanDrugChecking:        inField("drugChecking", func(c *PlanContent) **DrugChecking { return &c.DrugChecking }),
	PlanPostOverdose:        inField("postOverdose", func(c *PlanContent) *[]PostOverdoseStep { return &c.PostOverdose }),
}

// ChangedSections lists the sections in which two contents differ, in the order of
// the plan.
func ChangedSections(before, after PlanContent) []PlanSection {
	out := []PlanSection{}
	for _, s := range PlanSections {
		if !planFields[s].same(&before, &after) {
			out = append(out, s)
		}
	}
	return out
}

// Has tells whether anything is written in a section.
func (c PlanContent) Has(s PlanSection) bool {
	f, ok := planFields[s]
	return ok && !f.same(&c, &PlanContent{})
}

// only keeps some sections. What is not named is not there.
func (c PlanContent) only(sections []PlanSection) PlanContent {
	var out PlanContent
	for _, s := range sections {
		if f, ok := planFields[s]; ok {
			f.copy(&out, &c)
		}
	}
	return out
}
