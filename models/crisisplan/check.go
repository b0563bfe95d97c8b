package crisisplan

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"handrail/models"
)

// maxPlanContent bounds a whole content as JSON, in bytes: with it every plan
// fits into a bundle (MaxBundleJSON) in every language, whatever script it is
// written in. A long plan in practice needs a third of it.
const maxPlanContent = 24 << 10

// check holds a normal content. Fields are paths in {content}.
func (p Content) check(c *models.Checks) {
	var own models.Checks
	p.checkSteps(&own)
	p.checkPeople(&own)
	p.checkOverdose(&own)
	for _, f := range own.Fields() {
		c.Fail("content."+f.Field, f.Code, f.Text)
	}
}

// checkSize holds a content as a whole. Error: KindTooLarge.
func (p Content) checkSize() error {
	data, err := canonicalJSON(p)
	if err == nil && len(data) > maxPlanContent {
		err = models.E(models.KindTooLarge, "plan-too-large", "The plan is too long for a phone to keep. Please shorten it.")
	}
	return err
}

func (p Content) checkSteps(c *models.Checks) {
	checkList(c, "warningSigns", p.WarningSigns, MaxSteps, func(at string, s Sign) {
		checkPlanText(c, at+".text", s.Text, 1, MaxStep)
		checkOneOf(c, at+".kind", s.Kind, maybe(SignKinds)...)
	})
	checkList(c, "internalCoping", p.InternalCoping, MaxSteps, func(at string, s Coping) {
		checkPlanText(c, at+".text", s.Text, 1, MaxStep)
		checkOneOf(c, at+".exercise", s.Exercise, maybe(Exercises)...)
	})
	checkList(c, "lethalMeansSafety", p.LethalMeansSafety, MaxSteps, func(at string, s MeansStep) {
		checkPlanText(c, at+".text", s.Text, 1, MaxStep)
		checkPlanText(c, at+".heldBy", s.HeldBy, 0, MaxName)
		c.Date(at+".doneOn", s.DoneOn)
	})
	checkPlanText(c, "reasonForLiving", p.ReasonForLiving, 0, MaxReason)
}

func (p Content) checkPeople(c *models.Checks) {
	checkList(c, "socialDistraction", p.SocialDistraction, MaxSteps, func(at string, s Company) {
		checkPlanText(c, at+".name", s.Name, 1, MaxName)
		checkPlanText(c, at+".note", s.Note, 0, MaxStep)
		checkOneOf(c, at+".kind", s.Kind, maybe(CompanyKinds)...)
		checkPhone(c, at+".phone", s.Phone, s.Kind == "place")
	})
	checkList(c, "crisisSupport", p.CrisisSupport, MaxToCall, func(at string, s Helper) {
		checkPlanText(c, at+".name", s.Name, 1, MaxName)
		checkPlanText(c, at+".relationship", s.Relationship, 0, MaxRelationship)
		s.Phone.check(c, at+".phone", false)
	})
	if p.ProfessionalSupport == nil {
		return
	}
	checkList(c, "professionalSupport.contacts", p.ProfessionalSupport.Contacts, MaxToCall, func(at string, s Professional) {
		checkPlanText(c, at+".name", s.Name, 1, MaxName)
		checkPlanText(c, at+".agency", s.Agency, 0, MaxName)
		s.Phone.check(c, at+".phone", true)
		if s.Hours != nil {
			s.Hours.check(c, at+".hours")
		}
	})
	if d := p.ProfessionalSupport.EmergencyDepartment; d != nil {
		checkPlanText(c, "professionalSupport.emergencyDepartment.name", d.Name, 1, MaxName)
		checkPlanText(c, "professionalSupport.emergencyDepartment.address", d.Address, 0, MaxStep)
		checkPhone(c, "professionalSupport.emergencyDepartment.phone", d.Phone, true)
	}
}

func (p Content) checkOverdose(c *models.Checks) {
	if n := p.Naloxone; n != nil {
		checkList(c, "naloxone.kits", n.Kits, MaxKits, func(at string, k NaloxoneKit) {
			checkPlanText(c, at+".location", k.Location, 1, MaxStep)
			checkPlanText(c, at+".whoKnows", k.WhoKnows, 0, MaxStep)
			checkOneOf(c, at+".form", k.Form, maybe(KitForms)...)
			c.Date(at+".expiresOn", k.ExpiresOn)
		})
		checkList(c, "naloxone.responders", n.Responders, MaxSteps, func(at, name string) { checkPlanText(c, at, name, 1, MaxName) })
	}
	checkList(c, "toleranceLoss", p.ToleranceLoss, MaxLosses, func(at string, l ToleranceLoss) {
		checkOneOf(c, at+".reason", l.Reason, LossReasons...)
		c.Date(at+".since", l.Since)
	})
	if n := p.NeverUseAlone; n != nil {
		checkPlanText(c, "neverUseAlone.name", n.Name, 0, MaxName)
		checkPlanText(c, "neverUseAlone.text", n.Text, 0, MaxAloneText)
		checkPhone(c, "neverUseAlone.phone", n.Phone, true)
	}
	if d := p.DrugChecking; d != nil {
		checkPlanText(c, "drugChecking.where", d.Where, 0, MaxStep)
	}
	checkList(c, "postOverdose", p.PostOverdose, MaxPostOverdose, func(at string, s PostOverdoseStep) {
		checkOneOf(c, at+".step", s.Step, PostOverdoseSteps...)
		c.Date(at+".doneOn", s.DoneOn)
	})
}

// checkPlanText holds a text and refuses what no keyboard writes: half characters
// and control characters, which would not survive the way to the phone.
func checkPlanText(c *models.Checks, field, value string, min, max int) {
	strange := func(r rune) bool { return unicode.IsControl(r) && r != '\n' && r != '\t' || r == 0x2028 || r == 0x2029 }
	if !utf8.ValidString(value) || strings.ContainsFunc(value, strange) {
		c.Fail(field, "not-text", "There are characters in this that can't be shown.")
		return
	}
	c.Text(field, value, min, max)
}

func checkOneOf(c *models.Checks, field, value string, choices ...string) {
	c.Require(slices.Contains(choices, value), field, "not-a-choice", "Choose one of those that are offered.")
}

// maybe is a choice that may be left out.
func maybe(choices []string) []string { return append([]string{""}, choices...) }

// checkList holds a list's length and then each of its entries. A list that is too
// long is not looked through.
func checkList[T any](c *models.Checks, field string, list []T, max int, check func(at string, entry T)) {
	if len(list) > max {
		c.Fail(field, "too-many", "Please keep this list shorter.")
		return
	}
	for i, entry := range list {
		check(models.Indexed(field, i), entry)
	}
}

func checkPhone(c *models.Checks, field string, p *Phone, service bool) {
	if p != nil {
		p.check(c, field, service)
	}
}
