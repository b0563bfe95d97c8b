package crisisplan

import (
	"errors"
	"strings"
	"testing"

	"handrail/models"
)

// refusalOf is what becomes of a content that somebody saves.
func refusalOf(c Content) error {
	p := Plan{PatientID: patientA}
	_, _, err := p.Save(Edit{Content: c}, sam, planDay, accessNow)
	return err
}

func TestContentIsHeld(t *testing.T) {
	if err := refusalOf(samsPlan()); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*Content){
		"warningSigns[1].text":                         func(c *Content) { c.WarningSigns[1].Text = " " },
		"warningSigns[0].text":                         func(c *Content) { c.WarningSigns[0].Text = strings.Repeat("x", 201) },
		"warningSigns[0].kind":                         func(c *Content) { c.WarningSigns[0].Kind = "dream" },
		"warningSigns":                                 func(c *Content) { c.WarningSigns = make([]Sign, 11) },
		"internalCoping[0].exercise":                   func(c *Content) { c.InternalCoping[0].Exercise = "https://example.org" },
		"internalCoping[0].text":                       func(c *Content) { c.InternalCoping[0].Text = "a\x00b" },
		"socialDistraction[0].name":                    func(c *Content) { c.SocialDistraction[0].Name = "" },
		"socialDistraction[0].phone.number":            func(c *Content) { c.SocialDistraction[0].Phone = &Phone{Number: "5550100"} },
		"crisisSupport[0].phone.number":                func(c *Content) { c.CrisisSupport[0].Phone = Phone{} },
		"crisisSupport[0].phone.display":               func(c *Content) { c.CrisisSupport[0].Phone.Display = "(555) 010-9999" },
		"crisisSupport[0].relationship":                func(c *Content) { c.CrisisSupport[0].Relationship = strings.Repeat("x", 61) },
		"professionalSupport.contacts[0].hours.zone":   func(c *Content) { c.ProfessionalSupport.Contacts[0].Hours.Zone = "" },
		"professionalSupport.emergencyDepartment.name": func(c *Content) { c.ProfessionalSupport.EmergencyDepartment.Name = "" },
		"professionalSupport.contacts[0].phone.number": func(c *Content) { c.ProfessionalSupport.Contacts[0].Phone.Number = "tel:1" },
		"lethalMeansSafety[0].doneOn":                  func(c *Content) { c.LethalMeansSafety[0].DoneOn = "2026-02-30" },
		"lethalMeansSafety[0].heldBy":                  func(c *Content) { c.LethalMeansSafety[0].HeldBy = "\xff" },
		"reasonForLiving":                              func(c *Content) { c.ReasonForLiving = strings.Repeat("x", 1001) },
		"naloxone.kits[0].expiresOn":                   func(c *Content) { c.Naloxone.Kits[0].ExpiresOn = "12/2026" },
		"naloxone.kits[0].form":                        func(c *Content) { c.Naloxone.Kits[0].Form = "pill" },
		"naloxone.responders[0]":                       func(c *Content) { c.Naloxone.Responders[0] = "" },
		"toleranceLoss[0].reason":                      func(c *Content) { c.ToleranceLoss[0].Reason = "" },
		"toleranceLoss[0].since":                       func(c *Content) { c.ToleranceLoss[0].Since = "yesterday" },
		"neverUseAlone.phone.number":                   func(c *Content) { c.NeverUseAlone = &NeverUseAlone{Phone: &Phone{Number: "1"}} },
		"drugChecking.where":                           func(c *Content) { c.DrugChecking = &DrugChecking{Where: strings.Repeat("x", 201)} },
		"postOverdose[0].step":                         func(c *Content) { c.PostOverdose = []PostOverdoseStep{{Step: "go home"}} },
	} {
		c := samsPlan()
		spoil(&c)
		p := Plan{PatientID: patientA}
		_, _, err := p.Save(Edit{Content: c}, sam, planDay, accessNow)
		e, ok := errors.AsType[*models.Error](err)
		if !ok || e.Kind != models.KindInvalid || len(e.Fields) != 1 || e.Fields[0].Field != "content."+field {
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
	p := Plan{PatientID: patientA}
	_, _, err := p.Save(Edit{Content: c, Why: strings.Repeat("x", 301)}, sam, planDay, accessNow)
	if e, ok := errors.AsType[*models.Error](err); !ok || len(e.Fields) != 4 {
		t.Errorf("got %+v", e)
	}
}

func TestThePlanIsNotUsedToEchoWhatWasSent(t *testing.T) {
	c := samsPlan()
	c.WarningSigns[0].Kind, c.CrisisSupport[0].Phone.Number, c.Naloxone.Kits[0].ExpiresOn = "SECRET", "SECRET", "SECRET"
	e, _ := errors.AsType[*models.Error](refusalOf(c))
	for _, f := range e.Fields {
		if strings.Contains(f.Field+f.Code+f.Text, "SECRET") {
			t.Errorf("echoed in %+v", f)
		}
	}
}

func TestAStepWithADayIsDone(t *testing.T) {
	c := Content{LethalMeansSafety: []MeansStep{{Text: "x", DoneOn: planDay}}}
	if n := c.normal(); !n.LethalMeansSafety[0].Done || c.LethalMeansSafety[0].Done {
		t.Errorf("%+v of %+v", n, c)
	}
}
