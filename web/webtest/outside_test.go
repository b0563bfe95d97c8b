package webtest

import "testing"

// TestWhatMayLeaveTheClinic: the form says what stops and what goes on; a yes is signed
// and taken back there, and portals of the team are shut.
func TestWhatMayLeaveTheClinic(t *testing.T) {
	t.Parallel()
	needAxe(t)
	c := openClinic(t)
	maya := c.person("patient", "")
	p := newPhone(t, c.BaseURL, "en-US")
	p.signIn(maya.EnrolmentCode)
	p.to("#/sharing")
	p.tap("What may leave the clinic")
	p.see("Your own care team goes on without it")
	p.tap("I can take this back at any time")
	p.tap("Who gets it may pass it on")
	p.tap("If I say no, my care here goes on.")
	p.tap("Sign: yes") // without a choice and the name
	p.see("Please look at these first:")
	p.accessible("outside with errors")
	p.choose("What may leave?", "Your visits")
	p.choose("What may leave?", "Name and contact details")
	p.fill("Sign with your name", "Maya Torres")
	p.tap("Sign: yes")
	p.see("Signed. You can take it back here.")
	p.see("You said yes on")
	p.shot("patient-outside-yes")
	p.to("#/sharing")
	p.see("Everyone who treats you")
	p.tap("Take back from Everyone who treats you")
	p.tap("Take my yes back")
	p.see("You took your yes back, or it is over. Nothing leaves.")
	doctor := newPhone(t, c.BaseURL, "en-US")
	doctor.signIn(c.person("clinician", "psychiatry").EnrolmentCode)
	status := module[int](doctor, "api", `(await m.call('GET', '/fhir/R4/Patient/`+maya.PatientID+`').then((a) => 200, (e) => e.status))`)
	if status != 404 {
		t.Errorf("a portal of the team is answered %d", status)
	}
	p.to("#/sharing/outside")
	p.see("Say no")
}
