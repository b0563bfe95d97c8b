package models

import (
	"errors"
	"strings"
	"testing"
)

// refusalOf is what becomes of a content that somebody saves.
func refusalOf(c PlanContent) error {
	p := CrisisPlan{PatientID: patientA}
	_, _, err := p.Save(PlanEdit{Content: c}, sam, planDay, accessNow)
	return err
}

func TestContentIsHeld(t *testing.T) {
	if err := refusalOf(samsPlan()); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*PlanContent){
		"warningSigns[1].text":                         func(c *PlanContent) { c.WarningSigns[1].Text = " " },
		"warningSigns[0].text":                         func(c *PlanContent) { c.WarningSigns[0].Text = strings.Repeat("x", 201) },
		"warningSigns[0].kind":                         func(c *PlanContent) { c.WarningSigns[0].Kind = "dream" },
		"warningSigns":                                 func(c *PlanContent) { c.WarningSigns = make([]PlanSign, 11) },
		"internalCoping[0].exercise":                   func(c *PlanContent) { c.InternalCoping[0].Exercise = "https://example.org" },
		"internalCoping[0].text":                       func(c *PlanContent) { c.InternalCoping[0].Text = "a\x00b" },
		"socialDistraction[0].name":                    func(c *PlanContent) { c.SocialDistraction[0].Name = "" },
		"socialDistraction[0].phone.number":            func(c *PlanContent) { c.SocialDistraction[0].Phone = &PlanPhone{Number: "5550100"} },
		"crisisSupport[0].phone.number":                func(c *PlanContent) { c.CrisisSupport[0].Phone = PlanPhone{} },
		"crisisSupport[0].phone.display":               func(c *PlanContent) { c.CrisisSupport[0].Phone.Display = "(555) 010-9999" },
		"crisisSupport[0].relationship":                func(c *PlanContent) { c.CrisisSupport[0].Relationship = strings.Repeat("x", 61) },
		"professionalSupport.contacts[0].hours.zone":   func(c *PlanContent) { c.ProfessionalSupport.Contacts[0].Hours.Zone = "" },
		"professionalSupport.emergencyDepartment.name": func(c *PlanContent) { c.ProfessionalSupport.EmergencyDepartment.Name = "" },
		"professionalSupport.contacts[0].phone.number": func(c *PlanContent) { c.ProfessionalSupport.Contacts[0].Phone.Number = "tel:1" },
		"lethalMeansSafety[0].doneOn":                  func(c *PlanContent) { c.LethalMeansSafety[0].DoneOn = "2026-02-30" },
		"lethalMeansSafety[0].heldBy":                  func(c *PlanContent) { c.LethalMeansSafety[0].HeldBy = "\xff" },
		"reasonForLiving":                              func(c *PlanContent) { c.ReasonForLiving = strings.Repeat("x", 1001) },
		"naloxone.kits[0].expiresOn":                   func(c *PlanContent) { c.Naloxone.Kits[0].ExpiresOn = "12/2026" },
		"naloxone.kits[0].form":                        func(c *PlanContent) { c.Naloxone.Kits[0].Form = "pill" },
		"naloxone.responders[0]":                       func(c *PlanContent) { c.Naloxone.Responders[0] = "" },
		"toleranceLoss[0].reason":                      func(c *PlanContent) { c.ToleranceLoss[0].Reason = "" },
		"toleranceLoss[0].since":                       func(c *PlanContent) { c.ToleranceLoss[0].Since = "yesterday" },
		"neverUseAlone.phone.number":                   func(c *PlanContent) { c.NeverUseAlone = &NeverUseAlone{Phone: &PlanPhone{Number: "1"}} },
		"drugChecking.where":                           func(c *PlanContent) { c.DrugChecking = &DrugChecking{Where: strings.Repeat("x", 201)} },
		"postOverdose[0].step":                         func(c *PlanContent) { c.PostOverdose = []PostOverdoseStep{{Step: "go home"}} },
	} {
		c := samsPlan()
		spoil(&c)
		p := CrisisPlan{PatientID: patientA}
		_, _, err := p.Save(PlanEdit{Content: c}, sam, planDay, accessNow)
		e, ok := errors.AsType[*Error](err)
		if !ok || e.Kind != KindInvalid || len(e.Fields) != 1 || e.Fields[0].Field != "content."+field {
			t.Errorf("%s: %+v", field, err)
		}
		if p.Newest != 0 || p.Numbers != nil {
			t.Errorf("%s: something was kept", field)
		}
	}
}

func TestAllRefusalsComeAtOnce(t *testing.T) {
	c := samsPlan()
	c.WarningSigns[0].Text, c.CrisisSupport[0].Name, c.Naloxone.Kits[0].Location = "", "", ""
	p := CrisisPlan{PatientID: patientA}
	_, _, err := p.Save(PlanEdit{Content: c, Why: strings.Repeat("x", 301)}, sam, planDay, accessNow)
	if e, ok := errors.AsType[*Error](err); !ok || len(e.Fields) != 4 {
		t.Errorf("got %+v", e)
	}
}

func TestThePlanIsNotUsedToEchoWhatWasSent(t *testing.T) {
	c := samsPlan()
	c.WarningSigns[0].Kind, c.CrisisSupport[0].Phone.Number, c.Naloxone.Kits[0].ExpiresOn = "SECRET", "SECRET", "SECRET"
	e, _ := errors.AsType[*Error](refusalOf(c))
	for _, f := range e.Fields {
		if strings.Contains(f.Field+f.Code+f.Text, "SECRET") {
			t.Errorf("echoed in %+v", f)
		}
	}
}

func TestAStepWithADayIsDone(t *testing.T) {
	c := PlanContent{LethalMeansSafety: []PlanMeansStep{{Text: "x", DoneOn: planDay}}}
	if n := c.normal(); !n.LethalMeansSafety[0].Done || c.LethalMeansSafety[0].Done {
		t.Errorf("%+v of %+v", n, c)
	}
}
