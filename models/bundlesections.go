package models

// sectionsOf writes what a plan says, in words. The crisis lines stand in the
// section of trained people whatever the plan says, so they cannot be taken out.
func sectionsOf(c PlanContent, p CrisisPlan, lines []NumberToCall, t PlanTexts) []BundleSection {
	w := planWriter{p, t}
	out := []BundleSection{}
	for _, s := range PlanSections {
		if items := w.items(s, c, lines); len(items) > 0 {
			out = append(out, BundleSection{s, t.Sections[s].Title, t.Sections[s].Help, items})
		}
	}
	return out
}

// planWriter puts entries into words.
type planWriter struct {
	plan CrisisPlan
	t    PlanTexts
}

func (w planWriter) items(s PlanSection, c PlanContent, lines []NumberToCall) []BundleItem {
	switch s {
	case PlanWarningSigns:
		return written(c.WarningSigns, w.sign)
	case PlanInternalCoping:
		return written(c.InternalCoping, w.coping)
	case PlanSocialDistraction:
		return written(c.SocialDistraction, w.company)
	case PlanCrisisSupport:
		return written(c.CrisisSupport, w.helper)
	case PlanProfessionalSupport:
		return w.professionals(c.ProfessionalSupport, lines)
	case PlanLethalMeans:
		return written(c.LethalMeansSafety, w.meansStep)
	case PlanReasonForLiving:
		if c.ReasonForLiving != "" {
			return []BundleItem{{Text: c.ReasonForLiving}}
		}
		return nil
	}
	return w.overdoseItems(s, c)
}

func (w planWriter) overdoseItems(s PlanSection, c PlanContent) []BundleItem {
	switch s {
	case PlanNaloxone:
		return w.naloxone(c.Naloxone)
	case PlanToleranceLoss:
		return written(c.ToleranceLoss, w.toleranceLoss)
	case PlanNeverUseAlone:
		return w.neverUseAlone(c.NeverUseAlone)
	case PlanDrugChecking:
		return w.drugChecking(c.DrugChecking)
	case PlanPostOverdose:
		return written(c.PostOverdose, w.postOverdose)
	}
	return nil
}
