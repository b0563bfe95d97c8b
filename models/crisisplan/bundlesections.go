package crisisplan

import "handrail/models"

// sectionsOf writes what a plan says, in words. The crisis lines stand in the
// section of trained people whatever the plan says, so they cannot be taken out.
func sectionsOf(c Content, p Plan, lines []models.NumberToCall, t Texts) []BundleSection {
	w := planWriter{p, t}
	out := []BundleSection{}
	for _, s := range Sections {
		if items := w.items(s, c, lines); len(items) > 0 {
			out = append(out, BundleSection{s, t.Sections[s].Title, t.Sections[s].Help, items})
		}
	}
	return out
}

// planWriter puts entries into words.
type planWriter struct {
	plan Plan
	t    Texts
}

func (w planWriter) items(s Section, c Content, lines []models.NumberToCall) []BundleItem {
	switch s {
	case SectionWarningSigns:
		return written(c.WarningSigns, w.sign)
	case SectionInternalCoping:
		return written(c.InternalCoping, w.coping)
	case SectionSocialDistraction:
		return written(c.SocialDistraction, w.company)
	case SectionCrisisSupport:
		return written(c.CrisisSupport, w.helper)
	case SectionProfessionalSupport:
		return w.professionals(c.ProfessionalSupport, lines)
	case SectionLethalMeans:
		return written(c.LethalMeansSafety, w.meansStep)
	case SectionReasonForLiving:
		if c.ReasonForLiving != "" {
			return []BundleItem{{Text: c.ReasonForLiving}}
		}
		return nil
	}
	return w.overdoseItems(s, c)
}

func (w planWriter) overdoseItems(s Section, c Content) []BundleItem {
	switch s {
	case SectionNaloxone:
		return w.naloxone(c.Naloxone)
	case SectionToleranceLoss:
		return written(c.ToleranceLoss, w.toleranceLoss)
	case SectionNeverUseAlone:
		return w.neverUseAlone(c.NeverUseAlone)
	case SectionDrugChecking:
		return w.drugChecking(c.DrugChecking)
	case SectionPostOverdose:
		return written(c.PostOverdose, w.postOverdose)
	}
	return nil
}
